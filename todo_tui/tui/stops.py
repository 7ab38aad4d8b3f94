"""Places in the lines of a detail that the keys can go to: criteria, tasks, links.

Owns how a part of a detail says where they are. Must not know what is done there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from todo_tui.named_tuple import NamedTuple
from todo_tui.tui.row import Piece, cells

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from todo_tui.tui.look import Look

Line = list[Piece]


class Stop(NamedTuple):
    """One place: pieces ``first:last`` of the line ``line`` of a part.

    ``value`` is a task's reference, a link's target, or the words of the criterion ``number``.
    """

    kind: Literal["criterion", "task", "link"]
    line: int
    first: int
    last: int
    value: str = ""
    number: int = -1

    def down(self, lines: int, pieces: int = 0) -> Stop:
        """The same place, so many lines further down and pieces further right."""
        return self._replace(
            line=self.line + lines, first=self.first + pieces, last=self.last + pieces
        )


class Part(NamedTuple):
    """Lines of a detail, and the places in them."""

    lines: list[Line]
    stops: list[Stop]


def part(lines: Iterable[Line]) -> Part:
    """Lines without such places."""
    return Part(list(lines), [])


def stacked(parts: Iterable[Part], *, gap: int = 0) -> Part:
    """Parts below each other, with so many blank lines between them; empty ones left out."""
    lines: list[Line] = []
    stops: list[Stop] = []
    for each in parts:
        if each.lines:
            lines += [[]] * (gap if lines else 0)
            stops += [stop.down(len(lines)) for stop in each.stops]
            lines += each.lines
    return Part(lines, stops)


def indented(each: Part, style: Look) -> Part:
    """A part two cells further right."""
    lines = [[Piece("  ", style.text), *line] for line in each.lines]
    return Part(lines, [stop.down(0, 1) for stop in each.stops])


def stop_at(each: Part, line: int, cell: int) -> int | None:
    """The index of the place that is drawn on a cell of a line; None where there is none."""
    for index, stop in enumerate(each.stops):
        if stop.line == line:
            pieces = each.lines[line]
            start = cells(pieces[: stop.first])
            if start <= cell < start + cells(pieces[stop.first : stop.last]):
                return index
    return None


def lit(lines: Sequence[Line], stop: Stop | None, style: Look) -> list[Line]:
    """The lines with one place laid over by the style of the selection."""
    found = list(lines)
    if stop is not None and stop.line < len(found):
        line = list(found[stop.line])
        for at in range(stop.first, min(stop.last, len(line))):
            line[at] = Piece(line[at].text, line[at].style + style.selected)
        found[stop.line] = line
    return found
