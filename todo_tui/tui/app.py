"""How the board is opened: the file on the disk, read while Textual is still being loaded.

Owns what the screens need of a file (``Store``) and the one that is on the disk. Nothing here
imports textual at its top, so that reading and loading go on side by side.
"""

from __future__ import annotations

import contextlib
import gc
import os
import sys
import threading
from concurrent.futures import Future
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from todo_tui.board.transition import Actor, Transition
    from todo_tui.errors import TodoError
    from todo_tui.storage.configuration import Configuration
    from todo_tui.storage.snapshot import Commit, Snapshot
    from todo_tui.tui.oversight import Oversight


class Store(Protocol):
    """A file with tasks, as the screens need it. All but ``watch`` may take their time."""

    def read(self) -> Snapshot:
        """The file now. Raises TodoError."""

    def commit(self, transition: Transition) -> Commit:
        """Make ``transition`` on the file as it is under the lock. Raises TodoError."""

    def watch(self, known: Snapshot | None, apart: float) -> AsyncIterator[Snapshot | TodoError]:
        """Each state of the file that differs from the one before, from ``known`` on.

        Of those that come within ``apart`` seconds the boards may be unread.

        A TodoError where it cannot be read and that lasts; what can be read after that follows
        even if it is the state from before.
        """

    def supervise(self, by: Actor, clock: Callable[[], datetime]) -> Oversight:
        """What there is to supervise from now on, by ``by``. Raises TodoError, as ``read`` does."""


def run(
    paths: Sequence[Path],
    actor: Callable[[], Actor],
    settings: Configuration,
    *,
    wait: float = 10.0,
    opened: Callable[[], None] | None = None,
) -> int | None:
    """Open the board of the files at ``paths`` in this terminal; returns when it is closed.

    ``actor`` is asked for when all is loaded. ``wait``: seconds to wait for the file's lock.
    ``opened`` is called when the board is on the screen.
    Returns the exit code; None where a defect ended it, of which the terminal says what.
    Raises TodoError for settings that cannot be, before anything is drawn, and where something that
    was asked for on the way out could not be written.
    """
    from todo_tui.storage.remembered import Remembered
    from todo_tui.tui.disk import DiskFile

    if os.environ.get("NO_COLOR") == "":
        del os.environ["NO_COLOR"]  # empty means unset: https://no-color.org; Textual disagrees
    gc.disable()  # until the first frame: nothing that is made on the way there is garbage
    limits = settings.thresholds
    stores = [
        DiskFile(path, wait=wait, history=settings.history, thresholds=limits) for path in paths
    ]
    first: Future[Snapshot] = Future()
    threading.Thread(target=_read, args=(stores[0], first), name="first read", daemon=True).start()
    from todo_tui.tui.board_app import BoardApp
    from todo_tui.tui.clock import SystemClock
    from todo_tui.tui.looks import monochrome
    from todo_tui.tui.open_file import Beside

    if monochrome(os.environ):
        os.environ["NO_COLOR"] = "1"
    names = ["/".join(path.absolute().parts[-2:]) for path in paths]
    app = BoardApp(
        stores[0],
        actor(),
        name=names[0],
        clock=SystemClock(),
        first=first,
        settings=settings,
        remembered=Remembered(os.environ),
        path=paths[0].absolute(),
        opened=opened,
        beside=[
            Beside(name, store, path.absolute())
            for name, store, path in zip(names, stores, paths, strict=True)
        ][1:],
    )
    with _drawn_on_stdout():
        code = app.run()
    for file in app.files:
        file.supervising.leave()
    if app.unwritten is not None:
        raise app.unwritten
    return None if code is None and app.return_code else code or 0


@contextlib.contextmanager
def _drawn_on_stdout() -> Iterator[None]:
    """Have Textual, which draws on stderr, draw where stdout goes if stderr goes elsewhere."""
    messages, out = sys.__stderr__, sys.__stdout__
    if out is None or (messages is not None and messages.isatty()):
        yield
        return
    with open(out.fileno(), "w", encoding="utf-8", errors="backslashreplace", closefd=False) as it:
        sys.__stderr__ = it  # type: ignore[misc]
        try:
            yield
        finally:
            sys.__stderr__ = messages  # type: ignore[misc]


def _read(store: Store, first: Future[Snapshot]) -> None:
    try:
        first.set_result(store.read())
    except BaseException as error:  # noqa: BLE001 - it is handed on, not swallowed
        first.set_exception(error)
