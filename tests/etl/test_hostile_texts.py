"""No text makes the extractor slow: work grows with the length of a text, not with its square, and no expression can explode."""

import faulthandler
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.__main__ import main
from dashboard.codebook import Event
from dashboard.etl.extract import extract
from dashboard.etl.read import Document
from tests.etl.patterns import patterns, weaknesses

UNITS = [
    "a", "A", "1", " ", "\n", "\t", "\r\n", "\u2028", "\u00a0", "(", "[{", "((a) ", "“", '"', "'", "’s ", "<", "<a ", "</", "<!--", "*", "___", "| ",
    "-", "--- \n", "1-", "2025-", "3-9 ", "1 ", "1\n", "$1 ", "O1", ". ", "A. ", "a.\n", "a\n", "ab\n\n", "\u2022 a\n", "A B ", "Ab ", "AB ",
    "a@b.c ", "http://a/", "https://x.y/2019/", "\u200f", "\u202e", "\u0301", "a\u0301", "第", "the ", "of the ", "and ", ", ", "Mr. ", "Mr. Li ",
    "University of ", "National Academy (NA) ", "Minister Li Wei (MOST) ", "(CSIC) ", "China ", "China and ", "Chinese ", "Beijing, ", "in Beijing ",
    "July ", "July 2025 ", "1 July 2025, ", "January-", "on Monday ", "the next day ", "published ", "published in ", "page 1 of 2\n",
    "signed ", "was signed ", "The ministry signed an agreement. ", "On 7 July 2025 a laboratory was opened in Hefei by China and Spain. ",
    "Signed.\n\nHEFEI: A laboratory was opened by China on 7 July 2025, the ministry said on Monday.\n\n", "Why?\n", 'he said: "we signed" ',
]  # fmt: skip
"""What is repeated: characters, openings that are never closed, and what the rules look for."""

LONG_UNITS = [
    "a", "A", " ", "\n", "(", "“", "A. ", "Mr. ", "1-", "2025-", ". ", "University of ", "the ", "of the ", "a@b.c ", "https://x.y/2019/", "\u200f", "\u0301",
]  # fmt: skip

PIECES = [
    "a",
    "A",
    "1",
    " ",
    "\n",
    ".",
    ",",
    "-",
    "(",
    ")",
    '"',
    "'s",
    "the",
    "July",
    "2025",
    "China",
    "in Hefei",
    "Mr",
    "signed",
    "of",
    "<",
    "http://",
]

SHORT = 3_000
LONG = 200_000
FLOOR = 3_000
LARGEST_GROWTH = 2.6
"""Twice the text is twice the work; the rest is for what begins only at a length, as cutting up a long sentence."""

LIMIT_SECONDS = 300
"""A net below the tests: a hang ends the run and prints where it was."""


@pytest.fixture(autouse=True)
def net() -> Iterator[None]:
    faulthandler.dump_traceback_later(LIMIT_SECONDS, exit=True)
    yield
    faulthandler.cancel_dump_traceback_later()


def events_of(text: str) -> tuple[Event, ...]:
    return extract(Document("d1", "hostile.txt", text, "0" * 64))


def repeated(unit: str, length: int) -> str:
    return unit * (length // len(unit))


def work(text: str) -> int:
    """The lines of Python that run for a text: the same at every run, on every machine."""
    lines = 0

    def trace(frame: FrameType, event: str, argument: object) -> Any:
        nonlocal lines
        lines += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        events_of(text)
    finally:
        sys.settrace(before)
    return lines


@pytest.fixture(scope="module", autouse=True)
def loaded() -> None:
    """The lexicons, so that their loading is not counted."""
    events_of(
        "On 7 July 2025 a laboratory was opened at the University of Hefei by Mr. Li Wei of China and Spain, he said."
    )


def grows(short: str, long: str) -> str:
    """How the work grows when a text doubles, if it grows too much."""
    first, second = work(short), work(long)
    return (
        ""
        if second <= LARGEST_GROWTH * first + FLOOR
        else f"{first:,} lines for {len(short):,} characters, {second:,} for {len(long):,}"
    )


@pytest.mark.parametrize("unit", UNITS)
def test_twice_the_text_is_twice_the_work(unit: str) -> None:
    assert grows(repeated(unit, SHORT), repeated(unit, 2 * SHORT)) == ""


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=5), st.sampled_from(["", " "]))
def test_twice_any_repetition_is_twice_the_work(pieces: list[str], joiner: str) -> None:
    unit = joiner.join(pieces) + joiner
    assert grows(repeated(unit, SHORT // 2), repeated(unit, SHORT)) == ""


@pytest.mark.parametrize("unit", LONG_UNITS)
def test_a_long_repetition_is_read_to_its_end_and_quoted_verbatim(unit: str) -> None:
    text = repeated(unit, LONG)
    for event in events_of(text):
        for quotes in event.evidence.values():
            assert all(text[quote.start : quote.end] == quote.text for quote in quotes)


@pytest.mark.parametrize(("place", "pattern"), patterns().items(), ids=patterns().keys())
def test_no_expression_can_give_back_what_it_took_without_end(place: str, pattern: re.Pattern[str]) -> None:
    assert weaknesses(pattern) == []


@pytest.mark.parametrize(
    "bad", [r"(a+)+b", r"(a|aa)+$", r"\s+x", r"a*a*b", r"(?:\w+\s?)*$", r"x.*y", r"(?:[ab]{1,200}){1,200}c"]
)
def test_the_check_of_expressions_finds_the_known_bad_ones(bad: str) -> None:
    assert weaknesses(bad) != []


@pytest.mark.parametrize(
    "good", [r"a{1,9}b", r"\d+", r"[^\W_]+(?:'[^\W_]+)?|[^\w\s]", r"(?:ab)?c", r"(?<!\d)\d{4}(?!\d)"]
)
def test_the_check_of_expressions_passes_the_good_ones(good: str) -> None:
    assert weaknesses(good) == []


def test_a_page_on_one_line_is_read_and_every_event_of_it_is_proven(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sentence = (
        "On {day} July 2025 laboratory number {number} was opened in Hefei by China and Spain, the ministry said. "
    )
    text = " date 2025-08-01 " + "".join(sentence.format(day=1 + number % 28, number=number) for number in range(3_000))
    (tmp_path / "line.txt").write_text(text)
    assert main(["extract", str(tmp_path / "line.txt")]) == 0
    proposals = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert proposals
    for proposal in proposals:
        for quotes in proposal["evidence"].values():
            assert all(text[quote["start"] : quote["end"]] == quote["quote"] for quote in quotes)
