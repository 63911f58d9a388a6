"""Documents that come in: safe names, nothing written over, whole or not at all."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.errors import InputError
from dashboard.intake import receive, safe_name
from dashboard.settings import MAX_DOCUMENT_BYTES


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("note.txt", "note.txt"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\news\\Note.TXT", "Note.txt"),
        ("Käse<1>.txt", "Käse_1_.txt"),
        (".hidden.txt", "hidden.txt"),
        ("会议 纪要.txt", "会议 纪要.txt"),
        ("a\x00b\n.txt", "a_b_.txt"),
        ("..", "document"),
        ("x" * 300 + ".txt", "x" * 100 + ".txt"),
    ],
)
def test_a_name_is_made_safe(name: str, safe: str) -> None:
    assert safe_name(name) == safe


def test_an_unfinished_upload_that_is_gone_while_one_looks_stops_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def seen_and_gone(path: Path, real: Callable[[Path], bool] = Path.is_file) -> bool:
        is_there = real(path)
        path.unlink()
        return is_there

    (tmp_path / ".incoming-other").write_bytes(b"two")
    monkeypatch.setattr(Path, "is_file", seen_and_gone)
    assert receive(tmp_path, "note.txt", b"one").name == "note.txt"


@given(st.text(max_size=200))
def test_whatever_the_name_it_stays_in_its_folder(name: str) -> None:
    safe = safe_name(name)
    assert safe
    assert safe[0] != "."
    assert Path(safe).name == safe


def test_another_document_of_that_name_is_never_written_over(tmp_path: Path) -> None:
    names = [receive(tmp_path, "note.txt", content).name for content in (b"one", b"two", b"three")]
    assert names == ["note.txt", "note-2.txt", "note-3.txt"]
    assert [(tmp_path / name).read_bytes() for name in names] == [b"one", b"two", b"three"]


def test_the_same_bytes_are_named_and_not_kept_twice(tmp_path: Path) -> None:
    receive(tmp_path, "note.txt", b"one")
    again = receive(tmp_path, "other.txt", b"one")
    assert (again.name, again.is_new) == ("note.txt", False)
    assert [path.name for path in tmp_path.iterdir()] == ["note.txt"]


@pytest.mark.parametrize(
    ("content", "said"), [(b" \n", "is empty"), (b"x" * (MAX_DOCUMENT_BYTES + 1), "expected at most")]
)
def test_what_cannot_be_a_document_is_refused(tmp_path: Path, content: bytes, said: str) -> None:
    with pytest.raises(InputError, match=said):
        receive(tmp_path, "note.txt", content)
    assert list(tmp_path.iterdir()) == []


def test_uploads_at_the_same_time_lose_nothing(tmp_path: Path) -> None:
    contents = [f"document {number}".encode() for number in range(12)]
    uploads = [threading.Thread(target=receive, args=(tmp_path, "note.txt", content)) for content in contents]
    for upload in uploads:
        upload.start()
    for upload in uploads:
        upload.join()
    assert sorted(path.read_bytes() for path in tmp_path.iterdir()) == sorted(contents)
