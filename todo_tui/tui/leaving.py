"""The way out: not before all that was wanted is written, unless the person insists.

Owns when the board is closed, and what could not be written until then. Must not write anything.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from todo_tui.errors import TodoError
from todo_tui.tui.dialog import Dialog

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import App

    from todo_tui.tui.clock import Clock

_LEAVING: Final = 15.0
"""Seconds that unfinished commits are waited for on the way out."""

_AGAIN: Final = 4.0
"""Seconds in which a second Ctrl+C leaves."""


class Leaving:
    """Closes the board by ``close``, which is given the exit code.

    ``pending`` is the number of changes that are not written yet. ``ask`` asks the person first,
    where that is needed, and has the function called at a yes. ``under_way``: nothing more is
    taken on. ``unwritten`` says, after the board was closed, what could not be written.
    """

    def __init__(
        self,
        clock: Clock,
        *,
        pending: Callable[[], int],
        ask: Callable[[Callable[[], None]], bool],
        say: Callable[[str], None],
        close: Callable[[int], None],
    ) -> None:
        self._clock = clock
        self._pending = pending
        self._ask = ask
        self._say = say
        self._close = close
        self._interrupted = False
        self._code = 0
        self.under_way = False
        self.unwritten: TodoError | None = None

    def interrupt(self) -> None:
        """Leave on the second time."""
        if self._interrupted:
            self._interrupted = False
            self.quit()
            return
        self._interrupted = True
        self._clock.after(_AGAIN, self._forget_interrupt)
        self._say("Ctrl+C again to leave")

    def quit(self) -> None:
        """Leave, unless that has to be asked first."""
        if not self._ask(self.leave):
            self.leave()

    def leave(self, code: int = 0) -> None:
        """Leave when all that was wanted is written; at the second call without waiting."""
        pending = self._pending()
        self._code = code
        if not pending:
            self._close(code)
        elif self.under_way:
            self._give_up()
        else:
            self.under_way = True
            verb = "is" if pending == 1 else "are"
            self._say(f"leaving when {_changes(pending)} to the file {verb} written")
            self._clock.after(_LEAVING, self._give_up)

    def delivered(self, error: TodoError | None = None) -> None:
        """A change was written, or it could not be because of ``error``."""
        if not self.under_way:
            return
        if error is not None:
            self.unwritten = error
        if not self._pending():
            self._close(self._code)

    def _give_up(self) -> None:
        words = f"left before {_changes(self._pending())} to the file could be written"
        self.unwritten = TodoError("locked", f"{words}; look whether it was")
        self._close(6)

    def _forget_interrupt(self) -> None:
        self._interrupted = False


def asked_first(app: App[int], leave: Callable[[], None]) -> bool:
    """Ask whether what was typed into an open form may go; False where nothing was.

    Whoever wants to leave while that is asked has answered.
    """
    from todo_tui.tui.confirm import Confirm

    typed = any(screen.typed for screen in app.screen_stack if isinstance(screen, Dialog))
    if not typed or isinstance(app.screen, Confirm):
        return False
    question = "leave, and throw away what you typed?"
    answered = Confirm(question, yes="leave", no="go on")
    app.push_screen(answered, lambda yes: leave() if yes else None)
    return True


def _changes(number: int) -> str:
    return "the last change" if number == 1 else f"{number} changes"
