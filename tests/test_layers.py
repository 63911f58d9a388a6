"""The import rule of the package, held: pages → charts → queries → schema ← etl, and Streamlit only in pages."""

import ast
from pathlib import Path

import pytest

from dashboard.settings import ROOT

PACKAGE = ROOT / "dashboard"
MODULES = sorted(PACKAGE.rglob("*.py"))
FORBIDDEN = {
    "etl": (
        "dashboard.queries",
        "dashboard.charts",
        "dashboard.exports",
        "dashboard.app_pages",
        "dashboard.app",
        "streamlit",
    ),
    "queries": (
        "dashboard.etl",
        "dashboard.charts",
        "dashboard.exports",
        "dashboard.app_pages",
        "dashboard.app",
        "streamlit",
    ),
    "charts": ("dashboard.etl", "dashboard.exports", "dashboard.app_pages", "dashboard.app", "streamlit"),
    "exports": ("dashboard.etl", "dashboard.charts", "dashboard.app_pages", "dashboard.app", "streamlit"),
    "app_pages": ("dashboard.app", "dashboard.etl"),
    "": ("dashboard.queries", "dashboard.charts", "dashboard.exports", "dashboard.app_pages", "streamlit"),
}
ENTRIES = {"__main__.py", "app.py", "server.py"}
"""Those that start everything and so may import from every layer."""


def imports(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return names


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_imports_only_from_its_own_layer_and_below(path: Path) -> None:
    layer = path.relative_to(PACKAGE).parts[0] if path.parent != PACKAGE else ""
    if not layer and path.name in ENTRIES:
        return
    upward = {
        name for name in imports(path) for banned in FORBIDDEN[layer] if name == banned or name.startswith(f"{banned}.")
    }
    assert upward == set()


def test_only_settings_reads_the_environment() -> None:
    readers = {path.name for path in MODULES if "os.environ" in path.read_text(encoding="utf-8")}
    assert readers <= {"settings.py", "__main__.py"}
