"""What may stand in ``config.toml``, and what it means.

Owns the words for what is wrong there, with its place. Loaded only where there is such a file.
"""

from __future__ import annotations

import re
import tomllib
from types import MappingProxyType

from todo_tui.board.task import canonical_status
from todo_tui.board.thresholds import DEFAULT
from todo_tui.board.times import read_length
from todo_tui.errors import Location, TodoError
from todo_tui.static import TYPE_CHECKING, Any, Final
from todo_tui.storage.configuration import NOTICES, WAYS, Configuration, Keys, Notify, Source

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Mapping
    from datetime import timedelta

    from todo_tui.board.thresholds import Thresholds

_POSITION = re.compile(r"\(at line (\d+), column (\d+)\)")


def parse(data: bytes, path: str, only: Container[str] | None = None) -> Configuration:
    """The settings that the bytes of ``path`` state; of others than ``only`` the names are read.

    Raises TodoError ``usage`` with the place.
    """
    try:
        text = data.decode()
        settings = tomllib.loads(text)
    except UnicodeDecodeError as error:
        raise TodoError("usage", f"{path} is not UTF-8 (byte {error.start}).") from error
    except tomllib.TOMLDecodeError as error:
        location = _position(text, str(error))
        raise TodoError("usage", f"{path} is not TOML: {error}.", location=location) from error
    source = Source(path, text)
    read: dict[str, Any] = {}
    for key, value in settings.items():
        if key not in _READERS:
            words = f"unknown setting {key!r}; known: {', '.join(_READERS)}."
            raise source.refuse(key, words)
        if only is None or key in only:
            read[key] = _READERS[key](key, value, source)
    return Configuration(**read, source=source)


def _switch(key: str, value: object, source: Source) -> bool:
    if isinstance(value, bool):
        return value
    raise source.refuse(key, f"{key} is true or false.")


def _name(key: str, value: object, source: Source) -> str:
    if isinstance(value, str) and value:
        return value
    raise source.refuse(key, f"{key} is a name, in quotes.")


def _notify(key: str, value: object, source: Source) -> Notify:
    if not isinstance(value, dict) or not set(value) <= {"on", "how"}:
        raise source.refuse(key, f"{key} is a table with on, and how.")
    on, how = value.get("on", []), value.get("how", "bell")
    if not isinstance(on, list) or not all(one in NOTICES for one in on):
        raise source.refuse("on", f"on is a list of: {', '.join(NOTICES)}.")
    if how not in WAYS:
        raise source.refuse("how", f"how is one of: {', '.join(WAYS)}.")
    return Notify(frozenset(on), how)


def _filters(key: str, value: object, source: Source) -> Mapping[str, str]:
    from todo_tui.board.query import QueryError, parse

    if not isinstance(value, dict):
        raise source.refuse(key, f"{key} is a table of names, each with a filter in quotes.")
    for name, text in value.items():
        if not isinstance(text, str) or not text.strip():
            raise source.refuse(name, f"{name} is a filter, in quotes.")
        query = parse(text)
        if isinstance(query, QueryError):
            raise source.refuse(name, f"{name}, column {query.column}: {query.message}.")
    return MappingProxyType(value)


def _keys(key: str, value: object, source: Source) -> Keys:
    if isinstance(value, str):
        return Keys(value)
    if not isinstance(value, dict):
        raise source.refuse(key, f'{key} is "vim", "emacs", or a table of actions and their keys.')
    remapped: dict[str, tuple[str, ...]] = {}
    for action, named in _leaves("", value):
        keys: list[Any] = named if isinstance(named, list) else [named]
        if not all(isinstance(each, str) for each in keys):
            raise source.refuse(
                action, f'the keys of {action} are a name such as "c", or a list of names.'
            )
        remapped[action] = tuple(keys)
    base = remapped.pop("base", None)
    if base is not None and len(base) != 1:
        raise source.refuse("base", 'base is "vim" or "emacs".')
    return Keys(base[0] if base else None, MappingProxyType(remapped))


def _thresholds(key: str, value: object, source: Source) -> Thresholds:
    if not isinstance(value, dict):
        raise source.refuse(key, f"{key} is a table: too_fast, bulk_done, patience.")
    made = DEFAULT
    for name, limit in value.items():
        match name:
            case "too_fast":
                made = made._replace(too_fast=_length(name, limit, source))
            case "bulk_done":
                if not isinstance(limit, int) or isinstance(limit, bool) or limit < 2:
                    raise source.refuse(name, "bulk_done is a number of tasks, 2 or more.")
                made = made._replace(bulk_done=limit)
            case "patience" if isinstance(limit, dict):
                for status, length in limit.items():
                    patience = {canonical_status(status): _length(status, length, source)}
                    patience = {**made.patience, **patience}
                    made = made._replace(patience=MappingProxyType(patience))
            case "patience":
                raise source.refuse(name, 'patience is a table of statuses: claimed = "15m".')
            case _:
                words = f"unknown threshold {name!r}; known: too_fast, bulk_done, patience."
                raise source.refuse(name, words)
    return made


def _length(key: str, value: object, source: Source) -> timedelta:
    length = read_length(value) if isinstance(value, str) else None
    if length is None:
        raise source.refuse(key, f'{key} is a length of time in quotes, such as "90s" or "2h".')
    return length


def _leaves(path: str, table: dict[str, object]) -> list[tuple[str, object]]:
    """The values of a table by their dotted names: ``task.claim`` need not be quoted in TOML."""
    found: list[tuple[str, object]] = []
    for key, value in table.items():
        name = f"{path}.{key}" if path else key
        found += _leaves(name, value) if isinstance(value, dict) else [(name, value)]
    return found


_READERS: Final[Mapping[str, Callable[[str, object, Source], Any]]] = MappingProxyType(
    {
        "history": _switch,
        "theme": _name,
        "ascii": _switch,
        "keys": _keys,
        "thresholds": _thresholds,
        "notify": _notify,
        "filters": _filters,
    }
)
"""What may stand in the file, and what reads it: raises TodoError for what cannot be understood."""


def _position(text: str, message: str) -> Location | None:
    """The place that the reader of TOML names at the end of its message."""
    found = _POSITION.search(message)
    if found is None:
        line = text.count("\n") + 1
        return Location(line, 1, text.rpartition("\n")[2])
    line, column = int(found[1]), int(found[2])
    return Location(line, column, text.split("\n")[line - 1].removesuffix("\r"))


def place_of(text: str, key: str) -> Location | None:
    """Where a key of the top level stands, if it is written plainly or in quotes."""
    written = re.compile(rf"""\s*\[*\s*(["']?){re.escape(key)}\1\s*[=.\]]""")
    for number, line in enumerate(text.splitlines(), 1):
        found = written.match(line)
        if found:
            return Location(number, line.index(key) + 1, line)
    return None
