"""What requests change: single fields, holders, times, retries."""

from __future__ import annotations

import pytest

from tests.board import scenes
from tests.board.words import BOSS, DEPUTY, ENG, NOW, OTHER, after, board, lines, of
from todo_tui.board.board import board_of
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
from todo_tui.errors import TodoError

STAMP = "2026-11-22T12:33:00Z"


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


def test_done_is_repeated_where_the_history_does_not_tell_of_it() -> None:
    on = after(board(*CANONICAL), Claim("TASK_001", ENG))
    for asked in (Start("TASK_001", ENG), Finish("TASK_001", ENG)):
        on = apply(on, asked, NOW, history=False).board
    assert not apply(on, Finish("TASK_001", ENG), NOW, history=False).changed
    with pytest.raises(TodoError) as error:
        apply(on, Finish("TASK_001", OTHER), NOW, history=False)
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
        (Amend("A-1", ENG, priority=""), True),
        (Amend("A-2", ENG, priority="none"), False),
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


@pytest.mark.parametrize(
    ("item", "other", "left"),
    [
        (("- A-1: T", "  priority: high  # now", "  status: todo"), (),
         ["- A-1: T", "  status: todo"]),
        (("- A-1: T", "  priority: high  # now", "  status: todo"),
         ("- A-2: T", "  priority: null", "  status: todo"),
         ["- A-1: T", "  priority: null  # now", "  status: todo"]),
        (("- A-1: T", "  priority: high", "  Priority: low", "  agent: qa"), (),
         ["- A-1: T", "  priority:", "  Priority:", "  agent: qa"]),
        (("- A-1: T", "  priority: ~", "  status: todo"), (),
         ["- A-1: T", "  priority: ~", "  status: todo"]),
        (('- A-1: "T" (qa) [high] [todo]',), (), ['- A-1: "T" (qa) [todo]']),
    ],
)  # fmt: skip
@pytest.mark.parametrize("none", ["", "none"])
def test_a_priority_is_taken_away(
    item: tuple[str, ...], other: tuple[str, ...], left: list[str], none: str
) -> None:
    found = after(board(*item, *other), Amend("A-1", ENG, priority=none))
    assert lines(found)[: len(left)] == left
    assert found.tasks[0].priority is None


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
            ("- A-1:", "  status: todo", "  summary:"),
            ['- A-1: "a: b"', "  status: todo", "  summary:"],
        ),
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


def test_a_task_without_a_file_and_a_status_stays_a_task() -> None:
    made = scenes.board(scenes.task("T1", "", title="Old"))
    (one,) = apply(made, Amend("T1", BOSS, title="New"), NOW).tasks
    assert (one.title, one.status, one.raw_status) == ("New", "todo", "")
    assert [fault.code for fault in one.faults] == ["no_status"]


@pytest.mark.parametrize(
    ("raw", "canonical", "word"),
    [("P1-High", "high", "P1-High"), ("", "high", "high"), ("soon", None, "soon"), ("", None, "")],
)
def test_a_task_without_a_file_keeps_the_word_of_its_priority(
    raw: str, canonical: str | None, word: str
) -> None:
    one = scenes.task("T1")._replace(raw_priority=raw, priority=canonical)
    found = apply(scenes.board(one), Claim("T1", ENG), NOW).tasks[0]
    assert (found.raw_priority, found.priority) == (word, canonical)


def test_who_is_nobody_already_is_written_as_before() -> None:
    rows = [f'- TASK_00{n}: "x"\n  status: todo\n  assigned_agent: ~\n' for n in (2, 3)]
    on = of('- TASK_001: "x"\n  status: todo\n  assigned_agent: null\n' + "".join(rows))
    assert not apply(on, Amend("TASK_001", BOSS, assign=""), NOW).changed


@pytest.mark.parametrize(
    ("first", "second", "word"),
    [
        ("depends_on", "depends_on", "depends_on"),
        ("blocked_by", "blocked_by", "blocked_by"),
        ("owner", "owner", "dependencies"),
    ],
)
def test_a_new_field_is_called_as_most_tasks_call_it(first: str, second: str, word: str) -> None:
    rows = ('- TASK_001: "x"', "  status: todo")
    others = ('- TASK_002: "x"', "  status: todo", f"  {first}: []",
              '- TASK_003: "x"', "  status: todo", f"  {second}: []",
              '- TASK_004: "x"', "  status: todo", "  dependencies: []")  # fmt: skip
    found = lines(after(board(*rows, *others), Amend("TASK_001", BOSS, depends_on=("TASK_002",))))
    assert found[2] == f"  {word}: [TASK_002]"


@pytest.mark.parametrize(
    ("said", "new"),
    [
        ("A-2 (must exist first)", "[A-2 (must exist first), A-3]"),
        ("A-2 (now), A-4", "[A-2 (now), A-3]"),
        ("A-2 — soon", "[A-2 — soon, A-3]"),
        ("A-2 and A-3", "[A-2, A-3]"),
        ("A-2 (behind A-4)", "[A-2, A-3]"),
        ("[A-3 (x), A-2 (y)]", "[A-2 (y), A-3 (x)]"),
        ("none", "[A-2, A-3]"),
    ],
)
def test_words_about_a_dependency_stay_with_it(said: str, new: str) -> None:
    """Unless they name another: then it would seem to be waited for."""
    others = [f"- A-{number}: T\n  status: done" for number in (2, 3, 4)]
    on = board("- A-1: T", "  status: todo", f"  depends_on: {said}", *others)
    found = lines(after(on, Amend("A-1", ENG, depends_on=("A-2", "A-3"))))
    assert found[2] == f"  depends_on: {new}"


def test_dependencies_that_are_the_same_are_left_as_they_are() -> None:
    others = [f"- A-{number}: T\n  status: done" for number in (2, 3)]
    for said in ("A-2 (x), A-3", "[A-2, 'A-3 (y)']", "A-2,A-3", "{A-2: x, A-3: y}"):
        on = board("- A-1: T", "  status: todo", f"  depends_on: {said}", *others)
        assert after(on, Amend("A-1", ENG, depends_on=("A-2", "A-3"))) == on


def test_a_list_takes_the_place_of_words_below_a_field() -> None:
    text = (
        "### A-1: T\n- **Status**: todo\n- **Depends on**:\n  A-2,\n  {}\n\n"
        "### A-2: T\n- **Status**: todo\n\n### A-3: T\n- **Status**: todo\n"
    )
    found = after(of(text.format("soon")), Amend("A-1", ENG, depends_on=("A-3",)))
    assert found.document is not None
    assert found.document.text == text.replace("  A-2,\n  {}\n", "  - A-3\n")


def test_deeper_items_below_a_heading_are_items_of_the_list() -> None:
    text = (
        "### A-1: T\n- **Status**: todo\n- **Depends on**:\n  - A-2 (x)\n    - A-3\n  # words\n\n"
        "### A-2: T\n- **Status**: todo\n\n### A-3: T\n- **Status**: todo\n"
    )
    found = after(of(text), Amend("A-1", ENG, depends_on=("A-3",)))
    assert found.document is not None
    listed = "  - A-2 (x)\n    - A-3\n  # words\n"
    assert found.document.text == text.replace(listed, "  - A-3 # words\n")
