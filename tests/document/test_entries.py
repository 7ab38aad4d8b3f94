"""Which entries a text holds, which of them is a group's, and what each of them says."""

from __future__ import annotations

import pytest

from tests.document.both_ways import both_ways
from tests.document.documents import read
from todo_tui.document import dialects, groups, heading, moving, putting
from todo_tui.document.document import Document
from todo_tui.document.edit import Edit, apply
from todo_tui.document.entry import NewEntry
from todo_tui.document.span import Span


def found(text: str) -> list[tuple[str, int]]:
    """The first value of each entry, which is its id or title, and the place of its group."""
    document = read(text)
    firsts = [entry.pairs[0] for entry in document.entries]
    return [
        (str(value) if name.lower().endswith("id") else name, parent)
        for (name, value), parent in zip(firsts, document.parents, strict=True)
    ]


@pytest.mark.parametrize(
    ("lines", "entries"),
    [
        ("epic_id: E-1\ntasks:\n  - A-1: a\n    x: y\n  - A-2: b", "E-1 A-1<E-1 A-2<E-1"),
        ("id: E-1\nTODOS:\n  - A-1: a\nItems:\n  - A-2: b\nx: y", "E-1 A-1<E-1 A-2<E-1"),
        ("id: E-1\ntasks: # these\n\n  # 1\n  - A-1: a\n  # 2\n  - A-2: b", "E-1 A-1<E-1 A-2<E-1"),
        (
            "id: E-1\ntasks:\n- id: E-2\n  items:\n  - A-1: a\n- A-2: b",
            "E-1 E-2<E-1 A-1<E-2 A-2<E-1",
        ),
        (
            "- id: E-1\n  tasks:\n  - A-1: a\n  - A-2: b\n  x: y\n- B-1: c",
            "E-1 A-1<E-1 A-2<E-1 B-1",
        ),
        ("project: x\nphase:\n  - A-1: a\nlater:\n- A-2: b\n  x: y", "A-1 A-2"),
        ("todo:\n  - id: A-1\n    x: y\nother:\n  - id: A-2\n    x: y", "A-1"),
        ("phase:\n  Tasks:\n    - id: A-1\n      s: t\nx: y", "A-1"),
        ("phase:\n  a: b\n  items: # c\n    - id: A-1\n", "A-1"),
        ("- name: x\n  Tasks:\n  - id: A-1\n    s: t", "A-1"),
        ("- name: x\n  tasks: # y\n    - id: A-1\n    - id: A-2", "A-1 A-2"),
        ("project: x\nother:\n  - id: A-1\n    subtasks: 3\nlater:\n  - A-2: b", "A-2"),
        ("- id: A-1\n  subtasks:\n  - id: A-2\n  acceptance:\n  - id: A-3", "A-1"),
        ("- {A-1: a, x: y}\n- { 'A-2': b }\n- {a: b}\n- {id: A-3}", "A-1 A-2 A-3"),
        ("phase:\n  - {A-1: a, x: y}\nlater:\n  - {a: b}", "A-1"),
        ("- Phase 1\n  - A-1: a\n    x: y\n  - A-2: b\n    x: y", "A-1 A-2"),
        ("- A-1: a\n  x: y\n  - A-2: b\n    x: y\n- A-3: c", "A-1 A-2 A-3"),
        ("id: E-1\ntasks:\n  - A-1: a\n    x: y\n    - A-2: b\n      x: y", "E-1 A-1<E-1 A-2<E-1"),
        ("id: E-1\ntasks:\n  - A-1: a: b\n    x: y\n  - A-2: b\n", "E-1 A-1<E-1 A-2<E-1"),
        (
            "id: E-1\ntasks:\n  - A-1: a\n- A-2: b\nitems:\n  - A-3: c",
            "E-1 A-1<E-1 A-2<E-1 A-3<E-1",
        ),
        ("- id: E-1\n  tasks:\n    - A-1: a\n  - A-2: b\n- B-1: c", "E-1 A-1<E-1 A-2<E-1 B-1"),
        ("tasks:\n  - A-1: a\n    x: y\n# 2\n- A-2: b\n  x: y", "A-1 A-2"),
        (
            "id: E-1\ntasks:\n- A-1: a\n- id: E-2\n  items:\n  - id: E-3\n    items:\n    - A-2: c",
            "E-1 A-1<E-1 E-2<E-1 E-3<E-2 A-2<E-3",
        ),
    ],
)
def test_groups_and_their_members(lines: str, entries: str) -> None:
    places = {"": -1}
    expected = []
    for place, word in enumerate(entries.split()):
        name, _, group = word.partition("<")
        expected.append((name, places[group]))
        places[name] = place
    assert found(f"```yaml\n{lines}\n```\n") == expected


@pytest.mark.parametrize(
    ("line", "pairs"),
    [
        ("- T-1: (eng) [todo]", [("T-1", ""), ("()", "eng"), ("[]", "todo")]),
        ("- T-1: Do it (eng)", [("T-1", "Do it"), ("()", "eng")]),
        ("- T-1: a (b) c [todo]", [("T-1", "a (b) c"), ("[]", "todo")]),
        ("- T-1: x [a] (b c)", [("T-1", "x"), ("[]", "a"), ("()", "b c")]),
    ],
)
def test_a_short_item_says(line: str, pairs: list[tuple[str, str]]) -> None:
    (entry,) = read(f"{line}\n").entries
    assert list(entry.pairs) == pairs


@pytest.mark.parametrize(
    ("before", "value", "after"),
    [
        ("- T-1: Do it (eng)", "two words", '- T-1: "Do it" (two words)'),
        ("- T-1: Do it (eng) [todo]", "two words", "- T-1: Do it (two words) [todo]"),
        ("- T-1: Do it [todo] (eng)", "done", "- T-1: Do it [done] (eng)"),
    ],
)
def test_a_plain_title_is_quoted_where_the_new_bracket_would_be_part_of_it(
    before: str, value: str, after: str
) -> None:
    (entry,) = read(before).entries
    edit = dialects.replace_value(entry, dialects.locate(entry)[1], value)
    assert apply(before, [edit]) == after


def test_a_list_of_lines_keeps_the_lines_that_stay() -> None:
    text = "- T-1: x\n  tags:\n    - a  # why\n    - b\n  status: todo\n"
    (entry,) = read(text).entries
    edit = dialects.replace_value(entry, dialects.locate(entry)[1], ("c", "a", "d"))
    assert apply(text, [edit]) == text.replace(
        "- a  # why\n    - b", "- c\n    - a  # why\n    - d"
    )


@pytest.mark.parametrize("value", [("B-2", "C-3", "D-4"), ("C-3", "B-2", "D-4"), ("D-4", "C-3")])
def test_a_line_that_is_no_text_does_not_stand_for_those_below_it(value: tuple[str, ...]) -> None:
    text = "- T-1: x\n  depends_on:\n    - A-1: first\n    - B-2\n    - C-3\n  status: todo\n"
    (entry,) = read(text).entries
    edit = dialects.replace_value(entry, dialects.locate(entry)[1], value)
    after = text.replace(
        "    - A-1: first\n    - B-2\n    - C-3\n", "".join(f"    - {v}\n" for v in value)
    )
    assert apply(text, [edit]) == after
    assert read(after).entries[0].pairs[1] == ("depends_on", value)


@pytest.mark.parametrize("value", ["see (x)", "see [x]", "a"])
@pytest.mark.parametrize(
    ("text", "field", "plain"),
    [
        ("- TASK_1: old\n", 0, False),
        ("- TASK_1: x\n  notes: old\n", 1, True),
        ("- TASK_1: old\n  notes: x\n", 0, True),
        ("- id: TASK_1\n  title: old\n", 1, True),
    ],
)
def test_brackets_are_quoted_behind_a_title_that_stands_alone(
    text: str, field: int, value: str, *, plain: bool
) -> None:
    (entry,) = read(f"```yaml\n{text}```\n").entries
    edit = dialects.replace_value(entry, dialects.locate(entry)[field], value)
    new = value if plain or value == "a" else f'"{value}"'
    assert apply(text, [edit]) == text.replace("old", new)


@pytest.mark.parametrize("blank", ["", "\n", "\n\n"])
@pytest.mark.parametrize("after", [0, 1])
@pytest.mark.parametrize("other", ["", "# Words\n\n"])
def test_a_new_item_stands_apart_as_its_neighbours_do(blank: str, after: int, other: str) -> None:
    first, second, third = (f"- T-{at}: x\n  status: todo\n" for at in (1, 2, 3))
    text = f"{other}{first}{blank}{second}"
    edit = dialects.insert_entries(read(text), after, [NewEntry("T-3", "x", (("status", "todo"),))])
    order = [first, second]
    order.insert(after + 1, third)
    assert apply(text, [edit]) == other + blank.join(order)
    put = putting.entry(read(text), after, third, behind=True)
    assert apply(text, [put]) == other + blank.join(order)
    order = [first, second]
    order.insert(after, third)
    put = putting.entry(read(text), after, third, behind=False)
    assert apply(text, [put]) == other + blank.join(order)


def test_a_line_is_added_below_a_last_one_that_ends_in_a_tab() -> None:
    text = "- T-1: x\n  status: todo\t"
    (entry,) = read(text).entries
    edit = dialects.insert_field(entry, dialects.locate(entry)[1], "priority", "low")
    assert apply(text, [edit]) == f"{text}\n  priority: low"


def test_an_item_that_ended_the_file_gets_a_line_end_before_another() -> None:
    document = read("- T-1: x\n  status: todo\n")
    edit = putting.entry(document, 0, "- T-2: y\n  status: todo", behind=False)
    assert apply(document.text, [edit]) == "- T-2: y\n  status: todo\n- T-1: x\n  status: todo\n"


def test_an_item_that_ended_the_file_gets_a_line_end_behind_another() -> None:
    document = read("- T-1: x\n  status: todo\n")
    edit = putting.entry(document, 0, "- T-2: y\n  status: todo", behind=True)
    assert apply(document.text, [edit]) == "- T-1: x\n  status: todo\n- T-2: y\n  status: todo\n"


def items(count: int) -> str:
    return "```yaml\n" + "".join(f"- T-{at}: x{at}.\n  a: b\n" for at in range(count)) + "```\n"


@pytest.mark.parametrize(
    ("changed", "reused"),
    [
        ({}, (20, 20)),
        ({"x9.": "y"}, (9, 10)),
        ({"x9.": "y", "x12.": "longer"}, (9, 7)),
        ({"- T-9: x9.\n  a: b\n": ""}, (9, 10)),
        ({"- T-9:": "- U-1: y\n- T-9:"}, (9, 11)),
        ({"- T-5:": "# c\n- T-5:"}, (20, 20)),
        ({"- T-5:": "# c\n- T-5:", "- T-13:": "\n# d\n- T-13:"}, (20, 20)),
        ({"- T-5:": "# c\n- T-5:", "x13.": "y"}, (13, 6)),
        ({"x5.": "y", "- T-13:": "\n# d\n- T-13:"}, (5, 14)),
        ({"- T-0:": "- U-1: y\n" * 300 + "- T-0:"}, (0, 20)),
    ],
)
def test_what_did_not_change_is_taken_over(
    changed: dict[str, str], reused: tuple[int, int]
) -> None:
    before = read(items(20))
    edits = []
    text = before.text
    for old, new in changed.items():
        start = before.text.index(old)
        edits.append(Edit(Span(start, start + len(old)), new))
        text = text.replace(old, new)
    assert before.splice(edits).reused == reused
    assert Document.decode(text.encode(), before).reused == reused


@pytest.mark.parametrize("lead", ["", " ", "  ", "   "])
@pytest.mark.parametrize("between", ["# about the next\n", "\n", "   \n", "\t\n\n# next\n"])
def test_what_stands_before_a_member_is_not_of_the_one_above(lead: str, between: str) -> None:
    first, second = (f"{lead}- A-{n}: a\n{lead}  status: todo\n" for n in (1, 2))
    comment = between.replace("#", f"{lead}#")
    document = read(f"```yaml\nid: E-1\ntasks:\n{first}{comment}{second}```\n")
    assert [entry.text for entry in document.entries[1:]] == [first, second]


def test_a_line_of_a_list_goes_on_with_the_one_above() -> None:
    text = "### TASK_1: x\n- **Status**: todo\n- **Notes**:\n  - one\n  - two\n    goes on\n"
    (entry,) = read(text).entries
    assert entry.pairs[-1] == ("Notes", ("one", "two goes on"))


@pytest.mark.parametrize("name", ["a:b", "ab:c", "a:b:c:d"])
@pytest.mark.parametrize("before", ["x", "xx", "xxx\n  y: z"])
def test_a_value_moves_up_behind_a_name_with_a_colon(name: str, before: str) -> None:
    text = f"- T-1: {before}\n  {name}:  # why\n    old\n  status: todo\n"
    (entry,) = read(text).entries
    edit = dialects.replace_value(entry, dialects.locate(entry)[-2], "new")
    assert apply(text, [edit]) == text.replace(":  # why\n    old", ": new  # why")


@pytest.mark.parametrize("line", ["```sh", "~~~", "<!-- x"])
@pytest.mark.parametrize(("indent", "names"), [(3, 3), (4, 4)])
def test_what_opens_a_fence_or_a_comment_ends_the_fields_below_a_heading(
    line: str, indent: int, names: int
) -> None:
    fields = f"- **Status**: todo\n- **Notes**:\n{' ' * indent}{line}\n- **Priority**: high\n"
    (entry,) = read(f"### TASK_1: x\n{fields}").entries
    assert len(entry.pairs) == names


def test_a_field_without_a_name_has_lines_of_its_own() -> None:
    text = "- T-1: x\n  a: 'b'\n  ? # none\n  : y\n  status: todo\n"
    (entry,) = read(text).entries
    field = dialects.locate(entry)[2]
    assert (field.name, field.value) == ("", "y")
    assert apply(text, [dialects.remove_field(entry, field)]) == text.replace(
        "  ? # none\n  : y\n", ""
    )


def test_a_sharp_at_the_end_is_quoted_in_a_title_and_nowhere_else_below_a_heading() -> None:
    text = "### TASK_1: x\n- **Status**: todo\n- **Language**: C\n"
    (entry,) = read(text).entries
    title, _, language = dialects.locate(entry)
    edits = [dialects.replace_value(entry, field, "C#") for field in (title, language)]
    assert apply(text, edits) == '### TASK_1: "C#"\n- **Status**: todo\n- **Language**: C#\n'


@pytest.mark.parametrize("end", ["", "\n", "\n  status: todo\n"])
def test_the_first_line_of_an_item_that_yaml_refuses_is_its_first_fields(end: str) -> None:
    line = "- TASK_030: Fix: the bug"
    (entry,) = read(line + end).entries
    first = dialects.locate(entry)[0]
    assert (first.name, first.value) == ("TASK_030", "Fix: the bug")
    assert first.lines.of(entry.text).removesuffix("\n") == line
    edit = dialects.insert_field(entry, first, "claimed_by", "bob")
    assert apply(line + end, [edit]).startswith(f"{line}\n  claimed_by: bob")


@pytest.mark.parametrize("indent", ["", "  "])
@pytest.mark.parametrize(
    ("fields", "lines"),
    [
        ((), []),
        ((("[]", "todo"), ("status", "done")), ["Status: done"]),
        ((("claimed_by", ""), ("status", "done")), ['Claimed By: ""', "Status: done"]),
    ],
)
def test_what_has_no_bracket_stands_below_a_new_short_item_two_blanks_deeper(
    indent: str, fields: tuple[tuple[str, str], ...], lines: list[str]
) -> None:
    text = f'{indent}- T-1: "x" (eng) [todo]\n'
    new = [NewEntry("T-2", "y", fields)]
    brackets = "".join(f" [{value}]" for name, value in fields if name == "[]")
    below = "".join(f"{indent}  {line}\n" for line in lines)
    edit = dialects.insert_entries(read(text), 0, new)
    assert apply(text, [edit]) == f'{text}{indent}- T-2: "y"{brackets}\n{below}'


def test_a_new_short_item_has_its_lines_as_its_neighbour_has_them() -> None:
    text = '- T-1: "x" [todo]\n    - Claimed By: bob\n    - Priority: low\n'
    new = [NewEntry("T-2", "y", (("[]", "done"), ("status", "a"), ("claimed_by", "ann")))]
    edit = dialects.insert_entries(read(text), 0, new)
    assert apply(text, [edit]) == (
        f'{text}- T-2: "y" [done]\n    - Status: a\n    - Claimed By: ann\n'
    )


@pytest.mark.parametrize("quote", ["'", '"'])
def test_a_new_short_item_has_its_title_in_the_quotes_of_its_neighbour(quote: str) -> None:
    text = f"- T-1: {quote}x{quote} [todo]\n"
    edit = dialects.insert_entries(read(text), 0, [NewEntry("T-2", "z", (("[]", "done"),))])
    assert apply(text, [edit]) == f"{text}- T-2: {quote}z{quote} [done]\n"


@pytest.mark.parametrize("below", ["  Status: a", "\t- Status: a", "      Status : a"])
def test_a_single_line_below_a_short_item_is_enough_to_write_others_like_it(below: str) -> None:
    text = f'- T-1: "x" (eng)\n{below}\n'
    new = [NewEntry("T-2", "z", (("status", "b"), ("priority", "c")))]
    edit = dialects.insert_entries(read(text), 0, new)
    lines = below.replace(" a", " b"), below.replace("Status", "Priority").replace(" a", " c")
    assert apply(text, [edit]) == f'{text}- T-2: "z"\n{lines[0]}\n{lines[1]}\n'


SECTIONS = (
    "# A\n\n",
    "## T-1: x\n- **Status**: a\n\nprose\n\n",
    "#### deeper\n\nmore prose\n\n",
    "### T-2: y\n\n- **Status**: b\n\n```sh\n# T-9\n```\n\n\n",
    "## T-3: z\n- **Status**: c\n\n",
    "# B\n\nwords\n\n",
    "## T-4: z\n- **Status**: d\n\n",
    "## Session History\n\n- 2026-01-01: x\n",
)


@pytest.mark.parametrize(
    ("after", "before", "lines"),
    [
        (0, 4, "## T-5: n\n- **Status**: todo\n"),
        (1, 4, "### T-5: n\n\n- **Status**: todo\n"),
        (2, 5, "## T-5: n\n- **Status**: todo\n"),
        (3, 7, "## T-5: n\n- **Status**: todo\n"),
    ],
)
def test_a_new_heading_stands_behind_the_section_of_its_neighbour(
    after: int, before: int, lines: str
) -> None:
    text = "".join(SECTIONS)
    new = [NewEntry("T-5", "n", (("status", "todo"),))]
    edit = dialects.insert_entries(read(text), after, new)
    above, below = "".join(SECTIONS[:before]), "".join(SECTIONS[before:])
    kept = above.rstrip("\n")
    assert apply(text, [edit]) == f"{kept}\n\n{lines}{above[len(kept) + 1 :]}{below}"


@pytest.mark.parametrize(
    ("index", "beside", "why"),
    [
        (0, 1, "its text cannot be read: mend it first"),
        (1, 0, None),
        (2, 1, "its text cannot be read: mend it first"),
        (1, 2, None),
    ],
)
def test_what_cannot_be_read_does_not_move(index: int, beside: int, why: str | None) -> None:
    fence = "```yaml\n- {id: A-3, b: [}\n```\n"
    tasks = [f"## T-{at}: x\n- **Status**: a\n\n" for at in (1, 2, 3)]
    text = f"# A\n\n{tasks[0]}{fence}\n{tasks[1]}{tasks[2]}words\n\n{fence}"
    document = read(text)
    assert len(document.faults) == 2
    assert moving.obstacle(document, index, beside) == why


def test_a_sharp_behind_a_blank_is_part_of_a_value_below_a_heading() -> None:
    text = "### TASK_1: x\n- **Status**: a # b\n- **Notes**: c # d\n\n- **Language**: e # f\n"
    (entry,) = read(text).entries
    expected = (("TASK_1", "x"), ("Status", "a # b"), ("Notes", "c # d"), ("Language", "e # f"))
    assert entry.pairs == expected
    assert tuple((one.name, one.value) for one in dialects.locate(entry)) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("### TASK_1", True),
        ("# A-1: x", True),
        ("   ###### **TASK_1**: x", True),
        ("## TASK_1 - x", True),
        ("## TASK_1 x", False),
        ("## Words", False),
        ("TASK_1: x", False),
        ("    # TASK_1", False),
    ],
)
@pytest.mark.parametrize("end", ["", "\n", "\r\n", "\n_-\n"])
def test_the_heading_of_a_task_has_its_id_in_its_own_line(
    line: str, end: str, *, expected: bool
) -> None:
    assert heading.is_head(f"{line}{end}", 0) is expected
    assert heading.is_head(f"## A\n{line}{end}", 5) is expected


@pytest.mark.parametrize(
    ("item", "new"),
    [
        ("- id: \"T-1\"\n  title: 'x'\n", "- id: \"T-2\"\n  title: 'z'\n  status: todo\n"),
        ("- id: T-1\n  title: x\n", "- id: T-2\n  title: z\n  status: todo\n"),
        ("- title: x\n  id: 'T-1'\n", "- id: 'T-2'\n  title: z\n  status: todo\n"),
        ("- id: T-1\n  status: 'a'\n", "- id: T-2\n  title: \"z\"\n  status: 'todo'\n"),
        ("- T-1: 'x'\n  status: \"a\"\n", "- T-2: 'z'\n  status: \"todo\"\n"),
        ("-   T-1: x\n    Status: a\n", "-   T-2: z\n    Status: todo\n"),
        ("  - T-1: x\n    a: b\n", "  - T-2: z\n    status: todo\n"),
    ],
)
def test_a_new_item_is_written_as_its_neighbour_is(item: str, new: str) -> None:
    text = f"```yaml\n{item}```\n"
    edit = dialects.insert_entries(read(text), 0, [NewEntry("T-2", "z", (("status", "todo"),))])
    assert apply(text, [edit]) == f"```yaml\n{item}{new}```\n"


@pytest.mark.parametrize(
    ("field", "after"),
    [
        (1, '- T-1: "x" [high]\t[todo]\n'),
        (2, '- T-1: "x"  (eng)\t[todo]\n'),
        (3, '- T-1: "x"  (eng) [high]\n'),
    ],
)
def test_a_bracket_goes_with_the_blanks_before_it(field: int, after: str) -> None:
    text = '- T-1: "x"  (eng) [high]\t[todo]\n'
    (entry,) = read(text).entries
    edit = dialects.remove_field(entry, dialects.locate(entry)[field])
    assert apply(text, [edit]) == after


def test_the_nearest_heading_above_gives_a_name_its_title() -> None:
    item = "- T-{0}: x\n  status: todo\n\n"
    text = "".join(
        (
            item.format(1), "## E-1: one\n\n", item.format(2), "## words\n\n", item.format(3),
            "# E-2 - two\n\n", item.format(4), "### E-1: other\n\n", item.format(5),
        )
    )  # fmt: skip
    document = read(text)
    assert [document.heading_title(at, "E-1") for at in range(5)] == [
        None, "one", "one", "one", "other",
    ]  # fmt: skip
    assert [document.heading_title(at, "E-2") for at in (2, 3, 4)] == [None, "two", "two"]
    assert document.heading_title(4, "words") is None


@pytest.mark.parametrize(
    ("below", "at"),
    [
        ("  c: d\n  - A-2: x\n", "  - A-2"),
        ("    - c\n  - A-2: x\n", "  - A-2"),
        ("  - c: d\n    - A-2: x\n", "    - A-2"),
        ("  words\n\n  # c\n  - id: A-2\n", "  - id"),
        ("  words\n  - {'id' : A-2}\n", "  - {"),
        ("  c:\n  d: e\n  - A-2: x\n", "  - A-2"),
        ("  c:\n    d: e\n   - A-2: x\n", None),
        ("  c: d\n  e:\n  - A-2: x\n", None),
        ("  c: # d\n  - A-2: x\n", None),
        ("  c: |\n    - A-2: x\n", None),
        ("  c: [x\n    - A-2: x\n", None),
        ("  c: 'x\n    - A-2: x\n", None),
        ('  c: "d\n  - A-2: x\n', None),
        ("  - c:\n    - A-2: x\n", None),
        ("  - c:\n   - A-2: x\n", None),
        ("  c:\n  - d\n  - A-2: x\n", None),
        ("  c: d\n", None),
        ("", None),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_an_item_that_stands_where_yaml_has_no_place_is_one_of_its_own(
    below: str, at: str | None, end: str
) -> None:
    item = f"- T-1: a: b\n{below}".replace("\n", end)
    place = -1 if at is None else item.index(at)
    assert groups.misplaced(item) == place
    for before, behind in (("", ""), (f"tasks:{end}", ""), ("", f"- T-3: x{end}")):
        document = read(f"```yaml{end}{before}{item}{behind}```{end}")
        starts = [one - 7 - len(end) - len(before) for one in document.starts]
        others = [place] * (at is not None) + [len(item)] * bool(behind)
        assert starts == [0, *others]


@pytest.mark.parametrize("item", ["{A-1: a, x: y}", "{ 'A-1': a }", "{id: A-1, x: y}"])
@pytest.mark.parametrize("before", ["", "words\n", "- B-1: x\n", "* a\n"])
def test_an_item_in_braces_may_stand_bare(item: str, before: str) -> None:
    text = f"# A\n\n{before}- {item}\n- {{words}}\n"
    both_ways(text)
    assert [name for name, _ in found(text)][-1] == "A-1"


@pytest.mark.parametrize(
    ("lines", "faults"),
    [
        ("a: [b\n  - A-1: x", [("unreadable_fence", ":")]),
        ("a: b: c", []),
        ("- {id: A-3, b: [}", [("invalid_item", "}")]),
        ("- {A-3: b, c: [}", [("invalid_item", "}")]),
        (
            "- {id: A-3, b: [}\n\nc: d: e\n  - id: A-4",
            [("invalid_item", "}"), ("unreadable_fence", ": e")],
        ),
        ("phases:\n  - A-1: x: y\n  - A-2: z", []),
        ("- A-1: [x", []),
    ],
)
def test_what_cannot_be_read_has_a_place(lines: str, faults: list[tuple[str, str]]) -> None:
    text = f"# A\n\n```yaml\n{lines}\n```\n"
    found = read(text).faults
    assert [fault.code for fault in found] == [code for code, _ in faults]
    for fault, (_, source) in zip(found, faults, strict=True):
        assert text.startswith(source, fault.offset)
        assert fault.message


LISTED = {
    "a": "a", '"q"': '"\\"q\\""', "'q'": "\"'q'\"", "- b": '"- b"', "* c": '"* c"', "|": '"|"',
    "> x": "> x", "|-": '"|-"', "a: b": "a: b", "d, e": "d, e", "[f]": "[f]", "": '""',
    "#g": "#g", " h": '" h"', "i ": '"i "', "'": "'",
}  # fmt: skip


@pytest.mark.parametrize("lead", ["- **Tags**:\n  - ", "  Tags:\n    * "])
def test_lines_that_are_no_yaml_are_quoted_where_they_would_say_something_else(lead: str) -> None:
    head = "### TASK_1: x\n" if "**" in lead else '- T-1: "x" (eng)\n'
    bullet = lead.partition("\n")[2]
    text = f"{head}{lead}old\n{bullet}older\n"
    (entry,) = read(text).entries
    values = tuple(LISTED)
    edit = dialects.replace_value(entry, dialects.locate(entry)[-1], values)
    after = head + lead + f"\n{bullet}".join(LISTED.values()) + "\n"
    assert apply(text, [edit]) == after
    assert read(after).entries[0].pairs[-1] == ("Tags", values)


@pytest.mark.parametrize(
    ("old", "value", "new"),
    [
        ("[a, old]", ("a",), "[a]"),
        (
            "[a, old]",
            ("a", "b, c", "", " d", '"e"', "f: g", "[h]"),
            '[a, "b, c", "", " d", "\\"e\\"", f: g, "[h]"]',
        ),
        ("a, old", ("old", "a"), "old, a"),
        ("a, old", ("a",), "[a]"),
        ("a, old", ("a", "b, c"), '[a, "b, c"]'),
        ("a, old", (), "[]"),
        ("old", ("a", "b"), "[a, b]"),
        ("", ("a", "b"), "[a, b]"),
    ],
)
def test_a_list_below_a_heading_is_written_as_it_was(
    old: str, value: tuple[str, ...], new: str
) -> None:
    text = f"### TASK_1: x\n- **Tags**: {old}".rstrip() + "\n- **Status**: todo\n"
    (entry,) = read(text).entries
    edit = dialects.replace_value(entry, dialects.locate(entry)[1], value)
    assert apply(text, [edit]) == f"### TASK_1: x\n- **Tags**: {new}\n- **Status**: todo\n"
