"""What the marks of a figure mean, as HTML: it wraps on a phone, and a screen reader reads it."""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape


@dataclass(frozen=True)
class Entry:
    """One kind of mark: a class of `charts.css`, a colour (the theme's text colour if none) and what it means."""

    mark: str
    label: str
    color: str = "currentColor"


def legend(entries: Iterable[Entry]) -> str:
    """The entries in one line that wraps."""
    items = "".join(
        f'<li><i class="mark {escape(entry.mark)}" style="--mark:{escape(entry.color)}" aria-hidden="true"></i>{escape(entry.label)}</li>'
        for entry in entries
    )
    return f'<ul class="chart-legend">{items}</ul>'
