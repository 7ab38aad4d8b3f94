"""One thing that needs a person, in words: what it is, the evidence, and what can be done about it.

Owns the wording. Must not know how it is laid out on a screen, or do anything.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from todo_tui.board.evidence import length
from todo_tui.shown import shown
from todo_tui.tui import keys
from todo_tui.tui.attention_bar import sign_of, style_of
from todo_tui.tui.card import named
from todo_tui.tui.row import Piece, cells
from todo_tui.tui.told import rule_of
from todo_tui.tui.wrap import wrapped

if TYPE_CHECKING:
    from datetime import datetime

    from rich.style import Style

    from todo_tui.board.attention import Item
    from todo_tui.board.board import Board
    from todo_tui.board.task import Task
    from todo_tui.tui.look import Look
    from todo_tui.tui.view import View

    Line = list[Piece]

_MOST: Final = 50
"""Tasks or faults of one item that are named."""


def headline(item: Item, you: str, now: datetime) -> str:
    """What it is, in a few words: ``stolen from @codex-2``, ``stale 22m``, ``blocked``."""
    if item.need == "violation" and item.events:
        words = rule_of(item.events[0], you)
        return f"{words}, {len(item.refs)} tasks" if len(item.refs) > 1 else words
    words = item.word.replace("_", " ")
    if item.need in ("stale", "silent", "blocked") and item.since is not None:
        return f"{words} {length(now - item.since)}"
    return words


def remedy_of(item: Item, you: str) -> str:
    """What putting it right does, in a few words: ``give back to @codex-2``."""
    if item.need == "failed":
        return "try again"
    event = item.events[0] if item.events else None
    before = event.before if event is not None else None
    match item.word:
        case "vanished":
            return "put back" if len(item.refs) == 1 else f"put all {len(item.refs)} back"
        case "duplicated":
            return "renumber"
        case "history_rewritten":
            return "put the lines back"
        case "stolen" | "reverted" if before is not None and before.holder is not None:
            if item.word == "stolen" or (event is not None and event.kind == "reassigned"):
                return f"give back to {named(before.holder, you)}"
    if before is not None:
        return f"back to {_status(before)}"
    return "put right"


def block(item: Item, view: View, room: int, style: Look) -> list[Line]:
    """What is wrong and what can be done, as lines: the headline, why, and the keys."""
    you, now = view.actor.name, view.now
    head = f"{sign_of(item)} {headline(item, you, now)}"
    lines = _text(head, room, style_of(item, style))
    for words in _why(item, view):
        lines += [[Piece("  ", style.text), *line] for line in _text(words, room - 2, style.text)]
    return lines + acts_of(item, you, room, style)


def about(item: Item, board: Board | None, room: int, style: Look) -> list[Line]:
    """Which tasks, or which faults, it is about."""
    lines: list[Line] = []
    for ref in item.refs[:_MOST] if not item.faults else ():
        task = board.get(ref) if board is not None else None
        title = shown(task.title) if task is not None else shown(item.title)
        body = _text(f"{shown(ref)}  {title}".rstrip(), room, style.strong)
        lines += body
    for fault in item.faults[:_MOST]:
        place = board.location(fault) if board is not None else None
        words = f"line {place.line:,}  " if place is not None else ""
        lines += _text(words + shown(fault.message), room, style.text)
    more = len(item.faults or item.refs) - _MOST
    if more > 0:
        lines.append([Piece(f"and {more:,} more", style.dim)])
    return lines


def _why(item: Item, view: View) -> list[str]:
    """The evidence, a sentence each."""
    you, now = view.actor.name, view.now
    words = [shown(item.words)] if item.words else []
    match item.need:
        case "violation":
            event = item.events[0]
            if len(item.events) == 1 and event.before is not None and event.after is not None:
                before, after = _state(event.before, you), _state(event.after, you)
                if before != after:
                    words.append(f"was {before}; now {after}")
            by = f" by {named(event.actor, you)}" if event.actor is not None else ""
            words.append(f"seen {_moment(event.at, now)}{by}, in {_SOURCES[event.source]}")
        case "stale" | "silent":
            holder = named(item.holder, you) if item.holder is not None else "nobody"
            since = f" since {_moment(item.since, now)}" if item.since is not None else ""
            what = "held by" if item.need == "stale" else "no change or entry by"
            words = [f"{words[0]}: {what} {holder}{since}"]
            if item.entry is not None and item.entry.at is not None:
                words.append(f"last entry, {_moment(item.entry.at, now)}: {shown(item.entry.text)}")
        case "blocked" if item.reason:
            words = [shown(item.reason)]
        case "blocked":
            words = ["no reason is given"]
    return words


_SOURCES: Final = {"command": "a command", "board": "a board", "file": "a direct edit of the file"}


def acts_of(item: Item, you: str, room: int, style: Look) -> list[Line]:
    """The keys that fit, side by side where there is room; none where nothing can be done."""
    acts: list[tuple[str, str]] = []
    match item.need:
        case "violation":
            acts = [("wrong.restore", remedy_of(item, you)), ("wrong.accept", "accept")]
        case "failed":
            acts = [("wrong.restore", remedy_of(item, you))]
        case "stale" | "silent":
            acts = [("task.release", "release, with this as the reason"), ("task.open", "open")]
        case "blocked":
            acts = [("task.block", "unblock"), ("task.open", "open")]
        case "fault":
            acts = [("look.faults", "all faults, each with its place")]
    lines: list[Line] = []
    for name, words in acts:
        sign = keys.sign_of(keys.key(name)).partition(" ")[0]
        if sign:
            one = [Piece(f"  {sign}", style.key), Piece(f" {words}", style.dim)]
            if lines and cells(lines[-1]) + cells(one) + 2 <= room:
                lines[-1] += [Piece("  ", style.dim), *one]
            else:
                lines.append(one)
    return lines


def _state(task: Task, you: str) -> str:
    held = f" with {named(task.holder, you)}" if task.holder is not None else ""
    return _status(task) + held


def _status(task: Task) -> str:
    return shown(task.status.replace("_", " "))


def _moment(at: datetime, now: datetime) -> str:
    local = at.astimezone(now.tzinfo)
    return f"{local:%H:%M}" if local.date() == now.date() else f"{local:%Y-%m-%d %H:%M}"


def _text(text: str, room: int, style_of_it: Style) -> list[Line]:
    return [[Piece(row, style_of_it)] for row in wrapped(text, max(1, room))]
