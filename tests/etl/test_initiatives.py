"""The named things in a text."""

import pytest

from dashboard.etl.initiatives import are_one, keys, things

RARE_METALS = "the China-Uzbekistan Joint Laboratory for Rare Metals"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (f"signed an MoU to set up {RARE_METALS} in Tashkent", ["China-Uzbekistan Joint Laboratory for Rare Metals"]),
        ("opened a laboratory for rare metals on Tuesday", ["laboratory for rare metals"]),
        (
            "broke ground for the Centre of Excellence for Battery Minerals.",
            ["Centre of Excellence for Battery Minerals"],
        ),
        ("Qatar's Desert Aquaculture Laboratory was inaugurated", ["Desert Aquaculture Laboratory"]),
        ("a China-Pakistan Joint Research Centre", []),
        ("a joint laboratory for agriculture", []),
        ("the laboratory opened its doors", []),
        ("no such thing at all", []),
        ("Station, then plant, then park", []),
    ],
)
def test_a_thing_has_two_words_that_tell_it_from_others(text: str, names: list[str]) -> None:
    assert [thing.name for thing in things(text)] == names


@pytest.mark.parametrize(
    ("text", "is_space", "count"), [("PRSS-2 went up", True, 1), ("PRSS-2 went up", False, 0), ("Covid-19", False, 0)]
)
def test_a_number_behind_a_name_is_a_thing_only_in_space(text: str, *, is_space: bool, count: int) -> None:
    assert len(things(text, is_space=is_space)) == count


@pytest.mark.parametrize(
    ("one", "other", "is_one"),
    [
        (RARE_METALS, "a laboratory for rare metals", True),
        (RARE_METALS, "a joint lab on rare metal recycling", True),
        (RARE_METALS, "a laboratory for rare diseases", False),
        (RARE_METALS, "a centre for rare metals", False),
        ("the Great Lakes Textile Automation Centre", "the Textile Automation Center", True),
    ],
)
def test_two_names_are_of_one_thing_if_the_words_of_one_are_among_those_of_the_other(
    one: str, other: str, *, is_one: bool
) -> None:
    (first,), (second,) = things(one), things(other)
    assert are_one(first, second) == is_one
    assert not is_one or set(keys(first)) & set(keys(second))


@pytest.mark.parametrize(
    ("text", "is_joint"),
    [(RARE_METALS, True), ("the Sino joint lab for rare metals", True), ("the Desert Aquaculture Laboratory", False)],
)
def test_a_name_with_joint_or_two_countries_is_of_a_joint_thing(text: str, *, is_joint: bool) -> None:
    assert things(text)[0].is_joint == is_joint


def test_a_long_text_of_heads_takes_no_longer_than_its_length() -> None:
    assert things("laboratory of " * 20_000) == []
