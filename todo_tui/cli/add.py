"""``add``: a new task, or many in one commit."""

from __future__ import annotations

import sys

from todo_tui.board.commands import COMMANDS, draft
from todo_tui.board.request import Add
from todo_tui.cli.answer import commit
from todo_tui.cli.options import add_options
from todo_tui.errors import TodoError
from todo_tui.static import TYPE_CHECKING

if TYPE_CHECKING:
    from todo_tui.board.request import Draft
    from todo_tui.cli.call import Call
    from todo_tui.cli.options import Arguments

_TEXTS = ("title", "priority", "assign", "id", "under", "description")
_FIELDS = (*_TEXTS, "depends_on")


def add_arguments(parser: Arguments, command: str) -> None:
    """Add the fields of a new task, or a batch."""
    parser.add_argument("title", metavar="TITLE", nargs="?", help="one line, quoted")
    add_options(parser, COMMANDS[command].options)
    parser.add_argument(
        "--batch",
        metavar="FILE",
        help='a JSON list of objects with these fields (- is stdin); "@1" in depends_on is the '
        "first of the list",
    )


def run(call: Call) -> int:
    """Add the task, or all of the batch or none."""
    args = call.args
    by = call.named_actor
    if args.batch is None:
        return commit(call, call.request(call.command, by))
    if any(getattr(args, name) is not None for name in _FIELDS):
        raise TodoError("usage", "--batch takes no other field: they stand in its list")
    return commit(call, Add(_batch(args.batch), by), many=True)


def _batch(name: str) -> tuple[Draft, ...]:
    """The drafts of a JSON list. Raises TodoError: no_file, usage."""
    import json

    try:
        found = json.loads(_stdin() if name == "-" else _bytes_of(name))
    except OSError as error:
        raise TodoError("no_file", f"{name} cannot be read: {error.strerror}") from error
    except (ValueError, RecursionError) as error:
        raise TodoError("usage", f"the batch is not JSON: {error}") from error
    if not isinstance(found, list) or not found:
        words = "the batch is not a JSON list of tasks"
        raise TodoError("usage", f'{words}, such as [{{"title": "First"}}, {{"title": "Second"}}]')
    return tuple(_draft(item, number) for number, item in enumerate(found, 1))


def _bytes_of(path: str) -> bytes:
    with open(path, "rb") as file:
        return file.read()


def _stdin() -> bytes:
    return sys.stdin.buffer.read() if sys.stdin is not None else b""


def _draft(item: object, number: int) -> Draft:
    if not isinstance(item, dict):
        raise TodoError("usage", f"task {number} of the batch is not an object")
    unknown = sorted(item.keys() - set(_FIELDS))
    if unknown:
        words = f"task {number} of the batch has an unknown field, {unknown[0]}"
        raise TodoError("usage", f"{words}: known are {', '.join(_FIELDS)}")
    texts = {name: item[name] for name in _TEXTS if item.get(name) is not None}
    for name, text in texts.items():
        if not isinstance(text, str):
            raise TodoError("usage", f"task {number} of the batch: {name} is not a text")
    if "title" not in texts:
        raise TodoError("usage", f"task {number} of the batch has no title")
    depends_on = item.get("depends_on") or []
    if not isinstance(depends_on, list) or not all(isinstance(one, str) for one in depends_on):
        raise TodoError("usage", f"task {number} of the batch: depends_on is not a list of texts")
    if any(0xD800 <= ord(one) <= 0xDFFF for one in "".join((*texts.values(), *depends_on))):
        raise TodoError("usage", f"task {number} of the batch holds half a surrogate pair")
    return draft(item)
