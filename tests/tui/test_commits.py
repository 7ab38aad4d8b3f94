"""Writing: one after the other, never lost on the way out, and said where it failed."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING

from tests.tui.desk import ALICE, desk, task
from todo_tui.board.transition import Claim, Start
from todo_tui.errors import TodoError
from todo_tui.tui.commit_queue import CommitQueue

if TYPE_CHECKING:
    from tests.tui.desk import Desk
    from todo_tui.board.transition import Transition
    from todo_tui.storage.snapshot import Commit

TASKS = [task("A-1"), task("A-2"), task("A-3")]


async def until(it: Desk, said: str) -> None:
    async with asyncio.timeout(10):
        while said not in it.text:
            await it.pilot.pause()


def test_transitions_are_committed_in_order_by_one_thread() -> None:
    threads: set[str] = set()
    done: list[Transition] = []
    results: list[Commit | BaseException] = []
    all_there = threading.Event()
    asked = [Claim(f"A-{number}", ALICE) for number in range(50)]

    def commit(transition: Transition) -> Commit:
        threads.add(threading.current_thread().name)
        done.append(transition)
        raise TodoError("illegal", "no")

    def deliver(_asked: Transition | None, result: Commit | BaseException) -> None:
        results.append(result)
        if len(results) == len(asked):
            all_there.set()

    queue = CommitQueue(commit, deliver)
    for transition in asked:
        queue.put(transition)
    assert all_there.wait(10)
    assert done == asked
    assert threads == {"commits"}
    assert queue.pending == 0
    assert all(isinstance(result, TodoError) for result in results)


async def test_what_a_commit_has_to_say_beside_is_said() -> None:
    async with desk(TASKS) as it:
        it.file.unwritten = "it is done, but not in the journal: the disk is full"
        await it.pilot.press("c")
        await until(it, "but not in the journal")
        assert it.file.board.tasks[0].status == "claimed"


async def test_keys_go_on_while_a_commit_waits() -> None:
    async with desk(TASKS) as it:
        it.file.free.clear()
        await it.pilot.press("c")
        await it.pilot.press("j", "j")
        await it.pilot.pause()
        assert it.selected == "A-3"
        it.clock.advance(1.1)
        await until(it, "waiting for the file: somebody else is writing")
        it.file.free.set()
        await it.settle()
        assert it.file.commits == [Claim("A-1", ALICE, seen=it.file.commits[0].seen)]  # type: ignore[union-attr]
        assert it.heads.startswith("1 todo 2 │ 2 claimed 1")


async def test_two_tasks_are_claimed_while_the_first_waits() -> None:
    async with desk(TASKS) as it:
        it.file.free.clear()
        await it.pilot.press("c", "j", "c")
        it.file.free.set()
        await it.settle()
        assert [type(made) for made in it.file.commits] == [Claim, Claim]


async def test_leaving_waits_for_what_was_asked_for() -> None:
    async with desk(TASKS) as it:
        it.file.free.clear()
        await it.pilot.press("c", "q")
        await until(it, "leaving when the last change to the file is written")
        await it.pilot.press("j", "c")
        assert it.app.is_running
        it.file.free.set()
        assert await it.left() == 0
        assert len(it.file.commits) == 1
        assert it.app.unwritten is None


async def test_leaving_gives_up_after_a_while_and_says_so() -> None:
    async with desk(TASKS) as it:
        it.file.free.clear()
        await it.pilot.press("c", "q")
        await until(it, "leaving when")
        it.clock.advance(16)
        await it.left()
        it.file.free.set()
        assert it.app.unwritten is not None
        assert it.app.unwritten.code == "locked"
        assert "left before the last change" in it.app.unwritten.message


async def test_what_fails_on_the_way_out_is_said_afterwards() -> None:
    async with desk(TASKS) as it:
        it.file.free.clear()
        await it.pilot.press("c", "q")
        await until(it, "leaving when")
        it.file.behind(TodoError("disk", "the disk is full"))
        it.file.free.set()
        await it.left()
        assert it.app.unwritten is not None
        assert it.app.unwritten.message == "the disk is full"


async def test_a_commit_that_fails_says_why_and_the_board_stays() -> None:
    async with desk(TASKS) as it:
        it.file.behind(TodoError("disk", "the disk is full: the file is as it was"))
        await it.press("c")
        assert "✗ the disk is full: the file is as it was" in it.text
        assert it.selected == "A-1"
        assert it.heads.startswith("1 todo 3")


async def test_a_step_is_refused_until_the_one_before_is_in_the_file() -> None:
    """The screen shows the file: nothing is taken for done before it is."""
    async with desk(TASKS) as it:
        it.file.free.clear()
        await it.pilot.press("c", "s")
        await until(it, "A-1 is todo and cannot be started")
        it.file.free.set()
        await it.settle()
        await it.press("s")
        assert [type(made) for made in it.file.commits] == [Claim, Start]
