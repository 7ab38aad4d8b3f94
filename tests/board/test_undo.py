"""Whose deed is undone next: mine alone, the last first, each once, and no undoing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from todo_tui.board.event import BoardEvent, Kind, Source
from todo_tui.board.request import Actor
from todo_tui.board.undo import undo
from todo_tui.errors import TodoError

NOW = datetime(2026, 11, 22, tzinfo=UTC)
ME = Actor("eng@1")


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


def test_there_is_none() -> None:
    with pytest.raises(TodoError) as refused:
        undo(MINE, Actor("ops"))
    assert refused.value.code == "nothing"
