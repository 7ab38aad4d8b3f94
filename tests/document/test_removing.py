"""What goes with an item that is taken out alone, and which item cannot be."""

from __future__ import annotations

import pytest

from tests.document.documents import read
from todo_tui.document import removing
from todo_tui.document.edit import apply

ITEM = "- T-1: x\n  s: a\n"
NEXT = "- T-2: x\n  s: a\n"
HEAD = "## T-1: x\n- **S**: a\n"


def without(text: str, index: int) -> str:
    """``text`` without one of its entries."""
    document = read(text)
    assert removing.obstacle(document, index) is None
    return apply(text, [removing.entry(document, index)])


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("text", "index", "rest"),
    [
        (f"{ITEM}{NEXT}", 0, NEXT),
        (f"{ITEM}{NEXT}", 1, ITEM),
        (f"{ITEM}\n\n{NEXT}", 1, ITEM),
        (f"{ITEM}\nwords\n\n{NEXT}# A\n", 1, f"{ITEM}\nwords\n\n# A\n"),
        (f"{ITEM}\n{NEXT}".removesuffix("\n"), 1, ITEM.removesuffix("\n")),
        (ITEM.removesuffix("\n"), 0, ""),
        (f"```yaml\n{ITEM}```\n", 0, ""),
        (f"# A\n\n```yaml\n{ITEM}```\n", 0, "# A\n"),
        (f"# A\n\n```yaml\n{ITEM}```\n\n# B\n", 0, "# A\n\n# B\n"),
        (f"```yaml\n{ITEM}```\n\n# B\n", 0, "# B\n"),
        (f"\ufeff```yaml\n{ITEM}```\n\n# B\n", 0, "\ufeff# B\n"),
        (f"```yaml\n{ITEM}```\n# B\n", 0, "# B\n"),
        (f"# A\n```yaml\n{ITEM}```\n# B\n", 0, "# A\n# B\n"),
        (f"# A\n\n~~~ yaml\n{ITEM}~~~~\n# B\n", 0, "# A\n# B\n"),
        (f"# A\n\n```yaml\n# c\n{ITEM}```\n", 0, "# A\n\n```yaml\n# c\n```\n"),
        (f"# A\n\n```yaml\n{ITEM}# c\n```\n", 0, "# A\n\n```yaml\n# c\n```\n"),
        (f"# A\n\n```yaml\n{ITEM}{NEXT}```\n", 0, f"# A\n\n```yaml\n{NEXT}```\n"),
        (f"# A\n\n```yaml\n{ITEM}", 0, "# A\n\n```yaml\n"),
        (f"# A\n\n```yaml\n{ITEM}```", 0, "# A"),
        (f"# A\n\n{HEAD}\n## T-2: x\n- **S**: a\n", 0, "# A\n\n## T-2: x\n- **S**: a\n"),
        (f"## T-2: x\n- **S**: a\n\n{HEAD}\n# B\n", 1, "## T-2: x\n- **S**: a\n\n# B\n"),
        (f"## T-2: x\n- **S**: a\n\n\n{HEAD}", 1, "## T-2: x\n- **S**: a\n\n"),
        (f"# A\n\n{HEAD}".removesuffix("\n"), 0, "# A"),
        (f"# A\n{HEAD}", 0, "# A\n"),
    ],
)
def test_an_item_goes_with_the_blank_line_and_the_fence_that_are_its_own(
    text: str, index: int, rest: str, end: str
) -> None:
    assert without(text.replace("\n", end), index) == rest.replace("\n", end)


@pytest.mark.parametrize(
    ("behind", "why"),
    [
        ("\nwords\n", "other text stands in its section"),
        ("### Words\n", "other text stands in its section"),
        ("### T-2: x\n- **S**: a\n", "other tasks stand in its section"),
        (f"\n{NEXT}", "other tasks stand in its section"),
        ("\n\n# Words\n", None),
        ("\n\n\n", None),
        ("", None),
    ],
)
def test_a_heading_cannot_go_from_above_what_is_not_its_own(behind: str, why: str | None) -> None:
    assert removing.obstacle(read(f"# A\n\n{HEAD}{behind}"), 0) == why
