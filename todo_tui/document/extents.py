"""Where what begins at a place of the text ends: prose, an item of a list, a mapping of a fence.

Owns only that; what stands there is read by others (``units``). A text that is written plainly is
gone through without expressions, which take longer to compile than a short one to read.
"""

from __future__ import annotations

from functools import lru_cache

from todo_tui.document import markdown
from todo_tui.expression import expression
from todo_tui.static import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import re

    from todo_tui.document.markdown import Fence

BAR: Final = expression(r"(?:---|\.\.\.)(?=[ \t\r\n]|\Z)")
"""A line that begins or ends a document of YAML."""

_GOES_ON: Final = frozenset(("", " ", "\t", "\r", "\n", "#"))
"""What begins a line that need not end the item above it."""
_USUAL: Final = ("```", "# ", "## ", "### ")
"""What ends a stretch of prose nearly always, and is found without an expression."""
_USUAL_LISTED: Final = (*_USUAL, "- ")
_NEAR: Final = 20
"""Lines of prose that are looked at without one."""
_FAR: Final = 4000
"""Characters after which the end of an item is not looked for without one."""
_TOP: Final = 100_000
"""Characters at the start of a text; for items behind them an expression pays for its compiling."""


def prose_stop(text: str, at: int, *, listed: bool) -> int:
    """Where the prose ends whose first line is at ``at``; ``listed``: each list item ends it."""
    line = at
    for _ in range(_NEAR):
        line = markdown.line_stop(text, line)
        if line == len(text) or text.startswith(_USUAL_LISTED if listed else _USUAL, line):
            return line
        if not text.startswith(("\n", "\r\n"), line) and not text[line : line + 1].isalpha():
            break
    pattern = markdown.HISTORY if listed else markdown.BODY
    following = pattern.search(text, at)
    return len(text) if following is None else following.end()


def dash(text: str, at: int) -> int:
    """Where the dash of the list item at ``at`` stands; -1 where the line begins none."""
    begin = at
    while text.startswith(" ", begin):
        begin += 1
    stands = text.startswith("-", begin) and not text[begin + 1 : begin + 2].strip(" \t\r\n")
    return begin if stands else -1


def item_stop(text: str, at: int, indent: int, opened: Fence | None) -> int:
    """Where the item at ``at`` ends: at a line that is not deeper, or the end of the fence."""
    if (stop := _usual_stop(text, at, indent)) >= 0:
        return stop
    pattern = _boundary(indent, body=opened is None)
    line = at
    while (found := pattern.search(text, line)) is not None:
        line = found.start() + 1
        begin = found.end()
        if opened is None or begin - line <= indent or markdown.closes(text, line, opened):
            return line
    return len(text)


def _usual_stop(text: str, at: int, indent: int) -> int:
    """Where an item ends that has one line, or whose lines are plainly deeper or blank; else -1.

    The latter at the next item, or where its fence or the text ends; -1 if none of them is near.
    """
    line = text.find("\n", at) + 1
    if line and text[line : line + 1] not in _GOES_ON:
        return line
    if indent or at > _TOP:
        return -1
    near = min(at + _FAR, len(text))
    stop = text.find(f"\n{text[at]} ", at, near) + 1 or near
    fence = text.find("```", at, stop)
    stop = stop if fence < 0 else fence
    inner = text[at:stop]
    beside = stop < len(text) and (stop == near or inner[-1] != "\n")
    if beside or "~~~" in inner or "<!--" in inner:
        return -1
    followed = inner.count("\n ") + inner.count("\n\n")
    return stop if followed == inner.count("\n") - inner.endswith("\n") else -1


def mapping_stop(text: str, at: int, indent: int, opened: Fence) -> int:
    """Where the mapping at ``at`` ends: a shallower line, a document's end, the fence's end.

    A list at the same indent belongs to it where the key above has no value of its own.
    """
    from todo_tui.document import groups

    pattern = _boundary(indent, body=False)
    line = at
    while (found := pattern.search(text, line)) is not None:
        following = found.start() + 1
        begin = found.end()
        if markdown.closes(text, following, opened):
            return following
        if begin - following < indent or BAR.match(text, following) is not None:
            return following
        if dash(text, following) >= 0 and dash(text, line) < 0 and not groups.waits(text, line):
            return following
        line = following
    return len(text)


@lru_cache(maxsize=64)
def _boundary(indent: int, *, body: bool) -> re.Pattern[str]:
    """Before the next line that can end an item at ``indent``."""
    shallow = rf" {{0,{indent}}}" if indent else ""
    if body:
        return expression(rf"\n(?:{shallow}(?=[^ \t\r\n])| {{1,3}}(?=```|~~~|<!--))")
    return expression(rf"\n(?:{shallow}(?=[^ \t\r\n#])| {{1,3}}(?=```|~~~))")
