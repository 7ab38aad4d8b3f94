"""The rows of a column that are no card: rules over swimlanes, what is left out or put away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from todo_tui.shown import cut, shown, width
from todo_tui.tui import look as glyph
from todo_tui.tui.card import named
from todo_tui.tui.heads import count_of, name_of
from todo_tui.tui.row import Piece, row

if TYPE_CHECKING:
    from textual.strip import Strip

    from todo_tui.board.arrangement import LaneHead, ShownColumn
    from todo_tui.board.sorting import Lanes
    from todo_tui.tui.look import Look


def lane_name(lane: LaneHead, by: Lanes, you: str) -> str:
    """What a swimlane is called; ``you`` is the name of the person at the board."""
    if by == "group":
        return shown(lane.title).strip() or "no group"
    return named(lane.title, you) if lane.title else "nobody"


def lane_row(name: str, tasks: int, room: int, style: Look, *, edge: bool) -> Strip:
    """The rule over a swimlane, with its name and how many tasks stand in it."""
    count = f" {tasks:,} "
    name = cut(name, max(1, room - width(count) - 5))
    rule = glyph.THIN * max(1, room - width(name) - width(count) - 4)
    pieces = [
        Piece(f" {glyph.THIN} ", style.faint),
        *(Piece(name, style.strong), Piece(count, style.dim)),
        Piece(rule, style.faint),
    ]
    return row(style, room, pieces, edge=edge)


def older_row(number: int, room: int, style: Look, *, edge: bool) -> Strip:
    """What is left out below the last card, and how one gets there: by going on."""
    words = f" {glyph.DOWN} {number:,} older: go on down for more"
    if width(words) > room:
        words = f" {glyph.DOWN} {number:,} older"
    return row(style, room, [Piece(words, style.dim)], edge=edge)


def folded_row(y: int, column: ShownColumn, room: int, style: Look, *, edge: bool) -> Strip:
    """Line ``y`` of a column that is put away: its name and count, a letter on each line.

    Where it has more room than a strip, a sentence.
    """
    if room > len("   put away") + 3:
        words = (f" {count_of(column)} put away",)
        return row(style, room, [Piece(words[y] if y < 1 else "", style.dim)], edge=edge)
    letters = [*name_of(column), "", *(f"{column.found}" if column.found else "")]
    letter = letters[y] if y < len(letters) else ""
    return row(style, room, [Piece(" ", style.dim), Piece(letter, style.dim)], edge=edge)
