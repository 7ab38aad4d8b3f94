"""Runs claims in which something happens at one system call; a process of its own.

``python -m tests.faults.child`` reads cases as JSON lines, and answers each with a line: how the
claim ended, what it said, and which calls it made. Each case is a fork, so that a kill is a kill.
The calls are those of ``os`` and ``fcntl`` that a commit makes, and the exchange of two names.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import importlib
import json
import os
import signal
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from todo_tui.cli.main import main
from todo_tui.storage import company, exchange, lock
from todo_tui.storage.lock import FOLDER

if TYPE_CHECKING:
    from collections.abc import Callable

CALLS: Final = (
    "open", "read", "write", "fsync", "close", "stat", "lstat", "fstat", "lseek", "access", "mkdir",
    "chmod", "fchmod", "fchown", "utime", "listxattr", "getxattr", "setxattr", "unlink", "replace",
    "rename", "scandir", "pread", "pwrite", "ftruncate", "mkfifo", "link",
)  # fmt: skip


ERRORS: Final = {
    "open": ("EACCES", "ENOSPC", "EMFILE"),
    "read": ("EIO",),
    "write": ("ENOSPC", "EIO", "EDQUOT"),
    "fsync": ("EIO", "ENOSPC"),
    "close": ("EIO",),
    "stat": ("EACCES", "EIO"),
    "lstat": ("EACCES", "EIO"),
    "fstat": ("EIO",),
    "lseek": ("EIO",),
    "mkdir": ("EROFS", "EACCES"),
    "chmod": ("EPERM",),
    "fchmod": ("EPERM",),
    "fchown": ("EPERM",),
    "utime": ("EPERM",),
    "listxattr": ("ENOTSUP", "EIO"),
    "unlink": ("EACCES", "EIO"),
    "replace": ("EXDEV", "EACCES"),
    "scandir": ("EIO",),
    "flock": ("ENOLCK", "EINTR", "EIO"),
    "pread": ("EIO",),
    "pwrite": ("ENOSPC", "EIO"),
    "ftruncate": ("EIO",),
    "mkfifo": ("EPERM",),
    "link": ("EPERM",),
    "exchange": ("EXDEV", "EINVAL", "ENOSPC", "EPERM", "EIO"),
}
"""How a call may fail. EINVAL is how a file system says that names cannot change places there."""

KINDS: Final = ("kill", "half", "short", *(f"error {number}" for number in range(5)))


class Event(NamedTuple):
    """What happens right before the call number ``step``, or in its place.

    ``what``: ``kill``; ``half`` (a write of half the bytes, then a kill); ``short`` (a write of
    half the bytes); ``error 0``, ``error 1``... (the errors above that such a call may end with);
    or a way in which somebody edits the file just then. What does not suit a call does not happen.
    """

    step: int
    what: str


STAYS: Final = "stays"
"""What stands among the calls where a process has done what it wanted and goes on for others."""


def run(
    words: list[str],
    events: list[Event],
    path: Path,
    said: int,
    calls: Path,
    stays: Path | None = None,
) -> None:
    """Run the program in this process with ``events``; does not return.

    ``stays``: a file that is made when it would go on for others, who are waited for then.
    """
    with calls.open("w", encoding="utf-8") as log:
        count = 0
        another = company.Company.another

        def wait_for_others(one: company.Company) -> bool:
            nonlocal stays
            if stays is not None:
                log.write(f"{STAYS}\n")
                REAL_CLOSE(REAL_OPEN(stays, os.O_WRONLY | os.O_CREAT, 0o644))
                while not any(name.startswith("ask-") for name in LISTED(path.parent / FOLDER)):
                    os.sched_yield()
                stays = None
            return another(one)

        if stays is not None:
            company.MANY = 0  # type: ignore[misc]
        company.Company.another = wait_for_others  # type: ignore[method-assign, assignment]

        def wrap(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
            def call(*args: Any, **more: Any) -> Any:
                nonlocal count
                count += 1
                log.write(f"{name}\n")
                for event in events:
                    if event.step == count:
                        log.write(f"{event.what}\n")
                        log.flush()
                        instead = happen(event.what, name, path, real, args)
                        if instead is not None:
                            return instead
                return real(*args, **more)

            return call

        os.dup2(said, 1)
        os.dup2(said, 2)
        swap = exchange._swap()
        for name in CALLS:
            if hasattr(os, name):
                setattr(os, name, wrap(name, getattr(os, name)))
        fcntl.flock = wrap("flock", fcntl.flock)
        if swap is not None:
            wrapped = wrap("exchange", swap)

            def exchanged(fresh: bytes, file: bytes) -> bool:
                try:
                    return bool(wrapped(fresh, file))
                except OSError as error:
                    return exchange._done(error.errno or 0, fresh, file)

            exchange._swap = lambda: exchanged  # type: ignore[assignment]
        code = main(words)
        sys.stdout.flush()
        log.flush()
    REAL_EXIT(code)


LISTED: Final = os.listdir
"""Not among the calls, as what pathlib makes for it would be."""

REAL_EXIT: Final = os._exit
REAL_WRITE: Final = os.write
REAL_OPEN: Final = os.open
REAL_READ: Final = os.read
REAL_CLOSE: Final = os.close
REAL_REPLACE: Final = os.replace
REAL_UNLINK: Final = os.unlink
REAL_PWRITE: Final = os.pwrite


def happen(
    what: str, name: str, path: Path, real: Callable[..., Any], args: tuple[Any, ...]
) -> Any:
    """Make an event happen; what the call gives in its place, None where it is still to be made."""
    if what in WAYS:
        edit(what, path)
    elif what == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    elif what in ("half", "short"):
        if name not in ("write", "pwrite"):
            return None
        handle, data, *place = args
        done = real(handle, bytes(data)[: len(data) // 2], *place)
        if what == "half":
            os.kill(os.getpid(), signal.SIGKILL)
        return done
    else:
        errors = ERRORS.get(name, ())
        number = int(what.removeprefix("error "))
        if number < len(errors):
            code = getattr(errno, errors[number])
            raise OSError(code, os.strerror(code))
    return None


WAYS: Final = ("rename", "truncate", "in place")
OLD: Final = b"A line that others edit: before.\n"
NEW: Final = b"A line that others edit: after!.\n"


def edit(way: str, path: Path) -> None:
    """Somebody without a lock edits one line, all at once."""
    handle = REAL_OPEN(path, os.O_RDWR)
    text = REAL_READ(handle, 1 << 20)
    new = text.replace(OLD, NEW)
    if way == "in place":
        REAL_PWRITE(handle, NEW, text.index(OLD))
    REAL_CLOSE(handle)
    if way == "rename":
        beside = path.with_name("TODO.md.tmp")
        handle = REAL_OPEN(beside, os.O_WRONLY | os.O_CREAT, 0o644)
        REAL_WRITE(handle, new)
        REAL_CLOSE(handle)
        REAL_REPLACE(beside, path)
    elif way == "truncate":
        handle = REAL_OPEN(path, os.O_WRONLY | os.O_TRUNC)
        REAL_WRITE(handle, new)
        REAL_CLOSE(handle)


def answer(case: dict[str, Any]) -> dict[str, Any]:
    """Run one case in a fork; how it ended."""
    path = Path(case["path"])
    with tempfile.TemporaryFile() as said:
        pid = os.fork()
        if pid == 0:
            try:
                events = [Event(*one) for one in case["events"]]
                run(case["words"], events, path, said.fileno(), path.parent.parent / "calls")
            finally:
                REAL_EXIT(99)
        _, status = os.waitpid(pid, 0)
        said.seek(0)
        text = said.read().decode("utf-8", "replace")
    calls = (path.parent.parent / "calls").read_text(encoding="utf-8").splitlines()
    return {"code": os.waitstatus_to_exitcode(status), "said": text, "calls": calls}


def answer_company(case: dict[str, Any]) -> dict[str, Any]:
    """Run one case while the lock is held, and others that join it; how all of them ended.

    The first has the events. It waits for the lock, or is dead, when the others begin; the lock is
    given back when each of these has asked, waits for it, or has ended. One that is ``late`` begins
    when the first goes on for others, or has ended.
    """
    path = Path(case["path"])
    folder, stays = Path(lock.folder_of(path)), path.parent.parent / "stays"
    running: dict[int, Any] = {}
    ended: dict[int, int] = {}

    def begin(words: list[str]) -> None:
        said = tempfile.TemporaryFile()  # noqa: SIM115 - it is closed with all others
        files.callback(said.close)
        events = [] if running else [Event(*one) for one in case["events"]]
        calls = Path(os.devnull) if running else path.parent.parent / "calls"
        pid = os.fork()
        if pid == 0:
            try:
                to_stay = None if running or not case["late"] else stays
                run(words, events, path, said.fileno(), calls, to_stay)
            finally:
                REAL_EXIT(99)
        running[pid] = said

    with contextlib.ExitStack() as files:
        with lock.held(folder, wait=0, what="hold"):
            for words in [case["words"], *case["others"]]:
                begin(words)
                while waits(folder) < len(running) - len(ended):
                    _ended(running, ended, os.WNOHANG)
        first = next(iter(running))
        for words in case["late"]:
            while not (stays.exists() or first in ended):
                _ended(running, ended, os.WNOHANG)
                os.sched_yield()
            begin(words)
        while len(ended) < len(running):
            _ended(running, ended, 0)
        ends = []
        for pid, said in running.items():
            said.seek(0)
            ends.append([ended[pid], said.read().decode("utf-8", "replace")])
    made = (path.parent.parent / "calls").read_text(encoding="utf-8").splitlines()
    return {"ends": ends, "calls": made}


def waits(folder: Path) -> int:
    """How many processes have asked, or wait for the lock in the kernel's queue."""
    asked = [one for one in folder.iterdir() if one.name.startswith("ask-")]
    inode = (folder / lock.LOCK).stat().st_ino
    table = Path("/proc/locks").read_text(encoding="ascii").splitlines()
    return len(asked) + sum("->" in line and f":{inode} " in line for line in table)


def _ended(running: dict[int, Any], ended: dict[int, int], how: int) -> None:
    for pid in running:
        if pid not in ended:
            found, status = os.waitpid(pid, how)
            if found:
                ended[pid] = os.waitstatus_to_exitcode(status)


def serve() -> None:
    """Answer the cases on stdin. The first runs are made to import what will be needed."""
    for line in sys.stdin:
        case = json.loads(line)
        print(json.dumps(answer_company(case) if "others" in case else answer(case)), flush=True)


def warm(folder: Path) -> None:
    """Run a claim and a refusal here, so that no case has to import anything."""
    path = folder / "work" / "TODO.md"
    path.parent.mkdir()
    path.write_text('```yaml\n- TASK_001: "T"\n  status: todo\n```\n', encoding="utf-8")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    kept = os.dup(1), os.dup(2)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    for name in ("a@1", "a@1", "b@1"):
        main(["claim", "TASK_001", "--agent", name, "--json", "--file", str(path)])
    for module in ("storage.company", "board.combining"):
        importlib.import_module(f"todo_tui.{module}")
    sys.stdout.flush()
    os.dup2(kept[0], 1)
    os.dup2(kept[1], 2)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        warm(Path(name))
    serve()
