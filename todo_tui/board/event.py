"""What happened between two looks at a file, as frozen values.

Owns the kinds of events and of violations. Must not know how they are found (``changes``,
``violations``) or written (``event_json``).
"""

from __future__ import annotations

from todo_tui.board.history import HistoryEntry
from todo_tui.named_tuple import NamedTuple
from todo_tui.static import TYPE_CHECKING, Final, Literal, TypeAlias, get_args

if TYPE_CHECKING:
    from datetime import datetime

    from todo_tui.board.task import Fault, Group, Task

Kind = Literal[
    "added", "removed", "renamed", "retitled", "reprioritised", "reassigned", "moved", "changed",
    "reordered", "regrouped", "history", "fault", "fault_cleared", "violation",
]  # fmt: skip

Violation = Literal[
    "vanished", "stolen", "reverted", "duplicated", "skipped_work", "skipped_claim",
    "finished_by_other", "reopened", "not_ready", "too_fast", "bulk_done", "history_rewritten",
]  # fmt: skip

Source = Literal["command", "board", "file"]

VIOLATIONS: Final[tuple[Violation, ...]] = get_args(Violation)
"""Every violation, the gravest first."""


class Slot(NamedTuple):
    """Where a task stood: its place among the tasks, from 0, and its exact text.

    ``above`` and ``below`` are references of its neighbours, the nearest first: the one next to
    it, and where that one went in the same moment the nearest that stayed, too. The end of the file
    is "" behind one that went, else nothing. ``source`` is "" for a board without a document.

    The rest says what else went with it: whole lines, such as a comment, a blank line, a fence.
    ``gap`` stood between it and a task above it that went, too; ``head`` and ``tail`` before the
    first and behind the last of those that went with it. ``over`` and ``under`` stand around all of
    that, and stayed: the text to the next task that stayed, or a piece of it; None where none of
    this is plain.
    """

    place: int
    source: str = ""
    above: tuple[str, ...] = ()
    below: tuple[str, ...] = ()
    gap: str = ""
    head: str = ""
    tail: str = ""
    over: str | None = None
    under: str | None = None


class Order(NamedTuple):
    """The references of the tasks whose order changed, before and after."""

    before: tuple[str, ...]
    after: tuple[str, ...]


class Regrouping(NamedTuple):
    """All groups of the file, before and after."""

    before: tuple[Group, ...]
    after: tuple[Group, ...]


class Lost(NamedTuple):
    """Session history entries that are gone, oldest first."""

    entries: tuple[HistoryEntry, ...]


class Several(NamedTuple):
    """Several tasks that changed together, before and after, in file order."""

    before: tuple[Task, ...]
    after: tuple[Task, ...]


Detail: TypeAlias = "Slot | Order | Regrouping | HistoryEntry | Lost | Fault | Several"


class BoardEvent(NamedTuple):
    """One thing that happened. ``at`` is when it was seen; ``source`` how it came about.

    ``task`` is an id, ``ref`` a reference as it is afterwards (of a removed task as it was); None
    where it is not about one task. ``actor`` is who did it, where that is known, and ``human``
    whether a person did. ``violation``: the gravest rule that was broken by it.

    ``before`` and ``after`` are the whole task; of several steps that one look saw together each
    has its own. ``detail`` says what is not about a task's fields:

    - ``added``, ``removed``: the Slot
    - ``reordered``: the Order; ``regrouped``: the Regrouping
    - ``history``: the HistoryEntry that was written, or the Lost ones
    - ``fault``, ``fault_cleared``: the Fault
    - ``violation``: a further rule that the event before it broke, or one that Several tasks broke
    """

    kind: Kind
    at: datetime
    source: Source
    task: str | None = None
    ref: str | None = None
    actor: str | None = None
    human: bool = False
    violation: Violation | None = None
    before: Task | None = None
    after: Task | None = None
    detail: Detail | None = None

    @property
    def from_text(self) -> str | None:
        """What it was: the status, title, priority, agent or reference that the event changed."""
        if isinstance(self.detail, HistoryEntry):
            return self.detail.from_status
        return _text(self.kind, self.before, self.after)

    @property
    def to_text(self) -> str | None:
        """What it is now: the status, title, priority, agent or reference."""
        if isinstance(self.detail, HistoryEntry):
            return self.detail.to_status
        return _text(self.kind, self.after, self.before)

    def sharing(self, known: Task) -> BoardEvent:
        """The same event, its tasks made of the values of ``known`` where they are equal."""
        before, after = self.before, self.after
        return self._replace(
            task=known.id if self.task == known.id else self.task,
            ref=known.ref if self.ref == known.ref else self.ref,
            before=before.sharing(known) if before is not None else None,
            after=after.sharing(known) if after is not None else None,
        )

    @property
    def key(self) -> str:
        """Names a violation, in every session: when it was seen, which it is, and of which task."""
        word = self.violation or self.kind
        return f"{self.at.timestamp():.6f} {word} {self.ref or self.task or ''}".rstrip()


def _text(kind: Kind, task: Task | None, other: Task | None) -> str | None:
    if task is None or other is None:
        return None
    match kind:
        case "moved" | "violation":
            return task.status
        case "renamed":
            return task.ref
        case "retitled":
            return task.title
        case "reprioritised":
            return task.raw_priority or task.priority
        case "reassigned":
            return task.holder if task.holder != other.holder else task.assigned_agent
    return None
