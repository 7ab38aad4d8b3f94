"""How fast forms open and answer, on a board of 10,000 tasks: python -m tests.bench.forms [RUNS]

Measured in a pseudo terminal of 160 by 50 cells, byte in to last byte out:

    a form, a picker, the detail    opened: at most 50 ms
    a letter typed into a field     checked and drawn: at most 50 ms
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.bench.paint import board, items, latency
from tests.bench.row import Row, table
from tests.pty.terminal import Terminal

if TYPE_CHECKING:
    from collections.abc import Iterator

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
            for what, (key, back) in _OPENED.items():
                times = []
                for _ in range(runs + 1):
                    times.append(latency(terminal, key))
                    latency(terminal, back)
                yield _row(f"{what} opened", times[1:])
        for what, way in _TYPED.items():
            with Terminal(board(path), columns=160, rows=50) as terminal:
                terminal.wait_for("live", limit=60)
                for key in ("e", *way):
                    latency(terminal, key)
                yield _row(what, [latency(terminal, "x") for _ in range(runs)])


def _row(what: str, times: list[float]) -> Row:
    middle, longest = (statistics.median(times) * 1000, max(times) * 1000)
    words = f"{what}, {_TASKS:,} tasks"
    return Row(words, f"{middle:.3g} ms", f"longest {longest:.3g} ms", middle, _TARGET, "ms")


if __name__ == "__main__":
    print(table(rows(*map(int, sys.argv[1:2]))))
