"""What looks like tasks of a kind that is not read, so that an empty board can say so."""

from __future__ import annotations

from todo_tui.document import markdown
from todo_tui.expression import expression

_CHECKBOX = expression(r"(?m)^[ \t]*(?:[-*+]|[0-9]{1,9}[.)])[ \t]+\[[ xX]\][ \t]")
_STATUS_HEADING = expression(
    r"(?mi)^ {0,3}#{1,6}[ \t]+[^\w\n]{0,9}(?:to[ -]?do|backlog|claimed|in[ _-]progress|doing"
    r"|blocked|review|done|completed)[^\w\n]{0,9}$"
)


def count(text: str) -> dict[str, int]:
    """How often each kind occurs; kinds that do not are absent."""
    front = markdown.front_matter_stop(text, 1 if text.startswith("\ufeff") else 0)
    counts = {
        "checkboxes": len(_CHECKBOX.findall(text)),
        "front_matter": int(front > 1),
        "statuses_by_section": len(_STATUS_HEADING.findall(text)),
    }
    return {kind: number for kind, number in counts.items() if number}
