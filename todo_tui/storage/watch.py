"""Following a file: each state of it that differs from the one before, as it comes.

Owns what wakes the reader: events of the folders that the name and the real file stand in (never of
the file itself, which goes deaf with its first replacement), and a look each second, always, for
what gives no event: a symlink's target elsewhere, a folder that was replaced, a network disk. Reads
on a thread. Must not know what the file says.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
from pathlib import Path

from todo_tui.errors import TodoError
from todo_tui.named_tuple import NamedTuple
from todo_tui.static import TYPE_CHECKING, Final
from todo_tui.storage.steady import PATIENCE

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from asyncinotify import Event

    from todo_tui.storage.todo_file import Snapshot, TodoFile

_POLL: Final = 1.0
"""Seconds between two looks where nothing wakes the reader."""

_RETRY: Final = 0.05
"""Seconds between two looks at a file that cannot be read, until that is believed."""

_LINUX: Final = sys.platform == "linux"

_STEP: Final = 5
_DEBOUNCE: Final = 50
"""Milliseconds: watchfiles delivers events after a pause of one, at the latest after the other."""


async def watch(
    file: TodoFile, known: Snapshot | None = None
) -> AsyncGenerator[Snapshot | TodoError, None]:
    """Each state of ``file`` that says something else than the one before; never a half one.

    The first comes at once, unless it is ``known``. A file that cannot be read for a second gives
    its TodoError, once; the next state that can be read follows even if it is the old one.
    """
    wake = asyncio.Event()
    listener = asyncio.create_task(_listen(file.path, wake))
    latest, told = known, ""
    failing_since: float | None = None
    try:
        while not listener.done():
            wake.clear()
            now = asyncio.get_running_loop().time()
            state = await asyncio.to_thread(_read, file, latest)
            if isinstance(state, TodoError):
                failing_since = now if failing_since is None else failing_since
                now = asyncio.get_running_loop().time()
                if now - failing_since >= PATIENCE and state.message != told:
                    told = state.message
                    yield state
            else:
                failing_since = None
                if state is not latest or told:
                    latest, told = state, ""
                    yield state
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(_POLL if told or failing_since is None else _RETRY):
                    await wake.wait()
        listener.result()
    finally:
        listener.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await listener


def _read(file: TodoFile, latest: Snapshot | None) -> Snapshot | TodoError:
    try:
        return file.read(latest)
    except TodoError as error:
        return error


class _Place(NamedTuple):
    """A folder to listen to, which directory that is now, and a name in it."""

    folder: str
    directory: tuple[int, int]
    name: str


def _places(path: Path) -> tuple[_Place, ...]:
    """Where the name and the real file stand; without folders that are not there."""
    places = []
    for file in dict.fromkeys((path, Path(os.path.realpath(path)))):
        with contextlib.suppress(OSError):
            status = file.parent.stat()
            directory = (status.st_dev, status.st_ino)
            places.append(_Place(str(file.parent), directory, file.name))
    return tuple(places)


async def _listen(path: Path, wake: asyncio.Event) -> None:
    """Set ``wake`` at each event of the file; listen anew where its folders are others.

    Those are looked at once in a while alone: until then they are read by the looks.
    """
    clock = asyncio.get_running_loop().time
    while True:
        places = await asyncio.to_thread(_places, path)
        # Whatever ails the events (a folder that went away, no more watches): the looks go on.
        with contextlib.suppress(OSError, RuntimeError):
            if places:
                looked = clock()
                async with contextlib.aclosing(_heard(places)) as heard:
                    async for something in heard:
                        if something:
                            wake.set()
                        if clock() - looked < _POLL:
                            continue
                        looked = clock()
                        if await asyncio.to_thread(_places, path) != places:
                            break
                wake.set()
                continue
        await asyncio.sleep(_POLL)


def _heard(places: tuple[_Place, ...]) -> AsyncGenerator[bool]:
    """True for each event of these names, False where there is none for a while."""
    folders = [place.folder for place in places]
    names = frozenset(place.name for place in places)
    if _LINUX:
        return _by_inotify(folders, names)
    return _by_watchfiles(folders, names)


async def _by_inotify(folders: list[str], names: frozenset[str]) -> AsyncGenerator[bool]:
    """Told at once, where watchfiles asks each few milliseconds and waits for a pause."""
    from asyncinotify import Inotify, Mask

    content = Mask.MODIFY | Mask.CLOSE_WRITE | Mask.CREATE | Mask.DELETE | Mask.MOVE
    with Inotify(sync_timeout=0) as inotify:
        for folder in folders:
            inotify.add_watch(folder, content | Mask.DELETE_SELF | Mask.MOVE_SELF)
        told = True  # what changed before was not heard
        while True:
            yield told
            told = False
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(_POLL):
                    while not told:
                        event: Event | None = await inotify.get()
                        while event is not None:  # one change gives several, which are there now
                            told = told or event.name is None or str(event.name) in names
                            event = inotify.sync_get()


async def _by_watchfiles(folders: list[str], names: frozenset[str]) -> AsyncGenerator[bool]:
    from watchfiles import Change, awatch

    def concerns(_: Change, changed: str) -> bool:
        return Path(changed).name in names

    changes = awatch(
        *folders,
        watch_filter=concerns,
        step=_STEP,
        debounce=_DEBOUNCE,
        rust_timeout=int(_POLL * 1000),
        yield_on_timeout=True,
        recursive=False,
    )
    async with contextlib.aclosing(changes):
        async for change in changes:
            yield bool(change)
