"""The ``todo-tui`` program: finds the command, calls it, and says what went wrong.

Imports nothing heavy: a command's module is imported when it is called. Must not know what a
command does.
"""

from __future__ import annotations

import gc
import os
import sys

from todo_tui.board.commands import COMMANDS as TASKS
from todo_tui.cli import exit_code
from todo_tui.cli.call import Call
from todo_tui.cli.options import VALUED, HelpAsked, add_common, wants_json
from todo_tui.cli.output import Output
from todo_tui.cli.plain_words import PlainWords
from todo_tui.errors import TodoError
from todo_tui.named_tuple import NamedTuple
from todo_tui.static import TYPE_CHECKING, Final, cast

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import SimpleNamespace
    from typing import Protocol

    from todo_tui.cli.options import Arguments
    from todo_tui.cli.parser import Parser

    class CommandModule(Protocol):
        """What each module of COMMANDS offers."""

        def add_arguments(self, parser: Arguments, command: str) -> None:
            """Add the arguments of ``command`` to its parser."""

        def run(self, call: Call) -> int:
            """Do it; the exit code. Raises TodoError."""


class Command(NamedTuple):
    """A command's module in this folder, and what it does in a line."""

    module: str
    help: str


COMMANDS: Final = {
    "board": Command("board", "the board; as plain text where stdout is no terminal"),
    "list": Command("list", "tasks, a line each"),
    "show": Command("show", "one task whole, with its history"),
    "next": Command("next", "what claim --next would take"),
    "add": Command("add", TASKS["add"].help),
    "claim": Command("transitions", TASKS["claim"].help),
    "start": Command("transitions", TASKS["start"].help),
    "done": Command("transitions", TASKS["done"].help),
    "release": Command("transitions", TASKS["release"].help),
    "block": Command("transitions", TASKS["block"].help),
    "unblock": Command("transitions", TASKS["unblock"].help),
    "reopen": Command("transitions", TASKS["reopen"].help),
    "note": Command("note", TASKS["note"].help),
    "edit": Command("edit", TASKS["edit"].help),
    "history": Command("history", "the session history, oldest first"),
    "check": Command("check", "every fault with its place; exit 1 where there is one"),
    "watch": Command("watch", "one line for each change, as it happens"),
    "log": Command("log", "what happened: journal, session history and git"),
    "stale": Command("stale", "tasks that were left too long, and the evidence"),
    "undo": Command("undo", "take back the last thing that I did"),
    "status": Command("status", "one line for a prompt or a status bar"),
    "init": Command("init", "write a TODO.md to begin with"),
    "demo": Command("demo", "a live board with simulated agents on a throw-away file"),
    "completion": Command("completion", "the completion script of a shell"),
}

_LASTING: Final = frozenset({"board", "watch", "demo"})
"""Commands that go on until they are stopped; all others end with their memory."""


def main(words: Sequence[str]) -> int:
    """Run the program on ``words``; its exit code."""
    if "_ARGCOMPLETE" in os.environ:
        from todo_tui.cli.completion import complete

        complete()
    out = Output(json=wants_json(words))
    try:
        code = _guarded(words, out)
        out.flush()
    except BrokenPipeError:
        _silence_stdout()
        return exit_code.BROKEN_PIPE
    except KeyboardInterrupt:
        return exit_code.INTERRUPTED
    except OSError as error:
        _silence_stdout()
        lead = "what was asked for is done; only the answer could not be written: "
        out.say(f"todo-tui: {lead if out.done else ''}{error.strerror or error}")
        return exit_code.INPUT_OUTPUT
    return code


def _guarded(words: Sequence[str], out: Output) -> int:
    try:
        return _run(words, out)
    except HelpAsked as asked:
        out.script(str(asked))
        return exit_code.OK
    except TodoError as error:
        return out.fail(error)
    except (OSError, KeyboardInterrupt):
        raise
    except Exception:  # noqa: BLE001 - a defect; exit code 1 would say that faults were found
        import traceback

        out.say(*traceback.format_exc().split("\n"))
        return exit_code.BUG


def _run(words: Sequence[str], out: Output) -> int:
    name, rest = command_word(words)
    args = _read(name, rest)
    if name is None and args.version:
        from todo_tui import __version__

        out.script(f"todo-tui {__version__}")
        return exit_code.OK
    name = name or "board"
    if name in _LASTING:
        gc.enable()
    call = Call(name, args, out, os.environ, _directory())
    try:
        return command_module(name).run(call)
    except TodoError as error:
        error.legal = tuple(_as_called(command, args) for command in error.legal)
        raise


def _read(name: str | None, words: Sequence[str]) -> SimpleNamespace:
    """The arguments of a command (None: the board). Raises TodoError ``usage``, and HelpAsked."""
    plain = PlainWords()
    add_common(plain)
    _add_arguments(plain, name)
    return plain.read(words) or command_parser(name).read(words)


def _add_arguments(to: Arguments, name: str | None) -> None:
    command_module(name or "board").add_arguments(to, name or "board")
    if name is None:
        to.add_argument("--version", action="store_true", help="the version of the program")


def _as_called(command: str, args: SimpleNamespace) -> str:
    """``command`` by the same person or agent, on the same file, where these were said."""
    from shlex import quote

    flags = (("--file", args.file), ("--as", args.person), ("--agent", args.agent))
    said = [
        f"{flag}{'=' if value.startswith('-') else ' '}{quote(value)}"
        for flag, value in flags
        if value and f" {flag} " not in command
    ]
    return " ".join((command, *said))


def command_word(words: Sequence[str]) -> tuple[str | None, list[str]]:
    """The command among the words, and the words without it; None: the board, of a file perhaps.

    It is the first word that is no option and no option's value. Raises TodoError (``usage``) for
    a word that is neither a command nor a path.
    """
    index = 0
    while index < len(words) and words[index].startswith("-") and words[index] not in {"-", "--"}:
        index += 2 if words[index] in VALUED else 1
    if index >= len(words):
        return None, list(words)
    if words[index] == "--":
        return None, list(words)
    word = words[index]
    if word in COMMANDS:
        return word, [*words[:index], *words[index + 1 :]]
    if _is_path(word):
        return None, list(words)
    from todo_tui.cli.wrong_words import no_command

    raise TodoError("usage", no_command(word, COMMANDS))


def command_parser(name: str | None) -> Parser:
    """argparse's parser of one command; None: of the program itself, which opens the board."""
    from todo_tui.cli.parser import parser

    program, epilog = (f"todo-tui {name}", None) if name else ("todo-tui", _epilog())
    made = parser(program, COMMANDS[name or "board"].help, epilog)
    _add_arguments(made, name)
    return made


def _epilog() -> str:
    from todo_tui.cli.help_text import epilog

    return epilog((name, command.help) for name, command in COMMANDS.items())


def command_module(name: str) -> CommandModule:
    """The module of a command, imported now."""
    # As importlib does, which takes as long to load as the module.
    return cast("CommandModule", __import__(f"todo_tui.cli.{COMMANDS[name].module}", fromlist="*"))


def _directory() -> str:
    try:
        return os.getcwd()
    except FileNotFoundError as error:
        raise TodoError("no_file", "the working directory is no more") from error


def _is_path(word: str) -> bool:
    return os.sep in word or word.lower().endswith(".md") or os.path.exists(word)


def _silence_stdout() -> None:
    """Let the interpreter's last flush go nowhere, where the reader of stdout has gone."""
    if sys.stdout is None:
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
