"""The fields of a task that may be edited, each as the text that a person reads and types.

Owns which fields those are and what their texts mean. Must not know who may change them, or what
that comes to (``amending``).
"""

from __future__ import annotations

from todo_tui.board import item
from todo_tui.board.change import pairs_of, roles_of
from todo_tui.board.roles import ROUND, SQUARE
from todo_tui.board.task import canonical_name, is_nobody, plain_name
from todo_tui.board.values import dependency_ids, text_of
from todo_tui.named_tuple import NamedTuple
from todo_tui.static import TYPE_CHECKING, Final, Literal, TypeAlias

if TYPE_CHECKING:
    from todo_tui.board.task import Task
    from todo_tui.document.entry import Value

Kind: TypeAlias = Literal["line", "text", "words", "lines"]
"""One line, text of many lines, a list on one line with commas, a list with a line an item."""

OWN: Final = ("title", "priority", "assigned_agent", "dependencies", "description")
"""The fields that every task may have, in the order in which they are asked for."""

FIXED: Final = frozenset(
    {
        "id",
        "status",
        "claimed_by",
        "created_at",
        "claimed_at",
        "started_at",
        "completed_at",
        "blocker_reason",
    }
)
"""Fields that transitions write; no edit changes them."""

_WORD_LISTS: Final = frozenset({"tags", "labels", "files", "skills", "components"})


class Editable(NamedTuple):
    """One field: its canonical name or, for one of no meaning to us, the name as written."""

    name: str
    kind: Kind
    text: str


def editable(task: Task) -> tuple[Editable, ...]:
    """All fields of ``task`` that an edit may change: the five that every task may have first."""
    found = [Editable(name, _KINDS[name], text_of_field(task, name)) for name in OWN]
    pairs = pairs_of(task)
    for at in _others(task):
        name, value = pairs[at]
        kind = _kind(name, value)
        if kind is not None:
            found.append(Editable(name, kind, _text(value, kind)))
    return tuple(found)


def text_of_field(task: Task, name: str) -> str:
    """The text of the field called ``name``; "" where the task has none."""
    roles, pairs = roles_of(task), pairs_of(task)
    match name:
        case "title":
            return task.title if item.title_place(pairs, roles) >= 0 else ""
        case "priority":
            return "" if is_nobody(task.raw_priority) else task.raw_priority
        case "assigned_agent":
            return text_of(pairs[roles.agent[0]][1]) if roles.agent and task.assigned_agent else ""
        case "dependencies":
            own: dict[str, None] = {}
            for at in roles.dependencies:
                own |= dict.fromkeys(dependency_ids(pairs[at][1]))
            return ", ".join(own)
        case "description":
            at_text = place_of(task, name)
            return "" if at_text is None else _text(pairs[at_text][1], "text")
    place = place_of(task, name)
    kind = None if place is None else _kind(*pairs[place])
    return "" if place is None or kind is None else _text(pairs[place][1], kind)


def place_of(task: Task, name: str) -> int | None:
    """The pair of another field called ``name``, in whatever spelling; the first of several."""
    pairs = pairs_of(task)
    wanted = plain_name(name)
    return next((at for at in _rest(task) if plain_name(pairs[at][0]) == wanted), None)


def value_of(kind: Kind, text: str) -> Value:
    """The value that a text means."""
    match kind:
        case "words":
            return tuple(filter(None, map(str.strip, text.replace("\n", ",").split(","))))
        case "lines":
            return tuple(filter(None, map(str.strip, text.split("\n"))))
        case _:
            return text


def kind_of(task: Task | None, name: str) -> Kind:
    """How the field called ``name`` is edited, in a task that has it or not."""
    if name in _KINDS:
        return _KINDS[name]
    at = place_of(task, name) if task is not None else None
    if task is not None and at is not None and (kind := _kind(*pairs_of(task)[at])) is not None:
        return kind
    return "words" if canonical_name(name) in _WORD_LISTS else "line"


_KINDS: Final[dict[str, Kind]] = {
    "title": "line",
    "priority": "line",
    "assigned_agent": "line",
    "dependencies": "words",
    "description": "text",
}


def _rest(task: Task) -> tuple[int, ...]:
    """The pairs of no role, without that of the title."""
    roles = roles_of(task)
    at_title = item.title_place(pairs_of(task), roles)
    return tuple(at for at in roles.rest if at != at_title)


def _others(task: Task) -> list[int]:
    """The pairs of the fields besides the five: the first of each name, and no fixed one."""
    pairs = pairs_of(task)
    found: dict[str, int] = {}
    for at in _rest(task):
        name = pairs[at][0]
        known = canonical_name(name)
        if known not in FIXED and known not in OWN and name not in (ROUND, SQUARE):
            found.setdefault(plain_name(name), at)
    return list(found.values())


def _kind(name: str, value: Value) -> Kind | None:
    """How a value is edited; None for one that holds more than texts."""
    if isinstance(value, str):
        return "text" if "\n" in value.strip("\n") else "line"
    if not isinstance(value, tuple):
        return None
    texts = [one for one in value if isinstance(one, str) and "\n" not in one.strip()]
    if len(texts) != len(value):
        return None
    apart = canonical_name(name) in _WORD_LISTS and not any("," in one for one in texts)
    return "words" if apart else "lines"


def _text(value: Value, kind: Kind) -> str:
    match kind:
        case "words":
            return text_of(value)
        case "lines" if isinstance(value, tuple):
            return "\n".join(text_of(one) for one in value)
        case "text" if isinstance(value, str):
            return value.strip("\n")
        case _:
            return text_of(value)
