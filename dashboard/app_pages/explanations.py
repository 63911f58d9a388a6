"""Why a sentence of a document is an event or not: the text by what became of it, and the account of one sentence."""

import re
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from dashboard.app_pages import address
from dashboard.app_pages.event import decision_in_words
from dashboard.app_pages.links import page_link
from dashboard.app_pages.markup import as_markdown, table
from dashboard.app_pages.triggers import told
from dashboard.app_pages.wording import plain, state_in_words
from dashboard.queries.explanations import Account, Reason, reasons

OUTCOMES = {
    "accepted": ("●", "an event", "It is an event."),
    "weak": ("○", "weighed, and too light", "It is not an event: it weighs too little."),
    "repeated": ("↺", "tells it again", "It is not an event of its own: another sentence tells the same."),
    "outdone": (
        "↷",
        "outdone by its outcome",
        "It is not an event of its own: another sentence tells what came of it.",
    ),
    "silent": ("", "nothing to weigh", "It is not an event: nothing in it that the rules know."),
}
"""Each outcome with its sign, its name in the legend, and its verdict; the signs stand in style.css too."""

SENTENCE = "document_sentence"
CHOSEN = "chosen_sentence"
MOST_SAID = 3
LEAST_SHOWN = 0.05
_LABEL_CHARACTERS = 70
_SCRIPT = Path(__file__).resolve().parent.parent / "assets" / "sentences.js"


def outcome_legend(outcomes: Sequence[str]) -> str:
    """How each outcome is drawn, of those that occur."""
    named = [
        f'<span><span class="sentence {name}" aria-hidden="true">{escape(legend)}</span></span>'
        for name, (_, legend, _) in OUTCOMES.items()
        if name in outcomes
    ]
    return f'<div class="legend">{"".join(named)}</div>'


def explained_text(text: str, sentences: pd.DataFrame, *, links: Mapping[int, str], chosen: int) -> str:
    """A whole text in which each sentence is a link to its account and shows what became of it.

    Rules: leaving the links out gives the text back, letter by letter.
    """
    pieces, last = [], 0
    for row in sentences.itertuples(index=False):
        sentence = escape(text[row.start_offset : row.end_offset])
        shown = ' aria-current="true"' if row.start_offset == chosen else ""
        title, link = escape(OUTCOMES[row.outcome][1]), escape(links[row.start_offset])
        facts = f'class="sentence {row.outcome}" data-sentence="{row.start_offset}" title="{title}" href="{link}"'
        pieces += [escape(text[last : row.start_offset]), f"<a {facts}{shown}>{sentence}</a>"]
        last = row.end_offset
    return f'<div class="document-text explained">{"".join(pieces)}{escape(text[last:])}</div>'


def draw_text(document_id: str, text: str, account: Account) -> None:
    """The text with its sentences; a click or Enter shows the account of one without leaving the page."""
    sentences = account.sentences
    st.html(outcome_legend(tuple(sentences["outcome"])))
    chosen = chosen_sentence(sentences)
    links = {start: _link(document_id, start) for start in sentences["start_offset"]}
    st.html(explained_text(text, sentences, links=links, chosen=chosen))
    _listener()(key=CHOSEN, data={"chosen": chosen}, on_sentence_change=_show_clicked, height=1)


def draw_account(document_id: str, text: str, account: Account) -> None:
    """The account of the chosen sentence, with a field to choose another."""
    sentences = account.sentences
    _choose(document_id, text, sentences)
    chosen = sentences[sentences["start_offset"] == chosen_sentence(sentences)]
    if chosen.empty:
        st.caption("Choose a sentence, in the text or in the field above, to read why it is an event or not.")
        return
    row = chosen.iloc[0]
    st.header(OUTCOMES[row["outcome"]][2], anchor=False)
    st.html(f'<blockquote class="quote"><p>{escape(text[row["start_offset"] : row["end_offset"]])}</p></blockquote>')
    _draw_what_stands(row, account)
    if row["outcome"] == "silent":
        st.markdown(
            "The rules weigh a sentence that has a pair of a verb and a thing of their lists, that has a date, or that opens the story "
            "or an item. This one has none of them."
        )
        return
    _draw_rule(row)
    _draw_stand_in(document_id, text, row, sentences)
    _draw_reasons(row)


def chosen_sentence(sentences: pd.DataFrame) -> int:
    """Where the sentence starts that the address names; -1 for none. A place within a sentence names it too."""
    asked = address.subject("sentence")
    if not asked.isascii() or not asked.isdecimal() or len(asked) > 9:
        return -1
    around = sentences[(sentences["start_offset"] <= int(asked)) & (sentences["end_offset"] > int(asked))]
    return int(around["start_offset"].iloc[0]) if len(around) else -1


@st.cache_resource
def _listener() -> Any:
    """What tells clicks on sentences to the page; declared once, since Streamlit warns of a name that is declared again."""
    return st.components.v2.component("sentences", js=_SCRIPT.read_text(encoding="utf-8"))


def _link(document_id: str, start: int) -> str:
    params = address.link_params(address.selection(), document=document_id, sentence=str(start), show="why")
    return f"?{urlencode(params, doseq=True)}"


def _show_clicked() -> None:
    clicked = told(CHOSEN, "sentence")
    if clicked:
        address.show(document=address.subject("document"), sentence=str(clicked))


def _choose(document_id: str, text: str, sentences: pd.DataFrame) -> None:
    starts = [-1, *sentences["start_offset"]]
    st.session_state[SENTENCE] = chosen_sentence(sentences)
    names = {-1: "No sentence"} | {
        row.start_offset: f"{OUTCOMES[row.outcome][0]} {_short(text[row.start_offset : row.end_offset])}".strip()
        for row in sentences.itertuples(index=False)
    }
    st.selectbox(
        "Why is this sentence an event, or not?", starts, format_func=names.__getitem__, key=SENTENCE,
        on_change=_show_chosen, args=(document_id,),
    )  # fmt: skip


def _show_chosen(document_id: str) -> None:
    start = st.session_state[SENTENCE]
    address.show(document=document_id, **({} if start < 0 else {"sentence": str(start)}))


def _draw_what_stands(row: pd.Series, account: Account) -> None:
    """The events that stand on the sentence after all decisions, and who decided; changes of fields are on the event's page."""
    reports = account.reports
    here = reports[(reports["start_offset"] < row["end_offset"]) & (reports["end_offset"] > row["start_offset"])]
    for report in here.drop_duplicates("event_id").itertuples(index=False):
        page_link("events", f"{report.title} ({state_in_words(report.review_state).lower()})", event=report.event_id)
    if len(here) and row["outcome"] != "accepted":
        st.caption(
            "The machine did not propose this sentence; the event stands on it by a decision, or by its other words."
        )
    decisions = account.decisions[account.decisions["event_id"] == plain(row["proposal_id"])]
    for _, decision in decisions[decisions["action"] != "edit"].iterrows():
        st.caption(as_markdown(decision_in_words(decision)))
    if here.empty and row["outcome"] == "accepted":
        gone = "No event of this build stands on it: a decision took it away, or it was joined with another telling."
        st.caption(
            gone
            if len(decisions)
            else "No event of this build stands on these words: it was joined with another telling."
        )


def _draw_rule(row: pd.Series) -> None:
    said = rule_in_words(plain(row["rule"]))
    kind = f" It would be of the type **{row['event_type']}**." if plain(row["event_type"]) else ""
    if row["outcome"] == "accepted":
        kind = f" The type that goes with it is **{row['event_type']}**."
    st.markdown(f"{as_markdown(said)}{kind}")


def rule_in_words(rule: str) -> str:
    """`sign+instrument:sign+protocol` as a reader says it."""
    family, _, words = rule.partition(":")
    if family == "told":
        return "No pair of a verb and a thing was found; the whole sentence was weighed as a telling."
    quoted = " and ".join(f"“{part}”" for part in words.split("+"))
    families = re.sub(r"_idiom\b", "", family).replace("_", " ").replace("+", " with ")
    return f"The rule read {quoted} in it ({families})."


def _draw_stand_in(document_id: str, text: str, row: pd.Series, sentences: pd.DataFrame) -> None:
    start = row["of_start_offset"]
    other = sentences[sentences["start_offset"] == start] if pd.notna(start) else sentences[:0]
    if other.empty:
        return
    stand_in = other.iloc[0]
    label = _short(text[stand_in["start_offset"] : stand_in["end_offset"]])
    page_link("documents", f"The sentence that stands for it: {label}", document=document_id, sentence=str(int(start)))


def _draw_reasons(row: pd.Series) -> None:
    told = reasons(row["features"])
    score = float(row["score"])
    st.markdown(as_markdown(in_one_sentence(row["outcome"], score, told)))
    shown = [reason for reason in told if abs(reason.weight) >= LEAST_SHOWN]
    widest = max((abs(reason.weight) for reason in shown), default=1.0)
    rows = [[escape(reason.words), _bar(reason.weight, widest)] for reason in sorted(shown, key=_for_it_first)]
    if len(shown) < len(told):
        rest = sum(reason.weight for reason in told if reason not in shown)
        rows.append([f"{len(told) - len(shown)} more of less than {LEAST_SHOWN} each", _bar(rest, widest)])
    rows.append(["<strong>together; 0 is the threshold</strong>", _bar(score, max(widest, abs(score)))])
    st.html(table(("What it has", "For (+) or against (−)"), rows))
    st.caption("In log-odds: each whole number makes an event about three times as likely, or as unlikely.")


def _for_it_first(reason: Reason) -> float:
    return -reason.weight


def in_one_sentence(outcome: str, score: float, told: Sequence[Reason]) -> str:
    """The verdict with its weightiest reasons."""
    if outcome == "weak":
        against = _named([reason for reason in told if reason.weight < 0 and not reason.is_start])
        return f"It is {abs(score):.1f} below the threshold. Against it: {against or 'nothing in particular; too little speaks for it'}."
    return f"It is {score:.1f} above the threshold. For it: {_named([reason for reason in told if reason.weight > 0])}."


def _named(told: Sequence[Reason]) -> str:
    shown = [reason for reason in told if abs(reason.weight) >= LEAST_SHOWN][:MOST_SAID]
    return ", ".join(f"{reason.words} ({signed(reason.weight)})" for reason in shown)


def signed(weight: float) -> str:
    """`+1.3`, `−0.4`."""
    return f"{'−' if weight < 0 else '+'}{abs(weight):.1f}"


def _bar(weight: float, widest: float) -> str:
    side = "against" if weight < 0 else "for"
    return f'<span class="weight {side}" style="--share:{abs(weight) / widest:.2f}">{signed(weight)}</span>'


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LABEL_CHARACTERS else f"{line[: _LABEL_CHARACTERS - 1]}…"
