"""How fast forms open and answer, on a board of 10,000 tasks: python -m tests.bench.forms [RUNS]

Measured in a pseudo terminal of 160 by 50 cells, byte in to last byte out, after which nothing came
for a third of a second; beside it the processor time of all threads, which is all that passes where
nothing else runs:

    a form, a picker, the detail    opened: at most 50 ms
    a letter typed into a field     checked and drawn: at most 50 ms
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.bench.find import press
from tests.bench.paint import board, items, share
from tests.bench.row import Row, table
from tests.pty.terminal import Terminal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.bench.find import Press

_TASKS: Final = 10_000
_TARGET: Final = 50

_OPENED: Final = {
    "the form of a new task": ("a", "\x1b"),
    "the form of a task": ("e", "\x1b"),
    "the choice of dependencies": ("D", "\x1b"),
    "the docked detail": ("\r", "\r"),
}

_TYPED: Final = {
    "a letter of a title": "",
    "a letter of a dependency that is not there": "\t\t\t\t",
}


def rows(runs: int = 15) -> Iterator[Row]:
    """Measure; see the docstring of the module."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "TODO.md")
        path.write_text("".join(items(_TASKS)))
        with Terminal(board(path), columns=160, rows=50) as terminal:
            terminal.wait_for("live", limit=60)
            share(terminal.process.pid, 3)
            for what, (key, back) in _OPENED.items():
                opened = []
                for _ in range(runs + 1):
                    opened.append(press(terminal, key))
                    press(terminal, back)
                yield _row(f"{what} opened", opened[1:])
        for what, way in _TYPED.items():
            with Terminal(board(path), columns=160, rows=50) as terminal:
                terminal.wait_for("live", limit=60)
                for key in ("e", *way):
                    press(terminal, key)
                yield _row(what, [press(terminal, "x") for _ in range(runs)])


def _row(what: str, keys: list[Press]) -> Row:
    passed = statistics.median(key.passed for key in keys)
    taken = statistics.median(key.taken for key in keys)
    words = f"{what}, {_TASKS:,} tasks"
    return Row(words, f"{passed:.3g} ms", f"processor {taken:.3g} ms", passed, _TARGET, "ms")


if __name__ == "__main__":
    print(table(rows(*map(int, sys.argv[1:2]))))
