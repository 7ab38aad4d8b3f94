"""The command line as argparse reads it: what is no plain line, what is wrong, and help.

Errors and help leave the parser as exceptions, so that ``main`` decides how they are said.
"""

from __future__ import annotations

import argparse
from types import SimpleNamespace

from todo_tui.cli.options import HelpAsked, add_common, filter_word
from todo_tui.errors import TodoError
from todo_tui.static import TYPE_CHECKING, Any, Final, NoReturn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from todo_tui.cli.wrong_words import Form

# argparse asks for translations of its own headings. There are none, and to look for them takes
# longer than to parse.
setattr(argparse, "_", str)  # noqa: B010 - mypy knows no such name

_WIDTH: Final = 80
"""Cells of a line of help."""

_TEXT: Final = "\0"
"""Stands before a word that is text although it begins as an option: no argument holds a NUL.

argparse has no other way to be told so that is the same in all its versions.
"""


class Parser(argparse.ArgumentParser):
    """An argparse parser that raises instead of printing and exiting."""

    _said: Sequence[str] = ()
    """The words before ``--``, as they were given."""

    def read(self, words: Sequence[str]) -> SimpleNamespace:
        """Parse ``words``, options and positionals in any order; behind ``--`` all is text.

        Raises TodoError (``usage``), and HelpAsked.
        """
        end = words.index("--") if "--" in words else len(words)
        options, texts = words[:end], words[end + 1 :]
        self._said = options
        marked = [
            _TEXT + word if self._is_text(word, before) else word
            for before, word in zip(("", *options), options, strict=False)
        ]
        if texts:
            marked += ["--", *(_TEXT + word if word.startswith("-") else word for word in texts)]
        if not {"-h", "--help"}.isdisjoint(options):
            return self.parse_args(marked, SimpleNamespace())
        # Else the usage is composed for messages that this parser does not print.
        self.usage = argparse.SUPPRESS
        found, left = self.parse_known_intermixed_args(marked, SimpleNamespace())
        if left:
            from todo_tui.cli.wrong_words import left_over

            rest = [word.removeprefix(_TEXT) for word in left]
            raise TodoError("usage", left_over(self._form, rest, texts))
        return found

    def _is_text(self, word: str, before: str) -> bool:
        """Whether ``word`` is of a filter and says not, and nobody can have meant an option.

        One that could be a long option with a dash too few (``-ready``) is refused.
        """
        known = self._option_string_actions
        if not word.startswith("-") or word.startswith("--") or word in known:
            return False
        if before in known and known[before].nargs != 0:
            return False  # it stands where an option's value is missing
        if f"-{word.partition('=')[0]}" in known:
            return False
        return any(action.type is filter_word for action in self._get_positional_actions())

    def _get_value(self, action: argparse.Action, arg_string: str) -> Any:
        return super()._get_value(action, arg_string.removeprefix(_TEXT))

    def error(self, message: str) -> NoReturn:
        """Raise TodoError (``usage``)."""
        from todo_tui.cli.wrong_words import refused

        raise TodoError("usage", refused(self._form, message.replace(_TEXT, ""), self._said))

    @property
    def _form(self) -> Form:
        from todo_tui.cli.wrong_words import Form

        options = [name for name in self._option_string_actions if name.startswith("--")]
        arguments = self._get_positional_actions()
        names = [str(each.metavar or each.dest.upper()) for each in arguments]
        return Form(self.prog.removeprefix("todo-tui "), tuple(options), tuple(names))

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
