"""Measured in processes of their own: nothing is warm that is cold for somebody who types it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


def environment() -> dict[str, str]:
    """This process's environment, with compiled modules kept on the disk as usual."""
    unusual = {"PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED", "TODO_TUI_AGENT", "TODO_TUI_FILE"}
    return {name: value for name, value in os.environ.items() if name not in unusual}


def program(*words: str) -> list[str]:
    """The command line of ``todo-tui``: as it is installed, else of the package."""
    installed = Path(sys.executable).with_name("todo-tui")
    return [
        *([str(installed)] if installed.exists() else [sys.executable, "-m", "todo_tui"]),
        *words,
    ]


def answer(code: str, *words: str) -> Any:
    """What ``code``, run by this Python with ``words`` as arguments, prints as JSON last."""
    done = subprocess.run(
        [sys.executable, "-c", code, *words],
        env=environment(),
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return json.loads(done.stdout.splitlines()[-1])


def seconds(argv: list[str], directory: Path, environ: Mapping[str, str] | None = None) -> float:
    """How long a whole process takes. Raises CalledProcessError where its exit code is not 0."""
    start = time.perf_counter()
    subprocess.run(
        argv,
        cwd=directory,
        env={**environment(), **(environ or {})},
        check=True,
        stdout=subprocess.DEVNULL,
    )
    return time.perf_counter() - start
