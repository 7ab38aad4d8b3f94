"""Transitions: what a request comes to, and what the board is afterwards.

``apply`` is pure and is the specification: ``reading.read(writing.plan(...))`` must give an equal
board. Time comes in as an argument. Must not know text.
"""

from __future__ import annotations

from todo_tui.board import item, steps
from todo_tui.board.board import Board
from todo_tui.board.change import (
    Change,
    Changes,
    Decision,
    Moved,
    PutBack,
    Removal,
    Retold,
    changed,
    check_brackets,
    pairs_of,
    renamed,
)
from todo_tui.board.history import Section
from todo_tui.board.refs import index_of, with_ref, with_refs
from todo_tui.board.request import (
    Actor,
    Add,
    Amend,
    Batch,
    Block,
    Claim,
    ClaimNext,
    Draft,
    Finish,
    Move,
    Note,
    Release,
    Reopen,
    Restore,
    Seen,
    Start,
    Tick,
    Transition,
    Unblock,
)
from todo_tui.errors import TodoError
from todo_tui.named_tuple import NamedTuple
from todo_tui.static import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from todo_tui.board.change import Addition
    from todo_tui.board.history import HistoryEntry
    from todo_tui.board.refs import Index
    from todo_tui.board.task import Group, Task

__all__ = [
    "Actor",
    "Add",
    "Amend",
    "Batch",
    "Block",
    "Claim",
    "ClaimNext",
    "Draft",
    "Finish",
    "Move",
    "Note",
    "Outcome",
    "Release",
    "Reopen",
    "Restore",
    "Seen",
    "Start",
    "Tick",
    "Transition",
    "Unblock",
    "apply",
    "decide",
    "outcome",
]


class Outcome(NamedTuple):
    """What a transition comes to: the board afterwards, the tasks it is about as they are then.

    ``changed`` is False for a retry into the state that is there already: nothing is written.
    ``entries`` are the session history entries that it writes (none where history is off).
    """

    board: Board
    tasks: tuple[Task, ...]
    changed: bool
    entries: tuple[HistoryEntry, ...] = ()


def apply(board: Board, transition: Transition, now: datetime, *, history: bool = True) -> Outcome:
    """The board after ``transition``; ``now`` is an aware time, ``history`` whether it is noted.

    Raises TodoError (the refusal, with the legal path) and changes nothing.
    """
    return outcome(board, decide(board, transition, now, history=history))


def decide(
    board: Board, transition: Transition, now: datetime, *, history: bool = True
) -> Decision:
    """What ``transition`` comes to, before it is made. Raises TodoError for a refusal."""
    if board.merging:
        raise TodoError(
            "conflict",
            "the file is in the middle of a merge: resolve the conflict markers first, nothing was"
            " written",
            location=board.first_conflict,
        )
    decision: Decision
    match transition:
        case Add():
            from todo_tui.board import adding

            decision = adding.add(board, transition, now)
        case Amend():
            from todo_tui.board import amending

            decision = amending.amend(board, transition, now)
        case Note():
            if not history:
                raise TodoError("usage", "session history is off: there is nowhere to note it")
            from todo_tui.board import amending

            decision = amending.note(board, transition, now)
        case Tick():
            from todo_tui.board import criteria

            decision = criteria.tick(board, transition)
        case Move():
            from todo_tui.board import moving

            decision = moving.move(board, transition)
        case Batch():
            from todo_tui.board import batch

            decision = batch.decide(board, transition, now)
        case ClaimNext():
            decision = steps.claim_next(board, transition, now)
        case Restore():
            from todo_tui.board import remedy

            decision = remedy.decide(board, transition, now)
        case _:
            decision = steps.decide(board, transition, now)
    for change in _changes(decision):
        check_brackets(board.tasks[change.place], change.fields)
    if history or isinstance(decision, Retold):
        return decision
    if isinstance(decision, Changes):
        return Changes(tuple(change._replace(entries=()) for change in decision.each))
    return decision._replace(entries=())


def _changes(decision: Decision) -> tuple[Change, ...]:
    match decision:
        case Change():
            return (decision,)
        case Changes():
            return decision.each
        case _:
            return ()


def outcome(board: Board, decision: Decision) -> Outcome:
    """What ``decision`` makes of ``board``."""
    match decision:
        case Moved():
            return _moved(board, decision)
        case Change() | Changes():
            return _changed(board, _changes(decision))
        case PutBack():
            return _put_back(board, decision)
        case Removal():
            return _removed(board, decision)
        case Retold():
            return _retold(board, decision)
        case _:
            return _added(board, decision)


def _changed(board: Board, changes: tuple[Change, ...]) -> Outcome:
    tasks = list(board.tasks)
    places = tuple(change.place for change in changes)
    if not any(it.fields or it.entries or it.renamed is not None for it in changes):
        return Outcome(board, tuple(tasks[place] for place in places), False)
    entries: list[HistoryEntry] = []
    for change in changes:
        tasks[change.place] = _task_after(board, change)
        entries += change.entries
    index = board.index if _same_names(board.tasks, tasks, places) else None
    return _outcome(
        board, tuple(tasks), places, _scopes(board), tuple(entries), index=index, in_place=True
    )


def _same_names(old: Sequence[Task], new: Sequence[Task], places: Iterable[int]) -> bool:
    """Whether the tasks at ``places`` are called the same still, and so are all others."""
    return all((old[at].id, old[at].title) == (new[at].id, new[at].title) for at in places)


def _task_after(board: Board, change: Change) -> Task:
    """The task of a change as it is then."""
    place = change.place
    task = board.tasks[place]
    if change.fields or change.renamed is not None:
        pairs = changed(pairs_of(task), change.fields)
        if change.renamed is not None:
            pairs = renamed(pairs, task.id_is_key, change.renamed)
        after = item.task_of(
            pairs,
            task.id_is_key,
            board.group_of(place),
            task.guessed,
        )
        if after is None:
            raise AssertionError(f"{task.ref} would be no task any more")
        task = after if change.renamed is not None else with_ref(after, task.ref)
    return task


def _added(board: Board, addition: Addition) -> Outcome:
    after = -1 if addition.after is None else addition.after
    group = board.group_of(after) if after >= 0 else None
    new = []
    for entry in addition.new:
        task = item.task_of(((entry.id, entry.title), *entry.fields), True, group)
        if task is None:
            raise AssertionError(f"{entry.id} would be no task")
        new.append(task)
    at = board.place_behind(after)
    tasks = (*board.tasks[:at], *new, *board.tasks[at:])
    scopes = _scopes(board)
    if scopes:
        scopes = (*scopes[:at], *[scopes[after]] * len(new), *scopes[at:])
    return _outcome(board, tasks, tuple(range(at, at + len(new))), scopes, addition.entries)


def _put_back(board: Board, back: PutBack) -> Outcome:
    at = len(board.tasks)
    if back.exactly is not None:
        at = back.exactly.place
    elif back.beside is not None:
        at = board.place_behind(back.beside) if back.behind else back.beside
    elif board.document is not None:
        at = board.place_at_end()
    tasks = (*board.tasks[:at], with_ref(back.task, back.task.id), *board.tasks[at:])
    if back.exactly is not None:
        return _outcome(
            board, tasks, (at,), back.exactly.scopes, back.entries, groups=back.exactly.groups
        )
    scopes = board.scopes if back.task.id in board.index.last else _scopes(board)
    if scopes:
        scope = max(scopes) + 1 if back.beside is None else scopes[back.beside]
        scopes = (*scopes[:at], scope, *scopes[at:])
    return _outcome(board, tasks, (at,), scopes, back.entries)


def _removed(board: Board, removal: Removal) -> Outcome:
    at = removal.place
    tasks = (*board.tasks[:at], *board.tasks[at + 1 :])
    scopes = _scopes(board)
    if scopes:
        scopes = (*scopes[:at], *scopes[at + 1 :])
    return _outcome(board, tasks, (), scopes, removal.entries)


def _moved(board: Board, moved: Moved) -> Outcome:
    if not moved.changes:
        return Outcome(board, (board.tasks[moved.place],), False)
    places = list(range(len(board.tasks)))
    block = places[moved.first : moved.last]
    before, behind = places[: moved.to], places[moved.to :]
    order = [at for at in before if at not in set(block)]
    to = len(order)
    order += [*block, *(at for at in behind if at not in set(block))]
    tasks = tuple(board.tasks[at] for at in order)
    scopes = _scopes(board)
    if scopes:
        scopes = (*[scopes[at] for at in order], *scopes[len(order) :])
    return _outcome(board, tasks, (to,), scopes, ())


def _retold(board: Board, retold: Retold) -> Outcome:
    sections = board.sections
    at = retold.section
    if at is None:
        sections = (*sections, Section(retold.entries))
    else:
        rows: list[list[HistoryEntry]] = [[entry] for entry in sections[at].entries]
        rows.append([])
        for place, entry in zip(retold.places, retold.entries, strict=True):
            row = rows[place]
            row.insert(len(row) - (place < len(rows) - 1), entry)
        grown = Section(tuple(entry for row in rows for entry in row))
        sections = (*sections[:at], grown, *sections[at + 1 :])
    after = Board(
        board.tasks,
        board.groups,
        sections,
        board.text_faults,
        board.merging,
        places=board.scopes,
        index=board.index,
        tally=board.tally,
    )
    return Outcome(after, (), True, ())


def _scopes(board: Board) -> tuple[int, ...]:
    """The fences and sections of the tasks, where they tell one thing from another at all."""
    return board.scopes if board.index.twins or board.groups else ()


def _outcome(
    board: Board,
    tasks: tuple[Task, ...],
    about: tuple[int, ...],
    scopes: tuple[int, ...],
    entries: tuple[HistoryEntry, ...],
    *,
    groups: tuple[Group, ...] | None = None,
    index: Index | None = None,
    in_place: bool = False,
) -> Outcome:
    """The outcome; ``index`` where ids and titles are where they were on ``board``.

    ``in_place``: the tasks are those of ``board``, but for those at ``about``.
    """
    groups = board.groups if groups is None else groups
    if index is None:
        index = index_of(tasks)
        if index.twins or board.index.twins:
            tasks = with_refs(tasks, index)
    sections = board.sections
    if entries:
        at = board.growing
        grown = Section(entries) if at is None else sections[at].grown(entries)
        at = len(sections) if at is None else at
        sections = (*sections[:at], grown, *sections[at + 1 :])
    after = Board(
        tasks,
        groups,
        sections,
        board.text_faults,
        places=scopes,
        index=index,
        events=board.grown_events(entries),
        tally=board.tally.after(tasks, about) if in_place else None,
    )
    return Outcome(after, tuple(tasks[place] for place in about), True, entries)
