"""Fit the linear model that chooses an event's sectors on the open half of the annotated documents, and cross-validate it.

`python -m benchmarks.fit_sectors` prints precision, recall and F1 in documents held out whole; with `--write` it fits on
all of them and writes `data/reference/sector_weights.csv`.

Rules: the events are the coded ones, each at the sentence where its `type` quote begins. One row is one sector that the
passage has a term of; one set of weights serves all sectors. A logistic regression with a ridge, by Newton's steps; the
bound above which a second sector is kept is inside the bias, so that it stands at log-odds of nought.
"""

import argparse
import csv
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from benchmarks.fit_options import CORPUS, REFERENCE, report_of
from dashboard.codebook import Event
from dashboard.etl.analysis import analyse
from dashboard.etl.evaluate import read_coded_events
from dashboard.etl.passages import passage_of
from dashboard.etl.read import read_folder
from dashboard.etl.scoring import told
from dashboard.etl.sector_options import sector_options

FOLDS = 8
PENALTY = 1.0
STEPS = 12
BOUND = 0.4
LEAST_OPTIONS = 4
MOST_SECTORS = 3
BIAS = "bias"
FALLBACK = "general"

Array = npt.NDArray[np.float64]
Weights = Mapping[str, float]


@dataclass(frozen=True)
class Example:
    """One coded event: its sectors, and the features of each sector that it may have."""

    document: str
    coded: frozenset[str]
    options: Mapping[str, Mapping[str, float]]


def main() -> None:
    """Cross-validate, and with `--write` fit on everything."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="write the weights fitted on all documents")
    options = parser.parse_args()
    examples = read_examples()
    possible = sum(len(example.coded & set(example.options)) for example in examples)
    print(
        f"{len(examples)} events; {possible / sum(len(example.coded) for example in examples):.3f} of their sectors are options"
    )
    print("held out: precision {:.3f}, recall {:.3f}, F1 {:.3f}".format(*held_out(examples)))
    if options.write:
        write(fit(examples))


def read_examples(corpus: Path = CORPUS) -> list[Example]:
    """Every coded event of the open half."""
    coded: dict[str, list[Event]] = {}
    for event in read_coded_events(corpus / "open.gold.jsonl"):
        coded.setdefault(event.document, []).append(event)
    examples = []
    for document in read_folder(corpus / "open").documents:
        analysis = analyse(document)
        reports = sorted(
            ((report_of(analysis, event), event.type, event) for event in coded.get(document.name, [])),
            key=lambda report: report[0],
        )
        items = [told(analysis, analysis.segments.sentences[index], kind) for index, kind, _ in reports]
        for order, (_, _, event) in enumerate(reports):
            found = sector_options(analysis, items[order], passage_of(analysis, items, order))
            features = {option.sector: option.features for option in found}
            examples.append(Example(document.name, frozenset(event.sectors), features))
    return examples


def held_out(examples: Sequence[Example]) -> tuple[float, float, float]:
    """Precision, recall and F1 of sectors, each event judged by a model that has not seen its document."""
    names = sorted({example.document for example in examples})
    right = told_of = coded = 0
    for fold in range(FOLDS):
        out = set(names[fold::FOLDS])
        weights = fit([example for example in examples if example.document not in out])
        for example in (example for example in examples if example.document in out):
            chosen = choose(example, weights)
            right, told_of, coded = (
                right + len(chosen & example.coded),
                told_of + len(chosen),
                coded + len(example.coded),
            )
    return right / told_of, right / coded, 2 * right / (told_of + coded)


def choose(example: Example, weights: Weights) -> frozenset[str]:
    """The likeliest sector, and those above the bound."""
    odds = {sector: log_odds(features, weights) for sector, features in example.options.items()}
    ranked = sorted(odds, key=lambda sector: -odds[sector])
    kept = [sector for place, sector in enumerate(ranked) if not place or odds[sector] > 0][:MOST_SECTORS]
    return frozenset(kept or [FALLBACK])


def log_odds(features: Mapping[str, float], weights: Weights) -> float:
    return weights[BIAS] + sum(weights.get(name, 0.0) * value for name, value in features.items())


def fit(examples: Sequence[Example]) -> Weights:
    """The weights of the regression, the bound inside the bias."""
    pairs = [
        (features, sector in example.coded) for example in examples for sector, features in example.options.items()
    ]
    names = frequent(features for features, _ in pairs)
    columns = {name: index for index, name in enumerate(names)}
    rows = np.zeros((len(pairs), len(names) + 1))
    rows[:, -1] = 1.0
    for number, (features, _) in enumerate(pairs):
        for name in features.keys() & columns.keys():
            rows[number, columns[name]] = features[name]
    weights = newton(rows, np.array([right for _, right in pairs], dtype=float))
    weights[-1] += math.log((1 - BOUND) / BOUND)
    return dict(zip([*names, BIAS], weights.tolist(), strict=True))


def frequent(options: Iterable[Mapping[str, float]]) -> list[str]:
    """The features that occur often enough to be weighed."""
    counts: dict[str, int] = {}
    for features in options:
        for name in features:
            counts[name] = counts.get(name, 0) + 1
    return sorted(name for name, count in counts.items() if count >= LEAST_OPTIONS)


def newton(rows: Array, right: Array) -> Array:
    """Newton's steps up the penalised likelihood; the bias, the last column, bears no penalty."""
    weights = np.zeros(rows.shape[1])
    ridge = np.full(rows.shape[1], PENALTY)
    ridge[-1] = 1e-6
    for _ in range(STEPS):
        likely = 1 / (1 + np.exp(-rows @ weights))
        gradient = rows.T @ (right - likely) - ridge * weights
        curvature = (rows * (likely * (1 - likely))[:, None]).T @ rows + np.diag(ridge)
        weights = weights + np.linalg.solve(curvature, gradient)
    return weights


def write(weights: Weights) -> None:
    reason = "fitted on the open half of the annotated documents by benchmarks/fit_sectors.py"
    with (REFERENCE / "sector_weights.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(("feature", "weight", "reason"))
        writer.writerows((name, f"{weight:.3f}", reason) for name, weight in sorted(weights.items()))


if __name__ == "__main__":
    main()
