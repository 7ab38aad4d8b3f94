"""What a refusal says, word for word, and which commands it offers."""

from __future__ import annotations

import pytest

from tests.board.words import BOSS, DEPUTY, ENG, NOW, OTHER, board, refused
from todo_tui.board.request import (
    Actor,
    Amend,
    Block,
    Claim,
    ClaimNext,
    Finish,
    Release,
    Seen,
    Start,
    Transition,
)
from todo_tui.board.transition import apply
from todo_tui.errors import Place

EARLIER = "2026-11-22T09:00:00Z"
LATER = "2026-11-22T10:00:00Z"

HELD = ('- TASK_001: "One"', "  status: in_progress", "  claimed_by: eng@1")
TODO = ('- TASK_001: "One"', "  status: todo")
FREE = ('- TASK_002: "Two"', "  status: todo")


def test_a_task_held_by_another_says_by_whom_and_since_when() -> None:
    on = board(
        *HELD,
        *FREE,
        history=f"{EARLIER}: TASK_001 claimed by eng@1 (todo -> claimed)\n"
        f"{LATER}: TASK_001 started by eng@1 (claimed -> in_progress)",
    )
    error = refused(on, Claim("TASK_001", OTHER))
    assert error.code == "already_claimed"
    assert error.message == (
        "TASK_001 is in progress with eng@1: claim another task, or ask eng@1 to give it up"
    )
    assert (error.holder, error.since, error.status) == ("eng@1", LATER, "in_progress")
    assert error.legal == ("todo-tui claim --next",)


def test_a_second_claim_by_a_bare_name_is_refused() -> None:
    on = board('- TASK_001: "One"', "  assigned_agent: eng", "  status: claimed")
    error = refused(on, Claim("TASK_001", Actor("eng")))
    assert error.code == "already_claimed"
    assert error.message == (
        "TASK_001 is claimed by eng: a name without a session cannot tell who claimed it; if it"
        " was you, start it, if not, claim another task"
    )
    assert error.legal[0] == "todo-tui start TASK_001"


def test_another_session_of_the_same_agent_is_not_the_holder() -> None:
    error = refused(board(*HELD), Finish("TASK_001", Actor("eng@2")))
    assert error.code == "not_holder"
    assert error.message == (
        "TASK_001 is in progress with eng@1, not eng@2: ask eng@1 or a supervisor to release it"
    )


def test_a_task_that_waits_names_what_it_waits_for() -> None:
    three = ('- TASK_003: "Three"', "  status: todo")
    on = board(*TODO, "  dependencies: [TASK_002, TASK_003]", *FREE, *three)
    error = refused(on, Claim("TASK_001", ENG))
    assert error.code == "not_ready"
    assert error.message == (
        "TASK_001 waits for TASK_002, TASK_003: claim another task until they are done"
    )
    assert error.legal == ("todo-tui claim --next",)
    one = board(*TODO, "  dependencies: TASK_002", *FREE)
    assert refused(one, Claim("TASK_001", DEPUTY)).message == (
        "TASK_001 waits for TASK_002: claim another task until it is done"
    )


@pytest.mark.parametrize(
    ("dependencies", "message"),
    [
        (
            "[TASK_002, TASK_009]",
            (
                "TASK_001 waits for TASK_002, TASK_009; TASK_009 is not in the file: correct the"
                " dependencies, or claim another task"
            ),
        ),
        (
            "[TASK_008, TASK_009]",
            (
                "TASK_001 waits for TASK_008, TASK_009; TASK_008, TASK_009 are not in the file:"
                " correct the dependencies, or claim another task"
            ),
        ),
        (
            "TASK_003",
            (
                "TASK_001 -> TASK_003 -> TASK_001 wait for each other: take away one of these"
                " dependencies, or claim another task"
            ),
        ),
    ],
)
def test_what_will_never_be_done_is_not_waited_for(dependencies: str, message: str) -> None:
    ring = ('- TASK_003: "Three"', "  status: todo", "  dependencies: [TASK_001]")
    on = board(*TODO, f"  dependencies: {dependencies}", *FREE, *ring)
    error = refused(on, Claim("TASK_001", ENG))
    assert (error.code, error.message) == ("not_ready", message)


def test_a_task_of_another_is_refused_by_name() -> None:
    on = board(*TODO, "  assigned_agent: eng@1")
    error = refused(on, Claim("TASK_001", Actor("eng@2")))
    assert error.code == "assigned_to_other"
    assert error.message == (
        "TASK_001 is assigned to eng@1, not to eng@2: claim another task, or have a supervisor"
        " assign it"
    )


def test_only_a_supervisor_claims_for_somebody_else() -> None:
    error = refused(board(*TODO), Claim("TASK_001", ENG, "qa"))
    assert error.code == "needs_supervisor"
    assert error.message == (
        "eng@1 cannot claim TASK_001 for qa: only a supervisor claims for somebody else"
    )


@pytest.mark.parametrize(
    ("asked", "message", "legal"),
    [
        (
            Release("TASK_001", BOSS),
            "TASK_001 cannot be released without a reason: say why with --reason",
            "todo-tui release TASK_001 --reason WHY",
        ),
        (
            Block("TASK_001", ENG, "  "),
            "TASK_001 cannot be blocked without a reason: say why with --reason",
            "todo-tui block TASK_001 --reason WHY",
        ),
    ],
)
def test_a_reason_that_is_missing(asked: Transition, message: str, legal: str) -> None:
    error = refused(board(*HELD), asked)
    assert (error.code, error.message) == ("needs_reason", message)
    assert legal in error.legal


def test_an_agent_that_comes_back_to_a_task_that_was_released() -> None:
    on = board(
        *TODO,
        history=f"{EARLIER}: TASK_001 claimed by eng@1 (todo -> claimed)\n"
        f"{LATER}: TASK_001 released by alice (human) (claimed -> todo): lunch took too long",
    )
    for asked in (Start("TASK_001", ENG), Finish("TASK_001", ENG), Release("TASK_001", ENG)):
        error = refused(on, asked)
        assert error.code == "released"
        assert error.message == (
            "TASK_001 was taken from eng@1: alice (human) released it at 2026-11-22T10:00:00Z:"
            " lunch took too long; stop this work, or ask alice"
        )
        assert (error.by, error.since, error.reason) == ("alice", LATER, "lunch took too long")
        assert error.legal == ("todo-tui claim TASK_001",)
    assert refused(on, Start("TASK_001", OTHER)).code == "illegal"


def test_the_answer_stays_when_somebody_else_has_the_task_by_then() -> None:
    on = board(
        '- TASK_001: "One"',
        "  status: claimed",
        "  claimed_by: qa",
        history=f"{EARLIER}: TASK_001 claimed by eng@1 (todo -> claimed)\n"
        f"{EARLIER}: TASK_001 released by alice (human) (claimed -> todo)\n"
        f"{LATER}: TASK_001 claimed by qa (todo -> claimed)",
    )
    assert refused(on, Start("TASK_001", ENG)).code == "released"
    assert refused(on, Start("TASK_001", Actor("x"))).code == "not_holder"
    assert refused(on, Claim("TASK_001", ENG)).code == "already_claimed"


def test_who_gave_a_task_up_is_told_the_way_back() -> None:
    on = board(
        *TODO,
        history=f"{EARLIER}: TASK_001 claimed by eng@1 (todo -> claimed)\n"
        f"{LATER}: TASK_001 released by eng@1 (claimed -> todo)",
    )
    error = refused(on, Start("TASK_001", ENG))
    assert error.code == "illegal"
    assert error.message == ("TASK_001 is todo and cannot be started: claim it, then start it")


def test_an_agent_that_comes_back_to_a_task_that_was_reassigned() -> None:
    before = board(*HELD, history=f"{EARLIER}: TASK_001 started by eng@1 (claimed -> in_progress)")
    on = apply(before, Amend("TASK_001", BOSS, assign="qa"), NOW).board
    assert on.tasks[0].holder == "qa"
    error = refused(on, Finish("TASK_001", ENG))
    assert error.code == "reassigned"
    assert error.message == (
        "TASK_001 was taken from eng@1: alice (human) reassigned it to qa at"
        " 2026-11-22T12:33:00Z: was eng@1; stop this work, or ask alice"
    )
    assert apply(on, Finish("TASK_001", OTHER), NOW).changed
    assert refused(on, Finish("TASK_001", Actor("x"))).code == "not_holder"


def test_a_claim_by_hand_is_known_by_the_assigned_name() -> None:
    on = board(
        *TODO,
        "  assigned_agent: eng@1",
        history=f"{EARLIER}: TASK_001 created by plan (none -> todo)\n"
        f"{LATER}: TASK_001 released by alice (human) (claimed -> todo)",
    )
    assert refused(on, Start("TASK_001", ENG)).code == "released"


def test_what_was_seen_must_be_so_still() -> None:
    on = board(*HELD)
    error = refused(on, Start("TASK_001", BOSS, seen=Seen("claimed", "eng@1")))
    assert error.code == "changed"
    assert error.message == (
        "TASK_001 has changed since it was looked at: it is in progress with eng@1 now; look again"
    )
    seen = Seen("in_progress", "eng@1")
    assert apply(on, Finish("TASK_001", BOSS, seen=seen), NOW).changed


def test_nothing_to_claim_counts_why() -> None:
    on = board(
        '- TASK_001: "One"', "  status: in_progress", "  claimed_by: eng@2",
        '- TASK_002: "Two"', "  status: todo", "  assigned_agent: qa",
        '- TASK_003: "Three"', "  status: todo", "  dependencies: [TASK_001]",
        '- TASK_004: "Four"', "  status: done",
        '- TASK_005: "Five"', "  status: paused",
    )  # fmt: skip
    error = refused(on, ClaimNext(ENG))
    assert error.code == "nothing"
    assert error.counts == {
        "done": 1, "assigned_to_others": 1, "dependencies_open": 1, "held": 1, "other": 1,
    }  # fmt: skip
    assert error.message == (
        "there is no task for eng@1 to claim (1 done, 1 assigned to others, 1 waiting for"
        " dependencies, 1 held, 1 not to be claimed): ask again when the file has changed"
    )
    assert refused(board(), ClaimNext(ENG)).message == (
        "there is no task for eng@1 to claim (the file has no tasks): ask again when the file has"
        " changed"
    )


def test_who_holds_tasks_and_finds_no_other_goes_on_with_these() -> None:
    error = refused(board(*HELD), ClaimNext(ENG))
    assert error.message == (
        "there is no task for eng@1 to claim (1 held): it holds TASK_001 itself, go on with that"
    )
    assert error.legal == ("todo-tui list --mine",)
    blocked = board('- TASK_001: "One"', "  status: blocked", "  claimed_by: eng@1")
    assert refused(blocked, ClaimNext(ENG)).message.endswith("ask again when the file has changed")


TWINS = (
    '- TASK_001: "One"', "  status: todo",
    '- TASK_001: "Other"', "  status: todo",
)  # fmt: skip


def test_an_id_that_stands_twice_is_refused_with_the_places() -> None:
    on = board(*TWINS)
    refs = [task.ref for task in on.tasks]
    error = refused(on, Claim("TASK_001", ENG))
    assert error.code == "ambiguous"
    assert error.message == (
        f"TASK_001 stands 2 times: name the one you mean, {refs[0]}, {refs[1]}"
    )
    assert error.places == (Place(refs[0], 2, "One"), Place(refs[1], 4, "Other"))
    assert apply(on, Claim(refs[1], ENG), NOW).tasks[0].title == "Other"


@pytest.mark.parametrize("name", ["T-1", "t-1"])
def test_a_name_that_would_be_refused_is_not_asked_for(name: str) -> None:
    """Twins of equal titles can be read, and changed by no command."""
    alike = ("- T-1: Same", "  status: todo") * 2
    on = board(*alike)
    error = refused(on, Claim(name, ENG))
    assert (error.code, len(error.places)) == ("ambiguous", 2)
    assert error.message == (
        f"{name} stands 2 times: the title is the same, give one of them another id or title in"
        " the file"
    )
    digits = on.tasks[0].ref.removesuffix(".1")
    assert refused(on, Claim(digits, ENG)).message == error.message.replace(name, digits)
    on = board(*alike, "- T-1: Other", "  status: todo")
    first, second, other = (task.ref for task in on.tasks)
    assert refused(on, Claim(name, ENG)).message == (
        f"{name} stands 3 times: name the one you mean, {other}; {first}, {second} cannot be told"
        " apart, give one of them another id or title in the file"
    )
    assert apply(on, Claim(other, ENG), NOW).tasks[0].title == "Other"


def test_of_many_places_the_first_five_are_named() -> None:
    on = board(*(line for n in range(7) for line in (f"- T-1: title {n}", "  status: todo")))
    refs = ", ".join(task.ref for task in on.tasks[:5])
    error = refused(on, Start("T-1", ENG))
    assert error.message == f"T-1 stands 7 times: name the one you mean, {refs} and 2 more"
    assert len(error.places) == 7


def test_what_is_so_already_says_who_holds_it() -> None:
    words = "there is nothing to do"
    assert refused(board(*HELD), Start("TASK_001", BOSS)).message == (
        f"TASK_001 is in progress already, eng@1 holds it: {words}"
    )
    done = board('- TASK_001: "One"', "  status: done")
    assert refused(done, Finish("TASK_001", BOSS)).message == f"TASK_001 is done already: {words}"


def test_twins_of_one_title_can_only_be_read() -> None:
    on = board(*TWINS[:2], *TWINS[:2])
    assert [task.ref[-2:] for task in on.tasks] == [".1", ".2"]
    error = refused(on, Claim(on.tasks[0].ref, ENG))
    assert error.code == "ambiguous"
    assert error.message == (
        f"{on.tasks[0].ref} cannot be told from a twin of the same title: give one of them another"
        " id or title in the file"
    )
    assert len(error.places) == 2
    assert refused(on, ClaimNext(ENG)).code == "nothing"


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("TASK_1", "there is no task TASK_1: did you mean TASK_001?"),
        ("TSAK_001", "there is no task TSAK_001: did you mean TASK_001?"),
        ("nothing", "there is no task nothing: todo-tui list shows them all"),
        ("TASK_001,TASK_001", "TASK_001,TASK_001 are several ids: give one at a time"),
        ("TASK_001 TASK_009", "there is no task TASK_001 TASK_009: todo-tui list shows them all"),
        ("", "the id is empty: todo-tui list shows those there are"),
    ],
)
def test_no_such_task(name: str, message: str) -> None:
    error = refused(board(*TODO), Start(name, ENG))
    assert (error.code, error.message, error.task) == ("no_task", message, name)


def test_a_group_is_no_task() -> None:
    on = board("epic_id: EPIC_1", "tasks:", '  - TASK_001: "One"', "    status: todo")
    assert refused(on, Start("EPIC_1", ENG)).message == (
        "EPIC_1 is a group of tasks, not a task: name one of its tasks"
    )


def test_a_held_task_is_assigned_anew_by_a_supervisor_alone() -> None:
    error = refused(board(*HELD), Amend("TASK_001", ENG, assign="qa"))
    assert error.code == "needs_supervisor"
    assert error.message == (
        "TASK_001 is in progress with eng@1: only a supervisor can assign a held task anew"
    )
    on = board('- TASK_001: "One"', "  status: claimed", "  assigned_agent: eng@1")
    error = refused(on, Amend("TASK_001", BOSS, assign=""))
    assert error.code == "illegal"
    assert error.message == (
        "TASK_001 is claimed by eng@1 and cannot be left without an agent: release it"
    )


def test_in_the_middle_of_a_merge_nothing_is_written() -> None:
    on = board("<<<<<<< ours", *TODO, "=======", *FREE, ">>>>>>> theirs")
    error = refused(on, Claim("TASK_001", ENG))
    assert error.code == "conflict"
    assert error.message == (
        "the file is in the middle of a merge: resolve the conflict markers first, nothing was"
        " written"
    )


@pytest.mark.parametrize(
    "move", ["started by eng@1 (claimed -> in_progress)", "blocked by eng@1 (claimed -> blocked)"]
)
def test_who_started_or_blocked_a_task_held_it(move: str) -> None:
    on = board(
        *TODO,
        history=f"{EARLIER}: TASK_001 {move}\n"
        f"{LATER}: TASK_001 released by alice (human) (claimed -> todo): late",
    )
    assert refused(on, Start("TASK_001", ENG)).code == "released"
    assert refused(on, Start("TASK_001", OTHER)).code == "illegal"


@pytest.mark.parametrize(
    ("name", "is_near"),
    [
        ("ALPHA-BETA_1XX", True),
        ("ALPHA-BETA_1XXX", False),
        ("ALPHA-BE_1", True),
        ("ALPHA-B_1", False),
        ("XLPHA-BETA_1", False),
        ("ALPHA-BETA_11", False),
        ("alpha-bteA_1", True),
    ],
)
def test_a_slip_is_of_two_characters_at_most_and_of_no_digit(name: str, *, is_near: bool) -> None:
    on = board("- ALPHA-BETA_1: x", "  status: todo")
    hint = "did you mean ALPHA-BETA_1?" if is_near else "todo-tui list shows them all"
    assert refused(on, Start(name, ENG)).message == f"there is no task {name}: {hint}"


@pytest.mark.parametrize("end", ["finished by qa (in_progress -> done)",
                                 "reopened by alice (human) (done -> todo): no",
                                 "unblocked by qa (blocked -> todo)"])  # fmt: skip
def test_what_is_over_was_nobodys_afterwards(end: str) -> None:
    on = board(
        *TODO,
        history=f"{EARLIER}: TASK_001 {end}\n"
        f"{LATER}: TASK_001 released by alice (human) (claimed -> todo): late",
    )
    assert refused(on, Start("TASK_001", ENG)).code == "illegal"


def test_what_an_agent_did_a_person_does_not_repeat() -> None:
    on = board(*TODO, history=f"{LATER}: TASK_001 released by eng@1 (claimed -> todo)")
    assert not apply(on, Release("TASK_001", ENG), NOW).changed
    assert refused(on, Release("TASK_001", DEPUTY, "late")).code == "illegal"
