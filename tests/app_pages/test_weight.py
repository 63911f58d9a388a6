"""No figure sends more to the browser than a slow line carries in a moment."""

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.app_pages.links import TITLES
from tests.app_pages.conftest import OpenPage

MOST_BYTES = 300_000
FIGURES = ("plotly_chart", "deck_gl_json_chart", "bidi_component")


def weights(page: AppTest) -> dict[str, int]:
    """The bytes of each figure, map and component, by its id."""
    drawn = [element.proto for kind in FIGURES for element in page.get(kind)]
    return {proto.id: proto.ByteSize() for proto in drawn}


@pytest.mark.parametrize("name", TITLES)
def test_no_figure_sends_more_than_its_share(open_page: OpenPage, name: str) -> None:
    found = weights(open_page(name))
    assert found
    assert {figure: size for figure, size in found.items() if size > MOST_BYTES} == {}
