"""What many tests stand on: the shipped documents and decisions, built once into a folder of their own."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from dashboard.etl.build import BuildReport, build
from dashboard.queries.store import Store, open_build
from dashboard.settings import ROOT, Settings


@dataclass(frozen=True)
class Built:
    settings: Settings
    report: BuildReport
    store: Store


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The build that ships: three documents, their decisions, twelve events."""
    output = tmp_path_factory.mktemp("build")
    settings = Settings(ROOT / "seeds", ROOT / "data" / "reviews", output)
    return Built(settings, build(settings), open_build(output))


@pytest.fixture(scope="session")
def store(built: Built) -> Store:
    return built.store


@pytest.fixture
def built_store(built: Built, monkeypatch: pytest.MonkeyPatch) -> Store:
    """The same build, where the app looks for it."""
    monkeypatch.setenv("CORRIDOR_OUTPUT", str(built.settings.output_dir))
    return built.store


@pytest.fixture
def workplace(tmp_path: Path) -> Settings:
    """Empty folders for documents, decisions and builds."""
    settings = Settings(tmp_path / "documents", tmp_path / "reviews", tmp_path / "build")
    settings.documents_dir.mkdir()
    settings.reviews_dir.mkdir()
    return settings
