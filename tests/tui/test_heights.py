"""What is kept of the heights of cards is what would be measured, whatever was shown before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tui.desk import NOW, task
from todo_tui.board.arrangement import ShownColumn
from todo_tui.board.attention import Item
from todo_tui.board.board import Board, board_of
from todo_tui.board.task import Fault
from todo_tui.tui.card import Density
from todo_tui.tui.contents import Contents
from todo_tui.tui.heights import Heights

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any

    import pytest

    from todo_tui.board.task import Task

NAMES = [f"T{number}" for number in range(8)]
NO_FAULTS: Mapping[str, tuple[Fault, ...]] = {}
NO_ITEMS: Mapping[str, tuple[Item, ...]] = {}
LONG = "A title that does not fit in a narrow column"


def first() -> Board:
    return board_of(
        task(name, LONG[: 6 * at + 1], needs=NAMES[at - 2 : at - 1], priority="high")
        for at, name in enumerate(NAMES)
    )


def late(ref: str) -> Item:
    return Item("stale", ref, "left", refs=(ref,))


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_what_is_kept_is_what_would_be_measured(data: st.DataObject) -> None:
    draw: Callable[[st.SearchStrategy[Any]], Any] = data.draw
    kept, board = Heights(), first()
    refs: list[str] = list(NAMES)
    items: dict[str, tuple[Item, ...]] = {}
    faults: dict[str, tuple[Fault, ...]] = {}
    room, density = 30, Density.NORMAL
    for _ in range(draw(st.integers(1, 12))):
        match draw(st.sampled_from(["show", "do", "title", "item", "fault", "room", "density"])):
            case "show":
                refs = draw(st.lists(st.sampled_from(NAMES), unique=True))
            case "do":
                board = _with(board, draw(st.sampled_from(NAMES)), status="done")
            case "title":
                title = draw(st.sampled_from(["short", LONG]))
                board = _with(board, draw(st.sampled_from(NAMES)), title=title)
            case "item":
                items = {ref: (late(ref),) for ref in draw(st.sets(st.sampled_from(NAMES)))}
            case "fault":
                fault = Fault("cycle", "in a circle")
                faults = dict.fromkeys(draw(st.sets(st.sampled_from(NAMES))), (fault,))
            case "room":
                room = draw(st.sampled_from([20, 30, 60]))
            case "density":
                density = draw(st.sampled_from(Density))
        tasks = [found for ref in refs if (found := board.get(ref)) is not None]
        contents = contents_of(board, tasks, faults=faults, items=items, density=density, room=room)
        assert kept.of(contents) == Heights().of(contents)


def test_what_is_shown_again_is_not_measured_again(monkeypatch: pytest.MonkeyPatch) -> None:
    measured: list[str] = []
    marked = Contents.marked

    def counted(contents: Contents, task: Task) -> bool:
        measured.append(task.ref)
        return marked(contents, task)

    monkeypatch.setattr(Contents, "marked", counted)
    board, kept = first(), Heights()
    for tasks in (board.tasks[:3], board.tasks, board.tasks[:2], board.tasks[::-1]):
        kept.of(contents_of(board, tasks))
    assert measured == NAMES


def contents_of(
    board: Board,
    tasks: Sequence[Task],
    *,
    faults: Mapping[str, tuple[Fault, ...]] = NO_FAULTS,
    items: Mapping[str, tuple[Item, ...]] = NO_ITEMS,
    density: Density = Density.NORMAL,
    room: int = 30,
) -> Contents:
    column = ShownColumn("todo", "todo", tuple(tasks), len(tasks), len(tasks))
    none: frozenset[str] = frozenset()
    return Contents(board, column, faults, items, density, NOW, "alice", none, none, room, True)


def _with(board: Board, ref: str, **fields: Any) -> Board:
    changed = (one._replace(**fields) if one.ref == ref else one for one in board.tasks)
    return board_of(changed)
