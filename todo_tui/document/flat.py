"""The fast scanner for YAML items that are plainly simple; says "not mine" for all others.

Must agree with ``yaml`` on every item that it does not refuse: that equality is its test. Two ways:
one regular expression for items whose every line is ``key: value``, and a reader of lines for
those with block lists, nested mappings, block scalars, or text over several lines.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NoReturn

from todo_tui.document.entry import Field, Mapping
from todo_tui.document.span import Span

if TYPE_CHECKING:
    from todo_tui.document.entry import Value

_ODD = "\\x00-\\x1f\\x7f-\\x9f\\u2028\\u2029\\ufeff\\ufffe\\uffff\\ud800-\\udc7f\\udd00-\\udfff"
"""Control characters, tabs, line ends, what some YAML takes for one, what no YAML allows."""

_TEXT = rf"[^:#{_ODD}]*(?:(?::(?=[^ {_ODD}])|(?<! )#)[^:#{_ODD}]*)*"
_PLAIN = rf"(?:[^-\s?:,\[\]{{}}#&*!|>'\"%@`{_ODD}]|-(?=[^ {_ODD}])){_TEXT}(?<! )"
_BACKSLASH = r'\\(?:["\\/nt]|u(?![dD][89a-fA-F])[0-9a-fA-F]{4})'
_DOUBLE = rf'[^"\\{_ODD}]*(?:{_BACKSLASH}[^"\\{_ODD}]*)*'
_SINGLE = rf"[^'{_ODD}]*(?:''[^'{_ODD}]*)*"
_NAME = rf"[^-\s,\[\]{{}}:#?&*!|>'\"%@`{_ODD}][^,\[\]{{}}:#?'\"{_ODD}]*+"
_QUOTED = rf"\"{_DOUBLE}\"|'{_SINGLE}'"
_FLOW = rf"\[ *(?:(?:{_NAME}|(?:{_QUOTED}) *)(?:, *(?:{_NAME}|(?:{_QUOTED}) *))*)?\]"
_COMMENT = rf"[ ]*(?:(?<= )#[^{_ODD}]*)?"
_VALUE = rf"({_PLAIN})|\"({_DOUBLE})\"|'({_SINGLE})'|({_FLOW})"
_WHOLE = rf"[^-\s?:,\[\]{{}}#&*!|>'\"%@`{_ODD}][^:#{_ODD}]*+(?<! )(?=\r?\n)"
_COMMON = rf"({_WHOLE}|{_PLAIN})|\"([^\"\\{_ODD}]*+(?=\")|{_DOUBLE})\"|'({_SINGLE})'|({_FLOW})"
"""The same as ``_VALUE``, a third faster where text holds no colon, hash sign or backslash."""


_START = re.compile(r" {0,12}(?:- {1,4})?(?=\w)")
_REFUSED = re.compile(rf"(?!\r?\n)[{_ODD}]|^(?:---|\.\.\.)", re.MULTILINE)
_KEY = re.compile(rf"({_PLAIN}):(?: +|$)")
_REST = re.compile(rf"(?:{_VALUE}|([|>][-+]?))?{_COMMENT}")
_MORE = re.compile(rf"[^:#{_ODD}]{_TEXT}(?<! ) *")
_DASH = re.compile(r"-(?: +|$)")
_ITEM = re.compile(rf"({_NAME})|\"({_DOUBLE})\"|'({_SINGLE})'")
_ESCAPE = re.compile(r"\\(u....|.)")
_ESCAPED = {"n": "\n", "t": "\t"}

_DEPTH = 20
_KEY_LENGTH = 500


def scan(text: str) -> tuple[tuple[str, Value], ...] | None:
    """The pairs of one list item's mapping; None for anything that is not plainly simple.

    ``text`` is the item's whole lines, from the indent of its dash to its last line end.
    """
    start = _START.match(text)
    if start is not None:
        found = _lines(start[0]).findall(text)
        if not found[-1][5]:
            if "\\" in text or "''" in text:
                found = [
                    (key, plain, _unescape(double), single.replace("''", "'"), flow, more)
                    for key, plain, double, single, flow, more in found
                ]
            return tuple(
                [
                    (key, plain or double or single or (flow and _names(flow)))
                    for key, plain, double, single, flow, _ in found
                    if key
                ]
            )
    fields = locate(text)
    return None if fields is None else tuple((field.name, field.value) for field in fields)


def locate(text: str) -> tuple[Field, ...] | None:
    """The same pairs as fields with spans relative to ``text``; None where ``scan`` gives None."""
    if _REFUSED.search(text):
        return None
    try:
        return _Reader(text).fields()
    except _NotMineError:
        return None


@cache
def _lines(start: str) -> re.Pattern[str]:
    """One line a match: key and value, nothing, or (in the last group) all that is not simple."""
    first = rf"\A{start}|" if "-" in start else ""
    indent = rf"{first}^ {{{len(start)}}}"
    return re.compile(
        rf"(?:{indent})([A-Za-z0-9_][A-Za-z0-9_.-]{{0,60}}+):(?: +(?:{_COMMON}))?"
        rf"(?:\n|{_COMMENT}(?:\r?\n|\Z))"
        rf"|^ *(?:#[^{_ODD}]*)?\r?\n"
        r"|((?s:.+))",
        re.MULTILINE,
    )


def _names(flow: str) -> tuple[str, ...]:
    """The items of a flow list; its brackets are still around it."""
    if not flow.strip("[ ]"):
        return ()
    if '"' in flow or "'" in flow:
        return tuple(
            name.rstrip(" ") or _unescape(double) or single.replace("''", "'")
            for name, double, single in _ITEM.findall(flow)
        )
    return tuple([name.strip(" ") for name in flow[1:-1].split(",")])


def _unescape(double: str) -> str:
    return _ESCAPE.sub(_unescaped, double) if "\\" in double else double


def _unescaped(found: re.Match[str]) -> str:
    escape = found[1]
    return chr(int(escape[1:], 16)) if len(escape) > 1 else _ESCAPED.get(escape, escape)


class _NotMineError(Exception):
    """The text is not plainly simple."""


class _Reader:
    """Reads an item line by line, blocks in blocks; raises _NotMineError for what is not simple.

    ``at`` is the line to be read next, always one with content, or the number of lines.
    ``stop`` is the offset after the last value.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = text.removesuffix("\n").split("\n")
        self.indents: list[int] = []
        self.bodies: list[str] = []
        self.offsets: list[int] = []
        self.at = -1
        self.stop = 0
        offset = 0
        for line in self.lines:
            body = line.lstrip(" ")
            indent = len(line) - len(body)
            self.indents.append(indent)
            self.bodies.append(body.rstrip(" \r"))
            self.offsets.append(offset + indent)
            offset += len(line) + 1
        self.bodies.append("")
        self.indents.append(-1)
        self.offsets.append(len(text))

    def fields(self) -> tuple[Field, ...]:
        """The item's fields, all lines of the text read."""
        self._next()
        if _DASH.match(self.bodies[self.at]):
            dash = self.indents[self.at]
            self._enter_item()
            if self.indents[self.at] <= dash:
                _refuse()
        fields: list[Field] = []
        self._mapping(self.indents[self.at], 0, fields)
        if self.at < len(self.lines):
            _refuse()
        return tuple(fields)

    def _next(self) -> None:
        """Go on to the next line with content."""
        self.at += 1
        while self.at < len(self.lines) and self.bodies[self.at][:1] in ("", "#"):
            self.at += 1

    def _enter_item(self) -> None:
        """Take the dash of a line for indent; what stands behind it begins its own block."""
        dash = _DASH.match(self.bodies[self.at])
        if dash is None:
            _refuse()
        width = dash.end()
        self.stop = self.offsets[self.at] + 1
        self.indents[self.at] += width
        self.offsets[self.at] += width
        self.bodies[self.at] = self.bodies[self.at][width:]
        if self.bodies[self.at][:1] in ("", "#"):
            self._next()

    def _block(self, depth: int) -> Value:
        """The list or mapping that begins on this line."""
        if depth > _DEPTH:
            _refuse()
        indent = self.indents[self.at]
        if _DASH.match(self.bodies[self.at]):
            return self._list(indent, depth)
        pairs: list[Field] = []
        self._mapping(indent, depth, pairs)
        return Mapping(tuple((pair.name, pair.value) for pair in pairs))

    def _list(self, indent: int, depth: int) -> Value:
        values: list[Value] = []
        while self.indents[self.at] == indent and _DASH.match(self.bodies[self.at]):
            line = self.at
            self._enter_item()
            body = self.bodies[self.at]
            if self.at != line:
                values.append(self._nested(indent, depth))
            elif _DASH.match(body):
                _refuse()
            elif _KEY.match(body):
                values.append(self._block(depth + 1))
            else:
                values.append(self._inline(0, indent))
        if self.indents[self.at] > indent:
            _refuse()
        return tuple(values)

    def _mapping(self, indent: int, depth: int, fields: list[Field]) -> None:
        while self.indents[self.at] == indent:
            line = self.at
            body = self.bodies[line]
            key = _KEY.match(body)
            if key is None or key.end(1) > _KEY_LENGTH:
                _refuse()
            begin = self.offsets[line]
            self.stop = begin + key.end(1) + 1
            start = begin + key.end()
            value: Value
            if body[key.end() : key.end() + 1] in ("", "#"):
                self._next()
                start = self.offsets[self.at]
                if self.indents[self.at] == indent and _DASH.match(self.bodies[self.at]):
                    value = self._list(indent, depth + 1)
                else:
                    value = self._nested(indent, depth)
                    if value == "":
                        start = self.stop
            else:
                value = self._inline(key.end(), indent)
            lines = Span(begin - self._indent_of(line), self._line_end())
            fields.append(Field(key[1], value, Span(start, self.stop), lines))
        if self.indents[self.at] > indent:
            _refuse()

    def _nested(self, indent: int, depth: int) -> Value:
        """The block on the following lines, or nothing."""
        return self._block(depth + 1) if self.indents[self.at] > indent else ""

    def _inline(self, column: int, indent: int) -> Value:
        """A value that begins in the line; ``indent`` is its collection's."""
        body = self.bodies[self.at]
        found = _REST.fullmatch(body, column)
        if found is None:
            _refuse()
        plain, double, single, flow, header = found.groups()
        group = found.lastindex or 0
        line = self.at
        self.stop = self.offsets[line] + found.end(group) + (group in (2, 3))
        if header:
            return self._text_block(header, indent)
        self._next()
        if flow is not None:
            return _names(flow)
        if plain is None:
            return single.replace("''", "'") if double is None else _unescape(double)
        return self._text_lines(plain, line, found.end() == found.end(1), indent)

    def _text_lines(self, first: str, line: int, whole: bool, indent: int) -> str:
        """Plain text with the deeper lines that go on with it."""
        parts = [first]
        while self.indents[self.at] > indent:
            more = _MORE.fullmatch(self.bodies[self.at])
            breaks = self.at - line - 1
            if more is None or not whole or any(self.bodies[line + 1 : self.at]):
                _refuse()
            parts += ("\n" * breaks or " ", self.bodies[self.at])
            line = self.at
            self.stop = self.offsets[line] + len(self.bodies[line])
            self._next()
        return "".join(parts)

    def _text_block(self, header: str, indent: int) -> str:
        """A literal or folded block scalar without an indentation indicator."""
        start = line = self.at + 1
        count = len(self.lines)
        while line < count and not self.bodies[line]:
            line += 1
        inner = self.indents[line]
        if inner <= indent or any(self.indents[start:line]):
            _refuse()
        leading = line - start
        content: list[str] = []
        while line < count and (self.indents[line] >= inner or not self.bodies[line]):
            content.append(self.lines[line].removesuffix("\r")[inner:])
            if self.bodies[line]:
                self.stop = self.offsets[line] - self.indents[line] + inner + len(content[-1])
            line += 1
        self.at = line - 1
        self._next()
        ended = self.text.endswith("\n") or line < count
        if not ended and not self.bodies[line - 1]:
            _refuse()
        trailing = 0
        while not content[-1]:
            content.pop()
            trailing += 1
        value = "\n" * leading + ("\n".join(content) if header[0] == "|" else _fold(content))
        if header[1:] == "-" or not ended:
            return value
        return value + "\n" * (1 + trailing if header[1:] == "+" else 1)

    def _indent_of(self, line: int) -> int:
        """How many characters before the line's content, dash included."""
        return self.offsets[line] - (self.text.rfind("\n", 0, self.offsets[line]) + 1)

    def _line_end(self) -> int:
        """The offset after the line end of the last value's line."""
        return self.text.find("\n", self.stop) + 1 or len(self.text)


def _fold(content: list[str]) -> str:
    """The lines of a folded block scalar, the last one not empty, as its text."""
    parts = [content[0]]
    before = content[0]
    breaks = 0
    for line in content[1:]:
        if not line:
            breaks += 1
            continue
        if before[0] == " " or line[0] == " ":
            parts.append("\n" * (breaks + 1))
        else:
            parts.append("\n" * breaks or " ")
        parts.append(line)
        before = line
        breaks = 0
    return "".join(parts)


def _refuse() -> NoReturn:
    raise _NotMineError
