"""What needs a person: broken rules, claims that went stale, silence, blocked tasks, faults.

Pure: the time, the open violations and what is remembered come in. Words are ours alone; what the
file says (titles, names, reasons) stands in fields of its own. Must not decide what is done about
it, or draw anything.
"""

from __future__ import annotations

from datetime import timedelta
from itertools import groupby

from todo_tui.board.event import VIOLATIONS, Several
from todo_tui.board.history import about
from todo_tui.board.memory import NOTHING
from todo_tui.board.task import BLOCKED, CLAIMED, Task, canonical_name, is_nobody
from todo_tui.board.thresholds import DEFAULT
from todo_tui.expression import expression
from todo_tui.named_tuple import NamedTuple
from todo_tui.static import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from todo_tui.board.board import Board
    from todo_tui.board.event import BoardEvent, Violation
    from todo_tui.board.history import HistoryEntry
    from todo_tui.board.memory import Memory
    from todo_tui.board.task import Fault
    from todo_tui.board.thresholds import Thresholds

Need = Literal["failed", "violation", "stale", "silent", "blocked", "fault"]
"""Why something needs a person; ``failed``: what they asked for could not be written."""

AHEAD: Final = timedelta(minutes=2)
"""A time that is later than the present by more is no time at which anything happened."""

_RUN: Final = expression(r"[\w-]+")
"""What an id is that can be found in a text by its words."""

_WORDS: Final[Mapping[Violation, str]] = {
    "vanished": "gone from the file",
    "stolen": "taken from its holder, who did not release it",
    "reverted": "went back without a release: a stale text was written over it",
    "duplicated": "has an id that another task had before",
    "skipped_work": "done without ever being in progress",
    "skipped_claim": "started without a claim",
    "finished_by_other": "finished by somebody who does not hold it",
    "reopened": "reopened, and not by a supervisor",
    "not_ready": "begun before what it depends on was done",
    "too_fast": "done within seconds of its start",
    "bulk_done": "finished together in one edit",
    "history_rewritten": "session history was rewritten or cut",
}


class Overdue(NamedTuple):
    """A task that was left longer than there is patience for.

    ``since``: from when it counts, the claim or the last sign of life. ``entered``: when it came
    into its status, where that is known. ``entry``: the last history entry about it by an agent.
    """

    task: Task
    need: Literal["stale", "silent"]
    since: datetime
    entered: datetime | None
    entry: HistoryEntry | None


class Item(NamedTuple):
    """One thing that needs a person.

    ``word`` names it in one word: the violation, the fault's code, or the need. ``words`` is one
    line of ours. ``refs`` are the tasks that it is about, none where it is about the file.

    From the file, to be shown safely: ``title``, ``holder`` (before a theft the one it was taken
    from), ``actor`` (who broke the rule) and ``reason`` (why a task is blocked). The evidence:
    ``since``, ``entry`` and the ``events`` or ``faults`` themselves.
    """

    need: Need
    word: str
    words: str
    refs: tuple[str, ...]
    title: str = ""
    holder: str | None = None
    actor: str | None = None
    reason: str = ""
    since: datetime | None = None
    entry: HistoryEntry | None = None
    events: tuple[BoardEvent, ...] = ()
    faults: tuple[Fault, ...] = ()


def attention(
    board: Board,
    now: datetime,
    *,
    violations: Iterable[Item] = (),
    memory: Memory = NOTHING,
    thresholds: Thresholds = DEFAULT,
) -> tuple[Item, ...]:
    """All that needs a person: the gravest violation first, of two like ones the older.

    ``violations`` are the ``broken_rules`` that nobody has dealt with yet. Then come stale claims
    and silence, what waits longest first, blocked tasks, and faults by kind.
    """
    late = overdue(board, now, memory=memory, thresholds=thresholds)
    return (
        *violations,
        *(_late(found) for found in late if found.need == "stale"),
        *(_late(found) for found in late if found.need == "silent"),
        *_blocked(board, memory, now),
        *_faults(board.faults),
    )


def overdue(
    board: Board,
    now: datetime,
    *,
    memory: Memory = NOTHING,
    thresholds: Thresholds = DEFAULT,
) -> tuple[Overdue, ...]:
    """The tasks that were left too long, the longest first.

    Of a claimed task the claim counts, of any other its last sign of life: the last change of it,
    or history entry about it, that was not a person's. Whoever was given it by another has it from
    then on. Where nothing is known nothing is overdue.
    """
    waiting: list[tuple[Task, datetime | None, datetime | None]] = []
    for column in board.columns:
        patience = thresholds.patience.get(column.status)
        if patience is None:
            continue
        for task in column.tasks:
            entered = entered_at(board, task, memory, now)
            sign = memory.of(task.ref).sign if column.status != CLAIMED else None
            known = _latest(entered, sign)
            if known is None or now - known > patience:
                waiting.append(
                    (task, entered, _latest(entered, _given_at(board, task, memory, now)))
                )
    entries = last_entries(board, [task for task, _, _ in waiting], now)
    found: list[Overdue] = []
    for task, entered, since in waiting:
        entry = entries.get(task.ref)
        if task.status != CLAIMED:
            told = entry.at if entry is not None else None
            since = _latest(since, memory.of(task.ref).sign, told)
        if since is not None and now - since > thresholds.patience[task.status]:
            need: Literal["stale", "silent"] = "stale" if task.status == CLAIMED else "silent"
            found.append(Overdue(task, need, since, entered, entry))
    return tuple(sorted(found, key=lambda one: one.since))


def last_entries(board: Board, tasks: Sequence[Task], now: datetime) -> dict[str, HistoryEntry]:
    """For each of the tasks, by its reference, the last history entry about it by an agent.

    An event is about the task that it names, any other line about each whose id it holds; what a
    person did is no agent's sign of life, nor what is dated in the future.
    """
    wanted: dict[str, list[Task]] = {}
    for task in tasks:
        wanted.setdefault(task.id, []).append(task)
    odd = [task_id for task_id in wanted if _RUN.fullmatch(task_id) is None]
    found: dict[str, HistoryEntry] = {}
    for entry in reversed(board.history):
        if not wanted:
            break
        if entry.human or entry.at is None or entry.at - now > AHEAD:
            continue
        for name in (entry.task,) if entry.task is not None else _held_in(entry.text, wanted, odd):
            task_id = name if name in wanted else name.rpartition("#")[0]
            left: list[Task] = []
            for task in wanted.pop(task_id, ()):
                if name in (task_id, task.ref):
                    found[task.ref] = entry
                else:
                    left.append(task)
            if left:
                wanted[task_id] = left
    return found


def _held_in(text: str, wanted: Container[str], odd: Iterable[str]) -> list[str]:
    """Which of the ids a text holds; ``odd`` are those among them that are not one run of letters.

    A short form is looked for by the id that it is of.
    """
    runs = {run.strip("-") for run in _RUN.findall(text)}
    near = (lead + run for run in runs for lead in ("", "TASK_", "TASK-"))
    likely = dict.fromkeys((*(name for name in near if name in wanted), *odd))
    return [name for name in likely if about(name).search(text) is not None]


def entered_at(
    board: Board, task: Task, memory: Memory, now: datetime | None = None
) -> datetime | None:
    """When a task came into its status: by the file, or later, when it was seen to.

    With ``now``: what the file says of the future is not believed.
    """
    seen, told = memory.of(task.ref).entered, board.since(task)
    if told is not None and now is not None and told - now > AHEAD:
        return seen
    return told if seen is None else _latest(told, seen)


def _given_at(board: Board, task: Task, memory: Memory, now: datetime) -> datetime | None:
    """When a task was given to its holder without a change of its status, if it was."""
    given = [
        entry.at
        for entry in board.moves_of(task)
        if entry.event == "reassigned" and entry.at is not None and entry.at - now <= AHEAD
    ]
    return _latest(memory.of(task.ref).given, *given[-1:]) if task.holder is not None else None


def _latest(*moments: datetime | None) -> datetime | None:
    return max((moment for moment in moments if moment is not None), default=None)


def broken_rules(events: Iterable[BoardEvent]) -> tuple[Item, ...]:
    """One item for each violation, the gravest first; what vanished in one moment is one loss."""
    return tuple(_violations(events))


def _violations(events: Iterable[BoardEvent]) -> Iterator[Item]:
    open_ones = [event for event in events if event.violation is not None]
    open_ones.sort(key=lambda event: (_gravity(event), event.at))
    for _, group in groupby(open_ones, key=lambda event: (event.violation, event.at)):
        events_then = tuple(group)
        if events_then[0].violation == "vanished":
            yield _violation(events_then)
        else:
            yield from (_violation((event,)) for event in events_then)


def _gravity(event: BoardEvent) -> int:
    return VIOLATIONS.index(event.violation) if event.violation is not None else len(VIOLATIONS)


def _violation(events: tuple[BoardEvent, ...]) -> Item:
    event = events[0]
    refs = tuple(one.ref for one in events if one.ref is not None)
    if isinstance(event.detail, Several):
        refs = tuple(task.ref for task in event.detail.after)
    word = event.violation or event.kind
    words = _WORDS[event.violation] if event.violation is not None else ""
    if len(refs) > 1:
        words = f"{len(refs)} tasks {words}"
    task = event.before or event.after
    return Item(
        "violation",
        word,
        words,
        refs,
        title=task.title if task is not None and len(refs) == 1 else "",
        holder=event.before.holder if event.before is not None else None,
        actor=event.actor,
        since=event.at,
        events=events,
    )


def _late(found: Overdue) -> Item:
    words = "claimed and not started" if found.need == "stale" else "no sign of life"
    return Item(
        found.need,
        found.need,
        words,
        (found.task.ref,),
        title=found.task.title,
        holder=found.task.holder,
        since=found.since,
        entry=found.entry,
    )


def _blocked(board: Board, memory: Memory, now: datetime) -> Iterator[Item]:
    tasks = [task for task in board.tasks if task.status == BLOCKED]
    items = [
        Item(
            "blocked",
            "blocked",
            "waits to be unblocked",
            (task.ref,),
            title=task.title,
            holder=task.holder,
            reason=_reason(task),
            since=entered_at(board, task, memory, now),
        )
        for task in tasks
    ]
    return iter(sorted(items, key=lambda item: item.since.timestamp() if item.since else 0.0))


def _reason(task: Task) -> str:
    for name, value in task.fields:
        if canonical_name(name) == "blocker_reason" and isinstance(value, str):
            return "" if is_nobody(value) else value
    return ""


def _faults(faults: Sequence[Fault]) -> Iterator[Item]:
    """One item for each kind of fault, in the order in which the file has them."""
    kinds: dict[str, list[Fault]] = {}
    for fault in faults:
        kinds.setdefault(fault.code, []).append(fault)
    for code, alike in kinds.items():
        refs = dict.fromkeys(fault.task for fault in alike if fault.task is not None)
        words = f"{len(alike)} {'fault' if len(alike) == 1 else 'faults'}"
        yield Item("fault", code, words, tuple(refs), faults=tuple(alike))
