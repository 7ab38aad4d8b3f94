"""Exit codes: what a script learns without reading a word."""

from __future__ import annotations

from todo_tui.static import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from todo_tui.errors import Code

OK: Final = 0
FAULTS: Final = 1
USAGE: Final = 2
NOT_FOUND: Final = 3
REFUSED: Final = 4
UNWRITABLE_TEXT: Final = 5
LOCKED: Final = 6
DISK: Final = 7
NOTHING: Final = 8
BUG: Final = 70
"""A defect of this program; 1, which Python would give, already means that faults were found."""
INPUT_OUTPUT: Final = 74
"""stdout itself could not be written; what was asked for may well have been done."""
INTERRUPTED: Final = 130
"""By Ctrl+C; 128 and the number of the signal, as a shell gives it."""
BROKEN_PIPE: Final = 141
"""The reader of stdout has gone; what was asked for may well have been done."""

_CODES: Final[dict[Code, int]] = {
    "usage": USAGE,
    "no_file": NOT_FOUND,
    "no_task": NOT_FOUND,
    "no_dependency": NOT_FOUND,
    "ambiguous": REFUSED,
    "illegal": REFUSED,
    "already_claimed": REFUSED,
    "not_holder": REFUSED,
    "assigned_to_other": REFUSED,
    "not_ready": REFUSED,
    "released": REFUSED,
    "reassigned": REFUSED,
    "id_taken": REFUSED,
    "cycle": REFUSED,
    "needs_reason": REFUSED,
    "needs_supervisor": REFUSED,
    "changed": REFUSED,
    "conflict": UNWRITABLE_TEXT,
    "not_text": UNWRITABLE_TEXT,
    "locked": LOCKED,
    "disk": DISK,
    "nothing": NOTHING,
}


def exit_code(code: Code) -> int:
    """The exit code of an error."""
    return _CODES[code]
