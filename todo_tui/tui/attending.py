"""What a person does about what needs them: walk through it, put it right, accept it, undo.

Owns the way from a key to the requests that are wanted, and the question before. Must not know how
a thing is put right (``remedy``), or found (``oversight``).
"""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

from todo_tui.errors import TodoError
from todo_tui.shown import shown
from todo_tui.tui.view import Opens, Picks

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import App

    from todo_tui.board.attention import Item
    from todo_tui.board.request import Restore
    from todo_tui.tui.clock import Clock
    from todo_tui.tui.commit_queue import Wanted
    from todo_tui.tui.open_file import OpenFile


class Says(Protocol):
    """Says one line; ``refused`` where something did not happen."""

    def __call__(self, words: str, *, refused: bool = False) -> None:
        """Say it."""


class Attending:
    """Does what is asked for about what is selected on the screen in front of ``app``.

    ``file`` gives the one in front, ``want`` has something written to one. ``history``: whether
    session history entries are written.
    """

    def __init__(
        self,
        app: App[Any],
        clock: Clock,
        *,
        file: Callable[[], OpenFile],
        want: Callable[[OpenFile, Wanted], None],
        say: Says,
        history: bool,
    ) -> None:
        self._app = app
        self._clock = clock
        self._file = file
        self._want = want
        self._say = say
        self._history = history

    def walk(self) -> None:
        """Show what needs the person, or the next thing that does."""
        file = self._file()
        if not file.view.supervision.items:
            self._say("nothing needs you", refused=True)
            return
        from todo_tui.tui.walk_screen import WalkScreen

        screen = self._app.screen
        if not isinstance(screen, WalkScreen):
            back = screen.point if isinstance(screen, Opens) else None
            self._app.push_screen(
                WalkScreen(file.view, self._clock, partial(self._want, file)), back
            )
        elif not screen.next():
            screen.action_back()
            self._app.call_later(self._say, "that was all that needs you")

    async def restore(self) -> None:
        """Put right what is selected, once the person has seen the change."""
        item, file = self._picked, self._file()
        view = file.view
        if item is None or item.need not in ("violation", "failed") or view.board is None:
            self._say("no rule was broken here", refused=True)
            return
        if item.need == "failed":
            for failed in file.supervising.take_unwritten():
                self._want(file, failed.transition)
            return
        from todo_tui.board import remedy
        from todo_tui.tui.concern import headline, remedy_of
        from todo_tui.tui.proposal import Proposal

        requests = [
            request for event in item.events for request in remedy.requests(event, view.actor)
        ]
        try:
            # What was broken is told as soon as it is seen, the board may be painted later.
            diff = await asyncio.to_thread(self._preview, file, requests)
        except TodoError as error:
            self._say(error.message, refused=True)
            return
        if not diff:
            self._say("the file says already what it should: accept it with X", refused=True)
            return

        def answered(yes: bool | None) -> None:
            for request in requests if yes else ():
                self._want(file, request)

        you = view.actor.name
        number = len(item.refs)
        which = f"{number:,} tasks" if number > 1 else "".join(map(shown, item.refs))
        title = f"{which} {headline(item, you, view.now)}: {remedy_of(item, you)}?".lstrip()
        self._app.push_screen(Proposal(title, diff), answered)

    async def accept(self) -> None:
        """Leave what is selected as it is."""
        item = self._picked
        if item is None or item.need != "violation":
            self._say("no rule was broken here", refused=True)
            return
        try:
            await self._file().supervising.accept(item.events)
        except TodoError as error:
            self._say(error.message, refused=True)
            return
        self._say(f"accepted: {item.word.replace('_', ' ')} {' '.join(item.refs[:3])}".rstrip())

    def undo(self) -> None:
        """Undo the last thing that the person did; it is found when its turn has come."""
        file = self._file()
        self._want(file, file.supervising.undo)

    @property
    def _picked(self) -> Item | None:
        screen = self._app.screen
        return screen.picked if isinstance(screen, Picks) else None

    def _preview(self, file: OpenFile, requests: list[Restore]) -> tuple[str, ...]:
        """What would be changed in the file as it is now. Raises TodoError."""
        from todo_tui.board import remedy

        board, now = file.read().board, self._clock.now()
        found: tuple[str, ...] = ()
        for request in requests:
            found += remedy.preview(board, request, now, history=self._history)
        return found
