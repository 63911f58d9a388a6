import pytest

from dashboard.codebook import Actor, Event, Quote, Site, from_json, with_value
from dashboard.edtf import parse_edtf
from dashboard.errors import InputError

EVENT = Event(
    event_id="e1",
    document="note.txt",
    title="A and B sign",
    type="agreement",
    date=parse_edtf("2025-07-26"),
    date_basis="stated",
    site=Site("CHN", "Beijing"),
    countries=("CHN", "ESP"),
    sectors=("basic_science",),
    actors=(Actor("Institute of High Energy Physics", "IHEP", "org"),),
    evidence={"type": (Quote("note.txt", "A and B sign", 0, 12, rule="sign + instrument"),)},
)


def test_an_event_reads_back_what_it_wrote() -> None:
    assert from_json(EVENT.to_json()) == EVENT


def test_the_written_form_is_the_codebooks() -> None:
    form = EVENT.to_json()
    assert form["date"] == "2025-07-26"
    assert form["site"] == {"city": "Beijing", "country": "CHN"}
    assert form["evidence"]["type"] == [{"quote": "A and B sign", "start": 0, "end": 12, "rule": "sign + instrument"}]


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("date", "26 July", "not an EDTF date"),
        ("date_basis", "rumour", "expected one of stated"),
        ("site", "Beijing", "expected {"),
        ("sectors", "space", "expected a list"),
        ("actors", [{"name": "X", "kind": "robot"}], "org or person"),
        ("type", "", "expected a text"),
        ("colour", "red", "colour"),
    ],
)
def test_a_value_that_does_not_fit_its_field_is_named(field: str, value: object, said: str) -> None:
    with pytest.raises(InputError, match=said):
        with_value(EVENT, field, value)


def test_a_date_and_its_basis_are_decided_together() -> None:
    event = with_value(EVENT, "date", {"date": "2025-07?", "date_basis": "publication"})
    assert (str(event.date), event.date_basis) == ("2025-07?", "publication")


@pytest.mark.parametrize(
    "form",
    [
        {"document": "note.txt", "type": "visit"},
        {"document": "note.txt", "type": "visit", "evidence": {"mood": []}},
        {"document": "note.txt", "type": "visit", "evidence": {"type": [{"quote": "no offsets"}]}},
    ],
)
def test_an_event_without_proof_is_refused(form: dict[str, object]) -> None:
    with pytest.raises(InputError):
        from_json(form)
