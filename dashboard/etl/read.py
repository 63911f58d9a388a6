"""Bytes to documents: the text is kept unchanged for ever, and every offset points into it."""

import hashlib
import os
import stat
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from dashboard.edtf import EventDate, parse_edtf
from dashboard.errors import InputError
from dashboard.etl.formats import SUFFIXES, read_content
from dashboard.etl.languages import RULES_LANGUAGE, language_name, language_of
from dashboard.etl.readers.content import Attachment, Content
from dashboard.etl.sources import SOURCES_FILE, Sources, read_sources
from dashboard.issues import Issue
from dashboard.settings import MAX_ATTACHMENT_DEPTH, MAX_ATTACHMENTS, MAX_DOCUMENT_BYTES


@dataclass(frozen=True)
class Document:
    """One source document.

    Shape: `document_id` hashes the bytes, so that it survives a new name; `text` is for a text file its bytes decoded
    and nothing else, and for another format what its reader takes out of the bytes. `published` is what `sources.csv`
    says, or None; `declared` what the page or the mail itself declares. A document that `publication.dated` has
    dated has as `published` what was found in all this and in the text, and as `published_basis` the rule that found it.
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
    format: str = "txt"
    declared: EventDate | None = None
    published_basis: str = ""


@dataclass(frozen=True)
class Reading:
    """What a folder held: the documents that could be read, and an issue for each file that could not."""

    documents: tuple[Document, ...]
    issues: tuple[Issue, ...] = field(default=())


_EDGE_WORDS = 8
"""Of so many words at either end of two texts one differs, unless they are the same text or nearly so."""

Reader = Callable[[str, bytes, Sources], Reading]
"""Reads one file: its name, its bytes, and the rows of `sources.csv`. Raises InputError in one sentence."""


@dataclass(frozen=True)
class File:
    """One file to read, and its name as it is shown: its path below the folder that was named."""

    path: Path
    name: str


def read_folder(folder: Path, *, reader: Reader | None = None) -> Reading:
    """Read every document of a folder and its sub-folders, in the order of the names.

    Rules: `sources.csv` beside the documents describes them, and those of sub-folders by their path; a document without
    a row there is read all the same. Links to folders are not followed, and hidden files are not read.
    `reader` turns one file into documents; `documents_of` where none is named.
    Raises: InputError if the folder is missing or holds no document that can be read.
    """
    if not folder.is_dir():
        raise InputError(
            f"the folder of documents {folder} does not exist; put the documents there, or name another with --documents DIR"
        )
    names = sorted(_names_in(folder), key=lambda name: name.split("/"))
    lists = [name for name in names if name.rpartition("/")[2] == SOURCES_FILE]
    files = [File(folder / name, shown(name)) for name in names if name not in lists]
    sources, source_issues = _sources_of(folder, [folder / name for name in lists])
    reading = _read(files, sources, reader or documents_of)
    if not reading.documents:
        found = (
            f"{len(files)} {'file' if len(files) == 1 else 'files'} and no readable document" if files else "nothing"
        )
        reasons = "".join(f"\n  - {issue.message}" for issue in reading.issues[:5])
        raise InputError(
            f"the folder of documents {folder} holds {found}; expected documents ({', '.join(SUFFIXES)}); "
            f"put some there, or name another folder with --documents DIR{reasons}"
        )
    known = {file.name for file in files} | {document.name for document in reading.documents}
    missing = _described_but_missing(folder, sources, known)
    return Reading(reading.documents, (*source_issues, *reading.issues, *missing))


def read_paths(paths: Iterable[Path]) -> Reading:
    """Read documents and whole folders of them, in the order in which they are named."""
    readings = [
        read_folder(path) if path.is_dir() else read_files([path], sources=path.parent / SOURCES_FILE) for path in paths
    ]
    documents = {document.document_id: document for reading in readings for document in reading.documents}
    return Reading(tuple(documents.values()), tuple(issue for reading in readings for issue in reading.issues))


def read_files(paths: Iterable[Path], *, sources: Path | None = None) -> Reading:
    """Read files as documents; what cannot be read is an issue, and the others are still read."""
    described, issues = read_sources(sources) if sources and sources.exists() else ({}, [])
    reading = _read([File(path, shown(path.name)) for path in paths], described, documents_of)
    return Reading(reading.documents, (*issues, *reading.issues))


def shown(name: str) -> str:
    """A file's name as it is shown and kept: what does not print, or is not text, is written as an escape (`\\u202e`).

    Rules: a name may hold a line break, or a mark that turns the writing direction and makes `exe.txt` of `txt.exe`.
    """
    text = os.fsencode(name).decode("utf-8", "backslashreplace")
    return "".join(
        character if character.isprintable() else character.encode("unicode_escape").decode() for character in text
    )


def _names_in(folder: Path) -> Iterator[str]:
    """The path below the folder of everything that is not a folder, and of links to folders, so that they are said to be left out."""
    for parent, folders, names in os.walk(folder):
        links = [name for name in folders if Path(parent, name).is_symlink()]
        folders[:] = [name for name in folders if not name.startswith(".") and name not in links]
        below = Path(parent).relative_to(folder).as_posix()
        inside = "" if below == "." else f"{below}/"
        yield from (f"{inside}{name}" for name in (*names, *links) if not name.startswith("."))


def _sources_of(folder: Path, paths: Iterable[Path]) -> tuple[Sources, list[Issue]]:
    """The rows of all lists of sources below a folder, by the path of their document below it."""
    sources: Sources = {}
    issues: list[Issue] = []
    for path in paths:
        rows, found = read_sources(path)
        parent = path.parent.relative_to(folder)
        sources |= {shown((parent / name).as_posix()): row for name, row in rows.items()}
        issues += found
    return sources, issues


def _described_but_missing(folder: Path, sources: Sources, known: set[str]) -> tuple[Issue, ...]:
    return tuple(
        Issue(
            "read",
            f"{SOURCES_FILE} describes {name!r}, which is not in {folder.name}; add the file or delete the row",
            document=name,
        )
        for name in sorted(set(sources) - known)
    )


def _read(files: Iterable[File], sources: Sources, reader: Reader) -> Reading:
    documents: dict[str, Document] = {}
    issues: list[Issue] = []
    texts: dict[tuple[str, ...], list[Document]] = {}
    for file in files:
        try:
            reading = reader(file.name, _bytes_of(file), sources)
        except InputError as error:
            issues.append(Issue("read", str(error), document=file.name, severity="error"))
            continue
        issues += reading.issues
        for document in reading.documents:
            issues += _twins(document, documents, texts)
            documents.setdefault(document.document_id, document)
    return Reading(tuple(documents.values()), tuple(issues))


def _twins(
    document: Document, documents: dict[str, Document], texts: dict[tuple[str, ...], list[Document]]
) -> Iterator[Issue]:
    """What is told twice.

    Rules: the same bytes are one document. The same words in another file are another document, since decisions may
    quote either: both are kept, and the events that both tell have two sources.
    """
    twin = documents.get(document.document_id)
    if twin is not None:
        message = f"{document.name} holds the same bytes as {twin.name}; it is counted once; delete one of the two"
        yield Issue("read", message, document=document.name)
        return
    alike = texts.setdefault(_edges(document.text), [])
    first = next((one.name for one in alike if one.text.split() == document.text.split()), None)
    if first is None:
        alike.append(document)
    else:
        message = f"{document.name} holds the same text as {first}; both are kept as sources; delete one if they are one publication"
        yield Issue("read", message, document=document.name, severity="note")


def _edges(text: str) -> tuple[str, ...]:
    """The first and the last words of a text: where these differ the words between need not be compared."""
    return (*text.split(maxsplit=_EDGE_WORDS)[:_EDGE_WORDS], *text.rsplit(maxsplit=_EDGE_WORDS)[-_EDGE_WORDS:])


def _bytes_of(file: File) -> bytes:
    """The bytes of a file.

    Raises: InputError if it is no plain file, too large, or may not be read.
    """
    try:
        status = file.path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise InputError(f"{file.name} is a link to a folder, which is not followed; copy the documents there")
        if not stat.S_ISREG(status.st_mode):
            raise InputError(f"{file.name} is a pipe or a device, not a file; delete it")
        if status.st_size > MAX_DOCUMENT_BYTES:
            raise InputError(
                f"{file.name} has {status.st_size:,} bytes; expected at most {MAX_DOCUMENT_BYTES:,}; split it into its items"
            )
        return file.path.read_bytes()
    except OSError as error:
        raise InputError(
            f"{file.name} cannot be opened ({error.strerror}); check its permissions, or where it links to"
        ) from error


def documents_of(name: str, content: bytes, sources: Sources, *, depth: int = 0) -> Reading:
    """The documents of one file: itself, and for an e-mail what is attached to it, named `mail.eml/paper.pdf`.

    Rules: a function of the name, the bytes and the rows of `sources.csv` alone, so that its result can be kept.
    Raises: InputError in one sentence if the file cannot be read.
    """
    if depth > MAX_ATTACHMENT_DEPTH:
        raise InputError(f"{name} lies in {depth} e-mails, one in the other; save it as a file")
    form, found = read_content(content, name)
    documents: list[Document] = []
    issues = [Issue("read", note, document=name, severity="note") for note in found.notes]
    if found.text:
        documents.append(_document(name, content, form, found, sources.get(name, {})))
        issues += _language_notes(documents[0])
    attached = [_attached(name, one, sources, depth + 1) for one in found.attachments[:MAX_ATTACHMENTS]]
    if len(found.attachments) > MAX_ATTACHMENTS:
        message = f"{name} has {len(found.attachments)} attachments; the first {MAX_ATTACHMENTS} were read; save the others as files"
        issues.append(Issue("read", message, document=name, severity="error"))
    documents += (document for reading in attached for document in reading.documents)
    issues += (issue for reading in attached for issue in reading.issues)
    return Reading(tuple(documents), tuple(issues))


def _attached(name: str, attachment: Attachment, sources: Sources, depth: int) -> Reading:
    whole = f"{name}/{shown(attachment.name)}"
    try:
        return documents_of(whole, attachment.content, sources, depth=depth)
    except InputError as error:
        is_document = PurePosixPath(attachment.name).suffix.lower() in SUFFIXES
        return Reading((), (Issue("read", str(error), document=whole, severity="error" if is_document else "note"),))


def _document(name: str, content: bytes, form: str, found: Content, source: dict[str, str]) -> Document:
    digest = hashlib.sha256(content).hexdigest()
    return Document(
        document_id=f"d{digest[:12]}",
        name=name,
        text=found.text,
        sha256=digest,
        title=source.get("title") or found.title,
        publisher=source.get("publisher") or found.publisher,
        published=parse_edtf(source["published"]) if source.get("published") else None,
        language=source.get("language") or found.language or language_of(found.text),
        kind=source.get("kind", ""),
        format=form,
        declared=found.published,
    )


def _language_notes(document: Document) -> Iterator[Issue]:
    if document.language and document.language != RULES_LANGUAGE:
        message = (
            f"{document.name} is in {language_name(document.language)}, and the rules that find events read English; it was read all "
            "the same; add its events by hand, or correct the language in sources.csv"
        )
        yield Issue("read", message, document=document.name, value=document.language, severity="note")
