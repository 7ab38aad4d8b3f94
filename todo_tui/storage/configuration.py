"""The settings of a person: ``config.toml`` in the folder that their system has for such files.

Owns where that file is and what may stand in it. ``TODO_TUI_CONFIG`` names another one.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Final

from todo_tui.errors import Location, TodoError
from todo_tui.storage import disk

if TYPE_CHECKING:
    from collections.abc import Mapping

_APP: Final = "todo-tui"
_NAME: Final = "config.toml"


@dataclass(frozen=True, slots=True)
class Configuration:
    """All settings. ``history``: whether transitions write session history entries."""

    history: bool = True


def load(environ: Mapping[str, str]) -> Configuration:
    """The settings of the person whose environment this is; the defaults where there is no file.

    Raises TodoError: ``usage`` with the place for what cannot be understood, ``no_file`` where
    ``TODO_TUI_CONFIG`` names none, ``disk`` where it cannot be read.
    """
    named = environ.get("TODO_TUI_CONFIG")
    path = Path(named) if named else _place(environ)
    try:
        data = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError) as error:
        if named:
            raise TodoError(
                "no_file", f"There is no file {path}, which TODO_TUI_CONFIG names."
            ) from error
        return Configuration()
    except OSError as error:
        raise disk.unreadable(path, error) from error
    return parse(data, path)


def parse(data: bytes, path: Path) -> Configuration:
    """The settings that the bytes of ``path`` state. Raises TodoError ``usage`` with the place."""
    import tomllib

    try:
        text = data.decode()
        settings = tomllib.loads(text)
    except UnicodeDecodeError as error:
        raise TodoError("usage", f"{path} is not UTF-8 (byte {error.start}).") from error
    except tomllib.TOMLDecodeError as error:
        location = _position(text, str(error))
        raise TodoError("usage", f"{path} is not TOML: {error}.", location=location) from error
    known = [field.name for field in fields(Configuration)]
    for key, value in settings.items():
        if key not in known:
            words = f"{path}: unknown setting {key!r}; known: {', '.join(known)}."
            raise TodoError("usage", words, location=_key(text, key))
        if not isinstance(value, bool):
            words = f"{path}: {key} is true or false."
            raise TodoError("usage", words, location=_key(text, key))
    return Configuration(**settings)


def _place(environ: Mapping[str, str]) -> Path:
    """Where the file is looked for: platformdirs' answer, whose import costs a tenth of a claim.

    On Linux it is one rule, from the XDG Base Directory Specification.
    """
    home = environ.get("HOME")
    if sys.platform == "linux" and home:
        folder = environ.get("XDG_CONFIG_HOME", "").strip()
        return Path(folder or f"{home}/.config") / _APP / _NAME
    import platformdirs

    return platformdirs.user_config_path(_APP) / _NAME


def _position(text: str, message: str) -> Location | None:
    """The place that the reader of TOML names at the end of its message."""
    found = re.search(r"\(at line (\d+), column (\d+)\)", message)
    if found is None:
        line = text.count("\n") + 1
        return Location(line, 1, text.rpartition("\n")[2])
    line, column = int(found[1]), int(found[2])
    return Location(line, column, text.split("\n")[line - 1].removesuffix("\r"))


def _key(text: str, key: str) -> Location | None:
    """Where a key of the top level stands, if it is written plainly or in quotes."""
    for number, line in enumerate(text.splitlines(), 1):
        found = re.match(rf"""\s*\[*\s*(["']?){re.escape(key)}\1\s*[=.\]]""", line)
        if found:
            return Location(number, line.index(key) + 1, line)
    return None
