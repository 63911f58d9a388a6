import pytest

from tests.etl.texts import analysis


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("China and Pakistan met.", ["CHN", "PAK"]),
        ("Chinese and Tajik scientists met.", ["CHN", "TJK"]),
        ("China-Pakistan cooperation", ["CHN", "PAK"]),
        ("South Korea's minister came.", ["KOR"]),
        ("They told us that the US had left.", ["USA"]),
        ("a grant of US$5 million", []),
        ("near the Djibouti border", []),
        ("Niger and Nigeria", ["NER", "NGA"]),
        ("the Netherlands, the United States and The Gambia", ["NLD", "USA", "GMB"]),
    ],
)
def test_which_countries_a_text_names(text: str, codes: list[str]) -> None:
    assert [mention.value for mention in analysis(text).countries] == codes
