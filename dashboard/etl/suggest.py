"""What the machine reads in words that an analyst selected: a whole event, or the value of one field."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, TypeVar

from dashboard.codebook import Event
from dashboard.etl.analysis import Analysis, analyse
from dashboard.etl.assemble import frames_of, judge
from dashboard.etl.events import build_event, quote
from dashboard.etl.identity import selection_id
from dashboard.etl.kinds import kind_scores
from dashboard.etl.mentions import Mention
from dashboard.etl.read import Document
from dashboard.etl.scoring import Candidate, told
from dashboard.etl.segments import Sentence

M = TypeVar("M", bound=Mention)

RULE = "selected"
KEPT_ANALYSES = 8


@dataclass(frozen=True)
class Suggestion:
    """Shape: `value` in the codebook's JSON form, None where nothing was recognised; for `sectors`, `countries` and
    `actors` the list of what the words name."""

    value: Any
    basis: str = ""


def suggest_event(document: Document, start: int, end: int) -> Event:
    """The event that the selected words report, as the machine would have proposed it had it taken them for one.

    Rules: the selection is the quote for the type and gives the title; dates, site and parties come from the passage
    around it, as for every event. The id hashes the document and the selection.
    """
    analysis = _analysis(document)
    report = _report(analysis, _sentence(analysis, start), start)
    others = [verdict.candidate for verdict in judge(analysis) if verdict.outcome == "accepted"]
    apart = [item for item in others if item.sentence.index != report.sentence.index]
    candidates = sorted([*apart, report], key=_place)
    event = build_event(analysis, candidates, candidates.index(report))
    told_by = (quote(analysis, start, end, rule=RULE),)
    title = " ".join(document.text[start:end].split())
    return replace(
        event.with_evidence("type", told_by),
        event_id=selection_id(document.document_id, start, end),
        title=title,
        certainty=None,
    )


def suggest_value(document: Document, field: str, start: int, end: int) -> Suggestion:
    """What the selected words say about one field, by the same rules that read the whole document."""
    analysis = _analysis(document)
    match field:
        case "type":
            report = _report(analysis, _sentence(analysis, start), start)
            return Suggestion(report.trigger.type)
        case "date":
            dates = _inside(analysis.dates, start, end)
            return Suggestion(str(dates[0].date), dates[0].basis) if dates else Suggestion(None)
        case "site":
            sites = [place.site for place in _inside(analysis.places, start, end) if place.site]
            is_virtual = any(place.role == "virtual" for place in _inside(analysis.places, start, end))
            countries = [mention.value for mention in _inside(analysis.countries, start, end)]
            known = sites[0].to_json() if sites else {"country": countries[0]} if countries else None
            return Suggestion("virtual" if is_virtual and not sites else known)
        case "sectors":
            return Suggestion(_values(_inside(analysis.sectors, start, end)))
        case "countries":
            return Suggestion(_values(_inside(analysis.countries, start, end)))
        case _:
            actors = [
                mention.actor.to_json() for mention in _inside([*analysis.organisations, *analysis.persons], start, end)
            ]
            return Suggestion(list({actor["name"]: actor for actor in actors}.values()))


@lru_cache(maxsize=KEPT_ANALYSES)
def _analysis(document: Document) -> Analysis:
    return analyse(document)


def _sentence(analysis: Analysis, start: int) -> Sentence:
    """The sentence in which the selection starts, else the next one, else the last."""
    sentences = analysis.segments.sentences
    return next((sentence for sentence in sentences if sentence.end > start), sentences[-1])


def _report(analysis: Analysis, sentence: Sentence, start: int) -> Candidate:
    """A report of the likeliest type, whatever the threshold says; it starts where the selection starts."""
    kinds = kind_scores(analysis, sentence, frames_of(analysis, sentence))
    report = told(analysis, sentence, max(kinds, key=kinds.__getitem__))
    return report._replace(start=start)


def _place(item: Candidate) -> tuple[int, int]:
    return item.sentence.index, item.start


def _inside(mentions: Sequence[M], start: int, end: int) -> list[M]:
    """The mentions that share a character with the selection, the longest first."""
    return sorted(
        (mention for mention in mentions if mention.start < end and start < mention.end),
        key=lambda mention: mention.start - mention.end,
    )


def _values(mentions: Sequence[Mention]) -> list[str]:
    return list(dict.fromkeys(mention.value for mention in sorted(mentions, key=lambda mention: mention.start)))
