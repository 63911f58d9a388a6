import json
import shutil
from pathlib import Path

import pytest

from dashboard.errors import BuildMissingError
from dashboard.manifest import MANIFEST_FILE
from dashboard.queries.store import open_build
from tests.conftest import Built


def test_a_folder_without_a_build_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(BuildMissingError, match=r"no build in .* yet; run `python -m dashboard build`"):
        open_build(tmp_path)


@pytest.mark.parametrize(
    ("manifest", "said"),
    [
        ("{", "is not a manifest"),
        ("{}", "is not a manifest"),
        ('{"format": 99}', "has format 99; this version reads 3"),
    ],
)
def test_a_broken_manifest_says_so(tmp_path: Path, manifest: str, said: str) -> None:
    (tmp_path / MANIFEST_FILE).write_text(manifest)
    with pytest.raises(BuildMissingError, match=said):
        open_build(tmp_path)


@pytest.mark.parametrize("damage", [Path.unlink, lambda path: path.write_bytes(path.read_bytes()[:50])])
def test_a_damaged_table_is_named(built: Built, tmp_path: Path, damage: object) -> None:
    copy = tmp_path / "build"
    shutil.copytree(built.settings.output_dir, copy)
    folder = json.loads((copy / MANIFEST_FILE).read_text())["folder"]
    damage(copy / folder / "events.parquet")  # type: ignore[operator]
    with pytest.raises(BuildMissingError, match=r"events\.parquet cannot be read .* run `python -m dashboard build`"):
        open_build(copy)
