"""Mentions to events: which reports of a document are events, which of them are one, and what each of them says.

Rules: of two reports of one happening the outcome beats the occasion, and the better report the weaker one; a second
happening needs its own day, or its own actors, or (in a newsletter) its own item.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from dashboard.codebook import Event
from dashboard.edtf import EventDate
from dashboard.etl.analysis import Analysis
from dashboard.etl.events import build_event
from dashboard.etl.kinds import Frames, kind_scores
from dashboard.etl.scoring import THRESHOLD, Candidate, best_reports, told, weights
from dashboard.etl.segments import BODY, Sentence
from dashboard.etl.telling import NO_FRAME, is_only_said, is_worth_reading, telling_features, telling_score
from dashboard.etl.triggers import find_triggers
from dashboard.etl.when import day_before, own_date

OCCASIONS = ("meeting", "visit")
_NEAR_SENTENCES = 3
_LOST_AT_MOST = 2.0
_ONLY_SAID = -1.0
_HOPELESS = -0.5
_SURE_OF_TWO = 1.0
"""The weaker of two reports of one item of a digest, not both with a day of their own, is an event of its own above this."""
_STRONG = 1.6
_STRONG_ELSEWHERE = 2.2

KindScorer = Callable[[Analysis, Sentence, Frames], dict[str, float]]
"""How much speaks for each type in a sentence."""


class Verdict(NamedTuple):
    """What became of one possible report: `accepted`, `weak` (below the threshold), `repeated` or `outdone`."""

    candidate: Candidate
    outcome: str
    of: int = -1


@dataclass(frozen=True)
class _Accepted:
    """A report that is an event so far, its day, and where its verdict stands in the list."""

    candidate: Candidate
    day: EventDate | None
    verdict: int


def assemble(
    analysis: Analysis, score_kinds: KindScorer = kind_scores
) -> tuple[tuple[Event, ...], tuple[Verdict, ...]]:
    """The events of a document in the order of the text, and the verdict on every possible report."""
    verdicts = judge(analysis, score_kinds)
    accepted = sorted((verdict.candidate for verdict in verdicts if verdict.outcome == "accepted"), key=_start)
    return tuple(build_event(analysis, accepted, index) for index in range(len(accepted))), tuple(verdicts)


def _start(item: Candidate) -> int:
    return item.start


def judge(analysis: Analysis, score_kinds: KindScorer = kind_scores) -> list[Verdict]:
    """A verdict on every possible report, the best first.

    Rules: reports of one happening are looked for in the whole document; in a digest, in the item.
    """
    sentences = analysis.segments.sentences
    candidates = [best for sentence in sentences for best in _of_sentence(analysis, sentence, score_kinds)]
    candidates.sort(key=lambda item: (-item.score, item.start))
    verdicts: list[Verdict] = []
    by_item: dict[int, list[_Accepted]] = {}
    for item in candidates:
        if item.score < 0:
            verdicts.append(Verdict(item, "weak"))
            continue
        new = _Accepted(item, _day(analysis, item), len(verdicts))
        accepted = by_item.setdefault(item.sentence.section if analysis.segments.is_digest else 0, [])
        place = next((place for place, other in enumerate(accepted) if _is_same(analysis, new, other)), None)
        if place is None:
            accepted.append(new)
            verdicts.append(Verdict(item, "accepted"))
            continue
        twin = accepted[place]
        if _outdoes(item, twin.candidate):
            accepted[place] = new
            verdicts[twin.verdict] = Verdict(twin.candidate, "outdone", item.start)
            verdicts.append(Verdict(item, "accepted"))
        else:
            verdicts.append(Verdict(item, "repeated", twin.candidate.start))
    return verdicts


def _of_sentence(analysis: Analysis, sentence: Sentence, score_kinds: KindScorer) -> list[Candidate]:
    """The reports of one sentence: by frames, one a type; in the body the likeliest type of them all, weighed as a telling.

    Rules: what somebody says without a date is news only if a pair of families says so.
    """
    by_type = by_frames(analysis, sentence)
    if sentence.kind != BODY:
        ranked = sorted(by_type.values(), key=_score, reverse=True)[:1]
        return [item._replace(score=item.score - weights()[THRESHOLD]) for item in ranked]
    if not by_type and not is_worth_reading(analysis, sentence):
        return []
    best = max((item.score for item in by_type.values()), default=NO_FRAME)
    features = telling_features(analysis, sentence, best)
    score = telling_score(features)
    if is_only_said(features) and best < weights()[THRESHOLD]:
        score = min(score, _ONLY_SAID)
    if score < _HOPELESS:
        weak = max(by_type.values(), key=_score, default=None) or told(analysis, sentence, "")
        return [weak._replace(score=score, features=features)]
    kinds = score_kinds(analysis, sentence, {kind: (item.trigger.weight, item.score) for kind, item in by_type.items()})
    kind = max(kinds, key=kinds.__getitem__)
    item = by_type.get(kind) or told(analysis, sentence, kind)
    return [item._replace(score=score, features=features)]


def frames_of(analysis: Analysis, sentence: Sentence) -> dict[str, tuple[float, float]]:
    """For each type the weight of the best pair of families in a sentence, and the score of its report."""
    return {kind: (item.trigger.weight, item.score) for kind, item in by_frames(analysis, sentence).items()}


def _score(item: Candidate) -> float:
    return item.score


def by_frames(analysis: Analysis, sentence: Sentence) -> dict[str, Candidate]:
    """The strongest report of each type that a pair of families makes."""
    first, last = analysis.token_span(sentence.start, sentence.end)
    return best_reports(analysis, sentence, find_triggers(analysis.tokens, analysis.words, first, last))


def _is_same(analysis: Analysis, one: _Accepted, twin: _Accepted) -> bool:
    """Whether two reports tell one happening."""
    item, other = one.candidate, twin.candidate
    if item.sentence.index == other.sentence.index:
        return True
    mine, theirs = one.day, twin.day
    if mine and theirs and (mine != theirs if item.trigger.type != other.trigger.type else not _overlap(mine, theirs)):
        return False
    if analysis.segments.is_digest:
        is_doubtful = min(item.score, other.score) < _SURE_OF_TWO and not (mine and theirs)
        return _is_one_item(item, other) or (is_doubtful and item.sentence.section == other.sentence.section)
    return True


def _day(analysis: Analysis, item: Candidate) -> EventDate | None:
    """The day of a report: in its sentence, else in the sentence before it in the paragraph."""
    own = own_date(analysis, item)
    if own:
        return own if own.precision in ("day", "interval") else None
    return day_before(analysis, item)


def _is_one_item(item: Candidate, other: Candidate) -> bool:
    first, second = sorted((item.sentence, other.sentence), key=lambda sentence: sentence.index)
    if first.section != second.section:
        return False
    return first.paragraph == second.paragraph or (second.position > 0 and abs(first.paragraph - second.paragraph) <= 1)


def _overlap(one: EventDate, other: EventDate) -> bool:
    return one.start <= other.end and other.start <= one.end


def _outdoes(item: Candidate, twin: Candidate) -> bool:
    """An outcome takes the place of an occasion that scored higher, if both stand close together."""
    if twin.trigger.type not in OCCASIONS or item.trigger.type in OCCASIONS or item.sentence.kind != BODY:
        return False
    if item.sentence.index == twin.sentence.index:
        return item.trigger.weight >= _STRONG and item.score >= twin.score - 1.0
    if item.trigger.weight < _STRONG_ELSEWHERE:
        return False
    return (
        abs(item.sentence.index - twin.sentence.index) <= _NEAR_SENTENCES and item.score >= twin.score - _LOST_AT_MOST
    )
