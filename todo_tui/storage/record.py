"""What the lock file says: who holds the lock, what the last commit left, what is in progress.

A few lines of words, so that nothing needs to be imported to read them and a person can. The text
counts for nothing by itself: the lock is the kernel's, a stamp is compared with the file, a pending
replacement with what is really there. Must not touch the disk.
"""

from __future__ import annotations

from todo_tui.expression import expression
from todo_tui.named_tuple import NamedTuple
from todo_tui.static import Final
from todo_tui.storage.steady import Stamp

SIZE: Final = 1024
"""Bytes that a written record fills, so that a new one always covers the old one whole."""

_FRESH_NAME: Final = expression(r"new-[0-9]+-[0-9a-f]+")
_CARRIED_NAME: Final = expression(r"carried-[0-9]+-[0-9a-f]+")
_LONGEST: Final = 100


class Holder(NamedTuple):
    """Who holds the lock: a process, since when (ISO time, UTC), doing what."""

    pid: int
    host: str
    since: str
    what: str


class Pending(NamedTuple):
    """A replacement that is about to be made.

    ``name`` is the temporary file, of stamp ``fresh``, that will change places with the file, which
    has the stamp ``stands``.
    """

    name: str
    fresh: Stamp
    stands: Stamp


class Record(NamedTuple):
    """The lock file's text as values."""

    holder: Holder | None = None
    last: Stamp | None = None
    pending: Pending | None = None


def is_fresh_name(name: str) -> bool:
    """Whether a file of this name in the folder is a temporary file of ours."""
    return name.startswith("new-") and _FRESH_NAME.fullmatch(name) is not None


def draft_owner(name: str) -> int | None:
    """The process that has written a file of this name before it took the lock; None: no draft."""
    # No expression: the process that holds the lock would have to compile it.
    kind, _, rest = name.partition("-")
    owner = rest.partition("-")[0]
    is_draft = kind == "draft" and owner.isascii() and owner.isdecimal() and len(owner) < 19
    return int(owner) if is_draft else None


def carried_name(name: str) -> str:
    """What a temporary file of this name is called once it holds a version of others.

    It is one that stands nowhere else and that a commit is about to merge.
    """
    return name.replace("new", "carried", 1)


def is_carried_name(name: str) -> bool:
    """Whether a file of this name holds a version of others that was about to be merged."""
    return name.startswith("carried-") and _CARRIED_NAME.fullmatch(name) is not None


def unmerged_name(name: str) -> str:
    """What a temporary file is called whose version of others is left to a person to merge."""
    return f"unmerged-{name.partition('-')[2]}"


def parse(data: bytes) -> Record:
    """The record that a lock file's bytes are; whatever cannot be read is left out."""
    record = Record()
    for line in data.decode("utf-8", "replace").split("\n"):
        key, _, rest = line.partition(" ")
        try:
            if key == "holder":
                pid, host, since, what = rest.split(" ", 3)
                record = record._replace(holder=Holder(int(pid), host, since, what))
            elif key == "last":
                record = record._replace(last=_stamp(rest.split(" ")))
            elif key == "pending":
                record = record._replace(pending=_pending(rest.split(" ")))
        except ValueError:
            continue
    return record


def render(record: Record) -> bytes:
    """The text of a record, ``SIZE`` bytes long."""
    lines: list[str] = []
    if record.holder:
        what = "".join(c if c.isprintable() else "?" for c in record.holder.what)[:_LONGEST]
        lines.append(
            f"holder {record.holder.pid} {record.holder.host} {record.holder.since} {what}"
        )
    if record.last:
        lines.append("last " + " ".join(map(str, record.last)))
    if record.pending:
        name, fresh, stands = record.pending
        words = [name, *map(str, fresh + stands)]
        lines.append("pending " + " ".join(words))
    text = "\n".join([*lines, ""]).encode("utf-8", "replace")
    return text.ljust(SIZE - 1) + b"\n"


def _stamp(words: list[str]) -> Stamp:
    inode, size, mtime_ns, ctime_ns = map(int, words)
    return Stamp(inode, size, mtime_ns, ctime_ns)


def _pending(words: list[str]) -> Pending:
    name, *stamps = words
    if not is_fresh_name(name):
        raise ValueError(name)
    return Pending(name, _stamp(stamps[:4]), _stamp(stamps[4:]))
