"""Ids that survive a rebuild, a reordering and a new file name: each hashes the fewest raw, stable facts."""

import hashlib

from dashboard.folding import fold

_DIGITS = 12


def event_id(document_id: str, anchor: int) -> str:
    """The id of an event: its document and the offset of the word that reports it, nothing that an analyst may change."""
    return _id("e", f"{document_id}:{anchor}")


def selection_id(document_id: str, start: int, end: int) -> str:
    """The id of an event that an analyst adds: its document and the words that were selected for it."""
    return _id("e", f"{document_id}:{start}:{end}")


def actor_id(kind: str, name: str) -> str:
    """The id of an actor: its kind and its canonical name, whatever the case and the accents."""
    return _id("a", f"{kind}:{fold(name)}")


def issue_id(*facts: str) -> str:
    """The id of an issue: what it says of what."""
    return _id("i", "\x1f".join(facts))


def _id(letter: str, facts: str) -> str:
    return letter + hashlib.sha256(facts.encode()).hexdigest()[:_DIGITS]
