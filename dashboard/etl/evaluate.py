"""How good the proposals are: against events that a person coded, document by document, field by field, rule by rule.

An event is found when it is paired with a coded one of the same document: their `type` quotes share `SHARED_CHARACTERS`
or more, or they have the same type on the same date. The best pairs are taken first, each event once. Fields are judged
on found events only, so read them together with the score of the events.
"""

import json
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from hashlib import sha256
from pathlib import Path
from typing import Any

from dashboard.codebook import Actor, Event, Site, Where, from_json, value_to_json
from dashboard.edtf import EventDate
from dashboard.errors import InputError
from dashboard.etl.read import Document

SHARED_CHARACTERS = 12
"""As many characters as a short clause; fewer may be a name that two clauses share."""

ALIKE = 0.85
"""Names as similar as this are one actor: `Al-Debi'e` and `Al Debie` are, China and Chile are not."""

LEAST_CONTAINED = 8
"""A name of this many characters inside a longer one is the same actor, written short."""


ENOUGH_CASES = 5
"""A rule that fired less often says little by its share, and is listed behind the others."""

NO_RULE, NO_QUOTE = "(unnamed)", "(no quote)"

_NOT_PLAIN = re.compile(r"[^a-z0-9]+")


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


@dataclass(frozen=True)
class Mistake:
    """One thing that the extractor got wrong.

    Shape: `what` is `missed`, `spurious` or a field of a found event. `coded` and `proposed` are the two values, of a
    many-valued field those that only one side has; the quotes are what each side shows for them.
    """

    document: str
    what: str
    title: str
    coded: str = ""
    proposed: str = ""
    coded_quotes: tuple[str, ...] = ()
    proposed_quotes: tuple[str, ...] = ()


@dataclass(frozen=True)
class RuleScore:
    """How often a rule was right of how often it gave a field's value; `event`: that there is an event at all."""

    field: str
    rule: str
    right: int
    fired: int

    @property
    def share(self) -> float:
        return self.right / self.fired


@dataclass(frozen=True)
class Evaluation:
    """What a set of documents says of the extractor.

    Shape: `fields` are right of found events; `lists` are scores of the values of many-valued fields, on found events.
    `rules` are the worst first, those that fired often enough before the others. `spurious` counts the spurious events of
    documents without any, by type; `silent_count` counts those documents.
    """

    split: str
    document_count: int
    events: Score
    fields: dict[str, tuple[int, int]]
    lists: dict[str, Score]
    rules: tuple[RuleScore, ...]
    quotes: tuple[int, int]
    silent_count: int
    spurious: dict[str, int]
    mistakes: tuple[Mistake, ...]

    @property
    def spurious_per_silent_document(self) -> float | None:
        return sum(self.spurious.values()) / self.silent_count if self.silent_count else None


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
    return tally.evaluation(_split(documents), len(documents))


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
        self.spurious: Counter[str] = Counter()
        self.fields: dict[str, list[bool]] = {name: [] for name in SINGLE_FIELDS}
        self.lists: dict[str, Counter[str]] = {name: Counter() for name in LISTS}
        self.rules: dict[tuple[str, str], list[bool]] = defaultdict(list)
        self.mistakes: list[Mistake] = []

    def add(self, document: Document, coded: Sequence[Event], proposed: Sequence[Event]) -> None:
        pairs = pair(coded, proposed)
        self.counts.update(found=len(pairs), coded=len(coded), proposed=len(proposed))
        if not coded:
            self.counts.update(silent=1)
            self.spurious.update(event.type for event in proposed)
        self._add_events(coded, proposed, pairs)
        for quote in (quote for event in proposed for quote in event.quotes):
            self.counts.update(quotes=1, verbatim=document.text[quote.start : quote.end] == quote.text)
        for one, other in pairs:
            self._add_single_fields(coded[one], proposed[other])
            self._add_lists(coded[one], proposed[other])

    def _add_events(self, coded: Sequence[Event], proposed: Sequence[Event], pairs: Sequence[tuple[int, int]]) -> None:
        found, right = {one for one, _ in pairs}, {other for _, other in pairs}
        for number, event in enumerate(coded):
            if number not in found:
                self.mistakes.append(
                    Mistake(event.document, "missed", event.title, _told(event), coded_quotes=_texts(event, "type"))
                )
        for number, event in enumerate(proposed):
            self._judge("event", _rule(event, "type"), is_right=number in right)
            if number not in right:
                self.mistakes.append(
                    Mistake(
                        event.document,
                        "spurious",
                        event.title,
                        proposed=_told(event),
                        proposed_quotes=_texts(event, "type"),
                    )
                )

    def _add_single_fields(self, coded: Event, proposed: Event) -> None:
        for name, same in SINGLE_FIELDS.items():
            is_same = same(coded, proposed)
            self.fields[name].append(is_same)
            proof = PROOF.get(name, name)
            self._judge(name, _rule(proposed, proof), is_right=is_same)
            if not is_same:
                self.mistakes.append(
                    Mistake(
                        coded.document, name, coded.title, _value(coded, name), _value(proposed, name),
                        _texts(coded, proof), _texts(proposed, proof),
                    )
                )  # fmt: skip

    def _judge(self, name: str, rule: str, *, is_right: bool) -> None:
        """Note whether a rule was right, and its family, which is what stands before its colon."""
        self.rules[name, rule].append(is_right)
        family, colon, _ = rule.partition(":")
        if colon:
            self.rules[name, f"{family}:*"].append(is_right)

    def _add_lists(self, coded: Event, proposed: Event) -> None:
        for name, (values_of, alike) in LISTS.items():
            mine, theirs = values_of(coded), values_of(proposed)
            missed, extra = _unshared(mine, theirs, alike)
            self.lists[name].update(right=len(mine) - len(missed), coded=len(mine), proposed=len(theirs))
            proof = PROOF.get(name, name)
            for value in theirs:
                for rule in _rules_of_value(proposed, proof, _named(value)):
                    self._judge(name, rule, is_right=not any(value is other for other in extra))
            if missed or extra:
                values = [[_named(value) for value in side] for side in (missed, extra)]
                self.mistakes.append(
                    Mistake(
                        coded.document, name, coded.title, ", ".join(values[0]), ", ".join(values[1]),
                        _texts(coded, proof, values[0]) if missed else (), _texts(proposed, proof, values[1]) if extra else (),
                    )
                )  # fmt: skip

    def evaluation(self, split: str, document_count: int) -> Evaluation:
        counts = self.counts
        rules = [RuleScore(name, rule, sum(judged), len(judged)) for (name, rule), judged in self.rules.items()]
        return Evaluation(
            split=split,
            document_count=document_count,
            events=Score(counts["found"], counts["coded"], counts["proposed"]),
            fields={name: (sum(judged), len(judged)) for name, judged in self.fields.items()},
            lists={
                name: Score(count["right"], count["coded"], count["proposed"]) for name, count in self.lists.items()
            },
            rules=tuple(sorted(rules, key=_worst_first)),
            quotes=(counts["verbatim"], counts["quotes"]),
            silent_count=counts["silent"],
            spurious=dict(sorted(self.spurious.items())),
            mistakes=tuple(sorted(self.mistakes, key=lambda mistake: (mistake.document, mistake.what, mistake.title))),
        )


def _worst_first(score: RuleScore) -> tuple[bool, float, int, str, str]:
    return (score.fired < ENOUGH_CASES, score.share, -score.fired, score.field, score.rule)


def _told(event: Event) -> str:
    return f"{event.type}, {event.date or 'no date'}"


def _value(event: Event, name: str) -> str:
    return json.dumps(value_to_json(event, name), ensure_ascii=False)


def _rule(event: Event, name: str) -> str:
    """The rule that gave a field its value: that of its first quote; the others lend a year or a base."""
    quotes = event.evidence.get(name, ())
    return quotes[0].rule or NO_RULE if quotes else NO_QUOTE


def _rules_of_value(event: Event, name: str, value: str) -> set[str]:
    """The rules behind one value of a many-valued field."""
    return {quote.rule or NO_RULE for quote in event.evidence.get(name, ()) if quote.value == value} or {NO_QUOTE}


def _named(value: Any) -> str:
    return str(getattr(value, "name", value))


def _texts(event: Event, name: str, values: Iterable[str] = ()) -> tuple[str, ...]:
    """The quotes of a field, or of some of its values, each once."""
    quotes = event.evidence.get(name, ())
    return tuple(
        dict.fromkeys(quote.text for quote in quotes if not values or not quote.value or quote.value in values)
    )


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


def _unmarked(date: EventDate | None) -> str:
    """A date without the mark of a guess; an interval from a date to itself is that date."""
    bare = str(date or "").removesuffix("?")
    first, _, last = bare.partition("/")
    return first if first == last else bare


def _same_site(one: Event, other: Event) -> bool:
    return is_same_site(one.site, other.site)


def is_same_site(one: Where, other: Where) -> bool:
    """Equal, or in one country with one city's name inside the other's (`Xichang`, `Xichang Satellite Launch Center`)."""
    if not (isinstance(one, Site) and isinstance(other, Site)):
        return one == other
    here, there = f" {_plain(one.city)} ", f" {_plain(other.city)} "
    if one.country != other.country or bool(here.strip()) != bool(there.strip()):
        return False
    return here in there or there in here


def _same_actor(one: Actor, other: Actor) -> bool:
    mine, theirs = ({_plain(actor.name), _plain(actor.surface)} - {""} for actor in (one, other))
    return any(_same_name(name, another) for name in mine for another in theirs)


def _same_name(one: str, other: str) -> bool:
    if min(len(one), len(other)) >= LEAST_CONTAINED and (one in other or other in one):
        return True
    return SequenceMatcher(None, one, other).ratio() >= ALIKE


def _plain(name: str) -> str:
    """Letters a to z and digits alone: a name is judged by them, whatever its accents."""
    letters = unicodedata.normalize("NFKD", name)
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return _NOT_PLAIN.sub(" ", bare.lower()).strip()


def _unshared(
    mine: Sequence[Any], theirs: Sequence[Any], alike: Callable[[Any, Any], bool]
) -> tuple[list[Any], list[Any]]:
    """The values that only one side has; each value stands for one of the other side."""
    missed, left = [], list(theirs)
    for value in mine:
        match = next((place for place, other in enumerate(left) if alike(value, other)), None)
        if match is None:
            missed.append(value)
        else:
            del left[match]
    return missed, left


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
PROOF = {"date_basis": "date", "organisations": "actors", "persons": "actors"}
"""The field of the evidence that proves a judged field, where it has another name."""
