"""All faults of a board, in file order, and where each stands.

Owns the faults between tasks, and the words for them. Must not know how a single task is read
(``reading`` finds what a task shows by itself).
"""

from __future__ import annotations

from todo_tui.board.task import Fault, canonical_name
from todo_tui.document import dialects
from todo_tui.static import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from todo_tui.board.board import Board
    from todo_tui.board.task import Task
    from todo_tui.document.entry import Entry
    from todo_tui.document.span import Span
    from todo_tui.errors import Location

_NAMED: Final = 6
"""How many ids of a long ring are named."""


def of(board: Board) -> tuple[Fault, ...]:
    """Every fault of ``board``; those inside of conflict markers give way to the conflict's."""
    placed: list[tuple[int, Fault]] = []
    document = board.document
    for at, fault in enumerate(board.text_faults):
        placed.append((document.faults[at].offset if document else -1, fault))
    placed += ((offset, fault) for fault, offset in board.missed)
    placed += of_tasks(board)
    placed.sort(key=lambda pair: pair[0])
    return tuple(fault for _, fault in placed)


def of_tasks(board: Board) -> list[tuple[int, Fault]]:
    """Those of them that are about a task, each behind the place of its item."""
    hidden = _contested(board)
    placed: list[tuple[int, Fault]] = []
    document = board.document
    between = _between(board)
    entries, starts = (document.entries, document.starts) if document else ((), ())
    positions = board.positions if document else (0,) * len(board.tasks)
    for at, (task, position) in enumerate(zip(board.tasks, positions, strict=True)):
        wrong = entries[position].fault if entries else None
        if not task.faults and wrong is None and at not in between:
            continue
        if at in hidden:
            continue
        offset = starts[position] if starts else at
        if wrong is not None:
            message = f"{task.ref} is read line by line, since YAML refuses it: {wrong.message}"
            placed.append((offset, Fault("invalid_item", message, task.ref)))
        placed += ((offset, fault) for fault in task.faults)
        placed += ((offset, fault) for fault in between.get(at, ()))
    return placed


def _contested(board: Board) -> frozenset[int]:
    """The places of the tasks that stand between conflict markers."""
    document = board.document
    if document is None or not board.merging:
        return frozenset()
    regions = []
    for fault in document.faults:
        if fault.code == "conflict":
            end = document.text.find("\n>>>>>>> ", fault.offset)
            regions.append((fault.offset, end if end >= 0 else len(document.text)))
    return frozenset(
        at
        for at, position in enumerate(board.positions)
        for start, end in regions
        if document.starts[position] < end
        and document.starts[position] + len(document.entries[position].text) > start
    )


def _between(board: Board) -> dict[int, list[Fault]]:
    """The faults between tasks, by the place of the task that each is shown at."""
    found: dict[int, list[Fault]] = {}
    for task_id, places in board.index.twins.items():
        refs = [board.tasks[at].ref for at in places]
        for at, ref in zip(places, refs, strict=True):
            message = (
                f"{task_id} stands {len(places)} times: this one is {ref} until another id is"
                " written for it"
            )
            found.setdefault(at, []).append(Fault("duplicate_id", message, ref, "id"))
    graph, known = board.graph, board.index.last
    for at, task in enumerate(board.tasks):
        for name in task.dependencies:
            if name not in known and not graph.is_known(name) and not graph.met(name, at):
                fault = _unknown(task, name)
                found.setdefault(at, []).append(fault)
        if task.beside and (others := _unread(board, task)):
            message = (
                f"{task.ref} does not wait for {', '.join(others)}: only the id at the start of"
                " each entry counts. Write each as an entry of its own, or take it away"
            )
            fault = Fault("unread_dependency", message, task.ref, "dependencies")
            found.setdefault(at, []).append(fault)
    for ring in graph.cycles:
        names = [graph.id_of(node) for node in ring]
        names = [*names[:_NAMED], "…", names[-1]] if len(names) > _NAMED + 1 else names
        way = " -> ".join((*names, names[0]))
        at = min(ring)
        if at >= len(board.tasks):
            at = next((i for i, task in enumerate(board.tasks) if task.group in names), -1)
        if at >= 0:
            message = f"{way} wait for each other: take away one of these dependencies"
            fault = Fault("cycle", message, board.tasks[at].ref, "dependencies")
            found.setdefault(at, []).append(fault)
    return found


def _unknown(task: Task, name: str) -> Fault:
    words = (
        f"{task.ref} depends on {name}, which is not in the file: correct the id, or take it away"
    )
    return Fault("unknown_dependency", words, task.ref, "dependencies")


def _unread(board: Board, task: Task) -> list[str]:
    """The ids of other tasks that a task's dependencies name where no id is read."""
    others = [one for one in task.beside if one != task.id and board.graph.is_known(one)]
    return [one for one in dict.fromkeys(others) if one not in task.dependencies][:_NAMED]


def first_ink(text: str, offset: int) -> int:
    """The offset of the first character at or after ``offset`` that is no blank or tab."""
    while offset < len(text) and text[offset] in " \t":
        offset += 1
    return offset


def text_places(board: Board) -> tuple[dict[int, int], dict[Fault, int]]:
    """Where the faults of no task stand: by the identity of each, and the first of those alike."""
    texts = board.document.faults if board.document else ()
    placed = (*zip(board.text_faults, (one.offset for one in texts), strict=True), *board.missed)
    return {id(fault): at for fault, at in placed}, dict(reversed(placed))


def location(board: Board, fault: Fault) -> Location | None:
    """Where ``fault`` stands: the value that it is about, else where its task begins."""
    document = board.document
    if document is None:
        return None
    if fault.task is None:
        by_itself, by_value = board.text_places
        at = by_itself.get(id(fault))
        return document.location(by_value[fault] if at is None else at)
    task = board.get(fault.task)
    if task is None:
        return None
    position = board.positions[board.place(task)]
    entry, start = document.entries[position], document.starts[position]
    if fault.code == "invalid_item" and entry.fault is not None:
        return document.location(start + entry.fault.offset)
    if fault.field is not None:
        spans = _fields(entry, fault)
        named = _named(task, fault, entry, spans)
        if named is not None:
            return document.location(start + named)
        for span in spans:
            return document.location(start + span.start)
    return document.location(first_ink(document.text, start))


def _named(task: Task, fault: Fault, entry: Entry, spans: Sequence[Span]) -> int | None:
    """Where in one of ``spans`` the id stands that is not in the file; None for other faults."""
    if fault.code != "unknown_dependency":
        return None
    name = next((name for name in task.dependencies if fault == _unknown(task, name)), None)
    if name is None:
        return None
    import re

    word = re.compile(rf"(?<![\w-]){re.escape(name)}(?![\w-])")
    for span in spans:
        for found in word.finditer(entry.text, *span):
            line = entry.text.rfind("\n", 0, found.start()) + 1
            if "#" not in entry.text[max(line, span.start) : found.start()]:
                return found.start()
    return None


def _fields(entry: Entry, fault: Fault) -> Sequence[Span]:
    """Where in the entry's text the values stand that a fault may be about."""
    found = [
        field.value_span
        for field in dialects.locate(entry)
        if canonical_name(field.name) == fault.field
    ]
    return found[1:] if fault.code == "duplicate_key" else found
