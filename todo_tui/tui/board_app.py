"""The application: what was read last, the watch, the one commit queue, and where errors are said.

Owns the view that all screens show, and how often it is painted. Must not know what a screen does
with it, or decide what is legal.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import os
import signal
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, ClassVar, Final

from textual import events
from textual.app import App

from todo_tui.errors import TodoError
from todo_tui.storage.configuration import Configuration
from todo_tui.tui import keys
from todo_tui.tui.board_screen import BoardScreen
from todo_tui.tui.commit_queue import CommitQueue
from todo_tui.tui.findings import Findings, find
from todo_tui.tui.looks import Looks
from todo_tui.tui.messages import Copied, Delivered
from todo_tui.tui.supervising import Supervising
from todo_tui.tui.view import Awaits, Shows, View

if TYPE_CHECKING:
    from collections.abc import Sequence
    from concurrent.futures import Future
    from pathlib import Path

    from textual.binding import BindingType
    from textual.command import Provider
    from textual.filter import LineFilter
    from textual.screen import Screen

    from todo_tui.board.board import Board
    from todo_tui.board.event import BoardEvent
    from todo_tui.board.transition import Actor
    from todo_tui.storage.remembered import Remembered
    from todo_tui.storage.todo_file import Commit, Snapshot
    from todo_tui.tui.app import Store
    from todo_tui.tui.clock import Clock, Timer
    from todo_tui.tui.commit_queue import Wanted
    from todo_tui.tui.supervision import Supervision

_BETWEEN_PAINTS: Final = 0.25
"""Seconds between two paints while changes keep coming; the first one is painted at once."""

_LEAVING: Final = 15.0
"""Seconds that unfinished commits are waited for on the way out."""

_AGAIN: Final = 4.0
"""Seconds in which a second Ctrl+C leaves."""

_SLOW: Final = 1.0
"""Seconds after which a commit that is not finished is spoken of."""


_AS_SHIPPED: Final = Configuration()

_UNWRITTEN: Final = frozenset({"disk", "locked"})
"""Codes of errors by which something that is legal was not written: it may be tried again."""


def _actions() -> type[Provider]:
    from todo_tui.tui.palette import Actions

    return Actions


class BoardApp(App[int]):
    """The board of one file. ``first`` is the first read of it, which may still be under way.

    ``unwritten`` says, after it was closed, what could not be written on the way out.
    """

    CSS_PATH = ["app.tcss", "forms.tcss"]  # noqa: RUF012 - as Textual declares it
    TITLE = "todo-tui"
    COMMANDS: ClassVar[set[Any]] = {_actions}
    BINDINGS: ClassVar[list[BindingType]] = [*keys.app_bindings()]

    def __init__(
        self,
        store: Store,
        actor: Actor,
        *,
        name: str,
        clock: Clock,
        first: Future[Snapshot],
        settings: Configuration = _AS_SHIPPED,
        remembered: Remembered | None = None,
        path: Path | None = None,
    ) -> None:
        self._looks = Looks(settings, remembered, os.environ)
        super().__init__(ansi_color=True if os.environ.get("NO_COLOR") else None)
        self._looks.begin(self)
        self._map_keys(settings)
        self.unwritten: TodoError | None = None
        self._store = store
        self._clock = clock
        self._first = first
        self._view = View(name, actor, clock.now(), Findings(), path=path)
        self._snapshot: Snapshot | None = None
        self._waiting: Snapshot | None = None
        self._between: Timer | None = None
        self._finding = False
        self._said: list[str] = []
        self._interrupted = False
        self._leaving = False
        self._code = 0
        self._commits = CommitQueue(
            store.commit, lambda asked, it: self.post_message(Delivered(asked, it))
        )
        self.supervising = Supervising(
            lambda: store.supervise(actor, clock.now),
            clock,
            tell=self._supervised,
            wants_agents=lambda: any(
                getattr(it, "wants_agents", False) for it in self.screen_stack
            ),
        )

    @property
    def idle(self) -> bool:
        """Whether nothing is being read, found or written, and nothing waits to be painted."""
        read = self._snapshot is not None or self._view.problem is not None
        waiting = self._finding or self._commits.pending or self._waiting is not None
        return read and not waiting and not self.supervising.busy

    def get_default_screen(self) -> Screen[Any]:
        """The board, with the file in it where that was read already."""
        if self._first.done() and self._first.exception() is None:
            self._take(self._first.result())
        return BoardScreen(self._view, self._clock, self._want)

    def on_mount(self) -> None:
        """Follow the file from the first frame on."""
        self.call_after_refresh(lambda: self.run_worker(self._follow(), name="follow"))
        self._clock.after(60 - self._clock.now().second, self._minute)
        if not self.is_headless:
            loop = asyncio.get_running_loop()
            for number in (signal.SIGTERM, signal.SIGHUP):
                loop.add_signal_handler(number, self._leave, 128 + number)

    async def on_event(self, event: events.Event) -> None:
        """Take Alt and a letter for what it is: Esc and, within a tenth of a second, the letter."""
        if isinstance(event, events.Key | events.MouseDown) and not event.is_forwarded:
            self._back()
        if (
            isinstance(event, events.Key)
            and not event.is_forwarded
            and event.key.startswith("alt+")
            and event.is_printable
        ):
            letter = events.Key(event.key.removeprefix("alt+"), event.character)
            await super().on_event(events.Key("escape", "\x1b"))
            self.call_after_refresh(self.post_message, letter)
            return
        if isinstance(event, events.Key) and event.is_forwarded and event.is_printable:
            # Pressed before the key that opened a line was answered: it belongs into the line.
            from textual.widgets import Input

            line = self.focused
            if isinstance(line, Input) and event.character is not None:
                line.insert_text_at_cursor(event.character)
                return
        await super().on_event(event)

    def on_agents_wanted(self) -> None:
        """Find the agents for a screen that shows them."""
        self.supervising.look()

    def _want(self, asked: Wanted) -> None:
        """Have it written, after all that was wanted before."""
        if not self._leaving:
            self._commits.put(asked)
            self._clock.after(_SLOW, self._say_slow)

    def on_copied(self, message: Copied) -> None:
        """Put a text on the clipboard."""
        self.copy_to_clipboard(message.text.encode("utf-8", "replace").decode("utf-8"))
        self._say(f"copied {message.text}")

    def on_delivered(self, message: Delivered) -> None:
        """Show the file as a commit left it, or why there was none."""
        if not isinstance(message.result, BaseException):
            self._written(message.result)
        waiting = [it for it in self.screen_stack if isinstance(it, Awaits)]
        said = [it.delivered(message.transition, message.result) for it in waiting]
        match message.result:
            case TodoError() as error:
                if not any(said):
                    self._say(error.message, refused=True)
                if error.code in _UNWRITTEN and message.transition is not None:
                    self.supervising.failed(message.transition, error)
                if self._leaving:
                    self.unwritten = error
            case BaseException() as error:
                raise error
        if self._leaving and not self._commits.pending:
            self.exit(self._code)

    def action_interrupt(self) -> None:
        """Leave on the second time."""
        if self._interrupted:
            self._leave()
            return
        self._interrupted = True
        self._clock.after(_AGAIN, self._forget_interrupt)
        self._say("Ctrl+C again to leave")

    def _map_keys(self, settings: Configuration) -> None:
        keys.put_in_force({})
        if settings.keys != _AS_SHIPPED.keys:
            from todo_tui.tui.keymap import remapped, textual_keymap

            wanted = remapped(settings)
            keys.put_in_force(wanted)
            self.set_keymap(textual_keymap(wanted))

    def get_line_filters(self) -> Sequence[LineFilter]:
        """What everything drawn passes: colours as Textual has them, contrast, characters."""
        return [*super().get_line_filters(), *self._looks.filters(self)]

    def action_theme(self) -> None:
        """Choose the colours."""
        from todo_tui.tui.theme_screen import ThemeScreen

        self.push_screen(ThemeScreen(sorted(self.available_themes), self.theme), self.keep_theme)

    def action_command_line(self) -> None:
        """Ask for a command in words."""
        from todo_tui.tui.command_line import ask

        ask(self, self._view, self._said, self._want)

    def keep_theme(self, name: str | None) -> None:
        """Remember a theme that was chosen, and say so."""
        if name is not None:
            try:
                self._say(self._looks.keep(name))
            except TodoError as error:
                self._say(error.message, refused=True)

    async def action_quit(self) -> None:
        """Leave."""
        self._leave()

    def _leave(self, code: int = 0) -> None:
        """Leave when all that was wanted is written; at the second call without waiting."""
        pending = self._commits.pending
        self._code = code
        if not pending:
            self.exit(code)
        elif self._leaving:
            self._give_up()
        else:
            self._leaving = True
            self._say(f"leaving when {_changes(pending)} to the file is written")
            self._clock.after(_LEAVING, self._give_up)

    def _give_up(self) -> None:
        words = f"left before {_changes(self._commits.pending)} to the file could be written"
        self.unwritten = TodoError("locked", f"{words}; look whether it was")
        self.exit(6)

    def _forget_interrupt(self) -> None:
        self._interrupted = False

    async def _follow(self) -> None:
        """Show the first read if it was not there in time, then what the watch sees."""
        if self._snapshot is None:
            try:
                self._paint(await asyncio.wrap_future(self._first))
            except TodoError as error:
                self._not_read(error)
        self._show(self._view._replace(live=True))
        self._look_closer()
        await self._supervise()
        self.call_after_refresh(_collect_again)
        async for seen in self._store.watch(self._snapshot):
            if isinstance(seen, TodoError):
                self._not_read(seen)
            else:
                await self._read(seen)

    async def _supervise(self) -> None:
        """Compare what is read from now on with what is there now."""
        with contextlib.suppress(TodoError):  # the watch says it, if it lasts
            first = await self.supervising.begin()
            if self._snapshot is None or first.data != self._snapshot.data:
                self._paint(first)

    async def _read(self, snapshot: Snapshot) -> None:
        """Paint what was read: at once, or after the last paint's pause."""
        self._well()
        if not self.supervising.begun:
            await self._supervise()
        shown = self._snapshot
        if shown is not None and snapshot.stamp.mtime_ns <= shown.stamp.mtime_ns:
            # Read before a commit of ours and seen after it, or an old file put in its place.
            try:
                snapshot = await asyncio.to_thread(self._store.read)
            except TodoError as error:
                self._not_read(error)
                return
        self.supervising.saw(snapshot)
        self._waiting = snapshot
        if self._between is None:
            self._paint_waiting()

    def _paint_waiting(self) -> None:
        snapshot, self._waiting, self._between = self._waiting, None, None
        if snapshot is not None:
            self._paint(snapshot)
            self._between = self._clock.after(_BETWEEN_PAINTS, self._paint_waiting)

    def _written(self, commit: Commit) -> None:
        if not commit.changed:
            self._say("nothing to do: the file says so already")
        self.supervising.written()
        at = commit.snapshot.stamp.mtime_ns
        if self._waiting is not None and self._waiting.stamp.mtime_ns <= at:
            self._waiting = None
        if self._snapshot is None or self._snapshot.stamp.mtime_ns <= at:
            self.supervising.saw(commit.snapshot, mine=True)
            self._paint(commit.snapshot)

    def _not_read(self, error: TodoError) -> None:
        """Say that the file cannot be read; the last board that could be stays."""
        missing = error.code == "no_file"
        gone = missing and self._snapshot is not None
        problem = "the file is gone" if gone else error.message
        self._show(self._view._replace(problem=problem, missing=missing and not gone))

    def _well(self) -> None:
        if self._view.problem is not None:
            self._show(self._view._replace(problem=None, missing=False))

    def _take(self, snapshot: Snapshot) -> None:
        """Make what was read the view, without showing it."""
        now = self._clock.now()
        wrote = datetime.fromtimestamp(snapshot.stamp.mtime_ns / 1e9, UTC)
        known = self._snapshot
        same = known is not None and known.data == snapshot.data
        board = self._view.board if same else snapshot.board
        self._snapshot = snapshot
        self._view = self._view._replace(board=board, wrote=wrote, now=now)

    def _paint(self, snapshot: Snapshot) -> None:
        self._take(snapshot)
        self._show(self._view)
        self._look_closer()

    def _show(self, view: View) -> None:
        self._view = view
        for screen in self.screen_stack:
            if isinstance(screen, Shows):
                screen.show(view)

    def _look_closer(self) -> None:
        """Find what takes a walk over the whole board, once the board is on the screen."""
        board = self._view.board
        if board is not None and not self._finding and board is not self._view.findings.board:
            self._finding = True
            self.call_after_refresh(lambda: self.run_worker(self._find(board), name="find"))

    async def _find(self, board: Board) -> None:
        """Find it on a thread of its own, beside the screen's."""
        found, known = await asyncio.to_thread(find, board), self._view.findings
        if found.by_task == known.by_task:
            found = found._replace(by_task=known.by_task)
        self._finding = False
        self._show(self._view._replace(findings=found))
        self._look_closer()

    def _back(self) -> None:
        """Remember that the person is there, and since when they were not."""
        if self.supervising.key():
            found = self._view.supervision._replace(away=self.supervising.away)
            self._show(self._view._replace(supervision=found))

    def _minute(self) -> None:
        """Tell all ages anew, once a minute."""
        now = self._clock.now()
        self._clock.after(60 - now.second, self._minute)
        self._show(self._view._replace(now=now))
        self.supervising.look()

    def _wants_agents(self) -> bool:
        return any(getattr(screen, "wants_agents", False) for screen in self.screen_stack)

    def _supervised(self, found: Supervision, _new: Sequence[BoardEvent]) -> None:
        """Show what is known beside the board."""
        known = self._view.supervision
        if found.by_task == known.by_task:
            found = found._replace(by_task=known.by_task)
        self._show(self._view._replace(supervision=found))

    def _say(self, words: str, *, refused: bool = False) -> None:
        """Say one line on the screen that is in front, below a prompt if there is one."""
        for screen in reversed(self.screen_stack):
            if isinstance(screen, Shows):
                screen.say(words, refused=refused)
                return

    def _say_slow(self) -> None:
        if self._commits.pending:
            self._say("waiting for the file: somebody else is writing")


def _collect_again() -> None:
    """Collect garbage from now on, but never look at what the start has made."""
    gc.freeze()
    gc.enable()


def _changes(number: int) -> str:
    return "the last change" if number == 1 else f"{number} changes"
