"""Quotes without offsets find their place, or none."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.etl.anchoring import AnchorText, Span, nearest, paragraph_parts

TEXT = "KUNMING – China’s  Academy of\nSciences “opened” a joint labora-\ntory. The Academy has 12 laboratories; 2020–2025."


@pytest.mark.parametrize(
    ("quote", "there"),
    [
        ("a joint", ["a joint"]),
        ("China's Academy of Sciences", ["China’s  Academy of\nSciences"]),
        ('"opened" a joint laboratory', ["“opened” a joint labora-\ntory"]),
        ("KUNMING - China", ["KUNMING – China"]),
        ("  2020-2025 ", ["2020–2025"]),
        ("Academy", ["Academy", "Academy"]),
        ("Acad", []),
        ("laboratory", ["labora-\ntory"]),
        ("1", []),
        ("academy", []),
        ("The Academy of Sciences", []),
        ("–", ["–", "–"]),
        ("", []),
        (" \n ", []),
    ],
)
def test_a_quote_is_found_whatever_its_spaces_dashes_and_quotation_marks(quote: str, there: list[str]) -> None:
    assert [TEXT[span.start : span.end] for span in AnchorText(TEXT).places(quote)] == there


def test_words_of_a_script_without_case_have_no_borders() -> None:
    assert AnchorText("中国科学院与巴基斯坦签署协议").places("巴基斯坦") == [Span(6, 10)]


def test_a_quote_is_looked_for_only_where_its_reader_read() -> None:
    assert AnchorText("one two one", 4).places("one") == [Span(8, 11)]
    assert AnchorText("one two one", 0, 7).places("one") == [Span(0, 3)]


def test_the_nearest_of_several_places_counts() -> None:
    places = AnchorText("Paris. They met in Paris. Paris").places("Paris")
    assert nearest(places, Span(6, 15)) == Span(0, 5)
    assert nearest(places, Span(12, 18)) == Span(19, 24)


@given(st.text(alphabet=st.sampled_from("aB é“”-–\n中\u200f"), max_size=60), st.data())
def test_copied_words_are_found_where_they_were_copied_from(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    anchor = AnchorText(text)
    found = anchor.places(text[start:end])
    assert all(0 <= span.start < span.end <= len(text) for span in found)
    copied = text[start:end].strip()
    if copied and not anchor._cuts_word(start) and not anchor._cuts_word(end):
        begin = start + text[start:end].index(copied)
        assert Span(begin, begin + len(copied)) in found


@given(st.text(alphabet=st.sampled_from("ab \n"), max_size=400), st.integers(20, 60))
def test_parts_cover_the_text_and_overlap(text: str, longest: int) -> None:
    parts = list(paragraph_parts(text, longest, longest // 4))
    assert parts[0].start == 0
    assert parts[-1].end == len(text)
    assert all(part.end - part.start <= longest for part in parts)
    assert all(one.start < other.start <= one.end for one, other in pairwise(parts))


def test_parts_are_cut_between_paragraphs() -> None:
    text = "\n\n".join(f"Paragraph {number} holds a few words." for number in range(12))
    for part in paragraph_parts(text, 150, 40):
        assert part.start == 0 or text[: part.start].endswith("\n\n")


@pytest.mark.parametrize("text", ["{" * 50_000, "a" * 50_000, " " * 50_000, "-\n" * 25_000, "a b " * 12_500])
def test_a_hostile_text_is_searched_in_reasonable_steps(text: str) -> None:
    assert len(AnchorText(text).places("a b")) <= 200
    assert len(AnchorText(text).places(text)) <= 1
