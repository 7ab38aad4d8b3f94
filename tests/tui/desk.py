"""A board on a desk: a file in memory, a clock in the hand, and a person at the keyboard."""

from __future__ import annotations

import asyncio
import re
import threading
from concurrent.futures import Future
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from textual.events import MouseScrollDown

from todo_tui.board.board import Board, board_of
from todo_tui.board.reading import read
from todo_tui.board.task import Task, canonical_priority
from todo_tui.board.thresholds import DEFAULT
from todo_tui.board.transition import Actor, apply
from todo_tui.board.writing import plan as plan_of
from todo_tui.errors import TodoError
from todo_tui.storage.configuration import Configuration
from todo_tui.storage.journal import Journal
from todo_tui.storage.journaling import records_of, write_down
from todo_tui.storage.observer import Observer
from todo_tui.storage.planner import Deed, Planned, Wish
from todo_tui.storage.snapshot import Commit, Snapshot
from todo_tui.storage.steady import Stamp
from todo_tui.tui.board_app import BoardApp
from todo_tui.tui.open_file import Beside
from todo_tui.tui.oversight import Oversight

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterable, Mapping

    from textual.pilot import Pilot

    from todo_tui.board.transition import Outcome, Transition
    from todo_tui.storage.remembered import Remembered

NOW = datetime(2026, 3, 2, 14, 5, tzinfo=UTC)
ALICE = Actor("alice", human=True)


def task(
    name: str,
    title: str = "",
    status: str = "todo",
    *,
    priority: str = "",
    agent: str | None = None,
    holder: str | None = None,
    needs: Iterable[str] = (),
    minutes: int | None = None,
    **fields: str,
) -> Task:
    """A task that came into its status so many ``minutes`` ago."""
    times = {"todo": "created_at", "claimed": "claimed_at", "in_progress": "started_at"}
    key = times.get(status, "completed_at")
    since = "" if minutes is None else (NOW - timedelta(minutes=minutes)).isoformat()
    extra = dict(fields)
    if since and key != "created_at":
        extra[key] = since
    return Task(
        id=name,
        ref=name,
        title=title or f"Title of {name}",
        status=status,
        raw_status=status,
        priority=canonical_priority(priority),
        raw_priority=priority,
        assigned_agent=agent,
        claimed_by=holder,
        dependencies=tuple(needs),
        created_at=since if key == "created_at" else "",
        group=None,
        fields=tuple(extra.items()),
        faults=(),
    )


class StillClock:
    """A clock that goes on when it is told to."""

    def __init__(self) -> None:
        self._now = NOW
        self._calls: list[Call] = []

    def now(self) -> datetime:
        return self._now

    def after(self, seconds: float, call: Callable[[], object]) -> Call:
        made = Call(self._now + timedelta(seconds=seconds), call)
        self._calls.append(made)
        return made

    def advance(self, seconds: float) -> None:
        """Let so many seconds pass, calling what is due in its order."""
        end = self._now + timedelta(seconds=seconds)
        while due := sorted((it for it in self._calls if it.at <= end), key=lambda it: it.at):
            self._calls.remove(due[0])
            self._now = due[0].at
            if not due[0].cancelled:
                due[0].call()
        self._now = end


class Call:
    """Something that a still clock calls later."""

    def __init__(self, at: datetime, call: Callable[[], object]) -> None:
        self.at = at
        self.call = call
        self.cancelled = False

    def cancel(self) -> None:
        self.cancelled = True


class MemoryFile:
    """A file that is a board, with its journal in ``folder``.

    ``commits`` are the transitions that were made on it. ``refuses`` is raised by all that are
    asked for meanwhile. Commits wait while ``free`` is not set. ``unwritten`` is what each of them
    says beside that it was made.
    """

    def __init__(self, board: Board | TodoError, clock: StillClock, folder: Path) -> None:
        self._path = folder / "TODO.md"
        self.journal = Journal(self._path)
        Path(self.journal.folder).mkdir()
        self._clock = clock
        self._state: Board | TodoError = board
        self._number = 0
        self._seen: asyncio.Queue[Snapshot | TodoError] = asyncio.Queue()
        self._waits = False
        self.commits: list[Transition] = []
        self.unwritten: str | None = None
        self.refuses: TodoError | None = None
        self.free = threading.Event()
        self.free.set()

    @property
    def watched(self) -> bool:
        """Whether the watch has told everything that there is to tell."""
        return self._waits and self._seen.empty()

    @property
    def board(self) -> Board:
        assert not isinstance(self._state, TodoError)
        return self._state

    def read(self) -> Snapshot:
        if isinstance(self._state, TodoError):
            raise self._state
        return self._snapshot(self._state)

    def commit(self, transition: Transition) -> Commit:
        assert self.free.wait(10)
        if isinstance(self._state, TodoError):
            raise self._state
        if self.refuses is not None:
            raise self.refuses
        before = self._snapshot(self.board)
        outcome, board = _made(before.board, transition, self._clock.now())
        self._number += outcome.changed
        self._state = board
        after = self._snapshot(board)
        if outcome.changed:
            wish = Wish(transition, True, "board", DEFAULT)
            deed = Deed(wish, self._clock.now(), before.board, after.board, outcome)
            planned = Planned(before.data, before.board, after.data, after.board, (deed,))
            write_down(self._path, records_of(planned))
        self.commits.append(transition)
        return Commit(after, outcome.tasks, outcome.changed, unwritten=self.unwritten)

    def supervise(self, by: Actor, clock: Callable[[], datetime]) -> Oversight:
        observer = Observer(self._path, self.journal, clock)
        return Oversight(self.journal, observer, self.read(), by, DEFAULT)

    async def watch(
        self, _known: Snapshot | None, _apart: float
    ) -> AsyncIterator[Snapshot | TodoError]:
        while True:
            self._waits = True
            state = await self._seen.get()
            self._waits = False
            yield state

    def tell(self, snapshot: Snapshot) -> None:
        """The watch tells of this state, whatever the file says."""
        self._seen.put_nowait(snapshot)

    def behind(self, state: Board | TodoError) -> None:
        """Somebody else writes the file, and the watch has not seen it yet."""
        self._number += 1
        self._state = state

    def put(self, state: Board | TodoError) -> None:
        """Somebody else writes the file, or makes it unreadable."""
        self._number += 1
        self._state = state
        self._seen.put_nowait(state if isinstance(state, TodoError) else self._snapshot(state))

    def amend(self, ref: str, **changes: object) -> None:
        """Somebody else changes fields of one task."""
        tasks = [
            task._replace(**changes) if task.ref == ref else task  # type: ignore[arg-type]
            for task in self.board.tasks
        ]
        self.put(replace_tasks(self.board, tasks))

    def _snapshot(self, board: Board) -> Snapshot:
        written = int(NOW.timestamp() * 1e9) - 120 * 10**9 + self._number
        return Snapshot(b"%d" % self._number, board, Stamp(1, 1, written))


def _made(board: Board, transition: Transition, now: datetime) -> tuple[Outcome, Board]:
    """What a transition comes to: in the text, where the board has one."""
    if board.document is None:
        outcome = apply(board, transition, now)
        return outcome, outcome.board
    plan = plan_of(board, transition, now)
    return plan.outcome, read(board.document.splice(plan.edits), board)


def replace_tasks(board: Board, tasks: Iterable[Task]) -> Board:
    """The board with other tasks."""
    return Board(
        tuple(tasks),
        board.groups,
        board.sections,
        board.text_faults,
        board.merging,
        board.document,
        board.positions,
        board.group_positions,
        board.places,
    )


class Desk:
    """An open board, and what can be done at it."""

    def __init__(
        self, app: BoardApp, pilot: Pilot[int], file: MemoryFile, clock: StillClock
    ) -> None:
        self.app = app
        self.pilot = pilot
        self.file = file
        self.clock = clock
        self.others: Mapping[str, MemoryFile] = {}

    @property
    def watched(self) -> bool:
        """Whether the board has heard of everything."""
        return all(file.watched for file in (self.file, *self.others.values()))

    async def press(self, *keys: str) -> None:
        """Press keys, each when the one before has done its work."""
        for key in keys:
            await self.pilot.press(key)
            await self.settle()

    async def settle(self) -> None:
        """Wait until nothing is being read, found, written or drawn."""
        async with asyncio.timeout(10):
            await self.pilot.pause()
            while not (self.app.idle and self.watched):
                await asyncio.sleep(0)
            await self.pilot.pause()

    async def settle_watch(self) -> None:
        """Wait until the board has heard of everything, painted or not."""
        async with asyncio.timeout(10):
            await self.pilot.pause()
            while not self.watched:
                await asyncio.sleep(0)
            await self.pilot.pause()

    async def left(self) -> int:
        """Wait until the board is being closed; its exit code."""
        async with asyncio.timeout(10):
            while self.app.return_value is None:
                await asyncio.sleep(0)
        return self.app.return_value

    async def scroll(self, at: tuple[int, int], *, times: int) -> None:
        """Turn the wheel down over a cell."""
        for _ in range(times):
            widget, _region = self.app.get_widget_at(*at)
            widget.post_message(MouseScrollDown(widget, *at, 0, 1, 0, False, False, False, *at))
            await self.settle()

    async def put(self, state: Board | TodoError) -> None:
        """Somebody else writes the file, a while after the last time, and it is seen."""
        self.clock.advance(0.4)
        self.file.put(state)
        await self.settle()

    @property
    def text(self) -> str:
        """What is on the screen: rows without their trailing blanks."""
        return screen_text(self.app)

    @property
    def selected(self) -> str:
        """The id on the row that the bar begins on; "" where there is no bar."""
        found = re.search(r"▌(\S+)", self.text)
        return found[1] if found else ""

    @property
    def heads(self) -> str:
        """The row of the columns' heads, blanks squeezed."""
        return " ".join(self.body[1].split())

    @property
    def bar(self) -> bool:
        """Whether there is a row for what needs the person."""
        return re.match(r" \S [0-9,]+ needs? you ", self.rows[1]) is not None

    @property
    def body(self) -> list[str]:
        """The rows without that one."""
        return [row for at, row in enumerate(self.rows) if at != 1 or not self.bar]

    @property
    def foot(self) -> str:
        """The last row."""
        return self.rows[-1].strip()

    def style(self, words: str) -> str:
        """The style of the run of text that has these words in it."""
        strips = self.app.screen._compositor.render_strips()
        runs = (segment for strip in strips for segment in strip)
        return next(str(segment.style) for segment in runs if words in segment.text)

    @property
    def rows(self) -> list[str]:
        return self.text.split("\n")


def screen_text(app: BoardApp) -> str:
    """The rows that are drawn; the only place that uses Textual's compositor."""
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)


@asynccontextmanager
async def desk(
    state: Board | Iterable[Task] | TodoError,
    size: tuple[int, int] = (120, 36),
    *,
    actor: Actor = ALICE,
    name: str = "shop/TODO.md",
    theme: str | None = "textual-dark",
    settings: Configuration | None = None,
    remembered: Remembered | None = None,
    path: Path | None = None,
    beside: Mapping[str, Board] | None = None,
) -> AsyncIterator[Desk]:
    """Open a board on a terminal of so many cells and rows; ``beside`` are other files.

    ``path`` is by what the board is remembered, if it is.
    """
    clock = StillClock()
    if not isinstance(state, TodoError) and not hasattr(state, "tasks"):
        state = board_of(state)
    with TemporaryDirectory() as folder:
        file = MemoryFile(state, clock, Path(folder))  # type: ignore[arg-type]
        for number in range(len(beside or {})):
            (Path(folder) / str(number)).mkdir()
        others = {
            each: MemoryFile(other, clock, Path(folder) / str(number))
            for number, (each, other) in enumerate((beside or {}).items())
        }
        first: Future[Snapshot] = Future()
        try:
            first.set_result(file.read())
        except TodoError as error:
            first.set_exception(error)
        app = BoardApp(
            file,
            actor,
            name=name,
            clock=clock,
            first=first,
            settings=settings or Configuration(),
            remembered=remembered,
            path=path,
            beside=[Beside(each, other) for each, other in others.items()],
        )
        app.animation_level = "none"
        if theme is not None:
            app.theme = theme
        async with app.run_test(size=size) as pilot:
            made = Desk(app, pilot, file, clock)
            made.others = others
            await made.settle()
            yield made
