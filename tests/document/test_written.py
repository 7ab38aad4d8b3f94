"""How values and fields are written, byte by byte, in the style of what stands there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.document.documents import read
from todo_tui.document import dialects, putting
from todo_tui.document.edit import apply
from todo_tui.document.entry import NewEntry

if TYPE_CHECKING:
    from todo_tui.document.entry import Value


def replaced(text: str, field: int, value: Value, *, verbatim: bool = False) -> str:
    """``text``, a single item, with another value in one of its fields; it must say so."""
    (entry,) = read(text).entries
    place = dialects.locate(entry)[field]
    new = apply(text, [dialects.replace_value(entry, place, value, verbatim=verbatim)])
    (after,) = read(new).entries
    expected = list(entry.pairs)
    expected[field] = (place.name, value)
    assert list(after.pairs) == expected
    return new


def added(text: str, after: int, name: str, value: Value) -> str:
    """``text``, a single item, with a field more; it must say so."""
    (entry,) = read(text).entries
    edit = dialects.insert_field(entry, dialects.locate(entry)[after], name, value)
    new = apply(text, [edit])
    (found,) = read(new).entries
    assert len(found.pairs) == len(entry.pairs) + 1
    assert value in [said for _, said in found.pairs]
    return new


@pytest.mark.parametrize(
    ("value", "mark", "rows"),
    [
        ("a\nb\n", "|", ["a", "b"]),
        (" a\nb\n", "|2", [" a", "b"]),
        ("a\n\n  b\n", "|", ["a", "", "  b"]),
    ],
)
@pytest.mark.parametrize(
    ("text", "field", "old", "comment", "indent"),
    [
        ("- T-1: x\n  notes:{}\n  s: t\n", 1, " old  # why", "  # why", 4),
        ("- T-1: x\n  notes:{}\n  s: t\n", 1, "\n    old", "", 4),
        ("- T-1: x\n  notes:{}\n\n  s: t\n", 1, " |\n    old\n    er", "", 4),
        ("- T-1: x\r\n  s: t\r\n  notes:{}", 2, " old", "", 4),
        ("  -  T-1:{}\n     s: t\n", 0, " old", "", 7),
        ("- T-1:{}", 0, " old", "", 4),
    ],
)
def test_a_text_of_several_lines_is_a_block_two_deeper_than_its_key(
    text: str,
    field: int,
    old: str,
    comment: str,
    indent: int,
    value: str,
    mark: str,
    rows: list[str],
) -> None:
    end = "\r\n" if "\r" in text else "\n"
    lines = end.join((f" {mark}{comment}", *(f"{' ' * indent}{row}".rstrip() for row in rows)))
    assert replaced(text.format(old), field, value) == text.format(lines)


@pytest.mark.parametrize(
    ("text", "after", "new"),
    [
        ("- T-1: x\n  s: t\n", 1, "- T-1: x\n  s: t\n  notes: |\n    a\n\n      b\n"),
        (
            "- T-1: x\r\n    s: t",
            0,
            "- T-1: x\r\n    notes: |\r\n      a\r\n\r\n        b\r\n    s: t",
        ),
        ("  - T-1: x\n    s: t\n", 1, "  - T-1: x\n    s: t\n    notes: |\n      a\n\n        b\n"),
    ],
)
def test_a_block_is_added_in_the_indent_of_the_item(text: str, after: int, new: str) -> None:
    assert added(text, after, "notes", "a\n\n  b\n") == new


@pytest.mark.parametrize("value", ["tasks:\nx\n", "Todos:\nx\n", "x\nitems:\n"])
def test_a_text_with_the_keys_of_a_group_is_no_block(value: str) -> None:
    source = value.replace("\n", "\\n")
    text = "- T-1: x\n  notes: old  # why\n"
    assert replaced(text, 1, value) == text.replace("old", f'"{source}"')
    assert added(text, 0, "why", value) == text.replace("  notes", f'  why: "{source}"\n  notes')


@pytest.mark.parametrize(
    ("old", "value", "new"),
    [
        ("1", "2", "2"),
        ("1.5", "-20", "-20"),
        ("1", "0.25", "0.25"),
        ("1", "02", '"02"'),
        ("'1'", "2", "'2'"),
        ("1", "2.", '"2."'),
        ("01", "2", '"2"'),
        ("a", "2", '"2"'),
        ("1", "1" * 16, "1" * 16),
        ("1", "1" * 17, f'"{"1" * 17}"'),
        ("1", "a", "a"),
    ],
)
def test_a_number_stays_one(old: str, value: str, new: str) -> None:
    assert replaced(f"- T-1: x\n  n: {old}\n", 1, value) == f"- T-1: x\n  n: {new}\n"


@pytest.mark.parametrize(
    ("old", "value", "new"),
    [
        ("n:\n    - a\n    - b", "c", "n: c"),
        ("n:  # w\n    - a", "c", "n: c  # w"),
        ("n:  # w", "c", "n: c  # w"),
        ("n: [a]", "c", "n: c"),
        ("n: a", ("c", "d"), "n: [c, d]"),
        ("n:", ("c", "d"), "n: [c, d]"),
        ("n: 'a'", ("c", "d e"), "n: ['c', 'd e']"),
        ("n:\n    - a\n    - 'b'  # w", ("c", "a"), "n:\n    - c\n    - a"),
        ("n:\n    - a\n    - 'b'  # w", ("a", "c"), "n:\n    - a\n    - c  # w"),
        (
            "n:\n    - a # v\n    # of b\n\n    - 'b'  # w",
            ("a", "b", "c"),
            "n:\n    - a # v\n    # of b\n\n    - 'b'  # w\n    - c",
        ),
        ("n:\n    - a # v\n    # of b\n    - 'b'  # w", ("b",), "n:\n    # of b\n    - 'b'  # w"),
        ("n:\n    - a # v\n    # of b\n    - 'b'  # w", ("a",), "n:\n    - a # v"),
        ("n: [a, 'b',\"c\"]  # w", ("c", "a", "d"), 'n: ["c", a, d]  # w'),
        ("n: ['b', a, x y]", ("a", "b", "x y", "1"), "n: [a, 'b', x y, '1']"),
        ('n: ["\\x41", b: c, d]', ("A", "d"), 'n: ["A", d]'),
        ("n:\n    -  'a'\n    -  'b'", ("b", "c"), "n:\n    -  'b'\n    -  'c'"),
        ("n:\n    - 'a'  # w\n    - b", ("c", "d"), "n:\n    - 'c'\n    - 'd'"),
        ('n:\n    -   "a"', ("c",), 'n:\n    -   "c"'),
        ("n:\n  - a", ("c", "1"), 'n:\n  - c\n  - "1"'),
        ("n:\n    - a", (), "n: []"),
    ],
)
@pytest.mark.parametrize("behind", ["", "  s: t\n"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_list_or_a_text_takes_the_place_of_the_other(
    old: str, value: Value, new: str, behind: str, end: str
) -> None:
    before, after = (f"- T-1: x\n  {one}\n{behind}".replace("\n", end) for one in (old, new))
    assert replaced(before, 1, value) == after


@pytest.mark.parametrize(
    ("text", "field", "value", "new"),
    [
        ("{id: T-1, n: a, s: t}", 1, "b: c", '{id: T-1, n: "b: c", s: t}'),
        ("{id: T-1, n: a, s: t}", 1, "b", "{id: T-1, n: b, s: t}"),
        ("{id: T-1, n: 'a', s: t}", 1, "b, c", "{id: T-1, n: 'b, c', s: t}"),
        ("{id: T-1, n: [a], s: t}", 1, ("b", "c: d"), '{id: T-1, n: [b, "c: d"], s: t}'),
        ("{T-1: a, s: t}", 0, "b, c", '{T-1: "b, c", s: t}'),
        ('{ "T-1": "a", s: t }', 1, "u", '{ "T-1": "a", s: u }'),
    ],
)
def test_within_braces(text: str, field: int, value: Value, new: str) -> None:
    assert replaced(f"- {text}\n", field, value) == f"- {new}\n"


@pytest.mark.parametrize(
    ("after", "value", "new"),
    [
        (1, "b", "{id: T-1, n: a, notes: b}"),
        (0, "b", "{id: T-1, notes: b, n: a}"),
        (0, ("b", "c"), "{id: T-1, notes: [b, c], n: a}"),
        (1, "[x]", '{id: T-1, n: a, notes: "[x]"}'),
    ],
)
def test_a_field_is_added_within_braces(after: int, value: Value, new: str) -> None:
    assert added("- {id: T-1, n: a}\n", after, "notes", value) == f"- {new}\n"


@pytest.mark.parametrize(
    ("text", "value", "new"),
    [
        ("- T-1: Fix: x\n  n: a\n    more\n", "c", "- T-1: Fix: x\n  n: c\n"),
        ("- T-1: Fix: x\n  n: a\n  s: t\n", "c", "- T-1: Fix: x\n  n: c\n  s: t\n"),
        (
            "- T-1: Fix: x\n  n:\n    - a\n    - b\n  s: t\n",
            ("b", "c"),
            "- T-1: Fix: x\n  n:\n    - b\n    - c\n  s: t\n",
        ),
    ],
)
def test_in_an_item_that_yaml_refuses(text: str, value: Value, new: str) -> None:
    assert replaced(text, 1, value) == new


@pytest.mark.parametrize(
    ("old", "new"), [("n: null", ""), ("n: a  # w", "null"), ("n: 'a'", "~"), ("n:", "x y")]
)
def test_what_is_written_verbatim_has_no_quotes(old: str, new: str) -> None:
    name, _, rest = old.partition(":")
    comment = rest[rest.find("  #") :] if "#" in rest else ""
    expected = f"- T-1: x\n  {name}: {new}".rstrip() + f"{comment}\n  s: t\n"
    assert replaced(f"- T-1: x\n  {old}\n  s: t\n", 1, new, verbatim=True) == expected


@pytest.mark.parametrize(
    ("fields", "lines"),
    [
        (
            (("status", "todo"), ("created_at", "2026-01-01")),
            ["status: todo", 'created_at: "2026-01-01"'],
        ),
        (
            (("notes", "a\nb\n"), ("tags", ("a", "b: c"))),
            ["notes: |", "  a", "  b", 'tags: [a, "b: c"]'],
        ),
        ((("claimed_by", ""), ("tags", ())), ['claimed_by: ""', "tags: []"]),
    ],
)
def test_new_items_in_a_fence_of_their_own(
    fields: tuple[tuple[str, Value], ...], lines: list[str]
) -> None:
    new = [NewEntry("T-1", "x", fields), NewEntry("one", "z", fields)]
    below = "".join(f"  {line}\n" for line in lines)
    first, second = f'- T-1: "x"\n{below}', f'- id: one\n  title: "z"\n{below}'
    edit = dialects.insert_entries(read("# A\n"), None, new)
    assert apply("# A\n", [edit]) == f"# A\n\n```yaml\n{first}\n{second}```\n"
    text = f"# A\n\n```yaml\n{first}```\n"
    again = dialects.insert_entries(read(text), 0, new[1:])
    assert apply(text, [again]) == text.replace("```\n", f"{second}```\n")


BOXES = (
    ("- T-1: x\n  n: |\n    - [ ] a\n    - [x] b\n", "- [ ] a\n- [x] b\n"),
    ("- T-1: x\n  n:\n    - '[ ] a'\n    - '[x] b'  # w\n", ("[ ] a", "[x] b")),
    ("### TASK_1: x\n- **Steps**:\n  - [ ] a\n  - [x] b\n", ("[ ] a", "[x] b")),
    ('- T-1: x\n  n: "[ ] a, [x] b"\n', "[ ] a, [x] b"),
)


@pytest.mark.parametrize(("text", "value"), BOXES)
@pytest.mark.parametrize(("box", "mark"), [("[ ] a", "[x] a"), ("[x] b", "[ ] b")])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_the_mark_in_a_box_is_one_character(
    text: str, value: str | tuple[str, ...], box: str, mark: str, end: str
) -> None:
    text = text.replace("\n", end)
    (entry,) = read(text).entries
    assert entry.pairs[1][1] == value
    if isinstance(value, str):
        new: Value = value.replace(box, mark)
    else:
        new = tuple(one.replace(box, mark) for one in value)
    assert dialects.flips(entry, 1, new)
    edit = putting.flipped(entry, 1, new)
    assert edit.span.stop - edit.span.start == len(edit.text) == 1
    assert apply(text, [edit]) == text.replace(box, mark)


@pytest.mark.parametrize(("text", "value"), BOXES)
def test_marks_in_several_boxes_are_written_with_the_value(
    text: str, value: str | tuple[str, ...]
) -> None:
    (entry,) = read(text).entries
    swapped = {"[ ] a": "[x] a", "[x] b": "[ ] b"}
    if isinstance(value, str):
        new: Value = value.replace("[ ] a", "[x] a").replace("[x] b", "[ ] b")
    else:
        new = tuple(swapped[one] for one in value)
    assert dialects.flips(entry, 1, new)
    after = apply(text, [putting.flipped(entry, 1, new)])
    assert after == text.replace("[ ] a", "[x] a").replace("[x] b", "[ ] b")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("'[ ] a'", "[x] a", True),
        ("'[X] a'", "[x] a", True),
        ("'[ ] a'", "[ ] a", False),
        ("'[ ] a'", "[x] b", False),
        ("'[ ] a'", ("[x] a",), True),
        ("a", "b", False),
        ("'[-] a'", "[x] a", False),
        ("[]", (), False),
        ("[a]", ("b",), False),
        ("['[ ] a', '[ ] b']", ("[ ] a", "[x] b"), True),
        ("['[ ] a', '[ ] b']", ("[x] a",), False),
        ("['[ ] a', '[ ] b']", ("[x] b", "[ ] a"), False),
    ],
)
def test_a_value_that_differs_in_the_marks_of_its_boxes_alone(
    old: str, new: Value, *, expected: bool
) -> None:
    (entry,) = read(f"- T-1: x\n  n: {old}\n").entries
    assert dialects.flips(entry, 1, new) is expected


@pytest.mark.parametrize(
    ("text", "after", "new"),
    [
        ('- T-1: "x" (eng) [todo]\n', 0, '- T-1: "x" (eng) [todo]\n  Claimed By: bob\n'),
        ('- T-1: "x" (eng) [todo]\n', 2, '- T-1: "x" (eng) [todo]\n  Claimed By: bob\n'),
        ("  - T-1: x [todo]", 0, '  - T-1: "x" [todo]\n    Claimed By: bob'),
        ("  - T-1: x  [todo]\r\n", 1, '  - T-1: "x"  [todo]\r\n    Claimed By: bob\r\n'),
        (
            "- T-1: 'x' [todo]\r\n    Status: a\r\n    foo_bar: c",
            0,
            "- T-1: 'x' [todo]\r\n    claimed_by: bob\r\n    Status: a\r\n    foo_bar: c",
        ),
        (
            "- T-1: 'x' [todo]\n    - Status: a\n  Foo: c\n",
            2,
            "- T-1: 'x' [todo]\n    - Status: a\n    - Claimed By: bob\n  Foo: c\n",
        ),
        (
            "- T-1: 'x' [todo]\n    - Status: a\n  Foo: c",
            3,
            "- T-1: 'x' [todo]\n    - Status: a\n  Foo: c\n  Claimed By: bob",
        ),
    ],
)
def test_a_field_is_added_below_a_short_item(text: str, after: int, new: str) -> None:
    assert added(text, after, "claimed_by", "bob") == new
    assert added(text, after, "claimed_by", ("a", "b")) == new.replace("bob", "[a, b]")


@pytest.mark.parametrize(
    ("line", "field", "value", "new"),
    [
        ('"x" (eng) [todo]', 0, "y (z)", '"y (z)" (eng) [todo]'),
        ("x (eng) [todo]", 0, "y (z)", '"y (z)" (eng) [todo]'),
        ("x (eng) [todo]", 0, "y", "y (eng) [todo]"),
        ("'x' (eng) [todo]", 0, "it's", "'it''s' (eng) [todo]"),
        ("x (eng) [todo]", 1, "a, b", "x (a, b) [todo]"),
        ("x (eng)", 1, "a b", '"x" (a b)'),
        ("x\t(eng) [a]", 2, "todo", "x\t(eng) [todo]"),
        ("x (eng) [todo]", 2, "", "x (eng) []"),
        ("x [todo]  ", 1, "done", "x [done]  "),
        ('"x" [ todo ]', 1, "done", '"x" [done]'),
    ],
)
@pytest.mark.parametrize("end", ["", "\n", "\r\n"])
def test_a_short_item_takes_a_value(line: str, field: int, value: str, new: str, end: str) -> None:
    assert replaced(f"- T-1: {line}{end}", field, value) == f"- T-1: {new}{end}"


@pytest.mark.parametrize("value", ["", "null", "~"])
@pytest.mark.parametrize("title", ['"x"', "x"])
def test_what_is_written_verbatim_in_brackets_has_no_blanks(title: str, value: str) -> None:
    text = f"- T-1: {title} (eng) [todo]\n"
    assert replaced(text, 1, value, verbatim=True) == text.replace("eng", value)
    assert replaced(text, 2, value, verbatim=True) == text.replace("todo", value)


@pytest.mark.parametrize("value", ["(a", "a)", "[", "]", "a\nb", ("a", "b)")])
def test_what_has_brackets_cannot_stand_in_brackets(value: Value) -> None:
    (entry,) = read("- T-1: x (eng) [todo]\n").entries
    for field in dialects.locate(entry)[1:]:
        with pytest.raises(ValueError, match="cannot stand in brackets"):
            dialects.replace_value(entry, field, value)


NEW_TITLES = (
    ("new", "new"),
    ("a: b", "a: b"),
    ("C#", '"C#"'),
    ('"q"', '"\\"q\\""'),
    ("[x]", '"[x]"'),
)


@pytest.mark.parametrize(("title", "source"), NEW_TITLES)
@pytest.mark.parametrize(
    ("line", "behind"),
    [
        ("### T-1: {}", "\n\n* **Status:** a\n"),
        ("# T-1 - {}", "\n- Status: a"),
        ("## **T-1:** {}", "\n- Status: a\n"),
        ("## T-1 — {} ##", "\n\n\n- Status: a\n"),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_the_title_of_a_heading_is_replaced(
    line: str, behind: str, title: str, source: str, end: str
) -> None:
    text = f"{line.format('old')}{behind}".replace("\n", end)
    assert replaced(text, 0, title) == f"{line.format(source)}{behind}".replace("\n", end)


@pytest.mark.parametrize(("title", "source"), NEW_TITLES)
@pytest.mark.parametrize("line", ["## T-1", "## T-1:"])
def test_a_heading_without_a_title_gets_one(line: str, title: str, source: str) -> None:
    assert replaced(f"{line}\n- Status: a\n", 0, title) == f"## T-1: {source}\n- Status: a\n"


@pytest.mark.parametrize(
    ("text", "after", "line"),
    [
        ("### T-1: x\n\n* **Status:** a\n* **Foo Bar:** b\n", 0, "* **Claimed By:** bob"),
        ("### T-1: x\n\n* **Status:** a\n* **Foo Bar:** b\n", 1, "* **Claimed By:** bob"),
        ("### T-1: x\n\n* **Status:** a\n* **Foo Bar:** b\n", 2, "* **Claimed By:** bob"),
        ("### T-1\n- __status__: a\n+  foo_bar: b\n", 0, "- __claimed_by__: bob"),
        ("### T-1\n- __status__: a\n+  foo_bar: b\n", 2, "+  claimed_by: bob"),
        ("### T-1\n- **Status**: a\n", 1, "- **Claimed By**: bob"),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("last", [True, False])
def test_a_field_is_added_below_a_heading_as_its_neighbour_is_written(
    text: str, after: int, line: str, end: str, *, last: bool
) -> None:
    rows = text.removesuffix("\n").split("\n")
    fields = len(rows) - rows.count("") - 1
    place = len(rows) - fields + max(after - 1, 0) + bool(after)
    expected = end.join((*rows[:place], line, *rows[place:])) + end * last
    assert added(end.join(rows) + end * last, after, "claimed_by", "bob") == expected


@pytest.mark.parametrize(
    ("text", "new"),
    [
        (
            "### T-1: x\n\n* **Status:** a\n* **Foo Bar:** b\n",
            '### T-2: n\n\n* **Status:** b\n* **Tags:** [a, "b, c"]\n',
        ),
        ("# T-1 - x\n- Status: a\n", '# T-2 - n\n- Status: b\n- Tags: [a, "b, c"]\n'),
        ("# T-1\n- status: a\n", '# T-2: n\n- status: b\n- tags: [a, "b, c"]\n'),
        ('## **T-1**: "x"\n- Status: a\n', '## **T-2**: "n"\n- Status: b\n- Tags: [a, "b, c"]\n'),
        ("## T-1 — x ##\n\n\n- Status: a\n", '## T-2 — n\n\n\n- Status: b\n- Tags: [a, "b, c"]\n'),
    ],
)
def test_a_new_heading_is_written_as_its_neighbour_is(text: str, new: str) -> None:
    one = NewEntry("T-2", "n", (("status", "b"), ("tags", ("a", "b, c"))))
    edit = dialects.insert_entries(read(text), 0, [one])
    assert apply(text, [edit]) == f"{text}\n{new}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- T-1: x\n", True),
        ("- id: T-1\n", True),
        ("- T-1: Fix: x\n", False),
        ("- {id: T-1}\n", False),
        ("- T-1: x [todo]\n", False),
        ("# T-1: x\n- Status: a\n", False),
    ],
)
def test_a_text_of_several_lines_stands_in_yaml_that_can_be_read(
    text: str, *, expected: bool
) -> None:
    (entry,) = read(text).entries
    assert dialects.takes_lines(entry) is expected
