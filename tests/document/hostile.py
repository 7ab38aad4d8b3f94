"""Texts that an expression could take too long for, and a process that reads them.

python -m tests.document.hostile PLACE

reads a text of each fragment in that place, each for a few seconds of processor time at most, and
names it before. What is read in linear time takes a few tenths of a second, a search that goes
back takes over ten. Where a text takes too long the process is killed by SIGXCPU.
"""

from __future__ import annotations

import resource
import sys
import time
from typing import Final

from todo_tui.board.reading import read
from todo_tui.document.document import Document

SIZE: Final = 150_000
"""Characters of a text."""

SECONDS: Final = 6
"""Of processor time for one text."""

FRAGMENTS: Final = (
    "a",
    " ",
    "\t",
    "-",
    "- ",
    "* ",
    "#",
    "# ",
    "`",
    "``` ",
    "~",
    "<!--",
    "<!-- ",
    "[",
    "[a,",
    "{",
    "}",
    '"',
    "'",
    "\\",
    '\\"',
    "''",
    ":",
    ": ",
    "a:",
    "a: b ",
    "&a ",
    "*a ",
    "**",
    "**a**:",
    "__",
    "A-1",
    "A-1: ",
    "(",
    "(a) ",
    "[a] ",
    "<<<<<<<",
    " - ",
    "1. ",
    "2024-01-01",
    "\u2028",
    "é",
    "\udc80",
    "Session History ",
    " #",
    "# -",
    "a\n",
    "\n",
    "\r\n",
    " \n",
    "- a\n",
    " - a\n",
    "  a: b\n",
    "a:\n",
    "# a\n",
    "- A-1: a\n",
    "- A-1: a\n  b: c\n",
    "---\n",
    "tasks:\n",
    "- tasks:\n",
    "<<<<<<< a\n",
    "=======\n",
    "<!--\n",
    "```\n",
    "```yaml\n",
    "- 2024-01-01: x\n",
    "- [ ] a\n",
    "* A-1: [a]\n",
    "a-1",
    "a-1: [a]\n",
    "- a-1: [a]\n",
    "# a-1: a\nstatus: a\n",
    "* [a] ",
    "* [a](b) A-1: [a]\n",
    "    - A-1: [a]\n",
    "A-1: a\nstatus: a\n",
    "id: a\n  status: a\n",
    "A-1\n===\n- status: a\n",
    "**A-1**\n\nstatus: a\n",
    "# A-1\nstatus: a\n",
)

PLACES: Final = {
    "the body": "{}",
    "a fence": "```yaml\n{}\n```\n",
    "a title": "```yaml\n- A-1: {}\n  status: todo\n```\n",
    "a key": "```yaml\n- {}: x\n  status: todo\n```\n",
    "a value": '```yaml\n- A-1: x\n  notes: "{}\n  status: todo\n```\n',
    "a heading": "### A-1: {}\n- **Status**: todo\n",
    "a field below a heading": "### A-1: x\n- **Status**: todo\n- **Notes**: {}\n",
    "a short item": '- A-1: "x" {} [todo]\n',
    "the history": "# Session History\n- 2024-01-01: {}\n",
}


def main(place: str) -> None:
    """Read all texts of a place."""
    for fragment in FRAGMENTS:
        text = PLACES[place].replace("{}", fragment * (SIZE // len(fragment)))
        print(repr(fragment), flush=True)
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (int(time.process_time()) + SECONDS, hard))
        board = read(Document.decode(text.encode("utf-8", "surrogateescape")))
        assert board.document is not None
        assert board.document.text == text
        assert isinstance(board.faults, tuple)
        assert isinstance(board.history, tuple)


if __name__ == "__main__":
    main(sys.argv[1])
