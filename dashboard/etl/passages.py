"""The stretch of text that tells about one event: its sentence, and the sentences around it that no other event claims."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.etl.analysis import Analysis
from dashboard.etl.scoring import Candidate
from dashboard.etl.segments import BODY, Sentence

_FOLLOWING = 14
_PRECEDING = 2


@dataclass(frozen=True)
class Passage:
    """The sentences about one event: those before its own, its own, those after it, in the order of the text."""

    before: tuple[Sentence, ...]
    own: Sentence
    after: tuple[Sentence, ...]

    @property
    def all(self) -> tuple[Sentence, ...]:
        return (*self.before, self.own, *self.after)


def passage_of(analysis: Analysis, accepted: Sequence[Candidate], index: int) -> Passage:
    """The passage of the accepted report at `index`.

    Rules: it ends before the next report's sentence, and in a newsletter at a heading; it begins behind the report before it.
    """
    own = accepted[index].sentence
    low = max((other.sentence.index for other in accepted if other.sentence.index < own.index), default=-1)
    high = min(
        (other.sentence.index for other in accepted if other.sentence.index > own.index),
        default=len(analysis.segments.sentences),
    )
    body = [part for part in analysis.segments.sentences[low + 1 : high] if part.kind == BODY]
    if analysis.segments.is_digest:
        body = [part for part in body if part.section == own.section]
    after = [part for part in body if part.index > own.index][:_FOLLOWING]
    before = [
        part
        for part in body
        if part.index < own.index and (part.paragraph == own.paragraph or not analysis.segments.is_digest)
    ]
    return Passage(tuple(before[-_PRECEDING:]), own, tuple(after))
