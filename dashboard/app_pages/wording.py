"""The codes of an event in words."""

import pandas as pd

from dashboard.edtf import in_words, parse_edtf

BASES = {
    "stated": "stated in the text",
    "relative": "worked out from a weekday or a word such as “yesterday”, and the document’s own date",
    "publication": "no date in the text: the document’s own date stands in",
    "unknown": "no date in the text, and none of the document",
}
PRECISIONS = {
    "day": "one day is known",
    "interval": "first and last day are known",
    "month": "the month is known, not the day",
    "quarter": "the quarter is known, not the month",
    "year": "the year is known, not the month",
    "unknown": "not known",
}
PLACE_PRECISIONS = {
    "city": "A city, spaceport, campus or other place that has a point on the map.",
    "country": "Only the country is known. It is listed beside the map and never drawn as its capital.",
    "none": "Held online, or the text names no place.",
}
MODES = {"on_site": "At a place", "virtual": "Held online", "not_stated": "The text does not say where"}
REVIEW_STATES = {
    "unreviewed": "As the machine proposed it; no analyst has decided about it yet.",
    "in_review": "An analyst changed a field and has not yet accepted the event.",
    "accepted": "An analyst accepted it as the machine proposed it.",
    "corrected": "An analyst accepted it with changes.",
    "added": "An analyst found it where the machine proposed nothing.",
}
SEVERITIES = {"error": "Left out", "warning": "A field is empty or not drawn", "note": "Nothing is missing"}


def date_in_words(edtf: object) -> str:
    """`23 July 2025`, `around July 2025`, or that no date is known."""
    return in_words(parse_edtf(edtf)) if isinstance(edtf, str) and edtf else "No date known"


def place_in_words(row: pd.Series) -> str:
    """Where an event of `event_rows` was."""
    if row["mode"] != "on_site":
        return MODES[row["mode"]]
    if row["place_precision"] == "country":
        return f"{row['country_of_place']} (no city given)"
    return f"{row['place']}, {row['country_of_place']}"


def state_in_words(state: str) -> str:
    """`in_review` as `In review`."""
    return state.replace("_", " ").capitalize()


def plain(value: object) -> str:
    """A text of a table; nothing where it is missing."""
    return value if isinstance(value, str) else ""


def counted(count: int, noun: str) -> str:
    """`1 event`, `1,200 events`."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
