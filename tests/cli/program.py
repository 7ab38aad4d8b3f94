"""Drives the real program in processes of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from pathlib import Path

PROGRAM = (sys.executable, "-m", "todo_tui")
TIMEOUT = 30.0


class Done(NamedTuple):
    """How a process ended, and what it said."""

    code: int
    raw: bytes
    err: str

    @property
    def out(self) -> str:
        return self.raw.decode("utf-8")

    @property
    def json(self) -> Any:
        """The one JSON document on stdout, read strictly."""
        assert self.raw.isascii()
        assert self.raw.endswith(b"\n")
        document = json.loads(self.raw)
        assert document["version"] == 1
        return document


class Folder(NamedTuple):
    """A folder with a TODO.md, and the program in it."""

    path: Path

    @property
    def todo(self) -> Path:
        return self.path / "TODO.md"

    @property
    def text(self) -> str:
        return self.todo.read_bytes().decode("utf-8", "surrogateescape")

    def write(self, text: str) -> Folder:
        self.todo.write_bytes(text.encode("utf-8", "surrogateescape"))
        old = self.todo.stat().st_mtime_ns - 60 * 10**9
        os.utime(self.todo, ns=(old, old))
        return self

    def run(
        self, *words: str, stdin: bytes = b"", env: dict[str, str] | None = None, **more: str
    ) -> Done:
        done = subprocess.run(
            [*PROGRAM, *words],
            cwd=self.path,
            env=environment(self.path) | (env or {}) | more,
            input=stdin,
            capture_output=True,
            check=False,
            timeout=TIMEOUT,
        )
        assert b"Traceback" not in done.stderr, done.stderr.decode()
        return Done(done.returncode, done.stdout, done.stderr.decode("utf-8"))

    def json(
        self,
        *words: str,
        code: int = 0,
        stdin: bytes = b"",
        env: dict[str, str] | None = None,
        **more: str,
    ) -> Any:
        """The document that the command answers, which must end with ``code``."""
        done = self.run("--json", *words, stdin=stdin, env=env, **more)
        assert done.code == code, (done.out, done.err)
        return done.json


def environment(home: Path) -> dict[str, str]:
    """The environment without anything that changes what the program does, or slows it down."""
    dropped = ("TODO_TUI", "_ARG", "XDG", "COMP_", "COLUMNS", "PYTHON")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(dropped)}
    return kept | {"HOME": str(home)}
