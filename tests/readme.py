"""The tables of the README that the code holds: ``python -m tests.readme`` writes them anew.

The map of modules is the first sentence of each module's docstring, the keys are the key table.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path

from todo_tui.tui import keys

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
PACKAGE = ROOT / "todo_tui"
FOLDERS = ("", "document", "board", "storage", "cli", "tui")


def table(name: str, text: str) -> str:
    """What stands between a table's two marks in the README."""
    found = re.search(rf"<!-- {name}: begin -->\n(.*?)<!-- {name}: end -->", text, re.DOTALL)
    assert found is not None, name
    return found[1]


def modules() -> str:
    """The map: a folder a row in bold, then its modules with their first sentence."""
    lines = ["| module | owns |", "|---|---|"]
    for folder in FOLDERS:
        place = PACKAGE / folder
        name = f"todo_tui/{folder}/" if folder else "todo_tui/"
        lines.append(f"| **`{name}`** | {_sentence(place / '__init__.py')} |")
        lines += [
            f"| `{module.name}` | {_sentence(module)} |"
            for module in sorted(place.glob("*.py"))
            if module.name not in {"__init__.py", "__main__.py"}
        ]
    return "\n".join(lines) + "\n"


def generated() -> dict[str, str]:
    """Each table that is made from the code."""
    return {"keys": keys.markdown(), "modules": modules()}


def _sentence(module: Path) -> str:
    text = ast.get_docstring(ast.parse(module.read_text(encoding="utf-8"))) or ""
    return text.partition("\n\n")[0].replace("\n", " ").replace("``", "`").replace("|", "\\|")


def main() -> None:
    """Write the tables into the README."""
    text = README.read_text(encoding="utf-8")
    for name, rows in generated().items():
        text = text.replace(
            f"<!-- {name}: begin -->\n{table(name, text)}", f"<!-- {name}: begin -->\n{rows}"
        )
    README.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
