"""The workflow: which transition leads from which status to which, and who may make it. One table.

Everything that depends on the workflow (the commands, the keys, the words of a refusal) asks this
table. Must not apply anything (``transition``).
"""

from __future__ import annotations

from todo_tui.board.task import BLOCKED, CLAIMED, DONE, IN_PROGRESS, TODO
from todo_tui.named_tuple import NamedTuple
from todo_tui.static import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from todo_tui.board.history import Event

Verb = Literal["claim", "start", "done", "release", "block", "unblock", "reopen"]
Who = Literal["named", "holder", "supervisor"]


class Step(NamedTuple):
    """One row: ``verb`` leads from any of ``sources`` to ``target``.

    ``who``: a named agent for whom the task is, the holder (a supervisor always may, too), or a
    supervisor alone. ``reason``: who has to give one. ``others``: the row leads out of every
    status that is not in STATUSES, too. ``event`` is the word of the session history; ``words``
    tell somebody to do it.
    """

    verb: Verb
    sources: tuple[str, ...]
    target: str
    who: Who
    reason: Literal["nobody", "supervisor", "everybody"]
    event: Event
    words: str
    others: bool = False


STEPS: Final = (
    Step("claim", (TODO,), CLAIMED, "named", "nobody", "claimed", "claim it"),
    Step("start", (CLAIMED,), IN_PROGRESS, "holder", "nobody", "started", "start it"),
    Step("done", (IN_PROGRESS,), DONE, "holder", "nobody", "finished", "finish it"),
    Step("release", (CLAIMED, IN_PROGRESS), TODO, "holder", "supervisor", "released", "release it"),
    Step("block", (CLAIMED, IN_PROGRESS), BLOCKED, "holder", "everybody", "blocked", "block it"),
    Step("unblock", (BLOCKED,), TODO, "holder", "nobody", "unblocked", "unblock it"),
    Step("reopen", (DONE,), TODO, "supervisor", "everybody", "reopened", "reopen it", others=True),
)

STATUSES: Final = (TODO, CLAIMED, IN_PROGRESS, BLOCKED, DONE)
"""The statuses of the workflow."""


def row(verb: Verb) -> Step:
    """The row of a verb."""
    return next(step for step in STEPS if step.verb == verb)


def step(verb: Verb, status: str) -> Step | None:
    """The row by which ``verb`` applies to a task in ``status``; None where it does not."""
    found = row(verb)
    return found if _leads_out_of(found, status) else None


def legal(status: str) -> tuple[Verb, ...]:
    """The verbs that lead out of ``status``, in the order of the table."""
    return tuple(found.verb for found in STEPS if _leads_out_of(found, status))


def path(status: str, target: str) -> tuple[Verb, ...]:
    """The shortest legal way from one status to another: todo to done is claim, start, done.

    Empty where they are the same, or no way leads there.
    """
    ways: dict[str, tuple[Verb, ...]] = {status: ()}
    ahead = [status]
    for here in ahead:
        for verb in legal(here):
            there = row(verb).target
            if there not in ways:
                ways[there] = (*ways[here], verb)
                ahead.append(there)
    return ways.get(target, ())


def words(verbs: tuple[Verb, ...]) -> str:
    """The verbs as an instruction: "claim it, then start it, then finish it"."""
    return ", then ".join(row(verb).words for verb in verbs)


def _leads_out_of(found: Step, status: str) -> bool:
    return status in found.sources or (found.others and status not in STATUSES)
