import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import reference
from dashboard.etl.towns import town_in, towns_named
from dashboard.folding import fold
from dashboard.settings import REFERENCE_DIR


def rows() -> list[dict[str, str]]:
    with (REFERENCE_DIR / "towns.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


ROWS = rows()


@pytest.mark.parametrize(
    ("name", "country", "found"),
    [
        ("ALTOS DE CHIPION", "ARG", "Altos de Chipión"),
        ("talawakele", "LKA", "Talawakele"),
        ("Loftahammar", "SWE", None),
        ("Hveragerdi", "ISL", "Hveragerði"),
    ],
)
def test_a_town_is_found_in_its_country_whatever_its_accents(name: str, country: str, found: str | None) -> None:
    town = town_in(name, country)
    assert (town.name if town else None) == found


@given(st.sampled_from(ROWS))
def test_every_row_is_found_by_its_name(row: dict[str, str]) -> None:
    assert f"geonames:{row['geonames_id']}" in {town.place_id for town in towns_named(row["name"])}


@given(st.text(max_size=20))
def test_any_other_text_is_no_town_or_one_of_that_name(text: str) -> None:
    assert all(fold(town.name) == fold(text) for town in towns_named(text))


def test_the_file_is_sorted_and_every_row_is_whole() -> None:
    keys = [row["folded"].encode() for row in ROWS]
    assert keys == sorted(keys)
    assert all(row["folded"] == fold(row["name"]) for row in ROWS)
    assert {row["country_code"] for row in ROWS} <= set(reference.countries()["country_code"])
    assert all(-90 <= float(row["latitude"]) <= 90 and -180 <= float(row["longitude"]) <= 180 for row in ROWS)
    assert len({row["geonames_id"] for row in ROWS}) == len(ROWS)
