"""The command line, at the foot of the screen: typed, completed with Tab, and read before it goes.

What cannot be done is said above the line, which stays; its result is what can.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, Static

from todo_tui.board.command_line import Said, Unread, completion, parse, usage
from todo_tui.board.lookup import find
from todo_tui.errors import TodoError
from todo_tui.named_tuple import NamedTuple
from todo_tui.shown import cut, shown
from todo_tui.tui.dialog import Dialog
from todo_tui.tui.spoken import Here, actions, wish

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import ClassVar

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.dom import DOMNode

    from todo_tui.board.transition import Transition
    from todo_tui.tui.board_app import BoardApp
    from todo_tui.tui.view import View


@runtime_checkable
class Points(Protocol):
    """A screen on which a task is selected."""

    @property
    def pointed(self) -> str | None:
        """The reference of that task."""


class Spoken(NamedTuple):
    """A line that can be done: what it says, and what is to be written for it, if anything."""

    line: str
    said: Said
    wish: Transition | None


class CommandLine(Dialog[Spoken | None]):
    """Asks for a line ``here``. ``earlier`` are the lines before, to be had back with Up."""

    CSS_PATH = "dialogs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "give_up", "give up", show=False),
        Binding("tab", "complete(1)", "complete", show=False),
        Binding("shift+tab", "complete(-1)", "complete", show=False),
        Binding("up", "recall(-1)", "the line before", show=False),
        Binding("down", "recall(1)", "the line after", show=False),
    ]

    def __init__(self, here: Here, earlier: Sequence[str]) -> None:
        super().__init__()
        self._here = here
        self._commands = here.commands
        self._line = Input(
            placeholder="Tab completes a command, Enter does it, Esc back", select_on_focus=False
        )
        self._words = Static(id="question", markup=False)
        self._lines = [*earlier, ""]
        self._at = len(earlier)
        self._offered: tuple[str, tuple[str, ...], int] | None = None  # the line, of what, which

    def compose(self) -> ComposeResult:
        """What can be said, and below it the line."""
        with Vertical():
            yield self._words
            with Horizontal():
                yield Static(":", id="colon", markup=False)
                yield self._line

    def on_mount(self) -> None:
        """Tell what could be said."""
        self._say(self._help(""))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Tell what could stand there."""
        if self._offered is None or event.value != self._offered[0]:
            self._offered = None
            self._say(self._help(event.value))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Do it, or say why not."""
        line = event.value.strip()
        if not line:
            self.dismiss(None)
            return
        said = parse(event.value, self._commands, selected=self._here.selected)
        if isinstance(said, Unread):
            self._refuse(said.words, said.at)
            return
        try:
            wanted = wish(said, self._here)
        except TodoError as error:
            self._refuse(error.message, len(event.value))
            return
        self.dismiss(Spoken(line, said, wanted))

    def action_complete(self, by: int) -> None:
        """Put in what all candidates have in common, then one after the other."""
        line = self._line
        if self._offered is None:
            offer = completion(
                line.value, line.cursor_position, self._commands, self._here.candidates
            )
            if not offer.candidates:
                return
            before, after = line.value[: offer.span.start], line.value[line.cursor_position :]
            alike = _alike(offer.candidates)
            if len(offer.candidates) == 1:
                self._put(before + alike + " ", after)
                return
            if len(alike) > offer.span.stop - offer.span.start:
                self._put(before + alike, after)
                return
            whole = tuple(before + candidate for candidate in offer.candidates)
            self._offered = (line.value, whole, -1 if by > 0 else 0)
        _, whole, index = self._offered
        index = (index + by) % len(whole)
        self._offered = (whole[index], whole, index)
        self._put(whole[index], "")

    def action_recall(self, by: int) -> None:
        """Put in another line that was said."""
        line = self._line
        self._lines[self._at] = line.value
        self._at = max(0, min(self._at + by, len(self._lines) - 1))
        self._put(self._lines[self._at], "")

    def action_give_up(self) -> None:
        """Go back without a command."""
        self.dismiss(None)

    def _put(self, before: str, after: str) -> None:
        line = self._line
        line.value = before + after
        line.cursor_position = len(before)

    def _refuse(self, words: str, at: int) -> None:
        self._say(Content.styled(shown(words), "bold"))
        self._line.cursor_position = at

    def _say(self, words: Content) -> None:
        self._words.update(words)

    def _help(self, line: str) -> Content:
        """How the command is written, and what could stand at the end of the line."""
        offer = completion(line, len(line), self._commands, self._here.candidates)
        names = "  ".join(cut(shown(name), 30) for name in offer.candidates)
        name = line.split(maxsplit=1)[0] if line.strip() else ""
        command = self._commands.get(name)
        if command is None:
            return Content(names)
        how = Content.styled(shown(usage(command)), "bold")
        return how if not names or line == name else Content.assemble(how, "   ", names)


def _alike(names: Sequence[str]) -> str:
    """What all names begin with."""
    first, last = min(names), max(names)
    pairs = zip(first, last, strict=False)
    return first[: next((at for at, (a, b) in enumerate(pairs) if a != b), len(first))]


def ask(app: BoardApp, view: View, earlier: list[str], want: Callable[[Transition], None]) -> None:
    """Ask for a line on the screen in front, and do what it says. ``earlier`` gets it, too."""
    screen = app.screen
    nodes = {each.binding.action: each.node for each in screen.active_bindings.values()}
    pointed = screen.pointed if isinstance(screen, Points) else None
    here = Here(view, pointed, actions(nodes), frozenset(app.available_themes))
    app.push_screen(CommandLine(here, earlier), partial(_obey, app, here, nodes, earlier, want))


async def _obey(
    app: BoardApp,
    here: Here,
    nodes: Mapping[str, DOMNode],
    earlier: list[str],
    want: Callable[[Transition], None],
    spoken: Spoken | None,
) -> None:
    if spoken is None:
        return
    earlier.append(spoken.line)
    name, values = spoken.said.command.name, spoken.said.values
    if spoken.wish is not None:
        want(spoken.wish)
    elif name in ("go", "open", "filter", "sort"):
        _look(app, here, name, values)
    elif name == "quit":
        await app.action_quit()
    elif name == "theme" and values["theme"] is not None:
        app.theme = values["theme"]
        app.keep_theme(app.theme)
    elif name == "theme":
        app.action_theme()
    else:
        action = here.actions[name].action
        await app.run_action(action, nodes[action])


def _look(app: BoardApp, here: Here, name: str, values: dict[str, Any]) -> None:
    """Go back to the board, and look at it in another way."""
    from todo_tui.tui.board_screen import BoardScreen

    while not isinstance(app.screen, BoardScreen):
        app.pop_screen()
    board = app.screen
    match name:
        case "filter":
            board.filter(values["line"])
        case "sort":
            board.sort(values["order"])
        case _:
            ref = find(here.board, values["id"]).ref
            board.point(ref)
            if board.pointed != ref:  # the filter hides it
                board.filter("")
                board.point(ref)
            if name == "open":
                board.action_open()
