"""The only writer of stdout and stderr: data to the one, words for people to the other.

Every line for people goes through ``shown`` here, and every JSON text is ASCII, so that nothing
that stands in the file reaches a terminal as more than text. Must not know a task.
"""

from __future__ import annotations

import os
import sys

from todo_tui import json_text
from todo_tui.cli.exit_code import exit_code
from todo_tui.shown import cut, shown
from todo_tui.static import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable
    from typing import TextIO

    from todo_tui.errors import TodoError

VERSION: Final = 1
"""The version of the JSON documents; it grows when a reader of them would break."""


class Output:
    """stdout and stderr of one command. ``json``: stdout carries JSON documents only.

    ``done``: what was asked of the file is done, whatever becomes of the answer.
    """

    def __init__(self, *, json: bool) -> None:
        self.json = json
        self.done = False
        for stream in (sys.stdout, sys.stderr):
            if stream is not None and hasattr(stream, "reconfigure"):
                stream.reconfigure(errors="replace")

    @property
    def terminal(self) -> bool:
        """Whether stdout is a terminal."""
        return sys.stdout is not None and sys.stdout.isatty()

    @property
    def columns(self) -> int | None:
        """The cells of a line on the terminal; None where stdout is none, and nothing is cut."""
        if not self.terminal:
            return None
        return columns_from(os.environ.get("COLUMNS")) or os.get_terminal_size(1).columns or 80

    def document(self, body: dict[str, object]) -> None:
        """One JSON document on a line of its own, the version first."""
        _write(sys.stdout, to_json({"version": VERSION, **body}))

    def lines(self, lines: Iterable[str], *, columns: int | None = None) -> None:
        """Lines for people on stdout, each cut to ``columns`` cells where that is given."""
        for line in lines:
            text = shown(line).rstrip()
            _write(sys.stdout, text if columns is None else cut(text, columns))

    def script(self, text: str) -> None:
        """Text of our own, as it is."""
        _write(sys.stdout, text.rstrip("\n"))

    def say(self, *lines: str) -> None:
        """Words for people, on stderr."""
        for line in lines:
            _write(sys.stderr, shown(line).rstrip())

    def flush(self) -> None:
        """Hand on what was written: a reader of a pipe waits for it."""
        if sys.stdout is not None:
            sys.stdout.flush()

    def fail(self, error: TodoError) -> int:
        """Report an error in the form that was asked for; its exit code."""
        if self.json:
            self.document({"error": error_body(error)})
        else:
            self.say(*error_lines(error))
        return exit_code(error.code)


def columns_from(text: str | None) -> int | None:
    """The number of cells that a value of COLUMNS means; None where it means none."""
    return int(text) if text and text.isascii() and text.isdigit() and int(text) > 0 else None


def error_body(error: TodoError) -> dict[str, object]:
    """An error as JSON; what does not apply is not there."""
    body: dict[str, object] = {"code": error.code, "message": error.message}
    for key in ("task", "status", "holder", "since", "by", "reason"):
        value = getattr(error, key)
        if value is not None:
            body[key] = value
    if error.location is not None:
        body |= {"line": error.location.line, "column": error.location.column}
    if error.legal:
        body["legal"] = list(error.legal)
    if error.places:
        body["places"] = [
            {"ref": place.ref, "line": place.line, "title": place.title} for place in error.places
        ]
    if error.counts:
        body["counts"] = error.counts
    return body


def error_lines(error: TodoError) -> list[str]:
    """An error for people: what happened, where, and what would be accepted now."""
    lines = [f"todo-tui: {error.message}"]
    if error.location is not None:
        from todo_tui.cli.excerpt import excerpt_lines

        lines += excerpt_lines(error.location)
    lines += [f"  {place.ref}  line {place.line}  {place.title}" for place in error.places]
    if error.legal:
        lines += ["next:", *(f"  {command}" for command in error.legal)]
    return lines


def to_json(value: object) -> str:
    """``value`` as one line of ASCII JSON that a strict parser takes, whatever the texts hold.

    A byte that is not UTF-8 stands in a text as a lone surrogate, which JSON cannot carry: it
    becomes U+FFFD.
    """
    text = json_text.to_json(value)
    if "\\ud" not in text:
        return text.replace("\x7f", "\\u007f")
    # Half of a pair, or one alone: that is told apart in the text itself.
    import json
    import re

    text = json.dumps(value, ensure_ascii=False)
    return re.sub("[^\x00-\x7e]", _escaped, text)


def _escaped(match: re.Match[str]) -> str:
    code = ord(match[0])
    if 0xD800 <= code <= 0xDFFF:
        return "\\ufffd"
    if code > 0xFFFF:
        high, low = divmod(code - 0x10000, 0x400)
        return f"\\u{0xD800 + high:04x}\\u{0xDC00 + low:04x}"
    return f"\\u{code:04x}"


def _write(stream: TextIO | None, line: str) -> None:
    if stream is not None:
        stream.write(line + "\n")
