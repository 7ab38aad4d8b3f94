"""The rules (``---``) that set the sections of headings apart, with the blank lines around them.

Owns which line is one. Must not know what it sets apart.
"""

from __future__ import annotations

from todo_tui.document.markdown import line_stop
from todo_tui.expression import expression
from todo_tui.static import Final

_RULE = expression(r" {0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})\r?\n?")
_NO_PARAGRAPH: Final = ("-", "*", "+", "#", " ", "\t")
"""What begins a line that three dashes below it do not make a heading of."""


def behind(text: str, at: int) -> int:
    """Where a rule directly behind the line that ends at ``at`` ends; ``at`` if there is none."""
    start = blanks_stop(text, at)
    stop = line_stop(text, start)
    if not _is_rule(text, start, stop, at):
        return at
    return blanks_stop(text, stop)


def before(text: str, at: int) -> int:
    """Where a rule directly before the line at ``at`` begins; ``at`` if there is none."""
    stop = blanks_start(text, at)
    start = text.rfind("\n", 0, max(stop - 1, 0)) + 1
    begin = blanks_start(text, start)
    return begin if _is_rule(text, start, stop, begin) else at


def blanks_stop(text: str, at: int) -> int:
    """The start of the first line from ``at`` on that is not blank; the end where none follows."""
    while at < len(text) and not text[at : line_stop(text, at)].strip():
        at = line_stop(text, at)
    return at


def blanks_start(text: str, at: int) -> int:
    """The start of the blank lines that stand directly before ``at``."""
    while at:
        start = text.rfind("\n", 0, at - 1) + 1
        if text[start:at].strip():
            break
        at = start
    return at


def underlines(text: str, at: int, rule: str) -> bool:
    """Whether ``rule`` behind the line that ends at ``at`` would make a heading of that."""
    line = text.rfind("\n", 0, max(at - 1, 0)) + 1
    return bool(rule[:1].strip()) and at > 0 and not text.startswith(_NO_PARAGRAPH, line)


def _is_rule(text: str, start: int, stop: int, above: int) -> bool:
    """Whether the line ``start:stop`` is a rule; the last line that is not blank ends at ``above``.

    Directly below the line of a paragraph it would underline that.
    """
    if _RULE.fullmatch(text, start, stop) is None:
        return False
    return above < start or not underlines(text, above, text[start:stop])
