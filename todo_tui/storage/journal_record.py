"""The lines of the journal as values: what each says, and how it is written.

A line is one JSON object with a version. ``commit`` is one transition of this program: digests of
the file before and after it, and its events. ``look`` is what an open board saw happen that nobody
had written down: the digest of the file that it saw, and the events. ``mark`` is what a person did
about the journal itself. Must not touch the disk.
"""

from __future__ import annotations

from datetime import UTC

from todo_tui import json_text
from todo_tui.board.event_json import from_bodies, to_bodies
from todo_tui.board.times import read_time
from todo_tui.named_tuple import NamedTuple
from todo_tui.static import TYPE_CHECKING, Any, Final, Literal, TypeAlias, cast, get_args

try:
    # hashlib's own, without hashlib: that loads all of OpenSSL for it.
    from _blake2 import blake2b
except ImportError:
    from hashlib import blake2b

if TYPE_CHECKING:
    from datetime import datetime

    from todo_tui.board.event import BoardEvent

VERSION: Final = 1

MarkKind = Literal["accepted", "restored", "undone", "seen"]


class NewerError(ValueError):
    """A line of a newer version of this program."""


class Committed(NamedTuple):
    """A transition of this program: it made ``after`` of ``before`` (digests of the file)."""

    before: str
    after: str
    events: tuple[BoardEvent, ...]


class Looked(NamedTuple):
    """What was seen and not written down before; with it the journal tells all up to ``after``."""

    after: str
    events: tuple[BoardEvent, ...]


class Mark(NamedTuple):
    """What somebody did about what is told: ``key`` is of the event.

    ``accepted`` and ``restored`` are of violations, ``undone`` of a deed of one's own.
    ``seen``: the person has looked at the board until ``at``; it has no ``key``.
    """

    kind: MarkKind
    at: datetime
    by: str
    key: str = ""


Record: TypeAlias = "Committed | Looked | Mark"


def digest(data: bytes) -> str:
    """Names a state of the file by its bytes."""
    return blake2b(data, digest_size=12).hexdigest()


def render(record: Record) -> bytes:
    """The line of a record, line end included."""
    body: dict[str, object] = {"version": VERSION}
    match record:
        case Committed(before, after, events):
            body |= {"record": "commit", "before": before, "after": after}
            body["events"] = to_bodies(events)
        case Looked(after, events):
            body |= {"record": "look", "after": after}
            body["events"] = to_bodies(events)
        case Mark(kind, at, by, key):
            told = at.astimezone(UTC).isoformat().replace("+00:00", "Z")
            body |= {"record": "mark", "mark": kind, "at": told, "by": by, "key": key}
    return json_text.to_json(body, between=",", after_key=":").encode("ascii") + b"\n"


def parse(line: bytes) -> Record:
    """The record that a line is. Raises ValueError where it is none, NewerError where it may be."""
    import json

    body: Any = json.loads(line)
    if not isinstance(body, dict):
        raise ValueError("not an object")
    version = body.get("version")
    if isinstance(version, int) and version > VERSION:
        raise NewerError(f"version {version}")
    if version != VERSION:
        raise ValueError(f"version {version!r}")
    match body.get("record"):
        case "commit":
            return Committed(_text(body, "before"), _text(body, "after"), _events(body))
        case "look":
            return Looked(_text(body, "after"), _events(body))
        case "mark":
            at = read_time(_text(body, "at"))
            kind = body.get("mark")
            if at is None or kind not in get_args(MarkKind):
                raise ValueError(f"not a mark: {kind!r}")
            return Mark(cast("MarkKind", kind), at, _text(body, "by"), _text(body, "key"))
    raise ValueError(f"not a record: {body.get('record')!r}")


def _events(body: dict[str, Any]) -> tuple[BoardEvent, ...]:
    events = body.get("events")
    if not isinstance(events, list) or not all(isinstance(event, dict) for event in events):
        raise ValueError("no events")
    return from_bodies(events)


def _text(body: dict[str, Any], key: str) -> str:
    value = body.get(key)
    if not isinstance(value, str):
        raise ValueError(f"no {key}")
    return value
