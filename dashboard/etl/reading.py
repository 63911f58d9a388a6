"""Documents read before, taken from what the last build kept; only new bytes are read anew."""

import hashlib
import json
from dataclasses import asdict, replace
from functools import lru_cache
from pathlib import Path

import pandas as pd

from dashboard.edtf import EventDate, parse_edtf
from dashboard.errors import InputError
from dashboard.etl.kept import Frames, Keep, key_of
from dashboard.etl.read import Document, Reader, read_document

TABLE = "reading"


class KeptReader:
    """Reads files as `read_document` does, and takes from a keep what was read before.

    Rules: the key of a result hashes the file's bytes and name and its row of sources.csv; a file that could not be read is
    remembered with its sentence. The bytes are hashed at every build; the time of a file is not trusted.
    """

    def __init__(self, keep: Keep, read: Reader = read_document) -> None:
        self._keep, self._read = keep, read
        frames, self.issues = keep.read()
        self._kept = _entries(frames)
        self._used: dict[str, tuple[str, str, str]] = {}

    def __call__(self, path: Path, source: dict[str, str]) -> Document:
        """Raises: InputError if the file is not a document, in the sentence of `read_document`."""
        try:
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
        except OSError:
            return self._read(path, source)
        key = key_of(digest, path.name, json.dumps(source, sort_keys=True))
        entry = self._kept.get(key) or self._made(path, source)
        self._used[key] = entry
        facts, text, failure = entry
        if failure:
            raise InputError(failure)
        return _document(facts, text)

    def _made(self, path: Path, source: dict[str, str]) -> tuple[str, str, str]:
        try:
            document = self._read(path, source)
        except InputError as error:
            return "", "", str(error)
        facts = asdict(replace(document, text="", published=None)) | {"published": str(document.published or "")}
        return json.dumps(facts, ensure_ascii=False), document.text, ""

    def keep(self) -> None:
        """Keep what this build read, and let go what it did not."""
        if self._used.keys() != self._kept.keys():
            rows = [(key, *entry) for key, entry in self._used.items()]
            self._keep.write({TABLE: pd.DataFrame(rows, columns=["key", "facts", "text", "failure"]).astype(str)})


def _entries(frames: Frames) -> dict[str, tuple[str, str, str]]:
    if TABLE not in frames:
        return {}
    columns = [frames[TABLE][column].tolist() for column in ("key", "facts", "text", "failure")]
    return {key: (facts, text, failure) for key, facts, text, failure in zip(*columns, strict=True)}


def _document(facts: str, text: str) -> Document:
    form = json.loads(facts)
    return Document(**form | {"text": text, "published": _date(form["published"]) if form["published"] else None})


@lru_cache(maxsize=16_384)
def _date(edtf: str) -> EventDate:
    return parse_edtf(edtf)
