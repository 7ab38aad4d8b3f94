"""The mutants that no test can notice, each with the reason: ``equivalents.toml``.

An entry names a module below the package, the function, the changed lines as they were and as they
are then, without indent. One that no longer is a mutant of its module is stale.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import NamedTuple

from tests.mutation.mutants import possible

LISTED = Path(__file__).with_name("equivalents.toml")


class Equivalent(NamedTuple):
    """An entry."""

    module: str
    function: str
    was: str
    now: str
    reason: str

    @property
    def identity(self) -> tuple[str, str, str, str]:
        """That of the mutant."""
        return self.module, self.function, self.was, self.now


def equivalents(folder: str, place: Path = LISTED) -> dict[tuple[str, str, str, str], Equivalent]:
    """The entries of a folder by the identity of their mutants."""
    rows = tomllib.loads(place.read_text(encoding="utf-8")).get("mutant", [])
    entries = [Equivalent(**row) for row in rows]
    return {one.identity: one for one in entries if one.module.startswith(f"{folder}/")}


def stale(package: Path, entries: list[Equivalent]) -> list[Equivalent]:
    """The entries that are no mutants of the program as it is."""
    return [
        one
        for one in entries
        if one.identity
        not in {mutant.identity for mutant in possible(package, one.module, one.function, one.was)}
    ]
