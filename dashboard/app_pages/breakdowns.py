"""What and who: the selection by sector, type, country and actor. A click on any of it narrows."""

from typing import Any

import pandas as pd
import streamlit as st

from dashboard.app_pages.figures import Clicked, draw_figure, draw_legend, draw_table, look_of
from dashboard.app_pages.frame import Page, current_page, downloads, headline, table_twin
from dashboard.charts import breakdowns as chart
from dashboard.charts.theme import Theme, counted
from dashboard.queries.breakdowns import by_actor, by_country, by_sector, by_type, sector_by_type
from dashboard.queries.overview import Summary

SECTOR_COLUMNS = {"label": "Sector", "main_count": "Main sector of", "event_count": "Touched by"}
KINDS = {"org": "Organisation", "person": "Person"}
ACTOR_COLUMNS = {
    "name": st.column_config.TextColumn("Name", width=360),
    "kind": st.column_config.TextColumn("Kind", width=110),
    "events": st.column_config.NumberColumn("Events", width=80),
    "written_as": st.column_config.TextColumn(
        "Written in the texts as", width=420, help="Letter by letter, misprints too."
    ),
}
ACTOR_ROWS = 12


def page() -> None:
    """Sectors beside countries, their grid with the types beside the types, then the actors."""
    here = current_page()
    found = headline(here, "Breakdowns")
    if not found.event_count:
        return
    look = look_of(here)
    left, right = st.columns(2, gap="large")
    with left:
        st.header("By sector", anchor=False)
        draw_sectors(here, found, look, "sectors")
        table_twin(here.ask(by_sector).drop(columns="sector_code"), SECTOR_COLUMNS, key="sectors")
    with right:
        _draw_countries(here, look)
    left, right = st.columns([2, 1], gap="large")
    with left:
        _draw_grid(here, look)
    with right:
        _draw_types(here, found, look)
    _draw_actors(here)
    downloads(here)


def draw_sectors(here: Page, found: Summary, look: Theme, name: str) -> None:
    """Bars by sector with what their colours mean."""
    frame = here.ask(by_sector)
    sentence = chart.sector_sentence(frame, look)
    draw_legend(chart.sector_entries(look))
    draw_figure(chart.by_sector(frame, look), name, alt=f"Events by sector. {sentence}", narrowing=sector_clicked)
    st.caption(
        f"Main sectors add up to {int(frame['main_count'].sum()):,} of {counted(found.event_count)}; an event may touch several. A click narrows to the events of the main sector."
    )


def _draw_types(here: Page, found: Summary, look: Theme) -> None:
    st.header("By type", anchor=False)
    frame = here.ask(by_type)
    sentence = chart.type_sentence(frame)
    draw_figure(chart.by_type(frame, look), "types", alt=f"Events by type. {sentence}", narrowing=type_clicked)
    st.caption(f"{sentence} Types add up to {int(frame['event_count'].sum()):,} of {counted(found.event_count)}.")
    table_twin(frame[["label", "event_count"]], {"label": "Type", "event_count": "Events"}, key="types")


def _draw_grid(here: Page, look: Theme) -> None:
    st.header("Main sector by type", anchor=False)
    frame = here.ask(sector_by_type)
    sentence = chart.cell_sentence(frame)
    figure = chart.sector_by_type(frame, here.choices.types, look)
    draw_figure(figure, "sector_by_type", alt=f"Main sector by type. {sentence}", narrowing=cell_clicked)
    st.caption(f"{sentence} A click narrows to the type and the main sector.")
    table_twin(_grid_table(here, frame, look), key="sector_by_type")


def _grid_table(here: Page, frame: pd.DataFrame, look: Theme) -> pd.DataFrame:
    return pd.DataFrame({
        "sector": frame["sector_code"].fillna("").map(look.label),
        "type": frame["event_type_code"].map(dict(here.choices.types)),
        "events": frame["event_count"],
    })  # fmt: skip


def _draw_countries(here: Page, look: Theme) -> None:
    st.header("By country taking part", anchor=False)
    frame = here.ask(by_country)
    sentence = chart.country_sentence(frame)
    draw_legend(chart.country_entries(look))
    draw_figure(
        chart.by_country(frame, look), "countries", alt=f"Events by country. {sentence}", narrowing=country_clicked
    )
    st.caption(sentence)
    columns = {
        "label": "Country",
        "event_count": "Events",
        "split_count": st.column_config.NumberColumn("Split count", format="%.2f"),
    }
    table_twin(frame[["label", "event_count", "split_count"]], columns, key="countries")


def _draw_actors(here: Page) -> None:
    frame = here.ask(by_actor)
    known = frame[frame["actor_id"].notna()]
    st.header("Organisations and people", anchor=False)
    if known.empty:
        st.markdown("These events name no organisation or person.")
        return
    shown = known.assign(name=known["label"], kind=known["kind"].map(KINDS), events=known["event_count"])[
        list(ACTOR_COLUMNS)
    ]
    draw_table(
        shown, "actors", codes=known["actor_id"].tolist(), narrowing=actor_ticked, column_config=ACTOR_COLUMNS,
        height=35 * (min(len(shown), ACTOR_ROWS) + 1) + 3, alt="Organisations and people with their events.",
    )  # fmt: skip
    st.caption(f"{len(shown):,} names. Tick a row to narrow to it.")


def sector_clicked(clicked: Clicked) -> dict[str, Any] | None:
    """The main sector of the bar, if it has one."""
    (sector,) = clicked.marks[0]
    return {"mains": sector} if sector else None


def type_clicked(clicked: Clicked) -> dict[str, Any]:
    """The type of the bar."""
    (kind,) = clicked.marks[0]
    return {"types": kind}


def country_clicked(clicked: Clicked) -> dict[str, Any] | None:
    """The country of the bar, if it has one."""
    (country,) = clicked.marks[0]
    return {"countries": country} if country else None


def cell_clicked(clicked: Clicked) -> dict[str, Any]:
    """The type and the sector, if there is one, of the cell."""
    sector, kind = clicked.marks[0]
    return {"types": kind, **({"mains": sector} if sector else {})}


def actor_ticked(clicked: Clicked) -> dict[str, Any]:
    """The actor of the row."""
    return {"actors": clicked.marks[0]}
