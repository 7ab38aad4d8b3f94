"""What puts right a broken rule: the fields, the text or the lines that it took, put back.

Owns which change undoes which event, on the board as it is now, and when that is too late. Must
not know which event is to be put right (``attention``, ``undo``), or how a text is written.
"""

from __future__ import annotations

import contextlib
from difflib import unified_diff

from todo_tui.board import adding, moving, writing
from todo_tui.board.amending import depends_on
from todo_tui.board.change import (
    Change,
    Insert,
    Moved,
    Put,
    Remove,
    Retold,
    pairs_of,
    roles_of,
)
from todo_tui.board.event import BoardEvent, Lost, Order, Several, Slot
from todo_tui.board.history import event_entry, read_entry, write_entry
from todo_tui.board.refusals import refusal, state
from todo_tui.board.request import Move, Restore
from todo_tui.board.steps import after_status, named
from todo_tui.board.style import emptied
from todo_tui.board.task import (
    BLOCKED,
    CLAIMED,
    DONE,
    HELD,
    IN_PROGRESS,
    TODO,
    canonical_name,
    is_missing,
    is_nobody,
)
from todo_tui.board.task_changes import differences
from todo_tui.board.values import dependency_ids
from todo_tui.board.wording import named_actor, noted
from todo_tui.errors import TodoError
from todo_tui.static import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import datetime

    from todo_tui.board.board import Board
    from todo_tui.board.change import Decision, FieldChange
    from todo_tui.board.history import Event, HistoryEntry
    from todo_tui.board.request import Actor, Transition
    from todo_tui.board.task import Task
    from todo_tui.document.entry import Value

_LATE: Final = "what it changed has been changed again since: look at it, and change it by hand"


def requests(event: BoardEvent, by: Actor) -> tuple[Restore, ...]:
    """What to commit, one after the other, to put right what ``event`` broke.

    One request for each task; of an event that is about several each has an event of its own.
    """
    if not isinstance(event.detail, Several):
        return (Restore(event, by),)
    pairs = zip(event.detail.before, event.detail.after, strict=True)
    return tuple(
        Restore(event._replace(task=new.id, ref=new.ref, before=old, after=new, detail=None), by)
        for old, new in pairs
    )


def preview(
    board: Board, request: Transition, now: datetime, *, history: bool = True
) -> tuple[str, ...]:
    """What ``request`` would change in the text, as lines of a diff; none where nothing.

    A line begins with ``-``, ``+`` or a blank; the text behind that is the file's. Raises TodoError
    as committing does.
    """
    plan = writing.plan(board, request, now, history=history)
    if board.document is None or not plan.edits:
        return ()
    old = board.document.text.splitlines()
    new = board.document.splice(plan.edits).text.splitlines()
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    start = max(start - 3, 0)
    lines = list(unified_diff(old[start:], new[start:], lineterm="", n=1))
    return tuple(line for line in lines[2:] if not line.startswith("@@"))


def decide(board: Board, request: Restore, now: datetime) -> Decision:
    """What putting back comes to.

    Raises TodoError: needs_supervisor, changed where it is too late, illegal where that cannot be
    put back at all.
    """
    actor = named_actor(request.by)
    event = request.event
    if not request.undo and not actor.supervisor:
        raise TodoError(
            "needs_supervisor",
            "only a supervisor can put right what somebody else did, with --as",
            task=event.ref,
        )
    note = "undone" if request.undo else f"puts right {event.violation or event.kind}"
    match event.detail:
        case Slot() as slot if event.kind == "removed" and event.before is not None:
            from todo_tui.board import put_back

            return put_back.decide(board, event.before, slot, actor, note, now)
        case Slot() if event.violation == "duplicated" and event.ref is not None:
            return _renumbered(board, event.ref, actor, note, now)
        case Lost(entries):
            return _retold(board, entries)
        case Order() as order:
            return _back_in_order(board, order, request.by)
        case Slot() as slot if event.kind == "added" and event.after is not None:
            from todo_tui.board import taking_back

            return taking_back.decide(board, event.after, slot, actor, note, now)
    before, after = event.before, event.after
    if before is None or after is None or event.ref is None:
        raise TodoError(
            "illegal",
            f"{event.kind} of {event.ref or 'the file'} cannot be put back: change the file by"
            " hand",
            task=event.ref,
        )
    if event.kind == "renamed":
        return _renumbered(board, event.ref, actor, note, now, before.id)
    return _fields(board, event, before, after, actor, note, now, request.since)


def _back_in_order(board: Board, order: Order, by: Actor) -> Moved:
    """One item that went past others goes back. Raises TodoError where it was more than that."""
    before, after = order
    places = set(after)
    if tuple(task.ref for task in board.tasks if task.ref in places) != after:
        raise TodoError("changed", _LATE)
    for at in range(1, len(before)):
        if before[at:] + before[:at] == after:
            if at == len(before) - 1:
                with contextlib.suppress(TodoError):  # it may be part of what was moved
                    return moving.move(board, Move(before[-1], by, before[-2], True))
            return moving.move(board, Move(before[0], by, before[at], False))
    raise TodoError("illegal", "the order of many tasks changed: put it right by hand")


def _fields(
    board: Board,
    event: BoardEvent,
    before: Task,
    after: Task,
    actor: Actor,
    note: str,
    now: datetime,
    since: BoardEvent | None,
) -> Change:
    task = board.get(event.ref or "")
    if task is None:
        raise TodoError(
            "changed", f"{event.ref} is not in the file any more: {_LATE}", task=event.ref
        )
    named(board, task.ref, actor, None)
    names = differences(before, after)
    if not set(names) & set(differences(before, task)):
        return Change(board.place(task))
    if set(names) & set(differences(after, task)):
        raise refusal(board, task, actor, "changed", f"{task.ref} {state(task)} now: {_LATE}")
    if since is not None:
        who = since.actor or "somebody who edited the file"
        words = f"{task.ref} was changed by {who} meanwhile, and {state(task)} again: {_LATE}"
        raise refusal(board, task, actor, "changed", words)
    changes: list[FieldChange] = []
    for name in names:
        changes += _field(board, task, before, name)
    if not changes:
        return Change(board.place(task))
    entry = _entry(task, before, actor, note, now)
    return Change(board.place(task), tuple(changes), (entry,) if entry else ())


def _field(board: Board, task: Task, before: Task, name: str) -> list[FieldChange]:
    """The changes that give one field of ``task`` the value that it has in ``before``."""
    pairs = pairs_of(task)
    found = roles_of(task)
    places: tuple[int, ...]
    value: Value | None
    match name:
        case "title":
            places, value = found.titles[:1], before.title
        case "status":
            places, value = found.status, before.raw_status
        case "priority":
            places, value = found.priority, before.raw_priority
            if not value and found.status:
                value = None
        case "assigned_agent":
            places, value = found.agent, before.assigned_agent or ""
            if not value:
                filled = tuple(at for at in places if not is_nobody(_line(pairs[at][1])))
                return emptied(board, task, name, filled)
        case "dependencies":
            wanted = _own(board, task, before.dependencies)
            if not wanted and found.status and not any(map(_writes_none, board.tasks)):
                return [Remove(at) for at in found.dependencies]
            return depends_on(board, task, wanted)
        case "created_at":
            places, value = found.created_at, before.created_at
        case "group":
            return []
        case _:
            places = tuple(at for at in found.rest if canonical_name(pairs[at][0]) == name)
            value = _value(before, name)
    if value is None:
        return [Remove(at) for at in places]
    if not places:
        written = next((key for key, _ in before.fields if canonical_name(key) == name), name)
        return [Insert(after_status(task), written, value)] if value else []
    verbatim = isinstance(value, str) and is_missing(value)
    return [Put(at, value, verbatim) for at in places if pairs[at][1] != value]


def _writes_none(task: Task) -> bool:
    """Whether a task has a field of dependencies, and it names none."""
    pairs, places = pairs_of(task), roles_of(task).dependencies
    return bool(places) and not any(dependency_ids(pairs[at][1]) for at in places)


def _own(board: Board, task: Task, ids: tuple[str, ...]) -> tuple[str, ...]:
    """Those of ``ids``, which a task waited for, that are not its group's, which come last."""
    group = next((group for group in board.groups if group.id == task.group), None)
    inherited = group.dependencies if group is not None else ()
    end = len(ids)
    while end and ids[end - 1] in inherited:
        end -= 1
    return ids[:end]


def _value(before: Task, name: str) -> Value | None:
    """The value of one of ``before.fields``; None where it had none of that name."""
    value = next((value for key, value in before.fields if canonical_name(key) == name), None)
    if name != "claimed_by":
        return value
    claimer = None if value is None or is_nobody(_line(value)) else _line(value)
    return value if claimer == before.claimed_by else before.claimed_by


def _line(value: Value) -> str:
    return value if isinstance(value, str) else ""


def _entry(task: Task, before: Task, actor: Actor, note: str, now: datetime) -> HistoryEntry | None:
    """The line of the history; none where neither status nor holder nor agent is put back."""
    here, there = task.status, before.status
    agent = before.holder if there in HELD else None
    if here == there:
        if task.holder == before.holder and task.assigned_agent == before.assigned_agent:
            return None
        event: Event = "reassigned"
        agent = before.holder or before.assigned_agent
        note = f"{note}; was {task.holder or task.assigned_agent or 'nobody'}"
    else:
        event = _word(here, there)
    return noted(
        event_entry(
            now,
            task.ref,
            event,
            actor.name,
            here,
            there,
            human=actor.human,
            for_agent=agent if agent != actor.name else None,
            note=note,
        )
    )


def _word(here: str, there: str) -> Event:
    match there:
        case _ if there == TODO:
            if here == BLOCKED:
                return "unblocked"
            return "released" if here in HELD else "reopened"
        case _ if there == CLAIMED:
            return "claimed"
        case _ if there == IN_PROGRESS:
            return "reopened" if here not in HELD and here != TODO else "started"
        case _ if there == BLOCKED:
            return "blocked"
        case _ if there == DONE:
            return "finished"
    return "noted"


def _renumbered(
    board: Board, ref: str, actor: Actor, note: str, now: datetime, task_id: str | None = None
) -> Change:
    task = board.get(ref)
    if task is None or (task_id is None and len(board.with_id(task.id)) < 2):
        raise TodoError("changed", f"{ref} is not as it was: {_LATE}", task=ref)
    new = task_id or adding.next_id(board, task)
    if task_id is not None and board.with_id(new):
        raise TodoError("id_taken", f"{new} is the id of another task now", task=ref)
    entry = event_entry(
        now,
        new,
        "noted",
        actor.name,
        task.status,
        task.status,
        human=actor.human,
        note=f"{note}; was {task.id}",
    )
    return Change(board.place(task), (), (noted(entry),), renamed=new)


def _retold(board: Board, lost: tuple[HistoryEntry, ...]) -> Retold:
    known = {(entry.at, entry.text) for entry in board.history}
    missing = [entry for entry in lost if (entry.at, entry.text) not in known]
    entries = [
        entry
        for entry in missing
        if entry.at is not None and read_entry(write_entry(entry)) == entry
    ]
    if not entries:
        raise TodoError("changed", "all of these lines are in the session history again")
    if board.growing is None:
        return Retold(None, (), tuple(entries))
    section = board.sections[board.growing]
    first = section.newest_first
    if first:
        entries.reverse()
    places = tuple(_place(section.entries, entry, newest_first=first) for entry in entries)
    return Retold(board.growing, places, tuple(entries))


def _place(entries: tuple[HistoryEntry, ...], entry: HistoryEntry, *, newest_first: bool) -> int:
    """Before which entry of a section one belongs, by time; behind those of the same second."""
    found = 0
    for at, other in enumerate(entries):
        if other.at is None or entry.at is None:
            continue
        if other.at > entry.at if newest_first else other.at <= entry.at:
            found = at + 1
    return found
