from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings

from tests.document import items
from todo_tui.document import flat, yaml
from todo_tui.document.entry import Mapping, Value

ITEM = """\
- TASK_001: "Fix the \\"login\\" form"
  priority: high  # for now
  assigned_agent: 'it''s me'

  # a comment: of its own
  status: in_progress
  link: https://example.org/a#b
  empty:
  dependencies: [TASK_002, "TASK 3", 'x,y']
"""

PAIRS: tuple[tuple[str, Value], ...] = (
    ("TASK_001", 'Fix the "login" form'),
    ("priority", "high"),
    ("assigned_agent", "it's me"),
    ("status", "in_progress"),
    ("link", "https://example.org/a#b"),
    ("empty", ""),
    ("dependencies", ("TASK_002", "TASK 3", "x,y")),
)


def scanned(text: str) -> tuple[tuple[str, Value], ...] | None:
    """What flat makes of the text: the same without its expression and with that at hand."""
    flat._lines.cache_clear()
    pairs = flat.scan(text)
    flat._lines("- ")
    assert flat.scan(text) == pairs
    return pairs


def agrees(text: str) -> bool:
    """Whether flat takes the text; if so, both scanners must say the same of it."""
    fields = flat.locate(text)
    pairs = scanned(text)
    if fields is None:
        assert pairs is None
        return False
    assert pairs == tuple((field.name, field.value) for field in fields)
    assert fields == yaml.locate(text)
    return True


@pytest.mark.parametrize("indent", [0, 3, 20])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("last", [True, False])
def test_an_item_of_key_and_value_lines(indent: int, end: str, last: bool) -> None:
    lines = [" " * indent + line if line else line for line in ITEM.splitlines()]
    text = end.join(lines) + (end if last else "")
    assert flat.scan(text) == PAIRS
    assert agrees(text)


def test_both_line_ends_in_one_item() -> None:
    assert flat.scan("- a: b\r\n  c: d\n  e: f\r\n") == (("a", "b"), ("c", "d"), ("e", "f"))


def test_a_mapping_without_a_dash() -> None:
    assert flat.scan("epic_id: E1\ntitle: Shop\n") == (("epic_id", "E1"), ("title", "Shop"))


def test_values_are_source_text() -> None:
    text = "- a: 012\n  b: no\n  c: null\n  d: ~\n  e: 1e3\n  f: 2024-01-30\n  f: again\n"
    assert flat.scan(text) == (
        ("a", "012"),
        ("b", "no"),
        ("c", "null"),
        ("d", "~"),
        ("e", "1e3"),
        ("f", "2024-01-30"),
        ("f", "again"),
    )


def test_bytes_that_are_no_utf8_stay() -> None:
    assert flat.scan("- a: caf\udce9\n") == (("a", "caf\udce9"),)
    assert agrees("- a: caf\udce9\n")


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("\n    - A\n    - B", ("A", "B")),
        ("\n  - A\n  - 'B: c'  # why", ("A", "B: c")),
        ("\n    -\n    - B", ("", "B")),
        (" []", ()),
        (" [ ]", ()),
        (" [a b , 'c']", ("a b", "c")),
        ("\n    x: 1\n    y:\n      z: 2", Mapping((("x", "1"), ("y", Mapping((("z", "2"),)))))),
        (
            "\n    - id: 1\n      done: no\n    - id: 2",
            (Mapping((("id", "1"), ("done", "no"))), Mapping((("id", "2"),))),
        ),
        ("\n    - - A", None),
        (" [a-b, A_1,  c ]", ("a-b", "A_1", "c")),
        (' "a\\nb"', "a\nb"),
        (" |\n    one\n\n      two\n    three", "one\n\n  two\nthree\n"),
        (" |-\n    one\n    two\n\n", "one\ntwo"),
        (" |+\n    one\n", "one\n\n"),
        (
            " >\n    one\n    two\n\n    three\n      four\n    five",
            "one two\nthree\n  four\nfive\n",
        ),
        (" >-  # how\n    # no comment", "# no comment"),
        (" one\n    two\n\n    three", "one two\nthree"),
        (" one\n    - two", "one - two"),
    ],
)
def test_values_over_several_lines(source: str, value: Value | None) -> None:
    text = f"- id: 1\n  key:{source}\n  status: todo\n"
    expected = None if value is None else (("id", "1"), ("key", value), ("status", "todo"))
    assert flat.scan(text) == expected
    assert agrees(text) == (value is not None)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        "- a\n",
        "- a: b: c\n",
        "- a: @me\n",
        "- a: `b`\n",
        "- a: &x b\n",
        "- a: *x\n",
        "- a: !!str b\n",
        "- a: {b: c}\n",
        "- ? a\n",
        "- a:\tb\n",
        "-\ta: b\n",
        "- a: b\n   c: d\n",
        "- a: b\n c: d\n",
        "- a: b\n- c: d\n",
        "- a: [b\n",
        "- a: [b,\n    c]\n",
        "- a: [b, [c]]\n",
        "- a: [-]\n",
        "- a: [b,]\n",
        "- a: [b: c]\n",
        "- a: 'b\n",
        "- a: 'b\n    c'\n",
        "- a: 'b' c\n",
        '- a: "b" c "d"\n',
        '- a: "\\q"\n',
        '- a: "\\ud83d\\ude00"\n',
        "- a: |2\n      b\n",
        "- a: |\n  b: c\n",
        "- a: b\rc\n",
        "- a: b\r",
        "- a: b\x85c\n",
        "- a: b  # \u2028c\n",
        "- a: b\x07\n",
        "- a: b\x00\n",
        "- a: \ufeffb\n",
        "---\n- a: b\n",
        "a: b\n...\n",
        "--- a: b\n",
        "%YAML 1.1\n",
        '- "a": b\n',
        "- a: b\n  # c\n    d\n",
        "- " * 2000 + "a: b\n",
        "- a:\n" + "".join(" " * n + "a:\n" for n in range(4, 3000)),
    ],
)
def test_what_is_not_plainly_simple_is_refused(text: str) -> None:
    assert scanned(text) is None
    assert flat.locate(text) is None


def test_ordinary_items_are_all_plainly_simple() -> None:
    seeds = range(2000)
    refused = [seed for seed in seeds if flat.scan(items.ordinary(Random(seed))) is None]
    assert refused == []


@given(items.ordinary_items() | items.wild_items() | items.jumbled_items())
@settings(max_examples=200, deadline=None)
def test_agrees_with_the_authority(text: str) -> None:
    agrees(text)


def _taken(seeds: range) -> int:
    taken = 0
    for seed in seeds:
        random = Random(seed)
        make = (items.ordinary, items.wild, items.jumbled)[seed % 3]
        taken += agrees(make(random))
    return taken


def test_agrees_on_many_items() -> None:
    assert _taken(range(3000)) > 1000


@pytest.mark.long
def test_agrees_on_very_many_items() -> None:
    assert _taken(range(90_000)) > 30_000
