"""Which proposals of different documents are one happening: made cases of the rule, and made news measured whole."""

import json
from dataclasses import replace
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.codebook import Actor, Event, Quote, Site
from dashboard.edtf import parse_edtf
from dashboard.etl.extract import extract
from dashboard.etl.read import Document
from dashboard.etl.tellings import Portrait, alike, groups, may_be_one, portrait
from dashboard.settings import ROOT

TELLINGS = ROOT / "tests" / "fixtures" / "tellings"
TEXT = "A laboratory for rare metals was opened in Tashkent."
OPENING = Event(
    "e1", "one.txt", "Laboratory opened", "establishment", parse_edtf("2024-09-18"), "stated", Site("UZB", "Tashkent"),
    ("UZB", "KOR"), ("materials",), (Actor("Institute of Rare Metals", "the institute", "org"),),
    {"type": (Quote("one.txt", TEXT, 0, len(TEXT)),)},
)  # fmt: skip


def other(**changes: Any) -> Portrait:
    event = replace(
        OPENING, event_id="e2", document="two.txt", evidence={"type": (Quote("two.txt", TEXT, 0, len(TEXT)),)}
    )
    return portrait(replace(event, **changes), TEXT)


@pytest.mark.parametrize(
    ("changes", "is_one"),
    [
        ({}, True),
        ({"date": parse_edtf("2024-09")}, True),
        ({"date": parse_edtf("2024-09-19")}, True),
        ({"date": parse_edtf("2024-09-20")}, False),
        ({"date": parse_edtf("2024-09-20"), "date_basis": "publication"}, True),
        ({"date": parse_edtf("2024-09-25"), "date_basis": "publication"}, False),
        ({"date": parse_edtf("2024-10")}, False),
        ({"date": parse_edtf("2024")}, False),
        ({"date": None}, False),
        ({"type": "visit"}, True),
        ({"type": "agreement"}, False),
        ({"site": Site("UZB")}, True),
        ({"site": None}, True),
        ({"site": Site("UZB", "Samarkand")}, False),
        ({"site": "virtual"}, False),
        ({"document": "one.txt"}, False),
    ],
)
def test_what_speaks_against_one_happening(changes: dict[str, Any], *, is_one: bool) -> None:
    assert may_be_one(portrait(OPENING, TEXT), other(**changes)) == is_one


@pytest.mark.parametrize(
    ("changes", "is_alike"),
    [
        ({}, True),
        ({"actors": (Actor("Another Institute", "it", "org"),), "countries": ("UZB", "FRA")}, False),
        ({"actors": ()}, True),
        ({"actors": (), "site": None}, False),
    ],
)
def test_alike_tellings_share_an_actor_or_countries_city_and_words(changes: dict[str, Any], *, is_alike: bool) -> None:
    assert bool(alike([portrait(OPENING, TEXT), other(**changes)])) == is_alike


def names(found: list[list[str]]) -> list[str]:
    return ["".join(group) for group in found]


def telling(event_id: str, document: str) -> Portrait:
    return replace(portrait(OPENING, TEXT), event_id=event_id, documents=frozenset({document}))


def test_no_event_holds_two_tellings_of_one_document() -> None:
    portraits = [telling("a", "1"), telling("b", "2"), telling("c", "1")]
    assert names(groups(portraits, [(9.0, "a", "b"), (8.0, "b", "c")])) == ["ab"]
    assert names(groups(portraits, [(8.0, "a", "b"), (9.0, "b", "c")])) == ["bc"]


def test_what_analysts_took_out_joins_none_and_two_decided_events_stay_two() -> None:
    portraits = [telling(name, name) for name in "abc"]
    pairs = [(9.0, "a", "b"), (8.0, "b", "c"), (8.0, "a", "c")]
    assert names(groups(portraits, pairs)) == ["abc"]
    assert names(groups(portraits, pairs, apart={"b"})) == ["ac"]
    assert names(groups(portraits, pairs, firm={"a", "c"})) == ["ab"]


PAIRS = [(9.0, "a", "b"), (9.0, "b", "c"), (8.0, "c", "d"), (8.0, "a", "e"), (7.6, "d", "e")]


@given(
    st.permutations([telling(name, document) for name, document in zip("abcde", "12312", strict=True)]),
    st.permutations(PAIRS),
)
def test_the_order_of_reading_does_not_matter(portraits: list[Portrait], pairs: list[tuple[float, str, str]]) -> None:
    ordered = [telling(name, document) for name, document in zip("abcde", "12312", strict=True)]
    assert groups(portraits, pairs) == groups(ordered, PAIRS)


def pairs_of(half: str) -> tuple[set[frozenset[str]], set[frozenset[str]]]:
    """The pairs of documents that tell one happening: as written down, and as found."""
    rows = [json.loads(line) for line in (TELLINGS / f"{half}.jsonl").read_text().splitlines()]
    happening = {row["document"]: row["happening"] for row in rows}
    documents = [
        Document(row["document"], row["document"], row["text"], "", published=parse_edtf(row["published"]))
        for row in rows
    ]
    portraits = [portrait(event, document.text) for document in documents for event in extract(document)]
    document_of = {one.event_id: min(one.documents) for one in portraits}
    gold = {frozenset(pair) for pair in combinations(happening, 2) if len({happening[one] for one in pair}) == 1}
    found = {
        frozenset((document_of[one], document_of[another]))
        for group in groups(portraits, alike(portraits))
        for one, another in combinations(group, 2)
    }
    return gold, found


@pytest.mark.parametrize(("half", "least"), [("open", 0.7), ("closed", 0.55)])
def test_made_news_is_joined_without_a_false_pair(half: str, least: float) -> None:
    gold, found = pairs_of(half)
    assert found - gold == set()
    assert len(found & gold) / len(gold) >= least
