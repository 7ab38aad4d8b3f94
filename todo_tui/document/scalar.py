"""How a scalar or a list is written in YAML, on one line, in the style of what stood there.

Owns quoting for writing. Must not read YAML: what it writes is proved against ``yaml`` by tests.
"""

from __future__ import annotations

from todo_tui.document.syntax import unquoted
from todo_tui.expression import expression
from todo_tui.static import TYPE_CHECKING

if TYPE_CHECKING:
    import re

_PLAIN = expression(
    r"""(?x)
    (?: [^\W\d_] | [\d_/.(+<$^;\\] | [-?:](?=[^\s,\[\]{}]) | [^\x00-\xa0\u2028\u2029\ufeff] )
    (?: [^\s:\#,\[\]{}\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]
      | [ ,\[\]{}] | :(?=[^\s,\[\]{}]) | (?<=[^\s])\# )*
    """
)
"""Text that YAML reads as itself without quotes in a block mapping."""

_TYPED = expression(
    r"""(?xi)
    ~ | null | true | false | yes | no | on | off | y | n
    | [-+]? [.\d] [\d_.,:]* (?: e [-+]? \d+ )?
    | [-+]? 0 [xob] [\da-f_]+ | [-+]? \. (?: inf | nan )
    | \d{4} - \d\d? - \d\d? .*
    | = | <<
    """
)
"""Plain text that YAML 1.1 or 1.2 takes for something other than a string."""

_TYPED_WORDS = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n"})
"""Most of what is written is a word, and needs none of the above."""

_ESCAPES = {
    ord("\\"): "\\\\",
    ord('"'): '\\"',
    ord("\n"): "\\n",
    ord("\r"): "\\r",
    ord("\t"): "\\t",
    0: "\\0",
    0x85: "\\N",
    0x2028: "\\L",
    0x2029: "\\P",
}

_UNPRINTABLE = expression(
    "[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udc7f\udd00-\udfff]"
)
"""What must be escaped; bytes that are no UTF-8 (U+DC80 to U+DCFF) stay as they are."""


_ITEM = expression(r"[^\s\[\],-]")
"""Where the first item of a flow list begins."""
_EACH = expression(r"'(?:[^'\n]|'')*'|\"(?:[^\"\\\n]|\\.)*\"|[^\s,\[\]{}'\"][^,\[\]{}\n]*")
"""What may be an item of a flow list."""


def scalar(value: str, *, like: str = "", flow: bool = False) -> str:
    """``value`` as a one-line YAML scalar that reads back as ``value`` and as a string.

    In the quotes of the source ``like`` where possible; plain only if ``like`` is plain (or empty)
    and the value can stand plain. ``flow``: inside a flow list or mapping.
    """
    if not (value.isascii() and value.isprintable()) and _UNPRINTABLE.search(value):
        return _double(value)
    quote = like[:1]
    if quote == "'":
        return _single(value)
    if quote != '"' and _can_stand_plain(value, flow=flow):
        return value
    return _double(value)


def sequence(values: tuple[str, ...], *, like: str = "") -> str:
    """``values`` as a flow list, items quoted as the first of the source ``like`` is.

    An item that stands there already is written as it stands there.
    """
    item = _ITEM.search(like)
    style = like[item.start() : item.start() + 1] if item else ""
    known = _sources(like) if like[:1] == "[" else {}
    written = (known.get(value) or scalar(value, like=style, flow=True) for value in values)
    return f"[{', '.join(written)}]"


def _sources(flow: str) -> dict[str, str]:
    """The items of the source of a flow list that plainly say what they say, by that."""
    found: dict[str, str] = {}
    for source in map(str.strip, _EACH.findall(flow)):
        said = unquoted(source)
        if "\\" not in source and (said is not None or _can_stand_plain(source, flow=True)):
            found.setdefault(source if said is None else said, source)
    return found


def _can_stand_plain(value: str, *, flow: bool) -> bool:
    if _is_word(value) and value.lower() not in _TYPED_WORDS:
        return True
    if value != value.strip() or not _PLAIN.fullmatch(value) or _TYPED.fullmatch(value):
        return False
    if flow and any(c in ",[]{}?:" for c in value):
        return False
    return not value.endswith(":")


def _is_word(value: str) -> bool:
    """Whether ``value`` is words of letters and digits, one of `` -_@`` between two of them."""
    words = value.replace(" ", "_").replace("-", "_").replace("@", "_").split("_")
    return value.isascii() and value[:1].isalpha() and all(map(str.isalnum, words))


def _single(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _double(value: str) -> str:
    text = value.translate(_ESCAPES)
    if not text.isprintable():
        text = _UNPRINTABLE.sub(_escape, text)
    return f'"{text}"'


def _escape(found: re.Match[str]) -> str:
    code = ord(found[0])
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
