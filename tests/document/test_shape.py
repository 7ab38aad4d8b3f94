"""Items written alike are read as each would be by itself."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.document.items import PLAIN, QUOTED
from todo_tui.document import flat, keyed, shape, units, yaml
from todo_tui.document.document import Document
from todo_tui.document.entry import Entry
from todo_tui.document.shape import Shapes

KEYS = ("priority", "assigned_agent", "status", "created_at", "notes", "due.on", "Est Hours", "-x")
FLOWS = ("[]", "[A-1]", "[A-1, A-2]", "[ a b , c ]", "['a', b]", '["x"]', "[a,]", "[{a: b}]", "[a")
ITEMS = (
    "A-1", "TASK_002", "write a test", "x", "x  ", "7", "null", "[x] done", "a: b", "'q'", "- y",
    "", "# c", "x # c", "naïve 🚀", "tasks:", "-z",
)  # fmt: skip
LINES = (
    "Some words.", "key: value", "- a bullet", "# a heading", "tasks:", "", "two  ", "  deeper",
    "'quoted", "x # y", "é\x85", "\ttab", "- TASK_001: x", 'it\'s: "fine"',
)  # fmt: skip
ODD = (
    "x # comment",
    "x  ",
    "|",
    "",
    " two blanks",
    "a\u2028b",
    "a\x85b",
    "a\tb",
    "\ufeffx",
    "\udc80 stray",
    "- x",
    "? x",
    "x: y",
    "x:",
    "# x",
    '"a" b',
    "'it''s'",
    '"a\\nb"',
    "&a x",
    "!t x",
    "*a",
    "@me",
    "(eng) [high] [todo]",
    "tasks: 3",
    "|\n    text",
    ">-\n    text",
    "\n    deeper: 1",
    "\n    - deeper",
    "over\n    two lines",
)


def value(random: Random, kind: int, margin: int) -> str:
    """The source of a value; most are of one kind, by which items are alike."""
    match kind if random.random() < 0.93 else random.randrange(7):
        case 0:
            return random.choice(PLAIN)
        case 1:
            return f'"{random.choice(QUOTED)}"'
        case 2:
            return f"'{random.choice(QUOTED)}'"
        case 3:
            return random.choice(FLOWS)
        case 5:
            return below(random, "- ", ITEMS, margin)
        case 6:
            header = "|" if random.random() < 0.95 else random.choice(("|-", "| ", ">", "|2"))
            return header + below(random, "", LINES, margin)
    return random.choice(ODD)


def below(random: Random, lead: str, texts: tuple[str, ...], margin: int) -> str:
    """Lines below a key; most are simple, and have the margin of each other."""
    found = ""
    for _ in range(random.randint(1, 3)):
        text = random.choice(texts if random.random() < 0.1 else texts[:4])
        slip = random.choice((-1, 1)) if random.random() < 0.02 else 0
        found += f"\n{' ' * (margin + slip)}{lead}{text}"
    return found


def alike(random: Random) -> str:
    """A fence of items of one template, with slips here and there."""
    indent, dash = random.choice(("", "", "  ")), random.choice(("- ", "- ", "-   "))
    end = random.choice(("\n", "\n", "\r\n"))
    keys = random.sample(KEYS, random.randrange(1, 6))
    kinds = random.choices((0, 1, 2, 3, 4, 5, 6), (5, 5, 1, 3, 1, 3, 3), k=len(keys) + 1)
    key = random.choice(("TASK_{}", "TASK_{}", "id", "UX-{}-B"))
    margin = len(indent + dash) + random.choice((-1, 0, 0, 1, 2, 2, 2, 4))
    lines = [f"{indent}```yaml"]
    for number in range(random.randrange(4, 24)):
        names = [key.format(number), *keys]
        rows = [
            f"{name}: {value(random, kind, margin)}".replace(": \n", ":\n" if kind > 4 else ": \n")
            for name, kind in zip(names, kinds, strict=True)
        ]
        if random.random() < 0.05:
            rows.insert(random.randrange(len(rows)), random.choice(("", "# a comment", "tasks:")))
        rows = [row.rstrip(" ") if random.random() < 0.98 else row for row in rows]
        lead = indent + dash
        for row in rows:
            lines.append(lead + row)
            lead = " " * len(lead)
        lines += random.choices(("", "  ", f"{indent}# next", f"{indent}text"), (60, 1, 2, 1)) * (
            random.random() < 0.3
        )
    lines.append(f"{indent}```")
    return end.join(line.replace("\n", end) for line in lines) + end


def said(document: Document) -> object:
    """All that a document says, and where."""
    reading = document.reading
    entries = [(e.text, e.dialect, e.pairs, e.id_is_key, e.fault) for e in reading.entries]
    return entries, reading._replace(entries=())


@settings(max_examples=400, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_a_list_says_what_it_says_read_item_by_item(seed: int) -> None:
    data = alike(Random(seed)).encode("utf-8", "surrogateescape")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(units, "WORTH", 0)
        with_shapes = Document.decode(data)
        patch.setattr(Shapes, "learn", lambda *_: None)
        without = Document.decode(data)
    assert said(with_shapes) == said(without)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize(
    "item",
    [
        '- TASK_{0:03}: "Title {0}"\n  status: todo\n  dependencies: [TASK_{0:03}]\n\n',
        "- TASK_{0:03}: x\n  needs:\n  - TASK_{0:03}\n  - TASK_7\n  status: todo\n\n",
        "- id: T-{0}\n  notes: |\n    Words {0}: # these\n    - and more\n  done:\n    - a b\n\n",
    ],
)
def test_most_items_of_a_template_are_read_by_their_shape(
    monkeypatch: pytest.MonkeyPatch, item: str, end: str
) -> None:
    alone: list[str] = []
    read = keyed.read

    def counted(text: str) -> keyed.Read:
        alone.append(text)
        return read(text)

    monkeypatch.setattr(keyed, "read", counted)
    text = "```yaml\n" + "".join(item.format(number) for number in range(3_000)) + "```\n"
    document = Document.decode(text.replace("\n", end).encode())
    assert len(document.entries) == 3_000
    assert len(alone) < 12
    assert [entry.pairs for entry in document.entries] == [
        entry.pairs for one in document.entries if isinstance(entry := read(one.text), Entry)
    ]


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_fields_stand_where_they_are_found_otherwise(seed: int) -> None:
    for entry in Document.decode(alike(Random(seed)).encode("utf-8", "surrogateescape")).entries:
        found = shape.locate(entry)
        if found is not None:
            assert found == (flat.locate(entry.text) or yaml.locate(entry.text))
