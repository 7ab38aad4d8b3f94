"""The one queue of commits: one thread, first in first out, never cancelled.

Owns the order in which this board writes. Must not know a screen: what came of a transition is
delivered as a value, in the queue's own thread, when the file's lock is free again.
"""

from __future__ import annotations

import queue
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from todo_tui.board.transition import Transition
    from todo_tui.storage.todo_file import Commit


class CommitQueue:
    """Calls ``commit`` for each transition and ``deliver`` with what it returned or raised.

    What is not a TodoError is delivered, too, so that it can end the program where it is seen. The
    thread does not keep the interpreter alive: who leaves looks at ``pending`` first.
    """

    def __init__(
        self,
        commit: Callable[[Transition], Commit],
        deliver: Callable[[Commit | BaseException], object],
    ) -> None:
        self._commit = commit
        self._deliver = deliver
        self._queue: queue.SimpleQueue[Transition] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._pending = 0
        self._thread: threading.Thread | None = None

    @property
    def pending(self) -> int:
        """The number of transitions that were put and not delivered yet."""
        with self._lock:
            return self._pending

    def put(self, transition: Transition) -> None:
        """Have ``transition`` committed after all that were put before it."""
        with self._lock:
            self._pending += 1
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="commits", daemon=True)
            self._thread.start()
        self._queue.put(transition)

    def _work(self) -> None:
        while True:
            transition = self._queue.get()
            try:
                result: Commit | BaseException = self._commit(transition)
            except BaseException as error:  # noqa: BLE001 - it is handed on, not swallowed
                result = error
            with self._lock:
                self._pending -= 1
            self._deliver(result)
