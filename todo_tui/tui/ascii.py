"""The board in ASCII: where the terminal has no other characters, or draws them in other widths.

Owns what stands for each glyph of the board, one cell for one cell, and the filter that everything
drawn passes. Must not know a widget.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from rich.segment import Segment
from textual.filter import LineFilter

from todo_tui.shown import width

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.color import Color

GLYPHS: Final = {
    "▌": ">", "│": "|", "┃": "|", "━": "=", "─": "-", "╌": "-", "═": "=", "║": "|",
    "…": "~", "▲": "!", "⊘": "x", "◌": "~", "•": "*", "●": "o", "○": ".", "✓": "v", "✗": "x",
    "◆": "+",
    "‹": "<", "›": ">", "↑": "^", "↓": "v", "→": ">", "←": "<", "≡": "=", "·": ".",
    "–": "-", "—": "-", "“": '"', "”": '"', "‘": "'", "’": "'", "×": "x", "⏎": "<",
    "▁": "_", "▂": ".", "▃": "-", "▄": "=", "▅": "+", "▆": "*", "▇": "#", "█": "#",
    "▼": "v", "▶": ">", "◀": "<", "▸": ">", "▾": "v", "☐": "o", "☑": "x", "≥": ">", "≤": "<",
}  # fmt: skip
"""What is drawn in the place of each; a test holds that the board's own glyphs are all here."""

_LINES: Final = range(0x2500, 0x2580)
_BLOCKS: Final = range(0x2580, 0x25A0)


def wanted(setting: bool | None, environ: Mapping[str, str]) -> bool:
    """Whether to draw in ASCII: as the person set it, else where the terminal is not UTF-8."""
    return not utf8(environ) if setting is None else setting


def utf8(environ: Mapping[str, str]) -> bool:
    """Whether the terminal is in UTF-8, by the locale of the environment.

    A locale that is not set says nothing, and most terminals are; ``C`` and ``POSIX`` mean ASCII.
    """
    named = (environ.get(name) for name in ("LC_ALL", "LC_CTYPE", "LANG"))
    locale = next(filter(None, named), "C.UTF-8")
    if locale in {"C", "POSIX"}:
        return False
    codeset = locale.partition("@")[0].partition(".")[2]
    return not codeset or codeset.replace("-", "").lower() == "utf8"


class Ascii(LineFilter):
    """Draws ASCII for glyphs, and for all signs that some terminals draw in two cells.

    Without ``letters`` for everything else, too: letters lose their marks, what has no likeness
    becomes ``?``.
    """

    def __init__(self, *, letters: bool) -> None:
        super().__init__()
        self._letters = letters

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002
        """The segments in as many cells."""
        return [
            segment
            if segment.text.isascii()
            else Segment(in_ascii(segment.text, letters=self._letters), *segment[1:])
            for segment in segments
        ]


def in_ascii(text: str, *, letters: bool) -> str:
    """``text`` (shown) in ASCII, as wide as it was; with ``letters`` those that are not stay."""
    return "".join(_drawn(character, letters) for character in text)


@lru_cache(4096)
def _drawn(character: str, letters: bool) -> str:
    if character.isascii():
        return character
    if character in GLYPHS:
        return GLYPHS[character]
    code = ord(character)
    if code in _LINES:
        return "+"
    if code in _BLOCKS:
        return "#"
    ambiguous = unicodedata.east_asian_width(character) == "A" and not character.isalnum()
    if letters and not ambiguous:
        return character
    cells = width(character)
    plain = unicodedata.normalize("NFKD", character).encode("ascii", "ignore").decode()
    return plain if len(plain) == cells else "?" * cells
