"""A text read in the plain ways, where they do, and with expressions alone: it says the same.

With these the second item of a shape is read by it already.
"""

from __future__ import annotations

from unittest.mock import patch

from todo_tui.document import extents, flat, shape, units
from todo_tui.document.document import Document


def both_ways(data: bytes | str) -> None:
    """Fails where the two ways differ. Raises NotTextError for what is no text."""
    if isinstance(data, str):
        data = data.encode("utf-8", "surrogateescape")
    flat._lines.cache_clear()
    plainly = _said(Document.decode(data))
    flat._lines("- ")
    with (
        patch.object(extents, "_usual_stop", lambda *_: -1),
        patch.object(extents, "_NEAR", 0),
        patch.object(units, "WORTH", 0),
        patch.object(shape, "_ALIKE", 1),
    ):
        assert plainly == _said(Document.decode(data))


def _said(document: Document) -> tuple[object, ...]:
    reading = document.reading
    return (
        [(unit.state, unit.kind, unit.faults) for unit in reading.units],
        reading.unit_starts,
        reading.starts,
        [(entry.text, entry.pairs) for entry in document.entries],
        document.sections,
    )
