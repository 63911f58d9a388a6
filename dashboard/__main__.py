"""The command line: `python -m dashboard build | serve | extract | evaluate | export`."""

import argparse
import gc
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from dashboard.errors import DashboardError, InputError
from dashboard.etl.read import Document
from dashboard.issues import Issue
from dashboard.rebuilding import PROGRESS
from dashboard.settings import ROOT, Settings, current

if TYPE_CHECKING:
    # Loading it takes a second, and `serve` has no use for it.
    from dashboard.etl.extractors import Extraction


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; what a person can mend is printed as a sentence, and the exit code is 1."""
    options = _parser().parse_args(arguments)
    command: Callable[[argparse.Namespace], int] = options.command
    try:
        return command(options)
    except DashboardError as error:
        print(error, file=sys.stderr)
        return 1
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def _build(options: argparse.Namespace) -> int:
    from filelock import FileLock

    from dashboard.etl.build import build
    from dashboard.etl.extractors import choose_extractor

    # A build makes many objects and few circles of them; to look for circles seven hundred objects at a time takes a tenth of it.
    gc.set_threshold(100_000, 20, 100)
    settings = _settings(options)
    extractor = choose_extractor(options.extractor)
    settings.output_dir.mkdir(parents=True, exist_ok=True)
    # Builds take turns: one that read the folders earlier must not be published later.
    with FileLock(settings.output_dir / ".build.lock"):
        print(build(settings, extractor, tell=_print_progress if options.progress else None))
    return 0


def _print_progress(done: int, total: int) -> None:
    print(f"{PROGRESS}{done} {total}", file=sys.stderr, flush=True)


def _serve(options: argparse.Namespace) -> int:
    from dashboard.manifest import read_manifest

    settings = _settings(options)
    read_manifest(settings.output_dir)
    print(f"Corridor is at http://localhost:{options.port} (stop it with Ctrl+C).", flush=True)
    os.environ["CORRIDOR_OUTPUT"] = str(settings.output_dir.resolve())
    os.environ["CORRIDOR_DOCUMENTS"] = str(settings.documents_dir.resolve())
    os.environ["CORRIDOR_REVIEWS"] = str(settings.reviews_dir.resolve())
    os.chdir(ROOT)
    from dashboard.server import serve

    serve(address=options.address, port=options.port)
    return 0


def _extract(options: argparse.Namespace) -> int:
    from dashboard.etl.extractors import choose_extractor, events_of, extract_all
    from dashboard.etl.read import read_paths
    from dashboard.exports.jsonl import to_lines

    extractor = choose_extractor(options.extractor)
    if options.explain and options.extractor != "rules":
        raise InputError("--explain tells what the rules did; it goes with --extractor rules only")
    reading = read_paths(options.paths)
    if options.explain:
        extractions: list[Extraction] = []
        lines = _explained(reading.documents)
    else:
        extractions = extract_all(reading.documents, extractor)
        lines = to_lines(event.to_json() for event in events_of(extractions))
    for line in lines:
        print(line)
    return _report(reading.issues, extractions)


def _report(reading_issues: Iterable[Issue], extractions: "Sequence[Extraction]") -> int:
    """Print what could not be read or was refused; the exit code is 1 if something is left out because of it."""
    from dashboard.etl.extractors import events_of, refusals_in_words

    refusals = refusals_in_words(len(events_of(extractions)), (extraction.refused for extraction in extractions))
    issues = [*reading_issues, *(issue for extraction in extractions for issue in extraction.issues)]
    for said in (*(issue.message for issue in issues), *refusals):
        print(said, file=sys.stderr)
    return 1 if any(issue.severity == "error" for issue in issues) else 0


def _explained(documents: Sequence[Document]) -> Iterator[str]:
    """For each sentence of each document what became of it, by which rule, with which score."""
    from dashboard.etl.extract import explain

    for document in documents:
        for sentence in explain(document):
            told = f"{sentence.outcome} {sentence.type} {sentence.score:+.2f} {sentence.rule}".rstrip()
            features = ", ".join(f"{name} {weight:+.2f}" for name, weight in sentence.features)
            said = told if sentence.outcome != "silent" else "silent"
            yield f"{document.name} {sentence.start}–{sentence.end} {said}\n  {' '.join(sentence.text.split())}"
            if features:
                yield f"  {features}"


def _evaluate(options: argparse.Namespace) -> int:
    from dashboard.etl.evaluate import evaluate, read_coded_events
    from dashboard.etl.evaluation_report import in_words, to_json
    from dashboard.etl.extractors import choose_extractor, events_of, extract_all
    from dashboard.etl.read import read_folder

    extractor = choose_extractor(options.extractor)
    reading = read_folder(options.documents)
    coded = read_coded_events(options.gold)
    extractions = extract_all(reading.documents, extractor)
    evaluation = evaluate(reading.documents, coded, events_of(extractions))
    print(json.dumps(to_json(evaluation), ensure_ascii=False) if options.json else in_words(evaluation))
    return _report(reading.issues, extractions)


def _export(options: argparse.Namespace) -> int:
    """Rules: `--output` names a file if it ends as files of the format do, else the folder of the build."""
    from dashboard.exports.events import write_events
    from dashboard.queries.store import open_build

    named: Path | None = options.output
    file = named if named and named.suffix == f".{options.format}" else None
    if file:
        options.output = None
    store = open_build(_settings(options).output_dir)
    content, row_count = write_events(store, options.filter, options.format)
    if not file:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return 0
    try:
        file.write_bytes(content)
    except OSError as error:
        raise InputError(f"{file} cannot be written: {error.strerror}; name a file in a folder that exists") from error
    counted = f"{row_count:,} row{'' if row_count == 1 else 's'}"
    print(f"{file} holds {counted}." if row_count else f"{file} holds no event: the filter selects none.")
    return 0


def _settings(options: argparse.Namespace) -> Settings:
    named = {
        f"{name}_dir": folder
        for name in ("documents", "reviews", "output")
        if (folder := getattr(options, name, None)) is not None
    }
    return replace(current(), **named)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m dashboard", description="Documents in, events with proof out.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    build = commands.add_parser("build", help="read the documents, replay the decisions, publish the tables")
    _add_inputs(build)
    _add_extractor(build)
    build.add_argument("--progress", action="store_true", help="print documents done and in all on the error stream")
    _add_output(build, "where to publish (default: data/build)")
    build.set_defaults(command=_build)
    serve = commands.add_parser("serve", help="show the current build in the browser")
    serve.add_argument("--port", type=int, default=8501, help="default: 8501")
    serve.add_argument(
        "--address", default="localhost", help="interface to listen on (default: localhost, this machine only)"
    )
    _add_inputs(serve)
    _add_output(serve, "build to show (default: data/build)")
    serve.set_defaults(command=_serve)
    extract = commands.add_parser("extract", help="print what the machine proposes for documents, as JSON Lines")
    extract.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="a document or a folder of documents")
    _add_extractor(extract)
    extract.add_argument(
        "--explain", action="store_true", help="print for each sentence which rule made it an event or dropped it"
    )
    extract.set_defaults(command=_extract)
    evaluate = commands.add_parser("evaluate", help="compare the machine's proposals with events that a person coded")
    evaluate.add_argument("--documents", type=Path, required=True, metavar="DIR", help="folder of documents")
    evaluate.add_argument("--gold", type=Path, required=True, metavar="FILE", help="coded events, as JSON Lines")
    evaluate.add_argument("--json", action="store_true", help="print one JSON object instead of words")
    _add_extractor(evaluate)
    evaluate.set_defaults(command=_evaluate)
    export = commands.add_parser("export", help="print the decided events, or write them to a file")
    export.add_argument(
        "--format", choices=["jsonl", "csv", "geojson"], default="jsonl",
        help="jsonl (default): the codebook's form, a line for each event and document; csv: the file of the events page; geojson",
    )  # fmt: skip
    export.add_argument(
        "--filter", default="", metavar="WORDS",
        help="which events, as the address bar says it: 'sector=space&from=2025-07' (default: all)",
    )  # fmt: skip
    export.add_argument(
        "--output", type=Path, metavar="FILE|DIR",
        help="file to write, if its name ends in the format's (events.csv); else the build to export (default: data/build)",
    )  # fmt: skip
    export.set_defaults(command=_export)
    return parser


def _add_extractor(parser: argparse.ArgumentParser) -> None:
    """The names stand here a second time, so that the command line need not load the extractors to know them."""
    parser.add_argument(
        "--extractor", choices=["rules", "encoder", "llm"], default="rules",
        help="rules (default; needs no network), encoder: the rules, with a sentence encoder for the types (needs no network; "
        "requirements-encoder.txt), or llm: the language model that CORRIDOR_LLM_URL and CORRIDOR_LLM_MODEL name",
    )  # fmt: skip


def _add_inputs(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--documents", type=Path, metavar="DIR", help="folder of documents (default: seeds)")
    parser.add_argument("--reviews", type=Path, metavar="DIR", help="folder of decisions (default: data/reviews)")


def _add_output(parser: argparse.ArgumentParser, meaning: str) -> None:
    parser.add_argument("--output", type=Path, metavar="DIR", help=meaning)


if __name__ == "__main__":
    sys.exit(main())
