"""When an event happened: of all the dates around its report, and the document's own, the one that most speaks for.

Rules: the options are those of `date_options`; `data/reference/date_weights.csv` weighs their features, fitted by
`benchmarks/fit_options.py`. Which of two reports are one event is asked before that, and asks only for the report's own day.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dashboard.edtf import EventDate
from dashboard.etl.analysis import FINE, NEAR_DAYS, Analysis, within
from dashboard.etl.calendar_words import span_of_days
from dashboard.etl.date_options import DateOption, date_options
from dashboard.etl.grammar import PLAN
from dashboard.etl.mentions import DateMention
from dashboard.etl.passages import Passage
from dashboard.etl.scoring import Candidate
from dashboard.etl.weighing import likeliest, weights_of

_AWAY = frozenset(["since", "until", "by", "before", "after", "than"])
_RUNNING_TYPES = ("exchange", "meeting", "visit")


@dataclass(frozen=True)
class When:
    """The date of an event, its basis, and the mentions that say so (none for the document's own)."""

    date: EventDate | None
    basis: str
    mentions: tuple[DateMention, ...] = ()


def own_date(analysis: Analysis, item: Candidate) -> EventDate | None:
    """The date in the report's own sentence, or nothing."""
    usable = _usable(analysis, item.own_dates, item)
    if not usable:
        return None
    best = min(usable, key=lambda mention: _distance(analysis, item, mention))
    other = _other_end(analysis, item, best, usable)
    if other is None:
        return best.date
    return span_of_days(min(best.date.start, other.date.start), max(best.date.end, other.date.end))


def day_before(analysis: Analysis, item: Candidate) -> EventDate | None:
    """The last near day named before the report in its paragraph."""
    sentence = item.sentence
    paragraph = analysis.segments.sentences[sentence.index - sentence.position]
    near = within(analysis.near_days, paragraph.start, sentence.start)
    return near[-1].date if near else None


def event_when(analysis: Analysis, item: Candidate, passage: Passage) -> When:
    """The date of an event: of the dates around its report and the document's own the one that most speaks for."""
    best = likeliest(date_options(analysis, item, passage), _date, weights_of("date"))
    return When(best.date, best.basis, best.mentions)


def _date(option: DateOption) -> EventDate | None:
    return option.date


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
    days = analysis.days_ago(mention)
    if days is None:
        return True
    if days < 0:
        return item.trigger.state in (PLAN, "now", "habit", "purpose") or (mention.date.precision in FINE and days > -4)
    return days <= NEAR_DAYS or (item.score > 0 and mention.date.precision in FINE)


def _distance(analysis: Analysis, item: Candidate, mention: DateMention) -> float:
    """How far a date is from the report: characters, and more for a coarse or a distant date."""
    gap = max(0, mention.start - item.end, item.start - mention.end)
    coarse = {"day": 0, "interval": 0, "month": 150, "quarter": 200, "year": 400}[mention.date.precision] + (
        100 if mention.rule == "week" else 0
    )
    days = analysis.days_ago(mention)
    far = 0 if days is None else 200 if days > NEAR_DAYS else 120 if days < 0 else 0
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
