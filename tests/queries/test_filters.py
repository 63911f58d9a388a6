"""The one selection: through the address and back, in a sentence, and what it takes in."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.queries.choices import choices
from dashboard.queries.events import event_rows
from dashboard.queries.filters import ALSO, LISTED, PARAMS, Choices, EventFilter, from_params
from dashboard.queries.store import Store

CHOICES = Choices(
    sectors={"space": "Space", "energy": "Energy", "digital": "ICT and digital"},
    types={"agreement": "Agreement", "visit": "Visit"},
    countries={"CHN": "China", "PAK": "Pakistan", "ARAB": "Arab States"},
    site_countries={"CHN": "China"},
    places={"geonames:1": "Hefei, China", "country:CHN": "China (no city given)", "virtual": "Held online"},
    actors={"a1": "Ahsan Iqbal", "a2": "Chinese Academy of Sciences"},
    documents={"d1": "newsletter.txt"},
    chains={"e1": "Joint Laboratory for Rare Metals"},
)
DAYS = st.none() | st.dates(date(1900, 1, 1), date(2100, 12, 31))


@st.composite
def filters(draw: st.DrawFn) -> EventFilter:
    start, end = draw(DAYS), draw(DAYS)
    if start and end and end < start:
        start, end = end, start
    listed = {name: tuple(draw(st.lists(st.sampled_from(list(CHOICES.of(name))), unique=True))) for name in LISTED}
    return EventFilter(start=start, end=end, text=draw(st.text(max_size=20)).strip(), **listed)


@given(filters())
def test_a_selection_goes_through_the_address_and_back(selection: EventFilter) -> None:
    assert from_params(selection.to_params(), CHOICES) == (selection, [])


@given(filters())
def test_the_sentence_is_empty_only_for_the_empty_selection(selection: EventFilter) -> None:
    assert bool(selection.sentence(CHOICES)) != selection.is_empty


@given(st.dictionaries(st.sampled_from([*PARAMS.values(), "other"]), st.lists(st.text(max_size=12), max_size=3)))
def test_whatever_an_address_holds_is_read_or_named(params: dict[str, list[str]]) -> None:
    selection, problems = from_params(params, CHOICES)
    again, none = from_params(selection.to_params(), CHOICES)
    assert (again, none) == (selection, [])
    for name in LISTED:
        for value in params.get(PARAMS[name], []):
            assert value in getattr(selection, name) or any(f"“{value}”" in problem for problem in problems)


@pytest.mark.parametrize(
    ("params", "expected", "said"),
    [
        ({"sector": ["space", "astrology"]}, EventFilter(sectors=("space",)), "sector “astrology”"),
        ({"type": ["party"]}, EventFilter(), "type “party”"),
        ({"country": ["XXX", "CHN"]}, EventFilter(countries=("CHN",)), "country “XXX”"),
        ({"place": ["geonames:0"]}, EventFilter(), "place “geonames:0”"),
        ({"actor": ["a9"]}, EventFilter(), "actor “a9”"),
        ({"review": ["perfect"]}, EventFilter(), "review “perfect”"),
        ({"from": ["yesterday"]}, EventFilter(), "from=yesterday"),
        ({"to": ["2025-02-30"]}, EventFilter(), "to=2025-02-30"),
        ({"from": ["2025-08"], "to": ["2025-07"], "q": ["lab"]}, EventFilter(text="lab"), "ends before it starts"),
    ],
)
def test_a_broken_part_is_left_out_and_named(params: dict[str, list[str]], expected: EventFilter, said: str) -> None:
    selection, problems = from_params(params, CHOICES)
    assert selection == expected
    assert len(problems) == 1
    assert said in problems[0]


@pytest.mark.parametrize(
    ("written", "start", "end"),
    [
        ("2025-07-23", date(2025, 7, 23), date(2025, 7, 23)),
        ("2025-07", date(2025, 7, 1), date(2025, 7, 31)),
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("2025-34", date(2025, 4, 1), date(2025, 6, 30)),
    ],
)
def test_a_day_may_be_written_as_a_longer_span(written: str, start: date, end: date) -> None:
    selection, problems = from_params({"from": [written], "to": [written]}, CHOICES)
    assert (selection.start, selection.end, problems) == (start, end, [])


@pytest.mark.parametrize(
    ("selection", "sentence"),
    [
        (EventFilter(), ""),
        (EventFilter(sectors=("space",)), "in space"),
        (EventFilter(sectors=("space", "energy", "digital")), "in space, energy or ICT and digital"),
        (EventFilter(types=("visit",), countries=("CHN", "PAK")), "of type visit, with China or Pakistan"),
        (EventFilter(places=("virtual",)), "at Held online"),
        (EventFilter(actors=("a1",)), "with Ahsan Iqbal"),
        (EventFilter(states=("in_review",)), "review: in review"),
        (EventFilter(start=date(2025, 7, 1)), "since 1 July 2025"),
        (EventFilter(end=date(2025, 7, 31)), "until 31 July 2025"),
        (EventFilter(start=date(2025, 7, 1), end=date(2025, 7, 31)), "between 1 July 2025 and 31 July 2025"),
        (EventFilter(start=date(2025, 7, 1), end=date(2025, 7, 1)), "on 1 July 2025"),
        (
            EventFilter(mains=("energy",), also_sectors=("space", "digital")),
            "mainly in energy, also in space and ICT and digital",
        ),
        (EventFilter(countries=("CHN",), also_countries=("PAK",)), "with China, together with Pakistan"),
        (EventFilter(site_countries=("CHN",), documents=("d1",)), "held in China, told in newsletter.txt"),
        (EventFilter(precisions=("month", "unknown")), "date known: the month only or not at all"),
        (EventFilter(text="joint laboratory"), "mentioning “joint laboratory”"),
    ],
)
def test_the_sentence(selection: EventFilter, sentence: str) -> None:
    assert selection.sentence(CHOICES) == sentence


@pytest.mark.parametrize(
    ("before", "clicked", "after"),
    [
        (EventFilter(), {"types": "visit"}, EventFilter(types=("visit",))),
        (EventFilter(types=("visit", "launch")), {"types": "visit"}, EventFilter(types=("visit",))),
        (EventFilter(), {"countries": "CHN"}, EventFilter(countries=("CHN",))),
        (EventFilter(countries=("CHN",)), {"countries": "PAK"}, EventFilter(countries=("CHN",), also_countries=("PAK",))),
        (EventFilter(countries=("CHN", "PAK")), {"countries": "PAK"}, EventFilter(countries=("PAK",))),
        (EventFilter(), {"countries": "CHN", "also_countries": "PAK"}, EventFilter(countries=("CHN",), also_countries=("PAK",))),
        (EventFilter(countries=("TJK",), also_countries=("ESP",)), {"countries": "CHN", "also_countries": "PAK"}, EventFilter(countries=("TJK",), also_countries=("ESP", "CHN", "PAK"))),
        (EventFilter(also_countries=("PAK",)), {"countries": "CHN", "also_countries": "PAK"}, EventFilter(countries=("CHN",), also_countries=("PAK",))),
        (EventFilter(places=("a", "b", "c")), {"places": ("a", "b")}, EventFilter(places=("a", "b"))),
        (EventFilter(sectors=("space",)), {"mains": "energy"}, EventFilter(sectors=("space",), mains=("energy",))),
        (EventFilter(start=date(2025, 7, 1)), {"start": date(2025, 6, 1), "end": date(2025, 7, 31)}, EventFilter(start=date(2025, 7, 1), end=date(2025, 7, 31))),
    ],
)  # fmt: skip
def test_a_click_narrows(
    before: EventFilter, clicked: dict[str, str | date | tuple[str, ...]], after: EventFilter
) -> None:
    assert before.narrowed(**clicked) == after


@pytest.mark.parametrize("name", [name for name in LISTED if name not in ALSO.values()])
def test_what_a_click_leaves_is_what_was_selected_before_and_has_the_value(store: Store, name: str) -> None:
    codes = list(choices(store).of(name))[:6]
    for first in codes:
        before = EventFilter(**{name: (first,)})
        for second in codes:
            narrowed = set(event_rows(store, before.narrowed(**{name: second}))["event_id"])
            both = [set(event_rows(store, EventFilter(**{name: (code,)}))["event_id"]) for code in (first, second)]
            assert narrowed == (both[1] if name not in ALSO else both[0] & both[1])


def test_the_parts_of_a_selection_are_taken_away_one_by_one() -> None:
    selection = EventFilter(sectors=("space", "energy"), start=date(2025, 7, 1), text="lab")
    for part in selection.parts(CHOICES):
        assert part.sentence
        selection = selection.taking_away(part.name, part.value)
    assert selection.is_empty


def test_alternatives_are_one_condition_and_what_must_hold_too_is_one_each() -> None:
    selection = EventFilter(
        sectors=("space", "energy"), also_sectors=("digital",), also_countries=("CHN", "PAK"), text="lab"
    )
    conditions = selection.conditions(CHOICES)
    assert [part.sentence for part in conditions] == [
        "in space or energy",
        "also in ICT and digital",
        "together with China",
        "together with Pakistan",
        "mentioning “lab”",
    ]
    for part in conditions:
        selection = selection.taking_away(part.name, part.value)
    assert selection.is_empty


def test_taking_a_field_away_leaves_the_others() -> None:
    selection = EventFilter(sectors=("space",), text="lab")
    assert selection.without("text") == EventFilter(sectors=("space",))


@pytest.mark.parametrize("name", LISTED)
def test_every_choice_of_a_build_finds_at_least_one_event(store: Store, name: str) -> None:
    offered = choices(store).of(name)
    for code in offered if name not in ("states", "precisions", "mains") else ():
        assert len(event_rows(store, replace(EventFilter(), **{name: (code,)}))), f"{name}={code}"


def test_a_month_only_event_is_in_for_every_day_of_its_month(store: Store) -> None:
    rows = event_rows(store, EventFilter())
    event = rows[rows["date_precision"] == "month"].iloc[0]
    for day in (event["start_date"], event["end_date"]):
        selection = EventFilter(start=day.date(), end=day.date())
        assert event["event_id"] in set(event_rows(store, selection)["event_id"])
    before = EventFilter(end=date(event["start_date"].year, event["start_date"].month, 1).replace(day=1))
    assert event["event_id"] in set(event_rows(store, before)["event_id"])


def test_every_word_must_occur_and_case_and_accents_do_not_matter(store: Store) -> None:
    both = set(event_rows(store, EventFilter(text="LABORATORY Hefei"))["event_id"])
    each = [set(event_rows(store, EventFilter(text=word))["event_id"]) for word in ("laboratory", "héfei")]
    assert both
    assert both == each[0] & each[1]


def test_another_writing_of_a_name_finds_the_event(store: Store) -> None:
    assert set(event_rows(store, EventFilter(text="Ahsan Igbal"))["event_id"]) == set(
        event_rows(store, EventFilter(text="Ahsan Iqbal"))["event_id"]
    )
