"""The keys that write what a task says: add, edit, priority, dependencies, its place in the file.

Owns which request each comes to, and which screen asks for what it lacks. Must not know what is
legal: the board's own rules refuse, in their own words.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from todo_tui.board import cursor as cursors
from todo_tui.board.editable import text_of_field
from todo_tui.board.task import DONE, PRIORITIES
from todo_tui.board.transition import Amend, Move, decide
from todo_tui.errors import TodoError

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.screen import Screen

    from todo_tui.board.arrangement import Shown
    from todo_tui.board.task import Task
    from todo_tui.tui.acting import Want
    from todo_tui.tui.key import Situation
    from todo_tui.tui.status import Status
    from todo_tui.tui.view import View

What: TypeAlias = Literal["add", "edit", "priority", "dependencies"]


def write(
    screen: Screen[Any],
    what: What,
    view: View,
    task: Task | None,
    want: Want,
    point: Callable[[str | None], None],
) -> None:
    """Do what a key asks for. ``point`` is told which task was written by a form."""
    board, actor = view.board, view.actor
    if board is None:
        return
    match what:
        case "priority" if task is not None:
            found = (("priority", text_of_field(task, "priority")),)
            want(Amend(task.ref, actor, priority=next_priority(task), found=found))
        case "dependencies" if task is not None:
            from todo_tui.tui.dependency_screen import DependencyScreen

            def chosen(ids: tuple[str, ...] | None) -> None:
                if ids is not None:
                    seen = (("dependencies", text_of_field(task, "dependencies")),)
                    want(Amend(task.ref, actor, depends_on=ids, found=seen))

            screen.app.push_screen(DependencyScreen(board, task), chosen)
        case _:
            from todo_tui.tui.form import add_form, edit_form
            from todo_tui.tui.form_screen import FormScreen

            form = edit_form(task) if what == "edit" and task is not None else add_form(task)
            screen.app.push_screen(FormScreen(form, view, board, want), point)


async def open_editor(screen: Screen[Any], view: View, task: Task | None, status: Status) -> None:
    """Open the person's editor at the task's line, at the top where there is none."""
    from todo_tui.tui.editor import command, edit

    if view.path is None:
        status.say("this board is of no file on the disk", refused=True)
        return
    line = view.board.line(task) if view.board is not None and task is not None else 1
    try:
        await edit(screen.app, command(os.environ, view.path, max(line, 1)))
    except TodoError as error:
        status.say(error.message, refused=True)


def next_priority(task: Task) -> str:
    """The priority above that of ``task``; after the highest the lowest."""
    if task.priority is None:
        return PRIORITIES[-1]
    return PRIORITIES[PRIORITIES.index(task.priority) - 1]


def shift(
    shown: Shown, cursor: cursors.Cursor, by: int, at: Situation, want: Want, status: Status
) -> None:
    """Move the selected task past its neighbour in the column, or say why not."""
    asked = _move(shown, cursor, by, at)
    if isinstance(asked, str):
        status.say(asked, refused=True)
    else:
        want(asked)


def _move(shown: Shown, cursor: cursors.Cursor, by: int, at: Situation) -> Move | str:
    task = at.task
    if task is None:
        return "no task is selected: this column is empty"
    arrangement = shown.arrangement
    if task.status == DONE or arrangement.order != "file" or arrangement.lanes is not None:
        return "only a column in the order of the file can be moved in"
    other = cursors.step(shown, cursor, by).ref
    if other is None or other == task.ref:
        return f"{task.ref} is the {'last' if by > 0 else 'first'} of its column"
    asked = Move(task.ref, at.actor, other, by > 0)
    try:
        decide(at.board, asked, at.now)
    except TodoError as error:
        return error.message
    return asked
