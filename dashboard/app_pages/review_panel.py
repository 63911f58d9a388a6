"""Beside the document: the proposal with its fields, and whatever the analyst has begun with it."""

from collections.abc import Mapping
from html import escape

import streamlit as st

from dashboard.app_pages.markup import FIELD_COLORS, FIELD_LABELS, as_markdown, swatch
from dashboard.app_pages.review_actions import (
    USUAL_REASONS,
    accept,
    begin,
    begin_edit,
    cancel,
    decide_anyway,
    go,
    keep_other,
    merge,
    reject,
    save,
    split,
    undo,
)
from dashboard.app_pages.review_board import Board
from dashboard.app_pages.review_fields import draw_value, value_said
from dashboard.app_pages.review_history import said
from dashboard.app_pages.review_sitting import CONFLICT, EDIT, MERGE, REJECT, SPLIT, Sitting
from dashboard.app_pages.wording import BASES, REVIEW_STATES, state_in_words
from dashboard.codebook import PROVEN_FIELDS, Event, Quote, value_to_json
from dashboard.desk import DecidedEvent, Document

LONGEST_QUOTE = 160
NEAR_CHOICES = 6


def draw_panel(board: Board, work: Sitting, decided: DecidedEvent | None, document: Document) -> None:
    """The proposal, or the event that is being added."""
    proposal = board.proposal(work.event_id) if work.event_id else None
    event = work.draft or (decided.event if decided else proposal)
    if work.mode == CONFLICT:
        _draw_conflict(board, work)
    if event is None:
        st.info(
            "The machine proposes nothing to decide in this document. Select the words that report an event and press n."
        )
        return
    _draw_title(work, event, decided)
    if work.mode == EDIT:
        _draw_editor(work, event)
    if work.draft:
        _draw_adding(board, work, event)
    elif work.mode != EDIT:
        _draw_buttons(work, decided)
        _draw_begun(board, work, decided)
    for name in PROVEN_FIELDS:
        _draw_field(work, name, event, decided, None if work.draft else proposal, document)


def _draw_title(work: Sitting, event: Event, decided: DecidedEvent | None) -> None:
    state = "new" if work.draft else decided.state if decided else "rejected"
    words = {
        "new": "An event that you add; it is not saved yet.",
        "rejected": "An analyst rejected it, or merged it into another.",
    } | REVIEW_STATES
    sure = (
        f" The machine is {event.certainty:.0%} sure that it is an event."
        if event.certainty is not None and not work.draft
        else ""
    )
    st.html(
        f'<p class="note"><strong>{escape(state_in_words(state))}.</strong> {escape(words[state])}{escape(sure)}</p>'
        f'<p class="value review-title">{escape(event.title)}</p>'
    )


def _draw_buttons(work: Sitting, decided: DecidedEvent | None) -> None:
    can = bool(work.reviewer) and work.mode != CONFLICT
    with st.container(horizontal=True, key="review_buttons", gap="xsmall"):
        st.button("Accept · a", key="review_accept", type="primary", on_click=accept, disabled=not can)
        st.button("Reject · r", key="review_reject", on_click=begin, args=(REJECT,), disabled=not can)
        st.button(
            "Title · t",
            key="review_title",
            on_click=begin_edit,
            args=("title", None),
            disabled=not can or decided is None,
        )
        st.button("Merge · m", key="review_merge", on_click=begin, args=(MERGE,), disabled=not can or decided is None)
        several = decided is not None and len(decided.tellings) > 1
        st.button(
            "Split · s", key="review_split", on_click=begin, args=(SPLIT,), disabled=not can or not several,
            help=None if several else "One document tells this event: there is nothing to split off.",
        )  # fmt: skip
        st.button("Undo · u", key="review_undo", on_click=undo, disabled=not can)
        st.button("← k", key="review_previous", help="The previous of the list", on_click=go, args=(-1,))
        st.button("j →", key="review_next", help="The next of the list", on_click=go, args=(1,))


def _draw_adding(board: Board, work: Sitting, event: Event) -> None:
    """Save or drop the event that is being added, with a word if the machine proposes one in the same place."""
    there = [
        item
        for item in board.items
        if item.document_id == work.document_id
        and item.state == "unreviewed"
        and _overlaps(board, item.event_id, event)
    ]
    for item in there:
        st.warning(
            f"The machine already proposes an event in these words: “{as_markdown(item.title)}”. Saved, yours takes its place; "
            "to correct that one, press Esc and open it."
        )
    st.text_input("Why (optional)", key="add_reason")
    with st.container(horizontal=True):
        st.button("Save event · Enter", key="review_save_event", type="primary", on_click=save)
        st.button("Drop it · Esc", key="review_drop_event", on_click=cancel)


def _overlaps(board: Board, event_id: str, event: Event) -> bool:
    other = board.proposal(event_id)
    spans = [(quote.start, quote.end) for quote in event.evidence.get("type", ())]
    return other is not None and any(
        quote.start < end and start < quote.end for quote in other.evidence.get("type", ()) for start, end in spans
    )


def _draw_begun(board: Board, work: Sitting, decided: DecidedEvent | None) -> None:
    if work.mode == REJECT:
        _draw_reject()
    elif work.mode == MERGE:
        _draw_merge(board, work, decided)
    elif work.mode == SPLIT:
        _draw_split(work, decided)


def _draw_reject() -> None:
    with st.container(border=True, key="review_rejecting"):
        st.markdown("**Why is it no event?** A number chooses a reason and goes on.")
        for number, reason in enumerate(USUAL_REASONS, start=1):
            st.button(f"{number} · {reason}", key=f"reject_{number}", on_click=reject, args=(reason,), width="stretch")
        st.text_input("Or in your words, then Enter", key="reject_typed", on_change=_reject_typed)
        st.button("Cancel · Esc", key="reject_cancel", on_click=cancel, type="tertiary")


def _reject_typed() -> None:
    reason = str(st.session_state["reject_typed"])
    if reason.strip():
        reject(reason)


def _draw_merge(board: Board, work: Sitting, decided: DecidedEvent | None) -> None:
    others = [item for item in board.items if item.event_id != work.event_id and item.state != "rejected"]
    event = decided.event if decided else None
    near = sorted(others, key=lambda item: -_likeness(board, item.event_id, event))[:NEAR_CHOICES] if event else []
    ordered = list(dict.fromkeys([*near, *others]))
    titles = {item.event_id: item.title for item in ordered}
    with st.container(border=True, key="review_merging"):
        st.markdown("**Of which event is this a second telling?** The likeliest come first; type to search.")
        st.selectbox(
            "The event that it belongs to", list(titles), index=None, format_func=titles.__getitem__, key="merge_into",
            placeholder="Choose, or type a few letters",
        )  # fmt: skip
        st.text_input("Why (optional)", key="merge_reason")
        with st.container(horizontal=True):
            st.button("Merge", key="merge_save", type="primary", on_click=_merge_chosen)
            st.button("Cancel · Esc", key="merge_cancel", on_click=cancel, type="tertiary")


def _likeness(board: Board, event_id: str, event: Event | None) -> int:
    """How much two events have in common: the date counts most, then every shared party and country."""
    other = board.proposal(event_id)
    if other is None or event is None:
        return 0
    same_date = bool(
        event.date and other.date and event.date.start <= other.date.end and other.date.start <= event.date.end
    )
    names = {actor.name for actor in event.actors} & {actor.name for actor in other.actors}
    return (
        4 * same_date + 2 * len(names) + len(set(event.countries) & set(other.countries)) + (event.type == other.type)
    )


def _merge_chosen() -> None:
    into = st.session_state.get("merge_into")
    if into:
        merge(str(into))


def _draw_split(work: Sitting, decided: DecidedEvent | None) -> None:
    tellings = {
        telling.event_id: f"{telling.title} ({telling.document})"
        for telling in (decided.tellings if decided else ())
        if telling.event_id != work.event_id
    }
    with st.container(border=True, key="review_splitting"):
        if not tellings:
            st.markdown("One document tells this event: there is nothing to split off.")
        else:
            st.selectbox(
                "The telling that is another event",
                list(tellings),
                format_func=tellings.__getitem__,
                key="split_telling",
            )
            st.text_input("Why (optional)", key="split_reason")
            st.button("Split off", key="split_save", type="primary", on_click=_split_chosen)
        st.button("Cancel · Esc", key="split_cancel", on_click=cancel, type="tertiary")


def _split_chosen() -> None:
    split(str(st.session_state["split_telling"]))


def _draw_conflict(board: Board, work: Sitting) -> None:
    other = work.other
    if other is None:
        return
    with st.container(border=True, key="review_conflict"):
        st.error("Somebody decided on this event while you were reading it. Nothing of yours was written yet.")
        st.markdown(as_markdown(said(other, board)))
        st.caption("The event below shows it with that decision.")
        with st.container(horizontal=True):
            st.button("Keep theirs", key="conflict_keep", type="primary", on_click=keep_other)
            st.button("Decide anyway, behind theirs", key="conflict_anyway", on_click=decide_anyway)


def _draw_field(
    work: Sitting, name: str, event: Event, decided: DecidedEvent | None, proposal: Event | None, document: Document
) -> None:
    with st.container(key=f"review_field_{name}", gap=None):
        number = PROVEN_FIELDS.index(name) + 1
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", gap=None):
            st.html(f'<p class="note">{swatch(FIELD_COLORS[name])}{escape(FIELD_LABELS[name])}</p>')
            can = bool(work.reviewer) and work.mode != CONFLICT and (decided is not None or work.draft is not None)
            st.button(
                f"Correct · {number}", key=f"review_edit_{name}", type="tertiary", on_click=begin_edit, args=(name, None),
                disabled=not can,
            )  # fmt: skip
        st.html(_field_html(name, event, proposal, document))


def _field_html(name: str, event: Event, proposal: Event | None, document: Document) -> str:
    basis = (
        f'<p class="note">{escape(BASES[event.date_basis])} · EDTF {escape(str(event.date))}</p>'
        if name == "date" and event.date
        else ""
    )
    machine = _machine_html(name, event, proposal)
    return f'<p class="value">{escape(value_said(event, name))}</p>{basis}{_quotes_html(event.evidence.get(name, ()), document)}{machine}'


def _machine_html(name: str, event: Event, proposal: Event | None) -> str:
    """The machine's own value, where a decision put another in its place."""
    if proposal is None or value_to_json(proposal, name) == value_to_json(event, name):
        return ""
    return f'<p class="note review-machine">The machine said: {escape(value_said(proposal, name))}</p>'


def _quotes_html(quotes: tuple[Quote, ...], document: Document) -> str:
    if not quotes:
        return '<p class="note">No words of the document prove it.</p>'
    texts = dict.fromkeys(
        (quote.text if quote.document == document.name else f"{quote.text} ({quote.document})") for quote in quotes
    )
    return f'<p class="note">{" · ".join(f"“{escape(_shortened(text))}”" for text in texts)}</p>'


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_QUOTE else f"{line[: LONGEST_QUOTE - 30]} … {line[-24:]}"


def _draw_editor(work: Sitting, event: Event) -> None:
    with st.container(border=True, key="review_editor", gap="small"):
        draw_value(work, event)
        if work.field != "title":
            _draw_quotes(work)
        if not work.draft:
            st.text_input("Why (optional)", key="edit_reason")
        with st.container(horizontal=True):
            st.button("Save · Enter", key="review_save", type="primary", on_click=save)
            st.button("Cancel · Esc", key="review_cancel", on_click=cancel, type="tertiary")


def _draw_quotes(work: Sitting) -> None:
    st.caption("Quotes: select words in the document and press Enter (Shift+Enter keeps those that are here).")
    spans: Mapping[tuple[str, int, int], Quote] = {
        (quote.document, quote.start, quote.end): quote for quote in work.quotes
    }
    for number, (span, quote) in enumerate(spans.items()):
        label = as_markdown(f"✕ “{_shortened(quote.text)}”")
        st.button(
            label,
            key=f"review_quote_{number}",
            type="tertiary",
            help="Take this quote out",
            on_click=_take_out,
            args=(work, span),
        )
    if not spans:
        st.caption("None yet.")


def _take_out(work: Sitting, span: tuple[str, int, int]) -> None:
    work.quotes = tuple(quote for quote in work.quotes if (quote.document, quote.start, quote.end) != span)
