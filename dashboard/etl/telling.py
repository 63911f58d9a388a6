"""How much a sentence tells something that happened, whatever its words: tense, date, company, place in the document.

Rules: this is the second way to a report, for the sentence that no pair of families meets. The weights stand in
`data/reference/telling_weights.csv`, fitted by `benchmarks/fit_telling.py`; no feature looks at which document it is.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from dashboard.etl.analysis import Analysis, in_sentence
from dashboard.etl.grammar import MODALS, NEGATED, PERFECT, PLUPERFECT, REPORTED, verb_state
from dashboard.etl.inflection import PAST
from dashboard.etl.lexicons import lexicon, word_list
from dashboard.etl.mentions import Mention
from dashboard.etl.scoring import date_feature, genre_features
from dashboard.etl.segments import BODY, Sentence

THRESHOLD = "threshold"
NO_FRAME = -9.0
_SPEECH = word_list("telling.speech")
_PRONOUNS = word_list("telling.pronouns")
_PAST_TIME = word_list("telling.past_time")
_UNCERTAIN = word_list("telling.uncertain")
_NOT = word_list("telling.denials")
_MONEY = word_list("telling.money") | {"\u20ac", "$", "\u00a3"}
_LISTS = {"uncertain": MODALS | _UNCERTAIN, "denied": _NOT, "speech": _SPEECH, "past_time": _PAST_TIME, "money": _MONEY}
_ALL_LISTS = frozenset[str]().union(*_LISTS.values())
_LEAST_FRAME, _MOST_FRAME = -2.0, 5.0
_WEEK, _MONTH = 7, 31
_LONGEST = 60


@lru_cache(maxsize=1)
def weights() -> Mapping[str, float]:
    """The weight of each feature, and the threshold."""
    rows = lexicon("telling_weights", ["feature", "weight"], key=["feature"])
    return {row["feature"]: float(row["weight"]) for row in rows}


def telling_score(features: Mapping[str, float]) -> float:
    """The log-odds that a sentence with these features reports an event, above the threshold."""
    known = weights()
    return sum([known.get(name, 0.0) * value for name, value in features.items()]) - known[THRESHOLD]


def is_only_said(features: Mapping[str, float]) -> bool:
    """Whether somebody speaks in a sentence that has no date of its own."""
    return "speech" in features and "date_none" in features


def is_worth_reading(analysis: Analysis, sentence: Sentence) -> bool:
    """Whether a sentence without a frame may tell something all the same: it is dated, or opens the story or an item."""
    body = analysis.segments.body
    return (
        bool(in_sentence(analysis.dates, sentence))
        or (bool(body) and sentence.index == body[0].index)
        or _opens_item(analysis, sentence)
    )


def telling_features(analysis: Analysis, sentence: Sentence, best: float) -> dict[str, float]:
    """The features of one sentence; `best` is the score of its best report by frames, or a low value if there is none."""
    return dict(_features(analysis, sentence, best))


def past_verbs(analysis: Analysis, sentence: Sentence) -> list[tuple[int, str]]:
    """Each past form outside quotation marks and its state."""
    first, end = analysis.token_span(sentence.start, sentence.end)
    pasts = analysis.pasts[bisect_left(analysis.pasts, first) : bisect_left(analysis.pasts, end)]
    return [
        (index, verb_state(analysis.tokens, index, PAST, first))
        for index in pasts
        if not analysis.in_quotation(analysis.tokens[index].start)
    ]


def _features(analysis: Analysis, sentence: Sentence, best: float) -> Iterator[tuple[str, float]]:
    first, end = analysis.token_span(sentence.start, sentence.end)
    dated = date_feature(analysis, tuple(in_sentence(analysis.dates, sentence)))
    yield "bias", 1.0
    yield ("frame_score", max(_LEAST_FRAME, min(best, _MOST_FRAME))) if best > NO_FRAME else ("no_frame", 1.0)
    yield dated, 1.0
    if dated == "date_day_near":
        yield _how_near(analysis, sentence), 1.0
    yield from _tense(analysis, sentence)
    yield from _words(analysis, first, end)
    yield from _quoted(analysis, sentence)
    yield from _place_in_text(analysis, sentence)
    yield from _company(analysis, sentence)
    yield "length", min(end - first, _LONGEST) / _LONGEST * 2
    low, high = bisect_left(analysis.marks, (first, "")), bisect_left(analysis.marks, (end, ""))
    for kind in sorted({kind for _, kind in analysis.marks[low:high]}):
        yield f"mark_{kind}", 1.0
    yield from genre_features(analysis, is_dated=dated == "date_day_near")


def _how_near(analysis: Analysis, sentence: Sentence) -> str:
    found = (analysis.days_ago(mention) for mention in in_sentence(analysis.dates, sentence))
    days = min((days for days in found if days is not None and days >= 0), default=_MONTH + 1)
    return "within_week" if days <= _WEEK else "within_month" if days <= _MONTH else "within_long"


def _tense(analysis: Analysis, sentence: Sentence) -> Iterator[tuple[str, float]]:
    states = {state for _, state in past_verbs(analysis, sentence)}
    for name in (REPORTED, PERFECT, PLUPERFECT, NEGATED):
        if name in states:
            yield f"past_{name}", 1.0
    if not states:
        yield "no_past", 1.0


def _words(analysis: Analysis, first: int, end: int) -> Iterator[tuple[str, float]]:
    telling = _ALL_LISTS.intersection(analysis.tokens.words[first:end])
    if telling:
        for name, words in _LISTS.items():
            if not words.isdisjoint(telling):
                yield name, 1.0
    if first < end and analysis.tokens.words[first] in _PRONOUNS:
        yield "opens_with_pronoun", 1.0


def _company(analysis: Analysis, sentence: Sentence) -> Iterator[tuple[str, float]]:
    """How many of each are named, up to a few."""
    organisations = in_sentence(analysis.organisations, sentence)
    yield "organisations", float(min(_count_of_values(organisations), 3))
    yield "persons", float(min(len(in_sentence(analysis.persons, sentence)), 2))
    yield "countries", float(min(_count_of_values(in_sentence(analysis.countries, sentence)), 3))
    places = [place for place in in_sentence(analysis.places, sentence) if place.role in ("text", "virtual")]
    yield "places", float(min(len(places), 2))
    yield "science", min(len(in_sentence(analysis.sectors, sentence)), 4) / 2


def _count_of_values(mentions: Sequence[Mention]) -> int:
    return len({mention.value for mention in mentions})


def _quoted(analysis: Analysis, sentence: Sentence) -> Iterator[tuple[str, float]]:
    inside = analysis.quoted_count(sentence.start, sentence.end)
    if inside:
        yield "quoted", inside / max(1, sentence.end - sentence.start)
    if analysis.view[sentence.end - 1 : sentence.end] == "?":
        yield "question", 1.0


def _place_in_text(analysis: Analysis, sentence: Sentence) -> Iterator[tuple[str, float]]:
    if sentence.kind != BODY:
        return
    order, digest = analysis.segments.body_orders[sentence.index], analysis.segments.is_digest
    if order == 0:
        yield "lead", 1.0
    elif order <= 2 and not digest:
        yield "near_lead", 1.0
    if _opens_item(analysis, sentence):
        yield "first_of_item", 1.0
    if sentence.position == 0:
        yield "first_of_paragraph", 1.0
    if not digest:
        yield "depth", order / max(1, len(analysis.segments.body))


def _opens_item(analysis: Analysis, sentence: Sentence) -> bool:
    """Whether a sentence of the body is the first of its item in a digest."""
    if not analysis.segments.is_digest or sentence.position:
        return False
    order = analysis.segments.body_orders[sentence.index]
    return order == 0 or analysis.segments.body[order - 1].section != sentence.section
