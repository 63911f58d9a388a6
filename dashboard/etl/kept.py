"""What a build keeps for the next one: results by the hash of what they were made from, as columns in Arrow files.

A keep is a folder of files and one small file that names it with the files' checksums. Replacing that one file makes a new
keep the current one, so two builds at once or a torn write leave a whole keep or none. A keep made by other code, or one that
does not match its checksums, is not used: what it held is made anew.
"""

import hashlib
import json
import re
import shutil
import tempfile
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pyarrow as pa
from filelock import FileLock
from pyarrow import feather

from dashboard.issues import Issue
from dashboard.settings import REFERENCE_DIR, ROOT

Frames = dict[str, pd.DataFrame]

FOLDER = "kept"
_POINTER = ".json"
_IMPORT = re.compile(r"^ {0,16}from (dashboard[\w.]{0,80}) import (\([^)]{1,2000}\)|[^\n]+)", re.MULTILINE)
_NAME = re.compile(r"\w+")


@dataclass(frozen=True)
class Keep:
    """One kept set of frames: where it lies, and the fingerprint of the code that may read and write it."""

    folder: Path
    name: str
    fingerprint: str

    @property
    def pointer(self) -> Path:
        return self.folder / f"{self.name}{_POINTER}"

    def read(self) -> tuple[Frames, tuple[Issue, ...]]:
        """The kept frames by name; none if nothing was kept by this code, and then an issue if something was but is damaged."""
        try:
            form = json.loads(self.pointer.read_bytes())
            if form["fingerprint"] != self.fingerprint:
                return {}, ()
            return {name: self._frame(form["folder"], name, crc) for name, crc in form["files"].items()}, ()
        except FileNotFoundError:
            if not self.pointer.exists():
                return {}, ()
            return {}, (self._damaged("a file of it is gone"),)
        except (OSError, ValueError, KeyError, TypeError, AttributeError, pa.ArrowException) as error:
            return {}, (self._damaged(str(error).splitlines()[0] if str(error) else type(error).__name__),)

    def write(self, frames: Mapping[str, pd.DataFrame]) -> None:
        """Keep these frames in place of what was kept; builds take turns."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with FileLock(self.folder / ".lock"):
            made = Path(tempfile.mkdtemp(prefix=f"{self.name}-", dir=self.folder))
            files = {name: _write(made / f"{name}.arrow", frame) for name, frame in frames.items()}
            form = {"fingerprint": self.fingerprint, "folder": made.name, "files": files}
            beside = self.pointer.with_suffix(".new")
            beside.write_text(json.dumps(form), encoding="utf-8")
            beside.replace(self.pointer)
            for old in self.folder.glob(f"{self.name}-*"):
                if old != made:
                    shutil.rmtree(old)

    def _frame(self, folder: str, name: str, crc: int) -> pd.DataFrame:
        path = self.folder / Path(folder).name / f"{Path(name).name}.arrow"
        content = path.read_bytes()
        if zlib.crc32(content) != crc:
            raise ValueError(f"{path.name} does not match its checksum")
        return feather.read_table(pa.BufferReader(content)).to_pandas()

    def _damaged(self, why: str) -> Issue:
        message = f"what the last build kept in {self.pointer.name} is damaged ({why}); nothing of it was used, and all was made anew"
        return Issue("build", message, value=self.name, severity="note")


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
