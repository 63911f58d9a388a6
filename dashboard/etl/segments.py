"""The parts of a view: paragraphs, what each of them is for, and their sentences, with offsets."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

BODY, HEADING, FURNITURE, TABLE = "body", "heading", "furniture", "table"

_PARAGRAPH = re.compile(r"[^\n]+")
_STAMP = re.compile(r"\s{0,3}date \d{4}-\d{2}(?:-\d{2})? ?")
_BULLET = re.compile(r"[ ]{0,8}(?:[-*\u2022\u25cf\u00b7\u2023\u25aa]|\(?\d{1,2}[.)]|\(?[a-z][.)])[ ]+")
_COLUMNS = re.compile(r"\S[ ]{3,1000}\S")

_CITY = r"[A-Z\u00c0-\u00de][\w.'\u2019-]{1,20}(?:[ -][A-Z\u00c0-\u00dea-z][\w.'-]{0,20}){0,3}"
_NAME = r"[A-Z\u00c0-\u00de][\w.'-]{1,20}"
_CAPITALS = r"[A-Z\u00c0-\u00de][A-Z\u00c0-\u00de.'-]{2,20}(?:[ -][A-Z\u00c0-\u00de][A-Z\u00c0-\u00de.'-]{0,20}){0,3}"
_DATELINES = (
    re.compile(rf"(?P<city>{_CAPITALS})(?:/{_CAPITALS})?(?P<rest>,? ?\([^()\n]{{2,120}}\)[ ]?(?:-{{1,2}}|\u2014|:)?[ ]?)(?=\S)"),
    re.compile(rf"(?P<city>{_CAPITALS})(?:/{_CAPITALS})?(?P<rest>(?:,[^-:\u2014\n()]{{1,40}}){{0,3}}(?:[ ]?\([^()\n]{{2,80}}\))?[ ]?(?:(?<=[ ])-{{1,2}}(?=[ ])|\u2014|--|:)[ ]?)(?=\S)"),
    re.compile(rf"(?P<city>{_CITY})(?P<rest>(?:,[^-:\u2014\n()]{{1,40}}){{0,3}}(?:[ ]?\([^()\n]{{2,80}}\))[ ]?(?:-{{1,2}}|\u2014|:)[ ]?)(?=\S)"),
    re.compile(rf"(?P<city>{_CITY})(?P<rest>(?:,[^-:\u2014\n()]{{1,40}}){{0,3}}[ ]?(?:\u2014|--|(?<=[ ])-(?=[ ]))[ ]?)(?=\S)"),
    re.compile(rf"(?P<city>{_NAME}(?:[ -]{_NAME}){{0,2}})(?P<rest>:[ ])(?=\S)"),
)  # fmt: skip

_DATELINE_MARK = re.compile(r"[(:\u2014]|--| - ")
"""What each of them ends in or holds, so that most paragraphs need none of them."""

_RUN_IN = re.compile(
    r"(?:[>\u00bb\u25ba]{1,3} ?)?(?P<head>[^\W\d_a-z][^a-z\n.:;()\"|]{1,60}?)(?:[.:] |(?<=[?!]) | {2,300}| [\u2014\u2013-] )(?=\S)"
)
_LEAST_RUN_INS = 3
_SHORTEST_ITEM = 40
_MOST_PLACE_WORDS = 2
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

_FURNITURE = re.compile(
    r"(?:by|story by|text by|photos?(?: by)?|writing by|editing by|reporting by|edited by|contact|contacts|media contact|press contact|enquiries|inquiries|"
    r"for more information|for further information|for media|see also|related|read more|read also|more from|also today|also read|also in|share|tags?|"
    r"topics?|views|visitors|print|subscribe|copyright|all rights reserved|photo credit|image credit|credit|source|sources|press service|"
    r"follow us|newsletter|last modified|last updated|updated|published|posted|notes? to editors|about the|about us|correction|ends|keywords|"
    r"filed under|category|categories|section|free, no sign-up|advertisement|sign up|download|cookies?|disclaimer|next|previous|home|menu|open menu|caption|"
    r"file photo|to subscribe|the writer|the author|views are|to unsubscribe|you are receiving|issn|editor|editors|compiled by|edition|translated by|"
    r"members of the public|in this issue|contents|inside this issue|comments?|most read|trending|recommended|on this day|letters)\b",
    re.IGNORECASE,
)
_MENU = re.compile(r"\s[|\u203a>\"]\s")
_MENU_MARK = re.compile(r"[|\u203a>\"]")
_ENCLOSED = re.compile(
    r"\((?:writing|editing|reporting|additional|source|photo|with)[^()\n]{0,200}\)\.?", re.IGNORECASE
)
_URL = re.compile(r"(?:https?://|www\.)\S{1,4000}$")

_END = re.compile(r"[.!?\u2026](?:[\"')\]]{0,3})(?=\s{1,1000}[\"'(\[]{0,2}[A-Z0-9\u00c0-\u00de\u20ac$\u00a3])")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\"'.])(?:[A-Z]|Dr|Mr|Mrs|Ms|Prof|Eng|Engr|Acad|acad|Col|Gen|Lt|Capt|Maj|Sgt|Hon|Rev|St|Sr|Jr|Co|Corp|Inc|Ltd|No|Nos|Vol|Fig|vs|cf|al|etc|approx|"
    r"e\.g|i\.e|U\.S|U\.K|U\.N|D\.C|Ph\.D|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec|Mt|Dept|Univ|Inst|Gov|Sen|Rep|Amb|H\.E|a\.m|p\.m|S\.No|Rs|Art|Ref|ca)\.$"
)
_LONGEST_SENTENCE = 1500
_MAX_HEADING_WORDS = 18
_MAX_HEADING_CHARACTERS = 130
_SENTENCE_ENDS = ".!?\u2026"


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence.

    Shape: `index` counts the sentences of the document, `position` those of the paragraph, `section` the headings before it.
    """

    start: int
    end: int
    index: int
    position: int
    paragraph: int
    section: int
    kind: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph, heading, table row or piece of furniture (menus, bylines, footers).

    Shape: `body_start` is behind a date stamp, a bullet and a dateline; `dateline` is the span of the dateline's city.
    """

    start: int
    end: int
    kind: str
    index: int
    section: int
    body_start: int
    dateline: tuple[int, int] | None = None


@dataclass(frozen=True)
class Segments:
    """The parts of one document. `is_digest` says that it reports several stories, one under another."""

    paragraphs: tuple[Paragraph, ...]
    sentences: tuple[Sentence, ...]
    headline: Paragraph | None
    is_digest: bool
    body: tuple[Sentence, ...]

    @cached_property
    def body_orders(self) -> dict[int, int]:
        """The place of each sentence of the body among them, by its index."""
        return {sentence.index: order for order, sentence in enumerate(self.body)}

    @cached_property
    def sections(self) -> dict[int, list[Paragraph]]:
        """The paragraphs of each section, in the order of the text."""
        sections: dict[int, list[Paragraph]] = {}
        for part in self.paragraphs:
            sections.setdefault(part.section, []).append(part)
        return sections

    @property
    def datelines(self) -> tuple[tuple[int, int], ...]:
        return tuple(part.dateline for part in self.paragraphs if part.dateline)


def segment(view: str) -> Segments:
    """Split a view into paragraphs and sentences."""
    paragraphs = tuple(_paragraphs(view))
    run_ins = _run_ins(view, paragraphs)
    paragraphs = _with_run_ins(paragraphs, run_ins) if run_ins else paragraphs
    sentences = tuple(_sentences(view, paragraphs))
    body = tuple(sentence for sentence in sentences if sentence.kind == BODY)
    return Segments(paragraphs, sentences, _headline(paragraphs), bool(run_ins) or _is_digest(paragraphs), body)


def _paragraphs(view: str) -> Iterator[Paragraph]:
    section = 0
    for index, found in enumerate(_PARAGRAPH.finditer(view)):
        start, end = _trimmed(view, found.start(), found.end())
        if start >= end:
            continue
        body = _skip(view, start, end, is_first=index == 0)
        dateline = _dateline(view, body, end)
        kind = _kind(view[body:end], has_dateline=dateline is not None)
        section += kind == HEADING
        if dateline is None or kind != BODY:
            yield Paragraph(start, end, kind, index, section, body)
        else:
            yield Paragraph(start, end, kind, index, section, dateline.end(), dateline.span("city"))


def _run_ins(view: str, paragraphs: Iterable[Paragraph]) -> dict[int, re.Match[str]]:
    """The words in capitals that open paragraphs (`VILNIUS. Parliament has …`), by paragraph, where three or more have them."""
    found = {part.index: run_in for part in paragraphs if part.kind == BODY and (run_in := _run_in(view, part))}
    return found if len(found) >= _LEAST_RUN_INS else {}


def _with_run_ins(paragraphs: tuple[Paragraph, ...], run_ins: Mapping[int, re.Match[str]]) -> tuple[Paragraph, ...]:
    """The paragraphs, those with words in capitals before them as items of a digest; a place among the words is the item's."""
    items, opened = [], 0
    for part in paragraphs:
        found = run_ins.get(part.index)
        opened += found is not None
        section = part.section + opened
        items.append(
            replace(part, section=section, body_start=found.end(), dateline=_place_of(found))
            if found
            else replace(part, section=section)
        )
    return tuple(items)


def _run_in(view: str, part: Paragraph) -> re.Match[str] | None:
    start = part.start if part.dateline else part.body_start
    bullet = _BULLET.match(view, start, part.end)
    found = _RUN_IN.match(view, bullet.end() if bullet else start, part.end)
    if found is None or not found["head"].isupper() or part.end - found.end() <= _SHORTEST_ITEM:
        return None
    return found


def _place_of(run_in: re.Match[str]) -> tuple[int, int] | None:
    """The span of the words in capitals if they can be a place: two at most, and no day of the week."""
    words = run_in["head"].split()
    is_place = len(words) <= _MOST_PLACE_WORDS and words[0][:3].lower() not in _DAYS
    return run_in.span("head") if is_place else None


def _trimmed(view: str, start: int, end: int) -> tuple[int, int]:
    piece = view[start:end]
    return start + len(piece) - len(piece.lstrip()), end - (len(piece) - len(piece.rstrip()))


def _skip(view: str, start: int, end: int, *, is_first: bool) -> int:
    """Where the words begin: behind the date stamp of a first line, or a bullet."""
    stamp = _STAMP.match(view, start, end) if is_first else None
    if stamp:
        return min(stamp.end(), end)
    bullet = _BULLET.match(view, start, end)
    return bullet.end() if bullet and bullet.end() < end else start


def _dateline(view: str, start: int, end: int) -> re.Match[str] | None:
    if end - start < 60 or not _DATELINE_MARK.search(view, start, min(end, start + 260)):
        return None
    matches = (pattern.match(view, start, min(end, start + 260)) for pattern in _DATELINES)
    return next((found for found in matches if found and end - found.end() > 40), None)


def _kind(text: str, *, has_dateline: bool) -> str:
    if (
        _FURNITURE.match(text) and (len(text) < _MAX_HEADING_CHARACTERS or text[-1] not in _SENTENCE_ENDS)
    ) or _URL.match(text):
        return FURNITURE
    if (
        _ENCLOSED.match(text)
        or (_MENU_MARK.search(text) and len(_MENU.findall(text)) >= 2)
        or not any(letter.isalpha() for letter in text)
    ):
        return FURNITURE
    if "   " in text and len(_COLUMNS.findall(text)) >= 2 and text[-1] not in _SENTENCE_ENDS:
        return TABLE
    is_short = len(text) <= _MAX_HEADING_CHARACTERS and len(text.split()) <= _MAX_HEADING_WORDS
    return HEADING if is_short and text[-1] not in _SENTENCE_ENDS + '":;,' and not has_dateline else BODY


def _sentences(view: str, paragraphs: Sequence[Paragraph]) -> Iterator[Sentence]:
    index = 0
    for part in paragraphs:
        spans = list(_split(view, part.body_start, part.end)) if part.kind == BODY else [(part.body_start, part.end)]
        for position, (start, end) in enumerate(piece for span in spans for piece in _bounded(view, *span)):
            yield Sentence(start, end, index, position, part.index, part.section, part.kind)
            index += 1


def _split(view: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    here = start
    for found in _END.finditer(view, start, end):
        if view[found.start()] == "." and _ABBREVIATION.search(view[max(here, found.start() - 12) : found.start() + 1]):
            continue
        yield _trimmed(view, here, found.end())
        here = found.end()
    first, last = _trimmed(view, here, end)
    if first < last:
        yield first, last


def _bounded(view: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence that never ends is cut at a space, so that the work on one sentence is bounded."""
    while end - start > _LONGEST_SENTENCE:
        cut = view.rfind(" ", start + 1, start + _LONGEST_SENTENCE)
        cut = cut if cut > start else start + _LONGEST_SENTENCE
        yield start, cut
        start = cut
    yield start, end


def _headline(paragraphs: Sequence[Paragraph]) -> Paragraph | None:
    """The longest heading before the first paragraph of the body, if there is one."""
    first = next((part.index for part in paragraphs if part.kind == BODY), 0)
    before = [part for part in paragraphs if part.kind == HEADING and part.index < first]
    return max(before, key=lambda part: part.end - part.start, default=None)


def _is_digest(paragraphs: Sequence[Paragraph]) -> bool:
    """Whether headings stand between the paragraphs of the body, as in a newsletter of several stories."""
    first = next((part.index for part in paragraphs if part.kind == BODY), 0)
    inner = [part for part in paragraphs if part.kind == HEADING and part.index > first]
    body_count = sum(part.kind == BODY for part in paragraphs)
    return len(inner) >= 3 and body_count >= 4
