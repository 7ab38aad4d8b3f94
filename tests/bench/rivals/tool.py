"""What a tool offers to be measured, and how one of its commands is run."""

from __future__ import annotations

import os
import subprocess
import time
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from tests.bench.rivals.items import Item

COMMAND_SECONDS: Final = 60.0
"""The longest that one command of any tool may take."""

WORKS: Final = ("claim", "contend", "list", "board", "outside")


class UnavailableError(Exception):
    """A rival is not to be had here; the text says why."""


class FailedError(Exception):
    """A tool did not do a work; the text says what it did instead."""


class Command(NamedTuple):
    """A process to start. ``env`` is its whole environment."""

    argv: tuple[str, ...]
    cwd: Path
    env: Mapping[str, str]


class Answer(NamedTuple):
    """What a command said: exit code, both streams, and seconds from its start to its end."""

    code: int
    text: str
    seconds: float


class Tool(Protocol):
    """A program that keeps tasks. Its data lie in one folder, made by ``fill``, and nowhere else.

    ``setting`` names what was set differently from a fresh install, "" for nothing; a tool with a
    setting stands below the table, not in it. ``works`` are those that it can be asked to do.
    """

    @property
    def name(self) -> str: ...

    @property
    def setting(self) -> str: ...

    @property
    def works(self) -> frozenset[str]: ...

    @property
    def quit_keys(self) -> bytes: ...

    def version(self) -> str: ...

    def fill(self, folder: Path, items: Sequence[Item], /) -> None:
        """Make the tool's data in an empty folder."""

    def claim_one(self, folder: Path, number: int, agent: str, /) -> Command:
        """Take a free task, by the command that an agent would use; ``number`` is free."""

    def claim(self, folder: Path, number: int, agent: str, /) -> Command:
        """Take this very task, which another agent may have taken."""

    def says_yes(self, answer: Answer, /) -> bool:
        """Whether the words of an answer tell the agent that the task is its own now."""

    def list_all(self, folder: Path, /) -> Command:
        """Print every task as JSON."""

    def board(self, folder: Path, /) -> Command:
        """Open the board in a terminal."""

    def change(self, folder: Path, number: int, title: str, /) -> None:
        """Give a task another title behind the tool's back."""


def environment(home: Path, **more: str) -> dict[str, str]:
    """A whole environment that knows nothing of the person who runs the measurement."""
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(home),
        "LANG": "C.UTF-8",
        "LC_ALL": "C.UTF-8",
        "TERM": "xterm-256color",
        "TZ": "UTC",
        **more,
    }


def run(command: Command, stdin: str = "") -> Answer:
    """Run a command to its end. Raises FailedError where that takes too long or cannot start."""
    started = time.perf_counter()
    try:
        done = subprocess.run(
            command.argv,
            cwd=command.cwd,
            env=dict(command.env),
            input=stdin.encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=COMMAND_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise FailedError(f"{command.argv[0]}: {error}") from error
    seconds = time.perf_counter() - started
    return Answer(done.returncode, done.stdout.decode(errors="replace"), seconds)


def run_well(command: Command, stdin: str = "") -> Answer:
    """Run a command that must exit 0. Raises FailedError where it does not."""
    answer = run(command, stdin)
    if answer.code:
        said = answer.text.strip().splitlines()
        last = f": {said[-1]}" if said else ""
        raise FailedError(f"{' '.join(command.argv[:4])} exited {answer.code}{last}")
    return answer
