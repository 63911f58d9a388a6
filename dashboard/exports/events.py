"""The selected events in any format: what the command line writes, from the words that the address bar uses."""

from urllib.parse import parse_qs

from dashboard.errors import InputError
from dashboard.exports.csv import events_csv
from dashboard.exports.geojson import events_geojson
from dashboard.exports.jsonl import decided_events, to_lines
from dashboard.queries.choices import choices
from dashboard.queries.events import event_rows
from dashboard.queries.filters import PARAMS, EventFilter, from_params, shortened
from dashboard.queries.store import Store

WRITERS = {"csv": events_csv, "geojson": events_geojson}


def write_events(store: Store, filter_words: str, format_name: str) -> tuple[bytes, int]:
    """The file of the selected events, and how many rows it has: one an event, in `jsonl` one an event and document.

    Raises: InputError if a part of `filter_words` cannot be followed; a file of other events than were asked for is worse
    than none.
    """
    selection = read_filter(store, filter_words)
    if format_name == "jsonl":
        forms = decided_events(store, selection)
        return "".join(f"{line}\n" for line in to_lines(forms)).encode(), len(forms)
    rows = event_rows(store, selection)
    return WRITERS[format_name](rows), len(rows)


def read_filter(store: Store, filter_words: str) -> EventFilter:
    """The selection that words such as `sector=space&from=2025-07` name; none name all events.

    Raises: InputError with the first part that cannot be followed.
    """
    try:
        params = parse_qs(filter_words.removeprefix("?"), keep_blank_values=True, strict_parsing=bool(filter_words))
    except ValueError as error:
        raise InputError(
            f"--filter {shortened(filter_words)} is no filter; expected words such as sector=space&from=2025-07"
        ) from error
    strangers = [name for name in params if name not in PARAMS.values()]
    if strangers:
        expected = ", ".join(sorted(PARAMS.values()))
        raise InputError(f"--filter has “{shortened(strangers[0])}”; expected one of {expected}; nothing was written")
    selection, problems = from_params(params, choices(store))
    if problems:
        what = problems[0].removeprefix("The address ").rpartition("; ")[0]
        raise InputError(f"--filter {what}; nothing was written; mend it and export again")
    return selection
