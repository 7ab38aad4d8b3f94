"""``list``: tasks, a line each."""

from __future__ import annotations

from todo_tui.board.task import PRIORITIES, canonical_priority, canonical_status, is_of
from todo_tui.cli.exit_code import OK
from todo_tui.cli.options import filter_word
from todo_tui.static import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from todo_tui.board.board import Board
    from todo_tui.board.task import Task
    from todo_tui.cli.call import Call
    from todo_tui.cli.options import Arguments


def add_arguments(parser: Arguments, command: str) -> None:  # noqa: ARG001
    """Add the filters: all that are given must hold."""
    parser.add_argument(
        "--status", action="append", default=[], metavar="S", help="in this status; repeatable"
    )
    parser.add_argument("--priority", metavar="P", help="of this priority")
    parser.add_argument("--ready", action="store_true", help="that could be claimed now")
    parser.add_argument("--mine", action="store_true", help="that are mine: held by or for me")
    parser.add_argument(
        "words",
        nargs="*",
        type=filter_word,
        metavar="WORDS",
        help="that meet this filter, in the language of the board: words, @agent, #tag, !high, "
        "is:ready, status:done, dep:ID, age>2h, and a - before any of them for not; in quotes; "
        "behind -- also what is like an option (-ready)",
    )


def run(call: Call) -> int:
    """Print the tasks that pass the filters, in file order."""
    board = call.read()
    tasks = tuple(_chosen(call, board))
    if call.out.json:
        call.out.document(list_document(call, board, tasks))
        if board.tasks and not tasks:
            call.out.say(*_unheard_of(call, board))
        return OK
    from todo_tui.cli.as_text import task_rows

    call.out.lines(task_rows(board, tasks, call.now()), columns=call.out.columns)
    if not board.tasks:
        call.out.say(*emptiness(board))
    elif not tasks:
        call.out.say(f"none of {len(board.tasks)} tasks", *_unheard_of(call, board))
    return OK


def list_document(call: Call, board: Board, tasks: Sequence[Task]) -> dict[str, object]:
    """Tasks of ``board`` and all its groups as JSON."""
    from todo_tui.cli.as_json import group_bodies, task_bodies

    return {
        "file": str(call.path()),
        "tasks": task_bodies(board, tasks),
        "groups": group_bodies(board),
    }


def emptiness(board: Board) -> list[str]:
    """Why a board without tasks may be empty: what the file holds that is not read."""
    unread = board.document.unread if board.document else {}
    counts = [f"{count} {name.replace('_', ' ')}" for name, count in unread.items() if count]
    said = ["no tasks" + (f"; not read as tasks: {', '.join(counts)}" if counts else "")]
    if faults := len(board.faults):
        said.append(f"{faults} fault{'' if faults == 1 else 's'}: todo-tui check shows where")
    return said


def _unheard_of(call: Call, board: Board) -> Iterator[str]:
    """What was asked for that no task has ever: a slip of the finger finds nothing, too."""
    from difflib import get_close_matches

    from todo_tui.board.workflow import STATUSES

    args = call.args
    statuses = {*STATUSES, *(task.status for task in board.tasks)}
    priorities = {*PRIORITIES, *(task.raw_priority for task in board.tasks)}
    asked = [("status", canonical_status(word), word, statuses) for word in args.status]
    if args.priority and canonical_priority(args.priority) is None:
        asked.append(("priority", args.priority, args.priority, priorities))
    for what, meant, word, known in asked:
        if meant not in known:
            near = get_close_matches(meant, sorted(known), n=1)
            hint = f": did you mean {near[0]}?" if near else ""
            if what == "status" and "," in word:
                hint = ": give --status once for each"
            yield f"no task has the {what} {word}{hint}"


def _chosen(call: Call, board: Board) -> Iterator[Task]:
    args = call.args
    statuses = {canonical_status(word) for word in args.status}
    priority = canonical_priority(args.priority) if args.priority else None
    me = call.named_actor.holds_as if args.mine else None
    for task in _found(call, board, " ".join(args.words)):
        if (
            (not statuses or task.status in statuses)
            and (not args.priority or _has_priority(task, priority, args.priority))
            and (not args.agent or is_of(task, args.agent))
            and (me is None or is_of(task, me))
            and (not args.ready or board.ready(task))
        ):
            yield task


def _found(call: Call, board: Board, text: str) -> Sequence[Task]:
    """The tasks that meet a filter. Raises TodoError ``usage`` with the place."""
    if not text:
        return board.tasks
    from todo_tui.board.matching import Context, matching
    from todo_tui.board.memory import NOTHING
    from todo_tui.board.query import QueryError, parse
    from todo_tui.errors import Location, TodoError

    query = parse(text)
    if isinstance(query, QueryError):
        words = f"the filter cannot be read at its column {query.column}: {query.message}"
        raise TodoError("usage", words, location=Location(1, query.column, text))
    asked = {(term.sort, term.value) for term in query.terms}
    me = call.named_actor.holds_as if ("is", "mine") in asked else None
    remembered = ("is", "stale") in asked or any(sort in ("older", "younger") for sort, _ in asked)
    memory = NOTHING.after(call.journal().events) if remembered else NOTHING
    context = Context(board, call.now(), me, memory=memory, thresholds=call.thresholds)
    return matching(query, board.tasks, context)


def _has_priority(task: Task, priority: str | None, word: str) -> bool:
    if priority is None:
        return task.raw_priority.casefold() == word.casefold()
    return task.priority == priority
