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
    from typing import Protocol

    from _typeshed import StrPath

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

        @property
        def is_staying(self) -> bool:
            """Whether others may ask still, to be answered before the lock is free."""

        def another(self) -> bool:
            """All so far is done; whether there is another round, called under the lock."""

        def part(self) -> None:
            """All is done, and they may go. Raises nothing."""


_PAUSE: Final = 0.01


def commit(
    path: StrPath,
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
    else this is done; while they ask for more, further changes of ``plan`` are made for them.

    Raises TodoError: what ``plan`` raises, and no_file, locked, disk, changed.
    """
    folder = lock.folder_of(path)
    if not os.path.lexists(folder):
        # Where nobody has ever written, nothing is made for a refusal.
        refuse_unwritable(path)
    exchange.prepare()
    last = timing.monotonic() + wait
    draft = None
    if seen is not None and planned is not None:
        draft = drafts.write(folder, path, seen.stamp, planned)
    try:
        with lock.held(folder, wait=wait, what=what) as holding:
            announce = None if others is None else others.announce
            attempt = Attempt(path, folder, plan, holding, timing, draft, announce)
            written = _made(attempt, seen, on_written, others)
            stays = others is not None and others.is_staying and _is_over(attempt)
            if stays and others is not None:
                _end(attempt, written, others)
                written = _for_others(attempt, written, on_written, others)
    finally:
        drafts.drop(draft)
    if not stays:
        _end(attempt, written, others)
    if attempt.opened:
        if others is not None:
            others.part()
        return _with_late(path, written, attempt.opened, last, timing)
    return written


def _made(
    attempt: Attempt,
    seen: Look | None,
    on_written: Callable[[], None] | None,
    others: Others | None,
) -> Written:
    """What an attempt came to, told to all for whom it was made. Raises TodoError."""
    holding = attempt.holding
    try:
        written = attempt.make(seen)
        if written.changed and on_written is not None:
            on_written()
        if others is None or _settled(others, written):
            holding.record = holding.record._replace(pending=None)
        else:
            # Whoever holds the lock next can tell by them that it was made.
            attempt.temporary.clear()
    except TodoError as error:
        error.message = " ".join(filter(None, (error.message, attempt.kept)))
        raise
    finally:
        if others is not None and holding.record.pending is None:
            others.reopen()
    return written


def _is_over(attempt: Attempt) -> bool:
    """Whether nothing is left that the next one who holds the lock, or we, should see to."""
    return attempt.holding.record.pending is None and not attempt.opened


def _end(attempt: Attempt, written: Written, others: Others | None) -> None:
    """Have the disk confirm what was written. Raises TodoError."""
    for name in attempt.temporary:
        # What is left behind is cleared away by the next commit.
        with contextlib.suppress(OSError):
            os.unlink(os.path.join(attempt.folder, name))
    if written.changed:
        try:
            replace.sync_folder(os.path.dirname(attempt.path))
        except OSError as error:
            failure = disk.unconfirmed(attempt.path, error)
            if others is not None:
                with contextlib.suppress(OSError):
                    others.unconfirmed(failure)
            raise failure from error


def _for_others(
    first: Attempt, written: Written, on_written: Callable[[], None] | None, others: Others
) -> Written:
    """Make what others ask meanwhile; ``written``, with what the caller is to be told of that.

    ``first`` has opened then whatever any of the attempts has. A failure is not the caller's: who
    was not answered asks again, or is told by who holds the lock next.
    """
    stands, holding = written.look, first.holding
    while True:
        # A courtesy, as who holds it.
        with contextlib.suppress(OSError):
            holding.write(holding.record)
        if not others.another():
            break
        attempt = Attempt(
            first.path, first.folder, first.plan, holding, first.timing, None, first.announce
        )
        try:
            made = _made(attempt, stands, on_written, others)
            _end(attempt, made, others)
        except TodoError:
            kept = " ".join(filter(None, (written.kept, attempt.kept))) or None
            return written._replace(kept=kept)
        finally:
            first.opened += attempt.opened
        if not _is_over(attempt):
            break
        stands = made.look
    return written


def _settled(others: Others, written: Written) -> bool:
    """Whether the others know that their answers hold; else the next one tells them."""
    try:
        others.settle(written)
    except OSError:
        return False
    return True


def _with_late(
    path: StrPath, written: Written, opened: list[str], last: float, timing: Timing
) -> Written:
    """Wait a second, without the lock, for those who have the displaced file open; merge theirs.

    Whoever is not ready by then, or for whom the lock is not free until ``last`` (as ``timing`` has
    it), is left to the next commit.
    """
    end = timing.monotonic() + steady.PATIENCE
    while any(map(late.is_open, opened)):
        if timing.monotonic() > end:
            return written
        timing.pause(_PAUSE)
    try:
        left = max(0.0, last - timing.monotonic())
        what = "merge what was written late"
        merged = commit(path, lambda _: None, wait=left, what=what, timing=timing)
    except TodoError:
        return written
    kept = " ".join(filter(None, (written.kept, merged.kept))) or None
    return Written(merged.look, written.changed, written.merged or merged.merged, kept)
