"""``log``: what happened, by the journal, the session history and git, in the order of time."""

from __future__ import annotations

import os
import subprocess

from todo_tui.board.task import bare_name
from todo_tui.board.timeline import placed, timeline
from todo_tui.board.times import read_time, utc
from todo_tui.cli.as_json import entry_bodies, event_body
from todo_tui.cli.event_text import event_line
from todo_tui.cli.exit_code import OK
from todo_tui.cli.history import since_time
from todo_tui.errors import TodoError
from todo_tui.named_tuple import NamedTuple
from todo_tui.static import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from todo_tui.board.board import Board
    from todo_tui.board.event import BoardEvent
    from todo_tui.board.history import HistoryEntry
    from todo_tui.cli.call import Call
    from todo_tui.cli.options import Arguments

_MOST: Final = 500
"""So many commits of git are read at most, the newest."""

_PATIENCE: Final = 5.0
"""Seconds for git to answer."""


class _Row(NamedTuple):
    at: datetime
    order: datetime
    line: str
    body: dict[str, object]


def add_arguments(parser: Arguments, command: str) -> None:  # noqa: ARG001
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
    read = call.journal()
    if args.since_seen:
        if since is not None:
            raise TodoError("usage", "log takes --since or --since-seen, not both")
        name = call.named_actor.name
        since = read.seen.get(name)
        if since is None:
            call.out.say(f"todo-tui: {name} has not closed a board of this file yet: all is told")
    rows = list(_rows(call, board, read.events))
    rows = [row for row in rows if since is None or row.at >= since]
    rows.sort(key=lambda row: row.order)
    if call.out.json:
        call.out.document({"entries": [row.body for row in rows]})
        return OK
    call.out.lines([row.line for row in rows], columns=call.out.columns)
    if not rows:
        call.out.say("nothing to tell")
    return OK


def _rows(call: Call, board: Board, events: tuple[BoardEvent, ...]) -> Iterator[_Row]:
    agent = call.args.agent
    if call.args.violations:
        for event in events:
            if event.violation is not None and concerns(event, None, agent):
                yield _Row(event.at, event.at, event_line(event), event_body(event))
        return
    happened = timeline(board.history, events)
    told = [row for row in happened if concerns(row.event, row.entry, agent)]
    unseen = [row.entry for row in told if not row.seen and row.entry is not None]
    bodies = iter(entry_bodies(board, unseen))
    for row in told:
        event, entry, seen = row
        if not seen and entry is not None:
            line = f"{utc(event.at)}  {entry.text}"
            yield _Row(row.at, row.order, line, next(bodies) | {"source": "history"})
        else:
            note = entry.note if entry is not None and event.kind != "history" else None
            body = event_body(event) | ({"note": note} if note else {})
            yield _Row(row.at, row.order, event_line(event, entry), body)
    if agent is None:
        yield from _git(call.path())


def concerns(event: BoardEvent, entry: HistoryEntry | None, agent: str | None) -> bool:
    """Whether ``agent`` did it, or it is about a task that the agent has; None: whoever it was.

    A bare name has all its sessions. ``entry`` is the line of the history that tells of it.
    """
    names = [event.actor, entry.agent if entry is not None else None]
    names += [task.holder for task in (event.before, event.after) if task is not None]
    return agent is None or any(name and agent in (name, bare_name(name)) for name in names)


def _git(path: str) -> Iterator[_Row]:
    """The commits of the file, oldest first; none where git does not answer or track it."""
    folder, name = os.path.split(os.path.realpath(path))
    words = ["git", "--no-pager", "log", f"--max-count={_MOST}", "--format=%H%x00%cI%x00%an%x00%s"]
    try:
        done = subprocess.run(
            [*words, "--", name],
            cwd=folder,
            capture_output=True,
            check=False,
            timeout=_PATIENCE,
            stdin=subprocess.DEVNULL,
        )
    except (OSError, subprocess.TimeoutExpired):
        return
    if done.returncode:
        return
    for line in reversed(done.stdout.decode("utf-8", "replace").split("\n")):
        parts = line.split("\0")
        if len(parts) != 4 or (at := read_time(parts[1])) is None:
            continue
        commit, _, author, subject = parts
        yield _Row(
            at,
            placed(at),
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
