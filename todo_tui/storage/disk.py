"""What the operating system says no with, in words: OSError -> TodoError.

Owns the sentences for a disk that refuses and what can be done about it. Must not touch the disk.
"""

from __future__ import annotations

import errno
import os
import stat

from todo_tui.errors import TodoError
from todo_tui.static import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from _typeshed import StrPath

_REASONS: Final[dict[int | None, str]] = {
    errno.EACCES: "permission is denied; make the file and its folder writable for this user",
    errno.EPERM: "the system does not permit it; the file or its folder may be immutable",
    errno.EROFS: "the file system is read-only",
    errno.ENOSPC: "the disk is full; free some space",
    errno.EDQUOT: "the disk quota is used up; free some space",
    errno.EFBIG: "the file may not grow that large; raise the limit on file sizes",
    errno.EIO: "the disk reports an input/output error",
    errno.EBUSY: "the file is mounted by itself and cannot be replaced; mount its folder instead",
    errno.EXDEV: "its .todo-tui folder is on another file system; move that folder away",
    errno.ENOENT: "its folder or the .todo-tui folder in it was taken away; try again",
    errno.ELOOP: "a symbolic link stands where none may, or leads in a circle",
}


def unreadable(path: StrPath, error: OSError) -> TodoError:
    """The error for a file that exists and cannot be read."""
    return TodoError("disk", f"{path} cannot be read: {reason(error)}.")


def unwritable(path: StrPath, error: OSError | str) -> TodoError:
    """The error for a write that the disk refused, or that is refused in its stead."""
    words = error if isinstance(error, str) else reason(error)
    return TodoError("disk", f"{path} cannot be written: {words}. The file is as it was.")


def unconfirmed(path: StrPath, error: OSError) -> TodoError:
    """The error for a file that was written, but that the disk may lose if the power fails."""
    return TodoError(
        "disk", f"{path} was written, but the disk does not confirm it: {reason(error)}."
    )


def unknown(path: StrPath, error: OSError) -> TodoError:
    """The error for a write of which the disk does not tell whether it was made."""
    return TodoError(
        "disk",
        f"{path} may have been written or not, the disk does not tell: {reason(error)}."
        " Look at the file before you repeat this.",
    )


def irregular(path: StrPath, status: os.stat_result) -> TodoError:
    """The error for a directory, a pipe or a device in the place of the file."""
    if stat.S_ISDIR(status.st_mode):
        return TodoError("no_file", f"{path} is a directory; name the file in it.")
    return TodoError("disk", f"{path} is no regular file.")


def missing(path: StrPath, *, target: str | None = None, folder: str | None = None) -> TodoError:
    """The error for a file that is not there.

    ``target``: what ``path`` is a link to, which is not there; ``folder``: its folder, where that
    is not there either.
    """
    from shlex import quote

    if target is None:
        words, wanted = f"There is no file {path}", str(path)
    else:
        words, wanted = f"{path} is a link to nowhere: there is no file {target}", target
    if folder is not None:
        return TodoError("no_file", f"{words}: there is no folder {folder}; make that first.")
    return TodoError("no_file", f"{words}; `todo-tui init --file {quote(wanted)}` makes one.")


def reason(error: OSError) -> str:
    """Why the system says no, and what can be done about it."""
    place = error.filename if isinstance(error.filename, str) else ""
    if error.errno == errno.EACCES and ".todo-tui" in place.split(os.sep)[-3:]:
        return "permission is denied in its .todo-tui folder; make that writable for this user"
    return _REASONS.get(error.errno) or error.strerror or str(error)
