"""What a request comes to, before it is made: which pairs of which item change, what is noted.

The one truth from which ``transition`` predicts the board and ``writing`` makes the edits. Must not
know why (``steps``, ``amending``, ``adding``) or how a pair is written (``writing``).
"""

from __future__ import annotations

from todo_tui.board.roles import ROUND, SQUARE, Roles, roles
from todo_tui.board.values import text_of
from todo_tui.errors import TodoError
from todo_tui.named_tuple import NamedTuple
from todo_tui.static import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable

    from todo_tui.board.history import HistoryEntry
    from todo_tui.board.roles import Pairs
    from todo_tui.board.task import Group, Task
    from todo_tui.document.dialects import NewEntry
    from todo_tui.document.entry import Value


class Put(NamedTuple):
    """Another value for the pair at ``at``; ``verbatim``: to be written as it stands."""

    at: int
    value: Value
    verbatim: bool = False


class Insert(NamedTuple):
    """A new pair after the one at ``after``; of several there, the first comes first."""

    after: int
    name: str
    value: Value


class Remove(NamedTuple):
    """The pair at ``at`` goes."""

    at: int


class Flip(NamedTuple):
    """Another value for the pair at ``at``, which differs by the mark in one box."""

    at: int
    value: Value


FieldChange: TypeAlias = Put | Insert | Remove | Flip


class Change(NamedTuple):
    """Field changes of the task at ``place``, and the history entries; neither: a mere retry.

    ``renamed``: another id for it.
    """

    place: int
    fields: tuple[FieldChange, ...] = ()
    entries: tuple[HistoryEntry, ...] = ()
    renamed: str | None = None


class Changes(NamedTuple):
    """Changes of several tasks at once."""

    each: tuple[Change, ...]

    @property
    def entries(self) -> tuple[HistoryEntry, ...]:
        """The history entries of all of them, in their order."""
        return tuple(entry for change in self.each for entry in change.entries)


class Addition(NamedTuple):
    """New items after the task at ``after`` (None: where there is no task), and their entries."""

    after: int | None
    new: tuple[NewEntry, ...]
    entries: tuple[HistoryEntry, ...]


class Exactly(NamedTuple):
    """Where the lines of a task go that are known with all that went with it.

    ``offset`` is in the text; ``place`` among the tasks. ``groups`` and ``scopes`` are those of the
    board afterwards: the lines may bring a group or a fence of their own.
    """

    offset: int
    place: int
    groups: tuple[Group, ...]
    scopes: tuple[int, ...]


class PutBack(NamedTuple):
    """A task that went, with its exact text, beside the one at ``beside`` (None: at the end).

    ``behind`` it or before it; or ``exactly`` somewhere. ``source`` is "" for a board without a
    document.
    """

    task: Task
    source: str
    beside: int | None
    behind: bool
    entries: tuple[HistoryEntry, ...] = ()
    exactly: Exactly | None = None


class Removal(NamedTuple):
    """The item of the task at ``place`` goes."""

    place: int
    entries: tuple[HistoryEntry, ...] = ()


class Retold(NamedTuple):
    """Entries that go before those at some places (or behind the last) of a section's own.

    ``section`` None: in a new section.
    """

    section: int | None
    places: tuple[int, ...]
    entries: tuple[HistoryEntry, ...]


class Moved(NamedTuple):
    """The task at ``place`` goes behind the one at ``beside``, or before it.

    With it go the tasks in its text: ``first:last`` come to stand before the one at ``to``.
    """

    place: int
    beside: int
    behind: bool
    first: int
    last: int
    to: int
    entries: tuple[HistoryEntry, ...] = ()

    @property
    def changes(self) -> bool:
        """Whether they stand elsewhere afterwards."""
        return not self.first <= self.to <= self.last


Decision: TypeAlias = Change | Changes | Addition | PutBack | Removal | Retold | Moved


def check_brackets(task: Task, changes: Iterable[FieldChange]) -> None:
    """Raise TodoError ``usage`` for a value with brackets that would have to stand in brackets."""
    pairs = pairs_of(task)
    for change in changes:
        if isinstance(change, Put) and pairs[change.at][0] in (ROUND, SQUARE):
            text = text_of(change.value)
            if not fits_brackets(text):
                raise TodoError(
                    "usage",
                    f'"{text}" cannot stand in the brackets of {task.ref}: write it without any'
                    " of ( ) [ ]",
                    task=task.ref,
                )


def fits_brackets(text: str) -> bool:
    """Whether a text can stand in the brackets of a short item."""
    return not set(text) & set("()[]\n")


def changed(pairs: Pairs, changes: Iterable[FieldChange]) -> Pairs:
    """``pairs`` after ``changes``, whose places are those before any of them."""
    rows: list[list[tuple[str, Value]]] = [[pair] for pair in pairs]
    for change in changes:
        match change:
            case Put(at, value) | Flip(at, value):
                rows[at][0] = (pairs[at][0], value)
            case Insert(after, name, value):
                rows[after].append((name, value))
            case Remove(at):
                del rows[at][0]
    return tuple(pair for row in rows for pair in row)


def renamed(pairs: Pairs, id_is_key: bool, task_id: str) -> Pairs:
    """``pairs`` with another id."""
    found = roles(pairs, id_is_key)
    if found is None:
        raise AssertionError("a task has an id")
    name, value = pairs[found.id]
    pair = (task_id, value) if id_is_key else (name, task_id)
    return (*pairs[: found.id], pair, *pairs[found.id + 1 :])


def pairs_of(task: Task) -> Pairs:
    """The pairs of a task's item; for a task without a file those that would state it."""
    if task.pairs:
        return task.pairs
    named: list[tuple[str, Value]] = [
        (task.id, task.title),
        ("priority", task.raw_priority or task.priority or ""),
        ("assigned_agent", task.assigned_agent or ""),
        ("status", task.raw_status),
        ("created_at", task.created_at),
        ("dependencies", task.dependencies),
    ]
    if task.claimed_by and "claimed_by" not in dict(task.fields):
        named.append(("claimed_by", task.claimed_by))
    kept = (pair for pair in named[1:] if pair[1] or pair[0] == "status")
    return (named[0], *kept, *task.fields)


def roles_of(task: Task) -> Roles:
    """Which of a task's pairs mean what."""
    found = roles(pairs_of(task), task.id_is_key)
    if found is None:
        raise AssertionError("a task has an id")
    return found
