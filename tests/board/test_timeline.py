"""Events and the session history as one row, each thing once."""

from __future__ import annotations

from datetime import timedelta

from tests.board.scenes import NOON, board, entry, later, task
from todo_tui.board.changes import changes
from todo_tui.board.request import Actor
from todo_tui.board.timeline import timeline

CLAIM = entry(later(seconds=5), "T1", "claimed", "bob", "todo -> claimed", note="at last")
OLD = entry(NOON, "T0", "finished", "eve", "in_progress -> done")


def test_an_entry_and_the_move_that_it_tells_of_are_one() -> None:
    old = board(task("T1"), history=(OLD,))
    new = board(task("T1", "claimed", by="bob"), history=(OLD, CLAIM))
    events = changes(old, new, at=later(seconds=6), source="command", actor=Actor("bob"))
    first, second = timeline(new.history, events)
    assert (first.at, first.event.kind, first.event.actor, first.seen) == (
        NOON, "history", "eve", False,
    )  # fmt: skip
    assert (second.event.kind, second.entry, second.seen) == ("moved", CLAIM, True)


def test_an_entry_tells_of_the_nearest_move_that_is_like_it() -> None:
    events = [
        event
        for minute in (0, 30, 60)
        for event in changes(
            board(task("T1")),
            board(task("T1", "claimed", by="bob")),
            at=later(minutes=minute),
            source="file",
        )
    ]
    line = entry(later(minutes=31), "T1", "claimed", "bob", "todo -> claimed")
    rows = timeline((line,), events)
    assert [row.entry for row in rows] == [None, line, None]


def test_what_differs_or_is_long_ago_stands_alone() -> None:
    (move,) = changes(
        board(task("T1")), board(task("T1", "claimed", by="bob")), at=NOON, source="file"
    )
    for line in (
        entry(NOON, "T2", "claimed", "bob", "todo -> claimed"),
        entry(NOON, "T1", "started", "bob", "claimed -> in_progress"),
        entry(later(minutes=9), "T1", "claimed", "bob", "todo -> claimed"),
        entry(NOON, "T1", "noted", "bob", "claimed -> claimed", note="hm"),
    ):
        rows = timeline((line,), [move])
        assert [row.seen for row in rows].count(True) == 1
        assert [row.entry for row in rows if not row.seen] == [line]


def test_what_was_seen_in_a_second_stands_before_a_line_of_that_second() -> None:
    """Until the move is seen that it tells of, it must not stand above and then jump below."""
    (move,) = changes(
        board(task("T1")),
        board(task("T1", "claimed", by="bob")),
        at=NOON + timedelta(milliseconds=400),
        source="file",
    )
    line = entry(NOON, "T2", "claimed", "al", "todo -> claimed")
    assert [row.event.ref for row in timeline((line,), [move])] == ["T1", "T2"]


def test_a_line_that_was_seen_being_written_is_told_once() -> None:
    note = entry(later(seconds=1), "T1", "noted", "bob", "todo -> todo", note="hm")
    new = board(task("T1"), history=(note,))
    events = changes(board(task("T1")), new, at=later(seconds=2), source="file")
    (row,) = timeline(new.history, events)
    assert (row.event.kind, row.entry, row.seen) == ("history", note, True)


def test_a_new_task_and_a_new_assignee() -> None:
    lines = (
        entry(NOON, "T1", "created", "al", "none -> todo", human=True),
        entry(NOON, "T2", "reassigned", "al", "claimed -> claimed", human=True),
    )
    old = board(task("T2", "claimed", by="x"))
    new = board(task("T1"), task("T2", "claimed", by="y"), history=lines)
    events = changes(old, new, at=NOON, source="command", actor=Actor("al", human=True))
    assert sorted(row.event.kind for row in timeline(new.history, events)) == [
        "added",
        "reassigned",
    ]


def test_a_line_without_a_time_stands_where_it_was_seen_being_written() -> None:
    note = entry(NOON, "T1", "noted", "bob", "todo -> todo", note="hm")._replace(at=None)
    new = board(task("T1"), history=(note,))
    events = changes(board(task("T1")), new, at=later(seconds=2), source="file")
    (row,) = timeline(new.history, events)
    assert (row.event.kind, row.entry, row.at) == ("history", note, later(seconds=2))


def test_an_entry_by_another_clock_tells_of_the_move_that_it_came_with() -> None:
    for hours in (-5, 2):
        line = entry(later(hours=hours), "T1", "claimed", "bob", "todo -> claimed")
        new = board(task("T1", "claimed", by="bob"), history=(line,))
        events = changes(board(task("T1")), new, at=NOON, source="file")
        assert [event.kind for event in events] == ["moved", "history"]
        (row,) = timeline(new.history, events)
        assert (row.event.kind, row.entry, row.at) == ("moved", line, NOON)


def test_a_line_that_went_and_came_back_is_told_once() -> None:
    old = board(task("T1"))
    new = board(task("T1", "claimed", by="bob"), history=(CLAIM,))
    came = changes(old, new, at=NOON, source="command", actor=Actor("bob"))
    gone = changes(new, old, at=later(hours=1), source="file", again=True)
    back = changes(old, new, at=later(hours=2), source="file", again=True)
    rows = timeline(new.history, (*came, *gone, *back))
    assert [(row.event.kind, row.event.actor, row.event.violation) for row in rows] == [
        ("moved", "bob", None),
        ("moved", None, "reverted"),
        ("history", None, "history_rewritten"),
        ("moved", None, None),
    ]
    assert [row.entry for row in rows] == [CLAIM, None, None, None]
