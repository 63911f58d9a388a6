import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.etl.stretches import around_words, small_letters, widened

TEXTS = st.lists(st.sampled_from(["day", "Mon", " ", "the ", "İ", "x" * 7, "a day", ".\n"])).map("".join)


@given(TEXTS)
def test_a_pattern_finds_the_same_in_the_stretches_as_in_the_whole_text(text: str) -> None:
    pattern = re.compile(r"\b(?:the )?(?:a )?day\b(?! the)", re.IGNORECASE)
    stretches = around_words(small_letters(text), ["day"], reach=14)
    found = [match.span() for low, high in stretches for match in pattern.finditer(text, low, high)]
    assert found == [match.span() for match in pattern.finditer(text)]


@given(st.text())
def test_small_letters_keep_every_offset(text: str) -> None:
    assert len(small_letters(text)) == len(text)


@pytest.mark.parametrize(
    ("spans", "stretches"),
    [
        ([], []),
        ([(0, 3)], [(0, 5)]),
        ([(10, 12), (15, 16)], [(8, 18)]),
        ([(10, 12), (17, 18)], [(8, 14), (15, 20)]),
        ([(10, 19), (11, 12)], [(8, 20)]),
    ],
)
def test_stretches_that_touch_are_one(spans: list[tuple[int, int]], stretches: list[tuple[int, int]]) -> None:
    assert widened(spans, 2, 20) == stretches
