import pytest

from dashboard.errors import InputError
from dashboard.etl.readers.eml import read
from tests.etl.files import OPENING, id_of, mail, page, pdf

NESTED = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (depth, depth) for depth in range(3_000))
TORN = b"Subject: Torn\nContent-Type: multipart/mixed\n\nWhat was written."
SPLIT = (
    b"Subject: Split\nContent-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/plain\n\nBefore the picture.\n"
    b"--x\nContent-Type: image/png\n\n\x89PNG\n--x\nContent-Type: text/plain\n\nBehind it.\n--x--\n"
)
LATIN = b"Subject: Acordo\nContent-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable\n\nS=E3o =\nPaulo"


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (TORN, "Torn\n\nWhat was written."),
        (SPLIT, "Split\n\nBefore the picture.\n\nBehind it."),
        (LATIN, "Acordo\n\nSão Paulo"),
    ],
)
def test_the_body_is_read_as_mail_programs_write_it(content: bytes, text: str) -> None:
    assert read(content, "a.eml").text == text


def test_subject_sender_and_the_senders_own_day() -> None:
    found = read(mail(OPENING).as_bytes(), "a.eml")
    assert found.text == f"A laboratory opens in Hefei\n\n{OPENING}"
    assert (found.title, found.publisher, str(found.published)) == (
        "A laboratory opens in Hefei",
        "Science Desk",
        "2025-07-08",
    )


def test_plain_text_goes_before_html() -> None:
    found = read(mail(OPENING, html="<p>Something else entirely, in another form.</p>").as_bytes(), "a.eml")
    assert OPENING in found.text
    assert "Something else" not in found.text


def test_html_alone_is_read_as_a_page() -> None:
    assert (
        read(mail(html=page(f"<p>{OPENING}</p>")).as_bytes(), "a.eml").text
        == f"A laboratory opens in Hefei\n\n{OPENING}"
    )


def test_words_in_every_writing_are_decoded() -> None:
    message = mail("In São Paulo – “科技部” signed.", subject="Acordo em São Paulo: 科技部")
    found = read(message.as_bytes(), "a.eml")
    assert found.text == "Acordo em São Paulo: 科技部\n\nIn São Paulo – “科技部” signed."


def test_attachments_have_names_of_their_own() -> None:
    message = mail(OPENING)
    for text in ("First report of the year", "Second report of the year"):
        message.add_attachment(pdf([text]), maintype="application", subtype="pdf", filename="report.pdf")
    message.add_attachment(mail("The forwarded message."))
    names = [attachment.name for attachment in read(message.as_bytes(), "a.eml").attachments]
    assert names == ["report.pdf", "report-3.pdf", "attachment-4.eml"]


def test_a_picture_inside_the_text_is_not_attached() -> None:
    message = mail(html=page(f"<p>{OPENING}</p><img src='cid:logo'>"))
    message.add_related(b"\x89PNG", maintype="image", subtype="png", cid="<logo>")
    assert read(message.as_bytes(), "a.eml").attachments == ()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (mail().as_bytes(), "has no body and nothing attached"),
        (b"Only a text, without any header.", "is not an e-mail"),
        (b"Subject: Nested\n" + NESTED, "has more than 100 nested parts"),
        (b"Subject: " + b"(" * 300_000 + b"\n\nbody", "opens with 300,009 bytes of header"),
    ],
    ids=id_of,
)
def test_what_cannot_be_read_is_refused_in_a_sentence(content: bytes, said: str) -> None:
    with pytest.raises(InputError, match=rf"^a\.eml {said}"):
        read(content, "a.eml")


@pytest.mark.parametrize(
    "header",
    [
        "From: " + "(" * 5_000,
        "Content-Type: " + "(" * 5_000,
        "Date: never",
        "From: <<>>,@",
        "Content-Type: text/plain; charset=none",
    ],
)
def test_a_header_that_is_none_is_read_over_or_refused(header: str) -> None:
    content = f"Subject: A laboratory\n{header}\n\nA laboratory was opened.".encode()
    try:
        assert "A laboratory was opened." in read(content, "a.eml").text
    except InputError as error:
        assert str(error).startswith("a.eml is a broken e-mail")
