"""Times the readers, in seconds of the processor for 100 documents of each format, in turn; and one line of ten million characters, read and extracted."""

import argparse
import io
import resource
import statistics
import time
from collections.abc import Callable, Sequence
from email.message import EmailMessage
from typing import TypeVar

import docx
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph

from dashboard.etl.extract import extract
from dashboard.etl.languages import language_of
from dashboard.etl.publication import publication_of
from dashboard.etl.read import documents_of
from dashboard.settings import ROOT

T = TypeVar("T")

CORPUS = ROOT / "tests" / "fixtures" / "corpus" / "open"
DOCUMENTS = 20
ROUNDS = 5
LINE_CHARACTERS = 10_000_000
PER = 100


def texts() -> list[str]:
    return [path.read_text(encoding="utf-8") for path in sorted(CORPUS.glob("*.txt"))[:DOCUMENTS]]


def as_html(text: str) -> bytes:
    body = "".join(f"<p>{line}</p>" for line in text.splitlines() if line.strip())
    return f"<!doctype html><html><head><title>News</title></head><body><nav><a href='/'>Home</a></nav><article>{body}</article></body></html>".encode()


def as_pdf(text: str) -> bytes:
    stream = io.BytesIO()
    template = BaseDocTemplate(stream)
    columns = [Frame(60, 60, 230, 720), Frame(310, 60, 230, 720)]
    template.addPageTemplates(PageTemplate(frames=columns))
    style = getSampleStyleSheet()["BodyText"]
    template.build(
        [Paragraph(line.replace("&", "and").replace("<", ""), style) for line in text.splitlines() if line.strip()]
    )
    return stream.getvalue()


def as_docx(text: str) -> bytes:
    stream = io.BytesIO()
    document = docx.Document()
    for line in text.splitlines():
        document.add_paragraph(line)
    document.save(stream)
    return stream.getvalue()


def as_eml(text: str) -> bytes:
    message = EmailMessage()
    message["From"], message["Subject"], message["Date"] = "desk@example.org", "News", "Tue, 08 Jul 2025 09:00:00 +0000"
    message.set_content(text)
    return message.as_bytes()


def seconds(files: list[tuple[str, bytes]]) -> float:
    started = time.process_time()
    for name, content in files:
        documents_of(name, content, {})
    return (time.process_time() - started) * PER / len(files)


def time_formats() -> None:
    written = texts()
    makers = {"txt": str.encode, "html": as_html, "pdf": as_pdf, "docx": as_docx, "eml": as_eml}
    files = {
        form: [(f"{place}.{form}", make(text)) for place, text in enumerate(written)] for form, make in makers.items()
    }
    for form in files:
        seconds(files[form][:1])  # the reader is loaded
    rounds = [{form: seconds(files[form]) for form in files} for _ in range(ROUNDS)]
    print(
        f"seconds for {PER} documents of {statistics.mean(map(len, written)):,.0f} characters, {ROUNDS} rounds in turn"
    )
    for form in files:
        times = [one[form] for one in rounds]
        ratio = statistics.median(one[form] / one["txt"] for one in rounds)
        print(
            f"{form:5} median {statistics.median(times):.2f} s ({min(times):.2f} to {max(times):.2f}), {ratio:.0f} times txt"
        )


def time_dating_and_languages() -> None:
    documents = [documents_of("a.txt", text.encode(), {}).documents[0] for text in texts()]
    russian = "Министерство науки подписало соглашение о сотрудничестве. " * 30
    started = time.process_time()
    language_of(russian)
    print(f"first text that is not English: {time.process_time() - started:.2f} s (the model is loaded)")
    print(f"publication date:  {milliseconds(publication_of, documents):.2f} ms a document")
    print(
        f"language, English: {milliseconds(language_of, [document.text for document in documents]):.2f} ms a document"
    )
    print(f"language, Russian: {milliseconds(language_of, [russian] * len(documents)):.2f} ms a document")


def milliseconds(work: Callable[[T], object], inputs: Sequence[T]) -> float:
    started = time.process_time()
    for one in inputs:
        work(one)
    return (time.process_time() - started) / len(inputs) * 1000


def time_one_line() -> None:
    sentence = (
        "On {day} July 2025 laboratory number {number} was opened in Hefei by China and Spain, the ministry said. "
    )
    line = " date 2025-08-01 " + "".join(
        sentence.format(day=1 + number % 28, number=number) for number in range(LINE_CHARACTERS // len(sentence))
    )
    started = time.process_time()
    (document,) = documents_of("line.txt", line.encode(), {}).documents
    read = time.process_time() - started
    events = extract(document)
    whole = time.process_time() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"one line of {len(line):,} characters: read in {read:.1f} s, {len(events)} events after {whole:.0f} s, at most {peak:,} MB"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--line", action="store_true", help="only the line of ten million characters (minutes)")
    if parser.parse_args().line:
        time_one_line()
        return
    time_formats()
    time_dating_and_languages()


if __name__ == "__main__":
    main()
