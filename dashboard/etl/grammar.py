"""What the words around a verb or a noun say about it: tense, plan or fact, head of its phrase or only a part.

Rules: no parse, only the few words to the left and right, which is what news prose needs; a verb that cannot be told
from a noun counts as a noun.
"""

from collections.abc import Sequence

from dashboard.etl.inflection import BASE, GERUND, PARTICIPLE, PAST, PRESENT
from dashboard.etl.lexicons import word_list
from dashboard.etl.tokens import Token

REPORTED, PERFECT, PLUPERFECT, NOW, PLAN, PURPOSE, PARTICIPIAL, NOMINAL, NEGATED, HABIT, BARE = (
    "reported", "perfect", "pluperfect", "now", "plan", "purpose", "participial", "nominal", "negated", "habit", "bare")  # fmt: skip
PAST_STATES = frozenset({REPORTED, PERFECT})

BE = word_list("grammar.be")
_BE_PAST = frozenset(["was", "were", "got"])
_BE_NOW = frozenset(["is", "are", "am"])
_HAVE = frozenset(["have", "has", "'ve"])
MODALS = word_list("grammar.modals")
DETERMINERS = word_list("grammar.determiners")
_NEGATIONS = word_list("grammar.negations")
PREPOSITIONS = word_list("grammar.prepositions")
CONJUNCTIONS = word_list("grammar.conjunctions")
RELATIVES = frozenset(["which", "who", "whom", "that", "whose", "where", "when"])
_ADVERBS = word_list("grammar.adverbs")
_PLANNERS = word_list("grammar.planners")
_ACHIEVERS = word_list("grammar.achievers")

_BEFORE_GERUND = frozenset(
    ["", ",", "by", "after", "before", "while", "when", "and", "upon", "began", "begin", "started", "start", "finished"]
)

_BEFORE_PARTICIPLE = frozenset(["be", "been", "being", "to"])
_REACH = 6
_AUXILIARIES = BE | _HAVE | {"had"} | MODALS
_BEFORE_NOUN = DETERMINERS | PREPOSITIONS
_NO_NOUN_HEADS = PREPOSITIONS | CONJUNCTIONS | RELATIVES | BE | MODALS | _HAVE | _ADVERBS | DETERMINERS


def verb_state(tokens: Sequence[Token], first: int, form: str, start: int) -> str:
    """What a verb at the token `first` says about its action, judged by the words to its left (not before `start`)."""
    if first > start and tokens[first - 1].surface == "-" and tokens[first - 1].end == tokens[first].start:
        return NOMINAL
    index, negated = first - 1, False
    while index >= start and first - index <= _REACH and _is_passed(tokens[index]):
        negated = negated or tokens[index].word in _NEGATIONS
        index -= 1
    left = tokens[index].word if index >= start else ""
    before = tokens[index - 1].word if index - 1 >= start else ""
    further = (
        {token.word for token in tokens[max(start, index - 2) : max(start, index)]}
        if left in _BEFORE_PARTICIPLE
        else set()
    )
    if negated or left.endswith("n't") or further & _NEGATIONS:
        return NEGATED
    return _state(left, before, form, tokens, index, start)


def _is_passed(token: Token) -> bool:
    """An adverb or a negation between an auxiliary and its verb."""
    word = token.word
    if word in _NEGATIONS and word != "no":
        return True
    return word in _ADVERBS or (len(word) > 4 and word.endswith("ly") and not token.surface[0].isupper())


def _state(left: str, before: str, form: str, tokens: Sequence[Token], index: int, start: int) -> str:
    if form in (PAST, PARTICIPLE):
        return _past_state(left, before, tokens, index, start) if left in _AUXILIARIES else _bare_past(form, left)
    if form == GERUND:
        return _gerund_state(left)
    if left == "to":
        return _infinitive(before)
    if left in MODALS:
        return PLAN
    if left == "did":
        return REPORTED
    if left in _BEFORE_NOUN or (form == BASE and index < start):
        return NOMINAL
    if form == PRESENT:
        return NOW
    return NOW if left.endswith("s") and not left.endswith("ss") else NOMINAL


def _bare_past(form: str, left: str) -> str:
    if form == PARTICIPLE or left in DETERMINERS:
        return PARTICIPIAL
    return REPORTED


def _past_state(left: str, before: str, tokens: Sequence[Token], index: int, start: int) -> str:
    """After an auxiliary: `was signed`, `has been signed`, `had signed`, `will be signed`, `is to be signed`."""
    if left in ("be", "being", "get"):
        return _of_be(tokens, index, start)
    if left == "been":
        return _of_been(tokens, index, start)
    if left in _BE_PAST:
        return REPORTED
    if left in _BE_NOW or left in ("'s", "'re", "gets"):
        return HABIT
    if left == "had":
        return PLUPERFECT
    if left in MODALS:
        return PLAN
    return _of_have(before)


def _of_have(before: str) -> str:
    if before in MODALS or before == "to":
        return PLAN
    return PERFECT


def _of_be(tokens: Sequence[Token], index: int, start: int) -> str:
    words = [token.word for token in tokens[max(start, index - 4) : index]]
    if not words:
        return PLAN
    if tokens[index].word == "being":
        return REPORTED if words[-1] in _BE_PAST else NOW if words[-1] in _BE_NOW else PARTICIPIAL
    return PLAN


def _of_been(tokens: Sequence[Token], index: int, start: int) -> str:
    words = [token.word for token in tokens[max(start, index - 3) : index]]
    if "had" in words:
        return PLUPERFECT
    return PERFECT if set(words) & _HAVE else PARTICIPIAL


def _gerund_state(left: str) -> str:
    if left in _BE_PAST:
        return REPORTED
    if left == "been":
        return PERFECT
    if left in _BE_NOW:
        return NOW
    return PARTICIPIAL if left in _BEFORE_GERUND else NOMINAL


def _infinitive(before: str) -> str:
    if before in _ACHIEVERS:
        return REPORTED
    return PLAN if before in _PLANNERS or before in BE else PURPOSE


def is_passive(tokens: Sequence[Token], first: int, form: str, start: int) -> bool:
    """Whether a past form stands behind a form of `be`, so that its object stands before it."""
    if form not in (PAST, PARTICIPLE):
        return False
    index = first - 1
    while index >= start and first - index <= _REACH and _is_passed(tokens[index]):
        index -= 1
    return index >= start and tokens[index].word in BE


def is_oblique(tokens: Sequence[Token], first: int, start: int) -> str:
    """The preposition that introduces the phrase around a noun, or an empty string."""
    index = first - 1
    while index >= start and first - index < 14:
        word = tokens[index].word
        if word in PREPOSITIONS:
            return word
        if (
            (word in CONJUNCTIONS and word != "and")
            or word in _AUXILIARIES
            or tokens[index].surface in '.,;:()\u2014"?!'
        ):
            return ""
        index -= 1
    return ""


def is_modifier(tokens: Sequence[Token], last: int, end: int) -> bool:
    """Whether a noun only qualifies the noun behind it, as `satellite` in `satellite remote sensing` or `Satellite Launch Center`."""
    if last + 1 >= end:
        return False
    token, following = tokens[last], tokens[last + 1]
    if (
        following.surface == "-"
        and last + 2 < end
        and tokens[last + 2].is_word
        and tokens[last + 2].start == following.end == token.end + 1
    ):
        return True
    if not following.is_word or token.is_possessive:
        return token.is_possessive
    word = following.word
    if word in _NO_NOUN_HEADS or word in (
        "had",
        "did",
        "does",
    ):
        return False
    if word.endswith(("ed", "ly", "ing")) and not following.is_capital:
        return False
    if following.is_capital:
        return token.is_capital
    return word not in _VERB_LIKE


_VERB_LIKE = word_list("grammar.verb_like")
