"""The last row of every screen: the keys that act now, the likeliest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widget import Widget

from todo_tui.tui.keys import key, sign_of
from todo_tui.tui.painted import Painted
from todo_tui.tui.row import Piece, cells, joined, row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.geometry import Size
    from textual.strip import Strip

    from todo_tui.tui.look import Look


class Footer(Widget):
    """One row of keys."""

    def __init__(self) -> None:
        super().__init__()
        self._labels: Sequence[tuple[str, str]] = ()
        self._painted = Painted(self, self._drawn)

    def show(self, labels: Sequence[tuple[str, str]]) -> None:
        """Show these keys: signs and words."""
        if labels != self._labels:
            self._labels = labels
            self._painted.renew()

    def render_line(self, y: int) -> Strip:
        """The row, in the width that there is."""
        return self._painted.line(y)

    def _drawn(self, lines: range, size: Size, style: Look) -> list[Strip]:
        return [footer(self._labels, size.width, style)] * len(lines)


def footer(labels: Sequence[tuple[str, str]], room: int, style: Look) -> Strip:
    """As many of the keys as fit whole, and where the rest is explained."""
    sign = sign_of(key("look.help")).partition(" ")[0]
    right = [Piece(sign, style.key), Piece(" help ", style.dim)] if sign else []
    space = room - cells(right) - 3
    groups: list[list[Piece]] = []
    for sign, word in labels:
        groups.append([Piece(sign, style.key), Piece(f" {word}", style.dim)])
        if cells(joined(groups, "  ", style.dim)) > space:
            groups.pop()
            break
    return row(style, room, [Piece(" ", style.dim), *joined(groups, "  ", style.dim)], right)
