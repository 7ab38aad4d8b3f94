"""What a person is told who looks elsewhere: by a bell, or a line that their terminal shows.

Owns whether they look elsewhere, which happenings are worth it, in which words, and that nothing is
told twice.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Final

from textual import events

from todo_tui.board.task import BLOCKED, DONE
from todo_tui.shown import cut, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from textual.app import App

    from todo_tui.board.board import Board
    from todo_tui.board.event import BoardEvent
    from todo_tui.storage.configuration import Notify
    from todo_tui.tui.clock import Clock
    from todo_tui.tui.view import View

_UNKNOWN: Final = 60.0
"""Seconds without a key after which a person looks elsewhere, where the terminal does not say."""

_LONGEST: Final = 120
"""Cells of a line."""

_KEPT: Final = 1_000
"""Happenings that are remembered, so as not to be told twice."""


class Notifying:
    """Tells on the terminal of ``app`` what ``settings`` ask for."""

    def __init__(self, app: App[Any], settings: Notify, clock: Clock) -> None:
        self._app = app
        self._settings = settings
        self._clock = clock
        self._focused: bool | None = None  # not known until the terminal says it once
        self._touched = clock.now()
        self._told: dict[str, None] = {}

    def see(self, event: events.Event) -> None:
        """Learn from an event of the terminal whether the person is there."""
        if isinstance(event, events.AppFocus | events.AppBlur):
            self._focused = isinstance(event, events.AppFocus)
        elif isinstance(event, events.Key | events.MouseDown):
            self._touched = self._clock.now()

    def tell(self, new: Sequence[BoardEvent], view: View) -> None:
        """Tell what is worth it of what happened, to a person who looks elsewhere."""
        if not self._settings.on or not self._looks_elsewhere:
            return
        words = self._words(new, view.board, view.actor.name)
        if words is None:
            return
        told = sequence(self._settings.how, words, os.environ)
        if not told:
            self._app.bell()
        elif (driver := self._app._driver) is not None and not self._app.is_headless:
            driver.write(told)
            driver.flush()

    @property
    def _looks_elsewhere(self) -> bool:
        if self._focused is not None:
            return not self._focused
        return (self._clock.now() - self._touched).total_seconds() >= _UNKNOWN

    def _words(self, new: Sequence[BoardEvent], board: Board | None, you: str) -> str | None:
        """One line about what was not told yet; None where nothing is worth a word."""
        found: list[str] = []
        for event in new:
            if event.human and event.actor == you:
                continue
            for kind, said in _worth(event, board, you):
                name = f"{kind} {event.key}"
                if kind in self._settings.on and name not in self._told and said not in found:
                    self._told[name] = None
                    found.append(said)
        while len(self._told) > _KEPT:
            del self._told[next(iter(self._told))]
        return cut(", ".join(found), _LONGEST) if found else None


def _worth(event: BoardEvent, board: Board | None, you: str) -> Iterator[tuple[str, str]]:
    """What an event is told as, each with the word of the settings for it."""
    from todo_tui.tui.card import named
    from todo_tui.tui.told import rule_of

    ref = shown(event.ref or "")
    if event.violation is not None:
        yield "violation", f"{rule_of(event, you)} {ref}".rstrip()
    if event.kind != "moved" or event.after is None:
        return
    by = f" by {named(event.actor, you)}" if event.actor is not None else ""
    if event.after.status == BLOCKED:
        yield "blocked", f"{ref} blocked{by}"
    if event.after.status == DONE:
        yield "done", f"{ref} done{by}"
        if board is not None and all(task.status == DONE for task in board.tasks):
            yield "all_done", "all tasks are done"


def sequence(how: str, words: str, environ: Mapping[str, str]) -> str:
    """What is written to the terminal to have it show ``words`` (shown text); "" for the bell.

    tmux hands it on only where it is told to: ``set -g allow-passthrough on``.
    """
    match how:
        case "osc9":
            told = f"\x1b]9;todo-tui: {words}\x07"
        case "osc777":
            told = f"\x1b]777;notify;todo-tui;{words.replace(';', ',')}\x07"
        case _:
            return ""
    if environ.get("TMUX"):
        told = "\x1bPtmux;" + told.replace("\x1b", "\x1b\x1b") + "\x1b\\"
    return told
