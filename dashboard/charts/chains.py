"""One initiative after the other: a line of days for each chain with a mark an event, and below it what links them, as HTML.

HTML and not a drawing, as the lanes of the timeline: titles wrap and are links, and the reasons are read out in their order.
"""

from collections.abc import Mapping
from datetime import date
from html import escape
from typing import Any

import pandas as pd

from dashboard.charts.lanes import FILLINGS, SHAPES, apart, months
from dashboard.charts.legend import Entry
from dashboard.charts.scale import Scale, scale
from dashboard.charts.theme import Theme
from dashboard.edtf import in_words, parse_edtf

LETTERS = {
    "agreement": "A", "policy": "P", "funding": "F", "meeting": "M", "visit": "V", "establishment": "E", "launch": "L",
    "exchange": "X", "breakthrough": "B",
}  # fmt: skip
"""The letter over a mark, which says the type where a colour could not."""

LEGEND = {"day": "The day is known", "interval": "First and last day", "soft": "Only the month (quarter, year): somewhere within", "hatched": "No date in the text; the document’s own stands in"}  # fmt: skip


def rows(events: pd.DataFrame, look: Theme, hrefs: Mapping[str, str], proofs: Mapping[str, str]) -> str:
    """The chains, one block each.

    Shape: `events` as `queries.chains.Chains.events`, at least one chain; by event_id `hrefs` has the address of its page
    and `proofs` the quotes that report it, as HTML.
    """
    line = scale(_spans(events))
    blocks = "".join(_block(chain, line, look, hrefs, proofs) for _, chain in events.groupby("chain_id", sort=False))
    return f'<div class="lanes chains">{_head(line)}{blocks}</div>'


def entries(events: pd.DataFrame) -> list[Entry]:
    """The legend of the shapes: only those that occur. The letters are explained by `letters`."""
    shapes = [shape for shape in ("day", "interval", "soft") if shape in set(events["date_precision"].map(SHAPES))]
    found = [Entry(shape, LEGEND[shape]) for shape in shapes]
    return found + ([Entry("day hatched", LEGEND["hatched"])] if "publication" in set(events["date_basis"]) else [])


def letters(events: pd.DataFrame) -> str:
    """`A agreement, E establishment`: the letters that occur."""
    names = dict(zip(events["event_type_code"], events["type"], strict=True))
    return ", ".join(f"{letter} {names[code].lower()}" for code, letter in LETTERS.items() if code in names)


def sentence(events: pd.DataFrame, chain_count: int) -> str:
    """How many, how long, and how long the longest took."""
    shown = events["chain_id"].nunique()
    sizes = events.groupby("chain_id").size()
    spans = events.groupby("chain_id").agg(
        first=("start_date", "min"), last=("end_date", "max"), name=("name", "first")
    )
    longest = spans.loc[(spans["last"] - spans["first"]).idxmax()]
    years = f"{longest['first']:%B} {longest['first'].year} to {longest['last']:%B} {longest['last'].year}"
    more = f" The {shown} with the latest events are shown." if shown < chain_count else ""
    count = f"{chain_count} chain{'' if chain_count == 1 else 's'}, the longest of {sizes.max()} events."
    return f"{count} The one over the longest time is {longest['name']}, {years}.{more}"


def days_between(least: float | None, most: float | None) -> str:
    """`12 days later`, `between 61 and 92 days later`, `at least 40 days later`; a number that is missing is not known."""
    known_least, known_most = least is not None and not pd.isna(least), most is not None and not pd.isna(most)
    if known_least and known_most:
        if least == most:
            return f"{int(least or 0):,} day{'' if least == 1 else 's'} later"
        return f"between {int(least or 0):,} and {int(most or 0):,} days later"
    if known_least:
        return f"at least {int(least or 0):,} days later (the first has no date of its own)"
    return (
        f"at most {int(most or 0):,} days later (the second has no date of its own)"
        if known_most
        else "later; neither has a date of its own"
    )


def table(events: pd.DataFrame) -> pd.DataFrame:
    """One row a chain: chain_id, name, events, first, last, steps."""
    grouped = events.groupby("chain_id", sort=False)
    return pd.DataFrame({
        "name": grouped["name"].first(),
        "events": grouped["is_selected"].sum().astype(int),
        "all_events": grouped.size(),
        "first": grouped["date_edtf"].first().map(_in_words),
        "last": grouped["date_edtf"].last().map(_in_words),
        "steps": grouped["type"].agg(" → ".join),
    }).reset_index()  # fmt: skip


def _spans(events: pd.DataFrame) -> list[tuple[date, date]]:
    return [(start.date(), end.date()) for start, end in zip(events["start_date"], events["end_date"], strict=True)]


def _in_words(edtf: str) -> str:
    return in_words(parse_edtf(edtf))


def _head(line: Scale) -> str:
    names = "".join(apart(months(line)))
    return f'<div class="chain-track lanes-head" aria-hidden="true"><div class="track">{names}</div></div>'


def _block(chain: pd.DataFrame, line: Scale, look: Theme, hrefs: Mapping[str, str], proofs: Mapping[str, str]) -> str:
    name = str(chain["name"].iloc[0])
    marks = "".join(_mark(event, line, look) for event in chain.itertuples(index=False, name="Link"))
    titles = dict(zip(chain["event_id"], range(1, len(chain) + 1), strict=True))
    steps = "".join(_step(event, titles, hrefs, proofs) for event in chain.itertuples(index=False, name="Link"))
    return (
        f'<section class="chain" aria-label="{escape(name)}"><h3>{escape(name)}</h3>'
        f'<div class="chain-track"><div class="track">{_grid(line)}{marks}</div></div><ol>{steps}</ol></section>'
    )


def _grid(line: Scale) -> str:
    lines = "".join(f'<u style="left:{tick.left:.2f}%"></u>' for tick in line.ticks() if tick.is_month)
    folds = "".join(
        f'<s style="left:{fold.left:.2f}%;width:{fold.right - fold.left:.2f}%" title="{fold.month_count} months without events"></s>'
        for fold in line.folds
    )
    return lines + folds


def _mark(event: Any, line: Scale, look: Theme) -> str:
    left, right = line.left(event.start_date.date()), line.right(event.end_date.date())
    shape = SHAPES[event.date_precision]
    sector = event.sector_code if isinstance(event.sector_code, str) else ""
    color = look.color(sector)
    middle = (left + right) / 2
    place = f"left:{middle:.2f}%" if shape == "day" else f"left:{left:.2f}%;width:{right - left:.2f}%"
    note = f"{event.type}, {_in_words(event.date_edtf)}: {event.title}"
    return (
        f'<i class="letter" style="left:{middle:.2f}%" aria-hidden="true">{LETTERS[event.event_type_code]}</i>'
        f'<b class="mark {shape} {FILLINGS[event.date_basis]}" style="{place};--mark:{color}" title="{escape(note)}"></b>'
    )


def _step(event: Any, numbers: Mapping[str, int], hrefs: Mapping[str, str], proofs: Mapping[str, str]) -> str:
    outside = "" if event.is_selected else ' <span class="note">(not among the selected events)</span>'
    title = f'<a href="{escape(hrefs[event.event_id])}" target="_self">{escape(event.title)}</a>{outside}'
    facts = f'<span class="note"><b>{LETTERS[event.event_type_code]}</b> {escape(event.type)}, {escape(_in_words(event.date_edtf))}</span>'
    return f"<li>{facts}<br>{title}{_why(event, numbers, proofs)}</li>"


def _why(event: Any, numbers: Mapping[str, int], proofs: Mapping[str, str]) -> str:
    """Why it follows from the event before it, with the words of both."""
    if not isinstance(event.earlier_event_id, str):
        return ""
    number = numbers[event.earlier_event_id]
    both = "both name" if event.basis == "object" else "in both take part"
    days = days_between(event.least_days, event.most_days)
    said = f"{days[:1].upper()}{days[1:]} than {number}: {event.reason}; {both} {event.shared}."
    quotes = proofs[event.earlier_event_id] + proofs[event.event_id]
    return f"<details><summary>{escape(said)}</summary>{quotes}</details>"
