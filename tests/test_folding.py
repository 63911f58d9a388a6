import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.folding import fold, fold_with_origins


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("TÜBİTAK’s Centre", "tubitak s centre"),
        ("NUCES–FAST", "nuces fast"),
        ("Réduit", "reduit"),
        ("Łódź", "lodz"),
        ("中国科学院", "中国科学院"),
        ("R&D", "r&d"),
        ("  ", ""),
    ],
)
def test_case_accents_and_punctuation_do_not_matter(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_folding_twice_is_folding_once() -> None:
    assert fold(fold("Straße № 7, İstanbul")) == fold("Straße № 7, İstanbul")


@given(st.text(max_size=60))
def test_folding_with_origins_is_folding_and_keeps_the_place_of_each_letter(text: str) -> None:
    folded, origins = fold_with_origins(text)
    assert folded == fold(text)
    assert len(origins) == len(folded)
    assert origins == sorted(origins)
    for letter, origin in zip(folded, origins, strict=True):
        assert letter == " " or letter in fold(text[origin]) or not text[origin].isascii()
