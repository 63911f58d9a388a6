"""Builds that the app starts: one at a time, in a process of their own, with their progress.

A build that fails or is killed leaves the last one in place; its message is kept until the next one.
"""

import subprocess
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock, Thread, Timer

from dashboard.settings import ROOT, Settings

PAUSE_SECONDS = 20.0
"""A build starts when decisions have paused for so long: long enough to read and decide the next event."""

PROGRESS = "progress "
"""How a line of `build --progress` starts: `progress 3 12`, documents done and documents in all."""


@dataclass(frozen=True)
class Progress:
    """Where the builds of one folder stand.

    Shape: `done` of `total` documents while `is_running`; `failure` is what the last build said when it failed; `count`
    counts the builds that ended well.
    """

    is_running: bool = False
    done: int = 0
    total: int = 0
    failure: str = ""
    count: int = 0


class Rebuilder:
    """The builds of one set of folders. Safe to share between threads."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lock = Lock()
        self._progress = Progress()
        self._is_asked_again = False
        self._timer: Timer | None = None

    @property
    def progress(self) -> Progress:
        return self._progress

    @property
    def is_waiting(self) -> bool:
        """Whether a build will start when decisions pause."""
        return self._timer is not None and self._timer.is_alive()

    def start(self) -> None:
        """Build now; if a build runs, once more behind it, since it may have read the folders already."""
        with self._lock:
            self._stop_timer()
            if self._progress.is_running:
                self._is_asked_again = True
                return
            self._progress = replace(self._progress, is_running=True, done=0, total=0, failure="")
        Thread(target=self._run, daemon=True).start()

    def start_soon(self, seconds: float = PAUSE_SECONDS) -> None:
        """Build when nothing has asked for it for so long."""
        with self._lock:
            self._stop_timer()
            self._timer = Timer(seconds, self.start)
            self._timer.daemon = True
            self._timer.start()

    def _stop_timer(self) -> None:
        if self._timer:
            self._timer.cancel()
            self._timer = None

    def _run(self) -> None:
        is_needed = True
        while is_needed:
            failure = self._build()
            with self._lock:
                is_needed, self._is_asked_again = self._is_asked_again, False
                count = self._progress.count + (not failure)
                self._progress = Progress(is_running=is_needed, failure=failure, count=count)

    def _build(self) -> str:
        """Run one build to its end; what it said if it failed, else nothing."""
        said: list[str] = []
        with subprocess.Popen(  # noqa: S603 - our own program, with folders from our own settings
            _command(self._settings), cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
            encoding="utf-8", errors="replace",
        ) as process:  # fmt: skip
            for line in process.stderr or ():
                if line.startswith(PROGRESS):
                    done, total = line.removeprefix(PROGRESS).split()
                    self._progress = replace(self._progress, done=int(done), total=int(total))
                else:
                    said.append(line.rstrip())
        if process.returncode == 0:
            return ""
        return "\n".join(said) or f"the build ended with the code {process.returncode}"


def _command(settings: Settings) -> list[str]:
    folders = {
        "--documents": settings.documents_dir,
        "--reviews": settings.reviews_dir,
        "--output": settings.output_dir,
    }
    named = [part for flag, folder in folders.items() for part in (flag, str(Path(folder).resolve()))]
    return [sys.executable, "-m", "dashboard", "build", "--progress", *named]


_REBUILDERS: dict[Settings, Rebuilder] = {}
_REBUILDERS_LOCK = Lock()


def rebuilder(settings: Settings) -> Rebuilder:
    """The one rebuilder of this process for these folders."""
    with _REBUILDERS_LOCK:
        return _REBUILDERS.setdefault(settings, Rebuilder(settings))
