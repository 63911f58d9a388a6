"""A corpus as large as one asks for, made from the annotated documents: the same number gives the same documents."""

import csv
import random
import re
from calendar import month_name
from collections.abc import Sequence
from pathlib import Path

from dashboard.settings import REFERENCE_DIR, ROOT

ANNOTATED = ROOT / "tests" / "fixtures" / "corpus" / "open"
FIRST_YEAR, LAST_YEAR = 1950, 2025
"""Many years, since the same paragraphs with one date are one happening: in a real folder few events are told twice."""

FEWEST_PEOPLE = 500_000
OPENINGS, OPENING_PARAGRAPHS = 2, 3
BODY_PARAGRAPHS = (1, 4)
_MONTHS = tuple(month_name)[1:]
_YEAR = re.compile(r"\b20[0-2]\d\b")
_DAY_MONTH = re.compile(rf"\b\d{{1,2}} ({'|'.join(_MONTHS)})\b")
_MONTH_DAY = re.compile(rf"\b({'|'.join(_MONTHS)}) \d{{1,2}}\b")
_CAPITALISED = re.compile(r"\b[A-Z][a-z]{3,}\b")
_NUMBER = re.compile(r"(?<![\d-])\d{2,3}(?![\d-])")


def make_corpus(folder: Path, count: int, *, first: int = 0) -> None:
    """Write `count` documents into a folder, numbered from `first`.

    Rules: a document is the openings of two annotated documents and paragraphs of others, with cities, years, days, months
    and other numbers of its own; so no two are copies, few events are told twice, and each document tells about as much as
    a real one.
    """
    folder.mkdir(parents=True, exist_ok=True)
    texts = [path.read_text(encoding="utf-8") for path in sorted(ANNOTATED.glob("*.txt"))]
    parts = [[part for part in text.split("\n\n") if part.strip()] for text in texts]
    body = [part for document in parts for part in document[1:] if len(part) > 80]
    cities = _cities("\n".join(texts))
    for number in range(first, first + count):
        (folder / f"n{number:05}.txt").write_text(_document(number, parts, body, cities), encoding="utf-8")


def _cities(text: str) -> list[str]:
    """The larger cities that the annotated documents name; the names of small ones are often words."""
    with (REFERENCE_DIR / "places.csv").open(encoding="utf-8") as stream:
        names = {row["name"] for row in csv.DictReader(stream) if int(row["population"] or 0) >= FEWEST_PEOPLE}
    return sorted(names & set(_CAPITALISED.findall(text)))


def _document(number: int, parts: list[list[str]], body: list[str], cities: Sequence[str]) -> str:
    chance = random.Random(number)  # noqa: S311  # nothing secret is drawn
    openings = [part for opened in chance.sample(parts, OPENINGS) for part in opened[:OPENING_PARAGRAPHS]]
    text = "\n\n".join([*openings, *chance.sample(body, chance.randint(*BODY_PARAGRAPHS))])
    year, day, month = chance.randint(FIRST_YEAR, LAST_YEAR), chance.randint(1, 28), chance.choice(_MONTHS)
    text = _NUMBER.sub(
        lambda found: str(int(found[0]) + chance.randint(-9, 9) if int(found[0]) > 31 else found[0]), text
    )
    others = dict(zip(cities, chance.sample(cities, len(cities)), strict=True))
    text = _CAPITALISED.sub(lambda found: others.get(found[0], found[0]), text)
    text = _YEAR.sub(str(year), text)
    text = _DAY_MONTH.sub(f"{day} {month}", text)
    return _MONTH_DAY.sub(f"{month} {day}", text) + f"\n\nItem {number} of {year}.\n"
