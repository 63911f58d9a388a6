"""Copies of one story are one origin, however they were cut and dressed; tellings in other words are origins of their own."""

import json
import random
from collections.abc import Callable

import pytest

from dashboard.edtf import parse_edtf
from dashboard.etl.origins import Origin, Shares, origins, signature
from dashboard.etl.read import Document
from dashboard.settings import ROOT

FIXTURES = ROOT / "tests" / "fixtures"
STORIES = [path.read_text(encoding="utf-8") for path in sorted((FIXTURES / "corpus" / "closed").glob("*.txt"))]
Change = Callable[[str, random.Random], str]


def cut_to_a_third(text: str, _: random.Random) -> str:
    return text[: len(text) // 3]


def under_another_headline(text: str, _: random.Random) -> str:
    return "What nobody expected from this story\n\n" + text.split("\n", 1)[-1]


def with_another_dateline(text: str, _: random.Random) -> str:
    return "KUALA LUMPUR, May 5 (Strait Press) -- " + text


def without_two_paragraphs(text: str, chance: random.Random) -> str:
    parts = text.split("\n\n")
    return "\n\n".join(parts[number] for number in sorted(chance.sample(range(len(parts)), max(1, len(parts) - 2))))


def with_another_tag(text: str, _: random.Random) -> str:
    return text + "\n\n(c) Another agency. All rights reserved. Editing by N. N."


def document(number: int, text: str, published: str = "") -> Document:
    return Document(f"d{number:03}", f"{number}.txt", text, "", published=parse_edtf(published) if published else None)


def origins_of(*documents: Document) -> dict[str, Origin]:
    return origins(documents, {one.document_id: signature(one.text) for one in documents}, Shares(documents, {}))


@pytest.mark.parametrize(
    "change",
    [cut_to_a_third, under_another_headline, with_another_dateline, without_two_paragraphs, with_another_tag],
)
def test_nearly_every_copy_is_recognised(change: Change) -> None:
    chance = random.Random(1)  # noqa: S311  # nothing secret is drawn
    pairs = [(document(0, text), document(1, change(text, chance))) for text in STORIES]
    recognised = [len({origin.document_id for origin in origins_of(*pair).values()}) == 1 for pair in pairs]
    assert sum(recognised) >= 0.9 * len(pairs)


def test_distinct_stories_and_independent_tellings_are_origins_of_their_own() -> None:
    rows = [
        json.loads(line)
        for half in ("open", "closed")
        for line in (FIXTURES / "tellings" / f"{half}.jsonl").read_text().splitlines()
    ]
    texts = [*STORIES, *(row["text"] for row in rows)]
    found = origins_of(*(document(number, text) for number, text in enumerate(texts)))
    assert [name for name, origin in found.items() if origin.document_id != name] == []


def test_the_first_published_copy_stands_for_all_and_copies_of_copies_are_one() -> None:
    whole = STORIES[0]
    cut = whole[: len(whole) * 2 // 3]
    found = origins_of(
        document(0, whole, "2024-05-02"), document(1, cut, "2024-05-01"), document(2, cut[: len(cut) // 2])
    )
    assert {origin.document_id for origin in found.values()} == {"d001"}
    assert found["d001"].share == 1.0
    assert 0.5 < found["d000"].share < 1.0


def test_an_item_of_a_long_digest_is_not_the_digest() -> None:
    digest = "\n\n".join(STORIES[:8])
    found = origins_of(document(0, digest), document(1, STORIES[0]))
    assert found["d001"].document_id == "d001"


def test_what_was_compared_is_not_read_again() -> None:
    pair = [document(0, STORIES[0]), document(1, STORIES[0] + " More.")]
    signatures = {one.document_id: signature(one.text) for one in pair}
    first = Shares(pair, {})
    found = origins(pair, signatures, first)
    blank = [document(number, " " * len(one.text)) for number, one in enumerate(pair)]
    again = Shares(blank, first.used)
    assert {name: origin.share for name, origin in origins(blank, signatures, again).items()} == {
        name: origin.share for name, origin in found.items()
    }
    assert again.used == first.used
