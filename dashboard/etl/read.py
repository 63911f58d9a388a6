"""Bytes to documents: the raw text is kept unchanged for ever, and every offset points into it."""

import csv
import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from dashboard.edtf import EventDate, parse_edtf
from dashboard.errors import InputError
from dashboard.issues import Issue
from dashboard.settings import MAX_DOCUMENT_BYTES

SOURCES_FILE = "sources.csv"
SOURCES_COLUMNS = ("file", "publisher", "title", "published", "language", "kind")
SUFFIXES = (".txt",)

_FIRST_PRINTABLE = " "
_TEXT_CONTROLS = "\t\n\r\f\x0b\x1c\x1d\x1e\x85"
_MAX_CONTROL_SHARE = 0.01


Reader = Callable[[Path, dict[str, str]], "Document"]
"""Reads one file, which its row of `sources.csv` describes."""


@dataclass(frozen=True)
class Document:
    """One source document.

    Shape: `document_id` hashes the bytes, so that it survives a new name; `text` is the bytes decoded as UTF-8 and
    nothing else. `published` is what `sources.csv` says, or None.
    """

    document_id: str
    name: str
    text: str
    sha256: str
    title: str = ""
    publisher: str = ""
    published: EventDate | None = None
    language: str = ""
    kind: str = ""


@dataclass(frozen=True)
class Reading:
    """What a folder held: the documents that could be read, and an issue for each file that could not."""

    documents: tuple[Document, ...]
    issues: tuple[Issue, ...] = field(default=())


def read_folder(folder: Path, *, reader: Reader | None = None) -> Reading:
    """Read every document of a folder, in the order of the names.

    Rules: `sources.csv` beside the documents describes them; a document without a row there is read all the same.
    `reader` turns one file and its row into a document; `read_document` where none is named.
    Raises: InputError if the folder is missing or holds no document that can be read.
    """
    if not folder.is_dir():
        raise InputError(
            f"the folder of documents {folder} does not exist; put the documents there, or name another with --documents DIR"
        )
    paths = sorted(
        path for path in folder.iterdir() if path.is_file() and path.name != SOURCES_FILE and path.name[0] != "."
    )
    reading = read_files(paths, sources=folder / SOURCES_FILE, reader=reader)
    if not reading.documents:
        found = (
            f"{len(paths)} {'file' if len(paths) == 1 else 'files'} and no readable document" if paths else "nothing"
        )
        raise InputError(
            f"the folder of documents {folder} holds {found}; expected text files (.txt) in UTF-8; "
            "put some there, or name another folder with --documents DIR"
        )
    return Reading(reading.documents, (*reading.issues, *_described_but_missing(folder, paths)))


def read_paths(paths: Iterable[Path]) -> Reading:
    """Read documents and whole folders of them, in the order in which they are named."""
    readings = [
        read_folder(path) if path.is_dir() else read_files([path], sources=path.parent / SOURCES_FILE) for path in paths
    ]
    documents = {document.document_id: document for reading in readings for document in reading.documents}
    return Reading(tuple(documents.values()), tuple(issue for reading in readings for issue in reading.issues))


def read_files(paths: Iterable[Path], *, sources: Path | None = None, reader: Reader | None = None) -> Reading:
    """Read files as documents; what cannot be read is an issue, and the others are still read."""
    described, issues = _read_sources(sources) if sources and sources.exists() else ({}, [])
    documents: dict[str, Document] = {}
    for path in paths:
        try:
            document = (reader or read_document)(path, described.get(path.name, {}))
        except InputError as error:
            issues.append(Issue("read", str(error), document=path.name, severity="error"))
            continue
        twin = documents.setdefault(document.document_id, document)
        if twin is not document:
            message = f"{path.name} holds the same bytes as {twin.name}; it is counted once; delete one of the two"
            issues.append(Issue("read", message, document=path.name))
    return Reading(tuple(documents.values()), tuple(issues))


def _described_but_missing(folder: Path, paths: Iterable[Path]) -> tuple[Issue, ...]:
    sources = folder / SOURCES_FILE
    described = _read_sources(sources)[0] if sources.exists() else {}
    return tuple(
        Issue(
            "read",
            f"{SOURCES_FILE} describes {name!r}, which is not in {folder.name}; add the file or delete the row",
            document=name,
        )
        for name in sorted(set(described) - {path.name for path in paths})
    )


def read_document(path: Path, source: dict[str, str] | None = None) -> Document:
    """Read one file.

    Raises: InputError in one sentence if the file is not a text document.
    """
    source = source or {}
    try:
        content = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path.name} cannot be opened ({error.strerror}); check its permissions") from error
    text = _decode(path, content)
    digest = hashlib.sha256(content).hexdigest()
    return Document(
        document_id=f"d{digest[:12]}",
        name=path.name,
        text=text,
        sha256=digest,
        title=source.get("title", ""),
        publisher=source.get("publisher", ""),
        published=parse_edtf(source["published"]) if source.get("published") else None,
        language=source.get("language", ""),
        kind=source.get("kind", ""),
    )


def _decode(path: Path, content: bytes) -> str:
    if path.suffix.lower() not in SUFFIXES:
        raise InputError(
            f"{path.name} is not of a kind that is read ({', '.join(SUFFIXES)}); save it as a text file in UTF-8"
        )
    if len(content) > MAX_DOCUMENT_BYTES:
        raise InputError(
            f"{path.name} has {len(content):,} bytes; expected at most {MAX_DOCUMENT_BYTES:,}; split it into its items"
        )
    if not content.strip():
        raise InputError(f"{path.name} is empty; expected a document; replace or delete it")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputError(
            f"{path.name} is not UTF-8 text (byte {error.start} is 0x{content[error.start]:02x}); save it again as UTF-8"
        ) from error
    controls = sum(1 for character in text if character < _FIRST_PRINTABLE and character not in _TEXT_CONTROLS)
    if controls > len(text) * _MAX_CONTROL_SHARE:
        raise InputError(
            f"{path.name} is not text ({controls} control characters in {len(text):,}); save it as a text file in UTF-8"
        )
    return text


def _read_sources(path: Path) -> tuple[dict[str, dict[str, str]], list[Issue]]:
    """The rows of `sources.csv` by file name; a row that cannot be used is an issue, and the document is read without it."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            rows = csv.DictReader(stream)
            missing = sorted(set(SOURCES_COLUMNS) - set(rows.fieldnames or ()))
            if missing:
                raise InputError(f"{path} has no column {', '.join(missing)}; expected {', '.join(SOURCES_COLUMNS)}")
            return _described(list(rows), path)
    except UnicodeDecodeError as error:
        raise InputError(f"{path} is not UTF-8 text; save it as CSV in UTF-8") from error


def _described(rows: Sequence[dict[str, str]], path: Path) -> tuple[dict[str, dict[str, str]], list[Issue]]:
    described: dict[str, dict[str, str]] = {}
    issues: list[Issue] = []
    for number, row in enumerate(rows, start=2):
        values = {column: (row.get(column) or "").strip() for column in SOURCES_COLUMNS}
        if not values["file"] or values["file"] in described:
            what = "no file" if not values["file"] else f"the file {values['file']!r} a second time"
            issues.append(
                Issue("read", f"{path.name} line {number} names {what}; expected each file once; mend that line")
            )
            continue
        if values["published"] and not _is_date(values["published"]):
            message = (
                f"{path.name} line {number}: published is {values['published']!r}; expected a date such as 2025-07-23 or 2025-07; "
                "mend that cell (the document is read without it)"
            )
            issues.append(Issue("read", message, document=values["file"], value=values["published"]))
            values["published"] = ""
        described[values["file"]] = values
    return described, issues


def _is_date(text: str) -> bool:
    try:
        parse_edtf(text)
    except ValueError:
        return False
    return True
