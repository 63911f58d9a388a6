"""The whole way: read, find and assemble, decide, normalise, check, publish; and what the build says it did."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from dashboard import __version__
from dashboard.codebook import Event
from dashboard.decisions import Decision, read_decisions
from dashboard.etl.decide import Replay, field_counts, replay
from dashboard.etl.extract import extract
from dashboard.etl.normalise import Tables, normalise
from dashboard.etl.publish import check, publish
from dashboard.etl.read import Document, read_folder
from dashboard.manifest import Manifest
from dashboard.settings import REFERENCE_DIR, ROOT, Settings


@dataclass(frozen=True)
class BuildReport:
    """What a build did, for the terminal."""

    manifest: Manifest
    output_dir: Path
    issues: tuple[str, ...]

    def __str__(self) -> str:
        counts = self.manifest.counts
        lines = [
            f"{counts['documents']} documents read.",
            f"{counts['proposals']} events proposed by the machine.",
            f"{counts['decisions']} decisions: {counts['applied']} applied, {counts['orphaned']} orphaned, {counts['withdrawn']} withdrawn.",
            f"{counts['events']} events: {counts['reviewed']} reviewed, {counts['events'] - counts['reviewed']} not yet.",
            f"{counts['fields']} fields: {counts['machine_fields']} from the machine, {counts['decided_fields']} from a decision.",
            f"{counts['quotes']} quotes, all verbatim.",
            f"{counts['issues']} issues." if counts["issues"] else "No issues.",
            *(f"  - {message}" for message in self.issues),
            f"Build {self.manifest.build_id} is in {self.output_dir}.",
        ]
        return "\n".join(lines)


def build(settings: Settings, tell: Callable[[int, int], None] | None = None) -> BuildReport:
    """Make and publish a build; `tell` hears after each document how many of how many are done.

    Raises: InputError if there are no documents; TableError if the tables do not satisfy their schema. The current build
    stays in both cases.
    """
    reading = read_folder(settings.documents_dir)
    decisions, decision_issues = read_decisions(settings.reviews_dir)
    proposals = propose(_told(reading.documents, tell) if tell else reading.documents)
    replayed = replay(proposals, decisions, reading.documents)
    tables = normalise(replayed, decisions, reading.documents, [*reading.issues, *decision_issues])
    check(tables)
    inputs = _inputs(reading.documents, settings.reviews_dir)
    manifest = Manifest(
        build_id=_build_id(inputs),
        code_version=__version__,
        built_at=datetime.now(UTC).isoformat(timespec="seconds"),
        folder="",
        inputs=inputs,
        tables={name: len(table) for name, table in tables.items()},
        counts=_counts(tables, proposals, replayed, decisions),
    )
    published = publish(tables, settings.output_dir, manifest)
    return BuildReport(published, settings.output_dir, tuple(tables["issues"]["message"]))


def propose(documents: Iterable[Document]) -> list[Event]:
    """What the machine finds in the documents, in their order."""
    return [event for document in documents for event in extract(document)]


def _told(documents: Sequence[Document], tell: Callable[[int, int], None]) -> Iterator[Document]:
    """The documents, with a word before the first and after each."""
    for done, document in enumerate(documents):
        tell(done, len(documents))
        yield document
    tell(len(documents), len(documents))


def _counts(
    tables: Tables, proposals: Sequence[Event], replayed: Replay, decisions: Sequence[Decision]
) -> dict[str, int]:
    machine, decided = (
        (sum(counts) for counts in zip(*(field_counts(event) for event in replayed.events), strict=True))
        if replayed.events
        else (0, 0)
    )
    outcomes = list(replayed.outcomes.values())
    return {
        "documents": len(tables["documents"]),
        "proposals": len(proposals),
        "decisions": len(decisions),
        **{outcome: outcomes.count(outcome) for outcome in ("applied", "orphaned", "withdrawn")},
        "events": len(tables["events"]),
        "reviewed": int(tables["events"]["review_state"].isin(["accepted", "corrected", "added"]).sum()),
        "fields": machine + decided,
        "machine_fields": machine,
        "decided_fields": decided,
        "quotes": len(tables["evidence"]),
        "issues": len(tables["issues"]),
    }


def _inputs(documents: Iterable[Document], reviews_dir: Path) -> dict[str, str]:
    files = sorted(reviews_dir.glob("*.jsonl"))
    return {document.name: document.sha256 for document in documents} | {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files
    }


def _build_id(inputs: dict[str, str]) -> str:
    """Hash of the code and data files that make events, and of the inputs: the same things make the same build."""
    sources = sorted(
        [*(ROOT / "dashboard").glob("*.py"), *(ROOT / "dashboard" / "etl").glob("*.py"), *REFERENCE_DIR.glob("*.*")]
    )
    digest = hashlib.sha256()
    for path in sources:
        digest.update(path.name.encode() + path.read_bytes())
    for name, sha256 in sorted(inputs.items()):
        digest.update(f"{name}:{sha256}".encode())
    return digest.hexdigest()[:8]
