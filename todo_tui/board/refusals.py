"""Refusals: a code, one sentence that says what is and what to do next, and the legal commands.

Owns the words of a refusal and which commands would be accepted now. Must not decide whether
something is refused (``steps``, ``amending``, ``adding``).
"""

from __future__ import annotations

from todo_tui.board import workflow
from todo_tui.board.next_task import next_for, why_nothing
from todo_tui.board.refs import is_numbered
from todo_tui.board.task import CLAIMED, HELD, IN_PROGRESS, TODO, is_for
from todo_tui.board.times import write_time
from todo_tui.errors import TodoError
from todo_tui.static import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from todo_tui.board.board import Board
    from todo_tui.board.history import HistoryEntry
    from todo_tui.board.request import Actor
    from todo_tui.board.task import Task
    from todo_tui.board.workflow import Verb
    from todo_tui.errors import Code

_AT_WORK: Final = frozenset({CLAIMED, IN_PROGRESS})


def refusal(
    board: Board,
    task: Task,
    actor: Actor,
    code: Code,
    message: str,
    *,
    legal: tuple[str, ...] | None = None,
    by: str | None = None,
    since: str | None = None,
    reason: str | None = None,
) -> TodoError:
    """A refusal that is about ``task``, with its status, its holder and since when."""
    entered = board.since(task)
    return TodoError(
        code,
        message,
        task=task.ref,
        status=task.status,
        holder=task.holder,
        since=since or (write_time(entered) if entered else None),
        by=by,
        reason=reason,
        legal=commands(board, task, actor) if legal is None else legal,
    )


def may(board: Board, verb: Verb, task: Task, actor: Actor) -> bool:
    """Whether ``actor`` could make the transition now, given a reason where one is needed."""
    if is_numbered(task):
        return False
    if verb == "claim" and task.status in HELD:
        return task.holder is None
    if workflow.step(verb, task.status) is None:
        return False
    match workflow.row(verb).who:
        case "named":
            return actor.supervisor or (is_free(task, actor.holds_as) and board.ready(task))
        case "holder":
            return actor.supervisor or task.holder in (None, actor.holds_as)
        case "supervisor":
            return actor.supervisor


def is_free(task: Task, agent: str) -> bool:
    """Whether the task is assigned to nobody or to ``agent`` (its name up to ``@``)."""
    return task.assigned_agent is None or is_for(task.assigned_agent, agent)


def needs_reason(verb: Verb, task: Task, actor: Actor) -> bool:
    """Whether ``actor`` has to give a reason for the transition."""
    match workflow.row(verb).reason:
        case "everybody":
            return True
        case "supervisor":
            return actor.supervisor and task.holder != actor.holds_as
        case "nobody":
            return False


def command(verb: Verb, task: Task, actor: Actor) -> str:
    """The whole command for a transition, without the flag that says who acts."""
    reason = " --reason WHY" if needs_reason(verb, task, actor) else ""
    return f"todo-tui {verb} {_word(task.ref)}{reason}"


def commands(board: Board, task: Task, actor: Actor) -> tuple[str, ...]:
    """The commands about ``task`` that would be accepted from ``actor`` now; else what to do."""
    verbs = [row.verb for row in workflow.STEPS if may(board, row.verb, task, actor)]
    if verbs:
        return tuple(command(verb, task, actor) for verb in verbs)
    if not actor.supervisor and next_for(board, actor.holds_as) is not None:
        return ("todo-tui claim --next",)
    return (f"todo-tui show {_word(task.ref)}",)


def _word(ref: str) -> str:
    """A reference as a word for the shell: one that begins with a dash is no option behind a blank.

    The blanks around a name mean nothing (``Board.find``).
    """
    from shlex import quote

    return quote(f" {ref}" if ref.startswith("-") else ref)


def spoken(status: str) -> str:
    """A status as a word of a sentence."""
    return status.replace("_", " ")


def state(task: Task) -> str:
    """What a task is and who has it, as the end of a sentence: "is claimed by eng"."""
    by = f" by {task.holder}" if task.holder else ""
    match task.status:
        case "in_progress":
            return f"is in progress{f' with {task.holder}' if task.holder else ''}"
        case "blocked":
            return f"is blocked{f' and held{by}' if by else ''}"
        case status if status in workflow.STATUSES:
            return f"is {spoken(status)}{by}"
        case _:
            return f'has the status "{task.raw_status}"'


def way(status: str, target: str, actor: Actor) -> str:
    """How ``actor`` gets a task from one status to another, as an instruction."""
    steps = []
    for verb in workflow.path(status, target):
        row = workflow.row(verb)
        alone = row.who != "supervisor" or actor.supervisor
        steps.append(row.words if alone else f"have a supervisor {row.words}")
    return ", then ".join(steps)


def illegal(board: Board, verb: Verb, task: Task, actor: Actor) -> TodoError:
    """The refusal of a transition that does not lead out of the task's status."""
    row = workflow.row(verb)
    if task.status == row.target:
        holder = f", {task.holder} holds it" if task.holder else ""
        message = f"{task.ref} is {spoken(task.status)} already{holder}: there is nothing to do"
    else:
        path = way(task.status, row.target, actor)
        foreign = not actor.supervisor and not is_free(task, actor.holds_as)
        whose = f", assigned to {task.assigned_agent}," if foreign and task.status == TODO else ""
        message = f"{task.ref} {state(task)}{whose} and cannot be {row.event}: {path}"
    return refusal(board, task, actor, "illegal", message)


def lost(board: Board, task: Task, actor: Actor, entry: HistoryEntry) -> TodoError:
    """The answer to an agent that comes back to a task which ``entry`` took from it."""
    who = f"{entry.actor} (human)" if entry.human else entry.actor
    when = f" at {write_time(entry.at)}" if entry.at else ""
    why = f": {entry.note}" if entry.note else ""
    to = f" to {entry.for_agent}" if entry.event == "reassigned" and entry.for_agent else ""
    return refusal(
        board,
        task,
        actor,
        "reassigned" if entry.event == "reassigned" else "released",
        f"{task.ref} was taken from {actor.holds_as}: {who} {entry.event} it{to}{when}{why};"
        f" stop this work, or ask {entry.actor}",
        by=entry.actor,
        since=write_time(entry.at) if entry.at else None,
        reason=entry.note,
    )


def nothing(board: Board, agent: str) -> TodoError:
    """The refusal of a ``next`` that finds no task, with the counts of why."""
    counts = why_nothing(board, agent)
    words = {
        "done": "done",
        "assigned_to_others": "assigned to others",
        "dependencies_open": "waiting for dependencies",
        "held": "held",
        "other": "not to be claimed",
    }
    said = ", ".join(f"{number} {words[why]}" for why, number in counts.items() if number)
    mine = [task.ref for task in board.tasks if task.status in _AT_WORK and task.holder == agent]
    if mine:
        more = f" and {len(mine) - 5} more" if len(mine) > 5 else ""
        path = f"it holds {', '.join(mine[:5])}{more} itself, go on with that"
    else:
        path = "ask again when the file has changed"
    return TodoError(
        "nothing",
        f"there is no task for {agent} to claim ({said or 'the file has no tasks'}): {path}",
        legal=("todo-tui list --mine",) if mine else (),
        counts=counts,
    )
