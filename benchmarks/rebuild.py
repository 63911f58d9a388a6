"""Times a rebuild after one new document among many, as a whole process, and where its time goes.

    python -m benchmarks.rebuild [--documents 10000] [--runs 5] [--folder DIR]

The first build of the made corpus takes minutes; with `--folder` it is kept for the next time.
"""

import argparse
import cProfile
import os
import pstats
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.corpus import make_corpus
from dashboard.etl.build import build
from dashboard.settings import ROOT, Settings

STAGES = ("read_folder", "draft", "traced", "replay", "settled", "normalise", "publish", "keep", "write")
"""The functions that are the steps of a build; `keep` and `write` put what was made aside for the next one.
Other threads are not profiled: what is kept is read beside `read_folder`, and the check runs beside `publish`."""


def built(folder: Path) -> tuple[float, float, float]:
    """Build in a process of its own: seconds passed, seconds of processor time, and peak megabytes."""
    names = {"DOCUMENTS": "documents", "REVIEWS": "reviews", "OUTPUT": "build"}
    environment = {**os.environ, **{f"CORRIDOR_{name}": str(folder / part) for name, part in names.items()}}
    started = time.perf_counter()
    child = subprocess.Popen(
        [sys.executable, "-m", "dashboard", "build"], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(child.pid, 0)
    if status:
        raise SystemExit(f"the build failed with status {status}")
    return time.perf_counter() - started, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def add_document(folder: Path) -> None:
    """One more document like the others."""
    make_corpus(folder / "documents", 1, first=sum(1 for _ in (folder / "documents").iterdir()))


def stages(folder: Path) -> dict[str, float]:
    """Seconds of each step, in this process and under a profiler, which makes Python's part about twice as long."""
    profile = cProfile.Profile()
    profile.runcall(build, Settings(folder / "documents", folder / "reviews", folder / "build"))
    spent = {key[2]: value[3] for key, value in pstats.Stats(profile).stats.items() if "dashboard" in key[0]}  # type: ignore[attr-defined]  # not in the stubs
    return {name: spent[name] for name in STAGES if name in spent}


def measure(folder: Path, documents: int, runs: int) -> None:
    if not (folder / "build" / "manifest.json").exists():
        make_corpus(folder / "documents", documents)
        passed, busy, memory = built(folder)
        print(
            f"first build of {documents:,} documents: {passed:.0f} s, {busy:.0f} s of processor time, {memory:.0f} MB"
        )
    built(folder)
    results = []
    for _ in range(runs):
        add_document(folder)
        results.append(built(folder))
    passed, busy, memory = (statistics.median(column) for column in zip(*results, strict=True))
    print(
        f"rebuild after one new document: median {passed:.2f} s, {busy:.2f} s of processor time, {memory:.0f} MB, {runs} runs"
    )
    add_document(folder)
    for name, seconds in stages(folder).items():
        print(f"  {name:12} {seconds:.2f} s under the profiler")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--folder", type=Path, help="keep the corpus and its build here")
    options = parser.parse_args()
    if options.folder:
        measure(options.folder, options.documents, options.runs)
        return
    with tempfile.TemporaryDirectory() as folder:
        measure(Path(folder), options.documents, options.runs)


if __name__ == "__main__":
    main()
