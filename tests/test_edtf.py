from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.edtf import EventDate, format_edtf, in_words, parse_edtf

SPANS = [
    ("2025-07-23", date(2025, 7, 23), date(2025, 7, 23), "day"),
    ("2025-07", date(2025, 7, 1), date(2025, 7, 31), "month"),
    ("2024-02", date(2024, 2, 1), date(2024, 2, 29), "month"),
    ("2025-34", date(2025, 4, 1), date(2025, 6, 30), "quarter"),
    ("2025-04/2025-06", date(2025, 4, 1), date(2025, 6, 30), "quarter"),
    ("2025-05/2025-07", date(2025, 5, 1), date(2025, 7, 31), "interval"),
    ("2025", date(2025, 1, 1), date(2025, 12, 31), "year"),
    ("2025-07-20/2025-07-22", date(2025, 7, 20), date(2025, 7, 22), "interval"),
    ("2025-07/2025-08", date(2025, 7, 1), date(2025, 8, 31), "interval"),
    ("2025-07-20/2025-07-20", date(2025, 7, 20), date(2025, 7, 20), "day"),
]


@pytest.mark.parametrize(("text", "start", "end", "precision"), SPANS)
def test_a_date_spans_the_days_it_may_mean(text: str, start: date, end: date, precision: str) -> None:
    value = parse_edtf(text)
    assert (value.start, value.end, value.precision, value.is_guess) == (start, end, precision, False)


def test_a_question_mark_makes_a_guess_of_the_same_days() -> None:
    assert parse_edtf("2025-07?") == EventDate(date(2025, 7, 1), date(2025, 7, 31), "month", is_guess=True)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("23 July 2025", "not an EDTF date"),
        ("2025-02-30", "does not exist"),
        ("2025-13", "does not exist"),
        ("2025-07-22/2025-07-20", "ends before it starts"),
        ("2025-07/2025-08/2025-09", "not an EDTF date"),
        ("", "not an EDTF date"),
    ],
)
def test_what_is_not_a_date_is_refused_with_its_text(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        parse_edtf(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2025-07-23", "23 July 2025"),
        ("2025-07-20/2025-07-22", "20–22 July 2025"),
        ("2025-07-30/2025-08-02", "30 July – 2 August 2025"),
        ("2024-12-30/2025-01-02", "30 December 2024 – 2 January 2025"),
        ("2025-07/2025-08", "July 2025 – August 2025"),
        ("2025-07?", "around July 2025"),
        ("2025-33", "Q1 2025"),
        ("2025-01/2025-03", "Q1 2025"),
        ("2025", "2025"),
    ],
)
def test_a_date_in_words(text: str, words: str) -> None:
    assert in_words(parse_edtf(text)) == words


written = st.one_of(
    st.dates().map(date.isoformat),
    st.dates().map(lambda day: day.isoformat()[:7]),
    st.dates().map(lambda day: day.isoformat()[:4]),
    st.tuples(st.integers(1, 9999), st.sampled_from([1, 4, 7, 10])).map(
        lambda parts: f"{parts[0]:04d}-{parts[1]:02d}/{parts[0]:04d}-{parts[1] + 2:02d}"
    ),
    st.lists(st.dates(), min_size=2, max_size=2, unique=True).map(
        lambda days: "/".join(day.isoformat() for day in sorted(days))
    ),
)


@given(written, st.sampled_from(["", "?"]))
def test_a_date_is_written_as_it_was_read(text: str, mark: str) -> None:
    assert format_edtf(parse_edtf(text + mark)) == text + mark
