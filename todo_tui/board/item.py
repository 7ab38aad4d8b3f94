"""What the pairs of an item say: a task, a group, or neither.

Makes a task of an item's pairs, both for an item that was read and for one that a transition
changes, so that what is predicted is what is read. Must not know where an item stands
(``reading``) or how a value is written (``writing``).
"""

from __future__ import annotations

from functools import lru_cache

from todo_tui.board.roles import Pairs, Roles, roles
from todo_tui.board.task import (
    BLOCKED,
    HELD,
    Fault,
    Group,
    Task,
    canonical_name,
    canonical_priority,
    canonical_status,
    is_missing,
    is_nobody,
    plain_name,
)
from todo_tui.board.times import read_time
from todo_tui.board.values import dependency_ids, line_of, text_of, words_of
from todo_tui.board.workflow import STATUSES
from todo_tui.named_tuple import NamedTuple
from todo_tui.static import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from todo_tui.document.entry import Value

_MARKS: Final = ("**", "*", "`")
_NONE: Final[tuple[tuple[str, ...], tuple[str, ...]]] = ((), ())
"""What an item without a field of dependencies waits for."""


class _Status(NamedTuple):
    """What a status says. ``raw`` is its source as one line; ``is_template``: it lists several."""

    raw: str
    status: str
    is_missing: bool
    is_template: bool
    is_held: bool
    is_known: bool


@lru_cache(maxsize=4096)
def _read_status(source: str) -> _Status:
    raw = line_of(source)
    status = canonical_status(raw)
    words = raw.split("/")
    listed = len(words) > 1 and all(canonical_status(word) in STATUSES for word in words)
    return _Status(
        raw, status, is_missing(raw), listed or "|" in raw, status in HELD, status in STATUSES
    )


@lru_cache(maxsize=4096)
def _read_priority(source: str) -> tuple[str, str | None]:
    """The source as one line, and the canonical priority."""
    raw = line_of(source)
    return raw, canonical_priority(raw)


@lru_cache(maxsize=4096)
def _read_agent(source: str) -> str | None:
    """The name without the marks of code or emphasis around all of it; None for nobody."""
    raw = line_of(source)
    for mark in _MARKS:
        inner = raw.strip(mark)
        if inner and raw == f"{mark}{inner}{mark}" and mark not in inner:
            raw = inner
    return None if is_nobody(raw) else raw


def _agent(pairs: Pairs, places: tuple[int, ...]) -> str | None:
    """Whom the first of these pairs names; None for nobody."""
    if not places:
        return None
    value = pairs[places[0]][1]
    return _read_agent(value if isinstance(value, str) else text_of(value))


def task_of(
    pairs: Pairs, id_is_key: bool, group: Group | None, guessed: bool = False
) -> Task | None:
    """The task that an item's pairs state, its reference the id; None where they state none.

    An item is a task where it has an id and a status, or two of priority, agent, dependencies and
    created_at (of a short item brackets alone will do), and is no template.
    """
    found = roles(pairs, id_is_key)
    if found is None or not found.is_task:
        return None
    task_id = pairs[0][0] if id_is_key else text_of(pairs[found.id][1])
    value = pairs[found.status[0]][1] if found.status else ""
    status = _read_status(value if isinstance(value, str) else text_of(value))
    if status.is_template or _is_template(task_id):
        return None
    at_title, title = _title(pairs, found)
    value = pairs[found.priority[0]][1] if found.priority else ""
    raw_priority, priority = _read_priority(value if isinstance(value, str) else text_of(value))
    assigned = _agent(pairs, found.agent)
    claimer = _agent(pairs, found.claimed_by) if found.claimed_by else None
    dependencies, beside = _dependencies(pairs, found.dependencies) if found.dependencies else _NONE
    group_id = None
    if group is not None:
        group_id = group.id
        assigned = assigned or group.holder
        if is_missing(raw_priority):
            priority = group.priority
        dependencies = tuple(dict.fromkeys(dependencies + group.dependencies))
    sound = (
        title
        and not status.is_missing
        and status.is_known
        and (claimer or assigned or not status.is_held)
        and not found.repeated
        and _are_sound(pairs, found.times)
    )
    return Task(
        task_id,
        task_id,
        title or task_id,
        status.status,
        status.raw,
        priority,
        raw_priority,
        assigned,
        claimer,
        dependencies,
        line_of(pairs[found.created_at[0]][1]) if found.created_at else "",
        group_id,
        found.rest_of(pairs)
        if id_is_key and at_title == 0
        else tuple([pairs[at] for at in found.rest if at != at_title]),
        () if sound else _faults(pairs, found, task_id, title, status, claimer or assigned),
        pairs,
        id_is_key,
        guessed,
        beside,
    )


def _is_template(task_id: str) -> bool:
    """Whether an id stands for others, or is none."""
    marks = "XXX" in task_id or "<" in task_id or "{" in task_id or "$" in task_id
    return marks or not task_id


def says_status(task_id: str, value: Value) -> bool:
    """Whether an item with this id and this value as its status is a task with a status."""
    status = _read_status(value if isinstance(value, str) else text_of(value))
    return not (status.is_missing or status.is_template or _is_template(task_id))


def title_place(pairs: Pairs, found: Roles) -> int:
    """The pair that gives the title; -1 where only a description or nothing does."""
    return _title(pairs, found)[0]


def _title(pairs: Pairs, found: Roles) -> tuple[int, str]:
    """The title, and which pair gives it, -1 for the description's first line or nothing."""
    for at in found.titles:
        text = line_of(pairs[at][1])
        if text and not is_missing(text):
            return at, text
    return -1, _described(pairs, found)


def _described(pairs: Pairs, found: Roles) -> str:
    """The first line of the description; "" where there is none."""
    if found.description < 0:
        return ""
    return text_of(pairs[found.description][1]).split("\n", 1)[0].strip()


def _dependencies(pairs: Pairs, places: Sequence[int]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The ids that an item waits for, and the other words that stand beside them."""
    found: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    for at in places:
        value = pairs[at][1]
        ids = dependency_ids(value)
        found = found + ids if found else ids
        if ids is not value and ids != (value,):
            beside += words_of(value)
    beside = beside and tuple([word for word in beside if word not in found])
    return found if len(found) < 2 else tuple(dict.fromkeys(found)), beside


def _are_sound(pairs: Pairs, times: tuple[tuple[str, int], ...]) -> bool:
    """Whether all are times; if not, they may still be none on purpose."""
    for _, at in times:
        value = pairs[at][1]
        if not isinstance(value, str) or read_time(value) is None:
            return False
    return True


def _faults(
    pairs: Pairs, found: Roles, task_id: str, title: str, status: _Status, holder: str | None
) -> tuple[Fault, ...]:
    faults = []
    if not title:
        faults.append(Fault("no_title", f"{task_id} has no title: give it one", task_id))
    if status.is_missing:
        message = f"{task_id} has no status and is read as todo: give it one"
        faults.append(Fault("no_status", message, task_id, "status" if found.status else None))
    elif not status.is_known:
        message = (
            f'{task_id} has the status "{status.raw}", which is outside the workflow: a supervisor'
            " may reopen it"
        )
        faults.append(Fault("unknown_status", message, task_id, "status"))
    elif status.is_held and holder is None:
        way = "unblock" if status.status == BLOCKED else "release"
        message = (
            f"{task_id} is {status.status.replace('_', ' ')}, but nobody holds it: an agent may"
            f" claim it, or a supervisor {way} it"
        )
        faults.append(Fault("no_holder", message, task_id, "status"))
    for name, at in found.times:
        text = line_of(pairs[at][1])
        if not is_nobody(text) and read_time(text) is None:
            message = (
                f'{name} of {task_id} is "{text}", which is no time: write it as'
                " 2026-11-22T12:33:00Z"
            )
            faults.append(Fault("impossible_time", message, task_id, name))
    for name in found.repeated:
        message = f"{name} stands twice in {task_id}: the first is read, take the other away"
        faults.append(Fault("duplicate_key", message, task_id, canonical_name(name)))
    return tuple(faults)


def group_id(pairs: Pairs, id_is_key: bool) -> str:
    """The id of a group: its first key, else ``id``, else the first ``…_id``."""
    if id_is_key:
        return pairs[0][0]
    names = [plain_name(name) for name, _ in pairs]
    by_end = (at for at, name in enumerate(names) if name.endswith("_id"))
    at = names.index("id") if "id" in names else next(by_end, 0)
    return text_of(pairs[at][1])


def group_of(pairs: Pairs, id_is_key: bool, heading: str | None, parent: Group | None) -> Group:
    """The group that a mapping's pairs are, under its parent; ``heading`` is its name if given."""
    name = group_id(pairs, id_is_key)
    pairs = pairs if id_is_key else ((name, ""), *pairs)
    found = roles(pairs, True)
    if found is None:
        raise AssertionError("a mapping whose first key is its id has roles")
    at_title = title_place(pairs, found)
    raw_priority = line_of(pairs[found.priority[0]][1]) if found.priority else ""
    priority = canonical_priority(raw_priority)
    holder = _agent(pairs, found.agent)
    dependencies, _ = _dependencies(pairs, found.dependencies) if found.dependencies else _NONE
    if parent is not None:
        holder = holder or parent.holder
        priority = parent.priority if is_missing(raw_priority) else priority
        dependencies = tuple(dict.fromkeys(dependencies + parent.dependencies))
    return Group(
        name,
        heading or (line_of(pairs[at_title][1]) if at_title >= 0 else name),
        canonical_status(line_of(pairs[found.status[0]][1]) if found.status else ""),
        priority,
        holder,
        dependencies,
    )
