"""Which moves of a task broke the protocol, and who made them.

Owns the judgement of one task between two looks. What a supervisor did through this program is
never a violation; what cannot be told apart from a legal way is none. Must not know which tasks of
two boards belong together (``changes``).
"""

from __future__ import annotations

from datetime import timedelta

from todo_tui.board.event import VIOLATIONS
from todo_tui.board.memory import Recorded, State, state_of
from todo_tui.board.path import Move, Step, broken_rule, moves_between
from todo_tui.board.task import (
    CLAIMED,
    DONE,
    HELD,
    IN_PROGRESS,
    TODO,
    bare_name,
    canonical_name,
)
from todo_tui.board.times import read_time
from todo_tui.named_tuple import NamedTuple
from todo_tui.static import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from todo_tui.board.event import Violation
    from todo_tui.board.history import HistoryEntry
    from todo_tui.board.look import Look
    from todo_tui.board.task import Task

WORKING: Final = frozenset({CLAIMED, IN_PROGRESS})
"""The statuses in which nobody may take a task from its holder."""

_RANK: Final = {TODO: 0, CLAIMED: 1, IN_PROGRESS: 2, DONE: 3}


_DEEDS: Final = frozenset(
    {"skipped_claim", "skipped_work", "stolen", "finished_by_other", "not_ready", "too_fast"}
)
"""What somebody did who is named by the file now."""


class Verdict(NamedTuple):
    """One move: the task before and after it, who made it, and which rules it broke.

    ``raw``: the file alone shows it; ``known``: it has been told of.
    """

    before: Task
    after: Task
    actor: str | None
    human: bool
    violations: tuple[Violation, ...]
    raw: bool
    known: bool


class _Walk:
    """Where the walk along the moves of a task has come to."""

    __slots__ = ("broken", "entry", "holder", "reassigned", "recorded", "seen", "started")

    def __init__(self, holder: str | None, reassigned: bool) -> None:
        self.holder = holder
        self.reassigned = reassigned
        self.started: datetime | None = None
        self.seen: datetime | None = None  # when it was seen to be started
        self.recorded: Recorded | None = None
        self.entry: HistoryEntry | None = None
        self.broken: set[Violation] = set()


def differs(holder: str | None, other: str | None) -> bool:
    """Whether a task that ``holder`` had has gone to somebody else.

    A bare name that becomes one with a session, or back, is the same agent.
    """
    if holder is None or holder == other:
        return False
    return other is None or (bare_name(holder) != other and bare_name(other) != holder)


def path_of(
    look: Look,
    old: Task,
    new: Task,
    steps: Sequence[Step],
    *,
    reassigned: bool,
    since: datetime | None = None,
) -> tuple[Move, ...]:
    """The moves by which ``old`` became ``new``; ``steps`` are what is said to have happened.

    ``reassigned``: an entry that came with the change says that the task was given to another.
    ``since``: when ``old`` was seen.
    """
    if look.source != "file" and look.actor is not None:
        if old.status == new.status:
            return ()
        who = look.actor
        agent = new.holder or who.holds_as
        step = Step(old.status, new.status, who.name, agent, who.human, look.at, known=True)
        return (Move(old.status, new.status, step),)
    if old.status == new.status and old.holder == new.holder:
        steps = [step for step in steps if step.known]
    taken = not reassigned and _is_taken(old, new)
    return moves_between(old.status, new.status, steps, taken=taken, since=since)


def judge(
    look: Look, old: Task, new: Task, moves: Sequence[Move], *, reassigned: bool
) -> tuple[Verdict, ...]:
    """The moves of one task with what they broke; ``reassigned`` as for ``path_of``."""
    verdicts = _verdicts(look, old, new, moves, reassigned=reassigned)
    if look.again:
        # Lines that came back with an old text tell of no deed; but they may explain where it is.
        steps = [move.step for move in moves if move.step is not None and move.step.known]
        moves = moves_between(old.status, new.status, steps)
        plain = _verdicts(look, old, new, moves, reassigned=reassigned)
        if not _breaks(plain) or _breaks(verdicts):
            return plain
    return verdicts


def _breaks(verdicts: Sequence[Verdict]) -> bool:
    return any(verdict.violations for verdict in verdicts if not verdict.known)


def _verdicts(
    look: Look, old: Task, new: Task, moves: Sequence[Move], *, reassigned: bool
) -> tuple[Verdict, ...]:
    walk = _Walk(old.holder, reassigned)
    _remember(look, old, walk)
    stale = look.judged and _is_stale(look, old, new)
    past = look.again or _is_of_the_past(look, old, new, moves)
    broken_before = look.memory.of(old.ref).broken
    back = broken_before is not None and broken_before.state == state_of(new)
    verdicts: list[Verdict] = []
    before = old
    for at, move in enumerate(moves):
        last = at == len(moves) - 1
        following = None if last else moves[at + 1].step
        step = move.step
        known = step is not None and step.known and look.source == "file"
        holder = _holder_after(move, walk, new, following, last=last)
        after = new if last and not known else _in_between(before, move.to_status, holder)
        walk.broken = set()
        if stale and last and step is None:
            walk.broken.add("reverted")
        elif look.judged and not (step.human if step is not None else back):
            _judge_move(look, old, new, move, walk, last=last and not known, holder=holder)
        if past and last and step is None and not walk.broken.isdisjoint(_DEEDS):
            walk.broken = {"reverted"}
        actor, human = _actor(look, move, walk, old, new, holder, last=last)
        if step is None and (back or look.again):
            actor = None
        broken = tuple(word for word in VIOLATIONS if word in walk.broken)
        verdicts.append(Verdict(before, after, actor, human, broken, step is None, known))
        before = after
        walk.holder = holder
        walk.entry = None
        recorded = step is not None and step.recorded
        walk.recorded = Recorded(move.to_status, move.from_status) if recorded else None
        if move.to_status == IN_PROGRESS and move.from_status != IN_PROGRESS:
            walk.started = step.at if step is not None else None
            walk.seen = None
    if look.judged and _is_taken(before, new) and not (back or (reassigned and not stale)):
        broke: Violation = "reverted" if stale or past else "stolen"
        actor = new.holder if broke == "stolen" else None
        verdicts.append(Verdict(before, new, actor, False, (broke,), True, False))
    return tuple(verdicts)


def _is_stale(look: Look, old: Task, new: Task) -> bool:
    """Whether the file says of a task again what it said before something that is lost now.

    Then a text from before that was written over it, and whom it names has done nothing.
    """
    lost = [e for e in look.lost.get(old.ref, ()) if e.from_status != e.to_status]
    left = look.new.moves_of(new) if lost else ()
    if not lost or not look.fresh.isdisjoint(left):
        return False
    # Where other clocks wrote some of them, it is not sure which way they stand.
    if new.status not in (lost[0].from_status, lost[-1].from_status):
        return False
    holders = [entry.agent for entry in left if entry.to_status in HELD]
    return new.status not in HELD or not all(
        differs(name, new.holder) for name in holders or (None,)
    )


def _is_of_the_past(look: Look, old: Task, new: Task, moves: Sequence[Move]) -> bool:
    """The same where no history is written: a state from which this program had moved the task."""
    if look.source != "file" or look.old.moves_of(old) or look.new.moves_of(new):
        return False
    trace = look.memory.of(old.ref)
    states = list(trace.past if trace.recorded is not None else ())
    holder = old.holder
    for move in moves:
        step = move.step
        if step is not None and step.recorded:
            states.append(State(move.from_status, holder))
            holder = step.agent if move.to_status in HELD else None
    return state_of(new) in states


def _is_taken(old: Task, new: Task) -> bool:
    return old.status in WORKING and new.status in WORKING and differs(old.holder, new.holder)


def _remember(look: Look, old: Task, walk: _Walk) -> None:
    """What was recorded of the task before the first of its moves."""
    trace = look.memory.of(old.ref)
    if trace.recorded is not None and trace.recorded.status == old.status:
        walk.recorded = trace.recorded
    moves = [entry for entry in look.old.moves_of(old) if entry.from_status != entry.to_status]
    entry = moves[-1] if moves else None
    if entry is not None and entry.to_status == old.status and entry.from_status is not None:
        walk.recorded = Recorded(old.status, entry.from_status)
        walk.entry = entry
    if old.status != IN_PROGRESS:
        return
    walk.seen = trace.started if trace.started == trace.entered else None
    if entry is not None and entry.to_status == IN_PROGRESS and entry.at is not None:
        walk.started = entry.at
    else:
        walk.started = trace.started or _time(old, "started_at")


def _judge_move(
    look: Look,
    old: Task,
    new: Task,
    move: Move,
    walk: _Walk,
    *,
    last: bool,
    holder: str | None,
) -> None:
    here, there, step = move.from_status, move.to_status, move.step
    broken = walk.broken
    if step is None and _is_reverted(look, move, walk):
        broken.add("reverted")
        return
    if rule := broken_rule(here, there):
        broken.add(rule)
    if here == TODO and there in WORKING and _waits(look, old, new):
        broken.add("not_ready")
    if here == IN_PROGRESS and there == DONE and walk.started is not None:
        ended = step.at if step is not None and step.at is not None else look.at
        # An agent may write any time for what others saw to take longer.
        seen = look.at - walk.seen if walk.seen is not None else ended - walk.started
        limit = look.thresholds.too_fast
        if timedelta(0) <= ended - walk.started < limit and seen < limit:
            broken.add("too_fast")
    if walk.reassigned:
        return
    if there == DONE and here in HELD:
        if differs(walk.holder, _finisher(move, walk, old, new, last=last)):
            broken.add("finished_by_other")
    elif there in HELD and here in WORKING:
        taker = new.holder if last else (step.agent if step is not None else walk.holder)
        if differs(walk.holder, taker):
            broken.add("stolen")
    elif there in WORKING and last and new.holder is not None and differs(holder, new.holder):
        broken.add("stolen")


def _is_reverted(look: Look, move: Move, walk: _Walk) -> bool:
    """Whether a recorded status went back by no transition: text from before it was written."""
    if walk.recorded is None:
        return False
    here, there = move.from_status, move.to_status
    back = _RANK.get(there, 9) < _RANK.get(here, -1)
    if walk.entry is not None and walk.entry in look.lost.get(walk.entry.task, ()):
        return back or there == walk.recorded.from_status
    if here in WORKING:
        return back
    return here == DONE and walk.entry is None and there == walk.recorded.from_status


def _waits(look: Look, old: Task, new: Task) -> bool:
    """Whether a dependency was open all the time; one that was met for a moment is no reason."""
    if not old.dependencies or not new.dependencies:
        return False
    waiting = set(look.new.open_dependencies(new)) - look.finished
    return bool(waiting) and not waiting.isdisjoint(look.old.open_dependencies(old))


def _holder_after(
    move: Move, walk: _Walk, new: Task, following: Step | None, *, last: bool
) -> str | None:
    if move.to_status not in HELD:
        return None
    step = move.step
    if step is not None:
        claims = move.from_status not in HELD or move.from_status == move.to_status
        return (step.agent if claims or not step.human else None) or walk.holder
    if move.from_status in HELD and walk.holder is not None:
        return walk.holder
    if last:
        return new.holder
    return following.agent if following is not None and not following.human else None


def _finisher(move: Move, walk: _Walk, old: Task, new: Task, *, last: bool) -> str | None:
    """Who finished the task; its holder where nothing speaks for another."""
    if move.step is not None:
        return move.step.agent
    if last and new.status == DONE:
        if new.claimed_by is not None and new.claimed_by != old.claimed_by:
            return new.claimed_by
        if new.claimed_by is None and old.assigned_agent != new.assigned_agent:
            return new.assigned_agent or walk.holder
    return walk.holder


def _actor(
    look: Look, move: Move, walk: _Walk, old: Task, new: Task, holder: str | None, *, last: bool
) -> tuple[str | None, bool]:
    if look.actor is not None:
        return look.actor.name, look.actor.human
    if move.step is not None:
        return move.step.actor, move.step.human
    if "reverted" in walk.broken or "reopened" in walk.broken:
        return None, False
    if move.to_status == DONE:
        return (_finisher(move, walk, old, new, last=last) or new.claimed_by), False
    if move.to_status in HELD:
        return (new.holder if last else holder), False
    return walk.holder, False


def _in_between(task: Task, status: str, holder: str | None) -> Task:
    """``task`` as it must have been in a status that no look saw."""
    claimer = holder if holder is not None and holder != task.assigned_agent else None
    return task._replace(status=status, raw_status=status, claimed_by=claimer)


def _time(task: Task, name: str) -> datetime | None:
    for key, value in task.fields:
        if isinstance(value, str) and canonical_name(key) == name:
            return read_time(value)
    return None
