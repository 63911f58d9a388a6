"""Streamlit's entry. Start it with `python -m streamlit run dashboard/app.py`, or `python -m dashboard serve`."""

import streamlit as st

from dashboard.app_pages import (
    actors,
    address,
    breakdowns,
    chains,
    codebook,
    documents,
    events,
    overview,
    review,
    timeline,
)
from dashboard.app_pages import map as map_page
from dashboard.app_pages.facets import draw_facets
from dashboard.app_pages.frame import current_page
from dashboard.app_pages.links import TITLES
from dashboard.app_pages.markup import as_markdown
from dashboard.app_pages.saved import draw_views
from dashboard.app_pages.serving import current_choices, current_store
from dashboard.app_pages.sidebar import draw_filters, draw_opener
from dashboard.app_pages.since import draw_since
from dashboard.app_pages.style import ICON, draw_style
from dashboard.errors import BuildMissingError

DRAWERS = {
    "overview": overview.page,
    "timeline": timeline.page,
    "map": map_page.page,
    "breakdowns": breakdowns.page,
    "actors": actors.page,
    "chains": chains.page,
    "events": events.page,
    "documents": documents.page,
    "review": review.page,
    "codebook": codebook.page,
}
PAGES = tuple(st.Page(DRAWERS[name], title=title, url_path=name) for name, title in TITLES.items())
# The bare address shows the overview too. It is a page of its own, because Streamlit takes its path from a default page, so
# that `/overview` would not be found and links to it would lead to wherever the visitor is.
START = st.Page(overview.page, title=TITLES["overview"], url_path="start", default=True, visibility="hidden")


def main() -> None:
    """Build, filters, address, navigation, page, facets: in this order (see `address`)."""
    st.set_page_config("Corridor", str(ICON), layout="wide")
    draw_style()
    try:
        store, stale = current_store()
    except BuildMissingError as error:
        address.forget()
        st.error(f"There is nothing to show yet: {error}.")
        return
    choices = current_choices(store)
    address.settle(choices, store.manifest.build_id)
    facets_room = draw_filters()
    draw_opener()
    page = st.navigation((START, *PAGES), position="hidden")
    address.write(page.url_path)
    draw_navigation(
        "navigation_start" if page is START else "navigation", "overview" if page is START else page.url_path
    )
    if stale:
        st.warning(stale)
    for sentence in address.problems():
        st.warning(as_markdown(sentence))
    draw_since()
    page.run()
    with facets_room:  # after the page, whose figures should not wait for the numbers beside the filters
        draw_facets(current_page())


def draw_navigation(key: str, shown: str) -> None:
    """One link a page, each with the selection, so that a link opened in a new tab shows it too; and the saved views."""
    params = address.link_params(address.selection())
    with st.container(key="navigation"), st.container(horizontal=True, key=key + "_links"):
        for page in PAGES:
            st.page_link(page, query_params=params)
        draw_views(shown)


main()
