"""What requests change: new tasks and their ids, single fields, holders, times, retries."""

from __future__ import annotations

import pytest

from tests.board.square import hold
from tests.board.words import BOSS, DEPUTY, ENG, NOW, OTHER, board
from todo_tui.board.board import Board, board_of
from todo_tui.board.reading import read
from todo_tui.board.request import (
    Actor,
    Add,
    Amend,
    Block,
    Claim,
    ClaimNext,
    Draft,
    Finish,
    Note,
    Release,
    Reopen,
    Start,
    Transition,
    Unblock,
)
from todo_tui.board.task import Task
from todo_tui.board.transition import apply
from todo_tui.document.document import Document
from todo_tui.errors import TodoError

STAMP = "2026-11-22T12:33:00Z"


def of(text: str) -> Board:
    """The board of a whole text."""
    return read(Document.decode(text.encode()))


def after(on: Board, *asked: Transition) -> Board:
    """The board after requests, each checked to be what its edits bring about."""
    for transition in asked:
        on = hold(on, transition, NOW)
    return on


def lines(on: Board) -> list[str]:
    """The lines of a board's text without its history section and fences."""
    assert on.document is not None
    kept = on.document.text.partition("\n## Session History")[0].splitlines()
    return [line for line in kept if line and not line.startswith("```")]


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
    assert lines(after(on, Add((draft,), BOSS)))[7:14] == [
        "- id: A-3",
        "  title: Three",
        "  depends_on: [A-2]",
        "  status: pending",
        "  assignee: qa",
        "  priority: high",
        "  description: a b",
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


def test_groups_of_drafts_must_be_one() -> None:
    with pytest.raises(TodoError, match="under the same group"):
        apply(board(), Add((Draft("x"), Draft("y", under="E")), BOSS), NOW)


CANONICAL = (
    '- TASK_001: "One"',
    "  priority: high",
    "  assigned_agent: eng",
    "  status: todo",
    "  claimed_at: null",
    "  started_at: null",
    "  completed_at: null",
)


def test_a_life() -> None:
    found = after(
        board(*CANONICAL),
        Claim("TASK_001", ENG),
        Start("TASK_001", ENG),
        Block("TASK_001", ENG, "no key"),
        Unblock("TASK_001", ENG),
        ClaimNext(ENG),
        Start("TASK_001", ENG),
        Finish("TASK_001", ENG, "at last"),
    )
    assert lines(found) == [
        '- TASK_001: "One"',
        "  priority: high",
        "  assigned_agent: eng",
        "  status: done",
        "  claimed_by: eng@1",
        f'  claimed_at: "{STAMP}"',
        f'  started_at: "{STAMP}"',
        f'  completed_at: "{STAMP}"',
    ]
    assert [entry.text for entry in found.history] == [
        "TASK_001 claimed by eng@1 (todo -> claimed)",
        "TASK_001 started by eng@1 (claimed -> in_progress)",
        "TASK_001 blocked by eng@1 (in_progress -> blocked): no key",
        "TASK_001 unblocked by eng@1 (blocked -> todo)",
        "TASK_001 claimed by eng@1 (todo -> claimed)",
        "TASK_001 started by eng@1 (claimed -> in_progress)",
        "TASK_001 finished by eng@1 (in_progress -> done): at last",
    ]


@pytest.mark.parametrize(
    ("before", "again"),
    [
        ((), Claim("TASK_001", ENG)),
        ((Claim("TASK_001", ENG),), Start("TASK_001", ENG)),
        ((Claim("TASK_001", ENG), Start("TASK_001", ENG)), Finish("TASK_001", ENG)),
        ((Claim("TASK_001", ENG),), Release("TASK_001", ENG)),
        ((Claim("TASK_001", ENG),), Release("TASK_001", BOSS, "lunch")),
        ((Claim("TASK_001", ENG),), Block("TASK_001", ENG, "no key")),
        ((Claim("TASK_001", ENG), Block("TASK_001", ENG, "x")), Unblock("TASK_001", ENG)),
        (
            (Claim("TASK_001", ENG), Start("TASK_001", ENG), Finish("TASK_001", ENG)),
            Reopen("TASK_001", BOSS, "not yet"),
        ),
        ((Claim("TASK_001", ENG), Start("TASK_001", DEPUTY)), Finish("TASK_001", DEPUTY)),
    ],
)
def test_who_asks_again_is_told_yes_and_nothing_is_written(
    before: tuple[Transition, ...], again: Transition
) -> None:
    on = after(board(*CANONICAL), *before, again)
    outcome = apply(on, again, NOW)
    assert not outcome.changed
    assert outcome.board is on
    assert outcome.tasks == (on.find("TASK_001"),)


@pytest.mark.parametrize(
    "asked",
    [
        Finish("TASK_001", OTHER),
        Finish("TASK_001", Actor("eng@2")),
        Finish("TASK_001", BOSS),
        Start("TASK_001", ENG),
    ],
)
def test_done_is_repeated_by_who_did_it_last_alone(asked: Transition) -> None:
    on = after(
        board(*CANONICAL), Claim("TASK_001", ENG), Start("TASK_001", ENG), Finish("TASK_001", ENG)
    )
    with pytest.raises(TodoError) as error:
        apply(on, asked, NOW)
    assert error.value.code == "illegal"


def test_another_reason_is_no_repetition() -> None:
    on = after(board(*CANONICAL), Claim("TASK_001", ENG), Block("TASK_001", ENG, "no key"))
    with pytest.raises(TodoError) as error:
        apply(on, Block("TASK_001", ENG, "no door"), NOW)
    assert error.value.code == "illegal"


def test_a_supervisor_claims_past_open_dependencies_and_says_so() -> None:
    on = board("- A-1: T", "  status: todo", "  depends_on: [A-2, A-3]")
    found = after(on, Claim("A-1", BOSS, "eng", "it is urgent"))
    assert found.tasks[0].holder == "eng"
    assert found.history[-1].text == (
        "A-1 claimed for eng by alice (human) (todo -> claimed): it is urgent; past open"
        " dependencies A-2, A-3"
    )


def test_a_stale_holder_gives_way_to_the_one_who_claims() -> None:
    on = board("- A-1: T", "  agent: eng", "  status: todo", "  claimed_by: qa")
    assert after(on, Claim("A-1", Actor("eng"))).tasks[0].holder == "eng"


@pytest.mark.parametrize("status", ["claimed", "in_progress", "blocked"])
def test_a_held_task_without_a_holder_can_be_taken_on(status: str) -> None:
    on = board("- A-1: T", f"  status: {status}", "  claimed_by: ~")
    found = after(on, Claim("A-1", OTHER))
    assert (found.tasks[0].status, found.tasks[0].holder) == (status, "qa")
    assert found.faults == ()


def test_who_goes_on_with_a_task_that_nobody_holds_is_written() -> None:
    on = board("- A-1: T", "  status: claimed")
    assert lines(after(on, Start("A-1", OTHER)))[-1] == "  claimed_by: qa"
    assert lines(after(on, Start("A-1", BOSS)))[-1] == "  status: in_progress"
    assert lines(after(on, Release("A-1", OTHER)))[-1] == "  status: todo"


@pytest.mark.parametrize(
    ("empty", "written"),
    [("null", "null"), ("~", "~"), ("none", "none"), ("unassigned", "unassigned"), ('"-"', '"-"')],
)
def test_a_holder_is_emptied_as_other_items_do(empty: str, written: str) -> None:
    on = board(
        "- A-1: T", "  status: claimed", "  claimed_by: qa",
        "- A-2: T", "  status: todo", f"  claimed_by: {empty}",
    )  # fmt: skip
    found = after(on, Release("A-1", OTHER))
    assert lines(found)[2] == f"  claimed_by: {written}"
    assert found.tasks[0].claimed_by is None


@pytest.mark.parametrize(
    ("asked", "changed"),
    [
        (Amend("A-1", ENG, title="T"), False),
        (Amend("A-1", ENG, title="U"), True),
        (Amend("A-1", ENG, priority="P1"), False),
        (Amend("A-1", ENG, priority="low"), True),
        (Amend("A-1", ENG, assign="eng"), False),
        (Amend("A-1", ENG, assign="qa"), True),
        (Amend("A-1", ENG, assign="none"), True),
        (Amend("A-1", ENG, depends_on=("A-2",)), False),
        (Amend("A-1", ENG, depends_on=()), True),
        (Amend("A-2", ENG, depends_on=()), False),
        (Amend("A-2", ENG, assign=""), False),
        (Amend("A-1", ENG, description="d"), True),
    ],
)
def test_single_fields(asked: Amend, changed: bool) -> None:
    on = board(
        "- A-1: T", "  priority: high", "  owner: eng", "  status: todo", "  blocked_by: [A-2]",
        "- A-2: T", "  status: todo",
    )  # fmt: skip
    assert apply(on, asked, NOW).changed is changed
    after(on, asked)


def test_keys_that_stand_twice_are_kept_in_step() -> None:
    on = board(
        "- A-1: T", "  agent: eng", "  status: todo", "  Agent: qa", "  Status: done",
        "  depends_on: A-8", "  blocked_by: A-9",
        "- A-2: T", "  status: done",
    )  # fmt: skip
    found = after(
        on, Claim("A-1", BOSS, "eng"), Amend("A-1", BOSS, assign="x", depends_on=("A-2",))
    )
    assert lines(found)[1:7] == [
        "  agent: x",
        "  status: claimed",
        "  Agent: x",
        "  Status: claimed",
        "  depends_on: [A-2]",
        "  blocked_by: [A-2]",
    ]


def test_another_alias_is_another_field() -> None:
    on = board("- A-1: T", "  owner: team", "  assigned_agent: eng", "  status: todo")
    assert lines(after(on, Amend("A-1", ENG, assign="qa")))[1:3] == [
        "  owner: team",
        "  assigned_agent: qa",
    ]


@pytest.mark.parametrize(
    ("item", "title"),
    [
        (("- id: A-1", "  name: N", "  status: todo"), ["- id: A-1", '  name: "a: b"']),
        (("- A-1:", "  status: todo"), ['- A-1: "a: b"', "  status: todo"]),
        (
            ("- id: A-1", "  status: todo", "  description: d"),
            ["- id: A-1", "  status: todo", '  title: "a: b"'],
        ),
    ],
)
def test_where_a_title_is_written(item: tuple[str, ...], title: list[str]) -> None:
    found = after(board(*item), Amend("A-1", ENG, title="a: b"))
    assert lines(found)[: len(title)] == title
    assert found.tasks[0].title == "a: b"


def test_a_title_is_part_of_a_twins_reference() -> None:
    on = board("- A-1: One", "  status: todo", "- A-1: Two", "  status: todo")
    one, two = (task.ref for task in on.tasks)
    outcome = apply(on, Amend(one, ENG, title="Two"), NOW)
    assert [task.ref for task in outcome.board.tasks] == [f"{two}.1", f"{two}.2"]
    after(on, Amend(one, ENG, title="Two"))


def test_without_a_status_an_item_stays_a_task() -> None:
    on = board("- A-1: T", "  priority: high", "  agent: eng")
    assert lines(after(on, Amend("A-1", ENG, assign="")))[2].rstrip() == "  agent:"


def test_what_cannot_stand_in_brackets_is_refused() -> None:
    on = of('- A-1: "T" (eng) [high] [todo]\n')
    with pytest.raises(TodoError) as error:
        apply(on, Amend("A-1", ENG, assign="bob (qa)"), NOW)
    assert error.value.code == "usage"
    assert after(on, Claim("A-1", BOSS, "bob (qa)")).tasks[0].holder == "bob (qa)"


def test_a_note_says_who_and_changes_nothing_else() -> None:
    on = board(*CANONICAL)
    found = after(on, Note("TASK_001", DEPUTY, "looks fine"))
    assert found.tasks[0] is on.tasks[0]
    assert found.history[0].text == (
        "TASK_001 noted for eng@1 by alice (human) (todo -> todo): looks fine"
    )
    with pytest.raises(TodoError, match="history is off"):
        apply(on, Note("TASK_001", ENG, "x"), NOW, history=False)


def test_history_off_writes_none() -> None:
    outcome = apply(board(*CANONICAL), Claim("TASK_001", ENG), NOW, history=False)
    assert outcome.changed
    assert (outcome.entries, outcome.board.sections) == ((), ())


def test_a_board_without_a_file_can_be_played_on() -> None:
    task = Task(
        "A-1", "A-1", "T", "todo", "todo", "high", "high", "eng", None, (), "", None,
        (("tags", "x"),), (),
    )  # fmt: skip
    on = board_of([task])
    for asked in (Claim("A-1", ENG), Start("A-1", ENG), Finish("A-1", ENG), Note("A-1", ENG, "n")):
        on = apply(on, asked, NOW).board
    assert (on.tasks[0].status, on.tasks[0].claimed_by) == ("done", "eng@1")
    assert on.tasks[0].fields == (("claimed_by", "eng@1"), ("tags", "x"))
    assert [entry.event for entry in on.history] == ["claimed", "started", "finished", "noted"]
    on = apply(on, Add((Draft("More"),), BOSS), NOW).board
    assert [one.id for one in on.tasks] == ["A-1", "A-2"]
