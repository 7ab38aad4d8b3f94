"""``log``: what happened, by the journal, the session history and git, in the order of time."""

from __future__ import annotations

import subprocess
from datetime import timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from todo_tui.board.event_json import to_json
from todo_tui.board.history import HistoryEntry
from todo_tui.board.times import read_time
from todo_tui.cli.as_json import entry_bodies, utc
from todo_tui.cli.event_text import event_line
from todo_tui.cli.exit_code import OK
from todo_tui.cli.history import since_time
from todo_tui.errors import TodoError
from todo_tui.storage.journal import Journal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from todo_tui.board.board import Board
    from todo_tui.board.event import BoardEvent
    from todo_tui.cli.call import Call
    from todo_tui.cli.options import Parser

_MOST: Final = 500
"""So many commits of git are read at most, the newest."""

_PATIENCE: Final = 5.0
"""Seconds for git to answer."""

_SAME: Final = timedelta(seconds=2)
"""A move of the journal and an entry of the history this near that say the same are one."""


class _Row(NamedTuple):
    at: datetime
    line: str
    body: dict[str, object]


def add_arguments(parser: Parser, command: str) -> None:  # noqa: ARG001
    """Add the filters."""
    parser.add_argument("--since", metavar="T", help="only from this time on: 2026-11-22, 90m, 3d")
    parser.add_argument(
        "--since-seen", action="store_true", help="only what came since I last looked at the board"
    )
    parser.add_argument("--violations", action="store_true", help="only broken rules")


def run(call: Call) -> int:
    """Print it, oldest first. Raises TodoError: usage, and what reading raises."""
    args = call.args
    since = since_time(args.since, call.now()) if args.since is not None else None
    board = call.read()
    read = Journal(call.path()).read()
    call.out.say(*(f"todo-tui: {problem}" for problem in read.problems))
    if args.since_seen:
        seen = read.seen.get(call.named_actor.name)
        if since is not None:
            raise TodoError("usage", "log takes --since or --since-seen, not both")
        since = seen
    rows = list(_rows(call, board, read.events))
    rows = [row for row in rows if since is None or row.at >= since]
    rows.sort(key=lambda row: row.at)
    if call.out.json:
        call.out.document({"entries": [row.body for row in rows]})
        return OK
    call.out.lines([row.line for row in rows], columns=call.out.columns)
    if not rows:
        call.out.say("nothing to tell")
    return OK


def _rows(call: Call, board: Board, events: tuple[BoardEvent, ...]) -> Iterator[_Row]:
    if call.args.violations:
        for event in events:
            if event.violation is not None:
                yield _Row(event.at, event_line(event), to_json(event))
        return
    told: dict[tuple[str | None, str | None, str | None], list[datetime]] = {}
    written: set[tuple[datetime | None, str]] = set()
    for event in events:
        if event.kind == "moved":
            told.setdefault((event.ref, event.from_text, event.to_text), []).append(event.at)
        if isinstance(event.detail, HistoryEntry):
            written.add((event.detail.at, event.detail.text))
    for event in events:
        entry = event.detail
        if not (isinstance(entry, HistoryEntry) and _is_told(entry, told)):
            yield _Row(event.at, event_line(event), to_json(event))
    entries = [e for e in board.history if e.at is not None and (e.at, e.text) not in written]
    for entry, body in zip(entries, entry_bodies(board, entries), strict=True):
        if entry.at is not None and not _is_told(entry, told):
            line = f"{utc(entry.at)}  {entry.text}"
            yield _Row(entry.at, line, body | {"source": "history"})
    yield from _git(call.path())


def _is_told(
    entry: HistoryEntry, told: dict[tuple[str | None, str | None, str | None], list[datetime]]
) -> bool:
    if entry.at is None:
        return False
    times = told.get((entry.task, entry.from_status, entry.to_status), ())
    return any(abs(at - entry.at) <= _SAME for at in times)


def _git(path: Path) -> Iterator[_Row]:
    """The commits of the file, where it is tracked; none where git does not answer."""
    real = path.resolve()
    words = ["git", "--no-pager", "log", f"--max-count={_MOST}", "--format=%H%x00%cI%x00%an%x00%s"]
    try:
        done = subprocess.run(
            [*words, "--", real.name],
            cwd=real.parent,
            capture_output=True,
            check=False,
            timeout=_PATIENCE,
            stdin=subprocess.DEVNULL,
        )
    except (OSError, subprocess.TimeoutExpired):
        return
    if done.returncode:
        return
    for line in done.stdout.decode("utf-8", "replace").split("\n"):
        parts = line.split("\0")
        if len(parts) != 4 or (at := read_time(parts[1])) is None:
            continue
        commit, _, author, subject = parts
        yield _Row(
            at,
            f"{utc(at)}  git {commit[:9]} by {author}: {subject}",
            {
                "at": utc(at),
                "event": "git",
                "commit": commit,
                "actor": author,
                "text": subject,
                "source": "git",
            },
        )
