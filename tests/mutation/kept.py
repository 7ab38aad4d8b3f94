"""What was found already, in a file of JSON lines, so that an interrupted run can go on.

A killed mutant stays killed while its module is the same; a survivor is tried again when a test has
changed.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, NamedTuple

from tests.mutation.judging import Verdict

if TYPE_CHECKING:
    from pathlib import Path

    from tests.mutation.mutants import Mutant


class Kept(NamedTuple):
    """The file, or nothing, and what it said."""

    place: Path | None
    known: dict[str, Verdict]

    def found(self, mutant: Mutant, tests: str) -> Verdict | None:
        """What is known about a mutant with these tests."""
        known = self.known.get(_key(mutant, ""))
        return known if known and known.killed else self.known.get(_key(mutant, tests))

    def keep(self, mutant: Mutant, tests: str, verdict: Verdict) -> None:
        """Add it to the file at once."""
        if self.place:
            key = _key(mutant, "" if verdict.killed else tests)
            row = {"key": key, "module": mutant.module, "line": mutant.line, **verdict._asdict()}
            with self.place.open("a", encoding="utf-8") as file:
                file.write(json.dumps(row) + "\n")


def opened(place: Path | None) -> Kept:
    """What the file says; nothing where there is none."""
    known: dict[str, Verdict] = {}
    if place and place.exists():
        for line in place.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            known[row["key"]] = Verdict(row["by"], row["own"])
    return Kept(place, known)


def _key(mutant: Mutant, tests: str) -> str:
    text = "|".join((tests, *mutant.identity, mutant.source))
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()
