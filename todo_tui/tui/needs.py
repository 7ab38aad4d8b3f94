"""What a task waits for and what waits for it, as small trees with the status of each.

Owns how deep they go and how much of them is drawn. Must not know a screen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from todo_tui.board.task import BLOCKED, DONE
from todo_tui.shown import shown
from todo_tui.tui import look as glyph
from todo_tui.tui.card import title_of
from todo_tui.tui.row import Piece, cells, fitted
from todo_tui.tui.stops import Part, Stop, part, stacked

if TYPE_CHECKING:
    from todo_tui.board.board import Board
    from todo_tui.board.task import Task
    from todo_tui.tui.look import Look
    from todo_tui.tui.stops import Line

_SIDE_BY_SIDE: Final = 72
"""From this many cells on the two trees stand beside each other."""

_DEEP: Final = 3
_MOST: Final = 12
"""So many levels, and so many lines of one tree, are drawn."""


def needs(task: Task, board: Board, room: int, style: Look) -> Part:
    """Both trees; a task that is done is a leaf."""
    up = _tree("Needs", _above(task, board, style, 0, {task.ref}), style)
    down = _tree("Needed by", _below(task, board, style, 0, {task.ref}), style)
    if room < _SIDE_BY_SIDE or not up.lines or not down.lines:
        return stacked((up, down), gap=1)
    half = room // 2
    lines: list[Line] = []
    stops = list(up.stops)
    for at in range(max(len(up.lines), len(down.lines))):
        left = fitted(up.lines[at], half - 2) if at < len(up.lines) else []
        right = down.lines[at] if at < len(down.lines) else []
        gap = Piece(" " * (half - cells(left)), style.text)
        stops += [it.down(0, len(left) + 1) for it in down.stops if it.line == at]
        lines.append([*left, gap, *right])
    return Part(lines, sorted(stops, key=lambda stop: (stop.line, stop.first)))


def _tree(words: str, found: Part, style: Look) -> Part:
    if not found.lines:
        return found
    lines, stops = found.lines, found.stops
    if len(lines) > _MOST:
        rest = len(lines) - _MOST + 1
        lines = [*lines[: _MOST - 1], [Piece(f"  … {rest} more", style.dim)]]
        stops = [stop for stop in stops if stop.line < _MOST - 1]
    return stacked((part([[Piece(words, style.strong)]]), Part(lines, stops)))


def _above(task: Task, board: Board, style: Look, depth: int, seen: set[str]) -> Part:
    parts: list[Part] = []
    for name in task.dependencies:
        tasks = board.with_id(name)
        if len(tasks) != 1:
            parts.append(part([_unknown(board, name, len(tasks), depth, style)]))
            continue
        other = tasks[0]
        parts.append(_one(other, depth, style))
        if depth + 1 < _DEEP and other.ref not in seen and other.status != DONE:
            parts.append(_above(other, board, style, depth + 1, seen | {other.ref}))
    return stacked(parts)


def _below(task: Task, board: Board, style: Look, depth: int, seen: set[str]) -> Part:
    parts: list[Part] = []
    for other in board.dependents(task)[: _MOST + 1]:
        parts.append(_one(other, depth, style))
        if depth + 1 < _DEEP and other.ref not in seen and other.status != DONE:
            parts.append(_below(other, board, style, depth + 1, seen | {other.ref}))
    return stacked(parts)


def _one(task: Task, depth: int, style: Look) -> Part:
    sign, sign_style = glyph.OPEN, style.dim
    if task.status == DONE:
        sign, sign_style = glyph.CHECK, style.good
    elif task.status == BLOCKED:
        sign, sign_style = glyph.BLOCKED, style.warn
    elif task.holder is not None:
        sign, sign_style = glyph.LIVE, style.text
    line = [
        Piece(f"{'  ' * (depth + 1)}{sign} ", sign_style),
        Piece(shown(task.ref), style.text),
        Piece(f" {title_of(task)}", style.dim),
    ]
    return Part([line], [Stop("task", 0, 1, 2, task.ref)])


def _unknown(board: Board, name: str, times: int, depth: int, style: Look) -> Line:
    group = next((group for group in board.groups if group.id == name), None)
    words = shown(group.title) if group is not None else "is not in the file"
    if times > 1:
        words = f"stands {times} times"
    return [
        Piece(f"{'  ' * (depth + 1)}{glyph.OPEN} ", style.dim),
        Piece(shown(name), style.text),
        Piece(f" {words}", style.dim),
    ]
