"""What a key means for a task: which transition, whether it acts, and why it would be refused.

Owns nothing of the workflow: what is legal, and the words of a refusal, come from the board's own
table and ``transition.apply``, so that a key and a command can never disagree.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from todo_tui.board import workflow
from todo_tui.board.change import Change
from todo_tui.board.refusals import state
from todo_tui.board.steps import VERBS
from todo_tui.board.transition import (
    Batch,
    Block,
    Claim,
    Finish,
    Note,
    Release,
    Reopen,
    Restore,
    Seen,
    Start,
    Unblock,
    decide,
)
from todo_tui.errors import TodoError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from todo_tui.board.board import Board
    from todo_tui.board.task import Task
    from todo_tui.board.transition import Actor, Transition
    from todo_tui.board.workflow import Verb

Move: TypeAlias = Literal["claim", "start", "done", "release", "block", "reopen", "forward", "back"]
"""What the key of a task asks for; some depend on where the task is."""

Asked: TypeAlias = Claim | Start | Finish | Release | Block | Unblock | Reopen

_BY_PLACE: dict[Move, tuple[Verb, ...]] = {
    "block": ("unblock", "block"),
    "forward": ("claim", "start", "unblock", "done"),
    "back": ("reopen", "unblock", "release"),
}
"""The verbs that a key may stand for: the first that leads out of the status, else the last."""


def verb_of(move: Move, task: Task) -> Verb:
    """The verb that ``move`` stands for on this task; one that is refused where none is legal."""
    match move:
        case "block" | "forward" | "back":
            verbs = _BY_PLACE[move]
        case _:
            return move
    legal = workflow.legal(task.status)
    return next((verb for verb in verbs if verb in legal), verbs[-1])


def acts(verb: Verb, task: Task, actor: Actor) -> bool:
    """Whether the workflow lets ``actor`` do this; cheap, for the footer at each key press."""
    step = workflow.step(verb, task.status)
    if step is None:
        return False
    if actor.supervisor or step.who == "named":
        return True
    return step.who == "holder" and task.holder == actor.holds_as


def needs_reason(verb: Verb, task: Task, actor: Actor) -> bool:
    """Whether a reason has to be asked for first."""
    step = workflow.step(verb, task.status)
    if step is None:
        return False
    return step.reason == "everybody" or (step.reason == "supervisor" and actor.supervisor)


def ask(
    verb: Verb, task: Task, actor: Actor, *, agent: str | None = None, reason: str | None = None
) -> Asked:
    """The transition, stating what was seen: it is refused if the file says otherwise by then.

    ``agent`` is for whom to claim: without it for the task's assigned agent, else for the actor.
    """
    seen = Seen(task.status, task.holder)
    match verb:
        case "claim":
            if agent is None and actor.supervisor:
                agent = task.assigned_agent
            return Claim(task.ref, actor, agent=agent, seen=seen)
        case "start":
            return Start(task.ref, actor, seen=seen)
        case "done":
            return Finish(task.ref, actor, seen=seen)
        case "release":
            return Release(task.ref, actor, reason=reason, seen=seen)
        case "block":
            return Block(task.ref, actor, reason=reason, seen=seen)
        case "unblock":
            return Unblock(task.ref, actor, reason=reason, seen=seen)
        case "reopen":
            return Reopen(task.ref, actor, reason=reason, seen=seen)


def done(asked: Transition | None, tasks: Sequence[Task]) -> str | None:
    """What is said of a change that no selected card shows; ``tasks`` are as it left them."""
    match asked:
        case Restore(event=event, undo=True):
            now = f"{tasks[0].ref} {state(tasks[0])}" if tasks else f"{event.ref} is gone again"
            return f"undone: {now}"
        case Batch(requests):
            word = workflow.row(VERBS[type(requests[0])]).event
            return f"{len(requests)} {'task' if len(requests) == 1 else 'tasks'} {word}"
        case Note(ref=ref):
            return f"noted in the session history of {ref}"
    return None


def refusal(board: Board, asked: Transition, now: datetime) -> str | None:
    """Why the board as it is shown would refuse this, or change nothing; None where it would."""
    try:
        decision = decide(board, asked, now)
    except TodoError as error:
        return error.message
    if not isinstance(decision, Change) or decision.fields or decision.entries:
        return None
    task = board.tasks[decision.place]
    return f"{task.ref} is {task.status.replace('_', ' ')} already: there is nothing to do"
