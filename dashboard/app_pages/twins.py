"""A figure's twin: its numbers as a table, whose first cells do what a click on the figure does.

It is the way to a figure's numbers and clicks by keyboard, and for those who hear the page instead of seeing it.
"""

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.app_pages.address import add
from dashboard.app_pages.figures import Clicked, Narrowing
from dashboard.app_pages.triggers import told

ASSETS = Path(__file__).resolve().parent.parent / "assets"

MOST_ROWS = 200
"""Rows up to which a twin lists a figure's numbers; the rest is counted below it. A download has them all."""

_draw = st.components.v2.component(
    "corridor_twin",
    css=(ASSETS / "twin.css").read_text(encoding="utf-8"),
    js=(ASSETS / "twin.js").read_text(encoding="utf-8"),
    isolate_styles=False,  # so that it has the page's colours and letters
)


def draw_twin(
    frame: pd.DataFrame,
    labels: Mapping[str, str],
    name: str,
    *,
    marks: Sequence[Any] = (),
    narrowing: Narrowing | None = None,
    title: str = "Figures as a table",
) -> None:
    """The columns of `frame` that `labels` names, closed until asked for.

    Rules: `marks` has what each row's mark carries in the figure, and `narrowing` is the figure's own; a row whose mark
    narrows nothing is no button.
    """
    shown = frame[list(labels)].head(MOST_ROWS)
    answers = [narrowing(Clicked([mark])) if narrowing else None for mark in marks[: len(shown)]]
    data = {
        "title": title,
        "head": list(labels.values()),
        "numeric": [pd.api.types.is_numeric_dtype(shown[column]) for column in labels],
        "rows": [[cell_text(cell) for cell in row] for row in shown.itertuples(index=False, name=None)],
        "acts": [bool(answer) for answer in answers],
        "more": f"and {len(frame) - MOST_ROWS:,} more" if len(frame) > MOST_ROWS else "",
    }
    key = f"twin_{name}"
    _draw(key=key, data=data, on_choose_change=partial(_choose, key, answers))


def cell_text(value: object) -> str:
    """A cell as a reader sees it: numbers with separators, at most two decimals; nothing for what is missing."""
    if pd.api.types.is_scalar(value) and pd.isna(value):
        return ""
    if isinstance(value, float):
        return f"{value:,.2f}"
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)


def _choose(key: str, answers: Sequence[Mapping[str, Any] | None]) -> None:
    row = told(key, "choose")
    answer = answers[int(row)] if row is not None else None
    if answer:
        add(**answer)
