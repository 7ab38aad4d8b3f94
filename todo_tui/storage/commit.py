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

    from todo_tui.storage.attempt import Planner

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
) -> Written:
    """Change the real file ``path`` (no symlink) by ``plan``, under the lock.

    ``wait``: seconds for the lock. ``what``: the words for those who wait for it meanwhile.
    ``seen``: an earlier look, which tells a file that was cut short. ``planned``: what ``plan``
    makes of that, if known; it is got onto the disk before the lock is taken. ``on_written`` is
    called under the lock when the file has been changed, and must not raise.

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
            attempt = Attempt(path, folder, plan, holding, timing, draft)
            try:
                written = attempt.make(seen)
            except TodoError as error:
                error.message = " ".join(filter(None, (error.message, attempt.kept)))
                raise
            if written.changed and on_written is not None:
                on_written()
    finally:
        drafts.drop(draft)
    for name in attempt.temporary:
        # What is left behind is cleared away by the next commit.
        with contextlib.suppress(OSError):
            (folder / name).unlink()
    if written.changed:
        try:
            replace.sync_folder(path.parent)
        except OSError as error:
            raise disk.unconfirmed(path, error) from error
    if attempt.opened:
        return _with_late(path, written, attempt.opened, wait, timing)
    return written


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
