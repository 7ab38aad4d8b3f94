"""What an open board takes of a processor while agents keep changing its file.

python -m tests.bench.busy [TASKS...]

In a pseudo terminal of 160 by 50 cells a board of so many tasks is open (200 and 1,000 where no
number is given), while a process of its own changes the file ten times a second, as agents do by
``todo-tui claim``, ``start`` and ``release``: under 5 % of one processor.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.bench.own_process import environment
from tests.bench.paint import board, seconds_of
from tests.bench.row import Row, table
from tests.pty.terminal import Terminal, python
from todo_tui.board.request import Actor, Claim, Release, Start
from todo_tui.storage import lock
from todo_tui.storage.todo_file import TodoFile

if TYPE_CHECKING:
    from collections.abc import Iterator

_A_SECOND: Final = 10
"""Changes."""

_WARM: Final = 4.0
"""Seconds until what is done for the first time was done."""

_SECONDS: Final = 20.0
"""Seconds for which the processor time is counted."""

_AGENTS: Final = 10


def items(tasks: int) -> Iterator[str]:
    """So many tasks, shared out among the agents."""
    yield "# Plan\n\n```yaml\n"
    for at in range(tasks):
        yield (
            f'- TASK_{at:04}: "Work number {at} that has a title of some length"\n'
            f"  assigned_agent: agent-{at % _AGENTS}\n"
            "  status: todo\n"
        )
    yield "```\n"


def work(path: Path, tasks: int) -> None:
    """Change the file until the process is ended: what one claims it starts, then gives back."""
    choice, file = random.Random(1), TodoFile(path, wait=60)
    due = time.monotonic()
    held: dict[int, tuple[str, list[type[Claim | Start | Release]]]] = {}
    while True:
        agent = choice.randrange(_AGENTS)
        if agent not in held:
            at = choice.randrange(tasks // _AGENTS) * _AGENTS + agent
            held[agent] = (f"TASK_{at:04}", [Release, Start, Claim])
        ref, moves = held[agent]
        file.commit(moves.pop()(ref, Actor(f"agent-{agent}")))
        if not moves:
            del held[agent]
        due += 1 / _A_SECOND
        time.sleep(max(0.0, due - time.monotonic()))  # it is the pace that is wanted


def rows(sizes: tuple[int, ...] = (200, 1_000)) -> Iterator[Row]:
    """Measure; see the docstring of the module."""
    for tasks in sizes:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "shop", "TODO.md")
            path.parent.mkdir()
            path.write_text("".join(items(tasks)), encoding="utf-8")
            Path(lock.folder_of(path)).mkdir()
            yield _row(path, tasks)


def _row(path: Path, tasks: int) -> Row:
    with Terminal(board(path), columns=160, rows=50) as terminal:
        terminal.wait_for("live", limit=60)
        argv = python("-m", "tests.bench.busy", "--work", str(path), str(tasks))
        agents = subprocess.Popen(argv, env=environment())
        try:
            _follow(terminal, _WARM)
            before, size = seconds_of(terminal.process.pid), _changes(path)
            took = _follow(terminal, _SECONDS)
            used = seconds_of(terminal.process.pid) - before
            a_second = (_changes(path) - size) / took
        finally:
            agents.send_signal(signal.SIGKILL)
            agents.wait()
        terminal.press("q")
        terminal.wait_for_exit()
    share, words = used / took * 100, f"{a_second:.1f} changes a second"
    return Row(f"open board, {words}, {tasks:,} tasks", f"{share:.2f} %", "", share, 5, "%")


def _follow(terminal: Terminal, seconds: float) -> float:
    """Read what the board paints for so many seconds; how many they were."""
    start = time.perf_counter()
    while (left := start + seconds - time.perf_counter()) > 0:
        terminal.skip(left)
    return time.perf_counter() - start


def _changes(path: Path) -> int:
    """The changes that were made until now: each leaves a line in the session history."""
    return path.read_bytes().count(b" by agent-")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--work"]:
        os.setpriority(os.PRIO_PROCESS, 0, 5)
        work(Path(sys.argv[2]), int(sys.argv[3]))
    print(table(rows(tuple(map(int, sys.argv[1:])) or (200, 1_000))))
