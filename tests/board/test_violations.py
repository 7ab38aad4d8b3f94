"""Each violation of the protocol, and what looks like one but is none."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest

from tests.board.scenes import NOON, board, entry, later, task
from todo_tui.board.changes import changes
from todo_tui.board.event import VIOLATIONS, BoardEvent, Lost, Several, Slot
from todo_tui.board.memory import Memory
from todo_tui.board.request import Actor
from todo_tui.board.task import Group
from todo_tui.board.thresholds import Thresholds

if TYPE_CHECKING:
    from collections.abc import Callable

    from todo_tui.board.board import Board
    from todo_tui.board.history import HistoryEntry
    from todo_tui.board.task import Task

AT = later(hours=1)


def broken(old: Board, new: Board, **known: Any) -> list[tuple[str, str | None, str | None]]:
    """What broke the protocol in a direct edit: the violation, of which task, by whom."""
    found = {"at": AT, "source": "file", **known}
    return [
        (event.violation, event.ref, event.actor)
        for event in changes(old, new, **found)
        if event.violation is not None
    ]


def told(*entries: HistoryEntry) -> Callable[[Task], Board]:
    return lambda one: board(one, history=entries)


CLAIMED = entry(later(minutes=5), "T1", "claimed", "bob", "todo -> claimed")
STARTED = entry(later(minutes=6), "T1", "started", "bob", "claimed -> in_progress")
FINISHED = entry(later(minutes=30), "T1", "finished", "bob", "in_progress -> done")
RELEASED = entry(later(minutes=31), "T1", "released", "bob", "in_progress -> todo")
STOLEN_START = entry(later(minutes=6), "T1", "started", "eve", "claimed -> in_progress")
BY_HUMAN = entry(
    later(minutes=40), "T1", "released", "alice", "in_progress -> todo", human=True, note="idle"
)
REOPENED = entry(later(minutes=40), "T1", "reopened", "alice", "done -> todo", human=True, note="x")

BROKEN = [
    ("skipped_claim", board(task("T1")), board(task("T1", "in_progress", by="eve")), "eve"),
    ("skipped_claim", board(task("T1")), board(task("T1", "In Progress")), None),
    ("skipped_work", board(task("T1")), board(task("T1", "done", by="eve")), "eve"),
    ("skipped_work", board(task("T1")), board(task("T1", "✅ Done")), None),
    (
        "skipped_work",
        board(task("T1", "claimed", by="bob")),
        board(task("T1", "done", by="bob")),
        "bob",
    ),
    (
        "stolen",
        board(task("T1", "claimed", by="bob")),
        board(task("T1", "claimed", by="eve")),
        "eve",
    ),
    (
        "stolen",
        board(task("T1", "in_progress", agent="bob")),
        board(task("T1", "in_progress", agent="eve")),
        "eve",
    ),
    (
        "stolen",
        board(task("T1", "claimed", by="bob@1")),
        board(task("T1", "in_progress", by="bob@2")),
        "bob@2",
    ),
    (
        "stolen",
        board(task("T1", "in_progress", by="bob")),
        board(task("T1", "blocked", by="eve")),
        "eve",
    ),
    (
        "stolen",
        board(task("T1", "in_progress", by="bob")),
        board(task("T1", "in_progress")),
        None,
    ),
    (
        "stolen",
        board(task("T1", "claimed", by="bob")),
        board(task("T1", "in_progress", by="eve"), history=(STOLEN_START,)),
        "eve",
    ),
    (
        "stolen",
        board(task("T1")),
        board(task("T1", "claimed", by="eve"), history=(CLAIMED,)),
        "bob",
    ),
    (
        "reverted",
        board(task("T1", "claimed", by="bob"), history=(CLAIMED,)),
        board(task("T1"), history=(CLAIMED,)),
        None,
    ),
    (
        "reverted",
        board(task("T1", "in_progress", by="bob"), history=(CLAIMED, STARTED)),
        board(task("T1", "claimed", by="bob"), history=(CLAIMED, STARTED)),
        None,
    ),
    (
        "reverted",
        board(task("T1", "in_progress", by="bob"), history=(CLAIMED, STARTED)),
        board(task("T1"), history=(CLAIMED, STARTED)),
        None,
    ),
    (
        "reopened",
        board(task("T1", "done", by="bob"), history=(CLAIMED, STARTED, FINISHED)),
        board(task("T1"), history=(CLAIMED, STARTED, FINISHED)),
        None,
    ),
    ("reopened", board(task("T1", "done")), board(task("T1", "in_progress", by="eve")), None),
    ("reopened", board(task("T1", "cancelled")), board(task("T1")), None),
    ("vanished", board(task("T1")), board(), None),
    ("vanished", board(task("T1", "done")), board(), None),
    (
        "finished_by_other",
        board(task("T1", "in_progress", by="bob")),
        board(task("T1", "done", by="eve")),
        "eve",
    ),
    (
        "finished_by_other",
        board(task("T1", "in_progress", by="eve")),
        board(task("T1", "done", by="eve"), history=(FINISHED,)),
        "bob",
    ),
]


@pytest.mark.parametrize(("word", "old", "new", "actor"), BROKEN)
def test_a_direct_edit_breaks_a_rule(word: str, old: Board, new: Board, actor: str | None) -> None:
    assert broken(old, new) == [(word, "T1", actor)]


LEGAL = [
    (board(task("T1")), board(task("T1", "claimed", by="bob"))),
    (board(task("T1", agent="bob")), board(task("T1", "claimed", agent="bob"))),
    (board(task("T1", "claimed", by="bob")), board(task("T1", "in_progress", by="bob"))),
    (board(task("T1", "in_progress", by="bob")), board(task("T1", "done", by="bob"))),
    (board(task("T1", "in_progress", by="bob")), board(task("T1", "done"))),
    (board(task("T1", "claimed", by="bob")), board(task("T1"))),
    (board(task("T1", "in_progress", by="bob")), board(task("T1"))),
    (board(task("T1", "in_progress", by="bob")), board(task("T1", "blocked", by="bob"))),
    (board(task("T1", "blocked", by="bob")), board(task("T1"))),
    (board(task("T1", "blocked", by="bob")), board(task("T1", "in_progress", by="bob"))),
    (board(task("T1", "in_progress", by="bob")), board(task("T1", "review", by="bob"))),
    (board(task("T1", "review", by="bob")), board(task("T1", "done", by="bob"))),
    (board(task("T1", "done")), board(task("T1", "archived"))),
    (board(task("T1", "claimed")), board(task("T1", "claimed", by="bob"))),
    (
        board(task("T1", "claimed", agent="bob")),
        board(task("T1", "claimed", agent="bob", by="bob@7")),
    ),
    (
        board(task("T1", "in_progress", by="bob", agent="dev")),
        board(task("T1", "in_progress", by="bob", agent="team")),
    ),
    (board(task("T1", agent="bob")), board(task("T1", agent="eve"))),
    (board(), board(task("T1", "in_progress", by="bob"))),
    (board(task("T1", title="Same")), board(task("T2", title="Same"))),
    (board(task("T1"), task("T2")), board(task("T2"), task("T1"))),
    (board(task("T1", "claimed", by="bob")), board(task("T1"), history=(RELEASED,))),
]


@pytest.mark.parametrize(("old", "new"), LEGAL)
def test_a_direct_edit_that_breaks_no_rule(old: Board, new: Board) -> None:
    assert changes(old, new, at=AT, source="file") != ()
    assert broken(old, new) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (told()(task("T1")), told(CLAIMED, STARTED, FINISHED)(task("T1", "done", by="bob"))),
        (told()(task("T1")), told(CLAIMED, STARTED)(task("T1", "in_progress", by="bob"))),
        (told()(task("T1")), told(STARTED)(task("T1", "in_progress", by="bob"))),
        (
            told(CLAIMED)(task("T1", "claimed", by="bob")),
            told(CLAIMED, STARTED, FINISHED)(task("T1", "done", by="bob")),
        ),
        (
            told(CLAIMED, STARTED)(task("T1", "in_progress", by="bob")),
            told(
                CLAIMED,
                STARTED,
                RELEASED,
                entry(later(minutes=32), "T1", "claimed", "eve", "todo -> claimed"),
                entry(later(minutes=33), "T1", "started", "eve", "claimed -> in_progress"),
            )(task("T1", "in_progress", by="eve")),
        ),
        (
            told(CLAIMED, STARTED)(task("T1", "in_progress", by="bob")),
            told(CLAIMED, STARTED, BY_HUMAN)(task("T1")),
        ),
        (
            told(FINISHED)(task("T1", "done", by="bob")),
            told(FINISHED, REOPENED)(task("T1")),
        ),
    ],
)
def test_the_entries_that_came_with_it_make_a_burst_legal(old: Board, new: Board) -> None:
    assert broken(old, new) == []


def test_a_burst_that_ends_elsewhere_is_judged_from_there() -> None:
    released = entry(later(minutes=10), "T1", "released", "bob", "claimed -> todo")
    old = board(task("T1", "claimed", by="bob"))
    new = board(task("T1", "in_progress", by="eve"), history=(released,))
    assert broken(old, new) == [("skipped_claim", "T1", "eve")]


def test_history_that_is_written_after_the_deed_is_no_deed() -> None:
    done = task("T1", "done", by="bob")
    assert broken(board(done), board(done, history=(CLAIMED, STARTED, FINISHED))) == []
    assert changes(board(done), board(done, history=(CLAIMED,)), at=AT, source="file")[0].kind == (
        "history"
    )


def test_history_that_is_written_before_the_deed_is_no_deed() -> None:
    assert broken(board(task("T1")), board(task("T1"), history=(CLAIMED,))) == []


def test_a_note_moves_nothing_and_excuses_nothing() -> None:
    note = entry(later(minutes=6), "T1", "noted", "bob", "in_progress -> in_progress", note="soon")
    old, new = task("T1", "claimed", by="bob"), task("T1", "done", by="bob")
    found = broken(board(old, history=(CLAIMED,)), board(new, history=(CLAIMED, note)))
    assert found == [("skipped_work", "T1", "bob")]


def test_old_entries_that_come_back_explain_nothing() -> None:
    reopened = entry(
        later(minutes=40), "T1", "reopened", "alice", "done -> todo", human=True, note="x"
    )
    old = board(task("T1"), history=(reopened,))
    new = board(task("T1", "done", by="bob"), history=(CLAIMED, STARTED, FINISHED, reopened))
    assert broken(old, new, since=later(minutes=50)) == [("skipped_work", "T1", "bob")]


def test_what_a_pull_brings_may_be_older_than_the_look_before_it() -> None:
    old = board(task("T1"))
    new = board(task("T1", "done", by="bob"), history=(CLAIMED, STARTED, FINISHED))
    late = AT + timedelta(days=2)
    assert broken(old, new, at=late, since=late - timedelta(seconds=1)) == []


def test_a_stale_text_over_a_recorded_finish() -> None:
    before = (CLAIMED, STARTED)
    old = board(task("T1", "done", by="bob"), history=(*before, FINISHED))
    new = board(task("T1", "in_progress", by="bob"), history=before)
    assert broken(old, new) == [("reverted", "T1", None), ("history_rewritten", None, None)]


def test_a_stale_text_over_a_recorded_release() -> None:
    before = (CLAIMED, STARTED)
    old = board(task("T1"), history=(*before, BY_HUMAN))
    new = board(task("T1", "in_progress", by="bob"), history=before)
    assert broken(old, new)[0] == ("reverted", "T1", None)


def test_a_status_that_this_program_recorded_goes_back() -> None:
    todo, claimed = board(task("T1")), board(task("T1", "claimed", by="bob"))
    ours = changes(todo, claimed, at=NOON, source="command", actor=Actor("bob"))
    assert broken(claimed, todo) == []
    assert broken(claimed, todo, memory=Memory().after(ours)) == [("reverted", "T1", None)]


def test_a_claim_that_no_look_saw_goes_back() -> None:
    todo, claimed = board(task("T1"), task("T2")), board(task("T1", "claimed", by="bob"))
    ours = changes(todo, claimed, at=later(minutes=1), source="command", actor=Actor("bob"))[-1:]
    assert ours[0].kind == "moved"
    (event,) = changes(todo, todo, at=AT, source="file", known=ours)
    assert (event.violation, event.ref, event.from_text, event.to_text) == (
        "reverted", "T1", "claimed", "todo",
    )  # fmt: skip
    assert event.before is not None
    assert event.before.holder == "bob"


def test_a_claim_that_another_board_saw_and_that_was_given_up_is_no_violation() -> None:
    todo, claimed = board(task("T1")), board(task("T1", "claimed", by="bob"))
    seen = changes(todo, claimed, at=later(minutes=1), source="file")
    assert broken(todo, todo, known=seen) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (board(task("T1")), board(task("T1", "in_progress", by="eve"))),
        (board(task("T1", "claimed", by="bob")), board(task("T1", "claimed", by="eve"))),
        (board(task("T1")), board()),
        (board(task("T1")), board(task("T1"), task("T1", title="Twin"))),
        (board(task("T1"), history=(CLAIMED,)), board(task("T1"))),
        (
            board(*(task(f"T{n}", "in_progress", by="bob") for n in range(5))),
            board(*(task(f"T{n}", "done", by="bob") for n in range(5))),
        ),
        (
            board(task("T0"), task("T1", needs=("T0",))),
            board(task("T0"), task("T1", "in_progress", by="eve", needs=("T0",))),
        ),
    ],
)
def test_a_violation_that_another_board_told_of_is_not_told_again(old: Board, new: Board) -> None:
    seen = changes(old, new, at=later(minutes=1), source="file")
    assert any(event.violation for event in seen)
    assert changes(old, new, at=AT, source="file", known=seen) == ()


def test_a_finish_of_ours_that_goes_back_is_reverted_elsewhere_it_is_reopened() -> None:
    working, done = task("T1", "in_progress", by="bob"), task("T1", "done", by="bob")
    ours = changes(board(working), board(done), at=NOON, source="command", actor=Actor("bob"))
    memory = Memory().after(ours)
    assert broken(board(done), board(working), memory=memory) == [("reverted", "T1", None)]
    assert broken(board(done), board(task("T1")), memory=memory) == [("reopened", "T1", None)]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (board(task("T1")), board(task("T1", "done"))),
        (board(task("T1", "in_progress", by="bob")), board(task("T1", "claimed", by="alice"))),
        (board(task("T1", "done")), board(task("T1"))),
        (board(task("T1")), board()),
        (board(task("T1")), board(task("T1"), task("T1", title="Twin"))),
        (board(history=(CLAIMED, STARTED)), board(history=(CLAIMED,))),
    ],
)
def test_what_a_supervisor_does_through_this_program_is_no_violation(
    old: Board, new: Board
) -> None:
    assert broken(old, new) != []
    person = Actor("alice", human=True)
    assert broken(old, new, source="board", actor=person) == []
    assert broken(old, new, source="command", actor=person) == []


def test_a_reassignment_by_a_supervisor_is_no_theft() -> None:
    old = board(task("T1", "in_progress", by="bob"))
    given = entry(
        later(minutes=50), "T1", "reassigned", "alice", "in_progress -> in_progress",
        human=True, for_agent="eve",
    )  # fmt: skip
    assert broken(old, board(task("T1", "in_progress", by="eve"), history=(given,))) == []


def test_of_what_is_journaled_a_reassignment_alone_excuses_a_theft() -> None:
    old = board(task("T1", "in_progress", by="bob"))
    titled = board(task("T1", "in_progress", by="bob", title="New"))
    given = board(task("T1", "in_progress", by="eve", title="New"))
    person = Actor("alice", human=True)
    retitled = changes(old, titled, at=NOON, source="command", actor=person)
    reassigned = changes(titled, given, at=NOON, source="command", actor=person)
    assert broken(old, given, known=retitled) == [("stolen", "T1", "eve")]
    assert broken(old, given, known=(*retitled, *reassigned)) == []


def test_a_supervisor_may_finish_and_start_for_others() -> None:
    started = entry(
        later(minutes=6), "T1", "started", "alice", "claimed -> in_progress", human=True
    )
    finished = entry(later(minutes=6), "T1", "finished", "alice", "in_progress -> done", human=True)
    old = board(task("T1", "claimed", by="bob"))
    assert broken(old, board(task("T1", "in_progress", by="bob"), history=(started,))) == []
    assert broken(old, board(task("T1", "done", by="bob"), history=(started, finished))) == []


def test_a_duplicate_id() -> None:
    old = board(task("T1", title="First"))
    new = board(task("T1", title="First"), task("T1", title="Second"))
    assert broken(old, new) == [("duplicated", new.tasks[1].ref, None)]
    assert broken(new, board(*new.tasks, task("T2"))) == []
    renamed = board(task("T1", title="First"), task("T1", title="Other"))
    assert broken(board(task("T1", title="First"), task("T2", title="Other")), renamed) == [
        ("duplicated", renamed.tasks[1].ref, None)
    ]


def test_done_too_soon_after_its_start() -> None:
    started = entry(AT - timedelta(seconds=4), "T1", "started", "bob", "claimed -> in_progress")
    old = board(task("T1", "in_progress", by="bob"), history=(started,))
    new = board(task("T1", "done", by="bob"), history=(started,))
    assert broken(old, new) == [("too_fast", "T1", "bob")]
    assert broken(old, new, at=AT + timedelta(seconds=6)) == []
    assert broken(old, new, thresholds=Thresholds(too_fast=timedelta(seconds=4))) == []
    assert broken(old, new, at=AT - timedelta(hours=1)) == []


def test_too_soon_by_what_was_seen_or_by_its_own_field() -> None:
    claimed, working = task("T1", "claimed", by="bob"), task("T1", "in_progress", by="bob")
    seen = changes(board(claimed), board(working), at=AT - timedelta(seconds=4), source="file")
    done = board(task("T1", "done", by="bob"))
    assert broken(board(working), done, memory=Memory().after(seen)) == [("too_fast", "T1", "bob")]
    assert broken(board(working), done) == []
    stamp = (("started_at", "2026-11-22T12:59:58Z"),)
    stamped = board(task("T1", "in_progress", by="bob", fields=stamp))
    assert broken(stamped, board(task("T1", "done", by="bob", fields=stamp))) == [
        ("too_fast", "T1", "bob")
    ]


def test_too_soon_within_one_look() -> None:
    finished = entry(later(minutes=6, seconds=3), "T1", "finished", "bob", "in_progress -> done")
    new = board(task("T1", "done", by="bob"), history=(CLAIMED, STARTED, finished))
    assert broken(board(task("T1")), new) == [("too_fast", "T1", "bob")]


def test_many_finished_in_one_write() -> None:
    working = [task(f"T{n}", "in_progress", by="bob") for n in range(5)]
    done = [task(f"T{n}", "done", by="bob") for n in range(5)]
    (event,) = (e for e in changes(board(*working), board(*done), at=AT, source="file")
                if e.violation)  # fmt: skip
    assert (event.kind, event.violation, event.ref) == ("violation", "bulk_done", None)
    assert event.detail == Several(tuple(working), tuple(done))
    assert broken(board(*working), board(*done[:4], working[4])) == []
    entries = tuple(
        entry(later(minutes=5), f"T{n}", "finished", "bob", "in_progress -> done") for n in range(5)
    )
    assert broken(board(*working), board(*done, history=entries)) == []


def test_history_that_is_shortened_or_rewritten() -> None:
    word = entry(later(minutes=6), "T1", "noted", "bob", "claimed -> claimed", note="well")
    other = entry(later(minutes=6), "T1", "noted", "bob", "claimed -> claimed", note="bad")
    one = task("T1", "claimed", by="bob")
    old = board(one, history=(CLAIMED, word))
    assert broken(old, board(one, history=(CLAIMED,))) == [("history_rewritten", None, None)]
    assert broken(old, board(one, history=(CLAIMED, other))) == [("history_rewritten", None, None)]
    assert broken(old, board(one, history=(word, CLAIMED))) == []


@pytest.mark.parametrize("status", ["claimed", "in_progress"])
def test_work_before_its_dependencies_are_done(status: str) -> None:
    waiting = task("T1", needs=("T0",))
    taken = task("T1", status, by="bob", needs=("T0",))
    found = broken(board(task("T0"), waiting), board(task("T0"), taken))
    assert ("not_ready", "T1", "bob") in found
    assert len(found) == (1 if status == "claimed" else 2)
    free = board(task("T0", "done"), waiting), board(task("T0", "done"), taken)
    assert "not_ready" not in {word for word, _, _ in broken(*free)}


def test_a_dependency_that_was_met_meanwhile_is_no_reason() -> None:
    waiting, taken = task("T1", needs=("T0",)), task("T1", "claimed", by="bob", needs=("T0",))
    old = board(task("T0", "in_progress", by="eve"), waiting)
    assert broken(old, board(task("T0", "done", by="eve"), taken)) == []
    entries = (
        entry(later(minutes=1), "T0", "finished", "eve", "in_progress -> done"),
        entry(later(minutes=2), "T1", "claimed", "bob", "todo -> claimed"),
        entry(later(minutes=3), "T0", "reopened", "alice", "done -> todo", human=True, note="x"),
    )
    assert broken(old, board(task("T0"), taken, history=entries)) == []
    epic = Group("E1", "Epic", "todo", None, None, ())
    needs = task("T1", needs=("E1",)), task("T1", "claimed", by="bob", needs=("E1",))
    assert broken(board(needs[0], groups=(epic,)), board(needs[1], groups=(epic,))) == [
        ("not_ready", "T1", "bob")
    ]


def test_a_claim_past_open_dependencies_by_a_supervisor() -> None:
    waiting, taken = task("T1", needs=("T0",)), task("T1", "claimed", by="bob", needs=("T0",))
    given = entry(
        later(minutes=2), "T1", "claimed", "alice", "todo -> claimed", human=True, for_agent="bob"
    )
    assert broken(board(task("T0"), waiting), board(task("T0"), taken, history=(given,))) == []
    started = task("T1", "in_progress", by="bob", needs=("T0",))
    assert broken(board(task("T0"), taken), board(task("T0"), started)) == []


def test_every_rule_that_a_move_breaks_is_told() -> None:
    old = board(task("T0"), task("T1", needs=("T0",)))
    new = board(task("T0"), task("T1", "in_progress", by="eve", needs=("T0",)))
    found = [event for event in changes(old, new, at=AT, source="file") if event.violation]
    assert [(event.kind, event.violation) for event in found] == [
        ("moved", "skipped_claim"),
        ("violation", "not_ready"),
    ]
    assert len({event.key for event in found}) == 2
    assert (found[0].before, found[0].after) == (found[1].before, found[1].after)


def test_an_emptied_file() -> None:
    old = board(*(task(f"T{n}") for n in range(4)), history=(CLAIMED,))
    words = [word for word, _, _ in broken(old, board())]
    assert words == ["vanished"] * 4 + ["history_rewritten"]


def test_a_group_that_goes_with_its_tasks() -> None:
    epic = Group("E1", "Epic", "todo", None, None, ())
    old = board(task("T1", group="E1"), task("T2"), groups=(epic,))
    assert broken(old, board(task("T2"))) == [("vanished", "T1", None)]
    assert broken(old, board(task("T1"), task("T2"))) == []


def test_in_the_middle_of_a_merge_nothing_is_judged() -> None:
    old, new = board(task("T1")), board(task("T1", "done"), task("T1", "todo"), merging=True)
    assert broken(old, new) == []
    assert broken(new, old) == []


def test_the_gravest_comes_first() -> None:
    assert VIOLATIONS[0] == "vanished"
    working = task("T1", "claimed", by="bob", needs=("T0",))
    old = board(task("T0"), working)
    new = board(task("T0"), task("T1", "done", by="eve", needs=("T0",)))
    found = broken(old, new)
    assert found == [("skipped_work", "T1", "eve"), ("finished_by_other", "T1", "eve")]


def test_twins_are_judged_each_for_itself() -> None:
    first, second = task("T1", title="First"), task("T1", "in_progress", title="Second", by="bob")
    old = board(first, second)
    new = board(task("T1", "in_progress", title="First", by="eve"), second)
    assert broken(old, new) == [("skipped_claim", new.tasks[0].ref, "eve")]
    ref = old.tasks[0].ref
    burst = (
        entry(later(minutes=1), ref, "claimed", "eve", "todo -> claimed"),
        entry(later(minutes=2), ref, "started", "eve", "claimed -> in_progress"),
    )
    assert broken(old, board(*new.tasks, history=burst)) == []


def kinds(events: tuple[BoardEvent, ...]) -> list[str]:
    return [event.kind for event in events]


def test_a_board_compared_with_itself_gives_nothing() -> None:
    one = board(task("T1", "odd"), task("T1"), history=(CLAIMED,))
    again = board(task("T1", "odd"), task("T1"), history=(CLAIMED,))
    assert kinds(changes(one, one, at=AT, source="file")) == []
    assert kinds(changes(one, again, at=AT, source="file")) == []


@pytest.mark.parametrize(
    "released",
    [
        entry(later(minutes=7), "T1", "released", "bob", "claimed -> todo"),
        entry(NOON, "T1", "released", "bob", "claimed -> todo")._replace(at=None),
    ],
)
def test_what_was_written_since_the_last_look_is_news_though_the_clocks_differ(
    released: HistoryEntry,
) -> None:
    claimed = CLAIMED._replace(at=later(minutes=10))
    old = board(task("T1", "claimed", by="bob"), history=(claimed,))
    new = board(task("T1"), history=(claimed, released))
    assert broken(old, new, since=later(minutes=5)) == []


def test_a_reassignment_explains_no_move() -> None:
    given = entry(
        later(minutes=9), "T1", "reassigned", "alice", "claimed -> in_progress", for_agent="eve"
    )
    old = board(task("T1", "claimed", by="bob"), history=(CLAIMED,))
    new = board(task("T1", "in_progress", by="eve"), history=(CLAIMED, given))
    events = changes(old, new, at=AT, source="file")
    assert [(event.kind, event.actor, event.violation) for event in events] == [
        ("moved", "eve", None),
        ("history", "alice", None),
    ]


def test_a_claim_for_another_that_is_known_gave_the_task_to_the_other() -> None:
    old, mine = board(task("T1")), board(task("T1", "claimed", by="bob"))
    known = changes(
        old, mine, at=later(minutes=5), source="board", actor=Actor("alice", human=True)
    )
    new = board(task("T1", "in_progress", by="bob"))
    events = changes(old, new, at=AT, source="file", known=known)
    assert [(event.kind, event.from_text, event.actor, event.violation) for event in events] == [
        ("moved", "claimed", "bob", None)
    ]


def test_who_goes_on_with_what_another_is_blocked_with_takes_it() -> None:
    old, new = task("T1", "blocked", by="bob"), task("T1", "in_progress", by="eve")
    assert broken(board(old), board(new)) == [("stolen", "T1", "eve")]


def test_an_entry_may_name_a_twin_as_it_was_called_in_between() -> None:
    old = board(task("T1", "claimed", by="bob"), history=(CLAIMED,))
    released = entry(
        later(minutes=9), "T1#c4", "released", "alice", "claimed -> todo", human=True, note="late"
    )
    (moved, *_) = changes(old, board(task("T1"), history=(CLAIMED, released)), at=AT, source="file")
    assert (moved.kind, moved.actor, moved.human, moved.violation) == ("moved", "alice", True, None)
    other = released._replace(task="T2#c4")
    found = broken(old, board(task("T1"), history=(CLAIMED, other)))
    assert found == [("reverted", "T1", None)]


def test_a_finish_that_got_lost_with_its_line_was_written_over() -> None:
    finished = entry(later(minutes=30), "T1", "finished", "bob", "claimed -> done")
    old = board(task("T1", "done", by="bob"), history=(CLAIMED, finished))
    new = board(task("T1", "in_progress", by="bob"), history=(CLAIMED,))
    assert broken(old, new) == [("reverted", "T1", None), ("history_rewritten", None, None)]


def test_what_is_told_of_a_twin_that_went_is_not_told_of_the_one_that_stays() -> None:
    first, second = (
        task("T1", "claimed", by=by, title=title) for by, title in (("bob", "A"), ("eve", "B"))
    )
    old = board(first, second)
    released = entry(
        later(minutes=9), old.tasks[1].ref, "released", "alice", "claimed -> todo", human=True
    )
    new = board(task("T1", title="A"), history=(released,))
    (moved,) = (one for one in changes(old, new, at=AT, source="file") if one.kind == "moved")
    assert (moved.actor, moved.human) == ("bob", False)


def test_a_move_that_is_known_without_its_task_is_no_step() -> None:
    old, new = task("T1", "claimed", by="bob"), task("T1", "in_progress", by="bob")
    for before, after in ((None, None), (old, None), (None, new)):
        known = BoardEvent("moved", NOON, "command", "T1", "T1", before=before, after=after)
        events = changes(board(old), board(new), at=AT, source="file", known=(known,))
        assert [(event.kind, event.actor) for event in events] == [("moved", "bob")]


def test_who_says_twice_that_it_was_begun_began_at_the_first() -> None:
    again = entry(
        later(minutes=29, seconds=58), "T1", "started", "bob", "in_progress -> in_progress"
    )
    old = board(task("T1", "in_progress", by="bob"), history=(CLAIMED, STARTED))
    done = task("T1", "done", by="bob")
    assert broken(old, board(done, history=(CLAIMED, STARTED, again, FINISHED))) == []


def test_what_is_told_of_before_what_is_known_came_before_it() -> None:
    claimed, working = task("T1", "claimed", by="bob"), task("T1", "in_progress", by="bob")
    known = BoardEvent(
        "moved", later(minutes=6), "command", "T1", "T1", "bob", before=claimed, after=working
    )
    events = changes(
        board(task("T1")), board(working, history=(CLAIMED,)), at=AT, source="file", known=(known,)
    )
    assert [(one.kind, one.to_text, one.actor, one.violation) for one in events[:1]] == [
        ("moved", "claimed", "bob", None)
    ]
    assert [one.kind for one in events[1:]] == ["history"]


EVE_CLAIMED = entry(later(minutes=32), "T1", "claimed", "eve", "todo -> claimed")
EVES = (CLAIMED, STARTED, RELEASED, EVE_CLAIMED)


@pytest.mark.parametrize(
    ("status", "history"),
    [
        ("claimed", (CLAIMED,)),
        ("in_progress", (CLAIMED, STARTED)),
        ("todo", (CLAIMED, STARTED, RELEASED)),
        ("todo", ()),
    ],
)
def test_whom_a_stale_text_names_has_taken_nothing(
    status: str, history: tuple[HistoryEntry, ...]
) -> None:
    """``git checkout`` of a text in which bob has the task that is eve's by now."""
    old = board(task("T1", "claimed", by="eve"), history=EVES)
    new = board(task("T1", status, by="bob" if status != "todo" else None), history=history)
    assert broken(old, new) == [("reverted", "T1", None), ("history_rewritten", None, None)]


def test_nor_has_he_skipped_what_he_did_before_it_was_reopened() -> None:
    finish = (CLAIMED, STARTED, FINISHED)
    again = entry(later(minutes=41), "T1", "claimed", "eve", "todo -> claimed")
    old = board(task("T1", "claimed", by="eve"), history=(*finish, REOPENED, again))
    new = board(task("T1", "done", by="bob"), history=finish)
    assert broken(old, new) == [("reverted", "T1", None), ("history_rewritten", None, None)]


def test_who_goes_on_from_a_stale_text_takes_the_task() -> None:
    old = board(task("T1", "claimed", by="eve"), history=EVES)
    new = board(task("T1", "in_progress", by="bob"), history=(CLAIMED,))
    assert broken(old, new)[0] == ("stolen", "T1", "bob")
    started = entry(later(minutes=40), "T1", "started", "bob", "claimed -> in_progress")
    new = board(task("T1", "in_progress", by="bob"), history=(CLAIMED, started))
    assert broken(old, new)[0] == ("stolen", "T1", "bob")


def test_what_a_stale_text_took_and_is_there_again_is_no_violation() -> None:
    """``git stash`` and ``git stash pop``, and once more, where no history is written."""
    states = [
        board(task("T1")),
        board(task("T1", "claimed", by="bob")),
        board(task("T1", "in_progress", by="bob")),
    ]
    memory = Memory().after(committed(*states))
    for at in range(2):
        gone = changes(states[2], states[0], at=later(hours=at + 1), source="file", memory=memory)
        assert [(event.violation, event.actor) for event in gone] == [("reverted", None)]
        memory = memory.after(gone)
        back = changes(states[0], states[2], at=later(hours=at + 1.5), source="file", memory=memory)
        assert [(event.violation, event.actor) for event in back] == [(None, None)]
        memory = memory.after(back)
    assert memory.of("T1").entered == later(minutes=1), "when it was started"


def test_whom_a_stale_text_names_where_no_history_is_written() -> None:
    states = [
        board(task("T1")),
        board(task("T1", "claimed", by="bob")),
        board(task("T1")),
        board(task("T1", "claimed", by="eve")),
    ]
    memory = Memory().after(committed(*states))
    assert broken(states[3], states[1], memory=memory) == [("reverted", "T1", None)]
    known = committed(*states[1:])
    assert broken(states[1], states[1], known=known) == [("reverted", "T1", None)]
    thief = board(task("T1", "claimed", by="mia"))
    assert broken(states[3], thief, memory=memory) == [("stolen", "T1", "mia")]
    free = Memory().after(committed(*states[:3]))
    assert broken(states[2], states[1], memory=free) == [], "he may claim it by hand again"


def committed(*boards: Board) -> list[BoardEvent]:
    """What the journal tells of commits that made one board of the other."""
    return [
        event
        for at, (old, new) in enumerate(pairwise(boards))
        for event in changes(old, new, at=later(minutes=at), source="command", actor=Actor("eve"))
    ]


def test_a_claim_that_no_look_saw_and_a_stale_text_names_another() -> None:
    given_up = entry(later(minutes=20), "T1", "released", "bob", "claimed -> todo")
    states = [
        told()(task("T1")),
        told(CLAIMED)(task("T1", "claimed", by="bob")),
        told(CLAIMED, given_up)(task("T1")),
        told(CLAIMED, given_up, EVE_CLAIMED)(task("T1", "claimed", by="eve")),
    ]
    found = changes(states[0], states[1], at=AT, source="file", known=committed(*states))
    assert [(e.kind, e.violation, e.from_text, e.to_text, e.actor) for e in found] == [
        ("reassigned", "reverted", "eve", "bob", None),
        ("history", "history_rewritten", None, None, None),
    ]
    assert found[1].detail == Lost((given_up, EVE_CLAIMED))


def test_a_claim_that_no_look_saw_is_stolen() -> None:
    claim = told(EVE_CLAIMED)(task("T1", "claimed", by="eve"))
    stolen = told(EVE_CLAIMED)(task("T1", "claimed", by="bob"))
    ours = committed(told()(task("T1")), claim)
    assert broken(board(task("T1")), stolen, known=ours) == [("stolen", "T1", "bob")]


def test_what_no_look_saw_and_a_stale_text_took_is_told() -> None:
    """A note and two tasks, written between two looks, and written over before the second."""
    note = entry(NOON, "T1", "noted", "eve", "todo -> todo", note="well")
    old = board(task("T1"), task("T9"))
    more = board(task("T1"), task("T2"), task("T3"), task("T9"), history=(note,))
    ours = committed(old, more)
    found = changes(old, old, at=AT, source="file", known=ours)
    assert [(event.violation, event.ref) for event in found] == [
        ("vanished", "T2"),
        ("vanished", "T3"),
        ("history_rewritten", None),
    ]
    slots = [event.detail for event in found[:2]]
    assert [slot.above for slot in slots if isinstance(slot, Slot)] == [("T1",), ("T2", "T1")]
    assert changes(old, old, at=AT, source="file", known=(*ours, *found)) == ()
    kept = board(task("T1"), task("T2"), task("T3", "claimed", by="eve"), task("T9"))
    assert broken(old, kept, known=ours) == [("history_rewritten", None, None)]


def test_an_agent_whose_clock_is_behind_is_believed() -> None:
    """It writes below all that is there, with a time from before that."""
    known = entry(later(minutes=50), "T1", "released", "eve", "claimed -> todo")
    old = board(task("T1"), history=(entry(NOON, "T9", "claimed", "eve", "todo -> claimed"), known))
    steps = (CLAIMED, STARTED)
    new = board(task("T1", "in_progress", by="bob"), history=(*old.history, *steps))
    assert broken(old, new, since=later(minutes=55)) == []
    up = board(task("T1"), history=old.history[::-1])
    new = board(task("T1", "in_progress", by="bob"), history=(*steps[::-1], *up.history[::-1]))
    assert broken(up, new, since=later(minutes=55)) == []


def test_what_was_seen_to_take_its_time_is_not_too_fast_whatever_time_is_written() -> None:
    claimed, working = task("T1", "claimed", by="bob"), task("T1", "in_progress", by="bob")
    lines = (STARTED, entry(later(minutes=6), "T1", "finished", "bob", "in_progress -> done"))
    begun = board(working, history=lines[:1])
    new = board(task("T1", "done", by="bob"), history=lines)
    for minutes, found in ((9, []), (0.1, [("too_fast", "T1", "bob")])):
        seen = changes(board(claimed), begun, at=AT - timedelta(minutes=minutes), source="file")
        assert broken(begun, new, memory=Memory().after(seen)) == found
    assert broken(begun, new) == [("too_fast", "T1", "bob")], "nobody saw it"


@pytest.mark.parametrize(
    ("old", "new"), [(old, new) for word, old, new, _ in BROKEN if word != "vanished"]
)
def test_what_the_file_was_once_before_is_nobodys_deed(old: Board, new: Board) -> None:
    """``git checkout`` of a text that agents wrote by hand; lines may have come back with it."""
    found = changes(old, new, at=AT, source="file", again=True)
    moved = [event for event in found if event.kind in ("moved", "reassigned")]
    assert [(event.before, event.after) for event in moved] == [(old.tasks[0], new.tasks[0])]
    assert moved[0].violation in ("reverted", "reopened", None)
    assert {event.actor for event in found if event.kind != "history"} == {None}


def test_what_comes_back_with_an_old_text_and_breaks_no_rule_is_told_as_it_was() -> None:
    done = board(task("T1", "done", by="bob"), history=(CLAIMED, STARTED, FINISHED))
    assert broken(board(task("T1")), done, again=True) == []


def test_a_claim_by_hand_that_names_its_agent_in_the_history_alone_is_no_theft() -> None:
    assert broken(board(task("T1")), board(task("T1", "claimed"), history=(CLAIMED,))) == []


def test_a_theft_that_is_undone_is_none_by_the_one_who_had_it() -> None:
    mine, taken = board(task("T1", "claimed", by="bob")), board(task("T1", "claimed", by="eve"))
    theft = changes(mine, taken, at=NOON, source="file")
    memory = Memory().after(theft)
    (back,) = changes(taken, mine, at=AT, source="file", memory=memory)
    assert (back.kind, back.violation, back.actor) == ("reassigned", None, None)
    done = board(task("T1", "done", by="mia"))
    assert broken(taken, done, memory=memory) == [
        ("skipped_work", "T1", "mia"), ("finished_by_other", "T1", "mia"),
    ]  # fmt: skip


def test_who_finishes_what_a_stale_text_took_is_judged_as_ever() -> None:
    done = board(task("T1", "done", by="bob"), history=(CLAIMED, STARTED, FINISHED))
    begun = board(task("T1", "in_progress", by="bob"), history=(CLAIMED, STARTED))
    memory = Memory().after(changes(done, begun, at=NOON, source="file"))
    by_eve = board(task("T1", "done", by="eve"), history=(CLAIMED, STARTED))
    assert broken(begun, by_eve, memory=memory) == [("finished_by_other", "T1", "eve")]
