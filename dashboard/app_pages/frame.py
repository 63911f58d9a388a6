"""What every page has: the build, the selection, the headline, the downloads, the table behind a chart.

A page module has one function `page()`; it starts with

    page = current_page()
    summary = headline(page, "Timeline")
    if not summary.event_count:
        return

and asks with `page.ask(timeline.by_period, "month")`, which remembers small answers. What a page adds to the address
(`bind="query-params"` would break it) is declared in `address.VIEWS` and drawn with `view`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Concatenate, ParamSpec, TypeVar

import pandas as pd
import streamlit as st

from dashboard.app_pages import address
from dashboard.app_pages.address import clear, narrow
from dashboard.app_pages.chips import draw_chips, draw_ways_out
from dashboard.app_pages.markup import as_markdown
from dashboard.app_pages.serving import current_choices, current_store
from dashboard.app_pages.wording import counted
from dashboard.exports import csv
from dashboard.queries.events import event_rows, quote_rows
from dashboard.queries.filters import Choices, EventFilter
from dashboard.queries.overview import Summary, summary
from dashboard.queries.search import suggestions
from dashboard.queries.store import Store

__all__ = ["Page", "clear", "current_page", "downloads", "headline", "narrow", "view"]

P = ParamSpec("P")
Answer = TypeVar("Answer")


EAGER_ROWS = 1_000
"""Up to so many rows a file is written with the page. A larger one is written when its button is pressed; Streamlit forgets
the button's errand when the page runs again, so that a press in the middle of a run gives no file (never a wrong one)."""


MOST_SUGGESTIONS = 3


@dataclass(frozen=True)
class Page:
    """What a page is drawn from: one build, one selection of its events, one theme."""

    store: Store
    selection: EventFilter
    choices: Choices
    is_dark: bool

    def ask(
        self, question: Callable[Concatenate[Store, EventFilter, P], Answer], *arguments: P.args, **named: P.kwargs
    ) -> Answer:
        """Answer a question about the selection; a small answer that was given before is given again.

        Rules: the arguments are scalars. Do not change the answer's frame in place.
        """
        built = (self.store.manifest.build_id, self.store.manifest.built_at)
        name = f"{question.__module__}.{question.__qualname__}"
        return _answer(built, name, repr(self.selection), arguments, named, _question=question, _page=self)


@st.cache_data(max_entries=512, show_spinner=False)
def _answer(  # the arguments that it does not use are the key under which the answer is kept
    built: tuple[str, str], name: str, selection: str, arguments: tuple[Any, ...], named: Mapping[str, Any],  # noqa: ARG001
    *, _question: Callable[..., Any], _page: Page,
) -> Any:  # fmt: skip
    return _question(_page.store, _page.selection, *arguments, **named)


def current_page() -> Page:
    """The build and the selection of this run.

    Raises: BuildMissingError if there is no build; `app.py` has said so before any page runs.
    """
    store, _ = current_store()
    return Page(store, address.selection(), current_choices(store), is_dark=st.context.theme.type == "dark")


def headline(page: Page, title: str) -> Summary:
    """The page's title and what is selected; if that is nothing, what to do about it.

    Rules: a page that gets an `event_count` of 0 draws nothing more.
    """
    found = page.ask(summary)
    st.title(title, anchor=False)
    if found.event_count:
        with st.container(
            key="headline"
        ):  # one element with its chips, so that what is below keeps its place in the page
            st.markdown(as_markdown(found.sentence(page.selection, page.choices)), width="content")
            draw_chips(page.store, page.selection, page.choices)
    else:
        _say_empty(page, found)
    return found


def _say_empty(page: Page, found: Summary) -> None:
    if not found.total_count:
        st.info(
            "This build has no events yet. Put documents into the documents folder and run `python -m dashboard build`."
        )
        return
    _suggest(page)
    st.info(f"{as_markdown(found.sentence(page.selection, page.choices))}.")
    draw_ways_out(page.store, page.selection, page.choices)


def _suggest(page: Page) -> None:
    """Names that are like what was searched in vain; a press searches for one."""
    offered = page.ask(suggestions, MOST_SUGGESTIONS)
    if not offered:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="did_you_mean"):
        st.markdown("Did you mean", width="content")
        for rank, suggestion in enumerate(offered):
            label = as_markdown(f"{suggestion.text} ({counted(suggestion.event_count, 'event')})")
            st.button(label, key=f"suggestion_{rank}", on_click=narrow, kwargs={"text": suggestion.text})


def downloads(page: Page) -> None:
    """Two buttons: the selected events, and their quotes.

    Rules: label, file name and file are made of one selection; the file is written when the button is pressed, from the
    selection that this very button was drawn with, whatever was chosen since.
    """
    found = page.ask(summary)
    with st.container(horizontal=True, key="downloads"):
        _draw_download(page, "event", found.event_count, event_rows, csv.events_csv)
        _draw_download(page, "quote", found.quote_count, quote_rows, csv.quotes_csv)


def _draw_download(
    page: Page,
    noun: str,
    count: int,
    rows: Callable[[Store, EventFilter], pd.DataFrame],
    write: Callable[[pd.DataFrame], bytes],
) -> None:
    st.download_button(
        f"Download {counted(count, noun)} (CSV)",
        write(page.ask(rows)) if count <= EAGER_ROWS else partial(_write_later, page, rows, write),
        csv.file_name(f"{noun}s", count, page.selection, page.store.manifest.build_id),
        "text/csv",
        key=f"download_{noun}s",
        on_click="ignore",
        disabled=not count,
    )


def _write_later(
    page: Page, rows: Callable[[Store, EventFilter], pd.DataFrame], write: Callable[[pd.DataFrame], bytes]
) -> bytes:
    return write(rows(page.store, page.selection))


def view(name: str, label: str, labels: Mapping[str, str], *, is_list: bool = False) -> str:
    """A choice of how the page shows something; the address carries it. `name` is one of `address.VIEWS`.

    Rules: `is_list` draws it as a list that opens, for choices that would fill several lines.
    """
    options = address.VIEWS[name]
    key, named = address.view_key(name), labels.__getitem__
    st.session_state.setdefault(key, options[0])
    if is_list:
        return str(st.selectbox(label, options, key=key, format_func=named))
    return str(st.segmented_control(label, options, key=key, format_func=named, required=True) or options[0])
