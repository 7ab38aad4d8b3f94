"""One call of a command: its arguments, and what it acts on and as.

The edge of the commands: the environment, the working directory and the clock come in here.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime

from todo_tui.cli.actor import actor
from todo_tui.errors import TodoError
from todo_tui.named_tuple import NamedTuple
from todo_tui.static import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import SimpleNamespace

    from todo_tui.board.board import Board
    from todo_tui.board.request import Actor, Transition
    from todo_tui.board.thresholds import Thresholds
    from todo_tui.cli.output import Output
    from todo_tui.storage.journal import JournalRead
    from todo_tui.storage.snapshot import Snapshot
    from todo_tui.storage.todo_file import TodoFile


class Call(NamedTuple):
    """What a command is given. ``args`` are its parsed arguments, ``command`` its word."""

    command: str
    args: SimpleNamespace
    out: Output
    environ: Mapping[str, str]
    directory: str

    @property
    def actor(self) -> Actor | None:
        """Who acts; None where nobody is named."""
        return actor(self.args.agent, self.args.person, self.environ)

    @property
    def named_actor(self) -> Actor:
        """Who acts. Raises TodoError (``usage``) where nobody is named."""
        found = self.actor
        if found is None:
            raise TodoError(
                "usage",
                "who acts? give --agent NAME (an agent) or --as NAME (a person), "
                "or set TODO_TUI_AGENT",
            )
        return found

    @property
    def can_draw(self) -> bool:
        """Whether a board can be opened: on a terminal that can move its cursor, by a person."""
        return (
            self.out.terminal
            and sys.stdin is not None
            and sys.stdin.isatty()
            and not self.out.json
            and self.environ.get("TERM") != "dumb"
        )

    def request(self, command: str, by: Actor) -> Transition:
        """What ``command`` asks for with the arguments of this call.

        Raises TodoError (``usage``), also for a text that is "-" alone: who writes that has piped
        one in, and nothing here reads it.
        """
        from todo_tui.board.commands import request

        values = vars(self.args)
        for name in ("title", "text", "note", "reason", "description"):
            if values.get(name) == "-":
                words = f"the {name} is - alone, and standard input is not read: give the text"
                raise TodoError("usage", f"{words} itself, in quotes")
        return request(command, values, by)

    def now(self) -> datetime:
        """The time, UTC."""
        return datetime.now(UTC)

    def path(self) -> str:
        """The file. Raises TodoError (``no_file``)."""
        from todo_tui.storage.discover import find

        try:
            return find(self.args.file, self.environ, self.directory)
        except OSError as error:
            raise TodoError("no_file", f"the file cannot be found: {error.strerror}") from error

    @property
    def thresholds(self) -> Thresholds:
        """From when on something is worth attention. Raises TodoError, as loading does."""
        from todo_tui.storage.configuration import OF_COMMANDS, load

        return load(self.environ, OF_COMMANDS).thresholds

    def journal(self) -> JournalRead:
        """What the journal tells; what of it cannot be read is said on stderr."""
        from todo_tui.storage.journal import Journal, JournalRead

        try:
            read = Journal(self.path(), wait=self.args.wait).read()
        except TodoError as error:
            read = JournalRead(problems=(error.message,))
        self.out.say(*(f"todo-tui: {problem}" for problem in read.problems))
        return read

    def file(self) -> TodoFile:
        """The file, for reading. Raises TodoError (``no_file``)."""
        from todo_tui.storage.todo_file import TodoFile

        return TodoFile(self.path(), wait=self.args.wait)

    def writable(self) -> TodoFile:
        """The file, for commits as the person's settings want them.

        Raises TodoError: ``no_file``, and as loading does.
        """
        from todo_tui.storage.configuration import OF_COMMANDS, load
        from todo_tui.storage.todo_file import TodoFile

        settings = load(self.environ, OF_COMMANDS)
        return TodoFile(
            self.path(),
            wait=self.args.wait,
            history=settings.history,
            thresholds=settings.thresholds,
        )

    def read(self) -> Board:
        """The board as the file is now; a merge that is under way is said on stderr.

        Raises TodoError: no_file, not_text, disk.
        """
        return self.look().board

    def look(self) -> Snapshot:
        """The file as it is now, as ``read`` does."""
        snapshot = self.file().read()
        if snapshot.board.merging:
            self.out.say("todo-tui: the file is in the middle of a merge: it can only be read")
        return snapshot
