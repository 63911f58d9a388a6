"""A link that is older than the build: what changed in its view is said, once, until the visitor goes on."""

import pytest

from dashboard.etl.build import build
from dashboard.settings import Settings
from tests.app_pages.conftest import OpenPage, texts, twins
from tests.queries.test_changes import OPENED_IN_LAHORE, SIGNED_IN_HEFEI, VISITED, write


@pytest.fixture
def first_build(workplace: Settings, monkeypatch: pytest.MonkeyPatch) -> str:
    """A build of Hefei and Lahore, after which Tashkent came and Hefei went."""
    write(workplace, "hefei.txt", SIGNED_IN_HEFEI)
    write(workplace, "lahore.txt", OPENED_IN_LAHORE)
    build_id = build(workplace).manifest.build_id
    (workplace.documents_dir / "hefei.txt").unlink()
    write(workplace, "tashkent.txt", VISITED)
    build(workplace)
    for name, folder in vars(workplace).items():
        monkeypatch.setenv(f"CORRIDOR_{name.removesuffix('_dir').upper()}", str(folder))
    return build_id


def test_an_older_link_says_what_was_added_changed_and_withdrawn(open_page: OpenPage, first_build: str) -> None:
    page = open_page("events", build=first_build)
    assert not page.exception
    assert "Since then, in this view: 1 added, 0 changed, 1 withdrawn." in texts(page)
    assert set(twins(page)["since"]["Change"]) == {"added", "withdrawn"}


def test_only_the_links_view_is_compared(open_page: OpenPage, first_build: str) -> None:
    page = open_page("events", build=first_build, type="establishment")
    assert "Nothing in this view has changed since" in texts(page)


def test_going_on_names_the_build_on_the_screen(open_page: OpenPage, first_build: str) -> None:
    page = open_page("events", build=first_build)
    page.button(key="forget_build").click().run()
    assert "This link was made" not in texts(page)
    assert page.query_params["build"] != first_build


def test_a_build_that_is_not_kept_is_said(open_page: OpenPage, first_build: str) -> None:
    assert first_build != "00000000"
    page = open_page("events", build="00000000")
    assert "which is not kept here" in texts(page)


def test_a_link_of_the_build_on_the_screen_says_nothing(open_page: OpenPage, first_build: str) -> None:
    page = open_page("events")
    assert first_build not in texts(page)
    assert "This link was made" not in texts(page)
