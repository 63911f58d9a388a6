"""Which kind of event a sentence tells: the words of the sentence and of those behind it, and the frames they make.

Rules: a word speaks for the kinds that `data/reference/event_stems.csv` gives it, each word once, names of organisations
left out; a pair of families speaks for its own kind. The weights stand in `data/reference/kind_weights.csv`, fitted by
`benchmarks/fit_telling.py`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from dashboard.etl.analysis import Analysis, in_sentence
from dashboard.etl.lexicons import lexicon
from dashboard.etl.mentions import Mention
from dashboard.etl.segments import BODY, Sentence

_MOST = 9.0
_BEHIND = 2
_BEFORE = 1
_LEAST_SCORE = -2.0
_BIAS = "bias_"

Frames = Mapping[str, tuple[float, float]]
"""For each type the strongest report of the sentence by frames: the weight of its frame and its score."""


@lru_cache(maxsize=1)
def _stems() -> Mapping[str, tuple[tuple[str, float], ...]]:
    rows = lexicon("event_stems", ["word", "type", "weight"], key=["word", "type"])
    words: dict[str, list[tuple[str, float]]] = {}
    for row in rows:
        words.setdefault(row["word"], []).append((row["type"], float(row["weight"])))
    return {word: tuple(found) for word, found in words.items()}


@lru_cache(maxsize=1)
def _weights() -> Mapping[str, float]:
    rows = lexicon("kind_weights", ["feature", "weight"], key=["feature"])
    return {row["feature"]: float(row["weight"]) for row in rows}


@lru_cache(maxsize=1)
def kinds() -> tuple[str, ...]:
    """The types of the codebook."""
    return tuple(name.removeprefix(_BIAS) for name in _weights() if name.startswith(_BIAS))


def kind_scores(analysis: Analysis, sentence: Sentence, frames: Frames) -> dict[str, float]:
    """How much speaks for each type, in log-odds up to a constant."""
    weights = _weights()
    features = kind_features(analysis, sentence, frames)
    return {
        kind: weights[_BIAS + kind] + sum([weights[name] * value for name, value in found.items()])
        for kind, found in features.items()
    }


def kind_features(analysis: Analysis, sentence: Sentence, frames: Frames) -> dict[str, dict[str, float]]:
    """What speaks for each type: words of the sentence, words around it, frames."""
    index, sentences = sentence.index, analysis.segments.sentences
    own = _spoken(analysis, (sentence,))
    behind = _spoken(analysis, _story(sentence, sentences[index + 1 : index + 1 + _BEHIND]))
    before = _spoken(analysis, _story(sentence, sentences[max(0, index - _BEFORE) : index]))
    return {
        kind: {
            "own": min(own.get(kind, 0.0), _MOST),
            "behind": min(behind.get(kind, 0.0), _MOST),
            "before": min(before.get(kind, 0.0), _MOST),
            "frame": frames[kind][0] if kind in frames else 0.0,
            "score": max(0.0, frames[kind][1] - _LEAST_SCORE) if kind in frames else 0.0,
        }
        for kind in kinds()
    }


def _story(own: Sentence, others: Sequence[Sentence]) -> Iterator[Sentence]:
    return (part for part in others if part.kind == BODY and part.section == own.section)


def _spoken(analysis: Analysis, sentences: Iterable[Sentence]) -> dict[str, float]:
    """What the words outside the names of organisations speak for."""
    stems, found, seen = _stems(), dict[str, float](), set[str]()
    for sentence in sentences:
        first, end = analysis.token_span(sentence.start, sentence.end)
        telling = [pair for pair in enumerate(analysis.tokens.words[first:end], start=first) if pair[1] in stems]
        names = in_sentence(analysis.organisations, sentence) if telling else ()
        for index, word in telling:
            if word in seen or _is_inside(analysis.tokens.starts[index], names):
                continue
            seen.add(word)
            for kind, weight in stems[word]:
                found[kind] = found.get(kind, 0.0) + weight
    return found


def _is_inside(offset: int, names: Sequence[Mention]) -> bool:
    return any(name.start <= offset < name.end for name in names)
