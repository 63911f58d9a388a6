"""What the words around a verb or a noun say about it: tense, plan or fact, head of its phrase or only a part.

Rules: no parse, only the few words to the left and right, which is what news prose needs; a verb that cannot be told
from a noun counts as a noun.
"""

from collections.abc import Sequence

from dashboard.etl.inflection import BASE, GERUND, PARTICIPLE, PAST, PRESENT
from dashboard.etl.tokens import Token

REPORTED, PERFECT, PLUPERFECT, NOW, PLAN, PURPOSE, PARTICIPIAL, NOMINAL, NEGATED, HABIT, BARE = (
    "reported", "perfect", "pluperfect", "now", "plan", "purpose", "participial", "nominal", "negated", "habit", "bare")  # fmt: skip
PAST_STATES = frozenset({REPORTED, PERFECT})

BE = frozenset("was were is are be been being am 's 're got get gets".split())
_BE_PAST = frozenset("was were got".split())
_BE_NOW = frozenset("is are am".split())
_HAVE = frozenset("have has 've".split())
MODALS = frozenset("will would shall should may might can could must ll cannot".split())
DETERMINERS = frozenset(
    "the a an this that these those its his her their our my your each every any some no another such whose both".split()
)
_NEGATIONS = frozenset("not never no n't didn't wasn't weren't hasn't haven't isn't aren't won't doesn't don't couldn't nor neither without failed hardly yet".split())
PREPOSITIONS = frozenset(
    """of in on at for to from with by between among under over about into onto after before during since until through via against across
    within without towards toward upon near along around behind beyond per as than like including despite inside outside throughout regarding
    concerning off amid amongst beside besides above below aboard following versus""".split()
)
CONJUNCTIONS = frozenset("and or but while whereas when where because although though if so nor yet plus as after before once".split())
RELATIVES = frozenset("which who whom that whose where when".split())
_ADVERBS = frozenset(
    """also already just recently officially formally jointly successfully finally then now today yesterday separately earlier later soon still
    ever first again together subsequently currently previously virtually publicly unanimously reportedly simultaneously both all even only
    initially eventually duly once long clearly newly online nearly almost thus therefore since meanwhile tonight""".split()
)
_PLANNERS = frozenset(
    """plan plans planned planning aim aims aimed aiming hope hopes hoped hoping intend intends intended intending expect expects expected want wants
    wanted seek seeks sought agree agrees agreed propose proposes proposed promise promises promised pledge pledges pledged due set scheduled slated
    poised likely ready about going willing prepare prepares preparing prepared need needs wish wishes continue continues urged urge urges
    asked asks invited invites called encouraged decide decides decided committed vowed vow vows ordered instructed designed meant
    supposed destined bound keen eager able unable refuses refused tried tries trying attempt attempts attempted ways way opportunity opportunities
    effort efforts scheduled tipped pushing wishes hopes plan consider considering considers considered""".split()
)
_ACHIEVERS = frozenset("managed able succeeded proceeded went helped first came only".split())

_BEFORE_GERUND = frozenset(["", ",", "by", "after", "before", "while", "when", "and", "upon", "began", "begin", "started", "start", "finished"])

_REACH = 6


def verb_state(tokens: Sequence[Token], first: int, form: str, start: int) -> str:
    """What a verb at the token `first` says about its action, judged by the words to its left (not before `start`)."""
    index, negated = first - 1, False
    while index >= start and first - index <= _REACH and _is_passed(tokens[index], tokens, index):
        negated = negated or tokens[index].word in _NEGATIONS
        index -= 1
    left = tokens[index].word if index >= start else ""
    before = tokens[index - 1].word if index - 1 >= start else ""
    state = _state(left, before, form, tokens, index, start)
    return NEGATED if negated or (left in ("did", "does", "do") and before in _NEGATIONS) else state


def _is_passed(token: Token, tokens: Sequence[Token], index: int) -> bool:
    """An adverb or a negation between an auxiliary and its verb."""
    word = token.word
    if word in _NEGATIONS and word != "no":
        return True
    return word in _ADVERBS or (len(word) > 4 and word.endswith("ly") and not token.surface[0].isupper())


def _state(left: str, before: str, form: str, tokens: Sequence[Token], index: int, start: int) -> str:
    if form in (PAST, PARTICIPLE):
        return _past_state(left, before, tokens, index, start) if left in BE | _HAVE | {"had"} | MODALS else _bare_past(form, left)
    if form == GERUND:
        return _gerund_state(left)
    if left == "to":
        return _infinitive(before)
    if left in MODALS:
        return PLAN
    if left == "did":
        return REPORTED
    if left in DETERMINERS | PREPOSITIONS or (form == BASE and index < start):
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
    return PLAN if set(words) & (MODALS | {"to"} | _PLANNERS) else PLAN


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
    while index >= start and first - index <= _REACH and _is_passed(tokens[index], tokens, index):
        index -= 1
    return index >= start and tokens[index].word in BE


def is_oblique(tokens: Sequence[Token], first: int, start: int) -> str:
    """The preposition that introduces the phrase around a noun, or an empty string."""
    index = first - 1
    while index >= start and first - index < 14:
        word = tokens[index].word
        if word in PREPOSITIONS:
            return word
        if word in CONJUNCTIONS and word != "and" or word in BE | MODALS | _HAVE or word == "had" or tokens[index].surface in ".,;:()\u2014\"?!":
            return ""
        index -= 1
    return ""


def is_modifier(tokens: Sequence[Token], last: int, end: int) -> bool:
    """Whether a noun only qualifies the noun behind it, as `satellite` in `satellite remote sensing` or `Satellite Launch Center`."""
    if last + 1 >= end:
        return False
    token, following = tokens[last], tokens[last + 1]
    if following.surface == "-" and last + 2 < end and tokens[last + 2].is_word and tokens[last + 2].start == following.end == token.end + 1:
        return True
    if not following.is_word or token.is_possessive:
        return token.is_possessive
    word = following.word
    if word in PREPOSITIONS | CONJUNCTIONS | RELATIVES | BE | MODALS | _HAVE | _ADVERBS | DETERMINERS or word in ("had", "did", "does"):
        return False
    if word.endswith(("ed", "ly", "ing")) and not following.is_capital:
        return False
    if following.is_capital:
        return token.is_capital
    return word not in _VERB_LIKE


_VERB_LIKE = frozenset(
    """took takes met held began begins began opened opens opens started ended sat went came comes blew rose flew lifted blasted left entered will said says
    got gave made ran saw won became rolled broke drew put sent set cut lay laid led stood kicked burned wound shut saw paid brought built won hit struck
    costing worth owned run near two three four five six seven eight nine ten bound back up down out off home there here""".split()
)
