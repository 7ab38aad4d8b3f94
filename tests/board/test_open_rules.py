"""Which broken rules need somebody still."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.board.scenes import NOON, board, entry, later, task
from todo_tui.board.changes import changes
from todo_tui.board.event import BoardEvent, Lost, Several, Source
from todo_tui.board.memory import Memory
from todo_tui.board.open_rules import OpenRules
from todo_tui.board.request import Actor

if TYPE_CHECKING:
    from todo_tui.board.task import Task


def opened(*events: BoardEvent) -> OpenRules:
    """The rules that these events broke, and did not undo."""
    rules = OpenRules()
    for event in events:
        rules.learn(event)
        if event.violation is not None:
            rules.add(event)
    return rules


def words(rules: OpenRules) -> list[str | None]:
    return [event.violation for event in rules.events]


def test_what_vanished_needs_nobody_once_it_was_added_again_as_it_was() -> None:
    one, other = task("T1", title="Words"), task("T1", title="Other words")
    done = task("T1", "done", title="Words")
    gone = changes(board(one, task("T2")), board(task("T2")), at=NOON, source="file")
    for back, closes in ((one, True), (other, False), (done, False)):
        added = changes(board(), board(back), at=NOON, source="file")
        assert words(opened(*gone, *added)) == ([] if closes else ["vanished"])
    rules = opened(*gone)
    assert rules.events is rules.events


def test_what_vanished_needs_nobody_once_a_person_has_added_it_anew() -> None:
    gone = changes(board(task("T1"), task("T2")), board(task("T2")), at=NOON, source="file")
    anew = board(task("T1", title="Other words"))
    for who, closes in ((Actor("alice", human=True), True), (Actor("eng"), False), (None, False)):
        source: Source = "file" if who is None else "command"
        added = changes(board(), anew, at=NOON, source=source, actor=who)
        assert words(opened(*gone, *added)) == ([] if closes else ["vanished"])
        if closes:
            undone = changes(anew, board(), at=NOON, source=source, actor=who)
            assert words(opened(*gone, *added, *undone)) == ["vanished"]


def test_a_history_needs_nobody_once_all_its_lines_are_there_again() -> None:
    lines = (
        entry(later(minutes=1), "T1", "claimed", "bob", "todo -> claimed"),
        entry(later(minutes=2), "T1", "started", "bob", "claimed -> in_progress"),
        entry(later(minutes=3), "T2", "claimed", "bob", "todo -> claimed"),
    )
    old, new = board(task("T1"), history=lines), board(task("T1"), history=lines[2:])
    rules = opened(*changes(old, new, at=NOON, source="file"))
    for line, lost in ((lines[2], 2), (lines[0], 1), (lines[0], 1), (lines[1], 0)):
        rules.learn(BoardEvent("history", NOON, "file", detail=line))
        (left,) = [event.detail for event in rules.events] or [Lost(())]
        assert isinstance(left, Lost)
        assert len(left.entries) == lost


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (task("T1", "claimed", by="bob"), task("T1", "claimed", by="eve")),
        (task("T1"), task("T1", "in_progress", by="eve")),
        (task("T1", "in_progress", by="bob"), task("T1", "done", by="eve")),
        (task("T1", "done", by="bob"), task("T1", "claimed", by="bob")),
    ],
)
def test_a_task_needs_nobody_once_it_is_as_it_was(old: Task, new: Task) -> None:
    first, second = board(old), board(new)
    broke = changes(first, second, at=NOON, source="file")
    assert len(opened(*broke).events) == 1
    memory = Memory().after(broke)
    back = changes(second, first, at=later(hours=1), source="file", memory=memory)
    assert words(opened(*broke, *back)) == []
    again = changes(first, second, at=later(hours=2), source="file", memory=memory.after(back))
    assert len(opened(*broke, *back, *again).events) == 1


def test_a_duplicate_needs_nobody_once_its_id_stands_once() -> None:
    one, twin = task("T1", title="First"), task("T1", title="Twin")
    both = board(one, twin)
    came = changes(board(one), both, at=NOON, source="file")
    assert words(opened(*came)) == ["duplicated"]
    for after, left in (
        (board(one, task("T2", title="Twin")), []),
        (board(task("T2", title="First"), twin), []),
        (board(one), ["vanished"]),
        (board(twin), ["vanished"]),
        (board(one, twin._replace(title="Other")), ["duplicated"]),
        (board(one, twin._replace(priority="high")), ["duplicated"]),
    ):
        gone = changes(both, after, at=later(hours=1), source="file")
        assert words(opened(*came, *gone)) == left
    other = board(one, twin._replace(title="Other"))
    named = changes(both, other, at=later(hours=1), source="file")
    solved = changes(other, board(one, task("T2", title="Other")), at=later(hours=2), source="file")
    assert words(opened(*came, *named, *solved)) == []


def test_a_sweep_needs_nobody_once_all_its_tasks_are_as_they_were() -> None:
    working = [task(f"T{number}", "in_progress", by="bob") for number in range(5)]
    done = [one._replace(status="done", raw_status="done") for one in working]
    sweep = changes(board(*working), board(*done), at=NOON, source="file")
    some = board(*working[:2], *done[2:])
    person = Actor("alice", human=True)
    first = changes(board(*done), some, at=later(hours=1), source="board", actor=person)
    rules = opened(*sweep, *first)
    (left,) = (event.detail for event in rules.events)
    assert left == Several(tuple(working[2:]), tuple(done[2:]))
    back = changes(some, board(*working), at=later(hours=2), source="board", actor=person)
    assert words(opened(*sweep, *first, *back)) == []
    memory = Memory().after(sweep)
    again = changes(board(*done), board(*working), at=NOON, source="file", memory=memory)
    assert words(opened(*sweep, *again)) == [], "git checkout of what it was"


def test_what_else_happens_to_it_closes_nothing() -> None:
    mine, taken = task("T1", "claimed", by="bob"), task("T1", "claimed", by="eve")
    theft = changes(board(mine), board(taken), at=NOON, source="file")
    retitled = board(taken._replace(title="New"))
    later_on = changes(board(taken), retitled, at=NOON, source="command", actor=Actor("eve"))
    other = changes(board(task("T2")), board(task("T2", "claimed")), at=NOON, source="file")
    rules = opened(*theft, *later_on, *other)
    assert words(rules) == ["stolen"]
    rules.close(theft[0].key)
    rules.close(theft[0].key)
    assert rules.events == ()


def test_a_whole_file_that_goes_and_comes_back_costs_little() -> None:
    """No event is held against all that is open: that would be 25 million comparisons."""
    tasks = [task(f"T{number}", "claimed", by="bob") for number in range(5_000)]
    lines = tuple(
        entry(later(seconds=at), one.id, "claimed", "bob", "todo -> claimed")
        for at, one in enumerate(tasks)
    )
    full, empty = board(*tasks, history=lines), board()
    gone = changes(full, empty, at=NOON, source="file")
    back = changes(empty, full, at=later(hours=1), source="file")
    assert len(opened(*gone).events) == 5_001
    assert opened(*gone, *back).events == ()
