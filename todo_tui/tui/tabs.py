"""Several files as tabs in the first row: their names, how much is open in each, what needs me."""

from __future__ import annotations

from typing import TYPE_CHECKING

from todo_tui.board.task import DONE
from todo_tui.shown import cut, shown
from todo_tui.tui import look as glyph
from todo_tui.tui.attention_bar import sign_of, style_of
from todo_tui.tui.row import Piece, cells
from todo_tui.tui.view import Tab, View

if TYPE_CHECKING:
    from collections.abc import Sequence

    from todo_tui.tui.look import Look

_COMMON = "/TODO.md"

_NAME = 24
"""Cells that a name gets at most."""


def tab(view: View, *, here: bool) -> Tab:
    """The tab of a file."""
    board = view.board
    tasks = 0 if board is None else sum(
        len(column.tasks) for column in board.columns if column.status != DONE
    )  # fmt: skip
    return Tab(
        name=cut(shown(view.name.removesuffix(_COMMON)), _NAME),
        tasks=tasks,
        attention=len(view.supervision.items),
        worst=next(iter(view.supervision.items), None),
        unreadable=view.problem is not None,
        here=here,
    )


def strip(tabs: Sequence[Tab], room: int, style: Look) -> tuple[list[Piece], list[int]]:
    """The tabs in at most ``room`` cells, the one in front whole, and how wide each is drawn."""
    drawn = [_pieces(each, style) for each in tabs]
    over = sum(map(cells, drawn)) - room
    for at, each in enumerate(tabs):
        if over > 0 and not each.here:
            short = [Piece(f" {at + 1}", style.dim), *_marks(each, style)]
            over -= cells(drawn[at]) - cells(short)
            drawn[at] = short
    return [piece for pieces in drawn for piece in pieces], [cells(pieces) for pieces in drawn]


def _pieces(each: Tab, style: Look) -> list[Piece]:
    count = Piece(f" {each.tasks:,}", style.dim)
    if each.here:
        ends = Piece(" [", style.accent), Piece("]", style.accent)
        return [ends[0], Piece(each.name, style.strong), count, *_marks(each, style), ends[1]]
    return [
        Piece("  ", style.dim),
        Piece(each.name, style.dim),
        count,
        *_marks(each, style),
        Piece(" ", style.dim),
    ]


def _marks(each: Tab, style: Look) -> list[Piece]:
    if each.unreadable:
        return [Piece(f" {glyph.CROSS}", style.bad)]
    if each.worst is None:
        return []
    return [Piece(f" {sign_of(each.worst)}{each.attention:,}", style_of(each.worst, style))]


def at(spans: Sequence[int], x: int) -> int | None:
    """The index of the tab that is drawn on the cell ``x``."""
    edge = 0
    for index, span in enumerate(spans):
        edge += span
        if x < edge:
            return index if span else None
    return None
