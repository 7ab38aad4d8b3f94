"""One row for each agent: what it has, what it has done, and whether it needs a person.

Pure: the time, the items of attention and the events of a journal come in. Must not draw anything.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from statistics import median

from todo_tui.board.attention import AHEAD, entered_at, last_entries
from todo_tui.board.deeds import deeds
from todo_tui.board.event import VIOLATIONS
from todo_tui.board.memory import NOTHING
from todo_tui.board.task import DONE, bare_name
from todo_tui.named_tuple import NamedTuple
from todo_tui.static import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from todo_tui.board.attention import Item
    from todo_tui.board.board import Board
    from todo_tui.board.deeds import Deed
    from todo_tui.board.event import BoardEvent
    from todo_tui.board.memory import Memory
    from todo_tui.board.task import Task

PERIODS: Final = 6
PERIOD: Final = timedelta(hours=4)
"""An agent's activity is told in so many periods of this length, the last one ending now."""


class Held(NamedTuple):
    """A task that an agent has, and when it came into its status, UTC, where that is known."""

    task: Task
    since: datetime | None


@dataclass(frozen=True, slots=True)
class AgentRow:
    """One agent, by its name without session; a person who has or finished tasks has a row, too.

    ``holds``: what came into its status last comes first. ``done_today`` counts the day of the
    time zone that the present was given in. ``cycle`` is the median from start to finish, None
    where none is known. ``sign`` is the last sign of life, UTC. ``activity``: how often it moved a
    task in each of the last PERIODS, the latest at the end. ``items``: what needs a person because
    of it, worst first, and ``violations`` how many of them are broken rules.
    """

    name: str
    human: bool
    holds: tuple[Held, ...]
    done_today: int
    done: int
    cycle: timedelta | None
    sign: datetime | None
    activity: tuple[int, ...]
    items: tuple[Item, ...]
    violations: int


def agent_rows(
    board: Board,
    now: datetime,
    *,
    items: Iterable[Item] = (),
    events: Sequence[BoardEvent] = (),
    memory: Memory = NOTHING,
) -> tuple[AgentRow, ...]:
    """All who have a task, or ever moved one, sorted by how much they need a person.

    First who broke a rule, the gravest at the top, then who was left longest, then the others,
    whose sign of life is the latest at the top; persons last. ``now`` is aware.
    """
    done = deeds(board, events)
    held: dict[str, list[Task]] = {}
    for task in board.tasks:
        if task.holder is not None:
            held.setdefault(bare_name(task.holder), []).append(task)
    by_agent: dict[str, list[Deed]] = {}
    for deed in done:
        by_agent.setdefault(bare_name(deed.agent), []).append(deed)
    needs = _by_agent(items)
    signs = _signs(board, held, done, events, memory, now)
    people = _people(board, events)
    rows: list[AgentRow] = []
    for name in {**held, **by_agent, **needs}:
        deeds_of = by_agent.get(name, [])
        finished = [deed for deed in deeds_of if deed.status == DONE and not deed.undone]
        human = name in people
        if human and not held.get(name) and not finished:
            continue
        cycles = [deed.cycle.total_seconds() for deed in finished if deed.cycle is not None]
        mine = tuple(needs.get(name, ()))
        rows.append(
            AgentRow(
                name,
                human,
                _holds(board, held.get(name, ()), memory, now),
                sum(1 for deed in finished if _is_today(deed.at, now)),
                len(finished),
                timedelta(seconds=median(cycles)) if cycles else None,
                signs.get(name),
                _activity(deeds_of, now),
                mine,
                sum(1 for item in mine if item.need == "violation"),
            )
        )
    return tuple(sorted(rows, key=_order))


def _by_agent(items: Iterable[Item]) -> dict[str, list[Item]]:
    """The items by the agent that they are because of: who broke the rule, or has the task."""
    found: dict[str, list[Item]] = {}
    for item in items:
        name = item.actor if item.need == "violation" else item.holder
        if name is not None:
            found.setdefault(bare_name(name), []).append(item)
    return found


def _people(board: Board, events: Iterable[BoardEvent]) -> frozenset[str]:
    """The names under which persons acted, and no agent did."""
    human: set[str] = set()
    agents: set[str] = set()
    for entry in board.history:
        if entry.actor is not None:
            (human if entry.human else agents).add(entry.actor)
            if entry.for_agent is not None:
                agents.add(entry.for_agent)
    for event in events:
        if event.actor is not None and event.source != "file":
            (human if event.human else agents).add(event.actor)
    return frozenset(human - agents)


def _signs(
    board: Board,
    held: dict[str, list[Task]],
    done: Iterable[Deed],
    events: Iterable[BoardEvent],
    memory: Memory,
    now: datetime,
) -> dict[str, datetime]:
    """The last sign of life of each agent: a deed, another change, a line about its tasks."""
    signs: dict[str, datetime] = {}

    def seen(name: str, at: datetime | None) -> None:
        if at is not None and at - now <= AHEAD and (name not in signs or signs[name] < at):
            signs[name] = at

    for deed in done:
        if deed.supervised or not deed.by_person:
            seen(bare_name(deed.agent), deed.at)
    for event in events:
        if event.actor is not None:
            seen(bare_name(event.actor), event.at)
    entries = last_entries(board, [task for tasks in held.values() for task in tasks], now)
    for name, tasks in held.items():
        for task in tasks:
            seen(name, memory.of(task.ref).sign)
            entry = entries.get(task.ref)
            seen(name, entry.at if entry is not None else None)
    return signs


def _holds(board: Board, tasks: Iterable[Task], memory: Memory, now: datetime) -> tuple[Held, ...]:
    found = [Held(task, entered_at(board, task, memory, now)) for task in tasks]
    found.sort(key=lambda held: held.since.timestamp() if held.since else 0.0, reverse=True)
    return tuple(found)


def _is_today(at: datetime | None, now: datetime) -> bool:
    return at is not None and at.astimezone(now.tzinfo).date() == now.date()


def _activity(done: Iterable[Deed], now: datetime) -> tuple[int, ...]:
    counts = [0] * PERIODS
    for deed in done:
        if deed.at is not None and timedelta(0) <= now - deed.at < PERIODS * PERIOD:
            counts[PERIODS - 1 - (now - deed.at) // PERIOD] += 1
    return tuple(counts)


def _order(row: AgentRow) -> tuple[int, int, float, bool, float, str]:
    words = [item.word for item in row.items if item.need == "violation"]
    gravest = min((VIOLATIONS.index(word) for word in VIOLATIONS if word in words), default=99)
    ages = [item.since.timestamp() for item in row.items if item.since is not None]
    oldest = min(ages, default=float("inf")) if not words else 0.0
    kind = 0 if words else 1 if row.items else 2
    latest = -row.sign.timestamp() if row.sign is not None else float("inf")
    return kind, gravest, oldest, row.human, latest, row.name
