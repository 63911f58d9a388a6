"""The one way from a document to its events, and the account of why each sentence is or is not one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dashboard.codebook import Event
from dashboard.etl import scoring, telling
from dashboard.etl.analysis import Analysis, analyse
from dashboard.etl.assemble import KindScorer, Verdict, assemble
from dashboard.etl.identity import event_id
from dashboard.etl.kinds import kind_scores
from dashboard.etl.read import Document
from dashboard.etl.segments import BODY, Sentence

START = "start"
ONLY_SAID = "only_said"
"""Two features beside those of the lexicons: what every sentence of its kind starts with (the threshold taken off), and
what a sentence in which somebody only speaks loses."""

_LEAST_SHOWN = 0.0005


@dataclass(frozen=True)
class Explanation:
    """What became of one sentence.

    Shape: `outcome` is `accepted`, `weak`, `repeated`, `outdone` or `silent` (no trigger). `features` are the reasons of
    its best report, each with what it adds to the score; they add up to `score`, the log-odds above the threshold.
    `event_id` is the event that an accepted sentence makes. `of_start` is where the sentence begins that tells the same
    (`repeated`) or took its place (`outdone`); -1 for the other outcomes.
    """

    start: int
    end: int
    text: str
    outcome: str
    rule: str = ""
    type: str = ""
    score: float = 0.0
    features: tuple[tuple[str, float], ...] = ()
    event_id: str = ""
    of_start: int = -1


def extract(document: Document) -> tuple[Event, ...]:
    """The events that a document reports, in the order of the text."""
    return assemble(analyse(document))[0]


def explain(document: Document) -> tuple[Explanation, ...]:
    """For each sentence the rule that made it an event or dropped it."""
    return extract_and_explain(document)[1]


def extract_and_explain(
    document: Document, score_kinds: KindScorer = kind_scores
) -> tuple[tuple[Event, ...], tuple[Explanation, ...]]:
    """The events of a document and the account of its sentences, from one analysis; `score_kinds` chooses the types."""
    analysis = analyse(document)
    events, verdicts = assemble(analysis, score_kinds)
    best: dict[int, Verdict] = {}
    for verdict in sorted(verdicts, key=_rank):
        best.setdefault(verdict.candidate.sentence.index, verdict)
    sentences_of = {verdict.candidate.start: verdict.candidate.sentence.start for verdict in verdicts}
    return events, tuple(
        _explanation(analysis, sentence, best.get(sentence.index), sentences_of)
        for sentence in analysis.segments.sentences
    )


def _rank(verdict: Verdict) -> tuple[bool, float]:
    return (verdict.outcome != "accepted", -verdict.candidate.score)


def _explanation(
    analysis: Analysis, sentence: Sentence, verdict: Verdict | None, sentences_of: Mapping[int, int]
) -> Explanation:
    text = analysis.document.text[sentence.start : sentence.end]
    if verdict is None:
        return Explanation(sentence.start, sentence.end, text, "silent")
    item = verdict.candidate
    return Explanation(
        sentence.start,
        sentence.end,
        text,
        verdict.outcome,
        rule=item.trigger.rule.rstrip(":"),
        type=item.trigger.type,
        score=round(item.score, 3),
        features=tuple(sorted(_weighed(sentence, item))),
        event_id=event_id(analysis.document.document_id, item.anchor) if verdict.outcome == "accepted" else "",
        of_start=sentences_of.get(verdict.of, -1),
    )


def _weighed(sentence: Sentence, item: scoring.Candidate) -> Iterator[tuple[str, float]]:
    """What each feature adds to the score; what adds nothing is left out."""
    weights = telling.weights() if sentence.kind == BODY else scoring.weights()
    parts = {name: weights.get(name, 0.0) * value for name, value in item.features.items()}
    parts[START] = parts.pop("bias", 0.0) - weights[scoring.THRESHOLD]
    parts[ONLY_SAID] = item.score - sum(parts.values())
    return ((name, round(part, 3)) for name, part in parts.items() if abs(part) > _LEAST_SHOWN)
