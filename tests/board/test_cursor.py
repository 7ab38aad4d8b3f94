"""The cursor: on a task by its reference, whatever is done to the board under it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from todo_tui.board import cursor as cursors
from todo_tui.board.board import Board, board_of
from todo_tui.board.cursor import Cursor
from todo_tui.board.task import Task

if TYPE_CHECKING:
    from collections.abc import Iterable

STATUSES = ("todo", "claimed", "in_progress", "done", "blocked", "paused")


def board(tasks: Iterable[tuple[str, str]]) -> Board:
    """A board of pairs of id and status."""
    return board_of(
        Task(name, name, name, status, status, None, "", None, None, (), "", None, (), ())
        for name, status in tasks
    )


boards = st.builds(
    board,
    st.lists(
        st.tuples(st.sampled_from("ABCDEFGHIJKLMNOP"), st.sampled_from(STATUSES)),
        unique_by=lambda pair: pair[0],
        max_size=16,
    ),
)
moves = st.lists(
    st.one_of(
        st.tuples(st.just(cursors.step), st.integers(-4, 4)),
        st.tuples(st.just(cursors.turn), st.integers(-3, 3)),
        st.tuples(st.just(cursors.jump), st.integers(0, 20)),
        st.tuples(st.just(cursors.column), st.integers(0, 9)),
    ),
    max_size=8,
)


def is_on(cursor: Cursor, at: Board) -> bool:
    """Whether the cursor's column is there, and its place is where its task stands."""
    column = next(column for column in at.columns if column.status == cursor.status)
    if cursor.place is None:
        return not column.tasks
    return column.tasks[cursor.place.row].ref == cursor.ref


@given(boards, moves)
def test_no_key_leads_off_the_board(at: Board, keys: list[tuple[object, int]]) -> None:
    cursor = cursors.begin(at)
    assert is_on(cursor, at)
    for move, by in keys:
        cursor = move(at, cursor, by)  # type: ignore[operator]
        assert is_on(cursor, at)


@given(boards, boards, moves)
def test_after_a_reload_the_task_is_still_selected_or_a_neighbour_is(
    before: Board, after: Board, keys: list[tuple[object, int]]
) -> None:
    cursor = cursors.begin(before)
    for move, by in keys:
        cursor = move(before, cursor, by)  # type: ignore[operator]
    settled = cursors.settle(after, cursor)
    assert is_on(settled, after)
    if cursor.ref is not None and after.get(cursor.ref) is not None:
        assert settled.ref == cursor.ref
    elif cursor.place is not None and settled.status == cursor.status and settled.place:
        assert settled.place.row <= cursor.place.row


@given(boards, moves)
def test_settling_on_the_same_board_changes_nothing(
    at: Board, keys: list[tuple[object, int]]
) -> None:
    cursor = cursors.begin(at)
    for move, by in keys:
        cursor = move(at, cursor, by)  # type: ignore[operator]
    assert cursors.settle(at, cursor).place == cursor.place


def test_a_column_remembers_its_place() -> None:
    at = board([("A", "todo"), ("B", "todo"), ("C", "claimed")])
    cursor = cursors.step(at, cursors.begin(at), 1)
    there = cursors.turn(at, cursor, 1)
    assert there.ref == "C"
    assert cursors.turn(at, there, -1).ref == "B"


def test_the_board_opens_at_the_first_task_that_there_is() -> None:
    assert cursors.begin(board([("D", "done"), ("C", "claimed")])).ref == "C"
    assert cursors.begin(board([])) == Cursor("todo")


def test_the_neighbour_takes_the_place_of_a_task_that_is_gone() -> None:
    full = board([("A", "todo"), ("B", "todo"), ("C", "todo")])
    cursor = cursors.step(full, cursors.begin(full), 1)
    assert cursors.settle(board([("A", "todo"), ("C", "todo")]), cursor).ref == "C"
    assert cursors.settle(board([("A", "todo")]), cursor).ref == "A"
    assert cursors.settle(board([("X", "done")]), cursor).ref is None


def test_a_task_is_pointed_at_wherever_it_is() -> None:
    at = board([("A", "todo"), ("B", "done"), ("C", "done")])
    cursor = cursors.point(at, cursors.begin(at), "C")
    assert (cursor.status, cursor.ref) == ("done", "C")
    assert cursors.point(at, cursor, "nowhere") == cursor


@given(st.lists(st.integers(-4, 4), max_size=8))
def test_steps_add_up_and_stop_at_the_ends(steps: list[int]) -> None:
    at = board((name, "todo") for name in "ABCDEFGH")
    cursor, row = cursors.begin(at), 0
    for by in steps:
        cursor, row = cursors.step(at, cursor, by), max(0, min(row + by, 7))
        assert cursor.ref == "ABCDEFGH"[row]
    assert cursors.last(at, cursor).ref == "H"


@given(st.lists(st.integers(-3, 3), max_size=8))
def test_turns_add_up_and_stop_at_the_ends(turns: list[int]) -> None:
    at = board(zip("ABCD", STATUSES, strict=False))
    cursor, column = cursors.begin(at), 0
    for by in turns:
        cursor, column = cursors.turn(at, cursor, by), max(0, min(column + by, 3))
        assert cursor.ref == "ABCD"[column]


def test_from_a_column_without_tasks_a_walk_goes_to_the_nearest_on_that_side() -> None:
    at = board([("A", "todo"), ("B", "todo"), ("C", "in_progress"), ("D", "in_progress")])
    claimed, done = (cursors.column(at, cursors.begin(at), number) for number in (1, 3))
    assert (claimed.status, claimed.ref, done.status, done.ref) == ("claimed", None, "done", None)
    walked = [cursors.walk(at, here, by).ref for here in (claimed, done) for by in (1, -1)]
    assert walked == ["C", "B", "A", "D"]
    empty = board([])
    assert cursors.walk(empty, cursors.begin(empty), 1) == cursors.begin(empty)


def test_a_walk_goes_through_all_columns_and_round() -> None:
    at = board([("A", "todo"), ("B", "todo"), ("C", "done"), ("D", "paused")])
    for by, expected in ((1, "BCDA"), (-1, "DCBA")):
        cursor = cursors.begin(at)
        for name in expected:
            cursor = cursors.walk(at, cursor, by)
            assert cursor.ref == name


def test_of_hidden_tasks_the_nearest_behind_is_selected_else_the_nearest_before() -> None:
    full = board((name, "todo") for name in "ABCDE")
    for shown, expected in (("ABDE", "D"), ("ABE", "E"), ("AB", "B"), ("A", "A"), ("CE", "C")):
        cursor = cursors.point(full, cursors.begin(full), "C")
        few = board((name, "todo") for name in shown)
        assert cursors.follow(full, few, cursor).ref == expected
