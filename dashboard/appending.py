"""Files that only grow: one line at a time, by one writer at a time, on the disk before the writer goes on."""

import os
from pathlib import Path

from filelock import FileLock


def turn(path: Path, lock_file: str) -> FileLock:
    """A lock beside a file, under which writers take turns; its folder is made if it is not there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    return FileLock(path.parent / lock_file)


def append_line(path: Path, line: bytes) -> None:
    """Add a line to the end of a file and wait until it is on the disk.

    Rules: a torn last line is closed first, so that it spoils only itself. The caller holds the file's `turn`.
    """
    with path.open("a+b") as stream:
        stream.seek(0, os.SEEK_END)
        if stream.tell():
            stream.seek(-1, os.SEEK_END)
            line = line if stream.read(1) == b"\n" else b"\n" + line
        stream.write(line + b"\n")
        stream.flush()
        os.fsync(stream.fileno())
