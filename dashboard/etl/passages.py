"""The stretch of text that tells about one event: its sentence, and the sentences around it that no other event claims."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dashboard.etl.analysis import Analysis
from dashboard.etl.scoring import Candidate
from dashboard.etl.segments import BODY, Sentence

_FOLLOWING = 14
_PRECEDING = 2
_COUNTED_BEHIND = 3


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
    low = _neighbour(accepted, index, -1, default=-1)
    high = _neighbour(accepted, index, 1, default=len(analysis.segments.sentences))
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


def _neighbour(accepted: Sequence[Candidate], index: int, step: int, *, default: int) -> int:
    """The sentence of the next report before or behind one; the reports are in the order of the text."""
    own = accepted[index].sentence.index
    while 0 <= index < len(accepted):
        if accepted[index].sentence.index != own:
            return accepted[index].sentence.index
        index += step
    return default


def around_report(passage: Passage, reach: int) -> Iterator[tuple[str, Sentence]]:
    """The sentences of a passage, up to `reach` behind its own, each with how it stands to the report: `own`, `before_1`, `after_2` …"""
    yield "own", passage.own
    for distance, sentence in enumerate(reversed(passage.before), start=1):
        yield f"before_{distance}", sentence
    for distance, sentence in enumerate(passage.after[:reach], start=1):
        yield f"after_{distance}" if distance <= _COUNTED_BEHIND else "later", sentence
