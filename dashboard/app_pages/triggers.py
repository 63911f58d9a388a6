"""What a component of our own tells Python."""

from typing import Any

import streamlit as st


def told(key: str, name: str) -> Any:
    """In a component's callback: what its event or state `name` brought; None if there is nothing to obey any more.

    Rules: a component that was pressed in the moment in which the page changed is forgotten by Streamlit before its
    callback runs (1.67), so what it said of the page that was left is left too.
    """
    component = st.session_state.get(key)
    return component.get(name) if component else None
