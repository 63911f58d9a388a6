"""Times `python -m dashboard build` on the shipped documents, in turn with a process that only imports its libraries."""

import statistics
import subprocess
import sys
import tempfile
import time

from dashboard.settings import ROOT

RUNS = 7
IMPORTS = "import duckdb, pandas, pandera.pandas, pyarrow.parquet"


def seconds(command: list[str]) -> float:
    started = time.perf_counter()
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started


def main() -> None:
    with tempfile.TemporaryDirectory() as output:
        build = [sys.executable, "-m", "dashboard", "build", "--output", output]
        imports = [sys.executable, "-c", IMPORTS]
        seconds(build), seconds(imports)
        pairs = [(seconds(build), seconds(imports)) for _ in range(RUNS)]
    builds, floors = zip(*pairs, strict=True)
    print(
        f"build:        median {statistics.median(builds):.2f} s, {min(builds):.2f} to {max(builds):.2f} s, {RUNS} runs"
    )
    print(f"imports only: median {statistics.median(floors):.2f} s, {min(floors):.2f} to {max(floors):.2f} s")
    print(f"ratio:        median {statistics.median(one / other for one, other in pairs):.2f}")


if __name__ == "__main__":
    main()
