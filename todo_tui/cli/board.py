"""The board: opened in the terminal, or as plain text where there is none."""

from __future__ import annotations

import contextlib
import os
from types import SimpleNamespace

from todo_tui.cli.exit_code import BUG, OK
from todo_tui.cli.output import columns_from
from todo_tui.errors import TodoError
from todo_tui.static import TYPE_CHECKING, Final
from todo_tui.storage.discover import NAME

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from _typeshed import StrPath

    from todo_tui.board.board import Board
    from todo_tui.cli.call import Call
    from todo_tui.cli.options import Arguments

_COLUMNS: Final = 80
"""Cells of a line where neither a terminal nor COLUMNS gives them."""


def add_arguments(parser: Arguments, command: str) -> None:  # noqa: ARG001
    """Add the file."""
    parser.add_argument(
        "paths", metavar="FILE", nargs="*", help="the file, same as --file; several: a tab for each"
    )
    parser.add_argument(
        "--plain", action="store_true", help="line by line and with single keys, for screen readers"
    )


def run(call: Call) -> int:
    """Open the board; print it once where stdout is no terminal, or one that cannot draw."""
    args = call.args
    if args.paths and args.file is not None:
        raise TodoError("usage", "the file is given twice: as FILE and as --file")
    if args.plain:
        return _plain(call)
    if call.can_draw:
        return open_board(call, _paths(call), remember=True)
    if not args.paths:
        return _print(call)
    if call.out.json and len(args.paths) > 1:
        raise TodoError("usage", "--json is for one file")
    for index, name in enumerate(args.paths):
        if len(args.paths) > 1:
            call.out.lines([*([""] if index else []), f"{name}:"])
        _print(call._replace(args=SimpleNamespace(**{**vars(args), "file": name})))
    return OK


def _paths(call: Call) -> tuple[str, ...]:
    """The files that are meant: those that are named, else those of the last time here.

    Of the last time only what was named then: else the nearest is always meant.
    """
    args = call.args
    if args.paths:
        calls = [
            call._replace(args=SimpleNamespace(**{**vars(args), "file": it})) for it in args.paths
        ]
        return tuple(dict.fromkeys(each.path() for each in calls))
    if args.file is None and not call.environ.get("TODO_TUI_FILE"):
        from todo_tui.storage.remembered import Remembered

        known = Remembered(call.environ).boards(call.directory)
        if known:
            return known
    try:
        return (call.path(),)
    except TodoError as error:
        if error.code != "no_file":
            raise
        return (os.path.join(call.directory, NAME),)  # the board offers to make it


def _plain(call: Call) -> int:
    """The board line by line. Raises TodoError (``usage``) where that cannot be."""
    from todo_tui.board.transition import Actor
    from todo_tui.cli.plain import run as run_plain

    args = call.args
    if len(args.paths) > 1 or call.out.json:
        raise TodoError("usage", "--plain is for one file, and for people")
    if args.paths:
        call = call._replace(args=SimpleNamespace(**{**vars(args), "file": args.paths[0]}))
    person = args.person or default_person(os.path.dirname(call.path()))()
    return run_plain(call, Actor(person, human=True, for_agent=args.agent))


def _print(call: Call) -> int:
    """Print the board once."""
    from todo_tui.cli.list import emptiness, list_document

    board = call.read()
    if call.out.json:
        call.out.document(list_document(call, board, board.tasks))
        return OK
    columns = call.out.columns or columns_from(call.environ.get("COLUMNS")) or _COLUMNS
    call.out.lines(plain_board(board, call.now()), columns=columns)
    if not board.tasks:
        call.out.say(*emptiness(board))
    return OK


def plain_board(board: Board, now: datetime) -> Iterator[str]:
    """The board as lines: a section for each column, a row for each task."""
    from todo_tui.cli.as_text import task_rows

    for index, column in enumerate(board.columns):
        if index:
            yield ""
        yield f"{column.title} ({len(column.tasks)})"
        for row in task_rows(board, column.tasks, now):
            yield f"  {row}"


def open_board(call: Call, paths: tuple[str, ...], *, remember: bool = False) -> int:
    """Open the board in the terminal, for a person; the exit code when it is closed.

    ``remember``: the files, if they were named, are those of the next time in this directory.
    """
    from pathlib import Path

    from todo_tui.board.transition import Actor
    from todo_tui.storage.configuration import load
    from todo_tui.tui.app import run as run_board

    settings = load(call.environ)
    args = call.args
    name = (lambda: args.person) if args.person else default_person(os.path.dirname(paths[0]))
    named = remember and (args.paths or args.file is not None)
    code = run_board(
        tuple(map(Path, paths)),
        lambda: Actor(name(), human=True, for_agent=args.agent),
        settings,
        wait=args.wait,
        opened=(lambda: _remember(call, paths)) if named else None,
    )
    return BUG if code is None else code


def _remember(call: Call, paths: tuple[str, ...]) -> None:
    from todo_tui.storage.remembered import Remembered

    with contextlib.suppress(TodoError):  # it is a convenience, and the board opens without it
        Remembered(call.environ).remember_boards(call.directory, paths)


def default_person(directory: StrPath) -> Callable[[], str]:
    """Begin to ask who sits at the terminal; what is returned waits for the answer.

    It is git's user.name in ``directory``, else the login name.
    """
    import subprocess

    try:
        git = subprocess.Popen(
            ["git", "config", "user.name"],
            cwd=directory,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            errors="replace",
        )
    except OSError:
        return _login_name

    def answer() -> str:
        try:
            words = git.communicate(timeout=2)[0]
        except subprocess.TimeoutExpired:
            git.kill()
            git.communicate()
            return _login_name()
        return " ".join(words.split()) or _login_name()

    return answer


def _login_name() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "somebody"
