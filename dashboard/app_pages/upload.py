"""Upload of documents: into the folder of documents, and through a build into the queue."""

from collections.abc import Sequence

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from dashboard import settings
from dashboard.app_pages.markup import as_markdown
from dashboard.app_pages.rebuilds import publish_now
from dashboard.app_pages.serving import current_store
from dashboard.app_pages.wording import counted
from dashboard.errors import InputError
from dashboard.intake import Received, receive
from dashboard.queries.documents import issues_about

_ROUND, _SAID = "upload_round", "upload_said"


def draw_upload() -> None:
    """Choose files, send them, and read what became of each."""
    number = st.session_state.setdefault(_ROUND, 0)
    files = st.file_uploader(
        "Documents to read for events", accept_multiple_files=True, key=f"upload_files_{number}",
        help="They are put into the folder of documents under their own names; no file is ever written over.",
    )  # fmt: skip
    st.button(
        f"Add {counted(len(files), 'document')}" if files else "Add documents", key="upload_send", type="primary",
        disabled=not files, on_click=_send, args=(list(files or ()),),
    )  # fmt: skip
    for kind, sentence, name in st.session_state.get(_SAID, ()):
        {"added": st.success, "known": st.info, "refused": st.error}[kind](as_markdown(sentence))
        if kind == "added":
            _draw_issues(name)


def _draw_issues(name: str) -> None:
    """What the build says of a document that was added, once it has read it."""
    store, _ = current_store()
    for message in issues_about(store, name)["message"]:
        st.warning(as_markdown(str(message)))


def _send(files: Sequence[UploadedFile]) -> None:
    outcomes = [_receive(file) for file in files]
    st.session_state[_SAID] = outcomes
    st.session_state[_ROUND] += 1  # a new widget, so that the files that were sent leave it
    if any(kind == "added" for kind, _, _ in outcomes):
        publish_now()


def _receive(file: UploadedFile) -> tuple[str, str, str]:
    folder = settings.current().documents_dir
    try:
        received = receive(folder, file.name, file.getvalue())
    except InputError as error:
        return "refused", f"{error}.", file.name
    except OSError as error:
        return (
            "refused",
            f"{file.name} could not be written to {folder} ({error.strerror}); nothing was added.",
            file.name,
        )
    return _outcome(file.name, received)


def _outcome(name: str, received: Received) -> tuple[str, str, str]:
    """What became of a file, the sentence that says so, and the name under which it is kept."""
    if not received.is_new:
        return (
            "known",
            f"{name} is there already, as {received.name}: the same bytes, so nothing was added.",
            received.name,
        )
    under = "" if received.name == name else f", under the name {received.name}"
    return "added", f"{name} was added{under}. Its events join the queue when the build is done.", received.name
