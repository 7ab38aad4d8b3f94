"""YAML items as agents write them, and as they spoil them.

Every generator draws from a ``random.Random``: with a seed it gives the same items each time, and
behind ``hypothesis`` (``ordinary_items``, ``wild_items``, ``jumbled_items``) it shrinks.
``ordinary`` items are valid YAML and hold what ordinary files hold; ``wild`` ones are spoilt in a
few places, ``jumbled`` ones are lines of all kinds at any indent: both need not be YAML at all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st

if TYPE_CHECKING:
    from random import Random

PLAIN = (
    "Fix the login form",
    "Add OAuth (Google, GitHub) to the API",
    "Update docs at https://example.org/a?b=c#d",
    "Support C# and F#",
    "Tâche terminée",
    "日本語のタスク",
    "Ship it 🚀 now",
    "50% done",
    "Don't break the user's data",
    'Rename "old" to "new"',
    "Use `git rebase` here",
    "a -> b, c",
    "TASK_002",
    "v1.2.3",
    "12:30",
    "src/app/main.py",
    "-5",
    "-1 off",
    "3 & 4 | 5 > 2",
    "x = y * 2",
    "ratio 1:2",
    "Ünïcödé — dash",
    "Array[int] {set}",
    "what? why!",
    "a  b   c",
    "012",
    "1e3",
    "2024-01-30",
    "2024-01-30T10:00:00Z",
    "yes",
    "null",
    "~",
    "in-progress",
    "👩‍💻 pair",
    "mojibake Ã©tÃ©",
    "(agent)",
    "/etc/passwd",
    "$HOME/x",
    "a#b",
    "+1",
    "<none>",
    ".hidden",
    "\\n is not an escape here",
)
"""Text that stands without quotes."""

QUOTED = (
    *PLAIN,
    "Fix: the bug",
    "ends with colon:",
    "@me please",
    "- dash first",
    "# not a comment",
    "before # after",
    "[draft] title",
    "{a: b}",
    "*bold*",
    "&amp;",
    "!important",
    "| pipe",
    "> quote",
    "100%: all",
    "`code` first",
    "",
    " led and trailed ",
    "? what",
    "it's",
    'say "hi"',
    "back\\slash",
    "a, b",
)
"""Text that stands in quotes."""

AGENTS = ("eng-backend", "eng-frontend@7f3a", "design-ux", "@planner", "null", "~", "", "Ana María")
STATUSES = ("todo", "claimed", "in_progress", "done", "In Progress", "blocked", "✅ Done")
IDS = ("TASK_001", "TASK_002", "TASK_UX_010", "AUTH-12", "BUG-7", "T1")
FIELDS = (
    "priority",
    "assigned_agent",
    "created_at",
    "dependencies",
    "estimated_hours",
    "tags",
    "description",
    "notes",
    "acceptance_criteria",
    "subtasks",
    "claimed_by",
    "blocker_reason",
    "Due Date",
    "meta",
)


def ordinary(random: Random) -> str:
    """A valid item: one mapping, LF or CRLF, indented or not, with or without a last line end."""
    indent = random.choice((0, 0, 0, 0, 2, 4))
    lines = _lines(random)
    end = random.choice(("\n", "\n", "\n", "\r\n"))
    last = random.choice((end, end, end, ""))
    return end.join(" " * indent + line if line else line for line in lines) + last


def wild(random: Random) -> str:
    """An item with up to four spoilt places."""
    text = ordinary(random)
    for _ in range(random.choice((1, 1, 2, 3, 4))):
        text = _spoil(random, text)
    return text


def jumbled(random: Random) -> str:
    """Up to eight lines that make sense alone; together they seldom do."""
    indent = random.choice((0, 0, 1, 2))
    lines = [" " * indent + random.choice(("- ", "- ", "-   ", "-", "")) + random.choice(_LINES)]
    indents = [random.choice((0, 1, 2, 2, 2, 3, 4, 4, 4, 6)) for _ in range(random.randrange(8))]
    lines += [" " * indent + random.choice(_LINES) for indent in indents]
    end = random.choice(("\n", "\n", "\r\n"))
    return end.join(lines) + random.choice((end, end, ""))


def ordinary_items() -> st.SearchStrategy[str]:
    return st.randoms(use_true_random=False).map(ordinary)


def wild_items() -> st.SearchStrategy[str]:
    return st.randoms(use_true_random=False).map(wild)


def jumbled_items() -> st.SearchStrategy[str]:
    return st.randoms(use_true_random=False).map(jumbled)


def _lines(random: Random) -> list[str]:
    step = random.choice((2, 2, 2, 4))
    lines = _first(random)
    names = [name for name in FIELDS if random.random() < 0.45]
    random.shuffle(names)
    names.insert(random.randrange(len(names) + 1), "status")
    for name in names:
        if random.random() < 0.08:
            lines.append(random.choice(("", "  # a comment: of its own", "# at the margin", "   ")))
        lines += ["  " + line if line else "" for line in _field(random, name, step)]
    dash = random.choice((0, 2, 2, 2, 2, 2, 2, 2, 2, 4))
    if not dash:
        return [lines[0][2:], *(line.removeprefix("  ") for line in lines[1:])]
    body = [" " * (dash - 2) + line if line.startswith("  ") else line for line in lines[1:]]
    return ["- " + " " * (dash - 2) + lines[0][2:], *body]


def _first(random: Random) -> list[str]:
    name = random.choice(IDS)
    if random.random() < 0.6:
        return [f"- {name}: {_scalar(random)}"]
    return [f"- id: {name}", f"  title: {_scalar(random)}"]


def _field(random: Random, name: str, step: int) -> list[str]:
    match name:
        case "status":
            return [f"{name}: {random.choice(STATUSES)}{_comment(random)}"]
        case "assigned_agent" | "claimed_by":
            agent = random.choice(AGENTS)
            return [f'{name}: "{agent}"' if agent[:1] == "@" else f"{name}: {agent}".rstrip()]
        case "dependencies" | "tags":
            return _names(random, name, step)
        case "description" | "notes":
            return _prose(random, name, step)
        case "acceptance_criteria":
            indent = random.choice((0, step))
            rows = [" " * indent + "- " + _scalar(random) for _ in range(random.randrange(1, 4))]
            return [f"{name}:", *rows]
        case "subtasks":
            return [f"{name}:", *_subtasks(random, random.choice((0, step)))]
        case "meta":
            inner = [f"{key}: {_scalar(random)}" for key in ("branch", "pr", "note")]
            return [f"{name}:", *(" " * step + line for line in inner)]
        case _:
            return [f"{name}: {_scalar(random)}{_comment(random)}"]


def _subtasks(random: Random, indent: int) -> list[str]:
    lines: list[str] = []
    for number in range(random.randrange(1, 4)):
        lines.append(" " * indent + f"- id: {number}")
        lines.append(" " * indent + f"  title: {_scalar(random)}")
        if random.random() < 0.5:
            lines.append(" " * indent + f"  done: {random.choice(('true', 'false'))}")
        if random.random() < 0.2:
            lines.append(" " * indent + "  after: [1, 2]")
    return lines


def _names(random: Random, name: str, step: int) -> list[str]:
    ids = [random.choice(IDS) for _ in range(random.randrange(4))]
    style = random.randrange(5)
    if style == 0 and ids:
        return [f"{name}:", *(" " * step + f"- {item}" for item in ids)]
    if style == 1 and ids:
        return [f"{name}:", *(f"- {item}{_comment(random)}" for item in ids)]
    if style == 2 and ids:
        return [f"{name}: {', '.join(ids)}"]
    if style == 3:
        ids = [random.choice((f'"{item}"', f"'{item}'", item)) for item in ids]
    inside = random.choice((", ", ", ", ",")).join(ids)
    pad = random.choice(("", "", " "))
    return [f"{name}: [{pad}{inside}{pad}]{_comment(random)}"]


def _prose(random: Random, name: str, step: int) -> list[str]:
    rows = [random.choice((*PLAIN, "", "- a point", "key: value", "# heading", "  deeper"))]
    rows += [random.choice((*PLAIN, "", "- a point", "  deeper")) for _ in range(3)]
    inner = " " * step
    style = random.randrange(4)
    if style == 0:
        return [f"{name}: {_scalar(random)}"]
    if style == 1:
        plain = [row for row in rows if row in PLAIN] or ["more"]
        plain = [row for row in plain if "#" not in row]
        return [f"{name}: text that goes on", *(inner + row for row in plain)]
    header = random.choice(("|", "|-", "|+", ">", ">-", ">+"))
    rows[0] = rows[0].strip() or "first"
    rows[-1] = rows[-1] or "last"
    return [f"{name}: {header}", *(inner + row if row else "" for row in rows)]


def _scalar(random: Random) -> str:
    style = random.randrange(5)
    if style < 2:
        return random.choice(PLAIN)
    text = random.choice(QUOTED)
    if style == 2:
        return "'" + text.replace("'", "''") + "'"
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("—", "\\u2014") + '"'


def _comment(random: Random) -> str:
    return random.choice(("", "", "", "", "", "  # why: so", " # todo|claimed|done"))


_BITS = (
    *(": ", ": ", ":", " #", "#", "# c", "\t", "'", '"', "''", "\\", '\\"', "\\u00e9", "\\ud83d"),
    *("[", "]", "{", "}", ",", "- ", "-", "? ", "?", "&a ", "*a", "!!str ", "!", "@", "%"),
    *("|", ">", "|+", ">-", "|2", "`", "~", "null", "", " ", "  ", "    ", "=", "<<: x", "é", "😀"),
    *("\n", "\n\n", "\r\n", "\r", "\n  ", "\n    ", "\n      ", "\n- ", "\n  - ", "\n    - "),
    *("\n---\n", "\n...\n", "---", "--- ", "\n# c\n", "\n      # c\n", "\n   \n", " \n", "\n\t"),
    *("\x00", "\x07", "\x1b", "\x7f", "\x85", "\xa0", "\u2028", "\ufeff", "\ufffe", "\udc80"),
    *("[a, b]", "[a, [b]]", "{a: b}", "a: b", "key:\n", "key: |\n", "- - x", "[a,\n b]", "'a\n b'"),
)


_LINES = (
    *(
        "a: b",
        "c: d e",
        "k: 'q'",
        'k: "q"',
        "k: [a, b]",
        "k: []",
        "k: b # c",
        "k: # c",
        "key:",
        "e:",
    ),
    *("k: |", "k: >", "k: |-", "k: >+", "k: |+", "k: > # c", "- a", "- b", "-", "- k: v", "- # c"),
    *(
        "- 'q'",
        "- [a]",
        "- |",
        "- >-",
        "- - a",
        "text",
        "more text",
        "a:b",
        "# c",
        "#c",
        "",
        "",
        "  ",
    ),
    *("'q'", "[a]", "k: {}", "k: {a: b}", "? k", ": v", "k: a: b", "...", "---", "k: -", "k: - a"),
)


def _spoil(random: Random, text: str) -> str:
    at = random.randrange(len(text) + 1)
    lines = text.split("\n")
    row = random.randrange(len(lines))
    match random.randrange(8):
        case 0 | 1 | 2:
            return text[:at] + random.choice(_BITS) + text[at:]
        case 3:
            return text[:at] + text[at + random.randrange(1, 12) :]
        case 4:
            lines[row] = " " * random.randrange(1, 5) + lines[row]
        case 5:
            lines[row] = lines[row][random.randrange(1, 5) :]
        case 6:
            lines.insert(random.randrange(len(lines) + 1), lines[row])
        case _:
            colon = lines[row].find(": ") + 1 or len(lines[row])
            lines[row] = lines[row][:colon] + " " + random.choice(_BITS) + lines[row][colon:]
    return "\n".join(lines)
