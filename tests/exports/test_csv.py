"""The files hold the rows of the screen, letter by letter, and nothing that a spreadsheet would run."""

import csv
import io
from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.exports.csv import (
    EVENT_COLUMNS,
    FORMULA_STARTS,
    NAME_LENGTH,
    QUOTE_COLUMNS,
    events_csv,
    file_name,
    quotes_csv,
    selection_slug,
    to_csv,
)
from dashboard.queries.events import EVENT_ROW_COLUMNS, QUOTE_ROW_COLUMNS, event_rows, quote_rows
from dashboard.queries.filters import EventFilter
from dashboard.queries.store import Store


def read(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


CELLS = st.text(alphabet=st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), max_size=20)


@given(st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=5))
def test_texts_come_back_and_none_starts_a_formula(rows: list[tuple[str, str]]) -> None:
    header, *lines = read(to_csv(pd.DataFrame(rows, columns=["first", "second"])))
    assert header == ["first", "second"]
    for given_row, line in zip(rows, lines, strict=True):
        for text, cell in zip(given_row, line, strict=True):
            assert not cell.startswith(FORMULA_STARTS)
            assert cell == (f"'{text}" if text.startswith(FORMULA_STARTS) else text)


@pytest.mark.parametrize("start", FORMULA_STARTS)
def test_a_cell_that_a_spreadsheet_would_run_gets_an_apostrophe(start: str) -> None:
    assert read(to_csv(pd.DataFrame({"a": [f"{start}cmd"]})))[1] == [f"'{start}cmd"]


def test_numbers_days_and_missing_values() -> None:
    frame = pd.DataFrame(
        {
            "latitude": [-33.5, float("nan")],
            "count": [-2, 3],
            "day": [pd.Timestamp("2025-07-23"), pd.NaT],
            "text": ["中国–Türkiye", None],
        }
    )
    assert read(to_csv(frame))[1:] == [["-33.5", "-2", "2025-07-23", "中国–Türkiye"], ["", "3", "", ""]]


def test_the_file_opens_in_excel_as_utf8_and_has_rfc_4180_lines() -> None:
    content = to_csv(pd.DataFrame({"a": ["x\ny", 'say "z"']}))
    assert content == b'\xef\xbb\xbfa\r\n"x\ny"\r\n"say ""z"""\r\n'


@pytest.mark.parametrize(
    "selection", [EventFilter(), EventFilter(sectors=("space",)), EventFilter(text="nothing at all")]
)
def test_the_files_hold_the_rows_of_the_screen_in_their_order(store: Store, selection: EventFilter) -> None:
    events, quotes = event_rows(store, selection), quote_rows(store, selection)
    assert [line[0] for line in read(events_csv(events))[1:]] == list(events["event_id"])
    lines = read(quotes_csv(quotes))[1:]
    assert [line[0] for line in lines] == list(quotes["event_id"])
    column = list(QUOTE_COLUMNS).index("quote")
    for line, quote in zip(lines, quotes["quote"], strict=True):
        assert line[column].removeprefix("'") == quote.removeprefix("'")


def test_the_columns_are_those_of_the_questions_each_with_a_meaning() -> None:
    assert tuple(EVENT_COLUMNS) == EVENT_ROW_COLUMNS
    assert tuple(QUOTE_COLUMNS) == QUOTE_ROW_COLUMNS
    assert all(meaning for meaning in (*EVENT_COLUMNS.values(), *QUOTE_COLUMNS.values()))


JULY = {"start": date(2025, 7, 1), "end": date(2025, 7, 31)}


@pytest.mark.parametrize(
    ("selection", "name"),
    [
        (EventFilter(), "corridor-events-12-build-ab12cd34.csv"),
        (EventFilter(sectors=("space",), **JULY), "corridor-events-12-space-2025-07-01-to-2025-07-31-build-ab12cd34.csv"),
        (EventFilter(start=date(2025, 7, 1)), "corridor-events-12-from-2025-07-01-build-ab12cd34.csv"),
        (EventFilter(end=date(2025, 7, 31)), "corridor-events-12-to-2025-07-31-build-ab12cd34.csv"),
        (EventFilter(countries=("CHN",), places=("geonames:1",), text="Türkiye/Lab"), "corridor-events-12-chn-1-place-turkiye-lab-build-ab12cd34.csv"),
    ],
)  # fmt: skip
def test_the_name_says_what_the_file_holds(selection: EventFilter, name: str) -> None:
    assert file_name("events", 12, selection, "ab12cd34ef") == name


@given(st.text(max_size=200))
def test_a_name_is_short_and_safe_whatever_was_searched_for(text: str) -> None:
    slug = selection_slug(EventFilter(text=text))
    assert len(slug) <= NAME_LENGTH
    assert set(slug) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert bool(slug) == bool(text)
