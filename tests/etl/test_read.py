import os
import subprocess
import sys
from pathlib import Path

import pytest

from dashboard.errors import InputError
from dashboard.etl.extract import extract
from dashboard.etl.read import documents_of, read_folder, read_paths, shown
from dashboard.settings import MAX_ATTACHMENTS, MAX_DOCUMENT_BYTES, ROOT
from tests.etl.files import OPENING, archive, drawn_pdf, id_of, mail, page, pdf, word

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
        ("marks.txt", "\u200b\u202e\ufeff…".encode(), "marks.txt is empty"),
        ("binary.txt", b"\x7fELF" + bytes(range(9)) * 50, "is not text"),
        ("archive.txt", b"PK\x03\x04" + bytes(range(9)) * 50, "is not a Word document"),
        ("scan.tiff", b"II*\x00", "is a picture (TIFF)"),
        (
            "old.docx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99,
            "an old Word document (.doc), or one with a password",
        ),
        ("table.csv", b"a,b", "table.csv is not of a kind that is read (.txt, .html, .htm, .pdf, .docx, .eml)"),
        ("page.html", b"<html><body></body></html>", "page.html"),
        ("long.txt", b"a" * (MAX_DOCUMENT_BYTES + 1), "long.txt has 20,000,001 bytes"),
        ("scan.pdf", drawn_pdf([]), "without text (a scan)"),
        ("bomb.docx", archive({"word/document.xml": b"0" * 20_000_000}), "it was not opened"),
    ],
    ids=id_of,
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


def test_each_format_is_read_and_named(tmp_path: Path) -> None:
    files = {
        "a.txt": OPENING.encode(), "b.html": page(f"<p>{OPENING}</p>").encode(), "c.HTM": page(f"<p>{OPENING}</p>.").encode(),
        "d.pdf": pdf([OPENING]), "e.docx": word(OPENING), "f.eml": mail(OPENING).as_bytes(),
    }  # fmt: skip
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    reading = read_folder(tmp_path)
    assert [document.format for document in reading.documents] == ["txt", "html", "html", "pdf", "docx", "eml"]
    assert all(OPENING in document.text for document in reading.documents)
    for document in reading.documents:
        (event,) = extract(document)
        for quotes in event.evidence.values():
            assert all(document.text[quote.start : quote.end] == quote.text for quote in quotes)


@pytest.mark.parametrize(
    ("name", "content", "form", "said"),
    [
        ("report.txt", pdf([OPENING]), "pdf", "report.txt is a PDF by its bytes"),
        ("report.pdf", word(OPENING), "docx", "report.pdf is a Word document by its bytes"),
        ("report", pdf([OPENING]), "pdf", "report is a PDF by its bytes"),
        (
            "page.txt",
            page(f"<p>{OPENING}</p>").encode(),
            "txt",
            "page.txt is a web page with the ending of a text file",
        ),
    ],
    ids=id_of,
)
def test_the_bytes_say_what_a_file_is(tmp_path: Path, name: str, content: bytes, form: str, said: str) -> None:
    (tmp_path / name).write_bytes(content)
    reading = read_folder(tmp_path)
    assert [document.format for document in reading.documents] == [form]
    assert [(issue.severity, issue.message.startswith(said)) for issue in reading.issues] == [("note", True)]


def test_what_is_attached_is_a_document_of_its_own(tmp_path: Path) -> None:
    message = mail("Please see the report.")
    message.add_attachment(pdf([OPENING]), maintype="application", subtype="pdf", filename="report.pdf")
    message.add_attachment(b"\x89PNG\r\n", maintype="image", subtype="png", filename="chart.png")
    message.add_attachment(drawn_pdf([]), maintype="application", subtype="pdf", filename="scan.pdf")
    (tmp_path / "m.eml").write_bytes(message.as_bytes())
    (tmp_path / "sources.csv").write_text(HEADER + "m.eml/report.pdf,P,The report,2025-07,en,report\n")
    reading = read_folder(tmp_path)
    assert [(document.name, document.title) for document in reading.documents] == [
        ("m.eml", "A laboratory opens in Hefei"), ("m.eml/report.pdf", "The report"),
    ]  # fmt: skip
    assert [(issue.document, issue.severity) for issue in reading.issues] == [
        ("m.eml/chart.png", "note"), ("m.eml/scan.pdf", "error"),
    ]  # fmt: skip


def test_e_mails_inside_e_mails_and_many_attachments_have_an_end() -> None:
    message = mail("The innermost.")
    for depth in range(6):
        outer = mail(f"Around {depth}.")
        outer.add_attachment(message)
        message = outer
    reading = documents_of("m.eml", message.as_bytes(), {})
    assert len(reading.documents) == 4
    assert "lies in 4 e-mails, one in the other" in reading.issues[-1].message
    crowded = mail("Many.")
    for number in range(MAX_ATTACHMENTS + 1):
        crowded.add_attachment(f"Text {number} of words.", filename=f"{number}.txt")
    reading = documents_of("m.eml", crowded.as_bytes(), {})
    assert len(reading.documents) == MAX_ATTACHMENTS + 1
    assert "has 51 attachments; the first 50 were read" in reading.issues[0].message


def test_sub_folders_are_read_and_described_by_their_own_list_or_by_the_one_above(tmp_path: Path) -> None:
    below = tmp_path / "2025" / "x.txt"
    below.mkdir(parents=True)
    for name in ("a.txt", "b.txt"):
        (below / name).write_text(f"The text of {name}.")
    (below / "sources.csv").write_text(HEADER + "a.txt,P,A,2025-07,en,news\n")
    (tmp_path / "sources.csv").write_text(HEADER + "2025/x.txt/b.txt,P,B,2025-08,en,news\n")
    reading = read_folder(tmp_path)
    assert {document.name: document.title for document in reading.documents} == {
        "2025/x.txt/a.txt": "A",
        "2025/x.txt/b.txt": "B",
    }
    assert reading.issues == ()


def test_links_that_go_nowhere_or_round_are_issues(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text("A good document.")
    (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
    (tmp_path / "round").symlink_to(tmp_path)
    os.mkfifo(tmp_path / "pipe.txt")
    reading = read_folder(tmp_path)
    assert [document.name for document in reading.documents] == ["good.txt"]
    assert [issue.message.split(";")[0] for issue in reading.issues] == [
        "gone.txt cannot be opened (No such file or directory)",
        "loop.txt cannot be opened (Too many levels of symbolic links)",
        "pipe.txt is a pipe or a device, not a file",
        "round is a link to a folder, which is not followed",
    ]


def test_a_file_that_may_not_be_read_is_an_issue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    closed = tmp_path / "closed.txt"
    closed.write_text("Closed.")
    closed.chmod(0)
    if os.access(closed, os.R_OK):  # the administrator may read everything: then the system's answer is made here
        monkeypatch.setattr(Path, "read_bytes", refused)
    assert "closed.txt cannot be opened (Permission denied)" in read_paths([closed]).issues[0].message


def refused(path: Path) -> bytes:
    raise PermissionError(13, "Permission denied", str(path))


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        (b"caf\xe9.txt", "caf\\xe9.txt"),
        (b"a\nb.txt", "a\\nb.txt"),
        ("\u202etxt.exe.txt".encode(), "\\u202etxt.exe.txt"),
        ("ministère 科技部 – “x”.txt".encode(), "ministère 科技部 – “x”.txt"),
        (b"'; drop table--.txt", "'; drop table--.txt"),
    ],
)
def test_odd_names_of_files_are_kept_in_letters_that_print(tmp_path: Path, name: bytes, kept: str) -> None:
    (tmp_path / os.fsdecode(name)).write_text("A document.")
    assert [document.name for document in read_folder(tmp_path).documents] == [kept]
    assert shown(os.fsdecode(name)).isprintable()


def test_the_same_text_in_two_files_is_said_and_both_are_kept(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(OPENING)
    (tmp_path / "b.docx").write_bytes(word(OPENING))
    reading = read_folder(tmp_path)
    assert [document.name for document in reading.documents] == ["a.txt", "b.docx"]
    assert [(issue.severity, "holds the same text as a.txt" in issue.message) for issue in reading.issues] == [
        ("note", True)
    ]


@pytest.mark.parametrize("marks", ["\u200f", "\u202e", "\u200b", "\ufeff", "\u2066", "\u00ad", "\u0301"])
def test_marks_that_are_not_seen_leave_offsets_verbatim(tmp_path: Path, marks: str) -> None:
    text = marks + OPENING.replace(" ", f" {marks}", 3).replace("Hefei", f"Hefei{marks}")
    (tmp_path / "a.txt").write_bytes(text.encode())
    (document,) = read_folder(tmp_path).documents
    assert document.text == text
    for event in extract(document):
        for quotes in event.evidence.values():
            assert all(text[quote.start : quote.end] == quote.text for quote in quotes)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (
            "The “joint laboratory” opened in São Paulo — it’s the first of its kind, the ministry said in Brasília.",
            "cp1252",
        ),
        (
            "Министерство науки подписало соглашение о сотрудничестве в области космоса с Академией наук Китая.",
            "cp1251",
        ),
        (
            "Министерство науки подписало соглашение о сотрудничестве в области космоса с Академией наук Китая.",
            "koi8_r",
        ),
        (
            "中国科学院和西班牙国家研究委员会周三在合肥签署了一项关于量子通信的合作协议，双方将共享数据并共同建设实验室。",
            "gb18030",
        ),
        (OPENING, "utf-16"),
        (OPENING, "utf-32"),
    ],
)
def test_another_encoding_is_read_and_said(tmp_path: Path, text: str, encoding: str) -> None:
    (tmp_path / "a.txt").write_bytes(text.encode(encoding))
    reading = read_folder(tmp_path)
    assert [document.text for document in reading.documents] == [text]
    assert f"it was read as {encoding}" in reading.issues[0].message


@pytest.mark.parametrize(
    "content", [bytes(range(128, 256)) * 10, "Министерство науки подписало соглашение. ".encode("cp866") * 5]
)
def test_an_encoding_that_is_not_plain_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.txt").write_bytes(content)
    assert (
        "no other encoding fits it surely; save it again as UTF-8" in read_paths([tmp_path / "a.txt"]).issues[0].message
    )


@pytest.mark.parametrize(
    ("described", "text", "language", "said"),
    [
        ("en", "Министерство науки подписало соглашение", "en", ""),
        ("ru", OPENING, "ru", "is in Russian, and the rules that find events read English"),
        ("", "Министерство науки подписало соглашение", "ru", "is in Russian"),
        ("", OPENING, "en", ""),
        ("", "12.5 %", "", ""),
    ],
)
def test_the_language_is_noted(tmp_path: Path, described: str, text: str, language: str, said: str) -> None:
    (tmp_path / "a.txt").write_text(text)
    (tmp_path / "sources.csv").write_text(HEADER + f"a.txt,P,T,2025-07,{described},news\n")
    reading = read_folder(tmp_path)
    assert reading.documents[0].language == language
    assert [said in issue.message for issue in reading.issues] == ([True] if said else [])


def test_plain_english_loads_no_model_and_text_no_other_reader() -> None:
    code = (
        "import sys; from pathlib import Path; from dashboard.etl.read import read_folder; "
        f"read_folder(Path({str(ROOT / 'tests' / 'fixtures' / 'corpus' / 'open')!r})); "
        "print([name for name in ('trafilatura', 'pypdfium2', 'docx', 'py3langid', 'charset_normalizer') if name in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert ran.stdout == "[]\n"
