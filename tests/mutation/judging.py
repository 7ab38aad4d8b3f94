"""Which tests are run for a mutant, in which order, and what they say of it.

First the files of the folder's own tests that are named like the module or import it, then the
folder's others, the quick ones first, then other folders that use what was changed. Where tests
have processes and clocks, a failure counts when the test fails again by itself. What waits too
long, and has not worked so long, counts when it does so again: it may have been other work.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Final, NamedTuple

from tests.mutation.tree import Limit

if TYPE_CHECKING:
    from pathlib import Path

    from tests.mutation.mutants import Mutant
    from tests.mutation.tree import Ended, Tree

BEYOND: Final = {
    "document": ("board",),
    "board": ("cli", "stories"),
    "storage": ("cli", "stories"),
}
"""The other folders whose tests are run for a mutant of this one."""
PURE: Final = frozenset({"document", "board"})
"""Folders whose tests have no clock and start nothing that is timed."""
OF_COST: Final = frozenset({"tests/document/test_linear.py"})
"""Left out: they take as long as all others, and say how long reading takes, not what is read."""
WHOLE: Final = Limit(cpu=1200, wall=1800)
"""For all tests of a folder, without a mutant."""


class Verdict(NamedTuple):
    """What the tests said of a mutant."""

    by: str | None
    """The test that failed, or what else ended the run; None: it survived."""
    own: bool
    """Whether that was of the folder's own tests."""

    @property
    def killed(self) -> bool:
        """Whether a test noticed."""
        return self.by is not None


class Judge(NamedTuple):
    """The tests for the mutants of one folder, with what each file takes without one."""

    tree: Tree
    folder: str
    seconds: dict[str, float]
    """By test file, those of the other folders last."""
    tests: str
    """A digest of all of them."""

    def verdict(self, mutant: Mutant) -> Verdict:
        """Run the tests for it until one notices."""
        with self.tree.changed(mutant.module, mutant.source):
            for own, files in self._stages(mutant.module):
                if by := self._failure(files):
                    return Verdict(by, own)
        return Verdict(None, own=False)

    def _stages(self, module: str) -> list[tuple[bool, list[str]]]:
        own = [file for file in self.seconds if file.startswith(f"tests/{self.folder}/")]
        own.sort(key=self.seconds.__getitem__)
        near = [file for file in own if _concerns(self.tree.root / file, module)]
        beyond = [
            (False, [file for file in self.seconds if file.startswith(f"tests/{other}/")])
            for other in BEYOND.get(self.folder, ())
        ]
        stages = [(True, near), (True, [file for file in own if file not in near]), *beyond]
        return [(mine, files) for mine, files in stages if files]

    def _failure(self, files: list[str]) -> str | None:
        """What failed, if anything did, and did so again where that may be chance."""
        without: list[str] = []
        waited = False
        usual = sum(self.seconds[file] for file in files)
        limit = Limit(cpu=20 + 3 * usual, wall=60 + 6 * usual)
        while True:
            ended = self.tree.run(files, limit, without)
            if ended.code == 0:
                return None
            if ended.failed is None:
                if ended.code is None and not waited:
                    waited = True
                    continue
                return "out of time" if ended.out_of_time else f"no run: {_last(ended)}"
            pure = ended.failed.split("/")[1] in PURE
            if pure or self.tree.run([ended.failed], limit).code != 0:
                return ended.failed
            without.append(ended.failed)


def judge(tree: Tree, folder: str) -> Judge:
    """Runs all tests once without a mutant. Raises RuntimeError where one fails."""
    seconds: dict[str, float] = {}
    digest = hashlib.blake2b(digest_size=8)
    for each in (folder, *BEYOND.get(folder, ())):
        files = sorted((tree.root / "tests" / each).glob("test_*.py"))
        names = [file.relative_to(tree.root).as_posix() for file in files]
        ended = tree.run([name for name in names if name not in OF_COST], WHOLE)
        if ended.code != 0:
            raise RuntimeError(f"without a mutant:\n{ended.said}")
        seconds |= dict(sorted(ended.seconds.items(), key=lambda file: file[1]))
        for path in sorted((tree.root / "tests" / each).rglob("*.py")):
            digest.update(path.read_bytes())
    return Judge(tree, folder, seconds, digest.hexdigest())


def _concerns(test: Path, module: str) -> bool:
    """Whether a test file is named like the module, or imports it."""
    folder, name = module.removesuffix(".py").split("/")
    subject = test.stem.removeprefix("test_")
    named = rf"\b{folder}\.{name}\b|\b{folder} import .*\b{name}\b"
    return (
        subject.startswith(name)
        or name.startswith(subject)
        or bool(re.search(named, test.read_text(encoding="utf-8")))
    )


def _last(ended: Ended) -> str:
    lines = [line for line in ended.said.splitlines() if line.strip()]
    return lines[-1][:100] if lines else f"pytest ended with {ended.code}"
