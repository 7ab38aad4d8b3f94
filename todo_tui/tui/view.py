"""What every screen is given to show: one frozen value, replaced whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

from todo_tui.named_tuple import NamedTuple
from todo_tui.tui.supervision import Supervision

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from todo_tui.board.attention import Item
    from todo_tui.board.board import Board
    from todo_tui.board.transition import Actor, Transition
    from todo_tui.storage.snapshot import Commit
    from todo_tui.tui.findings import Findings


class Tab(NamedTuple):
    """One of several files: its name as it is drawn, how many tasks are not done.

    ``attention`` is the number of things that need a person, ``worst`` the gravest of them;
    ``unreadable``: it cannot be read. ``here``: it is the one in front.
    """

    name: str
    tasks: int
    attention: int
    worst: Item | None
    unreadable: bool
    here: bool


class View(NamedTuple):
    """The file as it was read last, and what is known about it.

    ``board`` is None until it could be read once. ``wrote`` is when the file was written.
    ``problem`` says why it cannot be read now; ``missing`` that there is none. ``live``: changes
    are being watched for. ``now`` is the time that all ages are told for. ``supervision`` comes a
    moment after the board that it is about. ``path`` is the file, where there is one on a disk.
    ``tabs`` are the files that are open, where there are several.
    """

    name: str
    actor: Actor
    now: datetime
    findings: Findings
    board: Board | None = None
    wrote: datetime | None = None
    problem: str | None = None
    missing: bool = False
    live: bool = False
    supervision: Supervision = Supervision()
    path: Path | None = None
    tabs: tuple[Tab, ...] = ()


@runtime_checkable
class Shows(Protocol):
    """A screen that shows a view and has a status line."""

    def show(self, view: View) -> None:
        """Show ``view`` from now on."""

    def say(self, words: str, *, refused: bool) -> None:
        """Say one line; ``refused`` where something did not happen."""


@runtime_checkable
class Awaits(Protocol):
    """A screen that is told what came of what it asked for."""

    @property
    def awaiting(self) -> bool:
        """Whether it waits for that; keys wait, too."""

    def delivered(self, asked: Transition | None, result: Commit | BaseException) -> bool:
        """Take what came of ``asked``; returns whether it says the refusal itself."""


@runtime_checkable
class Picks(Protocol):
    """A screen on which something that needs a person can be selected."""

    @property
    def picked(self) -> Item | None:
        """What is selected, where it needs a person."""


@runtime_checkable
class Opens(Protocol):
    """A screen that goes to the task that was looked at on another one."""

    def point(self, ref: str | None) -> None:
        """Select the task, where it is there."""


@runtime_checkable
class Holds(Protocol):
    """A widget on which something is dragged with the mouse."""

    def give_up(self) -> bool:
        """Give up the drag; False where there is none."""
