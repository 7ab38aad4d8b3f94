"""Processes that hold, take and contend for the lock, and that write without it."""

from __future__ import annotations

import os
import random
import sys
import time
from pathlib import Path

from tests.storage.toy import put_by_rename, take
from todo_tui.storage import lock
from todo_tui.storage.commit import commit


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


def take_all(path: str, first: str, last: str) -> None:
    """Take the tasks of these numbers, one commit each, and print those that were taken."""
    for number in range(int(first), int(last)):
        written = commit(Path(path), take(f"T{number}", "us"), wait=60, what="take")
        assert written.changed
        print(number, flush=True)


def claim_all(path: str, name: str, go: str) -> None:
    """Claim whatever is to be had for that agent, once ``go`` exists, and print the references."""
    from todo_tui.board.transition import Actor, ClaimNext
    from todo_tui.errors import TodoError
    from todo_tui.storage.todo_file import TodoFile

    file = TodoFile(Path(path), wait=60)
    file.read()
    while not Path(go).exists():
        time.sleep(0.001)
    while True:
        try:
            print(file.commit(ClaimNext(Actor(name))).tasks[0].ref, flush=True)
        except TodoError as error:
            if error.code == "nothing":
                return
            raise


def scribble(path: str, technique: str, first: str, last: str, seed: str) -> None:
    """Edit the tasks of these numbers without a lock, at a person's pace, in one of the ways."""
    dice = random.Random(int(seed))
    write = TECHNIQUES[technique]
    for number in range(int(first), int(last)):
        write(Path(path), f"- T{number}: todo\n".encode(), f"- T{number}: them\n".encode())
        time.sleep(dice.uniform(0.002, 0.02))


def _truncate(path: Path, old: bytes, new: bytes) -> None:
    data = path.read_bytes().replace(old, new)
    with path.open("wb", buffering=0) as file:
        for start in range(0, len(data), 4096):
            file.write(data[start : start + 4096])


def _rename(path: Path, old: bytes, new: bytes) -> None:
    put_by_rename(path, path.read_bytes().replace(old, new))


def _recreate(path: Path, old: bytes, new: bytes) -> None:
    data = path.read_bytes().replace(old, new)
    path.unlink()
    path.write_bytes(data)


def _in_place(path: Path, old: bytes, new: bytes) -> None:
    with path.open("r+b", buffering=0) as file:
        data = file.read().replace(old, new)
        file.seek(0)
        file.write(data)
        file.truncate()


TECHNIQUES = {
    "truncate": _truncate,
    "rename": _rename,
    "recreate": _recreate,
    "in_place": _in_place,
}

if __name__ == "__main__":
    ACTORS = {
        f.__name__: f
        for f in (hold, hold_with_filelock, count, share, take_all, claim_all, scribble)
    }
    ACTORS[sys.argv[1]](*sys.argv[2:])
