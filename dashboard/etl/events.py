"""One accepted report with its date, site, sectors, countries and actors, each with the quotes that prove it."""

import math
from collections.abc import Iterable, Sequence

from dashboard.codebook import Event, Quote
from dashboard.etl.analysis import Analysis
from dashboard.etl.identity import event_id
from dashboard.etl.passages import passage_of
from dashboard.etl.scoring import Candidate
from dashboard.etl.what import event_sectors, event_title, report_span
from dashboard.etl.when import When, event_when
from dashboard.etl.where import event_spot
from dashboard.etl.who import event_actors, event_countries

_LARGEST_LOG_ODDS = 30.0


def build_event(analysis: Analysis, accepted: Sequence[Candidate], index: int) -> Event:
    """The event that the accepted report at `index` tells."""
    item, passage = accepted[index], passage_of(analysis, accepted, index)
    when = event_when(analysis, item, passage)
    spot = event_spot(analysis, item, passage)
    actors = event_actors(analysis, passage, is_alone=len(accepted) == 1)
    countries = event_countries(analysis, item, passage, actors, spot.site)
    sectors = event_sectors(analysis, item, passage)
    span = report_span(analysis, item)
    return Event(
        event_id=event_id(analysis.document.document_id, item.anchor),
        document=analysis.document.name,
        title=event_title(analysis, span),
        type=item.trigger.type,
        date=when.date,
        date_basis=when.basis,
        site=spot.site,
        countries=tuple(code for code, _ in countries),
        sectors=tuple(sector for sector, _ in sectors) or ("general",),
        actors=tuple(mention.actor for mention in actors),
        evidence={
            "type": (quote(analysis, *span, rule=item.trigger.rule),),
            "date": _date_quotes(analysis, when),
            "site": tuple(quote(analysis, *place, rule=spot.rule) for place in spot.spans),
            "sectors": tuple(
                quote(analysis, mention.start, mention.end, rule=mention.rule, value=sector)
                for sector, mention in sectors
            ),
            "countries": tuple(quote(analysis, *place, rule="country", value=code) for code, place in countries),
            "actors": tuple(
                quote(analysis, mention.start, mention.end, rule=mention.rule, value=mention.actor.name)
                for mention in actors
            ),
        },
        certainty=certainty(item),
    )


def certainty(item: Candidate) -> float:
    """The likelihood that a report is an event, to a thousandth: its score is the log-odds above the threshold."""
    return round(1 / (1 + math.exp(-max(-_LARGEST_LOG_ODDS, min(item.score, _LARGEST_LOG_ODDS)))), 3)


def quote(analysis: Analysis, start: int, end: int, *, rule: str, value: str = "") -> Quote:
    """A verbatim quote of the raw text. A word that a line break cut in two is quoted to its end."""
    text, view = analysis.document.text, analysis.view
    while end < len(text) and text[end].isalnum() and view[end] == " ":
        end += 1
    return Quote(analysis.document.name, text[start:end], start, end, value, rule)


def _date_quotes(analysis: Analysis, when: When) -> tuple[Quote, ...]:
    """The expression, then the span that lent it a year or a base; for a publication date the span that dates the document."""
    spans = [(mention.start, mention.end, mention.rule) for mention in when.mentions]
    lent = [span for mention in when.mentions for span in mention.lent] if when.mentions else analysis.publication.span
    spans += [(start, end, analysis.publication.rule) for start, end in lent]
    return tuple(quote(analysis, start, end, rule=rule) for start, end, rule in _unique(spans))


def _unique(spans: Iterable[tuple[int, int, str]]) -> Iterable[tuple[int, int, str]]:
    return {(start, end): (start, end, rule) for start, end, rule in spans}.values()
