"""Words that say how a sentence is meant: as a plan, as background, as routine, as an opinion, as news."""

from functools import lru_cache

from dashboard.etl.lexicons import lexicon
from dashboard.etl.tokens import Phrasebook, Tokens


@lru_cache(maxsize=1)
def _phrases() -> Phrasebook[str]:
    return Phrasebook(
        (row["phrase"], row["kind"]) for row in lexicon("sentence_marks", ["phrase", "kind"], key=["phrase"])
    )


def find_marks(tokens: Tokens) -> list[tuple[int, str]]:
    """The index of the first token of each mark, and its kind."""
    return [(hit.first, kind) for hit in _phrases().find(tokens) for kind in hit.entry]
