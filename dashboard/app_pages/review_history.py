"""Who decided what about an event, when and why; and the decisions that could not be applied."""

import json
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.app_pages.event import decision_in_words
from dashboard.app_pages.links import page_link
from dashboard.app_pages.markup import as_markdown
from dashboard.app_pages.review_actions import withdraw
from dashboard.app_pages.review_board import Board, whole_build
from dashboard.app_pages.review_sitting import Sitting, sitting
from dashboard.app_pages.wording import counted, plain
from dashboard.decisions import Decision, active
from dashboard.queries import review


def draw_history(board: Board, work: Sitting) -> None:
    """Every decision about the event on the screen, the latest last; nothing is ever taken out of it."""
    decisions = board.about(work.event_id) if work.event_id and not work.draft else ()
    if not decisions:
        return
    items = "".join(f"<li>{escape(said(decision, board))}</li>" for decision in decisions)
    st.html(
        f'<div class="review-history"><p class="note"><strong>What analysts decided</strong></p><ul class="values">{items}</ul></div>'
    )


def said(decision: Decision, board: Board) -> str:
    """One decision as a sentence, as on the event's own page."""
    standing = {other.decision_id for other in active(board.decisions)} | {
        other.decision_id for other in board.decisions if other.action == "withdraw"
    }
    form = decision.form
    row: dict[str, Any] = {
        "action": decision.action, "field": form.get("field"), "decided_at": decision.decided_at,
        "decided_value": _json(form, "value"), "machine_value": _json(form, "machine"), "reviewer": decision.reviewer,
        "reason": decision.reason, "outcome": "applied" if decision.decision_id in standing else "withdrawn",
    }  # fmt: skip
    return decision_in_words(pd.Series(row))


def _json(form: Any, name: str) -> str | None:
    return json.dumps(form[name], ensure_ascii=False) if name in form else None


def draw_orphans(board: Board) -> None:
    """The decisions whose quote or event is gone, with both texts, and the ways out."""
    rows = whole_build(board.here, review.orphans)
    standing = {decision.decision_id: decision for decision in active(board.decisions)}
    rows = rows[rows["decision_id"].isin(list(standing))]
    if rows.empty:
        return
    st.header(f"{counted(len(rows), 'decision')} without a place", anchor=False)
    st.caption(
        "The build could not apply them: the words that they quote, or the event, are gone. They are kept. Restore the "
        "document, or take the decision back and decide again on the text as it is."
    )
    for _, row in rows.iterrows():
        with st.container(border=True, key=f"orphan_{row['decision_id']}"):
            _draw_orphan(board, row, standing[row["decision_id"]])


def _draw_orphan(board: Board, row: pd.Series, decision: Decision) -> None:
    st.markdown(as_markdown(said(decision, board)))
    if plain(row["lost_quote"]):
        then, now = st.columns(2)
        with then:
            st.html(_text("As decided", f"“{row['lost_quote']}”"))
        with now:
            st.html(_text(f"In {plain(row['document'])}, at the same place", _there(board, row)))
    else:
        st.caption(
            "Its words are still there; the machine no longer proposes the event, or the other event of a merge is gone."
        )
    with st.container(horizontal=True):
        st.button(
            "Take it back",
            key=f"orphan_back_{decision.decision_id}",
            on_click=withdraw,
            args=(decision,),
            disabled=not sitting().reviewer,
        )
        document_id = board.document_ids.get(plain(row["document"]))
        if document_id:
            page_link("review", "Decide again on the text as it is", document=document_id)


def _there(board: Board, row: pd.Series) -> str:
    if plain(row["text_there"]):
        return f"“{row['text_there']}”"
    if plain(row["document"]) in board.document_ids:
        return "The document ends before that place."
    return "The document is not among the documents."


def _text(heading: str, text: str) -> str:
    return f'<p class="note">{escape(heading)}</p><blockquote class="quote"><p>{escape(text)}</p></blockquote>'
