"""Which events hold the terms of a search, and where each event is best matched."""

import ibis
import ibis.expr.types as ir

from dashboard.searching import Term

RANKED = ("title_words", "actor_words", "place_words", "label_words", "quote_words")
"""The columns of `event_search` from the best place to match to the least: what an event is called says most of what it is
about, a quote may only touch on it."""


def found(search: ir.Table, sought: tuple[Term, ...]) -> ir.Table:
    """The events in which every term occurs somewhere.

    Shape: one row an event: event_id, rank: the number in `RANKED` of the best column for the term that is matched worst.
    """
    held = search.filter(*(_anywhere(search, term) for term in sought))
    ranks = [_best(held, term) for term in sought]
    return held.select("event_id", rank=ibis.greatest(*ranks).cast("int8"))


def _anywhere(search: ir.Table, term: Term) -> ir.BooleanValue:
    return ibis.or_(*(search[column].contains(term.needle) for column in RANKED))


def _best(held: ir.Table, term: Term) -> ir.IntegerValue:
    last = len(RANKED) - 1
    cases = [(held[column].contains(term.needle), rank) for rank, column in enumerate(RANKED[:last])]
    return ibis.cases(*cases, else_=last)
