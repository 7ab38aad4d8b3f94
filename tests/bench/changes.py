"""How long two boards take to compare.

python -m tests.bench.changes [TASKS]

Prints milliseconds, the best of several rounds. Every board is a fresh one in each round, as it is
after a reload, so that what a board computes when it is first asked is paid for; the part of that
which any front end asks for anyway (its faults) is named by itself.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta
from time import perf_counter
from typing import TYPE_CHECKING

from todo_tui.board.board import Board
from todo_tui.board.changes import changes
from todo_tui.board.history import Section, event_entry
from todo_tui.board.task import Task

if TYPE_CHECKING:
    from collections.abc import Callable

ROUNDS = 9
NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
STATUSES = ("todo", "todo", "claimed", "in_progress", "done", "done")


def tasks(count: int) -> tuple[Task, ...]:
    """Tasks in all columns, every third with a dependency."""
    return tuple(
        Task(
            id=f"TASK_{n:05}",
            ref=f"TASK_{n:05}",
            title=f"Implement the form number {n}",
            status=STATUSES[n % len(STATUSES)],
            raw_status=STATUSES[n % len(STATUSES)],
            priority="high",
            raw_priority="high",
            assigned_agent=f"eng-{n % 20}",
            claimed_by=None,
            dependencies=(f"TASK_{n - 1:05}",) if n % 3 == 0 and n else (),
            created_at="2026-01-30T10:00:00Z",
            group=None,
            fields=(("estimated_hours", "4"), ("description", "Some text about it.")),
            faults=(),
        )
        for n in range(count)
    )


def section(count: int) -> Section:
    """As many entries, oldest first."""
    return Section(
        tuple(
            event_entry(
                NOON - timedelta(minutes=count - n),
                f"TASK_{n:05}",
                "claimed",
                f"eng-{n % 20}",
                "todo",
                "claimed",
            )
            for n in range(count)
        )
    )


def best(
    make: Callable[[], tuple[Board, Board]], measured: Callable[[Board, Board], object]
) -> float:
    """Milliseconds of ``measured`` on boards that ``make`` made, in the quickest round."""
    rounds = []
    for _ in range(ROUNDS):
        old, new = make()
        start = perf_counter()
        measured(old, new)
        rounds.append(perf_counter() - start)
    return min(rounds) * 1000


def compared(old: Board, new: Board) -> object:
    """What happened, as a direct edit."""
    return changes(old, new, at=NOON, source="file")


def main(count: int) -> None:
    """Print the table."""
    before = tasks(count)
    history = section(count)
    middle = count // 2 // 6 * 6
    entry = event_entry(NOON, before[middle].id, "claimed", "eng-1", "todo", "claimed")

    def warm(board: Board) -> Board:
        """``board`` after a front end has shown it."""
        _ = board.faults, board.columns, [board.since(task) for task in board.tasks[:40]]
        return board

    def pair(after: tuple[Task, ...], *, seen: bool) -> Callable[[], tuple[Board, Board]]:
        def make() -> tuple[Board, Board]:
            old = warm(Board(before, sections=(history,)))
            new = Board(after, sections=(history.grown((entry,)),))
            return old, warm(new) if seen else new

        return make

    def altered(*places: int) -> tuple[Task, ...]:
        changed = list(before)
        for at in places:
            claimed = before[at]._replace(status="claimed", raw_status="claimed")
            changed[at] = claimed._replace(claimed_by="eng-1")
        return tuple(changed)

    copies = tuple(task._replace() for task in before)
    print(f"{count:,} tasks, {count:,} history entries; ms: boards fresh, boards shown before")
    for name, after in (
        ("one task changed", altered(middle)),
        ("the first and the last changed", altered(0, count - 1)),
        ("one task gone from the top", before[1:]),
        ("every hundredth changed", altered(*range(0, count, 100))),
        ("no task the same object", copies),
    ):
        fresh = best(pair(after, seen=False), compared)
        shown = best(pair(after, seen=True), compared)
        print(f"{name:34}{fresh:8.2f}{shown:8.2f}")
    faults = best(pair(altered(middle), seen=False), lambda _, new: new.faults)
    print(f"{'the faults of a fresh board alone':34}{faults:8.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
