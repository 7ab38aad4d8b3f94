"""Whose deed is undone next: mine alone, the last first, each once, and no undoing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from todo_tui.board.event import BoardEvent, Kind, Source
from todo_tui.board.history import event_entry
from todo_tui.board.request import Actor, Restore
from todo_tui.board.task import Task
from todo_tui.board.undo import undo
from todo_tui.errors import TodoError

NOW = datetime(2026, 11, 22, tzinfo=UTC)
ME = Actor("eng@1")
STATUSES = ("todo", "claimed", "blocked")


def event(
    minute: int,
    actor: str | None = "eng@1",
    kind: Kind = "moved",
    source: Source = "command",
    *,
    human: bool = False,
) -> BoardEvent:
    at = NOW + timedelta(minutes=minute)
    return BoardEvent(kind, at, source, "A", "A", actor, human)


MINE = (event(1), event(2, source="board"))


@pytest.mark.parametrize(
    "others",
    [
        event(3, "ops"),
        event(3, None, source="file"),
        event(3, source="file"),
        event(3, human=True),
        event(3, kind="history"),
        event(3, kind="fault"),
    ],
)
def test_the_last_deed_is_mine(others: BoardEvent) -> None:
    assert undo((*MINE, others), ME).event is MINE[1]
    assert undo((*MINE, others), ME).undo


def test_the_one_before_comes_next() -> None:
    undoing = event(3)
    events = (*MINE, event(2, kind="changed"), undoing)
    request = undo(events, ME, undone={MINE[1].key}, undoings={undoing.at})
    assert request.event is MINE[0]


def test_of_a_deed_on_several_tasks_each_is_undone() -> None:
    first, second = event(2), event(2)._replace(ref="B", task="B")
    assert undo((first, second), ME).event is second
    assert undo(
        (first, second, event(3)), ME, undone={second.key}, undoings={event(3).at}
    ).event is (first)


def moved(minute: int, actor: str | None, before: str, after: str) -> BoardEvent:
    """A move of one task, or another title where these are no statuses."""
    task = Task("A", "A", "t", "todo", "todo", None, "", None, None, (), "", None, (), ())
    old, new = (
        task._replace(status=word, raw_status=word)
        if word in STATUSES
        else task._replace(title=word)
        for word in (before, after)
    )
    source: Source = "file" if actor is None else "command"
    return event(minute, actor, source=source)._replace(before=old, after=new)


def test_who_else_changed_the_same_is_told_even_where_it_is_as_it_was() -> None:
    mine = moved(1, "eng@1", "blocked", "todo")
    assert undo((mine,), ME).since is None
    for who in ("pat", None):
        others = (moved(2, who, "todo", "claimed"), moved(3, who, "claimed", "todo"))
        assert undo((mine, *others), ME) == Restore(mine, ME, undo=True, since=others[0])


def test_what_others_undid_or_changed_elsewhere_is_no_hindrance() -> None:
    mine = moved(1, "eng@1", "blocked", "todo")
    title = moved(2, "pat", "Words", "Other words")
    assert undo((mine, title), ME).since is None
    deed, undoing = moved(3, "pat", "todo", "claimed"), moved(4, "pat", "claimed", "todo")
    events = (mine, deed, undoing)
    assert undo(events, ME, undone={deed.key}, undoings={undoing.at}).since is None


def test_what_others_made_of_a_task_that_was_added_is_left_to_the_refusal() -> None:
    added = moved(1, "eng@1", "todo", "todo")._replace(kind="added", before=None)
    assert undo((added, moved(2, "pat", "todo", "claimed")), ME) == Restore(added, ME, undo=True)


def test_a_note_stays_and_is_not_passed_over() -> None:
    entry = event_entry(NOW, "A", "noted", "eng@1", "todo", "todo", note="hm")
    note = event(3, kind="history")._replace(detail=entry)
    assert _refusal((*MINE, note)).code == "illegal"
    assert undo((*MINE, note._replace(at=MINE[1].at)), ME).event is MINE[1]
    assert undo((*MINE, note._replace(actor="ops")), ME).event is MINE[1]


def _refusal(events: tuple[BoardEvent, ...]) -> TodoError:
    with pytest.raises(TodoError) as refused:
        undo(events, ME)
    return refused.value


def test_there_is_none() -> None:
    with pytest.raises(TodoError) as refused:
        undo(MINE, Actor("ops"))
    assert refused.value.code == "nothing"
