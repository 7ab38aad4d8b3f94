"""What is wrong with a command line, and how it is written instead.

Owns the words. Must not find out what is wrong: which words are left over, and what is missing, is
the parser's to say. Loaded only for a line that was refused.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from shlex import quote

from todo_tui.cli.options import VALUED
from todo_tui.named_tuple import NamedTuple
from todo_tui.static import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_COMMON: Final = VALUED | {"--json", "--help"}

_SYNONYMS: Final = {
    "assign": "edit", "close": "done", "comment": "note", "complete": "done", "completed": "done",
    "create": "add", "find": "list", "finish": "done", "finished": "done", "follow": "watch",
    "get": "show", "ls": "list", "new": "add", "pick": "claim", "resolve": "done",
    "search": "list", "tail": "watch", "take": "claim", "unclaim": "release", "update": "edit",
    "view": "show",
}  # fmt: skip
"""What other programs call a command, where its letters would lead to another one or to none."""

_NEAR: Final = 0.65
"""How much of two words is the same where one can be a slip for the other."""

_NEAR_OPTION: Final = 0.75
"""The same for options, which are alike: --parent is no slip for --agent."""

_VALUE_MISSING: Final = re.compile(r"argument (--\S+): expected one argument")


class Form(NamedTuple):
    """A command as it can be written: its name, all its long options, its arguments' names."""

    name: str
    options: tuple[str, ...]
    arguments: tuple[str, ...]


def no_command(word: str, commands: Iterable[str]) -> str:
    """Why ``word`` opens nothing, and which command may be meant."""
    near = get_close_matches(word, commands, n=1, cutoff=_NEAR)
    meant = _SYNONYMS.get(word.lower(), near[0] if near else None)
    hint = f"did you mean {meant}?" if meant else "see todo-tui --help"
    return f"{word} is no command and no file: {hint}"


def left_over(form: Form, words: Sequence[str], behind: Sequence[str]) -> str:
    """What is wrong where ``words`` are left over, of which ``behind`` stood behind ``--``."""
    before = [word for word in words if word not in behind]
    word = next((word for word in before if _is_option(word)), words[0])
    if word in before and _is_option(word):
        return _unknown(form, word)
    if word in form.options:
        return f"{word} stands behind --, where all is text: give options before it"
    last = form.arguments[-1] if form.arguments else None
    said = next((option for option in ("--reason", "--note") if option in form.options), None)
    if last in {"TITLE", "TEXT"}:
        hint = f"a {last} of several words goes into quotes"
    elif word.lower().endswith(".md"):
        hint = f"a file is named with --file {quote(word)}"
    elif last is None:
        hint = f"{form.name} takes options only"
    else:
        hint = f"{form.name} takes one {last}" + (f", and a text behind {said}" if said else "")
    return f"{word} is too much: {hint}, see {_help(form)}"


def refused(form: Form, message: str, words: Sequence[str]) -> str:
    """The parser's ``message`` about a line whose words before ``--`` are ``words``."""
    if found := _VALUE_MISSING.search(message):
        option = found[1]
        for at, word in enumerate(words[:-1]):
            if word == option and _is_option(words[at + 1]) and words[at + 1] not in form.options:
                instead = quote(f"{option}={words[at + 1]}")
                return f"{message}: a value that begins with - is written {instead}"
    strange = [word for word in words if _is_option(word) and _name(word) not in form.options]
    if "are required" in message and strange:
        return _unknown(form, strange[0])
    return f"{message}: see {_help(form)}"


def _unknown(form: Form, word: str) -> str:
    name = _name(word)
    if meant := _meant(name, form.options):
        hint = f"did you mean {meant}?"
    elif name == "--status":
        verbs = "claim, start, done, release, block, unblock and reopen"
        hint = f"{verbs} change it, see {_help(form)}"
    else:
        own = ", ".join(option for option in form.options if option not in _COMMON)
        takes = f"it takes {own}, " if own and name.startswith("--") else ""
        hint = f"{takes}see {_help(form)}"
    if form.arguments and not name.startswith("--"):
        hint += ". What is text although it begins with - goes behind --"
    return f"{form.name} has no option {name}: {hint}".replace("?. ", "? ")


def _meant(name: str, options: Iterable[str]) -> str | None:
    bare = name.lstrip("-")
    names = {option.removeprefix("--"): option for option in options}
    begun = [option for option in names if bare and option.startswith(bare)]
    near = begun if len(bare) > 1 else []
    near = near or get_close_matches(bare, names, n=1, cutoff=_NEAR_OPTION)
    return names[near[0]] if near else None


def _is_option(word: str) -> bool:
    return word.startswith("-") and word not in {"-", "--"} and " " not in word


def _name(word: str) -> str:
    return word.partition("=")[0]


def _help(form: Form) -> str:
    return "todo-tui --help" if form.name == "todo-tui" else f"todo-tui {form.name} --help"
