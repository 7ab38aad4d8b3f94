"""Reads simple items line by line: lists, nested mappings, block scalars, text over lines.

The thorough half of the fast scanner: slower than its regular expression, but with spans. What is
not plainly simple is refused. Must not read a line that ``plain`` has no expression for.
"""

from __future__ import annotations

from todo_tui.document.entry import Field, Mapping
from todo_tui.document.plain import (
    COMMENT,
    FLOW,
    ODD,
    PLAIN,
    SCALAR,
    TEXT,
    double_quoted,
    is_strange,
    names,
    single_quoted,
    text_block,
)
from todo_tui.document.span import Span
from todo_tui.expression import expression
from todo_tui.static import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from todo_tui.document.entry import Value

_REFUSED = expression(rf"(?m)(?!\r?\n)[{ODD}]|^(?:---|\.\.\.)")
_KEY = expression(rf"({PLAIN}):(?: +|$)")
_REST = expression(rf"(?:{SCALAR}|({FLOW})|([|>][-+]?))?{COMMENT}")
_MORE = expression(rf"[^:#{ODD}]{TEXT}(?<! ) *")
_DASH = expression(r"-(?: +|$)")

_DEPTH = 20
_KEY_LENGTH = 500


def locate(text: str) -> tuple[Field, ...] | None:
    """The fields of an item or mapping with their spans; None where it is not plainly simple."""
    if is_strange(text) or _REFUSED.search(text):
        return None
    try:
        return _Reader(text).fields()
    except _NotMineError:
        return None


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
            return names(flow)
        if plain is None:
            return single_quoted(single) if double is None else double_quoted(double)
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
        while line < count and (self.indents[line] >= inner or not self.bodies[line]):
            line += 1
        ended = line < count or self.text.endswith("\n")
        if not ended and not self.bodies[-2]:
            _refuse()
        content = [text.removesuffix("\r")[inner:] for text in self.lines[start:line]]
        self.at = line - 1
        self._next()
        while not self.bodies[line - 1]:
            line -= 1
        last = self.lines[line - 1].removesuffix("\r")
        self.stop = self.offsets[line - 1] - self.indents[line - 1] + len(last)
        return text_block(header, content, ended=ended)

    def _indent_of(self, line: int) -> int:
        """How many characters before the line's content, dash included."""
        return self.offsets[line] - (self.text.rfind("\n", 0, self.offsets[line]) + 1)

    def _line_end(self) -> int:
        """The offset after the line end of the last value's line."""
        return self.text.find("\n", self.stop) + 1 or len(self.text)


def _refuse() -> NoReturn:
    raise _NotMineError
