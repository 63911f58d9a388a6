"""Which events are linked, and above all which are not."""

from dataclasses import replace
from datetime import date

import pytest

from dashboard.etl.chains import MOST_EVENTS, Candidate, links_between
from dashboard.etl.initiatives import things

LAB = tuple(things("the China-Uzbekistan Joint Laboratory for Rare Metals"))
OTHER_LAB = tuple(things("the China-Uzbekistan Joint Laboratory for Cotton Diseases"))
AQUACULTURE = tuple(things("the Desert Aquaculture Laboratory"))
SIGNED = Candidate("e1", "agreement", "materials", date(2024, 3, 12), date(2024, 3, 12), stands_in=False, countries=frozenset({"CHN", "UZB"}), organisations=frozenset({"A", "B"}), things=LAB)  # fmt: skip
OPENED = replace(SIGNED, event_id="e2", kind="establishment", first=date(2025, 5, 20), last=date(2025, 5, 20))
NAMELESS = replace(SIGNED, things=())


def on(event: Candidate, first: date, last: date | None = None) -> Candidate:
    return replace(event, first=first, last=last or first)


@pytest.mark.parametrize(
    ("earlier", "later", "basis"),
    [
        (SIGNED, OPENED, "object"),
        (SIGNED, replace(OPENED, organisations=frozenset()), "object"),
        (SIGNED, replace(OPENED, countries=frozenset({"UZB"})), "object"),
        (NAMELESS, replace(OPENED, things=()), "organisations"),
        (NAMELESS, OPENED, "organisations"),
        (replace(OPENED, event_id="e0"), on(OPENED, date(2025, 6, 20)), "object"),
    ],
)
def test_a_later_event_of_one_initiative_is_linked(earlier: Candidate, later: Candidate, basis: str) -> None:
    (link,) = links_between([later, earlier])
    assert (link.earlier.event_id, link.later.event_id, link.basis) == (earlier.event_id, later.event_id, basis)


@pytest.mark.parametrize(
    ("why", "earlier", "later"),
    [
        ("another thing", SIGNED, replace(OPENED, things=OTHER_LAB)),
        ("another country", SIGNED, replace(OPENED, countries=frozenset({"CHN", "KAZ"}))),
        ("an order of types that does not follow", replace(OPENED, event_id="e0", first=date(2024, 1, 1), last=date(2024, 1, 1)), replace(SIGNED, kind="visit")),
        ("visits in a row", replace(SIGNED, kind="visit"), replace(OPENED, kind="visit")),
        ("the same day", SIGNED, on(OPENED, date(2024, 3, 12))),
        ("a month that may be before", SIGNED, on(OPENED, date(2024, 3, 1), date(2024, 3, 31))),
        ("one happening dated twice", replace(OPENED, event_id="e0", first=date(2025, 5, 15), last=date(2025, 5, 15)), OPENED),
        ("one organisation alone", NAMELESS, replace(OPENED, things=(), organisations=frozenset({"A", "C"}))),
        ("organisations in another sector", NAMELESS, replace(OPENED, things=(), sector="health")),
        ("an organisation that was there before", replace(SIGNED, things=AQUACULTURE, given=frozenset(AQUACULTURE), organisations=frozenset()), replace(OPENED, things=AQUACULTURE)),
    ],
)  # fmt: skip
def test_a_wrong_link_is_worse_than_none(why: str, earlier: Candidate, later: Candidate) -> None:
    assert links_between([earlier, later]) == [], why


def test_an_event_follows_from_the_latest_one_before_it() -> None:
    broken = replace(OPENED, event_id="e3", first=date(2024, 9, 1), last=date(2024, 9, 30))
    links = links_between([SIGNED, OPENED, broken])
    assert [(link.earlier.event_id, link.later.event_id) for link in links] == [("e1", "e3"), ("e3", "e2")]
    assert [(link.least_days, link.most_days) for link in links] == [(173, 202), (232, 261)]


def test_a_date_that_stands_in_leaves_one_end_open() -> None:
    (link,) = links_between([replace(SIGNED, stands_in=True), OPENED])
    assert (link.least_days, link.most_days) == (434, None)
    (link,) = links_between([SIGNED, replace(OPENED, stands_in=True)])
    assert (link.least_days, link.most_days) == (None, 434)


def test_what_very_many_events_name_is_no_initiative() -> None:
    many = [
        on(replace(SIGNED, event_id=f"e{rank}", organisations=frozenset()), date(2020, 1, 1 + rank))
        for rank in range(MOST_EVENTS)
    ]
    assert links_between([*many, OPENED]) == []
