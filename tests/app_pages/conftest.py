"""Pages run without a browser, over the shipped build."""

import json
from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from dashboard.queries.store import Store
from dashboard.settings import ROOT

OpenPage = Callable[..., AppTest]


def _open_page(name: str, **params: str | list[str]) -> AppTest:
    """A page at an address, run once. Streamlit's own `switch_page` knows pages that are files only."""
    page = AppTest.from_file(str(ROOT / "dashboard" / "app.py"), default_timeout=60)
    page._page_hash = calc_hash(name)
    for param, value in params.items():
        page.query_params[param] = value
    return page.run()


@pytest.fixture
def open_page(built_store: Store) -> OpenPage:
    return _open_page


def asked(page: AppTest) -> dict[str, Any]:
    """What the address asks for, apart from the build that it names."""
    return {name: value for name, value in page.query_params.items() if name != "build"}


def twins(page: AppTest) -> dict[str, pd.DataFrame]:
    """The tables beside the figures, by the figure's name, each cell as it is shown."""
    drawn = [element.proto for element in page.get("bidi_component") if element.proto.component_name == "corridor_twin"]
    return {
        proto.id.partition("-twin_")[2]: pd.DataFrame(
            json.loads(proto.json)["rows"], columns=json.loads(proto.json)["head"]
        )
        for proto in drawn
    }


def facets(page: AppTest) -> dict[str, dict[str, Any]]:
    """What the sidebar's facets are drawn from, by the field's name."""
    (drawn,) = [e.proto for e in page.get("bidi_component") if e.proto.component_name == "corridor_facets"]
    return {facet["name"]: facet for facet in json.loads(drawn.json)["facets"]}


def texts(page: AppTest) -> str:
    """Everything that the page says, as one text, without the backslashes that keep it from being read as Markdown."""
    kinds = ("title", "header", "markdown", "caption", "info", "warning", "error", "success")
    said = [str(element.value) for kind in kinds for element in getattr(page, kind)]
    said = [text.replace("\\", "") for text in said]
    return "\n".join(said + [str(element.proto.body) for element in page.get("html")])
