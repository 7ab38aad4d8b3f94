"""A key that asks something of the selected task: why not, what is missing, or have it written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from todo_tui.shown import shown
from todo_tui.tui import keys
from todo_tui.tui.moves import ask, needs_reason, verb_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.screen import Screen

    from todo_tui.board.transition import Transition
    from todo_tui.tui.key import Situation
    from todo_tui.tui.status import Status

Want: TypeAlias = "Callable[[Transition], None]"
"""Has a transition written, after all that were wanted before."""


def press(
    screen: Screen[Any],
    status: Status,
    name: str,
    at: Situation,
    agents: Sequence[str],
    want: Want,
) -> None:
    """Do what the key ``name`` (its id) asks for: say why it cannot, or have it written.

    What is missing is asked for first: ``agents`` are the names to choose from. ``want`` is called,
    not sent a message: a key to leave that was pressed right after must find it in the queue.
    """
    if at.marked:
        from todo_tui.tui import together

        together.press(screen, status, name, at, agents, want)
        return
    key = keys.key(name)
    why = key.off(at)
    if why is not None:
        status.say(why, refused=True)
        return
    status.hush()
    if at.task is None or key.move is None:
        return
    from todo_tui.tui.prompt import Prompt

    task, actor, verb = at.task, at.actor, verb_of(key.move, at.task)

    def claim_for(agent: str | None) -> None:
        if agent is not None:
            want(ask(verb, task, actor, agent=agent))

    def because(reason: str | None) -> None:
        if reason is not None:
            want(ask(verb, task, actor, reason=reason))

    if name == "task.claim_for":
        default = task.assigned_agent or actor.holds_as
        question = Prompt(f"claim {task.id} for whom?", "claim", known=agents, default=default)
        screen.app.push_screen(question, claim_for)
    elif needs_reason(verb, task, actor):
        question = Prompt(
            f"{verb} {task.id}: why?",
            verb,
            needed=f"{verb} {task.id}: a reason is needed",
            proposed=proposed(at) if verb == "release" else "",
        )
        screen.app.push_screen(question, because)
    else:
        want(ask(verb, task, actor))


def proposed(at: Situation) -> str:
    """The reason to give back a task that was left too long, with the evidence; "" for others."""
    item = at.item
    if item is None or item.since is None or (need := item.need) not in ("stale", "silent"):
        return ""
    from todo_tui.board.evidence import release_reason

    return shown(release_reason(need, item.since, at.now, item.entry))
