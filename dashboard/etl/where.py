"""Where an event happened: of all the places that the story names, the one that the words around them speak for most.

Rules: the options are those of `site_options`; `data/reference/site_weights.csv` weighs their features, fitted by
`benchmarks/fit_options.py`; that the text does not say is an option like the others.
"""

from dataclasses import dataclass

from dashboard.codebook import Where
from dashboard.etl.analysis import Analysis
from dashboard.etl.passages import Passage
from dashboard.etl.scoring import Candidate
from dashboard.etl.site_options import SiteOption, site_options
from dashboard.etl.weighing import likeliest, weights_of


@dataclass(frozen=True)
class Spot:
    """A site and the spans that say so."""

    site: Where
    spans: tuple[tuple[int, int], ...] = ()
    rule: str = "none"


def event_spot(analysis: Analysis, item: Candidate, passage: Passage) -> Spot:
    """The site of an event."""
    best = likeliest(site_options(analysis, item, passage), _site, weights_of("site"))
    return Spot(best.site, ((best.start, best.end),) if best.start >= 0 else (), best.rule)


def _site(option: SiteOption) -> Where:
    return option.site
