"""Let a monkey play: ``python -m tests.monkey --seconds 300 --seed 7``."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from tests.monkey.monkey import Monkey


def main() -> int:
    """Play, and print what came of it."""
    parser = argparse.ArgumentParser(prog="python -m tests.monkey", description=__doc__)
    parser.add_argument("--seconds", type=float, default=300.0)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        report = Monkey(Path(folder), args.seed).play(args.seconds)
        if report.problems:
            kept = Path(tempfile.gettempdir()) / f"monkey-{args.seed}.md"
            kept.write_bytes((Path(folder) / "TODO.md").read_bytes())
    sys.stdout.write(report.text() + "\n")
    return 1 if report.problems else 0


if __name__ == "__main__":
    sys.exit(main())
