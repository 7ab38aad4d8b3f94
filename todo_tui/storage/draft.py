"""What a commit is about to put in place, written before the lock is taken.

To get a file onto the disk takes longer than all that is done under the lock; where nobody else is
at it, nobody needs to wait for that. A draft counts only if the file is still what it was made
from. Must not put anything in place.
"""

from __future__ import annotations

import contextlib
import os
import stat
import sys
import time

from todo_tui.errors import TodoError
from todo_tui.named_tuple import NamedTuple
from todo_tui.static import TYPE_CHECKING, Final
from todo_tui.storage import replace
from todo_tui.storage.steady import Stamp

if TYPE_CHECKING:
    from _typeshed import StrPath

OLD: Final = 60.0
"""Seconds after which a draft is nobody's any more, should its process seem to live."""


class Draft(NamedTuple):
    """A temporary file that holds ``data``, made when the file had the stamp ``like``."""

    fresh: replace.Fresh
    data: bytes
    like: Stamp


def write(folder: StrPath, path: StrPath, seen: Stamp, data: bytes) -> Draft | None:
    """Write a draft of ``data`` for the file at ``path``, which was seen under the stamp ``seen``.

    None where the file is another one by now, where there is no ``folder`` yet, or where the disk
    refuses: that is said when it refuses under the lock.
    """
    try:
        like = Stamp.of(os.stat(path))
        # A symlink there is refused under the lock: a repository could point it anywhere.
        if not like.same_content(seen) or not stat.S_ISDIR(os.lstat(folder).st_mode):
            return None
        replace.refuse_unwritable(path)
        return Draft(replace.write_fresh(folder, data, path, "draft"), data, like)
    except (OSError, TodoError):
        return None


def take(draft: Draft, path: StrPath, data: bytes) -> replace.Fresh | None:
    """The draft as a temporary file of a commit, where it is what the commit needs; else None.

    The caller holds the lock. Raises OSError: FileNotFoundError where ``path`` is not there.
    """
    if draft.data != data or Stamp.of(os.stat(path)) != draft.like:
        return None
    folder, name = os.path.split(draft.fresh.path)
    fresh = draft.fresh._replace(path=os.path.join(folder, name.replace("draft", "new", 1)))
    try:
        os.replace(draft.fresh.path, fresh.path)
    except FileNotFoundError:
        return None
    return fresh


def drop(draft: Draft | None) -> None:
    """Take a draft away that was not needed."""
    if draft is not None:
        with contextlib.suppress(OSError):
            os.unlink(draft.fresh.path)


def is_abandoned(path: StrPath, owner: int) -> bool:
    """Whether nobody will take a draft of process ``owner``; if somebody does, no harm is done."""
    try:
        if time.time() - os.stat(path).st_mtime > OLD:
            return True
        if sys.platform != "win32":  # where the question would be an order
            os.kill(owner, 0)
    except ProcessLookupError:
        return True
    except (OSError, OverflowError):
        return False
    return False
