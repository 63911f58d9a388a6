"""The state of builds that the app starts, on the screen."""

import streamlit as st

from dashboard import settings
from dashboard.app_pages.markup import as_markdown
from dashboard.app_pages.wording import counted
from dashboard.rebuilding import Progress, rebuilder

POLL_SECONDS = 0.5

_SEEN_COUNT = "rebuilds_seen"


def publish_soon() -> None:
    """Build when decisions have paused."""
    rebuilder(settings.current()).start_soon()


def publish_now() -> None:
    """Build at once."""
    rebuilder(settings.current()).start()


def draw_progress() -> None:
    """A bar while a build runs, its words if it failed; when it is done, the page shows the new build by itself."""
    builds = rebuilder(settings.current())
    progress = builds.progress
    st.session_state[_SEEN_COUNT] = progress.count
    if progress.is_running or builds.is_waiting:
        _draw_running()
    elif progress.failure:
        st.error(f"The build failed, and the last one stays: {as_markdown(progress.failure)}")


@st.fragment(run_every=POLL_SECONDS)
def _draw_running() -> None:
    builds = rebuilder(settings.current())
    progress = builds.progress
    if progress.count != st.session_state.get(_SEEN_COUNT) or (progress.failure and not progress.is_running):
        st.rerun(scope="app")
    if progress.is_running:
        st.progress(_share(progress), _said(progress))


def _share(progress: Progress) -> float:
    return progress.done / progress.total if progress.total else 0.0


def _said(progress: Progress) -> str:
    if not progress.total:
        return "Building: reading the documents …"
    return f"Building: {progress.done:,} of {counted(progress.total, 'document')} read for events …"
