"""The pages of an actor, a place and a country: what a click on them narrows to."""

from functools import partial
from typing import Any

import pytest

from dashboard.app_pages.breakdowns import value_clicked
from dashboard.app_pages.figures import Clicked
from dashboard.app_pages.profile import of_subject


@pytest.mark.parametrize(
    ("subject", "field", "code", "narrowed"),
    [
        ({"actors": "a1"}, "actor", "a2", {"actors": "a1", "also_actors": "a2"}),
        ({"actors": "a1"}, "type", "launch", {"actors": "a1", "types": "launch"}),
        ({"countries": "PAK"}, "country", "CHN", {"countries": "PAK", "also_countries": "CHN"}),
        ({"site_countries": "PAK"}, "country", "CHN", {"site_countries": "PAK", "countries": "CHN"}),
        ({"places": "p1"}, "main", "space", {"places": "p1", "mains": "space"}),
        ({"places": "p1"}, "main", "", None),
    ],
)
def test_a_click_narrows_to_the_subject_too(
    subject: dict[str, str], field: str, code: str, narrowed: dict[str, Any] | None
) -> None:
    assert of_subject(partial(value_clicked, field), **subject)(Clicked([[code]])) == narrowed
