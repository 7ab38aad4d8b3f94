"""Following a file: every whole state, soon, once; never a half one."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import sys
import threading
import time
from contextlib import aclosing
from typing import TYPE_CHECKING

import pytest

from tests.storage.toy import put_by_rename
from todo_tui.errors import TodoError
from todo_tui.storage import hearing
from todo_tui.storage import watch as watching
from todo_tui.storage.snapshot import Snapshot
from todo_tui.storage.todo_file import TodoFile
from todo_tui.storage.watch import watch

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Collection, Sequence
    from pathlib import Path


def text(title: str, count: int = 1) -> bytes:
    tasks = "".join(f'- TASK_{n:03}: "{title} {n}"\n  status: todo\n' for n in range(count))
    return f"# Work\n\n{tasks}\n## Notes\n\nThe end.\n".encode()


def title(state: Snapshot | TodoError) -> str:
    assert isinstance(state, Snapshot), state
    return state.board.tasks[0].title.removesuffix(" 0")


async def after(states: AsyncIterator[Snapshot | TodoError]) -> Snapshot | TodoError:
    return await asyncio.wait_for(anext(states), 20)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "TODO.md"
    file.write_bytes(text("One"))
    return file


@pytest.fixture(params=["inotify", "watchfiles"], autouse=True)
def ears(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Each test is run with both ways to hear of changes; the first is there on Linux only."""
    if request.param == "watchfiles":
        monkeypatch.setattr(hearing, "_Inotify", hearing._Watchfiles, raising=False)
        return "watchfiles.watch"
    if sys.platform != "linux":
        pytest.skip("this system has no inotify")
    return "asyncinotify.Inotify"


def truncating(path: Path, data: bytes) -> None:
    path.write_bytes(data)


def recreating(path: Path, data: bytes) -> None:
    path.unlink()
    path.write_bytes(data)


def like_vim(path: Path, data: bytes) -> None:
    path.rename(path.with_name("TODO.md~"))
    path.write_bytes(data)


def in_place(path: Path, data: bytes) -> None:
    with path.open("r+b") as file:
        file.write(data)
        file.truncate()


WRITERS = [put_by_rename, truncating, recreating, like_vim, in_place]


@pytest.mark.parametrize("write", WRITERS)
async def test_each_way_to_write_is_seen_again_and_again(
    path: Path, write: Callable[[Path, bytes], None]
) -> None:
    async with aclosing(watch(TodoFile(path))) as states:
        assert title(await after(states)) == "One"
        for name in ("Two", "Three", "Four"):
            write(path, text(name))
            assert title(await after(states)) == name


async def test_what_is_known_is_not_told_again(path: Path) -> None:
    file = TodoFile(path)
    known = file.read()
    async with aclosing(watch(file, known)) as states:
        waiting = asyncio.ensure_future(after(states))
        put_by_rename(path, text("Two"))
        assert title(await waiting) == "Two"


async def test_states_that_come_soon_after_another_are_told_with_their_boards_unread(
    path: Path,
) -> None:
    async with aclosing(watch(TodoFile(path), apart=3600)) as states:
        first = await after(states)
        assert isinstance(first, Snapshot)
        assert not first.is_unread
        put_by_rename(path, text("Two"))
        second = await after(states)
        assert isinstance(second, Snapshot)
        assert second.is_unread
        assert title(second) == "Two"
        assert not second.is_unread


async def test_a_state_that_says_the_same_is_not_told(path: Path) -> None:
    async with aclosing(watch(TodoFile(path))) as states:
        await after(states)
        os.utime(path)
        put_by_rename(path, text("One"))
        put_by_rename(path, text("Two"))
        assert title(await after(states)) == "Two"


async def test_other_files_beside_it_are_nothing(path: Path) -> None:
    async with aclosing(watch(TodoFile(path))) as states:
        await after(states)
        path.with_name("OTHER.md").write_bytes(text("Other"))
        (path.parent / "deep").mkdir()
        (path.parent / "deep" / "TODO.md").write_bytes(text("Deep"))
        put_by_rename(path, text("Two"))
        assert title(await after(states)) == "Two"


async def test_a_half_file_is_never_told(path: Path) -> None:
    """A writer that truncates and comes back for the rest, each time only after a while."""
    names = [f"Version {n}" for n in range(6)]
    seen: list[Snapshot | TodoError] = []

    async def write() -> None:
        for name in names:
            data = text(name, 400)
            with path.open("wb", buffering=0) as file:
                for at in range(0, len(data), len(data) // 3 + 1):
                    await asyncio.to_thread(time.sleep, 0.03)
                    file.write(data[at : at + len(data) // 3 + 1])

    path.write_bytes(text("Version 0", 400))
    async with aclosing(watch(TodoFile(path))) as states:
        writing = asyncio.create_task(write())
        while not seen or title(seen[-1]) != names[-1]:
            seen.append(await after(states))
        await writing
    wholes = {text(name, 400) for name in names}
    assert [state for state in seen if isinstance(state, TodoError)] == []
    assert all(isinstance(state, Snapshot) and state.data in wholes for state in seen)


async def test_a_file_that_is_gone_is_told_once_and_its_return_too(path: Path) -> None:
    async with aclosing(watch(TodoFile(path))) as states:
        await after(states)
        path.unlink()
        error = await after(states)
        assert isinstance(error, TodoError)
        assert error.code == "no_file"
        returned = asyncio.ensure_future(after(states))
        path.write_bytes(text("One"))
        assert title(await returned) == "One"


async def test_a_file_that_is_no_text_for_a_while_is_told(path: Path) -> None:
    async with aclosing(watch(TodoFile(path))) as states:
        await after(states)
        put_by_rename(path, b"\0\n")
        error = await after(states)
        assert isinstance(error, TodoError)
        assert error.code == "not_text"
        put_by_rename(path, text("Two"))
        assert title(await after(states)) == "Two"


async def test_a_file_that_is_not_there_yet_is_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "later" / "TODO.md"
    async with aclosing(watch(TodoFile(path))) as states:
        assert isinstance(await after(states), TodoError)
        path.parent.mkdir()
        path.write_bytes(text("One"))
        assert title(await after(states)) == "One"
        put_by_rename(path, text("Two"))
        assert title(await after(states)) == "Two"


async def test_a_folder_that_is_replaced_is_followed(path: Path) -> None:
    folder = path.parent / "work"
    folder.mkdir()
    shutil.copy(path, folder / "TODO.md")
    async with aclosing(watch(TodoFile(folder / "TODO.md"))) as states:
        assert title(await after(states)) == "One"
        for name in ("Two", "Three"):
            fresh = path.parent / name
            fresh.mkdir()
            (fresh / "TODO.md").write_bytes(text(name))
            folder.rename(path.parent / f"before {name}")
            fresh.rename(folder)
            assert title(await after(states)) == name
        put_by_rename(folder / "TODO.md", text("Four"))
        assert title(await after(states)) == "Four"


async def test_the_target_of_a_symlink_is_followed_and_the_link_too(path: Path) -> None:
    folder = path.parent / "links"
    folder.mkdir()
    link = folder / "LINK.md"
    link.symlink_to(path)
    async with aclosing(watch(TodoFile(link))) as states:
        assert title(await after(states)) == "One"
        put_by_rename(path, text("Two"))
        assert title(await after(states)) == "Two"
        other = path.parent / "other"
        other.mkdir()
        (other / "TARGET.md").write_bytes(text("Three"))
        (folder / "fresh").symlink_to(other / "TARGET.md")
        (folder / "fresh").rename(link)
        assert title(await after(states)) == "Three"
        put_by_rename(other / "TARGET.md", text("Four"))
        assert title(await after(states)) == "Four"


async def test_the_folder_of_a_new_target_is_listened_to(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loop, heard = asyncio.get_running_loop(), asyncio.Queue[tuple[str, ...]]()
    hear = hearing.hear

    def listened(folders: Sequence[str], names: Collection[str]) -> hearing.Ears:
        loop.call_soon_threadsafe(heard.put_nowait, tuple(folders))
        return hear(folders, names)

    monkeypatch.setattr(watching, "hear", listened)
    folder, other = path.parent / "links", path.parent / "other"
    folder.mkdir()
    other.mkdir()
    link = folder / "LINK.md"
    link.symlink_to(path)
    (other / "TARGET.md").write_bytes(text("Two"))
    async with aclosing(watch(TodoFile(link))) as states:
        assert title(await after(states)) == "One"
        assert await asyncio.wait_for(heard.get(), 20) == (str(folder), str(path.parent))
        (folder / "fresh").symlink_to(other / "TARGET.md")
        (folder / "fresh").rename(link)
        assert title(await after(states)) == "Two"
        assert await asyncio.wait_for(heard.get(), 20) == (str(folder), str(other))


async def test_without_events_the_file_is_looked_at(
    path: Path, ears: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def deaf(*_: object, **__: object) -> object:
        raise OSError("no more watches")

    monkeypatch.setattr(ears, deaf)
    async with aclosing(watch(TodoFile(path))) as states:
        assert title(await after(states)) == "One"
        put_by_rename(path, text("Two"))
        assert title(await after(states)) == "Two"


async def test_without_events_it_is_looked_at_often_only_where_it_cannot_be_read_until_that_is_told(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loop, waits = asyncio.get_running_loop(), asyncio.Queue[float]()

    class Noting(hearing.Deaf):
        def wait(self, seconds: float) -> None:
            loop.call_soon_threadsafe(waits.put_nowait, seconds)
            super().wait(min(seconds, 0.02))

    monkeypatch.setattr(watching, "hear", lambda *_: Noting())
    async with aclosing(watch(TodoFile(path))) as states:
        assert title(await after(states)) == "One"
        put_by_rename(path, b"\0\n")
        assert isinstance(await after(states), TodoError)
        before = [waits.get_nowait() for _ in range(waits.qsize())]
        later = [await asyncio.wait_for(waits.get(), 20) for _ in range(3)]
    assert 0 < min(before) < 0.5
    assert later == [1.0, 1.0, 1.0]


async def test_events_that_were_not_to_be_had_are_asked_for_again(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loop, heard = asyncio.get_running_loop(), asyncio.Queue[bool]()
    hear, watches = hearing.hear, iter([False, False, True])

    def listened(folders: Sequence[str], names: Collection[str]) -> hearing.Ears:
        free = next(watches)
        loop.call_soon_threadsafe(heard.put_nowait, free)
        if not free:
            raise OSError("no more watches")
        return hear(folders, names)

    monkeypatch.setattr(watching, "hear", listened)
    async with aclosing(watch(TodoFile(path))) as states:
        assert title(await after(states)) == "One"
        for free in (False, False, True):
            assert await asyncio.wait_for(heard.get(), 20) is free
        put_by_rename(path, text("Two"))
        assert title(await after(states)) == "Two"


async def test_a_fault_in_listening_is_not_kept_quiet(
    path: Path, ears: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> object:
        raise ZeroDivisionError

    monkeypatch.setattr(ears, broken)
    async with aclosing(watch(TodoFile(path))) as states:
        await after(states)
        with pytest.raises(ZeroDivisionError):
            await after(states)


async def test_it_ends_when_it_is_cancelled(path: Path) -> None:
    told = asyncio.Event()

    async def follow() -> None:
        async for _ in watch(TodoFile(path)):
            told.set()

    known = set(threading.enumerate())
    following = asyncio.create_task(follow())
    await asyncio.wait_for(told.wait(), 20)
    (follower,) = (it for it in set(threading.enumerate()) - known if it.name == "follow")
    following.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await asyncio.wait_for(following, 5)
    assert following.cancelled()
    await asyncio.to_thread(follower.join, 20)
    assert not follower.is_alive()


async def test_watching_makes_nothing(path: Path) -> None:
    async with aclosing(watch(TodoFile(path))) as states:
        await after(states)
        put_by_rename(path, text("Two"))
        await after(states)
    assert [p.name for p in path.parent.iterdir()] == ["TODO.md"]
