"""Editors that take no lock and rewrite the file, as real ones do, in four ways.

- ``rename``: a new file beside it, renamed over it (agents' edit tools, ``sed -i``);
- ``truncate``: the file is emptied and written anew (VS Code, plain scripts);
- ``recreate``: the file is removed and made again (vim, as it may be set);
- ``in place``: one line is overwritten where it stands, by as many bytes.

Each looks whether the file has changed since it was read, right before it writes, and begins anew
if it has. Editors keep out of each other's way, so that an edit that is gone was not lost to
another editor.
"""

from __future__ import annotations

import fcntl
import os
import re
import time
from random import Random
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from tests.storm.record import Edit, Recorder
from tests.storm.scene import END, MARK, TOKEN

if TYPE_CHECKING:
    from pathlib import Path

Way = Literal["rename", "truncate", "recreate", "in place"]
WAYS: Final[tuple[Way, ...]] = ("rename", "truncate", "recreate", "in place")

THINK: Final = 0.008
"""At most so many seconds pass between reading and writing."""

_MARK: Final = re.compile(rb"(?<=mark: )[^\r\n]{24}|(?<=\*\*Mark\*\*: )[^\r\n]{24}")


class Plan(NamedTuple):
    """Who edits what, how, for how long (a deadline on the monotonic clock), how often.

    ``pause``: at most so many seconds pass between two edits.
    """

    name: str
    way: Way
    path: Path
    records: Path
    seed: int
    deadline: float
    edits: int
    pause: float


def run(plan: Plan) -> None:
    """Edit until the number or the time is up, or the actors are done (``over`` is there)."""
    rng = Random(plan.seed)
    recorder = Recorder(plan.records / f"{plan.name}.jsonl")
    turn = os.open(plan.records / "editors", os.O_RDWR | os.O_CREAT, 0o644)
    number = 0
    while number < plan.edits and time.monotonic() < plan.deadline:
        if (plan.records / "over").exists():
            break
        fcntl.flock(turn, fcntl.LOCK_EX)
        try:
            number += _edit(plan, rng, recorder, number)
        finally:
            fcntl.flock(turn, fcntl.LOCK_UN)
        time.sleep(rng.random() * plan.pause)
    recorder.close()


def _edit(plan: Plan, rng: Random, recorder: Recorder, number: int) -> bool:
    """One edit; whether it was made."""
    began = time.time_ns()
    try:
        stamp, text = _read(plan.path)
    except FileNotFoundError:
        return False
    if not text.endswith(END.encode()):
        return False
    token = f"{plan.name}.{number}"
    replaced, new = _changed(plan.way, rng, text, token)
    time.sleep(rng.random() * THINK)
    version = f"{plan.name}.{number}.md"
    (plan.records / version).write_bytes(new)
    wrote = time.time_ns()
    if not _write(plan.way, plan.path, stamp, text, new):
        (plan.records / version).unlink()
        return False
    edit = Edit(plan.name, plan.way, token, replaced, began, wrote, time.time_ns(), version)
    recorder.note("edit", edit)
    return True


def _read(path: Path) -> tuple[tuple[int, int, int], bytes]:
    with path.open("rb") as file:
        text = file.read()
        status = os.fstat(file.fileno())
    return (status.st_ino, status.st_size, status.st_mtime_ns), text


def _changed(way: Way, rng: Random, text: bytes, token: str) -> tuple[str | None, bytes]:
    """The token that is written over, if any, and the new text."""
    if way == "in place":
        marks = list(_MARK.finditer(text))
        free = [mark for mark in marks if mark[0] == MARK.encode()]
        mark = rng.choice(free or marks)
        old = TOKEN.search(mark[0].decode())
        new = token.ljust(len(MARK), ".").encode()
        return old[0] if old else None, text[: mark.start()] + new + text[mark.end() :]
    lines = text.splitlines(keepends=True)
    prose = [at for at, line in enumerate(lines) if line.startswith(b"Prose ")]
    fields = [at for at, line in enumerate(lines) if line.startswith(b"  priority: ")]
    at = rng.choice(rng.choice([prose, fields]))
    end = b"\r\n" if lines[at].endswith(b"\r\n") else b"\n"
    row = b"  remark: " if lines[at].startswith(b"  ") else b"A line by "
    lines.insert(at + 1, row + token.encode() + end)
    return None, b"".join(lines)


def _write(way: Way, path: Path, stamp: tuple[int, int, int], old: bytes, new: bytes) -> bool:
    """Put ``new`` in place, unless the file has changed since it was read."""
    if way == "in place":
        return _overwrite(path, old, new)
    beside = path.with_name(f"{path.name}.tmp.{os.getpid()}")
    if way == "rename":
        beside.write_bytes(new)
    try:
        status = path.stat()
    except FileNotFoundError:
        same = False
    else:
        same = stamp == (status.st_ino, status.st_size, status.st_mtime_ns)
    if not same:
        beside.unlink(missing_ok=True)
        return False
    if way == "rename":
        beside.replace(path)
        return True
    if way == "recreate":
        path.unlink()
    with path.open("wb", buffering=0) as file:
        half = len(new) // 2
        file.write(new[:half])
        file.write(new[half:])
    return True


def _overwrite(path: Path, old: bytes, new: bytes) -> bool:
    """Write the bytes that differ where they stand."""
    at = next(at for at, (one, two) in enumerate(zip(old, new, strict=True)) if one != two)
    stop = len(new)
    while old[stop - 1] == new[stop - 1]:
        stop -= 1
    try:
        handle = os.open(path, os.O_RDWR)
    except FileNotFoundError:
        return False
    try:
        if os.pread(handle, len(old) + 1, 0) != old:
            return False
        os.pwrite(handle, new[at:stop], at)
    finally:
        os.close(handle)
    return True
