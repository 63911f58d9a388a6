"""The one way from a document to its events, and the account of why each sentence is or is not one."""

from dataclasses import dataclass

from dashboard.codebook import Event
from dashboard.etl.analysis import Analysis, analyse
from dashboard.etl.assemble import Verdict, assemble
from dashboard.etl.read import Document


@dataclass(frozen=True)
class Explanation:
    """What became of one sentence.

    Shape: `outcome` is `accepted`, `weak`, `repeated`, `outdone` or `silent` (no trigger); `features` are the
    reasons of its best report, by name; `score` is their weighed sum above the threshold, in log-odds.
    """

    start: int
    end: int
    text: str
    outcome: str
    rule: str = ""
    type: str = ""
    score: float = 0.0
    features: tuple[tuple[str, float], ...] = ()


def extract(document: Document) -> tuple[Event, ...]:
    """The events that a document reports, in the order of the text."""
    return assemble(analyse(document))[0]


def explain(document: Document) -> tuple[Explanation, ...]:
    """For each sentence the rule that made it an event or dropped it."""
    analysis = analyse(document)
    _, verdicts = assemble(analysis)
    best: dict[int, Verdict] = {}
    for verdict in sorted(verdicts, key=_rank):
        best.setdefault(verdict.candidate.sentence.index, verdict)
    return tuple(_explanation(analysis, index, best.get(index)) for index in range(len(analysis.segments.sentences)))


def _rank(verdict: Verdict) -> tuple[bool, float]:
    return (verdict.outcome != "accepted", -verdict.candidate.score)


def _explanation(analysis: Analysis, index: int, verdict: Verdict | None) -> Explanation:
    sentence = analysis.segments.sentences[index]
    text = analysis.document.text[sentence.start : sentence.end]
    if verdict is None:
        return Explanation(sentence.start, sentence.end, text, "silent")
    item = verdict.candidate
    features = tuple(sorted(item.features.items()))
    return Explanation(
        sentence.start,
        sentence.end,
        text,
        verdict.outcome,
        item.trigger.rule,
        item.trigger.type,
        round(item.score, 3),
        features,
    )
