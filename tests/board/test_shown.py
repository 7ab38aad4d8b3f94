"""What is shown of a board in any arrangement, and a cursor that walks it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from tests.board.words import NOW
from todo_tui.board import cursor as cursors
from todo_tui.board.arrangement import Arrangement, Shown, arrange
from todo_tui.board.board import Board, board_of
from todo_tui.board.matching import Context, matching
from todo_tui.board.query import Query, parse
from todo_tui.board.sorting import LANES, ORDERS
from todo_tui.board.task import Task

if TYPE_CHECKING:
    from todo_tui.board.cursor import Cursor

STATUSES = ("todo", "claimed", "done", "blocked", "paused")
QUERIES = ("", "A", "-A", "@eng", "status:done", "is:ready", "!high", "zzz")


def task(name: str, status: str, agent: str | None, priority: str | None) -> Task:
    return Task(
        name, name, f"Title {name}", status, status, priority, priority or "", agent, None, (), "",
        None, (), (),
    )  # fmt: skip


def query(text: str) -> Query:
    found = parse(text)
    assert isinstance(found, Query)
    return found


boards = st.builds(
    board_of,
    st.lists(
        st.builds(
            task,
            st.text("ABC", min_size=1, max_size=3),
            st.sampled_from(STATUSES),
            st.sampled_from((None, "eng", "qa")),
            st.sampled_from((None, "high", "low")),
        ),
        unique_by=lambda made: made.ref,
        max_size=14,
    ),
)
arrangements = st.builds(
    Arrangement,
    st.sampled_from(QUERIES).map(query),
    st.sampled_from(ORDERS),
    st.sampled_from((None, *LANES)),
    st.frozensets(st.sampled_from(STATUSES), max_size=2),
    st.integers(1, 4),
)
moves = st.lists(
    st.one_of(
        st.tuples(st.just(cursors.step), st.integers(-3, 3)),
        st.tuples(st.just(cursors.turn), st.integers(-2, 2)),
        st.tuples(st.just(cursors.walk), st.sampled_from((-1, 1))),
        st.tuples(st.just(cursors.column), st.integers(0, 7)),
    ),
    max_size=6,
)


def is_on(cursor: Cursor, shown: Shown) -> bool:
    """Whether the cursor is on a task that is shown where it says, or its column is empty."""
    column = next(column for column in shown.columns if column.status == cursor.status)
    if cursor.place is None:
        return not column.tasks
    return column.tasks[cursor.place.row].ref == cursor.ref


@given(boards, arrangements)
def test_what_is_shown_is_what_meets_the_filter_and_is_not_put_away(
    board: Board, arrangement: Arrangement
) -> None:
    context = Context(board, NOW)
    shown = arrange(context, arrangement)
    found = {task.ref for task in matching(arrangement.query, board.tasks, context)}
    for column, whole in zip(shown.columns, board.columns, strict=True):
        mine = {task.ref for task in whole.tasks} & found
        refs = [task.ref for task in column.tasks]
        assert len(set(refs)) == len(refs)
        assert (column.found, column.all) == (len(mine), len(whole.tasks))
        if column.folded:
            assert refs == []
        else:
            assert set(refs) <= mine
            assert len(refs) + column.older == len(mine)
            assert not column.older or (column.status == "done" and len(refs) == arrangement.done)
        assert sum(lane.tasks for lane in column.lanes) == (len(refs) if column.lanes else 0)
        for task in whole.tasks:
            assert (shown.get(task.ref) is not None) == (task.ref in refs)


@given(boards, arrangements, moves)
def test_no_key_leads_to_a_task_that_is_hidden(
    board: Board, arrangement: Arrangement, keys: list[tuple[object, int]]
) -> None:
    shown = arrange(Context(board, NOW), arrangement)
    cursor = cursors.begin(shown)
    assert is_on(cursor, shown)
    for move, by in keys:
        cursor = move(shown, cursor, by)  # type: ignore[operator]
        assert is_on(cursor, shown)


@given(boards, arrangements, arrangements, moves)
def test_another_arrangement_leaves_the_task_selected_or_one_near_it(
    board: Board, one: Arrangement, other: Arrangement, keys: list[tuple[object, int]]
) -> None:
    context = Context(board, NOW)
    before, after = arrange(context, one), arrange(context, other)
    cursor = cursors.begin(before)
    for move, by in keys:
        cursor = move(before, cursor, by)  # type: ignore[operator]
    followed = cursors.follow(before, after, cursor)
    assert is_on(followed, after)
    assert followed.status == cursor.status
    if cursor.ref is not None and after.get(cursor.ref) is not None:
        assert followed.ref == cursor.ref


@given(boards, arrangements)
def test_walking_on_comes_by_each_task_once_and_round(
    board: Board, arrangement: Arrangement
) -> None:
    shown = arrange(Context(board, NOW), arrangement)
    all_refs = [task.ref for column in shown.columns for task in column.tasks]
    cursor = cursors.begin(shown)
    walked = []
    for _ in all_refs:
        walked.append(cursor.ref)
        cursor = cursors.walk(shown, cursor, 1)
    start = all_refs.index(walked[0]) if walked and walked[0] else 0
    assert walked == all_refs[start:] + all_refs[:start]
    for ref in walked[::-1]:
        cursor = cursors.walk(shown, cursor, -1)
        assert cursor.ref == ref
