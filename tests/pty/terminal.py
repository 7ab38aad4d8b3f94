"""A program in a real terminal: a pseudo terminal whose screen pyte draws.

Nothing sleeps: whatever is waited for is waited for on the terminal's own output, with a limit.
"""

from __future__ import annotations

import fcntl
import os
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from typing import TYPE_CHECKING, Final

import pyte

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path
    from types import TracebackType

LIMIT: Final = 20.0
"""Seconds after which something that was waited for is given up."""

_MODES: Final = {1000: "mouse", 1003: "mouse moves", 1006: "mouse in cells", 1004: "focus",
                 1049: "alternate screen", 2004: "bracketed paste", 25: "cursor"}  # fmt: skip
"""The private modes that a board may set, and what they are."""


class Terminal:
    """A terminal of ``columns`` by ``rows`` cells with a program in it.

    ``sent`` are all bytes that the program wrote. The program's environment is ``environ`` over a
    plain one, so that nothing of the developer's terminal gets into a test.
    """

    def __init__(
        self,
        argv: Sequence[str],
        *,
        columns: int = 80,
        rows: int = 24,
        environ: Mapping[str, str] | None = None,
        directory: Path | None = None,
    ) -> None:
        self._ours, theirs = os.openpty()
        _resize(theirs, columns, rows)
        self._theirs = theirs  # kept open, so that its state can be looked at to the end
        self.before = termios.tcgetattr(theirs)
        self.sent = b""
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        kept = ("PATH", "HOME", "LANG", "LC_ALL", "PYTHONPATH", "TMPDIR", "COVERAGE_PROCESS_START",
                "XDG_CONFIG_HOME", "XDG_STATE_HOME")  # fmt: skip
        plain = {name: os.environ[name] for name in kept if name in os.environ}
        plain |= {"TERM": "xterm-256color", "COLORTERM": "truecolor", "TZ": "UTC"}
        self.process = subprocess.Popen(
            argv,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env={**plain, **(environ or {})},
            cwd=directory,
            start_new_session=True,
        )

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        self.hang_up()
        os.close(self._theirs)

    def hang_up(self) -> None:
        """Go away, as a terminal does whose window is closed."""
        if self._ours >= 0:
            os.close(self._ours)
            self._ours = -1

    @property
    def keyboard(self) -> int:
        """The file descriptor at which a person sits."""
        return self._ours

    @property
    def text(self) -> str:
        """The rows of the screen without their trailing blanks."""
        return "\n".join(line.rstrip() for line in self.screen.display)

    def press(self, keys: str | bytes) -> None:
        """Send these keys, as a terminal does."""
        os.write(self._ours, keys.encode() if isinstance(keys, str) else keys)

    def resize(self, columns: int, rows: int) -> None:
        """Make the terminal another size."""
        self.screen.resize(rows, columns)
        _resize(self._theirs, columns, rows)
        os.killpg(self.process.pid, signal.SIGWINCH)

    def wait_for(self, wanted: str | Callable[[Terminal], bool], *, limit: float = LIMIT) -> None:
        """Read what the program writes until ``wanted`` is on the screen, or is true.

        Raises AssertionError with the screen where that takes longer than ``limit`` seconds, or the
        program ends before.
        """
        end = time.monotonic() + limit
        while not self._holds(wanted):
            if not self._read(end - time.monotonic()):
                if self._holds(wanted):
                    return
                raise AssertionError(f"waited in vain for {wanted!r}; the screen:\n{self.text}")

    def wait_for_exit(self, *, limit: float = LIMIT) -> int:
        """Read until the program ends; its exit code."""
        end = time.monotonic() + limit
        while self.process.poll() is None:
            if time.monotonic() > end:
                raise AssertionError(f"the program did not end; the screen:\n{self.text}")
            self._read(0.05)
        while self._read(0):
            pass
        return self.process.returncode

    def drain(self, seconds: float) -> bool:
        """Read what there is, waiting at most so long; whether there was anything."""
        found = self._read(seconds)
        while found and self._read(0):
            pass
        return found

    def skip(self, seconds: float) -> bytes:
        """What the program writes, at the latest after so long; none of it is drawn."""
        if not select.select([self._ours], [], [], max(0.0, seconds))[0]:
            return b""
        return os.read(self._ours, 65536)

    def modes_on(self) -> set[str]:
        """Which of the modes that a board may set are set now; a hidden cursor counts as one."""
        on: set[str] = set()
        for number, name in _MODES.items():
            set_at = self.sent.rfind(b"\x1b[?%dh" % number)
            reset_at = self.sent.rfind(b"\x1b[?%dl" % number)
            if number == 25:
                set_at, reset_at = reset_at, set_at
            if set_at > reset_at:
                on.add(name if number != 25 else "hidden cursor")
        return on

    def settings(self) -> list[object]:
        """The terminal's settings as termios has them."""
        return termios.tcgetattr(self._theirs)

    def _holds(self, wanted: str | Callable[[Terminal], bool]) -> bool:
        return wanted in self.text if isinstance(wanted, str) else wanted(self)

    def _read(self, seconds: float) -> bool:
        """Read what is there, waiting at most so long; whether there was anything."""
        if seconds < 0 or not select.select([self._ours], [], [], seconds)[0]:
            return False
        data = os.read(self._ours, 65536)
        self.sent += data
        self._stream.feed(data)
        return True


def python(*arguments: str) -> list[str]:
    """The command line of this Python."""
    return [sys.executable, *arguments]


def _resize(terminal: int, columns: int, rows: int) -> None:
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
