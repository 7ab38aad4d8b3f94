"""A small storm of each kind, as a process of its own, as anybody can run it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.storm.run import MIXES

ROOT = Path(__file__).parents[2]


@pytest.mark.skipif(sys.platform == "win32", reason="the processes of a storm are forked")
@pytest.mark.parametrize("mix", MIXES)
def test_every_promise_holds(mix: str, tmp_path: Path) -> None:
    words = [sys.executable, "-m", "tests.storm", "--mix", mix, "--below", str(tmp_path)]
    words += ["--processes", "6", "--tasks", "24", "--batch", "120", "--seconds", "30"]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False, timeout=180)
    print(done.stdout)
    assert done.returncode == 0, done.stdout + done.stderr
