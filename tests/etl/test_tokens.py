from collections import Counter
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.etl.tokens import Phrasebook, tokenise, words_of

PHRASES = [("New York", "city"), ("New York State University", "school"), ("York", "town"), ("york", "ham"), ("Türkiye", "land")]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("in York", [("York", ["town", "ham"])]),
        ("New York's port", [("New York's", ["city"])]),
        ("New-York State University", [("New-York State University", ["school"])]),
        ("New York State", [("New York", ["city"])]),
        ("New\nYork", [("York", ["town", "ham"])]),
        ("TÜRKIYE and turkiye", [("TÜRKIYE", ["land"]), ("turkiye", ["land"])]),
        ("new", []),
    ],
)
def test_a_phrasebook_finds_the_longest_phrase_at_each_place(text: str, found: list[tuple[str, list[str]]]) -> None:
    tokens = tokenise(text)
    hits = Phrasebook(PHRASES).find(tokens)
    assert [(text[tokens[hit.first].start : tokens[hit.last].end], hit.entry) for hit in hits] == found


def test_the_phrases_of_one_word_are_known_before_any_text_is_read() -> None:
    assert Phrasebook(PHRASES).single_words() == {"york", "turkiye"}


@given(st.lists(st.text(alphabet="aÉßİ x-&.1", min_size=1, max_size=8), max_size=6))
def test_every_phrase_that_has_a_word_is_found_in_itself(phrases: list[str]) -> None:
    book = Phrasebook((phrase, phrase) for phrase in phrases)
    for phrase in phrases:
        if words_of(phrase):
            entries = [entry for hit in book.find(tokenise(phrase)) for entry in hit.entry]
            assert phrase in entries


@given(st.text(alphabet="ab'sÉ_-. \n1", max_size=40))
def test_tokens_are_the_text_without_its_spaces(text: str) -> None:
    tokens = tokenise(text)
    assert "".join(text[token.start : token.end] for token in tokens) == "".join(text.split()).replace("_", "")
    assert [token.opens_line for token in tokens] == [
        "\n" in text[before : token.start]
        for before, token in zip([0, *(token.end for token in tokens)], tokens, strict=False)
    ]


def test_words_are_asked_for_once_and_found_at_each_of_their_places() -> None:
    asked: Counter[str] = Counter()
    tokens = tokenise("signed here, signed there, and met")
    places = tokens.where(partial(ends_in_ed, asked))
    assert places == [0, 3]
    assert set(asked.values()) == {1}


def ends_in_ed(asked: Counter[str], word: str) -> bool:
    asked[word] += 1
    return word.endswith("ed")
