"""A rebuild from what was kept is a build from nothing, and does only what is new."""

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from itertools import chain
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.codebook import from_json
from dashboard.decisions import decision_id
from dashboard.errors import InputError
from dashboard.etl import drafts
from dashboard.etl.build import build, drafting_keep
from dashboard.etl.extractors import Extraction, RulesExtractor
from dashboard.etl.kept import FOLDER, Keep, Part, extraction_fingerprint, joined, packed, reading_fingerprint
from dashboard.etl.read import Document, Reading, documents_of
from dashboard.etl.reading import KeptReader
from dashboard.etl.sources import Sources
from dashboard.issues import Issue
from dashboard.manifest import read_manifest
from dashboard.schema import TABLES
from dashboard.settings import ROOT, Settings
from tests.etl.files import OPENING, mail, page

CORPUS = ROOT / "tests" / "fixtures" / "corpus" / "open"
NOTE = "On 7 July 2025 a laboratory was opened in Hefei by China and Spain."
TELLINGS = {
    "wire.txt": "HEFEI, 7 July 2025 - The Hefei Barley Institute and the University of Seville opened a joint laboratory for barley genetics "
    "in Hefei on 7 July 2025, officials of China and Spain said.\n",
    "paper.txt": "A joint laboratory for barley genetics was opened in Hefei on 7 July 2025 by the Hefei Barley Institute and the "
    "University of Seville. China and Spain pay for it in equal parts.\n",
    "site.txt": "The University of Seville and the Hefei Barley Institute opened a joint laboratory for barley genetics in Hefei, China, on "
    "7 July 2025. Spain sends ten researchers.\n",
}
"""Three tellings of one happening."""

SOURCES = "file,publisher,title,published,language,kind\n"


class Counted(RulesExtractor):
    """The rules, and the names of the documents that they were asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def extract(self, document: Document) -> Extraction:
        self.asked.append(document.name)
        return super().extract(document)


class Passing(Counted):
    """An extractor that reads no document whole while its server is down, and notes something of each that it reads."""

    name = "passing:small"
    fingerprint = "passing:small:1"

    def __init__(self, *, is_down: bool = False) -> None:
        super().__init__()
        self.is_down = is_down

    def extract(self, document: Document) -> Extraction:
        found = super().extract(document)
        if self.is_down:
            return Extraction((), issues=(Issue("extract", f"{document.name} was not read"),), is_whole=False)
        return replace(found, issues=(Issue("extract", f"{document.name} was read"),), refused={"odd quotes": 1})


def files_of(output: Path) -> dict[str, bytes]:
    folder = output / read_manifest(output).folder
    return {name: (folder / f"{name}.parquet").read_bytes() for name in TABLES}


def built_from_nothing(folders: Settings) -> dict[str, bytes]:
    shutil.rmtree(folders.output_dir)
    build(folders)
    return files_of(folders.output_dir)


@pytest.fixture
def stocked(workplace: Settings) -> Settings:
    """Four documents, built once."""
    for name in ("a01.txt", "a02.txt", "a03.txt", "a04.txt"):
        shutil.copy(CORPUS / name, workplace.documents_dir)
    (workplace.documents_dir / "sources.csv").write_text(SOURCES + "a01.txt,A Wire,,2024-02-19,en,news\n")
    build(workplace)
    return workplace


def nothing(folders: Settings) -> None:
    pass


def a_document_added(folders: Settings) -> None:
    (folders.documents_dir / "note.txt").write_text(NOTE)


def a_document_removed(folders: Settings) -> None:
    (folders.documents_dir / "a02.txt").unlink()


def a_document_changed(folders: Settings) -> None:
    path = folders.documents_dir / "a03.txt"
    path.write_text(path.read_text() + "\n" + NOTE)


def a_document_renamed(folders: Settings) -> None:
    (folders.documents_dir / "a04.txt").rename(folders.documents_dir / "z04.txt")


def its_date_changed(folders: Settings) -> None:
    (folders.documents_dir / "sources.csv").write_text(SOURCES + "a01.txt,A Wire,,2023-05-01,en,news\n")


def a_telling_added(folders: Settings) -> None:
    for name, text in TELLINGS.items():
        if not (folders.documents_dir / name).exists():
            (folders.documents_dir / name).write_text(text)
            return


def a_telling_removed(folders: Settings) -> None:
    (folders.documents_dir / "wire.txt").unlink(missing_ok=True)


def a_telling_changed(folders: Settings) -> None:
    (folders.documents_dir / "paper.txt").write_text(TELLINGS["paper.txt"] + "It is the third of its kind.\n")


def a_telling_dated_earlier(folders: Settings) -> None:
    (folders.documents_dir / "sources.csv").write_text(
        SOURCES + "site.txt,,,2025-07-07,en,news\npaper.txt,,,2025-07-08,en,news\n"
    )


def decided(folders: Settings, action: str, **form: object) -> None:
    """One more decision, about a telling in `wire.txt`."""
    proposals = pd.read_parquet(folders.output_dir / read_manifest(folders.output_dir).folder / "proposals.parquet")
    for event_id, event in zip(proposals["event_id"], map(json.loads, proposals["form"]), strict=True):
        if event["document"] == "wire.txt":
            folders.reviews_dir.mkdir(exist_ok=True)
            signed = {"action": action, "reviewer": "Ada", "decided_at": "2026-01-31T09:00:00+00:00", "reason": "why"}
            line = signed | {"event_id": event_id, "event": event, "documents": {}} | form
            with (folders.reviews_dir / "ada.jsonl").open("a") as stream:
                stream.write(json.dumps({"id": decision_id(line)} | line) + "\n")


def a_telling_accepted(folders: Settings) -> None:
    decided(folders, "accept")


def a_telling_rejected(folders: Settings) -> None:
    decided(folders, "reject")


def a_telling_split(folders: Settings) -> None:
    decided(folders, "split", **{"from": "e1"})


def the_keep_deleted(folders: Settings) -> None:
    shutil.rmtree(folders.output_dir / FOLDER)


def a_file_of_the_keep_cut_off(folders: Settings) -> None:
    (path,) = (folders.output_dir / FOLDER).glob("drafts-*/evidence.arrow")
    path.write_bytes(path.read_bytes()[:-100])


def a_bit_of_the_keep_turned(folders: Settings) -> None:
    path, *_ = sorted((folders.output_dir / FOLDER).glob("drafts-*/events.arrow"))
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def the_pointer_torn(folders: Settings) -> None:
    (folders.output_dir / FOLDER / "drafts.json").write_text('{"fingerprint": "')


ALL = ["a01.txt", "a02.txt", "a03.txt", "a04.txt"]


@pytest.mark.parametrize(
    ("change", "extracted"),
    [
        (nothing, []),
        (a_document_added, ["note.txt"]),
        (a_document_removed, []),
        (a_document_changed, ["a03.txt"]),
        (a_document_renamed, ["z04.txt"]),
        (its_date_changed, ["a01.txt"]),
        (the_keep_deleted, ALL),
        (a_file_of_the_keep_cut_off, ALL),
        (a_bit_of_the_keep_turned, ALL),
        (the_pointer_torn, ALL),
    ],
)
def test_a_rebuild_is_a_build_from_nothing_and_extracts_only_what_is_new(
    stocked: Settings, change: Callable[[Settings], None], extracted: list[str]
) -> None:
    change(stocked)
    find = Counted()
    report = build(stocked, find)
    assert find.asked == extracted
    rebuilt = files_of(stocked.output_dir)
    if not any("is damaged" in message for message in report.issues):
        assert rebuilt == built_from_nothing(stocked)


@pytest.mark.parametrize("damage", [a_file_of_the_keep_cut_off, a_bit_of_the_keep_turned, the_pointer_torn])
def test_a_damaged_keep_is_made_anew_with_a_note(stocked: Settings, damage: Callable[[Settings], None]) -> None:
    good = files_of(stocked.output_dir)
    damage(stocked)
    (message,) = [message for message in build(stocked).issues if "is damaged" in message]
    assert message.startswith("what the last build kept in drafts.json is damaged (")
    assert {name: content for name, content in files_of(stocked.output_dir).items() if name != "issues"} == {
        name: content for name, content in good.items() if name != "issues"
    }
    assert build(stocked).issues == ()


TOLD = [
    a_telling_added, a_telling_removed, a_telling_changed, a_telling_dated_earlier, a_telling_accepted, a_telling_rejected,
    a_telling_split, a_document_added, nothing,
]  # fmt: skip


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(TOLD), min_size=1, max_size=5))
def test_events_of_several_tellings_are_those_of_a_build_from_nothing(
    tmp_path_factory: pytest.TempPathFactory, changes: list[Callable[[Settings], None]]
) -> None:
    home = tmp_path_factory.mktemp("told")
    folders = Settings(home / "documents", home / "reviews", home / "build")
    folders.documents_dir.mkdir()
    for name, text in list(TELLINGS.items())[:2]:
        (folders.documents_dir / name).write_text(text)
    assert build(folders).manifest.counts["events"] == 1
    for change in changes:
        change(folders)
        build(folders)
    build(folders)
    assert files_of(folders.output_dir) == built_from_nothing(folders)


def test_an_event_of_several_tellings_is_made_once(stocked: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, text in TELLINGS.items():
        (stocked.documents_dir / name).write_text(text)
    build(stocked)
    read: list[str] = []
    monkeypatch.setattr("dashboard.etl.drafts.from_json", lambda form: read.append(form["document"]) or from_json(form))
    shutil.copy(CORPUS / "a05.txt", stocked.documents_dir)
    build(stocked)
    assert read == []
    a_telling_changed(stocked)
    build(stocked)
    assert sorted(read) == sorted(TELLINGS)
    assert files_of(stocked.output_dir) == built_from_nothing(stocked)


def a_second_document_added(folders: Settings) -> None:
    shutil.copy(CORPUS / "a05.txt", folders.documents_dir)


def a_document_gone(folders: Settings) -> None:
    (folders.documents_dir / "a01.txt").unlink(missing_ok=True)


def a_document_back(folders: Settings) -> None:
    shutil.copy(CORPUS / "a01.txt", folders.documents_dir)


def a_document_under_another_name(folders: Settings) -> None:
    (folders.documents_dir / "a03.txt").rename(folders.documents_dir / "a00.txt")
    shutil.copy(CORPUS / "a04.txt", folders.documents_dir / "a03.txt")


CHANGES = [
    a_document_added, a_second_document_added, a_document_changed, a_document_gone, a_document_back, a_document_under_another_name,
    a_telling_added, a_telling_changed, a_telling_removed, a_telling_accepted, a_telling_rejected, its_date_changed,
    the_keep_deleted, a_bit_of_the_keep_turned, nothing,
]  # fmt: skip


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(CHANGES), max_size=5), st.sampled_from([(1, 0), (2, 1), (2_000, 8)]))
def test_after_any_changes_the_tables_are_those_of_a_build_from_nothing(
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    changes: list[Callable[[Settings], None]],
    parts: tuple[int, int],
) -> None:
    """Whatever the size of the parts: each document in one of its own, two, or all together."""
    monkeypatch.setattr("dashboard.etl.kept.DOCUMENTS_A_PART", parts[0])
    monkeypatch.setattr("dashboard.etl.kept.MOST_SMALL_PARTS", parts[1])
    home = tmp_path_factory.mktemp("changes")
    folders = Settings(home / "documents", home / "reviews", home / "build")
    folders.documents_dir.mkdir()
    for name in ("a01.txt", "a03.txt"):
        shutil.copy(CORPUS / name, folders.documents_dir)
    build(folders)
    for change in changes:
        change(folders)
        build(folders)
    build(folders)
    assert files_of(folders.output_dir) == built_from_nothing(folders)


def test_what_other_code_or_other_data_files_made_is_made_anew(
    stocked: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dashboard.etl.build.extraction_fingerprint", lambda: "of other code")
    find = Counted()
    build(stocked, find)
    assert find.asked == ALL


def test_what_a_server_failed_at_is_asked_again_and_what_it_said_is_kept(stocked: Settings) -> None:
    build(stocked, Passing())
    a_document_added(stocked)
    failed = build(stocked, Passing(is_down=True))
    assert failed.issues == (*(f"{name} was read" for name in ALL), "note.txt was not read")
    assert failed.refusals[0].endswith(" events kept; refused: 4 odd quotes.")
    again = Passing()
    whole = build(stocked, again)
    assert again.asked == ["note.txt"]
    assert whole.issues == tuple(f"{name} was read" for name in [*ALL, "note.txt"])


def test_an_extractor_that_reads_nothing_publishes_nothing(stocked: Settings) -> None:
    before = files_of(stocked.output_dir)
    with pytest.raises(InputError, match=r"none of 4 documents could be read by passing:small; the first: a01\.txt"):
        build(stocked, Passing(is_down=True))
    assert files_of(stocked.output_dir) == before


def test_the_results_of_one_extractor_stay_while_another_builds(stocked: Settings) -> None:
    build(stocked, Passing())
    rules, other = Counted(), Passing()
    build(stocked, rules)
    build(stocked, other)
    assert rules.asked == other.asked == []


def test_a_fingerprint_knows_the_code_and_the_data_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before, reading = extraction_fingerprint(), reading_fingerprint()
    shutil.copytree(ROOT / "data" / "reference", tmp_path / "reference", ignore=shutil.ignore_patterns("make"))
    monkeypatch.setattr("dashboard.etl.kept.REFERENCE_DIR", tmp_path / "reference")
    assert extraction_fingerprint() == before
    aliases = tmp_path / "reference" / "actor_aliases.csv"
    aliases.write_text(aliases.read_text() + "CAS2,Chinese Academy of Sciences,org,a test\n")
    assert extraction_fingerprint() != before
    assert reading_fingerprint() == reading


def test_both_fingerprints_know_the_readers_of_the_formats(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for part in ("dashboard", "requirements.txt"):
        copy = shutil.copytree if part == "dashboard" else shutil.copy
        copy(ROOT / part, tmp_path / part)
    monkeypatch.setattr("dashboard.etl.kept.ROOT", tmp_path)
    before = extraction_fingerprint(), reading_fingerprint()
    reader = tmp_path / "dashboard" / "etl" / "readers" / "html.py"
    reader.write_text(reader.read_text() + "\n")
    assert all(now != then for now, then in zip((extraction_fingerprint(), reading_fingerprint()), before, strict=True))


def test_results_of_documents_that_are_gone_are_let_go(stocked: Settings) -> None:
    a_document_removed(stocked)
    build(stocked)
    parts, _ = drafting_keep(stocked.output_dir, RulesExtractor()).read()
    kept = joined(parts)
    assert len(kept["drafted"]) == len(ALL) - 1
    assert set(kept["forms"]["document_id"]) <= set(kept["drafted"]["document_id"])
    (reading,), _ = Keep(stocked.output_dir / FOLDER, "reading", reading_fingerprint()).read()
    assert len(reading.frames["files"]) == len(reading.frames["documents"]) == len(ALL) - 1
    assert len(list((stocked.output_dir / FOLDER).glob("reading-*"))) == 1


def test_a_file_is_read_once_and_one_that_cannot_be_read_is_remembered(stocked: Settings) -> None:
    (stocked.documents_dir / "picture.png").write_bytes(b"\x89PNG")
    first, second = build(stocked), build(stocked)
    assert first.issues == second.issues
    assert any(message.startswith("picture.png is not of a kind that is read") for message in second.issues)


LETTER = mail("Dear all, the paper is attached.")
LETTER.add_attachment(page(f"<p>{OPENING}</p>"), subtype="html", filename="paper.html")
LETTER.add_attachment(b"\x89PNG\r\n\x1a\n", maintype="image", subtype="png", filename="scan.png")


class CountedReader:
    """The reader, and the names of the files that it was asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, name: str, content: bytes, sources: Sources) -> Reading:
        self.asked.append(name)
        return documents_of(name, content, sources)


def test_every_fact_of_an_email_and_of_what_is_attached_is_kept(tmp_path: Path) -> None:
    asked = "letter.eml", LETTER.as_bytes(), {"letter.eml/paper.html": {"publisher": "A Wire", "published": "2025-07"}}
    plain = documents_of(*asked)
    first = KeptReader(Keep(tmp_path, "reading", "f"))
    assert first(*asked) == plain
    first.keep()
    counted = CountedReader()
    assert KeptReader(Keep(tmp_path, "reading", "f"), counted)(*asked) == plain
    assert counted.asked == []
    assert [document.format for document in plain.documents] == ["eml", "html"]
    assert [issue.severity for issue in plain.issues] == ["note"]


@pytest.mark.parametrize(
    ("described", "asked"),
    [("letter.eml", ["letter.eml"]), ("letter.eml/paper.html", ["letter.eml"]), ("letter.eml2", []), ("other.txt", [])],
)
def test_a_file_is_read_anew_when_a_row_that_concerns_it_changes(
    tmp_path: Path, described: str, asked: list[str]
) -> None:
    before = KeptReader(Keep(tmp_path, "reading", "f"))
    before("letter.eml", LETTER.as_bytes(), {described: {"title": "Before"}})
    before.keep()
    counted = CountedReader()
    after = KeptReader(Keep(tmp_path, "reading", "f"), counted)
    after("letter.eml", LETTER.as_bytes(), {described: {"title": "After"}})
    assert counted.asked == asked


def test_kept_frames_read_back_as_they_were_written(tmp_path: Path) -> None:
    keep = Keep(tmp_path, "drafts", "f1")
    frame = drafts.to_frame([{"document_id": "d1", "key": "k"}, {"document_id": "d2"}], drafts.DRAFTED)
    keep.write([Part({"forms": frame})])
    keep.write([Part({"forms": frame})])
    (part,), issues = keep.read()
    pd.testing.assert_frame_equal(part.frames["forms"], frame)
    assert (issues, Keep(tmp_path, "drafts", "f2").read()) == ((), ((), ()))


def a_part(*documents: str) -> Part:
    return Part({"drafted": drafts.to_frame([{"document_id": name} for name in documents], drafts.DRAFTED)})


def test_a_part_in_which_nothing_changed_stays_where_it_lies(tmp_path: Path) -> None:
    keep = Keep(tmp_path, "drafts", "f1")
    keep.write([a_part("d1"), a_part("d2")])
    (first, second), _ = keep.read()
    written = (tmp_path / first.folder / "drafted.arrow").stat().st_mtime_ns
    keep.write([first, a_part("d3")])
    (same, new), _ = keep.read()
    assert (same.folder, (tmp_path / same.folder / "drafted.arrow").stat().st_mtime_ns) == (first.folder, written)
    assert not (tmp_path / second.folder).exists()
    assert new.frames["drafted"]["document_id"].tolist() == ["d3"]


def test_a_part_that_another_build_cleared_away_is_written_again(tmp_path: Path) -> None:
    keep = Keep(tmp_path, "drafts", "f1")
    keep.write([a_part("d1")])
    parts, _ = keep.read()
    keep.write([a_part("d2")])
    keep.write(parts)
    assert joined(keep.read()[0])["drafted"]["document_id"].tolist() == ["d1"]


@given(st.lists(st.integers(0, 5), max_size=12), st.integers(1, 9), st.integers(0, 4))
def test_packed_parts_hold_the_same_documents_and_are_few_or_large(sizes: list[int], full: int, few: int) -> None:
    parts = [a_part(*(f"{number}:{one}" for one in range(size))) for number, size in enumerate(sizes)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("dashboard.etl.kept.DOCUMENTS_A_PART", full)
        patch.setattr("dashboard.etl.kept.MOST_SMALL_PARTS", few)
        found = [part.frames["drafted"]["document_id"].tolist() for part in packed(parts, "drafted")]
    given_documents = chain.from_iterable(part.frames["drafted"]["document_id"] for part in parts)
    assert sorted(chain.from_iterable(found)) == sorted(given_documents)
    assert all(found)
    assert sum(len(documents) < full for documents in found) <= max(few, 1)
