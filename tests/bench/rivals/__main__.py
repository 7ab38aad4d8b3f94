"""Measure todo-tui beside its rivals and print the table."""

from __future__ import annotations

import argparse
import json
import os
import platform
import shlex
import subprocess
import sys
import tempfile
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.bench.rivals.backlog_md import backlog_md
from tests.bench.rivals.kanban_tui import kanban_tui
from tests.bench.rivals.measure import Bench, Sizes
from tests.bench.rivals.ours import installed
from tests.bench.rivals.table import OURS, outcomes, settings, table
from tests.bench.rivals.taskwarrior import taskwarrior
from tests.bench.rivals.tool import WORKS, FailedError, UnavailableError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tests.bench.rivals.tool import Tool

_USUAL: Final = Sizes()
_RIVALS: Final[dict[str, Callable[[Path], Sequence[Tool]]]] = {
    "kanban-tui": kanban_tui,
    "backlog.md": backlog_md,
    "taskwarrior": taskwarrior,
}


def main(arguments: Sequence[str]) -> int:
    """Print the table on stdout, progress on stderr. 1 where todo-tui failed at a work, else 0."""
    args = _parser().parse_args(arguments)
    args.cache.mkdir(parents=True, exist_ok=True)
    tools: list[Tool] = []
    versions: dict[str, str] = {}
    for make in (installed, *(_RIVALS[name] for name in args.rivals)):
        try:
            made = make(args.cache)
            versions[made[0].name] = made[0].version()
            tools += made
        except (UnavailableError, FailedError) as error:
            print(f"skipped: {error}", file=sys.stderr, flush=True)
    sizes = Sizes(runs=args.runs, boards=min(args.runs, _USUAL.boards))
    machine = _machine()
    with tempfile.TemporaryDirectory(prefix="data-", dir=args.cache) as folder:
        bench = Bench(tuple(tools), sizes, Path(folder))
        figures = [figure for work in WORKS if work in args.only for figure in bench.work(work)]
    targets = [each for each in outcomes(figures) if each.met is not None]
    print(table(figures, versions, sizes))
    for line in settings(figures, sizes):
        print(f"\n{line}")
    print()
    for target in targets:
        print(f"- {target.text}: {target.figure}, {'met' if target.met else 'missed'}")
    print(f"\nMedians of {sizes.runs} runs ({sizes.boards} of boards) in turn; {machine['text']}.")
    print(f"`{shlex.join(['python', '-m', 'tests.bench.rivals', *arguments])}`")
    if args.json is not None:
        record = {
            "machine": machine,
            "versions": versions,
            "sizes": asdict(sizes),
            "figures": [asdict(figure) for figure in figures],
            "targets": [asdict(target) for target in targets],
        }
        args.json.write_text(json.dumps(record, indent=1) + "\n")
    failed = [each.row for each in figures if each.tool == OURS and not each.values]
    return 1 if failed or OURS not in versions else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.rivals", description=__doc__)
    parser.add_argument(
        "--rivals",
        nargs="*",
        choices=tuple(_RIVALS),
        default=tuple(_RIVALS),
        metavar="NAME",
        help=f"of {', '.join(_RIVALS)}; all where none is said, none for `--rivals` alone",
    )
    parser.add_argument(
        "--only",
        nargs="+",
        choices=WORKS,
        default=WORKS,
        metavar="WORK",
        help=f"of {', '.join(WORKS)}",
    )
    parser.add_argument(
        "--runs", type=_runs, default=_USUAL.runs, help="of each command (%(default)s)"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="every figure goes here, too")
    parser.add_argument(
        "--cache",
        type=Path,
        metavar="DIR",
        default=Path(tempfile.gettempdir()) / "todo-tui-rivals",
        help="where all are installed and data are made (%(default)s)",
    )
    return parser


def _runs(text: str) -> int:
    runs = int(text)
    if not 1 <= runs <= 200:
        raise ValueError(text)
    return runs


def _machine() -> dict[str, str]:
    facts = {
        "date": datetime.now(UTC).date().isoformat(),
        "os": f"{platform.system()} {platform.machine()}",
        "cores": str(os.cpu_count()),
        "load": f"{os.getloadavg()[0]:.1f}",
        "python": platform.python_version(),
        "node": _node_version(),
    }
    text = "{date}, {os}, {cores} cores (load {load} at the start), Python {python}, Node {node}"
    return {**facts, "text": text.format(**facts)}


def _node_version() -> str:
    try:
        done = subprocess.run(
            ["node", "--version"], capture_output=True, text=True, timeout=30, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return "absent"
    return done.stdout.strip() or "absent"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
