"""The words of the command line, as another program or a person uses them."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from dashboard.__main__ import main
from dashboard.settings import ROOT
from tests.conftest import Built


def lines(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines()]


def test_extract_prints_proposals_in_the_codebooks_form(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["extract", str(ROOT / "seeds")]) == 0
    proposals = lines(capsys.readouterr().out)
    assert proposals
    for proposal in proposals:
        text = (ROOT / "seeds" / str(proposal["document"])).read_bytes().decode()
        assert {
            "document",
            "title",
            "type",
            "date",
            "date_basis",
            "site",
            "countries",
            "sectors",
            "actors",
            "evidence",
        } <= set(proposal)
        for quotes in proposal["evidence"].values():  # type: ignore[attr-defined]
            assert all(text[quote["start"] : quote["end"]] == quote["quote"] for quote in quotes)


def test_extract_reads_what_it_can_and_says_what_it_could_not(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty.txt").touch()
    assert main(["extract", str(ROOT / "seeds" / "001_ddd1aba2b4a3ea2d.txt"), str(tmp_path / "empty.txt")]) == 1
    printed = capsys.readouterr()
    assert "empty.txt is empty" in printed.err
    assert lines(printed.out)


def test_extract_explains_every_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["extract", "--explain", str(ROOT / "seeds" / "002_98ca398a319f006c.txt")]) == 0
    printed = capsys.readouterr().out
    assert "accepted visit" in printed
    assert "Iqbal arrived in Beijing on Wednesday for a visit" in printed
    assert "silent" in printed


def test_export_prints_the_decided_events(built: Built, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "--format", "jsonl", "--output", str(built.settings.output_dir)]) == 0
    events = lines(capsys.readouterr().out)
    assert len(events) == 12
    assert {event["review_state"] for event in events} <= {"accepted", "corrected", "added"}


@pytest.mark.parametrize("format_name", ["jsonl", "csv", "geojson"])
def test_export_writes_a_file_and_says_how_many_rows_it_has(
    built: Built, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, format_name: str
) -> None:
    monkeypatch.setenv("CORRIDOR_OUTPUT", str(built.settings.output_dir))
    file = tmp_path / f"space.{format_name}"
    words = ["export", "--format", format_name, "--filter", "sector=space&from=2025-07"]
    assert main([*words, "--output", str(file)]) == 0
    said = capsys.readouterr().out
    assert said.startswith(f"{file} holds ")
    assert main(words) == 0
    assert capsys.readouterr().out.encode() == file.read_bytes()


def test_export_of_nothing_is_a_file_and_a_sentence(
    built: Built, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CORRIDOR_OUTPUT", str(built.settings.output_dir))
    assert main(["export", "--format", "csv", "--filter", "q=zzzz", "--output", str(tmp_path / "none.csv")]) == 0
    assert "holds no event: the filter selects none" in capsys.readouterr().out
    assert main(["export", "--format", "csv", "--output", str(tmp_path / "nowhere" / "a.csv")]) == 1
    assert "cannot be written: No such file or directory; name a file in a folder" in capsys.readouterr().err


def test_build_says_what_it_did(built: Built, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build", "--documents", str(ROOT / "seeds"), "--output", str(tmp_path)]) == 0
    printed = capsys.readouterr().out
    for said in (
        "3 documents read",
        "proposed by the machine",
        "decisions: ",
        "12 events: 12 reviewed",
        "from the machine",
        "No issues",
    ):
        assert said in printed


def test_build_tells_how_many_documents_are_done(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    documents = tmp_path / "documents"
    documents.mkdir()
    for name in ("a", "b"):
        (documents / f"{name}.txt").write_text(f"Document {name}: nothing happened.", encoding="utf-8")
    folders = ["--documents", str(documents), "--reviews", str(tmp_path), "--output", str(tmp_path / "build")]
    assert main(["build", "--progress", *folders]) == 0
    assert capsys.readouterr().err.splitlines() == ["progress 0 2", "progress 1 2", "progress 2 2"]
    assert main(["build", "--progress", *folders]) == 0
    assert capsys.readouterr().err == "", "what an earlier build kept is not read again"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["build", "--documents", "nowhere"], "the folder of documents nowhere does not exist"),
        (["export", "--output", "nowhere"], "there is no build in nowhere yet"),
        (["serve", "--output", "nowhere"], "there is no build in nowhere yet"),
    ],
)
def test_what_a_person_can_mend_is_one_sentence_without_a_traceback(arguments: list[str], said: str) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "dashboard", *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 1
    assert said in ran.stderr
    assert "Traceback" not in ran.stderr
    assert len(ran.stderr.strip().splitlines()) == 1
