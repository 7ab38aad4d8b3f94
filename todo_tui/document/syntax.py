"""Small pieces of syntax that several dialects share: ids, quotes, flow lists, lines.

Owns no rule about where an entry begins or ends. Every pattern here is linear in the length of the
line that it is tried on.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from todo_tui.document.edit import Edit
from todo_tui.document.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from todo_tui.document.entry import Value

ID: Final = r"(?=[0-9_-]*[A-Z])[A-Z0-9]+(?:[_-][A-Z0-9]+)+"
"""An id that may stand as a key: capitals and digits in words joined by ``_`` or ``-``."""

_ID = re.compile(ID)
_PIECES = re.compile(
    r"""[ \t]*(?:"((?:[^"\\]|\\.)*)"|'((?:[^']|'')*)'|([^,\[\]{}"']*))[ \t]*(,|$)"""
)
_ESCAPE = re.compile(r"\\(.)")


def is_id(name: str) -> bool:
    """Whether ``name`` is an id that may stand as a key."""
    return _ID.fullmatch(name) is not None


def lines(text: str, at: int = 0) -> Iterator[Span]:
    """The whole lines of ``text`` from ``at`` on, line ends included."""
    end = len(text)
    while at < end:
        stop = text.find("\n", at) + 1 or end
        yield Span(at, stop)
        at = stop


def trimmed(text: str, start: int, stop: int) -> Span:
    """``start:stop`` without the blanks and line ends at both ends."""
    while start < stop and text[start] in " \t\r\n":
        start += 1
    while stop > start and text[stop - 1] in " \t\r\n":
        stop -= 1
    return Span(start, stop)


def line_end(text: str) -> str:
    """The first line end of ``text``; a plain one where it has none."""
    at = text.find("\n")
    return "\r\n" if at > 0 and text[at - 1] == "\r" else "\n"


def unquoted(source: str) -> str | None:
    """What a text in one pair of quotes says; None where it is not in quotes as a whole."""
    if len(source) < 2 or source[0] not in "\"'" or source[-1] != source[0]:
        return None
    inner = source[1:-1]
    if source[0] == "'":
        return inner.replace("''", "'") if "'" not in inner.replace("''", "") else None
    plain = _ESCAPE.sub("", inner)
    return _ESCAPE.sub(r"\1", inner) if '"' not in plain and "\\" not in plain else None


def flow_list(source: str) -> tuple[str, ...] | None:
    """The texts of ``[a, "b"]``; None where ``source`` is no list, or a nested one."""
    if len(source) < 2 or source[0] != "[" or source[-1] != "]":
        return None
    inner = source[1:-1]
    if not inner.strip():
        return ()
    found: list[str] = []
    at = 0
    while True:
        piece = _PIECES.match(inner, at)
        if piece is None:
            return None
        double, single, plain, more = piece.groups()
        if double is not None:
            found.append(_ESCAPE.sub(r"\1", double))
        elif single is not None:
            found.append(single.replace("''", "'"))
        else:
            found.append(plain.strip())
        at = piece.end()
        if not more:
            break
    if not found[-1]:
        found.pop()
    return tuple(found)


def spelt(name: str, like: str) -> str:
    """A canonical name (``claimed_by``) in the style of ``like``: ``Claimed By``, ``claimedBy``."""
    words = name.split("_")
    if " " in like:
        first = like.split()[1][:1]
        rest = [word.capitalize() if first.isupper() else word for word in words[1:]]
        head = words[0].capitalize() if like[:1].isupper() else words[0]
        return " ".join([head, *rest])
    if "-" in like:
        join = "-"
    elif "_" not in like and re.search(r"[a-z][A-Z]", like):
        join = ""
        return "".join([words[0], *(word.capitalize() for word in words[1:])])
    else:
        join = "_"
    if like.isupper():
        return join.join(words).upper()
    if like[:1].isupper():
        return join.join(word.capitalize() for word in words)
    return join.join(words)


def style(names: Sequence[str]) -> str:
    """The name among ``names`` that shows best how names are spelt: one of several words."""
    for name in names:
        if len(re.findall(r"[A-Z]?[a-z]+|[A-Z]+", name)) > 1:
            return name
    return names[0] if names else ""


def texts(value: tuple[Value, ...]) -> tuple[str, ...]:
    """The texts of a list; what is none is left out."""
    return tuple(item for item in value if isinstance(item, str))


def is_scalar(source: str) -> bool:
    """Whether the source of a value is a text on one line, and no list."""
    return "\n" not in source and source[:1] not in ("[", "{", "|", ">")


def insert_line(text: str, at: int, line: str) -> Edit:
    """The edit that adds ``line`` (without line end) at the start of a line, or at the end."""
    end = line_end(text)
    if at and text[at - 1] != "\n":
        return Edit(Span(at, at), end + line)
    return Edit(Span(at, at), line + end)
