import pytest

from dashboard.etl.segments import BODY, FURNITURE, HEADING, TABLE, segment

LONG = "The two academies signed a protocol on joint work in plant breeding in the capital on Monday."


def kinds(text: str) -> list[str]:
    return [part.kind for part in segment(text).paragraphs]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        (LONG, BODY),
        ("OCEANS AND WATER", HEADING),
        ("By the Newsroom, with information from the press office", FURNITURE),
        ("(Writing by M. Arruda; editing by P. Castellanos)", FURNITURE),
        ("Home | About | News | Contact", FURNITURE),
        ("1.      Argentina      Agreement on cooperation      Islamabad    1983", TABLE),
        ("https://www.example.org/en/news/2023/04/04/base-document/", FURNITURE),
    ],
)
def test_what_a_paragraph_is_for(line: str, kind: str) -> None:
    assert kinds(line) == [kind]


@pytest.mark.parametrize(
    ("text", "city"),
    [
        (f"LUXEMBOURG/DAKAR - {LONG}", "LUXEMBOURG"),
        (f"BEIJING, May 9 (Xinhua) \u2014 {LONG}", "BEIJING"),
        (f"SAO LUIS, Brazil - {LONG}", "SAO LUIS"),
        (f"Islamabad: {LONG}", "Islamabad"),
        (f"GWADAR, Feb. 19 (Makran Wire) -- {LONG}", "GWADAR"),
    ],
)
def test_a_dateline_is_not_part_of_the_sentence(text: str, city: str) -> None:
    (part,) = segment(text).paragraphs
    assert part.dateline is not None
    assert text[slice(*part.dateline)] == city
    assert text[part.body_start :] == LONG


def test_abbreviations_do_not_end_a_sentence() -> None:
    text = "Prof. A. B. Karim of Changan Automobile Co., Ltd. met Dr. Li on 3 Aug. 2024 in the lab. They signed a paper there."
    assert len(segment(text).sentences) == 2


def test_a_newsletter_of_items_under_headings_is_a_digest() -> None:
    text = "\n\n".join(part for heading in ("SPACE", "POWER", "FOOD", "HEALTH") for part in (heading, LONG))
    found = segment(text)
    assert found.is_digest
    assert len({sentence.section for sentence in found.body}) == 4


def test_a_sentence_that_never_ends_is_cut() -> None:
    found = segment("signed a memorandum and " * 1000)
    assert max(sentence.end - sentence.start for sentence in found.sentences) <= 1500
    assert found.sentences[-1].end == len("signed a memorandum and " * 1000) - 1
