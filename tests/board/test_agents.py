"""The rows of the agents."""

from __future__ import annotations

from datetime import timedelta, timezone
from typing import TYPE_CHECKING

import pytest

from tests.board.scenes import NOON, board, entry, later, task
from todo_tui.board.agents import AgentRow, agent_rows
from todo_tui.board.attention import attention, broken_rules
from todo_tui.board.changes import changes
from todo_tui.board.deeds import deeds
from todo_tui.board.history import HistoryEntry
from todo_tui.board.memory import Memory, Trace
from todo_tui.board.request import Actor

if TYPE_CHECKING:
    from collections.abc import Sequence

    from todo_tui.board.event import BoardEvent
    from todo_tui.board.history import Event

NOW = later(hours=4)


def ago(minutes: float, task_id: str, event: Event, agent: str, way: str) -> HistoryEntry:
    return entry(NOW - timedelta(minutes=minutes), task_id, event, agent, way)


def finished(start: float, end: float, task_id: str, agent: str) -> tuple[HistoryEntry, ...]:
    return (
        ago(start + 5, task_id, "claimed", agent, "todo -> claimed"),
        ago(start, task_id, "started", agent, "claimed -> in_progress"),
        ago(end, task_id, "finished", agent, "in_progress -> done"),
    )


def by_name(rows: Sequence[AgentRow]) -> dict[str, AgentRow]:
    return {row.name: row for row in rows}


def test_what_an_agent_has_and_has_done() -> None:
    history = (
        *finished(26 * 60, 25 * 60, "T1", "bob"),
        *finished(60, 40, "T2", "bob@1"),
        *finished(30, 20, "T3", "bob@2"),
        ago(10, "T4", "claimed", "bob@1", "todo -> claimed"),
        ago(4, "T5", "claimed", "bob@2", "todo -> claimed"),
    )
    now = board(
        *(task(f"T{n}", "done", by="bob") for n in (1, 2, 3)),
        task("T4", "claimed", by="bob@1"),
        task("T5", "claimed", by="bob@2"),
        task("T6", agent="bob"),
        history=history,
    )
    (row,) = agent_rows(now, NOW)
    assert (row.name, row.human, row.done_today, row.done) == ("bob", False, 2, 3)
    assert [(held.task.ref, held.task.holder, held.since) for held in row.holds] == [
        ("T5", "bob@2", NOW - timedelta(minutes=4)),
        ("T4", "bob@1", NOW - timedelta(minutes=10)),
    ]
    assert row.cycle == timedelta(minutes=20)
    assert row.sign == NOW - timedelta(minutes=4)
    assert row.activity == (0, 0, 0, 0, 0, 8)
    assert (row.items, row.violations) == ((), 0)


def test_today_is_the_day_of_the_one_who_asks() -> None:
    now = board(task("T1", "done", by="bob"), history=finished(60, 40, "T1", "bob"))
    midnight_there = NOW.astimezone(timezone(timedelta(hours=8, minutes=-10)))
    assert (midnight_there.hour, midnight_there.minute) == (23, 50)
    assert agent_rows(now, midnight_there)[0].done_today == 1
    later_there = NOW.astimezone(timezone(timedelta(hours=8, minutes=10)))
    assert agent_rows(now, later_there)[0].done_today == 0


def test_a_finish_without_a_word_is_credited_to_whom_the_task_names() -> None:
    stamps = (
        ("started_at", "2026-11-22T14:00:00Z"),
        ("Completed At", "2026-11-22T14:30:00Z"),
    )
    now = board(
        task("T1", "done", agent="bob", fields=stamps),
        task("T2", "done", by="bob"),
        task("T3", "done"),
    )
    (row,) = agent_rows(now, NOW)
    assert (row.done, row.done_today, row.cycle) == (2, 1, timedelta(minutes=30))


def test_a_reopened_task_was_finished_twice() -> None:
    history = (
        *finished(200, 190, "T1", "bob"),
        entry(NOW - timedelta(minutes=180), "T1", "reopened", "alice", "done -> todo", human=True),
        *finished(100, 70, "T1", "eve"),
    )
    rows = by_name(agent_rows(board(task("T1", "done", by="eve"), history=history), NOW))
    assert (rows["bob"].done, rows["bob"].cycle) == (1, timedelta(minutes=10))
    assert rows["bob"].sign == NOW - timedelta(minutes=190)
    assert (rows["eve"].done, rows["eve"].cycle) == (1, timedelta(minutes=30))
    assert "alice" not in rows


def test_a_block_does_not_begin_the_cycle_anew_and_a_release_does() -> None:
    history = (
        ago(90, "T1", "started", "bob", "claimed -> in_progress"),
        ago(80, "T1", "blocked", "bob", "in_progress -> blocked"),
        ago(70, "T1", "started", "bob", "claimed -> in_progress"),
        ago(60, "T1", "finished", "bob", "in_progress -> done"),
        ago(50, "T2", "started", "bob", "claimed -> in_progress"),
        ago(40, "T2", "released", "bob", "in_progress -> todo"),
        ago(30, "T2", "started", "bob", "claimed -> in_progress"),
        ago(20, "T2", "finished", "bob", "in_progress -> done"),
    )
    found = deeds(board(task("T1", "done"), task("T2", "done"), history=history))
    assert [deed.cycle for deed in found if deed.cycle] == [
        timedelta(minutes=30),
        timedelta(minutes=10),
    ]


def test_what_was_seen_counts_where_the_history_is_silent() -> None:
    working, done = board(task("T1", "in_progress", by="bob")), board(task("T1", "done", by="bob"))
    seen = changes(working, done, at=later(hours=3), source="file")
    (row,) = agent_rows(done, NOW, events=seen)
    assert (row.done, row.done_today, row.sign) == (1, 1, later(hours=3))


def test_what_was_seen_and_written_down_counts_once() -> None:
    told = entry(later(hours=3), "T1", "finished", "bob", "in_progress -> done")
    working = board(task("T1", "in_progress", by="bob"))
    done = board(task("T1", "done", by="bob"), history=(told,))
    seen = changes(working, done, at=later(hours=3, seconds=1), source="file")
    (row,) = agent_rows(done, NOW, events=seen)
    assert (row.done, row.activity) == (1, (0, 0, 0, 0, 0, 1))


def test_what_is_written_down_of_one_task_hides_nothing_that_was_seen_of_others() -> None:
    told = entry(later(hours=3), "T1", "started", "bob", "claimed -> in_progress")
    names = ("T1", "T2", "T3")
    old = board(*(task(name, "claimed", by="bob") for name in names))
    new = board(*(task(name, "in_progress", by="bob") for name in names), history=(told,))
    seen = changes(old, new, at=later(hours=3), source="file")
    assert sorted(deed.task for deed in deeds(new, seen)) == ["T1", "T2", "T3"]


def test_an_edit_or_an_addition_is_no_deed() -> None:
    new = board(task("T1", "claimed", by="bob", title="other words"), task("T2"))
    old = board(task("T1", "claimed", by="bob"))
    seen = changes(old, new, at=later(hours=3), source="board", actor=Actor("alice", human=True))
    assert {event.kind for event in seen} == {"retitled", "added"}
    assert deeds(new, seen) == ()


def test_a_person_has_a_row_where_they_work() -> None:
    old, new = board(task("T1")), board(task("T1", "claimed", by="alice"))
    person = Actor("alice", human=True)
    seen = changes(old, new, at=later(hours=3), source="board", actor=person)
    (row,) = agent_rows(new, NOW, events=seen)
    assert (row.name, row.human, row.sign) == ("alice", True, later(hours=3))
    assert len(row.holds) == 1


def test_a_person_who_releases_for_an_agent_does_not_make_it_live() -> None:
    history = (
        ago(90, "T1", "claimed", "bob", "todo -> claimed"),
        entry(NOW, "T2", "released", "alice", "claimed -> todo", human=True, for_agent="bob"),
    )
    (row,) = agent_rows(board(task("T1", "claimed", by="bob"), task("T2"), history=history), NOW)
    assert row.sign == NOW - timedelta(minutes=90)


def test_a_line_about_its_task_is_a_sign_of_life_and_so_is_what_was_remembered() -> None:
    free = HistoryEntry(NOW - timedelta(minutes=8), "T1: half is written")
    one = board(task("T1", "in_progress", by="bob"), history=(free,))
    assert agent_rows(one, NOW)[0].sign == NOW - timedelta(minutes=8)
    memory = Memory({"T1": Trace(sign=NOW - timedelta(minutes=2), entered=NOON)})
    (row,) = agent_rows(one, NOW, memory=memory)
    assert (row.sign, row.holds[0].since) == (NOW - timedelta(minutes=2), NOON)


def test_activity_is_told_in_six_periods() -> None:
    history = tuple(
        ago(minutes, "T1", "claimed", "bob", "todo -> claimed")
        for minutes in (-5, 0, 239, 240, 24 * 60 - 1, 24 * 60)
    )
    (row,) = agent_rows(board(task("T1", "claimed", by="bob"), history=history), NOW)
    assert row.activity == (1, 0, 0, 0, 1, 2)


def test_who_needs_a_person_comes_first() -> None:
    old = board(task("T1", "claimed", by="gus"), task("T2"))
    new = board(task("T1", "claimed", by="thief"), task("T2", "in_progress", by="hasty"))
    events = changes(old, new, at=NOW - timedelta(minutes=3), source="file")
    now = board(
        *new.tasks,
        task("T3", "in_progress", by="quiet"),
        task("T4", "claimed", by="slow"),
        task("T5", "claimed", by="fine"),
        task("T6", "claimed", by="well"),
        task("T7", "claimed", by="alice"),
        history=(
            ago(150, "T3", "started", "quiet", "claimed -> in_progress"),
            ago(22, "T4", "claimed", "slow", "todo -> claimed"),
            ago(4, "T5", "claimed", "fine", "todo -> claimed"),
            ago(1, "T6", "claimed", "well", "todo -> claimed"),
            entry(NOW, "T7", "claimed", "alice", "todo -> claimed", human=True),
        ),
    )
    items = attention(now, NOW, violations=broken_rules([e for e in events if e.violation]))
    rows = agent_rows(now, NOW, items=items, events=events)
    assert [row.name for row in rows] == [
        "thief", "hasty", "quiet", "slow", "well", "fine", "alice",
    ]  # fmt: skip
    assert [(row.violations, [item.word for item in row.items]) for row in rows[:4]] == [
        (1, ["stolen"]),
        (1, ["skipped_claim"]),
        (0, ["silent"]),
        (0, ["stale"]),
    ]


def test_any_change_that_an_agent_made_is_a_sign_of_life() -> None:
    old, new = (board(task("T1", "claimed", by="bob@1", title=title)) for title in ("old", "new"))
    seen = changes(old, new, at=later(hours=3), source="board", actor=Actor("bob@1"))
    assert [event.kind for event in seen] == ["retitled"]
    (row,) = agent_rows(new, NOW, events=seen)
    assert (row.name, row.sign, row.done) == ("bob", later(hours=3), 0)
    (unseen,) = agent_rows(new, NOW)
    assert unseen.sign is None


def test_a_person_whose_name_stands_in_the_file_is_a_person_still() -> None:
    finish = entry(NOW, "T2", "finished", "alice", "in_progress -> done", human=True)
    old = board(task("T1", "claimed", by="alice"), task("T2", "done"), history=(finish,))
    new = board(task("T1", "in_progress", by="alice"), task("T2", "done"), history=(finish,))
    events = changes(old, new, at=NOW, source="file")
    assert [(event.actor, event.human) for event in events] == [("alice", False)]
    assert [(row.name, row.human) for row in agent_rows(new, NOW, events=events)] == [
        ("alice", True)
    ]


def test_a_claim_that_was_seen_alone_comes_before_a_finish_that_is_told() -> None:
    old, claimed = board(task("T1")), board(task("T1", "claimed", by="bob"))
    events = changes(old, claimed, at=NOON, source="file")
    undated = entry(NOON, "T2", "finished", "eve", "in_progress -> done")._replace(at=None)
    finish = entry(later(minutes=30), "T1", "finished", "bob", "claimed -> done")
    done = board(task("T1", "done", by="bob"), history=(finish, undated))
    assert [(deed.task, deed.status, deed.cycle) for deed in deeds(done, events)] == [
        ("T2", "done", None),
        ("T1", "claimed", None),
        ("T1", "done", timedelta(minutes=30)),
    ]


def test_what_a_pull_brings_counts_once_and_when_it_was_done() -> None:
    old = board(task("T1"), history=(entry(NOON, "T9", "claimed", "eve", "todo -> claimed"),))
    new = board(task("T1", "done", by="bob"), history=finished(180, 150, "T1", "bob"))
    events = changes(old, new, at=NOW, source="file")
    row = by_name(agent_rows(new, NOW, events=events))["bob"]
    assert (row.done, row.done_today, row.cycle) == (1, 1, timedelta(minutes=30))
    assert row.activity == (0, 0, 0, 0, 0, 3)


@pytest.mark.parametrize("hours", [-5, 2])
def test_what_was_written_by_another_clock_counts_once(hours: int) -> None:
    """An agent without a zone, or in another one, that writes each step with its own line."""
    lines = finished(60, 40, "T1", "bob")
    lines = tuple(
        one._replace(at=one.at + timedelta(hours=hours)) for one in lines if one.at is not None
    )
    seen = board(task("T1"))
    events: list[BoardEvent] = []
    for number, status in enumerate(("claimed", "in_progress", "done"), 1):
        after = board(task("T1", status, by="bob"), history=lines[:number])
        at = NOW - timedelta(minutes=(65, 60, 40)[number - 1])
        events += changes(seen, after, at=at, source="file")
        seen = after
    (row,) = agent_rows(seen, NOW, events=events)
    assert (row.done, row.cycle, sum(row.activity)) == (1, timedelta(minutes=20), 3)
    assert row.done_today == 1
    assert row.sign == NOW - timedelta(minutes=40)


def test_who_finishes_just_after_another_has_finished_the_same() -> None:
    first = finished(60, 40, "T1", "bob")
    reopened = entry(NOW - timedelta(minutes=39), "T1", "reopened", "alice", "done -> todo",
                     human=True)  # fmt: skip
    old = board(task("T1", "in_progress", by="eve"), history=(*first, reopened))
    new = board(task("T1", "done", by="eve"), history=(*first, reopened))
    events = changes(old, new, at=NOW - timedelta(minutes=38.5), source="file")
    rows = by_name(agent_rows(new, NOW, events=events))
    assert (rows["bob"].done, rows["eve"].done) == (1, 1)


def test_a_finish_counts_once_though_the_task_has_another_id_now() -> None:
    lines = finished(60, 40, "T1", "bob")
    old = board(task("T1", "done", by="bob", title="Words"), history=lines)
    new = board(task("T2", "done", by="bob", title="Words"), history=lines)
    events = changes(old, new, at=NOW, source="file")
    assert [event.kind for event in events] == ["renamed"]
    (row,) = agent_rows(new, NOW, events=events)
    assert row.done == 1


@pytest.mark.parametrize("history", [True, False])
def test_a_finish_that_was_undone_is_none(*, history: bool) -> None:
    """The task goes on as if it had not been; only the last finish ends it."""
    began = finished(60, 40, "T1", "bob")
    again = entry(
        NOW - timedelta(minutes=39), "T1", "reopened", "bob", "done -> in_progress", note="undone"
    )
    end = ago(10, "T1", "finished", "bob", "in_progress -> done")
    lines = (*began, again, end) if history else ()
    working, done = (task("T1", status, by="bob") for status in ("in_progress", "done"))
    states = [task("T1", "claimed", by="bob"), working, done, working, done]
    events: list[BoardEvent] = []
    for number, minutes in enumerate((60, 40, 39, 10)):
        old, new = (board(one) for one in states[number : number + 2])
        at = NOW - timedelta(minutes=minutes)
        events += changes(old, new, at=at, source="command", actor=Actor("bob"))
        row = by_name(agent_rows(new, at, events=events))["bob"]
        assert row.done == (0, 1, 0, 1)[number]
    (row,) = agent_rows(board(done, history=lines), NOW, events=events)
    assert (row.done, row.done_today, row.cycle) == (1, 1, timedelta(minutes=50))
