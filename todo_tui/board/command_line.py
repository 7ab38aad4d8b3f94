"""A line of the board's own command line: split into words, read as a command, completed.

Owns the grammar: the command, then arguments and options in any order; ``"…"`` and ``'…'`` hold
blanks; the last argument of a command takes all words that are left, so that a title needs no
quotes; an id may be left out, and ``.`` stands for it, where a task is selected. Must not do
anything, or know a screen.
"""

from __future__ import annotations

from difflib import get_close_matches

from todo_tui.board.task import PRIORITIES, bare_name
from todo_tui.board.workflow import STEPS, step
from todo_tui.document.span import Span
from todo_tui.named_tuple import NamedTuple
from todo_tui.static import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from todo_tui.board.board import Board
    from todo_tui.board.commands import Command, Option

MOST: Final = 50
"""So many candidates are offered at most."""

RAW: Final = "LINE"
"""The argument that is the rest of the line as it was typed."""

_QUOTES: Final = frozenset("\"'")
_REST: Final = frozenset({"TEXT", "TITLE", RAW})


class Word(NamedTuple):
    """A word and where it stands; ``quoted``: some of it was in quotes."""

    text: str
    span: Span
    quoted: bool = False


class Said(NamedTuple):
    """A command and its arguments and options by name; None for what was not given."""

    command: Command
    values: dict[str, Any]


class Unread(NamedTuple):
    """Why a line is no command, and where."""

    words: str
    at: int


class Offer(NamedTuple):
    """What could replace ``span`` of the line; the candidates hold text from the file."""

    span: Span
    candidates: tuple[str, ...]


def split(line: str) -> list[Word]:
    """The words of a line. A quote that is not closed holds the rest."""
    found: list[Word] = []
    at = 0
    while at < len(line):
        if line[at].isspace():
            at += 1
            continue
        start, text, quote, quoted = at, "", "", False
        while at < len(line) and (quote or not line[at].isspace()):
            character = line[at]
            if quote and character == quote:
                quote = ""
            elif not quote and character in _QUOTES and at == start:
                quote, quoted = character, True
            else:
                text += character
            at += 1
        found.append(Word(text, Span(start, at), quoted))
    return found


def parse(line: str, commands: Mapping[str, Command], *, selected: str | None) -> Said | Unread:
    """The command that a line says. ``selected`` is the task that is meant where none is named."""
    words = split(line)
    if not words:
        return Unread("type a command; Tab shows which there are", 0)
    name, rest = words[0], words[1:]
    command = commands.get(name.text)
    if command is None:
        close = get_close_matches(name.text, commands, n=1)
        meant = f": did you mean {close[0]}?" if close else "; Tab shows which there are"
        return Unread(f"there is no command {name.text}{meant}", name.span.start)
    if command.words == (RAW,):
        return Said(command, {"line": line[name.span.stop :].strip()})
    values: dict[str, Any] = {}
    plain: list[Word] = []
    while rest:
        word, *rest = rest
        if not word.text.startswith("--"):
            plain.append(word)
            continue
        option = next((each for each in command.options if each.name == word.text), None)
        if option is None:
            return Unread(_no_option(command, word.text), word.span.start)
        if not option.metavar:
            values[option.dest] = True
        elif not rest:
            return Unread(f"{option.name} what? {option.help}".rstrip(), word.span.stop)
        else:
            taken = _taken(option, rest, command)
            text = " ".join(each.text for each in taken)
            rest = rest[len(taken) :]
            values[option.dest] = [*values.get(option.dest, ()), text] if option.many else text
    return _arguments(command, values, plain, selected, len(line))


def _taken(option: Option, rest: Sequence[Word], command: Command) -> Sequence[Word]:
    """The words of an option's value: a text takes all up to the next option."""
    takes_text = option.metavar == "TEXT" and not any(each in _REST for each in command.words)
    if not takes_text or rest[0].quoted:
        return rest[:1]
    end = next((at for at, each in enumerate(rest) if at and each.text.startswith("--")), len(rest))
    return rest[:end]


def _arguments(
    command: Command,
    values: dict[str, Any],
    plain: Sequence[Word],
    selected: str | None,
    end: int,
) -> Said | Unread:
    left = list(plain)
    for place in command.words:
        dest = place.lower()
        if place in _REST:
            if left:
                values[dest] = " ".join(word.text for word in left)
                left = []
            else:
                return Unread(f"{command.name} what? {usage(command)}", end)
        elif left:
            word = left.pop(0)
            values[dest] = selected if word.text == "." else word.text
        else:
            values[dest] = selected if place == "ID" and not values.get("next") else None
        if place == "ID" and values.get(dest) is None and not values.get("next"):
            return Unread(f"{command.name} what? No task is selected: {usage(command)}", end)
    if left:
        return Unread(f"{left[0].text} is too much: {usage(command)}", left[0].span.start)
    return Said(command, values)


def usage(command: Command) -> str:
    """How a command is written: ``release ID --reason TEXT``."""
    options = [f"[{option.name} {option.metavar}".rstrip() + "]" for option in command.options]
    written = " ".join([command.name, *command.words, *options])
    # Where an id stands alone it may be left out; before a text a point has to stand for it.
    named = "ID" in command.words and not _REST.isdisjoint(command.words)
    return f"{written}   . is the selected task" if named else written


def completion(
    line: str,
    cursor: int,
    commands: Mapping[str, Command],
    candidates: Callable[[str, str], Iterable[str]],
) -> Offer:
    """What could stand where ``cursor`` (characters) is, beginning as the word there does.

    ``candidates`` says what could be an argument: of a command, for its word in the table.
    """
    line = line[:cursor]
    words = split(line)
    if not words or words[-1].span.stop < cursor:
        words.append(Word("", Span(cursor, cursor)))
    *before, word = words
    if not before:
        return _offer(word, commands)
    command = commands.get(before[0].text)
    if command is None:
        return Offer(word.span, ())
    if word.text.startswith("--"):
        given = {each.text for each in before}
        names = [each.name for each in command.options if each.many or each.name not in given]
        return _offer(word, names)
    option = next((each for each in command.options if each.name == before[-1].text), None)
    if option is not None and option.metavar:
        return _offer(word, candidates(command.name, option.metavar))
    number = sum(not each.text.startswith("--") for each in before[1:])
    if number < len(command.words) and command.words[number] not in _REST - {RAW}:
        return _offer(word, candidates(command.name, command.words[number]))
    return Offer(word.span, ())


def of_board(board: Board, command: str, place: str) -> list[str]:
    """What of a board could stand for ``ID``, ``P``, ``AGENT`` or ``GROUP`` of a command."""
    match place:
        case "ID":
            verb = next((each.verb for each in STEPS if each.verb == command), None)
            return [
                task.ref
                for task in board.tasks
                if verb is None or step(verb, task.status) is not None
            ]
        case "P":
            return list(PRIORITIES)
        case "AGENT":
            names = (
                name for task in board.tasks for name in (task.assigned_agent, task.holder) if name
            )
            return list(dict.fromkeys(bare_name(name) for name in names))
        case "GROUP":
            return [group.id for group in board.groups]
    return []


def _offer(word: Word, names: Iterable[str]) -> Offer:
    typed = word.text.lower()
    found = [
        f'"{name}"' if any(map(str.isspace, name)) else name
        for name in names
        if name.lower().startswith(typed) and '"' not in name
    ]
    return Offer(word.span, tuple(found)[:MOST])


def _no_option(command: Command, name: str) -> str:
    known = [option.name for option in command.options]
    if not known:
        return f"{command.name} takes no option: {usage(command)}"
    close = get_close_matches(name, known, n=1)
    meant = f"did you mean {close[0]}?" if close else f"it takes {', '.join(known)}"
    return f"{command.name} has no option {name}: {meant}"
