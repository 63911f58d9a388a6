"""Mentions to events: which reports of a document are events, which of them are one, and what each of them says.

Rules: of two reports of one happening the outcome beats the occasion, and the better report the weaker one; a second
happening needs its own day, or its own actors, or (in a newsletter) its own item.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from dashboard.codebook import Event
from dashboard.edtf import EventDate
from dashboard.etl.analysis import Analysis
from dashboard.etl.events import build_event
from dashboard.etl.kinds import kind_scores
from dashboard.etl.scoring import THRESHOLD, Candidate, candidates, told, weights
from dashboard.etl.segments import BODY, Sentence
from dashboard.etl.telling import NO_FRAME, is_only_said, is_worth_reading, telling_features, telling_score
from dashboard.etl.triggers import find_triggers
from dashboard.etl.when import day_before, own_date

OCCASIONS = ("meeting", "visit")
_NEAR_SENTENCES = 3
_LOST_AT_MOST = 2.0
_ONLY_SAID = -1.0
_HOPELESS = -0.5
_STRONG = 1.6
_STRONG_ELSEWHERE = 2.2


@dataclass(frozen=True)
class Verdict:
    """What became of one possible report: `accepted`, `weak` (below the threshold), `repeated` or `outdone`."""

    candidate: Candidate
    outcome: str
    of: int = -1


def assemble(analysis: Analysis) -> tuple[tuple[Event, ...], tuple[Verdict, ...]]:
    """The events of a document in the order of the text, and the verdict on every possible report."""
    verdicts = judge(analysis)
    accepted = sorted((verdict.candidate for verdict in verdicts if verdict.outcome == "accepted"), key=_start)
    return tuple(build_event(analysis, accepted, index) for index in range(len(accepted))), tuple(verdicts)


def _start(item: Candidate) -> int:
    return item.start


def judge(analysis: Analysis) -> list[Verdict]:
    """A verdict on every possible report, the best first."""
    candidates = [best for sentence in analysis.segments.sentences for best in _of_sentence(analysis, sentence)]
    candidates.sort(key=lambda item: (-item.score, item.start))
    verdicts: list[Verdict] = []
    accepted: list[Candidate] = []
    days: dict[int, EventDate | None] = {}
    for item in candidates:
        if item.score < 0:
            verdicts.append(Verdict(item, "weak"))
            continue
        days[item.sentence.index] = _day(analysis, item)
        twin = next((other for other in accepted if _is_same(analysis, item, other, days)), None)
        if twin is None:
            accepted.append(item)
            verdicts.append(Verdict(item, "accepted"))
        elif _outdoes(item, twin):
            accepted[accepted.index(twin)] = item
            verdicts = [
                Verdict(old.candidate, "outdone", item.start) if old.candidate is twin else old for old in verdicts
            ]
            verdicts.append(Verdict(item, "accepted"))
        else:
            verdicts.append(Verdict(item, "repeated", twin.start))
    return verdicts


def _of_sentence(analysis: Analysis, sentence: Sentence) -> list[Candidate]:
    """The reports of one sentence: by frames, one a type; in the body the likeliest type of them all, weighed as a telling.

    Rules: what somebody says without a date is news only if a pair of families says so.
    """
    by_type = _by_frames(analysis, sentence)
    if sentence.kind != BODY:
        ranked = sorted(by_type.values(), key=_score, reverse=True)[:1]
        return [replace(item, score=item.score - weights()[THRESHOLD]) for item in ranked]
    if not by_type and not is_worth_reading(analysis, sentence):
        return []
    best = max((item.score for item in by_type.values()), default=NO_FRAME)
    features = telling_features(analysis, sentence, best)
    score = telling_score(features)
    if is_only_said(features) and best < weights()[THRESHOLD]:
        score = min(score, _ONLY_SAID)
    if score < _HOPELESS:
        return [replace(item, score=score, features=features) for item in sorted(by_type.values(), key=_score)[-1:]]
    kinds = kind_scores(analysis, sentence, {kind: (item.trigger.weight, item.score) for kind, item in by_type.items()})
    kind = max(kinds, key=kinds.__getitem__)
    item = by_type.get(kind) or told(analysis, sentence, kind)
    return [replace(item, score=score, features=features)]


def frames_of(analysis: Analysis, sentence: Sentence) -> dict[str, tuple[float, float]]:
    """For each type the weight of the best pair of families in a sentence, and the score of its report."""
    return {kind: (item.trigger.weight, item.score) for kind, item in _by_frames(analysis, sentence).items()}


def _score(item: Candidate) -> float:
    return item.score


def _by_frames(analysis: Analysis, sentence: Sentence) -> dict[str, Candidate]:
    """The strongest report of each type that a pair of families makes."""
    first, last = analysis.token_span(sentence.start, sentence.end)
    best: dict[str, Candidate] = {}
    for item in candidates(analysis, sentence, find_triggers(analysis.tokens, analysis.words, first, last)):
        known = best.get(item.trigger.type)
        if known is None or item.score > known.score:
            best[item.trigger.type] = item
    return best


def _is_same(analysis: Analysis, item: Candidate, other: Candidate, days: Mapping[int, EventDate | None]) -> bool:
    """Whether two reports tell one happening; `days` are the days of reports, by sentence."""
    if item.sentence.index == other.sentence.index:
        return True
    mine, theirs = days[item.sentence.index], days[other.sentence.index]
    if mine and theirs and (mine != theirs if item.trigger.type != other.trigger.type else not _overlap(mine, theirs)):
        return False
    if analysis.segments.is_digest:
        return _is_one_item(item, other)
    return True


def _day(analysis: Analysis, item: Candidate) -> EventDate | None:
    """The day of a report: in its sentence, else in the sentence before it in the paragraph."""
    own = own_date(analysis, item).date
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
