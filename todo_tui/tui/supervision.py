"""What a person who supervises is told beside the board: what happened, and what needs them.

Owns the shape of it alone: one frozen value, part of what every screen is given to show. Must not
know how it is found (``oversight``) or when (``supervising``).
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from todo_tui.board.memory import NOTHING
from todo_tui.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from todo_tui.board.agents import AgentRow
    from todo_tui.board.attention import Item
    from todo_tui.board.board import Board
    from todo_tui.board.event import BoardEvent
    from todo_tui.board.memory import Memory
    from todo_tui.board.transition import Transition
    from todo_tui.errors import TodoError


class Away(NamedTuple):
    """When a person was not there: from their last key, or the end of their last visit, until the
    key with which they came back, or the start of this one."""

    since: datetime
    until: datetime


class Failed(NamedTuple):
    """What could not be written, and why."""

    transition: Transition
    error: TodoError


class Supervision(NamedTuple):
    """What was found on ``board``, which may be older than the one on the screen, or None yet.

    ``events`` is what happened, oldest first: the last of what the journal told at the start, and
    all since then up to a limit. ``items`` is what needs a person, worst first; ``by_task`` the
    same by the reference of each task that it is about: both are the same ones as long as they say
    the same. ``rows`` are the agents: found only while a screen is open that has ``wants_agents``.
    ``away`` is the last time that the person was not there, None where they always were.
    ``problems`` says what of the journal cannot be read or written, in sentences of ours;
    ``failed`` what the person asked for and was not written, oldest first.
    ``memory`` tells when tasks were seen to enter their status, where the file does not; it is the
    same one as long as it says the same.
    """

    board: Board | None = None
    events: tuple[BoardEvent, ...] = ()
    items: tuple[Item, ...] = ()
    by_task: Mapping[str, tuple[Item, ...]] = MappingProxyType({})
    rows: tuple[AgentRow, ...] = ()
    away: Away | None = None
    problems: tuple[str, ...] = ()
    failed: tuple[Failed, ...] = ()
    memory: Memory = NOTHING

    def about(self, ref: str | None) -> Item | None:
        """Why a task needs a person, the worst there is."""
        return next(iter(self.by_task.get(ref or "", ())), None)
