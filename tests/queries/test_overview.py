"""What each condition of a selection keeps out."""

from datetime import date

import pytest

from dashboard.queries.choices import choices
from dashboard.queries.events import event_rows
from dashboard.queries.filters import EventFilter
from dashboard.queries.overview import event_count, kept_out
from dashboard.queries.store import Store

SELECTIONS = (
    EventFilter(sectors=("space", "energy"), countries=("CHN",), start=date(2025, 7, 1)),
    EventFilter(types=("launch",), countries=("CHN",), also_countries=("PAK",), text="satellite"),
    EventFilter(sectors=("space",), text="nowhere to be found"),
)


@pytest.mark.parametrize("selection", SELECTIONS, ids=str)
def test_a_condition_keeps_out_what_comes_in_without_it(store: Store, selection: EventFilter) -> None:
    gains = kept_out(store, selection, choices(store))
    held = set(event_rows(store, selection)["event_id"])
    for part, gain in gains:
        wider = set(event_rows(store, selection.taking_away(part.name, part.value))["event_id"])
        assert held <= wider
        assert gain == len(wider) - len(held)
    assert [gain for _, gain in gains] == sorted((gain for _, gain in gains), reverse=True)
    assert {part.name for part, _ in gains} == {part.name for part in selection.parts(choices(store))}


def test_the_empty_selection_keeps_nothing_out(store: Store) -> None:
    assert kept_out(store, EventFilter(), choices(store)) == []
    assert event_count(store, EventFilter()) == store.manifest.tables["events"]
