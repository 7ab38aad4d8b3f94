"""The seven transitions: who may make them, what they change, and the refusals.

Owns the rules of the workflow beyond its table: holders and sessions, retries, readiness, reasons.
Must not know how a field is written (``writing``).
"""

from __future__ import annotations

from todo_tui.board import workflow
from todo_tui.board.change import Change, Insert, Put, Remove, pairs_of, roles_of
from todo_tui.board.history import event_entry
from todo_tui.board.lookup import find_to_change
from todo_tui.board.next_task import next_for
from todo_tui.board.refusals import (
    illegal,
    is_free,
    lost,
    needs_reason,
    nothing,
    refusal,
    state,
)
from todo_tui.board.request import (
    Block,
    Claim,
    ClaimNext,
    Finish,
    Release,
    Reopen,
    Start,
    Unblock,
)
from todo_tui.board.roles import ROUND, SQUARE
from todo_tui.board.task import BLOCKED, CLAIMED, HELD, TODO, canonical_name, is_nobody
from todo_tui.board.times import write_time
from todo_tui.board.values import line_of
from todo_tui.board.wording import agent_name, named_actor, noted, one_line
from todo_tui.static import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import datetime

    from todo_tui.board.board import Board
    from todo_tui.board.change import FieldChange
    from todo_tui.board.history import HistoryEntry
    from todo_tui.board.request import Actor, Seen, StepRequest
    from todo_tui.board.task import Task
    from todo_tui.board.workflow import Step, Verb
    from todo_tui.errors import TodoError

VERBS: Final[dict[type[StepRequest], Verb]] = {
    Claim: "claim",
    Start: "start",
    Finish: "done",
    Release: "release",
    Block: "block",
    Unblock: "unblock",
    Reopen: "reopen",
}

_STAMPS: Final = {"claim": "claimed_at", "start": "started_at", "done": "completed_at"}


def named(board: Board, ref: str, actor: Actor, seen: Seen | None) -> Task:
    """The task that a request is about.

    Raises TodoError: no_task; ambiguous, also for twins of equal titles; changed.
    """
    task = find_to_change(board, ref)
    if seen is not None and (task.status, task.holder) != (seen.status, seen.holder):
        raise refusal(
            board,
            task,
            actor,
            "changed",
            f"{task.ref} has changed since it was looked at: it {state(task)} now; look again",
        )
    return task


def claim_next(board: Board, request: ClaimNext, now: datetime) -> Change:
    """What claiming the next task comes to. Raises TodoError ``nothing`` where there is none."""
    actor = named_actor(request.by)
    task = next_for(board, actor.holds_as)
    if task is None:
        raise nothing(board, actor.holds_as)
    return decide(board, Claim(task.ref, actor), now)


def decide(board: Board, request: StepRequest, now: datetime) -> Change:
    """What one of the seven transitions comes to. Raises TodoError for a refusal."""
    actor = named_actor(request.by)
    task = named(board, request.ref, actor, request.seen)
    match request:
        case Start():
            said = None
        case Finish():
            said = one_line(request.note or "", "the note") or None
        case _:
            said = one_line(request.reason or "", "the reason") or None
    if isinstance(request, Claim):
        return _claim(board, task, actor, request.agent, said, now)
    return _step(board, VERBS[type(request)], task, actor, said, now)


def _claim(
    board: Board, task: Task, actor: Actor, agent: str | None, reason: str | None, now: datetime
) -> Change:
    agent = agent_name(agent) if agent else actor.holds_as
    if agent != actor.holds_as and not actor.supervisor:
        raise refusal(
            board,
            task,
            actor,
            "needs_supervisor",
            f"{actor.holds_as} cannot claim {task.ref} for {agent}: only a supervisor claims for"
            " somebody else",
        )
    if task.status in HELD and task.holder is not None:
        if task.holder == agent and task.status == CLAIMED and "@" in agent[1:]:
            return Change(board.place(task))
        raise _held(board, task, actor, agent)
    if task.status not in HELD and task.status != TODO:
        raise illegal(board, "claim", task, actor)
    notes = [reason] if reason else []
    if task.status == TODO:
        if not actor.supervisor and not is_free(task, agent):
            raise _assigned_to_other(board, task, actor, agent)
        if waiting := board.open_dependencies(task):
            if not actor.supervisor:
                raise _not_ready(board, task, actor, waiting)
            notes.append(f"past open dependencies {', '.join(waiting)}")
    target = CLAIMED if task.status == TODO else task.status
    changes = _status_changes(board, task, target)
    if task.claimed_by != agent and (task.claimed_by or task.assigned_agent != agent):
        changes += _put(task, "claimed_by", agent)
    changes += _stamp(task, "claim", now)
    entry = event_entry(
        now,
        task.ref,
        "claimed",
        actor.name,
        task.status,
        target,
        human=actor.human,
        for_agent=actor.for_agent or (agent if agent != actor.name else None),
        note="; ".join(notes) or None,
    )
    return Change(board.place(task), tuple(changes), (noted(entry),))


def _held(board: Board, task: Task, actor: Actor, agent: str) -> TodoError:
    match task.status:
        case _ if actor.supervisor:
            advice = "unblock it" if task.status == BLOCKED else "release it"
            advice = f"{advice} first, or assign it anew"
        case _ if task.holder != agent:
            advice = f"claim another task, or ask {task.holder} to give it up"
        case "claimed":
            advice = (
                "a name without a session cannot tell who claimed it; if it was you, start it, if"
                " not, claim another task"
            )
        case "blocked":
            advice = "unblock it, then claim it"
        case _:
            advice = "finish it, release it or block it"
    return refusal(board, task, actor, "already_claimed", f"{task.ref} {state(task)}: {advice}")


def _assigned_to_other(board: Board, task: Task, actor: Actor, agent: str) -> TodoError:
    return refusal(
        board,
        task,
        actor,
        "assigned_to_other",
        f"{task.ref} is assigned to {task.assigned_agent}, not to {agent}: claim another task, or"
        " have a supervisor assign it",
    )


def _not_ready(board: Board, task: Task, actor: Actor, waiting: tuple[str, ...]) -> TodoError:
    words = f"{task.ref} waits for {', '.join(waiting)}"
    unknown = [name for name in waiting if not board.graph.is_known(name)]
    if unknown:
        are = "is" if len(unknown) == 1 else "are"
        words += (
            f"; {', '.join(unknown)} {are} not in the file: correct the dependencies, or claim"
            " another task"
        )
    elif ring := board.graph.way(waiting, board.place(task)):
        words = (
            f"{' -> '.join((task.id, *ring))} wait for each other: take away one of these"
            " dependencies, or claim another task"
        )
    else:
        words += f": claim another task until {'it is' if len(waiting) == 1 else 'they are'} done"
    return refusal(board, task, actor, "not_ready", words)


def _step(
    board: Board, verb: Verb, task: Task, actor: Actor, said: str | None, now: datetime
) -> Change:
    me = actor.holds_as
    mine = task.holder == me
    moves = board.moves_of(task)
    row = workflow.row(verb)
    if _is_repeated(row, task, actor, said, moves):
        return Change(board.place(task))
    if not actor.supervisor and not mine and (taken := _taken_by(task, me, moves)) is not None:
        raise lost(board, task, actor, taken)
    if row.who == "holder" and task.holder not in (None, me) and not actor.supervisor:
        raise _not_holder(board, task, actor)
    if workflow.step(verb, task.status) is None:
        raise illegal(board, verb, task, actor)
    if row.who == "supervisor" and not actor.supervisor:
        raise _needs_supervisor(board, row, task, actor)
    if said is None and needs_reason(verb, task, actor):
        raise refusal(
            board,
            task,
            actor,
            "needs_reason",
            f"{task.ref} cannot be {row.event} without a reason: say why with --reason",
        )
    changes = _status_changes(board, task, row.target)
    if row.target == TODO:
        changes += _empty_holder(board, task)
    elif task.holder is None and not actor.supervisor:
        changes += _put(task, "claimed_by", me)
    if verb == "block" and said is not None:
        changes += _put(task, "blocker_reason", said)
    if verb == "unblock":
        changes += (Remove(at) for at in _places(task, "blocker_reason"))
    changes += _stamp(task, verb, now)
    entry = event_entry(
        now,
        task.ref,
        row.event,
        actor.name,
        task.status,
        row.target,
        human=actor.human,
        for_agent=actor.for_agent,
        note=said,
    )
    return Change(board.place(task), tuple(changes), (noted(entry),))


def _not_holder(board: Board, task: Task, actor: Actor) -> TodoError:
    return refusal(
        board,
        task,
        actor,
        "not_holder",
        f"{task.ref} {state(task)}, not {actor.holds_as}: ask {task.holder} or a supervisor to"
        f" {'unblock' if task.status == BLOCKED else 'release'} it",
    )


def _needs_supervisor(board: Board, row: Step, task: Task, actor: Actor) -> TodoError:
    return refusal(
        board,
        task,
        actor,
        "needs_supervisor",
        f"{task.ref} {state(task)}: only a supervisor can {row.words}, with --as and a reason",
    )


def _is_repeated(
    row: Step, task: Task, actor: Actor, said: str | None, moves: tuple[HistoryEntry, ...]
) -> bool:
    """Whether the request has been made already, by the same one: then it succeeds once more."""
    if task.status != row.target:
        return False
    me = actor.holds_as
    if row.verb == "start":
        return task.holder == me
    if not moves or moves[-1].to_status != task.status:
        # The history does not tell how the task came into its status.
        return row.verb == "done" and me in (task.claimed_by, task.assigned_agent)
    last = moves[-1]
    same = last.event == row.event and last.agent == me and last.human == actor.human
    return same and (row.verb != "block" or last.note == said)


def _taken_by(task: Task, me: str, moves: tuple[HistoryEntry, ...]) -> HistoryEntry | None:
    """The event that took the task from ``me``, if ``me`` held it and has not come back since."""
    held: bool | None = None
    taken: HistoryEntry | None = None
    for entry in moves:
        match entry.event:
            case "claimed":
                held = entry.agent == me
            case "started" | "blocked":
                held = True if entry.agent == me else held
            case "released":
                was_mine = held or (held is None and me in (task.claimed_by, task.assigned_agent))
                taken = entry if was_mine and entry.agent != me else taken
                held = False
            case "reassigned" if entry.from_status in HELD:
                was_mine = held or (held is None and entry.note == f"was {me}")
                taken = entry if was_mine and entry.agent != me else taken
                held = entry.for_agent == me
            case "finished" | "unblocked" | "reopened":
                held, taken = False, None
            case _:
                continue
        taken = None if held else taken
    return taken


def _places(task: Task, name: str) -> tuple[int, ...]:
    """The pairs of a task's item that have this very name."""
    return tuple(at for at, pair in enumerate(pairs_of(task)) if canonical_name(pair[0]) == name)


def _put(task: Task, name: str, value: str) -> list[FieldChange]:
    """The changes that give a field a value; added on the line after the status where missing."""
    places = _places(task, name)
    if places:
        return [Put(at, value) for at in places]
    return [Insert(after_status(task), name, value)]


def after_status(task: Task) -> int:
    """The pair after which a field is added: the status, and the brackets on its line."""
    found = roles_of(task)
    at = found.status[0] if found.status else found.anchor
    names = [name for name, _ in pairs_of(task)]
    while at + 1 < len(names) and names[at + 1] in (ROUND, SQUARE):
        at += 1
    return at


def _status_changes(board: Board, task: Task, target: str) -> list[FieldChange]:
    if target == task.status:
        return []
    places = roles_of(task).status
    word = board.spelling(target)
    if not places:
        return [Insert(after_status(task), "status", word)]
    return [Put(at, word) for at in places]


def _empty_holder(board: Board, task: Task) -> list[FieldChange]:
    from todo_tui.board.style import emptied

    pairs = pairs_of(task)
    filled = (at for at in _places(task, "claimed_by") if not is_nobody(line_of(pairs[at][1])))
    return emptied(board, task, "claimed_by", tuple(filled))


def _stamp(task: Task, verb: Verb, now: datetime) -> list[FieldChange]:
    name = _STAMPS.get(verb)
    return [Put(at, write_time(now)) for at in _places(task, name)] if name else []
