"""What the codes mean, what the build could not resolve, and what it was made from."""

from collections.abc import Iterable
from html import escape

import pandas as pd
import streamlit as st

from dashboard.app_pages.event import decision_in_words
from dashboard.app_pages.frame import Page, current_page
from dashboard.app_pages.markup import swatch, table
from dashboard.app_pages.wording import (
    BASES,
    MODES,
    PLACE_PRECISIONS,
    PRECISIONS,
    REVIEW_STATES,
    SEVERITIES,
    plain,
    state_in_words,
)
from dashboard.exports.csv import EVENT_COLUMNS, QUOTE_COLUMNS
from dashboard.queries.codebook import decisions, event_types, issues, names, sectors
from dashboard.schema import TABLES

ALIAS_BASES = {"text": "a document writes it so", "table": "the list of names knows it"}


def page() -> None:
    """One tab for each kind of thing to look up."""
    here = current_page()
    st.title("Codebook", anchor=False)
    st.markdown(
        "An **event** is one thing that happened, or is firmly dated to happen, in which named actors did something about "
        "science, technology or innovation. Every value of it shows the words that prove it."
    )
    parts = {
        "Event types": _draw_types,
        "Sectors": _draw_sectors,
        "Dates and places": _draw_precision,
        "Review": _draw_review,
        "Names": _draw_names,
        "Issues": _draw_issues,
        "Columns": _draw_columns,
        "This build": _draw_build,
    }
    for tab, draw in zip(st.tabs(list(parts)), parts.values(), strict=True):
        with tab:
            draw(here)


def _draw_types(here: Page) -> None:
    rows = event_types(here.store)
    st.html(table(("Type", "What it covers", "PLOVER"), _cells(rows, "label", "meaning", "plover")))
    st.caption("Where two types fit, the outcome beats the occasion: an MoU signed at a meeting is an agreement.")


def _draw_sectors(here: Page) -> None:
    rows = sectors(here.store)
    color = rows["color_dark" if here.is_dark else "color_light"]
    lit = [f"{swatch(shade)}{escape(label)}" for shade, label in zip(color, rows["label"], strict=True)]
    rest = _cells(rows, "meaning", "frascati", "crs")
    st.html(
        table(
            ("Sector", "What it covers", "OECD field (Frascati 2015)", "DAC/CRS purpose codes"),
            ([first, *cells] for first, cells in zip(lit, rest, strict=True)),
        )
    )
    st.caption("An event has one or more sectors, the main one first.")


def _draw_precision(_: Page) -> None:
    st.header("How finely a date is known", anchor=False)
    st.html(_meanings(PRECISIONS))
    st.header("What a date rests on", anchor=False)
    st.html(_meanings(BASES))
    st.caption(
        "Dates are kept in EDTF (ISO 8601-2): 2025-07 is the month, never its first day; ? marks a guess. A filter by day finds an event if the days it may have been on touch the filter's."
    )
    st.header("How finely a place is known", anchor=False)
    st.html(_meanings(PLACE_PRECISIONS))
    st.html(_meanings(MODES))


def _draw_review(here: Page) -> None:
    st.html(_meanings(REVIEW_STATES))
    made = decisions(here.store)
    st.header(f"Decisions replayed in this build ({len(made):,})", anchor=False)
    sentences = [
        (escape(decision_in_words(row)), escape(plain(row["event_id"])), escape(row["file"]))
        for _, row in made.iterrows()
    ]
    st.html(table(("Decision", "Event", "File"), sentences) if sentences else "<p>None yet.</p>")


def _draw_names(here: Page) -> None:
    rows = names(here.store)
    st.markdown(
        "One actor may be written in several ways. Search and filters find it by any of them; tables show the first."
    )
    shown = rows.assign(basis=rows["basis"].map(ALIAS_BASES))
    st.html(
        table(
            ("Name", "Also written", "How we know", "Why it is the same"),
            _cells(shown, "name", "alias", "basis", "reason"),
        )
    )


def _draw_issues(here: Page) -> None:
    rows = issues(here.store)
    if rows.empty:
        st.success("The build resolved everything.")
        return
    shown = rows.assign(severity=rows["severity"].map(SEVERITIES))
    st.html(
        table(
            ("How grave", "Step", "Document", "What and why"), _cells(shown, "severity", "stage", "document", "message")
        )
    )


def _draw_columns(here: Page) -> None:
    st.markdown("The files that the download buttons give, then the tables behind the pages.")
    for title, columns in (("Events file (CSV)", EVENT_COLUMNS), ("Quotes file (CSV)", QUOTE_COLUMNS)):
        with st.expander(title):
            st.html(_meanings(columns, heading="Column"))
    for name, schema in TABLES.items():
        with st.expander(f"{name} · {here.store.manifest.tables[name]:,} rows"):
            st.caption(schema.description)
            st.html(_meanings({column: spec.description for column, spec in schema.columns.items()}, heading="Column"))


def _draw_build(here: Page) -> None:
    manifest = here.store.manifest
    facts = {"Build": manifest.build_id, "Made at": manifest.built_at, "Version of the code": manifest.code_version}
    counts = {state_in_words(name): f"{count:,}" for name, count in manifest.counts.items()}
    st.html(_meanings(facts | counts, heading="Fact", labelled=False))
    st.header("Made from", anchor=False)
    st.html(table(("File", "SHA-256"), ((escape(name), escape(digest)) for name, digest in manifest.inputs.items())))


def _meanings(meanings: dict[str, str], *, heading: str = "Code", labelled: bool = True) -> str:
    named = (
        (f"<code>{escape(code)}</code>" if labelled else escape(code), escape(meaning))
        for code, meaning in meanings.items()
    )
    return table((heading, "Meaning" if labelled else "Value"), named)


def _cells(rows: pd.DataFrame, *columns: str) -> Iterable[list[str]]:
    return [[escape(plain(value)) for value in row] for row in rows[list(columns)].itertuples(index=False)]
