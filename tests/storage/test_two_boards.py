"""Two boards that look when they please, while commands and direct edits change the file.

A task that was edited is left alone until one has seen that: what nobody sees is not told.
"""

from __future__ import annotations

import random
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from todo_tui.board.request import Actor, Claim, Release, Start
from todo_tui.storage.journal import Journal
from todo_tui.storage.observer import Observer
from todo_tui.storage.todo_file import TodoFile

if TYPE_CHECKING:
    from todo_tui.storage.snapshot import Snapshot

TASKS = 6
BEFORE = "# Plan\n\n```yaml\n{}```\n".format(
    "".join(
        f'- A-{number}: "Work {number}"\n  assigned_agent: eng\n  status: todo\n'
        for number in range(TASKS)
    )
)
NEXT = {"todo": Claim, "claimed": Start, "in_progress": Release}


# The others are runs that have once missed, invented or doubled something.
@pytest.mark.parametrize("seed", [*range(25), 1191, 1309, 1347, 2004, 2020, 4091, 5243])
def test_each_change_is_told_once(tmp_path: Path, seed: int) -> None:
    choice = random.Random(seed)
    path = tmp_path / "TODO.md"
    path.write_text(BEFORE)
    now = [datetime(2026, 3, 2, tzinfo=UTC)]

    def clock() -> datetime:
        now[0] += timedelta(seconds=20)
        return now[0]

    file = TodoFile(path, clock=clock)
    journal = Journal(path)
    Path(journal.folder).mkdir()
    boards = [Observer(path, journal, clock) for _ in range(2)]
    states = [file.read()]
    for board in boards:
        board.see(states[0])
    passed = 0
    places = [0, 0]  # which of the states each board has seen last
    moves: Counter[str] = Counter()
    broken: Counter[str] = Counter()
    edited: dict[str, int] = {}  # the state that a direct edit of a task made
    me = Actor("eng")
    for _ in range(30):
        left = [f"A-{number}" for number in range(TASKS)]
        left = [ref for ref in left if edited.get(ref, 0) <= max(places)]
        if not left:
            break
        ref = choice.choice(left)
        task = states[-1].board.get(ref)
        assert task is not None
        if task.status == "todo" and choice.random() < 0.4:
            _edit(path, ref)
            broken[ref] += 1
            edited[ref] = len(states)
            state = file.read()
        else:
            state = file.commit(NEXT[task.status](ref, me)).snapshot
        moves[ref] += 1
        states.append(state)
        for at, board in enumerate(boards):
            passed += _look(board, states, places, at, choice)
    for _ in range(2):
        for board in boards:
            board.see(states[-1])
    assert passed
    events = journal.read().events
    assert Counter(e.ref for e in events if e.kind == "moved") == moves
    assert Counter(e.ref for e in events if e.violation) == broken


def test_a_state_seen_late_is_not_taken_for_the_same_one_of_now(tmp_path: Path) -> None:
    """The board that was slow finds the file as it was before a rule was broken and put right."""
    path = tmp_path / "TODO.md"
    path.write_text(BEFORE)
    journal = Journal(path)
    file = TodoFile(path, history=False)
    me = Actor("eng")
    file.commit(Claim("A-0", me))
    slow = Observer(path, journal, lambda: datetime.now(UTC))
    slow.see(file.read())
    states = [file.commit(Start("A-0", me)).snapshot]
    quick = Observer(path, journal, lambda: datetime.now(UTC))
    quick.see(states[0])
    _edit(path, "A-1")
    states.append(file.read())
    quick.see(states[1])
    states.append(file.commit(Release("A-1", me)).snapshot)
    assert states[0].data == states[2].data
    for state in states:
        slow.see(state)
        quick.see(states[2])
    assert told(journal) == [
        ("A-0", "claimed", None),
        ("A-0", "in_progress", None),
        ("A-1", "in_progress", "skipped_claim"),
        ("A-1", "todo", None),
    ]


@pytest.mark.parametrize("early", [True, False])
def test_nor_where_an_edit_made_the_file_the_same_again(tmp_path: Path, *, early: bool) -> None:
    path = tmp_path / "TODO.md"
    path.write_text(BEFORE)
    journal = Journal(path)
    file = TodoFile(path, history=False)
    me = Actor("eng")
    file.commit(Claim("A-0", me))
    slow, quick = (Observer(path, journal, lambda: datetime.now(UTC)) for _ in range(2))
    for board in (slow, quick):
        board.see(file.read())
    states = [file.commit(Start("A-0", me)).snapshot]
    states.append(file.commit(Release("A-0", me)).snapshot)
    quick.see(states[1])
    _edit(path, "A-0")
    states.append(file.read())
    assert states[0].data == states[2].data
    if early:
        quick.see(states[2])
    for state in states:
        slow.see(state)
        quick.see(states[2])
    assert told(journal) == [
        ("A-0", "claimed", None),
        ("A-0", "in_progress", None),
        ("A-0", "todo", None),
        ("A-0", "in_progress", "reverted"),
    ]


@pytest.mark.parametrize("also", [True, False], ids=["seen in between", "not seen in between"])
def test_nor_where_that_edit_was_not_seen_before_the_next_commit(
    tmp_path: Path, *, also: bool
) -> None:
    """The next commit begins with a state that was told, but was not the one of then."""
    path = tmp_path / "TODO.md"
    path.write_text(BEFORE)
    journal = Journal(path)
    file = TodoFile(path, history=False)
    me = Actor("eng")
    file.commit(Claim("A-0", me))
    boards = [Observer(path, journal, lambda: datetime.now(UTC)) for _ in range(2)]
    known = file.commit(Start("A-0", me)).snapshot
    for board in boards:
        board.see(known)
    file.commit(Release("A-0", me))
    _edit(path, "A-0")
    states = [file.read()] if also else []
    assert file.read().data == known.data
    states.append(file.commit(Claim("A-1", me)).snapshot)
    for board in boards:
        if board.pass_by(states) is None:
            for state in states:
                board.see(state)
    assert sorted(told(journal)[2:], key=str) == [
        ("A-0", "in_progress", "reverted"),
        ("A-0", "todo", None),
        ("A-1", "claimed", None),
    ]


def test_commits_are_told_to_a_board_that_passes_them_by(tmp_path: Path) -> None:
    path = tmp_path / "TODO.md"
    path.write_text(BEFORE)
    file, journal, me = TodoFile(path), Journal(path), Actor("eng")
    board = Observer(path, journal, lambda: datetime.now(UTC))
    board.see(file.read())
    file.commit(Claim("A-0", me))
    states = [file.look(), file.commit(Start("A-0", me)).snapshot]
    seen = board.pass_by(states)
    assert seen is not None
    assert [(event.ref, event.to_text) for event in seen.events if event.kind == "moved"] == [
        ("A-0", "claimed"),
        ("A-0", "in_progress"),
    ]
    assert board.see(states[-1]).events == (), "each is told once"


@pytest.mark.parametrize("put_right", [True, False])
def test_what_somebody_wrote_in_between_is_not_passed_by(
    tmp_path: Path, *, put_right: bool
) -> None:
    path = tmp_path / "TODO.md"
    path.write_text(BEFORE)
    file, journal, me = TodoFile(path, history=False), Journal(path), Actor("eng")
    board = Observer(path, journal, lambda: datetime.now(UTC))
    board.see(file.read())
    states = [file.commit(Claim("A-0", me)).snapshot]
    before = path.read_text()
    _edit(path, "A-1")
    states.append(file.read())
    if put_right:
        path.write_text(before)
        states.append(file.read())
    states.append(file.commit(Start("A-0", me)).snapshot)
    assert board.pass_by(states) is None


def test_a_stale_text_that_is_there_still_is_not_passed_by(tmp_path: Path) -> None:
    """It says what the file said for a moment, and the journal goes on from there."""
    path = tmp_path / "TODO.md"
    path.write_text(BEFORE)
    file, journal, me = TodoFile(path, history=False), Journal(path), Actor("eng")
    board = Observer(path, journal, lambda: datetime.now(UTC))
    board.see(file.read())
    stale = file.commit(Claim("A-0", me)).snapshot.data
    file.commit(Start("A-0", me))
    path.write_bytes(stale)
    state = file.read()
    assert board.pass_by([state]) is None
    board.see(state)
    assert told(journal)[-1] == ("A-0", "claimed", "reverted")


def test_an_old_text_of_edits_by_hand_blames_nobody_also_after_a_restart(tmp_path: Path) -> None:
    """``git checkout`` of what the file was when another agent had the task."""
    path = tmp_path / "TODO.md"
    path.write_text(BEFORE)
    journal = Journal(path)
    Path(journal.folder).mkdir()
    file = TodoFile(path)
    board = Observer(path, journal, lambda: datetime.now(UTC))
    board.see(file.read())
    texts = [
        BEFORE.replace("status: todo", f"status: claimed\n  claimed_by: {name}", 1)
        for name in ("bob", "eve")
    ]
    for text in (texts[0], BEFORE, texts[1]):
        path.write_text(text)
        board.see(file.read())
    again = Observer(path, journal, lambda: datetime.now(UTC))
    again.recall(journal.read())
    again.see(file.read())
    path.write_text(texts[0])
    (event,) = again.see(file.read()).events
    assert (event.kind, event.violation, event.actor) == ("reassigned", "reverted", None)


def told(journal: Journal) -> list[tuple[str | None, str | None, str | None]]:
    return [(event.ref, event.to_text, event.violation) for event in journal.read().events]


def _look(
    board: Observer, states: list[Snapshot], places: list[int], at: int, choice: random.Random
) -> int:
    """Let a board see some of the states that it has not seen yet, in their order.

    How many it could pass by, since the journal tells all that happened on the way there.
    """
    new: list[Snapshot] = []
    while places[at] < len(states) - 1 and choice.random() < 0.6:
        places[at] = choice.randint(places[at] + 1, min(len(states) - 1, places[at] + 2))
        new.append(states[places[at]])
    if new and board.pass_by(new) is not None:
        return len(new)
    for state in new:
        board.see(state)
    return 0


def _edit(path: Path, ref: str) -> None:
    """Somebody starts a task without a claim, in an editor."""
    head, _, rest = path.read_text().partition(f"- {ref}:")
    fresh = path.with_suffix(".tmp")
    fresh.write_text(f"{head}- {ref}:" + rest.replace("status: todo", "status: in_progress", 1))
    fresh.replace(path)
