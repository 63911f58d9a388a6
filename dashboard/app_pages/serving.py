"""Which build is shown: the newest that can be read."""

from pathlib import Path

import streamlit as st

from dashboard import settings
from dashboard.errors import BuildMissingError
from dashboard.manifest import read_manifest
from dashboard.queries.choices import choices
from dashboard.queries.facets import Named, names
from dashboard.queries.filters import Choices
from dashboard.queries.store import Store, open_build


def current_store() -> tuple[Store, str]:
    """The build to show, and a sentence if it is not the newest one.

    Rules: the manifest is read at every run, so that a new build shows without a restart; while a new one cannot be
    read, the last good one of this process stays up.
    Raises: BuildMissingError if no build was ever readable.
    """
    output_dir = settings.current().output_dir
    good = _last_good()
    try:
        manifest = read_manifest(output_dir)
        store = _opened(str(output_dir), manifest.folder, manifest.built_at)
    except BuildMissingError as error:
        if str(output_dir) not in good:
            raise
        return good[str(output_dir)], f"The newest build cannot be read, so the one before it is shown: {error}."
    good[str(output_dir)] = store
    return store, ""


@st.cache_resource(max_entries=2, show_spinner="Opening the build …")
def _opened(output_dir: str, folder: str, built_at: str) -> Store:  # noqa: ARG001 - they are the key
    return open_build(Path(output_dir))


@st.cache_resource
def _last_good() -> dict[str, Store]:
    return {}


def current_choices(store: Store) -> Choices:
    """What the filters can choose from in this build."""
    return _choices(store.manifest.build_id, store.manifest.built_at, _store=store)


@st.cache_resource(max_entries=4, show_spinner=False)
def _choices(build_id: str, built_at: str, *, _store: Store) -> Choices:  # noqa: ARG001 - they are the key
    return choices(_store)


def current_names(store: Store, field: str) -> tuple[Named, ...]:
    """The values of a field of the filter with all their names, for searching among them."""
    return _names(store.manifest.build_id, store.manifest.built_at, field, _store=store)


@st.cache_resource(max_entries=16, show_spinner=False)
def _names(build_id: str, built_at: str, field: str, *, _store: Store) -> tuple[Named, ...]:  # noqa: ARG001 - they are the key
    return names(_store, field, current_choices(_store))
