"""The stretches of a text that were read as nothing: what stands between items, and is no history.

Owns which of them could hold what is nearly an item (``near``), by signs that cost little to see.
"""

from __future__ import annotations

from bisect import bisect_left

from todo_tui.named_tuple import NamedTuple
from todo_tui.static import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from todo_tui.document.reuse import Reading

_LISTED: Final = frozenset("-*+0123456789")
"""What a list item begins with."""


class Gap(NamedTuple):
    """``start:stop`` of a text; ``fenced``: it stands in a yaml fence."""

    start: int
    stop: int
    fenced: bool


def promising(text: str, reading: Reading, word: str) -> list[Gap]:
    """The gaps that hold ``word``, in any case, or a list item with a square bracket."""
    return [gap for gap in _gaps(text, reading) if _may_count(text[gap.start : gap.stop], word)]


def _may_count(text: str, word: str) -> bool:
    if word in text.lower():
        return True
    return "[" in text and any(
        "[" in line and line.lstrip(" \t")[:1] in _LISTED for line in text.split("\n")
    )


def _gaps(text: str, reading: Reading) -> Iterator[Gap]:
    begin, fenced = -1, False
    starts = reading.starts
    stops = (*reading.unit_starts[1:], len(text))[: len(reading.units)]
    for at, unit, stop in zip(reading.unit_starts, reading.units, stops, strict=True):
        free = unit.kind == "prose"
        if unit.kind in ("item", "mapping") and not unit.faults:
            first = bisect_left(starts, at)
            free = first == len(starts) or starts[first] >= stop
        inside = unit.state.fence is not None
        free = free and not unit.state.level
        if begin >= 0 and not (free and inside == fenced):
            yield Gap(begin, at, fenced)
            begin = -1
        if free and begin < 0:
            begin, fenced = at, inside
    if begin >= 0:
        yield Gap(begin, len(text), fenced)
