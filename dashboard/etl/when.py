"""When an event happened: the date that stands nearest to its report, else one in the sentences around it, else the document's."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from dashboard.edtf import EventDate
from dashboard.etl.analysis import Analysis, in_sentence
from dashboard.etl.calendar_words import span_of_days
from dashboard.etl.grammar import PLAN
from dashboard.etl.mentions import DateMention
from dashboard.etl.passages import Passage
from dashboard.etl.publication import days_from
from dashboard.etl.scoring import Candidate

_FINE = ("day", "interval")
_NEAR_DAYS = 62
_AWAY = frozenset(["since", "until", "by", "before", "after", "than"])
_RUNNING_TYPES = ("exchange", "meeting", "visit")


@dataclass(frozen=True)
class When:
    """The date of an event, its basis, and the spans that say so. `is_own`: the report's own sentence says it."""

    date: EventDate | None
    basis: str
    mentions: tuple[DateMention, ...] = ()
    is_own: bool = False
    rule: str = ""


def own_date(analysis: Analysis, item: Candidate) -> When:
    """The date in the report's own sentence, or nothing."""
    usable = _usable(analysis, item.own_dates, item)
    if not usable:
        return When(None, "publication")
    best = min(usable, key=lambda mention: _distance(analysis, item, mention))
    second = _other_end(analysis, item, best, usable)
    if second:
        start, end = sorted((best, second), key=lambda mention: mention.date.start)
        return When(
            span_of_days(start.date.start, end.date.end), best.basis, (start, end), is_own=True, rule="two_ends"
        )
    return When(best.date, best.basis, (best,), is_own=True, rule=best.rule)


def day_before(analysis: Analysis, item: Candidate) -> EventDate | None:
    """The last near day named before the report in its paragraph."""
    for index in range(item.sentence.index - 1, -1, -1):
        part = analysis.segments.sentences[index]
        if part.paragraph != item.sentence.paragraph:
            return None
        for mention in reversed(in_sentence(analysis.dates, part)):
            days = days_from(analysis.publication, mention.date)
            if mention.date.precision in _FINE and days is not None and 0 <= days <= _NEAR_DAYS:
                return mention.date
    return None


def event_when(analysis: Analysis, item: Candidate, passage: Passage | None) -> When:
    """The date of an event: its own, the passage's, or the publication's with a question mark."""
    own = own_date(analysis, item)
    if own.date and own.date.precision in _FINE:
        return own
    around = _around(analysis, item, passage) if passage else When(None, "publication")
    if around.date and (own.date is None or (around.date.precision in _FINE and _fits(own.date, around.date))):
        return around
    return own if own.date else published(analysis)


def _fits(coarse: EventDate, fine: EventDate) -> bool:
    return coarse.start <= fine.start and fine.end <= coarse.end


def published(analysis: Analysis) -> When:
    """The document's own date in place of the event's."""
    value = analysis.publication.date
    return When(replace(value, is_guess=True) if value else None, "publication", rule="publication")


def _usable(analysis: Analysis, mentions: Iterable[DateMention], item: Candidate) -> list[DateMention]:
    is_service = item.trigger.type == "launch"
    return [
        mention
        for mention in mentions
        if ((is_service and mention.date.precision == "day") or not _is_away(analysis, mention))
        and not analysis.in_quotation(mention.start)
        and _is_plausible(analysis, mention, item)
    ]


def _is_away(analysis: Analysis, mention: DateMention) -> bool:
    """Whether the word before the date says that it is not the day itself: `since 2019`, `until 3 May`."""
    index, _ = analysis.token_span(mention.start, mention.end)
    return index > 0 and analysis.tokens[index - 1].word in _AWAY


def _is_plausible(analysis: Analysis, mention: DateMention, item: Candidate) -> bool:
    days = days_from(analysis.publication, mention.date)
    if days is None:
        return True
    if days < 0:
        return item.trigger.state in (PLAN, "now", "habit", "purpose") or (
            mention.date.precision in _FINE and days > -4
        )
    return days <= _NEAR_DAYS or (item.score > 0 and mention.date.precision in _FINE)


def _distance(analysis: Analysis, item: Candidate, mention: DateMention) -> float:
    """How far a date is from the report: characters, and more for a coarse or a distant date."""
    gap = max(0, mention.start - item.end, item.start - mention.end)
    coarse = {"day": 0, "interval": 0, "month": 150, "quarter": 200, "year": 400}[mention.date.precision] + (
        100 if mention.rule == "week" else 0
    )
    days = days_from(analysis.publication, mention.date)
    far = 0 if days is None else 200 if days > _NEAR_DAYS else 120 if days < 0 else 0
    return gap + coarse + far + _clauses_between(analysis, item, mention)


def _clauses_between(analysis: Analysis, item: Candidate, mention: DateMention) -> float:
    low, high = (item.end, mention.start) if mention.start > item.end else (mention.end, item.start)
    between = analysis.view[low:high] if low < high else ""
    return 60.0 * sum(
        f" {word} " in between for word in ("which", "who", "that", "when", "where", "after", "before", "and", "while")
    )


def _other_end(
    analysis: Analysis, item: Candidate, best: DateMention, usable: Sequence[DateMention]
) -> DateMention | None:
    """The other end of something that lasts: `kicked off on 20 August and adjourned the following afternoon`."""
    if item.trigger.type not in _RUNNING_TYPES or best.date.precision != "day":
        return None
    for other in usable:
        if other is best or other.date.precision != "day" or other.date == best.date:
            continue
        low, high = min(best.end, other.end), max(best.start, other.start)
        between = set(analysis.view[low:high].lower().split())
        if between & {
            "adjourned",
            "ended",
            "concluded",
            "started",
            "began",
            "opened",
            "closed",
            "finished",
            "wound",
            "wrapped",
            "until",
            "through",
        }:
            return other
    return None


def _around(analysis: Analysis, item: Candidate, passage: Passage) -> When:
    """A near day in the sentences behind the report, then before it."""
    before = [part for part in reversed(passage.before) if part.paragraph == item.sentence.paragraph]
    after = [part for part in passage.after if part.paragraph <= item.sentence.paragraph + 1][:3]
    for part in (*before, *after, *(part for part in reversed(passage.before) if part not in before)):
        for mention in in_sentence(analysis.dates, part):
            days = days_from(analysis.publication, mention.date)
            is_near = days is None or 0 <= days <= _NEAR_DAYS
            if (
                mention.date.precision in _FINE
                and is_near
                and not _is_away(analysis, mention)
                and not analysis.in_quotation(mention.start)
            ):
                return When(mention.date, mention.basis, (mention,), rule=f"around:{mention.rule}")
    return When(None, "publication")
