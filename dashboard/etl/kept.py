"""What a build keeps for the next one: results by the hash of what they were made from, as columns in Arrow files.

A keep is some parts, each a folder of files, and one small file that names them with the files' checksums. Replacing that one
file makes a new keep the current one, so two builds at once or a torn write leave a whole keep or none. A part holds some
documents; one in which nothing changed stays where it lies, so what a build writes grows with what is new. A keep made by
other code, or one that does not match its checksums, is not used: what it held is made anew.
"""

import hashlib
import json
import re
import shutil
import tempfile
import zlib
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
from filelock import FileLock
from pyarrow import feather

from dashboard.issues import Issue
from dashboard.settings import REFERENCE_DIR, ROOT

Frames = dict[str, pd.DataFrame]

FOLDER = "kept"
DOCUMENTS_A_PART = 2_000
"""Parts of fewer documents are small."""

MOST_SMALL_PARTS = 8
"""More small parts than these are joined: each is two dozen files to open."""

_POINTER = ".json"
_READERS = 2
_IMPORT = re.compile(r"^ {0,16}from (dashboard[\w.]{0,80}) import (\([^)]{1,2000}\)|[^\n]+)", re.MULTILINE)
_NAME = re.compile(r"\w+")


@dataclass(frozen=True)
class Part:
    """Some of what is kept.

    Shape: frames by name; `folder` and the checksums of its `files` where the part lies on the disk already, else nothing.
    """

    frames: Mapping[str, pd.DataFrame]
    folder: str = ""
    files: Mapping[str, int] = field(default_factory=dict)


def joined(parts: Iterable[Part]) -> Frames:
    """The frames of all parts, by name, one below the other."""
    found: dict[str, list[pd.DataFrame]] = {}
    for part in parts:
        for name, frame in part.frames.items():
            found.setdefault(name, []).append(frame)
    return {
        name: frames[0] if len(frames) == 1 else pd.concat(frames, ignore_index=True) for name, frames in found.items()
    }


def packed(parts: Iterable[Part], counted: str) -> list[Part]:
    """The parts without empty ones, and small ones together once they are many; a row of the frame `counted` is a document."""
    filled = [(part, len(part.frames[counted])) for part in parts if len(part.frames[counted])]
    small = [(part, count) for part, count in filled if count < DOCUMENTS_A_PART]
    if len(small) <= MOST_SMALL_PARTS:
        return [part for part, _ in filled]
    groups: list[list[Part]] = [[]]
    held = 0
    for part, count in small:
        if held >= DOCUMENTS_A_PART:
            groups.append([])
            held = 0
        groups[-1].append(part)
        held += count
    large = [part for part, count in filled if count >= DOCUMENTS_A_PART]
    return [*large, *(group[0] if len(group) == 1 else Part(joined(group)) for group in groups)]


@dataclass(frozen=True)
class Keep:
    """One kept set of parts: where they lie, and the fingerprint of the code that may read and write them."""

    folder: Path
    name: str
    fingerprint: str

    @property
    def pointer(self) -> Path:
        return self.folder / f"{self.name}{_POINTER}"

    def read(self) -> tuple[tuple[Part, ...], tuple[Issue, ...]]:
        """The kept parts; none if nothing was kept by this code, and then an issue if something was but is damaged."""
        try:
            form = json.loads(self.pointer.read_bytes())
            if form["fingerprint"] != self.fingerprint:
                return (), ()
            return tuple(self._part(**part) for part in form["parts"]), ()
        except FileNotFoundError:
            if not self.pointer.exists():
                return (), ()
            return (), (self._damaged("a file of it is gone"),)
        except (OSError, ValueError, KeyError, TypeError, AttributeError, pa.ArrowException) as error:
            return (), (self._damaged(str(error).splitlines()[0] if str(error) else type(error).__name__),)

    def write(self, parts: Iterable[Part]) -> None:
        """Keep these parts in place of what was kept; builds take turns, and a part that lies there already stays."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with FileLock(self.folder / ".lock"):
            forms = [self._there(part) for part in parts]
            form = {"fingerprint": self.fingerprint, "parts": forms}
            beside = self.pointer.with_suffix(".new")
            beside.write_text(json.dumps(form), encoding="utf-8")
            beside.replace(self.pointer)
            named = {form["folder"] for form in forms}
            for old in self.folder.glob(f"{self.name}-*"):
                if old.name not in named:
                    shutil.rmtree(old)

    def _there(self, part: Part) -> dict[str, Any]:
        """Where a part lies; it is written if it is new, or if another build cleared it away."""
        if part.folder and (self.folder / part.folder).is_dir():
            return {"folder": part.folder, "files": dict(part.files)}
        made = Path(tempfile.mkdtemp(prefix=f"{self.name}-", dir=self.folder))
        return {
            "folder": made.name,
            "files": {name: _write(made / f"{name}.arrow", frame) for name, frame in part.frames.items()},
        }

    def _part(self, folder: str, files: dict[str, int]) -> Part:
        """A part with its files read side by side: reading and checking them leave Python's lock to others."""
        paths = [self.folder / Path(folder).name / f"{Path(name).name}.arrow" for name in files]
        with ThreadPoolExecutor(_READERS) as pool:
            tables = pool.map(_read, paths, files.values())
            return Part({name: table.to_pandas() for name, table in zip(files, tables, strict=True)}, folder, files)

    def _damaged(self, why: str) -> Issue:
        message = f"what the last build kept in {self.pointer.name} is damaged ({why}); nothing of it was used, and all was made anew"
        return Issue("build", message, value=self.name, severity="note")


def _read(path: Path, crc: int) -> pa.Table:
    with pa.memory_map(str(path)) as file:
        content = file.read_buffer()
    if zlib.crc32(content) != crc:
        raise ValueError(f"{path.name} does not match its checksum")
    return feather.read_table(pa.BufferReader(content))


def _write(path: Path, frame: pd.DataFrame) -> int:
    sink = pa.BufferOutputStream()
    feather.write_feather(frame, sink, compression="uncompressed")
    content = sink.getvalue()
    path.write_bytes(content)
    return zlib.crc32(content)


def reading_fingerprint() -> str:
    """Hash of the code that turns bytes into a document: the reader, the modules it imports, and the pinned libraries."""
    return _hash([*_reading_code(), ROOT / "requirements.txt"])


def extraction_fingerprint() -> str:
    """Hash of the code and the data files that turn a document into rows of proposed events."""
    etl = ROOT / "dashboard" / "etl"
    code = _reading_code() | _imported(etl / "extract.py") | _imported(etl / "drafts.py")
    return _hash([*code, *REFERENCE_DIR.glob("*.*"), ROOT / "requirements.txt"])


def _reading_code() -> set[Path]:
    """The readers of the formats are named by what a file is, so no import names them."""
    etl = ROOT / "dashboard" / "etl"
    return _imported(etl / "read.py").union(*(_imported(path) for path in (etl / "readers").glob("*.py")))


def _hash(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in sorted(paths, key=lambda path: (path.name, str(path))):
        digest.update(f"{path.name}:{path.stat().st_size}:".encode() + path.read_bytes())
    return digest.hexdigest()


def _imported(start: Path) -> set[Path]:
    """A module's file and those of all modules of the package that it imports, directly or through others."""
    found: set[Path] = set()
    waiting = [start]
    while waiting:
        path = waiting.pop()
        if path not in found:
            found.add(path)
            waiting += _imports(path)
    return found


def _imports(path: Path) -> list[Path]:
    found = _IMPORT.findall(path.read_text(encoding="utf-8"))
    names = [
        name for module, items in found for name in (module, *(f"{module}.{item}" for item in _NAME.findall(items)))
    ]
    files = [ROOT / f"{name.replace('.', '/')}.py" for name in names]
    return [file for file in files if file.is_file()]


def key_of(*facts: str) -> str:
    """A key of what a result was made from."""
    return hashlib.sha256("\x1f".join(facts).encode()).hexdigest()[:32]
