"""Files read before, taken from what the last build kept; only new bytes are read anew."""

import hashlib
import json
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from itertools import takewhile

import pandas as pd

from dashboard.edtf import EventDate, parse_edtf
from dashboard.errors import InputError
from dashboard.etl.kept import Keep, Part, key_of, packed
from dashboard.etl.read import Document, Reader, Reading, documents_of
from dashboard.etl.sources import Sources
from dashboard.issues import Issue

FILES = {"key": str, "issues": str, "failure": str}
DOCUMENTS = {"key": str, "facts": str, "text": str}
"""The kept frames: one row a file, its issues as JSON and the sentence of what could not be read; one row a document."""

_DATES = ("published", "declared")
_NO_ROWS = "{}"
_NO_ISSUES = "[]"


@dataclass(frozen=True)
class _Entry:
    """What is kept of one file: the facts and the text of each of its documents, its issues, or why it cannot be read."""

    documents: tuple[tuple[str, str], ...] = ()
    issues: str = _NO_ISSUES
    failure: str = ""


class KeptReader:
    """Reads files as `documents_of` does, and takes from a keep what was read before.

    Rules: the key of a result hashes the file's bytes and name, and the rows of sources.csv for it and for what may be
    attached to it; a file that could not be read is remembered with its sentence. The bytes are hashed at every build; the
    time of a file is not trusted.
    """

    def __init__(self, keep: Keep, read: Reader = documents_of) -> None:
        self._keep, self._read = keep, read
        parts, self.issues = keep.read()
        self._parts = [(part, _entries(part)) for part in parts]
        self._kept = {key: entry for _, entries in self._parts for key, entry in entries.items()}
        self._used: dict[str, _Entry] = {}
        self._sources: Sources = {}
        self._names: list[str] = []

    def __call__(self, name: str, content: bytes, sources: Sources) -> Reading:
        """Raises: InputError if the file is not a document, in the sentence of `documents_of`."""
        key = key_of(hashlib.sha256(content).hexdigest(), name, self._rows(name, sources))
        entry = self._kept.get(key) or self._made(name, content, sources)
        self._used[key] = entry
        if entry.failure:
            raise InputError(entry.failure)
        issues = () if entry.issues == _NO_ISSUES else tuple(Issue(**issue) for issue in json.loads(entry.issues))
        return Reading(tuple(_document(facts, text) for facts, text in entry.documents), issues)

    def _rows(self, name: str, sources: Sources) -> str:
        """The rows of a file and of its attachments, as text; found by bisection, since every file of a folder asks."""
        if sources is not self._sources:
            self._sources, self._names = sources, sorted(sources)
        below = f"{name}/"
        first = bisect_left(self._names, below)
        inside = takewhile(lambda other: other.startswith(below), self._names[first:])
        rows = {one: sources[one] for one in (name, *inside) if one in sources}
        return json.dumps(rows, sort_keys=True) if rows else _NO_ROWS

    def _made(self, name: str, content: bytes, sources: Sources) -> _Entry:
        try:
            reading = self._read(name, content, sources)
        except InputError as error:
            return _Entry(failure=str(error))
        documents = tuple((_facts(document), document.text) for document in reading.documents)
        return _Entry(documents, json.dumps([vars(issue) for issue in reading.issues], ensure_ascii=False))

    def keep(self) -> None:
        """Keep what this build read, and let go what it did not."""
        if self._used.keys() == self._kept.keys():
            return
        whole = [(part, entries) for part, entries in self._parts if entries.keys() <= self._used.keys()]
        lying = {key for _, entries in whole for key in entries}
        others = {key: entry for key, entry in self._used.items() if key not in lying}
        self._keep.write(packed([*(part for part, _ in whole), _part(others)], "files"))


def _part(entries: Mapping[str, _Entry]) -> Part:
    files = [(key, entry.issues, entry.failure) for key, entry in entries.items()]
    documents = [(key, facts, text) for key, entry in entries.items() for facts, text in entry.documents]
    return Part(
        {
            "files": pd.DataFrame(files, columns=list(FILES)).astype(FILES),
            "documents": pd.DataFrame(documents, columns=list(DOCUMENTS)).astype(DOCUMENTS),
        }
    )


def _entries(part: Part) -> dict[str, _Entry]:
    frames = part.frames
    if frames.keys() != {"files", "documents"}:
        return {}
    documents: dict[str, tuple[tuple[str, str], ...]] = {}
    for key, facts, text in _rows_of(frames["documents"], DOCUMENTS):
        documents[key] = (*documents.get(key, ()), (facts, text))
    return {
        key: _Entry(documents.get(key, ()), issues, failure)
        for key, issues, failure in _rows_of(frames["files"], FILES)
    }


def _rows_of(frame: pd.DataFrame, columns: Iterable[str]) -> "zip[tuple[str, ...]]":
    return zip(*(frame[column].tolist() for column in columns), strict=True)


def _facts(document: Document) -> str:
    dates = {name: str(getattr(document, name) or "") for name in _DATES}
    plain = asdict(replace(document, text="", published=None, declared=None))
    return json.dumps(plain | dates, ensure_ascii=False)


def _document(facts: str, text: str) -> Document:
    form = json.loads(facts)
    for name in _DATES:
        form[name] = _date(form[name]) if form[name] else None
    form["text"] = text
    return Document(**form)


@lru_cache(maxsize=16_384)
def _date(edtf: str) -> EventDate:
    return parse_edtf(edtf)
