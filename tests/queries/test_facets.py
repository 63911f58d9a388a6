"""The numbers beside the filters' values: each is the count after the choice, whatever else is selected."""

from dataclasses import replace
from datetime import date

import pytest

from dashboard.folding import fold
from dashboard.queries import facets
from dashboard.queries.choices import choices
from dashboard.queries.facets import CODE_LISTS, MOST_VALUES, ONE_EACH, Named, Value
from dashboard.queries.filters import ALSO, LINKS, LISTED, Choices, EventFilter
from dashboard.queries.overview import event_count
from dashboard.queries.store import Store

FIELDS = tuple(name for name in LISTED if name not in ALSO.values())
SELECTIONS = (
    EventFilter(),
    EventFilter(sectors=("space", "energy")),
    EventFilter(countries=("CHN",), also_countries=("PAK",), start=date(2025, 1, 1)),
    EventFilter(types=("launch",), mains=("space",), text="satellite"),
    EventFilter(text="nowhere to be found"),
)


def numbers(store: Store, selection: EventFilter, name: str) -> dict[str, int]:
    others = selection.without(name)
    rows = (
        facets.counts_of(store, others, name) if name in ONE_EACH else facets.linked_counts(store, others, name, 1_000)
    )
    return dict(zip(rows["code"], rows["event_count"].tolist(), strict=True))


def test_every_listed_field_has_numbers() -> None:
    assert {*ONE_EACH, *LINKS} == set(FIELDS)


@pytest.mark.parametrize("name", FIELDS)
@pytest.mark.parametrize("selection", SELECTIONS, ids=str)
def test_a_number_is_the_count_with_that_value_alone_in_the_field(
    store: Store, selection: EventFilter, name: str
) -> None:
    found = numbers(store, selection, name)
    for code in choices(store).of(name):
        assert found.get(code, 0) == event_count(store, replace(selection, **{name: (code,)})), code


@pytest.mark.parametrize("selection", SELECTIONS, ids=str)
def test_fields_asked_together_have_the_numbers_that_each_has_alone(store: Store, selection: EventFilter) -> None:
    together = facets.counts(store, selection)
    for name in ONE_EACH:
        rows = together[together["name"] == name]
        alone = facets.counts_of(store, selection, name)
        assert dict(zip(rows["code"], rows["event_count"], strict=True)) == dict(
            zip(alone["code"], alone["event_count"], strict=True)
        )


def test_fields_of_which_an_event_has_one_value_add_up_to_the_selection(store: Store) -> None:
    for name in ("mains", "types", "precisions", "states", "places"):
        assert facets.counts_of(store, EventFilter(), name)["event_count"].sum() == event_count(store, EventFilter())


@pytest.mark.parametrize("name", LINKS)
def test_the_busiest_values_come_first_with_how_many_there_are(store: Store, name: str) -> None:
    whole, busiest = (facets.linked_counts(store, EventFilter(), name, most) for most in (1_000, 2))
    assert list(busiest["code"]) == list(whole["code"])[:2]
    assert set(busiest["value_count"]) == {len(whole)} - {0}
    codes = tuple(whole["code"])[-2:]
    among = facets.linked_counts_among(store, EventFilter(), name, codes)
    assert dict(zip(among["code"], among["event_count"], strict=True)) == dict(
        zip(codes, list(whole["event_count"])[-2:], strict=True)
    )


CHOICES = Choices(
    sectors={"space": "Space", "energy": "Energy", "health": "Health"},
    types={}, site_countries={}, places={}, documents={},
    countries={"FRA": "France", "CHN": "China", "PAK": "Pakistan"},
    actors={f"a{rank:03}": f"Actor {rank:03}" for rank in range(100)},
)  # fmt: skip


@pytest.mark.parametrize(
    ("name", "found", "expected"),
    [
        ("sectors", {"health": 1, "energy": 5}, ["energy", "health", "space"]),
        ("sectors", {}, ["space", "energy", "health"]),
        ("countries", {"PAK": 2, "FRA": 2}, ["FRA", "PAK", "CHN"]),
        ("countries", {"PAK": 3, "FRA": 2, "CHN": 1}, ["PAK", "FRA", "CHN"]),
        ("actors", {"a007": 2, "a003": 4}, ["a003", "a007"]),
    ],
)
def test_the_order_of_a_list(name: str, found: dict[str, int], expected: list[str]) -> None:
    assert name in CODE_LISTS or name in LINKS
    assert [value.code for value in facets.ordered(name, found, CHOICES, ())] == expected


def test_a_long_list_is_cut_but_keeps_what_is_chosen() -> None:
    found = {code: 100 - rank for rank, code in enumerate(CHOICES.actors)}
    shown = facets.ordered("actors", found, CHOICES, ("a099",))
    assert len(shown) == MOST_VALUES + 1
    assert shown[-1] == Value("a099", "Actor 099", 1)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("tubitak", [("a1", "TÜBİTAK")]),
        ("scientific turkiye", [("a1", "")]),
        ("Iqbal", [("a2", "")]),
        ("igbal", [("a2", "Ahsan Igbal")]),
        ("ahsan council", []),
    ],
)
def test_a_value_is_found_by_any_of_its_names_without_accents(words: str, expected: list[tuple[str, str]]) -> None:
    written = {"a1": ("Scientific Council of Türkiye", "TÜBİTAK"), "a2": ("Ahsan Iqbal", "Ahsan Igbal")}
    named = [Named(code, names, tuple(map(fold, names))) for code, names in written.items()]
    assert facets.matching(named, words) == expected


@pytest.mark.parametrize("name", FIELDS)
def test_every_value_of_a_build_is_found_by_its_own_label(store: Store, name: str) -> None:
    named = facets.names(store, name, choices(store))
    for code, label in choices(store).of(name).items():
        assert code in dict(facets.matching(named, label))
