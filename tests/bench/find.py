"""How fast the board finds, orders and marks among many tasks, in a pseudo terminal.

Run as ``python -m tests.bench.find [TASKS]``. Measures each letter of a filter, the next match, an
order, swimlanes, all of a column marked, a column put away: the processor time that
the board takes for the key, all of its threads together, which is what passes on a clock where
nothing else runs. Prints the slowest median of each; beside it what passed, to the last byte out.
"""

from __future__ import annotations

import os
import select
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from tests.bench.paint import board, items, share
from tests.bench.row import Row, table
from tests.pty.terminal import Terminal

if TYPE_CHECKING:
    from collections.abc import Iterator

_LIMIT: Final = 50
"""Milliseconds that any of these may take."""

_ROUNDS: Final = 5

_QUIET: Final = 0.3
"""Seconds without a byte after which nothing more comes."""

_SCRIPT: Final = (
    ("a letter of a filter", "/", "number 42 -7 @agent-3", "\x1b"),
    ("a letter of a filter that asks for facts", "/", "is:ready age>1d !high", "\x1b"),
    ("the next match", "/some\r", "nnnn", "\x1b"),
    ("the order by priority", ",", "p", ",f"),
    ("the order by age", ",", "n", ",f"),
    ("swimlanes by agent", ".", "a", ".n"),
    ("all of a column marked", "", "*", "*"),
    ("a mark with all marked", "*", "  ", "*"),
    ("a column put away", "", "-", "-"),
)
"""What is measured: the keys before, those that are timed one by one, the keys that undo them."""


def rows(number: int = 10_000) -> Iterator[Row]:
    """Measure among so many tasks."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "TODO.md")
        path.write_text("".join(items(number)))
        with Terminal(board(path), columns=160, rows=50) as terminal:
            terminal.wait_for("live", limit=60)
            share(terminal.process.pid, 3)
            for what, before, timed, after in _SCRIPT:
                found = _times(terminal, before, timed, after)
                taken = max(statistics.median(key.taken for key in keys) for keys in found)
                passed = max(statistics.median(key.passed for key in keys) for keys in found)
                name = f"{what}, {number:,} tasks"
                yield Row(name, f"{taken:.3g} ms", f"clock {passed:.3g} ms", taken, _LIMIT, "ms")
            terminal.press("q")
            terminal.wait_for_exit()


class Press(NamedTuple):
    """Milliseconds that one key press took of the processor, and that passed."""

    taken: float
    passed: float


def _times(terminal: Terminal, before: str, timed: str, after: str) -> list[list[Press]]:
    """Each timed key in each round; the first round is not counted."""
    found: list[list[Press]] = [[] for _ in timed]
    for turn in range(_ROUNDS + 1):
        for key in before:
            press(terminal, key)
        for key, presses in zip(timed, found, strict=True):
            pressed = press(terminal, key)
            if turn:
                presses.append(pressed)
        for key in after:
            press(terminal, key)
    return found


def press(terminal: Terminal, key: str) -> Press:
    """Press a key, and wait until nothing more comes of it."""
    before = _taken(terminal.process.pid)
    start = last = time.perf_counter()
    os.write(terminal.keyboard, key.encode())
    while select.select([terminal.keyboard], [], [], _QUIET)[0]:
        os.read(terminal.keyboard, 1 << 20)
        last = time.perf_counter()
    return Press(_taken(terminal.process.pid) - before, (last - start) * 1000)


def _taken(process: int) -> float:
    """The milliseconds that the threads of a process have run."""
    files = Path(f"/proc/{process}/task").glob("*/schedstat")
    return sum(int(file.read_text().split()[0]) for file in files) / 1e6


if __name__ == "__main__":
    print(table(rows(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)))
