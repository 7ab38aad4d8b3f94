"""How fast the board is, against an empty Textual application and against itself when small.

python -m tests.bench.paint [RUNS]

Measured in a pseudo terminal of 160 by 50 cells:

    first card, 1,000 tasks    to an empty application's first paint: at most 1.5 times as long
    first card, 50,000 tasks   the same: at most 6 times
    a key, a page, a column    50,000 tasks to 100, byte in to last byte out: at most 1.3 times
    an outside write           until its bytes are on the screen, median: 30 ms, 60 ms with 50,000
    open and left alone        less than 1 % of a processor, over a minute
"""

from __future__ import annotations

import contextlib
import os
import re
import select
import statistics
import sys
import tempfile
import time
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.bench.own_process import program
from tests.bench.row import Row, table, within
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

_REST: Final = 0.6
"""Seconds without a byte after which a board has nothing more to do."""

_WRITES: Final = 25

_MINUTE: Final = 60.0
"""Seconds; once in them a board tells all ages anew."""

_TITLE: Final = re.compile(r"^(- TASK_00004: \")[^ \"]+", re.MULTILINE)
"""Of a card that is in sight, its first word."""


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
    return program(str(path))


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


def share(process: int, seconds: float) -> float:
    """The share of one processor that a process takes for so many seconds."""
    before, start = seconds_of(process), time.perf_counter()
    time.sleep(seconds)
    return (seconds_of(process) - before) / (time.perf_counter() - start)


def rows(runs: int = 9) -> Iterator[Row]:
    """Measure; see the docstring of the module."""
    with tempfile.TemporaryDirectory() as folder:
        paths = {number: Path(folder, str(number), "TODO.md") for number in (100, 1_000, 50_000)}
        for number, path in paths.items():
            path.parent.mkdir()
            path.write_text("".join(items(number)))
        yield from _paints(paths, runs)
        yield from _keys(paths)
        for number, limit in ((1_000, 30), (50_000, 60)):
            yield from _written(number, paths[number], limit)
        yield from _left_alone({number: paths[number] for number in (1_000, 50_000)})


def _paints(paths: dict[int, Path], runs: int) -> Iterator[Row]:
    empty: list[float] = []
    boards: dict[int, list[float]] = {1_000: [], 50_000: []}
    for _ in range(runs + 1):
        empty.append(first_paint(python("-c", _EMPTY)))
        for number, times in boards.items():
            times.append(first_paint(board(paths[number])))
    base = statistics.median(empty[1:])
    for (number, times), target in zip(boards.items(), (1.5, 6), strict=True):
        middle = statistics.median(times[1:])
        yield within(f"first card, {number:,} tasks", middle, "empty Textual app", base, target)


def _keys(paths: dict[int, Path]) -> Iterator[Row]:
    moves = {"key press": "jk", "page": "\x04\x15", "other column": "lh"}
    times: dict[tuple[int, str], list[float]] = {}
    with contextlib.ExitStack() as both:
        terminals = {number: both.enter_context(_opened(paths[number])) for number in (100, 50_000)}
        for terminal in terminals.values():
            latency(terminal, "j")
            share(terminal.process.pid, 2)
        for (name, keys), at in product(moves.items(), range(60)):
            for number, terminal in terminals.items():
                times.setdefault((number, name), []).append(latency(terminal, keys[at % 2]))
        for terminal in terminals.values():
            terminal.press("q")
            terminal.wait_for_exit()
    for name in moves:
        small, large = (statistics.median(times[number, name]) for number in terminals)
        yield within(f"{name}, 50,000 tasks", large, "100 tasks", small, 1.3)


def _left_alone(paths: dict[int, Path]) -> Iterator[Row]:
    with contextlib.ExitStack() as both:
        terminals = {number: both.enter_context(_opened(path)) for number, path in paths.items()}
        share(next(iter(terminals.values())).process.pid, 10)
        before = {number: seconds_of(each.process.pid) for number, each in terminals.items()}
        time.sleep(_MINUTE)
        for number, terminal in terminals.items():
            used = (seconds_of(terminal.process.pid) - before[number]) / _MINUTE * 100
            yield Row(f"open board left alone, {number:,} tasks", f"{used:.2f} %", "", used, 1, "%")
            terminal.press("q")
            terminal.wait_for_exit()


def _written(number: int, path: Path, limit: float) -> Iterator[Row]:
    with _opened(path) as terminal:
        share(terminal.process.pid, 3)
        for way in (_replaced, _rewritten):
            times = [_seen(terminal, path, way, at) * 1000 for at in range(_WRITES)]
            what = f"outside write on the screen ({way.__doc__}), {number:,} tasks"
            middle, longest = statistics.median(times), max(times)
            yield Row(what, f"{middle:.3g} ms", f"longest {longest:.3g} ms", middle, limit, "ms")
        terminal.press("q")
        terminal.wait_for_exit()


def _opened(path: Path) -> Terminal:
    terminal = Terminal(board(path), columns=160, rows=50)
    terminal.wait_for("live", limit=60)
    return terminal


def _seen(terminal: Terminal, path: Path, way: Callable[[Path, str], float], at: int) -> float:
    """Seconds from the end of an outside write until its title is on the screen."""
    while select.select([terminal.keyboard], [], [], _REST)[0]:
        os.read(terminal.keyboard, 1 << 20)
    title = f"Q{at}Z{at}X"
    text = _TITLE.sub(lambda found: f"{found[1]}{title}", path.read_text(encoding="utf-8"), count=1)
    start, sent = way(path, text), b""
    while title.encode() not in sent:
        if not select.select([terminal.keyboard], [], [], 10)[0]:
            raise RuntimeError(f"{title} was not shown within 10 s")
        sent += os.read(terminal.keyboard, 1 << 20)
    return time.perf_counter() - start


def _replaced(path: Path, text: str) -> float:
    """by a rename"""
    other = path.with_suffix(".new")
    other.write_text(text, encoding="utf-8")
    now = time.perf_counter()
    other.replace(path)
    return now


def _rewritten(path: Path, text: str) -> float:
    """in place"""
    path.write_text(text, encoding="utf-8")
    return time.perf_counter()


if __name__ == "__main__":
    print(table(rows(*map(int, sys.argv[1:2]))))
