"""The form in which a task is added or edited.

Owns the widgets of the fields, and when what is typed is checked, saved, compared or thrown away.
Must not know what is allowed (``form``): all that it is told it shows beside the field.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from textual.actions import SkipAction
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static

from todo_tui.board.style import priority_words
from todo_tui.board.task import PRIORITIES
from todo_tui.errors import TodoError
from todo_tui.shown import shown
from todo_tui.tui import look as glyph
from todo_tui.tui.confirm import Confirm
from todo_tui.tui.conflict_screen import ConflictScreen
from todo_tui.tui.dialog import Dialog
from todo_tui.tui.hints import hint
from todo_tui.tui.typed import LineInput, TextInput, begun

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.widgets import TextArea

    from todo_tui.board.board import Board
    from todo_tui.board.transition import Transition
    from todo_tui.storage.snapshot import Commit
    from todo_tui.tui.acting import Want
    from todo_tui.tui.form import Form, FormField, Side
    from todo_tui.tui.view import View

_SMALL: Final = (60, 18)
"""With fewer cells or rows than these the form takes the whole screen."""

_AROUND: Final = 5
"""Rows that are kept for what stands above and below the fields."""

Field = LineInput | TextInput


class FormScreen(Dialog[str | None]):
    """Adds or edits a task; its result is the reference of the task that was written, if one was.

    It stays until that is known: what was typed is lost only where a person says so.
    """

    CSS_PATH = "forms.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        # Before the field gets them: what is typed right after them belongs to the next field.
        Binding("ctrl+s", "save", "save", show=False, priority=True),
        Binding("escape", "back", "back", show=False, priority=True),
        Binding("ctrl+t", "compare", "compare", show=False, priority=True),
        Binding("tab", "complete", "complete, or next field", show=False, priority=True),
        Binding("shift+tab", "turn(-1)", "field before", show=False, priority=True),
        Binding("down", "turn(1, True)", "next field", show=False, priority=True),
        Binding("up", "turn(-1, True)", "field before", show=False, priority=True),
        Binding("enter", "enter", "next field, or save", show=False, priority=True),
    ]

    def __init__(self, form: Form, view: View, board: Board, want: Want) -> None:
        super().__init__()
        self._form = form
        self._view = view
        self._board = board
        self._want = want
        self._wrong: dict[str, str] = {}
        self._asked: Transition | None = None
        self._compare = False
        self._said = ""
        self._drawn: dict[str | None, str] = {}
        self._widgets: dict[str, Field] = {}
        self._fields = VerticalScroll(id="fields", can_focus=False)
        self._message = Static("", id="message", markup=False)
        self._keys = Static("", id="keys", markup=False)

    def compose(self) -> ComposeResult:
        """What it is, the fields, what is to be said, the keys."""
        self._fit()
        ref = self._form.ref
        what = "a new task" if ref is None else f"edit {shown(ref)}"
        below = f"  below {shown(self._form.after)}" if self._form.after is not None else ""
        with Vertical(id="form"):
            title = Content.assemble((what, "bold"), (below, "dim"))
            yield Static(title, id="what", markup=False)
            with self._fields:
                for field in self._form.fields:
                    yield self._made(field)
            yield self._message
            yield self._keys

    def on_mount(self) -> None:
        """Begin in the first field."""
        first = next(iter(self._widgets.values()))
        first.focus()
        if isinstance(first, LineInput):
            first.cursor_position = len(first.value)
        self._tell()
        self.call_after_refresh(self._suggest)

    def on_resize(self) -> None:
        """Take the whole screen where it is small."""
        self._fit()

    def show(self, view: View) -> None:
        """Follow the file: fields that were left alone say what it says."""
        self._view = view
        if view.board is None or view.board is self._board:
            return
        self._board = view.board
        self._form = self._form.seen(self._board)
        for field in self._form.fields:
            _put(self._widgets[field.name], field)
        self._wrong = {name: self._check(name) for name in self._wrong}
        self._tell()
        if self._compare and self._form.differences:
            self.action_compare()

    def say(self, words: str, *, refused: bool) -> None:
        """Say one line above the keys."""
        self._said = f"{glyph.CROSS} {words}" if refused else words
        self._tell()

    @property
    def awaiting(self) -> bool:
        """Whether what was typed is being written."""
        return self._asked is not None

    def delivered(self, asked: Transition | None, result: Commit | BaseException) -> bool:
        """Go back when it is written; stay and say why where it is not."""
        if asked is None or asked is not self._asked:
            return False
        self._asked = None
        if not isinstance(result, BaseException):
            self.dismiss(result.tasks[0].ref)
        elif isinstance(result, TodoError):
            self.say(result.message, refused=True)
            self._compare = result.code in ("changed", "no_task")
            return True
        return False

    def on_input_changed(self, event: Input.Changed) -> None:
        """Check what was typed."""
        self._typed(event.input.name or "", event.value)

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Check what was typed."""
        self._typed(event.text_area.name or "", event.text_area.text)

    def on_descendant_focus(self) -> None:
        """Say what there is to say about the field."""
        self._said = ""
        self._tell()

    def action_save(self) -> None:
        """Have it written; first go to what is wrong, or compare what others changed."""
        if self._asked is not None:
            return
        self._wrong = {field.name: self._check(field.name) for field in self._form.fields}
        bad = next((name for name, words in self._wrong.items() if words), None)
        if bad is not None:
            self._widgets[bad].focus()
            self._tell()
            return
        if self._form.differences:
            self.action_compare()
            return
        request = self._form.request(self._view.actor, self._board)
        if request is None:
            self.dismiss(None)
            return
        self._said = "saving…"
        self._tell()
        self._asked = request
        self._want(request)

    def action_complete(self) -> None:
        """Take what is offered; where nothing is, go to the next field."""
        if isinstance(self.focused, LineInput) and self.focused.offered:
            self.focused.take()
        else:
            self.action_turn(1)

    def action_turn(self, by: int, line: bool = False) -> None:
        """Go to another field; with ``line`` only from a field of one line."""
        if line and isinstance(self.focused, TextInput):
            raise SkipAction
        if by > 0:
            self.focus_next()
        else:
            self.focus_previous()

    def action_enter(self) -> None:
        """Go to the next field; from the last one save."""
        if isinstance(self.focused, TextInput):
            raise SkipAction
        if self.focused is list(self._widgets.values())[-1]:
            self.action_save()
        else:
            self.focus_next()

    def action_compare(self) -> None:
        """Choose between what was typed and what others wrote meanwhile."""
        self._compare = False
        if self._form.differences:
            self.app.push_screen(ConflictScreen(self._form.differences), self._chosen)
        else:
            self.say("nobody else has changed what you are changing", refused=False)

    @property
    def typed(self) -> bool:
        """Whether something was typed that nobody was asked to write."""
        return self._asked is None and self._form.typed

    def action_back(self) -> None:
        """Leave; ask first where something was typed."""
        if not self._form.typed:
            self.dismiss(None)
            return
        question = Confirm("throw away what you typed?", yes="throw it away", no="go on")
        self.app.push_screen(question, self._leave)

    def _leave(self, yes: bool | None) -> None:
        if yes:
            self.dismiss(None)

    def _chosen(self, sides: Mapping[str, Side] | None) -> None:
        for name, side in (sides or {}).items():
            self._form = self._form.chosen(name, side)
            _put(self._widgets[name], self._form.field(name))
            self._wrong[name] = self._check(name)
        if sides:
            self.say("chosen; Ctrl+S saves", refused=False)

    def _typed(self, name: str, text: str) -> None:
        if name and self._form.field(name).mine != text and not self._form.field(name).fixed:
            self._form = self._form.with_text(name, text)
            self._wrong[name] = self._check(name)
            self._said = ""
            self._tell()

    def _check(self, name: str) -> str:
        return self._form.wrong(name, self._board, self._view.actor, self._view.now)

    def _made(self, field: FormField) -> Field:
        widget: Field
        if field.kind in ("text", "lines"):
            widget = TextInput(
                "", name=field.name, show_cursor=True, soft_wrap=True, tab_behavior="focus"
            )
            widget.cursor_blink = False
        else:
            widget = LineInput("", name=field.name, select_on_focus=False)
            widget.cursor_blink = False
        self._widgets[field.name] = widget
        self._mark(field)
        _put(widget, field)
        return widget

    def _suggest(self) -> None:
        """Offer what is known: agents, priorities, ids; shown when the form is."""
        agents = [name for name in self._view.findings.agents if shown(name) == name]
        offers: dict[str, Callable[[str], str | None]] = {
            "assigned_agent": begun(agents),
            "priority": begun(priority_words(self._board, PRIORITIES)),
            "dependencies": self._with_id,
        }
        for name, offer in offers.items():
            widget = self._widgets.get(name)
            if isinstance(widget, LineInput):
                widget.offer = offer
        self._tell()

    def _with_id(self, line: str) -> str | None:
        """The line with its last id in full, where it can be another one."""
        word = line.rpartition(",")[2].lstrip()
        found = begun(task.id for task in self._board.tasks if shown(task.id) == task.id)(word)
        return f"{line.removesuffix(word)}{found}" if found is not None else None

    def _fit(self) -> None:
        width, height = self.app.size
        small = width < _SMALL[0] or height < _SMALL[1]
        self.set_class(small, "-small")
        self._fields.styles.max_height = None if small else height - _AROUND

    def _tell(self) -> None:
        """Mark the fields, and say what there is to say about the one that is typed in."""
        for field in self._form.fields:
            self._mark(field)
        focused = self.focused
        name = focused.name if isinstance(focused, LineInput | TextInput) else None
        compare = "  Ctrl+T compare" if self._form.differences else ""
        save = "add it anew" if self._form.gone else "save"
        offered = isinstance(focused, LineInput) and focused.offered
        keys = f"Ctrl+S {save}{compare}  Tab {'complete' if offered else 'next'}  Esc back"
        for widget, words in ((self._message, self._said or self._about(name or "")),
                              (self._keys, keys)):  # fmt: skip
            if self._drawn.get(widget.id) != words:
                self._drawn[widget.id] = words
                widget.update(Content(words))

    def _mark(self, field: FormField) -> None:
        """Put the label of a field above it, where it is another one."""
        label = self._label(field)
        if self._drawn.get(field.name) != label:
            self._drawn[field.name] = label
            self._widgets[field.name].border_title = Content(label)
            self._widgets[field.name].set_class(bool(self._wrong.get(field.name)), "-wrong")

    def _about(self, name: str) -> str:
        if self._form.gone:
            return f"{glyph.CROSS} the task is gone from the file; Ctrl+S adds it anew"
        if words := self._wrong.get(name):
            return f"{glyph.CROSS} {shown(words)}"
        if self._form.differences:
            names = ", ".join(_words(field.name) for field in self._form.differences)
            return f"{glyph.CROSS} changed by others meanwhile: {names}; Ctrl+T compares"
        return hint(self._form, self._board, name)

    def _label(self, field: FormField) -> str:
        words = _words(field.name)
        if field.fixed:
            return f"{words}  holds what cannot be typed: E edits it in your editor"
        if field.differs:
            return f"{words}  {glyph.CROSS} changed by others, too"
        wrong = self._wrong.get(field.name, "")
        return f"{words}  {glyph.CROSS} {shown(wrong)}" if wrong else words


def _put(widget: Field, field: FormField) -> None:
    """Put the text of a field into its widget, where it is another one."""
    text = field.mine
    widget.disabled = field.fixed
    if field.fixed:
        text = "\n".join(shown(line) for line in text.split("\n"))
    if isinstance(widget, LineInput):
        if widget.value != text:
            widget.value = text
    elif widget.text != text:
        widget.text = text


def _words(name: str) -> str:
    return shown(name.replace("_", " "))
