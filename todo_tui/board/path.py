"""By which moves a task came from one status to another between two looks.

Owns the explanation of a burst: several legal transitions may be folded into one look, and the
session history entries (and the transitions of this program) that came with it tell which. Of
all ways to read them the one that breaks the fewest rules is believed. Must not judge a move
(``violations``).
"""

from __future__ import annotations

from todo_tui.board.task import CLAIMED, DONE, HELD, IN_PROGRESS, TODO
from todo_tui.board.workflow import STATUSES
from todo_tui.named_tuple import NamedTuple
from todo_tui.static import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from todo_tui.board.event import Violation

_LONGEST: Final = 64
"""So many steps of one task are considered in one look, the last ones; more is no burst."""

_ILLEGAL: Final = 200
_DIRECT: Final = 10
_UNUSED: Final = 1
_UNUSED_KNOWN: Final = 1000


class Step(NamedTuple):
    """A transition that was told of: by a session history entry, or in the journal.

    ``agent`` is who holds the task by it, ``actor`` who made it. ``known``: it is journaled, so
    that it did happen; an entry may have been written late, early, or by hand. ``recorded``: by an
    entry or by this program; not where a board merely saw it in the file.
    """

    from_status: str
    to_status: str
    actor: str | None
    agent: str | None
    human: bool
    at: datetime | None
    known: bool = False
    recorded: bool = True


class Move(NamedTuple):
    """One move of a task, and the step that explains it; None where the file alone shows it."""

    from_status: str
    to_status: str
    step: Step | None = None


def broken_rule(from_status: str, to_status: str) -> Violation | None:
    """Which rule a move between these two statuses breaks, whoever makes it but a supervisor."""
    if from_status == TODO and to_status == IN_PROGRESS:
        return "skipped_claim"
    if from_status in (TODO, CLAIMED) and to_status == DONE:
        return "skipped_work"
    if from_status == DONE and to_status in STATUSES:
        return "reopened"
    if from_status not in STATUSES and to_status == TODO:
        return "reopened"
    return None


class _Way(NamedTuple):
    """A reading of the steps up to the one at ``at``, which it uses; -1: none yet.

    ``free``: on this way the task was nobody's for a moment.
    """

    cost: int
    at: int
    status: str
    free: bool
    before: _Way | None


def moves_between(
    start: str,
    end: str,
    steps: Sequence[Step],
    *,
    taken: bool = False,
    since: datetime | None = None,
) -> tuple[Move, ...]:
    """The moves from status ``start`` to ``end``, explained by ``steps`` (oldest first).

    ``taken``: the task has another holder now, so that it should have been free in between.
    ``since``: when the first look was taken in; what is known to be later it had not seen.
    """
    steps = _on_time(start, steps[-_LONGEST:], since)
    unused = [0]
    for step in steps:
        unused.append(unused[-1] + (_UNUSED_KNOWN if step.known else _UNUSED))
    ways = [_Way(0, -1, start, False, None)]
    for at, step in enumerate(steps):
        best: dict[bool, _Way] = {}
        for way in ways:
            cost = way.cost + unused[at] - unused[way.at + 1] + _gap(way.status, step.from_status)
            free = way.free or step.from_status not in HELD or step.to_status not in HELD
            if free not in best or cost < best[free].cost:
                best[free] = _Way(cost, at, step.to_status, free, way)
        ways += best.values()

    def whole(way: _Way) -> int:
        theft = _ILLEGAL if taken and not way.free else 0
        return way.cost + unused[-1] - unused[way.at + 1] + _gap(way.status, end) + theft

    used: list[Step] = []
    last: _Way | None = min(ways, key=whole)
    while last is not None and last.at >= 0:
        used.append(steps[last.at])
        last = last.before
    return _joined(start, end, used[::-1])


def _on_time(start: str, steps: Sequence[Step], since: datetime | None) -> Sequence[Step]:
    """The steps without known ones that the first look saw already: they lead to ``start``."""
    if not steps or not steps[0].known or steps[0].from_status == start:
        return steps
    if since is not None and steps[0].at is not None and steps[0].at > since:
        return steps
    late = [at for at, step in enumerate(steps) if step.known and step.to_status == start]
    return steps[late[-1] + 1 :] if late else steps


def _gap(here: str, there: str) -> int:
    if here == there:
        return 0
    return _ILLEGAL if broken_rule(here, there) else _DIRECT


def _joined(start: str, end: str, steps: Sequence[Step]) -> tuple[Move, ...]:
    moves: list[Move] = []
    here = start
    for step in steps:
        if step.from_status != here:
            moves.append(Move(here, step.from_status))
        moves.append(Move(step.from_status, step.to_status, step))
        here = step.to_status
    if here != end:
        moves.append(Move(here, end))
    return tuple(moves)
