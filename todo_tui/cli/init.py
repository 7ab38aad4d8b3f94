"""``init``: a TODO.md to begin with."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from todo_tui.cli.as_json import utc
from todo_tui.cli.exit_code import OK
from todo_tui.errors import TodoError

if TYPE_CHECKING:
    from todo_tui.cli.call import Call
    from todo_tui.cli.options import Parser

_TEXT: Final = """\
# TODO

Agents and people share this file. A task belongs to one of them at a time: **claim it before any
work on it**. Every agent has a name, and a session after it: `eng-backend@7f3a`.

## Protocol

1. **Claim** (todo -> claimed): `todo-tui claim --next --agent NAME@SESSION`, or `claim ID`. One
   claim wins; who is refused takes another task.
2. **Start** (claimed -> in_progress): `todo-tui start ID --agent NAME@SESSION`.
3. **Finish** (in_progress -> done): `todo-tui done ID --agent NAME@SESSION --note "what was done"`.
4. Stuck: `todo-tui block ID --reason "why"`. Not yours after all: `todo-tui release ID`.
5. New work: `todo-tui add "Title" --priority high --depends-on ID`.

Without the program: edit `status` in these same steps, write your name to `claimed_by` when you
claim, and add a line to the session history.

## Tasks

```yaml
- TASK_001: "Replace this example by the first task of your own"
  priority: medium
  assigned_agent: null
  status: todo
  created_at: "{now}"
```

## Session History
"""


def add_arguments(parser: Parser, command: str) -> None:
    """Nothing to add."""


def run(call: Call) -> int:
    """Write the file. Raises TodoError: illegal where it exists, no_file, disk."""
    path = Path(call.args.file or call.environ.get("TODO_TUI_FILE") or "TODO.md")
    if path.is_dir():
        path /= "TODO.md"
    _create(path, _TEXT.format(now=utc(call.now())).encode())
    if call.out.json:
        call.out.document({"changed": True, "file": str(path.absolute())})
    else:
        call.out.lines([str(path)])
        call.out.say("next: todo-tui (the board), or todo-tui add TITLE --as NAME")
    return OK


def _create(path: Path, data: bytes) -> None:
    try:
        with path.open("xb") as stream:
            stream.write(data)
    except FileExistsError:
        raise TodoError("illegal", f"{path} exists already: init overwrites nothing") from None
    except FileNotFoundError:
        raise TodoError("no_file", f"there is no folder {path.parent}") from None
    except OSError as error:
        raise TodoError("disk", f"{path} cannot be written: {error.strerror}") from error
