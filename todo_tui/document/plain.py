"""The plainly simple part of YAML: its grammar as regular expressions, and what it stands for.

Shared by the two readers of simple items. Narrower than YAML wherever YAML is subtle: what is not
matched here is left to ``yaml``. No expression takes more than linear time.
"""

from __future__ import annotations

from todo_tui.expression import expression
from todo_tui.static import TYPE_CHECKING

if TYPE_CHECKING:
    import re

ODD = "\\x00-\\x1f\\x7f-\\x9f"
"""Control characters, tabs, line ends. A set of single bytes: one beyond costs each expression that
holds it a hundred times as long to compile, so ``is_strange`` looks for the others."""
_STRANGE = expression("[\u2028\u2029\ufeff\ufffe\uffff\ud800-\udc7f\udd00-\udfff]")

FIRST = rf"[^-\s?:,\[\]{{}}#&*!|>'\"%@`{ODD}]"
TEXT = rf"[^:#{ODD}]*(?:(?::(?=[^ {ODD}])|(?<! )#)[^:#{ODD}]*)*"
PLAIN = rf"(?:{FIRST}|-(?=[^ {ODD}])){TEXT}(?<! )"
_BACKSLASH = r'\\(?:["\\/nt]|u(?![dD][89a-fA-F])[0-9a-fA-F]{4})'
DOUBLE = rf'[^"\\{ODD}]*(?:{_BACKSLASH}[^"\\{ODD}]*)*'
SINGLE = rf"[^'{ODD}]*(?:''[^'{ODD}]*)*"
_NAME = rf"[^-\s,\[\]{{}}:#?&*!|>'\"%@`{ODD}][^,\[\]{{}}:#?'\"{ODD}]*+"
_QUOTED = rf"\"{DOUBLE}\"|'{SINGLE}'"
_ENTRY = rf"(?:{_NAME}|(?:{_QUOTED}) *)"
FLOW = rf"\[ *(?:{_ENTRY}(?:, *(?!\])|(?=\])))*\]"
BARE_FLOW = rf"\[ *(?:{_NAME}(?:, *(?!\])|(?=\])))*\]"
"""A FLOW list without quotes."""
COMMENT = rf"[ ]*(?:(?<= )#[^{ODD}]*)?"
END = rf"(?:\n|{COMMENT}(?:\r?\n|\Z))"

_WHOLE = rf"{FIRST}[^:#{ODD}]*+(?<! )(?=\r?\n)"
SCALAR = rf"({_WHOLE}|{PLAIN})|\"([^\"\\{ODD}]*+(?=\")|{DOUBLE})\"|'({SINGLE})'"
"""A scalar as one of three groups. What the first alternatives take the second ones would too, a
third slower: most text holds no colon, hash sign or backslash."""

_ITEM = expression(rf"({_NAME})|\"({DOUBLE})\"|'({SINGLE})'")
_ESCAPE = expression(r"\\(u....|.)")
_ESCAPED = {"n": "\n", "t": "\t"}


def is_strange(text: str) -> bool:
    """Whether ``text`` holds what some YAML takes for a line end, or no YAML allows."""
    return not text.isascii() and _STRANGE.search(text) is not None


def names(flow: str) -> tuple[str, ...]:
    """The items of the source of a FLOW list."""
    if not flow.strip("[ ]"):
        return ()
    if '"' in flow or "'" in flow:
        return tuple(
            [
                name.rstrip(" ") or double_quoted(double) or single_quoted(single)
                for name, double, single in _ITEM.findall(flow)
            ]
        )
    return tuple([name.strip(" ") for name in flow[1:-1].split(",")])


def holds_words(inner: str) -> bool:
    """Whether what stands between a list's brackets is words of letters, digits, ``_`` and ``-``.

    So it is a BARE_FLOW list, which takes less to see.
    """
    words = [word.strip(" ") for word in inner.split(",")] if inner else []
    return all(word[:1].isalpha() and word.replace("-", "_").isidentifier() for word in words)


def double_quoted(inner: str) -> str:
    """What stands between double quotes, as text."""
    return _ESCAPE.sub(_escaped, inner) if "\\" in inner else inner


def single_quoted(inner: str) -> str:
    """What stands between single quotes, as text."""
    return inner.replace("''", "'")


def text_block(header: str, lines: list[str], *, ended: bool) -> str:
    """The text of a block scalar whose header is ``|`` or ``>`` and perhaps ``-`` or ``+``.

    ``lines`` are without indent and line end, one of them at least not empty; ``ended`` says
    whether the last one has a line end.
    """
    content = list(lines)
    while not content[-1]:
        content.pop()
    trailing = len(lines) - len(content)
    text = "\n".join(content) if header[0] == "|" else _fold(content)
    if header[1:] == "-" or not ended:
        return text
    return text + "\n" * (1 + trailing if header[1:] == "+" else 1)


def _fold(lines: list[str]) -> str:
    parts: list[str] = []
    breaks = 0
    before = ""
    for line in lines:
        if not line:
            breaks += 1
            continue
        if not before:
            parts.append("\n" * breaks)
        elif before[0] == " " or line[0] == " ":
            parts.append("\n" * (breaks + 1))
        else:
            parts.append("\n" * breaks or " ")
        parts.append(line)
        before = line
        breaks = 0
    return "".join(parts)


def _escaped(found: re.Match[str]) -> str:
    escape = found[1]
    return chr(int(escape[1:], 16)) if len(escape) > 1 else _ESCAPED.get(escape, escape)
