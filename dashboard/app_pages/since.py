"""What became of a link's view since the build that the link was made on."""

from datetime import datetime
from pathlib import Path

import pandas as pd
import streamlit as st

from dashboard import settings
from dashboard.app_pages import address
from dashboard.app_pages.frame import Page, current_page
from dashboard.app_pages.markup import as_markdown
from dashboard.app_pages.twins import draw_twin
from dashboard.errors import BuildMissingError
from dashboard.manifest import Manifest, read_kept_manifest
from dashboard.queries.changes import MOST_EVENTS, changes, tally
from dashboard.queries.choices import choices
from dashboard.queries.filters import EventFilter, from_params
from dashboard.queries.store import Store, open_tables

LABELS = {
    "change": "Change", "title": "Event", "field": "Field", "before": "Then", "after": "Now", "documents": "Told in",
}  # fmt: skip


def draw_since() -> None:
    """If the link is older than the build on the screen: what was added, changed and withdrawn in this view."""
    linked = address.linked_build()
    if not linked:
        return
    page = current_page()
    try:
        manifest = read_kept_manifest(settings.current().output_dir, linked)
    except BuildMissingError:
        manifest = None
    rows = _changes(page, manifest) if manifest else None
    with st.container(border=True, key="since", gap="small"):
        st.markdown(as_markdown(_sentence(linked, manifest, rows)))
        if rows is not None and not rows.empty:
            draw_twin(rows, LABELS, "since", title="What changed, field by field")
        st.button("Go on with this build", key="forget_build", on_click=address.forget_linked_build, type="tertiary")


def _changes(page: Page, manifest: Manifest) -> pd.DataFrame | None:
    before = _opened(manifest.build_id, manifest.built_at, _manifest=manifest)
    then, _ = from_params(page.selection.to_params(), choices(before))
    return _compared(
        (manifest.built_at, page.store.manifest.built_at), repr(page.selection), _before=before, _after=page.store,
        _views=(then, page.selection),
    )  # fmt: skip


@st.cache_resource(max_entries=1, show_spinner="Opening the build of the link …")
def _opened(build_id: str, built_at: str, *, _manifest: Manifest) -> Store:  # noqa: ARG001 - they are the key
    return open_tables(Path(settings.current().output_dir), _manifest)


@st.cache_data(max_entries=16, show_spinner=False)
def _compared(
    built: tuple[str, str], selection: str, *, _before: Store, _after: Store, _views: tuple[EventFilter, EventFilter]  # noqa: ARG001 - they are the key
) -> pd.DataFrame | None:  # fmt: skip
    return changes(_before, _after, then=_views[0], now=_views[1])


def _sentence(linked: str, manifest: Manifest | None, rows: pd.DataFrame | None) -> str:
    if manifest is None:
        return f"This link was made on build {linked}, which is not kept here, so what has changed since cannot be told. You see the newest build."
    moment = datetime.fromisoformat(manifest.built_at)
    made = f"This link was made on build {linked} of {moment.day} {moment:%B %Y, %H:%M} UTC."
    if rows is None:
        return f"{made} What has changed since is told for views of up to {MOST_EVENTS:,} events; narrow this one to see it."
    if rows.empty:
        return f"{made} Nothing in this view has changed since."
    counted = tally(rows)
    return f"{made} Since then, in this view: {', '.join(f'{count:,} {change}' for change, count in counted.items())}."
