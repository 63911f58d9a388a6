from dataclasses import replace
from pathlib import Path

import pytest

from dashboard.codebook import Actor, Event, Quote, Site
from dashboard.edtf import parse_edtf
from dashboard.errors import InputError
from dashboard.etl.evaluate import ENOUGH_CASES, RuleScore, evaluate, pair, read_coded_events
from dashboard.etl.evaluation_report import in_words, to_json
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
    assert (result.events.f1, result.mistakes) == (1.0, ())
    assert {right == of for right, of in result.fields.values()} == {True}


def test_a_missed_and_a_spurious_event_are_named() -> None:
    elsewhere = replace(OPENING, type="visit", evidence={"type": (quote("by both sides", "travel"),)})
    result = evaluate([NOTE], [MEETING], [elsewhere])
    assert (result.events.right, result.events.coded, result.events.proposed) == (0, 1, 1)
    missed, spurious = result.mistakes
    assert (missed.what, missed.title, missed.coded) == ("missed", "Committee meets", "meeting, 2025-07-07")
    assert missed.coded_quotes == ("The committee met in Hefei",)
    assert (spurious.what, spurious.proposed, spurious.proposed_quotes) == (
        "spurious",
        "visit, 2025-07?",
        ("by both sides",),
    )
    assert result.rules == (RuleScore("event", "travel", 0, 1),)


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
    assert [mistake.what for mistake in result.mistakes] == [field]
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


def test_events_of_a_silent_document_are_counted_for_each_such_document_and_by_type() -> None:
    stranger = replace(MEETING, document="silent.txt")
    result = evaluate([NOTE, SILENT], [MEETING], [MEETING, stranger])
    assert (result.spurious_per_silent_document, result.spurious) == (1.0, {"meeting": 1})


EDGE = "The committee met in Hefei"


@pytest.mark.parametrize(
    ("coded", "proposed", "pairs"),
    [
        # Twelve characters in common are enough, whatever the type and the date.
        ({}, {"type": "visit", "date": None, "evidence": {"type": (quote(EDGE[:12]),)}}, [(0, 0)]),
        ({}, {"type": "visit", "date": None, "evidence": {"type": (quote(EDGE[:11]),)}}, []),
        # The same type on the same date is enough, whatever the words; a guess is the same date.
        ({}, {"evidence": {"type": (quote("by both sides"),)}}, [(0, 0)]),
        ({}, {"evidence": {"type": (quote("by both sides"),)}, "date": parse_edtf("2025-07-07?")}, [(0, 0)]),
        ({}, {"evidence": {"type": (quote("by both sides"),)}, "date": parse_edtf("2025-07")}, []),
        ({}, {"evidence": {"type": (quote("by both sides"),)}, "type": "visit"}, []),
        # Two events without a date are of the same date.
        ({"date": None}, {"evidence": {"type": (quote("by both sides"),)}, "date": None}, [(0, 0)]),
    ],
)  # fmt: skip
def test_an_event_is_found_by_its_words_or_by_its_type_and_date(
    coded: dict[str, object], proposed: dict[str, object], pairs: list[tuple[int, int]]
) -> None:
    assert pair([replace(MEETING, **coded)], [replace(MEETING, **proposed)]) == pairs


def test_the_better_pair_is_taken_first_and_each_event_once() -> None:
    worse = replace(MEETING, event_id="e3", type="visit")
    assert pair([MEETING], [worse, MEETING]) == [(0, 1)]
    assert pair([MEETING, OPENING], [MEETING, MEETING]) == [(0, 0)]
    assert pair([MEETING, MEETING], [MEETING, MEETING]) == [(0, 0), (1, 1)]


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("2025-07-07", "2025-07-07?", True),
        ("2025-07-07/2025-07-07", "2025-07-07", True),
        ("2025-07", "2025-07-01/2025-07-31", False),
        ("2025-07", "2025-07-07", False),
        ("2025-33", "2025-01/2025-03", False),
    ],
)
def test_dates_are_the_same_as_written_but_for_the_guess(one: str, other: str, is_same: bool) -> None:  # noqa: FBT001
    result = evaluate([NOTE], [replace(MEETING, date=parse_edtf(one))], [replace(MEETING, date=parse_edtf(other))])
    assert result.fields["date"] == (int(is_same), 1)


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("Al-Debi'e", "Al Debie", True),
        ("University of Karachi", "Karachi, University of Karachi campus", True),
        ("Tübitak", "TUBITAK", True),
        ("CERN", "CERN council", False),
        ("China", "Chile", False),
        ("中国", "日本", False),
    ],
)
def test_names_are_the_same_if_alike_or_one_within_the_other(one: str, other: str, is_same: bool) -> None:  # noqa: FBT001
    coded, proposed = (replace(MEETING, actors=(Actor(name, name, "org"),)) for name in (one, other))
    assert evaluate([NOTE], [coded], [proposed]).lists["organisations"].right == int(is_same)


def test_a_wrong_value_is_told_with_both_values_and_both_quotes() -> None:
    coded = replace(MEETING.with_evidence("site", [quote("Hefei")]), countries=("CHN", "TJK"))
    proposed = replace(
        MEETING.with_evidence("site", [quote("Dushanbe", "text:only")]),
        site=Site("TJK", "Dushanbe"),
        countries=("CHN", "ESP"),
    ).with_evidence("countries", [replace(quote("both sides", "country"), value="ESP")])
    countries, site = evaluate([NOTE], [coded], [proposed]).mistakes
    assert (countries.what, countries.coded, countries.proposed) == ("countries", "TJK", "ESP")
    assert countries.proposed_quotes == ("both sides",)
    assert (site.coded, site.proposed) == (
        '{"city": "Hefei", "country": "CHN"}',
        '{"city": "Dushanbe", "country": "TJK"}',
    )
    assert (site.coded_quotes, site.proposed_quotes) == (("Hefei",), ("Dushanbe",))


def test_each_rule_is_judged_by_what_it_gave_and_its_family_too() -> None:
    dated = MEETING.with_evidence("date", [quote("7 July", "day"), quote("Later", "stamp")])
    sited = dated.with_evidence("site", [quote("Hefei", "text:only")])
    wrong = replace(sited, site=Site("CHN", "Beijing"))
    rules = {
        (score.field, score.rule): (score.right, score.fired) for score in evaluate([NOTE], [MEETING], [wrong]).rules
    }
    assert rules["event", "convene+committee"] == (1, 1)
    assert rules["date", "day"] == (1, 1)
    assert ("date", "stamp") not in rules
    assert rules["site", "text:only"] == rules["site", "text:*"] == (0, 1)
    assert rules["countries", "(no quote)"] == (2, 2)


def test_the_worst_rule_that_fired_often_enough_stands_first() -> None:
    def at(number: int, site: Site) -> tuple[Document, Event]:
        name = f"{number}.txt"
        event = replace(MEETING, document=name, site=site, evidence={
            "type": (replace(quote(EDGE, "meet"), document=name),), "site": (replace(quote("Hefei", "often"), document=name),),
        })  # fmt: skip
        return replace(NOTE, name=name, sha256=f"{number:064d}"), event

    pairs = [at(number, Site("CHN", "Beijing" if number < 2 else "Hefei")) for number in range(ENOUGH_CASES)]
    coded = [replace(event, site=Site("CHN", "Hefei")) for _, event in pairs]
    result = evaluate([document for document, _ in pairs], coded, [event for _, event in pairs])
    assert (result.rules[0].rule, result.rules[0].share) == ("often", 0.6)


def test_one_object_for_machines_has_the_same_figures() -> None:
    form = to_json(evaluate([NOTE, SILENT], [MEETING, OPENING], [MEETING]))
    assert form["events"] == {"precision": 1.0, "recall": 0.5, "f1": 0.667, "right": 1, "gold": 2, "proposed": 1}
    assert form["site"] == {"right": 1, "of": 1, "share": 1.0}
    assert form["persons"]["f1"] is None
    assert form["spurious_per_document_without_events"] == 0.0
    assert [mistake["what"] for mistake in form["mistakes"]] == ["missed"]


def test_a_quote_that_is_not_there_is_counted() -> None:
    assert evaluate(
        [NOTE], [], [MEETING.with_evidence("type", [Quote("note.txt", "something else", 0, 14)])]
    ).quotes == (0, 1)


def test_the_report_names_the_split_the_rules_and_the_errors() -> None:
    said = in_words(evaluate([NOTE], [MEETING, OPENING], [MEETING]))
    assert said.startswith("Measured on 1 document, ")
    assert "   1 of    1  1.00  event         convene+committee" in said
    assert "note.txt | missed | establishment, 2025-07? | – | Laboratory opened" in said
    assert "      coded: “a laboratory was opened in Dushanbe”" in said


def test_coded_events_of_a_document_that_is_not_there_are_refused() -> None:
    with pytest.raises(InputError, match=r"note\.txt, which is not among the documents"):
        evaluate([SILENT], [MEETING], [])


def test_a_line_that_is_not_a_coded_event_is_named(tmp_path: Path) -> None:
    (tmp_path / "gold.jsonl").write_text('{"document": "a.txt"}\n')
    with pytest.raises(InputError, match=r"gold.jsonl line 1 is not a coded event"):
        read_coded_events(tmp_path / "gold.jsonl")
