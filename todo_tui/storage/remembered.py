"""What the program remembers for a person from one start to the next: ``state.json``.

Owns where that file is and what stands in it: what was chosen at the screen, never what a person
wrote. It is in the folder that their system has for such files, and in no repository. What cannot
be read is taken as nothing: nobody's work is in it. Two programs that write at once: the last wins.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile

from todo_tui.static import TYPE_CHECKING, Final
from todo_tui.storage import disk

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from _typeshed import StrPath

_APP: Final = "todo-tui"
_NAME: Final = "state.json"

_MOST: Final = 200
"""Directories whose last board is remembered, and boards; the oldest are forgotten."""


class Remembered:
    """The state of the person whose environment this is."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._path = _place(environ)

    def word(self, name: str) -> str | None:
        """What is remembered under this name; None where nothing is."""
        value = self._read().get(name)
        return value if isinstance(value, str) else None

    def remember(self, name: str, value: str) -> None:
        """Keep ``value`` under this name. Raises TodoError (``disk``)."""
        self._write({**self._read(), name: value})

    def boards(self, directory: StrPath) -> tuple[str, ...]:
        """The files that were opened last from ``directory``, and are still there."""
        known = self._read().get("boards")
        names = known.get(os.fspath(directory)) if isinstance(known, dict) else None
        if not isinstance(names, list):
            return ()
        return tuple(name for name in names if isinstance(name, str) and os.path.isfile(name))

    def remember_boards(self, directory: StrPath, paths: Sequence[StrPath]) -> None:
        """Keep which files were opened from ``directory``. Raises TodoError (``disk``)."""
        self._put("boards", os.fspath(directory), [os.fspath(path) for path in paths])

    def left(self, path: StrPath) -> Mapping[str, object]:
        """How the board of the file at ``path`` was left, as it was remembered."""
        known = self._read().get("left")
        words = known.get(os.fspath(path)) if isinstance(known, dict) else None
        return words if isinstance(words, dict) else {}

    def remember_left(self, path: StrPath, words: Mapping[str, object]) -> None:
        """Keep how the board of a file was left: ``words`` as JSON has them, none for as usual.

        Raises TodoError (``disk``).
        """
        self._put("left", os.fspath(path), dict(words))

    def _put(self, table: str, key: str, value: list[str] | dict[str, object]) -> None:
        """Keep ``value`` as the newest of a table; nothing of it where it is empty."""
        state = self._read()
        known = state.get(table)
        kept = dict(known) if isinstance(known, dict) else {}
        if list(kept.items())[-1:] == [(key, value)]:
            return
        kept.pop(key, None)
        if value:
            kept[key] = value
        self._write({**state, table: dict(list(kept.items())[-_MOST:])})

    def _read(self) -> dict[str, object]:
        try:
            with open(self._path, "rb") as file:
                state = json.loads(file.read())
        except (OSError, ValueError):
            return {}
        return state if isinstance(state, dict) else {}

    def _write(self, state: Mapping[str, object]) -> None:
        try:
            folder = os.path.dirname(self._path)
            os.makedirs(folder, exist_ok=True)
            number, name = tempfile.mkstemp(prefix=_NAME, dir=folder)
            with os.fdopen(number, "w", encoding="utf-8", errors="surrogateescape") as file:
                json.dump(state, file, indent=1)
            os.replace(name, self._path)
        except OSError as error:
            raise disk.unwritable(self._path, error) from error


def _place(environ: Mapping[str, str]) -> str:
    """Where the file is: platformdirs' answer, which on Linux is one rule."""
    home = environ.get("HOME")
    if sys.platform == "linux" and home:
        folder = environ.get("XDG_STATE_HOME", "").strip()
        return os.path.join(folder or f"{home}/.local/state", _APP, _NAME)
    import platformdirs

    return os.path.join(platformdirs.user_state_dir(_APP), _NAME)
