"""Files that are made to take time or memory out of proportion to their size."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

_TASK: Final = '- TASK_001: "A task that is well"\n  priority: high\n  status: todo\n'


def _with(item: str) -> str:
    return f"# Work\n\n```yaml\n{_TASK}{item}```\n"


def _aliases() -> str:
    rows = ["- TASK_002: &k0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n  status: todo\n"]
    rows += [f"  k{n}: &k{n} [{', '.join([f'*k{n - 1}'] * 9)}]\n" for n in range(1, 30)]
    return _with("".join(rows))


def _field(value: str) -> str:
    return _with(f"- TASK_002: T\n  status: todo\n  field: {value}\n")


_DEEP: Final = 100_000
_LONG: Final = 1_000_000

_NAMES: Final = tuple(f"TASK_{n}" for n in range(300))
_HUGE: Final = 100_000_000

BOMBS: Final[dict[str, Callable[[], str]]] = {
    "aliases": _aliases,
    "deep lists": lambda: _field("[" * _DEEP),
    "deep closed lists": lambda: _field("[" * _DEEP + "]" * _DEEP),
    "deep mappings": lambda: _field("{a: " * _DEEP),
    "deep dashes": lambda: _with(f"- TASK_002: T\n  status: todo\n  field:\n    {'- ' * _DEEP}x\n"),
    "deep question marks": lambda: _with(f"{'? ' * _DEEP}TASK_002: T\n"),
    "deep indents": lambda: _with(
        "- TASK_002: T\n  status: todo\n"
        + "".join(f"{' ' * (2 + n % 2000)}k{n}:\n" for n in range(20_000))
    ),
    "nearly items, ever deeper": lambda: (
        "".join(f"{' ' * (n % 200)}- A-1: [todo]\n" for n in range(20_000)) + _with("")
    ),
    "deep quotes": lambda: "> " * _DEEP + _TASK,
    "deep bullets": lambda: "- " * _DEEP + "TASK_002: T\n",
    "a long title": lambda: _with(f"- TASK_002: {'x' * _LONG}\n  status: todo\n"),
    "a long quoted title": lambda: _with(f'- TASK_002: "{"x " * (_LONG // 2)}"\n  status: todo\n'),
    "a long title that YAML refuses": lambda: _with(f"- TASK_002: a: {'b: ' * (_LONG // 3)}\n"),
    "a long line of colons": lambda: _with(f"- TASK_002{':' * _LONG}\n  status: todo\n"),
    "a long line of prose": lambda: f"{'word ' * (_LONG // 5)}\n" + _with(""),
    "a long heading": lambda: f"### TASK_002: {'x' * _LONG}\n- **Status**: todo\n",
    "a long row of hashes": lambda: "#" * _LONG + "\n" + _with(""),
    "a long row of backticks": lambda: "`" * _LONG + "\n" + _with(""),
    "a long row of blanks": lambda: _with(
        f"- TASK_002:{' ' * _LONG}T\n  status: todo{' ' * _LONG}\n"
    ),
    "a long short line": lambda: f'- TASK_002: "{"x" * _LONG}" (a) [high] [todo]\n',
    "a long row of brackets": lambda: f'- TASK_002: "x" {"[high] " * (_LONG // 7)}[todo]\n',
    "a long history line": lambda: (
        _with("") + f"\n## Session History\n\n- 2026-11-22T12:33:00Z: TASK_001 claimed by "
        f"{'x by ' * (_LONG // 5)}y (todo -> claimed)\n"
    ),
    "a long comment": lambda: "<!--" + "- TASK_002: x\n" * (_LONG // 14),
    "many open comments": lambda: "<!-- " * (_LONG // 5) + "\n" + _with(""),
    "a million dependencies": lambda: _with(
        "- TASK_002: T\n  status: todo\n  dependencies:\n" + "  - TASK_001\n" * _LONG
    ),
    "a million in brackets": lambda: _field(f"[{'a,' * _LONG}]"),
    "a million items": lambda: _with("- x\n" * _LONG),
    "a million bullets": lambda: "- x\n" * _LONG + _with(""),
    "a million fences": lambda: "```yaml\n```\n" * (_LONG // 2) + _with(""),
    "a million headings": lambda: "# x\n" * _LONG + _with(""),
    "a million history lines": lambda: (
        _with("") + "\n## Session History\n\n" + "- 2026-11-22T12:33:00Z: so it is\n" * _LONG
    ),
    "a million conflict markers": lambda: (
        "<<<<<<< a\n" * (_LONG // 2) + ">>>>>>> b\n" * (_LONG // 2)
    ),
    "ids that are all the same": lambda: _with("- TASK_002: T\n  status: todo\n" * 20_000),
    "a chain of dependencies": lambda: _with(
        "".join(
            f"- TASK_{n}: T\n  status: todo\n  depends_on: TASK_{n + 1}\n"
            for n in range(1000, 21_000)
        )
    ),
    "everything depends on everything": lambda: _with(
        "".join(
            f"- TASK_{n}: T\n  status: todo\n  depends_on: [{', '.join(_NAMES)}]\n"
            for n in range(300)
        )
    ),
    "100 MB of prose": lambda: f"{'word ' * 15}\n" * (_HUGE // 76) + _with(""),
    "100 MB of one line": lambda: "x" * _HUGE + "\n" + _with(""),
    "100 MB of tasks": lambda: _with(
        "".join(
            f'- TASK_{n}: "Do the part number {n}"\n  priority: high\n  status: done\n'
            "  description: it takes some words to say what is to be done here, and by whom\n"
            for n in range(1000, 1000 + _HUGE // 145)
        )
    ),
}
"""Each is a file; most hold a task TASK_001 that has nothing to do with it."""

SLOW: Final = frozenset(
    {
        "deep indents",
        "a million in brackets",
        "a million fences",
        "a million headings",
        "a million history lines",
        "100 MB of prose",
        "100 MB of one line",
        "100 MB of tasks",
    }
)
"""Those that take more than three seconds."""

FAULTY: Final = frozenset(
    {
        "a long line of colons",
        "aliases",
        "deep lists",
        "deep closed lists",
        "deep mappings",
        "deep dashes",
        "deep indents",
    }
)
"""Those in which an item is refused as too deep, too large or no YAML."""

WITHOUT: Final = frozenset(
    {
        "deep quotes",
        "deep bullets",
        "a long heading",
        "a long row of backticks",
        "a long short line",
        "a long row of brackets",
        "a long comment",
        "many open comments",
        "a million conflict markers",
    }
)
"""Those in which there is no TASK_001, or it stands within what is never closed."""
