"""Where in a text something new can be put so that it is read there.

Owns which constructs are never closed, and what stands between the sections of headings. Must not
know what is put there.
"""

from __future__ import annotations

from bisect import bisect_left

from todo_tui.document import heading, markdown, rules
from todo_tui.static import TYPE_CHECKING

if TYPE_CHECKING:
    from todo_tui.document.document import Document
    from todo_tui.document.reuse import Reading


def end(text: str, reading: Reading) -> int:
    """The end of the text, or the start of the fence or comment that is never closed."""
    units, starts = reading.units, reading.unit_starts
    if units and units[-1].kind == "open":
        return starts[-1]
    if reading.state.fence is None:
        return len(text)
    last = len(units) - 1
    while units[last].kind != "fence":
        last -= 1
    return starts[last]


def end_of_tasks(text: str, reading: Reading) -> int:
    """The end, or the start of the session history section that goes on to the end."""
    if reading.state.level:
        for start in reversed(reading.notable):
            if reading.units[bisect_left(reading.unit_starts, start)].kind == "section":
                return min(start, end(text, reading))
    return end(text, reading)


def section_end(text: str, reading: Reading, start: int) -> int:
    """Where the section ends whose heading is at ``start``.

    Before the next heading of its level or above, any session history, or what is never closed;
    the blank lines before that are no part of it, nor is a rule.
    """
    units, starts = reading.units, reading.unit_starts
    level = heading.level(text, start)
    stop = end(text, reading)
    for at in range(bisect_left(starts, start) + 1, len(units)):
        if starts[at] >= stop:
            break
        kind = units[at].kind
        above = kind == "heading" and heading.level(text, starts[at]) <= level
        if above or kind == "section":
            stop = starts[at]
            break
    while stop > start and text[stop - 1] in " \t\r\n":
        stop -= 1
    stop = markdown.line_stop(text, stop)
    return max(rules.before(text, stop), markdown.line_stop(text, start))


def between(document: Document, index: int) -> str:
    """The rule that sets ``entries[index]`` apart from the one above it, both of them headings.

    Where there is none above it, from the one below; "" where they stand without one. So as it can
    stand behind the section of the entry.
    """
    text, entries, starts = document.text, document.entries, document.starts
    start = starts[index]
    if index and entries[index - 1].dialect == "heading":
        above = rules.before(text, start)
        if above != start or rules.blanks_start(text, start) == _end(document, index - 1):
            return _parted(text, _end(document, index), text[above:start])
    stop = _end(document, index)
    below = rules.behind(text, stop)
    following = index + 1 < len(starts) and starts[index + 1] == below
    if following and heading.level(text, below) == heading.level(text, start):
        return text[stop:below]
    return ""


def _parted(text: str, at: int, rule: str) -> str:
    """``rule`` with a blank line before it where it would underline the line above ``at``."""
    return f"\n{rule}" if rule.strip() and rules.underlines(text, at, rule) else rule


def _end(document: Document, index: int) -> int:
    return section_end(document.text, document.reading, document.starts[index])
