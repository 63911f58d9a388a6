"""The icon, and the few rules of style that the configuration file cannot say."""

from pathlib import Path

import streamlit as st

ICON = Path(__file__).resolve().parent.parent / "assets" / "icon.png"
"""A local file: Streamlit fetches icons it is given by name from outside."""

STYLE = Path(__file__).resolve().parent.parent / "assets" / "style.css"


def draw_style() -> None:
    """Put the style sheet into the page."""
    st.html(STYLE)
