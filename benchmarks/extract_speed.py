"""How many documents of 3 kB a second the rules read (find and assemble), in one process on one core, warm.

`python -m benchmarks.extract_speed`. Each document of the open half is repeated, or cut at a paragraph, to about 3 kB, so that all
kinds of documents count alike. Rounds over all of them alternate with a fixed loop of Python that knows nothing of the
project; the ratio of the two compares versions of the code across machines and across what else these do.
"""

import gc
import hashlib
import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from dashboard.etl.extract import extract, extract_and_explain
from dashboard.etl.read import Document, read_folder

CORPUS = Path("tests/fixtures/corpus/open")
CHARACTERS = 3_000
ROUNDS = 7
LOOPS = 600_000


def main() -> None:
    """Print the medians, their spread, and the ratio to the fixed loop."""
    documents = [sized(document) for document in read_folder(CORPUS).documents]
    size = statistics.mean(len(document.text.encode()) for document in documents)
    print(f"{len(documents)} documents of {size / 1000:.2f} kB on average, {ROUNDS} alternating rounds")
    works: dict[str, Callable[[], None]] = {
        "extract": partial(read_all, extract, documents),
        "extract and explain": partial(read_all, extract_and_explain, documents),
        "fixed loop": calibrate,
    }
    for work in works.values():
        work()
    taken: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(ROUNDS):
        for name, work in works.items():
            taken[name].append(seconds(work))
    loop = statistics.median(taken["fixed loop"])
    print(f"fixed loop: {loop * 1000:.0f} ms ({_spread(taken['fixed loop'], 1000)})")
    for name in ("extract", "extract and explain"):
        median = statistics.median(taken[name])
        rates = [len(documents) / value for value in taken[name]]
        each = median / len(documents) / loop
        print(
            f"{name}: {len(documents) / median:.0f} documents a second ({_spread(rates, 1)}); one document takes {each:.3f} fixed loops"
        )


def read_all(read: Callable[[Document], object], documents: list[Document]) -> None:
    for document in documents:
        read(document)


def sized(document: Document) -> Document:
    """The document at about 3 kB: repeated whole paragraphs until they suffice, then cut behind the last that fits."""
    text = document.text.rstrip()
    while len(text) < CHARACTERS:
        text = f"{text}\n\n{document.text.strip()}"
    cut = max(text.rfind("\n", CHARACTERS // 2, CHARACTERS), text.rfind(". ", CHARACTERS // 2, CHARACTERS))
    text = text[: cut + 1 if cut > 0 else CHARACTERS]
    return replace(document, text=text, document_id=f"d{hashlib.sha256(text.encode()).hexdigest()[:12]}")


def seconds(work: Callable[[], None]) -> float:
    """The processor time of one run, so that other work on the machine counts little; garbage of others is collected first."""
    gc.collect()
    start = time.process_time()
    work()
    return time.process_time() - start


def calibrate() -> None:
    """Splitting, dictionaries and comparisons, as the extractor does them, always the same."""
    words = ("the committee of both sides met and signed a protocol on the seventh of July " * 8).split()
    counts: dict[str, int] = {}
    for number in range(LOOPS):
        word = words[number % len(words)]
        key = f"{word}:{number % 97}"
        counts[key] = counts.get(key, 0) + (word > "m")
    sorted(counts, key=counts.__getitem__)


def _spread(values: list[float], scale: float) -> str:
    return f"{min(values) * scale:.0f}–{max(values) * scale:.0f}"


if __name__ == "__main__":
    main()
