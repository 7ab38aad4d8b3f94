"""What may be written as a name, a title, a reason: one line of text that can be read back.

Raises ``usage`` for all else. Must not know which field or line the text goes to.
"""

from __future__ import annotations

from todo_tui.board.history import is_plain
from todo_tui.board.task import PRIORITIES, canonical_priority, is_missing, is_nobody
from todo_tui.errors import TodoError
from todo_tui.expression import expression
from todo_tui.static import TYPE_CHECKING

if TYPE_CHECKING:
    from todo_tui.board.history import HistoryEntry
    from todo_tui.board.request import Actor
    from todo_tui.document.entry import Value


_CLOSING = expression(r"(?:^|\s)#+\Z")


def one_line(text: str, what: str) -> str:
    """``text`` without blanks around it. ``what`` names it in the refusal ("the title").

    Refused are control characters (line ends and tabs among them), line and paragraph separators,
    halves of surrogate pairs and the two non-characters: what YAML or a terminal would not keep.
    """
    text = text.strip()
    if text.isascii() and text.isprintable():
        return text
    import unicodedata

    for c in text:
        if unicodedata.category(c) in ("Cc", "Zl", "Zp", "Cs") or c in "\ufffe\uffff":
            raise TodoError(
                "usage", f"{what} must be one line of text, without the character U+{ord(c):04X}"
            )
    return text


def title_line(text: str) -> str:
    """A title that every dialect can hold: a heading would drop marks like `` #`` at its end."""
    title = one_line(text, "the title")
    if is_missing(title):
        raise TodoError("usage", f'a task needs a title: "{title}" is read as none')
    if _CLOSING.search(title):
        raise TodoError("usage", "the title cannot end in # by itself: a heading would drop it")
    return title


def folded(text: str, what: str) -> str:
    """``text`` as one line: its line ends, and the blanks around them, become one blank each."""
    return one_line(" ".join(filter(None, map(str.strip, text.splitlines()))), what)


def many_lines(text: str, what: str) -> str:
    """``text`` line by line, without blanks at their ends and empty lines around them."""
    lines = [line.rstrip() for line in text.replace("\r\n", "\n").split("\n")]
    for line in lines:
        one_line(line, f"each line of {what}")
    return "\n".join(lines).strip("\n")


def written_value(value: Value, what: str, lines: bool) -> Value:
    """A value as it is to be written: its texts one line each.

    ``lines``: text of several lines can be kept, with a line end at its end; else it is folded.
    """
    if isinstance(value, tuple):
        texts = (one_line(text, f"each of the {what}") for text in value if isinstance(text, str))
        return tuple(filter(None, texts))
    text = value if isinstance(value, str) else ""
    if lines and "\n" in text.strip():
        return many_lines(text, f"the {what}") + "\n"
    return folded(text, f"the {what}")


def agent_name(text: str, what: str = "the name of an agent") -> str:
    """A name under which somebody can act, or for whom a task can be."""
    name = one_line(text, what)
    if is_nobody(name):
        raise TodoError("usage", f'{what} cannot be "{name}", which stands for nobody')
    return name


def named_actor(actor: Actor) -> Actor:
    """``actor`` with names that can be written."""
    what = "the name of a person" if actor.human else "the name of an agent"
    for_agent = agent_name(actor.for_agent) if actor.for_agent is not None else None
    return actor._replace(name=agent_name(actor.name, what), for_agent=for_agent)


def known_priority(text: str) -> str:
    """The canonical priority that ``text`` is."""
    priority = canonical_priority(text)
    if priority is None:
        raise TodoError(
            "usage", f'"{text}" is no priority: name one of {", ".join(PRIORITIES)}, or p0 to p3'
        )
    return priority


def noted(entry: HistoryEntry) -> HistoryEntry:
    """``entry``, if its line in the session history would be read back as what it says."""
    if not is_plain(entry):
        raise TodoError(
            "usage",
            f'the session history would be read otherwise than meant: "{entry.text}": take " by ",'
            ' " (human)" or "(a -> b)" out of the name',
        )
    return entry
