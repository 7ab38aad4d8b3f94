"""The keys in force: a shipped set, and what a person's settings put in its place.

Owns the sets that ship and what is wrong with a keymap: unknown actions, unknown keys, one key for
two actions of a screen. Loaded only where the settings say something about keys.
"""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Final, get_args

from textual.keys import KEY_NAME_REPLACEMENTS, Keys

from todo_tui.errors import TodoError
from todo_tui.tui.key import Key, Where
from todo_tui.tui.key_names import name_of, written
from todo_tui.tui.keys import KEYS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from todo_tui.storage.configuration import Configuration

EMACS: Final[Mapping[str, tuple[str, ...]]] = {
    "move.down": ("ctrl+n", "down"),
    "move.up": ("ctrl+p", "up"),
    "move.left": ("ctrl+b", "left"),
    "move.right": ("ctrl+f", "right"),
    "move.first": ("ctrl+a", "home"),
    "move.last": ("ctrl+e", "end"),
    "move.page_down": ("ctrl+v", "pagedown"),
    "move.page_up": ("ctrl+u", "pageup"),
    "program.back": ("ctrl+g", "escape"),
    "program.palette": ("ctrl+x",),
}
"""Alt cannot be used, since Esc and a letter look like it: the palette is on Ctrl+X instead."""

SETS: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {"vim": {}, "emacs": EMACS}
"""The sets that ship: what is other than in the table."""

_ALIASES: Final = {
    "esc": "escape", "return": "enter", "pgdn": "pagedown", "pgup": "pageup", "del": "delete",
    "ins": "insert", " ": "space", "←": "left", "→": "right", "↑": "up", "↓": "down",
}  # fmt: skip

_KNOWN: Final = frozenset(name.value for name in Keys) | {"space", "enter", "tab", "escape"}


def remapped(settings: Configuration) -> dict[str, tuple[str, ...]]:
    """The keys of all actions that have others than the table's, by the id of the action.

    Raises TodoError (``usage``) with the place for what cannot be.
    """
    base = settings.keys.base or "vim"
    if base not in SETS:
        place = "base" if settings.keys.remapped else "keys"
        raise _refused(
            settings, place, f"there is no set of keys {base!r}: there are vim and emacs."
        )
    wanted = dict(SETS[base])
    known = {key.id: key for key in KEYS}
    for name, named in settings.keys.remapped.items():
        if name not in known:
            close = get_close_matches(name, known, n=1, cutoff=0.5)
            meant = f"did you mean {close[0]}?" if close else f"there are {', '.join(known)}."
            words = f"there is no action {name!r}: {meant}"
            raise _refused(settings, name, words)
        made = tuple(_key(settings, name, key) for key in named)
        if "{key}" in known[name].action and len(made) != len(known[name].keys):
            words = f"{name} needs {len(known[name].keys)} keys, one for each."
            raise _refused(settings, name, words)
        wanted[name] = made
    _no_clash(settings, wanted)
    return wanted


def textual_keymap(wanted: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """The keys as Textual is told them, by the id of each binding."""
    table: dict[str, str] = {}
    for key in KEYS:
        if key.id not in wanted:
            continue
        named = wanted[key.id]
        if "{key}" in key.action:
            pairs = zip(key.keys, named, strict=True)
            table |= {f"{key.id}.{shipped}": other for shipped, other in pairs}
        else:
            # A binding cannot be left without a key: one that no keyboard has.
            table[key.id] = ",".join(named) or f"unbound_{key.id}"
    return table


def key_name(typed: str) -> str | None:
    """Textual's name of a key as a person writes it: ``c``, ``?``, ``Ctrl+X``; None for no key."""
    if len(typed) == 1 and typed.isprintable() and typed not in _ALIASES:
        return name_of(typed)
    *modifiers, last = typed.lower().split("+")
    last = _ALIASES.get(last, last)
    if modifiers == ["shift"] and len(last) == 1 and last.isalpha():
        return last.upper()
    name = "+".join([*modifiers, last])
    name = KEY_NAME_REPLACEMENTS.get(name, name)
    return name if name in _KNOWN else None


def _key(settings: Configuration, action: str, typed: str) -> str:
    name = key_name(typed)
    if name is not None:
        return name
    words = f"there is no key {typed!r}: a key is written c, C, ?, space, f5, shift+left, ctrl+x"
    if typed.lower().startswith(("alt+", "meta+", "option+")):
        words = f"{typed!r} cannot be used: a terminal sends Esc and a letter for it"
    raise _refused(settings, action, words + ".")


def _no_clash(settings: Configuration, wanted: Mapping[str, tuple[str, ...]]) -> None:
    for where in get_args(Where):
        taken: dict[str, Key] = {}
        for key in KEYS:
            if where not in key.where:
                continue
            for name in wanted.get(key.id, key.keys):
                other = taken.setdefault(name, key)
                if other.id != key.id:
                    raise _clash(settings, name, (other.id, key.id), where)


def _clash(settings: Configuration, name: str, ids: tuple[str, str], where: str) -> TodoError:
    mine = next((each for each in ids if each in settings.keys.remapped), ids[0])
    rest = next(each for each in ids if each != mine)
    words = (
        f"{written(name)} would be {mine} and {rest} (on the screen {where!r}): give one of "
        f'them another key, or none with "{rest}" = [].'
    )
    return _refused(settings, mine, words)


def _refused(settings: Configuration, place: str, words: str) -> TodoError:
    if settings.source is None:
        return TodoError("usage", words)
    return settings.source.refuse(place, words)
