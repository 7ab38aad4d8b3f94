"""``completion``: the script for a shell, and the answers that the script asks for.

A word from the file is offered only where it stands for itself in every shell.
"""

from __future__ import annotations

import os
import re
from argparse import SUPPRESS
from types import SimpleNamespace

from todo_tui.board.task import HELD, PRIORITIES
from todo_tui.board.workflow import STEPS, step
from todo_tui.cli.exit_code import OK
from todo_tui.cli.options import add_common
from todo_tui.cli.parser import Parser
from todo_tui.errors import TodoError
from todo_tui.shown import shown
from todo_tui.static import TYPE_CHECKING, Final, cast

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Mapping
    from typing import Protocol

    from todo_tui.board.board import Board
    from todo_tui.cli.call import Call
    from todo_tui.cli.options import Arguments

    class _Completed(Protocol):
        completer: object


_SHELLS: Final = ("bash", "zsh", "fish")
_PLAIN: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.@#+-]*")
_VERBS: Final = {found.verb: found for found in STEPS}


def add_arguments(parser: Arguments, command: str) -> None:  # noqa: ARG001
    """Add the shell."""
    parser.add_argument("shell", choices=_SHELLS, help="bash, zsh or fish")


def run(call: Call) -> int:
    """Print the shell's script."""
    from argcomplete.shell_integration import shellcode

    script = shellcode(["todo-tui"], shell=call.args.shell)
    if call.out.json:
        call.out.document({"shell": call.args.shell, "script": script})
    else:
        call.out.script(script)
    return OK


def complete() -> None:
    """Answer the shell's question, which stands in the environment, and end the process."""
    import argcomplete

    argcomplete.autocomplete(_whole_parser(), always_complete_options="long")


def _whole_parser() -> Parser:
    """All commands in one parser, each argument with what completes it."""
    from todo_tui.cli.main import COMMANDS, command_module

    whole = Parser(prog="todo-tui")
    add_common(whole)
    _attach(whole, "board")
    commands = whole.add_subparsers(dest="command")
    for name, command in COMMANDS.items():
        sub = commands.add_parser(name, help=command.help)
        add_common(sub)
        command_module(name).add_arguments(sub, name)
        for action in sub._actions:
            # What stands before the command word must not be set back to nothing behind it.
            action.default = SUPPRESS
        _attach(sub, name)
    return whole


def _attach(parser: Parser, command: str) -> None:
    for action in parser._actions:
        words = _WORDS.get(str(action.metavar))
        if words is not None:
            cast("_Completed", action).completer = _completer(words, command)


def _completer(
    words: Callable[[Board, str], Mapping[str, str]], command: str
) -> Callable[..., Mapping[str, str]]:
    """What argcomplete asks for the words that may stand here, each with what it is."""

    def completer(*, parsed_args: Namespace, **_: object) -> Mapping[str, str]:
        try:
            board = _board(parsed_args)
        except (TodoError, OSError):
            return {}
        found = words(board, command)
        return {word: shown(note) for word, note in found.items() if _PLAIN.fullmatch(word)}

    return completer


def _board(args: Namespace) -> Board:
    from todo_tui.cli.call import Call
    from todo_tui.cli.output import Output

    return (
        Call("list", SimpleNamespace(**vars(args)), Output(json=False), os.environ, os.getcwd())
        .file()
        .read()
        .board
    )


def _tasks(board: Board, command: str) -> Mapping[str, str]:
    """The tasks that the command could act on."""
    verb = _VERBS.get(command)  # type: ignore[call-overload]
    return {
        task.ref: task.title
        for task in board.tasks
        if verb is None or step(verb.verb, task.status) is not None
    }


def _agents(board: Board, _: str) -> Mapping[str, str]:
    names: dict[str, str] = {}
    for task in board.tasks:
        for name in (task.assigned_agent, task.holder):
            if name is not None:
                names.setdefault(name, "")
                if task.status in HELD:
                    names[name] = task.ref
    return names


def _statuses(board: Board, _: str) -> Mapping[str, str]:
    return {status: f"{count} tasks" for status, count in board.counts().items()}


def _priorities(_: Board, __: str) -> Mapping[str, str]:
    return dict.fromkeys(PRIORITIES, "")


def _groups(board: Board, _: str) -> Mapping[str, str]:
    return {group.id: group.title for group in board.groups}


_WORDS: Final = {
    "ID": _tasks,
    "NAME": _agents,
    "AGENT": _agents,
    "S": _statuses,
    "P": _priorities,
    "GROUP": _groups,
}
"""What completes an argument, by the word that stands for it in the help."""
