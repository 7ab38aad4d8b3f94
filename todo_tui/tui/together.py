"""A key that asks something of all marked tasks: who may, who may not, and one commit for them.

Owns nothing of the workflow: each task is asked as it would be alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from todo_tui.board.transition import Batch
from todo_tui.tui import keys
from todo_tui.tui.moves import ask, needs_reason, refusal, verb_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.screen import Screen

    from todo_tui.board.task import Task
    from todo_tui.tui.acting import Want
    from todo_tui.tui.key import Situation
    from todo_tui.tui.moves import Move
    from todo_tui.tui.status import Status


def press(
    screen: Screen[Any],
    status: Status,
    name: str,
    at: Situation,
    agents: Sequence[str],
    want: Want,
) -> None:
    """Do what the key ``name`` asks for with all marked tasks, or with those that allow it.

    Where some are out of sight it is asked first whether they are meant. Where some do not allow
    it, a screen says why, and asks whether to do the rest.
    """
    move = keys.key(name).move
    if move is None:
        return
    status.hush()
    tasks = marked(at)
    if not at.unsighted:
        _press(screen, status, name, move, tasks, at, agents, want)
        return
    from todo_tui.tui.choice import Choice
    from todo_tui.tui.menu import Offer

    seen = [task for task in tasks if task.ref not in at.unsighted]
    those = [seen, tasks] if seen else [tasks]
    offers = [Offer("a", f"all {len(tasks):,}", "hidden ones, too")]
    if seen:
        offers.insert(0, Offer("s", f"the {len(seen):,} in sight"))
    hidden = len(tasks) - len(seen)
    be = "is" if hidden == 1 else "are"
    verbs = _verbs(move, tasks)
    question = f"{verbs} which? {hidden:,} of {len(tasks):,} marked {be} hidden"

    def take(index: int | None) -> None:
        if index is not None:
            _press(screen, status, name, move, those[index], at, agents, want)

    screen.app.push_screen(Choice(question, offers), take)


def _press(
    screen: Screen[Any],
    status: Status,
    name: str,
    move: Move,
    tasks: Sequence[Task],
    at: Situation,
    agents: Sequence[str],
    want: Want,
) -> None:
    able: list[Task] = []
    refusals: list[tuple[Task, str]] = []
    for task in tasks:
        why = refusal(at.board, ask(verb_of(move, task), task, at.actor, reason="-"), at.now)
        if why is None:
            able.append(task)
        else:
            refusals.append((task, why))

    def go_on(yes: bool | None = True) -> None:
        if yes and able:
            _ask_and_want(screen, name, move, able, at, agents, want)

    if not refusals:
        go_on()
    elif not able and len(refusals) == 1:
        status.say(refusals[0][1], refused=True)
    else:
        from todo_tui.tui.refused_screen import RefusedScreen

        asked = RefusedScreen(_verbs(move, tasks), refusals, len(able))
        screen.app.push_screen(asked, go_on)


def _verbs(move: Move, tasks: Sequence[Task]) -> str:
    return "/".join(dict.fromkeys(verb_of(move, task) for task in tasks))


def marked(at: Situation) -> list[Task]:
    """The marked tasks, in file order."""
    tasks = (at.board.get(ref) for ref in at.marked)
    return sorted((task for task in tasks if task is not None), key=at.board.place)


def _ask_and_want(
    screen: Screen[Any],
    name: str,
    move: Move,
    tasks: Sequence[Task],
    at: Situation,
    agents: Sequence[str],
    want: Want,
) -> None:
    """Ask what all of them need, once; then have it written."""
    from todo_tui.tui.prompt import Prompt

    actor = at.actor
    these = tasks[0].id if len(tasks) == 1 else f"{len(tasks)} tasks"

    def do(*, agent: str | None = None, reason: str | None = None) -> None:
        requests = [
            ask(verb_of(move, task), task, actor, agent=agent, reason=reason) for task in tasks
        ]
        want(requests[0] if len(requests) == 1 else Batch(tuple(requests), actor))

    def for_whom(agent: str | None) -> None:
        if agent is not None:
            do(agent=agent)

    def because(reason: str | None) -> None:
        if reason is not None:
            do(reason=reason)

    if name == "task.claim_for":
        question = Prompt(f"claim {these} for whom?", "claim", known=agents, default=actor.holds_as)
        screen.app.push_screen(question, for_whom)
    elif any(needs_reason(verb_of(move, task), task, actor) for task in tasks):
        verbs = _verbs(move, tasks)
        needed = f"{verbs} {these}: a reason is needed"
        screen.app.push_screen(Prompt(f"{verbs} {these}: why?", verbs, needed=needed), because)
    else:
        do()
