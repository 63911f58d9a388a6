"""Two fields crossed as a heat map, and one field over time; both are chosen by controls, and the address carries them."""

from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.app_pages.figures import Clicked, draw_figure
from dashboard.app_pages.frame import Page, view
from dashboard.app_pages.links import page_link
from dashboard.app_pages.twins import draw_twin
from dashboard.charts import crossing as chart
from dashboard.charts.theme import Theme, counted
from dashboard.queries.crossing import (
    FIELDS,
    OTHERS,
    QUARTERS,
    crossed,
    divided,
    documents_read,
    label_of,
    measured,
    narrowing_to_both,
)
from dashboard.queries.overview import Summary

MOST_ROWS, MOST_COLUMNS, MOST_LINES, MOST_PERIODS = 14, 11, 10, 36
"""Values that have a row or column of their own in the heat map, and a row and columns over time; the others share one."""

NUMBERS = {
    "count": "Events",
    "row": "Share of row",
    "column": "Share of column",
    "all": "Share of all",
    "rate": "Events per document",
}
LABELS = {name: field.label for name, field in FIELDS.items()}


def draw_crossing(here: Page, found: Summary, look: Theme) -> None:
    """The heat map with its three controls."""
    st.header("Two fields crossed", anchor=False)
    left, right, third = st.columns([2, 2, 5], gap="medium", vertical_alignment="bottom")
    with left:
        rows = view("rows", "Rows", LABELS, is_list=True)
    with right:
        columns = view("columns", "Columns", LABELS, is_list=True)
    with third:
        how = view("numbers", "Numbers", NUMBERS)
    if rows == columns:
        st.markdown("Rows and columns are the same field. Choose two different ones.")
        return
    sides = _values(here, rows, MOST_ROWS), _values(here, columns, MOST_COLUMNS)
    asked = here.ask(crossed, rows, columns, (MOST_ROWS, MOST_COLUMNS))
    cells = measured(asked, how, _documents(here, asked, rows, columns))
    sentence = crossing_sentence(here, cells, (rows, columns), how)
    narrowing = partial(cell_clicked, rows, columns)
    figure = chart.heat_map(cells, sides[0], sides[1], how, look)
    with st.container(key="wide_crossing"):
        draw_figure(
            figure, "crossing", alt=f"{LABELS[rows]} by {LABELS[columns].lower()}. {sentence}", narrowing=narrowing
        )
        _draw_crossing_twin(cells, sides, (rows, columns), how)
    st.caption(f"{sentence} Click a cell to narrow to both values, an outlined one to narrow to one.")
    page_link("events", f"See {'this event' if found.event_count == 1 else f'these {found.event_count:,} events'} →")


def _values(here: Page, field: str, most: int) -> pd.DataFrame:
    rows = here.ask(divided, field, most)
    codes = zip(rows["code"], rows["value_count"], strict=True)
    return rows.assign(label=[label_of(field, code, here.choices, values) for code, values in codes])


def _documents(here: Page, cells: pd.DataFrame, rows: str, columns: str) -> "pd.Series[int]":
    """The documents read for each cell: those published in its period; where no side is a period, all of the build.

    Rules: of an unknown or an earlier period they are not counted, so that it has no rate.
    """
    side = next((side for side, field in (("column", columns), ("row", rows)) if field in QUARTERS), "")
    if not side:
        return pd.Series(here.store.manifest.tables["documents"], index=cells.index)
    read = (
        documents_read(here.store, columns if side == "column" else rows).dropna().set_index("code")["document_count"]
    )
    return cells[f"{side}_code"].map(read.to_dict()).fillna(0).astype("int64")


def crossing_sentence(here: Page, cells: pd.DataFrame, fields: tuple[str, str], how: str) -> str:
    """The fullest cell, what adds up, which fields count an event in full under each value, and what a rate is of."""
    fullest = cells.sort_values("event_count", ascending=False, kind="stable")
    known = fullest[(fullest["row_code"] != OTHERS) & (fullest["column_code"] != OTHERS)]
    total = counted(round(cells["split_count"].sum()))
    most = ""
    if len(known):
        first = known.iloc[0]
        names = [
            label_of(field, first[f"{side}_code"], here.choices)
            for field, side in zip(fields, ("row", "column"), strict=True)
        ]
        most = f"Most: {names[0]} with {names[1]}, {first['event_count']:,} of {total}. "
    many = [LABELS[field].lower() for field in fields if FIELDS[field].is_many]
    sums = (
        f"An event counts in full under each {' and each '.join(many)} that it has; the split count in the table adds up to {total}."
        if many
        else f"The cells add up to {total}."
    )
    return f"{most}{sums}{_denominator_sentence(here, fields) if how == 'rate' else ''}"


def _denominator_sentence(here: Page, fields: tuple[str, str]) -> str:
    period = next((LABELS[field].lower() for field in fields if field in QUARTERS), "")
    if period:
        return (
            f" Rates are per document published in the {period}, whatever the filters; where none was, there is a dash."
        )
    return f" Rates are per document of the build, {here.store.manifest.tables['documents']:,} in all, whatever the filters."


def _draw_crossing_twin(
    cells: pd.DataFrame, sides: tuple[pd.DataFrame, pd.DataFrame], fields: tuple[str, str], how: str
) -> None:
    names = [{_plain(code): label for code, label in zip(side["code"], side["label"], strict=True)} for side in sides]
    shown = cells.sort_values("event_count", ascending=False, kind="stable")
    table = shown.assign(
        row=[names[0][_plain(code)] for code in shown["row_code"]],
        column=[names[1][_plain(code)] for code in shown["column_code"]],
        said=[chart.in_words(number, how) for number in shown["number"]],
    )
    labels = {"row": LABELS[fields[0]], "column": LABELS[fields[1]], "event_count": "Events"}
    labels |= {} if how == "count" else {"said": NUMBERS[how]}
    marks = [[_plain(one), _plain(other)] for one, other in zip(shown["row_code"], shown["column_code"], strict=True)]
    narrowing = partial(cell_clicked, fields[0], fields[1])
    draw_twin(table, labels | {"split_count": "Split count"}, "crossing", marks=marks, narrowing=narrowing)


def draw_course(here: Page, look: Theme) -> None:
    """One field over time, a row of bars a value."""
    st.header("Over time", anchor=False)
    left, right = st.columns([2, 7], gap="medium", vertical_alignment="bottom")
    with left:
        field = view("course", "Rows over time", LABELS, is_list=True)
    with right:
        period = view("each", "By", {"quarter": "Quarters", "year": "Years"})
    lines = _values(here, field, MOST_LINES)
    cells = here.ask(crossed, field, period, (MOST_LINES, MOST_PERIODS))
    columns = _filled(here, _values(here, period, MOST_PERIODS), period)
    sentence = course_sentence(here, cells, field, period)
    colors = [_color(field, code, look) for code in lines["code"]]
    narrowing = partial(cell_clicked, field, period)
    with st.container(key="wide_course"):
        draw_figure(
            chart.course(cells, lines, columns, colors, look),
            "course",
            alt=f"{LABELS[field]} by {period}. {sentence}",
            narrowing=narrowing,
        )
        _draw_course_twin(cells, lines, columns, field, period)
    st.caption(f"{sentence} Click a bar to narrow to its value and {period}.")


def _filled(here: Page, periods: pd.DataFrame, period: str) -> list[tuple[str, str]]:
    """Code and label of each period, with those between that have no event."""
    held = {_plain(code): label for code, label in zip(periods["code"], periods["label"], strict=True)}
    known = [code for code in held if code and code != OTHERS]
    between = between_periods(known[0], known[-1], period) if known else []
    named = [(code, label_of(period, code, here.choices)) for code in between]
    return (
        [(code, held[code]) for code in (OTHERS,) if code in held]
        + named
        + [("", held[""]) for code in held if not code]
    )


def between_periods(first: str, last: str, period: str) -> list[str]:
    """The codes of all periods from the first to the last."""
    if period == "year":
        return [str(year) for year in range(int(first), int(last) + 1)]
    numbers = [int(code[:4]) * 4 + int(code[-1]) - 1 for code in (first, last)]
    return [f"{number // 4:04d}-Q{number % 4 + 1}" for number in range(numbers[0], numbers[1] + 1)]


def course_sentence(here: Page, cells: pd.DataFrame, field: str, period: str) -> str:
    """The highest bar, and how an event that lasts or is known only roughly is counted."""
    known = cells[(cells["row_code"] != OTHERS) & (cells["column_code"] != OTHERS) & cells["column_code"].notna()]
    said = ""
    if len(known):
        first = known.sort_values("event_count", ascending=False, kind="stable").iloc[0]
        names = label_of(field, first["row_code"], here.choices), label_of(period, first["column_code"], here.choices)
        said = f"Most: {names[0]} in {names[1]}, {counted(int(first['event_count']))}. "
    total = counted(round(cells["split_count"].sum()))
    return (
        f"{said}All rows have one scale, at whose top the bars of the others are cut off. An event counts in each {period} that it may have been in; the split count in the table "
        f"adds up to {total}."
    )


def _draw_course_twin(
    cells: pd.DataFrame, lines: pd.DataFrame, columns: list[tuple[str, str]], field: str, period: str
) -> None:
    names, whens = (
        {_plain(code): label for code, label in zip(lines["code"], lines["label"], strict=True)},
        dict(columns),
    )
    ranks = {code: rank for rank, code in enumerate(names)}
    keyed = cells.assign(row=cells["row_code"].map(_plain), column=cells["column_code"].map(_plain))
    shown = keyed.assign(rank=keyed["row"].map(ranks)).sort_values(["rank", "column"], kind="stable")
    table = shown.assign(name=shown["row"].map(names), when=shown["column"].map(whens))
    labels = {"name": LABELS[field], "when": LABELS[period], "event_count": "Events", "split_count": "Split count"}
    marks = shown[["row", "column"]].to_numpy().tolist()
    draw_twin(table, labels, "course", marks=marks, narrowing=partial(cell_clicked, field, period))


def _color(field: str, code: object, look: Theme) -> str:
    if not isinstance(code, str) or code == OTHERS:
        return look.blank
    return look.color(code) if field in ("main", "sector") else look.accent


def _plain(code: object) -> str:
    return code if isinstance(code, str) else ""


def cell_clicked(rows: str, columns: str, clicked: Clicked) -> dict[str, Any]:
    """Both values of the cell or bar, or the one value of an outlined one; nothing where a side stands for none, or for many."""
    row, column = clicked.marks[0]
    return narrowing_to_both(rows, row, columns, column)
