"""What the terminal shows, row by row: of a picture only what is other is sent.

Owns the rows as they were sent last. Textual sends all of a screen when another one comes to the
front, and again whenever a row comes or goes, though little of it is other than it was: over a slow
line that is what a person waits for. Must not know what is drawn.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from rich.control import Control
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual.strip import Strip

from todo_tui.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rich.console import Console
    from rich.segment import Segment
    from textual.geometry import Region

_PARTS: Final = 24
"""So many parts of a row are remembered one by one: few pictures are whole ones."""


class _Part(NamedTuple):
    """A part of a row: where it begins, and what stands there."""

    y: int
    x: int
    strip: Strip

    @property
    def end(self) -> int:
        return self.x + self.strip.cell_length


class Sent:
    """The rows of one terminal."""

    def __init__(self) -> None:
        self._region: Region | None = None
        self._rows: list[Strip | None] = []
        self._parts: dict[int, list[_Part]] = {}  # what was sent since over parts of the rows

    def forget(self) -> None:
        """Something else may have been written there: the next picture is sent whole."""
        self._rows = []
        self._parts.clear()

    def new_in(self, picture: object) -> Any:
        """What of a picture is to be sent; None where all of it is there already."""
        match picture:
            case LayoutUpdate():
                return self._whole(picture)
            case ChopsUpdate():
                return self._change(picture)
        return picture

    def put(self, rows: Sequence[Strip]) -> None:
        """These are the rows now."""
        self._rows = list(rows)
        self._parts.clear()

    def patch(self, parts: Sequence[_Part]) -> None:
        """These were sent over what there was."""
        if not self._rows:
            return
        for part in parts:
            known = self._parts.setdefault(part.y, [])
            known.append(part)
            if len(known) > _PARTS:
                self._row(part.y)

    def _whole(self, picture: LayoutUpdate) -> Places | None:
        rows = [Strip.join(row) for row in picture.strips]
        if picture.region != self._region or len(rows) != len(self._rows):
            self.forget()
            self._rows = [None] * len(rows)
            self._region = picture.region
        parts = []
        for y, row in enumerate(rows):
            before = self._row(y)
            if before is None:
                parts.append(_Part(y, 0, row))
            elif before is not row and before._segments != row._segments:
                parts.append(_other(y, before._segments, row._segments))
        return Places(self, parts, rows) if parts else None

    def _change(self, change: ChopsUpdate) -> Places | None:
        parts = [
            part
            for y, start, stop in change.spans
            for part in _sent(y, change.chops[y], change.chop_ends[y], start, stop)
            if not self._shows(part)
        ]
        return Places(self, parts) if parts else None

    def _shows(self, part: _Part) -> bool:
        """Whether this is what stands there."""
        row = self._rows[part.y] if part.y < len(self._rows) else None
        for known in reversed(self._parts.get(part.y, ())):
            if (known.x, known.end) == (part.x, part.end):
                return known.strip._segments == part.strip._segments
            if known.x < part.end and part.x < known.end:
                row = self._row(part.y)
                break
        return row is not None and row.crop(part.x, part.end)._segments == part.strip._segments

    def _row(self, y: int) -> Strip | None:
        """The row as the terminal shows it; None where that is not known."""
        row = self._rows[y] if y < len(self._rows) else None
        parts = self._parts.pop(y, ())
        if row is None or not parts:
            return row
        for part in parts:
            row = Strip.join([row.crop(0, part.x), part.strip, row.crop(part.end)])
        self._rows[y] = row
        return row


class Places(CompositorUpdate):
    """The parts of rows that are to be sent; ``rows`` are then all there are, where known."""

    def __init__(
        self, sent: Sent, parts: Sequence[_Part], rows: Sequence[Strip] | None = None
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


def _sent(
    y: int, chops: Mapping[int, Strip | None], ends: Sequence[int], start: int, stop: int
) -> list[_Part]:
    """What Textual sends of a row for the cells from ``start`` to ``stop``."""
    parts = []
    for end, (x, strip) in zip(ends, chops.items(), strict=False):
        if strip is not None and x <= stop and end > start:
            whole = start <= x < stop and end <= stop
            parts.append(_Part(y, x, strip if whole else strip.crop(0, min(end, stop) - x)))
    return parts


def _other(y: int, before: Sequence[Segment], after: Sequence[Segment]) -> _Part:
    """The part of a row from the first segment that is other to the last."""
    most = min(len(before), len(after))
    start = next((at for at in range(most) if before[at] != after[at]), most)
    most -= start
    end = next((at for at in range(most) if before[~at] != after[~at]), most)
    x = sum(segment.cell_length for segment in after[:start])
    return _Part(y, x, Strip(after[start : len(after) - end]))
