"""What happened between two boards: each kind of event, one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.board.scenes import NOON, board, entry, later, task
from todo_tui.board.changes import changes
from todo_tui.board.event import Lost, Order, Regrouping, Slot
from todo_tui.board.reading import read
from todo_tui.board.request import Actor
from todo_tui.board.task import Fault, Group
from todo_tui.board.task_changes import differences
from todo_tui.document.document import Document

if TYPE_CHECKING:
    from todo_tui.board.board import Board
    from todo_tui.board.event import BoardEvent
    from todo_tui.board.task import Task


def happened(old: Board, new: Board) -> tuple[BoardEvent, ...]:
    return changes(old, new, at=NOON, source="file")


def told(events: tuple[BoardEvent, ...]) -> list[tuple[str, str | None, str | None, str | None]]:
    return [(event.kind, event.ref, event.from_text, event.to_text) for event in events]


ONE = task("T1")

ALTERED = [
    (ONE._replace(title="New words"), [("retitled", "T1", "Work on T1", "New words")]),
    (
        ONE._replace(priority="high", raw_priority="high"),
        [("reprioritised", "T1", "medium", "high")],
    ),
    (task("T1", agent="bob"), [("reassigned", "T1", None, "bob")]),
    (task("T1", "claimed", agent="bob"), [("moved", "T1", "todo", "claimed")]),
    (task("T1", "claimed", by="bob"), [("moved", "T1", "todo", "claimed")]),
    (task("T1", "review"), [("moved", "T1", "todo", "review")]),
    (task("T1", fields=(("notes", "more"),)), [("changed", "T1", None, None)]),
    (task("T1", needs=("T0",)), [("changed", "T1", None, None)]),
    (task("T1", "Pending"), [("changed", "T1", None, None)]),
    (
        task("T1", "claimed", by="bob", title="New", fields=(("tags", "x"), ("claimed_at", "-"))),
        [
            ("retitled", "T1", "Work on T1", "New"),
            ("moved", "T1", "todo", "claimed"),
            ("changed", "T1", None, None),
        ],
    ),
]


@pytest.mark.parametrize(("after", "expected"), ALTERED, ids=str)
def test_a_task_that_is_not_what_it_was(
    after: Task, expected: list[tuple[str, str | None, str | None, str | None]]
) -> None:
    events = happened(board(ONE), board(after))
    assert [one for one in told(events) if not one[0].startswith("fault")] == expected
    first = events[0]
    assert (first.before, first.after) == (ONE, after)
    assert (first.at, first.source, first.task) == (NOON, "file", "T1")
    assert all(event.violation is None for event in events)


def test_the_move_carries_what_a_transition_changes_besides_the_status() -> None:
    held = task("T1", "claimed", by="bob", fields=(("claimed_at", "2026-11-22"),))
    blocked = task(
        "T1",
        "blocked",
        by="bob",
        fields=(("claimed_at", "2026-11-22"), ("Blocker Reason", "no key")),
    )
    assert told(happened(board(held), board(blocked))) == [("moved", "T1", "claimed", "blocked")]


@pytest.mark.parametrize(
    ("old", "new", "actor"),
    [
        (task("T1"), task("T1", "claimed", by="bob"), "bob"),
        (task("T1", agent="bob"), task("T1", "in_progress", agent="bob"), "bob"),
        (task("T1", "in_progress", by="bob"), task("T1", "done", by="bob"), "bob"),
        (task("T1", "in_progress", by="bob"), task("T1", "done", by="eve"), "eve"),
        (task("T1", "claimed", by="bob"), task("T1"), "bob"),
        (task("T1", "claimed", by="bob"), task("T1", "blocked", by="bob"), "bob"),
        (task("T1", agent="bob"), task("T1", "done", agent="bob"), None),
        (task("T1", "done", by="bob"), task("T1"), None),
    ],
)
def test_who_moved_a_task_as_far_as_the_file_shows(old: Task, new: Task, actor: str | None) -> None:
    moved = happened(board(old), board(new))[0]
    assert (moved.kind, moved.actor, moved.human) == ("moved", actor, False)


def test_a_claim_that_nobody_saw_was_made_by_who_started_next() -> None:
    started = entry(NOON, "T1", "started", "bob", "claimed -> in_progress")
    after = board(task("T1", "in_progress", by="bob"), history=(started,))
    moves = [event for event in happened(board(task("T1")), after) if event.kind == "moved"]
    assert [(one.actor, one.after.holder if one.after else None) for one in moves] == [
        ("bob", "bob"),
        ("bob", "bob"),
    ]


def test_all_that_was_told_between_two_looks_did_happen() -> None:
    told_of = (
        entry(NOON, "T1", "claimed", "bob", "todo -> claimed"),
        entry(NOON, "T1", "released", "bob", "claimed -> todo"),
        entry(NOON, "T1", "claimed", "eve", "todo -> claimed"),
    )
    after = board(task("T1", "claimed", by="eve"), history=told_of)
    moves = [event for event in happened(board(task("T1")), after) if event.kind == "moved"]
    assert [(one.to_text, one.actor) for one in moves] == [
        ("claimed", "bob"),
        ("todo", "bob"),
        ("claimed", "eve"),
    ]


def test_a_commit_of_this_program_names_its_actor() -> None:
    old, new = board(task("T1")), board(task("T1", "claimed", by="bob"))
    person = Actor("alice", human=True, for_agent="bob")
    (event,) = changes(old, new, at=NOON, source="board", actor=person)
    assert (event.actor, event.human, event.source) == ("alice", True, "board")


def test_tasks_that_come_and_go_keep_their_places() -> None:
    a, b, c, d, e = (task(name, title=name) for name in "ABCDE")
    events = happened(board(a, b, c, d), board(a, e, d))
    assert told(events) == [
        ("removed", "B", None, None),
        ("removed", "C", None, None),
        ("added", "E", None, None),
    ]
    assert [event.detail for event in events] == [
        Slot(1, "", ("A",), ("C", "D")),
        Slot(2, "", ("B", "A"), ("D",)),
        Slot(1),
    ]
    assert (events[0].before, events[2].after) == (b, e)


def test_the_only_task_has_no_neighbours() -> None:
    a, b = task("A"), task("B")
    events = happened(board(a, b), board())
    assert [event.detail for event in events] == [
        Slot(0, "", (), ("B", "")),
        Slot(1, "", ("A", ""), ()),
    ]


def test_a_removed_task_keeps_its_exact_text() -> None:
    text = b'- T_1: "one"\r\n  status:   todo # why\r\n- T_2: two\r\n  status: done\r\n'
    old = read(Document.decode(text))
    new = read(Document.decode(text[text.index(b"- T_2") :]), old)
    (event,) = happened(old, new)
    assert isinstance(event.detail, Slot)
    assert event.detail.source == '- T_1: "one"\r\n  status:   todo # why\r\n'
    assert event.detail.below == ("T_2",)


def test_a_new_id_is_the_same_task() -> None:
    old, new = task("T1", title="Same words"), task("T7", title="Same words")
    (event,) = happened(board(old), board(new))
    assert told((event,)) == [("renamed", "T7", "T1", "T7")]


def test_a_task_with_another_id_and_title_is_another_task() -> None:
    events = happened(board(task("T1", title="Old")), board(task("T2", title="New")))
    assert [event.kind for event in events] == ["removed", "added"]


@pytest.mark.parametrize(
    ("old", "new"), [(("T1", "T2"), ("T3",)), (("T1",), ("T2", "T3")), (("T1", "T2"), ("T3", "T4"))]
)
def test_where_several_have_a_title_none_is_taken_for_another(
    old: tuple[str, ...], new: tuple[str, ...]
) -> None:
    before, after = (board(*(task(name, title="Same") for name in names)) for names in (old, new))
    events = happened(before, after)
    assert [(event.kind, event.ref) for event in events] == [
        *(("removed", name) for name in old),
        *(("added", name) for name in new),
    ]


def test_a_twin_gives_the_first_one_another_reference() -> None:
    first, second = task("T1", title="First"), task("T1", title="Second")
    new = board(first, second)
    events = happened(board(first), new)
    ref = new.tasks[0].ref
    assert ref.startswith("T1#")
    assert told(events)[:2] == [
        ("renamed", ref, "T1", ref),
        ("added", new.tasks[1].ref, None, None),
    ]
    assert {event.kind for event in events[2:]} == {"fault"}


def test_a_twin_that_is_retitled_stays_the_same_task() -> None:
    first, second = task("T1", title="First"), task("T1", title="Second")
    changed = task("T1", title="Third")
    events = happened(board(first, second), board(changed, second))
    assert [event.kind for event in events if "fault" not in event.kind] == ["renamed", "retitled"]
    assert events[0].before is not None
    assert events[0].before.title == "First"


def test_the_twin_that_goes_is_told_from_the_one_that_stays() -> None:
    first, second = task("T1", title="First"), task("T1", title="Second")
    events = happened(board(first, second), board(second))
    removed = events[0]
    assert (removed.kind, removed.before and removed.before.title) == ("removed", "First")
    assert (events[1].kind, events[1].ref) == ("renamed", "T1")


def test_another_order_is_one_event() -> None:
    a, b, c, d = (task(name, title=name) for name in "ABCD")
    (event,) = happened(board(a, b, c, d), board(a, c, b, d))
    assert (event.kind, event.detail) == ("reordered", Order(("B", "C"), ("C", "B")))


def test_of_an_order_only_what_moved_is_told_however_the_others_changed() -> None:
    a, b, c, d = (task(name, title=name) for name in "ABCD")
    new_a, new_d = task("A", title="A now"), task("D", title="D now")
    events = happened(board(a, b, c, d), board(new_a, c, b, new_d))
    (event,) = (event for event in events if event.kind == "reordered")
    assert event.detail == Order(("B", "C"), ("C", "B"))


def test_groups() -> None:
    old = Group("E1", "Epic", "todo", None, None, ())
    new = old._replace(status="done")
    (event,) = happened(board(groups=(old,)), board(groups=(new,)))
    assert (event.kind, event.detail) == ("regrouped", Regrouping((old,), (new,)))


def test_history_that_is_written() -> None:
    first = entry(NOON, "T1", "noted", "bob", "todo -> todo", note="hm")
    second = entry(later(minutes=1), "T9", "noted", "alice", "todo -> todo", human=True)
    events = happened(board(ONE, history=(first,)), board(ONE, history=(first, second)))
    (event,) = events
    assert (event.kind, event.detail, event.actor, event.human) == (
        "history", second, "alice", True,
    )  # fmt: skip
    assert (event.task, event.ref, event.from_text) == ("T9", None, "todo")
    (event,) = happened(board(ONE), board(ONE, history=(first,)))
    assert (event.task, event.ref) == ("T1", "T1")


def test_history_that_is_gone() -> None:
    entries = tuple(
        entry(later(minutes=m), "T1", "noted", "bob", "todo -> todo", note=str(m)) for m in range(4)
    )
    (event,) = happened(board(history=entries), board(history=entries[::3]))
    assert (event.kind, event.detail) == ("history", Lost(entries[1:3]))


def test_history_in_another_order_is_the_same_history() -> None:
    one = entry(NOON, "T1", "noted", "bob", "todo -> todo", note="a")
    two = entry(later(minutes=1), "T1", "noted", "bob", "todo -> todo", note="b")
    assert happened(board(history=(one, two)), board(history=(two, one))) == ()


def test_faults_come_and_go() -> None:
    fault = Fault("impossible_time", "created_at is no time", "T1", "created_at")
    bad = ONE._replace(created_at="2024-13-45", faults=(fault,))
    events = happened(board(ONE), board(bad))
    assert told(events) == [("changed", "T1", None, None), ("fault", "T1", None, None)]
    assert (events[1].detail, events[1].task) == (fault, "T1")
    events = happened(board(bad), board(ONE))
    assert (events[1].kind, events[1].detail) == ("fault_cleared", fault)


def test_a_burst_is_told_step_by_step() -> None:
    old, new = board(task("T1")), task("T1", "done", by="bob")
    entries = (
        entry(later(minutes=1), "T1", "claimed", "bob", "todo -> claimed"),
        entry(later(minutes=2), "T1", "started", "bob", "claimed -> in_progress"),
        entry(later(minutes=9), "T1", "finished", "bob", "in_progress -> done"),
    )
    events = changes(old, board(new, history=entries), at=later(minutes=9), source="file")
    moves = [event for event in events if event.kind == "moved"]
    assert told(tuple(moves)) == [
        ("moved", "T1", "todo", "claimed"),
        ("moved", "T1", "claimed", "in_progress"),
        ("moved", "T1", "in_progress", "done"),
    ]
    assert [event.actor for event in moves] == ["bob"] * 3
    assert moves[1].before is not None
    assert moves[1].before.holder == "bob"
    assert (moves[0].before, moves[-1].after) == (old.tasks[0], new)
    assert all(event.violation is None for event in events)


def test_what_this_program_has_told_is_not_told_again() -> None:
    old = board(task("T1"), task("T2"))
    claimed = task("T1", "claimed", by="bob")
    noted = entry(later(minutes=1), "T1", "claimed", "bob", "todo -> claimed")
    middle = board(claimed, task("T2"), history=(noted,))
    ours = changes(old, middle, at=later(minutes=1), source="command", actor=Actor("bob"))
    assert [event.kind for event in ours] == ["moved", "history"]
    new = board(claimed, task("T2", title="New"), history=(noted,))
    events = changes(old, new, at=later(minutes=2), source="file", known=ours)
    assert told(events) == [("retitled", "T2", "Work on T2", "New")]


def test_a_field_that_changed_again_since_is_told_again() -> None:
    first, second = (task("T1", fields=(("notes", words),)) for words in ("a", "b"))
    known = changes(board(ONE), board(first), at=later(minutes=1), source="command")
    events = changes(board(ONE), board(second), at=later(minutes=2), source="file", known=known)
    assert [(event.kind, event.after) for event in events] == [("changed", second)]


def test_a_title_that_is_known_is_not_told_again_though_another_field_changed_since() -> None:
    first = task("T1", title="New")
    second = first._replace(priority="high", raw_priority="high")
    known = changes(board(ONE), board(first), at=later(minutes=1), source="command")
    events = changes(board(ONE), board(second), at=later(minutes=2), source="file", known=known)
    assert told(events) == [("reprioritised", "T1", "medium", "high")]


def test_what_was_seen_already_may_be_told_late_without_harm() -> None:
    old = board(task("T1"))
    new = board(task("T1", "claimed", by="bob"))
    ours = changes(old, new, at=NOON, source="command", actor=Actor("bob"))
    assert changes(new, new, at=later(minutes=1), source="file", known=ours) == ()


def test_the_fields_that_differ() -> None:
    before = task("T1", fields=(("Tags", "a"), ("notes", "x")))
    after = task("T1", "done", fields=(("tags", "a"), ("notes", "y"), ("points", "3")))
    assert differences(before, after) == ("status", "notes", "points")


def test_one_more_entry_of_a_long_history_is_one_event() -> None:
    entries = tuple(
        entry(later(minutes=at), "T1", "noted", "bob", "todo -> todo") for at in range(600)
    )
    old, new = (board(task("T1"), history=entries[:count]) for count in (599, 600))
    (event,) = happened(old, new)
    assert (event.kind, event.detail) == ("history", entries[-1])
    assert happened(new, board(task("T1"), history=entries)) == ()
