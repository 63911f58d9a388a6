"""Copies of one text: a wire story that several outlets print is one origin, however often it stands in the corpus.

The rule: two documents are copies if at least `COPIED_SHARE` of the runs of five words of the shorter one stand in the longer,
which is at most `LONGEST_RATIO` times as long; a text of fewer than `FEWEST_RUNS` runs must stand there nearly whole
(`SHORT_SHARE`). Copies of one longer text are one origin; it is named after the copy that was published first, else the longest.

What is kept of each document is an eighth of the hashes of its runs, the same eighth everywhere (as FracMinHash does), so that
shares can be estimated from what is kept. Only pairs whose estimate is near are read word by word.
"""

import hashlib
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from dashboard.etl.read import Document

RUN_WORDS = 5
"""Five words in a row are seldom shared by chance; names of institutions are mostly shorter."""

COPIED_SHARE = 0.5
"""Measured on copies made of the annotated documents: cut to a third, with another headline, dateline or agency, or with two paragraphs
dropped, they share 0.88 and more, with a word in fifteen changed 0.43 and more; independent tellings of one event 0.2 at most."""

FEWEST_RUNS = 60
SHORT_SHARE = 0.9
"""Two notes of a yearly committee differ by a date and a number and share 0.85 of fifty words; so short texts need more."""

LONGEST_RATIO = 4
"""A story cut to its first third is a copy; an item in a digest of five is quoted in it, and the digest has other origins too."""

KEPT_PART = 8
FEWEST_SHARED = 2
ESTIMATED_SHARE = 0.3
"""Pairs whose kept hashes are shared to less than this are not read: well below `COPIED_SHARE`, since an eighth is a rough estimate."""

_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Origin:
    """Where a document's text comes from: the document that stands for its origin, and the share of its runs that stand there."""

    document_id: str
    share: float


def signature(text: str) -> bytes:
    """The kept hashes of a text, sorted: the small remainder that says which texts may be copies."""
    hashes = np.unique(np.fromiter((_hash(run) for run in _runs(text)), dtype=np.uint64))
    return bytes(hashes[hashes % KEPT_PART == 0].tobytes())


def origins(documents: Sequence[Document], signatures: Mapping[str, bytes], shares: "Shares") -> dict[str, Origin]:
    """The origin of each document, by the document's id."""
    by_id = {document.document_id: document for document in documents}
    copies = [(one, other) for one, other in _near(signatures) if _are_copies(one, other, shares)]
    members: dict[str, list[str]] = defaultdict(list)
    for document_id, longest in _longest(by_id, copies, shares).items():
        members[longest].append(document_id)
    first = {longest: min(group, key=lambda one: _first_then_longest(by_id[one])) for longest, group in members.items()}
    return {
        document_id: Origin(
            first[longest], 1.0 if document_id == first[longest] else shares.share(document_id, first[longest])
        )
        for longest, group in members.items()
        for document_id in group
    }


def _longest(documents: Mapping[str, Document], copies: Sequence[tuple[str, str]], shares: "Shares") -> dict[str, str]:
    """For each document the longest of which it is a copy, itself if there is none.

    Rules: a document is compared with the longest copy of each of its neighbours, so that copies of copies do not drift away
    from the text that they began with. A text that turns out to be a copy of a longer one takes its copies along.
    """
    neighbours: dict[str, list[str]] = defaultdict(list)
    for one, other in copies:
        neighbours[one].append(other)
        neighbours[other].append(one)
    longest: dict[str, str] = {}
    for document_id in sorted(documents, key=lambda one: (-len(documents[one].text), one)):
        around = {longest[other] for other in neighbours[document_id] if other in longest}
        fitting = sorted(one for one in around if _are_copies(one, document_id, shares))
        longest[document_id] = max(fitting, key=lambda one: shares.share(document_id, one), default=document_id)
    taken: dict[str, str] = {}
    for one, other in copies:
        roots = {taken.get(longest[one], longest[one]), taken.get(longest[other], longest[other])}
        longer, *shorter = sorted(roots, key=lambda name: (-len(documents[name].text), name))
        if shorter and longer not in taken and _are_copies(longer, shorter[0], shares):
            taken |= {name: longer for name, root in taken.items() if root == shorter[0]} | {shorter[0]: longer}
    return {document_id: taken.get(one, one) for document_id, one in longest.items()}


def _are_copies(one: str, other: str, shares: "Shares") -> bool:
    (count, shorter), (longer_count, longer) = sorted(((shares.count(one), one), (shares.count(other), other)))
    if count == 0 or longer_count > LONGEST_RATIO * count:
        return False
    return shares.share(shorter, longer) >= (COPIED_SHARE if count >= FEWEST_RUNS else SHORT_SHARE)


def _first_then_longest(document: Document) -> tuple[str, int, str]:
    return str(document.published or "~"), -len(document.text), document.document_id


class Shares:
    """How much of one document stands in another: read word by word once, and known from then on.

    Shape: `known` maps two document ids to the share of the first one's runs that stand in the second; an id with itself to
    the number of its runs. `used` is what this build asked of it.
    """

    def __init__(self, documents: Sequence[Document], known: Mapping[tuple[str, str], float]) -> None:
        self._texts = {document.document_id: document.text for document in documents}
        self._known = known
        self._read: dict[str, frozenset[str]] = {}
        self.used: dict[tuple[str, str], float] = {}

    def share(self, one: str, other: str) -> float:
        """The share of one document's runs that stand in the other, to a thousandth."""
        return self._asked(
            one, other, lambda: round(len(self._runs(one) & self._runs(other)) / len(self._runs(one)), 3)
        )

    def count(self, one: str) -> float:
        """How many different runs a document has."""
        found = self.used.get((one, one))
        return self._asked(one, one, lambda: float(len(self._runs(one)))) if found is None else found

    def _asked(self, one: str, other: str, read: Callable[[], float]) -> float:
        pair = one, other
        if pair not in self.used:
            self.used[pair] = self._known[pair] if pair in self._known else read()
        return self.used[pair]

    def _runs(self, document_id: str) -> frozenset[str]:
        if document_id not in self._read:
            self._read[document_id] = frozenset(_runs(self._texts[document_id]))
        return self._read[document_id]


def _near(signatures: Mapping[str, bytes]) -> list[tuple[str, str]]:
    """Pairs of documents whose kept hashes are shared enough, in a fixed order.

    Rules: of the documents that share a hash only neighbours, by id, are paired, and each with the first: copies of one story
    share nearly all their hashes, so they are joined through one another, and the work stays in proportion to the corpus.
    """
    ids = sorted(signatures)
    sizes = np.array([len(signatures[one]) // 8 for one in ids])
    owners = np.repeat(np.arange(len(ids)), sizes)
    hashes = np.frombuffer(b"".join(signatures[one] for one in ids), dtype=np.uint64)
    order = np.argsort(hashes, kind="stable")
    hashes, owners = hashes[order], owners[order]
    firsts = np.flatnonzero(np.r_[True, hashes[1:] != hashes[:-1]]) if len(hashes) else np.array([], dtype=np.int64)
    first_of = np.repeat(owners[firsts], np.diff(np.r_[firsts, len(hashes)]))
    same = np.flatnonzero(hashes[1:] == hashes[:-1])
    pairs = np.concatenate([_codes(owners[same], owners[same + 1], len(ids)), _codes(first_of, owners, len(ids))])
    codes, counts = np.unique(pairs, return_counts=True)
    one, other = codes // max(1, len(ids)), codes % max(1, len(ids))
    neighbours = np.where(one == other, 0, counts)
    near = (neighbours >= FEWEST_SHARED) & (neighbours >= ESTIMATED_SHARE * np.minimum(sizes[one], sizes[other]))
    return [(ids[first], ids[second]) for first, second in zip(one[near], other[near], strict=True)]


def _codes(
    one: "np.ndarray[tuple[int], np.dtype[np.int64]]", other: "np.ndarray[tuple[int], np.dtype[np.int64]]", count: int
) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
    return one.astype(np.int64) * count + other


def _runs(text: str) -> Iterable[str]:
    words = _WORD.findall(text.lower())
    return (" ".join(words[start : start + RUN_WORDS]) for start in range(len(words) - RUN_WORDS + 1))


def _hash(run: str) -> int:
    return int.from_bytes(hashlib.blake2b(run.encode(), digest_size=8).digest(), "little")
