"""How long a filter takes on many tasks.

python -m tests.bench.query [TASKS]

Prints milliseconds for each line: first on a context that was just made, as after a reload, then
once more with one letter changed, as while it is typed; and for the completion and the orders.
"""

from __future__ import annotations

import sys
from datetime import timedelta
from functools import partial
from time import perf_counter
from typing import TYPE_CHECKING

from tests.bench.changes import NOON, section, tasks
from todo_tui.board.agents import agent_rows
from todo_tui.board.attention import attention
from todo_tui.board.board import Board
from todo_tui.board.matching import Context, matching
from todo_tui.board.query import Query, parse
from todo_tui.board.query_completion import completion
from todo_tui.board.sorting import ORDERS, arranged

if TYPE_CHECKING:
    from collections.abc import Callable

ROUNDS = 7
LINES = (
    "form",
    "Form",
    "form number -17 text",
    "@eng-1",
    "!high is:ready",
    "is:blocked",
    "is:stale",
    "status:claimed age>1h",
    "dep:TASK_00005",
    "#ui",
)


def best(measured: Callable[[], object]) -> float:
    """Milliseconds in the quickest round."""
    rounds = []
    for _ in range(ROUNDS):
        start = perf_counter()
        measured()
        rounds.append(perf_counter() - start)
    return min(rounds) * 1000


def main(count: int) -> None:
    """Print the table."""
    board = Board(tasks(count), sections=(section(count),))
    now = NOON + timedelta(hours=3)
    _ = board.faults, board.columns, board.since(board.tasks[0])
    print(f"{count:,} tasks; ms: new context, typing on")
    for line in LINES:
        query = parse(line)
        if not isinstance(query, Query):
            raise ValueError(line)

        def anew(query: Query = query) -> object:
            return matching(query, board.tasks, Context(board, now, me="eng-1"))

        context = Context(board, now, me="eng-1")
        matching(query, board.tasks, context)

        def again(query: Query = query, context: Context = context) -> object:
            return matching(query, board.tasks, context)

        print(f"{line:28}{best(anew):8.2f}{best(again):8.2f}")
    for line in ("@en", "#u", "dep:TASK_000", "task_"):
        print(f"completion of {line:14}{best(partial(completion, line, len(line), board)):8.2f}")
    for order in ORDERS:
        print(f"order by {order:19}{best(partial(arranged, board, board.tasks, order)):8.2f}")
    print(f"{'attention':28}{best(lambda: attention(board, now)):8.2f}")
    print(f"{'agents':28}{best(lambda: agent_rows(board, now)):8.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
