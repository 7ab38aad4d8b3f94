"""One fuzzing process: ``python -m tests.fuzz.child TARGET CORPUS FINDINGS [libFuzzer options]``.

A finding does not end it: the first input of each kind of failure is written to FINDINGS, with the
traceback beside it. Every input that takes longer than a second is a finding, too.
"""

from __future__ import annotations

import hashlib
import importlib
import sys
import time
import traceback
from pathlib import Path
from typing import Final

SLOW: Final = 1.0


def main(words: list[str]) -> None:
    """Fuzz until libFuzzer's options say that it is enough; does not return."""
    atheris = importlib.import_module("atheris")
    with atheris.instrument_imports(include=["todo_tui"]):
        from tests.fuzz.targets import TARGETS
    target = TARGETS[words[1]]
    findings = Path(words[3])
    known: set[str] = set()

    def one(data: bytes) -> None:
        began = time.process_time()
        try:
            target(data)
        except Exception:  # noqa: BLE001 - every failure is a finding
            _keep(findings, known, _place(), data, traceback.format_exc())
        if time.process_time() - began > SLOW:
            _keep(findings, known, f"slow-{words[1]}", data, "took longer than a second")

    atheris.Setup([words[0], *words[4:], words[2]], one)
    atheris.Fuzz()


def _place() -> str:
    """Where the exception at hand came from: its type and the last lines of our own."""
    kind, _, trace = sys.exc_info()
    rows = [
        f"{Path(frame.filename).stem}:{frame.lineno}"
        for frame in traceback.extract_tb(trace)
        if "/todo_tui/" in frame.filename or "/tests/" in frame.filename
    ]
    return f"{kind.__name__ if kind else ''} {' '.join(rows[-3:])}"


def _keep(findings: Path, known: set[str], name: str, data: bytes, text: str) -> None:
    if name in known:
        return
    known.add(name)
    stem = hashlib.sha256(name.encode()).hexdigest()[:12]
    place = findings / f"{stem}.md"
    if not place.exists() or len(data) < place.stat().st_size:
        place.write_bytes(data)
        (findings / f"{stem}.txt").write_text(f"{name}\n\n{text}", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv)
