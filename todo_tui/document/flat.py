"""The fast scanner for YAML items that are plainly simple; says "not mine" for all others.

Must agree with ``yaml`` on every item that it does not refuse: that equality is its test. One
regular expression takes the items that hold lines of ``key: value``, block lists of scalars and
block scalars; ``block`` reads the rest of the simple ones line by line. To compile that expression
takes as long as to read two hundred items without it: the first of a process, where nothing could
be simpler, are read so.
"""

from __future__ import annotations

from functools import cache, lru_cache

from todo_tui.document.entry import Mapping
from todo_tui.document.plain import (
    COMMENT,
    END,
    FLOW,
    ODD,
    SCALAR,
    double_quoted,
    holds_words,
    is_strange,
    names,
    single_quoted,
    text_block,
)
from todo_tui.expression import expression
from todo_tui.static import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import re

    from todo_tui.document.entry import Field, Value

_BARE: Final = frozenset("-?:,[]{}#&*!|>'\"%@`")
"""What no plain scalar begins with."""

_DASH = expression(r"( {0,16})- ")
_DEPTH = 5
_LONGEST_NAME: Final = 60
_DEEPEST: Final = 16
"""Blanks before the dash or the first key of a mapping."""
_WIDEST: Final = 4
"""Blanks behind the dash."""
_LONG: Final = 200
"""Longer lines (characters) are not kept: there are few, and they fill the memory."""


def scan(text: str) -> tuple[tuple[str, Value], ...] | None:
    """The pairs of one list item's mapping; None for anything that is not plainly simple.

    ``text`` is the item's whole lines, from the indent of its dash to its last line end.
    """
    pairs = None if is_strange(text) else _mapping(text, 0)
    if pairs is not None:
        return pairs
    fields = locate(text)
    return None if fields is None else tuple([(field.name, field.value) for field in fields])


def locate(text: str) -> tuple[Field, ...] | None:
    """The same pairs as fields with spans relative to ``text``; None where ``scan`` gives None."""
    from todo_tui.document import block

    return block.locate(text)


@cache
def _lines(start: str) -> re.Pattern[str]:
    """What a match is: a key with its value, a line of nothing, or all from where it is not simple.

    Groups: the key; its plain, double quoted, single quoted or flow value; or the header of its
    block scalar and the lines below it; the rest that is not simple.
    """
    indent = " " * len(start)
    first = rf"\A{start}|" if "-" in start else ""
    below = rf"(?:(?:{indent} |{indent}(?=- )|(?= *\r?$))[^{ODD}]*\r?\n)+"
    return expression(
        rf"(?m)(?:{first}^{indent})([A-Za-z0-9_][A-Za-z0-9_. -]{{0,60}}+)(?<! ):"
        rf"(?: +(?:{SCALAR}|({FLOW})){END}"
        rf"|(?: +([|>][-+]?))?{COMMENT}\r?\n((?={indent}[- ]){below})|{END})"
        rf"|^ *(?:#[^{ODD}]*)?\r?\n"
        r"|((?s:.+))"
    )


def _mapping(text: str, depth: int) -> tuple[tuple[str, Value], ...] | None:
    """The pairs of a list item's mapping or a mapping; None where a line of it is not simple."""
    start = _start(text)
    if start is None or depth > _DEPTH:
        return None
    if not _lines.cache_info().currsize and (simplest := _simplest(text, start)) is not None:
        return simplest
    found = _lines(start).findall(text)
    if found[-1][-1]:
        return None
    quoted = "\\" in text or "''" in text
    pairs: list[tuple[str, Value]] = []
    for key, plain, double, single, flow, header, below, _ in found:
        if plain:
            pairs.append((key, plain))
        elif below:
            value = _text(header, below, len(start)) if header else _below(below, depth + 1)
            if value is None:
                return None
            pairs.append((key, value))
        elif flow:
            pairs.append((key, names(flow)))
        elif key:
            scalar = double or single
            if quoted:
                scalar = double_quoted(double) or single_quoted(single)
            pairs.append((key, scalar))
    return tuple(pairs)


def _start(text: str) -> str | None:
    """What stands before the first key of a list item's mapping or a mapping."""
    words = text.lstrip(" ")
    size = len(text) - len(words)
    if size > _DEEPEST:
        return None
    if words.startswith("- "):
        behind = words[1:].lstrip(" ")
        if len(words) - len(behind) - 1 > _WIDEST:
            return None
        words = behind
    first = words[:1]
    return text[: len(text) - len(words)] if first.isalnum() or first == "_" else None


def _simplest(text: str, start: str) -> tuple[tuple[str, Value], ...] | None:
    """The pairs where each line is a short name and a value as ``_simplest_value`` takes it."""
    *rows, rest = text.split("\n")
    pairs: list[tuple[str, Value]] = []
    before = start
    for row in rows:
        pair = (_known_pair if len(row) < _LONG else _simplest_pair)(before, row)
        if pair is None:
            return None
        pairs.append(pair)
        before = " " * len(start)
    return None if rest else tuple(pairs)


def _simplest_pair(before: str, row: str) -> tuple[str, Value] | None:
    key, colon, written = row.partition(":")
    name = key[len(before) :]
    if not (colon and key.startswith(before) and name.isascii() and name.isidentifier()):
        return None
    if len(name) > _LONGEST_NAME or not written.isprintable():
        return None
    value = _simplest_value(written)
    return None if value is None else (name, value)


_known_pair: Final = lru_cache(maxsize=2048)(_simplest_pair)
"""Most of the shorter lines of a file stand in it many times."""


def _simplest_value(written: str) -> Value | None:
    """What stands behind a colon: nothing, plain words, words in quotes, or a list of names."""
    if not written:
        return ""
    inner = written[2:-1]
    if written == f' "{inner}"':
        return None if '"' in inner or "\\" in inner else inner
    if written == f" [{inner}]":
        return names(written[1:]) if holds_words(inner) else None
    words = written[1:]
    if written[0] != " " or not words or words[0] in _BARE or words != words.strip():
        return None
    return None if ": " in words or " #" in words or words[-1] == ":" else words


@cache
def _rows(indent: int) -> re.Pattern[str]:
    """A scalar behind a dash, a line of nothing, or the rest that is not simple."""
    return expression(
        rf"(?m)^ {{{indent}}}(-) +(?:{SCALAR}){END}|^ *(?:#[^{ODD}]*)?\r?\n|((?s:.+))"
    )


def _below(text: str, depth: int) -> Value | None:
    """A block list of scalars on one line each or of mappings, or a mapping."""
    dash = _DASH.match(text)
    if dash is None:
        pairs = _mapping(text, depth)
        return None if pairs is None else Mapping(pairs)
    found = _rows(dash.end(1)).findall(text)
    if not found[-1][-1]:
        return tuple(
            [
                plain or double_quoted(double) or single_quoted(single)
                for begins, plain, double, single, _ in found
                if begins
            ]
        )
    values: list[Mapping] = []
    for item in expression(rf"(?m)^(?={dash[0]})").split(text)[1:]:
        pairs = _mapping(item, depth)
        if pairs is None:
            return None
        values.append(Mapping(pairs))
    return tuple(values)


def _text(header: str, below: str, indent: int) -> Value | None:
    """The text of a block scalar whose first line holds something."""
    if header == "|":
        inner = len(below) - len(below.lstrip(" "))
        margin = f"\n{' ' * inner}"
        # Lines of text alone, and all with the margin of the first.
        text = f"\n{below}"
        whole = text.count(margin) == text.count("\n") - 1
        if whole and inner > indent and "\r" not in text and f"{margin}\n" not in text:
            return text.replace(margin, "\n")[1:]
    lines = below.replace("\r", "").removesuffix("\n").split("\n")
    inner = len(lines[0]) - len(lines[0].lstrip(" "))
    margin = " " * inner
    if inner <= indent or any(not line.startswith(margin) and line.strip(" ") for line in lines):
        return None
    content = [line[inner:] for line in lines]
    return text_block(header, content, ended=True) if content[0] else None
