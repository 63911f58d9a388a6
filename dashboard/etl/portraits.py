"""What is compared of the proposals, as columns; and which of them are alike, found once and kept.

A pair is alike or not whatever else is in the corpus, so a new document is compared with what shares a day with it, and the
pairs of the others stay.
"""

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from dashboard.etl.rows import Row, to_frame
from dashboard.etl.tellings import FARTHEST_DAYS, Portrait, alike

PORTRAITS = {
    "event_id": str, "documents": str, "type": str, "first": "int32", "last": "int32", "is_day": bool, "stands_in": bool,
    "is_dateline": bool, "country": str, "city": str, "countries": str, "actors": str, "parts": str, "words": str,
}  # fmt: skip
PAIRS = {"one": str, "other": str, "likeness": "float64"}
"""Two proposals that reach the threshold, the smaller id first."""

_SETS = ("documents", "countries", "actors", "parts", "words")
_BETWEEN = "|"

Pair = tuple[float, str, str]


def portrait_row(one: Portrait) -> Row:
    """A portrait in the columns of `PORTRAITS`."""
    return vars(one) | {name: _BETWEEN.join(sorted(getattr(one, name))) for name in _SETS}


def portraits_of(frame: pd.DataFrame) -> list[Portrait]:
    """The portraits in the rows of a frame."""
    columns = [_sets(frame[name]) if name in _SETS else frame[name].tolist() for name in PORTRAITS]
    return [Portrait(*values) for values in zip(*columns, strict=True)]


def _sets(cells: "pd.Series[Any]") -> list[frozenset[str]]:
    return [frozenset(cell.split(_BETWEEN)) if cell else frozenset() for cell in cells.tolist()]


def near(frame: pd.DataFrame, first: "np.ndarray[Any, Any]", last: "np.ndarray[Any, Any]") -> pd.DataFrame:
    """The rows whose days are close enough to one of these spans of days that the two may be compared."""
    starts, ends = frame["first"].to_numpy(), frame["last"].to_numpy()
    is_near = np.zeros(len(frame), dtype=bool)
    for begin, end in {(begin, end) for begin, end in zip(first.tolist(), last.tolist(), strict=True) if begin}:
        is_near |= (starts - FARTHEST_DAYS <= end) & (ends >= begin - FARTHEST_DAYS)
    return frame[is_near & (starts > 0)]


def new_pairs(old: pd.DataFrame, new: pd.DataFrame) -> pd.DataFrame:
    """The alike pairs of which one at least is new, in the form of `PAIRS`."""
    around = near(old, new["first"].to_numpy(), new["last"].to_numpy()) if len(old) else old
    return pairs_frame(alike(portraits_of(new), beside=portraits_of(around)))


def pairs_frame(pairs: Iterable[Pair]) -> pd.DataFrame:
    """Pairs in the form of `PAIRS`, in a fixed order."""
    return to_frame([{"one": one, "other": other, "likeness": points} for points, one, other in sorted(pairs)], PAIRS)


def pairs_of(frame: pd.DataFrame) -> list[Pair]:
    """The pairs in the rows of a frame."""
    return list(zip(*(frame[name].tolist() for name in ("likeness", "one", "other")), strict=True))
