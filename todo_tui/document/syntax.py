"""Small pieces of syntax that several dialects share: ids, quotes, flow lists, names, lines.

Owns no rule about where an entry begins or ends. Every pattern here takes time linear in the length
of what it is tried on.
"""

from __future__ import annotations

from todo_tui.document.edit import Edit
from todo_tui.document.span import Span
from todo_tui.expression import expression
from todo_tui.static import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from todo_tui.document.entry import Value

ID: Final = r"(?=[0-9_-]*[A-Z])(?![0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9])[A-Z0-9]+(?:[_-][A-Z0-9]+)+"
"""An id that may stand as a key: capitals and digits in words joined by ``_`` or ``-``, no time."""

BULLET: Final = expression(r"[ \t]*[-*+][ \t]+")
"""The bullet of a list item, with the blanks around it."""
BLOCK: Final = expression(r"[|>][-+0-9]{0,2}[ \t]*(?:#.*)?")
"""The header of a block of text."""

_ID = expression(ID)
_ESCAPE = expression(r"(?s)\\(.)")
_ESCAPED = {"n": "\n", "t": "\t"}
_DOUBLE = expression(r'(?s)"(?:[^"\\]|\\.)*"')
_SINGLE = expression(r"'(?:[^']|'')*'")
_PLAIN = expression(r"[^,\[\]{}\"']*")
_WORDS = expression(r"[A-Z]?[a-z]+|[A-Z]+")
_PARTS = expression(r"[A-Z]?[a-z]+|[A-Z]+|[^\W_]")


def is_id(name: str) -> bool:
    """Whether ``name`` is an id that may stand as a key."""
    if name[4:5] == "-" and name[:4].isdigit():  # it could be a time
        return _ID.fullmatch(name) is not None
    words = name.replace("-", "_").split("_")
    return len(words) > 1 and name.isascii() and name.isupper() and all(map(str.isalnum, words))


def lines(text: str, at: int = 0, end: int | None = None) -> Iterator[Span]:
    """The whole lines of ``text`` from ``at`` to ``end``, line ends included."""
    end = len(text) if end is None else end
    while at < end:
        stop = text.find("\n", at, end) + 1 or end
        yield Span(at, stop)
        at = stop


def trimmed(text: str, start: int, stop: int) -> Span:
    """``start:stop`` without the blanks and line ends at both ends; empty at ``start`` if blank."""
    begin = start
    while begin < stop and text[begin] in " \t\r\n":
        begin += 1
    if begin == stop:
        return Span(start, start)
    while text[stop - 1] in " \t\r\n":
        stop -= 1
    return Span(begin, stop)


def unquoted(source: str) -> str | None:
    """What a text in one pair of quotes says; None where it is not in quotes as a whole."""
    if len(source) < 2:
        return None
    if source[0] == '"' and _DOUBLE.fullmatch(source):
        return _ESCAPE.sub(lambda found: _ESCAPED.get(found[1], found[1]), source[1:-1])
    if source[0] == "'" and _SINGLE.fullmatch(source):
        return source[1:-1].replace("''", "'")
    return None


def quoted(value: str, quote: str) -> str:
    """``value`` in quotes, so that ``unquoted`` gives it back."""
    if quote == "'":
        return "'" + value.replace("'", "''") + "'"
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def flow_list(source: str) -> tuple[str, ...] | None:
    """The texts of ``[a, "b"]``; None where ``source`` is no list, or holds anything but texts."""
    if len(source) < 2 or source[0] != "[" or source[-1] != "]":
        return None
    inner = source[1:-1].strip()
    if not inner:
        return ()
    found: list[str] = []
    at = 0
    while at < len(inner):
        while at < len(inner) and inner[at] in " \t":
            at += 1
        piece = (_DOUBLE.match(inner, at) or _SINGLE.match(inner, at)) or _PLAIN.match(inner, at)
        if piece is None:
            return None
        text = unquoted(piece[0])
        found.append(piece[0].strip() if text is None else text)
        at = piece.end()
        while at < len(inner) and inner[at] in " \t":
            at += 1
        if at < len(inner) and inner[at] != ",":
            return None
        at += 1
    return tuple(found)


def texts(value: tuple[Value, ...]) -> tuple[str, ...]:
    """The texts of a list; what is none is left out."""
    return tuple(item for item in value if isinstance(item, str))


def is_scalar(source: str) -> bool:
    """Whether the source of a value is a text on one line, and no list."""
    return "\n" not in source and source[:1] not in ("[", "{", "|", ">")


def spelt(name: str, names: Iterable[str]) -> str:
    """A canonical name (``claimed_by``) spelt as ``names`` are: ``Claimed By``, ``claimedBy``.

    As one of them where it is among them in another spelling, else in the style of the first that
    has several words.
    """
    known = list(names)
    words = name.split("_")
    for one in known:
        if one == name or [word.lower() for word in _parts(one)] == words:
            return one
    like = next((one for one in known if len(_words(one)) > 1), "".join(known[:1]))
    if like.isupper():
        cased = [word.upper() for word in words]
    elif like[:1].isupper():
        cased = [word.capitalize() for word in words]
        if " " in like and like.split()[1][:1].islower():
            cased[1:] = words[1:]
    else:
        cased = words
    for joint in (" ", "-", "_"):
        if joint in like:
            return joint.join(cased)
    if len(_words(like)) > 1 and not like.isupper():
        return cased[0] + "".join(word.capitalize() for word in words[1:])
    return (" " if like[:1].isupper() and not like.isupper() else "_").join(cased)


def _parts(name: str) -> list[str]:
    return name.split("_") if _is_plain_name(name) else _PARTS.findall(name)


def _words(name: str) -> list[str]:
    return name.split("_") if _is_plain_name(name) else _WORDS.findall(name)


def _is_plain_name(name: str) -> bool:
    """Whether a name is words of small letters, joined by ``_``: what needs no expression."""
    return name.isascii() and name.islower() and all(map(str.isalpha, name.split("_")))


def line_end(text: str, at: int) -> str:
    """The line end of the line before ``at``; where there is none, of the first line."""
    end = text.rfind("\n", 0, at)
    if end < 0:
        end = text.find("\n")
    return "\r\n" if end > 0 and text[end - 1] == "\r" else "\n"


def insert_line(text: str, at: int, line: str) -> Edit:
    """The edit that adds ``line`` (without line end) at the start of a line, or at the end."""
    end = line_end(text, at)
    if at and text[at - 1] != "\n":
        return Edit(Span(at, at), end + line)
    return Edit(Span(at, at), line + end)
