"""Tasks, faults and values as JSON bodies, and back: what events and answers are made of.

``read_task(task_body(task)) == task``, but that a task comes back without its item's pairs, unless
they are told, too (``whole_body``). The readers raise KeyError and TypeError for what is no such
body. Must not know what a body is told for.
"""

from __future__ import annotations

from todo_tui.board.task import Fault, Task
from todo_tui.document.entry import Mapping
from todo_tui.static import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from todo_tui.document.entry import Value


def task_body(task: Task) -> dict[str, object]:
    """The body of a task as a board has it."""
    return {
        "id": task.id,
        "ref": task.ref,
        "title": task.title,
        "status": task.status,
        "raw_status": task.raw_status,
        "priority": task.priority,
        "raw_priority": task.raw_priority,
        "assigned_agent": task.assigned_agent,
        "claimed_by": task.claimed_by,
        "holder": task.holder,
        "dependencies": list(task.dependencies),
        "created_at": task.created_at,
        "group": task.group,
        "fields": [[name, value_body(value)] for name, value in task.fields],
        "faults": [fault_body(fault) for fault in task.faults],
        "id_is_key": task.id_is_key,
    }


def whole_body(task: Task) -> dict[str, object]:
    """The body of a task with the pairs of its item, and what they say beside its fields."""
    pairs = [[name, value_body(value)] for name, value in task.pairs]
    item = {"pairs": pairs, "guessed": task.guessed, "beside": list(task.beside)}
    return {**task_body(task), **item}


def read_task(body: Any) -> Task:
    """The task of either body."""
    return Task(
        id=text_of(body["id"]),
        ref=text_of(body["ref"]),
        title=text_of(body["title"]),
        status=text_of(body["status"]),
        raw_status=text_of(body["raw_status"]),
        priority=optional(body["priority"]),
        raw_priority=text_of(body["raw_priority"]),
        assigned_agent=optional(body["assigned_agent"]),
        claimed_by=optional(body["claimed_by"]),
        dependencies=texts(body["dependencies"]),
        created_at=text_of(body["created_at"]),
        group=optional(body["group"]),
        fields=tuple((text_of(name), read_value(value)) for name, value in body["fields"]),
        faults=tuple(read_fault(fault) for fault in body["faults"]),
        pairs=tuple((text_of(name), read_value(value)) for name, value in body.get("pairs", ())),
        id_is_key=body["id_is_key"] is True,
        guessed=body.get("guessed") is True,
        beside=texts(body.get("beside", [])),
    )


def fault_body(fault: Fault) -> dict[str, object]:
    """The body of a fault."""
    return {
        "code": fault.code,
        "message": fault.message,
        "task": fault.task,
        "field": fault.field,
    }


def read_fault(body: Any) -> Fault:
    """The fault of a body."""
    task, field = optional(body["task"]), optional(body["field"])
    return Fault(text_of(body["code"]), text_of(body["message"]), task, field)


def value_body(value: Value) -> object:
    """The body of a field's value."""
    if isinstance(value, Mapping):
        return {"items": [[name, value_body(inner)] for name, inner in value.items]}
    if isinstance(value, tuple):
        return [value_body(inner) for inner in value]
    return value


def read_value(body: Any) -> Value:
    """The value of a body."""
    if isinstance(body, dict):
        return Mapping(tuple((text_of(name), read_value(inner)) for name, inner in body["items"]))
    if isinstance(body, list):
        return tuple(read_value(inner) for inner in body)
    return text_of(body)


def text_of(value: object) -> str:
    """A value that must be a text."""
    if not isinstance(value, str):
        raise TypeError(f"not a text: {value!r}")
    return value


def optional(value: object) -> str | None:
    """A value that must be a text or null."""
    return None if value is None else text_of(value)


def texts(values: Any) -> tuple[str, ...]:
    """A list that must hold texts."""
    return tuple(text_of(value) for value in values)
