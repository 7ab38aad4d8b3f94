"""Shown text broken into rows of so many cells."""

from __future__ import annotations

from todo_tui.shown import cut, width


def wrapped(text: str, room: int) -> list[str]:
    """All of the text in rows of at most ``room`` cells; at least one row.

    Broken at blanks; a word that is longer than a row is broken where the row ends.
    """
    rows: list[str] = []
    while width(text) > room and len(text) > 1:
        head, text = _broken(text, max(1, room))
        rows.append(head)
    return [*rows, text]


def folded(text: str, room: int) -> tuple[str, ...]:
    """The text in at most two rows of ``room`` cells, the second cut with an ellipsis."""
    if width(text) <= room or len(text) < 2:
        return (text,)
    head, rest = _broken(text, max(1, room))
    return head, cut(rest, room)


def _broken(text: str, room: int) -> tuple[str, str]:
    """The first row of a text that is wider than one, and the rest without its leading blanks."""
    end = max(1, len(cut(text + " ", room + 1).removesuffix("…")))
    at = end if text[end] == " " else text.rfind(" ", 0, end)
    if at < 0 or not text[:at].strip():
        at = end
    return text[:at].rstrip(), text[at:].lstrip()
