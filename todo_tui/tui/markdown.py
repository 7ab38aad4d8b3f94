"""Markdown as lines of styled text: enough of it to read a description, and nothing that acts.

Owns which marks are drawn and how. Text is made safe before it is looked at; a link shows its
target, and is a place to go to, no more. What is not known is drawn as it stands.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from rich.style import Style

from todo_tui.named_tuple import NamedTuple
from todo_tui.shown import cut, shown, width
from todo_tui.tui import look as glyph
from todo_tui.tui.row import Piece
from todo_tui.tui.stops import Part, Stop, part, stacked
from todo_tui.tui.wrap import wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from todo_tui.tui.look import Look
    from todo_tui.tui.stops import Line

_FENCE = re.compile(r" *(```+|~~~+)")
_HEADING = re.compile(r" {0,3}#{1,6} +(?P<words>.*?)(?: +#+)? *\Z")
_ITEM = re.compile(r"(?P<lead> *)(?P<mark>[-*+]|[0-9]{1,9}[.)]) +(?P<rest>.*)\Z")
_BOX = re.compile(r"\[(?P<mark>[ xX])\] +")
_QUOTE = re.compile(r" {0,3}> ?(?P<rest>.*)\Z")
_RULE = re.compile(r" {0,3}(?:(?:- *){3,}|(?:\* *){3,}|(?:_ *){3,})\Z")
_INLINE = re.compile(
    r"(?P<ticks>`+)(?P<code>[^`\n]+)(?P=ticks)"
    r"|!?\[(?P<label>[^\]\n]{1,300})\]\((?P<target>[^)\s]{1,2000})(?: \"[^\"]{0,200}\")?\)"
    r"|<(?P<auto>https?://[^>\s]{1,2000})>"
    r"|(?P<bare>https?://[^\s<>)\]]{1,2000})"
    r"|(?P<two>\*\*|__)(?=\S)(?P<strong>[^*_\n]{1,500}?)(?<=\S)(?P=two)"
    r"|(?<![\w*])(?P<one>[*_])(?=[^\s*_])(?P<weak>[^*_\n]{1,500}?)(?<=\S)(?P=one)(?![\w*])"
)
_ITALIC: Final = Style(italic=True)
_WORD = re.compile(r"\S+|\s+")

DEEP: Final = 8
"""Lists are drawn at most so many levels deep."""


class _Run(NamedTuple):
    """Text in one style; of a link it has the target."""

    text: str
    style: Style
    target: str = ""


def rendered(text: str, room: int, style: Look) -> Part:
    """The lines for a Markdown text, none wider than ``room`` cells."""
    return stacked(_blocks(text.replace("\r\n", "\n").split("\n"), max(8, room), style))


def _blocks(lines: Sequence[str], room: int, style: Look) -> Iterator[Part]:
    held: list[str] = []
    at = 0

    def paragraph() -> Iterator[Part]:
        if held:
            yield _flowed(_runs(" ".join(held), style, style.text), room)
            held.clear()

    while at < len(lines):
        line = shown(lines[at].replace("\t", "    ")).rstrip()
        at += 1
        if (fence := _FENCE.match(line)) is not None:
            yield from paragraph()
            stop = at
            while stop < len(lines) and not lines[stop].strip().startswith(fence[1]):
                stop += 1
            yield _verbatim(lines[at:stop], room, style)
            at = stop + 1
        elif not line.strip():
            yield from paragraph()
            yield part([[]])
        elif (heading := _HEADING.match(line)) is not None:
            yield from paragraph()
            yield _flowed(_runs(heading["words"], style, style.strong), room)
        elif _RULE.match(line) is not None:
            yield from paragraph()
            yield part([[Piece(glyph.THIN * min(room, 20), style.faint)]])
        elif (item := _ITEM.match(line)) is not None:
            yield from paragraph()
            rest = [item["rest"]]
            while at < len(lines) and _goes_on(lines[at], len(item["lead"])):
                rest.append(shown(lines[at]).strip())
                at += 1
            yield _item(item, " ".join(rest), room, style)
        elif (quote := _QUOTE.match(line)) is not None:
            yield from paragraph()
            yield _flowed(
                _runs(quote["rest"], style, style.dim), room, f"{glyph.PIPE} ", style=style
            )
        elif line.lstrip().startswith("|"):
            yield from paragraph()
            yield part([[Piece(cut(line.strip(), room), style.text)]])
        else:
            held.append(line.strip())
    yield from paragraph()


def _goes_on(line: str, indent: int) -> bool:
    """Whether a line belongs to the words of the list item above it."""
    deeper = len(line) - len(line.lstrip(" ")) > indent
    return deeper and bool(line.strip()) and not _ITEM.match(line) and not _FENCE.match(line)


def _item(item: re.Match[str], rest: str, room: int, style: Look) -> Part:
    depth = min(len(item["lead"]) // 2, DEEP)
    mark = glyph.CHANGED if item["mark"] in "-*+" else item["mark"]
    if (box := _BOX.match(rest)) is not None:
        mark = "[ ]" if box["mark"] == " " else "[x]"
        rest = rest[box.end() :]
    lead = f"{'  ' * depth}{mark} "
    return _flowed(_runs(rest, style, style.text), room, lead, style=style, again=False)


def _verbatim(lines: Sequence[str], room: int, style: Look) -> Part:
    found: list[Line] = []
    for line in lines:
        rows = wrapped(shown(line.replace("\t", "    ")).rstrip(), room - 2)
        found += ([Piece(f"  {row}", style.dim)] for row in rows)
    return part(found)


def _runs(text: str, style: Look, plain: Style) -> list[_Run]:
    """The words of a line or paragraph, each in its style."""
    found: list[_Run] = []
    at = 0
    for match in _INLINE.finditer(text):
        if match.start() > at:
            found.append(_Run(text[at : match.start()], plain))
        at = match.end()
        if (code := match["code"]) is not None:
            found.append(_Run(code, style.key))
        elif (target := match["target"]) is not None:
            found.append(_Run(match["label"], plain + style.accent, target))
            if target != match["label"]:
                found.append(_Run(f" ({target})", style.dim))
        elif (link := match["auto"] or match["bare"]) is not None:
            end = "" if match["auto"] else link[len(link.rstrip(".,;:!?'\"")) :]
            link = link.removesuffix(end) if end else link
            found.append(_Run(link, plain + style.accent, link))
            found.append(_Run(end, plain))
        elif (strong := match["strong"]) is not None:
            found.append(_Run(strong, plain + style.strong))
        else:
            found.append(_Run(match["weak"], plain + _ITALIC))
    if at < len(text):
        found.append(_Run(text[at:], plain))
    return [run for run in found if run.text]


def _flowed(
    runs: Sequence[_Run], room: int, lead: str = "", *, style: Look | None = None,
    again: bool = True,
) -> Part:  # fmt: skip
    """Runs broken at blanks into lines; ``lead`` stands before the first, or before all."""
    inside = max(4, room - width(lead))
    rows: list[list[_Run]] = [[]]
    used = 0
    for run in runs:
        for word in _WORD.findall(run.text):
            size = width(word)
            if word.isspace():
                if used and used + size <= inside:
                    rows[-1].append(run._replace(text=word))
                    used += size
                elif used:
                    rows.append([])
                    used = 0
                continue
            if used and used + size > inside:
                rows.append([])
                used = 0
            pieces = wrapped(word, inside) if size > inside else [word]
            for number, piece in enumerate(pieces):
                if number:
                    rows.append([])
                    used = 0
                rows[-1].append(run._replace(text=piece))
                used += width(piece)
    lines: list[Line] = []
    stops: list[Stop] = []
    seen: _Run | None = None
    for number, row in enumerate(rows):
        while row and row[-1].text.isspace():
            row.pop()
        line: Line = []
        if lead and style is not None:
            line.append(Piece(lead if number == 0 or again else " " * width(lead), style.dim))
        for run in row:
            if run.target:
                same = seen is not None and seen.target == run.target and stops
                if same and stops[-1].line == number and stops[-1].last == len(line):
                    stops[-1] = stops[-1]._replace(last=len(line) + 1)
                elif not same:
                    stops.append(Stop("link", number, len(line), len(line) + 1, run.target))
            seen = run
            line.append(Piece(run.text, run.style))
        lines.append(line)
    return Part(lines, stops)
