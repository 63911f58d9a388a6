"""What an event was about: its sectors, the clause that reports it, and a title made of that clause."""

from collections import defaultdict

from dashboard.etl.analysis import Analysis, in_sentence
from dashboard.etl.lexicons import word_list
from dashboard.etl.mentions import Mention
from dashboard.etl.passages import Passage
from dashboard.etl.scoring import Candidate
from dashboard.etl.sectors import GENERAL, weights
from dashboard.etl.tokens import Token

_OWN, _AFTER, _BEFORE, _LEAD = 1.0, 0.3, 0.15, 0.35
_AFTER_SENTENCES = 3
_MOST_SECTORS = 4
_SHARE = 0.46
_GENERAL_WORTH = 0.6
_LONGEST_TITLE = 180


def event_sectors(analysis: Analysis, passage: Passage) -> list[tuple[str, Mention]]:
    """The sectors of an event, the strongest first, each with the mention that speaks for it most."""
    scores: dict[str, float] = defaultdict(float)
    best: dict[str, tuple[float, Mention]] = {}
    seen: set[tuple[str, str]] = set()
    for mention, share in _weighed(analysis, passage):
        value = weights()[mention.rule, mention.value] * share
        if (mention.rule, mention.value) in seen:
            value *= 0.3
        seen.add((mention.rule, mention.value))
        scores[mention.value] += value * (_GENERAL_WORTH if mention.value == GENERAL else 1.0)
        if mention.value not in best or value > best[mention.value][0]:
            best[mention.value] = (value, mention)
    if not scores:
        return []
    ranked = sorted(scores, key=lambda sector: -scores[sector])
    top = scores[ranked[0]]
    kept = [sector for sector in ranked if scores[sector] >= _SHARE * top][:_MOST_SECTORS]
    if kept[0] != GENERAL and GENERAL in kept:
        kept.remove(GENERAL)
    return [(sector, best[sector][1]) for sector in kept]


def _weighed(analysis: Analysis, passage: Passage) -> list[tuple[Mention, float]]:
    found = [(mention, _OWN) for mention in in_sentence(analysis.sectors, passage.own)]
    for sentence in passage.after[:_AFTER_SENTENCES]:
        found += [(mention, _AFTER) for mention in in_sentence(analysis.sectors, sentence)]
    for sentence in passage.before:
        found += [(mention, _BEFORE) for mention in in_sentence(analysis.sectors, sentence)]
    headline = analysis.segments.headline
    if headline and not analysis.segments.is_digest:
        found += [(mention, _LEAD) for mention in analysis.sectors if headline.start <= mention.start < headline.end]
    return found


def report_span(analysis: Analysis, item: Candidate) -> tuple[int, int]:
    """The shortest clause that reports the event: from its subject to its object."""
    tokens = analysis.tokens
    first, end = analysis.token_span(item.sentence.start, item.sentence.end)
    start = _clause_start(tokens, first, item.trigger.first)
    last = _phrase_end(tokens, item.trigger.last, end)
    return tokens[start].start, _without_possessive(tokens[last])


def _clause_start(tokens: list[Token], first: int, until: int) -> int:
    """Behind an opening phrase and its comma: `Meanwhile, on 31 July, Pakistan launched …` begins at Pakistan."""
    opening = tokens[first].word in _OPENINGS
    start = first
    for index in range(first, until):
        if tokens[index].surface == ";" or (opening and tokens[index].surface == "," and until - index > 1):
            start = index + 1
            opening = tokens[start].word in _OPENINGS
    return start


_OPENINGS = word_list("what.openings")


def _phrase_end(tokens: list[Token], last: int, end: int) -> int:
    """The end of the noun phrase at `last`: the rest of a name, and an acronym in brackets."""
    index = last
    while index + 1 < end and index - last < 6 and tokens[index + 1].is_word and tokens[index + 1].is_capital:
        index += 1
    if index + 1 < end and tokens[index + 1].surface == "(":
        close = next((here for here in range(index + 2, min(end, index + 8)) if tokens[here].surface == ")"), -1)
        return close if close > 0 else index
    return index


def _without_possessive(token: Token) -> int:
    return token.end


def event_title(analysis: Analysis, span: tuple[int, int]) -> str:
    """The reporting clause on one line."""
    words = " ".join(analysis.view[span[0] : span[1]].split())
    title = words if len(words) <= _LONGEST_TITLE else words[:_LONGEST_TITLE].rsplit(" ", 1)[0] + " …"
    return title[:1].upper() + title[1:]
