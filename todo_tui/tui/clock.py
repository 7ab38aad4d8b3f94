"""Time as the screens need it, passed in so that a test can hold it in its hand."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable


class Timer(Protocol):
    """Something that will be called later."""

    def cancel(self) -> None:
        """Do not call it."""


class Clock(Protocol):
    """What time it is, and what to do later."""

    def now(self) -> datetime:
        """The time, aware, in the zone in which times are shown."""

    def after(self, seconds: float, call: Callable[[], object]) -> Timer:
        """Call ``call`` once, on the screen's thread, when ``seconds`` have passed."""


class SystemClock:
    """The computer's clock and the running event loop's timers."""

    def now(self) -> datetime:
        """The time, aware, in the computer's zone."""
        return datetime.now(UTC).astimezone()

    def after(self, seconds: float, call: Callable[[], object]) -> Timer:
        """Call ``call`` once on the running event loop when ``seconds`` have passed."""
        return asyncio.get_running_loop().call_later(seconds, call)
