"""The review page: the queue, one document beside one proposal, and every decision an analyst can make about it."""

from collections.abc import Sequence
from threading import Thread

import streamlit as st

from dashboard import desk
from dashboard.app_pages import address
from dashboard.app_pages.frame import current_page, view
from dashboard.app_pages.markup import as_markdown
from dashboard.app_pages.rebuilds import draw_progress, publish_now
from dashboard.app_pages.review_board import OPEN_STATES, Board, Item, current_board, whole_build
from dashboard.app_pages.review_history import draw_history, draw_orphans
from dashboard.app_pages.review_panel import draw_panel
from dashboard.app_pages.review_sitting import Sitting, sitting
from dashboard.app_pages.review_text import draw_text
from dashboard.app_pages.upload import draw_upload
from dashboard.app_pages.wording import counted
from dashboard.queries import review

LISTS = {"todo": "To decide", "decided": "Decided", "rejected": "Rejected"}


def page() -> None:
    """The event that the address names, else the first of the queue; with a document in the address, that document."""
    _warm()
    here = current_page()
    board, work = current_board(here), sitting()
    st.title("Review", anchor=False)
    items = _in_document(board.items, address.subject("document"))
    shown = _listed(items, _draw_head(board, work, items))
    # Notices come and go inside one container: what stands below keeps its place in the page, and with it the selection.
    with st.container(key="review_notices"):
        _settle(board, work, shown)
        _draw_open(shown)
        _draw_unpublished(board)
        if work.message:
            st.info(as_markdown(work.message))
    document = board.document(work.document_id)
    if document is None:
        _draw_nothing(items)
    else:
        decided = board.event(work.event_id) if work.event_id else None
        event = work.draft or (decided.event if decided else board.proposal(work.event_id) if work.event_id else None)
        text, proof = st.columns([3, 2], gap="medium")
        with proof:
            draw_panel(board, work, decided, document)
            draw_history(board, work)
        with text:
            draw_text(work, document, event)
    draw_orphans(board)


@st.cache_resource(show_spinner=False)
def _warm() -> None:
    """Once for each server: get the extractor ready behind the first analyst's reading."""
    Thread(target=desk.warm, daemon=True).start()


def _in_document(items: Sequence[Item], document_id: str) -> list[Item]:
    return [item for item in items if not document_id or item.document_id == document_id]


def _listed(items: Sequence[Item], name: str) -> list[Item]:
    if name == "todo":
        return [item for item in items if item.state in OPEN_STATES]
    if name == "rejected":
        return [item for item in items if item.state == "rejected"]
    return [item for item in items if item.state not in (*OPEN_STATES, "rejected")]


def _draw_head(board: Board, work: Sitting, items: Sequence[Item]) -> str:
    """Which list of which document, who decides, and what the tables do not know yet; gives the list's name."""
    labels = {name: f"{label} · {len(_listed(items, name))}" for name, label in LISTS.items()}
    with st.container(horizontal=True, vertical_alignment="bottom", key="review_head"):
        shown = view("queue", "Show", labels)
        _draw_documents(board)
        if work.reviewer:
            with st.container(horizontal=True, vertical_alignment="center", width="content", gap="small"):
                st.markdown(f"Deciding as **{as_markdown(work.reviewer)}**", width="content")
                st.button("Not you?", key="review_leave", type="tertiary", on_click=_forget_name)
        else:
            st.text_input(
                "Your name, kept with every decision", key="review_name", on_change=_take_name, width=260,
                placeholder="First name and surname",
            )  # fmt: skip
        with st.popover("Upload", key="review_upload"):
            draw_upload()
    return shown


def _draw_unpublished(board: Board) -> None:
    unpublished = len(board.unpublished)
    if unpublished:
        with st.container(horizontal=True, vertical_alignment="center", key="review_unpublished"):
            are = "is" if unpublished == 1 else "are"
            said = f"{counted(unpublished, 'decision')} {are} on disk and not yet in the tables of the other pages."
            st.markdown(said, width="content")
            st.button("Publish decisions", key="review_publish", on_click=publish_now, type="tertiary")
    draw_progress()
    for issue in board.issues:
        st.warning(as_markdown(issue.message))


def _draw_documents(board: Board) -> None:
    titles = {"": "All documents", **whole_build(board.here, review.document_titles)}
    asked = address.subject("document")
    st.session_state["review_document"] = asked if asked in titles else ""
    st.selectbox(
        "Documents", list(titles), format_func=titles.__getitem__, key="review_document", on_change=_choose_document, width=300,
    )  # fmt: skip


def _choose_document() -> None:
    work = sitting()
    work.rest()
    work.draft = None
    address.show(document=st.session_state["review_document"])


def _take_name() -> None:
    sitting().reviewer = " ".join(str(st.session_state["review_name"]).split())
    sitting().message = ""


def _forget_name() -> None:
    work = sitting()
    work.rest()
    work.reviewer, work.draft = "", None


def _settle(board: Board, work: Sitting, shown: Sequence[Item]) -> None:
    """Which event and which document are on the screen; leaving an event leaves what was begun on it."""
    work.order = tuple(item.event_id for item in shown)
    asked = address.subject("event")
    # What was begun stays on the screen, even if another analyst's decision takes its event out of the list.
    event_id = asked or (work.event_id if not work.is_idle else "") or next(iter(work.order), "")
    proposal = board.proposal(event_id) if event_id else None
    if asked and proposal is None and not board.event(asked):
        st.warning(f"There is no event “{as_markdown(asked)}” to review; the first of the queue is shown.")
        event_id = next(iter(work.order), "")
        proposal = board.proposal(event_id) if event_id else None
    if event_id != work.event_id:
        work.rest()
        work.draft = None
    work.event_id = event_id
    named = board.document_ids.get(proposal.document, "") if proposal else ""
    work.document_id = named or address.subject("document")
    if work.is_idle:
        work.known = board.decisions


def _draw_open(shown: Sequence[Item]) -> None:
    """Open any of the list by its title."""
    titles = {item.event_id: _line(item) for item in shown}
    if not titles:
        return
    current = sitting().event_id
    st.session_state["review_open"] = current if current in titles else None
    st.selectbox(
        f"{counted(len(titles), 'event')}, the least certain first", list(titles), index=None, format_func=titles.__getitem__,
        key="review_open", placeholder="Open by title: type a few letters", on_change=_open,
    )  # fmt: skip


def _line(item: Item) -> str:
    sure = "found by an analyst" if item.certainty is None else f"{item.certainty:.0%}"
    return f"{item.title} ({sure})"


def _open() -> None:
    chosen = st.session_state["review_open"]
    if chosen:
        address.show(event=chosen, document=address.subject("document"))


def _draw_nothing(items: Sequence[Item]) -> None:
    if items:
        st.success(
            "Nothing is left in this list. The other lists are above; a document can be chosen to look for missed events."
        )
    else:
        st.info("No event is selected here. Take a filter away in the sidebar, choose another document, or upload one.")
