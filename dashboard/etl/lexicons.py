"""The lexicons of `data/reference/` that the find modules read, row by row."""

from functools import cache

from dashboard.reference import read_table


def lexicon(name: str, columns: list[str], *, key: list[str]) -> list[dict[str, str]]:
    """The rows of one lexicon; each has a `reason` beside its columns.

    Raises: ReferenceDataError if a column or a reason is missing or a key stands twice.
    """
    table = read_table(name, [*columns, "reason"], key, "reason")
    cells = [table[column].to_list() for column in columns]
    return [dict(zip(columns, row, strict=True)) for row in zip(*cells, strict=True)]


@cache
def _word_lists() -> dict[str, frozenset[str]]:
    lists: dict[str, set[str]] = {}
    for row in lexicon("word_lists", ["list", "word"], key=["list", "word"]):
        lists.setdefault(row["list"], set()).add(row["word"])
    return {name: frozenset(words) for name, words in lists.items()}


def word_list(name: str) -> frozenset[str]:
    """The small words of one list of `word_lists.csv`, named after the module that reads it.

    Raises: KeyError if there is no such list.
    """
    return _word_lists()[name]
