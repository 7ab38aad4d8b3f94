"""A program in a terminal that answers nothing, 160 cells by 50, and its bytes as they come."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

from tests.bench.rivals.tool import FailedError

if TYPE_CHECKING:
    from types import TracebackType

    from tests.bench.rivals.tool import Command

COLUMNS: Final = 160
ROWS: Final = 50
_QUIT_SECONDS: Final = 3.0
_KEPT: Final = 65536
"""Bytes of the stream that are searched; what is looked for is a word."""

_ESCAPES: Final = re.compile(rb"\x1b(\[[0-?]*[ -/]*[@-~]|[^\[])")


@dataclass(slots=True)
class Screen:
    """An open program. As a context manager it ends the program: by its key, then by force."""

    process: subprocess.Popen[bytes]
    tty: int
    quit_keys: bytes
    started: float
    _seen: bytes = b""

    @classmethod
    def open(cls, command: Command, quit_keys: bytes) -> Self:
        """Start a program. Raises FailedError where it cannot start."""
        ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        started = time.perf_counter()
        try:
            process = subprocess.Popen(
                command.argv,
                cwd=command.cwd,
                env=dict(command.env),
                preexec_fn=lambda: os.login_tty(theirs),
                pass_fds=(theirs,),
            )
        except OSError as error:
            os.close(ours)
            raise FailedError(f"{command.argv[0]}: {error}") from error
        finally:
            os.close(theirs)
        return cls(process, ours, quit_keys, started)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        family = _family(self.process.pid)
        if self.process.poll() is None:
            with contextlib.suppress(OSError):
                os.write(self.tty, self.quit_keys)
            self._read_until_end(time.perf_counter() + _QUIT_SECONDS)
        if self.process.poll() is None:
            for pid in family:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
        self.process.wait()
        os.close(self.tty)

    def find(self, what: re.Pattern[bytes], seconds: float) -> tuple[re.Match[bytes], float] | None:
        """The first match in what comes from now on, and when it was there by ``perf_counter``.

        None where nothing matched in time. Raises FailedError where the program ends before.
        """
        self._seen = b""
        deadline = time.perf_counter() + seconds
        while (left := deadline - time.perf_counter()) > 0:
            data = self._read(left)
            now = time.perf_counter()
            if data is None:
                raise FailedError(f"the board ended by itself: {_last_words(self._seen)}")
            self._seen = self._seen[-_KEPT:] + data
            if found := what.search(self._seen):
                return found, now
        return None

    def settle(self, quiet: float, at_most: float) -> None:
        """Read until nothing came for ``quiet`` seconds, or ``at_most`` have passed."""
        deadline = time.perf_counter() + at_most
        while time.perf_counter() < deadline:
            if not self._read(quiet):
                return

    def peak_bytes(self) -> int | None:
        """The most memory that the program and its children held, added; None without /proc."""
        return peak_bytes(self.process.pid)

    def _read(self, seconds: float) -> bytes | None:
        """What came, empty where nothing did in time; None at the end of the program."""
        if not select.select([self.tty], [], [], seconds)[0]:
            return b""
        try:
            return os.read(self.tty, 65536) or None
        except OSError:
            return None

    def _read_until_end(self, deadline: float) -> None:
        while (left := deadline - time.perf_counter()) > 0 and self.process.poll() is None:
            if self._read(min(left, 0.05)) is None:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    self.process.wait(max(0.0, deadline - time.perf_counter()))
                return


def peak_bytes(pid: int) -> int | None:
    """The peaks of resident memory of a process and its descendants, added.

    Pages that they share are counted in each. The peak that ``wait4`` gives is not used: it starts
    at the size of the process that forked.
    """
    peaks = [_peak(each) for each in _family(pid)]
    known = [peak for peak in peaks if peak is not None]
    return sum(known) if known else None


def _peak(pid: int) -> int | None:
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return None
    for line in status.splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024
    return None


def _family(pid: int) -> list[int]:
    """A process and its descendants; itself alone where there is no /proc."""
    parents: dict[int, int] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            after_name = stat.read_text(errors="replace").rpartition(")")[2].split()
            parents[int(stat.parent.name)] = int(after_name[1])
    family = [pid]
    for member in family:
        family += [child for child, parent in parents.items() if parent == member]
    return family


def _last_words(seen: bytes) -> str:
    """The last line that a program wrote, without its escape sequences."""
    lines = _ESCAPES.sub(b"", seen).decode("ascii", errors="ignore").split("\n")
    return next((line.strip()[:200] for line in reversed(lines) if line.strip()), "nothing")
