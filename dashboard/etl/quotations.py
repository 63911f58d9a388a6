"""Where a document lets somebody speak: the spans between quotation marks."""

import re

_QUOTED = re.compile(r"\"[^\"\n]{1,1500}\"")
_OPEN = re.compile(r"(?:^|\n)\"[^\"\n]{1,3000}(?=\n|$)")
_SHORTEST_WORDS = 4


def find_quotations(view: str) -> list[tuple[int, int]]:
    """Every quotation of at least four words; a shorter one is a name or a term.

    Rules: a mark that is never closed quotes to the end of its paragraph.
    """
    closed = [found.span() for found in _QUOTED.finditer(view) if len(found.group().split()) >= _SHORTEST_WORDS]
    opened = [found.span() for found in _OPEN.finditer(view) if found.group().count('"') == 1]
    return sorted({*closed, *opened})
