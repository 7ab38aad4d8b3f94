"""What needs a person, and in which order."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.board.scenes import NOON, board, entry, later, task
from todo_tui.board.agents import agent_rows
from todo_tui.board.attention import (
    Item,
    attention,
    broken_rules,
    entered_at,
    last_entries,
    overdue,
)
from todo_tui.board.changes import changes
from todo_tui.board.event import VIOLATIONS, BoardEvent
from todo_tui.board.history import HistoryEntry
from todo_tui.board.memory import Memory, Trace
from todo_tui.board.request import Actor
from todo_tui.board.thresholds import Thresholds

if TYPE_CHECKING:
    from todo_tui.board.board import Board

NOW = later(hours=3)


def claimed(minutes: float, task_id: str = "T1") -> HistoryEntry:
    return entry(NOW - timedelta(minutes=minutes), task_id, "claimed", "bob", "todo -> claimed")


def started(minutes: float, task_id: str = "T1") -> HistoryEntry:
    at = NOW - timedelta(minutes=minutes)
    return entry(at, task_id, "started", "bob", "claimed -> in_progress")


def broken(old: Board, new: Board) -> tuple[BoardEvent, ...]:
    return tuple(
        event for event in changes(old, new, at=NOON, source="file") if event.violation is not None
    )


def told(items: tuple[Item, ...]) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(item.need, item.word, item.refs) for item in items]


def test_a_board_on_which_all_goes_well_needs_nobody() -> None:
    one = board(
        task("T1", "claimed", by="bob"),
        task("T2", "in_progress", by="eve"),
        task("T3", "done"),
        task("T4"),
        history=(claimed(14), started(119, "T2")),
    )
    assert attention(one, NOW) == ()


def test_a_claim_that_is_not_started_goes_stale() -> None:
    one = board(task("T1", "claimed", by="bob", title="Words"), history=(claimed(16),))
    (item,) = attention(one, NOW)
    assert (item.need, item.word, item.refs) == ("stale", "stale", ("T1",))
    assert (item.title, item.holder) == ("Words", "bob")
    assert (item.since, item.entry) == (NOW - timedelta(minutes=16), claimed(16))
    assert item.words == "claimed and not started"
    assert attention(one, NOW - timedelta(minutes=1)) == ()


def test_a_note_does_not_start_a_claimed_task() -> None:
    noted = entry(NOW, "T1", "noted", "bob", "claimed -> claimed", note="soon")
    one = board(task("T1", "claimed", by="bob"), history=(claimed(16), noted))
    (item,) = attention(one, NOW)
    assert (item.word, item.entry) == ("stale", noted)


def test_a_change_of_a_claimed_task_does_not_start_it() -> None:
    one = board(task("T1", "claimed", by="bob"), history=(claimed(16),))
    seen = Memory({"T1": Trace(sign=NOW - timedelta(minutes=1))})
    assert told(attention(one, NOW, memory=seen)) == [("stale", "stale", ("T1",))]


def test_a_task_in_progress_without_a_sign_of_life_is_silent() -> None:
    one = board(task("T1", "in_progress", by="bob"), history=(started(121),))
    (item,) = attention(one, NOW)
    assert (item.need, item.refs, item.since) == ("silent", ("T1",), NOW - timedelta(minutes=121))
    assert item.words == "no sign of life"


def test_signs_of_life() -> None:
    working = task("T1", "in_progress", by="bob")
    noted = entry(NOW, "T1", "noted", "bob", "in_progress -> in_progress", note="going on")
    assert attention(board(working, history=(started(121), noted)), NOW) == ()
    free = HistoryEntry(NOW - timedelta(minutes=3), "half of T1 is written")
    assert attention(board(working, history=(started(121), free)), NOW) == ()
    seen = Memory({"T1": Trace(sign=NOW - timedelta(minutes=4))})
    assert attention(board(working, history=(started(121),)), NOW, memory=seen) == ()


def test_what_is_no_sign_of_life() -> None:
    working = task("T1", "in_progress", by="bob")
    of_a_person = entry(
        NOW, "T1", "noted", "alice", "in_progress -> in_progress", human=True, note="bob?"
    )
    of_another = HistoryEntry(NOW, "T11 is done")
    undated = HistoryEntry(None, "T1 is done")
    one = board(working, history=(undated, started(121), of_a_person, of_another))
    assert told(attention(one, NOW)) == [("silent", "silent", ("T1",))]


def test_where_nothing_is_known_nothing_is_overdue() -> None:
    one = board(task("T1", "claimed", by="bob"), task("T2", "in_progress", by="eve"))
    assert attention(one, NOW) == ()
    seen = Memory({"T1": Trace(entered=NOON), "T2": Trace(entered=NOON)})
    assert told(attention(one, NOW, memory=seen)) == [
        ("stale", "stale", ("T1",)),
        ("silent", "silent", ("T2",)),
    ]


def test_a_claim_that_was_seen_later_than_the_last_entry_counts_from_then() -> None:
    one = board(task("T1", "claimed", by="bob"), history=(claimed(90),))
    seen = Memory({"T1": Trace(entered=NOW - timedelta(minutes=5))})
    assert attention(one, NOW, memory=seen) == ()


def test_a_time_in_the_future_is_not_overdue() -> None:
    one = board(task("T1", "claimed", by="bob"), history=(claimed(-60),))
    assert attention(one, NOW) == ()


def test_patience_is_settable_for_each_status() -> None:
    one = board(
        task("T1", "claimed", by="bob"), task("T2", "review", by="bob"), history=(claimed(16),)
    )
    patient = Thresholds(patience={"review": timedelta(hours=1)})
    seen = Memory({"T2": Trace(entered=NOON)})
    items = attention(one, NOW, memory=seen, thresholds=patient)
    assert [item.refs for item in items if item.need != "fault"] == [("T2",)]


def test_the_longest_left_comes_first() -> None:
    one = board(
        task("T1", "claimed", by="bob"),
        task("T2", "claimed", by="bob"),
        history=(claimed(50, "T2"), claimed(20, "T1")),
    )
    assert [found.task.ref for found in overdue(one, NOW)] == ["T2", "T1"]


def test_blocked_tasks_say_why() -> None:
    one = board(
        task("T1", "blocked", by="bob", fields=(("Blocker Reason", "no key"),)),
        task("T2", "blocked", by="eve", fields=(("blocker_reason", "null"),)),
    )
    items = attention(one, NOW)
    assert [(item.need, item.refs, item.reason) for item in items] == [
        ("blocked", ("T1",), "no key"),
        ("blocked", ("T2",), ""),
    ]


def test_faults_come_by_kind() -> None:
    one = board(
        task("T1", needs=("X",)), task("T2", needs=("Y",)), task("T3", "done", needs=("T3",))
    )
    three = attention(one, NOW)
    assert ("fault", "unknown_dependency", ("T1", "T2")) in told(three)
    assert all(item.need == "fault" for item in three)
    assert {item.word: (item.words, len(item.faults)) for item in three} == {
        "unknown_dependency": ("2 faults", 2),
        "cycle": ("1 fault", 1),
    }


def test_a_theft_names_both() -> None:
    events = broken(
        board(task("T1", "claimed", by="bob", title="Words")),
        board(task("T1", "in_progress", by="eve", title="Words")),
    )
    (item,) = attention(
        board(task("T1", "in_progress", by="eve")), NOON, violations=broken_rules(events)
    )
    assert (item.need, item.word, item.refs) == ("violation", "stolen", ("T1",))
    assert (item.holder, item.actor, item.events, item.since) == ("bob", "eve", events, NOON)
    assert item.title == "Words"


def test_what_vanishes_together_is_one_loss() -> None:
    events = broken(board(*(task(f"T{n}") for n in range(4))), board(task("T0")))
    (item,) = attention(board(task("T0")), NOON, violations=broken_rules(events))
    assert (item.word, item.refs, item.events) == ("vanished", ("T1", "T2", "T3"), events)
    assert item.words.startswith("3 tasks")
    assert item.title == ""


def test_one_that_vanished_is_named_by_its_title() -> None:
    events = broken(board(task("T0"), task("T1", title="Words")), board(task("T0")))
    (item,) = attention(board(task("T0")), NOON, violations=broken_rules(events))
    assert (item.word, item.refs, item.title) == ("vanished", ("T1",), "Words")
    assert "task" not in item.words


def test_a_sweep_names_its_tasks() -> None:
    working = board(*(task(f"T{n}", "in_progress", by="bob") for n in range(5)))
    done = board(*(task(f"T{n}", "done", by="bob") for n in range(5)))
    (item,) = attention(done, NOON, violations=broken_rules(broken(working, done)))
    assert (item.word, item.refs) == ("bulk_done", ("T0", "T1", "T2", "T3", "T4"))


def test_the_order_of_all_that_needs_a_person() -> None:
    old = board(task("T1"), task("T2", "claimed", by="bob"), task("T3", "done"))
    new = board(task("T1", "done"), task("T2", "claimed", by="eve"), task("T3", "todo"))
    now = board(
        *new.tasks,
        task("T4", "blocked", needs=("X",)),
        task("T5", "claimed", by="bob"),
        task("T6", "in_progress", by="bob"),
        history=(claimed(60, "T5"), started(180, "T6")),
    )
    items = attention(now, NOW, violations=broken_rules(broken(old, new)))
    assert [item.word for item in items] == [
        "stolen",
        "skipped_work",
        "reopened",
        "stale",
        "silent",
        "blocked",
        "unknown_dependency",
    ]


def test_every_violation_has_words_of_ours() -> None:
    words = set()
    for violation in VIOLATIONS:
        event = BoardEvent("moved", NOON, "file", violation=violation)
        (item,) = attention(board(), NOON, violations=broken_rules((event,)))
        assert item.word == violation
        words.add(item.words)
    assert len(words) == len(VIOLATIONS)
    assert all(words)


def test_the_last_entry_about_each_of_many_tasks() -> None:
    first, second = task("T1", title="First"), task("T1", title="Second")
    twins = board(first, second)
    one, two = (twin.ref for twin in twins.tasks)
    entries = (
        entry(later(minutes=1), one, "claimed", "bob", "todo -> claimed"),
        entry(later(minutes=2), two, "claimed", "eve", "todo -> claimed"),
        entry(later(minutes=3), "T9", "claimed", "eve", "todo -> claimed", note="not T1"),
    )
    found = last_entries(board(first, second, history=entries), twins.tasks, NOW)
    assert found == {one: entries[0], two: entries[1]}
    free = HistoryEntry(later(minutes=4), "looked at T1")
    found = last_entries(board(first, second, history=(*entries, free)), twins.tasks, NOW)
    assert found == {one: free, two: free}


def test_an_entry_by_a_person_or_without_a_time_hides_none_before_it() -> None:
    one = task("T1", "in_progress", by="bob")
    hidden = (
        HistoryEntry(None, "T1 goes on"),
        entry(NOW, "T1", "noted", "alice", "in_progress -> in_progress", human=True),
    )
    for other in hidden:
        on = board(one, history=(started(30), other))
        assert last_entries(on, [one], NOW) == {"T1": started(30)}


def test_a_time_in_the_future_keeps_nobody_from_being_told() -> None:
    """An agent that does not know what day it is."""
    tasks = (task("T1", "claimed", by="bob"), task("T2", "in_progress", by="eve"))
    free = HistoryEntry(NOW + timedelta(days=300), "T2: half is written")
    one = board(*tasks, history=(claimed(-600), started(-600, "T2"), started(121, "T2"), free))
    assert [late.task.ref for late in overdue(one, NOW)] == ["T2"], "of T1 nothing is known"
    entered = Trace(entered=NOW - timedelta(minutes=130))
    memory = Memory({"T1": entered, "T2": entered})
    assert [(late.task.ref, late.since) for late in overdue(one, NOW, memory=memory)] == [
        ("T1", NOW - timedelta(minutes=130)),
        ("T2", NOW - timedelta(minutes=121)),
    ]
    assert entered_at(one, tasks[0], memory, NOW) == NOW - timedelta(minutes=130)
    ahead = board(task("T1", "claimed", by="bob"), history=(claimed(-1),))
    assert entered_at(ahead, ahead.tasks[0], Memory(), NOW) == NOW + timedelta(minutes=1)


def test_a_sign_of_life_is_not_in_the_future() -> None:
    one = board(task("T1", "in_progress", by="bob"), history=(started(60), started(-600)))
    (row,) = agent_rows(one, NOW)
    assert row.sign == NOW - timedelta(minutes=60)


@pytest.mark.parametrize("history", [True, False])
def test_who_was_given_a_task_has_it_from_then_on(*, history: bool) -> None:
    """It is not the new agent that has left it so long."""
    given = NOW - timedelta(minutes=10)
    old = board(
        task("T1", "claimed", agent="bob"), task("T2", "in_progress", agent="bob"),
        history=(claimed(60), started(180, "T2")),
    )  # fmt: skip
    assert [late.task.ref for late in overdue(old, NOW)] == ["T2", "T1"]
    lines = tuple(
        entry(given, ref, "reassigned", "alice", way, human=True, for_agent="eve")
        for ref, way in (("T1", "claimed -> claimed"), ("T2", "in_progress -> in_progress"))
    )
    new = board(
        *(one._replace(assigned_agent="eve") for one in old.tasks),
        history=(*old.history, *lines) if history else old.history,
    )
    person = Actor("alice", human=True)
    events = changes(old, new, at=given, source="command", actor=person)
    memory = Memory() if history else Memory().after(events)
    assert overdue(new, NOW, memory=memory) == ()
    late = overdue(new, NOW + timedelta(hours=2), memory=memory)
    assert [(one.task.ref, one.since) for one in late] == [("T1", given), ("T2", given)]
