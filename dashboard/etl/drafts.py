"""What the machine proposes in all documents, as rows; what was extracted before is taken from what the last build kept."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import chain, islice
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from dashboard.codebook import Event, from_json
from dashboard.decisions import Decision
from dashboard.edtf import EventDate, parse_edtf
from dashboard.etl.decide import Replay
from dashboard.etl.decided import UNREVIEWED, DecidedEvent
from dashboard.etl.explanations import explanations_table
from dashboard.etl.extractors import Extraction, Extractor, extract_each, failed_for_all
from dashboard.etl.kept import Part, joined, key_of, packed
from dashboard.etl.origins import Origin, Shares, origins, signature
from dashboard.etl.portraits import PAIRS, PORTRAITS, Pair, near, new_pairs, pairs_of, portrait_row, portraits_of
from dashboard.etl.proposals import FORMS, proposal_row
from dashboard.etl.publication import dated, publication_of
from dashboard.etl.read import Document
from dashboard.etl.rows import FRAMES, Frames, Positions, Row, Rows, event_frames, to_frame
from dashboard.etl.tellings import Portrait, portrait
from dashboard.issues import Issue
from dashboard.schema import dtypes

DRAFTED = {
    "document_id": str, "key": str, "published": str, "published_basis": str, "issues": str, "refused": str, "signature": object,
}  # fmt: skip
SHARES = {"one": str, "other": str, "share": "float64"}
JOINED = {f"joined_{name}": columns for name, columns in FRAMES.items()}
OF_DOCUMENTS = {
    **FRAMES, "forms": FORMS, "portraits": PORTRAITS, "explanations": dtypes("explanations"), "drafted": DRAFTED,
}  # fmt: skip
"""The kept frames of which each row belongs to one document: rows of events of one telling; the event of each telling in the
codebook's form as JSON, and what is compared of it with others; the account of each sentence; which documents were drafted from
what, with their dates, their signatures and what the extractor said of them."""

OF_ALL = {**JOINED, "pairs": PAIRS, "shares": SHARES}
"""The kept frames about several documents: rows of events of several tellings; which tellings are alike; and how much of one
document stands in another."""

NOT_WHOLE = ""
"""The key of a document that the extractor did not read whole: the next build asks for it again."""

DOCUMENTS_AT_A_TIME = 500
"""So many extractions become frames together: events as objects take ten times the room of their rows."""

_NOTHING_SAID, _NOTHING_REFUSED = "[]", "{}"

Tell = Callable[[int, int], None]
"""Hears how many of how many documents are done."""


@dataclass(frozen=True)
class Drafts:
    """The proposals of a set of documents.

    Shape: `frames` as `OF_DOCUMENTS` and `OF_ALL` say; each event is there as if nobody had decided about it. `of_documents`
    are those of the documents in parts, as they are kept. `is_new`: they differ from what is kept.
    """

    frames: Frames
    of_documents: tuple[Part, ...]
    is_new: bool = True
    issues: tuple[Issue, ...] = ()

    def __len__(self) -> int:
        return len(self.frames["forms"])

    @property
    def is_failure(self) -> bool:
        """Whether no document was read whole and no event was found."""
        return len(self) == 0 and bool((self.frames["drafted"]["key"] == NOT_WHOLE).all())

    @property
    def parts(self) -> list[Part]:
        """All that is kept for the next build."""
        return [*packed(self.of_documents, "drafted"), Part({name: self.frames[name] for name in OF_ALL})]

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

    def dated(self, documents: Iterable[Document]) -> tuple[Document, ...]:
        """The documents with the dates that were found for them."""
        drafted = self.frames["drafted"]
        columns = [drafted[name].tolist() for name in ("document_id", "published", "published_basis")]
        found = {document_id: (_date(edtf), basis) for document_id, edtf, basis in zip(*columns, strict=True)}
        return tuple(
            replace(document, published=published, published_basis=basis)
            for document in documents
            for published, basis in [found[document.document_id]]
        )

    def explanations(self, documents: Iterable[Document]) -> pd.DataFrame:
        """The account of each sentence, in the order of the documents."""
        frame = self.frames["explanations"]
        ids = pa.array([document.document_id for document in documents], type=pa.large_string())
        ranks = pc.index_in(pa.array(frame["document_id"]), ids)
        return frame.take(np.argsort(np.asarray(ranks), kind="stable")).reset_index(drop=True)

    @property
    def joined(self) -> Frames:
        """The rows of events of several tellings that no decision touches."""
        return {name: self.frames[f"joined_{name}"] for name in FRAMES}

    def extract_issues(self, documents: Iterable[Document]) -> list[Issue]:
        """What the extractor said of the documents, in their order."""
        drafted = self.frames["drafted"]
        said = drafted[drafted["issues"] != _NOTHING_SAID]
        found = dict(zip(said["document_id"].tolist(), said["issues"].tolist(), strict=True))
        ids = [document.document_id for document in documents if document.document_id in found]
        return [Issue(**issue) for document_id in ids for issue in json.loads(found[document_id])]

    @property
    def refused(self) -> Iterator[Mapping[str, int]]:
        """What the extractor was told of each document and did not take."""
        drafted = self.frames["drafted"]
        return (json.loads(form) for form in drafted.loc[drafted["refused"] != _NOTHING_REFUSED, "refused"].tolist())

    def positions_without(self, event_ids: Iterable[str]) -> dict[str, Positions]:
        """Where the rows of all proposals but some are, each an event of its own."""
        return {name: np.flatnonzero(~_among(self.frames[name]["event_id"], event_ids)) for name in FRAMES}

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
    def pairs(self) -> list[Pair]:
        """Which of them are alike."""
        frame = self.drafts.frames["pairs"]
        if self.touched:
            frame = frame[~_among(frame["one"], self.touched) & ~_among(frame["other"], self.touched)]
        return pairs_of(frame)

    def near(self, portraits: Sequence[Portrait]) -> list[Portrait]:
        """Those that may be compared with some others."""
        frame = self.drafts.frames["portraits"]
        first, last = (np.array([getattr(one, name) for one in portraits]) for name in ("first", "last"))
        found = near(frame, first, last)
        return portraits_of(found[~_among(found["event_id"], self.touched)])

    def portraits(self, event_ids: Iterable[str]) -> list[Portrait]:
        """What is compared of some of them."""
        frame = self.drafts.frames["portraits"]
        return portraits_of(frame[_among(frame["event_id"], event_ids)])

    def events(self, event_ids: Iterable[str]) -> list[Event]:
        """Some of them as events."""
        return self.drafts.events(event_ids)

    def is_settled(self, group: Sequence[str]) -> bool:
        """Whether the rows of the event that these tellings are together are kept."""
        return tuple(group) in self._groups

    @cached_property
    def _groups(self) -> frozenset[tuple[str, ...]]:
        return frozenset(tuple(sorted(group)) for group in tellings_by_event(self.drafts.joined).values())


def tellings_by_event(frames: Frames) -> dict[str, list[str]]:
    """The tellings of each event, by its id."""
    sources = frames["event_sources"]
    found: dict[str, list[str]] = {}
    for event_id, telling_id in zip(sources["event_id"].tolist(), sources["telling_id"].tolist(), strict=True):
        found.setdefault(event_id, []).append(telling_id)
    return found


def settled(
    drafts: Drafts, replayed: Replay, documents: Sequence[Document], touched: frozenset[str]
) -> tuple[Drafts, Rows]:
    """The rows of all events, and the drafts with those of the events of several untouched tellings, for the next build.

    Raises: InputError if a quote is not in its document.
    """
    untouched = drafts.documents.keys() - touched
    made: list[DecidedEvent] = []
    others: list[DecidedEvent] = []
    for decided in replayed.events:
        is_joined = len(decided.tellings) > 1 and all(one.event_id in untouched for one in decided.tellings)
        (made if is_joined else others).append(decided)
    drafts = _with_joined(drafts, event_frames(made, documents), {one for group in replayed.settled for one in group})
    together = drafts.joined
    told = {one.event_id for decided in others for one in decided.tellings}
    told |= set(together["event_sources"]["telling_id"])
    beside = joined([Part(together), Part(event_frames(others, documents))])
    alone = drafts.positions_without(touched | told)
    frames = {name: pd.concat([drafts.frames[name], beside[name]], ignore_index=True) for name in FRAMES}
    return drafts, Rows(
        frames, {name: np.r_[alone[name], len(drafts.frames[name]) : len(frame)] for name, frame in frames.items()}
    )


def _with_joined(drafts: Drafts, made: Frames, settled: AbstractSet[str]) -> Drafts:
    """The drafts with the rows of these events beside those whose tellings are settled."""
    known = drafts.joined
    gone = {event_id for event_id, group in tellings_by_event(known).items() if settled.isdisjoint(group)}
    if not gone and not len(made["events"]):
        return drafts
    kept = {name: frame[~_among(frame["event_id"], gone)] for name, frame in known.items()}
    frames = {f"joined_{name}": pd.concat([kept[name], made[name]], ignore_index=True) for name in FRAMES}
    return replace(drafts, frames=drafts.frames | frames, is_new=True)


def draft(
    documents: Sequence[Document],
    held: tuple[tuple[Part, ...], tuple[Issue, ...]],
    extractor: Extractor,
    *,
    tell: Tell | None = None,
) -> Drafts:
    """The proposals of these documents; the extractor is asked for those that are not kept, and `tell` hears of each of them.

    Rules: `held` is what the keep gave. The key of a result hashes the document as the reader gave it; the code, the data files
    and the extractor are in the keep's fingerprint.
    Raises: InputError if the extractor failed for all, and nothing is kept.
    """
    parts, issues = held
    kept = parts if _is_whole(parts) else ()
    keys = {document.document_id: _key(document) for document in documents}
    known = _known(kept)
    new = [document for document in documents if known.get(document.document_id) != keys[document.document_id]]
    stale = known.keys() - (keys.keys() - {document.document_id for document in new})
    if kept and not new and not stale:
        return Drafts(joined(kept), tuple(kept[:-1]), is_new=False, issues=issues)
    extractions = extract_each(new, extractor)
    made = [Part(part) for part in _made(new, keys, _told(extractions, len(new), tell) if tell else extractions)]
    living = [_living(part, stale) for part in kept[:-1]]
    frames = joined([*living, *made]) | _of_all(kept, stale)
    frames["pairs"] = _paired(frames, sum(len(part.frames["portraits"]) for part in living))
    drafts = Drafts(frames, (*living, *made), issues=issues)
    if drafts.is_failure:
        raise failed_for_all(extractor, len(documents), drafts.extract_issues(documents))
    return drafts


def _is_whole(parts: Sequence[Part]) -> bool:
    """Whether these are parts of documents, and last the one about all of them."""
    names = [part.frames.keys() for part in parts]
    return len(parts) > 1 and names == [*[OF_DOCUMENTS.keys()] * (len(parts) - 1), OF_ALL.keys()]


def _paired(frames: Frames, old: int) -> pd.DataFrame:
    """The alike pairs; the first `old` portraits have been compared."""
    portraits = frames["portraits"]
    return pd.concat([frames["pairs"], new_pairs(portraits[:old], portraits[old:])], ignore_index=True)


def _told(extractions: Iterable[Extraction], total: int, tell: Tell) -> Iterator[Extraction]:
    """The extractions, with a word before the first and after each."""
    tell(0, total)
    for done, extraction in enumerate(extractions, start=1):
        tell(done, total)
        yield extraction


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
    return key_of(*map(str, vars(document).values()))


def _known(kept: Iterable[Part]) -> dict[str, str]:
    drafted = [part.frames["drafted"] for part in kept if "drafted" in part.frames]
    return {
        document_id: key
        for frame in drafted
        for document_id, key in zip(frame["document_id"].tolist(), frame["key"].tolist(), strict=True)
    }


def _made(
    documents: Sequence[Document], keys: Mapping[str, str], extractions: Iterator[Extraction]
) -> Iterator[Frames]:
    """The frames of new documents, some at a time; of none an empty part."""
    for first in range(0, max(1, len(documents)), DOCUMENTS_AT_A_TIME):
        some = documents[first : first + DOCUMENTS_AT_A_TIME]
        yield _frames(some, list(islice(extractions, len(some))), keys)


def _frames(documents: Sequence[Document], extractions: Sequence[Extraction], keys: Mapping[str, str]) -> Frames:
    told = [
        (document, event)
        for document, extraction in zip(documents, extractions, strict=True)
        for event in _each_once(extraction.events)
    ]
    forms = [proposal_row(event, document.document_id) for document, event in told]
    drafted = [_drafted_row(*one, keys) for one in zip(documents, extractions, strict=True)]
    portraits = [portrait_row(portrait(event, document.text)) for document, event in told]
    return event_frames((DecidedEvent((event,), UNREVIEWED) for _, event in told), documents) | {
        "forms": to_frame(forms, FORMS),
        "portraits": to_frame(portraits, PORTRAITS),
        "explanations": explanations_table(documents, [extraction.explanations for extraction in extractions]),
        "drafted": to_frame(drafted, DRAFTED),
    }


def _each_once(events: Sequence[Event]) -> list[Event]:
    """The events without those whose id came before, in their order."""
    return list(reversed({event.event_id: event for event in reversed(events)}.values()))


def _drafted_row(document: Document, extraction: Extraction, keys: Mapping[str, str]) -> Row:
    found = dated(document, extraction.publication or publication_of(document))
    return {
        "document_id": document.document_id,
        "key": keys[document.document_id] if extraction.is_whole else NOT_WHOLE,
        "published": str(found.published or ""),
        "published_basis": found.published_basis,
        "issues": json.dumps([vars(issue) for issue in extraction.issues], ensure_ascii=False),
        "refused": json.dumps(dict(extraction.refused), ensure_ascii=False),
        "signature": signature(document.text),
    }


@lru_cache(maxsize=16_384)
def _date(edtf: str) -> EventDate | None:
    return parse_edtf(edtf) if edtf else None


def _living(part: Part, stale: set[str]) -> Part:
    """A part without the documents that are stale: itself, as it lies on the disk, if it holds none of them."""
    frames = part.frames
    if not stale or not _among(frames["drafted"]["document_id"], stale).any():
        return part
    gone = _events_of(frames["forms"], stale)
    by_document = ("forms", "explanations", "drafted")
    return Part(
        {
            name: frame[
                ~(_among(frame["document_id"], stale) if name in by_document else _among(frame["event_id"], gone))
            ]
            for name, frame in frames.items()
        }
    )


def _events_of(forms: pd.DataFrame, documents: set[str]) -> list[str]:
    found: list[str] = forms.loc[_among(forms["document_id"], documents), "event_id"].tolist()
    return found


def _of_all(kept: Sequence[Part], stale: set[str]) -> Frames:
    """The frames of `OF_ALL` without what concerns a stale document."""
    if not kept:
        return {name: to_frame([], columns) for name, columns in OF_ALL.items()}
    *of_documents, of_all = kept
    frames = dict(of_all.frames)
    if not stale:
        return frames
    gone = [event_id for part in of_documents for event_id in _events_of(part.frames["forms"], stale)]
    sources = frames["joined_event_sources"]
    events = sources.loc[_among(sources["telling_id"], gone), "event_id"]
    of_two = {"pairs": gone, "shares": stale}
    return {name: _without_either(frame, of_two[name]) for name, frame in frames.items() if name in of_two} | {
        name: frames[name][~_among(frames[name]["event_id"], events)] for name in JOINED
    }


def _without_either(frame: pd.DataFrame, gone: Iterable[str]) -> pd.DataFrame:
    return frame[~_among(frame["one"], gone) & ~_among(frame["other"], gone)]


def _among(values: "pd.Series[Any]", some: Iterable[str]) -> "pd.Series[bool]":
    found = pc.is_in(pa.array(values), value_set=pa.array(list(some), type=pa.large_string()))
    return pd.Series(found.to_numpy(zero_copy_only=False), index=values.index)
