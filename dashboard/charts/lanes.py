"""When exactly: each event as the span of days it may have been on, on a line of its own, as HTML.

HTML and not a drawing, so that titles wrap on a phone, are links, and are read out; the marks stand where the days are.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from html import escape
from typing import Any

import pandas as pd

from dashboard.charts.legend import Entry
from dashboard.charts.scale import Fold, Scale, Tick, scale
from dashboard.charts.theme import Theme
from dashboard.edtf import in_words, parse_edtf

SHAPES = {"day": "day", "interval": "interval", "month": "soft", "quarter": "soft", "year": "soft"}
FILLINGS = {"stated": "", "relative": "hollow", "publication": "hatched", "unknown": "hatched"}
BASES = {
    "stated": "",
    "relative": "worked out from a word such as “yesterday”",
    "publication": "no date in the text; the document’s own stands in",
    "unknown": "basis not known",
}
LEGEND = {
    "day": "A day", "interval": "First to last day", "soft": "Month (quarter, year) known, not the day: somewhere within",
    "hollow": "Worked out from “yesterday” or a weekday", "hatched": "No date in the text; the document’s own stands in",
    "before": "It was then or before: a report comes after its event",
}  # fmt: skip
CHARACTER_SHARE = 1.6
"""Per cent of the line of days that a character of its head takes, where text and line stand side by side."""

FINE = ("day", "interval", "month")
"""Precisions that make a month busy; a quarter or a year is too long to say where things happened."""


def rows(events: pd.DataFrame, look: Theme, hrefs: Mapping[str, str]) -> str:
    """One line an event, the earliest first: its title, its date in words, and its mark on a line of days.

    Shape: `events` as `queries.timeline.lanes`, at least one; `hrefs` has the address of each event's page by event_id.
    """
    line = scale(_busy_spans(events))
    items = "".join(
        _row(event, line, look, hrefs[event.event_id]) for event in events.itertuples(index=False, name="Lane")
    )
    return f'<div class="lanes">{_head(line)}<ol>{items}</ol></div>'


def entries(events: pd.DataFrame) -> list[Entry]:
    """The legend: only the kinds of mark that occur."""
    shapes = [shape for shape in ("day", "interval", "soft") if shape in set(events["date_precision"].map(SHAPES))]
    found = [Entry(shape, LEGEND[shape]) for shape in shapes]
    fillings = set(events["date_basis"].map(FILLINGS))
    found += [Entry(f"day {filling}", LEGEND[filling]) for filling in ("hollow", "hatched") if filling in fillings]
    if (events["date_basis"] == "publication").any():
        found.append(Entry("before", LEGEND["before"]))
    folds = scale(_busy_spans(events)).folds
    return [*found, Entry("fold", "Months without events, folded")] if folds else found


def sentence(events: pd.DataFrame) -> str:
    """How finely the dates are known."""
    exact = int((events["date_precision"].isin(["day", "interval"]) & (events["date_basis"] == "stated")).sum())
    return f"For {exact:,} of {len(events):,} dated events the text itself states the day."


def table(events: pd.DataFrame) -> pd.DataFrame:
    """The lines' figures: one row an event."""
    return pd.DataFrame({
        "event": events["title"],
        "date": [said(edtf, basis) for edtf, basis in zip(events["date_edtf"], events["date_basis"], strict=True)],
        "first_day": events["start_date"].dt.strftime("%Y-%m-%d"),
        "last_day": events["end_date"].dt.strftime("%Y-%m-%d"),
        "precision": events["date_precision"],
        "basis": events["date_basis"],
    })  # fmt: skip


def _busy_spans(events: pd.DataFrame) -> list[tuple[date, date]]:
    """The spans that are not folded: those of the finer dates, and the coarse ones that hold none of them."""
    is_fine = events["date_precision"].isin(FINE)
    fine, coarse = _spans(events[is_fine]), _spans(events[~is_fine])
    return fine + [span for span in coarse if not any(span[0] <= last and first <= span[1] for first, last in fine)]


def _spans(events: pd.DataFrame) -> list[tuple[date, date]]:
    return [(start.date(), end.date()) for start, end in zip(events["start_date"], events["end_date"], strict=True)]


def _head(line: Scale) -> str:
    return (
        f'<div class="lanes-head" aria-hidden="true"><div></div><div class="track">{"".join(_labels(line))}</div></div>'
    )


def _labels(line: Scale) -> list[str]:
    """The names of months, then of folds and days, as far as there is room."""
    folds = [(fold.right - _width(_fold_label(fold)), fold.right, _folded(fold)) for fold in line.folds]
    days = [
        (tick.left - _width(tick.label) / 2, tick.left + _width(tick.label) / 2, _month(tick))
        for tick in line.ticks()
        if tick.label and not tick.is_month
    ]
    return apart([*months(line), *folds, *days])


def months(line: Scale) -> list[tuple[float, float, str]]:
    """The name of each month that has one: where it begins and ends on the line, in per cent, and its HTML."""
    named = [tick for tick in line.ticks() if tick.label and tick.is_month]
    return [(tick.left, tick.left + _width(tick.label), _month(tick)) for tick in named]


def apart(labels: Iterable[tuple[float, float, str]]) -> list[str]:
    """Those labels that find room beside the ones before them."""
    kept: list[tuple[float, float, str]] = []
    for start, end, label in labels:
        if all(end <= other_start or start >= other_end for other_start, other_end, _ in kept):
            kept.append((start, end, label))
    return [label for _, _, label in kept]


def _width(label: str) -> float:
    return len(label) * CHARACTER_SHARE


def _fold_label(fold: Fold) -> str:
    return f"{fold.month_count} mo."


def _month(tick: Tick) -> str:
    kind = "" if tick.is_month else ' class="day-label"'
    return f'<span{kind} style="left:{tick.left:.2f}%">{escape(tick.label)}</span>'


def _folded(fold: Fold) -> str:
    return f'<em style="left:{fold.left:.2f}%;width:{fold.right - fold.left:.2f}%" title="{fold.month_count} months without events">{_fold_label(fold)}</em>'


def _row(event: Any, line: Scale, look: Theme, href: str) -> str:
    words = said(event.date_edtf, event.date_basis)
    basis = BASES[event.date_basis]
    sector = event.sector_code if isinstance(event.sector_code, str) else ""
    note = f"{words}{f' · {basis}' if basis else ''}"
    return (
        f'<li class="lane"><div class="lane-text"><a href="{escape(href)}" target="_self">{escape(event.title)}</a>'
        f'<p><time>{escape(words)}</time> · <span class="sector" style="--swatch:{look.color(sector)}">{escape(look.label(sector))}</span>'
        f"{f' · <i>{escape(basis)}</i>' if basis else ''}</p></div>"
        f'<div class="track" title="{escape(event.title)} — {escape(note)}">{_grid(line)}{_mark(event, line, look.color(sector))}</div></li>'
    )


def _grid(line: Scale) -> str:
    lines = "".join(
        f'<u class="{"first" if tick.is_month else "faint"}" style="left:{tick.left:.2f}%"></u>'
        for tick in line.ticks()
    )
    folds = "".join(f'<s style="left:{fold.left:.2f}%;width:{fold.right - fold.left:.2f}%"></s>' for fold in line.folds)
    return lines + folds


def _mark(event: Any, line: Scale, color: str) -> str:
    left, right = line.left(event.start_date.date()), line.right(event.end_date.date())
    shape = SHAPES[event.date_precision]
    place = f"left:{(left + right) / 2:.2f}%" if shape == "day" else f"left:{left:.2f}%;width:{right - left:.2f}%"
    mark = f'<b class="mark {shape} {FILLINGS[event.date_basis]}{_fading(event)}" style="{place};--mark:{color}"></b>'
    start = (left + right) / 2 if shape == "day" else left
    is_before = event.date_basis == "publication"
    return f'<b class="tail" style="left:{start:.2f}%;--mark:{color}"></b>{mark}' if is_before else mark


def _fading(event: Any) -> str:
    """The ends of an interval that are known by month or year only: they fade out."""
    if event.date_precision != "interval":
        return ""
    first, last = parse_edtf(event.date_edtf).end_precisions
    return f"{' fade-left' if first != 'day' else ''}{' fade-right' if last != 'day' else ''}"


def said(edtf: str, basis: str) -> str:
    """A date in words; one that only stands in is the latest that it can be: `on or before 1 November 2025`."""
    when = parse_edtf(edtf)
    if basis != "publication":
        return in_words(when)
    return f"{'on' if when.precision == 'day' else 'in'} or before {in_words(replace(when, is_guess=False))}"
