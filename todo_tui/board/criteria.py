"""The acceptance criteria of a task as a checklist, and what ticking one comes to.

Owns what a criterion and its box are. Must not know how a value is written.
"""

from __future__ import annotations

from todo_tui.board.change import Change, Flip, pairs_of
from todo_tui.board.refusals import refusal
from todo_tui.board.steps import named
from todo_tui.board.task import canonical_name
from todo_tui.board.values import text_of
from todo_tui.board.wording import named_actor, one_line
from todo_tui.errors import TodoError
from todo_tui.expression import expression
from todo_tui.named_tuple import NamedTuple
from todo_tui.static import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from todo_tui.board.board import Board
    from todo_tui.board.request import Tick
    from todo_tui.board.task import Task
    from todo_tui.document.entry import Value

NAMES: Final = frozenset({"acceptance_criteria", "criteria", "checklist", "definition_of_done"})
"""The canonical names of the fields that are checklists."""

_BOX = expression(r"(?P<lead>\s*(?:[-*+]\s+)?)\[(?P<mark>[ xX])\](?=\s|\Z)\s*")
_BULLET = expression(r"\s*[-*+]\s+")


class Criterion(NamedTuple):
    """One criterion: what it says without its box, and whether it is met.

    ``boxed``: the file has a box for it. ``place`` is the pair that it stands in, ``row`` the item
    of its list or the line of its text; -1 where it is more than a text, and cannot be ticked.
    """

    text: str
    done: bool
    boxed: bool
    place: int
    row: int


def criteria(task: Task) -> tuple[Criterion, ...]:
    """The criteria of a task, in file order."""
    found: list[Criterion] = []
    for place, (name, value) in enumerate(pairs_of(task)):
        if canonical_name(name) not in NAMES:
            continue
        rows = _rows(value)
        if not rows and text_of(value):
            found.append(Criterion(text_of(value), False, False, place, -1))
        for row, one in enumerate(rows):
            if text_of(one):
                found.append(_criterion(one, place, row))
    return tuple(found)


def _rows(value: Value) -> list[Value]:
    """The items of a list, the lines of a text."""
    if isinstance(value, str):
        return list(value.split("\n"))
    return list(value) if isinstance(value, tuple) else []


def _criterion(value: Value, place: int, row: int) -> Criterion:
    if not isinstance(value, str):
        return Criterion(text_of(value), False, False, place, -1)
    box = _BOX.match(value)
    if box is not None:
        return Criterion(value[box.end() :].strip(), box["mark"] != " ", True, place, row)
    bullet = _BULLET.match(value)
    text = value if bullet is None else value[bullet.end() :]
    return Criterion(text.strip(), False, False, place, row)


def tick(board: Board, request: Tick) -> Change:
    """What ticking a criterion comes to. Raises TodoError for a refusal."""
    actor = named_actor(request.by)
    task = named(board, request.ref, actor, None)
    found = criteria(task)
    if not 0 <= request.at < len(found) or found[request.at].text != request.text:
        raise refusal(
            board,
            task,
            actor,
            "changed",
            f"the criteria of {task.ref} have changed since they were looked at; look again",
        )
    one = found[request.at]
    if one.done == request.done:
        return Change(board.place(task))
    if one.row < 0:
        raise TodoError(
            "usage", "this criterion is more than a line of text: edit the file", task=task.ref
        )
    value = pairs_of(task)[one.place][1]
    rows = [row if isinstance(row, str) else "" for row in _rows(value)]
    rows[one.row] = _ticked(rows[one.row], request.done)
    if isinstance(value, str):
        return Change(board.place(task), (Flip(one.place, "\n".join(rows)),))
    one_line(rows[one.row], "a criterion")
    mixed = zip(rows, value, strict=True) if isinstance(value, tuple) else ()
    items = tuple(row if isinstance(old, str) else old for row, old in mixed)
    return Change(board.place(task), (Flip(one.place, items),))


def _ticked(text: str, done: bool) -> str:
    """``text`` with its box ticked or cleared; with a box where it has none."""
    mark = "x" if done else " "
    box = _BOX.match(text)
    if box is not None:
        at = box.start("mark")
        return f"{text[:at]}{mark}{text[at + 1 :]}"
    bullet = _BULLET.match(text)
    lead = bullet[0] if bullet else text[: len(text) - len(text.lstrip())]
    return f"{lead}[{mark}] {text[len(lead) :]}"
