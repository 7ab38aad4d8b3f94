"""One task whole, as lines of text: all that the file says about it, its history, its source.

Owns the order and the wording of the detail. Must not know how it is scrolled.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from todo_tui.board.age import age
from todo_tui.board.attention import entered_at
from todo_tui.board.criteria import NAMES as CRITERIA
from todo_tui.board.criteria import criteria
from todo_tui.board.task import BLOCKED, TODO, bare_name, canonical_name
from todo_tui.shown import cut, shown, width
from todo_tui.tui import look as glyph
from todo_tui.tui.card import MARKED, named, reason_of, title_of
from todo_tui.tui.markdown import rendered
from todo_tui.tui.needs import needs
from todo_tui.tui.row import Piece, cells, fitted, joined
from todo_tui.tui.stops import Part, Stop, indented, part, stacked
from todo_tui.tui.wrap import wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from rich.style import Style

    from todo_tui.board.board import Board
    from todo_tui.board.history import HistoryEntry
    from todo_tui.board.task import Task
    from todo_tui.document.entry import Value
    from todo_tui.tui.look import Look
    from todo_tui.tui.stops import Line
    from todo_tui.tui.view import View

_PROSE: Final = ("description", "notes", "progress")
"""Fields that are shown under a heading of their own, in this order; the others in a table."""


def detail(task: Task, board: Board, view: View, room: int, style: Look) -> Part:
    """The lines of a task's detail, none wider than ``room`` cells, and the places in them."""
    whole = stacked(
        (
            part(_title(task, room, style)),
            part(_facts(task, board, view, room, style)),
            *(part(lines) for lines in _concerns(task, view, room, style)),
            part(_troubles(task, board, view, room, style)),
            *_prose(task, room, style),
            _criteria(task, room, style),
            needs(task, board, room, style),
            part(_fields(task, room, style)),
            part(_history(task, board, view, room, style)),
            part(_source(task, board, room, style)),
        ),
        gap=1,
    )
    return Part([fitted(line, room) for line in whole.lines], whole.stops)


def _title(task: Task, room: int, style: Look) -> list[Line]:
    """The whole title, where the head above has no room for it."""
    text = title_of(task)
    if width(shown(task.ref)) + width(text) + width(status_of(task)) + 5 <= room:
        return []
    return _text(text, room, "", style.strong)


def status_of(task: Task) -> str:
    """The status as it is drawn: as the file spells it where it is none of ours."""
    return shown(task.status.replace("_", " "))


def _facts(task: Task, board: Board, view: View, room: int, style: Look) -> list[Line]:
    now = view.now
    facts: list[Line] = []
    if task.priority is not None or task.raw_priority:
        word = task.priority or shown(task.raw_priority)
        sign = glyph.PRIORITY.get(word, "")
        facts.append([Piece(f"{sign} {word}".strip(), style.text)])
    you = view.actor.name
    if holder := task.holder:
        facts.append([Piece(named(holder, you), style.agent(bare_name(holder)))])
    if task.assigned_agent and task.assigned_agent != holder:
        facts.append([Piece(f"assigned to {named(task.assigned_agent, you)}", style.dim)])
    since = entered_at(board, task, view.supervision.memory, view.now)
    if since is not None:
        facts.append([Piece(f"{age(since, now)} in status", style.dim)])
        facts.append([Piece(f"since {_moment(since, now)}", style.dim)])
    if task.group:
        facts.append([Piece(f"in {shown(task.group)}", style.dim)])
    if line := board.line(task):
        facts.append([Piece(f"line {line:,}", style.dim)])
    return _flow(facts, room, style)


def _flow(facts: list[Line], room: int, style: Look) -> list[Line]:
    """Facts side by side, in as many rows as they need."""
    rows: list[list[Line]] = [[]]
    for fact in facts:
        if rows[-1] and cells(joined([*rows[-1], fact], "   ", style.dim)) > room:
            rows.append([])
        rows[-1].append(fact)
    return [joined(row, "   ", style.dim) for row in rows if row]


def _concerns(task: Task, view: View, room: int, style: Look) -> Iterator[list[Line]]:
    """Why it needs a person, but for what is said anyway: broken rules, and being left too long."""
    items = [item for item in view.supervision.by_task.get(task.ref, ()) if item.need in MARKED]
    if items:
        from todo_tui.tui.concern import block

        yield from (block(item, view, room, style) for item in items)


def _troubles(task: Task, board: Board, view: View, room: int, style: Look) -> list[Line]:
    lines: list[Line] = []
    for fault in view.findings.by_task.get(task.ref, task.faults):
        lines += _marked(glyph.FAULT, shown(fault.message), room, style.bad)
    if task.status == BLOCKED:
        words = shown(reason_of(task)) or "no reason is given"
        lines += _marked(glyph.BLOCKED, f"blocked: {words}", room, style.warn)
    elif task.status == TODO and (ids := board.open_dependencies(task)):
        words = f"not ready: needs {shown(', '.join(ids))}"
        lines += _marked(glyph.BLOCKED, words, room, style.warn)
    return lines


def _marked(sign: str, words: str, room: int, style_of: Style) -> list[Line]:
    rows = wrapped(words, room - 2)
    return [[Piece(f"{sign if n == 0 else ' '} {text}", style_of)] for n, text in enumerate(rows)]


def _prose(task: Task, room: int, style: Look) -> Iterator[Part]:
    for wanted in _PROSE:
        for name, value in task.fields:
            if canonical_name(name) != wanted:
                continue
            heading = part([_heading(_words(name).capitalize(), style)])
            if isinstance(value, str):
                if value.strip():
                    body = rendered(value.strip("\n"), room - 2, style)
                    yield stacked((heading, indented(body, style)))
            elif lines := _value(value, room, "  ", style):
                yield stacked((heading, part(lines)))


def _criteria(task: Task, room: int, style: Look) -> Part:
    """The checklist, with how much of it is ticked."""
    found = criteria(task)
    if not found:
        return part([])
    done = sum(one.done for one in found)
    head = [*_heading("Criteria", style), Piece(f"   {done} of {len(found)}", style.dim)]
    parts = [part([head])]
    for index, one in enumerate(found):
        box = "[x]" if one.done else "[ ]"
        rows = wrapped(shown(one.text), room - 6)
        lines = [
            [
                Piece(f"  {box if at == 0 else '   '} ", style.good if one.done else style.key),
                Piece(row, style.dim if one.done else style.text),
            ]
            for at, row in enumerate(rows)
        ]
        parts.append(Part(lines, [Stop("criterion", 0, 0, 2, one.text, index)]))
    return stacked(parts)


def _fields(task: Task, room: int, style: Look) -> list[Line]:
    said = {*_PROSE, *CRITERIA}
    if task.claimed_by == task.holder:
        said.add("claimed_by")
    rest = [
        (_words(name), value) for name, value in task.fields if canonical_name(name) not in said
    ]
    if task.created_at:
        rest.insert(0, ("created", task.created_at))
    if not rest:
        return []
    names = min(max(width(name) for name, _ in rest), room // 3)
    lines = [_heading("Fields", style)]
    for name, value in rest:
        label = cut(name, names)
        label = "  " + label + " " * (names - width(label)) + "  "
        body = _value(value, room - width(label), "", style) or [[Piece("–", style.faint)]]
        for at, line in enumerate(body):
            lead = label if at == 0 else " " * width(label)
            lines.append([Piece(lead, style.dim), *line])
    return lines


def _history(task: Task, board: Board, view: View, room: int, style: Look) -> list[Line]:
    entries = board.history_of(task)
    if not entries:
        return []
    lines = [_heading("History", style)]
    moments = [_moment(entry.at, view.now) if entry.at else "no time" for entry in entries]
    column = max(map(len, moments))
    for entry, moment in zip(reversed(entries), reversed(moments), strict=True):
        lines += _entry(entry, f"{moment:>{column}}", view, room, style)
    return lines


def _entry(entry: HistoryEntry, moment: str, view: View, room: int, style: Look) -> list[Line]:
    if entry.event is None or entry.actor is None:
        text = shown(entry.text)
    else:
        text = f"{entry.event} by {named(entry.actor, view.actor.name)}"
        if entry.for_agent is not None:
            text += f" for {named(entry.for_agent, view.actor.name)}"
        if entry.note:
            text += f": {shown(entry.note)}"
    lead = f"  {moment}  "
    return [
        [Piece(lead if at == 0 else " " * len(lead), style.dim), Piece(line, style.text)]
        for at, line in enumerate(wrapped(text, room - len(lead)))
    ]


def _source(task: Task, board: Board, room: int, style: Look) -> list[Line]:
    source = board.source(task)
    if not source:
        return []
    rows = source.splitlines()
    first = board.line(task)
    while rows and not rows[0].strip():
        rows.pop(0)
    last = first + len(rows) - 1
    digits = len(str(last))
    span = f"line {first:,}" if last == first else f"lines {first:,}–{last:,}"
    lines = [[*_heading("Raw", style), Piece(f"   {span}", style.dim)]]
    for number, text in enumerate(rows, first):
        body = shown(text.replace("\t", "    ")).rstrip()
        for at, line in enumerate(wrapped(body, room - digits - 4)):
            lead = f"{number:>{digits}}" if at == 0 else " " * digits
            lines.append([Piece(f"  {lead}  ", style.dim), Piece(line, style.text)])
    return lines


def _value(value: Value, room: int, indent: str, style: Look) -> list[Line]:
    """A field's value as lines: text, a list with dashes, a mapping with its names."""
    lines: list[Line] = []
    match value:
        case str():
            for paragraph in value.strip().split("\n"):
                lines += _text(shown(paragraph), room, indent, style.text)
            return lines if value.strip() else []
        case tuple():
            for item in value:
                for at, line in enumerate(_value(item, room - 2, "", style)):
                    dash = Piece(indent + ("- " if at == 0 else "  "), style.dim)
                    lines.append([dash, *line])
        case _:
            for name, item in value.items:
                lines += _pair(shown(name), item, room, indent, style)
    return lines


def _pair(name: str, value: Value, room: int, indent: str, style: Look) -> list[Line]:
    """A name and its value: on one line where that has room, else below each other."""
    label = Piece(f"{indent}{cut(name, max(1, room - len(indent) - 1))}:", style.dim)
    body = _value(value, room - 2, indent + "  ", style)
    if isinstance(value, str) and len(body) <= 1:
        beside = _value(value, room, " ", style)
        if not beside or cells([label, *beside[0]]) <= room:
            return [[label, *(beside[0] if beside else [])]]
    return [[label], *body]


def _text(text: str, room: int, indent: str, style_of: Style) -> list[Line]:
    rows = wrapped(text.rstrip(), max(1, room - len(indent)))
    return [[Piece(indent + row, style_of)] for row in rows]


def _heading(words: str, style: Look) -> Line:
    return [Piece(words, style.strong)]


def _words(name: str) -> str:
    """A field's name as it is drawn: ``assigned_agent`` is "assigned agent"."""
    return shown(name.replace("_", " "))


def _moment(at: datetime, now: datetime) -> str:
    """A time in the zone of ``now``: of the day, and the date where it is another one."""
    local = at.astimezone(now.tzinfo)
    if local.date() == now.date():
        return f"{local:%H:%M}"
    return f"{local:%Y-%m-%d %H:%M}"
