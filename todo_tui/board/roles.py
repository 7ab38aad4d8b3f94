"""Which pairs of an item are which fields of a task.

Owns the names of fields and their aliases. A field may stand in an item under its own name or an
alias: its own name is preferred, then the first. Pairs that have the very name of the one that is
read are kept in step with it; other aliases are ordinary fields, save that dependencies of all
names add up. Must not know what a value means (``item``).
"""

from __future__ import annotations

from functools import lru_cache
from operator import itemgetter

from todo_tui.board.task import (
    canonical_name,
    canonical_priority,
    canonical_status,
    is_missing,
    plain_name,
)
from todo_tui.board.values import text_of
from todo_tui.board.workflow import STATUSES
from todo_tui.named_tuple import NamedTuple
from todo_tui.static import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable

    from todo_tui.document.entry import Value

Pairs: TypeAlias = "tuple[tuple[str, Value], ...]"

ROUND: Final = "()"
SQUARE: Final = "[]"

_TITLES: Final = ("title", "content", "name", "summary")
_TIMES: Final = ("created_at", "claimed_at", "started_at", "completed_at")


class Roles(NamedTuple):
    """Which of an item's pairs mean what, by index.

    Each tuple has the pair that is read first, then those that are kept in step with it.
    ``is_task``: there is a status, or two of priority, agent, dependencies and created_at, or
    something in brackets. ``titles`` are the pairs that may give the title, the best first.
    ``anchor`` is the pair after which a status goes where there is none. ``rest`` are the pairs
    that are no part of a task's own attributes, the title's candidates included where they are not
    the item's first pair; ``rest_of`` gives these.
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
    rest_of: Callable[[Pairs], Pairs]
    repeated: tuple[str, ...]
    anchor: int
    is_task: bool


@lru_cache(maxsize=4096)
def _are_bracketed(names: tuple[str, ...]) -> bool:
    return ROUND in names or SQUARE in names


@lru_cache(maxsize=4096)
def _roles(names: tuple[str, ...], id_is_key: bool, in_brackets: bool) -> Roles | None:
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
    rest = tuple(at for at in range(len(names)) if at not in own)
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
        rest,
        _picker(rest),
        tuple(
            name for name, found in by_plain.items() if len(found) > 1 and name not in (SQUARE, "")
        ),
        anchor,
        bool(status)
        or sum(map(bool, (priority, agent, dependencies, created_at))) > 1
        or in_brackets,
    )


def _picker(places: tuple[int, ...]) -> Callable[[Pairs], Pairs]:
    """What gives the pairs at ``places``."""
    if len(places) > 1:
        return itemgetter(*places)
    return lambda pairs: tuple([pairs[at] for at in places])


def roles(pairs: Pairs, id_is_key: bool) -> Roles | None:
    """Which of the pairs mean what; None where there is no id."""
    names = [name for name, _ in pairs]
    if id_is_key:
        names[0] = ""
    key = tuple(names)
    if _are_bracketed(key):
        _name_brackets(names, pairs)
        return _roles(tuple(names), id_is_key, True)
    return _roles(key, id_is_key, False)


def _name_brackets(names: list[str], pairs: Pairs) -> None:
    """Name those of a short item's pairs that are in brackets, by what they hold.

    The first in round brackets is the agent; the first square one that is a priority, the
    priority; the first that is a status of the workflow, the status; else the last of the others,
    unless a line below gives a status.
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
    if status is None and "status" not in map(plain_name, names):
        status = next((at for at in reversed(others) if not is_missing(words[at])), None)
    if status is not None:
        names[status] = "status"
