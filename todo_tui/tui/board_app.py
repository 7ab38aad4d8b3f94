"""The application: which files are open and which is in front, and where errors are said.

Owns the ways in and out. Must not know what a screen does with a file, or decide what is legal.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, Final

from textual import events
from textual._context import active_message_pump
from textual.await_complete import AwaitComplete
from textual.screen import Screen

from todo_tui.errors import TodoError
from todo_tui.storage.configuration import Configuration
from todo_tui.tui import keys
from todo_tui.tui.as_left import AsLeft
from todo_tui.tui.attending import Attending
from todo_tui.tui.board_screen import BoardScreen
from todo_tui.tui.hangup import ENDING, watch_for_hangup
from todo_tui.tui.keyboard import Keyboard
from todo_tui.tui.leaving import Leaving, asked_first
from todo_tui.tui.looks import Looks
from todo_tui.tui.messages import Copied, Delivered, TabClicked
from todo_tui.tui.notifying import Notifying
from todo_tui.tui.open_file import Beside, OpenFile
from todo_tui.tui.panel_sizes import PanelSizes
from todo_tui.tui.sparing_app import SparingApp
from todo_tui.tui.tabs import tab
from todo_tui.tui.view import Awaits, Holds, Shows

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Sequence
    from concurrent.futures import Future
    from pathlib import Path

    from textual.binding import BindingType
    from textual.filter import LineFilter

    from todo_tui.board.event import BoardEvent
    from todo_tui.board.transition import Actor, Transition
    from todo_tui.storage.remembered import Remembered
    from todo_tui.storage.snapshot import Commit, Snapshot
    from todo_tui.tui.app import Store
    from todo_tui.tui.clock import Clock
    from todo_tui.tui.commit_queue import Wanted
    from todo_tui.tui.view import View

_SLOW: Final = 1.0
"""Seconds after which a commit that is not finished is spoken of."""


_SOON: Final = 0.02
"""Seconds until it is looked again whether something is being written."""

_AS_SHIPPED: Final = Configuration()


class BoardApp(SparingApp):
    """The board of one file, or of several. ``first`` is the first read of the first one.

    ``beside`` are the others. ``opened`` is called when the first frame was drawn.
    """

    CSS_PATH = "app.tcss"
    TITLE = "todo-tui"
    DEFAULT_MODE = "file"
    ENABLE_COMMAND_PALETTE = False  # Textual's: ours cannot fail while it is being closed
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
        opened: Callable[[], None] | None = None,
        beside: Sequence[Beside] = (),
    ) -> None:
        self._remembered = remembered
        self._opened = opened
        self._looks = Looks(settings, remembered, os.environ)
        super().__init__(ansi_color=True if os.environ.get("NO_COLOR") else None)
        self._looks.begin(self)
        self._map_keys(settings)
        self._saved = settings.filters
        self._sizes = PanelSizes(remembered)
        self._clock = clock
        make = partial(OpenFile, actor=actor, front=self, clock=clock)
        others = [make(each.store, name=each.name, path=each.path) for each in beside]
        self.files = (make(store, name=name, path=path, first=first), *others)
        self._at = 0
        self._said: list[str] = []
        self._keyboard = Keyboard(self, super().on_event)
        self._notifying = Notifying(self, settings.notify, clock)
        self._leaving = Leaving(
            clock, pending=lambda: self._pending, ask=partial(asked_first, self), say=self._say,
            close=self.exit,
        )  # fmt: skip
        self._attending = Attending(
            self,
            clock,
            file=lambda: self.file,
            want=self._want,
            say=self._say,
            history=settings.history,
        )
        for number, file in enumerate(self.files if others else ()):
            self.add_mode(_mode(number), partial(self._board_of, file))

    @property
    def unwritten(self) -> TodoError | None:
        """What could not be written on the way out."""
        return self._leaving.unwritten

    @property
    def idle(self) -> bool:
        """Whether nothing is being read, found or written, and nothing waits to be painted."""
        return all(file.idle for file in self.files)

    @property
    def file(self) -> OpenFile:
        """The file in front."""
        return self.files[self._at]

    def get_default_screen(self) -> Screen[Any]:
        """The board, with the file in it where that was read already."""
        self.file.begin()
        return self._board_of(self.file)

    def _board_of(self, file: OpenFile) -> BoardScreen:
        want = partial(self._want, file)
        as_left = AsLeft(self._remembered, file.view.path, partial(self._say, refused=True))
        return BoardScreen(
            self._dressed(file), self._clock, want, self._saved, as_left, self._sizes
        )

    def on_mount(self) -> None:
        """Follow the files from the first frame on."""
        for number, file in enumerate(self.files):
            self.when_drawn(file.follow, f"follow {number}")
        self._clock.after(60 - self._clock.now().second, self._minute)
        self.call_after_refresh(self._begun)
        if not self.is_headless:
            loop = asyncio.get_running_loop()
            with contextlib.suppress(NotImplementedError):  # on Windows
                for number in ENDING:
                    loop.add_signal_handler(number, self._leaving.leave, 128 + number)
            watch_for_hangup(loop, self._leaving.leave, lambda: self._pending)

    def _begun(self) -> None:
        if self._opened is not None:
            self._opened()
        if self._remembered is not None:
            from todo_tui.tui import tour

            tour.begin(self, self._remembered)

    async def on_event(self, event: events.Event) -> None:
        """Have keys handed on one after the other."""
        if isinstance(event, events.Key | events.MouseDown) and not event.is_forwarded:
            self.file.back()
        self._notifying.see(event)
        held = self.mouse_captured
        if isinstance(event, events.Key) and event.key == "escape" and held is not None:
            holding = (each for each in held.ancestors_with_self if isinstance(each, Holds))
            if any(each.give_up() for each in holding):
                return
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded:
            await self._keyboard.press(event)
            return
        await super().on_event(event)

    def on_agents_wanted(self) -> None:
        """Find the agents for a screen that shows them."""
        self.file.supervising.look()

    def _want(self, file: OpenFile, asked: Wanted) -> None:
        """Have it written, after all that was wanted before."""
        if not self._leaving.under_way:
            file.commits.put(asked)
            self._clock.after(_SLOW, self._say_slow)

    def on_copied(self, message: Copied) -> None:
        """Put a text on the clipboard."""
        self.copy_to_clipboard(message.text.encode("utf-8", "replace").decode("utf-8"))
        self._say(f"copied {message.text}")

    async def on_delivered(self, message: Delivered) -> None:
        """Show the file as a commit left it, or why there was none; then keys may go on."""
        self._deliver(message)
        await self._keyboard.delivered()

    def _deliver(self, message: Delivered) -> None:
        file, result = message.file, message.result
        if not isinstance(result, BaseException):
            file.written(message.transition, result)
            if result.unwritten is not None:
                self.said(file, result.unwritten, refused=True)
        front = self.screen_stack if file is self.file else ()
        waiting = [it for it in front if isinstance(it, Awaits)]
        said = [it.delivered(message.transition, result) for it in waiting]
        match result:
            case TodoError() as error:
                if not any(said):
                    self.said(file, error.message, refused=True)
                file.failed(message.transition, error)
                self._leaving.delivered(error)
            case BaseException() as error:
                raise error
            case _:
                self._leaving.delivered()

    def shown(self, file: OpenFile) -> None:
        """Show a file that is in front, and of the others what their tabs tell."""
        if file is self.file or len(self.files) > 1:
            self._show()

    def said(self, file: OpenFile, words: str, *, refused: bool) -> None:
        """Say one line about a file."""
        named = words if file is self.file else f"{file.view.name}: {words}"
        self._say(named, refused=refused)

    def delivered(
        self, file: OpenFile, asked: Transition | None, result: Commit | BaseException
    ) -> None:
        """Have what came of a transition taken on the event loop's thread."""
        self.post_message(Delivered(file, asked, result))

    def when_painted(self, call: Callable[[], object]) -> None:
        """Call it when what is shown now is on the screen."""
        with self._context():  # whichever screen it was that had it asked for may be left
            self.call_after_refresh(call)

    def when_drawn(self, work: Callable[[], Coroutine[Any, Any, None]], name: str) -> None:
        """Have it done beside the screen, when what is shown now is on it."""
        self.when_painted(lambda: self.run_worker(work(), name=name))

    def wants_agents(self) -> bool:
        """Whether a screen shows the agents."""
        return any(getattr(screen, "wants_agents", False) for screen in self.screen_stack)

    def happened(self, file: OpenFile, new: Sequence[BoardEvent]) -> None:
        """Tell who looks elsewhere, as their settings ask for."""
        self._notifying.tell(new, file.view)

    async def action_file(self, by: int) -> None:
        """Bring the file ``by`` further right to the front."""
        if len(self.files) == 1:
            self._say("only one file is open: todo-tui A/TODO.md B/TODO.md opens several",
                      refused=True)  # fmt: skip
            return
        await self._bring((self._at + by) % len(self.files))

    async def on_tab_clicked(self, message: TabClicked) -> None:
        """Bring a file to the front."""
        await self._bring(message.index)

    async def _bring(self, number: int) -> None:
        self._at = number
        await self.switch_mode(_mode(number))
        self._show()

    def pop_screen(self) -> AwaitComplete:
        """Leave the screen that gave its answer, with what lies over it, else the one in front.

        What a screen hears after it was left leaves no other one.
        """
        heard = active_message_pump.get(None)
        stack = self.screen_stack
        if len(stack) < 2 or (isinstance(heard, Screen) and heard not in stack):
            return AwaitComplete()
        left = next((screen for screen in stack[1:] if _answered(screen)), self.screen)
        while self.screen is not left:
            super().pop_screen()
        return super().pop_screen()

    def action_stop(self) -> None:
        """Stop, and leave the terminal to the shell, once nothing may hold a lock."""
        if self._pending or any(file.supervising.busy for file in self.files):
            self._clock.after(_SOON, self.action_stop)
            return
        from todo_tui.tui.stopping import stop

        try:
            stop(self)
        except TodoError as error:
            self._say(error.message, refused=True)

    def action_interrupt(self) -> None:
        """Leave on the second time."""
        self._leaving.interrupt()

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

    async def action_palette(self) -> None:
        """Ask what is to be done, by its name."""
        from todo_tui.tui.palette import open_palette

        await open_palette(self)

    def action_command_line(self) -> None:
        """Ask for a command in words."""
        from todo_tui.tui.command_line import ask

        ask(self, self.file.view, self._said, partial(self._want, self.file))

    def keep_theme(self, name: str | None) -> None:
        """Remember a theme that was chosen, and say so."""
        if name is not None:
            try:
                self._say(self._looks.keep(name))
            except TodoError as error:
                self._say(error.message, refused=True)

    def action_begin(self) -> None:
        """Make the file, where there is none."""
        self.file.make(self._clock.now())

    async def action_quit(self) -> None:
        """Leave."""
        self._leaving.quit()

    def action_attention(self) -> None:
        """Walk through what needs the person, or go on doing so."""
        self._attending.walk()

    async def action_restore(self) -> None:
        """Put right what is selected."""
        await self._attending.restore()

    async def action_accept(self) -> None:
        """Leave what is selected as it is."""
        await self._attending.accept()

    def action_undo(self) -> None:
        """Undo the last thing that the person did."""
        self._attending.undo()

    @property
    def _pending(self) -> int:
        return sum(file.commits.pending for file in self.files)

    def _dressed(self, file: OpenFile) -> View:
        """A file's view with the tabs of all, where there are several."""
        if len(self.files) == 1:
            return file.view
        tabs = tuple(tab(each.view, here=each is file) for each in self.files)
        return file.view._replace(tabs=tabs)

    def _show(self) -> None:
        view = self._dressed(self.file)
        for screen in self.screen_stack:
            if isinstance(screen, Shows):
                if screen.is_mounted:
                    screen.show(view)
                else:  # it begins with the view of when it was made
                    screen.call_after_refresh(self._show)

    def _minute(self) -> None:
        """Tell all ages anew, once a minute."""
        now = self._clock.now()
        self._clock.after(60 - now.second, self._minute)
        for file in self.files:
            file.tell_ages()

    def _say(self, words: str, *, refused: bool = False) -> None:
        """Say one line on the screen that is in front, below a prompt if there is one."""
        for screen in reversed(self.screen_stack):
            if isinstance(screen, Shows):
                screen.say(words, refused=refused)
                return

    def _say_slow(self) -> None:
        if self._pending:
            self._say("waiting for the file: somebody else is writing")


def _answered(screen: Screen[Any]) -> bool:
    """Whether a screen was dismissed with an answer."""
    asked = screen._result_callbacks
    return bool(asked) and (future := asked[-1].future) is not None and future.done()


def _mode(number: int) -> str:
    return BoardApp.DEFAULT_MODE if number == 0 else f"file {number + 1}"
