"""What an event was about: its sectors, the clause that reports it, and a title made of that clause."""

from dashboard.etl.analysis import Analysis
from dashboard.etl.lexicons import word_list
from dashboard.etl.mentions import Mention
from dashboard.etl.passages import Passage
from dashboard.etl.scoring import Candidate
from dashboard.etl.sector_options import SectorOption, sector_options
from dashboard.etl.sectors import GENERAL
from dashboard.etl.tokens import Token
from dashboard.etl.weighing import weights_of

_MOST_SECTORS = 3
_LONGEST_TITLE = 180


def event_sectors(analysis: Analysis, item: Candidate, passage: Passage) -> list[tuple[str, Mention]]:
    """The sectors of an event, the strongest first, each with the mention that speaks for it most.

    Rules: the likeliest is kept however unlikely; the next ones if they are likelier than the bound that the weights
    were fitted with, which stands at log-odds of nought. `general` stands alone or first.
    """
    scored = [(_log_odds(option), option) for option in sector_options(analysis, item, passage)]
    scored.sort(key=lambda pair: -pair[0])
    kept = [option for place, (odds, option) in enumerate(scored) if not place or odds > 0][:_MOST_SECTORS]
    return [
        (option.sector, option.mention) for place, option in enumerate(kept) if not place or option.sector != GENERAL
    ]


def _log_odds(option: SectorOption) -> float:
    weights = weights_of("sector")
    return weights["bias"] + sum([weights.get(name, 0.0) * value for name, value in option.features.items()])


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
