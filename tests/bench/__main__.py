"""What the README says about speed, measured in one run: ``python -m tests.bench [--write]``.

Prints a Markdown table: what was measured, beside what on the same machine in the same minutes, and
whether the target was met; with ``--write`` it goes into the README, too. Linux only: what a
process takes is read in ``/proc``.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import sys
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from tests.bench import busy, find, forms, paint, text
from tests.bench.row import table
from tests.readme import README


def machine() -> str:
    """The machine and the versions, as a sentence."""
    found = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text())
    names = ", ".join(f"{name} {version(name)}" for name in ("textual", "ruamel.yaml"))
    load = " ".join(f"{each:.1f}" for each in os.getloadavg())
    return (
        f"{datetime.now(UTC).date()}, {platform.system()} {platform.machine()},"
        f" {os.cpu_count()} cores{f' ({found[1].strip()})' if found else ''}, load {load},"
        f" Python {platform.python_version()}, {names}."
    )


def put(words: str) -> None:
    """Write ``words`` between the marks of the README."""
    before, begin, rest = README.read_text(encoding="utf-8").partition(
        "<!-- performance: begin -->\n"
    )
    end = "<!-- performance: end -->"
    README.write_text(before + begin + words + end + rest.partition(end)[2], encoding="utf-8")


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--write", action="store_true", help="put the table into the README, too")
    write = parser.parse_args().write
    rows = []
    for module in (text, paint, busy, find, forms):
        for row in module.rows():
            print(f"{'' if row.met else 'missed: '}{row.what}", file=sys.stderr, flush=True)
            rows.append(row)
    words = (
        "What `python -m tests.bench` printed, medians, in one run on one machine:\n\n"
        f"{table(rows)}\n\n{machine()}\n"
    )
    print(words)
    if write:
        put(words)


if __name__ == "__main__":
    main()
