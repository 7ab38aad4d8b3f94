"""The lines of an ask: a wish, an answer to it, and the word that the answer holds; and back.

Owns the keys. What is read is data, and whatever is none of these lines is refused. Must not touch
the disk.
"""

from __future__ import annotations

import json
from datetime import timedelta

from todo_tui import __version__
from todo_tui.board.event import Source
from todo_tui.board.request import PLAIN
from todo_tui.board.request_json import error_body, error_of, from_json, to_json
from todo_tui.board.task_json import read_task, text_of, whole_body
from todo_tui.board.thresholds import Thresholds
from todo_tui.json_text import to_json as to_text
from todo_tui.named_tuple import NamedTuple
from todo_tui.static import TYPE_CHECKING, Any, Final, cast, get_args
from todo_tui.storage.planner import Wish
from todo_tui.storage.steady import Stamp

if TYPE_CHECKING:
    from collections.abc import Sequence

    from todo_tui.board.task import Task
    from todo_tui.errors import TodoError

_SOURCES: Final = frozenset(get_args(Source))


class Answer(NamedTuple):
    """What an ask came to: tasks as they are right after it, or a refusal.

    ``merged``, ``said``: what is said of the whole commit to all whom it concerns. ``stamp``: of
    the file that it left.
    """

    changed: bool
    tasks: tuple[Task, ...]
    refusal: TodoError | None = None
    merged: bool = False
    said: str | None = None
    stamp: Stamp | None = None


class Lost(Exception):  # noqa: N818 - it is no error of ours, and is always caught
    """Nobody can tell whether an ask was carried out."""


def wish_line(wish: Wish) -> bytes:
    """The line of a wish, which must be for one of ``PLAIN``."""
    limits = wish.thresholds
    assert isinstance(wish.transition, PLAIN), "no other is asked this way"
    body = {
        "version": __version__,
        "request": to_json(wish.transition),
        "history": wish.history,
        "source": wish.source,
        "too_fast": limits.too_fast.total_seconds(),
        "bulk_done": limits.bulk_done,
        "patience": {status: it.total_seconds() for status, it in limits.patience.items()},
    }
    return _line(body)


def read_wish(line: bytes) -> Wish | None:
    """The wish of a line; None where it is not of this version, or none at all."""
    try:
        body = json.loads(line)
        if body["version"] != __version__ or body["source"] not in _SOURCES:
            return None
        return Wish(
            from_json(body["request"]),
            body["history"] is True,
            cast("Source", body["source"]),
            Thresholds(
                timedelta(seconds=body["too_fast"]),
                int(body["bulk_done"]),
                {
                    text_of(status): timedelta(seconds=limit)
                    for status, limit in body["patience"].items()
                },
            ),
        )
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError):
        return None


def answer_line(replacement: str, answer: Answer) -> bytes:
    """The line of an answer that counts if ``replacement`` is made."""
    refusal = answer.refusal
    body = {
        "for": replacement,
        "changed": answer.changed,
        "tasks": [whole_body(task) for task in answer.tasks],
        "refusal": None if refusal is None else error_body(refusal),
    }
    return _line(body)


def belongs_to(line: bytes, replacement: str) -> bool:
    """Whether a line is an answer that counts if ``replacement`` is made."""
    try:
        body: Any = json.loads(line)
    except (ValueError, RecursionError):
        return False
    return isinstance(body, dict) and body.get("for") == replacement


def word_line(answer: Answer | None) -> bytes:
    """The line which says that an answer holds; None: that nobody can tell whether it does."""
    if answer is None:
        return _line({"lost": True})
    return _line(
        {
            "lost": False,
            "merged": answer.merged,
            "said": answer.said,
            "stamp": None if answer.stamp is None else list(answer.stamp),
        }
    )


def read_answer(lines: Sequence[bytes]) -> Answer | None:
    """The answer of two lines, it and the word that it holds; None where they are none.

    Raises Lost where nobody can tell whether it holds.
    """
    try:
        body: Any = json.loads(lines[0])
        word: Any = json.loads(lines[1])
        if word["lost"]:
            raise Lost
        refusal, said, stamp = body["refusal"], word["said"], word["stamp"]
        return Answer(
            body["changed"] is True,
            tuple(read_task(task) for task in body["tasks"]),
            None if refusal is None else error_of(refusal),
            word["merged"] is True,
            None if said is None else text_of(said),
            None if stamp is None else Stamp(*map(int, stamp)),
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _line(body: dict[str, object]) -> bytes:
    return to_text(body, between=",", after_key=":").encode("ascii") + b"\n"
