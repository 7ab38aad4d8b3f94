"""The plain command line, read for little: known options in full, their values, and arguments.

argparse is the authority: whatever is not plainly right is left to it, so that one program says
what is wrong, and in one way. To load and fill it takes longer than to read a file.
"""

from __future__ import annotations

from types import SimpleNamespace

from todo_tui.named_tuple import NamedTuple
from todo_tui.static import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Sequence


class _Argument(NamedTuple):
    """What is known of an argument or an option; ``action``, ``nargs``: as argparse has them."""

    dest: str
    action: str
    nargs: str | None
    default: Any
    type: Callable[[str], Any] | None
    choices: Container[Any] | None

    def value(self, word: str) -> Any:
        """What ``word`` means here. Raises ValueError where it means nothing."""
        value = word if self.type is None else self.type(word)
        if self.choices is not None and value not in self.choices:
            raise ValueError(word)
        return value


class PlainWords:
    """The arguments of one command, which are added as to a parser of argparse."""

    def __init__(self) -> None:
        self._options: dict[str, _Argument] = {}
        self._arguments: list[_Argument] = []

    def add_argument(
        self,
        name: str,
        /,
        *,
        action: str = "store",
        nargs: str | None = None,
        default: Any = None,
        type: Callable[[str], Any] | None = None,  # noqa: A002 - argparse's contract
        choices: Container[Any] | None = None,
        dest: str | None = None,
        metavar: str | None = None,  # noqa: ARG002 - argparse's contract
        help: str | None = None,  # noqa: A002, ARG002 - argparse's contract
    ) -> None:
        """Add an option, or an argument where ``name`` has no dashes."""
        if dest is None:
            dest = name.lstrip("-").replace("-", "_") if name.startswith("-") else name
        if action == "store_true":
            default = False
        found = _Argument(dest, action, nargs, default, type, choices)
        if name.startswith("-"):
            self._options[name] = found
        else:
            self._arguments.append(found)

    def read(self, words: Sequence[str]) -> SimpleNamespace | None:
        """What argparse would make of ``words``; None where it is to be asked."""
        values = {it.dest: it.default for it in self._options.values()}
        rest: list[str] = []
        try:
            at = 0
            while at < len(words):
                word = words[at]
                at += 1
                if not word.startswith("-"):
                    rest.append(word)
                    continue
                option = self._options[word]
                if option.action == "store_true":
                    values[option.dest] = True
                    continue
                given = words[at]
                if given.startswith("-"):
                    return None
                at += 1
                if option.action == "append":
                    values[option.dest] = [*(values[option.dest] or ()), option.value(given)]
                else:
                    values[option.dest] = option.value(given)
            return SimpleNamespace(**values, **self._placed(rest))
        # An option that is not known, one without its value, and a value that means nothing.
        except (LookupError, ValueError):
            return None

    def _placed(self, words: list[str]) -> dict[str, Any]:
        """The arguments' values. Raises ValueError where there are not as many as are taken."""
        values: dict[str, Any] = {}
        for argument in self._arguments:
            if argument.nargs == "*":
                values[argument.dest], words = [argument.value(word) for word in words], []
            elif words:
                values[argument.dest], words = argument.value(words[0]), words[1:]
            elif argument.nargs == "?":
                values[argument.dest] = argument.default
            else:
                raise ValueError(argument.dest)
        if words:
            raise ValueError(words[0])
        return values
