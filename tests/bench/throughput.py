"""Claims per second, and how they are spread, beside sqlite3 doing the same claims in one run.

python -m tests.bench.throughput [--tasks 640] [--processes 1 8 32] [--below FOLDER] [--sync MS]

Each of N processes claims the next task, and writes a history line, until none is left: ours by
``TodoFile.commit``, sqlite by ``BEGIN IMMEDIATE``, with its default journal and with
``journal_mode=WAL, synchronous=FULL``. All on the same disk, one after another, the order turned
round in every second round. A wait is the time of one claim, as its process sees it. The code of
both is loaded before the processes are made, and each has opened what it claims from before the
first claim: sqlite has connected to its file, ours has read it. Linux, macOS.

Many machines have a disk that confirms at once, since its cache outlives a power cut or only says
so. ``--sync`` makes each ``fsync`` of all three so many milliseconds longer (Linux): a good disk
without such a cache takes one to five.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib
import os
import shutil
import sqlite3
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from tests.bench import slow_disk

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ITEM: Final = """\
- TASK_{number:04}: "Implement the part number {number}"
  priority: {priority}
  assigned_agent: null
  status: todo
  created_at: "2026-11-01T10:00:00Z"
"""
PRIORITIES: Final = ("high", "medium", "low")
BUSY: Final = 60.0
"""Seconds for which sqlite tries again before it gives up."""

_FIRST: Final = 3
"""Claims that are made before any is measured."""

FIVE_TIMES: Final = 5.0
HALF: Final = 0.5
P99_MS: Final = 250.0
FIFTH: Final = 0.2


class Claims(NamedTuple):
    """What one process came to: the seconds of each of its claims."""

    waits: tuple[float, ...]


class Row(NamedTuple):
    """One system at one number of processes."""

    system: str
    processes: int
    per_second: float
    median: float
    p99: float
    longest: float
    fewest: float
    most: float


class System(NamedTuple):
    """How a system's store is made in a folder, and how a process claims from it.

    ``claimer``: called in each process, gives a function that claims one, False for none left.
    """

    name: str
    make: Callable[[Path, int], None]
    claimer: Callable[[Path, str], Callable[[], bool]]


def make_file(folder: Path, tasks: int) -> None:
    items = (ITEM.format(number=n, priority=PRIORITIES[n % 3]) for n in range(1, tasks + 1))
    text = "# Work\n\n```yaml\n" + "".join(items) + "```\n\n## Session History\n"
    (folder / "TODO.md").write_text(text, encoding="utf-8")


def claim_from_file(folder: Path, name: str) -> Callable[[], bool]:
    from todo_tui.board.transition import Actor, ClaimNext
    from todo_tui.errors import TodoError
    from todo_tui.storage.todo_file import TodoFile

    file = TodoFile(folder / "TODO.md", wait=BUSY)
    file.read()
    request = ClaimNext(Actor(name))

    def claim() -> bool:
        try:
            file.commit(request)
        except TodoError as error:
            if error.code != "nothing":
                raise
            return False
        return True

    return claim


def make_database(wal: bool) -> Callable[[Path, int], None]:
    def make(folder: Path, tasks: int) -> None:
        with contextlib.closing(sqlite3.connect(folder / "tasks.db")) as base:
            if wal:
                base.execute("PRAGMA journal_mode=WAL")
            base.execute("CREATE TABLE task (id TEXT PRIMARY KEY, rank INT, status TEXT, who TEXT)")
            base.execute("CREATE INDEX next ON task (status, rank, id)")
            base.execute("CREATE TABLE history (at TEXT, task TEXT, who TEXT, what TEXT)")
            rows = [(f"TASK_{n:04}", n % 3, "todo", None) for n in range(1, tasks + 1)]
            base.executemany("INSERT INTO task VALUES (?, ?, ?, ?)", rows)
            base.commit()

    return make


def claim_from_database(wal: bool) -> Callable[[Path, str], Callable[[], bool]]:
    def claimer(folder: Path, name: str) -> Callable[[], bool]:
        base = sqlite3.connect(folder / "tasks.db", timeout=BUSY, isolation_level=None)
        if wal:
            base.execute("PRAGMA synchronous=FULL")

        def claim() -> bool:
            base.execute("BEGIN IMMEDIATE")
            found = base.execute(
                "SELECT id FROM task WHERE status = 'todo' ORDER BY rank, id LIMIT 1"
            ).fetchone()
            if found is None:
                base.execute("ROLLBACK")
                return False
            base.execute("UPDATE task SET status = 'claimed', who = ? WHERE id = ?", (name, *found))
            now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
            row = (now, *found, name, "todo -> claimed")
            base.execute("INSERT INTO history VALUES (?, ?, ?, ?)", row)
            base.execute("COMMIT")
            return True

        return claim

    return claimer


SYSTEMS: Final = (
    System("todo-tui", make_file, claim_from_file),
    System("sqlite", make_database(False), claim_from_database(False)),
    System("sqlite WAL", make_database(True), claim_from_database(True)),
)


def work(claim: Callable[[], bool]) -> Claims:
    """Claim until nothing is left."""
    waits: list[float] = []
    while True:
        began = time.perf_counter()
        if not claim():
            return Claims(tuple(waits))
        waits.append(time.perf_counter() - began)


def contend(system: System, folder: Path, processes: int) -> tuple[float, list[Claims]]:
    """Let so many processes claim at once; the seconds it took, and what each came to."""
    ready, set_ready = os.pipe()
    go, set_go = os.pipe()
    pids: list[int] = []
    for number in range(processes):
        pid = os.fork()
        if pid:
            pids.append(pid)
            continue
        code = 1
        try:
            os.close(set_go)
            claim = system.claimer(folder, f"agent-{number}@s")
            os.write(set_ready, b".")
            os.read(go, 1)
            waits = work(claim).waits
            (folder / f"waits-{number}").write_text("\n".join(map(str, waits)), encoding="utf-8")
            code = 0
        finally:
            os._exit(code)
    for _ in pids:
        os.read(ready, 1)
    began = time.perf_counter()
    os.close(set_go)
    failed = [pid for pid in pids if os.waitpid(pid, 0)[1]]
    seconds = time.perf_counter() - began
    for handle in (ready, set_ready, go):
        os.close(handle)
    if failed:
        raise SystemExit(f"{system.name}: {len(failed)} of {processes} processes failed")
    texts = ((folder / f"waits-{n}").read_text(encoding="utf-8") for n in range(processes))
    return seconds, [Claims(tuple(map(float, text.split()))) for text in texts]


def measure(system: System, processes: int, tasks: int, below: Path | None) -> Row:
    """One row of the table, in a folder of its own."""
    folder = Path(tempfile.mkdtemp(prefix="throughput-", dir=below))
    try:
        system.make(folder, tasks)
        seconds, claims = contend(system, folder, processes)
    finally:
        shutil.rmtree(folder)
    waits = sorted(wait for one in claims for wait in one.waits)
    if len(waits) != tasks:
        raise SystemExit(f"{system.name}: {len(waits)} claims of {tasks} tasks")
    counts = [len(one.waits) for one in claims]
    mean = tasks / processes
    return Row(
        system.name,
        processes,
        tasks / seconds,
        statistics.median(waits) * 1000,
        waits[min(len(waits) - 1, int(len(waits) * 0.99))] * 1000,
        waits[-1] * 1000,
        min(counts) / mean,
        max(counts) / mean,
    )


def middle(rows: Sequence[Row]) -> Row:
    """The round in the middle by claims per second."""
    return sorted(rows, key=lambda row: row.per_second)[len(rows) // 2]


def show(rows: Sequence[Row]) -> None:
    """The table, with ours as a multiple of each."""
    print(
        f"{'system':12}{'processes':>10}{'claims/s':>10}{'ours':>7}{'median ms':>11}{'p99 ms':>9}"
        f"{'longest ms':>12}{'fewest/mean':>13}{'most/mean':>11}"
    )
    for row in rows:
        print(
            f"{row.system:12}{row.processes:10}{row.per_second:10.0f}"
            f"{_of(rows, 'todo-tui', row.processes).per_second / row.per_second:6.1f}x"
            f"{row.median:11.1f}{row.p99:9.1f}{row.longest:12.1f}{row.fewest:13.2f}{row.most:11.2f}"
        )


def _of(rows: Sequence[Row], system: str, processes: int) -> Row:
    return next(row for row in rows if (row.system, row.processes) == (system, processes))


def judge(rows: Sequence[Row], processes: int) -> None:
    """Which targets are met at so many processes."""
    ours = _of(rows, "todo-tui", processes)
    default = ours.per_second / _of(rows, "sqlite", processes).per_second
    wal = ours.per_second / _of(rows, "sqlite WAL", processes).per_second
    for words, value, met in (
        ("claims/s, of sqlite's with its default journal", default, default >= FIVE_TIMES),
        ("claims/s, of sqlite's with WAL and synchronous=FULL", wal, wal >= HALF),
        ("p99 wait in ms", ours.p99, ours.p99 < P99_MS),
        ("fewest claims of a process, of the mean", ours.fewest, ours.fewest >= FIFTH),
    ):
        target = {default: ">= 5", wal: ">= 0.5", ours.p99: "< 250", ours.fewest: ">= 0.2"}[value]
        print(f"{'met' if met else 'MISSED':7} {words}: {value:.2f} (target {target})")


def load() -> None:
    """Load what is loaded when a claim first needs it, by claims, some of them in company."""
    folder = Path(tempfile.mkdtemp(prefix="throughput-"))
    try:
        make_file(folder, _FIRST)
        for name in ("board.combining", "storage.company"):
            importlib.import_module(f"todo_tui.{name}")
        claim = claim_from_file(folder, "agent@s")
        while claim():
            pass
    finally:
        shutil.rmtree(folder)


def main(words: Sequence[str]) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.throughput")
    parser.add_argument("--tasks", type=int, default=640)
    parser.add_argument("--processes", type=int, nargs="+", default=[1, 8, 32])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--below", type=Path, help="a folder on the disk to be measured")
    parser.add_argument("--sync", type=float, metavar="MS", help="each fsync is so much longer")
    options = parser.parse_args(words)
    if options.sync and not slow_disk.is_in_force():
        slow_disk.start_again("tests.bench.throughput", words, options.sync)
    if options.sync:
        slow_disk.clear_up()
    load()
    version = f"Python {sys.version.split()[0]}, sqlite {sqlite3.sqlite_version}"
    longer = f", each sync {options.sync:g} ms longer" if options.sync else ""
    print(
        f"{options.tasks} tasks, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, {version}"
        f"{longer}"
    )
    rows: list[Row] = []
    for processes in options.processes:
        rounds: dict[str, list[Row]] = {system.name: [] for system in SYSTEMS}
        for number in range(options.rounds):
            for system in SYSTEMS[:: -1 if number % 2 else 1]:
                row = measure(system, processes, options.tasks, options.below)
                rounds[system.name].append(row)
        rows += (middle(rounds[system.name]) for system in SYSTEMS)
    show(rows)
    judge(rows, max(options.processes))
    print(f"load at the end {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main(sys.argv[1:])
