"""The whole way: read, find and assemble, decide, normalise, check, publish; and what the build says it did."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from dashboard import __version__
from dashboard.codebook import Event
from dashboard.decisions import Decision, read_decisions
from dashboard.etl.decide import Replay, field_counts, replay
from dashboard.etl.explanations import explanations_table
from dashboard.etl.extractors import (
    DEFAULT_EXTRACTOR,
    Extractor,
    choose_extractor,
    events_of,
    extract_all,
    refusals_in_words,
)
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
    refusals: tuple[str, ...] = ()

    def __str__(self) -> str:
        counts = self.manifest.counts
        lines = [
            f"{counts['documents']} documents read.",
            f"{counts['proposals']} events proposed by the machine.",
            *self.refusals,
            f"{counts['decisions']} decisions: {counts['applied']} applied, {counts['orphaned']} orphaned, {counts['withdrawn']} withdrawn.",
            f"{counts['events']} events: {counts['reviewed']} reviewed, {counts['events'] - counts['reviewed']} not yet.",
            f"{counts['fields']} fields: {counts['machine_fields']} from the machine, {counts['decided_fields']} from a decision.",
            f"{counts['quotes']} quotes, all verbatim.",
            f"{counts['issues']} issues." if counts["issues"] else "No issues.",
            *(f"  - {message}" for message in self.issues),
            f"Build {self.manifest.build_id} is in {self.output_dir}.",
        ]
        return "\n".join(lines)


def build(settings: Settings, extractor: Extractor | None = None) -> BuildReport:
    """Make and publish a build, with the rules unless another extractor is given.

    Raises: InputError if there are no documents, or the extractor failed for all of them; TableError if the tables do not
    satisfy their schema. The current build stays in each case.
    """
    extractor = extractor or choose_extractor(DEFAULT_EXTRACTOR)
    reading = read_folder(settings.documents_dir)
    decisions, decision_issues = read_decisions(settings.reviews_dir)
    extractions = extract_all(reading.documents, extractor)
    proposals = events_of(extractions)
    extract_issues = [issue for extraction in extractions for issue in extraction.issues]
    replayed = replay(proposals, decisions, reading.documents)
    tables = normalise(replayed, decisions, reading.documents, [*reading.issues, *extract_issues, *decision_issues])
    tables["explanations"] = explanations_table(
        reading.documents, [extraction.explanations for extraction in extractions]
    )
    check(tables)
    inputs = _inputs(reading.documents, settings.reviews_dir)
    manifest = Manifest(
        build_id=_build_id(inputs, extractor.fingerprint),
        code_version=__version__,
        built_at=datetime.now(UTC).isoformat(timespec="seconds"),
        folder="",
        inputs=inputs,
        tables={name: len(table) for name, table in tables.items()},
        counts=_counts(tables, proposals, replayed, decisions),
    )
    published = publish(tables, settings.output_dir, manifest)
    refusals = tuple(refusals_in_words(extractions))
    return BuildReport(published, settings.output_dir, tuple(tables["issues"]["message"]), refusals)


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


def _build_id(inputs: dict[str, str], fingerprint: str) -> str:
    """Hash of the code and data files that make events, the extractor and the inputs: the same things make the same build."""
    sources = sorted(
        [*(ROOT / "dashboard").glob("*.py"), *(ROOT / "dashboard" / "etl").rglob("*.py"), *REFERENCE_DIR.glob("*.*")]
    )
    digest = hashlib.sha256(fingerprint.encode())
    for path in sources:
        digest.update(path.name.encode() + path.read_bytes())
    for name, sha256 in sorted(inputs.items()):
        digest.update(f"{name}:{sha256}".encode())
    return digest.hexdigest()[:8]
