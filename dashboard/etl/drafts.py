"""What the machine proposes in all documents, as rows; what was extracted before is taken from what the last build kept."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from functools import cached_property, partial
from itertools import chain, count
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from dashboard.codebook import Event, from_json
from dashboard.decisions import Decision
from dashboard.etl.decided import UNREVIEWED, DecidedEvent
from dashboard.etl.kept import Keep, key_of
from dashboard.etl.origins import Origin, Shares, origins, signature
from dashboard.etl.proposals import FORMS, proposal_row
from dashboard.etl.read import Document
from dashboard.etl.rows import FRAMES, Frames, Row, event_frames, to_frame
from dashboard.etl.tellings import Portrait, portrait
from dashboard.issues import Issue

DRAFTED = {"document_id": str, "key": str, "signature": object}
SHARES = {"one": str, "other": str, "share": "float64"}
PORTRAITS = {
    "event_id": str, "documents": str, "type": str, "first": "int32", "last": "int32", "is_day": bool, "stands_in": bool,
    "is_dateline": bool, "country": str, "city": str, "countries": str, "actors": str, "parts": str, "words": str,
}  # fmt: skip
COLUMNS = {**FRAMES, "forms": FORMS, "portraits": PORTRAITS, "drafted": DRAFTED, "shares": SHARES}
"""The kept frames: rows of events, the event of each in the codebook's form as JSON, what is compared of it with other tellings,
which documents were drafted from what, with their signatures, and how much of one document stands in another."""

_SETS = ("documents", "countries", "actors", "parts", "words")
_BETWEEN = "|"

Extract = Callable[[Document], Sequence[Event]]
Tell = Callable[[int, int], None]
"""Hears how many of how many documents are done."""


@dataclass(frozen=True)
class Drafts:
    """The proposals of a set of documents.

    Shape: `frames` as `COLUMNS` says; each event is there as if nobody had decided about it. `is_new`: they differ from what
    is kept.
    """

    frames: Frames
    is_new: bool = True
    issues: tuple[Issue, ...] = ()

    def __len__(self) -> int:
        return len(self.frames["forms"])

    @cached_property
    def documents(self) -> dict[str, str]:
        """The document of each proposal, by the proposal's id."""
        forms = self.frames["forms"]
        return dict(zip(forms["event_id"].tolist(), forms["document_id"].tolist(), strict=True))

    def events(self, event_ids: Iterable[str]) -> list[Event]:
        """Some proposals as events, in the order of the documents and of the text."""
        forms = self.frames["forms"]
        chosen = forms.loc[_among(forms["event_id"], event_ids), "form"]
        return [from_json(json.loads(form)) for form in chosen]

    def rows_without(self, event_ids: Iterable[str]) -> Frames:
        """The rows of all proposals but some."""
        gone = set(event_ids)
        return {name: self.frames[name][~_among(self.frames[name]["event_id"], gone)] for name in FRAMES}

    def forms_without(self, event_ids: Iterable[str]) -> pd.DataFrame:
        """What all proposals but some say of themselves, in the form of `FORMS`."""
        forms = self.frames["forms"]
        return forms[~_among(forms["event_id"], set(event_ids))]


@dataclass(frozen=True)
class Untouched:
    """The proposals of all documents but those that decisions may be about."""

    drafts: Drafts
    touched: frozenset[str]

    @cached_property
    def portraits(self) -> list[Portrait]:
        """What is compared of each with other tellings."""
        frame = self.drafts.frames["portraits"]
        return _portraits(frame[~_among(frame["event_id"], self.touched)] if self.touched else frame)

    def events(self, event_ids: Iterable[str]) -> list[Event]:
        """Some of them as events."""
        return self.drafts.events(event_ids)


def draft(documents: Sequence[Document], keep: Keep, extract: Extract, tell: Tell | None = None) -> Drafts:
    """The proposals of these documents; `extract` is asked for those that are not kept, and `tell` hears of each of them.

    Rules: the key of a result hashes the document as the reader gave it; the code and the data files are in the keep's fingerprint.
    """
    kept, issues = keep.read()
    keys = {document.document_id: _key(document) for document in documents}
    known = _known(kept)
    new = [document for document in documents if known.get(document.document_id) != keys[document.document_id]]
    stale = known.keys() - (keys.keys() - {document.document_id for document in new})
    if kept and not new and not stale:
        return Drafts(kept, is_new=False, issues=issues)
    made = _made(new, keys, _telling(extract, len(new), tell) if tell else extract)
    if kept:
        made = {
            name: pd.concat([_without(kept, name, stale), frame], ignore_index=True) for name, frame in made.items()
        }
    return Drafts(made, issues=issues)


def _telling(extract: Extract, total: int, tell: Tell) -> Extract:
    """The extractor, with a word before each document."""
    return partial(_told, extract, tell, count(), total)


def _told(extract: Extract, tell: Tell, done: Iterator[int], total: int, document: Document) -> Sequence[Event]:
    tell(next(done), total)
    return extract(document)


def traced(drafts: Drafts, documents: Sequence[Document]) -> tuple[Drafts, dict[str, Origin]]:
    """The origin of each document, and the drafts with what was compared to find it."""
    drafted, shares = drafts.frames["drafted"], drafts.frames["shares"]
    known = dict(
        zip(zip(shares["one"].tolist(), shares["other"].tolist(), strict=True), shares["share"].tolist(), strict=True)
    )
    read = Shares(documents, known)
    found = origins(
        documents, dict(zip(drafted["document_id"].tolist(), drafted["signature"].tolist(), strict=True)), read
    )
    if read.used == known:
        return drafts, found
    rows = pd.DataFrame([(*pair, share) for pair, share in read.used.items()], columns=list(SHARES)).astype(SHARES)
    return replace(drafts, frames=drafts.frames | {"shares": rows}, is_new=True), found


def touched(drafts: Drafts, decisions: Iterable[Decision], documents: Sequence[Document]) -> frozenset[str]:
    """The ids of the proposals that decisions may be about: all of each document that one of them names."""
    ids = {document.name: document.document_id for document in documents}
    named: set[str] = set()
    for decision in decisions:
        form = decision.form
        events = (decision.event_id, str(form.get("into", "")), str(form.get("from", "")))
        named |= {drafts.documents[event] for event in events if event in drafts.documents}
        named |= {*decision.documents.values(), *(ids.get(name, "") for name in _document_names(form))}
    return frozenset(event_id for event_id, document_id in drafts.documents.items() if document_id in named)


def _document_names(form: Any) -> Iterable[str]:
    """The file names in a decision: of its event, and of the quotes that name their own."""
    event = form.get("event") or {}
    quotes = chain.from_iterable([*(event.get("evidence") or {}).values(), form.get("evidence") or []])
    return [str(event.get("document", "")), *(str(quote.get("document", "")) for quote in quotes)]


def _key(document: Document) -> str:
    return key_of(*(str(getattr(document, field.name)) for field in fields(document)))


def _known(kept: Frames) -> dict[str, str]:
    if kept.keys() != COLUMNS.keys():
        kept.clear()
        return {}
    drafted = kept["drafted"]
    return dict(zip(drafted["document_id"].tolist(), drafted["key"].tolist(), strict=True))


def _made(documents: Sequence[Document], keys: dict[str, str], extract: Extract) -> Frames:
    found = {
        document.document_id: {event.event_id: event for event in reversed(extract(document))} for document in documents
    }
    told = [(document_id, event) for document_id, events in found.items() for event in reversed(events.values())]
    frames = event_frames((DecidedEvent((event,), UNREVIEWED) for _, event in told), documents)
    forms = [proposal_row(event, document_id) for document_id, event in told]
    drafted = [
        {
            "document_id": document.document_id,
            "key": keys[document.document_id],
            "signature": signature(document.text),
        }
        for document in documents
    ]
    texts = {document.document_id: document.text for document in documents}
    portraits = [_portrait_row(portrait(event, texts[document_id])) for document_id, event in told]
    return frames | {
        "forms": to_frame(forms, FORMS),
        "portraits": to_frame(portraits, PORTRAITS),
        "drafted": to_frame(drafted, DRAFTED),
        "shares": to_frame([], SHARES),
    }


def _portrait_row(one: Portrait) -> Row:
    return vars(one) | {name: _BETWEEN.join(sorted(getattr(one, name))) for name in _SETS}


def _portraits(frame: pd.DataFrame) -> list[Portrait]:
    columns = [_sets(frame[name]) if name in _SETS else frame[name].tolist() for name in PORTRAITS]
    return [Portrait(*values) for values in zip(*columns, strict=True)]


def _sets(cells: "pd.Series[Any]") -> list[frozenset[str]]:
    return [frozenset(cell.split(_BETWEEN)) if cell else frozenset() for cell in cells.tolist()]


def _without(kept: Frames, name: str, stale: set[str]) -> pd.DataFrame:
    frame = kept[name]
    if not stale:
        return frame
    if name == "shares":
        return frame[~_among(frame["one"], stale) & ~_among(frame["other"], stale)]
    if name in ("forms", "drafted"):
        return frame[~_among(frame["document_id"], stale)]
    forms = kept["forms"]
    return frame[~_among(frame["event_id"], forms.loc[_among(forms["document_id"], stale), "event_id"])]


def _among(values: "pd.Series[Any]", some: Iterable[str]) -> "pd.Series[bool]":
    found = pc.is_in(pa.array(values), value_set=pa.array(list(some), type=pa.large_string()))
    return pd.Series(found.to_numpy(zero_copy_only=False), index=values.index)
