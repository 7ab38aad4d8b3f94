"""References: a name for each task of which the id alone would not tell it from others.

The id itself where it stands once; where it stands twice the id, ``#``, and the first hex digits
(two at least) of the SHA-1 of the title that tell the twins apart. Twins of equal titles get
``.1``, ``.2`` behind it, in file order: they can be read, and changed by no command.
"""

from __future__ import annotations

from collections import Counter

from todo_tui.expression import expression
from todo_tui.named_tuple import NamedTuple
from todo_tui.static import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from todo_tui.board.task import Task

_SHORTEST: Final = 2
_NUMBERED = expression(r"#[0-9a-f]+\.[0-9]+\Z")


class Index(NamedTuple):
    """Where ids stand among the tasks of a board.

    ``last`` holds for each id the place of its last task; ``twins`` all places, in file order, of
    the ids that stand more than once.
    """

    last: dict[str, int]
    twins: dict[str, tuple[int, ...]]


def index_of(tasks: Sequence[Task]) -> Index:
    """The index of ``tasks``."""
    ids = [task.id for task in tasks]
    last = dict(zip(ids, range(len(ids)), strict=True))
    twins: dict[str, list[int]] = {}
    if len(last) < len(ids):
        for at, task_id in enumerate(ids):
            if last[task_id] != at or task_id in twins:
                twins.setdefault(task_id, []).append(at)
    return Index(last, {task_id: tuple(places) for task_id, places in twins.items()})


def title_hash(title: str) -> str:
    """The hex digits of which a twin's reference takes the first."""
    from hashlib import sha1

    return sha1(title.encode("utf-8", "surrogatepass"), usedforsecurity=False).hexdigest()


def twin_refs(task_id: str, titles: Sequence[str], taken: Container[str]) -> list[str]:
    """References for the tasks of one id, by their titles in file order; none of ``taken``."""
    hashes = [title_hash(title) for title in titles]
    times = Counter(hashes)
    length = _SHORTEST
    while length < len(hashes[0]) and (
        len({digits[:length] for digits in times}) < len(times)
        or any(f"{task_id}#{digits[:length]}" in taken for digits in times)
    ):
        length += 1
    refs = []
    seen: Counter[str] = Counter()
    for digits in hashes:
        seen[digits] += 1
        number = f".{seen[digits]}" if times[digits] > 1 else ""
        refs.append(f"{task_id}#{digits[:length]}{number}")
    return refs


def is_numbered(task: Task) -> bool:
    """Whether only a number tells the task from a twin of the same title."""
    return task.ref != task.id and _NUMBERED.search(task.ref, len(task.id)) is not None


def with_ref(task: Task, ref: str) -> Task:
    """The task under another reference."""
    if task.ref == ref:
        return task
    faults = tuple(fault._replace(task=ref) for fault in task.faults)
    return task._replace(ref=ref, faults=faults)


def with_refs(tasks: Sequence[Task], index: Index) -> tuple[Task, ...]:
    """``tasks`` with the reference of each; those that have theirs already are the same objects."""
    refs = {
        at: ref
        for task_id, places in index.twins.items()
        for at, ref in zip(
            places, twin_refs(task_id, [tasks[at].title for at in places], index.last), strict=True
        )
    }
    return tuple(with_ref(task, refs.get(at, task.id)) for at, task in enumerate(tasks))
