"""The oracle is worth what it notices: each promise is broken once, by hand."""

from __future__ import annotations

from tests.storm.oracle import Verdict, judge
from tests.storm.record import Ask, Call, Edit, Told, Verb
from tests.storm.scene import MARK, scene

BEFORE = scene(10, 1, free=True)
ITEM = BEFORE.decode("utf-8", "surrogateescape").index("- TASK_0002:")
CLAIM = "- 2026-11-02T10:00:00Z: TASK_0002 claimed by ann (todo -> claimed)\n"
PUT = '  status: claimed\n  claimed_by: ann\n  created_at: "2026-11-01T10:00:00Z"\n- TASK_0003'
CLAIMED = (b'  status: todo\n  created_at: "2026-11-01T10:00:00Z"\n- TASK_0003', PUT.encode())


def edited(data: bytes, *pairs: tuple[bytes, bytes]) -> bytes:
    for old, new in pairs:
        assert data.count(old) == 1, old
        data = data.replace(old, new)
    return data


def with_line(data: bytes, line: str) -> bytes:
    return edited(data, (b"\n## Appendix", f"{line}\n## Appendix".encode()))


AFTER = with_line(edited(BEFORE, CLAIMED), CLAIM)


def call(
    actor: str = "ann",
    verb: Verb = "claim",
    ref: str = "TASK_0002",
    *,
    said: str | None = None,
    at: int = 10,
    code: str | None = None,
    changed: bool = True,
    unknown: bool = False,
) -> Call:
    told = None if unknown else Told(code, changed and code is None, (ref,))
    answered = None if unknown else at + 5
    return Call(actor, False, at, Ask(verb, ref, said), answered, told)


def problems(after: bytes, *calls: Call) -> list[str]:
    return judge(BEFORE, after, calls).problems


def test_all_is_well() -> None:
    verdict = judge(BEFORE, AFTER, [call(), call("bob", at=20, code="already_claimed")])
    assert verdict.problems == []
    assert (verdict.successes, verdict.refusals["already_claimed"]) == (1, 1)


def test_a_task_that_is_won_twice() -> None:
    assert problems(AFTER, call(), call("bob", at=20)) != []
    other = CLAIM.replace("ann", "bob")
    assert problems(with_line(AFTER, other), call(), call("bob", at=20)) != []


def test_a_success_that_is_not_there() -> None:
    verdict = judge(BEFORE, BEFORE, [call()])
    assert verdict.silent == 1
    assert verdict.problems != []


def test_a_failure_that_did_something() -> None:
    assert problems(AFTER, call(code="locked")) != []


def test_the_unanswered_call_of_one_who_was_killed_may_be_either() -> None:
    assert problems(AFTER, call(unknown=True)) == []
    assert problems(BEFORE, call(unknown=True)) == []
    assert problems(AFTER, call("bob", unknown=True)) != []


def test_the_unanswered_call_may_have_taken_another_task_than_the_ones_before() -> None:
    second = CLAIM.replace("TASK_0002", "TASK_0004")
    item = (
        CLAIMED[0].replace(b"0003", b"0005"),
        CLAIMED[1].replace(b"0003", b"0005"),
    )
    after = with_line(edited(AFTER, item), second)
    assert problems(after, call(), call("ann", "claim next", "", at=20, unknown=True)) == []
    assert problems(after, call(), call("ann", "claim", at=20, unknown=True)) != []


def test_the_unanswered_call_is_the_last_of_several_alike() -> None:
    released = CLAIM.replace("claimed", "released").replace("todo -> released", "claimed -> todo")
    noted = "- 2026-11-02T10:00:00Z: TASK_0003 noted by bob (todo -> todo): first\n"
    after = AFTER
    for line in (released, noted, CLAIM):
        after = with_line(after, line)
    calls = [
        call(at=10),
        call(verb="release", at=20),
        call("bob", "note", "TASK_0003", said="first", at=30),
    ]
    assert problems(after, *calls, call(at=40, unknown=True)) == []
    assert problems(after, *calls) != []


def test_a_line_in_the_history_without_its_change() -> None:
    assert problems(with_line(BEFORE, CLAIM), call()) != []


def test_a_change_without_its_line_in_the_history() -> None:
    assert problems(edited(BEFORE, CLAIMED), call(changed=False)) != []


def test_a_line_that_stands_twice() -> None:
    assert problems(with_line(AFTER, CLAIM), call()) != []


def test_lines_in_the_wrong_order() -> None:
    note = "- 2026-11-02T10:00:00Z: TASK_0003 noted by bob (todo -> todo): first\n"
    late = with_line(AFTER, note)
    first = call("bob", "note", "TASK_0003", said="first", at=1)
    assert problems(late, call(), first) != []
    assert problems(late, call(), first._replace(asked=12, answered=20)) == []


def test_an_id_that_is_given_twice() -> None:
    adds = [
        call(name, "add", "TASK_0011", said=f"by {name}", at=at)
        for name, at in (("ann", 10), ("bob", 20))
    ]
    created = "- 2026-11-02T10:00:00Z: TASK_0011 created by {} (none -> todo)\n"
    item = b'- TASK_0011: "by ann part 0"\n  priority: medium\n  status: todo\n```\n\nBetween'
    once = with_line(edited(BEFORE, (b"```\n\nBetween", item)), created.format("ann"))
    assert problems(once, adds[0]) == []
    assert problems(with_line(once, created.format("bob")), *adds) != []


def test_a_byte_that_has_changed() -> None:
    for old, new in (
        (b"Mojibake", b"Mojibaku"),
        (b"\xff\xfe", b"\xff\xff"),
        (b"- TASK_0003: ", b"-  TASK_0003: "),
        (b"# a comment before the first\n", b""),
        (b"~~~\r\n", b"~~~\n"),
        (b"Between the fences.\n", b"Between the fences.\nwho wrote this?\n"),
    ):
        assert problems(edited(AFTER, (old, new)), call()) != [], old


def edit(began: int, finished: int, token: str = "editor-0.0", replaced: str | None = None) -> Edit:
    return Edit("editor-0", "rename", token, replaced, began, began, finished, "")


def stale(began: int, finished: int, after: bytes = BEFORE) -> Verdict:
    """An editor writes a text without Ann's claim, which was asked at 10 and answered at 15."""
    token = after.replace(b"priority", b"remark: editor-0.0\n  priority", 1)
    return judge(BEFORE, token, [call()], [edit(began, finished)], version=lambda _: token)


def test_a_success_reverted_by_an_editor_is_told_apart_from_a_silent_loss() -> None:
    reverted = stale(8, 30)
    assert (reverted.reverted, reverted.silent, reverted.problems) == (1, 0, [])
    assert stale(16, 30).silent == 1, "it had read our success"
    assert stale(1, 5).silent == 1, "it had written before"


def test_of_two_alike_the_one_is_reverted_that_an_editor_wrote_over() -> None:
    """Ann claims, releases and claims the task again; an editor has not read the second claim."""
    released = CLAIM.replace("claimed", "released").replace("todo -> released", "claimed -> todo")
    noted = "- 2026-11-02T10:00:00Z: TASK_0003 noted by bob (todo -> todo): first\n"
    text = BEFORE.replace(b"priority", b"remark: editor-0.0\n  priority", 1)
    for line in (CLAIM, released, noted):
        text = with_line(text, line)
    calls = [
        call(at=10),
        call(verb="release", at=20),
        call("bob", "note", "TASK_0003", said="first", at=30),
        call(at=40),
    ]

    def seen(began: int, finished: int) -> Verdict:
        return judge(BEFORE, text, calls, [edit(began, finished)], version=lambda _: text)

    reverted = seen(38, 50)
    assert (reverted.reverted, reverted.silent, reverted.problems) == (1, 0, [])
    assert seen(8, 12).silent == 1, "it had nothing to do with the second claim"
    assert seen(46, 50).silent == 1, "it had read the second claim"

    two = [edit(8, 12, "editor-0.1"), edit(38, 50, replaced="editor-0.1")]
    versions = {"editor-0.1": BEFORE, "editor-0.0": text}
    both = judge(BEFORE, text, calls, two, version=lambda one: versions[one.token])
    assert (both.reverted, both.silent, both.problems) == (1, 0, [])


def test_an_edit_that_is_gone() -> None:
    mark = (MARK.encode(), b"editor-0.0".ljust(len(MARK), b"."))
    there = AFTER.replace(*mark, 1)
    assert judge(BEFORE, there, [call()], [edit(1, 2)], version=lambda _: there).problems == []
    lost = judge(BEFORE, AFTER, [call()], [edit(1, 2)], version=lambda _: there)
    assert (lost.edits_lost, len(lost.problems)) == (1, 1)
    kept = judge(BEFORE, AFTER, [call()], [edit(1, 2)], version=lambda _: there, unmerged=[there])
    assert (kept.edits_lost, kept.unmerged, kept.problems) == (1, 1, [])
    later = AFTER.replace(mark[0], b"editor-0.1".ljust(len(MARK), b"."), 1)
    two = [edit(1, 2), edit(3, 4, "editor-0.1", "editor-0.0")]
    assert judge(BEFORE, later, [call()], two, version=lambda _: there).problems == []
