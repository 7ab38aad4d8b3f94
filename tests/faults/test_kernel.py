"""What the kernel itself does to a commit: interrupted calls, a full disk, a size limit."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.faults.lab import BEFORE, ROOT, is_new, litter

if TYPE_CHECKING:
    from pathlib import Path

if sys.platform != "linux":
    pytest.skip("these are limits and mounts of Linux", allow_module_level=True)

CLAIM = ["claim", "TASK_001", "--agent", "ann@1", "--json", "--file"]

INTERRUPTED = """\
import signal, sys
from todo_tui.cli.main import main
signal.signal(signal.SIGALRM, lambda number, frame: None)
signal.siginterrupt(signal.SIGALRM, True)
signal.setitimer(signal.ITIMER_REAL, 0.0003, 0.0003)
code = main(sys.argv[1:])
signal.setitimer(signal.ITIMER_REAL, 0)
sys.exit(code)
"""

LIMITED = """\
import resource, sys
from todo_tui.cli.main import main
size = int(sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
sys.exit(main(sys.argv[2:]))
"""

FULL = """\
import os, sys
from pathlib import Path
from tests.storm import view
from todo_tui.cli.main import main
place, data = Path(sys.argv[1]), sys.stdin.buffer.read()
view.enter_small(place, 64 * 1024)
path = place / "TODO.md"
path.write_bytes(data)
main(["check", "--file", str(path)])
filling = os.open(place / "ballast", os.O_CREAT | os.O_WRONLY)
free = int(sys.argv[2])
left = os.statvfs(place).f_bavail * os.statvfs(place).f_bsize - free
os.write(filling, bytes(max(0, left)))
code = main([*sys.argv[3:], "--file", str(path)])
sys.stdout.flush()
assert path.read_bytes() == data or code == 0, path.read_bytes()
left = sorted(one.name for one in place.iterdir())
assert left in (["TODO.md", "ballast"], [".todo-tui", "TODO.md", "ballast"]), left
os.ftruncate(filling, 0)
assert main([*sys.argv[3:], "--file", str(path)]) == 0
print(code)
"""


def python(code: str, *words: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-c", code, *words],
        cwd=ROOT,
        input=stdin,
        capture_output=True,
        check=False,
        timeout=60,
    )


def test_every_call_is_interrupted_again_and_again(tmp_path: Path) -> None:
    for number in range(10):
        path = tmp_path / str(number) / "TODO.md"
        path.parent.mkdir()
        path.write_bytes(BEFORE)
        done = python(INTERRUPTED, *CLAIM, str(path))
        assert done.returncode == 0, (done.stdout, done.stderr)
        assert is_new(path.read_bytes())
        assert litter(path) == []


@pytest.mark.parametrize("spare", [-2000, -200, -1, 0, 40, 80])
def test_a_file_that_may_not_grow_is_as_it_was(tmp_path: Path, spare: int) -> None:
    path = tmp_path / "TODO.md"
    path.write_bytes(BEFORE * 8)
    before = (
        path.read_bytes().replace(b"TASK_001", b"TASK_009").replace(b"TASK_009", b"TASK_001", 1)
    )
    path.write_bytes(before)
    done = python(LIMITED, str(len(before) + spare), *CLAIM, str(path))
    assert done.returncode == 7, (done.stdout, done.stderr)
    assert b"may not grow" in done.stdout
    assert path.read_bytes() == before
    assert litter(path) == []
    assert python(LIMITED, "1000000", *CLAIM, str(path)).returncode == 0


@pytest.mark.skipif(os.geteuid() != 0, reason="only root mounts a small file system")
@pytest.mark.parametrize("free", [0, 4096, 8192, 12288])
def test_a_full_disk(tmp_path: Path, free: int) -> None:
    """A real file system of 64 kB, mounted for that process alone, with so many bytes left."""
    done = python(FULL, str(tmp_path), str(free), *CLAIM[:-1], stdin=b"Prose.\n" * 500 + BEFORE)
    if b"PermissionError" in done.stderr:
        pytest.skip("the system permits no mount namespace")
    assert done.returncode == 0, (done.stdout, done.stderr)
    assert done.stdout.split()[-1] in (b"0", b"7")
    if free == 0:
        assert done.stdout.split()[-1] == b"7"
        assert b"disk is full" in done.stdout
