"""One change of a file under the lock, on bytes: lock, look, plan, put in place, look again.

Owns what is done before the lock is taken, under it (``attempt``), and after it was given back.
Must not know what a plan means.
"""

from __future__ import annotations

import contextlib
import os

from todo_tui.errors import TodoError
from todo_tui.static import TYPE_CHECKING, Final
from todo_tui.storage import disk, exchange, late, lock, replace, steady
from todo_tui.storage import draft as drafts
from todo_tui.storage.attempt import Attempt, Written, refuse_unwritable
from todo_tui.storage.steady import SYSTEM, Look, Timing

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import Protocol

    from todo_tui.storage.attempt import Planner

    class Others(Protocol):
        """Those who wait for the lock, and whose requests are in the plan, too."""

        def announce(self, replacement: str) -> None:
            """Their answers hold as soon as ``replacement`` is made. Raises OSError."""

        def settle(self, written: Written) -> None:
            """Their answers hold; called under the lock. Raises OSError."""

        def reopen(self) -> None:
            """Give back what is not answered; called under the lock. Raises nothing."""

        def unconfirmed(self, error: TodoError) -> None:
            """The disk does not confirm what was written. Raises OSError."""

        def part(self) -> None:
            """All is done, and they may go. Raises nothing."""


_PAUSE: Final = 0.01


def commit(
    path: Path,
    plan: Planner,
    *,
    wait: float,
    what: str,
    seen: Look | None = None,
    planned: bytes | None = None,
    on_written: Callable[[], None] | None = None,
    timing: Timing = SYSTEM,
    others: Others | None = None,
) -> Written:
    """Change the real file ``path`` (no symlink) by ``plan``, under the lock.

    ``wait``: seconds for the lock. ``what``: the words for those who wait for it meanwhile.
    ``seen``: an earlier look, which tells a file that was cut short. ``planned``: what ``plan``
    makes of that, if known; it is got onto the disk before the lock is taken. ``on_written`` is
    called under the lock when the file has been changed, and must not raise. ``others``: for whom
    else this is done.

    Raises TodoError: what ``plan`` raises, and no_file, locked, disk, changed.
    """
    folder = lock.folder_of(path)
    if not os.path.lexists(folder):
        # Where nobody has ever written, nothing is made for a refusal.
        refuse_unwritable(path)
    exchange.prepare()
    draft = None
    if seen is not None and planned is not None:
        draft = drafts.write(folder, path, seen.stamp, planned)
    try:
        with lock.held(folder, wait=wait, what=what) as holding:
            announce = None if others is None else others.announce
            attempt = Attempt(path, folder, plan, holding, timing, draft, announce)
            try:
                written = attempt.make(seen)
                if written.changed and on_written is not None:
                    on_written()
                if others is None or _settled(others, written):
                    holding.record = holding.record._replace(pending=None)
            except TodoError as error:
                error.message = " ".join(filter(None, (error.message, attempt.kept)))
                raise
            finally:
                if others is not None and holding.record.pending is None:
                    others.reopen()
            is_open = holding.record.pending is not None
    finally:
        drafts.drop(draft)
    if is_open:
        # Whoever holds the lock next can tell by them that it was made.
        attempt.temporary.clear()
    for name in attempt.temporary:
        # What is left behind is cleared away by the next commit.
        with contextlib.suppress(OSError):
            (folder / name).unlink()
    if written.changed:
        try:
            replace.sync_folder(path.parent)
        except OSError as error:
            failure = disk.unconfirmed(path, error)
            if others is not None:
                with contextlib.suppress(OSError):
                    others.unconfirmed(failure)
            raise failure from error
    if attempt.opened:
        if others is not None:
            others.part()
        return _with_late(path, written, attempt.opened, wait, timing)
    return written


def _settled(others: Others, written: Written) -> bool:
    """Whether the others know that their answers hold; else the next one tells them."""
    try:
        others.settle(written)
    except OSError:
        return False
    return True


def _with_late(
    path: Path, written: Written, opened: list[Path], wait: float, timing: Timing
) -> Written:
    """Wait a second, without the lock, for those who have the displaced file open; merge theirs.

    Whoever is not ready by then is left to the next commit.
    """
    end = timing.monotonic() + steady.PATIENCE
    while any(map(late.is_open, opened)):
        if timing.monotonic() > end:
            return written
        timing.pause(_PAUSE)
    try:
        merged = commit(
            path, lambda _: None, wait=wait, what="merge what was written late", timing=timing
        )
    except TodoError:
        return written
    kept = " ".join(filter(None, (written.kept, merged.kept))) or None
    return Written(merged.look, written.changed, written.merged or merged.merged, kept)
