"""A view of a document that is easier to read and exactly as long, so that every offset also points into the raw text.

Rules: nothing is removed or added, only replaced by as many characters: markup and page marks by spaces, typographic
quotes, dashes and spaces by plain ones, a figure or letter that a scanner took for its like (`2O14`, `sate1lite`) by what
it must be, and the line breaks inside a broken paragraph by spaces. A word that a line break cut in two (`Febru-` `ary`) is
made whole, and what it got shorter stands behind it as spaces. What the view loses (a page mark, a tag, a hyphen) is still
in the raw text, and so in the quotes.
"""

import re
from statistics import median

from dashboard.etl.lexicons import word_list

_PLAIN = str.maketrans({
    "\u2018": "'", "\u2019": "'", "\u201b": "'", "\u02bc": "'", "\u2032": "'", "\u0060": "'",
    "\u201c": '"', "\u201d": '"', "\u201e": '"', "\u201f": '"', "\u00ab": '"', "\u00bb": '"',
    "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-", "\u2015": "\u2014", "\u2212": "-",
    "\u00a0": " ", "\u2007": " ", "\u2009": " ", "\u202f": " ", "\u200a": " ", "\u3000": " ", "\u200b": " ", "\ufeff": " ",
    "\t": " ", "\r": " ", "\f": "\n", "\x0b": "\n", "\x85": "\n", "\u2028": "\n", "\u2029": "\n",
})  # fmt: skip

_TAG = re.compile(r"</?[a-zA-Z][^<>\n]{0,300}>|<!--[^<>\n]{0,300}-->")
_MARK = re.compile(r"\*\*\*?|___?|~~")
_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
_PAGE_MARK = re.compile(
    rf"^[ ]{{0,300}}(?:(?:{_MONTH})[ ]{{1,300}}\d{{4}}[ |-]{{0,300}}\d{{1,3}}|(?:page|p\.?)[ ]{{0,300}}\d{{1,4}}(?:[ ]{{0,300}}(?:of|/)[ ]{{0,300}}\d{{1,4}})?|-{{1,300}}[ ]{{0,300}}\d{{1,4}}[ ]{{0,300}}-{{1,300}}|\d{{1,3}})[ ]{{0,300}}$",
    re.IGNORECASE | re.MULTILINE,
)
_PAGE = re.compile(r"[Pp](?i:age)[ ]{1,300}\d")
_RUNNING_FOOT = re.compile(
    r"^[^\n]{0,200}\bpage[ ]{1,300}\d{1,4}[ ]{1,300}(?:of|/)[ ]{1,300}\d{1,4}[ ]{0,300}$", re.IGNORECASE | re.MULTILINE
)
# Each begins with the letter itself, not with what stands before it: so the text is searched for one letter.
_MISREAD = (
    (re.compile(r"[Oo](?<=\d[Oo])(?:(?=\d)|(?<=O)\b)"), "0"),
    (re.compile(r"1(?<=[a-z]{2}1)(?=[a-z]{2})"), "l"),
    (re.compile(r"l(?<=\dl)(?=\d)"), "1"),
    (re.compile(r"1(?<=[A-Z]{2}1)(?=[A-Z]{2})"), "I"),
    (re.compile(r"0(?<=[A-Z]{2}0)(?=[A-Z]{2})"), "O"),
)
_COMPOUNDS = word_list("clean.compounds")
_CUT = re.compile(r"-[ ]{0,3}\r?\n")
_CUT_WORD = re.compile(r"(?P<head>[^\W\d_]{2,30})(?P<cut>-[ ]{0,3}\r?\n[ ]{0,20})(?P<tail>[a-z\u00df-\u00ff]{2,30})")
_RULE = re.compile(r"[-=_*~. ]{4,}")
_BREAK = re.compile(r"\n[ \n]*")

_SENTENCE_ENDS = '.!?:;"\u2026|'
_FULL_LINE_CHARACTERS = 45
_LONGEST_WRAPPED_LINE = 110
_WRAPPED_SHARE = 0.6
_LIST_MARKS = "-*\u2022\u25cf\u00b7\u2023\u25aa#|>"


def clean(text: str) -> str:
    """The view of a raw text: same length, plain characters, whole paragraphs on one line each."""
    view = text.translate(_PLAIN)
    for pattern in (_TAG, _MARK, _PAGE_MARK):
        view = pattern.sub(_blank, view)
    if _PAGE.search(view):
        view = _RUNNING_FOOT.sub(_blank, view)
    for pattern, letter in _MISREAD:
        view = pattern.sub(letter, view)
    return _with_whole_words(_joined(view), text)


def _with_whole_words(view: str, text: str) -> str:
    """Words that the end of a line cut in two, whole; a compound such as `low-carbon` keeps its hyphen."""
    if not _CUT.search(text):
        return view
    pieces: list[str] = []
    position = 0
    for found in _CUT_WORD.finditer(text):
        head, tail = view[slice(*found.span("head"))], view[slice(*found.span("tail"))]
        if head.lower() in _COMPOUNDS or not (head + tail).isalpha():
            continue
        pieces += [view[position : found.start()], head, tail, " " * len(found["cut"])]
        position = found.end()
    return "".join(pieces) + view[position:]


def _blank(found: re.Match[str]) -> str:
    return " " * len(found.group())


def _joined(view: str) -> str:
    """Replace the line breaks that do not end a paragraph.

    Rules: a break between an unfinished line and one that starts with a small letter is no end; nor is a single break
    in a text that is wrapped at a width, after a line of about that width.
    """
    width = _wrap_width(view)
    pieces: list[str] = []
    line_start = position = 0
    for found in _BREAK.finditer(view):
        line = view[line_start : found.start()].strip()
        joins = _is_inside(line, view[found.end() : found.end() + 2], found.group().count("\n"), width)
        pieces += [view[position : found.start()], " " * len(found.group()) if joins else found.group()]
        position = found.end()
        line_start = found.end()
    return "".join(pieces) + view[position:]


def _is_inside(line: str, following: str, break_count: int, width: int) -> bool:
    if not line or not following.strip() or _RULE.fullmatch(line):
        return False
    head = following[0]
    if len(line) >= _FULL_LINE_CHARACTERS and line[-1] not in _SENTENCE_ENDS and head.islower():
        return True
    if head in _LIST_MARKS or break_count > 1:
        return False
    return bool(width) and len(line) >= width * _WRAPPED_SHARE


def _wrap_width(view: str) -> int:
    """The width at which a text is wrapped, or 0 if its paragraphs stand on one line each."""
    lengths = [len(line.strip()) for line in view.split("\n") if line.strip()]
    if len(lengths) < 4 or max(lengths) > _LONGEST_WRAPPED_LINE or median(lengths) < _FULL_LINE_CHARACTERS:
        return 0
    return max(lengths)
