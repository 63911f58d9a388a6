"""Documents that come in through the browser: safely named, never over another file, whole or not at all."""

import os
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path, PurePath

from dashboard.errors import InputError
from dashboard.settings import MAX_DOCUMENT_BYTES

LONGEST_STEM = 100
_UNSAFE = re.compile(r"[^\w.()&+,’' -]+")
_PARTIAL = ".incoming-"
"""A file whose name starts with a dot is no document, so that what was cut off is never read."""


@dataclass(frozen=True)
class Received:
    """`is_new` is False where the folder held the same bytes already, under the name that is given here."""

    name: str
    is_new: bool


def receive(folder: Path, name: str, content: bytes) -> Received:
    """Put one document into the folder of documents.

    Rules: the file appears whole, under its own name made safe, or with a number behind it where another document has
    that name; no file is ever written over.
    Raises: InputError if it is empty or too large.
    """
    if not content.strip():
        raise InputError(f"{name} is empty; expected a document; choose another file")
    if len(content) > MAX_DOCUMENT_BYTES:
        raise InputError(
            f"{name} has {len(content):,} bytes; expected at most {MAX_DOCUMENT_BYTES:,}; split it into its items"
        )
    folder.mkdir(parents=True, exist_ok=True)
    twin = _twin(folder, content)
    if twin:
        return Received(twin.name, is_new=False)
    return Received(_placed(folder, safe_name(name), content), is_new=True)


def safe_name(name: str) -> str:
    """A file name without folders, control characters and leading dots: `../Käse<1>.txt` becomes `Käse_1_.txt`."""
    path = PurePath(_UNSAFE.sub("_", re.split(r"[\\/]", name)[-1]).strip(" .") or "document")
    return path.stem[:LONGEST_STEM].rstrip(" .") + path.suffix.lower()


def _twin(folder: Path, content: bytes) -> Path | None:
    """The document with these bytes. What another upload is still writing is no document, and may go while one looks."""
    documents = [path for path in sorted(folder.iterdir()) if path.name[0] != "." and path.is_file()]
    same_size = [path for path in documents if path.stat().st_size == len(content)]
    return next((path for path in same_size if path.read_bytes() == content), None)


def _placed(folder: Path, name: str, content: bytes) -> str:
    handle, partial = tempfile.mkstemp(prefix=_PARTIAL, dir=folder)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        Path(partial).chmod(0o644)
        return _linked(Path(partial), folder, PurePath(name))
    finally:
        Path(partial).unlink()


def _linked(partial: Path, folder: Path, name: PurePath) -> str:
    """The first name that is free: making a link fails where a file stands, so that two uploads at once cannot collide."""
    rank = 1
    while True:
        target = folder / (str(name) if rank == 1 else f"{name.stem}-{rank}{name.suffix}")
        try:
            target.hardlink_to(partial)
        except FileExistsError:
            rank += 1
        else:
            return target.name
