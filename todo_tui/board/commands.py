"""The commands that change tasks, as words: one table for the shell and for the board's own line.

Owns their names, arguments and options, and which request each is. Imports nothing heavy at its
top, since the program reads the table at each start. Must not know how a line is split into words.
"""

from __future__ import annotations

from todo_tui.errors import TodoError
from todo_tui.named_tuple import NamedTuple
from todo_tui.static import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from todo_tui.board.request import Actor, Draft, Transition


class Option(NamedTuple):
    """An option: ``name`` with its dashes, what stands for its value, and what it does.

    ``metavar`` "" is a switch. ``many``: it may be given several times. ``dest`` is the name of
    its value.
    """

    name: str
    metavar: str
    help: str = ""
    many: bool = False

    @property
    def dest(self) -> str:
        """The name of its value: ``depends_on``."""
        return self.name.removeprefix("--").replace("-", "_")


class Command(NamedTuple):
    """A command: what it does in a line, what it is given, and its options.

    ``words`` are what stands for its arguments: ``ID``, ``TITLE``, ``TEXT``.
    """

    name: str
    help: str
    words: tuple[str, ...] = ("ID",)
    options: tuple[Option, ...] = ()


_REASON: Final = Option("--reason", "TEXT", "why, for the history")
_DEPENDS: Final = "depends on this task; repeatable"

COMMANDS: Final[Mapping[str, Command]] = {
    command.name: command
    for command in (
        Command("claim", "claim a task before any work on it (todo -> claimed)", options=(
            Option("--next", "", "the best task that is ready, and for me or nobody"),)),
        Command("start", "start a claimed task (claimed -> in_progress)"),
        Command("done", "finish a task (in_progress -> done)", options=(
            Option("--note", "TEXT", "what was done, for the history"),)),
        Command("release", "give a task back (claimed, in_progress -> todo)", options=(_REASON,)),
        Command("block", "set a task aside (claimed, in_progress -> blocked)", options=(_REASON,)),
        Command("unblock", "give a blocked task back (blocked -> todo)"),
        Command("reopen", "open a finished task again (done -> todo)", options=(_REASON,)),
        Command("note", "a session history line about a task", ("ID", "TEXT")),
        Command("add", "a new task, or many at once", ("TITLE",), (
            Option("--priority", "P", "medium where none is given"),
            Option("--assign", "AGENT", "for whom the task is"),
            Option("--id", "NEW", "else the next number of the neighbour's kind"),
            Option("--under", "GROUP", "the group that it belongs to"),
            Option("--description", "TEXT"),
            Option("--depends-on", "ID", _DEPENDS, many=True),
        )),
        Command("edit", "change single fields of a task", options=(
            Option("--title", "TEXT"),
            Option("--priority", "P", "none takes it away"),
            Option("--assign", "AGENT", "for whom the task is"),
            Option("--unassign", "", "the task is for nobody"),
            Option("--depends-on", "ID", f'{_DEPENDS}, replaces all; "" for none', many=True),
            Option("--description", "TEXT"),
        )),
    )
}  # fmt: skip


def request(command: str, values: Mapping[str, Any], by: Actor) -> Transition:
    """What ``command`` asks for. ``values`` are its arguments and options by name; None: not given.

    Raises TodoError (``usage``) for what is missing, or cannot be together.
    """
    from todo_tui.board import request as requests

    ref = values.get("id")
    match command:
        case "claim" if values.get("next"):
            if ref is not None:
                raise TodoError("usage", "claim takes an ID or --next, not both")
            return requests.ClaimNext(by)
        case "claim":
            if ref is None:
                raise TodoError("usage", "claim what? give an ID, or --next")
            return requests.Claim(ref, by)
        case "start":
            return requests.Start(ref or _missing(command), by)
        case "done":
            return requests.Finish(ref or _missing(command), by, note=values.get("note"))
        case "release":
            return requests.Release(ref or _missing(command), by, reason=values.get("reason"))
        case "block":
            return requests.Block(ref or _missing(command), by, reason=values.get("reason"))
        case "unblock":
            return requests.Unblock(ref or _missing(command), by)
        case "reopen":
            return requests.Reopen(ref or _missing(command), by, reason=values.get("reason"))
        case "note":
            return requests.Note(ref or _missing(command), by, values["text"])
        case "add":
            if values.get("title") is None:
                raise TodoError("usage", "add what? give a TITLE, or --batch FILE")
            return requests.Add((draft(values),), by)
        case "edit":
            return _amend(ref or _missing(command), values, by)
    raise ValueError(command)


def draft(fields: Mapping[str, Any]) -> Draft:
    """The new task that these fields describe."""
    from todo_tui.board.request import Draft

    return Draft(
        title=fields["title"],
        priority=fields.get("priority"),
        assign=fields.get("assign"),
        id=fields.get("id"),
        under=fields.get("under"),
        description=fields.get("description"),
        depends_on=tuple(fields.get("depends_on") or ()),
    )


def _amend(ref: str, values: Mapping[str, Any], by: Actor) -> Transition:
    from todo_tui.board.request import Amend

    assign = "" if values.get("unassign") else values.get("assign")
    if values.get("unassign") and values.get("assign") is not None:
        raise TodoError("usage", "--assign and --unassign: give one of them")
    if assign == "" and not values.get("unassign"):
        raise TodoError("usage", "--assign needs a name: --unassign empties it")
    depends = values.get("depends_on")
    fields: dict[str, Any] = {
        "title": values.get("title"),
        "priority": values.get("priority"),
        "assign": assign,
        "depends_on": None if depends is None else tuple(filter(None, depends)),
        "description": values.get("description"),
    }
    if all(value is None for value in fields.values()):
        raise TodoError("usage", "edit what? give --title, --priority, --assign, --unassign, "
                                 "--depends-on or --description")  # fmt: skip
    return Amend(ref, by, **fields)


def _missing(command: str) -> str:
    raise TodoError("usage", f"{command} what? give an ID")
