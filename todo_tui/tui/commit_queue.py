"""The one queue of commits: one thread, first in first out, never cancelled.

Owns the order in which this board writes. Must not know a screen: what came of a transition is
delivered as a value, in the queue's own thread, when the file's lock is free again.
"""

from __future__ import annotations

import queue
import threading
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable

    from todo_tui.board.transition import Transition
    from todo_tui.storage.snapshot import Commit

Wanted: TypeAlias = "Transition | Callable[[], Transition]"
"""What is put: a transition, or what says which one when all before it are made."""


class CommitQueue:
    """Calls ``commit`` for each transition, and ``deliver`` with it and what it came to.

    Where a function was put, the transition is what it returns when its turn comes. Any exception
    is delivered, too, so that it can end the program where it is seen. The thread does not keep the
    interpreter alive: who leaves looks at ``pending`` first.
    """

    def __init__(
        self,
        commit: Callable[[Transition], Commit],
        deliver: Callable[[Transition | None, Commit | BaseException], object],
    ) -> None:
        self._commit = commit
        self._deliver = deliver
        self._queue: queue.SimpleQueue[Wanted] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._pending = 0
        self._thread: threading.Thread | None = None

    @property
    def pending(self) -> int:
        """The number of transitions that were put and not delivered yet."""
        with self._lock:
            return self._pending

    def put(self, wanted: Wanted) -> None:
        """Have a transition committed after all that were put before it."""
        with self._lock:
            self._pending += 1
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="commits", daemon=True)
            self._thread.start()
        self._queue.put(wanted)

    def _work(self) -> None:
        while True:
            wanted, transition = self._queue.get(), None
            try:
                transition = wanted() if callable(wanted) else wanted
                result: Commit | BaseException = self._commit(transition)
            except BaseException as error:  # noqa: BLE001 - it is handed on, not swallowed
                result = error
            with self._lock:
                self._pending -= 1
            self._deliver(transition, result)
