"""A throw-away copy of the project with an interpreter of its own, and the tests run in it.

The interpreter finds the program in the copy and everything else where this one finds it; the
environment would not do: the tests of the command line drop it. Leaves no process and no folder.
"""

from __future__ import annotations

import ctypes
import json
import os
import shutil
import signal
import site
import subprocess
import sys
import tempfile
import time
import tomllib
import venv
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LEFT_OUT: Final = shutil.ignore_patterns(
    ".*", "venv", "build", "dist", "__pycache__", "*.egg-info", "*.svg"
)
SUBREAPER: Final = 36
"""PR_SET_CHILD_SUBREAPER of Linux: whatever is left without a parent becomes a child of ours."""
PROGRAM: Final = "#!{python}\nimport sys\nfrom {module} import {name}\nsys.exit({name}())\n"


class Limit(NamedTuple):
    """The most that a run may take, in seconds."""

    cpu: float
    wall: float


class Ended(NamedTuple):
    """How a run of tests ended."""

    code: int | None
    """Pytest's, negative for a signal, None where its time ran out."""
    failed: str | None
    """The first test that failed."""
    seconds: dict[str, float]
    """What each test file took."""
    wall: float
    said: str

    @property
    def out_of_time(self) -> bool:
        """Whether it was ended because of what it took."""
        return self.code is None or self.code in (-signal.SIGXCPU, -signal.SIGKILL)


class Tree(NamedTuple):
    """The copy."""

    root: Path
    python: Path
    scratch: Path

    @property
    def package(self) -> Path:
        """Where the program is."""
        return self.root / "todo_tui"

    @contextmanager
    def changed(self, module: str, source: str) -> Iterator[None]:
        """For so long the module has another text. Its bytecode goes: a second is its clock."""
        path = self.package / module
        before = path.read_text(encoding="utf-8")
        try:
            self._write(path, source)
            yield
        finally:
            self._write(path, before)

    @staticmethod
    def _write(path: Path, source: str) -> None:
        path.write_text(source, encoding="utf-8")
        for compiled in path.parent.glob(f"__pycache__/{path.stem}.*.pyc"):
            compiled.unlink()

    def run(self, tests: Sequence[str], limit: Limit, without: Sequence[str] = ()) -> Ended:
        """Runs these test files or tests until one fails."""
        told, said = self.scratch / "told.json", self.scratch / "said.txt"
        told.unlink(missing_ok=True)
        folder = self.scratch / "tmp"
        folder.mkdir()
        words = ["-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "-p", "no:randomly"]
        words += [f"--deselect={test}" for test in without]
        child = Path(__file__).with_name("child.py")
        began = time.monotonic()
        with said.open("wb") as output:
            process = subprocess.Popen(
                [str(self.python), str(child), str(told), f"{limit.cpu:.0f}", *words, *tests],
                cwd=self.root,
                env=os.environ | {"TMPDIR": str(folder)},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
            try:
                code: int | None = process.wait(limit.wall)
            except subprocess.TimeoutExpired:
                code = None
            finally:
                end_all(process)
                shutil.rmtree(folder, ignore_errors=True)
        heard = json.loads(told.read_text(encoding="utf-8")) if told.exists() else {}
        return Ended(
            code,
            heard.get("failed"),
            heard.get("seconds", {}),
            time.monotonic() - began,
            said.read_text(encoding="utf-8", errors="replace"),
        )


@contextmanager
def copied(root: Path) -> Iterator[Tree]:
    """A copy of the project, until the block ends. RuntimeError where another would be run."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(SUBREAPER, 1)
    with tempfile.TemporaryDirectory(prefix="mutation-", ignore_cleanup_errors=True) as name:
        below = Path(name).resolve()
        # Some tests act as other users, in folders of theirs below this one.
        below.chmod(0o711)
        copy = below / "project"
        shutil.copytree(root, copy, ignore=LEFT_OUT, symlinks=True)
        environment = below / "python"
        venv.create(environment, symlinks=True)
        python = environment / "bin" / "python"
        [packages] = environment.glob("lib/python*/site-packages")
        found = [str(copy), *site.getsitepackages()]
        (packages / "project.pth").write_text("\n".join(found) + "\n", encoding="utf-8")
        _install(copy / "pyproject.toml", python)
        scratch = below / "scratch"
        scratch.mkdir()
        where = subprocess.run(
            [str(python), "-c", "import todo_tui; print(*todo_tui.__path__)"],
            cwd="/",
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        if where != str(copy / "todo_tui"):
            raise RuntimeError(f"the tests would run {where}")
        yield Tree(copy, python, scratch)


def _install(project: Path, python: Path) -> None:
    """Put the programs of a project beside its interpreter."""
    if not project.exists():
        return
    said = tomllib.loads(project.read_text(encoding="utf-8"))["project"]
    for name, place in said.get("scripts", {}).items():
        module, _, function = place.partition(":")
        program = python.with_name(name)
        text = PROGRAM.format(python=python, module=module, name=function)
        program.write_text(text, encoding="utf-8")
        program.chmod(0o755)


def end_all(process: subprocess.Popen[bytes]) -> None:
    """Ends a process and everything that it began, also what has a session of its own."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    while left := _children():
        for pid in left:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        for pid in left:
            with suppress(ChildProcessError):
                os.waitpid(pid, 0)


def _children() -> list[int]:
    """Our children; on Linux what lost its parent is among them, elsewhere they are not told."""
    try:
        words = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text(encoding="ascii")
    except FileNotFoundError:
        return []
    return [int(word) for word in words.split()]
