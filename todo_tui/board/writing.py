"""plan(board, transition) -> edits: the smallest edits.

Owns how a decision becomes edits of the document's text. Must not change text itself
(``document.edit``), decide what is legal or which fields change (``transition``), or know how a
dialect writes a field (``document.dialects``).
"""

from __future__ import annotations

import sys

from todo_tui.board.change import (
    Addition,
    Change,
    Changes,
    Flip,
    Insert,
    Moved,
    Put,
    PutBack,
    Removal,
    Remove,
    Retold,
    roles_of,
)
from todo_tui.board.history import read_entry
from todo_tui.board.times import write_time
from todo_tui.board.transition import decide, outcome
from todo_tui.document import dialects
from todo_tui.document.edit import Edit, apply, difference, overlap
from todo_tui.document.entry import Entry
from todo_tui.named_tuple import NamedTuple
from todo_tui.static import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from todo_tui.board.board import Board
    from todo_tui.board.change import FieldChange
    from todo_tui.board.history import HistoryEntry
    from todo_tui.board.transition import Outcome, Transition
    from todo_tui.document.document import Document
    from todo_tui.document.entry import Field


class Plan(NamedTuple):
    """The edits of the board's document that bring about ``outcome``; none if nothing changes."""

    edits: tuple[Edit, ...]
    outcome: Outcome


def plan(board: Board, transition: Transition, now: datetime, *, history: bool = True) -> Plan:
    """The smallest edits for ``transition``. ``board`` must have been read from a document.

    Raises TodoError as ``transition.apply`` does; ``conflict`` in the middle of a merge.
    """
    document = board.document
    if document is None:
        raise ValueError("only a board that was read from a document can be written")
    decision = decide(board, transition, now, history=history)
    edits: list[Edit] = []
    match decision:
        case Change():
            edits += _field_edits(board, document, decision)
        case Changes(each):
            for change in each:
                edits += _field_edits(board, document, change)
        case Addition(after, new, _):
            position = None if after is None else board.positions[after]
            edits.append(dialects.insert_entries(document, position, new))
        case PutBack():
            from todo_tui.board import put_back

            edits.append(put_back.edit(board, document, decision))
        case Removal(place):
            from todo_tui.document import removing

            edits.append(removing.entry(document, board.positions[place]))
        case Moved(place, beside, behind):
            from todo_tui.document import moving

            at = board.positions[place], board.positions[beside]
            if decision.changes:
                edits += moving.move(document, *at, behind=behind)
        case Retold():
            return Plan(tuple(_retold(document, decision)), outcome(board, decision))
    if decision.entries and board.growing is not None:
        noted = _history_edits(board, document, board.growing, decision.entries)
        # An item of the list stays with it where a heading is put back behind it.
        exactly = isinstance(decision, PutBack) and decision.exactly is not None
        edits = [*noted, *edits] if exactly else [*edits, *noted]
    elif decision.entries:
        edits.append(_section_edit(document, edits, decision.entries))
    return Plan(tuple(edits), outcome(board, decision))


def edits_of(
    board: Board, document: Document, changes: Sequence[Change], entries: tuple[HistoryEntry, ...]
) -> tuple[Edit, ...]:
    """The edits for changes of the fields of different tasks, and for entries, oldest first."""
    edits = [edit for change in changes for edit in _field_edits(board, document, change)]
    if entries and board.growing is not None:
        edits += _history_edits(board, document, board.growing, entries)
    elif entries:
        edits.append(_section_edit(document, edits, entries))
    return tuple(edits)


def _field_edits(board: Board, document: Document, change: Change) -> list[Edit]:
    """The edits of one item's fields, in the document's text."""
    if not change.fields and change.renamed is None:
        return []
    position = board.positions[change.place]
    entry, start = document.entries[position], document.starts[position]
    fields = dialects.locate(entry)
    edits = [_field_edit(entry, fields, field) for field in change.fields]
    if overlap(edits):
        edits = [_one_by_one(entry, change.fields[::-1])]
    if change.renamed is not None:
        task = board.tasks[change.place]
        place = fields[roles_of(task).id]
        if task.id_is_key:
            from todo_tui.document import putting

            edits.append(putting.another_id(entry, place, change.renamed))
        else:
            edits.append(dialects.replace_value(entry, place, change.renamed))
    return [edit.shift(start) for edit in edits]


def _field_edit(entry: Entry, fields: Sequence[Field], change: FieldChange) -> Edit:
    match change:
        case Put(at, value, verbatim) if verbatim or not dialects.flips(entry, at, value):
            return dialects.replace_value(entry, fields[at], value, verbatim=verbatim)
        case Insert(after, name, value):
            return dialects.insert_field(entry, fields[after], name, value)
        case Remove(at):
            return dialects.remove_field(entry, fields[at])
        case Put(at, value) | Flip(at, value):
            from todo_tui.document import putting

            return putting.flipped(entry, at, value)


def _one_by_one(entry: Entry, changes: Sequence[FieldChange]) -> Edit:
    """One edit for changes of which one cannot be made without touching the place of another.

    ``changes`` are from the last to the first. Each is made on what others have made of the text.
    """
    text = entry.text
    for change in sorted(changes, key=_turn):
        now = Entry(text, entry.dialect, entry.pairs, entry.id_is_key, entry.fault)
        text = apply(text, [_field_edit(now, dialects.locate(now), change)])
    return difference(entry.text, text)


def _turn(change: FieldChange) -> tuple[int, bool]:
    """By what changes are sorted so that none moves the place of a later one."""
    match change:
        case Put() | Flip():
            return -sys.maxsize, False
        case Insert():
            return -change.after, False
        case Remove():
            return -change.at, True


def _retold(document: Document, retold: Retold) -> list[Edit]:
    """The edits that put entries back where they were in time."""
    if retold.section is None:
        lines = [_line(entry) for entry in retold.entries]
        return [document.insert_history_items(None, lines, first=False)]
    section = document.sections[retold.section]
    dated = [at for at, one in enumerate(section.texts) if read_entry(one) is not None]
    by_item: dict[int, list[tuple[str, str]]] = {}
    for place, entry in zip(retold.places, retold.entries, strict=True):
        at = dated[place] if place < len(dated) else len(section.texts)
        by_item.setdefault(at, []).append(_line(entry))
    from todo_tui.document import putting

    return [putting.history(document, section, at, rows) for at, rows in by_item.items()]


def _history_edits(
    board: Board, document: Document, at: int, entries: tuple[HistoryEntry, ...]
) -> list[Edit]:
    """The edits that add ``entries`` (oldest first) at the growing end of a section."""
    first = board.sections[at].newest_first
    rows = entries[::-1] if first else entries
    return [document.insert_history(at, *_line(entry), first=first) for entry in rows]


def _section_edit(document: Document, edits: list[Edit], entries: tuple[HistoryEntry, ...]) -> Edit:
    """The edit that makes a section with ``entries``, behind ``edits`` that are made before it.

    It is made on the text as it is then, so that a blank line stands before it where both go to
    the end.
    """
    before = document.splice(edits)
    section = before.insert_history(None, *_line(entries[0]), first=False)
    after = before.splice([section])
    at = len(after.sections) - 1
    more = [after.insert_history(at, *_line(entry), first=False) for entry in entries[1:]]
    start = section.span.start
    text = apply(section.text, [edit.shift(-start) for edit in more])
    return Edit(section.span.shift(-_growth(edits, start)), text)


def _growth(edits: list[Edit], offset: int) -> int:
    """By how much ``edits`` have moved what stands at ``offset`` after them."""
    growth = 0
    for span, text in sorted(edits, key=lambda edit: edit.span):
        if span.start + growth + len(text) > offset:
            break
        growth += len(text) - (span.stop - span.start)
    return growth


def _line(entry: HistoryEntry) -> tuple[str, str]:
    if entry.at is None:
        raise AssertionError("our own entries have a time")
    return write_time(entry.at), entry.text
