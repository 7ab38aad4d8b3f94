"""Values of fields as one text, one line, or the ids that a task waits for.

Must not know which field a value stands in.
"""

from __future__ import annotations

from functools import lru_cache

from todo_tui.board.task import is_nobody
from todo_tui.document.entry import Mapping
from todo_tui.document.syntax import is_id
from todo_tui.expression import expression
from todo_tui.static import TYPE_CHECKING, Final, cast

if TYPE_CHECKING:
    from collections.abc import Callable

    from todo_tui.document.entry import Value

_WORD = expression(r"[^\s(),:;\[\]]+")
_AROUND: Final = "`*_\"'.#<>!?&+|/"
_ENTRY_END = expression(r" ?\(| - | — |:(?:\s|$)")


def text_of(value: Value) -> str:
    """A value as one text: the items of a list with commas between them."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, Mapping):
        return ", ".join(f"{name}: {text_of(inner)}".strip() for name, inner in value.items)
    return ", ".join(text_of(inner) for inner in value)


def line_of(value: Value) -> str:
    """A value as one line."""
    text = value.strip() if value.__class__ is str else text_of(value)
    return text if "\n" not in text else " ".join(line.strip() for line in text.splitlines())


def dependency_ids(value: Value) -> tuple[str, ...]:
    """The ids that the value of a dependencies field begins its entries with."""
    if isinstance(value, str):
        return tuple(filter(None, map(_dependency_id, _split(value))))
    if isinstance(value, Mapping):
        return tuple(filter(None, (_dependency_id(name) for name, _ in value.items)))
    for inner in value:
        if not isinstance(inner, str) or not is_id(inner):
            break
    else:
        return cast("tuple[str, ...]", value)
    found: list[str] = []
    for inner in value:
        if isinstance(inner, Mapping):
            named = dict(inner.items)
            text = named.get("id") or next(iter(named), "")
            found.append(_dependency_id(text_of(text)))
        elif isinstance(inner, str):
            found.append(_dependency_id(inner))
        else:
            found += dependency_ids(inner)
    return tuple(filter(None, found))


def with_ids(
    value: Value, ids: tuple[str, ...], is_known: Callable[[str], bool], *, mappings: bool
) -> Value:
    """The value of a dependencies field with other ids: what it says about one that stays, stays.

    ``T-1 (must exist first)`` is kept for ``T-1``, unless it names another one that ``is_known``;
    an entry that is a mapping only with ``mappings``.
    """

    def says(entry: Value, names: tuple[str, ...]) -> bool:
        others = (word for word in words_of(entry) if is_known(word))
        return dependency_ids(entry) == names and set(others) <= set(names)

    if says(value, ids):
        return value
    entries = _split(value) if isinstance(value, str) else value
    kept: dict[str, Value] = {}
    for entry in () if isinstance(entries, Mapping) else entries:
        own = () if isinstance(entry, tuple) else dependency_ids((entry,))[:1]
        if own and (mappings or isinstance(entry, str)) and says((entry,), own):
            kept.setdefault(own[0], entry.strip() if isinstance(entry, str) else entry)
    return tuple(kept.get(one, one) for one in ids)


def words_of(value: Value) -> tuple[str, ...]:
    """The words of a dependencies field that could be ids, wherever they stand in an entry.

    A number alone is none: it may count anything.
    """
    words = (word.strip(_AROUND) for word in _WORD.findall(text_of(value)))
    return tuple(dict.fromkeys(word for word in words if word and not word.isdigit()))


def _split(text: str) -> list[str]:
    """The entries of a comma-separated scalar; commas in brackets separate nothing."""
    text = text.strip()
    if text.startswith("[") and text.endswith("]"):
        text = text[1:-1]
    parts, depth, start = [], 0, 0
    for at, c in enumerate(text):
        if c in "([":
            depth += 1
        elif c in ")]":
            depth -= 1
        elif c in ",\n" and depth <= 0:
            parts.append(text[start:at])
            start = at + 1
    return [*parts, text[start:]]


def _dependency_id(entry: str) -> str:
    """The id at the start of one entry; "" where it says that there is none."""
    return entry if is_id(entry) else _id_at_start(entry)


@lru_cache(maxsize=4096)
def _id_at_start(entry: str) -> str:
    text = entry.strip().strip("`*_\"'").strip()
    if text.startswith("[") and "]" in text:
        text = text[1 : text.index("]")]
    found = _WORD.match(text)
    word = found[0].rstrip(".`*\"'") if found else ""
    if any(map(str.isdigit, word)) or (word.isupper() and ("_" in word or "-" in word)):
        return word
    text = _ENTRY_END.split(text, maxsplit=1)[0].strip().strip("`*\"'")
    return "" if is_nobody(text) else text
