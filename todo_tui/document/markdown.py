"""The Markdown around the entries: fences, headings, list items, comments, front matter, history.

Owns CommonMark's rules as far as they decide which lines are a fence's, a comment's, a heading or
body. Says where things are, as offsets; must not know a dialect. A line ends at ``\\n``.
"""

from __future__ import annotations

from todo_tui.document.span import Span
from todo_tui.document.syntax import ID
from todo_tui.expression import expression
from todo_tui.named_tuple import NamedTuple
from todo_tui.static import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

_BAR = expression(r"(?m)(?:---|\.\.\.)[ \t]*\r?$")
_MARKER = expression(r"(?m)^(?:<{7} |={7}(?=\r?$)|>{7} )")
_MARKER_LINE = expression(r"(?m)^(?:<{7} [^\r\n]*|[|]{7} [^\r\n]*|={7}(?=\r?$)|>{7} [^\r\n]*)")
_NAMED = expression(r"\s*(?P<name>[^\s:]+)(?::|\s+[-–—])\s(?P<title>.*)")
_LANGUAGE = expression(r"[^\s{},:;=]*")
_OPENERS: Final = r"`{3}|~{3}|\#{1,6}(?=[ \t\r\n]|\Z)|<!--"
BODY: Final = expression(
    rf"\n(?= {{0,3}}(?:{_OPENERS}|[-*+][ \t]+(?:\{{[ \t]*)?[\"']?(?:{ID}|[iI][dD])[\"']?[ \t]*:))"
)
"""Before a line of the body that can begin something other than prose."""
HISTORY: Final = expression(rf"\n(?= {{0,3}}(?:{_OPENERS}|[-*+][ \t]|\d{{1,9}}[.)][ \t]))")
"""The same within a session history section, where every list item counts."""


_DEEPEST: Final = 3
"""Blanks before a line, with which it is not yet taken for code."""
_MARKS: Final = 3
"""The least marks of a fence."""
_LONGEST_NUMBER: Final = 9
"""Digits that a list item may be numbered with."""


class Fence(NamedTuple):
    """An open code fence: its character and how many of them; ``info`` is its first word."""

    mark: str
    length: int
    info: str


_OTHER_BLOCK = expression(
    r"(?m) {0,3}(?:#{1,6}(?:[ \t\r\n]|\Z)|>|<!--|```|~~~|[-*+](?:[ \t\r\n]|\Z)|[0-9]{1,9}[.)][ \t]"
    r"|(?:[-*_][ \t]*){3,}\r?$)"
)


class Heading(NamedTuple):
    """A heading line: its level, its words, and where the line ends (line end included)."""

    level: int
    words: str
    stop: int


def line_stop(text: str, at: int) -> int:
    """Where the line at ``at`` ends, line end included."""
    return text.find("\n", at) + 1 or len(text)


def fence(text: str, at: int) -> Fence | None:
    """The code fence that the line at ``at`` opens."""
    found = _fence_line(text, at)
    if found is None:
        return None
    marks, info = found
    if marks[0] == "`" and "`" in info:
        return None
    if not info.isalnum():
        language = _LANGUAGE.match(info.lstrip("{."))
        info = language[0] if language else ""
    return Fence(marks[0], len(marks), info.lower())


def _fence_line(text: str, at: int) -> tuple[str, str] | None:
    """The marks of the line at ``at``, which opens or closes a fence, and what stands behind."""
    line = text[at : line_stop(text, at)].partition("\r")[0].removesuffix("\n")
    marked = line.lstrip(" ")
    mark = marked[:1]
    if mark not in ("`", "~") or len(line) - len(marked) > _DEEPEST:
        return None
    behind = marked.lstrip(mark)
    size = len(marked) - len(behind)
    return None if size < _MARKS else (marked[:size], behind.lstrip(" \t"))


def closes(text: str, at: int, opened: Fence) -> bool:
    """Whether the line at ``at`` closes the fence ``opened``."""
    found = _fence_line(text, at)
    if found is None:
        return False
    marks, info = found
    return marks[0] == opened.mark and len(marks) >= opened.length and not info.strip()


def next_fence(text: str, at: int, mark: str) -> int:
    """The start of the next line from ``at`` on that begins with three of ``mark``; -1 if none."""
    while True:
        found = text.find(mark * 3, at)
        if found < 0:
            return -1
        start = found
        while start > at and text[start - 1] == " " and found - start < 4:
            start -= 1
        if found - start <= 3 and (start == 0 or text[start - 1] == "\n"):
            return start
        at = text.find("\n", found) + 1
        if at == 0:
            return -1


def fence_close(text: str, at: int, opened: Fence) -> int:
    """The start of the line that closes the fence which is open at ``at``; -1 if there is none."""
    while (at := next_fence(text, at, opened.mark)) >= 0:
        if closes(text, at, opened):
            return at
        at = line_stop(text, at)
    return -1


def fence_stop(text: str, at: int, opened: Fence) -> int:
    """Where the fence that is open at ``at`` ends, its closing line included; -1 if nowhere."""
    at = fence_close(text, at, opened)
    return at if at < 0 else line_stop(text, at)


def nesting_stop(text: str, at: int, opened: Fence) -> int:
    """Where a fence ends in which a fence line with a word opens an inner one; -1 if nowhere."""
    inner = False
    while (at := next_fence(text, at, opened.mark)) >= 0:
        line = _fence_line(text, at)
        if line is not None and len(line[0]) >= opened.length:
            if line[1].strip():
                inner = True
            elif inner:
                inner = False
            else:
                return line_stop(text, at)
        at = line_stop(text, at)
    return -1


def is_lazy(text: str, at: int) -> bool:
    """Whether the line at ``at`` goes on with the paragraph of a list item above it."""
    # The next item is what stands there nearly always.
    if text.startswith(("- ", "* "), at):
        return False
    above = text[text.rfind("\n", 0, at - 1) + 1 : at]
    return bool(above.strip()) and _OTHER_BLOCK.match(text, at) is None


def words_start(text: str, at: int) -> int:
    """Where the words of the list item at ``at`` begin, behind bullet and blanks; -1 for no item.

    The bullet is ``-``, ``*``, ``+`` or a number with ``.`` or ``)``.
    """
    if text.startswith(("- ", "* "), at) and text[at + 2 : at + 3] not in (" ", "\t"):
        return at + 2
    begin = at
    while begin - at < _DEEPEST and text.startswith(" ", begin):
        begin += 1
    stop = begin
    while stop - begin < _LONGEST_NUMBER and "0" <= text[stop : stop + 1] <= "9":
        stop += 1
    if not text.startswith((".", ")") if stop > begin else ("-", "*", "+"), stop):
        return -1
    words = stop = stop + 1
    while text.startswith((" ", "\t"), words):
        words += 1
    return words if words > stop else -1


def comment_stop(text: str, at: int) -> int:
    """Where the comment that the line at ``at`` opens ends: with the line of its ``-->``; or -1."""
    found = text.find("-->", text.find("<!--", at) + 2)
    return -1 if found < 0 else line_stop(text, found)


def front_matter_stop(text: str, at: int) -> int:
    """Where the front matter that begins at ``at`` ends; ``at`` itself where there is none."""
    if not text.startswith("---", at) or _BAR.match(text, at) is None:
        return at
    line = line_stop(text, at)
    if not text[line : line_stop(text, line)].strip():
        return at
    while line < len(text):
        if text[line] in "-." and _BAR.match(text, line) is not None:
            return line_stop(text, line)
        line = line_stop(text, line)
    return at


def heading(text: str, at: int) -> Heading | None:
    """The heading that the line at ``at`` is."""
    stop = line_stop(text, at)
    line = text[at:stop].partition("\r")[0]
    marked = line.lstrip(" ")
    behind = marked.lstrip("#")
    level = len(marked) - len(behind)
    if (
        len(line) - len(marked) > 3
        or not 1 <= level <= 6
        or behind[:1] not in ("", " ", "\t", "\n")
    ):
        return None
    words = behind.strip()
    bare = words.rstrip("#")
    if not bare or bare[-1] in " \t":
        words = bare.rstrip()
    return Heading(level, words, stop)


def is_history(words: str) -> bool:
    """Whether a heading's words, without emoji, numbers and marks, are "Session History"."""
    words = words[:200].lower()
    if "session" not in words:
        return False
    return "".join([c if c.isalpha() else " " for c in words]).split() == ["session", "history"]


def named_heading(text: str, at: int) -> tuple[str, str] | None:
    """The name and the title of a heading line ``## name: Title`` or ``## name - Title``."""
    line = heading(text, at)
    found = None if line is None else _NAMED.match(line.words)
    return None if found is None else (found["name"], found["title"].strip())


def conflicts(text: str) -> tuple[Span, ...]:
    """The stretches from ``<<<<<<< x`` over ``=======`` to ``>>>>>>> y``, whole lines."""
    if "<<<<<<< " not in text:
        return ()
    found: list[Span] = []
    start = -1
    parted = False
    for marker in _MARKER.finditer(text):
        if marker[0][0] == "<":
            start, parted = marker.start(), False
        elif start >= 0 and marker[0][0] == "=":
            parted = True
        elif start >= 0 and parted and marker[0][0] == ">":
            found.append(Span(start, line_stop(text, marker.start())))
            start = -1
    return tuple(found)


def may_conflict(text: str, start: int, stop: int) -> bool:
    """Whether the lines from ``start`` to ``stop`` hold what could be part of a conflict."""
    lines = text[text.rfind("\n", 0, start) + 1 : line_stop(text, stop)]
    marked = any(mark in lines for mark in ("<<<<<<<", "=======", ">>>>>>>"))
    return marked and _MARKER.search(lines) is not None


def without_markers(text: str, spans: Iterable[Span]) -> str:
    """``text`` with the conflict markers within ``spans`` made blank, of the same length."""
    for span in spans:
        inner = _MARKER_LINE.sub(lambda line: " " * len(line[0]), span.of(text))
        text = text[: span.start] + inner + text[span.stop :]
    return text
