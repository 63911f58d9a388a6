"""One organisation or person: its names, its events over time, its partners, where and what, and the sentences that name it."""

from functools import partial

import pandas as pd
import streamlit as st

from dashboard.app_pages import address
from dashboard.app_pages.breakdowns import value_clicked
from dashboard.app_pages.figures import look_of
from dashboard.app_pages.frame import Page
from dashboard.app_pages.links import page_link
from dashboard.app_pages.markup import as_markdown
from dashboard.app_pages.profile import (
    ABOUT,
    draw_counts,
    draw_facts,
    draw_latest,
    draw_lists,
    draw_passages,
    draw_share,
    draw_when,
    of_subject,
    within,
)
from dashboard.app_pages.wording import counted
from dashboard.charts.network import KINDS
from dashboard.queries.actors import ActorDetail, actor_detail, naming_quotes, partners

LISTS = {"type": "Types", "main": "Main sectors", "country": "Countries taking part", "place": "Places"}
BASES = {"text": "a document writes it so", "table": "the list of aliases knows it"}


def draw_asked(here: Page) -> bool:
    """Draw the actor that the address names; False if it names none, or this build has none of that id, which is said."""
    asked = address.subject("actor_page")
    detail = here.ask(actor_detail, asked) if asked else None
    if detail is None:
        if asked:
            st.warning(
                f"This build has no actor “{as_markdown(asked)}”. A name that was changed has a new id. All are below."
            )
        return False
    _draw(here, detail)
    return True


def draw_links(actors: pd.DataFrame) -> None:
    """The ways to the pages of an event's actors. Shape: `actors` has actor_id and name."""
    with st.container(gap=None, key="actor_links"):
        for actor_id, name in actors[["actor_id", "name"]].itertuples(index=False, name=None):
            page_link("actors", f"About {name} →", actor_page=actor_id)


def _draw(here: Page, detail: ActorDetail) -> None:
    at = within(here, actors=detail.actor_id)
    page_link("actors", "← All actors")
    st.title(as_markdown(detail.name), anchor=False)
    look = look_of(here)
    draw_facts({
        "Kind": KINDS[detail.kind],
        "Country": here.choices.countries.get(detail.country_code, detail.country_code),
        "In the texts": "; ".join(f"“{row.surface}” ({row.event_count:,})" for row in detail.writings.itertuples(index=False)),
        "Also known as": "; ".join(detail.aliases["alias"]),
    })  # fmt: skip
    _draw_aliases(detail)
    if not draw_share(here, at, actors=detail.actor_id):
        return
    draw_when(at, look, actors=detail.actor_id)
    _draw_lists(at, detail)
    left, right = st.columns([3, 2], gap="large")
    with left:
        st.header("The sentences that name it", anchor=False)
        draw_passages(at.ask(naming_quotes, detail.actor_id), "actors")
    with right:
        st.header("Latest events", anchor=False)
        draw_latest(at)


def _draw_aliases(detail: ActorDetail) -> None:
    if detail.aliases.empty:
        return
    with st.expander(
        f"Why {counted(len(detail.aliases), 'other name')} {'is' if len(detail.aliases) == 1 else 'are'} the same",
        key="actor_aliases",
    ):
        shown = detail.aliases.assign(basis=detail.aliases["basis"].map(BASES))
        st.table(
            shown.rename(columns={"alias": "Name", "basis": "Known because", "reason": "Reason"}).set_index("Name")
        )


def _draw_lists(at: Page, detail: ActorDetail) -> None:
    st.header("With whom, where and what", anchor=False)
    first, beside = st.columns([2, 3], gap="medium")
    with first:
        met = at.ask(partners, detail.actor_id)
        narrowing = of_subject(partial(value_clicked, "actor"), actors=detail.actor_id)
        draw_counts(met, "Partners", "partners", narrowing=narrowing, about=ABOUT["actor"])
    with beside:
        draw_lists(at, LISTS, actors=detail.actor_id)
