"""Small pieces of HTML and Markdown. What comes from a document, a table or the address goes through `escape` or `as_markdown`."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

import pandas as pd

from dashboard.codebook import PROVEN_FIELDS
from dashboard.searching import Term, finds

FIELD_LABELS = {
    "type": "Type",
    "date": "Date",
    "site": "Place",
    "sectors": "Sectors",
    "countries": "Countries taking part",
    "actors": "Organisations and people",
}
FIELD_COLORS = {
    "type": "#e69f00",
    "date": "#0072b2",
    "site": "#009e73",
    "sectors": "#cc79a7",
    "countries": "#d55e00",
    "actors": "#56b4e9",
}
"""Okabe and Ito's colours, which stay apart in the common kinds of colour blindness; drawn as a tint behind the text."""


MARKDOWN_SIGNS = frozenset("\\`*_{}[]()<>#+-.!|$~:&")


HIT = "hit"
"""In place of a field: the stretch proves nothing, it is what was searched for."""


@dataclass(frozen=True)
class Span:
    """A stretch of a text with what it proves, or `HIT`; `is_shown`: the one that the reader was sent to."""

    start: int
    end: int
    field: str
    note: str
    is_shown: bool = False


_ADDRESS = re.compile(r"https?(?=\\?:)|www(?=\\?\.)|@", re.IGNORECASE)


def as_markdown(text: str) -> str:
    """Text as Markdown that shows it letter by letter: for titles, labels and messages, which Streamlit reads as Markdown.

    Rules: an address in the text becomes no link, since nothing that a document says should lead out of the dashboard: an
    invisible joiner parts it, for Markdown makes links of addresses even where their signs are escaped.
    """
    shown = "".join(f"\\{character}" if character in MARKDOWN_SIGNS else character for character in text)
    return _ADDRESS.sub(lambda found: f"{found.group()}\u2060", shown)


def swatch(color: str) -> str:
    """A small coloured square; the name beside it says the same."""
    return f'<span class="swatch" style="--swatch:{escape(color)}" aria-hidden="true"></span>'


def lit_words(text: str, sought: Sequence[Term]) -> str:
    """A text as HTML with the words of a search lit."""
    return "".join(
        f'<mark class="hit">{escape(part)}</mark>' if is_lit else escape(part) for part, is_lit in _parted(text, sought)
    )


def lit_markdown(text: str, sought: Sequence[Term]) -> str:
    """A text as Markdown with the words of a search in bold, for the labels of links, which take no HTML."""
    return "".join(
        f"**{as_markdown(part)}**" if is_lit else as_markdown(part) for part, is_lit in _parted(text, sought)
    )


def hit_spans(text: str, sought: Sequence[Term]) -> list[Span]:
    """The words of a search in a document, to be lit beside its evidence."""
    return [Span(start, end, HIT, "What you searched for") for start, end in finds(text, sought)]


def spans_of(quotes: pd.DataFrame, shown_start: str) -> list[Span]:
    """The quotes of a document as spans; those that start at `shown_start` are outlined."""
    return [
        Span(
            row.start_offset,
            row.end_offset,
            row.field,
            f"{FIELD_LABELS[row.field]}: {row.value} ({row.title})",
            str(row.start_offset) == shown_start,
        )
        for row in quotes.itertuples(index=False)
    ]


def _parted(text: str, sought: Sequence[Term]) -> Iterable[tuple[str, bool]]:
    last = 0
    for start, end in finds(text, sought):
        yield text[last:start], False
        yield text[start:end], True
        last = end
    yield text[last:], False


def legend(fields: Iterable[str]) -> str:
    """The colours of the fields."""
    named = [
        f"<span>{swatch(FIELD_COLORS[name])}{escape(FIELD_LABELS[name])}</span>"
        for name in PROVEN_FIELDS
        if name in fields
    ]
    return f'<div class="legend">{"".join(named)}</div>'


def quote(text: str, prefix: str, suffix: str, *, field: str, note: str, sought: Sequence[Term] = ()) -> str:
    """A quote lit within its surroundings, the words of a search lit in it, with a line below it that says what chose it."""
    lit = f'<mark style="--mark:{FIELD_COLORS[field]}">{lit_words(text, sought)}</mark>'
    before, after = (f'<span class="context">{escape(part)}</span>' for part in (f"…{prefix}", f"{suffix}…"))
    return f'<blockquote class="quote"><p>{before}{lit}{after}</p><footer>{escape(note)}</footer></blockquote>'


def lit_text(text: str, spans: Sequence[Span]) -> str:
    """A whole text with its spans lit.

    Rules: spans may overlap; the text is cut at every edge, and a piece that several spans cover carries all their notes
    and a band of each field's colour. Leaving the marks out gives the text back, letter by letter.
    """
    edges = sorted({0, len(text), *(edge for span in spans for edge in (span.start, span.end))})
    pieces = [_piece(text[start:end], _covering(spans, start, end)) for start, end in pairwise(edges)]
    return f'<div class="document-text">{"".join(pieces)}</div>'


def _covering(spans: Sequence[Span], start: int, end: int) -> list[Span]:
    return [span for span in spans if span.start <= start and end <= span.end]


def _piece(text: str, spans: Sequence[Span]) -> str:
    if not spans:
        return escape(text)
    fields = [name for name in PROVEN_FIELDS if name in {span.field for span in spans}]
    notes = "\n".join(dict.fromkeys(span.note for span in spans))
    kinds = {"shown": any(span.is_shown for span in spans), HIT: any(span.field == HIT for span in spans)}
    named = " ".join(name for name, is_so in kinds.items() if is_so)
    shown, colors = (f' class="{named}"' if named else ""), (f' style="{_bands(fields)}"' if fields else "")
    return f'<mark{shown}{colors} title="{escape(notes)}">{escape(text)}</mark>'


def _bands(fields: Sequence[str]) -> str:
    """Equal bands, one below the other, in the fields' colours."""
    tints = [f"color-mix(in srgb, {FIELD_COLORS[name]} 38%, transparent)" for name in fields]
    step = 100 / len(tints)
    stops = ", ".join(f"{tint} {step * rank:.0f}% {step * (rank + 1):.0f}%" for rank, tint in enumerate(tints))
    return f"--mark:{FIELD_COLORS[fields[0]]};background:linear-gradient({stops})"


def table(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A plain table whose cells wrap. Rules: the cells are HTML already."""
    head = "".join(f'<th scope="col">{escape(header)}</th>' for header in headers)
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return f'<div class="plain-table"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'
