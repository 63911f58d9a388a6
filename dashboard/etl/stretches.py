"""The stretches of a text in which a slow pattern can match: around the words that all its matches have in them."""

from collections.abc import Iterable, Iterator

Stretch = tuple[int, int]


def small_letters(text: str) -> str:
    """A text in small letters and exactly as long; the rare letter whose small form is longer (`İ`) stays."""
    small = text.lower()
    if len(small) == len(text):
        return small
    return "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)


def around_words(small: str, words: Iterable[str], reach: int) -> list[Stretch]:
    """The stretches up to `reach` characters around each of the words.

    Rules: a pattern finds the same in them as in the whole text if each of its matches, with what it looks at behind
    itself, holds one of the words and is no longer than `reach`.
    """
    spans = [(offset, offset + len(word)) for word in words for offset in _offsets(small, word)]
    return widened(sorted(spans), reach, len(small))


def widened(spans: Iterable[Stretch], reach: int, length: int) -> list[Stretch]:
    """Spans in the order of a text of that length, each widened by `reach` to both sides; those that touch are one."""
    stretches: list[Stretch] = []
    for start, end in spans:
        low, high = max(0, start - reach), min(length, end + reach)
        if stretches and low <= stretches[-1][1]:
            stretches[-1] = (stretches[-1][0], max(high, stretches[-1][1]))
        else:
            stretches.append((low, high))
    return stretches


def _offsets(small: str, word: str) -> Iterator[int]:
    offset = small.find(word)
    while offset >= 0:
        yield offset
        offset = small.find(word, offset + len(word))
