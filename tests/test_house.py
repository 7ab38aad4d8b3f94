"""The house holds: who imports whom, what a command loads, and who may write to the terminal."""

from __future__ import annotations

import ast
import subprocess
import sys
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

import todo_tui

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE: Final = Path(todo_tui.__file__).parent

BASE: Final = frozenset({"errors", "expression", "json_text", "named_tuple", "shown", "static"})
"""The modules that stand to the left of all folders."""

MAY_IMPORT: Final = {
    "errors": {"named_tuple", "static"},
    "expression": {"static"},
    "json_text": {"static"},
    "named_tuple": {"static"},
    "shown": {"static"},
    "static": set[str](),
    "document": BASE,
    "board": BASE | {"document"},
    "storage": BASE | {"document", "board"},
    "tui": BASE | {"document", "board", "storage"},
    "cli": BASE | {"document", "board", "storage"},
}
"""What each part of the package may import besides itself."""

DOORS: Final = {("cli/board.py", "tui", "open_board")}
"""The one function of ``cli`` that opens the board: file, part, function."""

ONLY_IN: Final = {
    "ruamel": {"document/yaml.py"},
    "asyncinotify": {"storage/hearing.py"},
    "watchfiles": {"storage/hearing.py"},
    "filelock": {"storage/lock.py"},
    "argcomplete": {"cli/completion.py"},
    "asyncio": {"cli/plain.py", "cli/watch.py", "storage/watch.py", "tui"},
    "textual": {"tui"},
    "rich": {"tui"},
}
"""Where a library may be imported: files, or a whole folder."""


def modules() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        yield path.relative_to(PACKAGE).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def imports(tree: ast.AST) -> Iterator[tuple[str, str | None]]:
    """Each imported module, with the function that holds the import (None: the module)."""

    def walk(node: ast.AST, function: str | None) -> Iterator[tuple[str, str | None]]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.Import):
                yield from ((alias.name, function) for alias in child.names)
            elif isinstance(child, ast.ImportFrom):
                assert child.level == 0, "imports are absolute"
                yield child.module or "", function
                yield from ((f"{child.module}.{alias.name}", function) for alias in child.names)
            elif isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
                yield from walk(child, function or child.name)
            else:
                yield from walk(child, function)

    return walk(tree, None)


def part(name: str) -> str:
    """The part of the package that a module belongs to: ``todo_tui.board.task`` is of board."""
    return name.split(".")[1] if "." in name else ""


def test_each_folder_imports_only_what_stands_to_its_left() -> None:
    wrong = []
    for path, tree in modules():
        here = path.partition("/")[0].removesuffix(".py")
        if here in {"__init__", "__main__"}:
            continue
        for name, function in imports(tree):
            if not name.startswith("todo_tui"):
                continue
            there = part(name)
            if there in {"", "__version__", here, *MAY_IMPORT[here]}:
                continue
            if (path, there, function) not in DOORS:
                wrong.append(f"{path} imports {name}")
    assert wrong == []


def test_libraries_are_imported_in_their_one_place() -> None:
    wrong = [
        f"{path} imports {name}"
        for path, tree in modules()
        for name, _ in imports(tree)
        for library, places in ONLY_IN.items()
        if name.partition(".")[0] == library
        and path not in places
        and path.partition("/")[0] not in places
    ]
    assert wrong == []


def test_the_package_itself_imports_nothing() -> None:
    tree = ast.parse((PACKAGE / "__init__.py").read_text(encoding="utf-8"))
    assert list(imports(tree)) == []


def test_only_output_writes_for_the_commands() -> None:
    """Text reaches the terminal through ``cli/output.py``, which passes every line to ``shown``."""
    wrong = []
    for path, tree in modules():
        if not path.startswith("cli/") or path == "cli/output.py":
            continue
        for node in ast.walk(tree):
            match node:
                case ast.Call(func=ast.Name(id="print" | "input")):
                    wrong.append(f"{path}:{node.lineno} prints")
                case ast.Attribute(
                    value=ast.Name(id="sys"), attr="stdout" | "stderr" | "__stdout__" | "__stderr__"
                ):
                    if path != "cli/main.py":
                        wrong.append(f"{path}:{node.lineno} uses sys.{node.attr}")
                case ast.Call(func=ast.Attribute(attr="script")):
                    if path not in {"cli/main.py", "cli/completion.py"}:
                        wrong.append(f"{path}:{node.lineno} writes text as it is")
                case _:
                    pass
    assert wrong == []


def test_every_writer_of_output_makes_its_text_safe() -> None:
    """In ``cli/output.py`` what is written is JSON, was through ``shown``, or is our own script."""
    tree = ast.parse((PACKAGE / "cli/output.py").read_text(encoding="utf-8"))
    writers = {
        function.name: {
            node.func.id
            for node in ast.walk(function)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        }
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef)
    }
    writing = {name for name, called in writers.items() if "_write" in called}
    assert writing == {"document", "lines", "script", "say"}
    assert "to_json" in writers["document"]
    assert "shown" in writers["lines"]
    assert "shown" in writers["say"]


SINKS: Final = frozenset(
    {
        "notify", "Static", "Label", "Content", "Text", "Segment", "Option", "Button", "Checkbox",
        "RadioButton", "Collapsible", "Tab", "TabPane", "update", "append", "from_text", "assemble",
        "styled", "DiscoveryHit", "Hit",
    }
)  # fmt: skip
"""Calls of ``tui`` that put text on the screen."""

TAINTED: Final = frozenset(
    {
        "title", "id", "ref", "holder", "assigned_agent", "claimed_by", "raw_status",
        "raw_priority", "created_at", "group", "message", "text", "note", "actor", "source",
    }
)  # fmt: skip
"""Attributes that hold text from the file."""


def tainted(node: ast.expr) -> bool:
    """Whether an argument puts text from the file on the screen that was not through ``shown``."""
    match node:
        case ast.Call(func=ast.Name(id="shown" | "cut" | "width" | "len" | "str")):
            return False
        case ast.Attribute(value=ast.Name(id="task" | "entry" | "fault" | "error" | "group")):
            return node.attr in TAINTED
        case ast.JoinedStr():
            return any(
                tainted(value.value)
                for value in node.values
                if isinstance(value, ast.FormattedValue)
            )
        case ast.BinOp() | ast.BoolOp() | ast.IfExp() | ast.Tuple() | ast.List():
            return any(
                tainted(child)
                for child in ast.iter_child_nodes(node)
                if isinstance(child, ast.expr)
            )
    return False


def test_text_of_the_file_reaches_the_screen_only_through_shown() -> None:
    wrong = []
    for path, tree in modules():
        if not path.startswith("tui/"):
            continue
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else None
            name = node.func.id if isinstance(node.func, ast.Name) else name
            if name not in SINKS:
                continue
            arguments = chain(node.args, (keyword.value for keyword in node.keywords))
            wrong += [f"{path}:{node.lineno} {name}" for value in arguments if tainted(value)]
    assert wrong == []


def test_every_notice_is_told_that_it_holds_no_markup() -> None:
    wrong = [
        f"{path}:{node.lineno}"
        for path, tree in modules()
        if path.startswith("tui/")
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "notify"
        and not any(
            keyword.arg == "markup"
            and isinstance(keyword.value, ast.Constant)
            and keyword.value.value is False
            for keyword in node.keywords
        )
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("task.title", True),
        ("shown(task.title)", False),
        ("f'{task.ref} is done'", True),
        ("f'{shown(task.ref)} is done'", False),
        ("'a' + error.message", True),
        ("count", False),
    ],
)
def test_the_check_itself(source: str, found: bool) -> None:
    assert tainted(ast.parse(source, mode="eval").body) is found


def loaded(words: list[str], folder: Path) -> set[str]:
    """The modules that a command has loaded when it has ended."""
    script = (
        "import sys\n"
        "before = set(sys.modules)\n"
        "from todo_tui.cli.main import main\n"
        "code = main(sys.argv[1:])\n"
        "assert code == 0, code\n"
        "sys.stderr.write(chr(10).join(set(sys.modules) - before))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *words],
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
        timeout=30,
    )
    return set(done.stderr.split("\n"))


@pytest.mark.parametrize(
    "words",
    [["list"], ["claim", "--next", "--agent", "a"], ["add", "New", "--agent", "a"], ["--json"]],
)
def test_a_command_loads_nothing_heavy(words: list[str], tmp_path: Path) -> None:
    (tmp_path / "TODO.md").write_text(
        '```yaml\n- TASK_001: "Simple"\n  priority: high\n  status: todo\n```\n', encoding="utf-8"
    )
    names = {name.partition(".")[0] for name in loaded(words, tmp_path)}
    heavy = {"textual", "rich", "watchfiles", "ruamel", "asyncio", "argcomplete", "logging"}
    heavy |= {"dataclasses", "inspect", "hashlib", "difflib", "locale", "typing"}
    heavy |= {"argparse", "gettext", "json", "signal", "pathlib", "urllib"}
    assert names & heavy == set()


PLAIN_FILE: Final = """\
# Tasks of a project

What is done here,
and by whom.

## 1. Tasks

```yaml
- TASK_001: "Simple"
  status: In progress
  assigned_agent: b

- TASK_002: "Next: to do"
  priority: P1-High
  status: todo
  dependencies: [TASK_003]
  created_at: 2026-01-02T03:04:05Z

- TASK_003: Before
  status: done
  dependencies: []
  completed_at: "2026-01-02T03:04:05Z"
```

## Session History

- **2026-01-02T03:04:05Z**: TASK_003 is done
- **2026-01-03T03:04:05Z**: TASK_001 reassigned for b by ann (human) (todo -> in_progress): soon
"""


@pytest.mark.parametrize(
    "words",
    [
        ["claim", "--next", "--agent", "a"],
        ["block", "TASK_001", "--agent", "b", "--reason", "waits"],
        ["reopen", "TASK_003", "--as", "ann", "--reason", "not yet"],
        ["list"],
        ["list", "--json"],
        ["history"],
        ["status"],
    ],
)
def test_a_plain_file_needs_no_reader_of_what_is_not_simple(
    words: list[str], tmp_path: Path
) -> None:
    (tmp_path / "TODO.md").write_text(PLAIN_FILE, encoding="utf-8")
    names = loaded(words, tmp_path)
    assert "todo_tui.document.document" in names
    for module in (
        "board.changes", "document.block", "document.fieldlines", "document.groups",
        "document.heading", "document.short", "document.yaml", "storage.configuration_file",
        "storage.journal",
    ):  # fmt: skip
        assert f"todo_tui.{module}" not in names
    assert names & {"re", "enum", "pathlib"} == set(), "these are for what is not written plainly"


def test_the_board_opens_without_what_only_a_key_asks_for() -> None:
    script = (
        "import sys\n"
        "from todo_tui.cli.board import open_board\n"
        "from todo_tui.tui.board_app import BoardApp\n"
        "print(*sys.modules, sep=chr(10))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=30
    )
    names = set(done.stdout.split("\n"))
    for module in (
        "tui.activity_panel", "tui.agents_screen", "tui.choice", "tui.command_line",
        "tui.detail_panel", "tui.editing", "tui.form_screen", "tui.markdown", "tui.palette",
        "tui.task_screen", "tui.together", "tui.tour", "board.changes", "board.command_line",
        "board.timeline", "cli.as_json", "cli.as_text", "document.yaml",
    ):  # fmt: skip
        assert f"todo_tui.{module}" not in names, module
