"""The whole way: read, find and assemble, decide, normalise, check, publish; and what the build says it did."""

import hashlib
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from dashboard import __version__
from dashboard.decisions import Decision, read_decisions
from dashboard.etl.chains import chain_tables
from dashboard.etl.decide import Replay, replay
from dashboard.etl.drafts import Tell, Untouched, draft, settled, touched, traced
from dashboard.etl.extractors import DEFAULT_EXTRACTOR, Extractor, choose_extractor, refusals_in_words
from dashboard.etl.kept import FOLDER as KEPT_FOLDER
from dashboard.etl.kept import Keep, extraction_fingerprint, reading_fingerprint
from dashboard.etl.normalise import Tables, normalise
from dashboard.etl.publish import publish
from dashboard.etl.read import Document, read_folder
from dashboard.etl.reading import KeptReader
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


def build(settings: Settings, extractor: Extractor | None = None, *, tell: Tell | None = None) -> BuildReport:
    """Make and publish a build, with the rules unless another extractor is given.

    Rules: the extractor is asked for the events of documents that no earlier build kept; `tell` hears how many of these
    are done.
    Raises: InputError if there are no documents, or the extractor failed for all of them; TableError if the tables do not
    satisfy their schema. The current build stays in each case.
    """
    extractor = extractor or choose_extractor(DEFAULT_EXTRACTOR)
    reader = KeptReader(Keep(settings.output_dir / KEPT_FOLDER, "reading", reading_fingerprint()))
    drafting = drafting_keep(settings.output_dir, extractor)
    with ThreadPoolExecutor(1) as pool:
        # The folder waits for the disk, the keep is read and checked without Python's lock: each fills the other's pauses.
        kept = pool.submit(drafting.read)
        reading = read_folder(settings.documents_dir, reader=reader)
    decisions, decision_issues = read_decisions(settings.reviews_dir)
    drafts = draft(reading.documents, kept.result(), extractor, tell=tell)
    documents = drafts.dated(reading.documents)
    drafts, origins = traced(drafts, documents)
    decidable = touched(drafts, decisions, documents)
    replayed = replay(drafts.events(decidable), decisions, documents, others=Untouched(drafts, decidable))
    drafts, rows = settled(drafts, replayed, documents, decidable)
    issues = [*reader.issues, *drafts.issues, *reading.issues, *drafts.extract_issues(documents), *decision_issues]
    tables = normalise(
        replayed, decisions, documents, issues, rows=rows, forms=drafts.forms_without(decidable),
        origins=origins,
    )  # fmt: skip
    tables["explanations"] = drafts.explanations(documents)
    tables |= chain_tables(tables)
    inputs = _inputs(reading.documents, settings.reviews_dir)
    manifest = Manifest(
        build_id=_build_id(inputs, extractor.fingerprint),
        code_version=__version__,
        built_at=datetime.now(UTC).isoformat(timespec="seconds"),
        folder="",
        inputs=inputs,
        tables={name: len(table) for name, table in tables.items()},
        counts=_counts(tables, len(drafts), replayed, decisions),
    )
    published = publish(tables, settings.output_dir, manifest)
    reader.keep()
    if drafts.is_new:
        drafting.write(drafts.parts)
    refusals = tuple(refusals_in_words(len(drafts), drafts.refused))
    return BuildReport(published, settings.output_dir, tuple(tables["issues"]["message"]), refusals)


def drafting_keep(output_dir: Path, extractor: Extractor) -> Keep:
    """Where the builds into a folder keep what an extractor found; a model's results lie beside those of the rules."""
    kind = extractor.name.partition(":")[0]
    name = "drafts" if kind == DEFAULT_EXTRACTOR else f"drafts_{kind}"
    return Keep(output_dir / KEPT_FOLDER, name, f"{extraction_fingerprint()} {extractor.fingerprint}")


def _counts(tables: Tables, proposals: int, replayed: Replay, decisions: Sequence[Decision]) -> dict[str, int]:
    machine, decided = (int(tables["events"][f"{who}_field_count"].sum()) for who in ("machine", "decided"))
    outcomes = list(replayed.outcomes.values())
    return {
        "documents": len(tables["documents"]),
        "proposals": proposals,
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
