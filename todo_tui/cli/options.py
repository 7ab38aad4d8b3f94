"""The options that every command takes, and how those of a table are added to a parser.

Imports no parser: the plain command line is read without one (``plain_words``).
"""

from __future__ import annotations

from todo_tui.static import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Protocol

    from todo_tui.board.commands import Option

    class Arguments(Protocol):
        """Where arguments and options are added: argparse's parser, or what stands for it."""

        def add_argument(
            self,
            name: str,
            /,
            *,
            action: str = ...,
            nargs: str | None = ...,
            default: Any = ...,
            type: Callable[[str], Any] = ...,  # noqa: A002 - argparse's contract
            choices: Sequence[Any] | None = ...,
            dest: str | None = ...,
            metavar: str | None = ...,
            help: str | None = ...,  # noqa: A002 - argparse's contract
        ) -> object:
            """Add one."""


VALUED: Final = frozenset({"--file", "--agent", "--as", "--wait"})
"""Options of every command that take a value; needed to find the command word behind them."""

WAIT: Final = 10.0
"""Seconds to wait for the lock where nothing else is said."""


class HelpAsked(Exception):  # noqa: N818 - asking for help is no error
    """The help that was asked for; its text is the argument."""


def add_common(made: Arguments) -> None:
    """Add the options of every command."""
    made.add_argument(
        "--file",
        metavar="PATH",
        help="the file; else TODO_TUI_FILE, else the nearest TODO.md up to the repository's root",
    )
    made.add_argument(
        "--agent",
        metavar="NAME",
        help="the agent that acts, or whose tasks are meant; else TODO_TUI_AGENT",
    )
    made.add_argument(
        "--as", dest="person", metavar="PERSON", help="the person who acts (with --agent: for it)"
    )
    made.add_argument("--json", action="store_true", help="one JSON document on stdout")
    made.add_argument(
        "--wait",
        type=seconds,
        default=WAIT,
        metavar="SECONDS",
        help=f"how long to wait for the lock (default {WAIT:g})",
    )


def add_options(made: Arguments, options: Sequence[Option]) -> None:
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


def seconds(text: str) -> float:
    """A number of seconds, not negative. Raises ValueError."""
    value = float(text)
    if not 0 <= value < float("inf"):
        raise ValueError(text)
    return value


def filter_word(text: str) -> str:
    """A word of a filter: an argument of this type may begin with a ``-``, which means not."""
    return text


def wants_json(words: Sequence[str]) -> bool:
    """Whether ``--json`` is among the options, asked before they are parsed."""
    options = words[: words.index("--")] if "--" in words else words
    return "--json" in options
