"""The board line by line, for screen readers and plain terminals: ``todo-tui --plain``.

Says each change as a line when it happens, and takes single keys (whole lines where stdin is no
terminal): one task is the current one, and keys say or change it. Never moves the cursor.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys

from todo_tui.board.attention import attention
from todo_tui.board.command_line import Unread, parse
from todo_tui.board.commands import COMMANDS, request
from todo_tui.board.lookup import find
from todo_tui.board.timeline import timeline
from todo_tui.board.transition import Claim
from todo_tui.cli.as_text import fault_lines, history_lines, task_lines, task_rows
from todo_tui.cli.event_text import event_line
from todo_tui.cli.exit_code import OK
from todo_tui.cli.output import error_lines
from todo_tui.errors import TodoError
from todo_tui.static import TYPE_CHECKING, Final
from todo_tui.storage.journal import Journal
from todo_tui.storage.observer import Observer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from todo_tui.board.board import Board
    from todo_tui.board.task import Task
    from todo_tui.board.transition import Actor
    from todo_tui.cli.call import Call

_HELP: Final = (
    "j next task, k task before, 1 to 9 first task of that column",
    "Enter all of the current task, l all tasks, = counts, h history, f faults, ! what needs you",
    "c claim, s start, d done, r release, b block, u unblock, o reopen: the current task",
    ": a command in words, as in the shell: claim ID, done ID --note TEXT, add TITLE",
    "? these keys, q leave",
)

_VERBS: Final = {
    "c": "claim", "s": "start", "d": "done", "r": "release", "b": "block", "u": "unblock",
    "o": "reopen",
}  # fmt: skip

_REASONS: Final = frozenset({"release", "block", "reopen"})

_LAST: Final = 20
"""Lines of history that a key says."""


def run(call: Call, by: Actor) -> int:
    """Say the board, then changes and answers, until it is left or the keyboard ends."""
    return asyncio.run(Plain(call, by).run())


class Plain:
    """One run of it: the board that was read last, and the current task by its reference."""

    def __init__(self, call: Call, by: Actor) -> None:
        self._call = call
        self._by = by
        self._board: Board | None = None
        self._ref: str | None = None
        self._silent: list[str] | None = None  # what happens while a line is typed
        self._terminal = sys.stdin is not None and sys.stdin.isatty()

    async def run(self) -> int:
        """Follow the file and the keyboard, whichever has something."""
        with self._keyboard() as keys:
            self._board = (await asyncio.to_thread(self._call.look)).board
            self._say(*self._counts(self._board))
            self._say("? tells the keys" if self._terminal else "help tells the commands")
            watching = asyncio.create_task(self._follow())
            while (key := await keys.get()) is not None:
                if not await self._press(key, keys):
                    break
        watching.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await watching
        return OK

    async def _follow(self) -> None:
        """Say what happens to the file."""
        from todo_tui.storage.watch import watch

        call, path = self._call, self._call.path()
        observer = Observer(
            path, Journal(path, wait=call.args.wait), call.now, thresholds=call.thresholds
        )
        read = await asyncio.to_thread(call.journal)
        observer.recall(read)
        async for seen in watch(call.file()):
            if isinstance(seen, TodoError):
                self._say(*error_lines(seen))
                continue
            self._board = seen.board
            sighting = await asyncio.to_thread(observer.see, seen)
            told = {id(row.event): row.entry for row in timeline((), sighting.events)}
            lines = [event_line(it, told[id(it)]) for it in sighting.events if id(it) in told]
            self._say(*lines)

    async def _press(self, key: str, keys: asyncio.Queue[str | None]) -> bool:
        """Do what a key, or a line, says; False to leave."""
        board = self._board
        if key in ("q", "quit"):
            return False
        if key in ("?", "help"):
            self._say(*_HELP)
        elif board is None:
            self._say("the file was not read yet")
        elif key in ("j", "k"):
            self._step(board, 1 if key == "j" else -1)
        elif key.isdigit() and len(key) == 1:
            self._column(board, int(key))
        elif key in _VERBS:
            reason = None
            if _VERBS[key] in _REASONS and self._task(board) is not None:
                reason = await self._line("why? ", keys)
            await self._do(board, _VERBS[key], {"id": self._ref, "reason": reason})
        elif key == ":":
            await self._command(board, await self._line(": ", keys))
        elif len(key) > 1:
            await self._command(board, key.removeprefix(":"))
        else:
            self._say(*self._told(board, key))
        return True

    def _told(self, board: Board, key: str) -> Iterator[str]:
        """What a key asks to be said."""
        now, task = self._call.now(), self._task(board)
        match key:
            case "\r" | "\n" | " ":
                yield from (
                    ["no task is current: j"] if task is None else task_lines(board, task, now)
                )
            case "l":
                yield from task_rows(board, _in_order(board), now)
            case "=":
                yield from self._counts(board)
            case "h":
                yield from history_lines(board.history[-_LAST:]) if board.history else ["nothing"]
            case "f":
                name = os.path.basename(self._call.path())
                found = [line for each in board.faults for line in fault_lines(board, each, name)]
                yield from found or ["no faults"]
            case "!":
                wanted = attention(board, now, thresholds=self._call.thresholds)
                found = [f"{it.word}: {it.words} {' '.join(it.refs)}" for it in wanted]
                yield from found or ["nothing needs you"]
            case _:
                yield f"{key} is no key: ? tells which there are"

    def _task(self, board: Board) -> Task | None:
        return None if self._ref is None else board.get(self._ref)

    def _step(self, board: Board, by: int) -> None:
        tasks = _in_order(board)
        if not tasks:
            self._say("there are no tasks")
            return
        refs = [task.ref for task in tasks]
        at = refs.index(self._ref) + by if self._ref in refs else 0
        if not 0 <= at < len(tasks):
            self._say("this is the last task" if by > 0 else "this is the first task")
            return
        self._go(board, tasks[at])

    def _column(self, board: Board, number: int) -> None:
        if not 0 < number <= len(board.columns):
            self._say(f"there are {len(board.columns)} columns")
            return
        column = board.columns[number - 1]
        self._say(f"{column.title.replace('_', ' ')}: {len(column.tasks)}")
        if column.tasks:
            self._go(board, column.tasks[0])

    def _go(self, board: Board, task: Task) -> None:
        self._ref = task.ref
        self._say(*task_rows(board, [task], self._call.now()))

    async def _command(self, board: Board, line: str | None) -> None:
        if not line or not line.strip():
            return
        said = parse(line, COMMANDS, selected=self._ref)
        if isinstance(said, Unread):
            self._say(said.words)
            return
        await self._do(board, said.command.name, said.values)

    async def _do(self, board: Board, verb: str, values: dict[str, object]) -> None:
        """Have it written, and say the task as it is then, or why not."""
        try:
            task = None if values.get("id") is None else find(board, str(values["id"]))
            if task is not None:
                values["id"] = task.ref
            asked = request(verb, values, self._by)
            if isinstance(asked, Claim) and task is not None and self._by.supervisor:
                asked = asked._replace(agent=task.assigned_agent)
            file = self._call.writable()
            done = await asyncio.to_thread(file.commit, asked)
        except TodoError as error:
            self._say(*error_lines(error))
            return
        self._board = done.board
        self._say(*task_rows(self._board, done.tasks, self._call.now()))

    def _counts(self, board: Board) -> list[str]:
        parts = [f"{len(it.tasks)} {it.title.replace('_', ' ')}" for it in board.columns]
        return [", ".join(parts)]

    def _say(self, *lines: str) -> None:
        if self._silent is not None:
            self._silent += lines
            return
        self._call.out.lines(lines)
        self._call.out.flush()

    async def _line(self, question: str, keys: asyncio.Queue[str | None]) -> str | None:
        """A line that is typed; what happens meanwhile is said after it."""
        self._say(question.rstrip())
        self._silent = []
        typed = ""
        while (key := await keys.get()) not in ("\r", "\n", None):
            if not self._terminal:
                typed = key or ""
                break
            if key == "\x1b":
                typed = ""
                break
            typed = typed[:-1] if key in ("\x7f", "\b") else typed + (key or "")
        held, self._silent = self._silent, None
        self._say(*([typed] if self._terminal else []), *held)
        return typed or None

    @contextlib.contextmanager
    def _keyboard(self) -> Iterator[asyncio.Queue[str | None]]:
        """Keys as they are pressed, or lines as they come; None at the end of them."""
        keys: asyncio.Queue[str | None] = asyncio.Queue()
        if sys.stdin is None:
            keys.put_nowait(None)
            yield keys
            return
        if sys.platform == "win32":
            # Its loop waits for no keys: Ctrl+C ends it.
            yield keys
            return
        number, loop, kept = sys.stdin.fileno(), asyncio.get_running_loop(), [b""]

        def read() -> bool:
            data = os.read(number, 4096)
            if not data:
                loop.remove_reader(number)
                keys.put_nowait(None)
                return False
            if self._terminal:
                for character in data.decode("utf-8", "replace"):
                    keys.put_nowait(character)
                return True
            *lines, kept[0] = (kept[0] + data).split(b"\n")
            for line in lines:
                keys.put_nowait(line.decode("utf-8", "replace").strip() or "\n")
            return True

        def read_on() -> None:
            if read():
                loop.call_soon(read_on)

        if not self._terminal:
            try:
                loop.add_reader(number, read)
            except PermissionError:  # epoll waits for no file: it can be read at any time
                read_on()
            yield keys
            return
        import termios
        import tty

        before = termios.tcgetattr(number)
        tty.setcbreak(number, termios.TCSADRAIN)  # what was typed ahead stays
        try:
            loop.add_reader(number, read)
            yield keys
        finally:
            loop.remove_reader(number)
            termios.tcsetattr(number, termios.TCSADRAIN, before)


def _in_order(board: Board) -> list[Task]:
    return [task for column in board.columns for task in column.tasks]
