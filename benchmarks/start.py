"""Times `make run` in a fresh clone until the page is served: once cold, then warm."""

import os
import signal
import statistics
import subprocess
import tempfile
import time
import urllib.request
from urllib.error import URLError

from dashboard.settings import ROOT

WARM_RUNS = 3
URL = "http://localhost:8501/_stcore/health"
LIMIT_SECONDS = 600


def is_served() -> bool:
    try:
        with urllib.request.urlopen(URL, timeout=1) as answer:
            return bool(answer.read() == b"ok")
    except (URLError, ConnectionError, TimeoutError):
        return False


def seconds_until_served(clone: str) -> float:
    started = time.perf_counter()
    server = subprocess.Popen(["make", "run"], cwd=clone, stdout=subprocess.DEVNULL, start_new_session=True)
    try:
        while not is_served():
            if server.poll() is not None or time.perf_counter() - started > LIMIT_SECONDS:
                raise SystemExit("make run did not serve; is another server on port 8501?")
            time.sleep(0.05)
        return time.perf_counter() - started
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait()


def main() -> None:
    if is_served():
        raise SystemExit("something is already served on port 8501; stop it first")
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["git", "clone", "--quiet", str(ROOT), folder], check=True)
        print(
            f"cold make run: {seconds_until_served(folder):.1f} s until served (packages are downloaded or come from pip's cache)"
        )
        warm = [seconds_until_served(folder) for _ in range(WARM_RUNS)]
        print(
            f"warm make run: median {statistics.median(warm):.1f} s, {min(warm):.1f} to {max(warm):.1f} s, {WARM_RUNS} runs"
        )


if __name__ == "__main__":
    main()
