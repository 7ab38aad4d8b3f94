"""What the fuzzer begins with: files of all kinds as the other tests make them, and its words."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Final

from tests.board.files import task_file
from tests.document import items

if TYPE_CHECKING:
    from collections.abc import Iterator

TESTS: Final = Path(__file__).parent.parent
FINDINGS: Final = Path(__file__).parent / "findings"

WORDS: Final = (
    "```yaml", "```", "~~~yml", "- TASK_001: ", "### TASK_002: T", "- **Status**: ", "- id: A-1",
    "  status: todo", "  title: x", "status: in_progress", "assigned_agent: ", "claimed_by: ",
    "dependencies: [", "priority: high", "## Session History", "2026-11-22T12:33:00Z: ",
    " claimed by ann (todo -> claimed)", "tasks:", "epic_id: E1", "<<<<<<< a", "=======",
    ">>>>>>> b", "<!--", "-->", "---", "...", "|-", ">", "|2", "&a", "*a", "!!str ", "(ann) [high]",
    "# c", "\r\n", "\t", "'", '"', "{", "}", "[", "]", ": ", "? ", "%YAML 1.1", "\ufeff",
)  # fmt: skip


def seeds() -> Iterator[bytes]:
    """Files to begin with, and all that was found before."""
    for number in range(150):
        random = Random(number)
        yield task_file(random)
        lines = [items.ordinary(random), items.wild(random), items.jumbled(random)]
        text = "```yaml\n" + "\n".join(lines) + "\n```\n"
        yield text.encode("utf-8", "surrogateescape")
    for path in sorted((*(TESTS / "goldens").glob("*/*.md"), *FINDINGS.glob("*/*"))):
        yield path.read_bytes()
    for name in ("README.md", "TODO.md"):
        yield (TESTS.parent / name).read_bytes()


def dictionary() -> str:
    """The words in libFuzzer's notation."""
    rows = ("".join(f"\\x{byte:02x}" for byte in word.encode()) for word in WORDS)
    return "".join(f'"{row}"\n' for row in rows)
