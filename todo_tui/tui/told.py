"""What happened, in words: who did what to which task, and which rule it broke.

Owns the verb for each kind of event. Must not know how it is laid out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from todo_tui.board.event import Lost, Order, Several
from todo_tui.board.history import HistoryEntry
from todo_tui.board.task import Fault, bare_name
from todo_tui.named_tuple import NamedTuple
from todo_tui.shown import shown
from todo_tui.tui import look as glyph

if TYPE_CHECKING:
    from datetime import datetime

    from todo_tui.board.board import Board
    from todo_tui.board.event import BoardEvent
    from todo_tui.board.task import Task
    from todo_tui.board.timeline import Happening

VERB: Final = 9
"""Cells of the longest verb."""

_VERBS: Final = {
    "created": "added",
    "finished": "done",
    "reassigned": "assigned",
    "renamed": "renamed",
    "retitled": "retitled",
    "reprioritised": "edited",
    "changed": "edited",
    "reordered": "reordered",
    "regrouped": "regrouped",
    "fault": "fault",
    "fault_cleared": "mended",
    "violation": "broke",
    "added": "added",
    "removed": "removed",
}

_MOVES: Final = {
    "claimed": "claimed",
    "in_progress": "started",
    "done": "done",
    "blocked": "blocked",
}

_BACK: Final = {"done": "reopened", "blocked": "unblocked"}
"""What a move to todo is called, by where it comes from; from anywhere else it is a release."""


class Told(NamedTuple):
    """One happening in words, all of it shown text.

    ``who`` is ``@name``, ``you``, another person's name, or ``file`` where nobody is known;
    ``agent`` is the agent's bare name, "" for all others. ``tail`` says what matters more than
    the ``text``: the broken rule where ``broken``, else that it was a direct edit.
    """

    at: datetime
    who: str
    agent: str
    verb: str
    ref: str
    text: str
    tail: str = ""
    broken: bool = False


def told(row: Happening, you: str, board: Board | None) -> Told:
    """A happening in words; ``you`` is the name of the person at the board.

    ``board`` has the titles of tasks of which only the session history tells.
    """
    event = row.event
    human = event.human or (row.entry is not None and row.entry.human)
    who, agent = _who(event.actor, you, human=human)
    verb, text = _what(row, you, board)
    if event.violation is not None:
        tail = f"{glyph.VIOLATION} {rule_of(event, you)}"
    else:
        edited = event.actor is None and event.source == "file" and row.seen
        tail = "direct edit" if edited and event.kind not in _UNSIGNED else ""
    ref = shown(event.ref) if event.ref is not None else ""
    return Told(event.at, who, agent, verb, ref, text, tail, event.violation is not None)


_UNSIGNED: Final = frozenset({"history", "fault", "fault_cleared", "violation"})
"""Kinds of events of which nobody asks by whom."""


def rule_of(event: BoardEvent, you: str) -> str:
    """The rule that was broken, in a few words: ``stolen from @codex-2``, ``skipped claim``."""
    word = (event.violation or event.kind).replace("_", " ")
    holder = event.before.holder if event.before is not None else None
    if event.violation == "stolen" and holder is not None:
        return f"{word} from {_who(holder, you, human=False)[0]}"
    return word


def _who(name: str | None, you: str, *, human: bool) -> tuple[str, str]:
    """A name as it is drawn, and the agent's bare name."""
    if name is None:
        return "file", ""
    bare = bare_name(name)
    if bare == bare_name(you):
        return "you", ""
    return (shown(name), "") if human else ("@" + shown(bare), bare)


def _what(row: Happening, you: str, board: Board | None) -> tuple[str, str]:
    """The verb, and what it was done to."""
    event, detail, kind = row.event, row.event.detail, row.event.kind
    known = board.get(event.ref) if board is not None and event.ref is not None else None
    task = event.after or event.before or known
    title = shown(task.title).strip() if task is not None else ""
    note = f"“{shown(row.entry.note)}”" if row.entry is not None and row.entry.note else ""
    said = "  ".join(text for text in (title, note) if text)
    if isinstance(detail, HistoryEntry):
        if detail.event is None:
            return "noted", shown(detail.text)
        verb = _VERBS.get(detail.event, detail.event)
        return verb, note if verb == "noted" and note else said
    match kind:
        case "moved":
            return _moved(event, said)
        case "renamed":
            return _VERBS[kind], f"{shown(event.from_text or '')} → {shown(event.to_text or '')}"
        case "reprioritised":
            levels = (shown(text or "none") for text in (event.from_text, event.to_text))
            return _VERBS[kind], f"priority {' → '.join(levels)}"
        case "reassigned" if event.to_text is not None and event.to_text == event.actor:
            return "took", said
        case "reassigned":
            names = (event.from_text, event.to_text)
            before, now = (_who(name, you, human=False)[0] if name else "nobody" for name in names)
            return _VERBS["reassigned"], f"{before} → {now}"
        case "changed":
            return _VERBS[kind], _fields(event.before, event.after) or title
        case _:
            return _VERBS.get(kind, kind), _about(event, said)


def _about(event: BoardEvent, said: str) -> str:
    match event.detail:
        case Fault(message=message):
            return shown(message)
        case Lost(entries):
            return f"{several(len(entries), 'entry', 'entries')} of the session history gone"
        case Several(after=tasks):
            return several(len(tasks), "task", "tasks")
        case Order(after=refs):
            return several(len(refs), "task", "tasks")
    return said


def _moved(event: BoardEvent, said: str) -> tuple[str, str]:
    before, now = event.from_text or "", event.to_text or ""
    if now == "todo":
        return _BACK.get(before, "released"), said
    if now in _MOVES:
        return _MOVES[now], said
    return "moved", f"to {shown(now.replace('_', ' '))}  {said}"


def _fields(before: Task | None, now: Task | None) -> str:
    """The names of the fields that differ."""
    if before is None or now is None:
        return ""
    old, new = dict(before.fields), dict(now.fields)
    names = [name for name in {**old, **new} if old.get(name) != new.get(name)]
    if before.dependencies != now.dependencies:
        names.insert(0, "dependencies")
    if before.raw_status != now.raw_status:
        names.insert(0, "status")
    return ", ".join(shown(name.replace("_", " ")) for name in names)


def several(number: int, one: str, many: str) -> str:
    """A number of things: ``1 task``, ``2 tasks``."""
    return f"{number:,} {one if number == 1 else many}"


def moment(at: datetime, now: datetime, *, seconds: bool = False) -> str:
    """A time in the zone of ``now``, in 5 cells or 8: of the day, the date where it is another."""
    local = at.astimezone(now.tzinfo)
    if local.date() != now.date():
        return f"{local:%m-%d}" + "   " * seconds
    return f"{local:%H:%M:%S}" if seconds else f"{local:%H:%M}"


def refs_of(event: BoardEvent) -> tuple[str, ...]:
    """The references of the tasks that an event is about."""
    if isinstance(event.detail, Several):
        return tuple(task.ref for task in event.detail.after)
    return (event.ref,) if event.ref is not None else ()
