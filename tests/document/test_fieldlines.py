"""What fields say, and where, that are read a line each: without YAML, or where it refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.document.documents import read
from todo_tui.document import dialects

if TYPE_CHECKING:
    from todo_tui.document.entry import Value

REFUSED: list[tuple[str, Value, str, str]] = [
    ("T-1", "Fix: x", "Fix: x", "- T-1: Fix: x\n"),
    ("a", "b", "b", "  a: b  # c\n"),
    ("d", "e # f", "'e # f'", "  d: 'e # f'  # g\n"),
    ("h", "i", '"i"', '  h: "i" # j\n'),
    ("k", "", "", "  k: #l\n"),
    ("m", "n o", "n\n    o", "  m:\n    n\n    o\n\n"),
    ("p", ("q", "r more"), "- q\n    - 'r'\n      more", "  p:\n    - q\n    - 'r'\n      more\n"),
    ("s", ("t", "u"), "[t, 'u']", "  s: [t, 'u']\n"),
    ("v", "w\n x\n", "|\n    w\n     x", "  v: |\n    w\n     x\n\n"),
    ("y", "z\n", ">\n    z", "  y: >\n    z\n  # last\n"),
    ("aa", "bb: cc", "bb: cc", "  aa: bb: cc\n"),
    ("dd", "'ee", "'ee", "  dd: 'ee\n"),
    ("ff", ("gg", "hh: ii: jj"), "- gg\n  - hh: ii: jj", "  ff:\n  - gg\n  - hh: ii: jj\n"),
    ("kk", "*ll", "*ll", "  kk: *ll # mm\n"),
    ("nn", "oo", "oo", "\t nn: oo\n  pp:qq\n"),
    ("qq", "rr", "rr", "  qq: rr\n"),
    ("ss", "tt * uu", "tt\n    * uu", "  ss:\n    tt\n    * uu\n"),
]
LIST = "- e\n  - f\n    g\n\n  - h"
LISTED: list[tuple[str, Value, str, str]] = [
    ("T-1", "x", "x", "### T-1: x\n"),
    ("A", "b", "b", "- **A**: b\n  c\n"),
    ("D", ("e", "f g", "h"), LIST, f"- **D**:\n  {LIST}\n"),
    ("I", "j", "j", "- **I:** j\n"),
    ("K", "l", "'l'", "- __K__: 'l'\n"),
    ("M", "n", "n", "- M : n\n  o\n"),
    ("", "", "", "- **p: q\n-  \n"),
    ("R", "s\nt", "|\n  s\n  t", "- **R**: |\n  s\n  t\n"),
    ("U", ("v", "w"), "[v, w]", "- U: [v, w]\n"),
    ("W", "x # y", "x # y", "- W: x # y\n\n  z\n"),
    ("E", "", "", "- **E**:\n"),
    ("F", "g\nh", "g\n  h", "- **F**:\n\n  g\n  h\n"),
]  # fmt: skip


@pytest.mark.parametrize("rows", [REFUSED, LISTED])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("last", [True, False])
def test_fields_of_a_line_each(
    rows: list[tuple[str, Value, str, str]], end: str, *, last: bool
) -> None:
    text = "".join(lines for *_, lines in rows).replace("\n", end)
    text = text if last else text.removesuffix(end)
    (entry,) = read(text).entries
    named = [row for row in rows if row[0]]
    assert list(entry.pairs) == [(name, value) for name, value, _, _ in named]
    for field, (name, value, source, lines) in zip(dialects.locate(entry), named, strict=True):
        assert (field.name, field.value) == (name, value)
        assert field.value_span.of(text) == source.replace("\n", end)
        found = field.lines.of(text)
        whole = lines.replace("\n", end)
        assert whole.startswith(found.removesuffix(end))
        rest = whole[len(found) :].split(end)
        assert all(line.strip()[:1] in ("", "#") for line in rest)


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("-\tT-1: Fix: x\n\ta: b\n", [("T-1", "Fix: x"), ("a", "b")]),
        ("- id: T-1\n  title: Fix: x\n", [("id", "T-1"), ("title", "Fix: x")]),
        ("- T-1: Fix: x\n\n  # c\n  a: b", [("T-1", "Fix: x"), ("a", "b")]),
        (
            "- T-1: Fix: x\n    a:\n      b: c: d\n    e: f\n",
            [("T-1", "Fix: x"), ("a", "b: c: d"), ("e", "f")],
        ),
        ("- T-1: Fix: x\n      a: b\n  c: d\n", [("T-1", "Fix: x"), ("a", "b"), ("c", "d")]),
        ("- T-1:\n    Fix: x: y\n  a: b\n", [("T-1", "Fix: x: y"), ("a", "b")]),
        ("- T-1:\n  - Fix: x: y\n  a: b\n", [("T-1", ("Fix: x: y",)), ("a", "b")]),
        ('- "T-1": Fix: x\n  \'a\': b\n  "c" : d\n', [("T-1", "Fix: x"), ("a", "b"), ("c", "d")]),
        ("- T-1: \"a\" b # c\n  d: 'e' f # g\n", [("T-1", '"a" b'), ("d", "'e' f")]),
        ("- T-1: a: b#c\n  d: # e\n  f: g # h # i\n", [("T-1", "a: b#c"), ("d", ""), ("f", "g")]),
    ],
)  # fmt: skip
def test_an_item_that_yaml_refuses_says(text: str, pairs: list[tuple[str, Value]]) -> None:
    (entry,) = read(text).entries
    assert list(entry.pairs) == pairs
    assert entry.fault is not None
    assert [(one.name, one.value) for one in dialects.locate(entry)] == pairs


@pytest.mark.parametrize(
    ("below", "value"),
    [
        ("\tb", "a"),
        ("\t- b", "a"),
        ("  \t**B**: b", "a"),
        ("", "a"),
    ],
)
def test_what_is_deeper_than_a_value_of_its_own_does_not_change_it(below: str, value: str) -> None:
    text = f"### T-1: x\n- **A**: a\n{below}\n- **C**: c\n"
    (entry,) = read(text).entries
    assert list(entry.pairs) == [("T-1", "x"), ("A", value), ("C", "c")]
