"""Who brought which task to which status, and when: from the session history and from events.

Owns the merging of the two, each deed once. Must not count anything (``agents``).
"""

from __future__ import annotations

from datetime import timedelta

from todo_tui.board.task import BLOCKED, CLAIMED, DONE, IN_PROGRESS, canonical_name
from todo_tui.board.times import read_time
from todo_tui.named_tuple import NamedTuple
from todo_tui.static import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from todo_tui.board.board import Board
    from todo_tui.board.event import BoardEvent
    from todo_tui.board.task import Task

_SAME: Final = timedelta(minutes=2)
"""An event so near to an entry that says the same is that entry's deed, seen."""

_STAMPS: Final = ("claimed_at", "started_at", "completed_at")


class Deed(NamedTuple):
    """``agent`` brought the task called ``task`` (an id or reference) to ``status``.

    ``by_person``: a person did, for the agent or as themselves; ``supervised``: as themselves.
    ``at`` is UTC, None where it is not known. ``cycle``: of a finish, the time since its
    first start that nobody gave up, or where none is known since its claim.
    """

    agent: str
    task: str
    status: str
    at: datetime | None
    by_person: bool = False
    supervised: bool = False
    cycle: timedelta | None = None


def deeds(board: Board, events: Iterable[BoardEvent] = ()) -> tuple[Deed, ...]:
    """Everything that was done, oldest first; the finishes without a time at the end.

    A task that is done without a word of it is credited to whom it names, at the time that it
    states itself.
    """
    found = [
        Deed(
            entry.agent,
            entry.task,
            entry.to_status,
            entry.at,
            entry.human,
            entry.human and entry.for_agent is None,
        )
        for entry in board.history
        if entry.agent and entry.task and entry.to_status and entry.from_status != entry.to_status
    ]
    found += _seen(found, events)
    found.sort(key=lambda deed: deed.at.timestamp() if deed.at is not None else 0.0)
    found = list(_with_cycles(found))
    told = {deed.task for deed in found if deed.status == DONE}
    for task in board.tasks:
        if task.status == DONE and task.id not in told and task.ref not in told:
            found += _by_itself(task)
    return tuple(found)


def _seen(told: Iterable[Deed], events: Iterable[BoardEvent]) -> list[Deed]:
    """The moves among ``events`` that no entry tells of."""
    moves = [event for event in events if event.kind == "moved"]
    times: dict[tuple[str, str], list[datetime]] = {}
    for deed in told if moves else ():
        if deed.at is not None:
            times.setdefault((deed.task, deed.status), []).append(deed.at)
    found: list[Deed] = []
    for event in moves:
        if event.actor is None or event.after is None:
            continue
        status = event.after.status
        names = (event.after.ref, event.after.id)
        if any(
            abs(at - event.at) <= _SAME for name in names for at in times.get((name, status), ())
        ):
            continue
        agent = event.after.holder if event.human and event.after.holder else event.actor
        found.append(Deed(agent, event.after.ref, status, event.at, event.human, event.human))
    return found


def _with_cycles(told: Iterable[Deed]) -> Iterator[Deed]:
    claimed: dict[str, datetime] = {}
    started: dict[str, datetime] = {}
    for deed in told:
        cycle = None
        if deed.at is not None:
            if deed.status == CLAIMED:
                claimed.setdefault(deed.task, deed.at)
            elif deed.status == IN_PROGRESS:
                started.setdefault(deed.task, deed.at)
            elif deed.status != BLOCKED:
                began = started.pop(deed.task, None), claimed.pop(deed.task, None)
                start = began[0] or began[1]
                if deed.status == DONE and start is not None:
                    cycle = deed.at - start
        yield deed if cycle is None else deed._replace(cycle=cycle)


def _by_itself(task: Task) -> tuple[Deed, ...]:
    """The finish that a task states in its own fields; none where it names nobody."""
    agent = task.claimed_by or task.assigned_agent
    if agent is None:
        return ()
    times: dict[str, datetime | None] = {}
    for name, value in task.fields:
        if isinstance(value, str) and (known := canonical_name(name)) in _STAMPS:
            times.setdefault(known, read_time(value))
    ended = times.get("completed_at")
    began = times.get("started_at") or times.get("claimed_at")
    cycle = ended - began if ended is not None and began is not None and ended >= began else None
    return (Deed(agent, task.ref, DONE, ended, cycle=cycle),)
