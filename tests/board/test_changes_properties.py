"""What must hold of the changes between any two boards, and of any legal course of events."""

from __future__ import annotations

import json
from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.board.files import request, task_file
from tests.board.replaying import replay
from tests.board.scenes import NOON
from todo_tui.board.board import Board
from todo_tui.board.changes import changes
from todo_tui.board.event_json import from_json, to_json
from todo_tui.board.memory import Memory
from todo_tui.board.reading import read
from todo_tui.board.refs import index_of, with_refs
from todo_tui.board.request import (
    Actor,
    Amend,
    Block,
    Claim,
    Finish,
    Release,
    Reopen,
    Start,
    Unblock,
)
from todo_tui.board.task import Fault, Group, canonical_status
from todo_tui.board.thresholds import Thresholds
from todo_tui.board.transition import apply
from todo_tui.board.workflow import legal
from todo_tui.document.document import Document
from todo_tui.errors import TodoError

if TYPE_CHECKING:
    from random import Random

    from todo_tui.board.event import BoardEvent
    from todo_tui.board.history import HistoryEntry
    from todo_tui.board.request import Transition
    from todo_tui.board.task import Task

PATIENT = Thresholds(too_fast=timedelta(0))

randoms = st.randoms(use_true_random=False)


def some_board(random: Random) -> Board:
    """A board as it is read from a file of a few parts."""
    return read(Document.decode(task_file(random)))


def altered(random: Random, board: Board, other: Board) -> Board:
    """``board`` after some edits that nobody would make, parts of ``other`` among it."""
    tasks = list(board.tasks)
    for _ in range(random.randrange(4)):
        at = random.randrange(len(tasks) + 1)
        match random.randrange(7):
            case 0 if other.tasks:
                tasks.insert(at, random.choice(other.tasks))
            case 1 if at < len(tasks):
                del tasks[at]
            case 2:
                random.shuffle(tasks)
            case 3 if at < len(tasks):
                tasks.insert(random.randrange(len(tasks)), tasks.pop(at))
            case 4 if at < len(tasks):
                tasks.append(tasks[at])
            case _ if at < len(tasks):
                tasks[at] = retold(random, tasks[at])
    return Board(
        with_refs(tasks, index_of(tasks)),
        random.choice((board.groups, other.groups, (Group("G", "g", "todo", None, None, ()),))),
        random.choice((board.sections, other.sections, (*board.sections, *other.sections))),
        random.choice((board.text_faults, (*board.text_faults, Fault("odd", "odd")))),
    )


def retold(random: Random, task: Task) -> Task:
    """``task`` with one field changed."""
    status = random.choice(("todo", "claimed", "in_progress", "done", "Done (x)", "review"))
    return random.choice(
        (
            task._replace(title=random.choice(("A", "B", task.title))),
            task._replace(status=canonical_status(status), raw_status=status),
            task._replace(claimed_by=random.choice((None, "bob", "bob@1", "eve"))),
            task._replace(assigned_agent=random.choice((None, "bob", "eve"))),
            task._replace(id=random.choice(("TASK_001", "X-1"))),
            task._replace(priority="high", raw_priority="High"),
            task._replace(fields=(*task.fields, ("notes", "n"))),
            task._replace(faults=(*task.faults, Fault("odd", "odd", task.ref))),
        )
    )


def content(board: Board) -> tuple[object, ...]:
    """All of a board but where its history entries stand."""
    entries: Counter[HistoryEntry] = Counter()
    for section in board.sections:
        entries.update(section.entries)
    return board.tasks, board.groups, entries, Counter(board.text_faults)


def wish(random: Random, board: Board) -> Transition:
    """A request; most often the next step of some task, by one who may take it."""
    task = random.choice(board.tasks) if board.tasks else None
    verbs = legal(task.status) if task is not None else ()
    if task is None or not verbs or random.random() < 0.3:
        return request(random, board)
    person = Actor("alice", human=True)
    agent = Actor(task.holder or random.choice((task.assigned_agent or "bob", "eve@1", "bob")))
    by = random.choice((agent, agent, agent, person, person._replace(for_agent=agent.name)))
    match random.choice(verbs):
        case "claim":
            return Claim(task.ref, by, "eve" if by.supervisor else None)
        case "start":
            return Start(task.ref, by)
        case "done":
            return Finish(task.ref, by)
        case "release":
            return Release(task.ref, by, "idle")
        case "block":
            return Block(task.ref, by, "no key")
        case "unblock":
            return Unblock(task.ref, by)
        case "reopen":
            return Reopen(task.ref, person, "not yet")


def happened(old: Board, new: Board, **known: object) -> tuple[BoardEvent, ...]:
    return changes(old, new, at=NOON, source="file", **known)  # type: ignore[arg-type]


@settings(max_examples=200, deadline=None)
@given(randoms)
def test_replaying_the_events_gives_the_second_board(random: Random) -> None:
    first, other = some_board(random), some_board(random)
    second = random.choice((altered, lambda *_: other))(random, first, other)
    events = happened(first, second)
    assert content(replay(first, events)) == content(second)
    again = [from_json(json.loads(json.dumps(to_json(event)))) for event in events]
    assert again == list(events)
    assert content(replay(first, again)) == content(second)


@settings(max_examples=100, deadline=None)
@given(randoms)
def test_a_board_compared_with_itself_gives_nothing(random: Random) -> None:
    state = random.getstate()
    board = some_board(random)
    random.setstate(state)
    again = some_board(random)
    assert happened(board, board) == ()
    assert happened(board, again) == ()


@settings(max_examples=100, deadline=None)
@given(randoms)
def test_what_happened_one_way_happens_the_other_way(random: Random) -> None:
    first = some_board(random)
    second = altered(random, first, some_board(random))
    there, back = happened(first, second), happened(second, first)
    count = Counter(event.kind for event in there)
    other = Counter(event.kind for event in back)
    assert (count["added"], count["removed"]) == (other["removed"], other["added"])
    assert (count["fault"], count["fault_cleared"]) == (other["fault_cleared"], other["fault"])


@settings(max_examples=200, deadline=None)
@given(randoms)
def test_a_legal_course_of_events_is_no_violation(random: Random) -> None:
    board = seen = some_board(random)
    now = since = NOON
    memory = Memory()

    def look() -> None:
        nonlocal seen, since, memory
        events = changes(
            seen, board, at=now, source="file", since=since, memory=memory, thresholds=PATIENT
        )
        assert [event for event in events if event.violation is not None] == []
        memory = memory.after(events)
        seen, since = board, now

    for _ in range(random.randrange(1, 40)):
        now += timedelta(seconds=random.choice((0, 0, 1, 60)))
        wanted = wish(random, board)
        amends = isinstance(wanted, Amend) and wanted.depends_on is not None
        if amends or random.random() < 0.3:
            look()
        try:
            board = apply(board, wanted, now).board
        except TodoError:
            continue
        if amends:
            look()
    look()


@settings(max_examples=100, deadline=None)
@given(randoms)
def test_commits_of_this_program_are_no_violations_without_a_history(random: Random) -> None:
    board = some_board(random)
    now = NOON
    memory = Memory()
    for _ in range(random.randrange(1, 15)):
        now += timedelta(seconds=random.choice((0, 1, 60)))
        wanted = wish(random, board)
        try:
            after = apply(board, wanted, now, history=False).board
        except TodoError:
            continue
        events = changes(
            board,
            after,
            at=now,
            source="command",
            actor=wanted.by,
            memory=memory,
            thresholds=PATIENT,
        )
        assert [event for event in events if event.violation is not None] == []
        memory = memory.after(events)
        board = after


@settings(max_examples=100, deadline=None)
@given(randoms)
def test_a_look_that_knows_what_this_program_did_has_nothing_to_tell(random: Random) -> None:
    """Whatever is committed between two looks is told once: when it is committed."""
    seen = board = some_board(random)
    now = NOON
    known: list[BoardEvent] = []
    for _ in range(random.randrange(1, 6)):
        now += timedelta(seconds=1)
        wanted = wish(random, board)
        try:
            after = apply(board, wanted, now, history=random.random() < 0.5).board
        except TodoError:
            continue
        known += changes(board, after, at=now, source="command", actor=wanted.by)
        board = after
    events = changes(seen, board, at=now, source="file", known=known, thresholds=PATIENT)
    assert [event for event in events if event.violation is not None] == []
    assert [event for event in events if event.kind in ("moved", "history", "added")] == []
