"""What is remembered of tasks."""

from __future__ import annotations

from tests.board.scenes import NOON, board, entry, later, task
from todo_tui.board.changes import changes
from todo_tui.board.memory import Memory, Recorded, Trace
from todo_tui.board.request import Actor


def test_a_direct_edit_leaves_a_sign_of_life_and_a_start() -> None:
    claimed, working = board(task("T1", "claimed", by="bob")), task("T1", "in_progress", by="bob")
    memory = Memory().after(changes(claimed, board(working), at=NOON, source="file"))
    assert memory.of("T1") == Trace(NOON, NOON, NOON, None)
    noted = entry(later(minutes=5), "T1", "noted", "bob", "in_progress -> in_progress", note="x")
    events = changes(
        board(working), board(working, history=(noted,)), at=later(minutes=6), source="file"
    )
    assert memory.after(events).of("T1") == Trace(later(minutes=6), NOON, NOON, None)
    assert memory.of("T2") == Trace()


def test_what_a_person_does_is_no_sign_of_an_agents_life() -> None:
    old, new = board(task("T1")), board(task("T1", priority="high"))
    person = Actor("alice", human=True)
    events = changes(old, new, at=NOON, source="board", actor=person)
    assert Memory().after(events).of("T1").sign is None


def test_a_stale_text_written_over_it_is_no_sign_of_life_either() -> None:
    todo, claimed = board(task("T1")), board(task("T1", "claimed", by="bob"))
    memory = Memory().after(changes(todo, claimed, at=NOON, source="command", actor=Actor("bob")))
    assert memory.of("T1").recorded == Recorded("claimed", "todo")
    events = changes(claimed, todo, at=later(minutes=1), source="file", memory=memory)
    after = memory.after(events)
    trace = after.of("T1")
    assert trace[:4] == (NOON, later(minutes=1), None, None)
    again = changes(todo, claimed, at=later(hours=1), source="file", memory=after)
    assert after.after(again).of("T1") == memory.of("T1"), "it is as if nothing had been"


def test_that_a_twin_came_is_no_sign_of_life() -> None:
    one = task("T1", "in_progress", by="bob")
    old, new = board(one), board(one, task("T1", title="Twin"))
    events = changes(old, new, at=NOON, source="file")
    assert next(event.kind for event in events) == "renamed"
    memory = Memory({"T1": Trace(started=NOON)}).after(events)
    assert memory.of(new.tasks[0].ref) == Trace(started=NOON)


def test_a_trace_follows_its_task_to_another_reference() -> None:
    old, new = board(task("T1", title="Same")), board(task("T2", title="Same"))
    memory = Memory({"T1": Trace(started=NOON)})
    memory = memory.after(changes(old, new, at=later(minutes=1), source="file"))
    assert memory.of("T2") == Trace(later(minutes=1), None, NOON, None)
    assert memory.of("T1") == Trace()


def test_a_task_that_is_gone_leaves_no_trace() -> None:
    memory = Memory({"T1": Trace(started=NOON), "T2": Trace(started=NOON)})
    events = changes(board(task("T1"), task("T2")), board(task("T2")), at=NOON, source="file")
    assert set(memory.after(events).traces) == {"T2"}


def test_what_comes_after_a_loss_or_a_fault_is_remembered_too() -> None:
    old = board(task("T1"), task("T2", needs=("T1",)), task("T3"))
    new = board(task("T2", needs=("T1",)), task("T3", priority="high"))
    lost = changes(old, new, at=NOON, source="file")
    events = (*lost, *changes(new, old, at=later(minutes=1), source="file"))
    kinds = [event.kind for event in events]
    assert kinds.index("removed") < kinds.index("fault") < kinds.index("added")
    memory = Memory({"T1": Trace(started=NOON)}).after(events)
    assert memory.of("T1") == Trace(later(minutes=1), later(minutes=1))
    assert memory.of("T3") == Trace(later(minutes=1))
