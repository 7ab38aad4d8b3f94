"""The authority on YAML: ruamel's events, node text and marks, never constructed values.

Owns ruamel (the only file that imports it, and only when first needed). A fresh instance reads
each item, since a ``%YAML`` directive stays with the instance that met it. Events instead of a
composed tree: an alias keeps its own marks, and nesting is counted instead of recursed into. How a
scalar is written is in ``scalar``. Must not read more than one item or mapping at a time.
"""

from __future__ import annotations

from todo_tui.document.entry import Field, Mapping
from todo_tui.document.scalar import scalar, sequence
from todo_tui.document.span import Span
from todo_tui.expression import expression
from todo_tui.named_tuple import NamedTuple
from todo_tui.static import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator

    from todo_tui.document.entry import Value

__all__ = ["YamlError", "locate", "scalar", "scan", "sequence"]

DEPTH = 100
"""Collections inside each other in one item; more is refused."""

SIZE = 10_000
"""Nodes that the aliases of one item may stand for in all; more is refused."""

_BYTE = expression("[\udc80-\udcff]")
_HALF = expression("[\ud800-\udfff]")
_BRACKET = expression(r"[\[\]{}]")
_COLON = expression(r"[ \t]*:")


class YamlError(ValueError):
    """YAML refuses the text: ``message`` says why, ``offset`` (characters) where."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.message = message
        self.offset = offset


def scan(text: str) -> tuple[tuple[str, Value], ...]:
    """The pairs of a list item's mapping, or of a mapping. Raises YamlError."""
    return tuple((field.name, field.value) for field in locate(text))


def locate(text: str) -> tuple[Field, ...]:
    """The same pairs as fields with spans relative to ``text``. Raises YamlError."""
    _refuse_depth(text)
    root = _Tree(text).root()
    if isinstance(root, _Branch) and not root.is_mapping:
        if len(root.children) != 1:
            at = root.children[1].start if root.children else root.start
            raise YamlError("expected one list item", at)
        root = root.children[0]
    if not isinstance(root, _Branch) or not root.is_mapping:
        raise YamlError("expected a mapping", root.start)
    return tuple(_fields(text, root))


def _refuse_depth(text: str) -> None:
    """Raise YamlError where more brackets are open than may be.

    Ruamel would look ahead past all of them, in the square of their number, before its first event.
    """
    if text.count("[") + text.count("{") <= DEPTH:
        return
    depth = 0
    for bracket in _BRACKET.finditer(text):
        depth = depth + 1 if bracket[0] in "[{" else max(depth - 1, 0)
        if depth > DEPTH:
            raise YamlError(f"nested deeper than {DEPTH} levels", bracket.start())


class _Leaf(NamedTuple):
    """A scalar; ``start`` and ``stop`` cover its source, its anchor and tag too."""

    value: str
    start: int
    stop: int
    is_empty: bool
    size: int = 1
    depth: int = 0


class _Branch(NamedTuple):
    """A list, or a mapping whose children are its keys and values in turn."""

    children: tuple[_Node, ...]
    start: int
    stop: int
    is_mapping: bool
    is_flow: bool
    size: int
    depth: int


_Node: TypeAlias = "_Leaf | _Branch"


class _Open(NamedTuple):
    """A collection whose end has not come yet."""

    start: int
    stop: int
    is_mapping: bool
    is_flow: bool
    anchor: str | None
    children: list[_Node]


class _Tree:
    """The nodes of a text of one document."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.strays = _strays(text)
        self.anchors: dict[str, _Node | None] = {}
        self.expanded = 0

    def root(self) -> _Node:
        """Raises YamlError where there is none, or more than one."""
        roots: list[_Node] = []
        opened: list[_Open] = []
        for kind, event in _events(self.text.translate(self.strays)):
            at = event.start_mark.index
            node: _Node | None = None
            match kind:
                case "ScalarEvent":
                    node = self._leaf(event)
                    self._anchor(event.anchor, node)
                case "AliasEvent":
                    node = self._alias(event, len(opened))
                case "SequenceStartEvent" | "MappingStartEvent":
                    if len(opened) >= DEPTH:
                        raise YamlError(f"nested deeper than {DEPTH} levels", at)
                    opened.append(
                        _Open(
                            at,
                            event.end_mark.index,
                            kind == "MappingStartEvent",
                            bool(event.flow_style),
                            event.anchor,
                            [],
                        )
                    )
                    if event.anchor is not None:
                        self.anchors[event.anchor] = None
                case "SequenceEndEvent" | "MappingEndEvent":
                    done = opened.pop()
                    node = _close(done, event.end_mark.index)
                    self._anchor(done.anchor, node)
                case "DocumentStartEvent":
                    if roots:
                        raise YamlError("expected one document", at)
            if node is not None:
                siblings = opened[-1].children if opened else roots
                if opened and opened[-1].is_mapping and len(siblings) % 2:
                    node = self._after_colon(siblings[-1], node)
                siblings.append(node)
        if not roots:
            raise YamlError("expected a mapping", 0)
        return roots[0]

    def _leaf(self, event: Any) -> _Leaf:
        start, stop = event.start_mark.index, event.end_mark.index
        if event.style in ("|", ">"):
            stop = start + len(self.text[start:stop].rstrip())
            stop = _line_stop(self.text, stop)
        value = _without_halves(event.value).translate(
            {to: stray for stray, to in self.strays.items()}
        )
        return _Leaf(value, start, stop, start == stop)

    def _after_colon(self, key: _Node, value: _Node) -> _Node:
        """The value in its place: ruamel puts an empty one at the next token."""
        if not isinstance(value, _Leaf) or not value.is_empty:
            return value
        colon = _COLON.match(self.text, key.stop)
        at = colon.end() if colon else key.stop
        return value._replace(start=at, stop=at)

    def _anchor(self, name: str | None, node: _Node) -> None:
        if name is not None:
            self.anchors[name] = node

    def _alias(self, event: Any, depth: int) -> _Node:
        start, stop = event.start_mark.index, event.end_mark.index
        node = self.anchors.get(event.anchor)
        if node is None:
            raise YamlError(f"no anchor for the alias {event.anchor!r}", start)
        self.expanded += node.size
        if self.expanded > SIZE or depth + node.depth > DEPTH:
            raise YamlError("aliases stand for too much", start)
        return node._replace(start=start, stop=stop)


def _strays(text: str) -> dict[int, int]:
    """For each byte of the text that is no UTF-8 (a surrogate) a character that YAML allows.

    One of private use that does not occur in the text, so that it can be turned back.
    """
    strays = sorted(set(_BYTE.findall(text)))
    unused = (code for code in range(0xF0000, 0xFFFFE) if chr(code) not in text)
    return {ord(stray): code for stray, code in zip(strays, unused, strict=False)}


def _without_halves(value: str) -> str:
    """``value`` with escapes of half a character (``"\\ud83d\\ude80"``, as JSON has it) made whole.

    A half alone becomes U+FFFD: it could not be encoded, or would pass for a byte of the file.
    """
    if not _HALF.search(value):
        return value
    return value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _close(opened: _Open, end: int) -> _Branch:
    """A collection; in block style it ends with its last child, not at the next token."""
    children = tuple(opened.children)
    stop = end if opened.is_flow else max([opened.stop, *(child.stop for child in children)])
    size = 1 + sum(child.size for child in children)
    depth = 1 + max((child.depth for child in children), default=0)
    return _Branch(children, opened.start, stop, opened.is_mapping, opened.is_flow, size, depth)


def _events(text: str) -> Iterator[tuple[str, Any]]:
    """Ruamel's events with the names of their kinds. Raises YamlError and nothing else."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError
    from ruamel.yaml.reader import ReaderError

    try:
        for event in YAML(typ="safe", pure=True).parse(text):
            yield type(event).__name__, event
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        message = error.problem or error.context or "not YAML"
        raise YamlError(message, min(mark.index, len(text)) if mark else 0) from error
    except ReaderError as error:
        raise YamlError(
            f"character U+{error.character:04X} is not allowed", error.position
        ) from error
    except Exception as error:
        raise YamlError(f"not YAML: {error}", 0) from error


def _fields(text: str, mapping: _Branch) -> Iterator[Field]:
    for index, (key, node) in enumerate(_pairs(mapping)):
        if mapping.is_flow:
            lines = _flow_lines(mapping, index)
        else:
            lines = Span(_line_start(text, key.start), _line_end(text, node.stop))
        yield Field(_name(text, key), _value(text, node), Span(node.start, node.stop), lines)


def _flow_lines(mapping: _Branch, index: int) -> Span:
    """A pair's own text in a flow mapping, with one of the commas beside it."""
    at = 2 * index
    start, stop = mapping.children[at].start, mapping.children[at + 1].stop
    if at + 2 < len(mapping.children):
        return Span(start, mapping.children[at + 2].start)
    return Span(mapping.children[at - 1].stop if index else start, stop)


def _pairs(mapping: _Branch) -> Iterator[tuple[_Node, _Node]]:
    return zip(mapping.children[::2], mapping.children[1::2], strict=True)


def _name(text: str, key: _Node) -> str:
    return key.value if isinstance(key, _Leaf) else text[key.start : key.stop]


def _value(text: str, node: _Node) -> Value:
    if isinstance(node, _Leaf):
        return node.value
    if node.is_mapping:
        return Mapping(
            tuple((_name(text, key), _value(text, value)) for key, value in _pairs(node))
        )
    return tuple(_value(text, child) for child in node.children)


def _line_start(text: str, offset: int) -> int:
    return text.rfind("\n", 0, offset) + 1


def _line_stop(text: str, offset: int) -> int:
    """Where the line of ``offset`` ends, before its line end."""
    end = text.find("\n", offset)
    if end < 0:
        return len(text)
    return end - 1 if end > offset and text[end - 1] == "\r" else end


def _line_end(text: str, offset: int) -> int:
    """Where the line of ``offset`` ends, after its line end."""
    return text.find("\n", offset) + 1 or len(text)
