"""Moving a task's text: what goes along, where it ends up, and where it cannot go."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.board.files import task_file
from tests.board.square import hold
from tests.board.words import BOSS, NOW, after, board, lines, of, refused
from todo_tui.board.changes import changes
from todo_tui.board.event import BoardEvent, Order
from todo_tui.board.reading import read
from todo_tui.board.request import Move, Restore
from todo_tui.board.transition import apply
from todo_tui.document.document import Document
from todo_tui.errors import TodoError

FENCE = """\
# Plan

```yaml
# the first
- A-1: One
  status: todo

- A-2: Two  # why
  status: done

# the last
# of them
- A-3: Three
  status: todo
```
"""

HEADINGS = """\
## A-1: One

- **Status**: todo

Some words.

### A-4: Part of one

- **Status**: todo

## A-2: Two
- **Status**: todo

# Later

## A-3: Three
- **Status**: todo
"""


def moved(text: str, ref: str, beside: str, *, behind: bool) -> str:
    """The text of the file after a move."""
    found = after(of(text), Move(ref, BOSS, beside, behind))
    assert found.document is not None
    return found.document.text


def test_a_task_goes_behind_its_neighbour_with_its_comment_and_blank_line() -> None:
    assert moved(FENCE, "A-1", "A-2", behind=True) == (
        "# Plan\n\n```yaml\n- A-2: Two  # why\n  status: done\n\n"
        "# the first\n- A-1: One\n  status: todo\n\n"
        "# the last\n# of them\n- A-3: Three\n  status: todo\n```\n"
    )


def test_the_last_goes_to_the_top() -> None:
    assert moved(FENCE, "A-3", "A-1", behind=False) == (
        "# Plan\n\n```yaml\n# the last\n# of them\n- A-3: Three\n  status: todo\n\n"
        "# the first\n- A-1: One\n  status: todo\n\n"
        "- A-2: Two  # why\n  status: done\n```\n"
    )


def test_there_and_back_is_the_same_text() -> None:
    there = moved(FENCE, "A-1", "A-3", behind=True)
    assert moved(there, "A-1", "A-2", behind=False) == FENCE


def test_the_end_of_the_file_stays_without_a_line_end() -> None:
    text = "- A-1: One\n  status: todo\n- A-2: Two\n  status: todo"
    other = "- A-2: Two\n  status: todo\n- A-1: One\n  status: todo"
    assert moved(text, "A-1", "A-2", behind=True) == other
    assert moved(text, "A-2", "A-1", behind=False) == other


def test_line_ends_stay_those_of_the_lines() -> None:
    text = "- A-1: One\r\n  status: todo\r\n- A-2: Two\r\n  status: todo\r\n"
    assert moved(text, "A-1", "A-2", behind=True).count("\r\n") == 4


def test_a_heading_takes_its_section_along() -> None:
    found = after(of(HEADINGS), Move("A-1", BOSS, "A-2", True))
    assert [task.id for task in found.tasks] == ["A-2", "A-1", "A-4", "A-3"]
    assert lines(found)[:4] == [
        "## A-2: Two", "- **Status**: todo", "## A-1: One", "- **Status**: todo",
    ]  # fmt: skip


RULED = """\
# Plan

---

## A-1: One

- **Status**: todo

---

## A-2: Two

- **Status**: todo

Some words.

---

## A-3: Three

- **Status**: todo
"""


@pytest.mark.parametrize("end", ["", "\n---\n", "\n---\n\n# Later\n"])
def test_rules_between_headings_stay_between_them(end: str) -> None:
    text = RULED + end
    one, two, three = (f"## A-{part}" for part in RULED.split("## A-")[1:])
    rule = "\n---\n\n"
    one, two = one.removesuffix(rule), two.removesuffix(rule)

    def plan(*parts: str) -> str:
        return f"# Plan\n\n---\n\n{rule.join(parts)}{end}"

    assert text == plan(one, two, three)
    assert moved(text, "A-1", "A-2", behind=True) == plan(two, one, three)
    assert moved(text, "A-1", "A-3", behind=True) == plan(two, three, one)
    assert moved(text, "A-3", "A-1", behind=False) == plan(three, one, two)
    assert moved(text, "A-2", "A-1", behind=False) == plan(two, one, three)


GROUP = """\
```yaml
- E_1:
  tasks:
    - A-1: T
      status: todo
- A-2: T
  status: todo
```
"""

BROKEN = """\
## A-1: One
- **Status**: todo

```yaml
- {id: A-8, title: "never closed}
```

## A-2: Two
- **Status**: todo
"""

FENCE_OF_A_9 = "\n```yaml\n- A-9: N\n  status: todo\n```\n"


@pytest.mark.parametrize(
    ("text", "ref", "beside", "why"),
    [
        (HEADINGS, "A-1", "A-3", "not in the same section"),
        (HEADINGS, "A-4", "A-2", "not in the same section"),
        (FENCE + FENCE_OF_A_9, "A-1", "A-9", "same list"),
        (HEADINGS + FENCE_OF_A_9, "A-1", "A-9", "a heading"),
        (FENCE, "A-1", "A-1", "the same task"),
        (GROUP, "A-1", "A-2", "not in the same group"),
        (BROKEN, "A-1", "A-2", "cannot be read"),
    ],
)
def test_where_it_cannot_go(text: str, ref: str, beside: str, why: str) -> None:
    error = refused(of(text), Move(ref, BOSS, beside, True))
    assert error.code == "illegal"
    assert why in error.message


def test_a_task_that_is_gone_is_no_place() -> None:
    assert refused(of(FENCE), Move("A-1", BOSS, "A-7", True)).code == "no_task"


def test_where_it_is_already_nothing_is_written() -> None:
    found = apply(of(FENCE), Move("A-1", BOSS, "A-2", False), NOW)
    assert not found.changed


@pytest.mark.parametrize(
    ("ref", "beside", "behind"),
    [("A-1", "A-3", True), ("A-3", "A-1", False), ("A-1", "A-2", True), ("A-3", "A-2", False)],
)
def test_a_move_is_undone(ref: str, beside: str, behind: bool) -> None:
    on = of(FENCE)
    there = after(on, Move(ref, BOSS, beside, behind))
    (event,) = changes(on, there, at=NOW, source="board", actor=BOSS)
    back = after(there, Restore(event, BOSS, undo=True))
    assert back.document is not None
    assert back.document.text == FENCE
    assert refused(on, Restore(event, BOSS, undo=True)).code == "changed"


def test_a_move_of_a_section_is_undone() -> None:
    on = of(HEADINGS)
    there = after(on, Move("A-1", BOSS, "A-2", True))
    (event,) = changes(on, there, at=NOW, source="board", actor=BOSS)
    assert [task.id for task in after(there, Restore(event, BOSS, undo=True)).tasks] == [
        "A-1", "A-4", "A-2", "A-3",
    ]  # fmt: skip


def test_another_order_of_many_is_not_undone() -> None:
    on = of(FENCE)
    order = Order(("A-1", "A-2", "A-3"), ("A-3", "A-2", "A-1"))
    event = BoardEvent("reordered", NOW, "file", detail=order)
    turned = after(on, Move("A-1", BOSS, "A-3", True), Move("A-2", BOSS, "A-3", True))
    turned = after(turned, Move("A-2", BOSS, "A-1", False))
    assert [task.id for task in turned.tasks] == ["A-3", "A-2", "A-1"]
    assert refused(turned, Restore(event, BOSS)).code == "illegal"


def test_twins_keep_their_titles() -> None:
    on = board("- A-1: T", "  status: todo", "- A-1: U", "  status: todo")
    first, second = (task.ref for task in on.tasks)
    assert [task.title for task in after(on, Move(first, BOSS, second, True)).tasks] == ["U", "T"]


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_every_move_holds_the_law_and_loses_no_line(seed: int) -> None:
    random = Random(seed)
    on = read(Document.decode(task_file(random)))
    for _ in range(4):
        if len(on.tasks) < 2:
            return
        at = random.randrange(len(on.tasks))
        beside = on.tasks[(at + random.choice((-2, -1, 1, 2))) % len(on.tasks)]
        asked = Move(on.tasks[at].ref, BOSS, beside.ref, random.random() < 0.5)
        assert on.document is not None
        before = on.document.text
        on = hold(on, asked, NOW)
        assert on.document is not None
        assert _ink(on.document.text) == _ink(before)


def _ink(text: str) -> list[str]:
    return sorted(line for line in text.splitlines() if line.strip())


def test_a_refusal_is_one_that_can_be_shown() -> None:
    with pytest.raises(TodoError, match="A-1 cannot go above A-1: that is the same task"):
        apply(of(FENCE), Move("A-1", BOSS, "A-1", False), NOW)
