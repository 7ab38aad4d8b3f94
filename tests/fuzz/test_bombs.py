"""Bombs cost bounded time and memory, and nothing but themselves."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.fuzz.bombs import BOMBS, FAULTY, SLOW, WITHOUT

if TYPE_CHECKING:
    from collections.abc import Iterator

if sys.platform == "win32":
    pytest.skip("limits on memory and time are of Unix", allow_module_level=True)

ROOT = Path(__file__).parents[2]
LIMITED = """\
import resource, sys
from todo_tui.cli.main import main
resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[1]), resource.RLIM_INFINITY))
resource.setrlimit(resource.RLIMIT_CPU, (int(sys.argv[2]), resource.RLIM_INFINITY))
sys.exit(main(sys.argv[3:]))
"""
MEGABYTE = 1 << 20


def run(path: Path, *words: str) -> tuple[int, Any]:
    """Run a command within limits that a sound one is far from; its exit code and JSON.

    Memory: 512 MB and 30 times the file; CPU: a minute, and five seconds for each MB.
    """
    size = path.stat().st_size
    memory, seconds = 512 * MEGABYTE + 30 * size, 60 + 5 * size // MEGABYTE
    limited = [sys.executable, "-c", LIMITED, str(memory), str(seconds)]
    done = subprocess.run(
        [*limited, *words, "--json", "--file", str(path)],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    assert done.returncode in (0, 1, 3), (done.returncode, done.stderr[-2000:])
    return done.returncode, json.loads(done.stdout)


@pytest.fixture
def path(tmp_path: Path) -> Iterator[Path]:
    """Where a bomb is put; taken away at once, since some are large."""
    file = tmp_path / "TODO.md"
    yield file
    file.unlink()


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.long if name in SLOW else ()) for name in BOMBS]
)
def test_a_bomb_harms_only_itself(name: str, path: Path) -> None:
    path.write_text(BOMBS[name](), encoding="utf-8")
    # A young file is looked at twice.
    os.utime(path, (1_700_000_000, 1_700_000_000))
    code, found = run(path, "check")
    kinds = {fault["code"] for fault in found["faults"]}
    assert ("invalid_item" in kinds) == (name in FAULTY)
    assert code == (1 if kinds else 0)
    code, answer = run(path, "claim", "TASK_001", "--agent", "ann@1")
    assert code == (3 if name in WITHOUT else 0), answer
