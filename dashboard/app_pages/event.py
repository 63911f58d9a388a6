"""One event: every field with the sentences that prove it."""

import json
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.app_pages.actor import draw_links as draw_actor_links
from dashboard.app_pages.event_text import draw_text
from dashboard.app_pages.frame import Page
from dashboard.app_pages.links import page_link
from dashboard.app_pages.markup import FIELD_LABELS, lit_markdown, quote, swatch
from dashboard.app_pages.place import draw_link as draw_place_link
from dashboard.app_pages.related import draw_chain, draw_same_actors
from dashboard.app_pages.sources import draw_disagreements, draw_sources, told_by
from dashboard.app_pages.wording import (
    BASES,
    PRECISIONS,
    REVIEW_STATES,
    counted,
    date_in_words,
    place_in_words,
    plain,
    state_in_words,
)
from dashboard.codebook import PROVEN_FIELDS
from dashboard.queries.codebook import sectors
from dashboard.queries.documents import document_rows
from dashboard.queries.events import EventDetail, event_detail
from dashboard.queries.filters import EventFilter
from dashboard.queries.related import neighbours

LABEL_LENGTH = 48
"""Characters of a document's name in the label of a link, which does not wrap."""


def draw(here: Page, event_id: str) -> bool:
    """Draw the event; False if this build has none of that id, and then nothing was drawn."""
    detail = event_detail(here.store, event_id)
    if detail is None:
        return False
    _draw_way_back(here, detail.row["event_id"])
    st.title(lit_markdown(detail.row["title"], here.selection.terms), anchor=False)
    _draw_facts(detail)
    page_link("review", "Decide about it beside its document", event=event_id)
    fields, beside = st.columns([6, 5], gap="large")
    with fields:
        for name in PROVEN_FIELDS:
            _draw_field(here, detail, name)
    if not detail.quotes.empty:
        with beside:
            draw_text(here, detail)
    draw_chain(here, detail.row["event_id"])
    draw_disagreements(here, detail)
    draw_sources(detail)
    draw_same_actors(here, detail)
    _draw_decisions(detail)
    st.caption(
        f"Event {detail.row['event_id']} of build {here.store.manifest.build_id}. Its address stays the same in later builds."
    )
    return True


def _draw_way_back(here: Page, event_id: str) -> None:
    found = here.ask(neighbours, event_id)
    with st.container(horizontal=True, vertical_alignment="center", key="way_back"):
        page_link("events", f"← All {counted(found.count, 'event')}" if found.count != 1 else "← The selected event")
        if not found.position:
            st.caption("This event is not among the selected ones.")
            return
        if found.previous_id:
            page_link("events", "Previous", event=found.previous_id)
        if found.next_id:
            page_link("events", "Next", event=found.next_id)
        st.caption(f"{found.position:,} of {found.count:,}, the latest first")


def _draw_facts(detail: EventDetail) -> None:
    row = detail.row
    missing = [FIELD_LABELS[name].lower() for name in PROVEN_FIELDS if not _is_proven(detail, name)]
    lack = f" (not proven: {', '.join(missing)})" if missing else ""
    facts = {
        "Review": f"{state_in_words(row['review_state'])}. {REVIEW_STATES[row['review_state']]}",
        "Completeness": f"{row['completeness']:.0%} of six fields have a value and a quote{lack}",
        "Told by": told_by(detail),
    }
    pairs = "".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in facts.items())
    st.html(f'<dl class="facts">{pairs}</dl>')


def _is_proven(detail: EventDetail, name: str) -> bool:
    """Rules: as `completeness` counts: a date that only stands in does not count."""
    has_quote = bool((detail.quotes["field"] == name).any())
    return has_quote and not (name == "date" and detail.row["date_basis"] == "publication")


def _draw_field(here: Page, detail: EventDetail, name: str) -> None:
    quotes = detail.quotes[detail.quotes["field"] == name]
    with st.container(key=f"field_{name}"):
        st.header(FIELD_LABELS[name], anchor=False)
        st.html(_value(here, detail, name))
        if name == "site":
            draw_place_link(here, detail.row["event_id"])
        if name == "actors":
            draw_actor_links(detail.actors)
        if quotes.empty:
            st.caption("No sentence in the documents supports this field.")
        for group in _same_span(quotes):
            _draw_quote(here, detail, name, group)


def _same_span(quotes: pd.DataFrame) -> list[pd.DataFrame]:
    """One quote may support several values: they are shown together, in the order of the text."""
    return [group for _, group in quotes.groupby(["document_id", "start_offset", "end_offset"], sort=True)]


def _draw_quote(here: Page, detail: EventDetail, name: str, group: pd.DataFrame) -> None:
    first = group.iloc[0]
    values = [_in_words(here, name, value) for value in group["value"]]
    supported = f"{'; '.join(values)} — " if name in ("sectors", "countries", "actors") else ""
    note, sought = supported + _chosen_by(first), here.selection.terms
    st.html(quote(first["quote"], first["prefix"], first["suffix"], field=name, note=note, sought=sought))
    start, document = str(first["start_offset"]), first["document_id"]
    page_link("events", f"Show it in {_source(detail, first)}", event=first["event_id"], beside=document, quote=start)


def _source(detail: EventDetail, first: pd.Series) -> str:
    """What to call the document of a quote: the text, where there is only one."""
    if detail.quotes["document_id"].nunique() == 1:
        return "the text"
    return _short(plain(first["publisher"]) or first["document_title"])


def _short(name: str) -> str:
    return name if len(name) <= LABEL_LENGTH else name[: LABEL_LENGTH - 1].rstrip() + "…"


def _chosen_by(row: pd.Series) -> str:
    if not plain(row["reviewer"]):
        return f"found by the rule {row['rule']}"
    reason = f": {row['reason']}" if plain(row["reason"]) else ""
    return f"decided by {row['reviewer']} on {plain(row['decided_at'])[:10]}{reason}"


def _in_words(here: Page, name: str, value: str) -> str:
    labels = {"sectors": here.choices.sectors, "countries": here.choices.countries, "type": here.choices.types}
    return labels.get(name, {}).get(value, value)


def _value(here: Page, detail: EventDetail, name: str) -> str:
    row = detail.row
    match name:
        case "type":
            return _big(row["type"])
        case "date":
            return (
                _big(date_in_words(row["date_edtf"]))
                + _small(_date_note(here, detail))
                + _small(f"EDTF: {plain(row['date_edtf']) or 'none'}")
            )
        case "site":
            return _big(place_in_words(row))
        case "sectors":
            return _sectors(here, detail)
        case "countries":
            return _big(row["countries"].replace("; ", ", ") or "None named")
        case _:
            return _actors(detail.actors)


def _big(text: str) -> str:
    return f'<p class="value">{escape(text)}</p>'


def _small(text: str) -> str:
    return f'<p class="note">{escape(text)}</p>'


def _date_note(here: Page, detail: EventDetail) -> str:
    """Precision and basis in words: `one day is known; worked out from “on Wednesday” and the document’s own date, 9 May 2024`."""
    row = detail.row
    precision = PRECISIONS[row["date_precision"]]
    if row["date_basis"] == "relative":
        quotes = _of_the_main_telling(detail)
        said = " … ".join(dict.fromkeys(quotes.loc[quotes["field"] == "date", "quote"]))
        return f"{precision}; worked out from “{said}” and the document’s own date{_published(here, detail)}"
    if row["date_basis"] == "publication":
        own = "month" if row["date_precision"] == "month" else "date"
        return f"no date in the text: the document’s own {own} stands in, so this is a guess"
    return f"{precision}; {BASES[row['date_basis']]}"


def _of_the_main_telling(detail: EventDetail) -> pd.DataFrame:
    """The quotes from the document that gives the event its values; all of them where it has none."""
    quotes = detail.quotes[detail.quotes["document_id"].isin(detail.sources["document_id"].head(1))]
    return detail.quotes if quotes.empty else quotes


def _published(here: Page, detail: EventDetail) -> str:
    documents = document_rows(here.store, EventFilter()).set_index("document_id")["published_edtf"]
    dates = [documents[document] for document in dict.fromkeys(_of_the_main_telling(detail)["document_id"])]
    said = [date_in_words(date) for date in dates if plain(date)]
    return f", {' and '.join(said)}" if said else ""


def _sectors(here: Page, detail: EventDetail) -> str:
    table = sectors(here.store).set_index("label")
    color = "color_dark" if here.is_dark else "color_light"
    names = [name for name in detail.row["sectors"].split("; ") if name]
    items = "".join(
        f"<li>{swatch(table.loc[name, color])}{escape(name)}{' (main)' if rank == 0 and len(names) > 1 else ''}</li>"
        for rank, name in enumerate(names)
    )
    return f'<ul class="values">{items}</ul>' if items else _big("None")


def _actors(actors: pd.DataFrame) -> str:
    items = "".join(f"<li>{_actor(row)}</li>" for _, row in actors.iterrows())
    return f'<ul class="values">{items}</ul>' if items else _big("None named")


def _actor(row: pd.Series) -> str:
    """`Ahsan Iqbal — in this text “Ahsan Igbal”; also written “Mr Iqbal”`."""
    others = [other for other in row["other_names"] if other not in (row["surface"], row["name"])]
    here = f" — in this text “{row['surface']}”" if row["surface"] != row["name"] else ""
    also = f"; also written {', '.join(f'“{other}”' for other in others)}" if others else ""
    kind = "person" if row["kind"] == "person" else "organisation"
    return f'{escape(row["name"])}<span class="note"> ({kind}){escape(here + also)}</span>'


def _draw_decisions(detail: EventDetail) -> None:
    if detail.decisions.empty:
        return
    st.header("What analysts decided", anchor=False)
    items = "".join(f"<li>{escape(decision_in_words(row))}</li>" for _, row in detail.decisions.iterrows())
    st.html(f'<ul class="values">{items}</ul>')


def decision_in_words(row: pd.Series) -> str:
    """One row of `decisions` as a sentence: who did what when, what the machine had said, and why."""
    verbs = {"accept": "accepted it", "edit": "changed it", "reject": "rejected it", "add": "added it",
             "merge": "merged it", "split": "took it out of another event", "withdraw": "took a decision back"}  # fmt: skip
    what = verbs.get(row["action"], row["action"])
    if plain(row["field"]):
        what = f"changed {FIELD_LABELS.get(row['field'], row['field']).lower()} to {_json(row['decided_value'])}; before: {_json(row['machine_value'])}"
    outcome = "" if row["outcome"] == "applied" else f" ({row['outcome']})"
    reason = f" Reason: {row['reason']}" if plain(row["reason"]) else ""
    return f"{plain(row['decided_at'])[:10]}, {row['reviewer']} {what}{outcome}.{reason}"


def _json(value: object) -> str:
    """A JSON value as a reader writes it; of an actor the name."""
    return _said(json.loads(str(value))) if plain(value) else "nothing"


def _said(form: Any) -> str:
    if isinstance(form, dict):
        return str(form.get("name") or ", ".join(str(part) for part in form.values()))
    if isinstance(form, list):
        return "; ".join(_said(part) for part in form) or "none"
    return str(form)
