"""The facts about a task in one row of a roomy card: its tags, what it needs, how far it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from todo_tui.board.criteria import criteria
from todo_tui.board.matching import tags_of
from todo_tui.board.task import TODO
from todo_tui.shown import shown
from todo_tui.tui import look as glyph

if TYPE_CHECKING:
    from todo_tui.board.board import Board
    from todo_tui.board.task import Task


def facts_of(board: Board, task: Task) -> str:
    """The facts, as shown text: what is met has a check."""
    facts = []
    if tags := tags_of(task):
        facts.append(" ".join(f"#{shown(tag)}" for tag in tags))
    if task.dependencies:
        still = board.open_dependencies(task)
        needs = (
            shown(name) if name in still else f"{shown(name)} {glyph.CHECK}"
            for name in task.dependencies
        )
        facts.append(f"needs {', '.join(needs)}")
    elif task.status == TODO:
        facts.append("needs nothing")
    if found := criteria(task):
        facts.append(f"{sum(one.done for one in found)}/{len(found)}")
    return "  ".join(facts)
