"""The command line as argparse reads it: the options that every command takes, and one parser.

Errors and help leave the parser as exceptions, so that ``main`` decides how they are said.
"""

from __future__ import annotations

import argparse

from todo_tui.errors import TodoError
from todo_tui.static import TYPE_CHECKING, Final, NoReturn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from todo_tui.board.commands import Option

VALUED: Final = frozenset({"--file", "--agent", "--as", "--wait"})
"""Options of every command that take a value; needed to find the command word behind them."""

WAIT: Final = 10.0
"""Seconds to wait for the lock where nothing else is said."""


# argparse asks for translations of its own headings. There are none, and to look for them takes
# longer than to parse.
setattr(argparse, "_", str)  # noqa: B010 - mypy knows no such name

_WIDTH: Final = 80
"""Cells of a line of help."""


class HelpAsked(Exception):  # noqa: N818 - asking for help is no error
    """The help that was asked for; its text is the argument."""


class Parser(argparse.ArgumentParser):
    """An argparse parser that raises instead of printing and exiting."""

    def read(self, words: Sequence[str]) -> argparse.Namespace:
        """Parse ``words``, options and positionals in any order.

        Raises TodoError (``usage``), and HelpAsked.
        """
        if not {"-h", "--help"}.isdisjoint(words):
            return self.parse_args(words)
        # Else the usage is composed for messages that this parser does not print.
        self.usage = argparse.SUPPRESS
        return self.parse_intermixed_args(words)

    def error(self, message: str) -> NoReturn:
        """Raise TodoError (``usage``)."""
        raise TodoError("usage", f"{message}: see {self.prog} --help")

    def print_help(self, file: object = None) -> None:  # noqa: ARG002 - argparse's contract
        """Raise HelpAsked."""
        raise HelpAsked(self.format_help())


def parser(prog: str, description: str, epilog: str | None = None) -> Parser:
    """A parser with the options of every command."""
    made = Parser(
        prog=prog,
        description=description,
        epilog=epilog,
        allow_abbrev=False,
        formatter_class=_formatter,
    )
    add_common(made)
    return made


def add_common(made: Parser) -> None:
    """Add the options of every command."""
    common = made.add_argument_group("options of every command")
    common.add_argument(
        "--file",
        metavar="PATH",
        help="the file; else TODO_TUI_FILE, else the nearest TODO.md up to the repository's root",
    )
    common.add_argument(
        "--agent",
        metavar="NAME",
        help="the agent that acts, or whose tasks are meant; else TODO_TUI_AGENT",
    )
    common.add_argument(
        "--as", dest="person", metavar="PERSON", help="the person who acts (with --agent: for it)"
    )
    common.add_argument("--json", action="store_true", help="one JSON document on stdout")
    common.add_argument(
        "--wait",
        type=seconds,
        default=WAIT,
        metavar="SECONDS",
        help=f"how long to wait for the lock (default {WAIT:g})",
    )


def add_options(made: Parser, options: Sequence[Option]) -> None:
    """Add the options of a command, from the table that the board's own line reads, too."""
    for option in options:
        if not option.metavar:
            made.add_argument(option.name, action="store_true", help=option.help)
            continue
        made.add_argument(
            option.name,
            action="append" if option.many else "store",
            metavar=option.metavar,
            help=option.help or None,
        )


def _formatter(prog: str) -> argparse.HelpFormatter:
    # argparse makes one for each argument, and without a width imports shutil to ask for it.
    return argparse.RawDescriptionHelpFormatter(prog, width=_WIDTH)


def seconds(text: str) -> float:
    """A number of seconds, not negative. Raises ArgumentTypeError."""
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value < float("inf"):
        raise argparse.ArgumentTypeError(f"not a number of seconds: {text!r}")
    return value


def wants_json(words: Sequence[str]) -> bool:
    """Whether ``--json`` is among the options, asked before they are parsed."""
    options = words[: words.index("--")] if "--" in words else words
    return "--json" in options
