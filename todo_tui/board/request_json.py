"""Requests and refusals as JSON bodies, and back: what one process asks of another.

``from_json(to_json(request)) == request`` for the requests about one task that is there already;
others are not told. ``error_of(error_body(error))`` has all fields of ``error``. What comes back is
data: a body names one of the kinds here and texts for its fields, or ValueError is raised. Must not
write a line or know who asks whom.
"""

from __future__ import annotations

from todo_tui.board.request import PLAIN, Actor, Seen
from todo_tui.board.task_json import optional, text_of, texts
from todo_tui.errors import Code, Location, Place, TodoError
from todo_tui.static import TYPE_CHECKING, Any, Final, cast, get_args

if TYPE_CHECKING:
    from todo_tui.board.request import Plain

_KINDS: Final[dict[str, type[Plain]]] = {kind.__name__: kind for kind in PLAIN}
_NEEDED: Final = frozenset({"ref", "text"})
_CODES: Final = frozenset(get_args(Code))


def to_json(request: Plain) -> dict[str, object]:
    """The body of a request, which must be one of ``PLAIN``."""
    body: dict[str, object] = {"kind": type(request).__name__}
    for name, value in zip(request._fields, request, strict=True):
        body[name] = list(value) if isinstance(value, Actor | Seen) else value
    return body


def from_json(body: object) -> Plain:
    """The request that ``to_json`` gave ``body`` for. Raises ValueError where it is none."""
    if not isinstance(body, dict) or not isinstance(body.get("kind"), str):
        raise ValueError("not a request")
    kind: Any = _KINDS.get(body["kind"])
    if kind is None:
        raise ValueError(f"not a request: {body['kind']!r}")
    try:
        return cast("Plain", kind(*(_field(name, body[name]) for name in kind._fields)))
    except (KeyError, TypeError) as error:
        raise ValueError(f"not a request: {error!r}") from error


def _field(name: str, value: Any) -> object:
    if name == "by":
        actor, human, for_agent = value
        return Actor(text_of(actor), human is True, optional(for_agent))
    if name == "seen":
        if value is None:
            return None
        status, holder = value
        return Seen(text_of(status), optional(holder))
    return text_of(value) if name in _NEEDED else optional(value)


def error_body(error: TodoError) -> dict[str, object]:
    """The body of a refusal."""
    return {
        "code": error.code,
        "message": error.message,
        "task": error.task,
        "status": error.status,
        "holder": error.holder,
        "since": error.since,
        "by": error.by,
        "reason": error.reason,
        "legal": list(error.legal),
        "places": [list(place) for place in error.places],
        "counts": error.counts,
        "location": None if error.location is None else list(error.location),
    }


def error_of(body: Any) -> TodoError:
    """The refusal that ``error_body`` gave ``body`` for. Raises ValueError where it is none."""
    try:
        if body["code"] not in _CODES:
            raise ValueError(f"not a refusal: {body['code']!r}")
        location = body["location"]
        return TodoError(
            cast("Code", body["code"]),
            text_of(body["message"]),
            task=optional(body["task"]),
            status=optional(body["status"]),
            holder=optional(body["holder"]),
            since=optional(body["since"]),
            by=optional(body["by"]),
            reason=optional(body["reason"]),
            legal=texts(body["legal"]),
            places=tuple(
                Place(text_of(ref), _number(line), text_of(title))
                for ref, line, title in body["places"]
            ),
            counts={text_of(word): _number(n) for word, n in body["counts"].items()},
            location=None if location is None else _location(*location),
        )
    except (AttributeError, KeyError, TypeError) as error:
        raise ValueError(f"not a refusal: {error!r}") from error


def _location(line: object, column: object, source: object) -> Location:
    return Location(_number(line), _number(column), text_of(source))


def _number(value: object) -> int:
    if not isinstance(value, int):
        raise TypeError(f"not a number: {value!r}")
    return value
