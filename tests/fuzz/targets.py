"""What is fuzzed: functions of bytes that raise where a promise is broken.

- ``reading``: any bytes are read without an exception, come out as they went in, and give a board
  whose every question has an answer; read again after a change it is what it is when read anew,
  and without expressions, where that is done, what it is with them.
- ``editing``: each field of each entry is located where ``pairs`` says; a value replaced, a field
  added and a field removed change that and nothing else.
- ``square``: a row of requests on a file: what is read after the edits of a plan is what the
  request was said to come to.
"""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING, Final

from tests.board.files import request
from tests.board.words import NOW
from tests.document.both_ways import both_ways
from todo_tui.board import reading, transition, writing
from todo_tui.board.next_task import next_for, why_nothing
from todo_tui.board.task import canonical_name
from todo_tui.document import dialects
from todo_tui.document.document import Document, NotTextError
from todo_tui.errors import TodoError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from todo_tui.board.board import Board
    from todo_tui.board.request import Transition
    from todo_tui.document.edit import Edit
    from todo_tui.document.entry import Dialect, Entry, Field, Value

_NEW: Final = "value of fuzz"


def read(data: bytes) -> None:
    """See ``reading`` above. The last two bytes choose the change."""
    try:
        document = Document.decode(data)
    except NotTextError:
        assert 0 in data
        return
    assert document.encode() == data
    both_ways(data)
    board = reading.read(document)
    _ask(board)
    if len(data) < 4:
        return
    at, size = data[-1] * len(data) // 256, data[-2] % 64
    changed = data[:at] + data[at + size :] if size % 2 else data[:at] + data[:size] + data[at:]
    again = Document.decode(changed, document)
    assert again.encode() == changed
    found, anew = reading.read(again, board), reading.read(Document.decode(changed))
    assert found == anew
    assert found.faults == anew.faults
    assert [found.line(task) for task in found.tasks] == [anew.line(task) for task in anew.tasks]


def _ask(board: Board) -> None:
    for task in board.tasks:
        assert board.get(task.ref) is not None
        assert board.line(task) >= 1
        assert board.source(task)
        board.open_dependencies(task)
        board.dependents(task)
        board.history_of(task)
        board.since(task)
        board.faults_of(task)
    for fault in board.faults:
        place = board.location(fault)
        assert place is not None
        place.excerpt()
    assert sum(len(column.tasks) for column in board.columns) == len(board.tasks)
    next_for(board, "eng-backend@7f3a")
    why_nothing(board, None)
    board.counts()
    assert board.document is not None
    assert all(count > 0 for count in board.document.unread.values())


def edit(data: bytes) -> None:
    """See ``editing`` above. The last byte chooses the field of each entry."""
    try:
        document = Document.decode(data)
    except NotTextError:
        return
    if document.merging:
        return
    groups = set(document.parents)
    for index, entry in enumerate(document.entries[:8]):
        if index in groups:
            continue
        fields = dialects.locate(entry)
        assert tuple((field.name, field.value) for field in fields) == entry.pairs
        for field in fields:
            start, stop = field.lines
            assert 0 <= start <= field.value_span.start <= field.value_span.stop <= stop
            assert stop <= len(entry.text)
        if not fields or not all(field.name.strip() for field in fields):
            continue
        at = data[-1] % len(fields)
        field = fields[at]
        if _is_plain(entry.dialect, entry.text, field) and entry.fault is None:
            _replaced(document, index, at, dialects.replace_value(entry, field, _NEW))
            _added(document, index, at, dialects.insert_field(entry, field, "claimed_by", "ann"))
            if at and not _tells(entry, field):
                _removed(document, index, at, dialects.remove_field(entry, field))


def _is_plain(dialect: Dialect, text: str, field: Field) -> bool:
    """Whether a field is one that a request may change: a scalar that nothing refers to."""
    if not isinstance(field.value, str) or dialect == "short":
        return False
    if not field.value and "{" in text:
        return False
    if "\r" in text.replace("\r\n", ""):
        return False  # a line end for YAML, and for nobody else: a request is refused there
    return not any(mark in text for mark in "&*!%<") and "---" not in text and "..." not in text


def _tells(entry: Entry, field: Field) -> bool:
    """Whether an item may be none without this field: no request takes it away."""
    alone = entry.dialect == "heading" and len(entry.pairs) == 2
    return alone or canonical_name(field.name) in ("id", "status")


def _after(document: Document, index: int, change: Edit) -> tuple[tuple[str, Value], ...]:
    after = document.splice([change.shift(document.starts[index])])
    assert after.encode() == Document.decode(after.encode()).encode()
    assert len(after.entries) == len(document.entries), "another number of entries"
    for other, (old, new) in enumerate(zip(document.entries, after.entries, strict=True)):
        assert other == index or old.pairs == new.pairs, "another entry has changed"
    return after.entries[index].pairs


def _replaced(document: Document, index: int, at: int, change: Edit) -> None:
    pairs = list(document.entries[index].pairs)
    pairs[at] = (pairs[at][0], _NEW)
    assert _after(document, index, change) == tuple(pairs), "not what was put there"


def _added(document: Document, index: int, at: int, change: Edit) -> None:
    pairs = list(document.entries[index].pairs)
    found = list(_after(document, index, change))
    assert found[: at + 1] == pairs[: at + 1], "what stood before is not the same"
    assert found[at + 2 :] == pairs[at + 1 :], "what stood behind is not the same"
    assert found[at + 1][1] == "ann", "not what was added"


def _removed(document: Document, index: int, at: int, change: Edit) -> None:
    pairs = document.entries[index].pairs
    assert _after(document, index, change) == (*pairs[:at], *pairs[at + 1 :]), "not what is left"


def square(data: bytes) -> None:
    """See ``square`` above. The last four bytes are the seed of the requests."""
    random = Random(data[-4:])
    try:
        board = reading.read(Document.decode(data[:-4]))
    except NotTextError:
        return
    for minute in range(3):
        asked = request(random, board)
        board = _hold(board, asked, NOW + timedelta(minutes=minute), random.random() < 0.85)


def _hold(board: Board, asked: Transition, now: datetime, history: bool) -> Board:
    """The board that is read after a request, which must be the one that it was said to give."""
    document = board.document
    assert document is not None
    try:
        meant = transition.apply(board, asked, now, history=history)
    except TodoError:
        return board
    plan = writing.plan(board, asked, now, history=history)
    assert plan.outcome.board == meant.board
    assert meant.changed == bool(plan.edits)
    after = document.splice(plan.edits)
    found = reading.read(after, board)
    anew = reading.read(Document.decode(after.encode()))
    assert found == anew, "read again it is not what it is when read anew"
    assert found.tasks == meant.board.tasks, "the tasks are not what was meant"
    assert found.sections == meant.board.sections, "the history is not what was meant"
    assert found == meant.board, "the board is not what was meant"
    return found


TARGETS: Final[dict[str, Callable[[bytes], None]]] = {
    "reading": read,
    "editing": edit,
    "square": square,
}
