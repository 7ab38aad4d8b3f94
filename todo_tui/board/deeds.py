"""Who brought which task to which status, and when: from the session history and from events.

Owns the merging of the two, each deed once. Must not count anything (``agents``).
"""

from __future__ import annotations

from datetime import timedelta

from todo_tui.board.history import HistoryEntry
from todo_tui.board.task import (
    BLOCKED,
    CLAIMED,
    DONE,
    HELD,
    IN_PROGRESS,
    bare_name,
    canonical_name,
)
from todo_tui.board.times import read_time
from todo_tui.named_tuple import NamedTuple
from todo_tui.static import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from todo_tui.board.board import Board
    from todo_tui.board.event import BoardEvent
    from todo_tui.board.task import Task

_SAME: Final = timedelta(minutes=2)
"""An event so near to an entry that says the same of this agent is that entry's deed, seen."""

_STAMPS: Final = ("claimed_at", "started_at", "completed_at")


class Deed(NamedTuple):
    """``agent`` brought the task called ``task`` (an id or reference) to ``status``.

    ``by_person``: a person did, for the agent or as themselves; ``supervised``: as themselves.
    ``at`` is UTC, None where it is not known. ``cycle``: of a finish, the time since its
    first start that nobody gave up, or where none is known since its claim. ``takes_back``: it is
    no step of the work but undoes the finish before it; ``undone``: of that finish.
    """

    agent: str
    task: str
    status: str
    at: datetime | None
    by_person: bool = False
    supervised: bool = False
    cycle: timedelta | None = None
    takes_back: bool = False
    undone: bool = False


def deeds(board: Board, events: Iterable[BoardEvent] = ()) -> tuple[Deed, ...]:
    """Everything that was done, oldest first; the finishes without a time at the end.

    An entry was written when it says, or if it was seen before that, then. A task that is done
    without a word of it is credited to whom it names, at the time that it states itself.
    """
    happened = list(events)
    written = {
        (event.detail.at, event.detail.text): event.at
        for event in happened
        if isinstance(event.detail, HistoryEntry)
    }
    told: list[_Told] = []
    for entry in board.history:
        if entry.agent and entry.task and entry.to_status and entry.from_status != entry.to_status:
            seen = written.get((entry.at, entry.text))
            at = entry.at if entry.at is None or seen is None else min(entry.at, seen)
            supervised = entry.human and entry.for_agent is None
            deed = Deed(entry.agent, entry.task, entry.to_status, at, entry.human, supervised)
            # A supervisor reopens to todo: this is what undo and putting right write.
            back = entry.event == "reopened" and entry.to_status in HELD
            told.append(_Told(deed._replace(takes_back=back), seen))
    found = [one.deed for one in told] + _seen(told, happened)
    found.sort(key=lambda deed: deed.at.timestamp() if deed.at is not None else 0.0)
    found = _with_cycles(found)
    finished = {deed.task for deed in found if deed.status == DONE and not deed.undone}
    for event in happened:
        old, new = event.before, event.after
        if event.kind == "renamed" and old and new and finished & {old.ref, old.id}:
            finished.add(new.ref)
    for task in board.tasks:
        if task.status == DONE and task.id not in finished and task.ref not in finished:
            found += _by_itself(task)
    return tuple(found)


class _Told(NamedTuple):
    """A deed of which an entry tells, and when the entry was seen to come."""

    deed: Deed
    seen: datetime | None

    def is_of(self, agent: str, at: datetime) -> bool:
        """Whether the same by ``agent``, which was seen at ``at``, is this one."""
        if at == self.seen:
            return True
        if bare_name(agent) != bare_name(self.deed.agent):
            return False
        times = (time for time in (self.deed.at, self.seen) if time is not None)
        return any(abs(time - at) <= _SAME for time in times)


def _seen(told: Iterable[_Told], events: Iterable[BoardEvent]) -> list[Deed]:
    """The moves among ``events`` that no entry tells of."""
    moves = [event for event in events if event.kind == "moved"]
    alike: dict[tuple[str, str], list[_Told]] = {}
    for one in told if moves else ():
        alike.setdefault((one.deed.task, one.deed.status), []).append(one)
    found: list[Deed] = []
    for event in moves:
        if event.actor is None or event.after is None:
            continue
        status = event.after.status
        agent = event.after.holder if event.human and event.after.holder else event.actor
        entries = [
            one
            for name in {event.after.ref, event.after.id}
            for one in alike.get((name, status), ())
        ]
        if not any(one.is_of(agent, event.at) for one in entries):
            human, ours = event.human, event.source != "file"
            back = ours and status in HELD and event.from_text == DONE
            deed = Deed(agent, event.after.ref, status, event.at, human, human, takes_back=back)
            found.append(deed)
    return found


def _with_cycles(told: Iterable[Deed]) -> list[Deed]:
    found: list[Deed] = []
    claimed: dict[str, datetime] = {}
    started: dict[str, datetime] = {}
    ended: dict[str, tuple[int, datetime | None, datetime | None]] = {}
    for deed in told:
        task, at, cycle = deed.task, deed.at, None
        if at is not None:
            if deed.takes_back and task in ended:
                place, *began = ended.pop(task)
                found[place] = found[place]._replace(undone=True, cycle=None)
                for times, time in zip((started, claimed), began, strict=True):
                    if time is not None:
                        times[task] = time
            if deed.status == CLAIMED:
                claimed.setdefault(task, at)
            elif deed.status == IN_PROGRESS:
                started.setdefault(task, at)
            elif deed.status != BLOCKED:
                start, claim = started.pop(task, None), claimed.pop(task, None)
                since = start or claim
                if deed.status == DONE:
                    ended[task] = len(found), start, claim
                    cycle = at - since if since is not None else None
        found.append(deed if cycle is None else deed._replace(cycle=cycle))
    return found


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
