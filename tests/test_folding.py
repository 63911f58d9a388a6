import pytest

from dashboard.folding import fold


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
