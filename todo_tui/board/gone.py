"""What went from a file together with tasks that went, and where exactly it goes back.

Owns which of the lines around a task are remembered as its own. Must not know how text is cut
(``document.cutting``) or what becomes of it (``remedy``).
"""

from __future__ import annotations

from itertools import pairwise

from todo_tui.document import cutting
from todo_tui.static import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from todo_tui.board.board import Board
    from todo_tui.board.event import Slot


def with_lines(old: Board, new: Board, slots: Sequence[Slot]) -> list[Slot]:
    """The slots of all tasks that went, in their order, with the lines that went with each."""
    found: list[Slot] = []
    for run in _runs(slots):
        found += _with_lines(old, new, run)
    return found


def places(board: Board, slot: Slot) -> Iterator[tuple[int, str]]:
    """Where the text of a slot may go exactly: offsets, and what goes there with it.

    Beside others that went with it and are there again; else between those that stayed.
    """
    document = board.document
    if document is None or slot.over is None or slot.under is None:
        return
    near = [_entry(board, refs[0] if len(refs) > 1 else "") for refs in (slot.above, slot.below)]
    ends = [_entry(board, refs[-1] if refs else "") for refs in (slot.above, slot.below)]
    text = slot.gap + slot.source
    if near[0] is not None:
        yield document.starts[near[0]] + len(document.entries[near[0]].text), text
    stayed = (refs[-1] if refs else "" for refs in (slot.above, slot.below))
    lost = any(ref and end is None for ref, end in zip(stayed, ends, strict=True))
    if lost and not (slot.over + slot.under).strip():
        # Blanks alone stand elsewhere, too.
        return
    if near[1] is not None:
        at = cutting.place(document, ends[0], near[1], slot.over + slot.head, "")
        if at is not None:
            yield at, text
    at = cutting.place(document, ends[0], ends[1], slot.over, slot.under)
    if at is not None:
        yield at, slot.head + text + slot.tail


def place_of(board: Board, offset: int) -> int:
    """How many tasks stand before an offset in the text of ``board``."""
    document = board.document
    return sum(document.starts[at] < offset for at in board.positions) if document else 0


def comments(slot: Slot) -> str:
    """The comment lines that went from directly above a task."""
    lines = (slot.gap or slot.head).splitlines(keepends=True)
    first = len(lines)
    while first and lines[first - 1].lstrip(" ").startswith("#"):
        first -= 1
    return "".join(lines[first:])


def _entry(board: Board, ref: str) -> int | None:
    """The entry of a task that is there; None for the end of the file."""
    task = board.get(ref) if ref else None
    return None if task is None else board.positions[board.place(task)]


def _runs(slots: Sequence[Slot]) -> Iterator[list[Slot]]:
    """Those of tasks that stood one after the other."""
    run: list[Slot] = []
    for slot in slots:
        if run and slot.place != run[-1].place + 1:
            yield run
            run = []
        run.append(slot)
    if run:
        yield run


def _with_lines(old: Board, new: Board, run: list[Slot]) -> list[Slot]:
    was, now = old.document, new.document
    if was is None or now is None:
        return run
    beside: list[tuple[int, int] | None] = []
    sides = (run[0].place - 1, run[0].above), (run[-1].place + 1, run[-1].below)
    for at, refs in sides:
        if not refs:
            beside.append(None)
            continue
        task = new.get(refs[0])
        if task is None:
            return run
        beside.append((old.positions[at], new.positions[new.place(task)]))
    items = [old.positions[slot.place] for slot in run]
    cut = cutting.cut(was, now, (items[0], items[-1]), *beside)
    if cut is None:
        return run
    spans = [(was.starts[item], was.starts[item] + len(was.entries[item].text)) for item in items]
    head, tail = was.text[cut.start : spans[0][0]], was.text[spans[-1][1] : cut.stop]
    gaps = [was.text[stop:start] for (_, stop), (start, _) in pairwise(spans)]
    return [
        slot._replace(gap=gap, head=head, tail=tail, over=cut.over, under=cut.under)
        for slot, gap in zip(run, ["", *gaps], strict=True)
    ]
