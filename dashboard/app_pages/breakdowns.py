"""Not written yet."""

from dashboard.app_pages.frame import current_page, downloads, headline


def page() -> None:
    here = current_page()
    if headline(here, "Breakdowns").event_count:
        downloads(here)
