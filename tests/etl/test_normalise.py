from dataclasses import replace

import pytest

from dashboard.codebook import Actor, Event, Quote, Site
from dashboard.edtf import parse_edtf
from dashboard.errors import InputError
from dashboard.etl.decide import Replay
from dashboard.etl.decided import DecidedEvent
from dashboard.etl.normalise import Tables, _first_line, normalise
from dashboard.etl.publication import dated, publication_of
from dashboard.etl.read import Document
from dashboard.etl.rows import sector_set_id
from dashboard.issues import Issue

TEXT = "Ahsan Igbal was in Beijing on 8 May. The committee met online. Türkiye took part."
NOTE = Document("d1", "note.txt", TEXT, "0" * 64)
OTHER = Document("d2", "other.txt", "Minister Ahsan Iqbal visited Beijing on 9 May.", "1" * 64)


def quote(text: str, document: Document = NOTE, value: str = "") -> Quote:
    start = document.text.index(text)
    return Quote(document.name, text, start, start + len(text), value, "a rule")


VISIT = Event(
    "e1", "note.txt", "Iqbal visits Beijing", "visit", parse_edtf("2024-05-08"), "stated", Site("CHN", "Beijing"), ("PAK", "CHN"),
    ("energy", "digital"), (Actor("Ahsan Igbal", "Ahsan Igbal", "person"),),
    {
        "type": (quote("Ahsan Igbal was in Beijing"),), "date": (quote("8 May"),), "site": (quote("Beijing"),),
        "actors": (quote("Ahsan Igbal", value="Ahsan Igbal"),),
    },
)  # fmt: skip


def tables_of(*events: Event, issues: tuple[Issue, ...] = ()) -> Tables:
    decided = tuple(DecidedEvent((event,), "unreviewed") for event in events)
    return normalise(Replay(decided, {}, ()), [], [NOTE, OTHER], issues)


def test_a_misread_name_is_the_known_person_and_the_text_is_kept() -> None:
    tables = tables_of(VISIT)
    assert list(tables["actors"]["name"]) == ["Ahsan Iqbal"]
    assert list(tables["event_actors"]["surface"]) == ["Ahsan Igbal"]
    (alias,) = tables["actor_aliases"].query("alias == 'Ahsan Igbal'").to_dict("records")
    assert alias["basis"] == "text"
    assert alias["reason"]


def test_events_are_sorted_by_date_and_the_undated_come_last() -> None:
    undated = replace(VISIT, event_id="e0", date=None)
    later = replace(VISIT, event_id="e9", date=parse_edtf("2025-01-01"))
    tables = tables_of(undated, later, VISIT)
    assert list(tables["events"]["event_id"]) == ["e1", "e9", "e0"]
    assert list(tables["events"]["date_basis"]) == ["stated", "stated", "unknown"]
    assert "no date in the text" in tables["issues"]["message"].iloc[0]


@pytest.mark.parametrize(
    ("site", "mode", "precision", "place_id"),
    [
        ("virtual", "virtual", "none", None),
        (None, "not_stated", "none", None),
        (Site("CHN"), "on_site", "country", "country:CHN"),
        (Site("CHN", "Beijing"), "on_site", "city", "geonames:1816670"),
        (Site("CHN", "Nowhereville"), "on_site", "city", "unlisted:CHN:nowhereville"),
    ],
)
def test_no_place_is_invented(site: object, mode: str, precision: str, place_id: str | None) -> None:
    event = tables_of(replace(VISIT, site=site))["events"].iloc[0]  # type: ignore[arg-type]
    found = event["place_id"] if isinstance(event["place_id"], str) else None
    assert (event["mode"], event["place_precision"], found) == (mode, precision, place_id)


def test_a_country_has_no_coordinates_and_an_unlisted_place_is_an_issue() -> None:
    tables = tables_of(
        replace(VISIT, site=Site("CHN")), replace(VISIT, event_id="e2", site=Site("CHN", "Nowhereville"))
    )
    assert tables["places"]["latitude"].isna().all()
    unlisted = tables["issues"].query("field == 'site'")
    assert [(issue.value, "add a row to" in issue.message) for issue in unlisted.itertuples()] == [
        ("Nowhereville", True)
    ]


def test_a_set_of_sectors_is_one_code_in_the_codebooks_order() -> None:
    assert sector_set_id(("digital", "energy")) == sector_set_id(("energy", "digital")) == "energy+digital"
    tables = tables_of(VISIT, replace(VISIT, event_id="e2", sectors=("digital", "energy")))
    assert list(tables["events"]["sector_set_id"]) == ["energy+digital", "energy+digital"]
    assert list(tables["events"]["main_sector_code"]) == ["energy", "digital"]
    assert list(tables["sector_sets"]["sector_code"]) == ["energy", "digital"]


@pytest.mark.parametrize(
    ("event", "share"),
    [
        (VISIT, 4 / 6),
        (replace(VISIT, date_basis="publication"), 3 / 6),
        (VISIT.with_evidence("site", ()), 3 / 6),
    ],
)
def test_completeness_counts_fields_with_a_value_and_a_quote(event: Event, share: float) -> None:
    assert tables_of(event)["events"]["completeness"].iloc[0] == pytest.approx(share)


def test_two_tellings_keep_the_quotes_of_both_and_their_disagreement() -> None:
    telling = replace(
        VISIT, event_id="e2", document="other.txt", date=parse_edtf("2024-05-09"),
        evidence={"type": (quote("visited Beijing", OTHER),), "date": (quote("9 May", OTHER),)},
    )  # fmt: skip
    merged = DecidedEvent((VISIT, telling), "accepted", reasons=("its date is finer",))
    tables = normalise(Replay((merged,), {}, ()), [], [NOTE, OTHER], ())
    dates = tables["evidence"].query("field == 'date'")
    assert dict(zip(dates["document_id"], dates["value"], strict=True)) == {"d1": "2024-05-08", "d2": "2024-05-09"}
    assert tables["events"]["document_count"].iloc[0] == 2


def test_an_event_is_found_by_all_that_is_shown_of_it() -> None:
    words = tables_of(VISIT)["event_search"].iloc[0]
    for column, said in {
        "title_words": ("iqbal", "visits"),
        "actor_words": ("iqbal", "igbal"),
        "place_words": ("beijing", "peking", "china", "prc"),
        "label_words": ("china", "pakistan", "visit", "energy", "digital"),
        "quote_words": ("8 may", "igbal was in beijing"),
    }.items():
        for word in said:
            assert f" {word} " in words[column].replace("\n", " ")


def test_other_names_of_places_and_countries_are_a_table_with_reasons() -> None:
    aliases = tables_of(VISIT)["place_aliases"]
    assert {"Peking", "PRC", "Islamic Republic of Pakistan"} <= set(aliases["alias"])
    assert not {"China", "Chinese", "Turkey"} & set(aliases["alias"])
    assert aliases["reason"].str.len().gt(0).all()


def test_a_quote_that_is_not_in_its_document_stops_the_build() -> None:
    with pytest.raises(InputError, match=r"is not at 0–5 of note\.txt"):
        tables_of(VISIT.with_evidence("type", [Quote("note.txt", "wrong", 0, 5)]))


@pytest.mark.parametrize(
    ("text", "listed", "published", "basis"),
    [
        (f" date 2024-05-09 {TEXT}", "2020-01-01", "2024-05-09", "stamp"),
        (TEXT, "2024-05", "2024-05", "sources.csv"),
        (TEXT, "", None, None),
        (f"{TEXT} It had met in 2019.", "", None, None),
    ],
)
def test_a_documents_date_is_the_one_that_dates_its_events(
    text: str, listed: str, published: str | None, basis: str | None
) -> None:
    document = replace(NOTE, text=text, published=parse_edtf(listed) if listed else None)
    found = dated(document, publication_of(document))
    (row,) = normalise(Replay((), {}, ()), [], [found], ())["documents"].to_dict("records")
    known = {
        name: value if isinstance(value := row[name], str) else None for name in ("published_edtf", "published_basis")
    }
    assert (known["published_edtf"], known["published_basis"], row["format"]) == (published, basis, "txt")


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (" date 2022-02-11 Africa | Health\n\nEurope's bank backs a plant\n\nBody.", "Europe's bank backs a plant"),
        ("https://a.example/2023/04/04/base\nPT | ES\nLaboratory settles the basis\n", "Laboratory settles the basis"),
        (" date 2024-05-09 The academies met in Tartu on Monday.", "The academies met in Tartu on Monday."),
        ("Short\n", "Short"),
    ],
)
def test_a_document_without_a_title_is_called_by_its_first_line_of_words(text: str, title: str) -> None:
    assert _first_line(text) == title
