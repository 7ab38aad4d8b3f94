"""One row of cells from pieces of styled text: what every bar, head and card is drawn with.

Texts must have been through ``shown``: their width is what is measured here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from todo_tui.named_tuple import NamedTuple
from todo_tui.shown import cut, width
from todo_tui.tui import look as glyph

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from todo_tui.tui.look import Look


class Piece(NamedTuple):
    """A run of shown text in one style."""

    text: str
    style: Style


def cells(pieces: Iterable[Piece]) -> int:
    """The width of pieces side by side, in cells."""
    return sum(width(piece.text) for piece in pieces)


def joined(groups: Iterable[Sequence[Piece]], gap: str, style: Style) -> list[Piece]:
    """The groups one after the other, ``gap`` between them."""
    pieces: list[Piece] = []
    for group in groups:
        if pieces and group:
            pieces.append(Piece(gap, style))
        pieces += group
    return pieces


def fitted(pieces: Iterable[Piece], room: int) -> list[Piece]:
    """The pieces cut to at most ``room`` cells, with an ellipsis where something is missing."""
    kept: list[Piece] = []
    left = room
    for piece in pieces:
        size = width(piece.text)
        if size > left:
            text = cut(piece.text, left)
            if text:
                kept.append(Piece(text, piece.style))
            elif kept and left == 0:
                last = kept.pop()
                kept.append(Piece(cut(last.text + "…", width(last.text)), last.style))
            break
        kept.append(piece)
        left -= size
    return kept


def row(
    look: Look,
    room: int,
    left: Sequence[Piece] = (),
    right: Sequence[Piece] = (),
    *,
    over: Style | None = None,
    edge: bool = False,
) -> Strip:
    """A strip of exactly ``room`` cells: ``left``, blanks, ``right``.

    What stands left gives way: it is cut so that a blank is left before ``right`` (its own where it
    begins with one), which itself is cut only where it is wider than the row. ``over`` is laid over
    all cells, the look's ground under them. ``edge`` adds one cell: a separator.
    """
    ending = fitted(right, room)
    taken = cells(ending)
    space = room - taken - (1 if ending and not ending[0].text.startswith(" ") else 0)
    start = fitted(left, max(0, space))
    blank = Piece(" " * (room - taken - cells(start)), look.ground)
    top = over if over is not None else Style.null()
    segments = [
        Segment(piece.text, look.ground + piece.style + top)
        for piece in (*start, blank, *ending)
        if piece.text
    ]
    if edge:
        segments.append(Segment(glyph.PIPE, look.ground + look.faint))
    return Strip(segments, room + edge)
