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


def value(random: Random, kind: int) -> str:
    """The source of a value; most are of one kind, by which items are alike."""
    match kind if random.random() < 0.93 else random.randrange(5):
        case 0:
            return random.choice(PLAIN)
        case 1:
            return f'"{random.choice(QUOTED)}"'
        case 2:
            return f"'{random.choice(QUOTED)}'"
        case 3:
            return random.choice(FLOWS)
    return random.choice(ODD)


def alike(random: Random) -> str:
    """A fence of items of one template, with slips here and there."""
    indent, dash = random.choice(("", "", "  ")), random.choice(("- ", "- ", "-   "))
    end = random.choice(("\n", "\n", "\r\n"))
    keys = random.sample(KEYS, random.randrange(1, 6))
    kinds = [random.choices((0, 1, 2, 3, 4), (5, 5, 1, 3, 1))[0] for _ in range(len(keys) + 1)]
    key = random.choice(("TASK_{}", "TASK_{}", "id", "UX-{}-B"))
    lines = [f"{indent}```yaml"]
    for number in range(random.randrange(4, 24)):
        rows = [f"{key.format(number)}: {value(random, kinds[0])}"]
        rows += [f"{k}: {value(random, kind)}" for k, kind in zip(keys, kinds[1:], strict=True)]
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


def test_most_items_of_a_template_are_read_by_their_shape(monkeypatch: pytest.MonkeyPatch) -> None:
    alone: list[str] = []
    read = keyed.read

    def counted(text: str) -> keyed.Read:
        alone.append(text)
        return read(text)

    monkeypatch.setattr(keyed, "read", counted)
    item = '- TASK_{0:03}: "Title {0}"\n  status: todo\n  dependencies: [TASK_{0:03}]\n\n'
    text = "```yaml\n" + "".join(item.format(number) for number in range(3_000)) + "```\n"
    document = Document.decode(text.encode())
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
