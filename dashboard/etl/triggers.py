"""The words that report an event: verbs and nouns by family, and the pairs of families (frames) that make a type.

Rules: `signed` + `memorandum` is an agreement because the family of verbs `sign` and the family of nouns `instrument`
make one; which verbs and nouns belong to a family, and which pairs count how much, stands in `data/reference/event_*.csv`.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from dashboard.etl.grammar import (
    BARE,
    BE,
    DETERMINERS,
    NOMINAL,
    NOW,
    PARTICIPIAL,
    PAST_STATES,
    PREPOSITIONS,
    RELATIVES,
    REPORTED,
    is_modifier,
    is_oblique,
    is_passive,
    verb_state,
)
from dashboard.etl.inflection import GERUND, PARTICIPLE, PAST, forms
from dashboard.etl.lexicons import lexicon, word_list
from dashboard.etl.tokens import Hit, Phrasebook, Token, Tokens


@dataclass(frozen=True, slots=True)
class VerbEntry:
    """A form of a verb of the lexicon. `voice`: t takes an object, i has none, m both."""

    lemma: str
    family: str
    voice: str
    form: str


@dataclass(frozen=True, slots=True)
class NounEntry:
    """A noun of the lexicon, in the singular or plural."""

    phrase: str
    family: str


@dataclass(frozen=True, slots=True)
class Frame:
    """A pair of families that reports an event of a type, how strongly, and whether the noun is the verb's object or subject."""

    type: str
    weight: float
    role: str
    name: str


class Trigger(NamedTuple):
    """One possible report of an event in one sentence.

    Shape: token indices; `noun_first` is -1 where the verb alone reports. `is_subject` says that the noun stands before the verb.
    """

    type: str
    weight: float
    state: str
    verb_first: int
    verb_last: int
    noun_first: int
    noun_last: int
    noun: str
    rule: str
    is_passive: bool = False

    @property
    def first(self) -> int:
        return min(self.verb_first, self.noun_first) if self.noun_first >= 0 else self.verb_first

    @property
    def last(self) -> int:
        return max(self.verb_last, self.noun_last)


_PREPOSITION_COST = 0.5
_OF_COST = 0.3
_CHAIN_COST = 0.3
_MODIFIER_COST = 1.0
_OTHER_SIDE_COST = 1.6
_CLAUSE_COST = 0.7
_COMMA_COST = 0.12
_TOKEN_COST = 0.02
_VERB_SUFFICES = 1.5
_REACH = 32
_BARE_BEHIND = frozenset(["", "at", "during", "for", "in", "of", "through"])
_TRANSPARENT = word_list("triggers.transparent")


@lru_cache(maxsize=1)
def verbs() -> Phrasebook[VerbEntry]:
    """The forms of the verbs that report."""
    rows = lexicon("event_verbs", ["lemma", "family", "voice"], key=["lemma", "family"])
    return Phrasebook(
        (form, VerbEntry(row["lemma"], row["family"], row["voice"], name))
        for row in rows
        for form, name in forms(row["lemma"])
    )


@lru_cache(maxsize=1)
def nouns() -> Phrasebook[NounEntry]:
    """The nouns that reports are about, in the singular and plural."""
    rows = lexicon("event_nouns", ["phrase", "family", "plural"], key=["phrase", "family"])
    return Phrasebook(
        (written, NounEntry(row["phrase"], row["family"]))
        for row in rows
        for written in ((row["phrase"], plural(row["phrase"])) if row["plural"] == "regular" else (row["phrase"],))
    )


@lru_cache(maxsize=1)
def noun_words() -> frozenset[str]:
    """The nouns of one word, to tell a plural from a verb."""
    return nouns().single_words()


def plural(noun: str) -> str:
    """`laboratory` becomes `laboratories`; of `memorandum of understanding` the first word changes."""
    head, of, rest = noun.partition(" of ")
    if head.endswith("y") and head[-2] not in "aeiou":
        return f"{head[:-1]}ies{of}{rest}"
    return f"{head}{'es' if head.endswith(('s', 'x', 'z', 'ch', 'sh')) else 's'}{of}{rest}"


@lru_cache(maxsize=1)
def frames() -> dict[tuple[str, str], tuple[Frame, ...]]:
    """The frames by family of verbs and family of nouns; an empty family stands for none."""
    rows = lexicon(
        "event_frames",
        ["verb_family", "noun_family", "type", "weight", "role"],
        key=["verb_family", "noun_family", "type"],
    )
    grouped: dict[tuple[str, str], list[Frame]] = defaultdict(list)
    for row in rows:
        name = f"{row['verb_family'] or 'no verb'}+{row['noun_family']}" if row["noun_family"] else row["verb_family"]
        grouped[row["verb_family"], row["noun_family"]].append(
            Frame(row["type"], float(row["weight"]), row["role"], name)
        )
    return {pair: tuple(found) for pair, found in grouped.items()}


@lru_cache(maxsize=1)
def _frames_by_noun() -> dict[str, dict[str, tuple[Frame, ...]]]:
    """For each family of verbs the frames that it makes, by family of nouns; an empty one where the verb suffices."""
    by_verb: dict[str, dict[str, tuple[Frame, ...]]] = defaultdict(dict)
    for (verb_family, noun_family), found in frames().items():
        by_verb[verb_family][noun_family] = found
    return dict(by_verb)


@dataclass(frozen=True, slots=True)
class Found:
    """The verbs and nouns of the lexicons in one document, in the order of the text."""

    verbs: tuple[Hit[list[VerbEntry]], ...]
    nouns: tuple[Hit[list[NounEntry]], ...]
    verb_starts: tuple[int, ...]
    noun_starts: tuple[int, ...]


def find_words(tokens: Tokens) -> Found:
    """All verbs and nouns of the lexicons."""
    found, near = tuple(verbs().find(tokens)), tuple(nouns().find(tokens))
    return Found(found, near, tuple(hit.first for hit in found), tuple(hit.first for hit in near))


def find_triggers(tokens: Sequence[Token], found: Found, start: int, end: int) -> list[Trigger]:
    """Every possible report in the tokens `start` to `end` of one sentence, the strongest first."""
    here = found.verbs[bisect_left(found.verb_starts, start) : bisect_left(found.verb_starts, end)]
    near = found.nouns[bisect_left(found.noun_starts, start) : bisect_left(found.noun_starts, end)]
    if not here and not near:
        return []
    families = {each.family for noun in near for each in noun.entry} | {""}
    triggers = [
        trigger for hit in here if _has_partner(hit, families) for trigger in _of_verb(tokens, hit, near, start, end)
    ]
    if any(trigger.weight >= _VERB_SUFFICES and trigger.state in PAST_STATES for trigger in triggers):
        return sorted(triggers, key=_strength)
    taken = {index for hit in here if hit.last > hit.first for index in range(hit.first, hit.last + 1)}
    triggers += [trigger for noun in near if noun.first not in taken for trigger in _of_noun(tokens, noun, start, end)]
    return sorted(triggers, key=_strength)


def _has_partner(hit: Hit[list[VerbEntry]], families: set[str]) -> bool:
    """Whether a verb makes a frame by itself or with a noun of these families; the tense of one that does not is no matter."""
    partners = _partners()
    return any(not families.isdisjoint(partners.get(entry.family, ())) for entry in hit.entry)


@lru_cache(maxsize=1)
def _partners() -> dict[str, frozenset[str]]:
    """For each family of verbs the families of nouns that it makes a frame with; an empty one where the verb suffices."""
    return {verb_family: frozenset(by_noun) for verb_family, by_noun in _frames_by_noun().items()}


def _strength(trigger: Trigger) -> tuple[float, int]:
    return (-trigger.weight, trigger.verb_first)


def _of_noun(tokens: Sequence[Token], noun: Hit[list[NounEntry]], start: int, end: int) -> Iterator[Trigger]:
    """A noun that reports by itself, where no verb of the lexicon goes with it."""
    wanted = [(each, found) for each in noun.entry if (found := frames().get(("", each.family)))]
    if not wanted or is_oblique(tokens, noun.first, start) not in _BARE_BEHIND:
        return
    cost = _head_cost(tokens, noun, start, end)
    for each, found in wanted:
        for frame in found:
            if frame.weight > cost:
                rule = f"{frame.name}:{each.phrase}"
                yield Trigger(
                    frame.type,
                    frame.weight - cost,
                    BARE,
                    noun.first,
                    noun.last,
                    noun.first,
                    noun.last,
                    each.phrase,
                    rule,
                )


def _of_verb(
    tokens: Sequence[Token], hit: Hit[list[VerbEntry]], near: Sequence[Hit[list[NounEntry]]], start: int, end: int
) -> Iterator[Trigger]:
    """The best trigger of each type for one verb."""
    best: dict[str, Trigger] = {}
    for entry in hit.entry:
        state = verb_state(tokens, hit.first, entry.form, start)
        if (
            state == NOMINAL
            or _is_noun_here(tokens, hit, entry, state, end)
            or _is_exhortation(tokens, hit, entry, end)
        ):
            continue
        passive = is_passive(tokens, hit.first, entry.form, start)
        state = PARTICIPIAL if state == REPORTED and not passive and _is_reduced(tokens, hit, entry) else state
        for trigger in _of_entry(tokens, hit, entry, near, (start, end), state, passive=passive):
            known = best.get(trigger.type)
            if known is None or trigger.weight > known.weight:
                best[trigger.type] = trigger
    yield from best.values()


def _of_entry(
    tokens: Sequence[Token], hit: Hit[list[VerbEntry]], entry: VerbEntry, near: Sequence[Hit[list[NounEntry]]],
    bounds: tuple[int, int], state: str, *, passive: bool,
) -> Iterator[Trigger]:  # fmt: skip
    by_noun = _frames_by_noun().get(entry.family, {})
    for frame in by_noun.get("", ()):
        yield Trigger(
            frame.type,
            frame.weight,
            state,
            hit.first,
            hit.last,
            -1,
            -1,
            "",
            f"{frame.name}:{entry.lemma}",
            is_passive=passive,
        )
    for noun in near:
        if (
            abs(noun.first - hit.first) > _REACH
            or hit.first <= noun.first <= hit.last
            or noun.first <= hit.first <= noun.last
        ):
            continue
        wanted = [(each, frame) for each in noun.entry for frame in by_noun.get(each.family, ())]
        if not wanted:
            continue
        near_cost = _cost(tokens, hit, noun, bounds, has_object=entry.voice == "t")
        for each, frame in wanted:
            cost = near_cost + _side_cost(
                tokens, hit, entry, frame.role, is_before=noun.first < hit.first, passive=passive
            )
            if frame.weight > cost:
                rule = f"{frame.name}:{entry.lemma}+{each.phrase}"
                yield Trigger(
                    frame.type,
                    frame.weight - cost,
                    state,
                    hit.first,
                    hit.last,
                    noun.first,
                    noun.last,
                    each.phrase,
                    rule,
                    passive,
                )


def _cost(
    tokens: Sequence[Token],
    hit: Hit[list[VerbEntry]],
    noun: Hit[list[NounEntry]],
    bounds: tuple[int, int],
    *,
    has_object: bool,
) -> float:
    """How far the noun stands from the verb, and how little it is the head of its phrase."""
    is_before = noun.first < hit.first
    start, end = bounds
    low, high = (noun.last + 1, hit.first) if is_before else (hit.last + 1, noun.first)
    cost = _TOKEN_COST * (high - low) + _between(tokens, low, high, is_before=is_before)
    if has_object and not is_before:
        cost += _CHAIN_COST * max(0, sum(tokens[index].word in PREPOSITIONS for index in range(low, high)) - 1)
    return cost + _head_cost(tokens, noun, start if is_before else hit.last + 1, end)


def _head_cost(tokens: Sequence[Token], noun: Hit[list[NounEntry]], start: int, end: int) -> float:
    """What it costs a noun to qualify another noun, or to stand behind a preposition."""
    cost = _MODIFIER_COST if is_modifier(tokens, noun.last, end) else 0.0
    preposition = is_oblique(tokens, noun.first, start)
    if preposition and not (preposition == "of" and _is_counted(tokens, noun.first)):
        cost += _OF_COST if preposition == "of" else _PREPOSITION_COST
    return cost


def _side_cost(
    tokens: Sequence[Token], hit: Hit[list[VerbEntry]], entry: VerbEntry, role: str, *, is_before: bool, passive: bool
) -> float:
    """An object stands behind an active verb and before a passive one; a reduced passive (`approved in Rome by`) may do either."""
    if (entry.voice == "m" and role != "subject") or role == "either":
        return 0.0
    if role == "subject":
        return 0.0 if is_before != passive else _OTHER_SIDE_COST
    if entry.voice == "i":
        return 0.0 if is_before else 0.25
    if passive:
        return 0.0 if is_before else _OTHER_SIDE_COST
    return (0.3 if _is_reduced(tokens, hit, entry) else _OTHER_SIDE_COST) if is_before else 0.0


def _is_noun_here(tokens: Sequence[Token], hit: Hit[list[VerbEntry]], entry: VerbEntry, state: str, end: int) -> bool:
    """`engineers`, `plans`, `tests`: a present tense that is a plural noun unless an object or an adverb stands behind it."""
    if state != NOW or entry.form == GERUND or hit.last > hit.first or tokens[hit.first].word not in noun_words():
        return False
    if hit.last + 1 >= end:
        return True
    following = tokens[hit.last + 1]
    return not (
        following.word in DETERMINERS or (following.is_word and following.is_capital) or following.surface[0].isdigit()
    )


def _is_exhortation(tokens: Sequence[Token], hit: Hit[list[VerbEntry]], entry: VerbEntry, end: int) -> bool:
    """`called on the sides to deepen`: a call, not a call on somebody."""
    return entry.lemma in ("call on", "call upon") and any(
        tokens[index].word == "to" for index in range(hit.last + 1, min(end, hit.last + 14))
    )


def _is_reduced(tokens: Sequence[Token], hit: Hit[list[VerbEntry]], entry: VerbEntry) -> bool:
    """`an accord signed in Rome`: a verb that needs an object, without one behind it."""
    if (
        entry.voice != "t"
        or entry.form not in (PAST, PARTICIPLE)
        or hit.last > hit.first
        or hit.last + 1 >= len(tokens)
    ):
        return False
    following = tokens[hit.last + 1].word
    return following in (
        "by",
        "in",
        "at",
        "to",
        "as",
        "for",
        "between",
        "under",
        "with",
        "from",
        "during",
    ) and not _has_object_later(tokens, hit.last + 1)


def _has_object_later(tokens: Sequence[Token], index: int) -> bool:
    """`presented at Orgochor, on the shore, … a line that …`: an article behind the adverbials is an object."""
    words = [token.word for token in tokens[index : index + 24]]
    return any(
        word in ("a", "an") and tokens[index + offset - 1].word not in PREPOSITIONS
        for offset, word in enumerate(words)
        if offset > 1
    )


def _is_counted(tokens: Sequence[Token], first: int) -> bool:
    """`a series of agreements`, `the first of three hundred tractors`: the noun behind `of` is the one meant."""
    for index in range(first - 1, max(-1, first - 6), -1):
        if tokens[index].word == "of":
            return index > 0 and tokens[index - 1].word in _TRANSPARENT
    return False


def _between(tokens: Sequence[Token], low: int, high: int, *, is_before: bool) -> float:
    """The cost of what stands between verb and noun: clauses, commas."""
    cost, depth = 0.0, 0
    for index in range(low, high):
        token = tokens[index]
        depth += (token.surface == "(") - (token.surface == ")")
        if depth > 0:
            continue
        if token.surface == ",":
            cost += _COMMA_COST
        elif (
            token.surface in ";\u2014:"
            or (token.word in RELATIVES and not is_before)
            or (token.word in BE and not is_before)
        ):
            cost += _CLAUSE_COST
    return cost
