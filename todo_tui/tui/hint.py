"""What stands in the place of an empty board: why there is nothing, and what to do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from todo_tui.shown import shown
from todo_tui.tui.row import Piece
from todo_tui.tui.wrap import wrapped

if TYPE_CHECKING:
    from todo_tui.tui.look import Look
    from todo_tui.tui.view import View

_UNREAD: Final = {
    "checkboxes": ("checkbox", "checkboxes"),
    "front_matter": ("task in front matter", "tasks in front matter"),
    "statuses_by_section": ("status that is a section", "statuses that are sections"),
}
"""What looks like tasks of a kind that is not read: one of them, several of them."""

_WIDE: Final = 58
"""From so many cells on the commands stand in a column of their full width."""

_EXAMPLE: Final = (
    "```yaml",
    '- TASK_001: "What is to be done"',
    "  priority: high",
    "  status: todo",
    "```",
)


def hint(view: View, room: int, style: Look) -> list[list[Piece]]:
    """The lines for ``view``; none while the file is read for the first time."""
    name = shown(view.name)
    lines: list[list[Piece]] = [[]]
    column = 22 if room >= _WIDE else 11

    def say(words: str) -> None:
        lines.extend([Piece(f" {text}", style.text)] for text in wrapped(words, room - 2))

    def offer(command: str, words: str) -> None:
        lines.append([Piece(f"   {command:<{column}}", style.key), Piece(f"  {words}", style.dim)])

    if view.missing:
        say(f"There is no {name} yet.")
        lines.append([])
        if view.path is not None:
            offer("i  or Enter", "makes one to begin with")
        offer("todo-tui init", "makes one from a shell")
        offer("todo-tui demo", "shows a board at work")
        lines.append([])
        say("The board opens by itself as soon as the file is there.")
    elif view.board is None:
        if view.problem is not None:
            say(f"{name} cannot be read: {shown(view.problem)}")
    else:
        say(f"No tasks in {name} yet.")
        unread = view.board.document.unread if view.board.document is not None else {}
        if counts := [_counted(kind, number) for kind, number in unread.items() if number]:
            say(f"Seen in the file, but of a kind that is not read: {', '.join(counts)}.")
        faults = len(view.findings.faults)
        if faults:
            lines.append([])
            offer("f", f"shows what cannot be read: {faults:,} {_faults(faults)}")
        lines.append([])
        offer("a", "adds the first one")
        offer('todo-tui add "Title"', "adds one from a shell")
        lines.append([])
        say("Or write it yourself, in the file:")
        lines.append([])
        lines.extend([Piece(f"   {text}", style.dim)] for text in _EXAMPLE)
        lines.append([])
        say("A task that an agent or an editor writes into the file appears here by itself.")
    return lines


def _faults(number: int) -> str:
    return "fault" if number == 1 else "faults"


def _counted(kind: str, number: int) -> str:
    one, many = _UNREAD.get(kind, (kind.replace("_", " "), kind.replace("_", " ")))
    return f"{number:,} {one if number == 1 else many}"
