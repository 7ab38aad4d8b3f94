"""The central law: what is read after a plan was spliced is what ``apply`` says, and no more."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from todo_tui.board.reading import read
from todo_tui.board.transition import apply
from todo_tui.board.writing import plan
from todo_tui.document.document import Document
from todo_tui.errors import TodoError

if TYPE_CHECKING:
    from datetime import datetime

    from todo_tui.board.board import Board
    from todo_tui.board.request import Transition
    from todo_tui.board.task import Fault
    from todo_tui.document.edit import Edit


def hold(board: Board, transition: Transition, now: datetime, *, history: bool = True) -> Board:
    """Check the law for one transition on ``board``; the board as it is read afterwards."""
    document = board.document
    assert document is not None
    try:
        expected = apply(board, transition, now, history=history)
    except TodoError as refused:
        with pytest.raises(TodoError) as planned_too:
            plan(board, transition, now, history=history)
        same = planned_too.value.code == refused.code, planned_too.value.message == refused.message
        if same != (True, True):
            raise AssertionError("plan refuses otherwise than apply") from refused
        return board
    planned = plan(board, transition, now, history=history)
    assert planned.outcome.board == expected.board
    after = document.splice(planned.edits)
    assert_only_edits(document.encode(), after.encode(), planned.edits, document.text)
    found = read(after, board)
    anew = read(Document.decode(after.encode()))
    assert found.tasks == anew.tasks
    assert found == anew
    assert differences(found, expected.board) == []
    assert found == expected.board
    if not any(task.guessed for task in expected.board.tasks):
        assert between(found) == between(expected.board)
    assert expected.changed == bool(planned.edits)
    before = {task.ref: task for task in board.tasks}
    touched = {task.ref for task in expected.tasks}
    for task in found.tasks:
        old = before.get(task.ref)
        if old is not None and task == old and found.source(task) == board.source(old):
            assert task is old or task.ref in touched
    return found


def differences(found: Board, expected: Board) -> list[tuple[object, object]]:
    """The parts in which two boards differ, for a readable failure."""
    pairs: list[tuple[object, object]] = []
    if [task.ref for task in found.tasks] != [task.ref for task in expected.tasks]:
        pairs.append(([t.ref for t in found.tasks], [t.ref for t in expected.tasks]))
    for mine, theirs in zip(found.tasks, expected.tasks, strict=False):
        guess = mine.guessed or theirs.guessed
        meant = zip(mine.meaning(guess=guess), theirs.meaning(guess=guess), strict=True)
        pairs += ((a, b) for a, b in meant if a != b)
    for name in ("groups", "sections", "text_faults", "merging"):
        if getattr(found, name) != getattr(expected, name):
            pairs.append((getattr(found, name), getattr(expected, name)))
    return pairs


def between(board: Board) -> list[Fault]:
    """The faults in an order without places."""
    return sorted(board.faults, key=lambda fault: (fault.task or "", fault.code, fault.message))


def assert_only_edits(before: bytes, after: bytes, edits: tuple[Edit, ...], text: str) -> None:
    """Every byte outside of the edits is where it was."""

    def size(start: int, stop: int) -> int:
        return len(text[start:stop].encode("utf-8", "surrogateescape"))

    at = 0
    rest = after
    for span, new in sorted(edits, key=lambda edit: edit.span):
        kept = size(at, span.start)
        assert rest[:kept] == before[:kept]
        written = len(new.encode("utf-8", "surrogateescape"))
        rest = rest[kept + written :]
        before = before[kept + size(span.start, span.stop) :]
        at = span.stop
    assert rest == before
