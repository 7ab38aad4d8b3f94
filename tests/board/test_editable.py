"""Fields as texts, text of several lines, what was seen before, and criteria that are ticked."""

from __future__ import annotations

import pytest

from tests.board import scenes
from tests.board.words import BOSS, ENG, NOW, after, board, lines, of, refused
from todo_tui.board.changes import changes
from todo_tui.board.criteria import criteria
from todo_tui.board.editable import editable, kind_of, text_of_field, value_of
from todo_tui.board.request import Add, Amend, Draft, Restore, Tick
from todo_tui.board.transition import apply

ITEM = (
    "- A-1: One",
    "  status: todo",
    "  priority: P1",
    "  assignee: eng",
    "  depends_on: [A-2 (first)]",
    "  tags: [a, b c]",
    "  claimed_at: null",
    "  estimated_hours: 6  # guessed",
    "  description: |",
    "    some",
    "",
    "    words",
    "  acceptance_criteria:",
    '    - "[ ] half, a line"',
    "    - the rest  # soon",
    "  where: {a: b}",
    "- A-2: Two",
    "  status: todo",
)


def test_the_fields_of_a_task_as_texts() -> None:
    found = editable(board(*ITEM).tasks[0])
    assert [tuple(field) for field in found] == [
        ("title", "line", "One"),
        ("priority", "line", "P1"),
        ("assigned_agent", "line", "eng"),
        ("dependencies", "words", "A-2"),
        ("description", "text", "some\n\nwords"),
        ("tags", "words", "a, b c"),
        ("estimated_hours", "line", "6"),
        ("acceptance_criteria", "lines", "[ ] half, a line\nthe rest"),
    ]


def test_what_a_text_means() -> None:
    assert value_of("words", "a, ,b\nc") == ("a", "b", "c")
    assert value_of("lines", "a, b\n\n c") == ("a, b", "c")
    assert value_of("text", "a\nb") == "a\nb"
    assert kind_of(None, "tags") == "words"
    assert kind_of(None, "hours") == "line"
    (one, _) = board(*ITEM).tasks
    names = ("Tags", "acceptance-criteria", "estimated_hours", "where", "other", "labels")
    kinds = ["words", "lines", "line", "line", "line", "words"]
    assert [kind_of(one, name) for name in names] == kinds


@pytest.mark.parametrize(
    ("fields", "line"),
    [
        ((("tags", ("x", "z, w")),), '  tags: [x, "z, w"]'),
        ((("estimated_hours", "8"),), "  estimated_hours: 8  # guessed"),
        ((("Story Points", "3"),), '  story_points: "3"'),
        ((("description", "one\n  two\n"),), "  description: |"),
        ((("description", ""),), '    - "[ ] half, a line"'),
    ],
)
def test_other_fields_are_written_in_their_place(
    fields: tuple[tuple[str, str | tuple[str, ...]], ...], line: str
) -> None:
    assert line in lines(after(board(*ITEM), Amend("A-1", ENG, fields=fields)))


def test_lines_are_kept_as_a_block_in_the_items_indent() -> None:
    found = lines(after(board(*ITEM), Amend("A-1", ENG, description="one\n\n  two # three\n")))
    assert found[8:12] == [
        "  description: |", "    one", "      two # three", "  acceptance_criteria:",
    ]  # fmt: skip


def test_a_comment_stays_behind_the_mark_of_a_block() -> None:
    on = board("- A-1: One", "  status: todo", "  notes: short  # why", "  tags: [a]")
    found = lines(after(on, Amend("A-1", ENG, fields=(("notes", "a\nb"),))))
    assert found[2:6] == ["  notes: |  # why", "    a", "    b", "  tags: [a]"]


def test_below_a_heading_text_is_one_line() -> None:
    on = of("## A-1: One\n- **Status**: todo\n")
    found = lines(after(on, Amend("A-1", ENG, description="a\nb")))
    assert found[2] == "- **Description**: a b"


@pytest.mark.parametrize("name", ["status", "claimed_by", "created_at", "title", "depends_on"])
def test_fields_that_have_their_own_ways_are_refused(name: str) -> None:
    assert refused(board(*ITEM), Amend("A-1", ENG, fields=((name, "x"),))).code == "usage"
    assert refused(board(*ITEM), Add((Draft("T", fields=((name, "x"),)),), ENG)).code == "usage"


@pytest.mark.parametrize("text", ["a\tb", "a\nb\x1b[2J", "a\nb\u2028c"])
def test_control_characters_are_refused(text: str) -> None:
    assert refused(board(*ITEM), Amend("A-1", ENG, fields=(("notes", text),))).code == "usage"


def test_what_was_found_must_still_be_there() -> None:
    on = board(*ITEM)
    error = refused(
        on, Amend("A-1", ENG, title="New", found=(("title", "Old"), ("tags", "a, b c")))
    )
    assert error.code == "changed"
    assert "A-1 has changed since it was looked at: title;" in error.message
    found = tuple((field.name, field.text) for field in editable(on.tasks[0]))
    assert after(on, Amend("A-1", ENG, title="New", found=found)).tasks[0].title == "New"


def test_a_new_task_goes_below_the_one_that_is_named() -> None:
    draft = Draft("New", after="A-1", fields=(("tags", ("x",)), ("notes", "a\nb")))
    found = after(board(*ITEM), Add((draft,), BOSS))
    assert [task.id for task in found.tasks] == ["A-1", "A-3", "A-2"]
    assert text_of_field(found.tasks[1], "tags") == "x"
    assert text_of_field(found.tasks[1], "notes") == "a\nb"


def test_a_tick_is_one_character() -> None:
    on = board(*ITEM)
    assert on.document is not None
    found = after(on, Tick("A-1", ENG, 0, "half, a line"))
    assert found.document is not None
    assert found.document.text == on.document.text.replace("[ ] half", "[x] half")
    assert criteria(found.tasks[0])[0].done
    back = after(found, Tick("A-1", ENG, 0, "half, a line", done=False))
    assert back.document is not None
    assert back.document.text == on.document.text


def test_a_tick_is_undone_to_the_byte() -> None:
    on = board("- A-1: T", "  status: todo", "  criteria:", '    - "[ ] half"  # why', "    - b")
    ticked = after(on, Tick("A-1", BOSS, 0, "half"))
    (event,) = changes(on, ticked, at=NOW, source="board", actor=BOSS)
    assert '    - "[ ] half"  # why' in lines(after(ticked, Restore(event, BOSS, undo=True)))


def test_a_criterion_without_a_box_gets_one() -> None:
    found = after(board(*ITEM), Tick("A-1", ENG, 1, "the rest"))
    assert lines(found)[13] == '    - "[x] the rest"  # soon'
    assert [one.done for one in criteria(found.tasks[0])] == [False, True]


@pytest.mark.parametrize(
    "item",
    [
        ("## A-1: One", "- **Status**: todo", "- **Acceptance**:", "  - [ ] a", "  - [x] b"),
        ("- A-1: One", "  status: todo", "  criteria:", "    - [ ] a", "    - [x] b"),
        ("- A-1: One", "  status: todo", "  criteria: |", "    - [ ] a", "    - [x] b"),
        ("- A-1: One", "  status: todo", '  criteria: ["[ ] a", "[x] b"]'),
    ],
)
def test_boxes_of_every_dialect(item: tuple[str, ...]) -> None:
    on = board(*item) if item[0].startswith("-") else of("\n".join(item))
    assert [one[:2] for one in criteria(on.tasks[0])] == [("a", False), ("b", True)]
    before = lines(on)
    found = lines(after(on, Tick("A-1", ENG, 0, "a")))
    assert found == [line.replace("[ ] a", "[x] a") for line in before]
    cleared = lines(after(on, Tick("A-1", ENG, 1, "b", done=False)))
    assert cleared == [line.replace("[x] b", "[ ] b") for line in before]


def test_a_criterion_that_went_or_is_ticked_already() -> None:
    on = board(*ITEM)
    assert refused(on, Tick("A-1", ENG, 0, "another")).code == "changed"
    assert refused(on, Tick("A-1", ENG, 5, "half, a line")).code == "changed"
    assert not apply(on, Tick("A-1", ENG, 0, "half, a line", done=False), NOW).changed


def test_a_criterion_that_is_more_than_a_text_is_refused() -> None:
    on = board("- A-1: One", "  status: todo", "  criteria:", "    - {what: a, met: no}")
    assert refused(on, Tick("A-1", ENG, 0, "what: a, met: no")).code == "usage"


def test_a_list_with_an_item_of_several_lines_is_not_edited() -> None:
    one = scenes.task("T1", fields=(("steps", ("a\nb", "c")), ("parts", ("a", "c"))))
    names = [field.name for field in editable(one)]
    assert "parts" in names
    assert "steps" not in names
