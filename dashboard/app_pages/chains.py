"""What became of it: the events of one initiative on one line, and what was promised and has no later event."""

from html import escape
from typing import Any
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from dashboard.app_pages.address import link_params
from dashboard.app_pages.figures import Clicked, draw_legend, look_of
from dashboard.app_pages.frame import Page, current_page, downloads, headline, view
from dashboard.app_pages.markup import as_markdown, quote
from dashboard.app_pages.twins import draw_twin
from dashboard.app_pages.wording import counted, date_in_words
from dashboard.charts import chains as chart
from dashboard.charts.theme import Theme
from dashboard.queries.chains import Chains, Promises, chains, promises
from dashboard.searching import Term, terms

MOST_CHAINS = 40
MOST_PROMISES = 100
"""Chains and promises drawn; the others are counted. A hundred lines with their quotes are 150 kB."""

OLDER = {"12": "1 year", "24": "2 years", "36": "3 years", "60": "5 years"}
TABLE = {
    "name": "Chain", "events": "Selected events", "all_events": "All its events", "first": "First", "last": "Last", "steps": "Steps",
}  # fmt: skip


def page() -> None:
    """The chains, then the promises."""
    here = current_page()
    found = headline(here, "Chains")
    if not found.event_count:
        return
    _draw_chains(here, look_of(here), found.event_count)
    _draw_promises(here)
    downloads(here)


def _draw_chains(here: Page, look: Theme, event_count: int) -> None:
    st.header("From the promise to the opening", anchor=False)
    found = here.ask(chains, MOST_CHAINS)
    if found.events.empty:
        st.markdown("None of these events is linked to another one.")
        _draw_rule()
        return
    sentence = chart.sentence(found.events, found.chain_count)
    part = "is" if found.selected_count == 1 else "are"
    st.caption(
        as_markdown(
            f"{sentence} {found.selected_count:,} of {counted(event_count, 'selected event')} {part} part of one."
        )
    )
    draw_legend(chart.entries(found.events))
    st.caption(f"Letters over the marks: {chart.letters(found.events)}. Colours are main sectors.")
    st.html(chart.rows(found.events, look, _hrefs(here, found.events), _proofs(found)))
    table = chart.table(found.events)
    draw_twin(table, TABLE, "chains", marks=table["chain_id"].tolist(), narrowing=chain_clicked)
    _draw_rule()


def _draw_rule() -> None:
    with st.expander("How events are linked", key="chain_rule"):
        st.markdown(
            "A wrong link is worse than none. Two events are linked only if all of this holds: both name one thing (a laboratory, a centre, "
            "a satellite by its number …) by words that tell it from others, or the same two organisations, which take part in few events, "
            "take part in both in one sector; the later type may follow from the earlier one (a launch from an agreement, not a visit from a visit); "
            "the countries of the one all take part in the other; and the later one was surely later, whatever their dates leave open. "
            "An event without a link may still belong to an initiative under another name."
        )


def _hrefs(here: Page, events: pd.DataFrame) -> dict[str, str]:
    return {
        event: f"events?{urlencode(link_params(here.selection, event=event), doseq=True)}"
        for event in events["event_id"]
    }


def _proofs(found: Chains) -> dict[str, str]:
    """The words that report each event, with what it shares with its neighbours lit."""
    shared = found.events.groupby("chain_id")["shared"].agg(_shared_terms)
    sought = {
        event: shared[chain] for event, chain in zip(found.events["event_id"], found.events["chain_id"], strict=True)
    }
    proofs = dict.fromkeys(found.events["event_id"], "")
    for row in found.quotes.itertuples(index=False):
        proofs[row.event_id] += quote(
            row.quote, row.prefix, row.suffix, field="type", note=row.document, sought=sought[row.event_id]
        )
    return proofs


def _shared_terms(shared: "pd.Series[Any]") -> tuple[Term, ...]:
    said = [part for text in shared.dropna() for part in text.split("; ")]
    return tuple(dict.fromkeys(term for part in said for term in terms(f'"{part}"')))


def chain_clicked(clicked: Clicked) -> dict[str, Any]:
    """The chain of the row."""
    return {"chains": clicked.marks[0]}


def _draw_promises(here: Page) -> None:
    st.header("Promised, and no later event", anchor=False)
    older = view("older", "Older than", OLDER)
    found = here.ask(promises, int(older), MOST_PROMISES)
    st.markdown(as_markdown(promise_sentence(found, OLDER[older])))
    if found.events.empty:
        return
    st.html(_promise_list(here, found))
    if found.count > len(found.events):
        st.caption(f"and {found.count - len(found.events):,} more, younger than these")


def promise_sentence(found: Promises, older: str) -> str:
    """How many promises, until when the documents reach, and what is not counted."""
    if found.as_of is None:
        return "No document of this build has a date of publication, so it cannot be said how old a promise is."
    until = f"{found.as_of.day} {found.as_of:%B} {found.as_of.year}"
    kind = "agreement or policy" if found.count == 1 else "agreements and policies"
    has, it = ("has", "it") if found.count == 1 else ("have", "them")
    made = f"{found.count:,} {kind} made more than {older} before the newest document ({until})"
    said = [
        f"{made} {has} no later event of a chain in the documents read; that does not say that nothing came of {it}."
    ]
    said.append(f"{found.followed_count:,} as old {'has' if found.followed_count == 1 else 'have'} one.")
    if found.undated_count:
        said.append(f"{found.undated_count:,} without a date cannot be listed.")
    return " ".join(said)


def _promise_list(here: Page, found: Promises) -> str:
    hrefs = _hrefs(here, found.events)
    items = "".join(
        f'<li><a href="{escape(hrefs[row.event_id])}" target="_self">{escape(row.title)}</a>'
        f'<span class="note">{escape(_promise_note(row, found))}</span></li>'
        for row in found.events.itertuples(index=False, name="Promise")
    )
    return f'<ol class="promises">{items}</ol>'


def _promise_note(row: Any, found: Promises) -> str:
    """`Agreement, 12 March 2024, 20 months before the newest document; its organisations take part in 2 later events`."""
    end = row.end_date.date()
    newest = found.as_of or end
    months = (newest.year - end.year) * 12 + newest.month - end.month - (newest.day < end.day)
    later = (
        f"; its organisations take part in {counted(int(row.later_count), 'later event')}" if row.later_count else ""
    )
    return f"{row.type}, {date_in_words(row.date_edtf)}, {counted(months, 'month')} before the newest document{later}"
