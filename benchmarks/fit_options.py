"""Fit the linear models that choose an event's site and date on the open half of the annotated documents, and cross-validate them.

`python -m benchmarks.fit_options` prints how often each is right in documents held out whole; with `--write` it fits on all of
them and writes `data/reference/site_weights.csv` and `date_weights.csv`.

Rules: the events are the coded ones, each at the sentence where its `type` quote begins; an event whose value is no option
teaches nothing, and counts as wrong. The model is a conditional logit: the likelihood of all options of the coded value
together, with a ridge.
"""

import argparse
import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from dashboard.codebook import Event
from dashboard.edtf import EventDate
from dashboard.etl.analysis import Analysis, analyse
from dashboard.etl.assemble import by_frames
from dashboard.etl.date_options import date_options
from dashboard.etl.evaluate import is_same_site, read_coded_events
from dashboard.etl.passages import passage_of
from dashboard.etl.read import read_folder
from dashboard.etl.scoring import Candidate, told
from dashboard.etl.site_options import site_options
from dashboard.etl.weighing import Option, likeliest

CORPUS = Path("tests/fixtures/corpus")
REFERENCE = Path("data/reference")
FOLDS = 8
PENALTY = 2.0
STEPS = 600
RATE = 0.15
LEAST_EVENTS = 3

Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Example:
    """One coded event: its options, the value of each, and which of them are the coded value."""

    document: str
    options: tuple[Option, ...]
    values: tuple[Any, ...]
    is_right: tuple[bool, ...]


def main() -> None:
    """Cross-validate, and with `--write` fit on everything."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="write the weights fitted on all documents")
    options = parser.parse_args()
    for name, examples in read_examples().items():
        possible = sum(any(example.is_right) for example in examples)
        print(f"{name}: {len(examples)} events; the coded value is among the options of {possible / len(examples):.3f}")
        print(f"{name}: right in documents held out: {held_out(examples):.3f}")
        if options.write:
            write(name, fit(examples))


def read_examples() -> dict[str, list[Example]]:
    """Every coded event of the open half with its options, for the site and for the date."""
    coded: dict[str, list[Event]] = {}
    for event in read_coded_events(CORPUS / "open.gold.jsonl"):
        coded.setdefault(event.document, []).append(event)
    examples: dict[str, list[Example]] = {"site": [], "date": []}
    for document in read_folder(CORPUS / "open").documents:
        analysis = analyse(document)
        events = sorted(coded.get(document.name, []), key=lambda event, analysis=analysis: report_of(analysis, event))
        items = [report(analysis, event) for event in events]
        for order, event in enumerate(events):
            passage = passage_of(analysis, items, order)
            sites, dates = site_options(analysis, items[order], passage), date_options(analysis, items[order], passage)
            examples["site"].append(example(event, sites, [option.site for option in sites], is_same_site))
            examples["date"].append(example(event, dates, [option.date for option in dates], is_same_date))
    return examples


def report(analysis: Analysis, event: Event) -> Candidate:
    """The report of a coded event as the extractor would have it: by a pair of families of its type, else the whole sentence."""
    sentence = analysis.segments.sentences[report_of(analysis, event)]
    return by_frames(analysis, sentence).get(event.type) or told(analysis, sentence, event.type)


def report_of(analysis: Analysis, event: Event) -> int:
    """The sentence in which the event's report begins."""
    start = min(quote.start for quote in event.evidence["type"])
    return max((part.index for part in analysis.segments.sentences if part.start <= start), default=0)


def example(
    event: Event, options: Sequence[Option], values: Sequence[Any], is_same: Callable[[Any, Any], bool]
) -> Example:
    coded = event.site if is_same is is_same_site else event.date
    return Example(event.document, tuple(options), tuple(values), tuple(is_same(value, coded) for value in values))


def is_same_date(one: EventDate | None, other: EventDate | None) -> bool:
    """Equal but for a question mark."""
    return bool(one and other) and replace(one, is_guess=False) == replace(other, is_guess=False)


def held_out(examples: Sequence[Example]) -> float:
    """The share of events whose value is right, each judged by a model that has not seen its document."""
    names = sorted({example.document for example in examples})
    right = 0
    for fold in range(FOLDS):
        out = set(names[fold::FOLDS])
        weights = fit([example for example in examples if example.document not in out])
        right += sum(is_right(example, weights) for example in examples if example.document in out)
    return right / len(examples)


def is_right(example: Example, weights: dict[str, float]) -> bool:
    values = {id(option): value for option, value in zip(example.options, example.values, strict=True)}
    best = likeliest(example.options, lambda option: values[id(option)], weights)
    return example.is_right[[id(option) for option in example.options].index(id(best))]


def fit(examples: Sequence[Example]) -> dict[str, float]:
    """The weights of the conditional logit."""
    usable = [example for example in examples if any(example.is_right)]
    names = frequent(usable)
    columns = {name: index for index, name in enumerate(names)}
    rows, groups, right = [], [], []
    for number, example in enumerate(usable):
        for option, is_it in zip(example.options, example.is_right, strict=True):
            row = np.zeros(len(names))
            row[[columns[name] for name in option.features if name in columns]] = 1.0
            rows.append(row)
            groups.append(number)
            right.append(is_it)
    weights = ascend(np.array(rows), np.array(groups), np.array(right, dtype=float))
    return dict(zip(names, weights.tolist(), strict=True))


def frequent(examples: Sequence[Example]) -> list[str]:
    """The features that occur in events enough to be weighed."""
    counts: dict[str, int] = {}
    for example in examples:
        for name in {name for option in example.options for name in option.features}:
            counts[name] = counts.get(name, 0) + 1
    return sorted(name for name, count in counts.items() if count >= LEAST_EVENTS)


def ascend(rows: Array, groups: npt.NDArray[np.int64], right: Array) -> Array:
    """Gradient steps with momentum (Adam) up the penalised likelihood."""
    weights = np.zeros(rows.shape[1])
    first, second = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, STEPS + 1):
        scores = np.exp(rows @ weights)
        everything = scores / np.bincount(groups, scores)[groups]
        hits = scores * right
        correct = hits / np.bincount(groups, hits)[groups]
        gradient = rows.T @ (correct - everything) - PENALTY * weights
        first, second = 0.9 * first + 0.1 * gradient, 0.999 * second + 0.001 * gradient**2
        weights = weights + RATE * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
    return weights


def write(name: str, weights: dict[str, float]) -> None:
    reason = "fitted on the open half of the annotated documents by benchmarks/fit_options.py"
    with (REFERENCE / f"{name}_weights.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(("feature", "weight", "reason"))
        writer.writerows((feature, f"{weight:.3f}", reason) for feature, weight in sorted(weights.items()))


if __name__ == "__main__":
    main()
