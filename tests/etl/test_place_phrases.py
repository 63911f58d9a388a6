import pytest

from dashboard.etl.analysis import in_sentence
from dashboard.etl.place_phrases import Phrase, label_of, phrase_of
from tests.etl.texts import analysis


def phrase(text: str, name: str) -> Phrase:
    found = analysis(text)
    start = found.view.index(name)
    sentence = next(one for one in found.segments.sentences if one.start <= start < one.end)
    (place,) = (one for one in in_sentence(found.places, sentence) if one.start == start)
    return phrase_of(found, place, sentence)


@pytest.mark.parametrize(
    ("text", "name", "preposition", "hangs_on"),
    [
        ("Kenya and Italy signed a protocol on Tuesday in Nairobi.", "Nairobi", "in", "noun"),
        ("A protocol on satellites was signed on Tuesday in Nairobi.", "Nairobi", "in", "verb"),
        ("In Nairobi Kenya and Italy signed a protocol.", "Nairobi", "in", "front"),
        ("On Tuesday, in Nairobi, Kenya and Italy signed a protocol.", "Nairobi", "in", "front"),
        ("A protocol was signed by students from Nairobi.", "Nairobi", "from", "people"),
        ("Kenya received a telescope made in Grenoble.", "Grenoble", "in", "makers"),
        ("There was a ceremony in Nairobi.", "Nairobi", "in", "occasions"),
        ("They met at the Kenya Medical Research Institute in Nairobi.", "Nairobi", "in", "host"),
        ("It was given by the Kenya Medical Research Institute in Nairobi.", "Nairobi", "in", "organisation"),
        ("They had seen the filling lines of the plant at Nairobi.", "Nairobi", "at", "venues"),
    ],
)
def test_what_the_phrase_around_a_place_hangs_on(text: str, name: str, preposition: str, hangs_on: str) -> None:
    found = phrase(text, name)
    assert (found.preposition, found.hangs_on) == (preposition, hangs_on)


@pytest.mark.parametrize(
    ("text", "is_label"),
    [
        ("NAIROBI\n\nKenya signed a protocol with Italy on Tuesday.", True),
        ("* Nairobi: Kenya signed a protocol with Italy on Tuesday.", True),
        ("Nairobi signed a protocol with Italy on Tuesday.", False),
    ],
)
def test_a_place_that_labels_an_item(text: str, *, is_label: bool) -> None:
    found = analysis(text, published="")
    place = found.places[0]
    sentence = next(one for one in found.segments.sentences if one.start <= place.start < one.end)
    assert label_of(found, place, sentence) is is_label
