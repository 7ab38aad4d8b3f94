"""Events as JSON bodies, and back: what a journal keeps and what scripts are told.

``from_json(to_json(event)) == event``, but that a task comes back without its item's pairs. Owns
the keys. Must not write a line or know what a journal is.

A task is told whole, as the board has it: ``fields`` and ``dependencies`` are lists, a field is
``[name, value]``, a nested mapping ``{"items": [[name, value], ...]}``. A task that was added has
also its place and its exact text, a removed one all that ``event.Slot`` names: where it stood, its
exact text, the lines that went with it, and what stayed around these. Those lines may be most of a
file, and of tasks that went together they are the same: a row of events tells them once.
"""

from __future__ import annotations

from datetime import UTC

from todo_tui.board.event import (
    VIOLATIONS,
    BoardEvent,
    Kind,
    Lost,
    Order,
    Regrouping,
    Several,
    Slot,
    Source,
    Violation,
)
from todo_tui.board.history import HistoryEntry
from todo_tui.board.task import Fault, Group
from todo_tui.board.task_json import (
    fault_body,
    optional,
    read_fault,
    read_task,
    task_body,
    text_of,
    texts,
)
from todo_tui.board.times import read_time
from todo_tui.static import TYPE_CHECKING, Any, Final, get_args

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping as MappingLike
    from datetime import datetime

    from todo_tui.board.event import Detail
    from todo_tui.board.task import Task

VERSION: Final = 1

_KINDS: Final[dict[object, Kind]] = {kind: kind for kind in get_args(Kind)}
_SOURCES: Final[dict[object, Source]] = {source: source for source in get_args(Source)}
_VIOLATIONS: Final[dict[object, Violation | None]] = {None: None, **{it: it for it in VIOLATIONS}}
"""Words as they are read, and the one text that is kept of each."""


_AROUND: Final = ("head", "tail", "over", "under")
"""What tasks that went together have in common."""

_ALIKE: Final = "alike"
"""Stands in the place of these where they are those of the event before."""


def to_bodies(events: Iterable[BoardEvent]) -> list[dict[str, object]]:
    """The bodies of a row of events, for ``from_bodies``."""
    bodies, last = [], None
    for event in events:
        body = to_json(event)
        slot = body["before"]
        if event.kind == "removed" and isinstance(slot, dict) and "head" in slot:
            around = [slot[name] for name in _AROUND]
            if around == last:
                for name in _AROUND:
                    del slot[name]
                slot[_ALIKE] = True
            last = around
        bodies.append(body)
    return bodies


def from_bodies(bodies: Iterable[MappingLike[str, object]]) -> tuple[BoardEvent, ...]:
    """The events that ``to_bodies`` gave these for. Raises ValueError, as ``from_json`` does."""
    events: list[BoardEvent] = []
    last: dict[str, object] = {}
    for body in bodies:
        slot = body.get("before")
        if isinstance(slot, dict) and body.get("event") == "removed":
            if slot.get(_ALIKE) is True:
                slot = {**slot, **last}
                body = {**body, "before": slot}
            last = {name: slot[name] for name in _AROUND if name in slot}
        events.append(from_json(body))
    return tuple(events)


def to_json(event: BoardEvent) -> dict[str, object]:
    """The body of one event; times in UTC. It holds nothing but what ``json.dumps`` takes."""
    before, after = _sides(event)
    return {
        "version": VERSION,
        "at": _moment(event.at),
        "event": event.kind,
        "task": event.task,
        "ref": event.ref,
        "actor": event.actor,
        "human": event.human,
        "from": event.from_text,
        "to": event.to_text,
        "violation": event.violation,
        "before": before,
        "after": after,
        "source": event.source,
    }


def from_json(body: MappingLike[str, object]) -> BoardEvent:
    """The event that ``to_json`` gave ``body`` for.

    Raises ValueError where it is none, of another version or with a word that this one has not.
    """
    if body.get("version") != VERSION:
        raise ValueError(f"an event of version {body.get('version')!r}: this reads {VERSION}")
    words = body.get("event"), body.get("source"), body.get("violation")
    try:
        kind, source, violation = _KINDS[words[0]], _SOURCES[words[1]], _VIOLATIONS[words[2]]
    except (KeyError, TypeError) as error:
        raise ValueError(f"not an event: {words!r}") from error
    at = read_time(str(body.get("at")))
    if at is None:
        raise ValueError(f"not a time: {body.get('at')!r}")
    try:
        before, after, detail = _content(kind, body.get("before"), body.get("after"))
        return BoardEvent(
            kind,
            at,
            source,
            optional(body["task"]),
            optional(body["ref"]),
            optional(body["actor"]),
            body["human"] is True,
            violation,
            before,
            after,
            detail,
        )
    except (AttributeError, KeyError, TypeError) as error:
        raise ValueError(f"not an event: {error!r}") from error


def _sides(event: BoardEvent) -> tuple[object, object]:
    """What stands under ``before`` and ``after``."""
    before = task_body(event.before) if event.before is not None else None
    after = task_body(event.after) if event.after is not None else None
    match event.detail:
        case Slot() as slot if event.kind == "removed":
            return {**(before or {}), **_slot(slot)}, None
        case Slot(place, source):
            return None, {**(after or {}), "place": place, "source": source}
        case Order(before=old, after=new):
            return list(old), list(new)
        case Regrouping(old_groups, new_groups):
            return [_group(group) for group in old_groups], [_group(group) for group in new_groups]
        case HistoryEntry() as entry:
            return None, _entry(entry)
        case Lost(entries):
            return [_entry(entry) for entry in entries], None
        case Fault() as fault:
            body = fault_body(fault)
            return (body, None) if event.kind == "fault_cleared" else (None, body)
        case Several(old_tasks, new_tasks):
            return [task_body(task) for task in old_tasks], [task_body(task) for task in new_tasks]
        case None:
            return before, after


def _content(kind: Kind, before: Any, after: Any) -> tuple[Task | None, Task | None, Detail | None]:
    match kind:
        case "added":
            return None, read_task(after), Slot(_place(after), text_of(after.get("source", "")))
        case "removed":
            return read_task(before), None, _read_slot(before)
        case "reordered":
            return None, None, Order(texts(before), texts(after))
        case "regrouped":
            return None, None, Regrouping(_groups(before), _groups(after))
        case "history" if after is not None:
            return None, None, _read_entry(after)
        case "history":
            return None, None, Lost(tuple(_read_entry(entry) for entry in before))
        case "fault":
            return None, None, read_fault(after)
        case "fault_cleared":
            return None, None, read_fault(before)
        case "violation" if isinstance(before, list):
            tasks = tuple(read_task(task) for task in before)
            return None, None, Several(tasks, tuple(read_task(task) for task in after))
        case _:
            return read_task(before), read_task(after), None


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _slot(slot: Slot) -> dict[str, object]:
    return {
        "place": slot.place,
        "source": slot.source,
        "above": list(slot.above),
        "below": list(slot.below),
        "gap": slot.gap,
        "head": slot.head,
        "tail": slot.tail,
        "over": slot.over,
        "under": slot.under,
    }


def _read_slot(body: Any) -> Slot:
    above, below = texts(body["above"]), texts(body["below"])
    lines = (text_of(body.get(name, "")) for name in ("gap", "head", "tail"))
    around = (optional(body.get(name)) for name in ("over", "under"))
    return Slot(_place(body), text_of(body["source"]), above, below, *lines, *around)


def _place(body: Any) -> int:
    place = body["place"]
    if not isinstance(place, int):
        raise TypeError(f"not a place: {place!r}")
    return place


def _entry(entry: HistoryEntry) -> dict[str, object]:
    return {
        "at": _moment(entry.at) if entry.at is not None else None,
        "task": entry.task,
        "event": entry.event,
        "actor": entry.actor,
        "human": entry.human,
        "for": entry.for_agent,
        "from": entry.from_status,
        "to": entry.to_status,
        "note": entry.note,
        "text": entry.text,
    }


def _read_entry(body: Any) -> HistoryEntry:
    return HistoryEntry(
        read_time(body["at"]) if body["at"] is not None else None,
        text_of(body["text"]),
        body["event"],
        optional(body["task"]),
        optional(body["actor"]),
        body["human"] is True,
        optional(body["for"]),
        optional(body["from"]),
        optional(body["to"]),
        optional(body["note"]),
    )


def _group(group: Group) -> dict[str, object]:
    return {
        "id": group.id,
        "title": group.title,
        "status": group.status,
        "priority": group.priority,
        "holder": group.holder,
        "dependencies": list(group.dependencies),
    }


def _groups(bodies: Any) -> tuple[Group, ...]:
    return tuple(
        Group(
            text_of(body["id"]),
            text_of(body["title"]),
            text_of(body["status"]),
            optional(body["priority"]),
            optional(body["holder"]),
            texts(body["dependencies"]),
        )
        for body in bodies
    )
