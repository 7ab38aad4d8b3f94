"""The borders of ids, spans, edits and moved texts: one step on either side of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.document.documents import read
from todo_tui.document import cutting, dialects, flat, markdown, moving, yaml
from todo_tui.document.edit import Edit, apply, difference, overlap
from todo_tui.document.entry import Mapping
from todo_tui.document.span import Span
from todo_tui.document.syntax import flow_list, is_id, line_end, lines, spelt, trimmed, unquoted

if TYPE_CHECKING:
    from todo_tui.document.entry import Value


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("TASK_001", True),
        ("AUTH-12", True),
        ("T-1", True),
        ("A_B_C-3", True),
        ("2024-A", True),
        ("ABCD-1", True),
        ("2024-01-15T10", False),
        ("2024-01-15", False),
        ("2024-01-15T1-A", False),
        ("2024-01-15TX", True),
        ("TASK", False),
        ("Task_1", False),
        ("ABCd-1", False),
        ("A_", False),
        ("_A", False),
        ("A__B", False),
        ("A-É", False),
        ("1_2", False),
        ("A-1 ", False),
        ("", False),
    ],
)
def test_an_id_that_may_stand_as_a_key(name: str, expected: bool) -> None:
    assert is_id(name) is expected


@given(st.text("ab", max_size=6), st.text("ab", max_size=6))
def test_a_difference_is_the_shortest_edit(old: str, new: str) -> None:
    found = difference(old, new)
    assert apply(old, [found]) == new
    gone, put = found.span.of(old), found.text
    assert gone[:1] != put[:1] or not gone or not put
    assert gone[-1:] != put[-1:] or not gone or not put


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("", "", Edit(Span(0, 0), "")),
        ("abc", "abc", Edit(Span(3, 3), "")),
        ("abc", "axc", Edit(Span(1, 2), "x")),
        ("abc", "ac", Edit(Span(1, 2), "")),
        ("ac", "abc", Edit(Span(1, 1), "b")),
        ("aa", "aaa", Edit(Span(2, 2), "a")),
        ("aaa", "a", Edit(Span(1, 3), "")),
        ("abc", "xyz", Edit(Span(0, 3), "xyz")),
        ("abc", "xbz", Edit(Span(0, 3), "xbz")),
    ],
)
def test_a_difference_begins_where_the_texts_part(old: str, new: str, expected: Edit) -> None:
    assert difference(old, new) == expected


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ([], False),
        ([(0, 3)], False),
        ([(0, 3), (3, 5)], False),
        ([(0, 3), (2, 5)], True),
        ([(4, 6), (0, 5)], True),
        ([(1, 1), (1, 1)], False),
        ([(0, 1), (2, 3), (2, 4)], True),
    ],
)
def test_edits_overlap_where_they_share_a_character(
    spans: list[tuple[int, int]], expected: bool
) -> None:
    edits = [Edit(Span(*span), "") for span in spans]
    assert overlap(edits) is expected
    if expected:
        with pytest.raises(ValueError, match="overlaps another"):
            apply("abcdef", edits)
    else:
        gone = {at for start, stop in spans for at in range(start, stop)}
        assert apply("abcdef", edits) == "".join(
            letter for at, letter in enumerate("abcdef") if at not in gone
        )


@pytest.mark.parametrize("span", [(-1, 1), (2, 1), (6, 7), (7, 7)])
def test_an_edit_outside_the_text_is_refused(span: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="lies outside the text"):
        apply("abcdef", [Edit(Span(*span), "x")])


def test_a_span_ends_where_it_is_cut() -> None:
    assert Span(2, 5).within(5) == Span(2, 5)
    assert Span(2, 5).within(4) == Span(2, 4)
    assert Span(2, 5).within(1) == Span(1, 1)
    assert Span(2, 5).shift(-2) == Span(0, 3)
    assert Span(1, 3).of("abcd") == "bc"


@pytest.mark.parametrize(
    ("text", "start", "stop", "expected"),
    [
        (" a ", 0, 3, (1, 2)),
        ("\t\r\na\r\n", 0, 6, (3, 4)),
        ("a", 0, 1, (0, 1)),
        ("   ", 1, 3, (1, 1)),
        (" a b ", 0, 5, (1, 4)),
        ("x a", 1, 1, (1, 1)),
        ("xay", 1, 2, (1, 2)),
    ],
)
def test_a_trimmed_span(text: str, start: int, stop: int, expected: tuple[int, int]) -> None:
    assert trimmed(text, start, stop) == expected


def test_lines_are_whole_and_end_where_they_are_told() -> None:
    text = "a\r\n\nbc"
    assert [span.of(text) for span in lines(text)] == ["a\r\n", "\n", "bc"]
    assert [span.of(text) for span in lines(text, 3)] == ["\n", "bc"]
    assert [span.of(text) for span in lines(text, 0, 4)] == ["a\r\n", "\n"]
    assert [span.of(text) for span in lines(text, 0, 5)] == ["a\r\n", "\n", "b"]
    assert list(lines(text, 6)) == []


@pytest.mark.parametrize(
    ("text", "at", "expected"),
    [
        ("", 0, "\n"),
        ("a", 1, "\n"),
        ("\n", 0, "\n"),
        ("a\r\nb", 0, "\r\n"),
        ("a\r\nb\n", 3, "\r\n"),
        ("a\nb\r\n", 2, "\n"),
        ("a\nb\r\n", 5, "\r\n"),
        ("a\nb\r\nc\n", 5, "\r\n"),
        ("a\r\nb\nc\r\n", 5, "\n"),
        ("a\r\nb\nc\r\n", 4, "\r\n"),
        ("\r\n", 0, "\r\n"),
        ("a\r", 2, "\n"),
    ],
)
def test_the_line_end_is_that_of_the_line_before(text: str, at: int, expected: str) -> None:
    assert line_end(text, at) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('""', ""),
        ("''", ""),
        ('"', None),
        ("'", None),
        ("", None),
        ("ab", None),
        ('"a', None),
        ('"a" b', None),
        ("'it''s'", "it's"),
        ("'it's'", None),
        ('"a\\nb\\tc\\"d\\\\e\\q"', 'a\nb\tc"d\\eq'),
    ],
)
def test_what_a_text_in_quotes_says(source: str, expected: str | None) -> None:
    assert unquoted(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("[]", ()),
        ("[ ]", ()),
        ("[", None),
        ("]", None),
        ("[a", None),
        ("a]", None),
        ("[a]", ("a",)),
        ("[a, b]", ("a", "b")),
        ("[a,b ,c]", ("a", "b", "c")),
        ('["a, b" , c]', ("a, b", "c")),
        ("['it''s',\t\"x\"]", ("it's", "x")),
        ("[a, [b]]", None),
        ("[{a}]", None),
        ('["a" b]', None),
        ('[a "b"]', None),
    ],
)
def test_what_a_list_in_brackets_says(source: str, expected: tuple[str, ...] | None) -> None:
    assert flow_list(source) == expected


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ([], "claimed_by"),
        (["status"], "claimed_by"),
        (["Status"], "Claimed By"),
        (["STATUS"], "CLAIMED_BY"),
        (["status", "created_at"], "claimed_by"),
        (["Status", "Created At"], "Claimed By"),
        (["Created at"], "Claimed by"),
        (["Created-At"], "Claimed-By"),
        (["created-at"], "claimed-by"),
        (["createdAt"], "claimedBy"),
        (["CreatedAt"], "ClaimedBy"),
        (["CREATED_AT"], "CLAIMED_BY"),
        (["status", "ClaimedBy"], "ClaimedBy"),
        (["status", "Claimed_By"], "Claimed_By"),
        (["created_at", "ClaimedBy"], "ClaimedBy"),
        (["Created At", "claimed_by"], "claimed_by"),
    ],
)
def test_a_name_is_spelt_like_its_neighbours(names: list[str], expected: str) -> None:
    assert spelt("claimed_by", names) == expected


@pytest.mark.parametrize("count", [1, 2, 3])
def test_a_field_behind_the_first_is_as_deep_as_the_second_if_there_is_one(count: int) -> None:
    rows = ["- TASK_030: Fix: the bug", "      status: todo", "      priority: high"][:count]
    text = "\n".join(rows) + "\n"
    entries = read(text).entries
    (entry,) = entries
    first = dialects.locate(entry)[0]
    edit = dialects.insert_field(entry, first, "claimed_by", "bob")
    indent = "  " if count == 1 else "      "
    assert apply(text, [edit]).splitlines() == [rows[0], f"{indent}claimed_by: bob", *rows[1:]]


A, B, C = ("- A-1: x\n  status: todo\n", "- A-2: y\n  status: todo\n", "- A-3: z\n  status: todo\n")


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("blank", ["", "\n", "\n\n"])
@pytest.mark.parametrize("last", [True, False])
@pytest.mark.parametrize(
    ("index", "beside", "behind"),
    [
        (0, 1, True),
        (0, 2, True),
        (0, 2, False),
        (1, 0, False),
        (1, 2, True),
        (2, 0, True),
        (2, 0, False),
        (2, 1, False),
    ],
)
def test_a_moved_item_keeps_all_lines_and_the_end_of_the_text(
    index: int, beside: int, *, behind: bool, last: bool, blank: str, end: str
) -> None:
    rest = [A, B, C]
    text = blank.join(rest).replace("\n", end)
    text = text if last else text.removesuffix(end)
    document = read(text)
    moved = rest.pop(index)
    rest.insert(rest.index((A, B, C)[beside]) + behind, moved)
    expected = blank.join(rest).replace("\n", end)
    expected = expected if last else expected.removesuffix(end)
    edits = moving.move(document, index, beside, behind=behind)
    assert apply(text, edits) == expected


@pytest.mark.parametrize(
    ("text", "offset"),
    [
        ("- a: b\n- c: d\n", 9),
        ("- a: *x\n", 5),
        ("", 0),
        ("- a: \x07\n", 5),
        ('- a: "\\U00110000"\n', 0),
        ("- a: b\n---\n- c: d\n", 7),
    ],
)
def test_a_yaml_error_has_its_exact_place(text: str, offset: int) -> None:
    with pytest.raises(yaml.YamlError) as caught:
        yaml.scan(text)
    assert caught.value.offset == offset


@pytest.mark.parametrize("text", ["", "a", "a\n", "é\r\n\nb", "\ufeffa\nb"])
def test_every_offset_has_a_line_and_a_column(text: str) -> None:
    document = read(text)
    offsets = range(len(text) + 1)
    for at in offsets:
        place = document.location(at)
        before = text[:at].split("\n")
        assert (place.line, place.column) == (len(before), len(before[-1]) + 1)
        assert place.source == text.split("\n")[len(before) - 1].removesuffix("\r")
    assert document.lines(offsets) == [document.line(at) for at in offsets]


@pytest.mark.parametrize(("count", "simple"), [(1, True), (19, True), (20, False), (40, False)])
def test_mappings_in_each_other_are_plainly_simple_up_to_a_depth(
    count: int, *, simple: bool
) -> None:
    rows = [f"{'  ' * at}    b{at}:\n" for at in range(count)]
    text = f"- a:\n{''.join(rows)}{'  ' * count}    c: d\n"
    assert (flat.locate(text) is not None) is simple
    expected: Value = Mapping((("c", "d"),))
    for at in reversed(range(count)):
        expected = Mapping(((f"b{at}", expected),))
    assert flat.scan(text) == ((("a", expected),) if simple else None)
    assert yaml.scan(text) == (("a", expected),)


@pytest.mark.parametrize(("size", "simple"), [(61, True), (62, True), (500, True), (501, False)])
def test_a_key_of_a_plainly_simple_item_is_only_so_long(size: int, *, simple: bool) -> None:
    text = f"- a: b\n  {'k' * size}: v\n"
    expected = (("a", "b"), ("k" * size, "v"))
    assert flat.scan(text) == (expected if simple else None)
    assert yaml.scan(text) == expected


@pytest.mark.parametrize(("count", "tasks"), [(1, 2), (16, 17), (17, 18), (18, 18)])
def test_groups_in_each_other_beyond_a_depth_are_detail(count: int, tasks: int) -> None:
    rows = [f"{'    ' * at}- id: E-{at}\n{'    ' * at}  tasks:\n" for at in range(count)]
    document = read(f"```yaml\n{''.join(rows)}{'    ' * count}- T-1: x\n```\n")
    assert len(document.entries) == tasks
    assert document.parents == tuple(range(-1, tasks - 1))


@pytest.mark.parametrize(
    ("between", "behind", "expected"),
    [
        ("." * 185, "us", True),
        ("." * 184, "us", False),
        ("", "." * 500, True),
    ],
)
def test_the_heading_of_a_history_is_told_by_its_beginning(
    between: str, behind: str, expected: bool
) -> None:
    assert markdown.is_history(f"Session History{between}{behind}") is expected


@pytest.mark.parametrize("size", [0, 10, 299, 300, 301, 1_000])
def test_a_cut_is_known_by_what_stands_near_it(size: int) -> None:
    first, second, third = (f"- T-{at}: x\n  status: todo\n" for at in (1, 2, 3))
    above, below = ("a" * (size - 2) + "\n\n", "\n" + "b" * (size - 2) + "\n") if size else ("", "")
    old = read(f"{first}\n# A\n\n{above}{second}{below}\n# B\n\n{third}")
    new = read(f"{first}\n# A\n\n{above}{below}\n# B\n\n{third}")
    found = cutting.cut(old, new, (1, 1), (0, 0), (2, 1))
    assert found is not None
    assert old.text[found.start : found.stop] == second
    assert found.over == f"\n# A\n\n{above}"[-300:]
    assert found.under == f"{below}\n# B\n\n"[:300]
    place = cutting.place(new, 0, 1, found.over, found.under)
    assert place == found.start
    assert cutting.place(old, 0, 1, f"{found.over}x", found.under) is None
