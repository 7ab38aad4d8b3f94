"""A board of a text, and the clock and the people of these tests."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from tests.board.square import hold
from todo_tui.board.reading import read
from todo_tui.board.request import Actor
from todo_tui.board.transition import apply
from todo_tui.document.document import Document
from todo_tui.errors import TodoError

if TYPE_CHECKING:
    from todo_tui.board.board import Board
    from todo_tui.board.request import Transition

NOW = datetime(2026, 11, 22, 12, 33, 0, tzinfo=UTC)

ENG = Actor("eng@1")
OTHER = Actor("qa")
BOSS = Actor("alice", human=True)
DEPUTY = Actor("alice", human=True, for_agent="eng@1")


def board(*lines: str, history: str = "") -> Board:
    """The board of a file with the items ``lines`` in a yaml fence, then a history section."""
    text = "\n".join(("```yaml", *lines, "```", ""))
    if history:
        text += "\n## Session History\n\n" + "".join(f"- {line}\n" for line in history.splitlines())
    return read(Document.decode(text.encode()))


def refused(on: Board, transition: Transition) -> TodoError:
    """The refusal of a transition that must be refused."""
    with pytest.raises(TodoError) as error:
        apply(on, transition, NOW)
    return error.value


def of(text: str) -> Board:
    """The board of a whole text."""
    return read(Document.decode(text.encode()))


def after(on: Board, *asked: Transition) -> Board:
    """The board after requests, each checked to be what its edits bring about."""
    for transition in asked:
        on = hold(on, transition, NOW)
    return on


def lines(on: Board) -> list[str]:
    """The lines of a board's text without its history section and fences."""
    assert on.document is not None
    kept = on.document.text.partition("\n## Session History")[0].splitlines()
    return [line for line in kept if line and not line.startswith("```")]
