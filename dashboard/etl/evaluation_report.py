"""An evaluation, as lines for the terminal and as one JSON object for machines."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from dashboard.etl.evaluate import ENOUGH_CASES, Evaluation, Mistake, RuleScore, Score

_DIGITS = 3


def in_words(evaluation: Evaluation) -> str:
    """The evaluation as lines for the terminal."""
    return "\n".join(
        [
            f"Measured on {evaluation.split}.",
            f"{'events':16s} {_score(evaluation.events)}",
            *(f"{name:16s} {_share(right, of)}" for name, (right, of) in evaluation.fields.items()),
            *(f"{name:16s} {_score(score)}" for name, score in evaluation.lists.items()),
            f"{'quotes':16s} {evaluation.quotes[0]} of {evaluation.quotes[1]} verbatim",
            *_spurious_lines(evaluation),
            *_rule_lines(evaluation.rules),
            *_mistake_lines(evaluation.mistakes),
        ]
    )


def to_json(evaluation: Evaluation) -> dict[str, Any]:
    """The evaluation as one object.

    Shape: shares have three digits; a share is null where there is nothing to judge.
    """
    return {
        "split": evaluation.split,
        "documents": evaluation.document_count,
        "events": _score_form(evaluation.events),
        **{
            name: {"right": right, "of": of, "share": _rounded(right / of if of else None)}
            for name, (right, of) in evaluation.fields.items()
        },
        **{name: _score_form(score) for name, score in evaluation.lists.items()},
        "quotes_verbatim": {"right": evaluation.quotes[0], "of": evaluation.quotes[1]},
        "spurious_per_document_without_events": _rounded(evaluation.spurious_per_silent_document),
        "spurious_by_type": evaluation.spurious,
        "rules": [asdict(score) | {"share": _rounded(score.share)} for score in evaluation.rules],
        "mistakes": [asdict(mistake) for mistake in evaluation.mistakes],
    }


def _score_form(score: Score) -> dict[str, Any]:
    shares = {"precision": score.precision, "recall": score.recall, "f1": score.f1}
    return {name: _rounded(share) for name, share in shares.items()} | {
        "right": score.right, "gold": score.coded, "proposed": score.proposed,
    }  # fmt: skip


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, _DIGITS)


def _spurious_lines(evaluation: Evaluation) -> list[str]:
    rate = evaluation.spurious_per_silent_document
    if rate is None:
        return []
    types = ", ".join(f"{count} {name}" for name, count in evaluation.spurious.items())
    return [
        f"{'spurious':16s} {rate:.2f} for each of {evaluation.silent_count} documents without events{f' ({types})' if types else ''}"
    ]


def _rule_lines(rules: Iterable[RuleScore]) -> list[str]:
    return [
        "",
        f"Each rule: right of fired, share, field, rule; the worst first, then those that fired less than {ENOUGH_CASES} times.",
        "An event's rule is right if its event is found, a field's rule is judged on found events; `family:*` is all rules of a family.",
        *(
            f"  {score.right:4d} of {score.fired:4d}  {score.share:.2f}  {score.field:13s} {score.rule}"
            for score in rules
        ),
    ]


def _mistake_lines(mistakes: tuple[Mistake, ...]) -> list[str]:
    lines = [
        "",
        f"{len(mistakes)} mistakes: document | what | coded | proposed | event, with the quotes of both below.",
    ]
    for mistake in mistakes:
        said = (mistake.document, mistake.what, mistake.coded or "–", mistake.proposed or "–", mistake.title)
        lines.append(f"  {' | '.join(said)}")
        for side, quotes in (("coded", mistake.coded_quotes), ("proposed", mistake.proposed_quotes)):
            if quotes:
                quoted = " … ".join(f"“{' '.join(quote.split())}”" for quote in quotes)
                lines.append(f"      {side}: {quoted}")
    return lines


def _score(score: Score) -> str:
    shares = (("precision", score.precision), ("recall", score.recall), ("F1", score.f1))
    said = ", ".join(f"{name} {share:.3f}" for name, share in shares if share is not None)
    return f"{said or 'nothing to judge'} ({score.right} right, {score.coded} coded, {score.proposed} proposed)"


def _share(right: int, of: int) -> str:
    return f"{right} of {of} right{f' ({right / of:.3f})' if of else ''}"
