"""The data files that ship are sound, and a broken one says in a sentence what is broken."""

import shutil
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest

from dashboard import reference
from dashboard.errors import ReferenceDataError
from dashboard.etl import scoring, telling
from dashboard.etl.extract import ONLY_SAID, START
from dashboard.folding import fold
from dashboard.settings import REFERENCE_DIR

CODEBOOK_TYPES = [
    "agreement",
    "meeting",
    "visit",
    "establishment",
    "launch",
    "breakthrough",
    "funding",
    "exchange",
    "policy",
]
CODEBOOK_SECTORS = [
    "space", "energy", "environment", "health", "agriculture", "digital", "manufacturing", "materials", "transport",
    "basic_science", "education", "general",
]  # fmt: skip


@pytest.mark.parametrize("name", reference.TABLES)
def test_every_file_that_ships_keeps_its_rules(name: str) -> None:
    table = reference._load(name, REFERENCE_DIR)
    assert len(table)
    assert table[reference.TABLES[name].reason_column].ne("").all()


def test_types_and_sectors_are_the_codebooks_in_its_order() -> None:
    assert reference.event_types()["event_type_code"].tolist() == CODEBOOK_TYPES
    assert reference.sectors()["sector_code"].tolist() == CODEBOOK_SECTORS


def test_types_correspond_to_plover_as_the_codebook_says() -> None:
    types = reference.event_types().set_index("event_type_code")["plover"]
    assert types.dropna().to_dict() == {
        "agreement": "AGREE", "meeting": "CONSULT", "visit": "CONSULT", "establishment": "COOPERATE", "launch": "COOPERATE",
        "funding": "AID", "exchange": "COOPERATE",
    }  # fmt: skip
    assert types[types.isna()].index.tolist() == ["breakthrough", "policy"]


@pytest.mark.parametrize(
    ("name", "country", "latitude", "longitude"),
    [
        ("Islamabad", "PAK", 33.72, 73.04),
        ("Xichang", "CHN", 27.90, 102.26),
        ("Hefei", "CHN", 31.86, 117.28),
        ("Dushanbe", "TJK", 38.54, 68.78),
        ("Hangzhou", "CHN", 30.29, 120.16),
        ("Beijing", "CHN", 39.91, 116.40),
        ("Suzhou", "CHN", 31.30, 120.60),
    ],
)
def test_a_city_of_the_seed_events_is_where_it_is(name: str, country: str, latitude: float, longitude: float) -> None:
    place = preferred_place(name, country)
    assert (round(place["latitude"], 2), round(place["longitude"], 2)) == (latitude, longitude)


def preferred_place(name: str, country: str) -> "pd.Series[object]":
    """The place of that name: the preferred one, else the only one."""
    places = reference.places().set_index("place_id")
    preferences = reference.place_preferences()
    preferred = preferences.loc[(preferences["name"] == name) & (preferences["country_code"] == country), "place_id"]
    if len(preferred):
        return places.loc[preferred.item()]
    found = places[(places["name"] == name) & (places["country_code"] == country)]
    assert len(found) == 1
    return found.iloc[0]


def test_both_xichang_and_both_suzhou_are_there() -> None:
    chinese = reference.places().query("country_code == 'CHN' and kind == 'city'")
    regions = chinese.groupby("name")["region"].agg(sorted)
    assert regions["Xichang"] == ["Guangxi", "Sichuan"]
    assert regions["Suzhou"] == ["Anhui", "Jiangsu"]


def test_a_launch_centre_may_stand_for_its_city() -> None:
    places = reference.places().set_index("name")
    assert places.loc["Xichang Satellite Launch Center", "stands_for"] == "geonames:1789647"
    assert places.loc["Alcântara Launch Center", "stands_for"] == ""


def test_places_have_numbers() -> None:
    places = reference.places()
    assert places.dtypes[["latitude", "longitude", "population"]].astype(str).tolist() == [
        "float64",
        "float64",
        "int64",
    ]
    assert places["place_id"].is_unique
    assert len(places) > 34_000


@pytest.mark.parametrize(
    ("alias", "name"),
    [
        ("Peking", "Beijing"), ("Alma-Ata", "Almaty"), ("Nur-Sultan", "Astana"), ("Rangoon", "Yangon"), ("Kiev", "Kyiv"),
        ("Washington, D.C.", "Washington"), ("Tandojam", "Tando Jam"), ("Ulaanbaatar", "Ulan Bator"),
    ],
)  # fmt: skip
def test_other_names_lead_to_the_city(alias: str, name: str) -> None:
    aliases = reference.place_aliases().merge(reference.places(), on="place_id", validate="many_to_one")
    assert aliases.loc[aliases["alias"] == alias, "name"].tolist() == [name]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Republic of Korea", "KOR"), ("ROK", "KOR"), ("Korea (Rep.)", "KOR"), ("DPRK", "PRK"), ("UAE", "ARE"), ("Emirati", "ARE"),
        ("U.S.", "USA"), ("UK", "GBR"), ("Türkiye", "TUR"), ("DR Congo", "COD"), ("Czechia", "CZE"), ("Belarusians", "BLR"),
        ("Kyrgyz", "KGZ"), ("Tajik", "TJK"), ("Nigerien", "NER"), ("Nigerian", "NGA"), ("Slovak", "SVK"), ("Slovenian", "SVN"),
    ],
)  # fmt: skip
def test_names_and_demonyms_mean_one_country(name: str, code: str) -> None:
    names = reference.country_names().set_index("name")["country_code"]
    assert names[name] == code


def test_every_country_has_its_own_name_among_the_names() -> None:
    named = reference.countries().merge(reference.country_names(), on=["country_code", "name"], validate="one_to_one")
    assert len(named) == len(reference.countries()) == 250


def test_aliases_lead_to_one_actor_whatever_their_case() -> None:
    aliases = reference.actor_aliases().assign(folded=lambda frame: frame["alias"].map(fold))
    names = set(reference.actors()["name"].map(fold))
    assert aliases["folded"].is_unique
    assert not set(aliases["folded"]) & names
    assert len(names) == len(reference.actors())


@pytest.mark.parametrize(
    ("surface", "name"),
    [
        ("Ahsan Igbal", "Ahsan Iqbal"),
        ("Maha EI Rabbat", "Maha El Rabbat"),
        ("Chongging Changan Automobile Co., Ltd.", "Chongqing Changan Automobile Co., Ltd."),
        ("Chinese Ministry of Science Technology", "Ministry of Science and Technology of China"),
        ("China Ministry of Science and Technology", "Ministry of Science and Technology of China"),
        ("Tajik National Academy of Sciences", "National Academy of Sciences of Tajikistan"),
        ("Zong", "Zong (China Mobile Pakistan)"),
    ],
)
def test_what_the_seed_documents_write_leads_to_the_canonical_name(surface: str, name: str) -> None:
    aliases = reference.actor_aliases().set_index("alias")["name"]
    assert aliases[surface] == name


def test_acronyms_belong_to_one_actor() -> None:
    acronyms = reference.actors().query("acronym != ''")["acronym"]
    assert acronyms.str.lower().is_unique


def test_every_reason_that_the_extractor_weighs_has_words() -> None:
    """What a sentence can be weighed by: the two files of weights, and the two reasons that are none of theirs."""
    weighed = {*telling.weights(), *scoring.weights(), START, ONLY_SAID} - {"threshold", "bias"}
    words = set(reference.feature_words()["feature"])
    assert weighed <= words
    assert words - weighed <= {"within_long"}, "a feature that the fit gave no weight may have words; no other"


def test_shapes_are_small_and_know_their_countries() -> None:
    shapes = reference.country_shapes()["features"]
    codes = [shape["properties"]["country_code"] for shape in shapes]
    assert set(codes) - {""} <= set(reference.countries()["country_code"])
    assert {"CHN", "PAK", "TJK", "FRA", "NOR", "XKX", "ATA"} <= set(codes)
    assert sorted(shape["properties"]["name"] for shape in shapes if not shape["properties"]["country_code"]) == [
        "Northern Cyprus",
        "Somaliland",
    ]
    assert (REFERENCE_DIR / "country_shapes.geojson").stat().st_size < 200_000


def test_no_shape_is_drawn_across_the_globe() -> None:
    for points in rings():
        steps = [(one, other) for one, other in pairwise(points) if abs(one[0] - other[0]) > 180]
        assert all(one[1] == other[1] == -85.0 for one, other in steps)


def rings() -> Iterator[list[list[float]]]:
    for shape in reference.country_shapes()["features"]:
        coordinates = shape["geometry"]["coordinates"]
        for polygon in [coordinates] if shape["geometry"]["type"] == "Polygon" else coordinates:
            yield from polygon


def test_a_changed_frame_does_not_change_the_next_one() -> None:
    sectors, places = reference.sectors(), reference.places()
    sectors.loc[0, "label"] = "Other"
    places["name"] = "Other"
    assert reference.sectors().loc[0, "label"] == "Space"
    assert "Other" not in set(reference.places()["name"])


def test_places_load_quickly(tmp_path: Path) -> None:
    shutil.copytree(REFERENCE_DIR, tmp_path, dirs_exist_ok=True, ignore=shutil.ignore_patterns("make"))
    reference._load("countries", tmp_path)
    start = time.process_time()
    reference._load("places", tmp_path)
    assert time.process_time() - start < 1.0  # about 0.07 s on an idle machine; processor time, and room for a busy one


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        (
            "countries", "country_code,alpha2,name\nCHN,CN,China\n",
            "line 1: the column 'source' is missing; expected country_code, alpha2, name, source",
        ),
        (
            "countries", "country_code,alpha2,name,source,note\nCHN,CN,China,ISO,\n",
            "line 1: the column 'note' is not known; expected country_code, alpha2, name, source",
        ),
        (
            "countries", "country_code,alpha2,name,source\nCHN,CN,China,ISO\nchn,CN,China,ISO\n",
            "line 3: country_code 'chn'; expected three capitals",
        ),
        (
            "countries", "country_code,alpha2,name,source\nCHN,CN,China,ISO\nCHN,CN,China,ISO\n",
            "line 3: country_code 'CHN' stands there twice; expected it once: delete one",
        ),
        (
            "countries", "country_code,alpha2,name,source\nCHN,CN,China, \n",
            "line 2: source empty for country_code 'CHN'; expected why the row is there, or its source",
        ),
        (
            "countries", "country_code,alpha2,name,source\nCHN,CN,China\n",
            "line 2: 3 cells in 'CHN,CN,China'; expected 4 (a cell with a comma needs quotes)",
        ),
        (
            "countries", "country_code,alpha2,name,source\nKOR,KR,Korea, Republic of,ISO\n",
            "line 2: 5 cells in 'KOR,KR,Korea, Republic of,ISO'; expected 4 (a cell with a comma needs quotes)",
        ),
        ("countries", "", "data/reference/countries.csv is empty; expected a line with the columns' names."),
        (
            "country_names", "name,country_code,kind,reason\nAtlantis,ATL,name,x\n",
            "line 2: country_code 'ATL'; expected a country_code of countries.csv",
        ),
        (
            "country_names", "name,country_code,kind,reason\nChinese,CHN,adjective,x\n",
            "line 2: kind 'adjective'; expected one of name, demonym, abbreviation",
        ),
        ("regional_bodies", "name,code,reason\nEuropean Union,CHN,x\n", "line 2: code 'CHN'; expected no code of countries.csv"),
        (
            "sectors", "sector_code,label,meaning,color_light,color_dark,frascati,crs,source\nspace,Space,x,blue,#112233,1.3,22020,x\n",
            "line 2: color_light 'blue'; expected a colour such as #1f77b4",
        ),
        (
            "sectors", "sector_code,label,meaning,color_light,color_dark,frascati,crs,source\nspace,Space,x,#112233,#112233,1.3;2.3,22020,x\n",
            "line 2: frascati '1.3;2.3'; expected codes such as 2.3, joined by '; '",
        ),
        (
            "places", "place_id,name,kind,country_code,region,latitude,longitude,population,source\ngeonames:1,X,city,CHN,,north,10,,GeoNames\n",
            "line 2: latitude 'north'; expected a number from -90 to 90",
        ),
        (
            "places", "place_id,name,kind,country_code,region,latitude,longitude,population,source\ngeonames:1,X,town,CHN,,10,190,many,GeoNames\n",
            "line 2: longitude '190'; expected a number from -180 to 180",
        ),
        (
            "places", "place_id,name,kind,country_code,region,latitude,longitude,population,source\n1,X,city,CHN,,10,10,,GeoNames\n",
            "line 2: place_id '1'; expected geonames:<number> or own:<name>",
        ),
        (
            "place_aliases", "alias,place_id,reason\nPeking,geonames:0,former name\n",
            "line 2: place_id 'geonames:0'; expected a place_id of places.csv or places_of_the_trade.csv",
        ),
        (
            "actor_aliases", "alias,name,reason\nA. Nobody,Nobody,x\n",
            "line 2: name 'Nobody'; expected a name of actors.csv",
        ),
        (
            "actor_aliases", "alias,name,reason\nZong,Ahsan Iqbal,x\nAhsan Iqbal,Ahsan Iqbal,x\n",
            "line 3: alias 'Ahsan Iqbal'; expected a writing that is nobody's canonical name",
        ),
        (
            "actors", "name,kind,country_code,acronym,reason\nA,org,CHN,CSIR,x\nB,org,IND,csir,x\n",
            "line 3: acronym 'csir'; expected an acronym of one actor only, or nothing",
        ),
    ],
)  # fmt: skip
def test_a_broken_file_says_what_is_broken(name: str, text: str, sentence: str, tmp_path: Path) -> None:
    with pytest.raises(ReferenceDataError) as caught:
        load_broken(name, text, tmp_path)
    assert sentence in str(caught.value)
    assert f"data/reference/{name}.csv" in str(caught.value)


def load_broken(name: str, text: str, folder: Path) -> None:
    """The shipped files with one of them replaced."""
    shutil.copytree(REFERENCE_DIR, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("make"))
    (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    reference._load(name, folder)


def test_all_failures_of_a_file_come_together(tmp_path: Path) -> None:
    text = "name,country_code,kind,reason\nAtlantis,ATL,name,x\nChina,CHN,adjective,\n"
    with pytest.raises(ReferenceDataError, match=r"data/reference/country_names\.csv: 3 failures\."):
        load_broken("country_names", text, tmp_path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(
        ReferenceDataError, match=r"data/reference/verbs\.csv is missing; restore it from the repository\."
    ):
        reference.read_table("verbs", ["word", "reason"], ["word"], "reason", folder=tmp_path)


def test_a_file_in_another_encoding_is_named(tmp_path: Path) -> None:
    (tmp_path / "verbs.csv").write_bytes("word,reason\nTürkiye,x\n".encode("cp1252"))
    with pytest.raises(ReferenceDataError, match=r"verbs\.csv"):
        reference.read_table("verbs", ["word", "reason"], ["word"], "reason", folder=tmp_path)


def test_a_lexicon_is_read_as_text(tmp_path: Path) -> None:
    (tmp_path / "verbs.csv").write_text('word,weight,reason\nNA,1,"said so, often"\nnull,,x\n', encoding="utf-8")
    verbs = reference.read_table("verbs", ["word", "weight", "reason"], ["word"], "reason", folder=tmp_path)
    assert verbs.to_dict("records") == [
        {"word": "NA", "weight": "1", "reason": "said so, often"},
        {"word": "null", "weight": "", "reason": "x"},
    ]


def test_a_countrys_name_stands_within_its_outline_and_every_outline_has_a_name() -> None:
    labels = reference.country_labels().set_index("country_code")
    for shape in reference.country_shapes()["features"]:
        code, geometry = shape["properties"]["country_code"], shape["geometry"]
        if not code:
            continue
        parts = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
        assert any(_contains(part[0], labels.loc[code, "longitude"], labels.loc[code, "latitude"]) for part in parts), (
            code
        )


def _contains(ring: list[list[float]], x: float, y: float) -> bool:
    crossings = [
        (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1 for (x1, y1), (x2, y2) in pairwise(ring)
    ]
    return sum(crossings) % 2 == 1
