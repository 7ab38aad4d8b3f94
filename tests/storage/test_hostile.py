"""Real processes that write without a lock, and processes that die, against commits."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.storage.toy import litter, toy
from todo_tui.storage.todo_file import TodoFile

if TYPE_CHECKING:
    from collections.abc import Iterator


def start(module: str, *words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", f"tests.storage.{module}", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def finish(process: subprocess.Popen[str]) -> str:
    """What it printed. It must end well."""
    out, errors = process.communicate(timeout=60)
    assert process.returncode == 0, errors
    return out


@pytest.fixture
def quick_folder() -> Iterator[Path]:
    """A folder in memory where there is one: for tests of many steps and no loss of power."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        yield Path(folder)


@pytest.mark.parametrize(
    "technique",
    [
        *("truncate", "rename", "recreate"),
        pytest.param(
            "in_place",
            marks=pytest.mark.skipif(
                sys.platform != "linux", reason="only Linux tells who has the file open"
            ),
        ),
    ],
)
def test_no_edit_of_a_writer_without_a_lock_is_lost(tmp_path: Path, technique: str) -> None:
    path = tmp_path / "TODO.md"
    names = [f"T{number}" for number in range(150)]
    path.write_bytes(toy(*names))
    them = start("actors", "scribble", str(path), technique, "0", "50", "1")
    ours = [
        start("actors", "take_all", str(path), str(first), str(first + 50)) for first in (50, 100)
    ]
    finish(them)
    for process in ours:
        finish(process)
    lines = path.read_text().splitlines()
    assert [number for number in range(50) if f"- T{number}: them" not in lines] == []
    assert [
        name for name in names if sum(line.startswith(f"- {name}:") for line in lines) != 1
    ] == []
    assert litter(path) == []


def test_each_task_is_won_by_one_agent(tmp_path: Path) -> None:
    path, go = tmp_path / "TODO.md", tmp_path / "go"
    path.write_text("".join(f'- TASK_{n:03}: "Job {n}"\n  status: todo\n' for n in range(60)))
    agents = [start("actors", "claim_all", str(path), f"agent{n}@{n}", str(go)) for n in range(6)]
    go.touch()
    won = {f"agent{n}@{n}": finish(agent).split() for n, agent in enumerate(agents)}
    assert sorted(ref for refs in won.values() for ref in refs) == [
        f"TASK_{n:03}" for n in range(60)
    ]
    board = TodoFile(path).read().board
    assert {task.ref: task.holder for task in board.tasks} == {
        ref: name for name, refs in won.items() for ref in refs
    }
    assert len(board.history) == 60


@pytest.mark.skipif(not hasattr(os, "fork"), reason="forks processes to kill them")
def test_a_commit_that_is_killed_leaves_the_old_file_or_the_new_one(tmp_path: Path) -> None:
    print(finish(start("kennel", "random", str(tmp_path / "TODO.md"), "200", "20260101")))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="forks processes to kill them")
def test_death_at_any_point_loses_nobodys_edit(quick_folder: Path) -> None:
    print(finish(start("kennel", "everywhere", str(quick_folder / "TODO.md"))))
