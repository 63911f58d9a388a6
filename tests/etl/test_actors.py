import pytest

from tests.etl.texts import analysis


def organisations(text: str) -> list[str]:
    return [mention.actor.surface for mention in analysis(text).organisations]


def persons(text: str) -> list[str]:
    return [mention.actor.name for mention in analysis(text).persons]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The Federal University of Pelotas signed.", ["Federal University of Pelotas"]),
        ("The Ministry of Trade, Industry and Energy signed.", ["Ministry of Trade, Industry and Energy"]),
        (
            "The Institute for Grassland Research and the Polar Survey Agency met.",
            ["Institute for Grassland Research", "Polar Survey Agency"],
        ),
        ("The Danish company Nordhavn Biologics came.", ["Nordhavn Biologics"]),
        ("Brazil's Solartek sold it.", ["Solartek"]),
        ("Papermill of South Korea sold it.", ["Papermill"]),
        ("Deep Basalt, the state-owned drilling company, won.", ["Deep Basalt"]),
        (
            "The Institute of Grass (INGRA) met. INGRA left.",
            ["Institute of Grass (INGRA)", "Institute of Grass (INGRA)"],
        ),
        ("The Highland School of Optics and Georgian Railway met.", ["Highland School of Optics", "Georgian Railway"]),
        ("It was founded by SUPARCO (Pakistan).", ["SUPARCO"]),
        ("Its partner Namangan Teks came.", ["Namangan Teks"]),
        ("The Boston Children's Hospital paid.", ["Boston Children's Hospital"]),
        ("The Hochschule Anhalt and TU Delft's rector met.", ["Hochschule Anhalt", "TU Delft"]),
        ("Sonam Wangchuk of the Himalayan Institute came.", ["Himalayan Institute"]),
        ("The University of\nGondal signed.", ["University of Gondal"]),
    ],
)
def test_names_of_organisations(text: str, names: list[str]) -> None:
    assert organisations(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "The Silk Road is long.",
        "On Monday we met.",
        "A Memorandum of Understanding was signed.",
        "Artificial Intelligence (AI) grows.",
    ],
)
def test_what_is_no_organisation(text: str) -> None:
    assert organisations(text) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Dr Farhana Siddiq spoke.", ["Farhana Siddiq"]),
        ("Zhou Minghao, the plant manager, left.", ["Zhou Minghao"]),
        ("Information Minister Bello Danjuma Kwari told reporters.", ["Bello Danjuma Kwari"]),
        ("Ion Munteanu-Rusu said so.", ["Ion Munteanu-Rusu"]),
        ("Rector Jesús Alberto Nieves hopes so. Nieves left.", ["Jesús Alberto Nieves", "Jesús Alberto Nieves"]),
        ("The rector of the university, Gudrun Aradottir, signed it.", ["Gudrun Aradottir"]),
        ("Its chief executive, Sofia Amaral Pestana, came.", ["Sofia Amaral Pestana"]),
        ("Minister of Education and Science Luvsan Enkh-Amgalan came.", ["Luvsan Enkh-Amgalan"]),
        ("The prize went to Ingrid Tzwirka and Oblo Quarmby.", ["Ingrid Tzwirka", "Oblo Quarmby"]),
        ("Prof. Datuk Dr Rohaizad Che Mamat came.", ["Rohaizad Che Mamat"]),
        ("Sonam Wangchuk of the Himalayan Institute came.", ["Sonam Wangchuk"]),
    ],
)
def test_names_of_persons(text: str, names: list[str]) -> None:
    assert persons(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "The Ingrid Prize was given.",
        "The Honourable Minister came.",
        "The Secretary-General came.",
        "King Albert Foundation paid.",
        "The Minister of Higher Education and Research came.",
        "They live in Sofia.",
    ],
)
def test_who_is_no_person(text: str) -> None:
    assert persons(text) == []


def test_the_country_of_an_organisation() -> None:
    found = analysis("The University of Debrecen and Ghana's Cocoa Board met the Academy of Sciences of Moldova.")
    assert [mention.country for mention in found.organisations] == ["HUN", "GHA", "MDA"]


def test_a_name_ends_with_its_line() -> None:
    assert organisations("MONEY FOR BRINE\nThe Salt Water Authority paid.") == ["Salt Water Authority"]
