"""One analyst at the review page: who they are, what they have begun, and what they knew when they began it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from dashboard.codebook import Event, Quote
from dashboard.decisions import Decision

_SITTING = "review_sitting"

READ, EDIT, REJECT, MERGE, SPLIT, CONFLICT = "read", "edit", "reject", "merge", "split", "conflict"


@dataclass
class Sitting:
    """Shape: `mode` is what has been begun; `field` and `quotes` belong to an edit; `draft` is an event being added;
    `known` are the decisions that were on the screen when the mode began; `order` is the queue as drawn; `heard` is the number of the last key that was obeyed.
    """

    reviewer: str = ""
    mode: str = READ
    field: str = ""
    quotes: tuple[Quote, ...] = ()
    draft: Event | None = None
    known: tuple[Decision, ...] = ()
    order: tuple[str, ...] = ()
    event_id: str = ""
    document_id: str = ""
    pending: Mapping[str, Any] | None = None
    other: Decision | None = None
    message: str = ""
    heard: str = ""
    places: tuple[str, ...] = ()

    def rest(self) -> None:
        """Nothing is begun."""
        self.mode, self.field, self.quotes, self.pending, self.other = READ, "", (), None, None

    @property
    def is_idle(self) -> bool:
        return self.mode == READ and self.draft is None


def sitting() -> Sitting:
    """The sitting of this session."""
    found: Sitting = st.session_state.setdefault(_SITTING, Sitting())
    return found
