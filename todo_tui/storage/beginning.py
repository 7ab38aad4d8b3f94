"""A TODO.md to begin with.

Owns what stands in it. Must not overwrite anything.
"""

from __future__ import annotations

import os

from todo_tui.board.times import write_time
from todo_tui.errors import TodoError
from todo_tui.static import TYPE_CHECKING, Final
from todo_tui.storage.disk import reason

if TYPE_CHECKING:
    from datetime import datetime

    from _typeshed import StrPath

_TEXT: Final = """\
# TODO

Agents and people share this file. A task belongs to one of them at a time: **claim it before any
work on it**. Every agent has a name, and a session after it: `eng-backend@7f3a`.

## Protocol

1. **Claim** (todo -> claimed): `todo-tui claim --next --agent NAME@SESSION`, or `claim ID`. One
   claim wins; who is refused takes another task.
2. **Start** (claimed -> in_progress): `todo-tui start ID --agent NAME@SESSION`.
3. **Finish** (in_progress -> done): `todo-tui done ID --agent NAME@SESSION --note "what was done"`.
4. Stuck: `todo-tui block ID --agent NAME@SESSION --reason "why"`. Not yours after all:
   `todo-tui release ID --agent NAME@SESSION`.
5. New work: `todo-tui add "Title" --agent NAME@SESSION --priority high --depends-on ID`.

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


def begin(path: StrPath, now: datetime) -> None:
    """Write the file. Raises TodoError: illegal where it exists, no_file, disk."""
    _create(path, _TEXT.format(now=write_time(now)).encode())


def _create(path: StrPath, data: bytes) -> None:
    try:
        with open(path, "xb") as stream:
            try:
                stream.write(data)
                stream.flush()
            except BaseException:
                # Nobody should take a part of it for the whole.
                os.unlink(path)
                raise
    except FileExistsError:
        words = f"{path} exists already: go on with it, init overwrites nothing"
        raise TodoError("illegal", words) from None
    except FileNotFoundError:
        folder = os.path.dirname(path) or os.curdir
        raise TodoError("no_file", f"there is no folder {folder}: make it first") from None
    except OSError as error:
        raise TodoError("disk", f"{path} cannot be written: {reason(error)}") from error
