"""Events as lines."""

from __future__ import annotations

import pytest

from tests.board.scenes import NOON, entry, task
from todo_tui.board.event import BoardEvent, Lost, Order, Several
from todo_tui.board.history import HistoryEntry
from todo_tui.board.task import Fault
from todo_tui.cli.event_text import event_line

LINE = entry(NOON, "T1", "finished", "bob", "in_progress -> done", note="well")
MOVED = BoardEvent(
    "moved", NOON, "file", "T1", "T1", "bob", False, "skipped_work", task("T1"), task("T1", "done")
)


@pytest.mark.parametrize(
    ("event", "words"),
    [
        (MOVED, "T1  moved todo -> done by bob [skipped_work]  Work on T1"),
        (BoardEvent("history", NOON, "file", "T1", "T1", detail=LINE),
         "T1  finished by bob (in_progress -> done): well"),
        (BoardEvent("history", NOON, "file", "T9", detail=LINE),
         "T9  finished by bob (in_progress -> done): well"),
        (BoardEvent("history", NOON, "file", detail=HistoryEntry(NOON, "It rains")),
         "-  history  It rains"),
        (BoardEvent("reprioritised", NOON, "file", "T1", "T1", before=task("T1", priority=""),
                    after=task("T1", priority="high")),
         "T1  reprioritised none -> high  Work on T1"),
        (BoardEvent("reassigned", NOON, "file", "T1", "T1", before=task("T1"),
                    after=task("T1", agent="bob")),
         "T1  reassigned nobody -> bob  Work on T1"),
        (BoardEvent("history", NOON, "file", detail=Lost((LINE, LINE)), violation="reverted"),
         f"-  history [reverted]  gone: {LINE.text}; {LINE.text}"),
        (BoardEvent("fault", NOON, "file", detail=Fault("cycle", "round")), "-  fault  round"),
        (BoardEvent("reordered", NOON, "file", detail=Order(("a", "b"), ("b", "a"))),
         "-  reordered  b a"),
        (BoardEvent("violation", NOON, "file", violation="bulk_done",
                    detail=Several((task("T1"),), (task("T1"), task("T2")))),
         "-  violation [bulk_done]  T1 T2"),
    ],
)  # fmt: skip
def test_each_kind_in_a_line(event: BoardEvent, words: str) -> None:
    assert event_line(event) == f"2026-11-22T12:00:00Z  {words}"


def test_the_note_of_a_deed_comes_last_and_once() -> None:
    assert event_line(MOVED, LINE).endswith("Work on T1: well")
    note = BoardEvent("history", NOON, "file", "T1", "T1", detail=LINE)
    assert event_line(note, LINE) == event_line(note)
