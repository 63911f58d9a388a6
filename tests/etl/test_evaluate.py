from dataclasses import replace
from pathlib import Path

import pytest

from dashboard.codebook import Actor, Event, Quote, Site
from dashboard.edtf import parse_edtf
from dashboard.errors import InputError
from dashboard.etl.evaluate import evaluate, in_words, read_coded_events
from dashboard.etl.read import Document

TEXT = "The committee met in Hefei on 7 July. Later a laboratory was opened in Dushanbe by both sides."
NOTE = Document("d1", "note.txt", TEXT, "0" * 64)
SILENT = Document("d2", "silent.txt", "Nothing happened.", "1" * 64)


def quote(text: str, rule: str = "") -> Quote:
    return Quote("note.txt", text, TEXT.index(text), TEXT.index(text) + len(text), rule=rule)


MEETING = Event(
    "e1", "note.txt", "Committee meets", "meeting", parse_edtf("2025-07-07"), "stated", Site("CHN", "Hefei"), ("CHN", "TJK"), ("general",),
    (Actor("Committee for Science", "committee", "org"),), {"type": (quote("The committee met in Hefei", "convene+committee"),)},
)  # fmt: skip
OPENING = Event(
    "e2", "note.txt", "Laboratory opened", "establishment", parse_edtf("2025-07?"), "publication", Site("TJK", "Dushanbe"), ("TJK",), ("space",),
    evidence={"type": (quote("a laboratory was opened in Dushanbe", "open+laboratory"),)},
)  # fmt: skip


def test_the_same_events_score_one_everywhere() -> None:
    result = evaluate([NOTE], [MEETING, OPENING], [OPENING, MEETING])
    assert (result.events.f1, result.errors) == (1.0, [])
    assert {right == of for right, of in result.fields.values()} == {True}


def test_a_missed_and_a_spurious_event_are_named() -> None:
    elsewhere = replace(OPENING, type="visit", evidence={"type": (quote("by both sides", "travel"),)})
    result = evaluate([NOTE], [MEETING], [elsewhere])
    assert (result.events.right, result.events.coded, result.events.proposed) == (0, 1, 1)
    assert [error[1] for error in result.errors] == ["missed", "spurious"]
    assert result.rules == {"travel": (0, 1)}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"type": "visit"}, "type"),
        ({"date": parse_edtf("2025-07-08")}, "date"),
        ({"date_basis": "relative"}, "date_basis"),
        ({"site": Site("CHN", "Beijing")}, "site"),
        ({"site": "virtual"}, "site"),
    ],
)
def test_a_wrong_field_of_a_found_event_is_an_error_of_that_field_alone(change: dict[str, object], field: str) -> None:
    result = evaluate([NOTE], [MEETING], [replace(MEETING, **change)])
    assert [error[1] for error in result.errors] == [field]
    assert result.events.f1 == 1.0


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        (Site("CHN", "Xichang"), Site("CHN", "Xichang Satellite Launch Center"), True),
        (Site("CHN", "Xichang"), Site("CHN"), False),
        (Site("PAK", "Hyderabad"), Site("IND", "Hyderabad"), False),
        ("virtual", "virtual", True),
        (None, Site("CHN"), False),
    ],
)
def test_sites_are_the_same_under_a_longer_name_in_one_country(one: object, other: object, is_same: bool) -> None:  # noqa: FBT001
    result = evaluate([NOTE], [replace(MEETING, site=one)], [replace(MEETING, site=other)])  # type: ignore[arg-type]
    assert result.fields["site"] == (int(is_same), 1)


def test_a_guessed_date_is_the_same_date() -> None:
    assert evaluate([NOTE], [OPENING], [replace(OPENING, date=parse_edtf("2025-07"))]).fields["date"] == (1, 1)


def test_lists_are_scored_value_by_value_and_names_by_likeness() -> None:
    proposed = replace(
        MEETING,
        countries=("CHN", "ESP"),
        actors=(Actor("The Committee for Science", "x", "org"), Actor("Hefei", "Hefei", "org")),
    )
    lists = evaluate([NOTE], [MEETING], [proposed]).lists
    assert (lists["countries"].right, lists["countries"].precision) == (1, 0.5)
    assert (lists["organisations"].right, lists["organisations"].proposed) == (1, 2)


def test_events_of_a_silent_document_are_counted_for_each_such_document() -> None:
    stranger = replace(MEETING, document="silent.txt")
    assert evaluate([NOTE, SILENT], [MEETING], [MEETING, stranger]).spurious_per_silent_document == 1.0


def test_a_quote_that_is_not_there_is_counted() -> None:
    assert evaluate(
        [NOTE], [], [MEETING.with_evidence("type", [Quote("note.txt", "something else", 0, 14)])]
    ).quotes == (0, 1)


def test_the_report_names_the_split_the_rules_and_the_errors() -> None:
    said = in_words(evaluate([NOTE], [MEETING, OPENING], [MEETING]))
    assert said.startswith("Measured on 1 document, ")
    assert "1 of 1  convene+committee" in said
    assert "note.txt | missed | establishment, 2025-07?: Laboratory opened" in said


def test_coded_events_of_a_document_that_is_not_there_are_refused() -> None:
    with pytest.raises(InputError, match=r"note\.txt, which is not among the documents"):
        evaluate([SILENT], [MEETING], [])


def test_a_line_that_is_not_a_coded_event_is_named(tmp_path: Path) -> None:
    (tmp_path / "gold.jsonl").write_text('{"document": "a.txt"}\n')
    with pytest.raises(InputError, match=r"gold.jsonl line 1 is not a coded event"):
        read_coded_events(tmp_path / "gold.jsonl")
