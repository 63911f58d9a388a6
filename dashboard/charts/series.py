"""What comes back, as HTML: each series with its past dates as links, and when the next is expected."""

from collections.abc import Mapping, Sequence
from datetime import date
from html import escape

import pandas as pd

from dashboard.charts.theme import counted
from dashboard.edtf import in_words, parse_edtf
from dashboard.queries.series import Occasion, Recurring, Series

BASES = {"numbered": "counted in the titles", "same actors": "same organisations and type"}
MOST_DATES = 12
"""Past dates that are shown of a series, the latest."""


def listed(series: Sequence[Series], until: date | None, hrefs: Mapping[str, str]) -> str:
    """One item a series; `hrefs` has the address of each event's page by event_id."""
    return f'<ul class="series">{"".join(_item(one, until, hrefs) for one in series)}</ul>'


def state(one: Series, until: date | None) -> str:
    """Overdue, expected, or why nothing is expected."""
    if one.due is None:
        return "Seen once: the rhythm is not known" if len(one.occasions) == 1 else "No regular interval"
    window = f"{_month(one.due[0])} to {_month(one.due[1])}"
    if until and one.is_overdue(until):
        return f"Overdue: expected {window}, not in what was read up to {until.day} {until:%B %Y}"
    return f"Expected {window}"


def sentence(found: Recurring) -> str:
    """How many series there are, and how many are overdue."""
    regular = [one for one in found.series if one.rhythm]
    overdue = [one for one in regular if found.until and one.is_overdue(found.until)]
    once = len(found.series) - len(regular)
    rest = f" {once} more {'is' if once == 1 else 'are'} counted in a title but without a rhythm." if once else ""
    return f"{counted(len(regular), 'recurring serie') if len(regular) != 1 else '1 recurring series'}, {len(overdue)} overdue.{rest}"


def table(found: Recurring) -> pd.DataFrame:
    """One row a series."""
    return pd.DataFrame({
        "series": [one.name for one in found.series],
        "rhythm": [one.rhythm.name if one.rhythm else "not known" for one in found.series],
        "events": [len(one.occasions) for one in found.series],
        "last": [in_words(parse_edtf(one.occasions[-1].date_edtf)) for one in found.series],
        "state": [state(one, found.until) for one in found.series],
    })  # fmt: skip


def _item(one: Series, until: date | None, hrefs: Mapping[str, str]) -> str:
    dates = "".join(f"<li>{_link(occasion, hrefs)}</li>" for occasion in one.occasions[-MOST_DATES:])
    hidden = len(one.occasions) - MOST_DATES
    earlier = f"<li>and {hidden} earlier</li>" if hidden > 0 else ""
    rhythm = f"{one.rhythm.name}, " if one.rhythm else ""
    is_overdue = bool(until and one.is_overdue(until))
    return (
        f"<li><p><strong>{escape(one.name)}</strong> <small>{escape(rhythm + BASES[one.basis])}</small></p>"
        f'<p class="series-state{" overdue" if is_overdue else ""}">{escape(state(one, until))}</p><ol>{dates}{earlier}</ol></li>'
    )


def _link(occasion: Occasion, hrefs: Mapping[str, str]) -> str:
    number = f"No. {occasion.number}, " if occasion.number else ""
    words = in_words(parse_edtf(occasion.date_edtf))
    return f'<a href="{escape(hrefs[occasion.event_id])}" target="_self" title="{escape(occasion.title)}">{escape(number + words)}</a>'


def _month(day: date) -> str:
    return f"{day:%B %Y}"
