"""What happened to one task between two looks, as events.

Owns which steps are told of it, and which fields belong to a move. Must not judge a move
(``violations``) or know other tasks (``changes``).
"""

from __future__ import annotations

from collections import Counter
from itertools import chain

from todo_tui.board import violations
from todo_tui.board.history import Section
from todo_tui.board.path import Step
from todo_tui.board.plain_move import MOVED_ALONG
from todo_tui.board.task import canonical_name
from todo_tui.named_tuple import NamedTuple
from todo_tui.static import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from todo_tui.board.event import BoardEvent, Violation
    from todo_tui.board.history import HistoryEntry
    from todo_tui.board.look import Look
    from todo_tui.board.path import Move
    from todo_tui.board.task import Task
    from todo_tui.board.violations import Verdict


class Altered(NamedTuple):
    """A task, the moves that it made, and whether an entry says that it was given to another."""

    old: Task
    new: Task
    moves: tuple[Move, ...]
    reassigned: bool


def altered(
    look: Look,
    pairs: Iterable[tuple[Task, Task]],
    written: Sequence[HistoryEntry],
    known: Sequence[BoardEvent],
    since: datetime | None,
) -> Iterator[Altered]:
    """Those of ``pairs`` to which something happened.

    ``written`` are new session history entries, ``known`` what is journaled.
    """
    told = [e for e in written if e.task is not None and e.event not in ("noted", "created")]
    by_name: dict[str | None, list[int]] = {}
    for at, entry in enumerate(told):
        name = entry.task or ""
        for each in {name, name.rpartition("#")[0]}:
            by_name.setdefault(each, []).append(at)
    events: dict[str | None, list[int]] = {}
    for at, event in enumerate(known):
        events.setdefault(event.ref, []).append(at)
    late = since is not None and any(e.at is not None and e.at < since for e in told)
    places = _places(look) if late else {}
    for old, new in pairs:
        entries = [
            told[at]
            for at in _under(by_name, (old.id, old.ref, new.id, new.ref))
            if _is_about(look, told[at].task, old, new)
        ]
        if since is not None:
            entries = [entry for entry in entries if not _is_back(look, entry, old, since, places)]
        ours = [known[at] for at in _under(events, (old.ref, new.ref))]
        steps = _steps(entries, [event for event in ours if event.kind == "moved"])
        reassigned = any(entry.event == "reassigned" for entry in entries) or any(
            event.kind == "reassigned" for event in ours
        )
        moves = violations.path_of(look, old, new, steps, reassigned=reassigned, since=since)
        if moves or old != new:
            yield Altered(old, new, moves, reassigned)


def _under(places: Mapping[str | None, Sequence[int]], names: Collection[str]) -> list[int]:
    """The places under any of these names, in their order."""
    found = [places[name] for name in dict.fromkeys(names) if name in places]
    return sorted({at for ats in found for at in ats}) if len(found) > 1 else [*chain(*found)]


def events_of(look: Look, task: Altered, verdicts: Sequence[Verdict]) -> Iterator[BoardEvent]:
    """The events of one task, its moves as ``verdicts`` has them.

    A move that is journaled already is not told again.
    """
    old, new = task.old, task.new
    events = list(_naming(look, old, new))
    moved = False
    taken: Verdict | None = None
    for verdict in verdicts:
        if verdict.before.status == verdict.after.status:
            taken = verdict if verdict.violations else taken
            continue
        moved = True
        if not verdict.known:
            events += _move(look, verdict)
    names = set(differences(old, new)) - {"title", "priority", "assigned_agent"}
    if moved:
        names -= MOVED_ALONG
    if event := _taken(look, new, taken) or _reassigned(look, old, new, moved=moved):
        events.append(event)
        names.discard("claimed_by")
    if names or not (events or moved):
        events.append(look.event("changed", old, new))
    return iter(events)


def differences(before: Task, after: Task) -> tuple[str, ...]:
    """The canonical names of the fields in which two states of a task differ."""
    found = [name for name, value, other in _fixed(before, after) if value != other]
    one, two = _by_name(before), _by_name(after)
    return (*found, *(name for name in {**one, **two} if one.get(name) != two.get(name)))


def doubled(look: Look, task: Task) -> Violation | None:
    """Whether the task came under an id that another has, which it had not before."""
    times = len(look.new.with_id(task.id))
    if look.judged and times > 1 and times > len(look.old.with_id(task.id)):
        return "duplicated"
    return None


def _is_about(look: Look, name: str | None, old: Task, new: Task) -> bool:
    """Whether an entry that names ``name`` can be about this task; of twins it may be either.

    A reference of neither board is one that a twin had in between.
    """
    if name in (new.id, old.id, new.ref, old.ref):
        return True
    if name is None or name.rpartition("#")[0] not in (new.id, old.id):
        return False
    return look.old.get(name) is None and look.new.get(name) is None


def _is_back(
    look: Look,
    entry: HistoryEntry,
    old: Task,
    since: datetime,
    places: Mapping[HistoryEntry, tuple[int, int]],
) -> bool:
    """Whether an entry was written long ago, got lost and came back: then it explains nothing.

    Age alone does not say so: what is pulled from another clone is news, however old, and an agent
    may have another clock. It stands before moves that are later.
    """
    if entry.at is None or entry.at >= since:
        return False
    later = [e for e in look.old.moves_of(old) if e.at is not None and entry.at < e.at]
    section, place = places.get(entry, (-1, -1))
    return any(
        section == at and place < behind for at, behind in (places.get(e, (-2, -2)) for e in later)
    )


def _places(look: Look) -> dict[HistoryEntry, tuple[int, int]]:
    """The section and the place of each entry, from the end at which the section does not grow."""
    found: dict[HistoryEntry, tuple[int, int]] = {}
    for number, section in enumerate(look.new.sections):
        known = Section(tuple(entry for entry in section.entries if entry not in look.fresh))
        entries = section.entries[::-1] if known.newest_first else section.entries
        found.update((entry, (number, place)) for place, entry in enumerate(entries))
    return found


def _steps(entries: Sequence[HistoryEntry], known: Sequence[BoardEvent]) -> list[Step]:
    """What entries and this program say of one task, oldest first; each transition once."""
    steps = [
        Step(
            event.before.status,
            event.after.status,
            event.actor,
            event.after.holder or event.actor,
            event.human,
            event.at,
            known=True,
            recorded=event.source != "file",
        )
        for event in known
        if event.before is not None and event.after is not None
    ]
    told = Counter((step.from_status, step.to_status) for step in steps)
    for entry in entries:
        if entry.from_status is None or entry.to_status is None or entry.event == "reassigned":
            continue
        way = (entry.from_status, entry.to_status)
        if told[way]:
            told[way] -= 1
        else:
            steps.append(Step(*way, entry.actor, entry.agent, entry.human, entry.at))
    if known:
        steps.sort(key=lambda step: step.at.timestamp() if step.at is not None else 0.0)
    return steps


def _naming(look: Look, old: Task, new: Task) -> Iterator[BoardEvent]:
    if (old.id, old.ref) != (new.id, new.ref):
        broke = doubled(look, new) if old.id != new.id else None
        yield look.event("renamed", old, new, broke=broke)
    if old.title != new.title:
        yield look.event("retitled", old, new)
    if (old.priority, old.raw_priority) != (new.priority, new.raw_priority):
        yield look.event("reprioritised", old, new)


def _move(look: Look, verdict: Verdict) -> Iterator[BoardEvent]:
    who = (verdict.actor, verdict.human)
    broke = verdict.violations[0] if verdict.violations else None
    yield look.event("moved", verdict.before, verdict.after, who=who, broke=broke)
    for further in verdict.violations[1:]:
        yield look.event("violation", verdict.before, verdict.after, who=who, broke=further)


def _taken(look: Look, new: Task, verdict: Verdict | None) -> BoardEvent | None:
    """That a task went to another holder while its status stayed, and which rule that broke."""
    if verdict is None:
        return None
    who = (verdict.actor, False) if look.actor is None else None
    broke = verdict.violations[0]
    return look.event("reassigned", verdict.before, new, who=who, broke=broke)


def _reassigned(look: Look, old: Task, new: Task, *, moved: bool) -> BoardEvent | None:
    taken = old.holder != new.holder and not moved
    claimed = moved and old.assigned_agent is None and new.assigned_agent == new.holder
    if not taken and (old.assigned_agent == new.assigned_agent or claimed):
        return None
    return look.event("reassigned", old, new)


def _fixed(before: Task, after: Task) -> Iterator[tuple[str, object, object]]:
    yield "title", before.title, after.title
    yield "status", (before.status, before.raw_status), (after.status, after.raw_status)
    yield "priority", (before.priority, before.raw_priority), (after.priority, after.raw_priority)
    yield "assigned_agent", before.assigned_agent, after.assigned_agent
    yield "claimed_by", before.claimed_by, after.claimed_by
    yield "dependencies", before.dependencies, after.dependencies
    yield "created_at", before.created_at, after.created_at
    yield "group", before.group, after.group


def _by_name(task: Task) -> dict[str, tuple[object, ...]]:
    found: dict[str, tuple[object, ...]] = {}
    for key, value in task.fields:
        name = canonical_name(key)
        if name != "claimed_by":
            found[name] = (*found.get(name, ()), value)
    return found
