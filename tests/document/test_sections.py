"""The lines of the session history: what they say, and how and where one is added."""

from __future__ import annotations

import pytest

from tests.document.documents import read
from todo_tui.document import putting
from todo_tui.document.edit import apply

TITLE = "## Session History"
NEW = [("TIME", "a"), ("TIME", "b")]


def added(text: str, *, first: bool, section: int | None = 0) -> str:
    """``text`` with the new lines in a section of its history."""
    return apply(text, [read(text).insert_history_items(section, NEW, first=first)])


@pytest.mark.parametrize("first", [True, False])
@pytest.mark.parametrize(
    ("items", "lines", "end"),
    [
        (["- 2026-01-01: x", "- 2026-01-02: y"], ["- TIME: a", "- TIME: b"], "\n"),
        (["- 2026-01-01: x"], ["- TIME: a", "- TIME: b"], "\r\n"),
        (
            ["* **2026-01-01**: x", "", "* **2026-01-02**: y"],
            ["* **TIME**: a", "", "* **TIME**: b"],
            "\n",
        ),
        (
            ["1. __2026-01-01__: x", "   more", "", "", "1. __2026-01-02__: y"],
            ["1. __TIME__: a", "", "", "1. __TIME__: b"],
            "\n",
        ),
        (["  -  2026-01-01: x", "     more"], ["  -  TIME: a", "  -  TIME: b"], "\n"),
        (["- words", "- more words"], ["- TIME: a", "- TIME: b"], "\n"),
        (["+ words", "+ **2026-01-01**: x", "+ words"], ["+ **TIME**: a", "+ **TIME**: b"], "\n"),
        (["- **words**", "- more"], ["- TIME: a", "- TIME: b"], "\n"),
    ],
)
@pytest.mark.parametrize("behind", ["", "\n", "\n# Words\n\n* **2026-01-03**: z\n"])
def test_lines_are_added_as_the_others_are_written(
    items: list[str], lines: list[str], end: str, behind: str, *, first: bool
) -> None:
    gap = [""] * lines.count("")
    whole = [*lines, *gap, *items] if first else [*items, *gap, *lines]
    before = "".join(f"{line}\n" for line in (TITLE, "", *items)) + behind
    after = "".join(f"{line}\n" for line in (TITLE, "", *whole)) + behind
    assert added(before.replace("\n", end), first=first) == after.replace("\n", end)


@pytest.mark.parametrize(
    ("items", "first", "line"),
    [
        ("- **2026-01-01**: x\n* 2026-01-02: y\n", True, "- **TIME**: a"),
        ("- **2026-01-01**: x\n* 2026-01-02: y\n", False, "* TIME: a"),
        ("- words\n* **2026-01-02**: y\n+ 2026-01-03: z\n", True, "* **TIME**: a"),
        ("- 2026-01-01: x\n* **2026-01-02**: y\n+ words\n", False, "* **TIME**: a"),
    ],
)
def test_a_line_is_written_like_the_nearest_that_has_a_date(
    items: str, line: str, *, first: bool
) -> None:
    assert line in added(f"{TITLE}\n\n{items}", first=first).splitlines()


@pytest.mark.parametrize(
    ("items", "first", "between"),
    [
        ("- 2026-01-01: x\n\n- 2026-01-02: y\n- 2026-01-03: z\n", True, 1),
        ("- 2026-01-01: x\n\n- 2026-01-02: y\n- 2026-01-03: z\n", False, 0),
        ("- 2026-01-01: x\n- 2026-01-02: y\n\n\n- 2026-01-03: z\n", True, 0),
        ("- 2026-01-01: x\n- 2026-01-02: y\n\n\n- 2026-01-03: z\n", False, 2),
        ("- 2026-01-01: x\n\nwords\n\n- 2026-01-02: y\n", True, 0),
    ],
)
def test_lines_stand_as_far_apart_as_the_two_nearest(
    items: str, between: int, *, first: bool
) -> None:
    gap = "\n" * between
    new = f"- TIME: a\n{gap}- TIME: b\n"
    expected = f"{new}{gap}{items}" if first else f"{items}{gap}{new}"
    assert added(f"{TITLE}\n\n{items}", first=first) == f"{TITLE}\n\n{expected}"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f"{TITLE}\n", f"{TITLE}\n\n- TIME: a\n- TIME: b\n"),
        (TITLE, f"{TITLE}\n\n- TIME: a\n- TIME: b"),
        (f"{TITLE}\n\n\n# Z\n", f"{TITLE}\n\n- TIME: a\n- TIME: b\n\n# Z\n"),
        (f"{TITLE}\n# Z\n", f"{TITLE}\n\n- TIME: a\n- TIME: b\n\n# Z\n"),
        (f"{TITLE}\r\n\r\n", f"{TITLE}\r\n\r\n- TIME: a\r\n- TIME: b\r\n"),
        (f"{TITLE}\n\n  deep\n\nw\n", f"{TITLE}\n\n  deep\n\n- TIME: a\n- TIME: b\n\nw\n"),
        (f"{TITLE}\n\n- \n\nw\n", f"{TITLE}\n\n- \n- TIME: a\n- TIME: b\n\nw\n"),
        (f"{TITLE}\n\n- x\n- \n\n# Z\n", f"{TITLE}\n\n- x\n- \n- TIME: a\n- TIME: b\n\n# Z\n"),
        (f"{TITLE}\n\n- 2026-01-01: x", f"{TITLE}\n\n- 2026-01-01: x\n- TIME: a\n- TIME: b"),
        (
            f"{TITLE}\r\n\r\n- x\r\n\r\n- y",
            f"{TITLE}\r\n\r\n- x\r\n\r\n- y\r\n\r\n- TIME: a\r\n\r\n- TIME: b",
        ),
    ],
)
def test_lines_are_added_at_the_end_of_a_section(before: str, after: str) -> None:
    assert added(before, first=False) == after


@pytest.mark.parametrize(
    ("before", "behind"),
    [
        ("", ""),
        ("\ufeff", ""),
        ("a\n\n", ""),
        ("a\n\n", "```\nb"),
        ("a\n\n", "~~~ yaml\n\nb\n"),
        ("", "```yaml\n- T-1: x"),
        ("```yaml\n- T-1: x\n```\n\n", "```yaml\n- T-2: x\n"),
        ("<!-- a -->\n\n", "<!-- b\n"),
    ],
)
def test_a_new_section_is_put_before_what_is_never_closed(before: str, behind: str) -> None:
    new = f"{TITLE}\n\n- TIME: a\n- TIME: b\n"
    blank = "\n" if behind else ""
    text = before + behind
    assert added(text, first=True, section=None) == f"{before}{new}{blank}{behind}"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a", "a\n\n## Session History\n\n- TIME: a\n- TIME: b"),
        ("a\n", "a\n\n## Session History\n\n- TIME: a\n- TIME: b\n"),
        ("\ufeffa\r\n", "\ufeffa\r\n\r\n## Session History\r\n\r\n- TIME: a\r\n- TIME: b\r\n"),
        ("a\r\n\r\n", "a\r\n\r\n## Session History\r\n\r\n- TIME: a\r\n- TIME: b\r\n"),
        ("a\n<!-- x", "a\n\n## Session History\n\n- TIME: a\n- TIME: b\n\n<!-- x"),
    ],
)
def test_a_new_section_has_a_blank_line_around_it(before: str, after: str) -> None:
    assert added(before, first=False, section=None) == after


@pytest.mark.parametrize("at", [0, 1, 2, 3])
@pytest.mark.parametrize("blank", ["", "\n"])
def test_lines_are_put_back_before_the_line_that_they_stood_before(at: int, blank: str) -> None:
    lines = [f"- 2026-01-0{day}: x{day}\n" for day in (1, 2, 3)]
    document = read(f"# A\n\n{TITLE}\n\n{blank.join(lines)}\n# Z\n")
    edit = putting.history(document, document.sections[0], at, [("2026-02-01", "back")])
    lines.insert(at, "- 2026-02-01: back\n")
    assert apply(document.text, [edit]) == f"# A\n\n{TITLE}\n\n{blank.join(lines)}\n# Z\n"


@pytest.mark.parametrize(
    ("at", "line"),
    [(0, "- TIME: a"), (1, "- TIME: a"), (2, "* **TIME**: a"), (3, "* **TIME**: a")],
)
def test_a_line_that_is_put_back_is_written_like_the_nearest_above(at: int, line: str) -> None:
    document = read(f"{TITLE}\n\n- 2026-01-01: x\n* **2026-01-02**: y\n+ words\n")
    edit = putting.history(document, document.sections[0], at, NEW[:1])
    assert edit.text == f"{line}\n"


@pytest.mark.parametrize("size", [10, 990, 1_000, 1_010, 5_000])
def test_a_line_says_its_pieces_joined_by_a_blank(size: int) -> None:
    said = "x" * size
    items = [f"- {said}  \n", f"* {said}\n  {said}\t\n\n   deeper\n", f"3) {said}"]
    document = read(f"{TITLE}\n\n{items[0]}\n{items[1]}\n{items[2]}")
    (section,) = document.sections
    assert section.texts == (said, f"{said} {said} deeper", said)
    assert [item.span.of(document.text) for item in section.items] == items
    assert section.end == len(document.text)
    assert section.source == document.text
