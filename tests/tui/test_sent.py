"""What is sent to a terminal: as little as can be, and still all that there is to see."""

from __future__ import annotations

import asyncio
import random
import re
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pyte
import pytest
from textual._compositor import CompositorUpdate
from textual.app import App

from tests.tui.desk import desk, replace_tasks, task

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.tui.desk import Desk

TASKS = [
    *(task(f"T-{number}", "of some length", minutes=number, tags="ui") for number in range(40)),
    *(task(f"C-{number}", status="claimed", agent="eng", minutes=3) for number in range(3)),
    *(task(f"D-{number}", "短い題", status="done", minutes=90) for number in range(3)),
]


class Wire:
    """A terminal at the end of a wire, and what was sent over that since ``sent`` was emptied."""

    def __init__(self, columns: int, rows: int) -> None:
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.Stream(self.screen)
        self.sent: list[str] = []

    def send(self, text: str) -> None:
        self.sent.append(text)
        self._stream.feed(text)

    def cells(self) -> list[list[object]]:
        """Each cell of the screen: its character, colours and style."""
        rows, columns = range(self.screen.lines), range(self.screen.columns)
        return [[self.screen.buffer[y][x] for x in columns] for y in rows]


@contextmanager
def wire(columns: int, rows: int) -> Iterator[Wire]:
    """Have all that the board draws meanwhile sent over a wire."""
    made = Wire(columns, rows)

    def send(app: App[int], _: object, picture: object) -> None:
        if isinstance(picture, CompositorUpdate):
            made.send(picture.render_segments(app.console))

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TERM", "xterm-256color")  # styles keep the codes of the first terminal
        patch.setenv("COLORTERM", "truecolor")
        patch.setattr(App, "_display", send)
        yield made


def whole(it: Desk) -> Wire:
    """A terminal that has just been sent the whole picture."""
    made = Wire(*it.app.size)
    picture = it.app.screen._compositor.render_full_update()
    made.send(picture.render_segments(it.app.console))
    return made


async def painted(it: Desk, terminal: Wire) -> None:
    """Wait until the terminal shows what there is to see, to the last cell."""
    try:
        async with asyncio.timeout(5):
            while terminal.cells() != whole(it).cells():
                await asyncio.sleep(0)
    except TimeoutError:
        rows = enumerate(zip(terminal.cells(), whole(it).cells(), strict=True))
        cells = ((y, x, *two) for y, row in rows for x, two in enumerate(zip(*row, strict=True)))
        others = [f"{cell}\n" for cell in cells if cell[2] != cell[3]]
        raise AssertionError(f"{it.text}\nbut for {len(others)}:\n{''.join(others[:9])}") from None


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("size", [(120, 36), (44, 14), (80, 24)])
async def test_the_terminal_shows_what_it_would_if_all_were_sent(
    size: tuple[int, int], seed: int
) -> None:
    choice = random.Random(f"{size} {seed}")
    keys = [
        *("j", "l", "G", "space", "minus", "z", "a", "e", "D", "comma", "full_stop", "o", "b"),
        *("slash", "colon", "ctrl+p", "question_mark", "x", "p", "1", "tab", "down", "enter"),
        *("escape", "escape", "escape", "escape", "escape"),
    ]
    with wire(*size) as terminal:
        async with desk(TASKS, size) as it:
            for _ in range(40):
                it.clock.advance(0.4)
                match choice.choice(["key", "key", "key", "change", "change", "go", "time"]):
                    case "key":
                        await it.press(choice.choice(keys))
                    case "change":
                        one = choice.choice(it.file.board.tasks)
                        status = choice.choice(["todo", "claimed", "done", one.status])
                        it.file.amend(one.ref, status=status, raw_status=status, title="other")
                    case "go" if len(it.file.board.tasks) > 30:
                        tasks = list(it.file.board.tasks)
                        del tasks[choice.randrange(len(tasks))]
                        it.file.put(replace_tasks(it.file.board, tasks))
                    case "time":
                        it.clock.advance(choice.choice([1, 5, 61]))
                await it.settle()
                await painted(it, terminal)


async def test_all_is_sent_in_another_size() -> None:
    with wire(80, 24) as terminal:
        async with desk(TASKS, (80, 24)) as it:
            terminal.screen.resize(20, 60)
            terminal.screen.reset()
            await it.pilot.resize_terminal(60, 20)
            await it.settle()
            await painted(it, terminal)


async def test_no_wide_character_is_cut_by_another_size() -> None:
    """A terminal that is sent half of one loses the other half, too."""
    title = "日本語のタイトル全角文字の幅を確かめる" * 2
    tasks = [
        task(f"W-{number}-{status}", "x" * (number % 2) + title, status=status, agent="eng")
        for status in ("todo", "claimed", "in_progress", "done")
        for number in range(6)
    ]
    with wire(120, 36) as terminal:
        async with desk(tasks, (120, 36)) as it:
            for columns in (100, 77, 160, 50, 120):
                terminal.screen.resize(36, columns)
                await it.pilot.resize_terminal(columns, 36)
                await it.settle()
                await painted(it, terminal)


@pytest.mark.parametrize("key", ["a", "e", "D", "comma", "full_stop", "b", "colon"])
async def test_a_dialog_is_one_picture_of_itself(key: str) -> None:
    with wire(120, 36) as terminal:
        async with desk(TASKS, (120, 36)) as it:
            if key == "b":
                await it.press("l")
            before = it.rows
            terminal.sent.clear()
            await it.press(key)
            after = it.rows
            assert before != after
            assert len(terminal.sent) == 1, "painted once"
            others = sum(one != other for one, other in zip(before, after, strict=True))
            assert terminal.sent[0].count("\x1b[") < 60 * (others + 1)
            terminal.sent.clear()
            await it.press("escape")
            assert it.rows == before
            assert len(terminal.sent) == 1, "only what it covered"


@pytest.mark.parametrize(("menu", "answer"), [("comma", "p"), ("full_stop", "a")])
async def test_an_answer_of_a_menu_is_one_picture(menu: str, answer: str) -> None:
    with wire(120, 36) as terminal:
        async with desk(TASKS, (120, 36)) as it:
            await it.press(menu)
            terminal.sent.clear()
            await it.press(answer)
            await painted(it, terminal)
            places = re.findall(r"\x1b\[\d+;\d+H", "".join(terminal.sent))
            assert "\x1b[31;1H" in places, "where the menu was"
            places = [
                place for place in places if place != "\x1b[36;1H"
            ]  # what it did is said there
            assert len(places) == len(set(places)), "nothing is painted twice"


async def test_a_board_that_changes_below_a_dialog_is_drawn_beside_it() -> None:
    with wire(120, 36) as terminal:
        async with desk(TASKS, (120, 36)) as it:
            await it.press("comma")
            it.file.amend("T-1", title="Another title")
            await it.settle()
            assert "Another title" in it.text
            assert "order the tasks by" in it.text
            await painted(it, terminal)
