"""Which task of one board is which task of another.

By reference; where that is gone (a twin came or went, a twin's title changed) by id, and where the
id is gone by title. Must not know what happened to a task (``changes``).
"""

from __future__ import annotations

from itertools import compress, count
from operator import is_not

from todo_tui.named_tuple import NamedTuple
from todo_tui.static import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence

    from todo_tui.board.task import Task


class Pairing(NamedTuple):
    """Indices into two sequences of tasks: ``pairs`` in the order of the new one, and the rest.

    Tasks that are the same object in the same place, counted from either end, are in none of them;
    ``start`` is how many those at the beginning are.
    """

    start: int
    pairs: tuple[tuple[int, int], ...]
    removed: tuple[int, ...]
    added: tuple[int, ...]


def paired(old: Sequence[Task], new: Sequence[Task]) -> Pairing:
    """Pair the tasks of two boards. Tasks that are the same object cost next to nothing."""
    start, stop_old, stop_new = different(old, new)
    by_ref = {old[at].ref: at for at in range(start, stop_old)}
    found: dict[int, int] = {}
    for at in range(start, stop_new):
        before = by_ref.pop(new[at].ref, None)
        if before is not None:
            found[at] = before
    removed = sorted(by_ref.values())
    added = [at for at in range(start, stop_new) if at not in found]
    if removed and added:
        _pair(found, old, new, removed, added, _unnamed)
        _pair(found, old, new, removed, added, lambda task: (task.id, task.title), sure=True)
        _pair(found, old, new, removed, added, lambda task: task.id)
        _pair(found, old, new, removed, added, lambda task: task.title, alone=True)
    pairs = tuple((found[at], at) for at in sorted(found))
    return Pairing(start, pairs, tuple(removed), tuple(added))


def _unnamed(task: Task) -> Task:
    return task._replace(ref="", faults=())


def different(old: Sequence[Task], new: Sequence[Task]) -> tuple[int, int, int]:
    """Where the sequences begin to differ, and where each ceases to, by identity."""
    shorter = min(len(old), len(new))
    start = next(compress(count(), map(is_not, old, new)), shorter)
    ends = map(is_not, reversed(old), reversed(new))
    same = min(next(compress(count(), ends), shorter), shorter - start)
    return start, len(old) - same, len(new) - same


def _pair(
    found: dict[int, int],
    old: Sequence[Task],
    new: Sequence[Task],
    removed: list[int],
    added: list[int],
    key: Callable[[Task], Hashable],
    *,
    sure: bool = False,
    alone: bool = False,
) -> None:
    """Pair what is left and has the same key, in file order.

    ``sure``: only where as many have it before and after; ``alone``: only where one has it.
    What is paired is taken out of ``removed`` and ``added``.
    """
    places: dict[Hashable, list[int]] = {}
    for at in removed:
        places.setdefault(key(old[at]), []).append(at)
    wanted: dict[Hashable, list[int]] = {}
    for at in added:
        wanted.setdefault(key(new[at]), []).append(at)
    for name, ats in wanted.items():
        candidates = places.get(name, [])
        unclear = len(ats) != len(candidates)
        if (unclear and (sure or alone)) or (alone and len(ats) != 1):
            continue
        found.update(zip(ats, candidates, strict=False))
    taken = set(found.values())
    removed[:] = [at for at in removed if at not in taken]
    added[:] = [at for at in added if at not in found]
