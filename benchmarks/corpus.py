"""A corpus as large as one asks for, made from the annotated documents: the same number gives the same documents."""

import random
import re
from calendar import month_name
from pathlib import Path

from dashboard.settings import ROOT

ANNOTATED = ROOT / "tests" / "fixtures" / "corpus" / "open"
FIRST_YEAR, LAST_YEAR = 2010, 2025
OPENINGS, OPENING_PARAGRAPHS = 2, 3
BODY_PARAGRAPHS = (1, 4)
_MONTHS = tuple(month_name)[1:]
_YEAR = re.compile(r"\b20[0-2]\d\b")
_DAY_MONTH = re.compile(rf"\b\d{{1,2}} ({'|'.join(_MONTHS)})\b")
_MONTH_DAY = re.compile(rf"\b({'|'.join(_MONTHS)}) \d{{1,2}}\b")
_NUMBER = re.compile(r"(?<![\d-])\d{2,3}(?![\d-])")


def make_corpus(folder: Path, count: int) -> None:
    """Write `count` documents into a folder.

    Rules: a document is the openings of two annotated documents and paragraphs of others, with years, days, months and
    other numbers of its own; so no two are copies, and each tells about as much as a real one.
    """
    folder.mkdir(parents=True, exist_ok=True)
    texts = [path.read_text(encoding="utf-8") for path in sorted(ANNOTATED.glob("*.txt"))]
    parts = [[part for part in text.split("\n\n") if part.strip()] for text in texts]
    body = [part for document in parts for part in document[1:] if len(part) > 80]
    for number in range(count):
        (folder / f"n{number:05}.txt").write_text(_document(number, parts, body), encoding="utf-8")


def _document(number: int, parts: list[list[str]], body: list[str]) -> str:
    chance = random.Random(number)  # noqa: S311  # nothing secret is drawn
    openings = [part for opened in chance.sample(parts, OPENINGS) for part in opened[:OPENING_PARAGRAPHS]]
    text = "\n\n".join([*openings, *chance.sample(body, chance.randint(*BODY_PARAGRAPHS))])
    year, day, month = chance.randint(FIRST_YEAR, LAST_YEAR), chance.randint(1, 28), chance.choice(_MONTHS)
    text = _NUMBER.sub(
        lambda found: str(int(found[0]) + chance.randint(-9, 9) if int(found[0]) > 31 else found[0]), text
    )
    text = _YEAR.sub(str(year), text)
    text = _DAY_MONTH.sub(f"{day} {month}", text)
    return _MONTH_DAY.sub(f"{month} {day}", text) + f"\n\nItem {number} of {year}.\n"
