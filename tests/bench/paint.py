"""How fast the board is, against an empty Textual application and against itself when small.

Run as ``python -m tests.bench.paint [RUNS]``. Measures in a pseudo terminal, from the key's byte in
to the last byte out, and prints ratios:

    first card, 1,000 tasks     to an empty application's first paint: at most 1.5
    first card, 50,000 tasks    the same: at most 6
    a key, a page, 50,000       to 100 tasks: at most 1.3
    idle, ten changes a second  share of one processor
"""

from __future__ import annotations

import os
import select
import statistics
import sys
import tempfile
import time
from functools import partial
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.pty.terminal import Terminal, python

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_EMPTY: Final = """
from textual.app import App
from textual.widgets import Static
class Empty(App):
    def compose(self):
        yield Static("TASK_00001")
Empty().run()
"""

_STATUSES: Final = ("todo", "claimed", "in_progress", "done")

_QUIET: Final = 0.03
"""Seconds without a byte after which a paint is over."""


def items(number: int) -> Iterator[str]:
    """So many tasks, as the protocol has them, a quarter of them in each status."""
    yield "# Plan\n\n```yaml\n"
    for at in range(1, number + 1):
        yield (
            f'- TASK_{at:05}: "Work number {at} that has a title of some length"\n'
            f"  priority: {('high', 'medium', 'low')[at % 3]}\n"
            f"  assigned_agent: agent-{at % 7}\n"
            f"  status: {_STATUSES[at % 4]}\n"
            f'  created_at: "2026-01-{at % 28 + 1:02}T10:00:00Z"\n'
        )
    yield "```\n"


def first_paint(argv: list[str]) -> float:
    """Seconds from the start of a program until a task is on its screen."""
    start, sent = time.perf_counter(), b""
    with Terminal(argv, columns=160, rows=50) as terminal:
        while b"TASK_00001" not in sent:
            sent += os.read(terminal.keyboard, 1 << 20)
        return time.perf_counter() - start


def board(path: Path) -> list[str]:
    """The command line that opens a board."""
    return python("-m", "todo_tui", str(path))


def latency(terminal: Terminal, key: str) -> float:
    """Seconds from a key's byte in to the last byte out."""
    start = last = time.perf_counter()
    os.write(terminal.keyboard, key.encode())
    answered = False
    while select.select([terminal.keyboard], [], [], _QUIET if answered else 2)[0]:
        os.read(terminal.keyboard, 1 << 20)
        last = time.perf_counter()
        answered = True
    return last - start


def seconds_of(process: int) -> float:
    """The processor time that a process has used, in seconds."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def share(process: int, seconds: float, meanwhile: Callable[[], object] = lambda: None) -> float:
    """The share of one processor that a process takes for so many seconds."""
    before, start = seconds_of(process), time.perf_counter()
    while time.perf_counter() - start < seconds:
        meanwhile()
        time.sleep(0.1)
    return (seconds_of(process) - before) / (time.perf_counter() - start)


def main(runs: int) -> None:
    """Print all figures."""
    with tempfile.TemporaryDirectory() as folder:
        paths = {number: Path(folder, str(number), "TODO.md") for number in (100, 1_000, 50_000)}
        for number, path in paths.items():
            path.parent.mkdir()
            path.write_text("".join(items(number)))
        _paints(paths, runs)
        _keys(paths)
        _idle(paths)


def _paints(paths: dict[int, Path], runs: int) -> None:
    empty: list[float] = []
    boards: dict[int, list[float]] = {number: [] for number in paths}
    for _ in range(runs):
        empty.append(first_paint(python("-c", _EMPTY)))
        for number, path in paths.items():
            boards[number].append(first_paint(board(path)))
    base = statistics.median(empty)
    print(f"first paint, empty application      {base * 1000:7.0f} ms")
    for number, times in boards.items():
        middle = statistics.median(times)
        print(
            f"first card, {number:>6,} tasks          {middle * 1000:7.0f} ms"
            f"  x {middle / base:.2f}"
        )


def _keys(paths: dict[int, Path]) -> None:
    middles: dict[tuple[int, str], float] = {}
    for number in (100, 50_000):
        with Terminal(board(paths[number]), columns=160, rows=50) as terminal:
            terminal.wait_for("live", limit=60)
            latency(terminal, "j")
            share(terminal.process.pid, 2)
            for name, keys in (("key", "jk"), ("page", "\x04\x15"), ("column", "lh")):
                times = [latency(terminal, keys[at % 2]) for at in range(40)]
                middles[number, name] = statistics.median(times)
            terminal.press("q")
            terminal.wait_for_exit()
    for name in ("key", "page", "column"):
        small, large = middles[100, name], middles[50_000, name]
        print(
            f"{name:<7}{small * 1000:6.1f} ms of 100 tasks, {large * 1000:6.1f} ms of 50,000"
            f"  x {large / small:.2f}"
        )


def _idle(paths: dict[int, Path]) -> None:
    for number in (1_000, 50_000):
        with Terminal(board(paths[number]), columns=160, rows=50) as terminal:
            terminal.wait_for("live", limit=60)
            share(terminal.process.pid, 3)
            print(f"idle, {number:>6,} tasks  {share(terminal.process.pid, 30):7.2%}")
            if number == 1_000:
                change = partial(_change, paths[number], paths[number].read_text(), count())
                print(f"ten changes a second   {share(terminal.process.pid, 5, change):7.2%}")
            terminal.press("q")
            terminal.wait_for_exit()


def _change(path: Path, text: str, numbers: Iterator[int]) -> None:
    """Put another title into the file, as an editor does that replaces it."""
    other = path.with_suffix(".new")
    other.write_text(text.replace("Work number 5 ", f"Work number {next(numbers)} "))
    other.replace(path)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 7)
