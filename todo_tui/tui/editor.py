"""A person's own editor, opened on the file at a task's line.

Owns which editor that is, how it is told the line, and how the terminal is lent to it. Must not
hold a lock or a task: the file is followed meanwhile, and transitions are written.
"""

from __future__ import annotations

import asyncio
import contextlib
import shlex
import signal
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from textual.app import App, SuspendNotSupported

from todo_tui.errors import TodoError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_PLUS: Final = frozenset(
    {"vi", "vim", "nvim", "nvi", "ex", "view", "gvim", "elvis", "nano", "pico", "rnano", "emacs",
     "emacsclient", "micro", "kak", "joe", "jmacs", "jed", "ne", "mg", "zile", "mcedit"}
)  # fmt: skip
"""Editors that take ``+LINE FILE``."""

_COLON: Final = frozenset({"hx", "helix", "zed", "subl", "sublime_text", "lapce"})
"""Editors that take ``FILE:LINE``."""

_GOTO: Final = frozenset({"code", "code-insiders", "codium", "vscodium", "cursor", "windsurf"})
"""Editors that take ``--goto FILE:LINE``."""

_FLAG: Final = {"kate": "--line", "kwrite": "--line", "mate": "--line", "gedit": "", "xed": ""}
"""Editors that take the line in a way of their own; "" for ``+LINE``."""

_WAIT: Final = {"subl": "--wait", "zed": "--wait", "mate": "--wait", "gvim": "--nofork"}
"""What makes those wait that come back at once."""


def command(environ: Mapping[str, str], path: Path, line: int) -> list[str]:
    """The words that open the file at a line (from 1) in the person's editor, without a shell.

    ``VISUAL``, else ``EDITOR``, else vi. An editor that is not known is given the file alone.
    Raises TodoError (``usage``) where the variable cannot be split into words.
    """
    named = next(filter(str.strip, (environ.get(it, "") for it in ("VISUAL", "EDITOR"))), "vi")
    try:
        words = shlex.split(named)
    except ValueError as error:
        raise TodoError("usage", f"the editor {named} is no command: {error}") from error
    return [*words, *_place(Path(words[0]).name.removesuffix(".exe"), words, str(path), line)]


def _place(name: str, words: Sequence[str], path: str, line: int) -> list[str]:
    wait = [_WAIT[name]] if name in _WAIT and _WAIT[name] not in words else []
    if name in _GOTO:
        flags = [] if {"-w", "--wait"} & set(words) else ["--wait"]
        goto = [] if {"-g", "--goto"} & set(words) else ["--goto"]
        return [*flags, *goto, f"{path}:{line}"]
    if name in _COLON:
        return [*wait, f"{path}:{line}"]
    if _FLAG.get(name):
        return [*wait, _FLAG[name], str(line), path]
    if name in _PLUS or name in _FLAG:
        return [*wait, f"+{line}", path]
    return [path]


_lent: Final = threading.Lock()
"""Held while the terminal is lent: there is only one."""


async def edit(app: App[Any], words: Sequence[str]) -> None:
    """Lend the terminal to an editor until it is closed; the board is followed meanwhile.

    What was typed while it closed is thrown away: it would be keys of the board. Raises TodoError
    where the editor cannot be started, or the terminal not be lent.
    """
    failed: OSError | None = None
    code = 0
    if not _lent.acquire(blocking=False):
        return  # the key was pressed twice before the first was heard
    try:
        with app.suspend(), _as_it_was():
            # Nothing may be raised in here: the terminal would not come back.
            try:
                with _uninterrupted():
                    process = await asyncio.create_subprocess_exec(*words)
                    code = await process.wait()
            except OSError as error:
                failed = error
    except SuspendNotSupported:
        raise TodoError("usage", "this terminal cannot be lent to an editor") from None
    finally:
        _lent.release()
    if failed is not None:
        raise TodoError(
            "usage", f"{words[0]} cannot be started: {failed.strerror}; set VISUAL or EDITOR"
        )
    if code:
        raise TodoError("usage", f"{words[0]} {_ended(code)}")


def _ended(code: int) -> str:
    """How a process ended that was not well; a code below 0 is a signal."""
    if code > 0:
        return f"ended with the code {code}"
    try:
        return f"was ended by {signal.Signals(-code).name}"
    except ValueError:
        return f"was ended by the signal {-code}"


@contextlib.contextmanager
def _uninterrupted() -> Iterator[None]:
    """Ctrl+C is for the editor, which shares the terminal with us."""
    loop = asyncio.get_running_loop()
    with contextlib.suppress(NotImplementedError):
        loop.add_signal_handler(signal.SIGINT, lambda: None)
    try:
        yield
    finally:
        with contextlib.suppress(NotImplementedError):
            loop.remove_signal_handler(signal.SIGINT)


@contextlib.contextmanager
def _as_it_was() -> Iterator[None]:
    """Set the terminal as it was, whatever an editor that crashed has left; forget what was typed.

    The board restores on its way out what it finds when it comes back.
    """
    stream = sys.__stdin__
    if sys.platform == "win32" or stream is None or not stream.isatty():
        yield
        return
    import termios

    before = termios.tcgetattr(stream.fileno())
    try:
        yield
    finally:
        with contextlib.suppress(termios.error):  # the terminal may have gone
            termios.tcsetattr(stream.fileno(), termios.TCSAFLUSH, before)
