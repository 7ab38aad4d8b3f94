"""From when on something is worth a person's attention.

Owns the defaults; which of them are in force is configuration, and comes in as a value.
"""

from __future__ import annotations

from datetime import timedelta
from types import MappingProxyType

from todo_tui.board.task import CLAIMED, IN_PROGRESS
from todo_tui.named_tuple import NamedTuple
from todo_tui.static import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_PATIENCE: Final[Mapping[str, timedelta]] = MappingProxyType(
    {CLAIMED: timedelta(minutes=15), IN_PROGRESS: timedelta(hours=2)}
)


class Thresholds(NamedTuple):
    """The limits of what passes without a word.

    ``too_fast``: a task that is done sooner than this after its start was hardly worked on.
    ``bulk_done``: so many tasks finished by one direct edit are a sweep. ``patience``: for a status
    how long a task may be in it; a claimed task counts from its claim, any other from its last
    sign of life. A status that is not named has no limit.
    """

    too_fast: timedelta = timedelta(seconds=10)
    bulk_done: int = 5
    patience: Mapping[str, timedelta] = _PATIENCE


DEFAULT: Final = Thresholds()
