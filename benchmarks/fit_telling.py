"""Fit the two small linear models of the extractor on the open half of the annotated documents, and cross-validate them.

`python -m benchmarks.fit_telling` prints the score on held-out documents; with `--write` it fits on all of them and writes
`data/reference/telling_weights.csv` (does a sentence report an event) and `kind_weights.csv` (an event of which type).

Rules: a sentence is a report if it shares twelve characters with a coded event's `type` quote. Documents that the rules
were written with (`a*`) weigh less than those that they never met (`c*`), so that the frames are trusted no more than
they deserve. Folds are whole documents.
"""

import argparse
import csv
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from dashboard.codebook import Event
from dashboard.etl.analysis import analyse
from dashboard.etl.assemble import frames_of
from dashboard.etl.evaluate import SHARED_CHARACTERS, read_coded_events
from dashboard.etl.kinds import kind_features
from dashboard.etl.read import Document, read_folder
from dashboard.etl.segments import BODY, Sentence
from dashboard.etl.telling import NO_FRAME, is_worth_reading, telling_features

CORPUS = Path("tests/fixtures/corpus")
REFERENCE = Path("data/reference")
FOLDS = 8
PENALTY = 1.0
LEAST_SENTENCES = 4
WEIGHT_OF_FAMILIAR = 0.3
TIED = 0.01
SMOOTHED = 7
THRESHOLDS = np.arange(-2.0, 2.0, 0.1)

Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Row:
    """One sentence of the body: its features, the types of the events it reports (none for most), features by type."""

    document: str
    features: dict[str, float]
    types: tuple[str, ...]
    kinds: dict[str, dict[str, float]]


def main() -> None:
    """Cross-validate, and with `--write` fit on everything."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="write the weights fitted on all documents")
    options = parser.parse_args()
    rows = read_rows()
    print(f"{len(rows)} sentences, {sum(bool(row.types) for row in rows)} of them reports")
    scores = held_out(rows, FOLDS)
    threshold = best_threshold(rows, scores)
    for name, is_ours in (("a*", _is_familiar), ("c*", _is_new)):
        print(f"telling {name}: {in_words(rows, scores, threshold, is_ours)}")
        print(f"type    {name}: {type_share(rows, FOLDS, is_ours):.3f} right of reports held out")
    if options.write:
        write_telling(rows, threshold)
        write_kinds(rows)


def _is_familiar(document: str) -> bool:
    return document.startswith("a")


def _is_new(document: str) -> bool:
    return not _is_familiar(document)


def read_rows() -> list[Row]:
    """Every sentence of the body that a report may stand in."""
    coded: dict[str, list[Event]] = {}
    for event in read_coded_events(CORPUS / "open.gold.jsonl"):
        coded.setdefault(event.document, []).append(event)
    documents = read_folder(CORPUS / "open").documents
    return [row for document in documents for row in _rows_of(document, coded.get(document.name, []))]


def _rows_of(document: Document, coded: Sequence[Event]) -> Iterable[Row]:
    analysis = analyse(document)
    for sentence in analysis.segments.sentences:
        frames = frames_of(analysis, sentence)
        if sentence.kind != BODY or not (frames or is_worth_reading(analysis, sentence)):
            continue
        best = max((score for _, score in frames.values()), default=NO_FRAME)
        types = tuple(event.type for event in coded if reports(sentence, event))
        kinds = kind_features(analysis, sentence, frames) if types else {}
        yield Row(document.name, telling_features(analysis, sentence, best), types, kinds)


def reports(sentence: Sentence, event: Event) -> bool:
    """Whether a sentence shares enough with an event's `type` quotes to be its report."""
    needed = min(SHARED_CHARACTERS, sentence.end - sentence.start)
    return any(
        min(sentence.end, quote.end) - max(sentence.start, quote.start) >= needed for quote in event.evidence["type"]
    )


def fit_logistic(matrix: Array, labels: Array, weights: Array, penalty: Array) -> Array:
    """Weights of a logistic regression with a ridge, by Newton's method."""
    theta = np.zeros(matrix.shape[1])
    for _ in range(30):
        chance = 1 / (1 + np.exp(-matrix @ theta))
        gradient = matrix.T @ (weights * (chance - labels)) + penalty * theta
        curvature = (matrix * (weights * chance * (1 - chance))[:, None]).T @ matrix + np.diag(penalty)
        step = np.linalg.solve(curvature, gradient)
        theta -= step
        if np.abs(step).max() < 1e-6:
            break
    return theta


def _matrix(rows: Sequence[Row]) -> tuple[Array, list[str]]:
    counts: dict[str, int] = {}
    for row in rows:
        for name in row.features:
            counts[name] = counts.get(name, 0) + 1
    names = sorted(name for name, count in counts.items() if count >= LEAST_SENTENCES)
    return np.array([[row.features.get(name, 0.0) for name in names] for row in rows]), names


def _fit(matrix: Array, rows: Sequence[Row], names: Sequence[str], chosen: npt.NDArray[np.bool_]) -> Array:
    labels = np.array([float(bool(row.types)) for row in rows])
    weights = np.array([WEIGHT_OF_FAMILIAR if _is_familiar(row.document) else 1.0 for row in rows])
    penalty = np.array([0.01 if name == "bias" else PENALTY for name in names])
    return fit_logistic(matrix[chosen], labels[chosen], weights[chosen], penalty)


def _folds(rows: Sequence[Row], count: int) -> npt.NDArray[np.int64]:
    documents = sorted({row.document for row in rows})
    fold_of = {document: position % count for position, document in enumerate(documents)}
    return np.array([fold_of[row.document] for row in rows])


def held_out(rows: Sequence[Row], count: int) -> Array:
    """The score of each sentence by a model that has not seen its document."""
    matrix, names = _matrix(rows)
    folds, scores = _folds(rows, count), np.zeros(len(rows))
    for fold in range(count):
        scores[folds == fold] = matrix[folds == fold] @ _fit(matrix, rows, names, folds != fold)
    return scores


def best_threshold(rows: Sequence[Row], scores: Array) -> float:
    """The middle of the thresholds that are as good as the best on the held-out sentences of new documents (F1, smoothed).

    Rules: as good means less than `TIED` behind; one end of a flat top would be chance.
    """
    shares = np.array([_counts(rows, scores, float(value), _is_new)[3] for value in THRESHOLDS])
    smooth = np.convolve(shares, np.ones(SMOOTHED) / SMOOTHED, mode="valid")
    good = np.flatnonzero(smooth >= smooth.max() - TIED)
    return float(THRESHOLDS[int(np.median(good)) + SMOOTHED // 2])


def _counts(
    rows: Sequence[Row], scores: Array, threshold: float, is_ours: Callable[[str], bool]
) -> tuple[int, int, int, float]:
    pairs = [
        (score >= threshold, bool(row.types)) for row, score in zip(rows, scores, strict=True) if is_ours(row.document)
    ]
    right = sum(said and is_so for said, is_so in pairs)
    proposed, coded = sum(said for said, _ in pairs), sum(is_so for _, is_so in pairs)
    return right, proposed, coded, 2 * right / (proposed + coded)


def in_words(rows: Sequence[Row], scores: Array, threshold: float, is_ours: Callable[[str], bool]) -> str:
    """Precision, recall and F1 of sentences."""
    right, proposed, coded, f1 = _counts(rows, scores, threshold, is_ours)
    return f"precision {right / max(1, proposed):.3f}, recall {right / coded:.3f}, F1 {f1:.3f} at {threshold:.1f}"


def _kind_matrix(row: Row, names: Sequence[str], kinds: Sequence[str]) -> Array:
    return np.array([[row.kinds[kind][name] for name in names] for kind in kinds])


def fit_kinds(rows: Sequence[Row]) -> tuple[Array, Array, list[str], list[str]]:
    """Weights of a conditional logit over the types: one a feature, and a bias for each type."""
    kinds = sorted(rows[0].kinds)
    names = sorted(rows[0].kinds[kinds[0]])
    cases = [(_kind_matrix(row, names, kinds), kinds.index(kind)) for row in rows for kind in row.types]
    theta, bias = np.zeros(len(names)), np.zeros(len(kinds))
    for _ in range(400):
        slope, bias_slope = -0.05 * theta, -0.5 * bias
        for matrix, kind in cases:
            worth = matrix @ theta + bias
            chance = np.exp(worth - worth.max())
            error = -chance / chance.sum()
            error[kind] += 1
            slope += matrix.T @ error
            bias_slope += error
        theta += 0.1 * slope / len(cases)
        bias += 0.1 * bias_slope / len(cases)
    return theta, bias, names, kinds


def type_share(rows: Sequence[Row], count: int, is_ours: Callable[[str], bool]) -> float:
    """The share of reports whose type a model that has not seen their document names rightly."""
    folds, judged = _folds(rows, count), []
    for fold in range(count):
        theta, bias, names, kinds = fit_kinds(
            [row for row, own in zip(rows, folds, strict=True) if own != fold and row.types]
        )
        for row, own in zip(rows, folds, strict=True):
            if own == fold and row.types and is_ours(row.document):
                worth = _kind_matrix(row, names, kinds) @ theta + bias
                judged.append(kinds[int(worth.argmax())] in row.types)
    return sum(judged) / len(judged)


def write_telling(rows: Sequence[Row], threshold: float) -> None:
    """Fit on all documents and write the weights."""
    matrix, names = _matrix(rows)
    theta = _fit(matrix, rows, names, np.ones(len(rows), dtype=bool))
    _write("telling_weights", [("threshold", threshold), *zip(names, theta, strict=True)])


def write_kinds(rows: Sequence[Row]) -> None:
    """Fit the types on all documents and write the weights."""
    theta, bias, names, kinds = fit_kinds([row for row in rows if row.types])
    biases = [(f"bias_{kind}", value) for kind, value in zip(kinds, bias, strict=True)]
    _write("kind_weights", [*zip(names, theta, strict=True), *biases])


def _write(name: str, weights: Iterable[tuple[str, float]]) -> None:
    reason = "fitted on the open half of the annotated documents by benchmarks/fit_telling.py"
    with (REFERENCE / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["feature", "weight", "reason"])
        writer.writerows((feature, f"{weight:.3f}", reason) for feature, weight in weights)


if __name__ == "__main__":
    main()
