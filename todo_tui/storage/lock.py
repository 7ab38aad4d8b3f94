"""The lock: where it lives, how long to wait for it, who holds it.

Owns the folder ``.todo-tui`` beside the real file and the file ``lock`` in it. The lock is the
kernel's (``flock``, the same that filelock's users take on that file): a killed holder frees it at
once. Whoever waits, waits in the kernel's queue, because processes that poll starve one another.
On Windows, which has no flock and where nothing of this was tried, it is filelock's.
Must not know what is done under the lock.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import sys
import time
from _thread import TIMEOUT_MAX, allocate_lock

from todo_tui.errors import TodoError
from todo_tui.static import TYPE_CHECKING, Final
from todo_tui.storage import beside, disk
from todo_tui.storage.record import SIZE, Holder, Record, parse, render
from todo_tui.storage.steady import close

if sys.platform != "win32":
    import fcntl

if TYPE_CHECKING:
    from collections.abc import Iterator

    from _typeshed import StrPath

FOLDER: Final = ".todo-tui"
LOCK: Final = "lock"
_USUAL: Final = "TODO.md"
_OWN: Final = "file-"
_LONGEST: Final = 200
"""Bytes of a file's name, beyond which its folder is named by a digest: a name has 255 at most."""
GATHERING: Final = "gathering"
"""The name of a pipe in the folder, see ``gathering``."""

_NO_LOCKS: Final = frozenset(
    {errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.ENOTSUP, errno.EINVAL}
)


class Lock:
    """The lock while it is held; ``record`` is what its file says."""

    def __init__(self, handle: int | None, record: Record) -> None:
        self.handle = handle
        self.record = record

    def write(self, record: Record) -> None:
        """Make ``record`` what the lock file says. Raises OSError."""
        self.record = record
        if self.handle is not None:
            os.lseek(self.handle, 0, os.SEEK_SET)
            os.write(self.handle, render(record))


def is_gathered_for(folder: StrPath) -> bool:
    """Whether somebody waits for the lock and gathers what others want (``gathering``)."""
    return os.path.lexists(os.path.join(folder, GATHERING))


def folder_of(path: StrPath) -> str:
    """The folder with the lock of the real file ``path`` (symlinks resolved).

    A ``TODO.md`` has ``.todo-tui`` for itself. Any other file beside it has a folder of its own in
    there: what waits, is asked, put back and told in such a folder is of one file alone.
    """
    parent, name = os.path.split(os.fspath(path))
    folder = os.path.join(parent, FOLDER)
    own = _own(name)
    return os.path.join(folder, own) if own else folder


def place_of(folder: StrPath) -> str:
    """The folder in which the file stands that has its lock in ``folder``."""
    above, name = os.path.split(os.fspath(folder))
    return above if name == FOLDER else os.path.dirname(above)


def _own(name: str) -> str:
    """What the folder of a file that has this name is called; empty for a ``TODO.md``."""
    if name == _USUAL:
        return ""
    if sys.platform == "darwin":
        # Where a file is found by other spellings of its name, too, it has one lock all the same.
        from unicodedata import normalize

        name = normalize("NFC", name).casefold()
        if name == _USUAL.casefold():
            return ""
    if len(os.fsencode(name)) <= _LONGEST:
        return f"{_OWN}{name}"
    from hashlib import blake2b

    return f"{_OWN}{blake2b(os.fsencode(name), digest_size=16).hexdigest()}"


def peek(folder: StrPath) -> Record:
    """What the lock file says now, read without the lock; makes nothing."""
    try:
        handle = beside.open_file(os.path.join(folder, LOCK), os.O_RDONLY)
        try:
            return parse(os.read(handle, SIZE))
        finally:
            close(handle)
    except OSError:
        return Record()


@contextlib.contextmanager
def held(folder: StrPath, *, wait: float, what: str) -> Iterator[Lock]:
    """Hold the lock in ``folder``, which is made if need be, for as long as the block runs.

    ``wait``: seconds until it gives up; 0 tries once. ``what``: what it is taken for, for those who
    wait. However the block ends, the lock file says afterwards what ``record`` held last.

    Raises TodoError: ``locked`` with the holder, ``disk`` also where the file system has no locks.
    """
    if sys.platform == "win32":
        with _held_on_windows(folder, wait):
            yield Lock(None, Record())
        return
    try:
        handle = _acquire(folder, time.monotonic() + wait)
        if handle is None:
            raise locked(folder, wait)
    except OSError as error:
        raise _refusal(folder, error) from error
    lock = Lock(handle, Record())
    try:
        try:
            lock.record = parse(os.read(handle, SIZE))
            lock.write(lock.record._replace(holder=_myself(what)))
        except OSError as error:
            raise _refusal(folder, error) from error
        yield lock
    finally:
        # Who held it is a courtesy: what was done under the lock stands without it.
        with contextlib.suppress(OSError):
            lock.write(lock.record._replace(holder=None))
        _let_go(handle)


def _acquire(folder: StrPath, deadline: float) -> int | None:
    """The open and locked lock file; None where it was not free in time."""
    while True:
        try:
            handle = _open(folder)
        except FileNotFoundError:
            if time.monotonic() > deadline or not os.path.isdir(place_of(folder)):
                raise
            continue
        taken = _take(handle, deadline - time.monotonic())
        if taken is None:
            return None
        handle = taken
        try:
            if os.path.samestat(os.fstat(handle), os.stat(os.path.join(folder, LOCK))):
                return handle
        except FileNotFoundError:
            pass
        except OSError:
            close(handle)
            raise
        # Somebody deleted the lock file while we waited: what we hold excludes nobody.
        close(handle)


def _open(folder: StrPath) -> int:
    """The lock file, open; made with its folder where it is not there. Raises OSError."""
    with contextlib.suppress(FileNotFoundError):
        _refuse_link(folder)
        return beside.open_file(os.path.join(folder, LOCK), os.O_RDWR)
    parent = _make(folder)
    handle = beside.open_file(os.path.join(folder, LOCK), os.O_RDWR | os.O_CREAT)
    beside.give(handle, parent)
    return handle


def _make(folder: StrPath) -> os.stat_result:
    """Make the folder and its ``.gitignore``; the status of where it stands. Raises OSError.

    Whoever may write beside the file may lock it, too, whatever the umask of the first one who
    does, and whether or not that was root.
    """
    place = place_of(folder)
    parent = os.stat(place)
    outer = os.path.join(place, FOLDER)
    for each in dict.fromkeys((outer, os.fspath(folder))):
        with contextlib.suppress(FileExistsError):
            os.mkdir(each)
            if sys.platform != "win32":
                try:
                    os.chown(each, parent.st_uid, parent.st_gid)
                except PermissionError:
                    # Who may not give it away may still share it with the group.
                    with contextlib.suppress(PermissionError):
                        os.chown(each, -1, parent.st_gid)
                os.chmod(each, stat.S_IMODE(parent.st_mode))
    _refuse_link(folder)
    # Where it is another user's it is there, and that is enough.
    with contextlib.suppress(PermissionError):
        ignore = beside.open_file(os.path.join(outer, ".gitignore"), os.O_RDWR | os.O_CREAT)
        try:
            if not os.fstat(ignore).st_size:
                os.write(ignore, b"*\n")
        finally:
            os.close(ignore)
    return parent


def _refuse_link(folder: StrPath) -> None:
    """Raises OSError where ``folder`` or the one that it is in is a symlink.

    A repository could point it anywhere.
    """
    name = os.fspath(folder)
    outer = os.path.dirname(name)
    for each in (name,) if os.path.basename(name) == FOLDER else (outer, name):
        if stat.S_ISLNK(os.lstat(each).st_mode):
            raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), each)


def _take(handle: int, seconds: float) -> int | None:
    """Lock an open file within ``seconds``: the handle that holds it, perhaps another one.

    None where it was not free in time. A file that is not given back is closed, now or later.
    """
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        if seconds > 0:
            return _queue(handle, seconds)
        close(handle)
        return None
    except OSError:
        close(handle)
        raise
    return handle


class _Waiting:
    """A thread that waits for a lock in the kernel's queue, since nothing else ends such a wait.

    ``answer`` is released when its turn has come, or ``failure`` says why not.
    """

    def __init__(self, handle: int) -> None:
        self.handle = handle
        self.answer = allocate_lock()
        self.answer.acquire()
        self.is_over = False
        self.failure: OSError | None = None


_left: dict[tuple[int, int], _Waiting] = {}
"""By device and inode of the lock file: threads whose time was up, for the next wait to go on."""

_guard: Final = allocate_lock()

if sys.platform != "win32":
    # No thread is left in a forked process.
    os.register_at_fork(after_in_child=_left.clear)


def _queue(handle: int, seconds: float) -> int | None:
    """Wait for the lock on a thread: the handle that holds it then; None after ``seconds``.

    The thread is left behind then. When its turn comes it closes the file, which frees the lock at
    once, unless another wait has taken it over.
    """
    status = os.fstat(handle)
    file = status.st_dev, status.st_ino
    with _guard:
        waiting = _left.pop(file, None)
    if waiting is not None:
        close(handle)
    else:
        import threading

        waiting = _Waiting(handle)
        threading.Thread(
            target=_wait, args=(waiting, file), name="todo-tui lock", daemon=True
        ).start()
    try:
        waiting.answer.acquire(timeout=min(seconds, TIMEOUT_MAX))
    except BaseException:
        if _leave(waiting, file):
            _let_go(waiting.handle)
        raise
    if not _leave(waiting, file):
        return None
    if waiting.failure is not None:
        close(waiting.handle)
        raise waiting.failure
    return waiting.handle


def _leave(waiting: _Waiting, file: tuple[int, int]) -> bool:
    """Whether a thread's wait is over; if not, it is left to itself, or to the next wait."""
    with _guard:
        if not waiting.is_over:
            _left[file] = waiting
        return waiting.is_over


def _let_go(handle: int) -> None:
    # To close the file frees the lock, too, unless a process that was forked has it open as well.
    with contextlib.suppress(OSError):
        fcntl.flock(handle, fcntl.LOCK_UN)
    close(handle)


def _wait(waiting: _Waiting, file: tuple[int, int]) -> None:
    failure = None
    try:
        fcntl.flock(waiting.handle, fcntl.LOCK_EX)
    except OSError as error:
        failure = error
    with _guard:
        waiting.is_over, waiting.failure = True, failure
        if _left.get(file) is waiting:
            del _left[file]
            _let_go(waiting.handle)
    waiting.answer.release()


def _myself(what: str) -> Holder:
    since = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    return Holder(os.getpid(), os.uname().nodename.replace(" ", "_") or "-", since, what)


def locked(folder: StrPath, wait: float) -> TodoError:
    """The error after ``wait`` seconds. It names the holder, unless that is known to be dead."""
    holder = peek(folder).holder
    lock = os.path.join(folder, LOCK)
    if holder is None or not _may_live(holder):
        return TodoError(
            "locked",
            f"The lock {lock} is held by a process that did not leave its name; waited {wait:g} s."
            " Try again, or wait longer with --wait SECONDS.",
        )
    name = f"process {holder.pid} on {holder.host} ({holder.what})"
    return TodoError(
        "locked",
        f"The lock {lock} is held by {name} since {holder.since}; waited {wait:g} s."
        " Try again, or wait longer with --wait SECONDS.",
        holder=name,
        since=holder.since,
    )


def _may_live(holder: Holder) -> bool:
    # On Windows the question below would be an order.
    if sys.platform == "win32" or holder.host != _myself("").host:
        return True
    try:
        os.kill(holder.pid, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True


def _refusal(folder: StrPath, error: OSError) -> TodoError:
    if error.errno in _NO_LOCKS:
        return disk.unwritable(
            place_of(folder),
            "its file system has no locks, without which two agents could win one task; move the"
            " file to a local disk",
        )
    return disk.unwritable(folder, error)


if sys.platform == "win32":

    @contextlib.contextmanager
    def _held_on_windows(folder: StrPath, wait: float) -> Iterator[None]:
        import filelock

        try:
            _make(folder)
            with filelock.FileLock(os.path.join(folder, LOCK), timeout=wait):
                yield
        except filelock.Timeout as error:
            raise locked(folder, wait) from error
        except OSError as error:
            raise _refusal(folder, error) from error
