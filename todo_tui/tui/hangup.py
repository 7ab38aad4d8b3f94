"""The terminal went away: leave, and end whatever happens.

Owns noticing it. A signal does not always say so (none comes to a process that has no controlling
terminal), and a loop that waits to write to the terminal hears none; the reader of keys meanwhile
finds an end without end, which costs a whole processor. Must not write to the file.
"""

from __future__ import annotations

import os
import select
import signal
import sys
import threading
import time
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable

if sys.platform == "win32":
    ENDING: Final = (signal.SIGTERM, signal.SIGBREAK)
else:
    ENDING: Final = (signal.SIGTERM, signal.SIGHUP)
"""The signals by which others have the program leave."""

CODE: Final = 129
"""The exit code: 128 and the number of SIGHUP, as shells tell it."""

_ANSWER: Final = 1.0
"""Seconds after which a loop that was told of it and did nothing is taken to be stuck."""

_WRITING: Final = 15.0
"""Seconds that changes which were asked for are waited for."""

_CLOSING: Final = 3.0
"""Seconds that closing may take beyond that: what it writes to the terminal can get stuck, too."""


def watch_for_hangup(
    loop: asyncio.AbstractEventLoop, leave: Callable[[int], None], pending: Callable[[], int]
) -> None:
    """Have ``leave`` called in ``loop`` when the terminal is gone; end the process if that fails.

    ``pending`` is the number of changes that are not written yet. Only on Linux: elsewhere ``poll``
    does not know terminals, and the signal has to do.
    """
    screen = sys.__stderr__  # where Textual draws
    if sys.platform != "linux" or screen is None or not screen.isatty():
        return
    arguments = (screen.fileno(), loop, leave, pending)
    threading.Thread(target=_wait, args=arguments, name="hang-up", daemon=True).start()


def _wait(
    terminal: int,
    loop: asyncio.AbstractEventLoop,
    leave: Callable[[int], None],
    pending: Callable[[], int],
) -> None:
    terminals = [descriptor for descriptor in (1, 2) if os.isatty(descriptor)]
    poll = select.poll()
    poll.register(terminal, 0)
    if not any(event & select.POLLHUP for _, event in poll.poll()):
        return
    nothing = os.open(os.devnull, os.O_WRONLY)
    for descriptor in terminals:
        os.dup2(nothing, descriptor)  # so that what is still to be written ends nothing
    answered = threading.Event()

    def told() -> None:
        answered.set()
        leave(CODE)

    try:
        loop.call_soon_threadsafe(told)
    except RuntimeError:
        return  # closed: the board is on its way out already
    well = answered.wait(_ANSWER)
    end = time.monotonic() + _WRITING
    while pending() and time.monotonic() < end:
        time.sleep(0.05)
    if well:
        time.sleep(_CLOSING)
    os._exit(CODE)
