"""What the terminal shows, row by row: of a picture only what is other is sent.

Owns the rows as they were sent last. Textual sends all of a screen when another one comes to the
front, and again whenever a row comes or goes, though little of it is other than it was: over a slow
line that is what a person waits for. Must not know what is drawn.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.control import Control
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual.strip import Strip

from todo_tui.named_tuple import NamedTuple
from todo_tui.shown import width

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rich.console import Console
    from rich.segment import Segment
    from textual.geometry import Region


class _Part(NamedTuple):
    """A part of a row: the cells from ``x`` up to ``end``, and what stands there."""

    y: int
    x: int
    end: int
    strip: Strip


class Sent:
    """The rows of one terminal."""

    def __init__(self) -> None:
        self._region: Region | None = None
        self._rows: list[list[_Part]] = []  # each in the parts in which it was sent

    def forget(self) -> None:
        """Something else may have been written there: the next picture is sent whole."""
        self._rows = []

    def new_in(self, picture: object) -> Any:
        """What of a picture is to be sent; None where all of it is there already."""
        match picture:
            case LayoutUpdate():
                return self._whole(picture)
            case ChopsUpdate():
                return self._change(picture)
        return picture

    def put(self, rows: list[list[_Part]]) -> None:
        """These are the rows now."""
        self._rows = rows

    def patch(self, parts: Sequence[_Part]) -> None:
        """These were sent over what there was."""
        for part in parts:
            if part.y < len(self._rows):
                self._rows[part.y] = _patched(self._rows[part.y], part)

    def _whole(self, picture: LayoutUpdate) -> Places | None:
        rows = [_row(y, strips) for y, strips in enumerate(picture.strips)]
        if picture.region != self._region or len(rows) != len(self._rows):
            self._rows, self._region = [[]] * len(rows), picture.region
        parts = []
        for y, (before, row) in enumerate(zip(self._rows, rows, strict=True)):
            old, new = _segments(before), _segments(row)
            if old != new:
                parts.append(_other(y, old, new))
        return Places(self, parts, rows) if parts else None

    def _change(self, change: ChopsUpdate) -> Places | None:
        parts = [
            part
            for y, start, stop in change.spans
            if y < len(change.chops)  # a terminal that has just become smaller
            for part in _sent(y, change.chops[y], change.chop_ends[y], start, stop)
            if not self._shows(part)
        ]
        return Places(self, parts) if parts else None

    def _shows(self, part: _Part) -> bool:
        """Whether just this is known to stand there; it may although that is not known."""
        for known in self._rows[part.y] if part.y < len(self._rows) else ():
            if known.x == part.x:
                same = known.strip._segments == part.strip._segments
                return known.end == part.end and same
        return False


class Places(CompositorUpdate):
    """The parts of rows that are to be sent; ``rows`` are then all there are, where known."""

    def __init__(
        self, sent: Sent, parts: Sequence[_Part], rows: list[list[_Part]] | None = None
    ) -> None:
        self._sent = sent
        self._parts = parts
        self._rows = rows

    def render_segments(self, console: Console) -> str:
        """The parts in the terminal's language."""
        if self._rows is not None:
            self._sent.put(self._rows)
        else:
            self._sent.patch(self._parts)
        return "".join(
            Control.move_to(part.x, part.y).segment.text + part.strip.render(console)
            for part in self._parts
        )


def _row(y: int, strips: Iterable[Strip]) -> list[_Part]:
    """A row of a whole picture."""
    row, x = [], 0
    for strip in strips:
        end = x + strip.cell_length
        row.append(_Part(y, x, end, strip))
        x = end
    return row


def _sent(
    y: int, chops: Mapping[int, Strip | None], ends: Sequence[int], start: int, stop: int
) -> list[_Part]:
    """What Textual sends of a row for the cells from ``start`` to ``stop``.

    A character that stands on the last two of them is sent whole: where a terminal is sent a blank
    for one half of it, it wipes out the other half.
    """
    parts = []
    for end, (x, strip) in zip(ends, chops.items(), strict=False):
        if strip is not None and x < stop and end > start:
            if end > stop:
                end = x + _border(strip, stop - x)
                strip = strip.crop(0, end - x)
            parts.append(_Part(y, x, end, strip))
    return parts


def _border(strip: Strip, cells: int) -> int:
    """The cells up to the end of the character that stands on the last of ``cells``."""
    at = 0
    for segment in strip._segments:
        if at + segment.cell_length < cells:
            at += segment.cell_length
            continue
        for character in segment.text:
            if at >= cells:
                break
            at += width(character)
        break
    return at


def _patched(row: Sequence[_Part], part: _Part) -> list[_Part]:
    """The row with another part in the place of what stood there."""
    before, after = [], []
    for old in row:
        if old.x < part.x:
            kept = old.end <= part.x
            before.append(old if kept else _cropped(old, old.x, part.x))
        if old.end > part.end:
            kept = old.x >= part.end
            after.append(old if kept else _cropped(old, part.end, old.end))
    return [*before, part, *after]


def _cropped(part: _Part, x: int, end: int) -> _Part:
    return _Part(part.y, x, end, part.strip.crop(x - part.x, end - part.x))


def _segments(row: Iterable[_Part]) -> list[Segment]:
    return [segment for part in row for segment in part.strip._segments]


def _other(y: int, before: Sequence[Segment], after: Sequence[Segment]) -> _Part:
    """The part of a row from the first segment that is other to the last."""
    most = min(len(before), len(after))
    start = next((at for at in range(most) if before[at] != after[at]), most)
    most -= start
    stop = next((at for at in range(most) if before[~at] != after[~at]), most)
    x = sum(segment.cell_length for segment in after[:start])
    strip = Strip(after[start : len(after) - stop])
    return _Part(y, x, x + strip.cell_length, strip)
