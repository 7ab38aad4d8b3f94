"""The names of keys: as Textual has them, and as they are written for people.

Must not know what a key does (``keys``).
"""

from __future__ import annotations

import unicodedata
from typing import Final

from textual.keys import KEY_NAME_REPLACEMENTS

_SIGNS: Final = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
_WRITTEN: Final = {
    "left": "←", "right": "→", "up": "↑", "down": "↓", "escape": "Esc", "pagedown": "PgDn",
    "pageup": "PgUp",
}  # fmt: skip


def written(name: str) -> str:
    """How a key is written, by Textual's name of it: ``?``, ``Ctrl+X``, ``PgDn``."""
    *modifiers, last = name.split("+")
    if last in _WRITTEN:
        last = _WRITTEN[last]
    elif len(last) > 1:
        last = next((sign for sign in _SIGNS if name_of(sign) == last), last.capitalize())
    elif modifiers:
        last = last.upper()
    return "+".join([*(each.capitalize() for each in modifiers), last])


def name_of(character: str) -> str:
    """Textual's name of the key with this character."""
    if character.isalnum():
        return character
    name = unicodedata.name(character).lower().replace("-", "_").replace(" ", "_")
    return KEY_NAME_REPLACEMENTS.get(name, name)
