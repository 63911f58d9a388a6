"""How good the proposals are: against events that a person coded, document by document, field by field, rule by rule.

An event is found when it is paired with a coded one of the same document: their `type` quotes share `SHARED_CHARACTERS`
or more, or they have the same type on the same date. The best pairs are taken first, each event once. Fields are judged
on found events only, so read them together with the score of the events.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from hashlib import sha256
from pathlib import Path
from typing import Any

from dashboard.codebook import Actor, Event, Site, Where, from_json, value_to_json
from dashboard.edtf import EventDate
from dashboard.errors import InputError
from dashboard.etl.read import Document
from dashboard.folding import fold

SHARED_CHARACTERS = 12
"""As many characters as a short clause; fewer may be a name that two clauses share."""

ALIKE = 0.85
"""Names as similar as this are one actor: `Al-Debi'e` and `Al Debie` are, China and Chile are not."""

LEAST_CONTAINED = 8
"""A name of this many characters inside a longer one is the same actor, written short."""


@dataclass(frozen=True)
class Score:
    """Counts of a comparison; a share is None where there is nothing to judge."""

    right: int
    coded: int
    proposed: int

    @property
    def precision(self) -> float | None:
        return self.right / self.proposed if self.proposed else None

    @property
    def recall(self) -> float | None:
        return self.right / self.coded if self.coded else None

    @property
    def f1(self) -> float | None:
        return 2 * self.right / (self.coded + self.proposed) if self.coded + self.proposed else None


@dataclass
class Evaluation:
    """What a set of documents says of the extractor.

    Shape: `fields` are shares of found events (`date`: right of found); `lists` are scores of the values of many-valued
    fields; `rules` counts, for each rule that reported an event, its proposals and how many of them were right. `errors`
    are lines of document, what, coded, proposed, title.
    """

    split: str
    events: Score
    fields: dict[str, tuple[int, int]]
    lists: dict[str, Score]
    rules: dict[str, tuple[int, int]]
    quotes: tuple[int, int]
    spurious_per_silent_document: float | None
    errors: list[tuple[str, ...]] = field(default_factory=list)


def read_coded_events(path: Path) -> list[Event]:
    """Coded events from JSON Lines in the codebook's form.

    Raises: InputError naming the line that is not one.
    """
    events = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if line.strip():
            try:
                events.append(from_json(json.loads(line)))
            except (ValueError, InputError) as error:
                raise InputError(f"{path} line {number} is not a coded event: {error}") from error
    return events


def evaluate(documents: Sequence[Document], coded: Iterable[Event], proposed: Iterable[Event]) -> Evaluation:
    """Compare proposals with coded events.

    Raises: InputError if coded events are of a document that is not there.
    """
    coded_by, proposed_by = _by_document(coded), _by_document(proposed)
    strangers = sorted(set(coded_by) - {document.name for document in documents})
    if strangers:
        raise InputError(
            f"coded events of {', '.join(strangers[:5])}, which is not among the documents; name their folder with --documents"
        )
    tally = _Tally()
    for document in documents:
        tally.add(document, coded_by[document.name], proposed_by[document.name])
    return tally.evaluation(_split(documents))


def _by_document(events: Iterable[Event]) -> dict[str, list[Event]]:
    grouped: dict[str, list[Event]] = defaultdict(list)
    for event in events:
        grouped[event.document].append(event)
    return grouped


def _split(documents: Sequence[Document]) -> str:
    digest = sha256("".join(sorted(document.sha256 for document in documents)).encode()).hexdigest()[:8]
    return f"{len(documents)} document{'' if len(documents) == 1 else 's'}, {digest}"


class _Tally:
    """The counts of all documents so far."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.fields: dict[str, list[bool]] = {name: [] for name in SINGLE_FIELDS}
        self.lists: dict[str, Counter[str]] = {name: Counter() for name in LISTS}
        self.rules: dict[str, list[bool]] = defaultdict(list)
        self.errors: list[tuple[str, ...]] = []

    def add(self, document: Document, coded: Sequence[Event], proposed: Sequence[Event]) -> None:
        pairs = pair(coded, proposed)
        self.counts.update(found=len(pairs), coded=len(coded), proposed=len(proposed))
        if not coded:
            self.counts.update(silent=1, spurious=len(proposed))
        self._add_events(document, coded, proposed, pairs)
        for event in proposed:
            for quote in event.quotes:
                self.counts.update(quotes=1, verbatim=document.text[quote.start : quote.end] == quote.text)
        for one, other in pairs:
            self._add_fields(document, coded[one], proposed[other])

    def _add_events(
        self, document: Document, coded: Sequence[Event], proposed: Sequence[Event], pairs: Sequence[tuple[int, int]]
    ) -> None:
        found, right = {one for one, _ in pairs}, {other for _, other in pairs}
        self.errors += [
            (document.name, "missed", _told(event)) for number, event in enumerate(coded) if number not in found
        ]
        self.errors += [
            (document.name, "spurious", _told(event)) for number, event in enumerate(proposed) if number not in right
        ]
        for number, event in enumerate(proposed):
            for rule in {quote.rule for quote in event.evidence.get("type", ())}:
                self.rules[rule].append(number in right)

    def _add_fields(self, document: Document, coded: Event, proposed: Event) -> None:
        for name, same in SINGLE_FIELDS.items():
            is_same = same(coded, proposed)
            self.fields[name].append(is_same)
            if not is_same:
                values = [json.dumps(value_to_json(event, name), ensure_ascii=False) for event in (coded, proposed)]
                self.errors.append((document.name, name, *values, coded.title))
        for name, (values_of, alike) in LISTS.items():
            mine, theirs = values_of(coded), values_of(proposed)
            self.lists[name].update(right=_shared(mine, theirs, alike), coded=len(mine), proposed=len(theirs))

    def evaluation(self, split: str) -> Evaluation:
        counts = self.counts
        return Evaluation(
            split=split,
            events=Score(counts["found"], counts["coded"], counts["proposed"]),
            fields={name: (sum(judged), len(judged)) for name, judged in self.fields.items()},
            lists={
                name: Score(count["right"], count["coded"], count["proposed"]) for name, count in self.lists.items()
            },
            rules={rule: (sum(judged), len(judged)) for rule, judged in sorted(self.rules.items())},
            quotes=(counts["verbatim"], counts["quotes"]),
            spurious_per_silent_document=counts["spurious"] / counts["silent"] if counts["silent"] else None,
            errors=sorted(self.errors),
        )


def _told(event: Event) -> str:
    return f"{event.type}, {event.date}: {event.title}"


def pair(coded: Sequence[Event], proposed: Sequence[Event]) -> list[tuple[int, int]]:
    """The positions of coded and proposed events that are the same happening, the best pairs first."""
    candidates = [
        (weight, one, other)
        for one, event in enumerate(coded)
        for other, proposal in enumerate(proposed)
        if (weight := _weight(event, proposal))
    ]
    pairs: list[tuple[int, int]] = []
    for _, one, other in sorted(candidates, key=lambda candidate: (-candidate[0], candidate[1:])):
        if all(one != taken and other != gone for taken, gone in pairs):
            pairs.append((one, other))
    return pairs


def _weight(coded: Event, proposed: Event) -> float:
    """How surely two events are one; 0 if they are not."""
    spans = [[(quote.start, quote.end) for quote in event.evidence.get("type", ())] for event in (coded, proposed)]
    shared = sum(max(0, min(end, stop) - max(start, begin)) for start, end in spans[0] for begin, stop in spans[1])
    same_type, same_date = coded.type == proposed.type, _same_date(coded, proposed)
    if shared < SHARED_CHARACTERS and not (same_type and same_date):
        return 0.0
    return 1 + min(shared, 200) / 100 + same_type + same_date + _same_site(coded, proposed) / 2


def _same_date(one: Event, other: Event) -> bool:
    return _unmarked(one.date) == _unmarked(other.date)


def _unmarked(date: EventDate | None) -> EventDate | None:
    return replace(date, is_guess=False) if date else None


def _same_site(one: Event, other: Event) -> bool:
    return is_same_site(one.site, other.site)


def is_same_site(one: Where, other: Where) -> bool:
    """Equal, or in one country with one city's name inside the other's (`Xichang`, `Xichang Satellite Launch Center`)."""
    if not (isinstance(one, Site) and isinstance(other, Site)):
        return one == other
    here, there = f" {fold(one.city)} ", f" {fold(other.city)} "
    if one.country != other.country or bool(one.city) != bool(other.city):
        return False
    return here in there or there in here


def _same_actor(one: Actor, other: Actor) -> bool:
    return any(_same_name(mine, theirs) for mine in (one.name, one.surface) for theirs in (other.name, other.surface))


def _same_name(one: str, other: str) -> bool:
    short, long = sorted((fold(one), fold(other)), key=len)
    if len(short) >= LEAST_CONTAINED and short in long:
        return True
    return bool(short) and SequenceMatcher(None, short, long).ratio() >= ALIKE


def _shared(mine: Sequence[Any], theirs: Sequence[Any], alike: Callable[[Any, Any], bool]) -> int:
    left, shared = list(theirs), 0
    for value in mine:
        match = next((other for other in left if alike(value, other)), None)
        if match is not None:
            left.remove(match)
            shared += 1
    return shared


def _equal(one: Any, other: Any) -> bool:
    return bool(one == other)


SINGLE_FIELDS: dict[str, Callable[[Event, Event], bool]] = {
    "type": lambda one, other: one.type == other.type,
    "date": _same_date,
    "date_basis": lambda one, other: one.date_basis == other.date_basis,
    "site": _same_site,
}
LISTS: dict[str, tuple[Callable[[Event], Sequence[Any]], Callable[[Any, Any], bool]]] = {
    "sectors": (lambda event: event.sectors, _equal),
    "countries": (lambda event: event.countries, _equal),
    "organisations": (lambda event: [actor for actor in event.actors if actor.kind == "org"], _same_actor),
    "persons": (lambda event: [actor for actor in event.actors if actor.kind == "person"], _same_actor),
}


def in_words(evaluation: Evaluation) -> str:
    """The evaluation as lines for the terminal."""
    lines = [f"Measured on {evaluation.split}.", f"{'events':16s} {_score(evaluation.events)}"]
    lines += [f"{name:16s} {right} of {of} right{_share(right, of)}" for name, (right, of) in evaluation.fields.items()]
    lines += [f"{name:16s} {_score(score)}" for name, score in evaluation.lists.items()]
    lines.append(f"{'quotes':16s} {evaluation.quotes[0]} of {evaluation.quotes[1]} verbatim")
    if evaluation.spurious_per_silent_document is not None:
        lines.append(f"{'spurious':16s} {evaluation.spurious_per_silent_document:.2f} for each document without events")
    lines += ["", "Each rule that reported an event: right of proposed."]
    ordered = sorted(evaluation.rules.items(), key=lambda item: (item[1][0] / item[1][1], -item[1][1]))
    lines += [f"  {right} of {of}  {rule}" for rule, (right, of) in ordered]
    lines += ["", f"{len(evaluation.errors)} errors: document | what | coded | proposed | event."]
    lines += [f"  {' | '.join(error)}" for error in evaluation.errors]
    return "\n".join(lines)


def _score(score: Score) -> str:
    shares = (("precision", score.precision), ("recall", score.recall), ("F1", score.f1))
    said = ", ".join(f"{name} {share:.3f}" for name, share in shares if share is not None)
    return f"{said or 'nothing to judge'} ({score.right} right, {score.coded} coded, {score.proposed} proposed)"


def _share(right: int, of: int) -> str:
    return f" ({right / of:.3f})" if of else ""
