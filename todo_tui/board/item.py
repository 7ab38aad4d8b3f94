"""What the pairs of an item mean: which is the id, the title, the status, and so on.

Owns the names of fields and their aliases, and makes a task of an item's pairs: both for an item
that was read and for one that a transition changes, so that what is predicted is what is read. Must
not know where an item stands (``reading``) or how a value is written (``writing``).

A field may stand in an item under its own name or an alias: its own name is preferred, then the
first. Pairs that have the very name of the one that is read are kept in step with it; other
aliases are ordinary fields, save that dependencies of all names add up.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from todo_tui.board.task import (
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
from todo_tui.board.workflow import STATUSES
from todo_tui.document.entry import Mapping

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from todo_tui.document.entry import Value

    Pairs = tuple[tuple[str, Value], ...]

ROUND: Final = "()"
SQUARE: Final = "[]"

_TITLES: Final = ("title", "content", "name", "summary")
_TIMES: Final = ("created_at", "claimed_at", "started_at", "completed_at")
_TEMPLATE_ID = re.compile(r"XXX|[${<]")
_WORD = re.compile(r"[^\s(),:;\[\]]+")
_ENTRY_END = re.compile(r" ?\(| - | — |:(?:\s|$)")


@dataclass(frozen=True, slots=True)
class Roles:
    """Which of an item's pairs mean what, by index.

    Each tuple has the pair that is read first, then those that are kept in step with it.
    ``titles`` are the pairs that may give the title, the best first. ``anchor`` is the pair after
    which a status goes where there is none. ``rest`` are the pairs that are no part of a task's
    own attributes, the title's candidates included where they are not the item's first pair.
    """

    id: int
    titles: tuple[int, ...]
    description: int
    status: tuple[int, ...]
    priority: tuple[int, ...]
    agent: tuple[int, ...]
    dependencies: tuple[int, ...]
    created_at: tuple[int, ...]
    claimed_by: tuple[int, ...]
    times: tuple[tuple[str, int], ...]
    rest: tuple[int, ...]
    repeated: tuple[str, ...]
    anchor: int

    @property
    def weight(self) -> int:
        """How many of priority, agent, dependencies and created_at there are."""
        fields = (self.priority, self.agent, self.dependencies, self.created_at)
        return sum(1 for field in fields if field)


@lru_cache(maxsize=4096)
def _roles(names: tuple[str, ...], id_is_key: bool) -> Roles | None:
    """The roles of pairs with these names ("" for one that is the id); None without an id."""
    plain = [plain_name(name) for name in names]
    if not id_is_key and "id" not in plain:
        return None
    by_plain: dict[str, list[int]] = {}
    by_name: dict[str, list[int]] = {}
    for at, name in enumerate(plain):
        by_plain.setdefault(name, []).append(at)
        by_name.setdefault(canonical_name(names[at]) if name else "", []).append(at)

    def chosen(name: str) -> tuple[int, ...]:
        found = by_plain.get(name)
        if found is None and name in by_name:
            found = by_plain[plain[by_name[name][0]]]
        return tuple(found or ())

    at_id = 0 if id_is_key else plain.index("id")
    titles = [0] if id_is_key else []
    titles += [by_plain[name][0] for name in _TITLES if name in by_plain]
    status, priority, agent = chosen("status"), chosen("priority"), chosen("assigned_agent")
    dependencies = tuple(by_name.get("dependencies", ()))
    created_at = chosen("created_at")
    own = {at_id, *status, *priority, *agent, *dependencies, *created_at}
    leading = {at_id, *titles, *priority, *agent}
    anchor = at_id
    while anchor + 1 in leading:
        anchor += 1
    return Roles(
        at_id,
        tuple(titles),
        by_plain["description"][0] if "description" in by_plain else -1,
        status,
        priority,
        agent,
        dependencies,
        created_at,
        chosen("claimed_by"),
        tuple((name, at) for name in _TIMES for at in by_name.get(name, ())),
        tuple(at for at in range(len(names)) if at not in own),
        tuple(
            name for name, found in by_plain.items() if len(found) > 1 and name not in (SQUARE, "")
        ),
        anchor,
    )


def roles(pairs: Pairs, id_is_key: bool) -> Roles | None:
    """Which of the pairs mean what; None where there is no id."""
    names = [name for name, _ in pairs]
    if id_is_key:
        names[0] = ""
    if ROUND in names or SQUARE in names:
        _name_brackets(names, pairs)
    return _roles(tuple(names), id_is_key)


def _name_brackets(names: list[str], pairs: Pairs) -> None:
    """Name those of a short item's pairs that are in brackets, by what they hold.

    The first in round brackets is the agent; the first square one that is a priority, the
    priority; the first that is a status of the workflow, the status, else the first one after the
    priority that is none of ours.
    """
    if ROUND in names:
        names[names.index(ROUND)] = "assigned_agent"
    square = [at for at, name in enumerate(names) if name == SQUARE]
    words = {at: text_of(pairs[at][1]) for at in square}
    priority = next((at for at in square if canonical_priority(words[at])), None)
    if priority is not None:
        names[priority] = "priority"
    others = [at for at in square if at != priority]
    status = next(
        (
            at
            for at in others
            if not is_missing(words[at])
            and ("|" in words[at] or canonical_status(words[at]) in STATUSES)
        ),
        None,
    )
    if status is None and priority is not None and "status" not in map(plain_name, names):
        status = next((at for at in others if at > priority), None)
    if status is not None:
        names[status] = "status"


def text_of(value: Value) -> str:
    """A value as one text: the items of a list with commas between them."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, Mapping):
        return ", ".join(f"{name}: {text_of(inner)}".strip() for name, inner in value.items)
    return ", ".join(text_of(inner) for inner in value)


def line_of(value: Value) -> str:
    """A value as one line."""
    text = text_of(value)
    return text if "\n" not in text else " ".join(line.strip() for line in text.splitlines())


def dependency_ids(value: Value) -> tuple[str, ...]:
    """The ids that the value of a dependencies field begins its entries with."""
    if isinstance(value, str):
        return tuple(filter(None, map(_dependency_id, _split(value))))
    if isinstance(value, Mapping):
        return tuple(filter(None, (_dependency_id(name) for name, _ in value.items)))
    found: list[str] = []
    for inner in value:
        if isinstance(inner, Mapping):
            named = dict(inner.items)
            text = named.get("id") or next(iter(named), "")
            found.append(_dependency_id(text_of(text)))
        elif isinstance(inner, str):
            found.append(_dependency_id(inner))
        else:
            found += dependency_ids(inner)
    return tuple(filter(None, found))


def _split(text: str) -> list[str]:
    """The entries of a comma-separated scalar; commas in brackets separate nothing."""
    text = text.strip()
    if text.startswith("[") and text.endswith("]"):
        text = text[1:-1]
    parts, depth, start = [], 0, 0
    for at, c in enumerate(text):
        if c in "([":
            depth += 1
        elif c in ")]":
            depth -= 1
        elif c in ",\n" and depth <= 0:
            parts.append(text[start:at])
            start = at + 1
    return [*parts, text[start:]]


@lru_cache(maxsize=65536)
def _dependency_id(entry: str) -> str:
    """The id at the start of one entry; "" where it says that there is none."""
    text = entry.strip().strip("`*_\"'").strip()
    if text.startswith("[") and "]" in text:
        text = text[1 : text.index("]")]
    found = _WORD.match(text)
    word = found[0].rstrip(".`*\"'") if found else ""
    if any(map(str.isdigit, word)) or (word.isupper() and ("_" in word or "-" in word)):
        return word
    text = _ENTRY_END.split(text, maxsplit=1)[0].strip().strip("`*\"'")
    return "" if is_nobody(text) else text


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
    first = line_of(pairs[0][1]) if id_is_key else ""
    pairs = (("", first), *pairs)
    found = _roles(("", *(key for key, _ in pairs[1:])), True)
    if found is None:
        raise AssertionError("a mapping whose first key is its id has roles")
    at_title = title_place(pairs, found)
    raw_priority = _first(pairs, found.priority)
    agent = _first(pairs, found.agent)
    inherited = parent.dependencies if parent else ()
    return Group(
        name,
        heading or (line_of(pairs[at_title][1]) if at_title >= 0 else name),
        canonical_status(_first(pairs, found.status)),
        canonical_priority(raw_priority)
        or (parent.priority if parent and is_missing(raw_priority) else None),
        (parent.holder if parent else None) if is_nobody(agent) else agent,
        tuple(dict.fromkeys((*_dependencies(pairs, found), *inherited))),
    )


def _first(pairs: Pairs, places: Sequence[int]) -> str:
    return line_of(pairs[places[0]][1]) if places else ""


def _dependencies(pairs: Pairs, found: Roles) -> Iterable[str]:
    return (name for at in found.dependencies for name in dependency_ids(pairs[at][1]))


def task_of(pairs: Pairs, id_is_key: bool, group: Group | None) -> Task | None:
    """The task that an item's pairs state, its reference the id; None where they state none.

    An item is a task where it has an id and a status, or two of priority, agent, dependencies and
    created_at (of a short item brackets alone will do), and is no template.
    """
    found = roles(pairs, id_is_key)
    if found is None:
        return None
    short = any(name in (ROUND, SQUARE) for name, _ in pairs)
    if not found.status and found.weight < 2 and not short:
        return None
    task_id = pairs[0][0] if id_is_key else text_of(pairs[found.id][1])
    if not task_id or _TEMPLATE_ID.search(task_id):
        return None
    raw_status = _first(pairs, found.status)
    if "|" in raw_status or _lists_statuses(raw_status):
        return None
    return _task(pairs, found, id_is_key, task_id, raw_status, group)


def _lists_statuses(raw: str) -> bool:
    words = raw.split("/")
    return len(words) > 1 and all(canonical_status(word) in STATUSES for word in words)


def _task(
    pairs: Pairs, found: Roles, id_is_key: bool, task_id: str, raw_status: str, group: Group | None
) -> Task:
    status = canonical_status(raw_status)
    at_title = title_place(pairs, found)
    title = line_of(pairs[at_title][1]) if at_title >= 0 else ""
    if not title and found.description >= 0:
        lines = text_of(pairs[found.description][1]).split("\n", 1)
        title = lines[0].strip()
    raw_priority = _first(pairs, found.priority)
    priority = canonical_priority(raw_priority)
    agent = _first(pairs, found.agent)
    assigned = None if is_nobody(agent) else agent
    dependencies = tuple(_dependencies(pairs, found))
    claimed_by = _first(pairs, found.claimed_by)
    claimer = None if is_nobody(claimed_by) else claimed_by
    group_id = None
    if group is not None:
        group_id = group.id
        assigned = assigned or group.holder
        if is_missing(raw_priority):
            priority = group.priority
        dependencies += group.dependencies
    return Task(
        task_id,
        task_id,
        title or task_id,
        status,
        raw_status,
        priority,
        raw_priority,
        assigned,
        claimer,
        tuple(dict.fromkeys(dependencies)),
        _first(pairs, found.created_at),
        group_id,
        tuple([pairs[at] for at in found.rest if at != at_title]),
        tuple(_faults(pairs, found, task_id, title, raw_status, status, claimer or assigned)),
        pairs,
        id_is_key,
    )


def title_place(pairs: Pairs, found: Roles) -> int:
    """The pair that gives the title; -1 where only a description or nothing does."""
    return next((at for at in found.titles if not is_missing(line_of(pairs[at][1]))), -1)


def _faults(
    pairs: Pairs,
    found: Roles,
    task_id: str,
    title: str,
    raw_status: str,
    status: str,
    holder: str | None,
) -> list[Fault]:
    faults = []
    if not title:
        faults.append(Fault("no_title", f"{task_id} has no title: give it one", task_id))
    if is_missing(raw_status):
        message = f"{task_id} has no status and is read as todo: give it one"
        faults.append(Fault("no_status", message, task_id, "status" if found.status else None))
    elif status not in STATUSES:
        message = (
            f'{task_id} has the status "{raw_status}", which is outside the workflow: a supervisor'
            " may reopen it"
        )
        faults.append(Fault("unknown_status", message, task_id, "status"))
    elif status in HELD and holder is None:
        message = (
            f"{task_id} is {status.replace('_', ' ')}, but nobody holds it: an agent may claim it,"
            " or a supervisor release it"
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
    return faults


def counted_names(tasks: Iterable[Task]) -> Counter[str]:
    """How many tasks have a field of each name, as ``plain_name`` writes them."""
    rows = Counter(tuple([name for name, _ in task.pairs]) for task in tasks)
    names: Counter[str] = Counter()
    for row, times in rows.items():
        for name in {plain_name(name) for name in row}:
            names[name] += times
    return names
