"""Processes that commit and are killed, and the proof that each time a whole file is left.

    python -m tests.storage.kennel random FILE KILLS SEED
    python -m tests.storage.kennel everywhere FILE

The first forks a child that commits in a loop, kills it at a random moment, looks at what it left,
and begins again. The second makes one commit again and again, with somebody who slips in, and kills
it before its first call into the system or another library, before its second, and so on. Runs by
itself so that it may fork: it has one thread and everything loaded.
"""

from __future__ import annotations

import os
import random
import select
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tests.storage.toy import edited, litter, take, toy
from todo_tui.storage import exchange, lock
from todo_tui.storage.commit import commit

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

    from _typeshed import StrPath

PADDING = b"".join(b"  line %d of a long description of something\n" % n for n in range(3000))


def version(number: int) -> bytes:
    """A file that says in three places which version it is, far apart."""
    return b"# %d\n\n%s- mark %d\n%s- end %d\n" % (number, PADDING, number, PADDING, number)


def number_of(data: bytes) -> int:
    """Which version ``data`` is. Raises AssertionError where it is not one, whole."""
    number = int(data.partition(b"\n")[0].removeprefix(b"# "))
    assert data == version(number), "not a whole version"
    return number


def advance(data: bytes) -> bytes:
    """The plan to make the next version."""
    return version(number_of(data) + 1)


def kill_at_random(path: Path, kills: int, seed: int) -> None:
    """Kill ``kills`` children. Raises AssertionError at the first one that left a mess."""
    dice = random.Random(seed)
    path.write_bytes(version(0))
    reached, most = 0, 0
    for _ in range(kills):
        ready, told = os.pipe()
        child = os.fork()
        if not child:
            commit(path, advance, wait=0, what="first")
            os.write(told, b".")
            while True:
                commit(path, advance, wait=0, what="again")
        select.select([ready], [], [], 10)
        # A moment of the commit, not a wait for something.
        select.select([], [], [], dice.random() * 0.01)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(ready)
        os.close(told)
        now = number_of(path.read_bytes())
        assert now > reached, "an answered commit is gone"
        reached = now
        left = litter(path)
        most = max(most, len(left))
        assert len(left) <= 1, left
        with lock.held(path.parent / lock.FOLDER, wait=0, what="look"):
            pass
    commit(path, advance, wait=0, what="last")
    assert number_of(path.read_bytes()) == reached + 1
    assert litter(path) == []
    print(f"{kills} kills, {reached} commits, at most {most} file left behind")


def kill_everywhere(path: Path) -> None:
    """Kill a commit before each of its calls. Raises AssertionError where it left a mess."""
    base = toy("A", "B", "C")
    theirs = edited(base, "- B: todo", "- B: them")
    waiting = path.with_name("theirs")
    put = exchange.put

    def slip_in(fresh: StrPath, path: StrPath) -> int:
        if waiting.exists():
            waiting.rename(path)
        return put(fresh, path)

    exchange.put = slip_in
    survived = False
    call = 0
    while not survived:
        call += 1
        path.write_bytes(base)
        waiting.write_bytes(theirs)
        child = os.fork()
        if not child:
            sys.setprofile(_executioner(call))
            commit(path, take("A", "us"), wait=0, what="doomed")
            sys.setprofile(None)
            os._exit(0)
        survived = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
        came = base if waiting.exists() else theirs
        both = {b"".join(filter(None, (take("A", "us")(text),))) for text in (base, theirs)}
        assert path.read_bytes() in {base, theirs, *both}, f"call {call}"
        waiting.unlink(missing_ok=True)
        commit(path, take("C", "others"), wait=0, what="next")
        found = path.read_bytes()
        allowed = {take("C", "others")(came), take("C", "others")(take("A", "us")(came) or b"")}
        assert found in allowed, f"call {call}: {found!r}"
        assert litter(path) == [], f"call {call}"
    assert found == take("C", "others")(take("A", "us")(theirs) or b"")
    print(f"killed before each of {call - 1} calls")


def _executioner(call: int) -> Callable[[FrameType, str, object], None]:
    """A profiler that kills its process before that call into C."""
    count = 0

    def watch(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        if event == "c_call":
            count += 1
            if count == call:
                os.kill(os.getpid(), signal.SIGKILL)

    return watch


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["random", file, kills, seed]:
            kill_at_random(Path(file), int(kills), int(seed))
        case ["everywhere", file]:
            kill_everywhere(Path(file))
