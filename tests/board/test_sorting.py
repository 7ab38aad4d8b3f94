"""The order within a column, and swimlanes."""

from __future__ import annotations

import pytest

from tests.board.scenes import NOON, board, entry, later, task
from todo_tui.board.memory import Memory, Trace
from todo_tui.board.sorting import ORDERS, Order, arranged, lanes
from todo_tui.board.task import Group

BOARD = board(
    task("T1", "claimed", by="eve@2", priority="low", group="E2"),
    task("T2", "claimed", by="Bob", priority="p0"),
    task("T3", "claimed", priority="odd", group="E1"),
    task("T4", "claimed", by="@carl", priority="high", group="E9"),
    task("T5", "claimed", by="eve@1", priority="p0", group="E1"),
    groups=(
        Group("E1", "First", "todo", None, None, ()),
        Group("E2", "Second", "todo", None, None, ()),
    ),
    history=(
        entry(later(minutes=3), "T1", "claimed", "eve@2", "todo -> claimed"),
        entry(later(minutes=1), "T4", "claimed", "carl", "todo -> claimed"),
        entry(later(minutes=2), "T5", "claimed", "eve@1", "todo -> claimed"),
    ),
)


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("file", "12345"),
        ("priority", "25413"),
        ("oldest", "45123"),
        ("newest", "15423"),
        ("agent", "24153"),
    ],
)
def test_orders(order: Order, expected: str) -> None:
    found = arranged(BOARD, BOARD.tasks, order)
    assert "".join(one.id[1:] for one in found) == expected
    assert order in ORDERS


def test_what_was_seen_counts_as_age() -> None:
    memory = Memory({"T2": Trace(entered=NOON)})
    assert arranged(BOARD, BOARD.tasks, "oldest", memory=memory)[0].id == "T2"


def test_lanes_of_agents() -> None:
    found = lanes(BOARD, BOARD.tasks, "agent")
    assert [(lane.key, lane.title, "".join(t.id[1:] for t in lane.tasks)) for lane in found] == [
        ("@carl", "@carl", "4"),
        ("Bob", "Bob", "2"),
        ("eve", "eve", "15"),
        (None, "", "3"),
    ]


def test_lanes_of_groups() -> None:
    found = lanes(BOARD, BOARD.tasks, "group")
    assert [(lane.key, lane.title, "".join(t.id[1:] for t in lane.tasks)) for lane in found] == [
        ("E1", "First", "35"),
        ("E2", "Second", "1"),
        ("E9", "E9", "4"),
        (None, "", "2"),
    ]


def test_no_tasks_no_lanes() -> None:
    assert lanes(BOARD, (), "agent") == ()
