"""The order of tasks within a column, and the swimlanes that they can be put in.

Pure; the file's order is what everything is stable in. Must not know what is hidden or drawn.
"""

from __future__ import annotations

from operator import itemgetter

from todo_tui.board.attention import entered_at
from todo_tui.board.matching import agent_of
from todo_tui.board.memory import NOTHING
from todo_tui.board.task import bare_name, priority_rank
from todo_tui.named_tuple import NamedTuple
from todo_tui.static import TYPE_CHECKING, Final, Literal, get_args

if TYPE_CHECKING:
    from collections.abc import Iterable

    from todo_tui.board.board import Board
    from todo_tui.board.memory import Memory
    from todo_tui.board.task import Task

Order = Literal["file", "priority", "oldest", "newest", "agent"]
Lanes = Literal["agent", "group"]

ORDERS: Final[tuple[Order, ...]] = get_args(Order)
LANES: Final[tuple[Lanes, ...]] = get_args(Lanes)


class Lane(NamedTuple):
    """One swimlane: what its tasks have in common (an agent's bare name, a group's id).

    ``key`` is None for those that have nothing; ``title`` is text from the file.
    """

    key: str | None
    title: str
    tasks: tuple[Task, ...]


def arranged(
    board: Board, tasks: Iterable[Task], order: Order, *, memory: Memory = NOTHING
) -> tuple[Task, ...]:
    """``tasks`` of ``board``, which come in file order, in another one.

    By priority: the most urgent first. Oldest, newest: by when they came into their status; those
    of which that is not known stay last. By agent: by name without session, nobody's last.
    """
    match order:
        case "file":
            return tuple(tasks)
        case "priority":
            return tuple(sorted(tasks, key=lambda task: priority_rank(task.priority)))
        case "agent":
            return tuple(sorted(tasks, key=_by_agent))
        case "oldest" | "newest":
            times = [(entered_at(board, task, memory), task) for task in tasks]
            dated = [(at, task) for at, task in times if at is not None]
            dated.sort(key=itemgetter(0), reverse=order == "newest")
            return (*(task for _, task in dated), *(task for at, task in times if at is None))


def lanes(board: Board, tasks: Iterable[Task], by: Lanes) -> tuple[Lane, ...]:
    """``tasks`` in swimlanes, in each as they come.

    Agents by name, groups in file order; what belongs to none is the last lane, where there is
    such.
    """
    found: dict[str | None, list[Task]] = {}
    names: dict[str | None, list[Task]] = {}  # the lanes by all that stands for an agent
    for task in tasks:
        name = task.group if by == "group" else agent_of(task)
        lane = names.get(name)
        if lane is None:
            key = bare_name(name) if by == "agent" and name is not None else name
            lane = names[name] = found.setdefault(key, [])
        lane.append(task)
    titles = {group.id: group.title for group in board.groups}
    places = {group.id: place for place, group in enumerate(board.groups)}

    def order(key: str | None) -> tuple[bool, int, str]:
        place = places.get(key or "", len(places)) if by == "group" else 0
        return key is None, place, (key or "").lower()

    return tuple(
        Lane(key, titles.get(key or "", key or "") if by == "group" else key or "", tuple(mine))
        for key, mine in sorted(found.items(), key=lambda pair: order(pair[0]))
    )


def _by_agent(task: Task) -> tuple[bool, str]:
    agent = agent_of(task)
    return agent is None, bare_name(agent or "").removeprefix("@").lower()
