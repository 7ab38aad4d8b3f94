"""How a file writes things, asked of its board: what is written anew is written as it is there.

Every choice that depends on the file is made here, once for the prediction and the edits. Must not
know which request asks.
"""

from __future__ import annotations

from collections import Counter

from todo_tui.board.change import Put, Remove, pairs_of, roles_of
from todo_tui.board.task import (
    canonical_name,
    canonical_priority,
    is_nobody,
    plain_name,
    without_suffix,
)
from todo_tui.board.values import with_ids
from todo_tui.document import dialects
from todo_tui.static import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from todo_tui.board.board import Board
    from todo_tui.board.change import FieldChange
    from todo_tui.board.task import Task
    from todo_tui.document.entry import Value


def priority_words(board: Board, priorities: Iterable[str]) -> list[str]:
    """How the file spells canonical priorities: as most of its tasks do, else canonical."""
    counts: dict[str | None, Counter[str]] = {}
    for raw, times in Counter(task.raw_priority for task in board.tasks).items():
        word = without_suffix(raw)
        if not set(word) & set("()[]"):
            counts.setdefault(canonical_priority(raw), Counter())[word] += times
    return [counts[one].most_common(1)[0][0] if one in counts else one for one in priorities]


def priority_word(board: Board, priority: str) -> str:
    """How the file spells a canonical priority."""
    return priority_words(board, [priority])[0]


def field_word(board: Board, name: str) -> str:
    """Which of its names the file uses for a field most, as ``plain_name`` writes it."""
    counts = _counted_names(board.tasks)
    words = {word: times for word, times in counts.items() if canonical_name(word) == name}
    return max(words, key=lambda word: words[word]) if words else name


def empty_word(board: Board, name: str) -> str | None:
    """How the file's items write that nobody is in the field ``name``; None where none does."""
    counts = Counter(_empty_values(board, name))
    return counts.most_common(1)[0][0] if counts else None


def _empty_values(board: Board, name: str) -> Iterator[str]:
    for task in board.tasks:
        if name == "claimed_by" and task.claimed_by is not None:
            continue
        for key, value in pairs_of(task)[task.id_is_key :]:
            if canonical_name(key) == name and isinstance(value, str) and is_nobody(value):
                yield value.strip()


def emptied(board: Board, task: Task, name: str, places: tuple[int, ...]) -> list[FieldChange]:
    """The changes that empty the fields called ``name`` at ``places`` of a task's item.

    As other items write an empty one (YAML's null, or nothing, verbatim); where none does, the
    field goes, unless the item has no status: then it might be a task no more without it.
    """
    word = empty_word(board, name)
    if word is None and roles_of(task).status:
        return [Remove(at) for at in places]
    word = word or ""
    verbatim = word.lower() in ("", "~", "null")
    return [Put(at, word, verbatim) for at in places]


def takes_lines(board: Board, task: Task | None) -> bool:
    """Whether text of several lines can be kept in an item like that of ``task``."""
    if task is None or board.document is None:
        return True
    return dialects.takes_lines(board.document.entries[board.positions[board.place(task)]])


def with_dependencies(board: Board, task: Task, at: int, ids: tuple[str, ...]) -> Value:
    """The value of the pair at ``at``, which says what a task waits for, with other ids."""
    document = board.document
    entry = None if document is None else document.entries[board.positions[board.place(task)]]
    mappings = entry is None or dialects.keeps_items(entry, at)
    return with_ids(pairs_of(task)[at][1], ids, board.graph.is_known, mappings=mappings)


def _counted_names(tasks: Iterable[Task]) -> Counter[str]:
    """How many tasks have a field of each name, as ``plain_name`` writes them."""
    rows = Counter(tuple([name for name, _ in task.pairs[task.id_is_key :]]) for task in tasks)
    names: Counter[str] = Counter()
    for row, times in rows.items():
        for name in {plain_name(name) for name in row}:
            names[name] += times
    return names
