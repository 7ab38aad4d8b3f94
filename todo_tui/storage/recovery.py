"""What a commit that was cut short left behind, and what becomes of it.

Owns how it is told whether such a commit had displaced a version of others that is in no file now.
Must not make a commit.
"""

from __future__ import annotations

import contextlib
import os
import sys

from todo_tui.static import TYPE_CHECKING, Final
from todo_tui.storage import beside, draft, exchange, late, steady
from todo_tui.storage.record import (
    Pending,
    carried_name,
    draft_owner,
    is_carried_name,
    is_fresh_name,
    unmerged_name,
)
from todo_tui.storage.steady import Stamp

if TYPE_CHECKING:
    from _typeshed import StrPath

    from todo_tui.storage import lock
    from todo_tui.storage.ask import Fate

_OF_WAITERS: Final = ("ask", "taken-", "gathering")
"""What names of files begin with by which those who wait for the lock ask and are answered."""


def names_in(folder: StrPath) -> set[str]:
    """The names of all files in ``folder``. Raises OSError."""
    with os.scandir(folder) as entries:
        return {entry.name for entry in entries}


def tidy(holding: lock.Lock, folder: StrPath, path: StrPath, names: set[str]) -> str | None:
    """Clear away what commits that were cut short left in ``folder``, under the lock.

    ``names`` are all in the folder; that of a file which is kept for a late writer is added. A
    version of others that was displaced and is in no file is put back, as long as what stands
    there is what displaced it; else it is kept as ``unmerged-…`` for a person to look at, and a
    sentence that says so is given. Raises OSError.
    """
    fresh = set(filter(is_fresh_name, names))
    left = set(filter(is_carried_name, names))
    pending = holding.record.pending
    fate: Fate = "not made"
    if pending:
        victim, displacer = _victim(folder, pending)
        if victim in fresh and not _put_back(os.path.join(folder, victim), path, displacer):
            fresh.discard(victim)
            left.add(victim)
            fate = "unknown"
        else:
            fate = _fate(folder, pending, names)
    if any(name.startswith(_OF_WAITERS) for name in names):
        # Before anything is taken away by which it could be told again what became of it.
        _settle(folder, names, pending, fate)
    if pending:
        replacement = os.path.join(folder, pending.name)
        if fate != "unknown" and pending.name in fresh and late.is_open(replacement):
            # Who had it open when it was displaced may still write to it.
            displaced = beside.open_file(replacement, os.O_RDONLY)
            try:
                data = steady.look_at(displaced).data
            finally:
                steady.close(displaced)
            names.add(os.path.basename(late.keep(replacement, data)))
        holding.record = holding.record._replace(pending=None)
    for name in names:
        owner = draft_owner(name)
        if owner is not None and draft.is_abandoned(os.path.join(folder, name), owner):
            fresh.add(name)
    for name in left:
        os.replace(os.path.join(folder, name), os.path.join(folder, unmerged_name(name)))
    for name in fresh:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(os.path.join(folder, name))
    if not left:
        return None
    places = " and ".join(os.path.join(folder, unmerged_name(name)) for name in sorted(left))
    return (
        f"A commit of {path} was cut short while others wrote it; what one of them wrote is kept"
        f" in {places}."
    )


def _fate(folder: StrPath, pending: Pending, names: set[str]) -> Fate:
    """What became of a replacement of which no version of others has to be put back."""
    try:
        there = stamp_of(os.path.join(folder, pending.name))
    except FileNotFoundError:
        if carried_name(pending.name) in names or _is_kept(folder, pending):
            return "not made"
        return "made"
    return "not made" if there.same_content(pending.fresh) else "made"


def _is_kept(folder: StrPath, pending: Pending) -> bool:
    """Whether the replacement itself was given back, and somebody had it open."""
    try:
        there = stamp_of(os.path.join(folder, late.kept_name(pending.name)))
    except FileNotFoundError:
        return False
    return there.inode == pending.fresh.inode


def _settle(folder: StrPath, names: set[str], pending: Pending | None, fate: Fate) -> None:
    """Tell those who wait what became of what was done for them."""
    if sys.platform == "win32":
        return
    from todo_tui.storage import ask, gathering

    gathering.clear(folder, names)
    replacement, stamp = (pending.name, pending.fresh) if pending else (None, None)
    ask.settle(folder, names, replacement, fate, stamp)


def _put_back(victim: StrPath, path: StrPath, displacer: Stamp | None) -> bool:
    """Put a version of others back where what displaced it stands; whether that was so."""
    try:
        if displacer is None or not still_stands(path, displacer):
            return False
        steady.close(exchange.put(victim, path))
        if still_stands(victim, displacer):
            return True
        # Somebody has put a new version there just now: that one stays.
        steady.close(exchange.put(victim, path))
    except FileNotFoundError:
        pass
    return False


def _victim(folder: StrPath, pending: Pending) -> tuple[str | None, Stamp | None]:
    """The temporary file with a version that nothing holds, if any, and what displaced it.

    None for a displacer that is gone for good.
    """
    victim = pending.name
    try:
        there = stamp_of(os.path.join(folder, victim))
    except FileNotFoundError:
        # Where two names cannot change places in one step, it may have its other name still.
        victim = exchange.kept_name(victim)
        try:
            there = stamp_of(os.path.join(folder, victim))
        except FileNotFoundError:
            return None, None
    if there.same_content(pending.fresh):
        return None, None
    if there.same_content(pending.stands) or not there.size:
        return None, None
    return victim, pending.fresh


def still_stands(path: StrPath, stamp: Stamp) -> bool:
    """Whether the file at ``path`` is the one of this stamp, unchanged."""
    try:
        return stamp_of(path).same_content(stamp)
    except FileNotFoundError:
        return False


def stamp_of(path: StrPath) -> Stamp:
    """The stamp of the file at ``path``. Raises OSError."""
    return Stamp.of(os.stat(path))
