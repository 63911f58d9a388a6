"""What you see adds up: every breakdown of every selection has a column that sums to the selection's count."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.queries import breakdowns, calendar_grid, crossing, events, overview, timeline
from dashboard.queries import map as site_map
from dashboard.queries.choices import choices
from dashboard.queries.filters import EventFilter, from_params
from dashboard.queries.store import Store


def selections(store: Store) -> st.SearchStrategy[EventFilter]:
    options = choices(store)

    def some(name: str) -> st.SearchStrategy[tuple[str, ...]]:
        return st.lists(st.sampled_from(list(options.of(name))), max_size=2, unique=True).map(tuple)

    days = st.none() | st.dates(date(2024, 1, 1), date(2025, 12, 31))
    return st.builds(
        EventFilter, start=days, end=days, sectors=some("sectors"), types=some("types"), countries=some("countries"),
        places=some("places"), actors=some("actors"), states=some("states"), text=st.sampled_from(["", "joint", "iqbal", "zzz"]),
    )  # fmt: skip


@given(data=st.data())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_breakdown_sums_to_the_filtered_total(store: Store, data: st.DataObject) -> None:
    selection = data.draw(selections(store))
    total = overview.summary(store, selection).event_count
    parts = {
        "main sectors": breakdowns.by_sector(store, selection)["main_count"].sum(),
        "actors with writings": breakdowns.by_actor(store, selection)["split_count"].sum(),
        **{field: crossing.divided(store, selection, field, 3)["split_count"].sum() for field in crossing.FIELDS},
        "map": site_map.sites(store, selection)["event_count"].sum()
        + site_map.not_drawn(store, selection)["event_count"].sum(),
        "rows": len(events.event_rows(store, selection)),
        **{period: timeline.by_period(store, selection, period)["event_count"].sum() for period in timeline.PERIODS},
        **{
            split: timeline.by_period(store, selection, "month", split)["event_count"].sum()
            for split in timeline.SPLITS
        },
        "days of years": calendar_grid.days_of_years(store, selection)["event_count"].sum(),
    }
    assert parts == {name: pytest.approx(total) for name in parts}


@given(data=st.data())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_selection_survives_the_address_bar(store: Store, data: st.DataObject) -> None:
    selection = data.draw(selections(store))
    read, problems = from_params(selection.to_params(), choices(store))
    if selection.start and selection.end and selection.end < selection.start:
        assert (read, len(problems)) == (EventFilter(**{**vars(selection), "start": None, "end": None}), 1)
    else:
        assert (read, problems) == (selection, [])


@given(data=st.data())
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_filter_only_narrows(store: Store, data: st.DataObject) -> None:
    selection = data.draw(selections(store))
    chosen = set(events.event_rows(store, selection)["event_id"])
    for name in vars(selection):
        assert chosen <= set(events.event_rows(store, selection.without(name))["event_id"])
