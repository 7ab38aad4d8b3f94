"""All messages: what a widget tells its screen, a screen its application, the commit queue both."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from todo_tui.board.transition import Transition
    from todo_tui.storage.todo_file import Commit
    from todo_tui.tui.open_file import OpenFile


@dataclass
class CardClicked(Message):
    """A card was clicked, ``times`` times in quick succession."""

    ref: str
    times: int


@dataclass
class StripClicked(Message):
    """The column of this status, which is put away, was clicked."""

    status: str


@dataclass
class CardDragged(Message):
    """The card of ``ref`` is held over a cell of the screen; ``dropped``: it was let go there.

    ``x`` is None where the drag was given up.
    """

    ref: str
    x: int | None
    y: int
    dropped: bool = False


@dataclass
class HeadClicked(Message):
    """The head of the column at ``index`` was clicked."""

    index: int


@dataclass
class FilterTyped(Message):
    """The line of the filter says this now."""

    text: str


@dataclass
class FilterKept(Message):
    """What was typed into the filter is to stay in force."""


@dataclass
class FilterDropped(Message):
    """The filter is to be cleared."""


@dataclass
class Copied(Message):
    """A person wants this text on the clipboard."""

    text: str


@dataclass
class Delivered(Message):
    """What came of a transition that was put into a file's queue; None: none could be found."""

    file: OpenFile
    transition: Transition | None
    result: Commit | BaseException


@dataclass
class TabClicked(Message):
    """The tab of the file at ``index`` was clicked."""

    index: int


@dataclass
class AgentsWanted(Message):
    """A screen that has ``wants_agents`` was opened, and has nothing to show yet."""


@dataclass
class TaskWanted(Message):
    """A person wants to go to the task ``ref``."""

    ref: str


@dataclass
class PanelMoved(Message):
    """Something else is selected in a panel."""


@dataclass
class PanelLeft(Message):
    """A person wants to go back from a panel to the board."""


@dataclass
class PanelShut(Message):
    """A person wants a panel closed."""
