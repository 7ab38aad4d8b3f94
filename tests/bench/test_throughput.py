"""The bench of many claims: what it prints, and the disk that takes its time."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

if sys.platform == "win32":
    pytest.skip("its processes are forked", allow_module_level=True)


def claims(folder: Path, *words: str) -> str:
    """What the bench prints of four claims by one process."""
    argv = [sys.executable, "-m", "tests.bench.throughput", "--tasks", "4", "--processes", "1"]
    done = subprocess.run(
        [*argv, "--rounds", "1", *words],
        env=os.environ | {"TMPDIR": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert list(folder.iterdir()) == [], "it clears up"
    return done.stdout


def a_second(printed: str) -> dict[str, float]:
    """The claims per second of each system."""
    rows = printed.splitlines()[2:5]
    return {row[:12].strip(): float(row[22:32]) for row in rows}


def test_each_system_claims_all(tmp_path: Path) -> None:
    printed = claims(tmp_path)
    assert printed.startswith("4 tasks, ")
    assert a_second(printed).keys() == {"todo-tui", "sqlite", "sqlite WAL"}
    assert "longer" not in printed.splitlines()[0]


@pytest.mark.skipif(sys.platform != "linux", reason="LD_PRELOAD is of Linux")
@pytest.mark.skipif(shutil.which("cc") is None, reason="there is no C compiler (cc)")
def test_a_disk_that_takes_its_time_is_slow_for_all(tmp_path: Path) -> None:
    printed = claims(tmp_path, "--sync", "20")
    assert printed.splitlines()[0].endswith("each sync 20 ms longer")
    assert max(a_second(printed).values()) <= 50, "a claim is confirmed once at least"
