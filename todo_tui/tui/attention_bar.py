"""The row that exists only when something needs a person: what it is, worst first.

Owns its words: as much as fits, whole parts only. Must not know what needs a person, or why.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from todo_tui.shown import shown
from todo_tui.tui import keys
from todo_tui.tui import look as glyph
from todo_tui.tui.row import Piece, cells, joined, row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.style import Style
    from textual.strip import Strip

    from todo_tui.board.attention import Item, Need
    from todo_tui.tui.look import Look

_NARROW: Final = 60
"""Below this many cells the key to it says less."""

_GAP: Final = "   "

_SIGNS: Final[dict[Need, str]] = {
    "failed": glyph.CROSS,
    "violation": glyph.VIOLATION,
    "stale": glyph.STALE,
    "silent": glyph.STALE,
    "blocked": glyph.BLOCKED,
    "fault": glyph.FAULT,
}

_RED: Final = frozenset({"failed", "violation", "fault"})


def sign_of(item: Item) -> str:
    """The glyph of why something needs a person."""
    return _SIGNS[item.need]


def style_of(item: Item, style: Look) -> Style:
    """Red for what is wrong, yellow for what waits."""
    return style.bad if item.need in _RED else style.warn


def attention_bar(items: Sequence[Item], room: int, style: Look) -> Strip:
    """The row in ``room`` cells: how many things need a person, which, and the key to them."""
    worst = items[0]
    head = [
        Piece(f" {sign_of(worst)} ", style_of(worst, style)),
        Piece(f"{len(items):,} need{'s' * (len(items) == 1)} you", style.strong),
    ]
    sign = keys.sign_of(keys.key("look.attention")).partition(" ")[0]
    words = " look " if room < _NARROW else " walk through "
    right = [Piece(sign, style.key), Piece(words, style.dim)]
    parts = [head]
    space = room - cells(right) - 2
    for part in _parts(items, style) if room >= _NARROW else ():
        if cells(joined([*parts, part], _GAP, style.dim)) > space:
            break
        parts.append(part)
    return row(style, room, joined(parts, _GAP, style.dim), right)


def _parts(items: Sequence[Item], style: Look) -> list[list[Piece]]:
    """What there is, by its word: of which task, or how often."""
    by_word: dict[str, list[Item]] = {}
    for item in items:
        word = "fault" if item.need == "fault" else item.word.replace("_", " ")
        by_word.setdefault(word, []).append(item)
    found: list[list[Piece]] = []
    for word, alike in by_word.items():
        number = sum(max(1, len(item.refs), len(item.faults)) for item in alike)
        refs = alike[0].refs
        which = shown(refs[0]) if number == 1 and refs else f"{number:,}" if number > 1 else ""
        part = [Piece(word, style_of(alike[0], style))]
        found.append([*part, Piece(f" {which}", style.text)] if which else part)
    return found
