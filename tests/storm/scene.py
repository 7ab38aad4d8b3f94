"""The file that a storm is let loose on, and an independent reader of it.

The reader knows nothing of the package under test: a few regular expressions suffice, since the
scene is made here. It says which status each task has, whose it is, which history lines there are,
and whether anything is different in the text that a storm has no business with.
"""

from __future__ import annotations

import re
from random import Random
from typing import Final, NamedTuple

MARK: Final = "." * 24
"""What stands in an item's ``mark`` field until an editor puts as many other characters there."""

END: Final = "<!-- the end of this file -->\n"
"""The last line: whoever reads a file without it reads half a file."""

PROSE: Final = "Prose that nobody but an editor may touch: {number}.\n"

_PRIORITIES = ("critical", "high", "medium", "low")

_KEYED = """\
- {id}: "Task {number}, done by one"  # a comment
  priority: {priority}
  assigned_agent: {assigned}
  mark: {mark}
  status: todo
  created_at: "2026-11-01T10:00:00Z"
"""

_HEADING = """\
### {id}: Task {number}, under a heading

- **Priority**: {priority}
- **Status**: todo
- **Assigned Agent**: {assigned}
- **Mark**: {mark}

Text of the section.

"""


class Line(NamedTuple):
    """One line of session history in the program's grammar."""

    task: str
    event: str
    for_agent: str | None
    actor: str
    human: bool
    from_status: str
    to_status: str
    note: str | None

    @property
    def agent(self) -> str:
        return self.for_agent or self.actor


class State(NamedTuple):
    """What the file states about a task. ``holder``: None unless it is held."""

    status: str
    holder: str | None
    title: str


class Found(NamedTuple):
    """A file as the reader sees it. ``repeated``: ids that stand twice."""

    states: dict[str, State]
    history: tuple[Line, ...]
    repeated: tuple[str, ...]


def scene(tasks: int, seed: int, *, free: bool) -> bytes:
    """A file of so many tasks: two dialects, CRLF in one fence, bytes that are no UTF-8.

    ``free``: every task may be claimed by anybody at once; else some are assigned, or wait.
    """
    rng = Random(seed)
    rows: list[str] = []
    for number in range(1, tasks + 1):
        assigned = "null" if free or rng.random() < 0.85 else f"agent-{rng.randrange(8)}"
        values = {
            "id": f"TASK_{number:04}",
            "number": number,
            "priority": rng.choice(_PRIORITIES),
            "assigned": assigned,
            "mark": MARK,
        }
        heading = number <= tasks // 10
        row = (_HEADING if heading else _KEYED).format(**values)
        if not free and not heading and number > 1 and rng.random() < 0.1:
            row += f"  dependencies: [TASK_{rng.randrange(1, number):04}]\n"
        rows.append(row)
    headings = tasks // 10
    middle = headings + (tasks - headings) // 2
    first, second = "".join(rows[headings:middle]), "".join(rows[middle:])
    text = (
        f"# Storm {seed}\n\nMojibake Ã© and an emoji 🚀.\n\n"
        + "".join(PROSE.format(number=number) for number in range(20))
        + "\n"
        + "".join(rows[:headings])
        + "## In fences\n\n```yaml\n# a comment before the first\n"
        + first
        + "```\n\nBetween the fences.\n\n~~~yml\r\n"
        + second.replace("\n", "\r\n")
        + "~~~\r\n\r\n```python\nstatus = 'todo'  # no task\n```\n\n"
        + "## Session History\n\n- 2026-11-01T10:00:00Z: written by hand, about nothing\n\n"
        + "## Appendix\n\nNot UTF-8: \udcff\udcfe.\n\n"
        + END
    )
    return text.encode("utf-8", "surrogateescape")


_HISTORY = re.compile(
    r"- \S+Z: (?P<task>\S+) (?P<event>[a-z]+)(?: for (?P<for>\S+))? by (?P<by>\S+)"
    r"(?P<human> \(human\))? \((?P<from>\S+) -> (?P<to>\S+)\)(?:: (?P<note>.*))?"
)
_HEAD = re.compile(r"(?:-|###) (?P<id>[A-Z]+_\d+): (?P<title>.*)")
_FIELD = re.compile(r"(?P<lead>  (?P<key>\w+)|- \*\*(?P<bold>[\w ]+)\*\*): ?(?P<value>.*)")
TOKEN: Final = re.compile(r"editor-\d+\.\d+\b")
"""What an editor leaves: its name and the number of its edit."""

_HELD: Final = frozenset({"claimed", "in_progress", "blocked"})
_OWN: Final = frozenset({"claimed_by", "blocker_reason"})
_NOBODY: Final = frozenset({"", "null", "~"})


def text_of(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")


def history_of(data: bytes) -> tuple[Line, ...]:
    """The history lines of the program, in file order."""
    found = (_HISTORY.fullmatch(line) for line in _lines(data))
    return tuple(
        Line(
            match["task"],
            match["event"],
            match["for"],
            match["by"],
            match["human"] is not None,
            match["from"],
            match["to"],
            match["note"],
        )
        for match in found
        if match
    )


def read(data: bytes) -> Found:
    """What a scene says after a storm."""
    states: dict[str, State] = {}
    repeated: list[str] = []
    values: dict[str, str] | None = None

    def close() -> None:
        if values is None:
            return
        holder = _named(values.get("claimed_by")) or _named(values.get("assigned_agent"))
        status = values.get("status", "")
        if values["id"] in states:
            repeated.append(values["id"])
        held = holder if status in _HELD else None
        states[values["id"]] = State(status, held, values["title"])

    for line in _lines(data):
        if head := _HEAD.fullmatch(line):
            close()
            values = {"id": head["id"], "title": head["title"].strip('"')}
        elif field := _FIELD.fullmatch(line):
            if values is not None:
                values.setdefault(_name(field), field["value"].strip().strip("\"'"))
        elif line.strip():
            close()
            values = None
    close()
    return Found(states, history_of(data), tuple(repeated))


def strangers(before: bytes, after: bytes) -> list[str]:
    """What is different in ``after`` beyond what a storm may change; nothing where all is well.

    Every line of ``before`` must be there, in order and byte for byte but for the values of status
    and mark. What is there besides is history, an editor's line, a field of the program's own, or
    an item that was added.
    """
    ids = {head["id"] for line in _lines(before) if (head := _HEAD.fullmatch(line))}
    wanted = [_fixed(line) for line in text_of(before).split("\n")]
    at = 0
    added = False
    found: list[str] = []
    for raw in text_of(after).split("\n"):
        if at < len(wanted) and _fixed(raw) == wanted[at]:
            at += 1
            added = False if raw.strip() else added
            continue
        line = raw.removesuffix("\r")
        if head := _HEAD.fullmatch(line):
            added = head["id"] not in ids
        field = _FIELD.fullmatch(line)
        allowed = (
            (added and (head or field or not line))
            or _HISTORY.fullmatch(line)
            or TOKEN.search(line)
            or (field and _name(field) in _OWN)
        )
        if not allowed:
            found.append(f"a line that nobody wrote: {raw!r}")
    if at < len(wanted):
        found.append(f"from here on lines are gone or changed: {wanted[at]!r}")
    return found[:3]


def _lines(data: bytes) -> list[str]:
    return [line.removesuffix("\r") for line in text_of(data).split("\n")]


def _name(field: re.Match[str]) -> str:
    return (field["key"] or field["bold"]).lower().replace(" ", "_")


def _fixed(line: str) -> str:
    """The line without the value that may change in it."""
    field = _FIELD.fullmatch(line.removesuffix("\r"))
    if field is None or _name(field) not in ("status", "mark"):
        return line
    return f"{field['lead']}: *" + ("\r" if line.endswith("\r") else "")


def _named(value: str | None) -> str | None:
    return None if value is None or value in _NOBODY else value
