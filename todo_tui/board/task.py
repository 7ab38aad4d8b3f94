"""A task, and the words for what it can be: status, priority, names of agents.

Owns the canonical words and how the words found in files are read as them. Must not know where a
task stands in a text, or what may be done with it (``workflow``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from todo_tui.document.entry import Value

TODO: Final = "todo"
CLAIMED: Final = "claimed"
IN_PROGRESS: Final = "in_progress"
BLOCKED: Final = "blocked"
DONE: Final = "done"

PRIORITIES: Final = ("critical", "high", "medium", "low")
"""Canonical priorities, most urgent first; a missing or unknown one sorts after them."""

HELD: Final = frozenset({CLAIMED, IN_PROGRESS, BLOCKED})
"""The statuses in which a task has a holder."""


def canonical_status(raw: str) -> str:
    """The canonical status that ``raw`` is read as; "" gives "todo".

    Compared by letters and digits up to the first ``(``, `` - ``, `` — `` or `` by ``. A status
    outside the workflow comes back in lower case, its words joined by ``_``.
    """
    raise NotImplementedError


def canonical_priority(raw: str) -> str | None:
    """One of PRIORITIES, or None where ``raw`` is empty or none that we know."""
    raise NotImplementedError


def is_nobody(raw: str) -> bool:
    """Whether the text stands for no agent: empty, null, ~, none, n/a, -, unassigned."""
    raise NotImplementedError


def bare_name(agent: str) -> str:
    """An agent's name without its session: ``eng-backend@7f3a`` is ``eng-backend``."""
    return agent.partition("@")[0]


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong with the file or a task.

    ``task`` is a reference, None for a fault of the text itself. Where it stands is asked of the
    board (``Board.location``): two faults are equal wherever they stand.
    """

    code: str
    message: str
    task: str | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """A mapping with an id and a list of tasks: not a card, and changed by no command."""

    id: str
    title: str
    status: str
    priority: str | None
    holder: str | None
    dependencies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Task:
    """One task as the file states it, with what it takes from its group; no position.

    ``ref`` names it alone (the id, and where the id stands twice ``id#hash``). ``status`` is
    canonical, ``raw_status`` the source text. ``assigned_agent`` says for whom it is, ``holder``
    who has it (None unless claimed, in_progress or blocked). ``dependencies`` are ids, its group's
    after its own, without repeats. ``created_at`` is source text. ``fields`` are all others in
    source order, names as written. ``faults`` are those that the task shows by itself.
    """

    id: str
    ref: str
    title: str
    status: str
    raw_status: str
    priority: str | None
    raw_priority: str
    assigned_agent: str | None
    claimed_by: str | None
    dependencies: tuple[str, ...]
    created_at: str
    group: str | None
    fields: tuple[tuple[str, Value], ...]
    faults: tuple[Fault, ...]

    @property
    def holder(self) -> str | None:
        """Who has the task now: claimed_by, else assigned_agent, while it is held at all."""
        if self.status not in HELD:
            return None
        return self.claimed_by or self.assigned_agent
