"""What is a task, and what its fields say, in every dialect."""

from __future__ import annotations

import pytest

from tests.board.words import ENG, after, board, lines, of
from todo_tui.board.reading import read
from todo_tui.board.request import Claim
from todo_tui.board.task import Task, canonical_name, canonical_priority, canonical_status
from todo_tui.board.values import dependency_ids
from todo_tui.document.document import Document
from todo_tui.document.entry import Mapping


def one(*lines: str) -> Task:
    """The one task of a fence with these lines."""
    (task,) = board(*lines).tasks
    return task


@pytest.mark.parametrize(
    ("raw", "status"),
    [
        ("todo", "todo"), ("To Do", "todo"), ("TODO", "todo"), ("pending", "todo"),
        ("open", "todo"), ("unclaimed", "todo"), ("not started", "todo"), ("Not-Started", "todo"),
        ("", "todo"), ("null", "todo"), ("~", "todo"), ("claimed", "claimed"),
        ("In Progress", "in_progress"), ("in-progress", "in_progress"), ("doing", "in_progress"),
        ("🚧 active", "in_progress"), ("blocked", "blocked"), ("BLOCKED by TASK_001", "blocked"),
        ("done", "done"), ("✅ Done", "done"), ("Complete", "done"), ("completed", "done"),
        ("closed", "done"), ("finished", "done"), ("resolved", "done"), ("`done`", "done"),
        ("Done (2024-01-15)", "done"), ("done - see notes", "done"), ("done — see notes", "done"),
        ("done by eng", "done"), ("(done)", "done"), ("donee", "donee"), ("undone", "undone"),
        ("Needs Review", "needs_review"), ("In-Review", "in_review"),
        ("Überprüfung", "überprüfung"), ("✅", "✅"), ("cancelled", "cancelled"),
        ("in progress 50%", "in_progress_50"),
    ],
)  # fmt: skip
def test_statuses(raw: str, status: str) -> None:
    assert canonical_status(raw) == status


@pytest.mark.parametrize(
    ("raw", "priority"),
    [
        ("high", "high"), ("HIGH", "high"), ("P1-High", "high"), ("p0", "critical"), ("P3", "low"),
        ("🔴 Critical", "critical"), ("medium (for now)", "medium"), ("high priority", "high"),
        ("", None), ("null", None), ("urgent", None), ("very high", None), ("p4", None),
    ],
)  # fmt: skip
def test_priorities(raw: str, priority: str | None) -> None:
    assert canonical_priority(raw) == priority


@pytest.mark.parametrize(
    ("name", "canonical"),
    [
        ("Assigned Agent", "assigned_agent"), ("assignee", "assigned_agent"),
        ("Owner", "assigned_agent"), ("assignedTo", "assigned_agent"), ("AGENT", "assigned_agent"),
        ("Depends-On", "dependencies"), ("blockedBy", "dependencies"), ("Done At", "completed_at"),
        ("acceptance", "acceptance_criteria"), ("Story Points", "story_points"), ("ID", "id"),
        ("📊 Status", "status"), ("claimed_by", "claimed_by"), ("()", "()"), ("→", "→"),
    ],
)  # fmt: skip
def test_names_of_fields(name: str, canonical: str) -> None:
    assert canonical_name(name) == canonical


@pytest.mark.parametrize(
    ("value", "ids"),
    [
        ("TASK_001", ("TASK_001",)),
        ("TASK_001, TASK_002", ("TASK_001", "TASK_002")),
        ("[TASK_001, TASK_002]", ("TASK_001", "TASK_002")),
        (("TASK_001", "TASK-008 (must exist first, really)"), ("TASK_001", "TASK-008")),
        ("TASK-008 (must exist first, really), A-1", ("TASK-008", "A-1")),
        ("TASK_001 must be there", ("TASK_001",)),
        ("TASK_001: the first one", ("TASK_001",)),
        ("`TASK_001`, **TASK_002**", ("TASK_001", "TASK_002")),
        ("[TASK_001](#task-001), [TASK_002](#x)", ("TASK_001", "TASK_002")),
        (("login page", "login page (old)"), ("login page", "login page")),
        (("012", "1.2"), ("012", "1.2")),
        ("API-KEYS - needed", ("API-KEYS",)),
        (("TASK_1.2", "#12"), ("TASK_1.2", "#12")),
        ("none", ()), ("None (can start now)", ()), ("n/a", ()), ("-", ()), ("", ()), ("[]", ()),
        ((), ()), (("", "null"), ()),
        ((Mapping((("id", "A-1"),)), Mapping((("A-2", "why"),)), ("A-3",)), ("A-1", "A-2", "A-3")),
        (Mapping((("A-1", "why"), ("A-2", "why"))), ("A-1", "A-2")),
    ],
)  # fmt: skip
def test_dependencies(value: object, ids: tuple[str, ...]) -> None:
    assert dependency_ids(value) == ids  # type: ignore[arg-type]


def test_the_canonical_item() -> None:
    task = one(
        '- TASK_001: "Take: payments"',
        "  priority: high",
        "  assigned_agent: eng",
        "  status: todo",
        '  created_at: "2024-01-30T10:00:00Z"',
        "  tags: [a, b]",
    )
    assert (task.id, task.ref, task.title) == ("TASK_001", "TASK_001", "Take: payments")
    assert (task.status, task.priority, task.assigned_agent) == ("todo", "high", "eng")
    assert (task.created_at, task.fields) == ("2024-01-30T10:00:00Z", (("tags", ("a", "b")),))
    assert (task.holder, task.group, task.faults, task.dependencies) == (None, None, (), ())


@pytest.mark.parametrize("value", ["[B-1, B-1]", "B-1, B-2, B-1", "B-1"])
def test_a_dependency_that_is_named_twice_is_one(value: str) -> None:
    (task,) = board("- A-1: x", "  status: todo", f"  depends_on: {value}").tasks
    assert task.dependencies == tuple(dict.fromkeys(value.strip("[]").split(", ")))


@pytest.mark.parametrize(
    ("lines", "title", "rest"),
    [
        (("- id: A-1", "  title: T", "  content: C"), "T", (("content", "C"),)),
        (("- id: A-1", "  content: C", "  name: N"), "C", (("name", "N"),)),
        (("- id: A-1", "  name: N", "  summary: S"), "N", (("summary", "S"),)),
        (("- id: A-1", "  title: null", "  summary: S"), "S", (("title", "null"),)),
        (("- A-1: K", "  title: T"), "K", (("title", "T"),)),
        (("- A-1:", "  title: T"), "T", ()),
        (
            ("- id: A-1", "  description: |", "    first", "    second"),
            "first",
            (("description", "first\nsecond\n"),),
        ),
        (("- id: A-1", "  title: |", "    two", "    lines"), "two lines", ()),
    ],
)
def test_where_a_title_comes_from(
    lines: tuple[str, ...], title: str, rest: tuple[tuple[str, str], ...]
) -> None:
    task = one(*lines, "  status: todo")
    assert (task.title, task.fields) == (title, rest)
    assert task.faults == ()


def test_no_title_at_all() -> None:
    task = one("- id: A-1", "  status: todo")
    assert task.title == "A-1"
    assert [fault.code for fault in task.faults] == ["no_title"]


@pytest.mark.parametrize(
    "lines",
    [
        ("- name: Checkout", "  status: todo"),
        ("- POSTGRES_USER: app",),
        ("- POSTGRES_USER: app", "  priority: high"),
        ("- TASK_001: T", "  description: only"),
        ("- TASK_XXX: T", "  status: todo"),
        ("- id: <id>", "  status: todo"),
        ('- id: "TASK_{n}"', "  status: todo"),
        ("- id: TASK_$N", "  status: todo"),
        ("- id:", "  status: todo"),
        ("- TASK_001: T", "  status: todo|claimed|done"),
        ("- TASK_001: T", "  status: todo / done"),
    ],
)
def test_what_is_no_task(lines: tuple[str, ...]) -> None:
    assert board(*lines).tasks == ()


def test_two_of_four_make_a_task_without_a_status() -> None:
    task = one("- TASK_001: T", "  priority: high", "  depends_on: A-1")
    assert task.status == "todo"
    assert [fault.code for fault in task.faults] == ["no_status"]


@pytest.mark.parametrize("nobody", ["null", "~", "", "none", "N/A", '"-"', "Unassigned", "[]"])
def test_words_for_nobody(nobody: str) -> None:
    task = one("- TASK_001: T", f"  assignee: {nobody}", "  status: claimed")
    assert task.assigned_agent is None
    assert [fault.code for fault in task.faults] == ["no_holder"]


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("`eng`", "eng"),
        ("**eng@1**", "eng@1"),
        ("*eng*", "eng"),
        ("**`eng`**", "eng"),
        ("`eng` and `qa`", "`eng` and `qa`"),
        ("**", "**"),
        ("`null`", None),
        ("__eng__", "__eng__"),
    ],
)
def test_a_name_is_read_without_marks_around_all_of_it(written: str, name: str | None) -> None:
    found = of(f"### TASK_001: T\n- **Status**: claimed\n- **Assigned Agent**: {written}\n")
    assert found.tasks[0].holder == name


def test_what_is_claimed_by_a_name_in_marks_keeps_them() -> None:
    found = of("### TASK_001: T\n- **Status**: todo\n- **Agent**: `eng`\n")
    claimed = after(found, Claim("TASK_001", ENG))
    assert claimed.tasks[0].holder == ENG.name
    assert lines(claimed)[3] == "- **Agent**: `eng`"


def test_who_holds_a_blocked_task_no_more_cannot_release_it() -> None:
    task = one("- TASK_001: T", "  status: blocked")
    assert "a supervisor unblock it" in task.faults[0].message


def test_scalars_are_their_source_text() -> None:
    task = one("- id: 012", "  title: no", "  status: yes", "  agent: [eng]")
    assert (task.id, task.title, task.status, task.assigned_agent) == ("012", "no", "yes", "eng")


def test_names_and_aliases() -> None:
    task = one(
        "- TASK_001: T",
        "  owner: team",
        "  Assigned Agent: eng",
        "  STATUS: done",
        "  Blocked By: A-1",
        "  depends_on: [A-2, A-1]",
    )
    assert task.assigned_agent == "eng"
    assert task.fields == (("owner", "team"),)
    assert task.dependencies == ("A-1", "A-2")
    assert one("- TASK_001: T", "  owner: a", "  agent: b", "  status: todo").assigned_agent == "a"


def test_a_key_that_stands_twice() -> None:
    task = one("- TASK_001: T", "  status: done", "  tags: a", "  Status: todo", "  tags: b")
    assert task.status == "done"
    assert [(fault.code, fault.field) for fault in task.faults] == [
        ("duplicate_key", "status"),
        ("duplicate_key", "tags"),
    ]


@pytest.mark.parametrize(
    ("lines", "codes"),
    [
        (("status: review",), ["unknown_status"]),
        (("status: null", "priority: x", "agent: y"), ["no_status"]),
        (("status: in_progress",), ["no_holder"]),
        (("status: blocked",), ["no_holder"]),
        (("status: in_progress", "claimed_by: eng"), []),
        (("status: done", "created_at: 2024-13-45"), ["impossible_time"]),
        (("status: done", "finished_at: yesterday"), ["impossible_time"]),
        (("status: done", "claimed_at: null", "started_at:", "completed_at: 2024-02-29"), []),
        (("status: done", "completed_at: 2023-02-29"), ["impossible_time"]),
        (
            ("status: done", "claimed_at: 2024-01-15 14:20", "started_at: 2024-01-15T14:20+02:00"),
            [],
        ),
    ],
)
def test_faults_that_a_task_shows_by_itself(lines: tuple[str, ...], codes: list[str]) -> None:
    task = one("- TASK_001: T", *(f"  {line}" for line in lines))
    assert [fault.code for fault in task.faults] == codes


@pytest.mark.parametrize(
    ("words", "status", "priority", "agent"),
    [
        ("(eng) [high] [todo]", "todo", "high", "eng"),
        ("[todo] [P1]", "todo", "high", None),
        ("[high] [review]", "review", "high", None),
        ("(eng) [review]", "review", None, "eng"),
        ("(unassigned) [done] [backend]", "done", None, None),
        ("(eng)", "todo", None, "eng"),
    ],
)
def test_short_items(words: str, status: str, priority: str | None, agent: str | None) -> None:
    (task,) = of(f'- TASK_003: "Write" {words}\n').tasks
    assert (task.status, task.priority, task.assigned_agent) == (status, priority, agent)
    assert task.title == "Write"


def test_short_items_with_lines_below() -> None:
    (task,) = of('- TASK_003: "Write" (eng)\n  Status: done\n  Notes: x\n').tasks
    assert (task.status, task.fields) == ("done", (("Notes", "x"),))
    assert of('- TASK_003: "Write" [todo|done]\n').tasks == ()


def test_headings() -> None:
    text = """### TASK_UX_001: Draw

- **Status**: ✅ Done
- **Assigned Agent**: design-ux
- **Dependencies**: [TASK_001]

### TASK-006: Engine — DONE

It is done. **Status**: todo
"""
    (task,) = of(text).tasks
    assert (task.title, task.status, task.raw_status) == ("Draw", "done", "✅ Done")
    assert (task.assigned_agent, task.dependencies) == ("design-ux", ("TASK_001",))


GROUP = """## EPIC_PAY: Payments

```yaml
epic_id: EPIC_PAY
title: ignored
owner: lead
priority: low
status: done
depends_on: [BASE-1]
tasks:
  - id: PAY-1
    title: Cards
    status: todo
    priority: high
    depends_on: [BASE-2, BASE-1]
  - id: PAY-2
    title: Transfers
    status: in_progress
```
"""


def test_groups() -> None:
    found = of(GROUP)
    (group,) = found.groups
    assert (group.id, group.title, group.status) == ("EPIC_PAY", "Payments", "done")
    assert (group.priority, group.holder, group.dependencies) == ("low", "lead", ("BASE-1",))
    one, two = found.tasks
    assert (one.group, one.priority, one.dependencies) == (
        "EPIC_PAY", "high", ("BASE-2", "BASE-1"),
    )  # fmt: skip
    assert (two.priority, two.assigned_agent, two.holder) == ("low", "lead", "lead")
    assert two.dependencies == ("BASE-1",)
    assert two.faults == ()


@pytest.mark.parametrize(
    ("fields", "holder", "priority", "dependencies"),
    [
        ("", "lead", "low", ("BASE-1",)),
        ("    owner: own\n    priority: high\n    depends_on: BASE-2\n", "own", "high",
         ("BASE-2", "BASE-1")),
    ],
)  # fmt: skip
def test_a_group_in_another_has_what_that_has_where_it_says_nothing(
    fields: str, holder: str, priority: str, dependencies: tuple[str, ...]
) -> None:
    found = of(
        "```yaml\nepic_id: E1\nowner: lead\npriority: low\ndepends_on: BASE-1\ntasks:\n"
        f"  - story_id: S1\n{fields}    tasks:\n      - id: A-1\n        status: todo\n```\n"
    )
    outer, inner = found.groups
    assert (outer.id, outer.holder, outer.priority) == ("E1", "lead", "low")
    assert (inner.id, inner.holder, inner.priority) == ("S1", holder, priority)
    assert inner.dependencies == dependencies
    (one,) = found.tasks
    assert (one.assigned_agent, one.priority, one.group) == (holder, priority, "S1")
    assert one.dependencies == dependencies


def test_a_description_that_comes_first_gives_the_title() -> None:
    text = "```yaml\n- description: First of all\n  id: A-1\n  status: todo\n```\n"
    assert of(text).tasks[0].title == "First of all"


@pytest.mark.parametrize(
    ("lines", "title"), [("title: Epic\n", "Epic"), ("name: Epic\n", "Epic"), ("", "E1")]
)
def test_a_group_without_a_heading_is_called_by_its_title_or_id(lines: str, title: str) -> None:
    text = f"epic_id: E1\n{lines}tasks:\n  - id: E-1\n    status: todo\n"
    (group,) = of(f"```yaml\n{text}```\n").groups
    assert (group.id, group.title) == ("E1", title)


def test_the_same_tasks_come_back_and_only_what_changed_is_read() -> None:
    before = Document.decode(GROUP.encode())
    old = read(before)
    after = Document.decode(GROUP.replace("title: Transfers", "title: Wires").encode(), before)
    new = read(after, old)
    assert new.tasks[0] is old.tasks[0]
    assert new.tasks[1].title == "Wires"
    other = Document.decode(GROUP.replace("owner: lead", "owner: boss").encode(), before)
    assert [task.assigned_agent for task in read(other, old).tasks] == ["boss", "boss"]


def test_a_board_read_with_a_foreign_document_is_read_anew() -> None:
    first, second = Document.decode(GROUP.encode()), Document.decode(b"nothing\n")
    changed = Document.decode(GROUP.replace("Cards", "Cash").encode(), first)
    assert read(changed, read(second)) == read(Document.decode(changed.encode()))


def test_an_item_that_yaml_refuses_is_guessed_and_named() -> None:
    found = board("- TASK_030: Fix: the bug", "  assignee: @me", "  status: claimed")
    (task,) = found.tasks
    assert (task.title, task.holder, task.guessed) == ("Fix: the bug", "@me", True)
    (fault,) = found.faults
    assert (fault.code, fault.task) == ("invalid_item", "TASK_030")
    assert found.faults_of(task) == (fault,)


@pytest.mark.parametrize(
    ("names", "group"),
    [
        (("epic_id", "title"), "one"),
        (("title", "epic_id"), "two"),
        (("epic_id", "id"), "two"),
        (("epic_id", "phase_id"), "one"),
        (("epic_iD", "title"), "one"),
        (("Epic-Id", "title"), "one"),
    ],
)
def test_which_field_is_the_id_of_a_group(names: tuple[str, str], group: str) -> None:
    head = f"{names[0]}: one\n{names[1]}: two\n"
    text = f"```yaml\n{head}tasks:\n- A-1: x\n  status: todo\n```\n"
    found = read(Document.decode(text.encode()))
    assert [one.id for one in found.groups] == [group]
    assert [one.group for one in found.tasks] == [group]
