"""What was meant as a task and is not read has a fault with a place; what was not has none."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.document.documents import as_bytes, changes, lines
from todo_tui.board.reading import read
from todo_tui.document.document import Document

if TYPE_CHECKING:
    from todo_tui.board.board import Board

OTHER = "```yaml\n- T-1: Other\n  status: todo\n  depends_on: [X-1]\n```\n"


def of(text: str) -> Board:
    return read(Document.decode(as_bytes(text)))


def places(board: Board) -> list[tuple[str, str | None, int, str]]:
    """Each fault: its code and task, its line, and what stands there."""
    found = []
    for fault in board.faults:
        place = board.location(fault)
        assert place is not None
        found.append((fault.code, fault.task, place.line, place.source[place.column - 1 :]))
    return found


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize(("before", "behind"), [("```yaml", "```"), ("# Tasks", "words")])
@pytest.mark.parametrize(
    ("item", "at"),
    [
        ('- X-1: "t" (a) [high] [todo] # c', "# c"),
        ("- X-1: 'it''s' (a) [todo]  # c", "# c"),
        ('- X-1: "t" (a) [high] [done].', "."),
        ('- X-1: "t" (a) [high] [done] ✅', "✅"),
        ('- X-1: "t" [P1-High], by ann', ", by ann"),
        ('  - X-1: "t" (a) [In Progress] (', "("),
        ("- X-1: t (a) [high] [done].", "."),
        ("- X-1: t (see x) now (a) [high] [done] ✅ (ok), yes", "✅ (ok), yes"),
        ("- X-1: t (a) [high] [todo]\n  notes: n", "(a) [high] [todo]"),
        ('- X-1: "t" (a) [high] [todo] # c\n  notes: n', "# c"),
        ("- X-1:\n    title: t\n    status: todo", "X-1:"),
        ("- X-1: {title: t, status: todo}", "X-1: {title: t, status: todo}"),
    ],
)
def test_an_item_that_is_nearly_one_has_a_fault(
    before: str, behind: str, item: str, at: str, end: str
) -> None:
    text = f"{before}\n\n{item}\n{behind}\n\n{OTHER}".replace("\n", end)
    board = of(text)
    assert [task.id for task in board.tasks] == ["T-1"]
    first, second = places(board)
    assert first == ("invalid_item", None, 3, at)
    assert second[:2] == ("unknown_dependency", "T-1")
    assert board.faults[0].message.startswith("X-1 looks like a task but is not read: write ")


@pytest.mark.parametrize(
    "item",
    ['- X-1: "t" (a) # c', "- X-1: 't' [someday]."],
)
def test_in_a_fence_a_title_in_quotes_with_brackets_is_meant_as_a_task(item: str) -> None:
    assert [fault.code for fault in of(f"```yaml\n{item}\n```\n").faults] == ["invalid_item"]
    assert of(f"# List\n\n{item}\n").faults == ()


def test_an_id_that_does_not_stand_in_its_text_as_it_reads_has_its_fault_at_the_item() -> None:
    head = r'- "X\x2d1":'
    [(_, _, line, source)] = places(of(f"```yaml\n{head}\n    id: a\n    status: todo\n```\n"))
    assert (line, source) == (2, head)


@pytest.mark.parametrize(
    "item",
    [
        "- HTTP-404: not found (see the docs) is what it says.",
        '- HTTP-404: "Not found" (see RFC 9110).',
        "- RFC-2119: key words (MUST) [BCP-14] are used.",
        "- RFC-2119: see [done](https://example.org/done) for it.",
        "- FIX-1: mark it as [done] when it is",
        "- FIX-1: what is [high], what is (low) and why",
        "- ADR-7: a text",
        "- ADR-7:\n    text: a\n    date: 2026-01-01",
        '- TASK_XXX: "t" (a) [high] [todo] # c',
        '- TASK_001: "t" (a) [high|low] [todo|claimed|done] # c',
        "- TASK_001:\n    status: todo|claimed|in_progress|done",
        '- X-1: "t" (a) [high] # c\n  status: todo|claimed|done',
        "- X-1: (a",
        "- a: (b) [todo] # c",
        "* [ ] X-1 (a) [high] [todo].",
    ],
)
def test_an_ordinary_list_has_no_fault(item: str) -> None:
    assert of(f"# List\n\n{item}\n").faults == ()
    assert of(f"# List\n\nwords\n{item}\n").tasks == ()


STATUS = "- **Status**: done\n"


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize(
    "words",
    [
        "🔧 X-1: Add login",
        "[X-1] Add login",
        "`X-1`: Add login",
        "Task X-1: Add login",
        "X-1 add login",
        "3. X-1: Add login",
        "✅ DONE: **X-1** - Add login",
        "Add login (X-1)",
        "X-1. Add login ##",
    ],
)
@pytest.mark.parametrize(
    "below",
    [
        STATUS,
        "\n- Priority: high\n- Status: todo\n",
        "- **Notes**:\n  - T-9: n\n\n* __status:__ In Progress",
    ],
)
def test_a_heading_that_is_nearly_one_has_a_fault(words: str, below: str, end: str) -> None:
    text = f"\ufeff  ### {words}\n{below}\n\n# A\n\n{OTHER}".replace("\n", end)
    board = of(text)
    assert [task.id for task in board.tasks] == ["T-1"]
    first, second = places(board)
    assert first == ("invalid_item", None, 1, f"### {words}")
    assert second[:2] == ("unknown_dependency", "T-1")
    assert board.faults[0].message == (
        'X-1 looks like a task, but its heading is not read: write the heading as "X-1: Title"'
    )


@pytest.mark.parametrize(
    ("heading", "below"),
    [
        ("## Notes on X-1", "- **Priority**: high\n- **Owner**: ann\n"),
        ("## Notes on X-1", "The **Status**: done\n"),
        ("## Notes on X-1", f"Words.\n\n{STATUS}"),
        ("## Notes on X-1", f"### Now\n\n{STATUS}"),
        ("## Notes on X-1", "- Status\n- done\n"),
        ("## Notes on X-1", "- **Notes**:\n  - **Status**: done\n"),
        ("## Notes on X-1", "- **Status**:\n"),
        ("## Notes on X-1", "- **Status**: todo|claimed|done\n"),
        ("## Notes on X-1", f"```\n{STATUS}```\n"),
        ("## The task TASK_XXX", STATUS),
        ("## Sub-tasks of to_do", STATUS),
        ("## Follow-up X-1a, 2026-01-01", STATUS),
        ("## X-1: Title", "Words.\n"),
        ("```markdown\n## The X-1 task", f"{STATUS}```\n"),
        ("## Session History\n\n### The X-1 task", STATUS),
        ("```yaml\nid: X-1\ntasks:\n- A-1: a\n  status: done\n```\n## Epic X-1", STATUS),
    ],
)
def test_an_ordinary_section_has_no_fault(heading: str, below: str) -> None:
    assert of(f"{heading}\n{below}").faults == ()
    assert of(f"# A\n\n{heading}\n\n{below}\n## B\n").faults == ()


LEVEL = 'begin it with "- ", and write its fields two blanks deeper'
NESTED = "write - X-1: Title, and the fields below it level with X-1"
WRITTEN_OTHERWISE = [
    ('* X-1: "t" (a) [high] [todo]', 'begin it with "- "'),
    ("+ X-1: t (a) [In Progress]", 'begin it with "- "'),
    ("* X-1: t\n  status: todo", 'begin it with "- "'),
    ("+ id: X-1\n  title: t\n  status: done", 'begin it with "- "'),
    ("* {id: X-1, title: t, status: todo}", 'begin it with "- "'),
    ("+ {X-1: t, status: todo}", 'begin it with "- "'),
    ('12. X-1: "t" (a) [todo]', 'begin it with "- "'),
    ("1) X-1: t\n   status: todo", 'begin it with "- "'),
    ("* [todo] X-1: t", 'write - X-1: "Title", and what is in brackets behind that'),
    ("- [done] X-1: t", 'write - X-1: "Title", and what is in brackets behind that'),
    ("+ [high] [todo] (a) X-1 - t", 'write - X-1: "Title", and what is in brackets behind that'),
    ("- **X-1**: t (a) [todo]", 'write - X-1: "Title", and what is in brackets behind that'),
    ("- **X-1:** t [todo]", 'write - X-1: "Title", and what is in brackets behind that'),
    ("- `X-1` — t [todo]", 'write - X-1: "Title", and what is in brackets behind that'),
    ('- X-1 "t" (a) [todo]', 'write - X-1: "Title", and what is in brackets behind that'),
    ("X-1: t\nstatus: todo", LEVEL),
    ("'X-1': t\n  Status: Done", LEVEL),
    ("id: X-1\ntitle: t\nstatus: todo", LEVEL),
    ("X-1:\n  title: t\n  status: todo", NESTED),
]  # fmt: skip


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize(("before", "behind"), [("```yaml", "```"), ("# Tasks", "# Words")])
@pytest.mark.parametrize(("item", "remedy"), WRITTEN_OTHERWISE)
def test_an_item_in_another_form_has_a_fault(
    before: str, behind: str, item: str, remedy: str, end: str
) -> None:
    text = f"{before}\n\n{item}\n{behind}\n\n{OTHER}".replace("\n", end)
    board = of(text)
    assert [task.id for task in board.tasks] == ["T-1"]
    first, second = places(board)
    assert first == ("invalid_item", None, 3, item.partition("\n")[0])
    assert second[:2] == ("unknown_dependency", "T-1")
    assert board.faults[0].message == f"X-1 looks like a task but is not read: {remedy}"


@pytest.mark.parametrize(("item", "_remedy"), WRITTEN_OTHERWISE)
def test_what_tells_of_a_task_that_is_read_has_no_fault(item: str, _remedy: str) -> None:
    read_here = "- X-1: Title\n  status: todo\n"
    assert of(f"{read_here}\n# Progress\n\n{item}\n").faults == ()
    assert of(f"```yaml\n{item}\n```\n\n# More\n\n{read_here}").faults == ()


@pytest.mark.parametrize(("item", "_remedy"), WRITTEN_OTHERWISE)
@pytest.mark.parametrize(
    "around",
    [
        "```\n{}\n```\n", "```markdown\n# A\n```yaml\n{}\n```\n```\n", "<!--\n{}\n-->\n",
        "## Session History\n\n- 2026-01-01T00:00:00Z: words\n\n{}\n", "---\n{}\n---\n",
        "Write them so:\n\n{}\n",
    ],
)  # fmt: skip
def test_in_other_fences_comments_and_history_it_is_text(
    item: str, _remedy: str, around: str
) -> None:
    if around.startswith("Write"):
        item = "\n".join(f"    {line}" for line in item.split("\n"))
    text = f"# A\n\n{around}" if not around.startswith("---") else around
    assert of(text.format(item)).faults == ()


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize(("before", "behind"), [("```yaml", "```"), ("# Tasks", "# Words")])
@pytest.mark.parametrize("name", ["task-1", "Task_1", "TÂCHE-1", "задача-1", "X-1a"])
@pytest.mark.parametrize(
    "item",
    ["- {}: t\n  status: todo", '- {}: "t" (a) [In Progress]', "* {{{}: t, status: done}}"],
)
def test_an_id_of_other_letters_has_a_fault(
    before: str, behind: str, name: str, item: str, end: str
) -> None:
    written = item.format(name)
    text = f"{before}\n\n{written}\n{behind}\n\n{OTHER}".replace("\n", end)
    board = of(text)
    assert [task.id for task in board.tasks] == ["T-1"]
    assert places(board)[0] == ("invalid_item", None, 3, written.partition("\n")[0])
    assert board.faults[0].message == (
        f"{name} looks like a task but is not read: write its id in capitals from A to Z, such as"
        f' TASK-1, or in YAML as "- id: {name}"'
    )


@pytest.mark.parametrize("below", ["\n- **Status**: done\n", "Status: todo\n"])
@pytest.mark.parametrize("words", ["task-1: Title", "**Task_1** - Title"])
def test_a_heading_with_an_id_of_other_letters_has_a_fault(words: str, below: str) -> None:
    board = of(f"# A\n\n### {words}\n{below}\n")
    assert [place[2:] for place in places(board)] == [(3, f"### {words}")]
    assert "looks like a task but is not read: write its id in capitals" in board.faults[0].message


@pytest.mark.parametrize("item", ['- X-1: "t" (a) [todo]', "- X-1: t\n  status: todo"])
@pytest.mark.parametrize("indent", ["    ", "\t"])
def test_an_item_too_deep_in_a_list_has_a_fault(item: str, indent: str) -> None:
    deep = "\n".join(indent + line for line in item.split("\n"))
    board = of(f"# Plan\n\n- Phase 1\n\n{deep}\n\nwords\n")
    assert [place[2:] for place in places(board)] == [(5, item.partition("\n")[0])]
    assert 'write three blanks at most before its "-"' in board.faults[0].message
    for above in ("words\n", "- Phase 1\n\nwords\n"):
        assert of(f"# Plan\n\n{above}\n{deep}\n{deep.replace('X-1', 'X-2')}\n").faults == ()


BELOW = ["\n- **Status**: todo\n", "- Priority: high\n- Status: Done\n", "**Status:** todo  \n"]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("below", BELOW)
@pytest.mark.parametrize(
    ("title", "at"),
    [
        ("X-1: Title\n=====", 0), ("X-1: Title\n---", 0), ("Task X-1\n-", 0),
        ("  ✅ X-1 — Title\n  ===  ", 2), ("**X-1: Title**", 0), ("__Title (X-1)__:", 0),
    ],
)  # fmt: skip
def test_a_title_that_is_no_heading_has_a_fault(title: str, at: int, below: str, end: str) -> None:
    board = of(f"\ufeff# A\n\n{title}\n{below}\nwords\n\n{OTHER}".replace("\n", end))
    assert [task.id for task in board.tasks] == ["T-1"]
    first, second = places(board)
    assert first == ("invalid_item", None, 3, title.partition("\n")[0][at:])
    assert second[:2] == ("unknown_dependency", "T-1")
    assert board.faults[0].message == (
        "X-1 looks like a task but is not read: write its title as a heading,"
        ' "### X-1: Title", and its fields as a list below it'
    )


@pytest.mark.parametrize("below", ["**Status:** todo\n**Owner**: a", "\nStatus: In Progress\n"])
def test_a_heading_whose_fields_are_no_list_has_a_fault(below: str) -> None:
    board = of(f"# A\n\n### X-1: Title\n{below}\n\nwords\n")
    assert [place[2:] for place in places(board)] == [(3, "### X-1: Title")]
    assert board.faults[0].message == (
        "X-1 looks like a task but is not read: write the fields below its heading as a list,"
        ' "- **Status**: todo"'
    )


@pytest.mark.parametrize(
    "text",
    [
        "* X-1: words about [done] things",
        "- utf-8: words",
        "- step-1: t\n  notes: n",
        "- step-1:\n    status: active",
        "- to_do: t\n  status: todo",
        "- 2026-01-01: t [done]",
        "- step-1 is [done]",
        "- [ ] step-1: t [todo]",
        "step-1: t\nstatus: todo",
        "### step-1: Title\n- **Status**: accepted",
        "### In step-1: Title\n- **Status**: done",
        "* X-1: what is (new) [here]",
        "* [done](https://example.org) X-1: words",
        "* [x] X-1: t (a) [todo]",
        "* [ ] X-1: t\n  status: todo",
        "* X-1 is [done]",
        "- see [todo] X-1: t",
        "* TASK_XXX: t [todo]",
        "* X-1: t [todo|claimed]",
        "* X-1: t\n  status: accepted",
        "X-1: t\n\nstatus: todo",
        "X-1: words\nand so the status: todo",
        "The X-1: t\nstatus: todo",
        "X-1:\n  status: active",
        "id: X-1\nstatus: done",
        "id: X-1\ntitle: t\nstatus: done\ntasks: []",
        "X-1 and words\n---\n\nwords\n\n- Status: todo",
        "| X-1 | Title |\n|---|---|\n- Status: todo",
        "> X-1: Title\n---\n- Status: todo",
        "- X-1\n---\n- Status: todo",
        "X-1: Title\n---\n- Status: accepted",
        "X-1: Title\n---\n- X-2: a [todo]",
        "Words\n---\n- Status: todo",
        "**X-1**: words\n- Status: todo",
        "### X-1: Title\nThe **Status**: done",
        "### X-1: Title\nwords\n**Status**: done",
        "### X-1: Title\n**Status**: accepted",
        "### X-1: Title\n**Notes**: n\n\n**Status**: done",
    ],
)
def test_ordinary_text_beside_it_has_no_fault(text: str) -> None:
    for whole in (f"# A\n\n{text}\n", f"words\n\n{text}\n\n# B\n", f"{text}"):
        assert [fault.code for fault in of(whole).faults if fault.code == "invalid_item"] == []


def test_behind_a_session_history_a_heading_may_be_nearly_one() -> None:
    board = of(f"## Session History\n\n- 2026-01-01T00:00:00Z: words\n\n## The X-1\n{STATUS}")
    assert [place[2:] for place in places(board)] == [(5, "## The X-1")]


def test_between_conflict_markers_there_is_the_conflict_alone() -> None:
    item = '- X-1: "t" (a) [todo] # c\n'
    board = of(f"```yaml\n<<<<<<< a\n{item}=======\n{item}>>>>>>> b\n{item}```\n")
    assert [at[0::2] for at in places(board)] == [("conflict", 2), ("invalid_item", 7)]


def test_faults_that_say_the_same_have_a_place_each() -> None:
    board = of('```yaml\n- X-1: "t" (a) [todo] # c\n- X-1: "t" (a) [todo] # d\n```\n')
    assert [place[2:] for place in places(board)] == [(2, "# c"), (3, "# d")]


def processor_seconds(count: int) -> float:
    """The least time of three in which the places of so many faults are found."""
    lines = "- **Status**: todo\n- **Notes**: n\n\n" * 5
    text = "".join(f"### Task X-{n}: a\n\n{lines}" for n in range(count))
    took = []
    for _ in range(3):
        board = of(text)
        before = time.process_time()
        assert len(places(board)) == count
        took.append(time.process_time() - before)
    return min(took)


def test_the_places_of_many_faults_take_linear_time() -> None:
    assert processor_seconds(4_000) < 8 * processor_seconds(1_000)


@pytest.mark.parametrize(
    ("value", "others"),
    [
        ("A-1 and A-2", "A-2"),
        ("A-1; A-2; `G-1`", "A-2, G-1"),
        ("A-1 A-2, A-9", "A-2"),
        ("(A-2)", "A-2"),
        ("[A-1 & A-2., A-1 or **G-1**]", "A-2, G-1"),
        ("[A-1 (behind A-2)]", "A-2"),
        ("{A-1: behind A-2}", "A-2"),
        ("\n    - A-1: behind A-2", "A-2"),
        ("\n    - id: A-1\n      note: behind A-2", "A-2"),
        ("A-1\n  blocked_by: A-1 and A-2", "A-2"),
    ],
)
def test_an_id_that_no_entry_begins_with_has_a_fault(value: str, others: str) -> None:
    tasks = "- A-1: a\n  status: done\n- A-2: b\n  status: todo\n"
    board = of(f"```yaml\nid: G-1\ntasks:\n{tasks}```\n```yaml\n- T-1: t\n  needs: {value}\n```\n")
    assert board.faults == ()
    waits = f"- T-1: t\n  status: todo\n  depends_on: {value}\n"
    board = of(f"```yaml\nid: G-1\ntasks:\n{tasks}```\n```yaml\n{waits}```\n")
    found = [fault for fault in board.faults if fault.code == "unread_dependency"]
    assert [(fault.task, fault.field) for fault in found] == [("T-1", "dependencies")]
    assert found[0].message.startswith(f"T-1 does not wait for {others}: ")
    place = board.location(found[0])
    assert place is not None
    assert place.line >= 11


@pytest.mark.parametrize(
    "value",
    [
        "A-1 (must exist first)",
        "A-1, A-2",
        "[A-1 (before A-2), A-2 (behind A-1)]",
        "none",
        "A-1 (2 days)",
        "A-1 (T-1 needs it)",
        '"A-1: after A-20"',
        "{A-1: hard, A-2: soft}",
    ],
)
def test_other_words_beside_the_id_have_no_fault(value: str) -> None:
    tasks = (
        "- A-1: a\n  status: done\n- A-2: b\n  status: todo\n- id: 2\n  title: c\n  status: todo\n"
    )
    board = of(f"```yaml\n{tasks}- T-1: t\n  status: todo\n  depends_on: {value}\n```\n")
    assert board.faults == ()


BLOCKS = (
    '- X-1: "t" (a) [high] [todo] # c', "- X-2: t (a) [done] ✅", "  status: todo", "  notes: n",
    "- X-3:", "    status: todo", "- {X-4: a, status: todo}", "- {X-4: a, status: todo", "```yaml",
    "```", "", "words", "- X-5: words", "- X-6: a", "tasks:", "id: G", "## Session History", "# A",
    "  depends_on: X-5 and X-6", "### Task X-7: a", "### [X-8]", "- **Status**: done",
    "- **Notes**: n", "### X-9: a", "* X-1: a [todo]", "+ [todo] X-2: a", "X-3: a", "status: todo",
    "===", "---", "**X-4: a**", "**Status**: todo", "    - X-5: a [todo]", "- a", "id: X-6",
    "- x-7: a", "### x-8: a", "title: a",
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_read_again_the_faults_are_those_of_reading_anew(data: st.DataObject) -> None:
    text = "\n".join(data.draw(st.lists(st.sampled_from(BLOCKS), max_size=20)))
    board = of(text)
    for _ in range(data.draw(st.integers(1, 3))):
        start, stop, new = data.draw(changes(text))
        new += data.draw(st.one_of(st.just(""), st.sampled_from(BLOCKS), lines()))
        text = text[:start] + new + text[stop:]
        board = read(Document.decode(as_bytes(text), board.document), board)
        anew = of(board.document.text if board.document else "")
        assert board == anew
        assert places(board) == places(anew)
