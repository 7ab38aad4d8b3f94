"""Single fields of a task, and notes about it.

Owns which fields may be changed, by whom, and to what. Must not know the transitions (``steps``).
"""

from __future__ import annotations

from todo_tui.board import editable, item
from todo_tui.board.change import Change, Insert, Put, Remove, changed, pairs_of, roles_of
from todo_tui.board.history import event_entry
from todo_tui.board.refusals import refusal, state
from todo_tui.board.steps import after_status, named
from todo_tui.board.style import (
    emptied,
    field_word,
    priority_word,
    takes_lines,
    with_dependencies,
)
from todo_tui.board.task import HELD, canonical_name, is_nobody, plain_name
from todo_tui.board.values import dependency_ids, line_of
from todo_tui.board.wording import (
    agent_name,
    known_priority,
    named_actor,
    noted,
    one_line,
    title_line,
    written_value,
)
from todo_tui.errors import TodoError
from todo_tui.static import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from todo_tui.board.board import Board
    from todo_tui.board.change import FieldChange
    from todo_tui.board.history import Event, HistoryEntry
    from todo_tui.board.request import Actor, Amend, Note
    from todo_tui.board.task import Group, Task
    from todo_tui.document.entry import Value


def note(board: Board, request: Note, now: datetime) -> Change:
    """What a note comes to: one history entry, the status as it is."""
    actor = named_actor(request.by)
    task = named(board, request.ref, actor, None)
    text = one_line(request.text, "the note")
    if not text:
        raise TodoError("usage", "a note needs a text", task=task.ref)
    return Change(
        board.place(task), (), (_entry(task, "noted", actor, actor.for_agent, text, now),)
    )


def amend(board: Board, request: Amend, now: datetime) -> Change:
    """What changing single fields comes to. Raises TodoError for a refusal."""
    actor = named_actor(request.by)
    task = named(board, request.ref, actor, request.seen)
    _check_found(board, task, actor, request.found)
    changes: list[FieldChange] = []
    entries: list[HistoryEntry] = []
    if request.title is not None:
        changes += _title(task, request.title)
    if request.priority is not None:
        changes += _priority(board, task, request.priority)
    if request.assign is not None:
        assign = _assign(board, task, actor, one_line(request.assign, "the name of an agent"))
        if assign:
            changes += assign
            entries.append(_reassigned(task, actor, request.assign.strip(), now))
    if request.depends_on is not None:
        changes += depends_on(board, task, dependencies(board, request.depends_on, task))
    others = request.fields
    if request.description is not None:
        if not request.description.strip():
            raise TodoError("usage", "the description cannot be empty", task=task.ref)
        others = (("description", request.description), *others)
    for name, value in others:
        changes += _other(board, task, name, value)
    if changed(pairs_of(task), changes) == pairs_of(task):
        return Change(board.place(task))
    return Change(board.place(task), tuple(changes), tuple(entries))


def _check_found(board: Board, task: Task, actor: Actor, found: Sequence[tuple[str, str]]) -> None:
    """Refuse (``changed``) where a field says something else than was found in it."""
    other = [name for name, text in found if editable.text_of_field(task, name) != text]
    if other:
        names = ", ".join(name.replace("_", " ") for name in other)
        raise refusal(
            board,
            task,
            actor,
            "changed",
            f"{task.ref} has changed since it was looked at: {names}; look again",
        )


def _other(board: Board, task: Task, name: str, value: Value) -> list[FieldChange]:
    """The changes that give a field of no role a value; an empty one takes it away."""
    known = canonical_name(name)
    if known in editable.FIXED or (known in editable.OWN and known != "description"):
        raise TodoError("usage", f"{name} is not changed by an edit of the fields", task=task.ref)
    at = editable.place_of(task, name)
    new = written_value(value, plain_name(name).replace("_", " "), takes_lines(board, task))
    if not new:
        return [] if at is None else [Remove(at)]
    if at is None:
        return [Insert(after_status(task), field_word(board, plain_name(name)), new)]
    before = pairs_of(task)[at][1]
    if isinstance(before, str) and isinstance(new, str) and before.strip() == new.strip():
        return []
    return [Put(at, new)]


def dependencies(board: Board, names: Sequence[str], task: Task | None) -> tuple[str, ...]:
    """The ids that ``names`` mean, to be written as the dependencies of ``task`` (None: a new one).

    Raises TodoError: no_dependency, ambiguous, cycle.
    """
    wanted = tuple(dict.fromkeys(_dependency(board, name) for name in names))
    if task is not None and (ring := board.graph.way(wanted, board.place(task))):
        raise TodoError(
            "cycle",
            f"{' -> '.join((task.id, *ring))} would wait for each other: leave one of these"
            " dependencies out",
            task=task.ref,
        )
    return wanted


def _dependency(board: Board, name: str) -> str:
    text = one_line(name, "a dependency")
    try:
        found = text if board.graph.is_known(text) else board.find(text).id
    except TodoError as error:
        if error.code != "no_task":
            raise
        words = error.message.replace("there is no task", "there is no task or group")
        raise TodoError(
            "no_dependency",
            words.replace("give one at a time", "give --depends-on once for each"),
            task=text,
            places=error.places,
        ) from error
    if dependency_ids((found,)) != (found,):
        raise TodoError("usage", f'the id "{found}" cannot be written as a dependency', task=found)
    return found


def depends_on(board: Board, task: Task, wanted: tuple[str, ...]) -> list[FieldChange]:
    """The changes that make ``wanted`` the ids that a task waits for by itself."""
    pairs, places = pairs_of(task), roles_of(task).dependencies
    if not places and wanted:
        return _write(board, task, "dependencies", places, wanted)
    new = ((at, with_dependencies(board, task, at, wanted)) for at in places)
    return [Put(at, value) for at, value in new if value != pairs[at][1]]


def _title(task: Task, text: str) -> list[FieldChange]:
    title = title_line(text)
    found = roles_of(task)
    at = item.title_place(pairs_of(task), found)
    if at < 0 and found.titles:
        at = found.titles[0]
    if at < 0:
        return [Insert(after_status(task), "title", title)]
    key = pairs_of(task)[at][0]
    same = [i for i, pair in enumerate(pairs_of(task)) if pair[0] == key]
    return [Put(i, title) for i in same]


def _write(
    board: Board, task: Task, name: str, places: tuple[int, ...], value: Value
) -> list[FieldChange]:
    if places:
        return [Put(at, value) for at in places]
    return [Insert(after_status(task), field_word(board, name), value)]


def _priority(board: Board, task: Task, text: str) -> list[FieldChange]:
    """The changes that give the task this priority; the words for nobody stand for none, too."""
    places = roles_of(task).priority
    if not is_nobody(text):
        return _write(board, task, "priority", places, priority_word(board, known_priority(text)))
    group = board.group_of(board.place(task))
    if group is not None and group.priority is not None:
        raise _inherited(task, group, "priority", group.priority)
    pairs = pairs_of(task)
    filled = (at for at in places if not is_nobody(line_of(pairs[at][1])))
    return emptied(board, task, "priority", tuple(filled))


def _inherited(task: Task, group: Group, name: str, value: str) -> TodoError:
    """The refusal to take away what a task has from its group, which no command changes."""
    option = "--assign NAME" if name == "agent" else "--priority LEVEL"
    return TodoError(
        "illegal",
        f"{task.ref} has the {name} {value} from its group {group.id}: give it one of its own with"
        f" {option}, or change the group in your editor",
        task=task.ref,
    )


def _assign(board: Board, task: Task, actor: Actor, name: str) -> list[FieldChange]:
    """The changes that assign the task to ``name`` (nobody: to none); none where it is so."""
    held = task.status in HELD
    pairs = pairs_of(task)
    places = roles_of(task).agent
    changes: list[FieldChange] = []
    if is_nobody(name):
        group = board.group_of(board.place(task))
        if group is not None and group.holder is not None:
            raise _inherited(task, group, "agent", group.holder)
        filled = (at for at in places if not is_nobody(line_of(pairs[at][1])))
        changes += emptied(board, task, "assigned_agent", tuple(filled))
    else:
        if task.assigned_agent != agent_name(name):
            changes += _write(board, task, "assigned_agent", places, name)
        if held and task.claimed_by not in (None, name):
            named_by = (at for at, pair in enumerate(pairs) if plain_name(pair[0]) == "claimed_by")
            changes += (Put(at, name) for at in named_by)
    if changes and held and not actor.supervisor:
        raise refusal(
            board,
            task,
            actor,
            "needs_supervisor",
            f"{task.ref} {state(task)}: only a supervisor can assign a held task anew",
        )
    if changes and held and is_nobody(name):
        raise refusal(
            board,
            task,
            actor,
            "illegal",
            f"{task.ref} {state(task)} and cannot be left without an agent: release it",
        )
    return changes


def _reassigned(task: Task, actor: Actor, name: str, now: datetime) -> HistoryEntry:
    before = task.holder or task.assigned_agent
    agent = None if is_nobody(name) else name
    return _entry(task, "reassigned", actor, agent, f"was {before}" if before else None, now)


def _entry(
    task: Task,
    event: Event,
    actor: Actor,
    for_agent: str | None,
    text: str | None,
    now: datetime,
) -> HistoryEntry:
    entry = event_entry(
        now,
        task.ref,
        event,
        actor.name,
        task.status,
        task.status,
        human=actor.human,
        for_agent=for_agent if for_agent != actor.name else None,
        note=text,
    )
    return noted(entry)
