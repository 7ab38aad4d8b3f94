"""Two boards over one file while ten agents work, for ten minutes.

Every event is in the journal once, no violation is missed and none invented, memory stays flat, and
keys are answered. Run with ``--long``; SUPERVISED_SECONDS makes it another length.
"""

from __future__ import annotations

import os
import random
import threading
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from tests.bench.paint import seconds_of
from tests.pty.terminal import Terminal, python
from todo_tui.board.request import Actor, Claim, Release, Start
from todo_tui.storage import lock
from todo_tui.storage.journal import Journal
from todo_tui.storage.todo_file import TodoFile

if TYPE_CHECKING:
    from collections.abc import Callable

_SECONDS: Final = float(os.environ.get("SUPERVISED_SECONDS", "600"))
_AGENTS: Final = 10
_TASKS: Final = 20
"""Tasks of each agent."""

_A_SECOND: Final = 1.0
"""Changes of each agent in a second."""

_SETTLED: Final = 3.0
"""Seconds that an agent leaves a task alone after it has broken a rule."""


@pytest.mark.long
def test_nothing_is_missed_invented_or_told_twice(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    if not _SECONDS:
        pytest.skip("SUPERVISED_SECONDS is 0")
    path = tmp_path / "shop" / "TODO.md"
    path.parent.mkdir()
    path.write_text("".join(_items()))
    lock.folder_of(path).mkdir()
    (tmp_path / "config.toml").write_text("history = false\n")
    environ = {"TODO_TUI_CONFIG": str(tmp_path / "config.toml")}
    argv = python("-m", "todo_tui", str(path), "--as", "alice")
    moves: Counter[str] = Counter()
    broken: Counter[str] = Counter()
    stop = threading.Event()
    with (
        Terminal(argv, columns=160, rows=50, environ=environ) as one,
        Terminal(argv, columns=80, rows=24, environ=environ) as two,
    ):
        one.wait_for("● live")
        two.wait_for("● live")
        drained = threading.Thread(target=_drain, args=(two, stop))
        agents = [
            threading.Thread(target=_work, args=(path, number, stop, moves, broken))
            for number in range(_AGENTS)
        ]
        for thread in (drained, *agents):
            thread.start()
        boards = [one.process.pid, two.process.pid]
        _quiet(one, min(20.0, _SECONDS / 4))
        used, sizes = [seconds_of(pid) for pid in boards], [_resident(pid) for pid in boards]
        answers: list[float] = []
        start = time.perf_counter()
        while time.perf_counter() - start < _SECONDS:
            answers.append(_answer(one, "jk"[len(answers) % 2]))
            _quiet(one, 0.5)
        took = time.perf_counter() - start
        spent = [seconds_of(pid) - before for pid, before in zip(boards, used, strict=True)]
        grown = [_resident(pid) / size for pid, size in zip(boards, sizes, strict=True)]
        stop.set()
        for agent in agents:
            agent.join()
        drained.join()
        wanted = sum(moves.values())
        one.wait_for(lambda _: _told(path)[0].total() >= wanted, limit=30)
        for board in (one, two):
            board.press("q")
            assert board.wait_for_exit() == 0
    told, found = _told(path)
    answers.sort()
    record_property("changes a second", wanted / (took + min(20.0, _SECONDS / 4)))
    print(
        f"\n{wanted} changes, {sum(broken.values())} broken rules in {took:.0f} s;"
        f" processor {', '.join(f'{seconds / took:.1%}' for seconds in spent)};"
        f" memory x{', x'.join(f'{factor:.2f}' for factor in grown)};"
        f" key median {answers[len(answers) // 2] * 1000:.0f} ms,"
        f" longest {answers[-1] * 1000:.0f} ms"
    )
    assert told == moves
    assert found == broken
    assert all(factor < 1.25 for factor in grown)


def _items() -> list[str]:
    tasks = [
        f'- A{agent}-{number}: "Work number {number} of agent {agent}"\n'
        f"  assigned_agent: agent-{agent}\n  status: todo\n"
        for agent in range(_AGENTS)
        for number in range(_TASKS)
    ]
    return ["# Plan\n\n```yaml\n", *tasks, "```\n"]


def _work(
    path: Path,
    number: int,
    stop: threading.Event,
    moves: Counter[str],
    broken: Counter[str],
) -> None:
    """One agent: claims, starts and gives back its tasks; now and then it skips the claim."""
    choice = random.Random(number)
    me = Actor(f"agent-{number}")
    file = TodoFile(path, wait=60, history=False)
    while not stop.wait(choice.random() / _A_SECOND):
        ref = f"A{number}-{choice.randrange(_TASKS)}"
        if choice.random() < 0.1:
            _skip_the_claim(path, ref)
            moves[ref] += 1
            broken[ref] += 1
            time.sleep(_SETTLED)
        else:
            file.commit(Claim(ref, me))
            moves[ref] += 1
            time.sleep(1 / _A_SECOND)
            file.commit(Start(ref, me))
            moves[ref] += 1
            time.sleep(1 / _A_SECOND)
        file.commit(Release(ref, me))
        moves[ref] += 1


def _skip_the_claim(path: Path, ref: str) -> None:
    """A direct edit, as an editor makes it, but one that loses nobody's change."""
    with lock.held(lock.folder_of(path), wait=60, what="an editor"):
        head, found, rest = path.read_text().partition(f"- {ref}:")
        assert found
        fresh = path.with_name(f"{ref}.tmp")
        fresh.write_text(head + found + rest.replace("status: todo", "status: in_progress", 1))
        fresh.replace(path)


def _told(path: Path) -> tuple[Counter[str], Counter[str]]:
    """How often the journal tells of a move of each task, and of a broken rule."""
    events = Journal(path).read().events
    moves = Counter(event.ref for event in events if event.kind == "moved" and event.ref)
    broken = Counter(event.ref for event in events if event.violation and event.ref)
    return moves, broken


def _drain(terminal: Terminal, stop: threading.Event) -> None:
    while not stop.is_set():
        _quiet(terminal, 0.2)


def _quiet(terminal: Terminal, seconds: float) -> None:
    """Read what the board paints for so long."""
    end = time.perf_counter() + seconds
    while (left := end - time.perf_counter()) > 0:
        terminal.skip(left)


def _answer(terminal: Terminal, key: str) -> float:
    """Seconds from a key until the bar of the selection is painted."""
    start = time.perf_counter()
    terminal.press(key)
    while "▌".encode() not in terminal.skip(5):
        assert time.perf_counter() - start < 5, "no answer to a key"
    return time.perf_counter() - start


def _resident(pid: int) -> int:
    """The memory of a process, in pages."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1])
