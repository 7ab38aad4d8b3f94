"""The workflow: which transition leads from which status to which, and who may make it. One table.

Everything that depends on the workflow (the commands, the keys, the words of a refusal) asks this
table. Must not apply anything (``transition``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from todo_tui.board.task import BLOCKED, CLAIMED, DONE, IN_PROGRESS, TODO

Verb = Literal["claim", "start", "done", "release", "block", "unblock", "reopen"]
Who = Literal["named", "holder", "supervisor"]


@dataclass(frozen=True, slots=True)
class Step:
    """One row: ``verb`` leads from any of ``sources`` to ``target``.

    ``who``: a named agent for whom the task is, the holder (a supervisor always may, too), or a
    supervisor alone. ``reason``: who has to give one. An empty ``sources`` means every status
    that is no other row's source or target (and done, for reopen).
    """

    verb: Verb
    sources: tuple[str, ...]
    target: str
    who: Who
    reason: Literal["nobody", "supervisor", "everybody"]
    event: str


STEPS: Final = (
    Step("claim", (TODO,), CLAIMED, "named", "nobody", "claimed"),
    Step("start", (CLAIMED,), IN_PROGRESS, "holder", "nobody", "started"),
    Step("done", (IN_PROGRESS,), DONE, "holder", "nobody", "finished"),
    Step("release", (CLAIMED, IN_PROGRESS), TODO, "holder", "supervisor", "released"),
    Step("block", (CLAIMED, IN_PROGRESS), BLOCKED, "holder", "everybody", "blocked"),
    Step("unblock", (BLOCKED,), TODO, "holder", "nobody", "unblocked"),
    Step("reopen", (DONE,), TODO, "supervisor", "everybody", "reopened"),
)

STATUSES: Final = (TODO, CLAIMED, IN_PROGRESS, BLOCKED, DONE)
"""The statuses of the workflow."""


def step(verb: Verb, status: str) -> Step | None:
    """The row by which ``verb`` applies to a task in ``status``; None where it does not."""
    raise NotImplementedError


def legal(status: str) -> tuple[Verb, ...]:
    """The verbs that lead out of ``status``, in the order of the table."""
    raise NotImplementedError


def path(status: str, target: str) -> tuple[Verb, ...]:
    """The shortest legal way from one status to another: todo to done is claim, start, done."""
    raise NotImplementedError
