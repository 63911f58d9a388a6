"""What comes back: committees, forums and meetings that repeat at a regular interval, and which of them are overdue."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import pairwise
from typing import Any

import ibis
import ibis.expr.types as ir
import pandas as pd

from dashboard.folding import fold
from dashboard.queries.coverage import last_published
from dashboard.queries.filters import EventFilter
from dashboard.queries.store import Store, Tables
from dashboard.reference import series_words
from dashboard.rhythm import INTERVALS, LEEWAY, Rhythm, rhythm_of

MOST_CANDIDATES = 5_000
"""Events that are looked through; far more than a committee's lifetime of numbered meetings."""

LEAST_REPEATS, MOST_REPEATS = 3, 60
"""Events of the same organisations and type: fewer have no rhythm, more are two partners' everyday work."""

_NAME_ENDS = re.compile(
    r"[,;:.(]|\b(?:held|was|were|is|are|has|had|took|takes|convened|declared|opened|ended|concluded|in|at|by|yesterday|today)\b"
    r"|\bon(?=\s+(?:(?:\w{1,12}\s+)?\d|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day))"
)


@dataclass(frozen=True)
class Occasion:
    """One event of a series. `number` is 0 where it has none."""

    event_id: str
    title: str
    first: date
    last: date
    date_edtf: str
    number: int = 0


@dataclass(frozen=True)
class Series:
    """Events that belong together, the earliest first.

    Shape: `basis` is `numbered` or `same actors`; without a `rhythm` it is not known when the next is due.
    """

    name: str
    basis: str
    occasions: tuple[Occasion, ...]
    rhythm: Rhythm | None

    @property
    def due(self) -> tuple[date, date] | None:
        """The first and the last day on which the next one is expected."""
        return self.rhythm.due(self.occasions[-1].last) if self.rhythm else None

    def is_overdue(self, until: date) -> bool:
        """Whether the next one was expected before this day, up to which documents were read."""
        return self.due is not None and self.due[1] < until


@dataclass(frozen=True)
class Recurring:
    """The series of a selection, those that are longest overdue first, and the day up to which documents were read."""

    series: tuple[Series, ...]
    until: date | None
    is_cut: bool


def recurring(store: Store, selection: EventFilter) -> Recurring:
    """The series among the selected events, whatever days are selected: a series needs its past.

    Rules: *numbered*: titles that count the same occasion ("third session of the …"); two of them with different numbers
    have a rhythm if the time from one number to the next is near one of `rhythm.INTERVALS`. *Same actors*: three events or
    more of one type and exactly the same organisations, on different days, that keep a rhythm (see `rhythm`). A date that
    only stands in for the event's does not count, nor one coarser than a month.
    """
    whole = selection.without("start").without("end")
    numbered, repeated = store.ask(whole, _numbered), store.ask(whole, _repeated)
    found = _numbered_series(numbered)
    known = {occasion.event_id for series in found for occasion in series.occasions}
    found += [series for series in _same_actors(repeated) if not known.issuperset(_ids(series))]
    until = last_published(store)
    is_cut = max(len(numbered), len(repeated)) >= MOST_CANDIDATES
    return Recurring(tuple(sorted(found, key=_urgency)), until, is_cut)


def _ids(series: Series) -> set[str]:
    return {occasion.event_id for occasion in series.occasions}


def _urgency(series: Series) -> tuple[bool, date, str]:
    return series.due is None, series.due[1] if series.due else date.max, series.name


def _dated(events: ir.Table) -> ir.Table:
    is_fine = events.date_precision.isin(("day", "interval", "month"))
    return events.filter(is_fine & (events.date_basis != "publication"))


def _numbered(tables: Tables) -> ir.Table:
    """The events whose titles count an occasion, with the countries that take part."""
    events = _dated(tables["selected"])
    ordinals = "|".join(_words("ordinal"))
    counting = events.filter(events.title.lower().re_search(rf"\b(?:{ordinals}|[0-9]+(?:st|nd|rd|th))\b"))
    links = tables["event_countries"].semi_join(counting, "event_id")
    partners = links.group_by("event_id").aggregate(
        partners=links.country_code.group_concat("+", order_by=links.country_code)
    )
    rows = counting.select("event_id", "title", "start_date", "end_date", "date_edtf").left_join(partners, "event_id")
    return rows.drop("event_id_right").order_by("start_date", "event_id").limit(MOST_CANDIDATES)


def _repeated(tables: Tables) -> ir.Table:
    """The events of the same organisations and type, where there are enough for a rhythm."""
    events = _dated(tables["selected"])
    orgs = tables["actors"].filter(tables["actors"].kind == "org").select("actor_id", "name")
    links = tables["event_actors"].semi_join(events, "event_id").join(orgs, "actor_id")
    sets = links.group_by("event_id").aggregate(
        actors=links.actor_id.group_concat("+", order_by=links.actor_id),
        names=links.name.group_concat(", ", order_by=links.actor_id),
    )
    rows = events.join(sets, "event_id").mutate(event_type_code=ibis._.event_type_code.cast("string"))
    groups = rows.group_by("event_type_code", "actors").aggregate(repeat_count=rows.start_date.nunique())
    chosen = groups.filter(groups.repeat_count.between(LEAST_REPEATS, MOST_REPEATS))
    kept = rows.semi_join(chosen, ["event_type_code", "actors"]).left_join(
        tables["event_types"].select("event_type_code", type="label"), "event_type_code"
    )
    columns = ("event_id", "title", "start_date", "end_date", "date_edtf", "event_type_code", "type", "actors", "names")
    return kept.select(*columns).order_by("actors", "event_type_code", "start_date", "event_id").limit(MOST_CANDIDATES)


def _numbered_series(rows: pd.DataFrame) -> list[Series]:
    groups: dict[str, list[tuple[Occasion, str]]] = {}
    for row in rows.itertuples(index=False, name="Numbered"):
        found = counted_occasion(row.title)
        if found:
            number, name = found
            partners = row.partners if isinstance(row.partners, str) else ""
            key = fold(name) if " " in name else f"{name} {partners}"
            groups.setdefault(key, []).append((_occasion(row, number), name))
    return [_one_numbered(members) for members in groups.values()]


def _one_numbered(members: Sequence[tuple[Occasion, str]]) -> Series:
    occasions = tuple(occasion for occasion, _ in members)
    return Series(members[-1][1], "numbered", occasions, _rhythm_of_numbers(occasions))


def _rhythm_of_numbers(occasions: Sequence[Occasion]) -> Rhythm | None:
    """The rhythm in which the numbers go up: from the third in 2019 to the fifth in 2021 it is a year."""
    steps = [
        ((after.first - before.first).days, after.number - before.number)
        for before, after in pairwise(occasions)
        if after.number != before.number
    ]
    if not steps or any(number < 1 for _, number in steps):
        return None
    lengths = [days / number for days, number in steps]
    rhythms = (Rhythm(name, days) for name, days in INTERVALS.items())
    return next(
        (one for one in rhythms if all(abs(length - one.days) <= LEEWAY * one.days for length in lengths)), None
    )


def _same_actors(rows: pd.DataFrame) -> Iterable[Series]:
    for (_, _), members in rows.groupby(["event_type_code", "actors"]):
        occasions = tuple(_occasion(row, 0) for row in members.itertuples(index=False, name="Repeated"))
        rhythm = rhythm_of([occasion.first for occasion in occasions])
        if rhythm:
            yield Series(f"{members['type'].iloc[0]}: {members['names'].iloc[0]}", "same actors", occasions, rhythm)


def _occasion(row: Any, number: int) -> Occasion:
    return Occasion(row.event_id, row.title, row.start_date.date(), row.end_date.date(), row.date_edtf, number)


def counted_occasion(title: str) -> tuple[int, str] | None:
    """The number and the name of the occasion that a title counts: `4th meeting of the Joint Group` → 4, `Meeting of the Joint Group`.

    Rules: at most five words between the number and the occasion; the name ends where a verb, a place or a day follows.
    """
    found = _pattern().search(title)
    if not found:
        return None
    words = fold(found["ordinal"]).replace(" ", "-")
    number = _numbers()[words] if words in _numbers() else int(re.sub(r"\D", "", words))
    before, after = found["before"] or "", found["after"] or ""
    name = " ".join(f"{before}{found['occasion']} {_NAME_ENDS.split(after, maxsplit=1)[0]}".split())
    return number, name[:1].upper() + name[1:]


@cache
def _pattern() -> re.Pattern[str]:
    ordinals = "|".join(sorted(_words("ordinal"), key=len, reverse=True))
    return re.compile(
        rf"\b(?P<ordinal>{ordinals}|\d{{1,3}}(?:st|nd|rd|th))\s{{1,3}}(?P<before>(?:[\w&’'–/-]{{1,40}}\s{{1,3}}){{0,5}}?)"
        rf"(?P<occasion>{'|'.join(_words('occasion'))})\b(?P<after>.{{0,160}})",
        re.IGNORECASE,
    )


@cache
def _words(kind: str) -> tuple[str, ...]:
    words = series_words()
    return tuple(words.loc[words["kind"] == kind, "word"])


@cache
def _numbers() -> dict[str, int]:
    words = series_words()
    return {word: int(number) for word, number in zip(words["word"], words["number"], strict=True) if number}
