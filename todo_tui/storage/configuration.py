"""The settings of a person: ``config.toml`` in the folder that their system has for such files.

Owns which settings there are and where that file is. ``TODO_TUI_CONFIG`` names another one.
"""

from __future__ import annotations

import os
import sys
from types import MappingProxyType

from todo_tui.board.thresholds import DEFAULT
from todo_tui.errors import TodoError
from todo_tui.named_tuple import NamedTuple
from todo_tui.static import TYPE_CHECKING, Final
from todo_tui.storage import disk

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

    from todo_tui.board.thresholds import Thresholds

OF_COMMANDS: Final = frozenset({"history", "thresholds"})
"""The settings that mean something where no board is open."""

_APP: Final = "todo-tui"
_NAME: Final = "config.toml"


class Source(NamedTuple):
    """The file that the settings came from, for what is found wrong with them later."""

    path: str
    text: str

    def refuse(self, key: str, words: str) -> TodoError:
        """The error (``usage``) for what stands at ``key``, with its place."""
        from todo_tui.storage.configuration_file import place_of

        return TodoError("usage", f"{self.path}: {words}", location=place_of(self.text, key))


class Keys(NamedTuple):
    """The table ``[keys]``: the set that is begun with, and keys by the id of their action."""

    base: str | None = None
    remapped: Mapping[str, tuple[str, ...]] = MappingProxyType({})


_AS_SHIPPED: Final = Keys()


class Notify(NamedTuple):
    """The table ``[notify]``: what a person who looks elsewhere is told of, and how."""

    on: frozenset[str] = frozenset()
    how: str = "bell"


NOTICES: Final = ("violation", "done", "blocked", "all_done")
WAYS: Final = ("bell", "osc9", "osc777")

_SILENT: Final = Notify()


class Configuration(NamedTuple):
    """All settings.

    ``history``: whether transitions write session history entries. ``theme``: the name of the
    board's colours. ``ascii``: whether only ASCII is drawn. None is "not said". ``keys``: which key
    does what on the board. ``thresholds``: from when on something is worth a person's attention.
    ``notify``: what is told to who looks elsewhere. ``filters``: lines of the filter language by
    their names, in the order of the file.
    ``source`` is the file that says all this, where there is one.
    """

    history: bool = True
    theme: str | None = None
    ascii: bool | None = None
    keys: Keys = _AS_SHIPPED
    thresholds: Thresholds = DEFAULT
    notify: Notify = _SILENT
    filters: Mapping[str, str] = MappingProxyType({})
    source: Source | None = None


def load(environ: Mapping[str, str], only: Container[str] | None = None) -> Configuration:
    """The settings of the person whose environment this is; the defaults where there is no file.

    Of the others than ``only`` the names are read alone.

    Raises TodoError: ``usage`` with the place for what cannot be understood, ``no_file`` where
    ``TODO_TUI_CONFIG`` names none, ``disk`` where it cannot be read.
    """
    named = environ.get("TODO_TUI_CONFIG")
    path = named or _place(environ)
    try:
        with open(path, "rb") as file:
            data = file.read()
    except (FileNotFoundError, NotADirectoryError) as error:
        if named:
            raise TodoError(
                "no_file", f"There is no file {path}, which TODO_TUI_CONFIG names."
            ) from error
        return Configuration()
    except OSError as error:
        raise disk.unreadable(path, error) from error
    from todo_tui.storage.configuration_file import parse

    return parse(data, path, only)


def _place(environ: Mapping[str, str]) -> str:
    """Where the file is looked for: platformdirs' answer, whose import costs a tenth of a claim.

    On Linux it is one rule, from the XDG Base Directory Specification.
    """
    home = environ.get("HOME")
    if sys.platform == "linux" and home:
        folder = environ.get("XDG_CONFIG_HOME", "").strip()
        return os.path.join(folder or f"{home}/.config", _APP, _NAME)
    import platformdirs

    return os.path.join(platformdirs.user_config_dir(_APP), _NAME)
