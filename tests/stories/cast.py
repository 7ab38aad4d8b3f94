"""Who plays in the stories: agents at the command line, an open board, and many at once."""

from __future__ import annotations

import re
import subprocess
import sys
import threading
from typing import TYPE_CHECKING, Any, NamedTuple

from tests.cli.program import PROGRAM, TIMEOUT, Folder, environment
from tests.pty.terminal import Terminal, python

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_CRASHES: str = """
import os, signal, sys
from todo_tui.cli import output
output.Output.document = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
from todo_tui.cli.main import main
main(sys.argv[1:])
"""


class Agent(NamedTuple):
    """Somebody at the command line, in the folder of the file."""

    folder: Folder
    name: str

    def says(self, *words: str, code: int = 0) -> Any:
        """What a command answers, which must end with ``code``."""
        return self.folder.json(*words, "--agent", self.name, code=code)

    def is_refused(self, *words: str) -> Any:
        """The error that a command is refused with."""
        return self.says(*words, code=4)["error"]

    def tries(self, *words: str) -> tuple[int, Any]:
        """How a command ends, and what it answers."""
        done = self.folder.run("--json", *words, "--agent", self.name)
        return done.code, done.json

    def crashes(self, *words: str) -> None:
        """Give a command, and die when it is done, before its answer is read."""
        died = subprocess.run(
            [sys.executable, "-c", _CRASHES, *words, "--agent", self.name, "--json"],
            cwd=self.folder.path,
            env=environment(self.folder.path),
            capture_output=True,
            check=False,
            timeout=TIMEOUT,
        )
        assert died.returncode == -9, died.stderr.decode()
        assert died.stdout == b""


def at_once(actions: Iterable[Callable[[], object]]) -> None:
    """Do all of it at the same time; raises what one of them raised."""
    failed: list[BaseException] = []

    def act(action: Callable[[], object]) -> None:
        try:
            action()
        except BaseException as error:  # noqa: BLE001 - raised again below
            failed.append(error)

    threads = [threading.Thread(target=act, args=(action,), daemon=True) for action in actions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(TIMEOUT * 6)
        assert not thread.is_alive()
    if failed:
        raise failed[0]


def open_board(folder: Folder, person: str = "alice") -> Terminal:
    """A person's board in a terminal of 160 by 40."""
    argv = python("-m", "todo_tui", str(folder.todo), "--as", person)
    return Terminal(argv, columns=160, rows=40, directory=folder.path)


def counts(terminal: Terminal) -> dict[str, int]:
    """The number of tasks in each column, by the heads; nothing while they are being drawn.

    They stand below the header, or below the row that says what needs a person.
    """
    rows = terminal.text.split("\n")[1:3]
    heads = next((row.split("│") for row in rows if row.startswith(" 1 todo")), [])
    found = re.compile(r" \d ([a-z ]*[a-z]) +(\d+)\b")
    return {match[1]: int(match[2]) for head in heads if (match := found.match(head)) is not None}


def watch(folder: Folder) -> subprocess.Popen[bytes]:
    """A running ``watch --json`` that has seen the file."""
    process = subprocess.Popen(
        [*PROGRAM, "watch", "--json"],
        cwd=folder.path,
        env=environment(folder.path),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stderr is not None
    assert process.stderr.readline().startswith(b"watching ")
    return process
