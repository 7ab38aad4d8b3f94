"""No widget that reads markup is given a text: the code is looked through for it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import todo_tui.tui

MODULES = sorted(Path(todo_tui.tui.__file__).parent.glob("*.py"))
READERS = {
    "Button", "Checkbox", "Collapsible", "DataTable", "Label", "ListItem", "Markdown",
    "RadioButton", "RichLog", "Select", "SelectionList", "TabPane", "Text",
    "TextArea", "Tree", "from_markup", "notify",
}  # fmt: skip
"""Widgets and calls that read markup from a text, or would do something with it."""


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.stem)
def test_nothing_reads_markup(module: Path) -> None:
    tree = ast.parse(module.read_text(encoding="utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    for call in calls:
        name = ast.unparse(call.func).rpartition(".")[2]
        assert name not in READERS, f"line {call.lineno}"
        if name in {"Static", "OptionList", "Listing"}:
            given = {keyword.arg: keyword.value for keyword in call.keywords}
            assert ast.unparse(given["markup"]) == "False", f"line {call.lineno}"
    literal = {
        target
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        and isinstance(node.value, ast.Call)
        and ast.unparse(node.value.func) == "Content"
        for target in node.targets
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node not in literal:
            assert node.attr not in {"tooltip", "border_title", "border_subtitle"}, node.lineno
