"""What is typed as terms, and where terms stand in a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.searching import LONGEST_SEARCH, MOST_TERMS, Term, finds, holds, pieces, terms


@pytest.mark.parametrize(
    ("typed", "needles"),
    [
        ("Laboratory HÉFEI", [" laboratory", " hefei"]),
        ('"joint laboratory" opened', [" joint laboratory ", " opened"]),
        ("“Joint Laboratory”", [" joint laboratory "]),
        ("low-carbon", [" low carbon"]),
        ("中国科学院 合肥", ["中国科学院", "合肥"]),
        ('"中国科学院"', ["中国科学院"]),
        ("R&D", [" r&d"]),
        ("lab lab LAB", [" lab"]),
        ('an "unclosed phrase', [" an", " unclosed", " phrase"]),
        ("!!! ' --", []),
        ("x'); drop table events; --", [" x", " drop", " table", " events"]),
        ("", []),
    ],
)
def test_what_is_typed_is_words_and_phrases(typed: str, needles: list[str]) -> None:
    assert [term.needle for term in terms(typed)] == needles


@pytest.mark.parametrize(
    ("text", "typed", "lit"),
    [
        ("A joint laboratory for Rare Metals", "lab metal", ["lab", "Metal"]),
        ("a new collaboration", "lab", []),
        ("Joint  Laboratory; laboratories jointly", '"joint laboratory"', ["Joint  Laboratory"]),
        ("Joint laboratories", '"joint laboratory"', []),
        ("TÜBİTAK in Łódź", "tubitak lodz", ["TÜBİTAK", "Łódź"]),
        ("与中国科学院签署", "中国科学院", ["中国科学院"]),
        ("Straßenbahn", "strasse", ["Straße"]),
        ("Café\u0301 open", "cafe", ["Café"]),
        ("low-carbon and low carbon", "low-carbon", ["low-carbon", "low carbon"]),
        ("ﬁre", "fire", ["ﬁre"]),
    ],
)
def test_finds_are_stretches_of_the_text_itself(text: str, typed: str, lit: list[str]) -> None:
    assert [text[start:end] for start, end in finds(text, terms(typed))] == lit


def test_a_phrase_does_not_reach_from_one_piece_into_the_next() -> None:
    assert terms('"joint laboratory"')[0].needle not in pieces(["They joint", "Laboratory of X"])
    assert terms('"joint laboratory"')[0].needle in pieces(["x", "A Joint Laboratory"])


def test_a_megabyte_is_cut_before_it_is_looked_at() -> None:
    found = terms("a1b " * 250_000)
    assert [term.needle for term in found] == [" a1b"]
    assert len(terms(" ".join(f"w{number}" for number in range(1000)))) == MOST_TERMS
    assert all(len(term.said) <= LONGEST_SEARCH for term in terms("x" * 1_000_000))


@given(st.text(max_size=60), st.text(max_size=20))
def test_a_text_has_finds_of_a_term_exactly_if_it_holds_it(text: str, typed: str) -> None:
    for term in terms(typed):
        spans = finds(text, [term])
        assert bool(spans) == holds(text, term)
        assert all(0 <= start < end <= len(text) for start, end in spans)


def test_terms_are_values() -> None:
    assert Term("a", " a") == terms("a")[0]
