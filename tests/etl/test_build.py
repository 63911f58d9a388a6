"""The shipped build: three documents, twelve events, every field with its quotes; and builds that go wrong."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from dashboard.codebook import PROVEN_FIELDS
from dashboard.errors import InputError
from dashboard.etl.build import build
from dashboard.exports.jsonl import decided_events
from dashboard.manifest import MANIFEST_FILE, read_manifest
from dashboard.queries.filters import EventFilter
from dashboard.queries.store import Store, open_build
from dashboard.schema import TABLES
from dashboard.settings import ROOT, Settings
from tests.conftest import Built
from tests.etl.files import OPENING, archive, drawn_pdf, mail, page, pdf, word

LOCK = "open sesame"

EVENTS = [
    ("agreement", "2025-11-01?", "publication", "Islamabad", ["manufacturing", "environment", "digital", "energy"]),
    ("meeting", "2025-07-23", "stated", "virtual", ["general", "agriculture", "energy"]),
    ("launch", "2025-07-31", "stated", "Xichang", ["space"]),
    ("establishment", "2025-07-22", "stated", "Beijing", ["transport", "energy"]),
    ("agreement", "2025-07-26", "stated", "Beijing", ["basic_science"]),
    ("establishment", "2025-07-09", "stated", "Hangzhou", ["health"]),
    ("breakthrough", "2025-07?", "publication", "Hefei", ["space", "manufacturing"]),
    ("meeting", "2025-07-20/2025-07-22", "stated", "Dushanbe", ["general"]),
    ("establishment", "2025-07-21", "stated", "Dushanbe", ["environment"]),
    ("establishment", "2025-07-07", "stated", "Hefei", ["space"]),
    ("visit", "2024-05-08", "relative", "Beijing", ["energy", "digital", "agriculture", "manufacturing", "materials"]),
    ("meeting", "2024-05-07", "relative", "Islamabad", ["energy", "manufacturing", "transport"]),
]
"""What the three documents tell, as two readers agreed: type, date, basis, site, sectors."""


def place(event: dict[str, object]) -> object:
    site = event["site"]
    return site["city"] if isinstance(site, dict) else site


def test_the_shipped_build_shows_the_twelve_events(store: Store) -> None:
    events = decided_events(store, EventFilter())
    found = [(event["type"], event["date"], event["date_basis"], place(event), event["sectors"]) for event in events]
    assert sorted(found, key=str) == sorted(EVENTS, key=str)


def test_every_shipped_event_is_reviewed_and_every_field_has_its_quotes(store: Store) -> None:
    for event in decided_events(store, EventFilter()):
        assert event["review_state"] in {"accepted", "corrected", "added"}
        assert set(event["evidence"]) == set(PROVEN_FIELDS), event["title"]
        for field in ("sectors", "countries"):
            assert {quote["value"] for quote in event["evidence"][field]} >= set(event[field])
        assert {quote["value"] for quote in event["evidence"]["actors"]} >= {actor["name"] for actor in event["actors"]}


def test_every_quote_is_verbatim_at_its_offsets(store: Store, built: Built) -> None:
    for event in decided_events(store, EventFilter()):
        text = (built.settings.documents_dir / event["document"]).read_bytes().decode()
        for quotes in event["evidence"].values():
            for quote in quotes:
                assert text[quote["start"] : quote["end"]] == quote["quote"]


def test_no_shipped_decision_is_orphaned_and_nothing_is_unresolved(built: Built) -> None:
    assert (built.report.manifest.counts["orphaned"], built.report.issues) == (0, ())


def test_the_machine_and_the_decisions_both_have_their_part(built: Built) -> None:
    counts = built.report.manifest.counts
    assert counts["machine_fields"] + counts["decided_fields"] == counts["fields"]
    assert counts["machine_fields"] > 0
    assert counts["proposals"] > 0


def tables_of(output: Path) -> dict[str, pd.DataFrame]:
    folder = output / read_manifest(output).folder
    return {name: pd.read_parquet(folder / f"{name}.parquet") for name in TABLES}


def test_a_rebuild_makes_the_same_build(built: Built, tmp_path: Path) -> None:
    again = build(replace(built.settings, output_dir=tmp_path))
    assert again.manifest.build_id == built.report.manifest.build_id
    before, after = tables_of(built.settings.output_dir), tables_of(tmp_path)
    assert [name for name in TABLES if not before[name].equals(after[name])] == []


def test_ids_stay_when_the_documents_get_other_names_and_another_order(built: Built, tmp_path: Path) -> None:
    shuffled = tmp_path / "documents"
    shuffled.mkdir()
    for number, path in enumerate(sorted(built.settings.documents_dir.glob("*.txt"), reverse=True)):
        shutil.copy(path, shuffled / f"{number}.txt")
    build(Settings(shuffled, built.settings.reviews_dir, tmp_path / "build"))
    before, after = tables_of(built.settings.output_dir), tables_of(tmp_path / "build")
    for name, key in (
        ("events", "event_id"),
        ("actors", "actor_id"),
        ("documents", "document_id"),
        ("places", "place_id"),
    ):
        assert set(before[name][key]) == set(after[name][key])
    assert set(after["decisions"]["outcome"]) == {"applied"}


def test_a_build_that_fails_leaves_the_last_good_one(workplace: Settings) -> None:
    (workplace.documents_dir / "note.txt").write_text(
        "On 7 July 2025 a laboratory was opened in Hefei by China and Spain."
    )
    good = build(workplace).manifest
    (workplace.documents_dir / "note.txt").unlink()
    with pytest.raises(InputError, match="holds nothing"):
        build(workplace)
    assert read_manifest(workplace.output_dir) == good
    assert open_build(workplace.output_dir).manifest == good


def test_a_build_that_is_killed_leaves_the_last_good_one(workplace: Settings) -> None:
    (workplace.documents_dir / "note.txt").write_text(
        "On 7 July 2025 a laboratory was opened in Hefei by China and Spain."
    )
    good = build(workplace).manifest
    killer = "import os, pyarrow.parquet as pq; pq.write_table = lambda *a, **k: os._exit(9)\n"
    script = f"{killer}from dashboard.__main__ import main; main(['build'])"
    folders = {
        "CORRIDOR_DOCUMENTS": workplace.documents_dir,
        "CORRIDOR_REVIEWS": workplace.reviews_dir,
        "CORRIDOR_OUTPUT": workplace.output_dir,
    }
    environment = {**os.environ, **{name: str(folder) for name, folder in folders.items()}}
    killed = subprocess.run([sys.executable, "-c", script], cwd=ROOT, env=environment, check=False)
    assert killed.returncode == 9
    assert list(workplace.output_dir.glob("partial-*")) != []
    assert open_build(workplace.output_dir).manifest == good


def test_a_document_without_events_makes_a_build_without_events(workplace: Settings) -> None:
    (workplace.documents_dir / "poem.txt").write_text("The river is wide, and nobody signs anything.")
    report = build(workplace)
    assert (report.manifest.counts["documents"], report.manifest.counts["events"]) == (1, 0)
    assert json.loads((workplace.output_dir / MANIFEST_FILE).read_text())["tables"]["events"] == 0


def test_orphaned_and_malformed_decisions_are_issues_and_the_rest_is_built(built: Built, workplace: Settings) -> None:
    for path in built.settings.documents_dir.glob("*.txt"):
        shutil.copy(path, workplace.documents_dir)
    for path in built.settings.reviews_dir.glob("*.jsonl"):
        shutil.copy(path, workplace.reviews_dir)
    changed = workplace.documents_dir / "002_98ca398a319f006c.txt"
    changed.write_text(changed.read_text().replace("arrived in Beijing", "came to Beijing"))
    (workplace.reviews_dir / "torn.jsonl").write_text('{"action": "acc')
    report = build(workplace)
    assert report.manifest.counts["orphaned"] >= 1
    assert any("came to Beijing" in message for message in report.issues)
    assert any(message.startswith("torn.jsonl line 1: ") for message in report.issues)
    assert report.manifest.counts["events"] >= 10


def test_every_bad_file_is_a_row_of_issues_and_the_others_are_built(workplace: Settings) -> None:
    message = mail(OPENING)
    message.add_attachment(
        pdf([f"{OPENING} Both sides agreed."]), maintype="application", subtype="pdf", filename="report.pdf"
    )
    good = {
        "a.txt": f"{OPENING}\u200f".encode(),
        "b.html": page(f"<p>{OPENING}</p>").encode(),
        "c.pdf": pdf([OPENING]),
        "d.docx": word(OPENING),
        "e.eml": message.as_bytes(),
    }
    bad = {
        "empty.txt": b"", "binary.txt": b"\x7fELF" + bytes(range(9)) * 50, "codes.txt": bytes(range(128, 256)) * 10, "scan.pdf": drawn_pdf([]),
        "locked.pdf": drawn_pdf(["hidden"], password=LOCK), "broken.pdf": b"%PDF-1.7", "bomb.docx": archive({"word/document.xml": b"0" * 20_000_000}),
        "text.docx": b"a text", "menu.html": page("").encode(), "silent.eml": mail().as_bytes(), "picture.png": b"\x89PNG\r\n",
    }  # fmt: skip
    for name, content in (good | bad).items():
        (workplace.documents_dir / name).write_bytes(content)
    (workplace.documents_dir / "loop.txt").symlink_to(workplace.documents_dir / "loop.txt")
    build(workplace)
    tables = tables_of(workplace.output_dir)
    assert set(tables["documents"]["name"]) == {*good, "e.eml/report.pdf"}
    assert dict(tables["documents"].groupby("format").size()) == {"txt": 1, "html": 1, "pdf": 2, "docx": 1, "eml": 1}
    errors = tables["issues"].query("severity == 'error'")
    assert set(errors["document"]) == {*bad, "loop.txt"}
    assert errors["message"].str.contains(";|, and", regex=True).all()
    mailed = tables["documents"].set_index("name").loc["e.eml"]
    assert (mailed["published_edtf"], mailed["published_basis"], mailed["publisher"]) == (
        "2025-07-08",
        "metadata",
        "Science Desk",
    )
    assert set(tables["evidence"]["document_id"]) <= set(tables["documents"]["document_id"])
