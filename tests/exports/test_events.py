"""The command line's files: the selection in the address bar's words, the rows of the screen."""

import csv
import io
import json

import pytest

from dashboard.errors import InputError
from dashboard.exports.events import WRITERS, read_filter, write_events
from dashboard.queries.events import event_rows
from dashboard.queries.store import Store

FILTERS = ("", "sector=space", "sector=space&from=2025-07&to=2025-07", "?q=laboratory", "type=launch&sector=health")


def ids(content: bytes, format_name: str) -> list[str]:
    """The events of a file, in its order."""
    if format_name == "csv":
        return [row["event_id"] for row in csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))]
    return [feature["id"] for feature in json.loads(content)["features"]]


@pytest.mark.parametrize("format_name", WRITERS)
@pytest.mark.parametrize("words", FILTERS)
def test_a_file_has_the_rows_that_the_screen_has_under_these_words(store: Store, words: str, format_name: str) -> None:
    content, row_count = write_events(store, words, format_name)
    expected = list(event_rows(store, read_filter(store, words))["event_id"])
    assert ids(content, format_name) == expected
    assert row_count == len(expected)


@pytest.mark.parametrize("words", FILTERS)
def test_json_lines_tell_the_same_events(store: Store, words: str) -> None:
    content, row_count = write_events(store, words, "jsonl")
    told = [json.loads(line)["id"] for line in content.decode().splitlines()]
    assert row_count == len(told)
    assert set(told) == set(event_rows(store, read_filter(store, words))["event_id"])


def test_no_event_is_a_file_with_its_header(store: Store) -> None:
    assert write_events(store, "q=zzzz", "csv")[0].startswith(b"\xef\xbb\xbfevent_id,")
    assert json.loads(write_events(store, "q=zzzz", "geojson")[0]) == {"type": "FeatureCollection", "features": []}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            "sector=astrology",
            "^--filter asks for sector “astrology”, which this build does not have; nothing was written; mend it and",
        ),
        ("from=someday", "from=someday, which is not a date"),
        ("colour=red", "“colour”; expected one of"),
        ("space", "space is no filter; expected words such as sector=space&from=2025-07"),
        ("from=2025-07&to=2025-06", "ends before it starts"),
    ],
)
def test_words_that_cannot_be_followed_are_refused_and_not_passed_over(store: Store, words: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        read_filter(store, words)
