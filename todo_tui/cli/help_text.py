"""What stands below the options in ``todo-tui --help``: environment, exit codes, commands.

For who knows nothing else of the program, an agent above all. Loaded only where help is asked for.
"""

from __future__ import annotations

from todo_tui.cli import exit_code
from todo_tui.static import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

_ENVIRONMENT: Final = (
    ("TODO_TUI_FILE", "the file, or the folder that it is in"),
    ("TODO_TUI_AGENT", "the agent that acts"),
    ("TODO_TUI_SESSION", "its session: eng-backend acts as eng-backend@7f3a"),
    ("TODO_TUI_CONFIG", "the file of the settings, where it is another one"),
)

_EXIT_CODES: Final = (
    (exit_code.OK, "done"),
    (exit_code.FAULTS, "check found faults"),
    (exit_code.USAGE, "the command was not understood, or nobody was named"),
    (exit_code.NOT_FOUND, "no such file, task or dependency"),
    (exit_code.REFUSED, "refused; the answer says why and what is legal"),
    (exit_code.UNWRITABLE_TEXT, "the file is not text, or in the middle of a merge"),
    (exit_code.LOCKED, "another process held the lock for too long"),
    (exit_code.DISK, "the disk refused; the file is as it was"),
    (exit_code.NOTHING, "nothing to take"),
    (exit_code.BUG, "a defect of this program"),
    (exit_code.INPUT_OUTPUT, "the answer could not be written"),
    (exit_code.INTERRUPTED, "interrupted with Ctrl+C"),
    (exit_code.BROKEN_PIPE, "the reader of the answer went away"),
)


def epilog(commands: Iterable[tuple[str, str]]) -> str:
    """All of it; ``commands`` are the names of the commands and what they do.

    They come last: that is what stays in sight in a terminal of 24 rows.
    """
    codes = ((str(code), meaning) for code, meaning in _EXIT_CODES)
    return "\n\n".join(
        (
            _table("environment", _ENVIRONMENT, 18),
            _table("exit codes", codes, 5),
            _table("commands", commands, 12),
        )
    )


def _table(title: str, rows: Iterable[tuple[str, str]], width: int) -> str:
    return "\n".join((f"{title}:", *(f"  {name:<{width}}{meaning}" for name, meaning in rows)))
