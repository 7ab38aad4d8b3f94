"""The command line as argparse reads it: what is no plain line, what is wrong, and help.

Errors and help leave the parser as exceptions, so that ``main`` decides how they are said.
"""

from __future__ import annotations

import argparse
from types import SimpleNamespace

from todo_tui.cli.options import HelpAsked, add_common
from todo_tui.errors import TodoError
from todo_tui.static import TYPE_CHECKING, Final, NoReturn

if TYPE_CHECKING:
    from collections.abc import Sequence

# argparse asks for translations of its own headings. There are none, and to look for them takes
# longer than to parse.
setattr(argparse, "_", str)  # noqa: B010 - mypy knows no such name

_WIDTH: Final = 80
"""Cells of a line of help."""


class Parser(argparse.ArgumentParser):
    """An argparse parser that raises instead of printing and exiting."""

    def read(self, words: Sequence[str]) -> SimpleNamespace:
        """Parse ``words``, options and positionals in any order.

        Raises TodoError (``usage``), and HelpAsked.
        """
        if not {"-h", "--help"}.isdisjoint(words):
            return self.parse_args(words, SimpleNamespace())
        # Else the usage is composed for messages that this parser does not print.
        self.usage = argparse.SUPPRESS
        return self.parse_intermixed_args(words, SimpleNamespace())

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
    add_common(made.add_argument_group("options of every command"))
    return made


def _formatter(prog: str) -> argparse.HelpFormatter:
    # argparse makes one for each argument, and without a width imports shutil to ask for it.
    return argparse.RawDescriptionHelpFormatter(prog, width=_WIDTH)
