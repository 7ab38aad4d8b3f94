"""Where an edit or an addition goes, and what stands beside an entry without being part of it."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.document.documents import read, view
from todo_tui.document import dialects
from todo_tui.document.edit import Edit, apply
from todo_tui.document.span import Span

if TYPE_CHECKING:
    from pathlib import Path

HISTORY = "## Session History\n\n- 2024-01-10T10:00:00Z: TASK_001 claimed by bob\n"
ITEM = '- TASK_001: "one"\n  status: todo\n  claimed_by: bob\n'


def edited(text: str, name: str, value: str, *, verbatim: bool = False) -> str:
    """The text of the only entry with the field ``name`` set to ``value``."""
    (entry,) = read(text).entries
    field = next(field for field in dialects.locate(entry) if field.name == name)
    return apply(text, [dialects.replace_value(entry, field, value, verbatim=verbatim)])


def added(text: str, after: int, value: str) -> str:
    """The text of the only entry with ``claimed_by`` added after the field ``after``."""
    (entry,) = read(text).entries
    return apply(
        text, [dialects.insert_field(entry, dialects.locate(entry)[after], "claimed_by", value)]
    )


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        (f"{HISTORY}\n{ITEM}", (0, len(HISTORY) + 5)),
        (f"{ITEM}\n# Words\n\n{HISTORY}", (0, 9)),
        (ITEM, (0, len(ITEM))),
        (f"---\ntitle: x\n---\n{ITEM}", (0, 20)),
        (f"---\n- TASK_002: x\n  status: todo\n---\n{ITEM}", (0, 50)),
    ],
)
@pytest.mark.parametrize(
    "new", ["# A\n", "\n", '- TASK_009: "n"\n  status: todo\n', "x\n", "---\n"]
)
def test_edits_at_the_start_and_further_on(text: str, starts: tuple[int, ...], new: str) -> None:
    document = read(text)
    edits = [Edit(Span(at, at), new) for at in starts]
    assert view(document.splice(edits)) == view(read(apply(text, edits)))
    assert view(document.splice(edits[:1])) == view(read(apply(text, edits[:1])))


def test_what_stands_within_braces_is_quoted_for_them() -> None:
    text = '- {id: TASK_001, title: "x", status: todo, notes: y}\n'
    value = "a, b"
    assert edited(text, "notes", value) == text.replace("notes: y", 'notes: "a, b"')
    assert added(text, 2, value) == text.replace("todo,", 'todo, claimed_by: "a, b",')


def test_a_field_after_the_id_is_as_deep_as_the_others() -> None:
    text = "- TASK_001: x\n    status: todo\n    priority: high\n"
    assert added(text, 0, "bob") == text.replace("    status", "    claimed_by: bob\n    status")


@pytest.mark.parametrize(
    ("text", "name", "line"),
    [
        ("- TASK_001: x\n  claimed_by: bob\n  status: todo\n", "claimed_by", "  claimed_by:"),
        (
            "- TASK_001: x\r\n  status: todo\r\n  claimed_by:  bob\r\n",
            "claimed_by",
            "  claimed_by:",
        ),
        ("- TASK_001: x\n  status: todo\n  claimed_by: bob", "claimed_by", "  claimed_by:"),
        ("### T-1: x\n- **Holder**: bob\n", "Holder", "- **Holder**:"),
    ],
)
def test_an_emptied_value_leaves_no_blank(text: str, name: str, line: str) -> None:
    assert line in edited(text, name, "", verbatim=True).splitlines()
    assert edited(edited(text, name, "", verbatim=True), name, "ann") == text.replace(
        ":  bob", ": bob"
    ).replace("bob", "ann")


@pytest.mark.parametrize(
    "item",
    ['- T-2: "y" (eng) [todo]\n', "- T-2: y [todo]\n", '- T-2: "y"\n  status: todo\n'],
)
def test_an_item_below_the_list_of_a_heading_is_a_task(item: str) -> None:
    document = read(f"### T-1: x\n\n- **Status**: done\n{item}")
    assert [entry.pairs[0][0] for entry in document.entries] == ["T-1", "T-2"]
    assert [name for name, _ in document.entries[0].pairs] == ["T-1", "Status"]


def test_a_field_whose_name_could_be_an_id_is_a_field() -> None:
    (entry,) = read("### T-1: x\n- Status: done\n- PR-URL: http://x\n- Priority: low\n").entries
    assert [name for name, _ in entry.pairs] == ["T-1", "Status", "PR-URL", "Priority"]


LINES = (
    "- 2026-11-22T12:33:00Z: TASK_001 noted by a (todo): x\n"
    "- **2026-11-22T12:34:00Z**: TASK_001 noted by a (todo): the id: is wrong\n"
    "- 2026-11-22 12:35: TASK_001 released by a (claimed -> todo): id: none, [x\n"
)


@pytest.mark.parametrize("before", ["", "# Title\n\n"])
@pytest.mark.parametrize("heading", ["## Session History\n\n", ""])
def test_lines_that_begin_with_a_time_need_no_yaml(
    before: str, heading: str, tmp_path: Path
) -> None:
    path = tmp_path / "TODO.md"
    lines = LINES if heading else LINES.split("\n")[0]
    path.write_text(f"{before}{ITEM}\n{heading}{lines}", encoding="utf-8")
    program = (
        "import sys; from pathlib import Path\n"
        "from todo_tui.document.document import Document\n"
        "found = Document.decode(Path(sys.argv[1]).read_bytes())\n"
        "print(len(found.entries), sum(len(one.items) for one in found.sections))\n"
        "print([name for name in sys.modules if name.startswith('ruamel')])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=True
    )
    assert done.stdout == f"1 {3 if heading else 0}\n[]\n"


def test_entries_of_one_fence_or_below_one_heading_have_one_scope() -> None:
    item = "- T-1: x\n  status: todo\n"
    parts = (
        item, "# A\n\n", item, item, "```yaml\n", item, item, "```\n\n", item,
        "## B\n\n", item, "```yaml\n", item, "```\n", "```yaml\n", item, "```\n\n", item,
        "## Session History\n\n", "- 2026-11-01T10:00:00Z: one\n\n", item,
    )  # fmt: skip
    scopes = read("".join(parts)).scopes
    numbers = list(dict.fromkeys(scopes))
    assert [numbers.index(scope) for scope in scopes] == [0, 1, 1, 2, 2, 1, 3, 4, 5, 3, 6]


@pytest.mark.parametrize("rest", ["", "x\n" + "\n".join(f"## {n}\n" for n in range(9))])
def test_a_fence_that_nests_is_read_again_when_it_is_closed_far_below(rest: str) -> None:
    items = "\n".join(f"- T-{at}: x\n  status: todo\n" for at in range(9))
    text = f"# A\n\n```markdown\n```yaml\n```\n\n{items}"
    document = read(f"{text}{rest}")
    assert len(document.entries) == 9
    edit = Edit(Span(len(text), len(text)), "```\n")
    after = document.splice([edit])
    assert after.entries == ()
    assert view(after) == view(read(apply(document.text, [edit])))
    again = after.splice([Edit(Span(len(text), len(text) + 4), "")])
    assert view(again) == view(document)
