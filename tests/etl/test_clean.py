import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.etl.clean import clean

pieces = st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=400)
hostile = st.lists(
    st.sampled_from(
        ["<u>", "</u>", "**", "\n", "\n\n", "JULY 2025 1", "page 2 of 2", " ", "“", "’", "a", "B.", "\r\n", "\f"]
    )
).map("".join)


@given(st.one_of(pieces, hostile))
def test_the_view_is_as_long_as_the_text(text: str) -> None:
    assert len(clean(text)) == len(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<u>launched</u> it", "   launched     it"),
        ("Sept. 2O14, a sate1lite, CO2", "Sept. 2014, a satellite, CO2"),
        ("the **IDSEA** also", "the   IDSEA   also"),
        ("“so” it’s", '"so" it\'s'),
        ("China–Pakistan", "China-Pakistan"),
        ("in Febru-\nary, in", "in February  , in"),
        ("low-\ncarbon", "low-\ncarbon"),
    ],
)
def test_markup_and_marks_are_replaced_by_as_much(text: str, expected: str) -> None:
    assert clean(text) == expected


def test_a_page_mark_in_a_sentence_is_blanked_and_the_paragraph_joined() -> None:
    text = "As an international organisation, the new body is a platform\n\nJULY 2025 1\n\ndescribed as being committed to peace."
    view = clean(text)
    assert "\n" not in view
    assert "JULY" not in view


def test_a_finished_paragraph_stays_apart() -> None:
    text = "The first meeting was held in the capital on Monday.\n\nthe second followed."
    assert "\n\n" in clean(text)


def test_lines_wrapped_at_a_width_are_one_paragraph() -> None:
    text = "\n".join(
        [
            "The committee met on Monday in the capital of the country and",
            "Decided on a programme of seven projects for the coming years",
            "Between the academies of both, which signed a protocol about it",
            "And went home.",
        ]
    )
    assert clean(text).count("\n") == 0
