"""Processes that hold, take and contend for the lock, and that write without it."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from todo_tui.storage import lock


def hold(folder: str) -> None:
    """Take the lock, say so, and hold it until stdin is closed."""
    with lock.held(Path(folder), wait=10, what="hold still"):
        print("held", flush=True)
        sys.stdin.read()


def hold_with_filelock(folder: str) -> None:
    """The same as a user of filelock does it."""
    import filelock

    with filelock.FileLock(Path(folder) / lock.LOCK):
        print("held", flush=True)
        sys.stdin.read()


def count(folder: str, times: str, kind: str) -> None:
    """Add one to the number in a file, that often, in a way that loses counts without a lock."""
    import filelock

    number = Path(folder).parent / "number"
    theirs = filelock.FileLock(Path(folder) / lock.LOCK)
    for turn in range(int(times)):
        ours = lock.held(Path(folder), wait=60, what="count")
        with theirs if kind == "filelock" or (kind == "both" and turn % 2) else ours:
            value = int(number.read_text())
            os.sched_yield()
            number.write_text(str(value + 1))


def share(folder: str, seconds: str, go: str) -> None:
    """Take the lock as often as it can for that long after ``go`` exists; print how often."""
    while not Path(go).exists():
        time.sleep(0.001)
    end = time.monotonic() + float(seconds)
    taken = 0
    while time.monotonic() < end:
        with lock.held(Path(folder), wait=60, what="share"):
            taken += 1
    print(taken, flush=True)


if __name__ == "__main__":
    ACTORS = {f.__name__: f for f in (hold, hold_with_filelock, count, share)}
    ACTORS[sys.argv[1]](*sys.argv[2:])
