"""New tasks: where they go, which ids they get, which fields they have."""

from __future__ import annotations

import pytest

from tests.board.words import BOSS, ENG, NOW, after, board, lines, of, refused
from todo_tui.board import writing
from todo_tui.board.request import (
    Add,
    Draft,
)
from todo_tui.board.transition import apply
from todo_tui.errors import TodoError

STAMP = "2026-11-22T12:33:00Z"


def ids(text: str, *drafts: Draft) -> list[str]:
    """The ids that new tasks get in a file."""
    outcome = apply(of(text), Add(drafts or (Draft("New"),), BOSS), NOW)
    return [task.id for task in outcome.tasks]


@pytest.mark.parametrize(
    ("text", "task_id"),
    [
        ("", "TASK_001"),
        ("- A-7: T\n  status: todo\n", "A-8"),
        ("- A-7: T\n  status: done\n- B_009: T\n  status: done\n", "B_010"),
        ("- A-7: T\n  status: todo\n- B_009: T\n  status: done\n", "A-8"),
        ("- A-099: T\n  status: todo\n", "A-100"),
        ("- A-7: T\n  status: todo\n\nSee A-31, and BA-40, A-50x, A-60-x.\n", "A-61"),
        ("- A-7: T\n  status: todo\n\n```text\nA-12\n```\n", "A-13"),
        (
            "- TASK_UX_003: T\n  status: todo\n\n- 2024: UX_009 is gone, TASK_044 too\n",
            "TASK_UX_010",
        ),
        ("- id: 12\n  status: todo\n\nIn 2024.\n", "13"),
        ("- id: login\n  status: todo\n- id: web-4\n  status: done\n", "web-5"),
        ("- id: login\n  status: todo\n", "TASK_001"),
        ("- A-7: T\n  status: todo\n  depends_on: [A-40]\n", "A-41"),
        (f"- A-7: T\n  status: todo\n\nA-{'9' * 5000}\n", "A-8"),
    ],
)
def test_new_ids(text: str, task_id: str) -> None:
    assert ids(text) == [task_id]


def test_ids_of_tasks_that_are_added_together() -> None:
    text = "- A-7: T\n  status: todo\n"
    assert ids(text, Draft("x"), Draft("y", id="A-20"), Draft("z")) == ["A-21", "A-20", "A-22"]


def test_a_new_task_goes_behind_the_last_todo_task_else_the_last() -> None:
    on = board("- A-1: T", "  status: todo", "- A-2: T", "  status: done")
    assert [task.id for task in after(on, Add((Draft("x"),), BOSS)).tasks] == ["A-1", "A-3", "A-2"]
    done = board("- A-1: T", "  status: done", "- A-2: T", "  status: done")
    assert [task.id for task in after(done, Add((Draft("x"),), BOSS)).tasks][-1] == "A-3"


def test_a_new_task_has_its_neighbours_fields_in_their_order() -> None:
    on = board(
        "- id: A-1",
        "  title: One",
        "  depends_on: []",
        "  status: pending",
        "  Prio: x",
        "  assignee: eng",
        "  priority: P2",
        "- id: A-2",
        "  title: Two",
        "  status: done",
        "  created_at: 2024-01-30",
    )
    draft = Draft("Three", "high", "qa", depends_on=("A-2",), description="a\n  b")
    assert lines(after(on, Add((draft,), BOSS)))[7:16] == [
        "- id: A-3",
        "  title: Three",
        "  depends_on: [A-2]",
        "  status: pending",
        "  assignee: qa",
        "  priority: high",
        "  description: |",
        "    a",
        "      b",
    ]


def test_a_new_task_in_a_group_is_its_member() -> None:
    text = """```yaml
epic_id: EPIC_1
agent: lead
tasks:
  - id: A-1
    status: done
  - id: A-2
    status: todo
  - id: A-3
    status: done
```

```yaml
- B-1: Other
  status: todo
```
"""
    found = after(of(text), Add((Draft("New", under="epic_1"),), BOSS))
    assert [task.id for task in found.tasks] == ["A-1", "A-2", "A-4", "A-3", "B-1"]
    new = found.tasks[2]
    assert (new.group, new.assigned_agent, new.priority) == ("EPIC_1", "lead", "medium")
    assert len(found.groups) == 1


def test_under_a_group_without_tasks_nothing_is_added_elsewhere() -> None:
    on = of("```yaml\nepic_id: E-1\ntasks:\n  - A-1: no task, for it has no field\n```\n")
    assert ([group.id for group in on.groups], on.tasks) == (["E-1"], ())
    error = refused(on, Add((Draft("New", under="E-1"),), BOSS))
    assert (error.code, error.task) == ("illegal", "E-1")
    assert "has no task" in error.message


def test_tasks_added_together_may_wait_for_each_other() -> None:
    drafts = (Draft("x", depends_on=("@2",)), Draft("y"), Draft("z", depends_on=("@1", "@2")))
    found = after(board(), Add(drafts, BOSS))
    assert [task.dependencies for task in found.tasks] == [
        ("TASK_002",),
        (),
        ("TASK_001", "TASK_002"),
    ]
    assert [entry.text for entry in found.history] == [
        f"TASK_00{n} created by alice (human) (none -> todo)" for n in (1, 2, 3)
    ]


def test_history_that_is_newest_first_stays_so_for_many() -> None:
    on = board(
        "- A-1: T",
        "  status: todo",
        history="2024-01-02T10:00:00Z: b\n2024-01-01T10:00:00Z: a",
    )
    found = after(on, Add((Draft("x"), Draft("y")), ENG))
    assert [entry.text[:3] for entry in found.sections[0].entries] == ["A-3", "A-2", "b", "a"]


@pytest.mark.parametrize("newest_first", [True, False])
def test_lines_of_the_history_stand_as_far_apart_as_those_there(newest_first: bool) -> None:
    rows = ["- 2024-01-01T10:00:00Z: a", "- 2024-01-02T10:00:00Z: b", "- 2024-01-03T10:00:00Z: c"]
    text = "\n\n".join(("## Session History", *(rows[::-1] if newest_first else rows))) + "\n"
    found = after(of(text), Add((Draft("x"),), BOSS)).document
    assert found is not None
    new = "- 2026-11-22T12:33:00Z: TASK_001 created by alice (human) (none -> todo)"
    grown = [new, *rows[::-1]] if newest_first else [*rows, new]
    assert found.text.endswith("\n\n".join(("## Session History", *grown)) + "\n")


def test_groups_of_drafts_must_be_one() -> None:
    with pytest.raises(TodoError, match="under the same group"):
        apply(board(), Add((Draft("x"), Draft("y", under="E")), BOSS), NOW)


@pytest.mark.parametrize(
    ("item", "ends"),
    [
        ("One (eng)", '"New" (ops) [high] [todo]'),
        ("One [low]", '"New" (ops) [high] [todo]'),
        ("One (eng) [low]", '"New" (ops) [high] [todo]'),
    ],
)
def test_in_a_list_of_short_items_the_fields_stand_in_their_brackets(item: str, ends: str) -> None:
    found = of(f"# Work\n\n- A-1: {item}\n")
    request = Add((Draft("New", priority="high", assign="ops"),), BOSS)
    plan = writing.plan(found, request, NOW, history=False)
    assert found.document is not None
    assert found.document.splice(plan.edits).text == f"# Work\n\n- A-1: {item}\n- A-2: {ends}\n"


def headed(number: int, status: str = "todo", words: str = "") -> str:
    return f"### A-{number}: T\n\n- **Status**: {status}\n{words}"


RULED = "\n---\n\n"


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("before", "between", "behind"),
    [
        (headed(1) + RULED + headed(2), RULED, ""),
        (headed(1) + RULED + headed(2), RULED, f"{RULED}## End\n"),
        (headed(1) + RULED + headed(2, words="\nWords.\n"), RULED, "\n## End\n"),
        (headed(1), RULED, RULED + headed(2, "done")),
        (headed(1) + RULED + headed(2), RULED, RULED + headed(3, "done") + RULED),
        (headed(1) + "***\n" + headed(2), "***\n", "\n"),
        (headed(1) + "---\n" + headed(2, words="\nWords.\n"), "\n---\n", "\n## End\n"),
        (headed(1) + "\n" + headed(2), "\n", f"{RULED}## End\n"),
        ("words\n\n---\n\n" + headed(1), "\n", f"{RULED}## End\n"),
        ("words\n\n---\n\n" + headed(1) + "\n" + headed(2), "\n", ""),
        (headed(1, words="\nWords.\n---\n") + headed(2, words="\nWords.\n---\n"), "\n", ""),
        (
            headed(1, words="\n#### A-2: Part\n- **Status**: done\n") + RULED + headed(3),
            RULED,
            "\n",
        ),
    ],
)
def test_headings_that_rules_set_apart_stay_so(
    before: str, between: str, behind: str, end: str
) -> None:
    text = f"# Plan\n\n{before}{behind}".replace("\n", end)
    found = after(of(text), Add((Draft("New"), Draft("Newer")), BOSS))
    assert found.document is not None
    one, two = [
        f"### {task.id}: {task.title}\n\n- **Priority**: medium\n- **Status**: todo\n"
        for task in found.tasks
        if task.title != "T" and task.title != "Part"
    ]
    new = f"{between}{one}{between}{two}"
    assert found.document.text.startswith(f"# Plan\n\n{before}{new}{behind}".replace("\n", end))
