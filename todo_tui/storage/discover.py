"""Which file is meant.

Owns the order: the name that is given, ``TODO_TUI_FILE``, the nearest ``TODO.md``. Nearest means in
the working directory or the closest directory above it, up to the repository's root (the directory
with ``.git``), and outside of any repository up to the home directory, or to the root of the file
system where the working directory is not below home. Must not read the file.
"""

from __future__ import annotations

import errno
import os
import stat

from todo_tui.errors import TodoError
from todo_tui.static import TYPE_CHECKING, Final
from todo_tui.storage.lock import FOLDER
from todo_tui.storage.steady import PATIENCE, SYSTEM, YOUNG, Timing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from _typeshed import StrPath

NAME: Final = "TODO.md"
_PAUSE: Final = 0.01


def find(
    named: str | None,
    environ: Mapping[str, str],
    directory: StrPath,
    *,
    timing: Timing = SYSTEM,
) -> str:
    """The file that is meant by ``named``, else by the environment, else by where we are.

    A directory means the ``TODO.md`` in it. A name that is given is not asked for whether it is
    there. ``directory`` is absolute.

    Raises TodoError ``no_file`` where none is named and none is found. A directory that has a lock
    folder has had a file, which may be in the middle of being replaced: there it is looked for
    again for up to a second, and elsewhere for as long as an editor takes to save.
    """
    named = named or environ.get("TODO_TUI_FILE")
    if named:
        path = normal(os.path.join(directory, named))
        return os.path.join(path, NAME) if _is_directory(path) else path
    folders = _folders(normal(os.fspath(directory)), environ.get("HOME"))
    begin = timing.monotonic()
    patience = YOUNG
    while timing.monotonic() - begin < patience:
        for folder in folders:
            if _has_file(folder):
                return os.path.join(folder, NAME)
            if os.path.isdir(os.path.join(folder, FOLDER)):
                patience = PATIENCE
                break
        timing.pause(_PAUSE)
    for folder in folders:
        if _has_file(folder):
            return os.path.join(folder, NAME)
    where = f"{directory}" if len(folders) == 1 else f"{directory} or above it, up to {folders[-1]}"
    raise TodoError("no_file", f"There is no {NAME} in {where}; `todo-tui init` makes one.")


def normal(path: str) -> str:
    """``path`` without what means nothing; what ``..`` leaves may be a link, so that stays."""
    names = path.split(os.sep)
    if os.pardir not in names:
        return os.path.normpath(path)
    root = "" if names[0] else os.sep
    return root + os.sep.join(name for name in names if name not in ("", os.curdir))


def _folders(directory: str, home: str | None) -> list[str]:
    """``directory`` and those above it that are searched, nearest first."""
    chain = [directory]
    while (above := os.path.dirname(chain[-1])) != chain[-1]:
        chain.append(above)
    for at, folder in enumerate(chain):
        if os.path.lexists(os.path.join(folder, ".git")):
            return chain[: at + 1]
    if home and normal(home) in chain:
        return chain[: chain.index(normal(home)) + 1]
    return chain


def _has_file(folder: str) -> bool:
    path = os.path.join(folder, NAME)
    return os.path.isfile(path) or os.path.islink(path)


def _is_directory(path: str) -> bool:
    """Whether a directory has that name. Raises OSError where nothing can have it."""
    try:
        return stat.S_ISDIR(os.stat(path).st_mode)
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            raise
        return False
