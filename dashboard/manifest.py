"""The manifest of a build: which tables are current, and what they were made from.

The tables of a build lie in a folder of their own; the manifest names that folder. Replacing the one file swaps the
whole build, so a reader sees the old build or the new one, never a mixture.
"""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from dashboard.errors import BuildMissingError

MANIFEST_FILE = "manifest.json"
FORMAT = 3
"""Raised when the tables change so that older code cannot read them."""

REBUILD = "run `python -m dashboard build` to make it again"


@dataclass(frozen=True)
class Manifest:
    """What a build says of itself.

    Shape: `inputs` maps each document's and each decisions file's name to its SHA-256; `tables` maps each table to its
    row count; `counts` are the figures that the build printed. `build_id` hashes code version and inputs, so that two
    builds of the same things have the same one.
    """

    build_id: str
    code_version: str
    built_at: str
    folder: str
    inputs: dict[str, str]
    tables: dict[str, int]
    counts: dict[str, int]
    format: int = field(default=FORMAT)

    def to_json(self) -> str:
        return json.dumps(asdict(self), indent=2, ensure_ascii=False) + "\n"


def read_manifest(output_dir: Path) -> Manifest:
    """The current build of a folder.

    Raises: BuildMissingError if there is none, or none that this code can read.
    """
    return _read(output_dir / MANIFEST_FILE)


def read_kept_manifest(output_dir: Path, build_id: str) -> Manifest | None:
    """The newest build of this id that is still kept in a folder, or None.

    Raises: BuildMissingError if this code cannot read it.
    """
    kept = sorted(output_dir.glob(f"tables-*/{MANIFEST_FILE}"), key=lambda path: path.stat().st_mtime_ns)
    named = [path for path in kept if path.parent.name.split("-")[1] == build_id]
    return _read(named[-1]) if named else None


def _read(path: Path) -> Manifest:
    try:
        form: Any = json.loads(path.read_text(encoding="utf-8"))
        if form["format"] != FORMAT:
            raise BuildMissingError(f"{path} has format {form['format']}; this version reads {FORMAT}; {REBUILD}")
        return Manifest(**form)
    except FileNotFoundError as error:
        raise BuildMissingError(f"there is no build in {path.parent} yet; {REBUILD}") from error
    except (ValueError, KeyError, TypeError) as error:
        raise BuildMissingError(f"{path} is not a manifest ({error}); {REBUILD}") from error
