"""What a link says of the build it was made on: added, changed, withdrawn in this view, field by field."""

import json
from pathlib import Path

import pytest

from dashboard.decisions import append_decision
from dashboard.etl.build import build
from dashboard.manifest import read_kept_manifest
from dashboard.queries.changes import changes, tally
from dashboard.queries.events import event_rows
from dashboard.queries.filters import EventFilter
from dashboard.queries.store import Store, open_build, open_tables
from dashboard.settings import Settings

SIGNED_IN_HEFEI = """Hefei, 3 March 2025 - The Chinese Academy of Sciences and the University of Karachi signed a memorandum of
understanding on quantum communication in Hefei on 3 March 2025.
"""
OPENED_IN_LAHORE = """Lahore, 5 April 2025 - The Ministry of Science and Technology of Pakistan opened a joint laboratory for solar energy
with Tsinghua University in Lahore on 5 April 2025.
"""
VISITED = """Tashkent, 9 May 2025 - A delegation of the Uzbek Academy of Sciences visited the Institute of Physics in Beijing on 9 May 2025.
"""


def write(folder: Settings, name: str, text: str) -> None:
    (folder.documents_dir / name).write_text(text, encoding="utf-8")


def kept(folder: Settings, build_id: str) -> Store:
    manifest = read_kept_manifest(folder.output_dir, build_id)
    assert manifest is not None
    return open_tables(folder.output_dir, manifest)


@pytest.fixture
def two_builds(workplace: Settings) -> tuple[Store, Store]:
    """First Hefei and Lahore; then Lahore's sector corrected, Hefei's document gone, Tashkent's new."""
    write(workplace, "hefei.txt", SIGNED_IN_HEFEI)
    write(workplace, "lahore.txt", OPENED_IN_LAHORE)
    first = build(workplace).manifest.build_id
    rows = event_rows(open_build(workplace.output_dir), EventFilter()).set_index("documents")
    correct_type(workplace.reviews_dir, rows.loc["lahore.txt", "event_id"])
    (workplace.documents_dir / "hefei.txt").unlink()
    write(workplace, "tashkent.txt", VISITED)
    build(workplace)
    return kept(workplace, first), open_build(workplace.output_dir)


def correct_type(reviews: Path, event_id: str) -> None:
    quote = "opened a joint laboratory for solar energy"
    start = OPENED_IN_LAHORE.index(quote)
    evidence = [{"document": "lahore.txt", "quote": quote, "start": start, "end": start + len(quote)}]
    form = {
        "action": "edit", "event_id": event_id, "field": "type", "value": "launch", "evidence": evidence,
        "machine": "establishment", "reviewer": "Ana", "decided_at": "2026-01-31T09:30:00+00:00", "reason": "It was switched on.",
    }  # fmt: skip
    append_decision(reviews / "ana.jsonl", json.loads(json.dumps(form)))


def test_a_new_document_adds_one_that_is_gone_withdraws_and_a_decision_changes(two_builds: tuple[Store, Store]) -> None:
    rows = changes(*two_builds, then=EventFilter(), now=EventFilter())
    assert rows is not None
    assert tally(rows) == {"added": 1, "changed": 1, "withdrawn": 1}
    documents = rows.groupby("change")["documents"].agg(set)
    assert documents.to_dict() == {"added": {"tashkent.txt"}, "changed": {"lahore.txt"}, "withdrawn": {"hefei.txt"}}
    changed = rows[rows["change"] == "changed"].set_index("field")
    assert (changed.loc["Type", "before"], changed.loc["Type", "after"]) == ("Establishment", "Launch")
    assert (changed.loc["Review", "before"], changed.loc["Review", "after"]) == ("unreviewed", "in_review")


def test_only_what_the_view_shows_counts(two_builds: tuple[Store, Store]) -> None:
    visits = EventFilter(types=("visit",))
    rows = changes(*two_builds, then=visits, now=visits)
    assert rows is not None
    assert tally(rows) == {"added": 1, "changed": 0, "withdrawn": 0}


def test_an_event_that_left_the_view_by_a_correction_is_told_with_the_field(two_builds: tuple[Store, Store]) -> None:
    foundings = EventFilter(types=("establishment",))
    rows = changes(*two_builds, then=foundings, now=foundings)
    assert rows is not None
    assert tally(rows) == {"added": 0, "changed": 1, "withdrawn": 0}
    assert set(rows["field"]) == {"Type", "Review"}


def test_a_build_does_not_differ_from_itself(two_builds: tuple[Store, Store]) -> None:
    rows = changes(two_builds[0], two_builds[0], then=EventFilter(), now=EventFilter())
    assert rows is not None
    assert rows.empty


def test_a_build_that_is_not_kept_is_not_found(workplace: Settings) -> None:
    write(workplace, "hefei.txt", SIGNED_IN_HEFEI)
    build(workplace)
    assert read_kept_manifest(workplace.output_dir, "ffffffff") is None
