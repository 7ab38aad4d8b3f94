"""What is known about tasks beside the file: from the events of a journal, and of this session.

Owns the folding of events. Must not know how they were found or kept.
"""

from __future__ import annotations

from types import MappingProxyType

from todo_tui.board.event import Several
from todo_tui.board.task import IN_PROGRESS
from todo_tui.named_tuple import NamedTuple
from todo_tui.static import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from todo_tui.board.event import BoardEvent
    from todo_tui.board.task import Task


class Recorded(NamedTuple):
    """A status into which a task was brought through this program, and the one it came from."""

    status: str
    from_status: str


class State(NamedTuple):
    """A status that a task had, and its holder then, or where it is not held who had it last."""

    status: str
    holder: str | None


class Trace(NamedTuple):
    """What is remembered of one task, times in UTC.

    ``sign``: its last sign of life, which is the last thing that anybody but a person did about
    it. ``entered``: when it was seen to enter its status. ``started``: when it was last seen to
    become in_progress. ``recorded``: its status, as long as that is the work of this program.
    ``past``: the states from which this program moved it, the last ones. ``broken``: where the last
    that happened to its status broke a rule, what it was before. ``given``: when it was last seen
    to get another holder while its status stayed.
    """

    sign: datetime | None = None
    entered: datetime | None = None
    started: datetime | None = None
    recorded: Recorded | None = None
    past: tuple[State, ...] = ()
    broken: Before | None = None
    given: datetime | None = None


class Before(NamedTuple):
    """The state of a task before a rule was broken, and what was remembered of it then."""

    state: State
    trace: Trace


_LONGEST: Final = 8
"""So many states that a task had are remembered."""

_SILENT: Final = frozenset({"reverted", "vanished"})
"""Violations that are not the work of whoever has the task."""


class Memory(NamedTuple):
    """The traces of tasks by their reference."""

    traces: Mapping[str, Trace] = MappingProxyType({})

    def of(self, ref: str) -> Trace:
        """What is remembered of a task; an empty trace where that is nothing."""
        return self.traces.get(ref, _NO_TRACE)

    def beside_the_file(self) -> Memory:
        """When tasks were seen to enter their status by an edit of which no history tells."""
        return Memory(
            {
                ref: Trace(entered=trace.entered)
                for ref, trace in self.traces.items()
                if trace.entered is not None and trace.recorded is None
            }
        )

    def after(self, events: Iterable[BoardEvent]) -> Memory:
        """The memory with ``events``, which are later than all that it holds, oldest first."""
        traces = dict(self.traces)
        for event in events:
            if isinstance(event.detail, Several):
                for old, new in zip(event.detail.before, event.detail.after, strict=True):
                    broken = Before(state_of(old), self.of(old.ref))
                    traces[new.ref] = traces.get(new.ref, _NO_TRACE)._replace(broken=broken)
            if event.ref is None or event.kind in ("fault", "fault_cleared", "violation"):
                continue
            if event.kind == "removed":
                traces.pop(event.ref, None)
                continue
            if event.kind == "renamed" and event.before is not None:
                known = traces.pop(event.before.ref, _NO_TRACE)
            else:
                known = traces.get(event.ref, _NO_TRACE)
            traces[event.ref] = _learnt(known, event)
        return Memory(traces)


_NO_TRACE: Final = Trace()
NOTHING: Final = Memory()


def state_of(task: Task) -> State:
    """The state that a task is in."""
    return State(task.status, task.holder or task.claimed_by)


def _learnt(known: Trace, event: BoardEvent) -> Trace:
    old, new, broken = event.before, event.after, known.broken
    # A twin that came or went gives a task another reference, and is no deed of who has it.
    renumbered = event.kind == "renamed" and old is not None and old.id == event.task
    if not event.human and event.violation not in _SILENT and not renumbered:
        known = known._replace(sign=event.at)
    if event.kind == "added":
        return known._replace(entered=event.at)
    if event.kind not in ("moved", "reassigned") or old is None or new is None:
        return known
    known = known._replace(broken=None)
    if broken is not None and event.actor is None and broken.state == state_of(new):
        return broken.trace
    if event.violation is not None:
        known = known._replace(broken=Before(state_of(old), known))
    if event.kind == "reassigned":
        return known._replace(given=event.at) if old.holder != new.holder else known
    recorded = None
    if event.source != "file":
        recorded = Recorded(new.status, old.status)
        known = known._replace(past=(*known.past[1 - _LONGEST :], state_of(old)))
    started = event.at if new.status == IN_PROGRESS else known.started
    return known._replace(entered=event.at, started=started, recorded=recorded)
