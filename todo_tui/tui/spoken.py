"""What a line of the command line means on this board: why not, what to write, where to go.

Owns the commands that are the board's alone, beside those of the shell: going somewhere, looking at
the board in another way, and every action of the table of keys by its name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from todo_tui.board import commands as tasks
from todo_tui.board.command_line import RAW, Said, of_board
from todo_tui.board.commands import Command
from todo_tui.board.lookup import find
from todo_tui.board.query import QueryError
from todo_tui.board.query import parse as parse_query
from todo_tui.board.sorting import ORDERS
from todo_tui.board.transition import (
    Amend,
    Block,
    Claim,
    Finish,
    Release,
    Reopen,
    Seen,
    Start,
    Unblock,
)
from todo_tui.errors import TodoError
from todo_tui.named_tuple import NamedTuple
from todo_tui.tui.keys import KEYS
from todo_tui.tui.moves import refusal

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from todo_tui.board.board import Board
    from todo_tui.board.task import Task
    from todo_tui.board.transition import Transition
    from todo_tui.tui.key import Key
    from todo_tui.tui.view import View

_OWN: Final = {
    command.name: command
    for command in (
        Command("go", "select a task"),
        Command("open", "open a task: everything that the file says about it"),
        Command("filter", "show only the tasks that meet a line; all of them without one", (RAW,)),
        Command("sort", "the order within the columns", ("ORDER",)),
        Command("theme", "the colours", ("THEME",)),
        Command("quit", "leave", ()),
    )
}


class Here(NamedTuple):
    """Where a line is said: what is shown, which task is selected, and what there is."""

    view: View
    selected: str | None
    actions: Mapping[str, Key]
    themes: Collection[str]

    @property
    def board(self) -> Board:
        """The board. Raises TodoError where there is none yet."""
        if self.view.board is None:
            raise TodoError("no_file", "the file was not read yet")
        return self.view.board

    @property
    def commands(self) -> dict[str, Command]:
        """All that can be said, the likeliest first."""
        known = {**tasks.COMMANDS, **_OWN}
        return known | {
            name: Command(name, key.words, ())
            for name, key in self.actions.items()
            if name not in known
        }

    def candidates(self, command: str, place: str) -> Iterable[str]:
        """What could stand for an argument."""
        match place:
            case "THEME":
                return sorted(self.themes)
            case "ORDER":
                return ORDERS
        return of_board(self.view.board, command, place) if self.view.board is not None else ()


def actions(bound: Collection[str]) -> dict[str, Key]:
    """The actions of the table that are among ``bound``, by their short names and by their ids."""
    keys = [key for key in KEYS if key.action in bound and "{key}" not in key.action]
    short = [key.id.rpartition(".")[2] for key in keys]
    named = {name: key for name, key in zip(short, keys, strict=True) if short.count(name) == 1}
    return named | {key.id: key for key in keys}


def wish(said: Said, here: Here) -> Transition | None:
    """What a line asks to be written; None where it asks for something else.

    Raises TodoError where it cannot be done: nothing has happened then.
    """
    name, values = said.command.name, dict(said.values)
    if name in tasks.COMMANDS:
        return _request(name, values, here)
    match name:
        case "go" | "open":
            find(here.board, values["id"])
        case "filter":
            query = parse_query(values["line"])
            if isinstance(query, QueryError):
                raise TodoError("usage", query.message)
        case "sort" if values["order"] not in ORDERS:
            raise TodoError("usage", f"sort how? {', '.join(ORDERS)}")
        case "theme" if values["theme"] is not None and values["theme"] not in here.themes:
            raise TodoError("usage", f"there is no theme {values['theme']}; Tab shows which")
        case _ if (key := here.actions.get(name)) is not None and key.needs == "task":
            if here.selected is None:
                raise TodoError("usage", "no task is selected")
    return None


def _request(name: str, values: dict[str, object], here: Here) -> Transition:
    board, view = here.board, here.view
    task = None
    if values.get("id") is not None and name != "add":
        task = find(board, str(values["id"]))
        values["id"] = task.ref
    asked = tasks.request(name, values, view.actor)
    asked = _seen(asked, task, view)
    if (why := refusal(board, asked, view.now)) is not None:
        raise TodoError("illegal", why)
    return asked


def _seen(asked: Transition, task: Task | None, view: View) -> Transition:
    """The same, stating what was seen; a claim is for the agent that the task is meant for."""
    if task is None:
        return asked
    seen = Seen(task.status, task.holder)
    match asked:
        case Claim():
            agent = task.assigned_agent if view.actor.supervisor else None
            return asked._replace(agent=agent, seen=seen)
        case Start() | Finish() | Release() | Block() | Unblock() | Reopen() | Amend():
            return asked._replace(seen=seen)
    return asked
