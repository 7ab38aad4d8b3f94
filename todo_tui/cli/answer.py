"""What every command that changes the file answers: the task as it is afterwards."""

from __future__ import annotations

from todo_tui.cli.exit_code import OK
from todo_tui.static import TYPE_CHECKING

if TYPE_CHECKING:
    from todo_tui.board.transition import Transition
    from todo_tui.cli.call import Call


def commit(call: Call, transition: Transition, *, whole: bool = False, many: bool = False) -> int:
    """Make the transition and answer with its task (``many``: tasks); the exit code.

    For people that is a line, or the ``whole`` task. Raises TodoError as a commit does.
    """
    done = call.writable().commit(transition)
    call.out.done = True
    board = done.board
    if done.unwritten is not None:
        call.out.say(f"todo-tui: {done.unwritten}")
    if call.out.json:
        from todo_tui.cli.as_json import task_bodies

        bodies = task_bodies(board, done.tasks)
        call.out.document(
            {
                "changed": done.changed,
                **({"tasks": bodies} if many else {"task": bodies[0] if bodies else None}),
            }
        )
        return OK
    from todo_tui.cli.as_text import task_lines, task_rows

    if whole:
        for task in done.tasks:
            call.out.lines(task_lines(board, task, call.now()))
    else:
        call.out.lines(task_rows(board, done.tasks, call.now()), columns=call.out.columns)
    if not done.changed:
        call.out.say("unchanged: it is so already")
    return OK
