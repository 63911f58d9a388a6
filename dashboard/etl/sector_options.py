"""The sectors that an event may have, and what speaks for each: where its terms stand, how heavy they are, what else is there.

Rules: a term counts by its weight in the lexicon and by where it stands: behind a preposition of topic (`course on …`),
in the name of an organisation, in the rest of the report's sentence, behind it, before it, in the headings above it.
An exchange is about education whatever it teaches, so that it has the option without a word for it.
"""

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

from dashboard.etl.analysis import Analysis, in_sentence, within
from dashboard.etl.lexicons import word_list
from dashboard.etl.mentions import Mention
from dashboard.etl.passages import Passage
from dashboard.etl.scoring import Candidate
from dashboard.etl.sectors import GENERAL, weights
from dashboard.etl.segments import HEADING

EDUCATION = "education"
_EXCHANGE = "exchange"
_TOPIC_REACH = 3
_TOPIC_WORDS = word_list("sectors.topic_words")
_FAR = 4
_REPEATED = 0.3
_REACH = 8
_PLACE_WORTH = MappingProxyType(
    {"topic": 1.2, "own": 1.0, "name": 0.8, "headline": 0.5, "heading": 0.4, "after_1": 0.35, "after_2": 0.25,
     "before": 0.2, "later": 0.08}
)  # fmt: skip


class SectorOption(NamedTuple):
    """One sector with the mention that speaks for it most; `features` are by name."""

    sector: str
    mention: Mention
    features: Mapping[str, float]


def sector_options(analysis: Analysis, item: Candidate, passage: Passage) -> list[SectorOption]:
    """Every sector that the passage has a term of, the weightiest first."""
    sums: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    best: dict[str, tuple[float, Mention]] = {}
    seen: set[tuple[str, str]] = set()
    for mention, place in _placed(analysis, passage):
        term = (mention.rule, mention.value)
        value = weights()[term] * (_REPEATED if term in seen else 1.0)
        seen.add(term)
        sums[mention.value][place] += value
        worth = value * _PLACE_WORTH[place]
        if mention.value not in best or worth > best[mention.value][0]:
            best[mention.value] = (worth, mention)
    if item.trigger.type == _EXCHANGE and EDUCATION not in best:
        best[EDUCATION] = (0.0, Mention("sector", item.start, item.end, EDUCATION, "type:exchange"))
        sums[EDUCATION] = {}
    totals = {sector: sum(_PLACE_WORTH[place] * value for place, value in sums[sector].items()) for sector in best}
    ranked = sorted(best, key=lambda sector: -totals[sector])
    return [
        SectorOption(
            sector, best[sector][1], dict(_features(sector, item.trigger.type, sums[sector], _Standing(ranked, totals)))
        )
        for sector in ranked
    ]


@dataclass(frozen=True)
class _Standing:
    """The sectors of one passage, the weightiest first, and how heavy each is."""

    ranked: list[str]
    totals: Mapping[str, float]

    def share(self, sector: str) -> float:
        """Of all that weighs, without what is general."""
        whole = sum(value for name, value in self.totals.items() if name != GENERAL or name == sector)
        return self.totals[sector] / whole if whole else 0.0


def _placed(analysis: Analysis, passage: Passage) -> Iterator[tuple[Mention, str]]:
    """The terms of the passage, each with where it stands, the report's sentence first."""
    for mention in in_sentence(analysis.sectors, passage.own):
        yield mention, _place_in_report(analysis, mention)
    for number, sentence in enumerate(passage.after[:_REACH], start=1):
        for mention in in_sentence(analysis.sectors, sentence):
            yield mention, f"after_{number}" if number <= 2 else "later"
    for sentence in passage.before:
        for mention in in_sentence(analysis.sectors, sentence):
            yield mention, "before"
    for start, end, place in _headings(analysis, passage):
        for mention in within(analysis.sectors, start, end):
            yield mention, place


def _headings(analysis: Analysis, passage: Passage) -> Iterator[tuple[int, int, str]]:
    """The headline of a document with one subject; the heading right above the report's paragraph."""
    headline = analysis.segments.headline
    if headline and not analysis.segments.is_digest:
        yield headline.start, headline.end, "headline"
    above = next(
        (
            sentence
            for sentence in reversed(analysis.segments.sentences[: passage.own.index])
            if sentence.kind == HEADING and sentence.section == passage.own.section
        ),
        None,
    )
    if above and above.start != (headline.start if headline else -1):
        yield above.start, above.end, "heading"


def _place_in_report(analysis: Analysis, mention: Mention) -> str:
    if any(
        name.start <= mention.start < name.end
        for name in within(analysis.organisations, mention.start - 120, mention.end)
    ):
        return "name"
    first, _ = analysis.token_span(mention.start, mention.end)
    before = analysis.tokens[max(0, first - _TOPIC_REACH) : first]
    return "topic" if any(token.word in _TOPIC_WORDS for token in before) else "own"


def _features(sector: str, kind: str, sums: Mapping[str, float], standing: _Standing) -> Iterator[tuple[str, float]]:
    for place, value in sums.items():
        yield f"log_{place}", math.log1p(value)
        yield f"has_{place}", 1.0
    rank, share = standing.ranked.index(sector), standing.share(sector)
    yield f"rank_{min(rank, _FAR)}", 1.0
    yield "share", share
    yield "share_of_best", standing.totals[sector] / max(standing.totals[standing.ranked[0]], 0.01)
    yield "log_total", math.log1p(standing.totals[sector])
    yield f"options_{min(len(standing.ranked), _FAR)}", 1.0
    if not {"own", "topic", "name"} & set(sums):
        yield "not_in_report", 1.0
    yield f"sector_{sector}", 1.0
    if sector in (EDUCATION, GENERAL):
        yield f"{sector}_{kind}", 1.0
        yield f"{sector}_share", share
        yield f"{sector}_alone" if len(standing.ranked) == 1 else f"{sector}_with_others", 1.0
