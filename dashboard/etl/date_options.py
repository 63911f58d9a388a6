"""Every date on which an event may have been, with what speaks for it and against it.

Rules: the dates of the report's sentence and of those around it; two days of the same story as the ends of what lasts; and
the document's own date, which stands in where the text gives none.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from dashboard.edtf import EventDate
from dashboard.etl.analysis import Analysis, in_sentence
from dashboard.etl.calendar_words import span_of_days
from dashboard.etl.lexicons import word_list
from dashboard.etl.mentions import DateMention
from dashboard.etl.passages import Passage, around_report
from dashboard.etl.scoring import Candidate, is_background
from dashboard.etl.segments import BODY, HEADING, Sentence
from dashboard.etl.site_options import near_sentences

_BEFORE = word_list("date_options.before")
_BETWEEN = word_list("date_options.between")
_STARTS = word_list("date_options.starts")
_ENDS = word_list("date_options.ends")
_RUNNING_TYPES = ("exchange", "meeting", "visit")
_REACH_AFTER = 6
_HEADING_REACH = 25
_NEAR, _FAR = 30, 90
_NEARNESS = ((0, "today"), (7, "week"), (31, "month"), (62, "two_months"), (100, "season"))
_LONGEST_PAIR_DAYS = 120


class DateOption(NamedTuple):
    """One date that the event may have: the mentions that say it (none for the document's own), and its features by name."""

    date: EventDate | None
    basis: str
    mentions: tuple[DateMention, ...]
    rule: str
    features: frozenset[str]


def date_options(analysis: Analysis, item: Candidate, passage: Passage) -> list[DateOption]:
    """Every option for the date of one event; the last is the document's own."""
    single = [
        option
        for relation, sentence in _sentences(analysis, passage)
        for option in _of_sentence(analysis, item, sentence, relation)
    ]
    has_own_day = any("own" in option.features and _is_fine(option.date) for option in single)
    has_day = any(_is_fine(option.date) and not option.features & {"past", "future"} for option in single)
    published = analysis.publication.stand_in
    features = {"publication", f"publication_{item.trigger.type}"}
    features |= set() if has_own_day else {"publication_no_own_day"}
    features |= set() if has_day else {"publication_no_day"}
    stand_in = DateOption(
        replace(published, is_guess=True) if published else None, "publication", (), "publication", frozenset(features)
    )
    return [*single, *_pairs(item, single), stand_in]


def _is_fine(date: EventDate | None) -> bool:
    return date is not None and date.precision in ("day", "interval")


def _sentences(analysis: Analysis, passage: Passage) -> Iterator[tuple[str, Sentence]]:
    """The sentences that may date the event, each with how it stands to the report."""
    yield from around_report(passage, _REACH_AFTER)
    for sentence in near_sentences(analysis, passage.own, _HEADING_REACH):
        if sentence.kind == HEADING and sentence.start < passage.own.start:
            yield "heading", sentence


def _of_sentence(analysis: Analysis, item: Candidate, sentence: Sentence, relation: str) -> Iterator[DateOption]:
    """The dates of one sentence; a bare year dates nothing but what its own sentence tells."""
    mentions = [
        mention
        for mention in in_sentence(analysis.dates, sentence)
        if relation == "own" or mention.date.precision != "year"
    ]
    shared = frozenset(_of_place_in_story(analysis, item, sentence, relation)) if mentions else frozenset()
    for mention in mentions:
        features = shared.union(_features(analysis, item, relation, mention))
        yield DateOption(mention.date, mention.basis, (mention,), mention.rule, features)


def _of_place_in_story(analysis: Analysis, item: Candidate, sentence: Sentence, relation: str) -> Iterator[str]:
    """What holds of all dates of a sentence."""
    yield relation
    if relation == "own":
        return
    if sentence.kind == BODY and is_background(analysis, sentence):
        yield "background"
    if sentence.paragraph != item.sentence.paragraph:
        yield "other_paragraph"


def _features(analysis: Analysis, item: Candidate, relation: str, mention: DateMention) -> Iterator[str]:
    """What the date and the words around it say."""
    is_own = relation == "own"
    yield f"{'own' if is_own else 'around'}_{mention.date.precision}"
    yield f"rule_{mention.rule}"
    nearness = _nearness(analysis, mention)
    yield nearness
    if nearness == "future":
        yield f"future_{item.trigger.state}"
    word = _word_before(analysis, mention)
    yield f"behind_{word if word in _BEFORE else 'other'}"
    if item.trigger.type == "launch" and word == "since":
        yield "launch_since"
    if analysis.in_quotation(mention.start):
        yield "quoted"
    if is_own:
        yield from _in_own(analysis, item, mention)


def _nearness(analysis: Analysis, mention: DateMention) -> str:
    """How long before the publication the date is."""
    days = analysis.days_ago(mention)
    if days is None or analysis.publication.stand_in is None:
        return "undated"
    if days < 0:
        return "future"
    return next((name for most, name in _NEARNESS if days <= most), "past")


def _in_own(analysis: Analysis, item: Candidate, mention: DateMention) -> Iterator[str]:
    gap = max(0, mention.start - item.end, item.start - mention.end)
    yield "gap_none" if not gap else "gap_near" if gap < _NEAR else "gap_middle" if gap < _FAR else "gap_far"
    if mention.start == item.sentence.start or mention.end < item.start:
        yield "before_report"
    low, high = (item.end, mention.start) if mention.start > item.end else (mention.end, item.start)
    between = set(analysis.view[low:high].lower().split()) if low < high else set()
    for word in sorted(between & _BETWEEN):
        yield f"across_{word}"


def _word_before(analysis: Analysis, mention: DateMention) -> str:
    index, _ = analysis.token_span(mention.start, mention.end)
    words = [token.word for token in analysis.tokens[max(0, index - 2) : index]]
    return words[-2] if len(words) == 2 and words[-1] == "the" else words[-1] if words else ""


def _pairs(item: Candidate, single: Sequence[DateOption]) -> Iterator[DateOption]:
    """`began on 27 November … ended on 14 December`: two days of the report or next to it as the ends of what lasts."""
    if item.trigger.type not in _RUNNING_TYPES:
        return
    days = [
        option
        for option in single
        if option.date
        and option.date.precision == "day"
        and "past" not in option.features
        and "quoted" not in option.features
    ]
    for first in days:
        for last in days:
            if not (first.date and last.date and first.date.start < last.date.start):
                continue
            if (last.date.start - first.date.start).days > _LONGEST_PAIR_DAYS or not _own_or_next(first, last):
                continue
            yield DateOption(
                span_of_days(first.date.start, last.date.end), last.basis, (first.mentions[0], last.mentions[0]), "two_ends",
                frozenset(_pair_features(first, last)),
            )  # fmt: skip


def _own_or_next(first: DateOption, last: DateOption) -> bool:
    beside = {"own", "after_1", "before_1"}
    return bool(first.features & beside and last.features & beside and "own" in first.features | last.features)


def _pair_features(first: DateOption, last: DateOption) -> Iterator[str]:
    yield "pair"
    yield "pair_own" if "own" in first.features & last.features else "pair_around"
    yield f"pair_{'_'.join(sorted({_led(first, _STARTS), _led(last, _ENDS)}))}"
    if "behind_since" in first.features or "behind_from" in first.features:
        yield "pair_since"
    if last.features & {"behind_until", "behind_to", "behind_till", "behind_through"}:
        yield "pair_until"
    if "future" in last.features:
        yield "pair_future"


def _led(option: DateOption, words: frozenset[str]) -> str:
    return "led" if any(f"across_{word}" in option.features for word in words) else "plain"
