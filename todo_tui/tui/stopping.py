"""Ctrl+Z: the board stops, and its shell has the terminal until ``fg``.

Owns how a process stops as the terminal itself would stop it. Must not stop while this program may
hold a lock: agents would wait for as long as it stands still.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from typing import TYPE_CHECKING, Any

from textual.app import App, SuspendNotSupported

from todo_tui.errors import TodoError

if TYPE_CHECKING:
    from types import FrameType


def stop(app: App[Any]) -> None:
    """Stop until somebody has this process go on; then the screen is drawn anew.

    Raises TodoError (``usage``) where nobody could: no shell has started it.
    """
    gone_on = False
    if sys.platform != "win32":
        try:
            with app.suspend():
                gone_on = _stop()
        except SuspendNotSupported:
            pass
    if not gone_on:
        raise TodoError("usage", "no shell has started this board: nothing could bring it back")


if sys.platform != "win32":

    def _stop() -> bool:
        """Stop with what else is of this job; whether it was stopped."""
        gone_on = False

        def go_on(_number: int, _frame: FrameType | None) -> None:
            nonlocal gone_on
            gone_on = True

        heard = signal.signal(signal.SIGCONT, go_on)
        # What started it and waits for it stops, too. Where the job has no shell, the system
        # stops nobody: a signal that a handler of ours would not tell from others.
        taken = signal.signal(signal.SIGTSTP, signal.SIG_IGN)
        os.killpg(os.getpgrp(), signal.SIGTSTP)
        signal.signal(signal.SIGTSTP, signal.SIG_DFL)
        signal.pthread_kill(threading.get_ident(), signal.SIGTSTP)
        signal.signal(signal.SIGTSTP, taken)
        signal.signal(signal.SIGCONT, heard)
        return gone_on
