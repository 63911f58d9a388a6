"""Two fields crossed: every mark's number is what a click on it leaves, and a column adds up."""

from datetime import date

import pandas as pd
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from dashboard.queries.choices import choices
from dashboard.queries.crossing import (
    ALL,
    FIELDS,
    NUMBERS,
    OTHERS,
    crossed,
    divided,
    documents_read,
    label_of,
    measured,
    narrowing_to,
    narrowing_to_both,
)
from dashboard.queries.filters import EventFilter
from dashboard.queries.overview import summary
from dashboard.queries.store import Store

quietly = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def selections(store: Store) -> st.SearchStrategy[EventFilter]:
    """Days and one more field, so that most selections hold events."""
    options, days = choices(store), st.none() | st.dates(date(2024, 4, 1), date(2025, 11, 30))

    def by(name: str) -> st.SearchStrategy[EventFilter]:
        some = st.lists(st.sampled_from(list(options.of(name))), max_size=2, unique=True).map(tuple)
        return st.builds(
            EventFilter, start=days, end=st.none() | st.dates(date(2025, 7, 5), date(2025, 12, 1)), **{name: some}
        )

    return st.sampled_from(["sectors", "mains", "countries", "types", "documents", "actors"]).flatmap(by)


@given(data=st.data())
@quietly
def test_a_values_number_is_the_count_after_the_click(store: Store, data: st.DataObject) -> None:
    selection, field = data.draw(selections(store)), data.draw(st.sampled_from(list(FIELDS)))
    rows = divided(store, selection, field, data.draw(st.integers(1, 8)))
    narrowing = [row for row in rows.to_dict("records") if narrowing_to(field, row["code"])]
    assume(narrowing)
    row = data.draw(st.sampled_from(narrowing))
    assert summary(store, selection.narrowed(**narrowing_to(field, row["code"]))).event_count == row["event_count"]


@given(data=st.data())
@quietly
def test_a_cells_number_is_the_count_after_the_click(store: Store, data: st.DataObject) -> None:
    selection = data.draw(selections(store))
    rows, columns = data.draw(st.permutations([field for field in FIELDS if field != "pair"]))[:2]
    cells = crossed(store, selection, rows, columns, (6, 6)).astype({"row_code": object, "column_code": object})
    assert cells["split_count"].sum() == pytest.approx(summary(store, selection).event_count)
    known = [
        cell
        for cell in cells.to_dict("records")
        if narrowing_to_both(rows, cell["row_code"], columns, cell["column_code"])
    ]
    assume(known)
    cell = data.draw(st.sampled_from(known))
    clicked = {
        "event_count": narrowing_to_both(rows, cell["row_code"], columns, cell["column_code"]),
        "row_count": narrowing_to_both(rows, cell["row_code"], columns, ALL),
        "column_count": narrowing_to_both(rows, ALL, columns, cell["column_code"]),
    }
    left = {name: summary(store, selection.narrowed(**fields)).event_count for name, fields in clicked.items()}
    assert left == {name: cell[name] for name in clicked}


@pytest.mark.parametrize("field", list(FIELDS))
def test_the_others_are_one_row_and_none_is_lost(store: Store, field: str) -> None:
    whole, short = divided(store, EventFilter(), field, 1000), divided(store, EventFilter(), field, 1)
    known = whole[whole["code"].notna()]
    others = short[short["code"] == OTHERS]
    assert others["value_count"].tolist() == ([len(known) - 1] if len(known) > 1 else [])
    assert short["split_count"].sum() == pytest.approx(whole["split_count"].sum())
    assert (whole["event_count"] >= whole["split_count"] - 1e-9).all()


def test_an_event_that_may_have_been_in_two_quarters_counts_in_both_within_the_selected_days(store: Store) -> None:
    quarters = divided(store, EventFilter(start=date(2025, 7, 1)), "quarter", 36)
    assert "2025-Q2" not in set(quarters["code"])
    assert list(quarters["code"]) == sorted(quarters["code"])


@pytest.mark.parametrize(
    ("field", "code", "narrowed"),
    [
        ("main", "space", {"mains": "space"}),
        ("sector", "space", {"sectors": "space"}),
        ("pair", "CHN+PAK", {"countries": "CHN", "also_countries": "PAK"}),
        ("year", "2024", {"start": date(2024, 1, 1), "end": date(2024, 12, 31)}),
        ("quarter", "2025-Q4", {"start": date(2025, 10, 1), "end": date(2025, 12, 31)}),
        ("country", OTHERS, {}),
        ("country", None, {}),
        ("country", float("nan"), {}),
    ],
)
def test_what_a_value_narrows(field: str, code: object, narrowed: dict[str, object]) -> None:
    assert narrowing_to(field, code) == narrowed


def test_two_periods_meet() -> None:
    met = narrowing_to_both("year", "2025", "quarter", "2025-Q3")
    assert met == {"start": date(2025, 7, 1), "end": date(2025, 9, 30)}


@pytest.mark.parametrize(
    ("field", "code", "label"),
    [
        ("pair", "CHN+PAK", "China – Pakistan"),
        ("quarter", "2025-Q3", "Q3 2025"),
        ("country", None, "No country"),
        ("country", OTHERS, "7 other countries"),
        ("year", OTHERS, "7 earlier years"),
    ],
)
def test_a_value_in_words(store: Store, field: str, code: object, label: str) -> None:
    assert label_of(field, code, choices(store), 7) == label


CELLS = pd.DataFrame({
    "row_code": ["a", "a", "b"], "column_code": ["x", "y", "x"], "event_count": [3, 1, 2], "split_count": [3.0, 1.0, 2.0],
    "row_count": [4, 4, 2], "column_count": [5, 1, 5],
})  # fmt: skip


@pytest.mark.parametrize(
    ("how", "numbers"),
    [
        ("count", [3, 1, 2]),
        ("row", [3 / 4, 1 / 4, 1]),
        ("column", [3 / 5, 1, 2 / 5]),
        ("all", [3 / 6, 1 / 6, 2 / 6]),
        ("rate", [3 / 2, None, 2 / 8]),
    ],
)
def test_the_numbers_of_the_cells(how: str, numbers: list[float | None]) -> None:
    assert how in NUMBERS
    shown = measured(CELLS, how, pd.Series([2, 0, 8]))["number"]
    assert [None if pd.isna(number) else number for number in shown] == pytest.approx(numbers)


def test_every_document_is_read_in_one_period_or_in_none_that_is_known(store: Store) -> None:
    for period in ("year", "quarter"):
        assert documents_read(store, period)["document_count"].sum() == store.manifest.tables["documents"]
