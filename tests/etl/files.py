"""Real files of each format, as the tests of the readers need them."""

import io
import zipfile
from collections.abc import Sequence
from email.message import EmailMessage

import docx
from reportlab.lib import pdfencrypt
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph

MARGIN = 60
GAP = 20

OPENING = (
    "On 7 July 2025 a joint laboratory for cross-border co-operation in quantum communication was opened in Hefei by China and "
    "Spain, the Ministry of Science and Technology said."
)


def pdf(paragraphs: Sequence[str], *, columns: int = 1, foot: str = "", title: str = "", lead: str = "") -> bytes:
    """A PDF of running text; `foot` is drawn at the bottom of each page, before a number."""
    stream = io.BytesIO()
    width, height = A4
    column = (width - 2 * MARGIN - GAP * (columns - 1)) / columns
    frames = [Frame(MARGIN + place * (column + GAP), MARGIN, column, height - 2 * MARGIN) for place in range(columns)]

    def draw_foot(canvas: Canvas, document: BaseDocTemplate) -> None:
        canvas.setFont("Helvetica", 8)
        canvas.drawString(MARGIN, 30, foot)
        canvas.drawRightString(width - MARGIN, 30, f"{document.page}")

    template = BaseDocTemplate(stream, pagesize=A4, title=title or None)
    template.addPageTemplates(PageTemplate(frames=frames, onPage=draw_foot))
    styles = getSampleStyleSheet()
    flowables = [Paragraph(lead, styles["Title"])] if lead else []
    template.build([*flowables, *(Paragraph(paragraph, styles["BodyText"]) for paragraph in paragraphs)])
    return stream.getvalue()


def drawn_pdf(*pages: Sequence[str], password: str = "", top: int = 700) -> bytes:
    """A PDF whose lines are drawn one below the other; a page without lines is drawn as a picture would be: without text."""
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=A4, encrypt=pdfencrypt.StandardEncryption(password) if password else None)
    for lines in pages:
        canvas.rect(10, 10, 50, 50, fill=1)
        for number, line in enumerate(lines):
            canvas.drawString(72, top - 12 * number, line)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def word(*paragraphs: str, rows: Sequence[Sequence[str]] = (), after: str = "", title: str = "") -> bytes:
    """A Word document: paragraphs, a table, a last paragraph."""
    document = docx.Document()
    document.core_properties.title = title
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    if rows:
        table = document.add_table(len(rows), len(rows[0]))
        for row, texts in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
    if after:
        document.add_paragraph(after)
    return saved(document)


def saved(document: docx.document.Document) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def archive(parts: dict[str, bytes]) -> bytes:
    """A zip archive of these parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return stream.getvalue()


def mail(body: str = "", *, html: str = "", subject: str = "A laboratory opens in Hefei") -> EmailMessage:
    """A message of July 2025, with a plain body, an HTML one, or both."""
    message = EmailMessage()
    message["From"] = "Science Desk <desk@example.org>"
    message["To"] = "analyst@example.org"
    message["Subject"] = subject
    message["Date"] = "Tue, 08 Jul 2025 23:30:00 +0800"
    if body:
        message.set_content(body)
    if html and body:
        message.add_alternative(html, subtype="html")
    elif html:
        message.set_content(html, subtype="html")
    return message


def page(body: str, *, head: str = "", title: str = "A laboratory opens in Hefei", lang: str = "en") -> str:
    """A web page with a menu and a foot around its main text."""
    return (
        f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title>{head}</head><body>'
        '<nav><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li></ul></nav>'
        f"<article>{body}</article><footer>Copyright, all rights reserved, 3 May 2019</footer></body></html>"
    )


def id_of(value: object) -> str:
    """The name of a parameter in a test's name: bytes of files differ from run to run."""
    return value if isinstance(value, str) else type(value).__name__
