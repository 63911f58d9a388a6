from pathlib import Path

import pytest

from dashboard.errors import InputError
from dashboard.etl.read import read_folder, read_paths
from dashboard.settings import ROOT

HEADER = "file,publisher,title,published,language,kind\n"


def test_the_raw_text_is_the_bytes_and_nothing_else(tmp_path: Path) -> None:
    content = "\ufeffA “quoted” line\r\n\u200bwith odd marks\u2028\n"
    (tmp_path / "a.txt").write_bytes(content.encode())
    assert read_folder(tmp_path).documents[0].text == content


def test_a_document_keeps_its_id_under_a_new_name(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The same text.")
    before = read_folder(tmp_path).documents[0]
    (tmp_path / "a.txt").rename(tmp_path / "b.txt")
    after = read_folder(tmp_path).documents[0]
    assert (before.document_id, before.name, after.name) == (after.document_id, "a.txt", "b.txt")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("empty.txt", b"", "empty.txt is empty"),
        ("blank.txt", b" \n\t", "blank.txt is empty"),
        ("latin.txt", "Türkiye".encode("latin-1"), "byte 1 is 0xfc"),
        ("binary.txt", b"PK\x03\x04" + bytes(range(9)) * 50, "is not text"),
        ("scan.tiff", b"II*\x00", "not of a kind that is read"),
    ],
)
def test_a_file_that_is_not_a_document_is_an_issue_and_the_others_are_read(
    tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    (tmp_path / name).write_bytes(content)
    (tmp_path / "good.txt").write_text("A good document.")
    reading = read_folder(tmp_path)
    assert [document.name for document in reading.documents] == ["good.txt"]
    assert [issue.severity for issue in reading.issues] == ["error"]
    assert said in reading.issues[0].message


@pytest.mark.parametrize(
    ("files", "said"), [(None, "does not exist"), ((), "holds nothing"), (("x.txt",), "holds 1 file")]
)
def test_a_folder_without_documents_is_refused_with_the_way_to_mend_it(
    tmp_path: Path, files: tuple[str, ...] | None, said: str
) -> None:
    folder = tmp_path / "seeds"
    if files is not None:
        folder.mkdir()
        for name in files:
            (folder / name).touch()
    with pytest.raises(InputError, match=f"seeds {said}.*--documents DIR"):
        read_folder(folder)


def test_the_same_document_under_two_names_counts_once(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("The same text.")
    reading = read_folder(tmp_path)
    assert [document.name for document in reading.documents] == ["a.txt"]
    assert "same bytes as a.txt" in reading.issues[0].message


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("a.txt,P,T,July 2025,en,news\n", "published is 'July 2025'"),
        ("gone.txt,P,T,2025-07,en,news\n", "describes 'gone.txt', which is not in"),
        ("a.txt,P,T,2025-07,en,news\na.txt,Q,T,2025-07,en,news\n", "'a.txt' a second time"),
        (",P,T,2025-07,en,news\n", "names no file"),
    ],
)
def test_a_bad_row_of_the_sources_list_is_an_issue(tmp_path: Path, row: str, said: str) -> None:
    (tmp_path / "a.txt").write_text("A good document.")
    (tmp_path / "sources.csv").write_text(HEADER + row)
    reading = read_folder(tmp_path)
    assert len(reading.documents) == 1
    assert [said in issue.message for issue in reading.issues] == [True]


def test_a_sources_list_without_its_columns_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("A good document.")
    (tmp_path / "sources.csv").write_text("file,publisher\na.txt,P\n")
    with pytest.raises(InputError, match="has no column kind, language, published, title"):
        read_folder(tmp_path)


def test_single_files_take_their_description_from_the_list_beside_them() -> None:
    reading = read_paths([ROOT / "seeds" / "001_ddd1aba2b4a3ea2d.txt"])
    assert [(document.publisher, str(document.published)) for document in reading.documents] == [("CHILA", "2025-07")]
    assert reading.issues == ()


def test_a_file_that_does_not_exist_is_an_issue(tmp_path: Path) -> None:
    assert "nowhere.txt cannot be opened" in read_paths([tmp_path / "nowhere.txt"]).issues[0].message
