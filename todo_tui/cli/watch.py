"""``watch``: one line for each event, as it happens, until stopped."""

from __future__ import annotations

import asyncio
import os
import shlex
import subprocess

from todo_tui.board.timeline import timeline
from todo_tui.board.times import utc
from todo_tui.cli.as_json import event_body
from todo_tui.cli.event_text import event_line
from todo_tui.cli.exit_code import OK
from todo_tui.cli.log import concerns
from todo_tui.cli.output import error_body, error_lines
from todo_tui.cli.output import to_json as as_line
from todo_tui.errors import TodoError
from todo_tui.static import TYPE_CHECKING, Final
from todo_tui.storage.journal import Journal
from todo_tui.storage.observer import Observer

if TYPE_CHECKING:
    from todo_tui.board.board import Board
    from todo_tui.board.event import BoardEvent
    from todo_tui.cli.call import Call
    from todo_tui.cli.options import Arguments

_PATIENCE: Final = 60.0
"""Seconds for a command of ``--exec``."""


def add_arguments(parser: Arguments, command: str) -> None:  # noqa: ARG001
    """Add the filters, and what to run; ``--agent`` is a filter here, too."""
    parser.add_argument("--violations", action="store_true", help="only broken rules")
    parser.add_argument(
        "--exec",
        metavar="CMD",
        help="run CMD for each event, without a shell: as JSON on stdin, and in TODO_TUI_*",
    )


def run(call: Call) -> int:
    """Print the events. Ends only by a signal, or where stdout is closed."""
    asyncio.run(_follow(call, _words(call.args.exec)))
    return OK


def _words(command: str | None) -> list[str]:
    """The words of ``--exec``; none without it. Raises TodoError (``usage``)."""
    if command is None:
        return []
    try:
        words = shlex.split(command)
    except ValueError as error:
        raise TodoError("usage", f"--exec: {error}") from error
    if not words:
        raise TodoError("usage", "--exec needs a command")
    return words


async def _follow(call: Call, command: list[str]) -> None:
    from todo_tui.storage.watch import watch

    path = call.path()
    journal = Journal(path, wait=call.args.wait)
    observer = Observer(path, journal, call.now, thresholds=call.thresholds)
    read = await asyncio.to_thread(call.journal)
    observer.recall(read)
    began = merging = False
    async for seen in watch(call.file()):
        if isinstance(seen, TodoError):
            _trouble(call, seen)
            began = False
        else:
            sighting = await asyncio.to_thread(observer.see, seen)
            if sighting.problem is not None:
                _trouble(call, sighting.problem)
            told = {id(row.event): row.entry for row in timeline((), sighting.events)}
            for event in sighting.events:
                if _is_wanted(call, event):
                    if call.out.json:
                        call.out.document(event_body(event))
                    elif id(event) in told:
                        call.out.lines([event_line(event, told[id(event)])])
                    if command:
                        call.out.flush()
                        await asyncio.to_thread(_execute, call, command, path, event)
            if not began or merging != seen.board.merging:
                began, merging = True, seen.board.merging
                if merging:
                    _trouble(call, _stopped(seen.board))
                else:
                    call.out.say(f"watching {path}")
        call.out.flush()


def _stopped(board: Board) -> TodoError:
    """Why nothing is told in the middle of a merge, and until when."""
    return TodoError(
        "conflict",
        "the file is in the middle of a merge: nothing is told until the conflict markers are gone",
        location=board.first_conflict,
    )


def _is_wanted(call: Call, event: BoardEvent) -> bool:
    if call.args.violations and event.violation is None:
        return False
    return concerns(event, None, call.args.agent)


def _execute(call: Call, command: list[str], path: str, event: BoardEvent) -> None:
    """Run the command for an event; what becomes of it is said where it failed."""
    body = event_body(event)
    names = ("event", "task", "ref", "actor", "from", "to", "violation", "source", "at")
    told = {f"TODO_TUI_EVENT_{name.upper()}": str(body[name] or "") for name in names}
    told = {name: value.replace("\0", "") for name, value in told.items()}
    # The bytes of the file, whatever the encoding of the system.
    told = {k: os.fsdecode(v.encode("utf-8", "surrogateescape")) for k, v in told.items()}
    try:
        done = subprocess.run(
            command,
            input=(as_line(body) + "\n").encode("ascii"),
            env={**call.environ, **told, "TODO_TUI_FILE": path},
            stdout=subprocess.DEVNULL,
            check=False,
            timeout=_PATIENCE,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        call.out.say(f"todo-tui: --exec: {error}")
        return
    if done.returncode:
        call.out.say(f"todo-tui: --exec ended with {done.returncode}")


def _trouble(call: Call, error: TodoError) -> None:
    if call.out.json:
        call.out.document({"at": utc(call.now()), "error": error_body(error)})
    else:
        call.out.say(*error_lines(error))
