"""Two successive boards -> what happened, and which of it broke the protocol.

Owns which events there are for a difference, and in which order. Pure: when it was seen, by which
way it came about and what is remembered are arguments. Must not judge a task's moves
(``violations``), or remember anything itself (``memory``).
"""

from __future__ import annotations

from collections import Counter

from todo_tui.board import violations
from todo_tui.board.event import Lost, Order, Regrouping, Several, Slot
from todo_tui.board.history import HistoryEntry
from todo_tui.board.look import Look
from todo_tui.board.memory import NOTHING
from todo_tui.board.pairing import paired
from todo_tui.board.task import DONE
from todo_tui.board.task_changes import altered, doubled, events_of
from todo_tui.board.thresholds import DEFAULT
from todo_tui.static import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Sequence
    from datetime import datetime
    from typing import TypeVar

    from todo_tui.board.board import Board
    from todo_tui.board.event import BoardEvent, Kind, Source, Violation
    from todo_tui.board.memory import Memory
    from todo_tui.board.pairing import Pairing
    from todo_tui.board.request import Actor
    from todo_tui.board.task import Fault, Task
    from todo_tui.board.task_changes import Altered
    from todo_tui.board.thresholds import Thresholds

    _Thing = TypeVar("_Thing")


def changes(
    old: Board,
    new: Board,
    *,
    at: datetime,
    source: Source,
    actor: Actor | None = None,
    memory: Memory = NOTHING,
    known: Sequence[BoardEvent] = (),
    since: datetime | None = None,
    thresholds: Thresholds = DEFAULT,
    again: bool = False,
) -> tuple[BoardEvent, ...]:
    """What happened from ``old`` to ``new``: tasks that went, changed, came; history; faults.

    ``at``: when ``new`` was seen, aware; ``since``: when ``old`` was, where that is known. With
    ``source`` command or board the two boards are those around one commit of this program by
    ``actor``; what came before it is another call, with ``source`` file. ``memory`` is of all that
    was before.

    ``known`` are the events that were journaled between the two looks, oldest first: what this
    program did, and what another board saw. They are not told again; and where the file is again
    as it was before what this program did, a stale text has been written over it.

    ``again``: the file is byte for byte what it was once before ``old``. Then an old text was put
    there, and what a task says anew is nobody's deed.

    Between boards of which one is in the middle of a merge nothing is a violation: whoever wants
    to judge what a merge brought compares with the last board before it.
    """
    lost, written = _difference(_entries(old), _entries(new))
    journaled = _journaled(known)
    lost += _overwritten(old, written, journaled)
    supervised = source != "file" and actor is not None and actor.human
    judged = not (supervised or old.merging or new.merging)
    fresh = frozenset(written).difference(journaled)
    gone: dict[str | None, list[HistoryEntry]] = {}
    for entry in lost:
        gone.setdefault(entry.task, []).append(entry)
    look = Look(
        old, new, at, source, actor, memory, thresholds, gone, fresh, judged=judged, again=again
    )
    pairing = paired(old.tasks, new.tasks)
    tasks = list(altered(look, _pairs(look, pairing, known), written, known, since))
    look = look._replace(finished=_finished(tasks, written))
    events: list[BoardEvent] = list(_removals(look, pairing))
    events += _never_seen(look, known)
    events += _task_events(look, tasks)
    events += _additions(look, pairing)
    events += _arrangement(look, pairing)
    events += _history_events(look, lost, written)
    events += _fault_events(look)
    return tuple(_unknown(events, known)) if known else tuple(events)


def _pairs(
    look: Look, pairing: Pairing, known: Sequence[BoardEvent]
) -> Iterator[tuple[Task, Task]]:
    """The tasks that are another object now, and those that are not but were moved in between."""
    for before, after in pairing.pairs:
        task = look.new.tasks[after]
        if look.old.tasks[before] is not task:
            yield look.old.tasks[before], task
    moved = (event.ref for event in known if event.kind == "moved" and event.ref is not None)
    for ref in dict.fromkeys(moved):
        same = look.new.get(ref)
        if same is not None and same is look.old.get(ref):
            yield same, same


def _finished(tasks: Sequence[Altered], written: Sequence[HistoryEntry]) -> frozenset[str]:
    """The ids of tasks that were done for a moment at least."""
    moved = (task.old.id for task in tasks if any(m.to_status == DONE for m in task.moves))
    told = (entry.task for entry in written if entry.event == "finished" and entry.task)
    return frozenset((*moved, *told))


def _task_events(look: Look, tasks: Sequence[Altered]) -> Iterator[BoardEvent]:
    swept: list[Task] = []
    now_done: list[Task] = []
    for task in tasks:
        verdicts = violations.judge(
            look, task.old, task.new, task.moves, reassigned=task.reassigned
        )
        yield from events_of(look, task, verdicts)
        if verdicts and verdicts[-1].raw and verdicts[-1].after.status == DONE:
            swept.append(verdicts[-1].before)
            now_done.append(verdicts[-1].after)
    if look.judged and look.source == "file" and len(swept) >= look.thresholds.bulk_done:
        detail = Several(tuple(swept), tuple(now_done))
        yield look.event("violation", broke="bulk_done", detail=detail)


def _removals(look: Look, pairing: Pairing) -> Iterator[BoardEvent]:
    if not pairing.removed:
        return
    gone = set(pairing.removed)
    tasks = look.old.tasks
    broke: Violation | None = "vanished" if look.judged else None
    refs = [task.ref for task in tasks]
    for before, after in pairing.pairs:
        refs[before] = look.new.tasks[after].ref
    slots = [
        Slot(at, look.old.source(tasks[at]), above, below)
        for at, above, below in zip(
            pairing.removed,
            _neighbours(refs, pairing.removed, gone, -1),
            _neighbours(refs, pairing.removed[::-1], gone, 1)[::-1],
            strict=True,
        )
    ]
    if slots and look.old.document is not None and look.new.document is not None:
        from todo_tui.board.gone import with_lines

        slots = with_lines(look.old, look.new, slots)
    for slot in slots:
        yield look.event("removed", tasks[slot.place], broke=broke, detail=slot)


def _never_seen(look: Look, known: Sequence[BoardEvent]) -> Iterator[BoardEvent]:
    """The tasks that came and went between the looks, of which no event tells that they went."""
    came: dict[str, tuple[Task, Slot]] = {}
    for event in known:
        old, new, slot = event.before, event.after, event.detail
        if event.kind == "added" and new is not None and isinstance(slot, Slot):
            came[new.ref] = new, slot
        elif old is not None and old.ref in came:
            _, slot = came.pop(old.ref)
            if new is not None:
                came[new.ref] = new, slot
    broke: Violation | None = "vanished" if look.judged else None
    above: tuple[str, ...] = ()
    for task, slot in came.values():
        if not (look.old.with_id(task.id) or look.new.with_id(task.id)):
            stays = (one.ref for one in look.old.tasks[: slot.place][-1:])
            slot = slot._replace(above=above or tuple(stays))
            above = (task.ref, *slot.above)
            yield look.event("removed", task, broke=broke, detail=slot)


def _neighbours(
    refs: Sequence[str], places: Sequence[int], gone: set[int], step: int
) -> list[tuple[str, ...]]:
    """For each place the next task in one direction, and if that went, too, the next that stays.

    ``places`` begin where that direction leads to.
    """
    found: list[tuple[str, ...]] = []
    stays: tuple[str, ...] = ()
    for at in places:
        beside = at + step
        if not 0 <= beside < len(refs):
            stays = ("",)
            found.append(())
        elif beside in gone:
            found.append((refs[beside], *stays))
        else:
            stays = (refs[beside],)
            found.append(stays)
    return found


def _additions(look: Look, pairing: Pairing) -> Iterator[BoardEvent]:
    for at in pairing.added:
        task = look.new.tasks[at]
        slot = Slot(at, look.new.source(task))
        yield look.event("added", None, task, broke=doubled(look, task), detail=slot)


def _arrangement(look: Look, pairing: Pairing) -> Iterator[BoardEvent]:
    """Tasks in another order, and groups that are not what they were."""
    olds = [before for before, _ in pairing.pairs]
    order = sorted(olds)
    if olds != order:
        ref = {before: look.new.tasks[after].ref for before, after in pairing.pairs}
        start, stop = _ends(order, olds)
        before, after = (tuple(ref[at] for at in ats[start:stop]) for ats in (order, olds))
        yield look.event("reordered", detail=Order(before, after))
    if look.old.groups != look.new.groups:
        yield look.event("regrouped", detail=Regrouping(look.old.groups, look.new.groups))


def _history_events(
    look: Look, lost: Sequence[HistoryEntry], written: Sequence[HistoryEntry]
) -> Iterator[BoardEvent]:
    for entry in written:
        task = look.new.get(entry.task) if entry.task is not None else None
        who = (entry.actor, entry.human) if entry.actor is not None else None
        event = look.event("history", who=who, detail=entry)
        yield event._replace(task=task.id if task else entry.task, ref=task.ref if task else None)
    if lost:
        broke: Violation | None = "history_rewritten" if look.judged else None
        yield look.event("history", broke=broke, detail=Lost(tuple(lost)))


def _fault_events(look: Look) -> Iterator[BoardEvent]:
    cleared, appeared = _difference(look.old.faults, look.new.faults)
    yield from (_fault_event(look, "fault_cleared", fault, look.old) for fault in cleared)
    yield from (_fault_event(look, "fault", fault, look.new) for fault in appeared)


def _fault_event(look: Look, kind: Kind, fault: Fault, board: Board) -> BoardEvent:
    task = board.get(fault.task) if fault.task is not None else None
    event = look.event(kind, detail=fault)
    return event._replace(task=task.id if task else None, ref=fault.task)


def _unknown(events: Sequence[BoardEvent], known: Sequence[BoardEvent]) -> Iterator[BoardEvent]:
    """The events without those that are known, each as often."""
    told = Counter(_content(event) for event in known if event.kind != "moved")
    for event in events:
        content = _content(event)
        if told[content]:
            told[content] -= 1
        else:
            yield event


def _content(event: BoardEvent) -> tuple[Hashable, ...]:
    """What tells an event from another that is not the same thing told twice."""
    if event.detail is not None and not isinstance(event.detail, Slot):
        return (event.kind, event.detail)
    task = event.after if event.kind == "changed" else None
    return (event.kind, event.ref, event.to_text, task)


def _journaled(known: Sequence[BoardEvent]) -> list[HistoryEntry]:
    """The history entries that were written between the looks, and not seen to go again."""
    found: list[HistoryEntry] = []
    for event in known:
        match event.detail:
            case HistoryEntry() as entry if event.kind == "history":
                found.append(entry)
            case Lost(entries):
                found = [entry for entry in found if entry not in entries]
    return found


def _overwritten(
    old: Board, written: Sequence[HistoryEntry], journaled: Sequence[HistoryEntry]
) -> list[HistoryEntry]:
    """The journaled entries that neither board has: a stale text was written over them."""
    missing = [entry for entry in journaled if entry not in written]
    return [entry for entry in missing if entry not in _entries(old)] if missing else []


def _entries(board: Board) -> list[HistoryEntry]:
    return [
        entry
        for section in board.sections
        for entry in (section.entries[::-1] if section.newest_first else section.entries)
    ]


def _difference(old: Sequence[_Thing], new: Sequence[_Thing]) -> tuple[list[_Thing], list[_Thing]]:
    """What is in ``old`` alone, and what is in ``new`` alone, each as often; in their order."""
    start, same = 0, 0
    shorter = min(len(old), len(new))
    while start < shorter and old[start] is new[start]:
        start += 1
    while same < shorter - start and old[-1 - same] is new[-1 - same]:
        same += 1
    gone = Counter(old[start : len(old) - same])
    come = Counter(new[start : len(new) - same])
    return list((gone - come).elements()), list((come - gone).elements())


def _ends(one: Sequence[object], two: Sequence[object]) -> tuple[int, int]:
    """Where two sequences of one length, which differ, begin and cease to."""
    start, stop = 0, len(one)
    while one[start] == two[start]:
        start += 1
    while one[stop - 1] == two[stop - 1]:
        stop -= 1
    return start, stop
