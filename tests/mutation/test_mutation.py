"""Mutants of a module of one line, as a process of its own, as anybody can run it."""

from __future__ import annotations

import importlib.util
import json
import os
import signal
import subprocess
import sys
from contextlib import nullcontext
from pathlib import Path

import pytest

from tests.mutation.judging import Judge
from tests.mutation.mutants import NO_COSMIC_RAY, Mutant
from tests.mutation.tree import Ended, Tree

ROOT = Path(__file__).parents[2]
HALF_TESTED = """
from todo_tui.small.toy import larger

def test_two() -> None:
    assert larger(2) == 3
"""
WITHOUT_END = """
import os, subprocess, sys, time
from todo_tui.small.toy import larger

def test_two() -> None:
    if larger(2) != 3:
        wait = [sys.executable, "-c", "import time; time.sleep(600)"]
        with open({fifo!r}, "w") as fifo:
            print(os.getpid(), subprocess.Popen(wait, start_new_session=True).pid, file=fifo)
        time.sleep(600)
"""

pytestmark = [
    pytest.mark.skipif(importlib.util.find_spec("cosmic_ray") is None, reason=NO_COSMIC_RAY),
    pytest.mark.skipif(sys.platform != "linux", reason="processes are found in /proc"),
]


def command(tree: Path, *words: str) -> list[str]:
    command = [sys.executable, "-m", "tests.mutation", "--tree", str(tree), "--folder", "small"]
    return [*command, *words]


def run(tree: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(tree, *words),
        cwd=ROOT,
        env={"TMPDIR": str(tree.parent)},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def project(tree: Path, body: str, tests: str = HALF_TESTED) -> Path:
    """A program of one function, and one test of it."""
    for name in ("todo_tui/__init__.py", "todo_tui/small/__init__.py"):
        (tree / name).parent.mkdir(parents=True, exist_ok=True)
        (tree / name).touch()
    source = f"def larger(number: int | None) -> int:\n    {body}\n"
    (tree / "todo_tui/small/toy.py").write_text(source)
    (tree / "tests/small").mkdir(parents=True)
    (tree / "tests/small/test_toy.py").write_text(tests)
    return tree


def test_what_no_test_notices_is_shown_and_what_one_notices_is_counted(tmp_path: Path) -> None:
    tree = project(tmp_path / "toy", "return number + 1 if number < 9 else 9")
    done = run(tree, "--sample", "4", "--kept", str(tmp_path / "kept"))
    assert done.returncode == 1, done.stdout + done.stderr
    assert "survived  small/toy.py:2  larger" in done.stdout
    assert "    - return number + 1 if number < 9 else 9\n    + return number + 1" in done.stdout
    rows = [json.loads(line) for line in (tmp_path / "kept").read_text().splitlines()]
    assert {row["by"] for row in rows} == {None, "tests/small/test_toy.py::test_two"}
    assert (tree / "todo_tui/small/toy.py").read_text().endswith("if number < 9 else 9\n")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["kept", "toy"]


def test_tests_that_fail_by_themselves_say_nothing_of_mutants(tmp_path: Path) -> None:
    done = run(project(tmp_path / "toy", "return number"))
    assert done.returncode == 2
    assert "without a mutant" in done.stdout
    assert "FAILED tests/small/test_toy.py::test_two" in done.stdout


@pytest.mark.parametrize(
    ("codes", "by"),
    [((None, 0), None), ((None, None), "out of time"), ((-signal.SIGXCPU,), "out of time")],
)
def test_who_waited_for_other_work_is_not_killed(
    codes: tuple[int | None, ...], by: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = list(codes)
    monkeypatch.setattr(Tree, "run", lambda *_: Ended(left.pop(0), None, {}, 1.0, ""))
    monkeypatch.setattr(Tree, "changed", lambda *_: nullcontext())
    seconds = {"tests/mutation/test_mutation.py": 1.0}
    judge = Judge(Tree(ROOT, ROOT, ROOT), "mutation", seconds, "")
    assert judge.verdict(Mutant("mutation/toy.py", "", 1, "", "", "")).by == by
    assert left == []


def test_a_run_that_is_ended_leaves_nothing_behind(tmp_path: Path) -> None:
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    tree = project(tmp_path / "toy", "return number + 1", WITHOUT_END.format(fifo=str(fifo)))
    with subprocess.Popen(
        command(tree), cwd=ROOT, env={"TMPDIR": str(tmp_path)}, stdout=subprocess.DEVNULL
    ) as process:
        pids = [int(word) for word in fifo.read_text().split()]
        process.terminate()
        assert process.wait(60) == 130
    assert len(pids) == 2
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["fifo", "toy"]
