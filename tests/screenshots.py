"""The pictures of the README: run as ``python -m tests.screenshots`` to draw them anew."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from tests.tui.desk import desk
from tests.tui.scenes import board, shop, shop_with_faults
from tests.tui.stories import stolen, while_away
from todo_tui.errors import TodoError
from todo_tui.storage.configuration import Configuration
from todo_tui.tui.tour import Tour

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from tests.tui.desk import Desk
    from todo_tui.board.board import Board


async def meanwhile(it: Desk) -> None:
    """A task is edited while somebody else edits it in the file."""
    await it.press("e", *" !!", "tab", *"By the end")
    text = it.file.board.source(it.file.board.tasks[0])
    changed = text.replace("has expired", "is past its date").replace("priority: critical",
              "priority: high\n  description: Ask the bank first.")  # fmt: skip
    whole = it.file.board.document
    assert whole is not None
    await it.put(board(whole.text.replace(text, changed)))


async def dragged(it: Desk) -> None:
    """A card is held over the column that it may go to next."""
    await it.pilot.mouse_down(offset=(5, 5))
    await it.pilot.hover(offset=(12, 6))
    await it.pilot.hover(offset=(40, 9))
    await it.settle()


async def first_minutes(it: Desk) -> None:
    """Nobody has seen the board here before."""
    it.app.push_screen(Tour())
    await it.settle()


def nothing() -> TodoError:
    """There is no file."""
    return TodoError("no_file", "there is no TODO.md")


def api() -> Board:
    """Another file."""
    return board("```yaml\n- API_001: One\n  status: todo\n- API_002: Two\n  status: done\n```\n")


FOLDER: Final = Path(__file__).parent.parent / "screenshots"


class Scene(NamedTuple):
    """A board, a terminal's size in cells and rows, and the keys that lead to the picture.

    ``story`` is what happens before them. ``others`` are files beside the first, by their names.
    """

    board: Callable[[], Board | TodoError]
    size: tuple[int, int]
    keys: tuple[str, ...] = ()
    theme: str = "textual-dark"
    story: Callable[[Desk], Awaitable[None]] | None = None
    settings: Configuration = Configuration()
    others: tuple[str, ...] = ()


SCENES: Final = {
    "board-40x12": Scene(shop, (40, 12), ("l", "l")),
    "board-80x24": Scene(shop, (80, 24), ("l", "j")),
    "board-120x36": Scene(shop, (120, 36), ("l", "j")),
    "board-200x50": Scene(shop_with_faults, (200, 50), ("3",)),
    "dark-120x36": Scene(shop_with_faults, (120, 36), ("l", "j"), "todo-dark"),
    "light-120x36": Scene(shop_with_faults, (120, 36), ("l", "j"), "todo-light"),
    "contrast-120x36": Scene(shop_with_faults, (120, 36), ("l", "j"), "todo-high-contrast"),
    "themes-80x24": Scene(shop, (80, 24), ("T",), "todo-dark"),
    "detail-80x24": Scene(shop, (80, 24), ("3", "enter")),
    "detail-200x50": Scene(shop, (200, 50), ("3", "enter", "tab", "l"), "todo-dark"),
    "form-80x24": Scene(shop, (80, 24), ("j", "a", *"Explain", "tab", "tab", *"urg"), "todo-dark"),
    "form-40x12": Scene(shop, (40, 12), ("3", "e"), "todo-dark"),
    "conflict-80x24": Scene(shop, (80, 24), ("ctrl+t", "t"), "todo-dark", story=meanwhile),
    "dependencies-80x24": Scene(shop, (80, 24), ("3", "D", "space", *"pri"), "todo-dark"),
    "help-120x36": Scene(shop, (120, 36), ("question_mark",)),
    "filter-80x24": Scene(shop, (80, 24), ("slash", *"the @eng-f"), "todo-dark"),
    "activity-80x24": Scene(shop, (80, 24), ("L",), story=while_away),
    "activity-160x50": Scene(shop, (160, 50), ("L",), story=while_away),
    "agents-80x24": Scene(shop, (80, 24), ("A",), story=while_away),
    "agents-160x50": Scene(shop, (160, 50), ("A",), story=while_away),
    "attention-80x24": Scene(shop, (80, 24), ("exclamation_mark", "x"), story=stolen),
    "attention-160x50": Scene(shop, (160, 50), ("3",), story=stolen),
    "lanes-120x36": Scene(
        shop_with_faults, (120, 36), ("4", "minus", "full_stop", "a", "1", "j"), "todo-dark"
    ),
    "faults-120x36": Scene(shop_with_faults, (120, 36), ("f", "j", "j")),
    "first-80x24": Scene(nothing, (80, 24), (), "todo-dark", story=first_minutes),
    "files-120x36": Scene(
        shop, (120, 36), ("j",), "todo-dark", others=("api/TODO.md", "docs/TODO.md")
    ),
    "marks-80x24": Scene(shop, (80, 24), ("space", "2", "v", "j", "s"), "todo-dark"),
    "drag-120x36": Scene(shop, (120, 36), (), "todo-dark", story=dragged),
    "command-80x24": Scene(shop, (80, 24), ("2", "colon", *"release TASK_010 --rea"), "todo-dark"),
    "order-80x24": Scene(shop, (80, 24), ("comma",), "todo-dark"),
    "compact-80x24": Scene(shop_with_faults, (80, 24), ("z", "z", "j"), "todo-dark"),
    "ascii-80x24": Scene(
        shop_with_faults, (80, 24), ("l", "j"), "todo-dark", settings=Configuration(ascii=True)
    ),
}


async def picture(scene: Scene) -> str:
    """The scene as SVG: the same bytes each time."""
    others = {name: api() for name in scene.others}
    async with desk(
        scene.board(), scene.size, theme=scene.theme, settings=scene.settings, beside=others
    ) as it:
        if scene.story is not None:
            await scene.story(it)
        await it.press(*scene.keys)
        if scene.story is not None:
            it.clock.advance(2)
            await it.settle()
        return it.app.export_screenshot()


async def main() -> None:
    """Draw all pictures."""
    FOLDER.mkdir(exist_ok=True)
    for name, scene in SCENES.items():
        (FOLDER / f"{name}.svg").write_text(await picture(scene), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    asyncio.run(main())
