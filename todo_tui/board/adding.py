"""New tasks: where they go, which ids they get, which fields they have.

Owns the choice of the neighbour that a new task is written after and like, and new ids. Must not
know how an item is written (``writing``).
"""

from __future__ import annotations

import re
from graphlib import CycleError, TopologicalSorter

from todo_tui.board import editable, item
from todo_tui.board.amending import dependencies
from todo_tui.board.change import Addition, fits_brackets, pairs_of
from todo_tui.board.history import NEW, event_entry
from todo_tui.board.request import Draft
from todo_tui.board.roles import ROUND, SQUARE
from todo_tui.board.style import field_word, priority_word, takes_lines
from todo_tui.board.task import TODO, canonical_name, is_nobody, plain_name
from todo_tui.board.times import write_time
from todo_tui.board.values import dependency_ids, text_of
from todo_tui.board.wording import (
    agent_name,
    known_priority,
    named_actor,
    noted,
    one_line,
    title_line,
    written_value,
)
from todo_tui.document.dialects import NewEntry
from todo_tui.errors import TodoError
from todo_tui.expression import expression
from todo_tui.named_tuple import NamedTuple
from todo_tui.static import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from todo_tui.board.board import Board
    from todo_tui.board.request import Add
    from todo_tui.board.task import Task
    from todo_tui.document.entry import Value

_ORDER: Final = (
    "priority",
    "assigned_agent",
    "status",
    "created_at",
    "dependencies",
    "description",
)
"""The fields of a new task, in the order of the protocol; the neighbour's own order goes first."""

_IN_BRACKETS: Final = {"assigned_agent": ROUND, "priority": SQUARE, "status": SQUARE}
"""Where a short item has its fields, in order."""

_FIRST_ID: Final = "TASK_000"
_KEY: Final = expression(r"(?=[0-9_-]*[A-Z])[A-Z0-9]+(?:[_-][A-Z0-9]+)+")
_TRAILING = expression(r"(?s)(?P<stem>.*?)(?P<number>[0-9]{1,18})\Z")
_BATCH = expression(r"@([0-9]{1,6})\Z")


class Pattern(NamedTuple):
    """What ids are made of: ``stem``, then a number of at least ``width`` digits."""

    stem: str
    width: int

    def id(self, number: int) -> str:
        """The id with this number."""
        return f"{self.stem}{number:0{self.width}d}"


def add(board: Board, request: Add, now: datetime) -> Addition:
    """What adding tasks comes to. Raises TodoError for a refusal: all are added, or none.

    All go after one neighbour, so they must be for the same group.
    """
    actor = named_actor(request.by)
    if not request.drafts:
        raise TodoError("usage", "there is no task to add: give one a title")
    places = {(draft.under, draft.after) for draft in request.drafts}
    if len(places) > 1:
        raise TodoError("usage", "tasks that are added together must be under the same group")
    under, ref = places.pop()
    after = _neighbour(board, under) if ref is None else board.place(board.find(ref))
    neighbour = board.tasks[after] if after is not None else None
    ids = _ids(board, request.drafts, neighbour)
    _check_order(board, request.drafts, ids)
    new = tuple(
        _new_entry(board, draft, task_id, ids, neighbour, now)
        for draft, task_id in zip(request.drafts, ids, strict=True)
    )
    entries = tuple(
        noted(
            event_entry(
                now,
                entry.id,
                "created",
                actor.name,
                NEW,
                TODO,
                human=actor.human,
                for_agent=actor.for_agent,
            )
        )
        for entry in new
    )
    return Addition(after, new, entries)


def _neighbour(board: Board, under: str | None) -> int | None:
    """The place of the task after which new ones go: the last todo task (of the group), or last."""
    places: Sequence[int] = range(len(board.tasks))
    if under is not None:
        group = _group(board, under)
        places = [at for at in places if board.tasks[at].group == group]
        if not places:
            raise TodoError(
                "illegal",
                f"the group {group} has no task to put a new one after: write its first by hand",
                task=group,
            )
    return next(
        (at for at in reversed(places) if board.tasks[at].status == TODO),
        places[-1] if places else None,
    )


def _group(board: Board, name: str) -> str:
    ids = {group.id for group in board.groups}
    folded_name = name.strip().casefold()
    alike = (
        [name.strip()] if name.strip() in ids else [i for i in ids if i.casefold() == folded_name]
    )
    if len(alike) == 1:
        return alike[0]
    known = f": there is {', '.join(sorted(ids)[:5])}" if ids else ": the file has no groups"
    raise TodoError("no_task", f"there is no group {name.strip()}{known}", task=name.strip())


def _ids(board: Board, drafts: tuple[Draft, ...], neighbour: Task | None) -> tuple[str, ...]:
    """An id for each draft: its own, else the next number of the neighbour's pattern."""
    taken = {group.id for group in board.groups} | board.index.last.keys()
    chosen: list[str | None] = []
    for draft in drafts:
        task_id = _own_id(draft.id, neighbour) if draft.id is not None else None
        if task_id in taken:
            raise TodoError(
                "id_taken",
                f"the id {task_id} is taken: leave it out to get a new one",
                task=task_id,
            )
        if task_id is not None:
            taken.add(task_id)
        chosen.append(task_id)
    if all(chosen):
        return tuple(filter(None, chosen))
    pattern = _pattern(board, neighbour)
    number = max(_numbers(board, pattern, taken), default=0)
    found: list[str] = []
    for task_id in chosen:
        if task_id is None:
            number += 1
            task_id = pattern.id(number)
        found.append(task_id)
    return tuple(found)


def next_id(board: Board, task: Task) -> str:
    """A new id of the pattern of a task's own."""
    return _ids(board, (Draft(task.title),), task)[0]


def _own_id(text: str, neighbour: Task | None) -> str:
    task_id = one_line(text, "an id")
    as_key = neighbour is None or neighbour.id_is_key
    trial = item.task_of((("id", task_id), ("status", TODO)), False, None)
    if (
        trial is None
        or trial.id != task_id
        or is_nobody(task_id)
        or dependency_ids((task_id,)) != (task_id,)
        or (as_key and not _KEY.fullmatch(task_id))
    ):
        raise TodoError(
            "usage",
            f'"{task_id}" cannot be an id here: write capitals and digits with _ or -, such as'
            " TASK_001",
        )
    return task_id


def _pattern(board: Board, neighbour: Task | None) -> Pattern:
    """The neighbour's pattern; where its id has no number, that of the last task with one."""
    as_key = neighbour is None or neighbour.id_is_key
    candidates = [neighbour.id] if neighbour is not None else []
    candidates += (task.id for task in reversed(board.tasks))
    for task_id in (*candidates, _FIRST_ID):
        match = _TRAILING.fullmatch(task_id)
        if match is not None and (not as_key or _KEY.fullmatch(task_id)):
            return Pattern(match["stem"], len(match["number"]))
    raise AssertionError("the first id has a number")


def _numbers(board: Board, pattern: Pattern, taken: set[str]) -> Iterator[int]:
    """The numbers that ids of this pattern have anywhere in the text: an id is not used again.

    A stem without a letter is looked for among ids alone, since any number would do in a text.
    """
    for task_id in taken:
        match = _TRAILING.fullmatch(task_id)
        if match is not None and match["stem"] == pattern.stem:
            yield int(match["number"])
    if not any(map(str.isalpha, pattern.stem)):
        return
    short = re.sub(r"^TASK[_-]", "", pattern.stem)
    stems = {pattern.stem, short} if any(map(str.isalpha, short)) else {pattern.stem}
    text = board.whole_text
    for stem in stems:
        for match in re.finditer(rf"{re.escape(stem)}([0-9]{{1,18}})(?![0-9])", text):
            if not text[match.start() - 1 : match.start()].isalnum():
                yield int(match[1])


def _check_order(board: Board, drafts: tuple[Draft, ...], ids: tuple[str, ...]) -> None:
    """Refuse tasks that would wait for each other, or for a task that waits for their id already.

    Raises TodoError: cycle, no_dependency.
    """
    batch = {
        ids[at]: [ids[other] for name in draft.depends_on if (other := _in_batch(name, ids)) >= 0]
        for at, draft in enumerate(drafts)
    }
    try:
        TopologicalSorter(batch).prepare()
    except CycleError as error:
        raise _cycle(error.args[1][::-1]) from error
    for task_id, draft in zip(ids, drafts, strict=True):
        if draft.id is None:
            continue
        others = tuple(name for name in draft.depends_on if _in_batch(name, ids) < 0)
        for place in board.graph.dependents.get(task_id, ()):
            if ring := board.graph.way(dependencies(board, others, None), place):
                raise _cycle((task_id, *ring, task_id))


def _cycle(ring: Sequence[str]) -> TodoError:
    return TodoError(
        "cycle",
        f"{' -> '.join(ring)} would wait for each other: leave one of these dependencies out",
        task=ring[0],
    )


def _in_batch(name: str, ids: tuple[str, ...]) -> int:
    """Which of the new tasks a dependency means: ``@1``, or an id that one of them gets; else -1.

    Raises TodoError no_dependency for a number that none of them has.
    """
    word = name.strip()
    match = _BATCH.fullmatch(word)
    if match is None:
        return ids.index(word) if word in ids else -1
    at = int(match[1]) - 1
    if not 0 <= at < len(ids):
        raise TodoError(
            "no_dependency",
            f"{word} means none of the {len(ids)} tasks that are added together",
            task=word,
        )
    return at


def _new_entry(
    board: Board,
    draft: Draft,
    task_id: str,
    ids: tuple[str, ...],
    neighbour: Task | None,
    now: datetime,
) -> NewEntry:
    """The item for a draft: the fields that its neighbour has, and those that are given."""
    title = title_line(draft.title)
    priority = known_priority(draft.priority) if draft.priority else "medium"
    values: dict[str, Value] = {
        "priority": priority_word(board, priority),
        "status": board.spelling(TODO),
    }
    if draft.assign is not None and not is_nobody(draft.assign):
        values["assigned_agent"] = agent_name(draft.assign)
    names = [plain_name(key) for key, _ in pairs_of(neighbour)[1:]] if neighbour else []
    own = {canonical_name(name) for name in names}
    if neighbour is None or "created_at" in own:
        values["created_at"] = write_time(now)
    waits: list[str] = []
    for name in draft.depends_on:
        at = _in_batch(name, ids)
        waits += (ids[at],) if at >= 0 else dependencies(board, (name,), None)
    if waits or "dependencies" in own:
        values["dependencies"] = tuple(dict.fromkeys(waits))
    lines = takes_lines(board, neighbour)
    if draft.description and (text := written_value(draft.description, "description", lines)):
        values["description"] = text
    fields: dict[str, tuple[str, Value]] = {}
    if ROUND in names or SQUARE in names:
        for key, brackets in _IN_BRACKETS.items():
            if key in values and fits_brackets(text_of(values[key])):
                fields[key] = (brackets, values[key])
    for name in names:
        key = canonical_name(name)
        if key in values and key not in fields:
            fields[key] = (name, values[key])
    for key in _ORDER:
        if key in values and key not in fields:
            fields = _placed(fields, key, (field_word(board, key), values[key]))
    for name, value in draft.fields:
        plain = plain_name(name)
        if canonical_name(name) in editable.FIXED or canonical_name(name) in editable.OWN:
            raise TodoError("usage", f"{name} cannot be given as another field")
        if written := written_value(value, plain.replace("_", " "), lines):
            fields[plain] = (plain, written)
    return NewEntry(task_id, title, tuple(fields.values()))


def _placed(
    fields: dict[str, tuple[str, Value]], key: str, field: tuple[str, Value]
) -> dict[str, tuple[str, Value]]:
    """``fields`` with one more, behind the last of those that come before it in the protocol."""
    before = _ORDER[: _ORDER.index(key)]
    rows = list(fields.items())
    at = max((i + 1 for i, (name, _) in enumerate(rows) if name in before), default=0)
    return dict([*rows[:at], (key, field), *rows[at:]])
