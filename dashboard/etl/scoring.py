"""How much a sentence looks like the report of an event: features of its words and its place, weighed and added up.

Rules: the weights stand in `data/reference/event_weights.csv`, each with its reason; a report becomes an event if the
sum reaches the threshold. No feature looks at which document it is.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from dashboard.etl.analysis import Analysis, in_sentence
from dashboard.etl.grammar import BARE, PLAN, RELATIVES, REPORTED
from dashboard.etl.lexicons import lexicon
from dashboard.etl.mentions import DateMention
from dashboard.etl.segments import FURNITURE, HEADING, TABLE, Sentence
from dashboard.etl.triggers import Trigger

THRESHOLD = "threshold"
_NEAR_DAYS = 45
_OLD_DAYS = 100
_FINE = ("day", "interval")
_SPEECH = re.compile(
    r"\b(?:said|says|told|stated|added|noted|hoped?|believes?|argued|warned|stressed|recalled|explained|claimed|pointed out|according to)\b"
)
_CONDITION = re.compile(r"\b(?:if|unless|whether|provided that)\b", re.IGNORECASE)
_SPEECH_WORDS = frozenset(
    ["said", "says", "told", "stated", "added", "noted", "hope", "hoped", "believe", "believes", "argued", "warned",
     "stressed", "recalled", "explained", "claimed", "pointed", "according"]
)  # fmt: skip
_CONDITION_WORDS = frozenset(["if", "unless", "whether", "provided"])
"""The words without one of which the two patterns find nothing."""
_OPINION_PIECE = re.compile(
    r"^\s{0,3}(?:date [\d-]{1,40} )?\W{0,3}(?:opinion|op-ed|comment|commentary|editorial|letters?|essay|column|viewpoint|analysis|explainer|interview|q&a|blog)\b",
    re.IGNORECASE,
)
_NOT_NEWS = re.compile(
    r"\b(?:obituar\w{1,3}|in memoriam|request for (?:expressions?|proposals?|bids?|quotations?)|expressions? of interest|terms of reference|vacanc(?:y|ies)|"
    r"invitations? (?:to|for) (?:tenders?|bids?)|tender notice|call for (?:papers|applications|abstracts|nominations)|frequently asked|how to apply|corrigendum|"
    r"syllabus|job description|about us|who we are|what we do|biography|curriculum vitae|timeline|chronology|glossary|fact ?sheet|country profile|course catalogue|"
    r"corrections? and|denials?|book reviews?|review of books|letters? to the editor|postpone(?:d|ment)|cancel(?:led|lation)|regrets to|house rules|advertisements?|"
    r"notes for users|user guide|press kit|programme of events|\(?1[89]\d\d ?- ?20\d\d\)?)\b",
)
_OPENING_CHARACTERS = 600
# It begins with the letter itself, so that the text is searched for two letters.
_FIRST_PERSON = re.compile(r"[Im](?<=\b[Im])(?:(?<=I)|(?<=m)y)\b")
_LEAST_FIRST_PERSON = 3
_LEAST_QUESTIONS = 3
_MARK_REACH = 8
_DATED_SHARE = 0.35


class Candidate(NamedTuple):
    """A possible event: a trigger in a sentence, its features and their sum.

    Shape: `own_dates` are the dates of its sentence, the nearest to the trigger first.
    """

    sentence: Sentence
    trigger: Trigger
    features: Mapping[str, float]
    score: float
    own_dates: tuple[DateMention, ...]
    start: int
    end: int

    @property
    def anchor(self) -> int:
        return self.start


Features = Sequence[tuple[str, float]]
"""The names of features, each once, with their values."""


@lru_cache(maxsize=1)
def weights() -> Mapping[str, float]:
    """The weight of each feature, and the threshold."""
    rows = lexicon("event_weights", ["feature", "weight"], key=["feature"])
    return {row["feature"]: float(row["weight"]) for row in rows}


class _Setting(NamedTuple):
    """What a sentence gives to every report in it: how it is dated, the features that they all have, where it begins to be speech."""

    dated: str
    shared: Features
    genre: Features
    marks: Sequence[tuple[int, str]]
    first: int
    is_question: bool
    speech: int
    """Where the first word of reported speech ends, or behind the sentence if it has none."""
    condition: int
    """The same of the first condition."""


def best_reports(analysis: Analysis, sentence: Sentence, triggers: Sequence[Trigger]) -> dict[str, Candidate]:
    """The report of each type whose features weigh most, the first of equal ones."""
    if not triggers:
        return {}
    best: dict[str, tuple[float, Trigger, Features]] = {}
    setting, known = _setting(analysis, sentence), weights()
    for trigger in triggers:
        features = _features(analysis, trigger, setting)
        score = sum([known[name] * value for name, value in features])
        if trigger.type not in best or score > best[trigger.type][0]:
            best[trigger.type] = (score, trigger, features)
    return {kind: _candidate(analysis, sentence, *found) for kind, found in best.items()}


def _candidate(analysis: Analysis, sentence: Sentence, score: float, trigger: Trigger, features: Features) -> Candidate:
    tokens = analysis.tokens
    start, end = tokens[trigger.first].start, tokens[trigger.last].end
    anchor = tokens[trigger.verb_first].start
    dates = _nearest_first(tuple(in_sentence(analysis.dates, sentence)), anchor)
    return Candidate(sentence, trigger, dict(features), score, dates, anchor, max(end, start))


def _nearest_first(dates: tuple[DateMention, ...], anchor: int) -> tuple[DateMention, ...]:
    return tuple(sorted(dates, key=lambda mention: abs(mention.start - anchor))) if len(dates) > 1 else dates


def _setting(analysis: Analysis, sentence: Sentence) -> _Setting:
    dates = tuple(in_sentence(analysis.dates, sentence))
    dated = date_feature(analysis, dates)
    first, end = analysis.token_span(sentence.start, sentence.end)
    words = set(analysis.tokens.words[first:end])
    return _Setting(
        dated,
        [*_position(analysis, sentence, dates), *_company(analysis, sentence)],
        genre_features(analysis, is_dated=dated == "date_day_near"),
        analysis.marks[bisect_left(analysis.marks, (first, "")) : bisect_left(analysis.marks, (end, ""))],
        first,
        analysis.view[sentence.end - 1 : sentence.end] == "?",
        _first_end(_SPEECH, analysis.view, sentence) if _SPEECH_WORDS & words else sentence.end + 1,
        _first_end(_CONDITION, analysis.view, sentence) if _CONDITION_WORDS & words else sentence.end + 1,
    )


def _first_end(pattern: re.Pattern[str], view: str, sentence: Sentence) -> int:
    found = pattern.search(view, sentence.start, sentence.end)
    return found.end() if found else sentence.end + 1


def told(analysis: Analysis, sentence: Sentence, kind: str) -> Candidate:
    """A report of a type that no pair of families makes: the whole sentence tells it, from its first word."""
    first, end = analysis.token_span(sentence.start, sentence.end)
    last = end - 1
    while last > first and not analysis.tokens[last].is_word:
        last -= 1
    trigger = Trigger(kind, 0.0, REPORTED, first, last, -1, -1, "", f"told:{kind}")
    dates = tuple(in_sentence(analysis.dates, sentence))
    start = analysis.tokens[first].start
    return Candidate(sentence, trigger, {}, 0.0, dates, start, analysis.tokens[last].end)


def _features(analysis: Analysis, trigger: Trigger, setting: _Setting) -> Features:
    has_firm_day = trigger.state == PLAN and setting.dated == "date_future_day"
    return [
        ("frame", trigger.weight),
        (f"state_{trigger.state}", 1.0),
        (setting.dated, 1.0),
        *([("plan_with_firm_day", 1.0)] if has_firm_day else ()),
        *setting.shared,
        *_marked(setting.marks, trigger),
        *[(name, 1.0) for name in _framing(analysis, trigger, setting)],
        *setting.genre,
    ]


def date_feature(analysis: Analysis, dates: tuple[DateMention, ...]) -> str:
    """The most telling date of the sentence: a near day first, then a firm later day, a near month, an old date."""
    if not dates:
        return "date_none"
    found = {_nearness(analysis, mention) for mention in dates if mention.rule != "duration"}
    order = ("date_day_near", "date_today", "date_future_day", "date_vague_near", "date_old")
    return next((name for name in order if name in found), "date_none")


def _nearness(analysis: Analysis, mention: DateMention) -> str:
    days = analysis.days_ago(mention)
    is_fine = mention.date.precision in _FINE
    if days is None:
        return "date_vague_near" if is_fine else "date_none"
    if days < 0:
        return "date_future_day" if is_fine and mention.rule != "week" else "date_none"
    if days <= _NEAR_DAYS:
        return (
            "date_day_near"
            if is_fine
            else "date_vague_near"
            if mention.date.precision != "year" or mention.basis == "relative"
            else "date_none"
        )
    return "date_old" if days > _OLD_DAYS or not is_fine else "date_vague_near"


def _position(analysis: Analysis, sentence: Sentence, dates: tuple[DateMention, ...]) -> Iterator[tuple[str, float]]:
    kinds = {HEADING: "in_heading", FURNITURE: "in_furniture", TABLE: "in_table"}
    if sentence.kind in kinds:
        yield kinds[sentence.kind], 1.0
        return
    body, order = analysis.segments.body, analysis.segments.body_orders[sentence.index]
    is_lead = order == 0
    if is_lead:
        yield "first_of_body", 1.0
    if sentence.position == 0:
        yield ("first_of_item" if analysis.segments.is_digest else "first_of_paragraph"), 1.0
    if not analysis.segments.is_digest and len(body) > 5 and order >= len(body) * 2 / 3:
        yield "late_in_story", 1.0
    if not dates and sentence.position and not is_lead:
        yield "no_date_no_lead", 1.0
        before = analysis.segments.sentences[sentence.index - 1]
        if any(_nearness(analysis, mention) == "date_day_near" for mention in in_sentence(analysis.dates, before)):
            yield "date_before", 1.0


def _company(analysis: Analysis, sentence: Sentence) -> Iterator[tuple[str, float]]:
    if in_sentence(analysis.organisations, sentence):
        yield "has_organisation", 1.0
    if in_sentence(analysis.persons, sentence):
        yield "has_person", 1.0
    if in_sentence(analysis.countries, sentence):
        yield "has_country", 1.0
    if any(place.role in ("text", "virtual") for place in in_sentence(analysis.places, sentence)):
        yield "has_site", 1.0
    if in_sentence(analysis.sectors, sentence):
        yield "has_science", 1.0


def _marked(marks: Sequence[tuple[int, str]], trigger: Trigger) -> Features:
    """The marks before the report and shortly behind it."""
    if not marks:
        return []
    last = trigger.last + _MARK_REACH
    return [(f"mark_{kind}", 1.0) for kind in sorted({kind for index, kind in marks if index < last})]


def _framing(analysis: Analysis, trigger: Trigger, setting: _Setting) -> list[str]:
    """Quotation, reported speech, condition, question, relative clause, a noun that refers back."""
    names, anchor = [], analysis.tokens.starts[trigger.verb_first]
    if analysis.in_quotation(anchor):
        names.append("in_quotation")
    elif setting.speech <= anchor and (trigger.state != BARE or " that " in analysis.view[setting.speech : anchor]):
        names.append("in_speech")
    if setting.condition <= anchor:
        names.append("in_conditional")
    if setting.is_question:
        names.append("is_question")
    first = max(setting.first, trigger.verb_first - 5)
    if not RELATIVES.isdisjoint(analysis.tokens.words[first : trigger.verb_first]):
        names.append("relative_clause")
    if _is_anaphoric(analysis, trigger):
        names.append("anaphoric")
    return names


def _is_anaphoric(analysis: Analysis, trigger: Trigger) -> bool:
    """`the document`, `this text`: a bare noun that was there before."""
    if trigger.noun_first < 1 or trigger.noun_first >= trigger.verb_first:
        return False
    return (
        analysis.tokens[trigger.noun_first - 1].word in ("the", "this", "these", "that", "its", "both")
        and not analysis.tokens[trigger.noun_first].is_capital
    )


def genre_features(analysis: Analysis, *, is_dated: bool) -> Features:
    """What kind of document it is; a sentence with a near day weighs its genre less."""
    return _genre(analysis.view, is_dated=is_dated, is_published=analysis.publication.date is not None)


@lru_cache(maxsize=64)
def _genre(view: str, *, is_dated: bool, is_published: bool) -> Features:
    share = _DATED_SHARE if is_dated else 1.0
    found = (
        ("opinion_piece", share, is_opinion(view)),
        ("undated_document", 1.0, not is_published),
        ("explainer", share, is_explainer(view)),
        ("not_news", share, is_notice(view)),
    )
    return [(name, value) for name, value, holds in found if holds]


@lru_cache(maxsize=64)
def is_notice(view: str) -> bool:
    """Whether a document opens as an obituary, a call, a tender, a chronology."""
    return _NOT_NEWS.search(view[:_OPENING_CHARACTERS].lower()) is not None


@lru_cache(maxsize=64)
def is_explainer(view: str) -> bool:
    """Whether a document asks its own questions, line by line."""
    return (
        view.count("?") >= _LEAST_QUESTIONS
        and len(re.findall(r"^[^\n?]{5,90}\?[ ]{0,300}$", view, re.MULTILINE)) >= _LEAST_QUESTIONS
    )


@lru_cache(maxsize=64)
def is_opinion(view: str) -> bool:
    """Whether a document says that it is an opinion, or is told in the first person."""
    if _OPINION_PIECE.match(view):
        return True
    if view.count("I") + view.count("my") < _LEAST_FIRST_PERSON:
        return False
    outside = re.sub(r"\"[^\"\n]{1,1500}\"", " ", view)
    return len(_FIRST_PERSON.findall(outside)) >= _LEAST_FIRST_PERSON


def is_background(analysis: Analysis, sentence: Sentence) -> bool:
    """Whether a sentence looks back: an old date in it, or words of looking back and no near day."""
    found = {_nearness(analysis, mention) for mention in in_sentence(analysis.dates, sentence)}
    return "date_old" in found and not found & {"date_day_near", "date_today"}
