"""All messages: what a widget tells its screen, a screen its application, the commit queue both."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from todo_tui.board.transition import Transition
    from todo_tui.storage.snapshot import Commit
    from todo_tui.tui.open_file import OpenFile


# Each method that a dataclass is given takes a part of the start: these need but the first.
@dataclass(eq=False, repr=False, match_args=False)
class CardClicked(Message):
    """A card was clicked, ``times`` times in quick succession."""

    ref: str
    times: int


@dataclass(eq=False, repr=False, match_args=False)
class StripClicked(Message):
    """The column of this status, which is put away, was clicked."""

    status: str


@dataclass(eq=False, repr=False, match_args=False)
class CardDragged(Message):
    """The card of ``ref`` is held over a cell of the screen; ``dropped``: it was let go there.

    ``x`` is None where the drag was given up.
    """

    ref: str
    x: int | None
    y: int
    dropped: bool = False


@dataclass(eq=False, repr=False, match_args=False)
class HeadClicked(Message):
    """The head of the column at ``index`` was clicked."""

    index: int


@dataclass(eq=False, repr=False, match_args=False)
class FilterTyped(Message):
    """The line of the filter says this now."""

    text: str


@dataclass(eq=False, repr=False, match_args=False)
class FilterKept(Message):
    """What was typed into the filter is to stay in force."""


@dataclass(eq=False, repr=False, match_args=False)
class FilterDropped(Message):
    """The filter is to be cleared."""


@dataclass(eq=False, repr=False, match_args=False)
class Copied(Message):
    """A person wants this text on the clipboard."""

    text: str


@dataclass(eq=False, repr=False, match_args=False)
class Delivered(Message):
    """What came of a transition that was put into a file's queue; None: none could be found."""

    file: OpenFile
    transition: Transition | None
    result: Commit | BaseException


@dataclass(eq=False, repr=False, match_args=False)
class TabClicked(Message):
    """The tab of the file at ``index`` was clicked."""

    index: int


@dataclass(eq=False, repr=False, match_args=False)
class AgentsWanted(Message):
    """A screen that has ``wants_agents`` was opened, and has nothing to show yet."""


@dataclass(eq=False, repr=False, match_args=False)
class TaskWanted(Message):
    """A person wants to go to the task ``ref``."""

    ref: str


@dataclass(eq=False, repr=False, match_args=False)
class PanelMoved(Message):
    """Something else is selected in a panel."""


@dataclass(eq=False, repr=False, match_args=False)
class PanelLeft(Message):
    """A person wants to go back from a panel to the board."""


@dataclass(eq=False, repr=False, match_args=False)
class PanelShut(Message):
    """A person wants a panel closed."""
