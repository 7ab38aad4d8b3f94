"""One run of pytest over a tree that holds a mutant: ``child.py TOLD SECONDS [pytest arguments]``.

Works in its working directory, with limits on time and memory, and dies with its parent. A failing
example is not made smaller. Writes to TOLD which test failed first and how long each file took.
"""

from __future__ import annotations

import ctypes
import json
import os
import resource
import signal
import sys
from collections import Counter
from pathlib import Path
from typing import Final

import pytest

MEMORY: Final = 4 << 30
"""Bytes of address space: a mutant that collects without end hurts nobody else."""
DIE_WITH_PARENT: Final = 1
"""PR_SET_PDEATHSIG of Linux."""


class Told:
    """What pytest reports while it runs."""

    def __init__(self) -> None:
        self.failed: str | None = None
        self.seconds: Counter[str] = Counter()

    @pytest.hookimpl(tryfirst=True)
    def pytest_configure(self) -> None:
        """Pytest's hook: hypothesis is loaded here, by pytest itself, which rewrites it."""
        from hypothesis import Phase, settings

        phases = [phase for phase in Phase if phase not in (Phase.shrink, Phase.explain)]
        settings.register_profile("mutation", derandomize=True, deadline=None, phases=phases)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Pytest's hook: a test was set up, called or torn down."""
        self.seconds[report.nodeid.partition("::")[0]] += report.duration  # type: ignore[assignment]
        if report.failed and self.failed is None:
            self.failed = report.nodeid


def main(words: list[str]) -> int:
    """Run pytest; its exit code."""
    place, seconds, *rest = words
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds) + 5))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(DIE_WITH_PARENT, signal.SIGKILL)
    sys.path[0] = str(Path.cwd())
    told = Told()
    code = pytest.main(["--hypothesis-profile=mutation", *rest], plugins=[told])
    Path(place).write_text(
        json.dumps({"failed": told.failed, "seconds": told.seconds}), encoding="utf-8"
    )
    return int(code)


if __name__ == "__main__":
    code = main(sys.argv[1:])
    sys.stdout.flush()
    # Threads that a mutant left waiting must not keep the process.
    os._exit(code)
