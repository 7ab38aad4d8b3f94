"""One monkey: what it does at the terminal, what others do to the file, and the verdict."""

from __future__ import annotations

import contextlib
import random
import re
import signal
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from tests.monkey import oracle
from tests.pty.terminal import Terminal, python
from todo_tui.board.next_task import next_for
from todo_tui.board.transition import Actor, Block, Claim, Finish, Release, Start
from todo_tui.cli.exit_code import REFUSED
from todo_tui.errors import TodoError
from todo_tui.storage.todo_file import TodoFile
from todo_tui.tui.keys import KEYS

if TYPE_CHECKING:
    from pathlib import Path

_SENT: Final = {
    "enter": "\r", "escape": "\x1b", "tab": "\t", "shift+tab": "\x1b[Z", "space": " ",
    "up": "\x1b[A", "down": "\x1b[B", "right": "\x1b[C", "left": "\x1b[D", "home": "\x1b[H",
    "end": "\x1b[F", "pagedown": "\x1b[6~", "pageup": "\x1b[5~", "delete": "\x1b[3~",
    "backspace": "\x7f", "f1": "\x1bOP", "shift+right": "\x1b[1;2C", "shift+left": "\x1b[1;2D",
    "shift+up": "\x1b[1;2A", "shift+down": "\x1b[1;2B", "ctrl+up": "\x1b[1;5A",
    "ctrl+down": "\x1b[1;5B", "question_mark": "?", "greater_than_sign": ">",
    "less_than_sign": "<", "colon": ":", "slash": "/", "left_square_bracket": "[",
    "right_square_bracket": "]", "comma": ",", "full_stop": ".", "minus": "-", "apostrophe": "'",
    "exclamation_mark": "!", "asterisk": "*", "plus": "+", "equals_sign": "=", "semicolon": ";",
    "underscore": "_", "number_sign": "#", "at": "@",
}  # fmt: skip
"""What a terminal sends for the keys that are no single character."""

_LEAVES: Final = frozenset({"program.close", "program.interrupt", "program.quit"})

_WORDS: Final = (
    "the bank says no", "Ünïcödé 漢字 😀", "x: [y] {z} # q", '"quoted"', "'", "- a: b",
    "is:ready", "@eng-1", "claim TASK_003", "done", "filter -is:done", "go TASK_010", "nonsense",
    "theme nord", "sort agent", "add Something --priority high", "release --reason because",
    "!high age>1h", "\\", "[/] [bold]x[/bold]", "%s {0}", "a" * 90,
)  # fmt: skip
"""What is typed into lines and forms."""

_WIDE: Final = (160, 40)
"""Columns and rows in which the header says all."""

AGENTS: Final = ("eng-1@a", "eng-2@b", "qa@c")


def sent_for(name: str) -> str | None:
    """What a terminal sends for a key, by Textual's name of it; None where we do not know."""
    if len(name) == 1:
        return name
    if name.startswith("ctrl+") and len(name) == 6 and name[-1].isalpha():
        return chr(ord(name[-1]) - ord("a") + 1)
    return _SENT.get(name)


@dataclass
class Report:
    """What a monkey did, and what was found. ``problems``: empty where all was well."""

    seed: int
    keys: int = 0
    clicks: int = 0
    resizes: int = 0
    outside: int = 0
    starts: int = 0
    states: int = 0
    lines: int = 0
    problems: list[str] = field(default_factory=list)

    def text(self) -> str:
        """In a line, and the problems below it."""
        said = (
            f"seed {self.seed}: {self.keys} keys, {self.clicks} clicks and drags, "
            f"{self.resizes} resizes, {self.outside} outside edits, {self.starts} starts, "
            f"{self.states} states of the file, {self.lines} lines of history, "
            f"{len(self.problems)} problems"
        )
        return "\n".join([said, *self.problems])


def _is_left(terminal: Terminal) -> bool:
    """Whether the board ended well: a change that was refused while it was left is told."""
    code = terminal.process.poll()
    return code == 0 or (code == REFUSED and "todo-tui: " in terminal.text)


def _until_quiet(terminal: Terminal, seconds: float) -> None:
    """Read until nothing comes for so long."""
    while terminal.process.poll() is None and terminal.drain(seconds):
        pass


def _needs(terminal: Terminal) -> int:
    """How many things need the person, as the board says."""
    found = re.search(r"([0-9,]+) needs? you", terminal.text)
    return int(found[1].replace(",", "")) if found else 0


def _stack(terminal: Terminal) -> str:
    """Where the program stands, by its own fault handler."""
    at = len(terminal.sent)
    if terminal.process.poll() is None:
        terminal.process.send_signal(signal.SIGABRT)
        while terminal.drain(1):
            pass
    return terminal.sent[at:].decode("utf-8", "replace")


class Monkey:
    """A monkey with a seed, at a board of a file in ``folder``, for so many seconds."""

    def __init__(self, folder: Path, seed: int) -> None:
        self._random = random.Random(seed)
        self._path = folder / "TODO.md"
        self._path.write_bytes(oracle.BEFORE)
        (folder / ".git").mkdir()
        self._environ = {"EDITOR": "true", "VISUAL": "", "XDG_STATE_HOME": str(folder / "state")}
        self._last = b""
        self._number = 500
        self._pressed: list[str] = []
        self.report = Report(seed)
        self._keys = [
            (sent, key.id in _LEAVES)
            for key in KEYS
            for name in key.keys
            if (sent := sent_for(name)) is not None
        ]

    def play(self, seconds: float) -> Report:
        """Play for so long, or until something is wrong."""
        end = time.monotonic() + seconds
        while time.monotonic() < end and not self.report.problems:
            self._sit_down(end)
        self._look(final=True)
        return self.report

    def _sit_down(self, end: float) -> None:
        """Open the board, and play until it is left or the time is over."""
        self.report.starts += 1
        argv = python("-X", "faulthandler", "-m", "todo_tui", str(self._path), "--as", "monkey")
        with Terminal(argv, columns=100, rows=30, environ=self._environ) as terminal:
            try:
                terminal.wait_for("live")
                while time.monotonic() < end and terminal.process.poll() is None:
                    self._step(terminal)
                    terminal.drain(0.01)
                    self._look()
                    if self.report.problems:
                        break
                self._watch(terminal)
                self._stand_up(terminal)
            except (AssertionError, OSError) as error:
                if not _is_left(terminal):
                    self._wrong(f"{error}\n{_stack(terminal)}")
            if terminal.process.poll() is not None and not _is_left(terminal):
                self._wrong(f"the board ended with {terminal.process.poll()}:\n{terminal.text}")
            if b"Traceback" in terminal.sent:
                at = terminal.sent.index(b"Traceback")
                self._wrong(terminal.sent[at : at + 4000].decode("utf-8", "replace"))

    def _watch(self, terminal: Terminal) -> None:
        """Nobody types any more: what others do, and a rule that they break, is told all the same.

        That is over when somebody puts the file back as it was.
        """
        for _ in range(4):
            terminal.press("\x1b")
            _until_quiet(terminal, 0.2)
            if "throw away what you typed" in terminal.text:
                terminal.press("y")
                _until_quiet(terminal, 0.2)
        if terminal.process.poll() is not None:
            return
        if (terminal.screen.columns, terminal.screen.lines) != _WIDE:
            terminal.resize(*_WIDE)
            _until_quiet(terminal, 0.2)
        file, somebody = TodoFile(self._path), Actor("zed")
        if (task := next_for(file.read().board, "zed")) is not None:
            file.commit(Claim(task.ref, somebody))
            terminal.wait_for(f"zed claimed {task.ref}")
            file.commit(Release(task.ref, somebody))
            terminal.wait_for(f"zed released {task.ref}")
        before, data = _needs(terminal), self._path.read_bytes()
        self._put(data.replace(b"  status: todo\n", b"  status: in_progress\n", 1))
        terminal.wait_for(lambda it: _needs(it) > before)
        self._put(data)

    def _stand_up(self, terminal: Terminal) -> None:
        """Leave the board from wherever it is."""
        for attempt in range(30):
            if terminal.process.poll() is not None:
                break
            quiet = 0.15 + 0.05 * attempt  # a busy machine answers late
            terminal.press("\x1b")
            _until_quiet(terminal, quiet)
            if "throw away what you typed" in terminal.text:
                terminal.press("y")
                _until_quiet(terminal, quiet)
            terminal.press("\x11")
            _until_quiet(terminal, quiet)
        code = terminal.wait_for_exit()
        if not _is_left(terminal):
            self._wrong(f"the board ended with {code}:\n{terminal.text}")
        elif terminal.modes_on() or terminal.settings() != terminal.before:
            self._wrong(f"the terminal was left in {terminal.modes_on()}")

    def _step(self, terminal: Terminal) -> None:
        dice = self._random.random()
        if dice < 0.72:
            for _ in range(self._random.randint(1, 6)):
                sent, leaves = self._random.choice(self._keys)
                if not leaves or self._random.random() < 0.1:
                    self._press(terminal, sent)
                if sent == "E":
                    self._edited(terminal)
        elif dice < 0.80:
            self._press(terminal, self._random.choice(_WORDS))
            self._press(terminal, self._random.choice(("\r", "\t", "\x1b", "\r", "\x13")))
        elif dice < 0.84:
            self._press(terminal, self._random.choice(list(_SENT.values())))
        elif dice < 0.90:
            self._mouse(terminal)
        elif dice < 0.93:
            self._resize(terminal)
        else:
            self._outside()

    def _press(self, terminal: Terminal, sent: str) -> None:
        self.report.keys += 1
        self._pressed.append(sent)
        terminal.press(sent)

    def _edited(self, terminal: Terminal) -> None:
        """Wait until an editor that was opened, if one was, has given the terminal back.

        Until then what is typed belongs to the terminal, which Ctrl+S would stop.
        """
        while terminal.drain(0.3):
            pass
        if terminal.process.poll() is None:
            terminal.wait_for(
                lambda it: "alternate screen" in it.modes_on() or it.process.poll() is not None
            )

    def _mouse(self, terminal: Terminal) -> None:
        """A click, a double-click, a turn of the wheel, or a drag: as SGR reports."""
        columns, rows = terminal.screen.columns, terminal.screen.lines
        pick = self._random.randint
        x, y = pick(1, columns), pick(1, rows)
        to_x, to_y = pick(1, columns), pick(1, rows)
        press, release = f"\x1b[<0;{x};{y}M", f"\x1b[<0;{x};{y}m"
        moves = "".join(
            f"\x1b[<32;{x + (to_x - x) * step // 4};{y + (to_y - y) * step // 4}M"
            for step in range(1, 5)
        )
        sent = self._random.choice(
            (
                press + release,
                (press + release) * 2,
                f"\x1b[<65;{x};{y}M" * 3,
                f"\x1b[<64;{x};{y}M" * 3,
                f"\x1b[<35;{x};{y}M",
                f"{press}{moves}\x1b[<0;{to_x};{to_y}m",
                f"{press}{moves}\x1b",
            )
        )
        self.report.clicks += 1
        self._pressed.append(sent)
        terminal.press(sent)

    def _resize(self, terminal: Terminal) -> None:
        """Another size: the board must draw again, so this tells whether it still lives."""
        self.report.resizes += 1
        while terminal.drain(0.05):
            pass
        before = len(terminal.sent)
        columns, rows = terminal.screen.columns, terminal.screen.lines
        while (columns, rows) == (terminal.screen.columns, terminal.screen.lines):
            columns, rows = self._random.randint(20, 220), self._random.randint(6, 60)
        self._pressed.append(f"<{columns}x{rows}>")
        terminal.resize(columns, rows)
        terminal.wait_for(lambda it: len(it.sent) > before or it.process.poll() is not None)

    def _outside(self) -> None:
        """Somebody else changes the file: an agent by the rules, or an editor around them."""
        self.report.outside += 1
        if self._random.random() < 0.6:
            self._agent()
        else:
            self._editor()

    def _agent(self) -> None:
        actor = Actor(self._random.choice(AGENTS))
        file = TodoFile(self._path)
        with contextlib.suppress(TodoError):
            task = self._random.choice(file.read().board.tasks)
            match self._random.randint(0, 4):
                case 0:
                    file.commit(Claim(task.ref, actor))
                case 1:
                    file.commit(Start(task.ref, actor))
                case 2:
                    file.commit(Finish(task.ref, actor))
                case 3:
                    file.commit(Release(task.ref, actor))
                case _:
                    file.commit(Block(task.ref, actor, reason="waits"))

    def _editor(self) -> None:
        data = self._path.read_bytes()
        fence = data.index(b"```\n", data.index(b"```yaml") + 7)
        self._number += 100  # what the board adds meanwhile has the numbers in between
        item = f'- TASK_{self._number}: "From outside {self._number}"\n  status: todo\n'.encode()
        changed = self._random.choice(
            (
                data[:fence] + item + data[fence:],
                data.replace(b"Kept: prose", b"Kept: prose", 1) + b"\n",
                data.replace(b'"Task number', b'"Task numbered', 1),
                data.replace(b"priority: low", b"priority: high", 1),
            )
        )
        if self._path.read_bytes() != data:
            return
        if self._random.random() < 0.5:
            self._put(changed)
        else:
            self._path.write_bytes(changed)

    def _put(self, data: bytes) -> None:
        """Put another file in the place of the one, as editors do."""
        beside = self._path.with_suffix(".tmp")
        beside.write_bytes(data)
        beside.replace(self._path)

    def _look(self, *, final: bool = False) -> None:
        """Judge the file, where it is another than at the last look."""
        try:
            data = self._path.read_bytes()
        except FileNotFoundError:
            data = b""
        if not final and (data == self._last or not data.endswith(b"\n")):
            return
        self._last = data
        self.report.states += 1
        found = oracle.judge(data)
        self.report.lines = found.lines
        for problem in found.problems:
            self._wrong(problem)

    def _wrong(self, words: str) -> None:
        keys = " ".join(repr(each) for each in self._pressed[-25:])
        self.report.problems.append(f"{words}\n  after {keys}")
