"""The pictures of the README: run as ``python -m tests.screenshots`` to draw them anew."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from tests.tui.desk import desk
from tests.tui.scenes import shop, shop_with_faults
from tests.tui.stories import while_away

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from tests.tui.desk import Desk
    from todo_tui.board.board import Board

FOLDER: Final = Path(__file__).parent.parent / "screenshots"


class Scene(NamedTuple):
    """A board, a terminal's size in cells and rows, and the keys that lead to the picture.

    ``story`` is what happens before them.
    """

    board: Callable[[], Board]
    size: tuple[int, int]
    keys: tuple[str, ...] = ()
    theme: str = "textual-dark"
    story: Callable[[Desk], Awaitable[None]] | None = None


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
    "help-120x36": Scene(shop, (120, 36), ("question_mark",)),
    "filter-80x24": Scene(shop, (80, 24), ("slash", *"the @eng-f"), "todo-dark"),
    "activity-80x24": Scene(shop, (80, 24), ("L",), story=while_away),
    "activity-160x50": Scene(shop, (160, 50), ("L",), story=while_away),
    "agents-80x24": Scene(shop, (80, 24), ("A",), story=while_away),
    "agents-160x50": Scene(shop, (160, 50), ("A",), story=while_away),
    "lanes-120x36": Scene(
        shop_with_faults, (120, 36), ("4", "minus", "full_stop", "a", "1", "j"), "todo-dark"
    ),
    "faults-120x36": Scene(shop_with_faults, (120, 36), ("f", "j", "j")),
}


async def picture(scene: Scene) -> str:
    """The scene as SVG: the same bytes each time."""
    async with desk(scene.board(), scene.size, theme=scene.theme) as it:
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
