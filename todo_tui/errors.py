"""What can go wrong, as data: a code, a place and a remedy, for both front ends.

Owns the one exception that leaves this package on purpose, and the excerpt that points into the
source. Must not: print, know a command's name beyond the text of a remedy, or import anything of
this package.
"""

from __future__ import annotations

from todo_tui.named_tuple import NamedTuple
from todo_tui.static import Literal

Code = Literal[
    "usage",
    "no_file",
    "no_task",
    "no_dependency",
    "ambiguous",
    "illegal",
    "already_claimed",
    "not_holder",
    "assigned_to_other",
    "not_ready",
    "released",
    "reassigned",
    "id_taken",
    "cycle",
    "needs_reason",
    "needs_supervisor",
    "conflict",
    "not_text",
    "locked",
    "disk",
    "changed",
    "nothing",
]


class Location(NamedTuple):
    """A place in the file: line and column, both counted from 1; the column in characters.

    ``source`` is that line as it stands in the file, without its line end.
    """

    line: int
    column: int
    source: str = ""

    def excerpt(self) -> str:
        """The source line with its number, and a caret under the column, as two lines.

        The text is the file's: a front end passes it through ``shown`` before it is printed.
        """
        number = f"{self.line:>5} | "
        lead = "".join("\t" if c == "\t" else " " for c in self.source[: self.column - 1])
        return f"{number}{self.source}\n{' ' * (len(number) - 2)}| {lead}^"


class Place(NamedTuple):
    """One of several tasks that a name could mean: its reference, line and title."""

    ref: str
    line: int
    title: str


class TodoError(Exception):
    """A refusal or a failure, with all that is needed to act on it.

    ``message`` is one sentence that says what happened and what to do next. ``legal`` holds whole
    commands that would be accepted now. ``since`` is an ISO time. Fields that do not apply are
    None or empty and are left out of JSON.
    """

    def __init__(
        self,
        code: Code,
        message: str,
        *,
        task: str | None = None,
        status: str | None = None,
        holder: str | None = None,
        since: str | None = None,
        by: str | None = None,
        reason: str | None = None,
        legal: tuple[str, ...] = (),
        places: tuple[Place, ...] = (),
        counts: dict[str, int] | None = None,
        location: Location | None = None,
    ) -> None:
        super().__init__(code, message)
        self.code: Code = code
        self.message = message
        self.task = task
        self.status = status
        self.holder = holder
        self.since = since
        self.by = by
        self.reason = reason
        self.legal = legal
        self.places = places
        self.counts = counts or {}
        self.location = location

    def __str__(self) -> str:
        return self.message
