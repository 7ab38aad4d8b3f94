"""Text from the file, made safe and of known width for any terminal: the gate of both front ends.

Whatever stands in the file may hold escape sequences, text that turns the reading direction,
characters of no width or of a width that terminals disagree about. ``shown`` replaces them, so that
what is drawn is what is measured. For the eye only: a shown text is never written back to a file.
Must not import anything of this package.
"""

from __future__ import annotations

from functools import lru_cache

from todo_tui.static import Final

_MARKS_PER_BASE: Final = 4
"""Combining marks kept on one base character; no script in use needs more, a prank does."""

_CACHED_LENGTH: Final = 512
"""Longer texts (characters) are not kept in the cache: there are few, and they fill it."""

_REPLACED: Final = "·"
_ELLIPSIS: Final = "…"
_DOTTED_CIRCLE: Final = "◌"

_DROPPED: Final = (
    (0x200D, 0x200D),  # zero width joiner: the emoji that it joins stand side by side
    (0xFE00, 0xFE0F),  # variation selectors
    (0xE0100, 0xE01EF),
    (0x180B, 0x180D),  # Mongolian variation selectors
    (0x180F, 0x180F),
    (0x1F3FB, 0x1F3FF),  # skin tones
    (0xE0000, 0xE007F),  # tags
    (0x20E3, 0x20E3),  # the key cap that would enclose a digit
)

_NO_AGREED_WIDTH: Final = (
    (0x115F, 0x1160),  # Hangul fillers: blanks that terminals give 0, 1 or 2 cells
    (0x3164, 0x3164),
    (0xFFA0, 0xFFA0),
    (0x2630, 0x2637),  # trigrams, hexagrams, counting rods: narrow before Unicode 16, wide since
    (0x268A, 0x268F),
    (0x4DC0, 0x4DFF),
    (0x1D300, 0x1D376),
)

_CONJOINING: Final = ((0x1160, 0x11FF), (0xD7B0, 0xD7C6), (0xD7CB, 0xD7FB))
"""Hangul vowels and finals: letters, but drawn into the cells of the initial before them."""


def shown(text: str) -> str:
    """``text`` as it may be printed: no control character is left, and ``width`` measures it.

    Tab, line feed and the line and paragraph separators become a space; the other C0 characters and
    DEL their pictures (``␛``); C1, format characters (direction, zero width space, byte order mark,
    soft hyphen), surrogates (bytes that are not UTF-8), private and unassigned ones a ``·``.
    Joiners, variation selectors, skin tones, tags and key caps go; regional indicators become their
    letters; a mark with nothing to stand on gets a ``◌``, and no base more than a few marks.
    Applying it twice changes nothing more.
    """
    if text.isascii() and text.isprintable():
        return text
    if len(text) > _CACHED_LENGTH:
        return _shown(text)
    return _cached(text)


def width(text: str) -> int:
    """The cells that a shown text takes; a text that was not through ``shown`` has no width."""
    if text.isascii():
        return len(text)
    return sum(map(_cells, text))


def cut(text: str, cells: int) -> str:
    """A shown text of at most ``cells`` cells: as it is, or its beginning and ``…``.

    A wide character that would have to be halved is left out, marks stay with their base.
    """
    if cells <= 0:
        return ""
    if width(text) <= cells:
        return text
    left = cells - 1
    for index, character in enumerate(text):
        left -= _cells(character)
        if left < 0:
            return text[:index] + _ELLIPSIS
    return text


@lru_cache(maxsize=8192)
def _cached(text: str) -> str:
    return _shown(text)


def _shown(text: str) -> str:
    drawn = "".join(map(_replacement, text))
    if not any(map(_is_mark, drawn)):
        return drawn
    kept: list[str] = []
    marks = 0
    for character in drawn:
        if not _is_mark(character):
            marks = 0
            kept.append(character)
        elif marks < _MARKS_PER_BASE:
            marks += 1
            if not kept:
                kept.append(_DOTTED_CIRCLE)
            kept.append(character)
    return "".join(kept)


@lru_cache(maxsize=4096)
def _replacement(character: str) -> str:
    """What is drawn for one character: itself, something else, or nothing."""
    code = ord(character)
    if character in "\t\n\u2028\u2029":
        return " "
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\u2421"
    if _within(code, _DROPPED):
        return ""
    if 0x1F1E6 <= code <= 0x1F1FF:
        return chr(ord("A") + code - 0x1F1E6)
    if _within(code, _NO_AGREED_WIDTH):
        return _REPLACED
    from unicodedata import category

    if category(character) in {"Cc", "Cf", "Cs", "Co", "Cn"}:
        return _REPLACED
    return character


@lru_cache(maxsize=4096)
def _is_mark(character: str) -> bool:
    """Whether it is drawn into the cells of the character before it."""
    from unicodedata import category

    return category(character)[0] == "M" or _within(ord(character), _CONJOINING)


@lru_cache(maxsize=4096)
def _cells(character: str) -> int:
    if _is_mark(character):
        return 0
    from unicodedata import east_asian_width

    return 2 if east_asian_width(character) in {"W", "F"} else 1


def _within(code: int, ranges: tuple[tuple[int, int], ...]) -> bool:
    return any(first <= code <= last for first, last in ranges)
