from itertools import combinations

import pytest

from dashboard.queries.events import event_rows
from dashboard.queries.filters import EventFilter
from dashboard.queries.map_countries import by_country, country_pairs
from dashboard.queries.overview import summary
from dashboard.queries.store import Store

SELECTIONS = (EventFilter(), EventFilter(mains=("space",)), EventFilter(countries=("PAK",)))


@pytest.mark.parametrize("selection", SELECTIONS)
@pytest.mark.parametrize(("part", "field"), [("with", "countries"), ("held", "site_countries")])
def test_the_count_of_a_country_is_the_count_after_a_click_on_it(
    store: Store, selection: EventFilter, part: str, field: str
) -> None:
    rows = by_country(store, selection, part)
    assert len(rows)
    for row in rows.itertuples():
        assert summary(store, selection.narrowed(**{field: row.country_code})).event_count == row.event_count


@pytest.mark.parametrize("selection", SELECTIONS)
def test_the_count_of_a_pair_is_the_count_after_a_click_on_it(store: Store, selection: EventFilter) -> None:
    for row in country_pairs(store, selection).counts.itertuples():
        both = selection.narrowed(countries=row.country_code, also_countries=row.other_code)
        assert summary(store, both).event_count == row.event_count


def test_every_two_countries_of_an_event_are_a_pair(store: Store) -> None:
    sets = [cell.split("; ") for cell in event_rows(store, EventFilter())["countries"] if cell]
    pairs = country_pairs(store, EventFilter())
    assert pairs.counts["event_count"].sum() == sum(len(list(combinations(names, 2))) for names in sets)
    assert pairs.paired_count == sum(len(names) > 1 for names in sets)
    assert pairs.named_count == len(sets)


def test_nothing_selected_has_no_country_and_no_pair(store: Store) -> None:
    nothing = EventFilter(text="no such word anywhere")
    assert by_country(store, nothing, "with").empty
    assert country_pairs(store, nothing).counts.empty
