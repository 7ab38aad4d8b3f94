"""A task as a form: what stands in its fields, what was found there, what is wrong with it.

Owns the three texts of a field (mine, theirs, base) and the request that a form comes to; what is
allowed is asked of the board's own rules, a field at a time. Pure. Must not know a widget.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from todo_tui.board.editable import OWN, editable, kind_of, text_of_field, value_of
from todo_tui.board.transition import Add, Amend, Draft, decide
from todo_tui.errors import TodoError
from todo_tui.tui.typed import can_be_typed

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from typing import Any

    from todo_tui.board.board import Board
    from todo_tui.board.editable import Kind
    from todo_tui.board.task import Task
    from todo_tui.board.transition import Actor

Side: TypeAlias = Literal["mine", "theirs", "base"]
"""Whose text of a field: what was typed, what the file says now, what it said at first."""

_ORDER: Final = ("title", "description", "priority", "assigned_agent", "dependencies", "tags")


@dataclass(frozen=True, slots=True)
class FormField:
    """One field: ``mine`` is what stands in the form, ``theirs`` what the file says, ``base`` what
    it said when the form was opened or when the two were compared last.

    ``fixed``: it holds what cannot be typed, and is left alone.
    """

    name: str
    kind: Kind
    base: str
    mine: str
    theirs: str
    fixed: bool = False

    @property
    def edited(self) -> bool:
        """Whether something was typed that the file does not say."""
        return self.mine != self.base

    @property
    def differs(self) -> bool:
        """Whether both were changed, and not to the same."""
        return self.edited and self.theirs not in (self.base, self.mine)

    def of(self, side: Side) -> str:
        """The text of one side."""
        return {"mine": self.mine, "theirs": self.theirs, "base": self.base}[side]


@dataclass(frozen=True, slots=True)
class Form:
    """The form of the task ``ref`` (None: a new one, below ``after``). ``gone``: it vanished."""

    ref: str | None
    after: str | None
    fields: tuple[FormField, ...]
    gone: bool = False

    @property
    def typed(self) -> bool:
        """Whether leaving it would lose something."""
        return any(field.edited for field in self.fields)

    @property
    def differences(self) -> tuple[FormField, ...]:
        """The fields that somebody else changed as well."""
        return tuple(field for field in self.fields if field.differs)

    def field(self, name: str) -> FormField:
        """The field called ``name``."""
        return next(field for field in self.fields if field.name == name)

    def with_text(self, name: str, text: str) -> Form:
        """The form with another text in a field."""
        return self._with(replace(self.field(name), mine=text))

    def chosen(self, name: str, side: Side) -> Form:
        """The form with one side's text for a field; the file's is then what was found."""
        field = self.field(name)
        return self._with(replace(field, mine=field.of(side), base=field.theirs))

    def seen(self, board: Board) -> Form:
        """The form after the file changed: fields that were left alone follow it."""
        if self.ref is None:
            return self
        task = board.get(self.ref)
        if task is None:
            return replace(self, gone=True)
        fields = []
        for field in self.fields:
            theirs = text_of_field(task, field.name)
            if not field.edited:
                field = replace(field, mine=theirs, base=theirs, fixed=not can_be_typed(theirs))
            elif theirs == field.mine:
                field = replace(field, base=theirs)
            fields.append(replace(field, theirs=theirs))
        return replace(self, gone=False, fields=tuple(fields))

    def _with(self, field: FormField) -> Form:
        fields = tuple(field if one.name == field.name else one for one in self.fields)
        return replace(self, fields=fields)

    def request(self, by: Actor, board: Board) -> Add | Amend | None:
        """What saving it asks for; None where nothing was changed."""
        if self.ref is None or self.gone:
            return Add((_draft(self, self.fields, board),), by)
        edited = tuple(field for field in self.fields if field.edited)
        return _amend(self.ref, by, edited) if edited else None

    def wrong(self, name: str, board: Board, by: Actor, now: datetime) -> str:
        """Why a field cannot be saved as it is, in one line; "" where it can."""
        field = self.field(name)
        asked: Add | Amend
        if self.ref is not None and not self.gone:
            if not field.edited:
                return ""
            asked = _amend(self.ref, by, (replace(field, base=field.theirs),))
        else:
            title = field.mine if name == "title" else "a title"
            others = [field] if name != "title" and field.mine.strip() else []
            draft = _draft(self, others, board)
            asked = Add((draft._replace(title=title),), by)
        try:
            decide(board, asked, now)
        except TodoError as error:
            return error.message
        return ""


def edit_form(task: Task) -> Form:
    """The form of a task that is there: all of its fields, and tags in any case."""
    found = {field.name: field for field in editable(task)}
    names = sorted(found, key=_place)
    if "tags" not in found:
        names.insert(sum(_place(name) < _place("tags") for name in names), "tags")
    fields = []
    for name in names:
        text = found[name].text if name in found else ""
        kind = found[name].kind if name in found else kind_of(task, name)
        fields.append(FormField(name, kind, text, text, text, not can_be_typed(text)))
    return Form(task.ref, None, tuple(fields))


def add_form(after: Task | None) -> Form:
    """The form of a new task below ``after``, with the fields that this one has."""
    names = [*_ORDER, "id"]
    kinds: dict[str, Kind] = {}
    for field in editable(after)[len(OWN) :] if after is not None else ():
        if field.name not in names:
            names.append(field.name)
            kinds[field.name] = field.kind
    fields = (FormField(name, kinds.get(name, kind_of(None, name)), "", "", "") for name in names)
    return Form(None, after.ref if after is not None else None, tuple(fields))


def _place(name: str) -> int:
    return _ORDER.index(name) if name in _ORDER else len(_ORDER)


def _amend(ref: str, by: Actor, fields: Iterable[FormField]) -> Amend:
    given: dict[str, Any] = {}
    others: list[tuple[str, Any]] = []
    found: list[tuple[str, str]] = []
    for field in fields:
        found.append((field.name, field.base))
        match field.name:
            case "title" | "priority":
                given[field.name] = field.mine
            case "assigned_agent":
                given["assign"] = field.mine.strip()
            case "dependencies":
                given["depends_on"] = value_of("words", field.mine)
            case _:
                others.append((field.name, value_of(field.kind, field.mine)))
    return Amend(ref, by, **given, fields=tuple(others), found=tuple(found))


def _draft(form: Form, fields: Iterable[FormField], board: Board) -> Draft:
    """The new task that fields come to; one that vanished keeps its id where that is free."""
    given: dict[str, Any] = {}
    others: list[tuple[str, Any]] = []
    for field in fields:
        if not field.mine.strip():
            continue
        match field.name:
            case "title" | "priority" | "description":
                given[field.name] = field.mine
            case "id":
                given["id"] = field.mine.strip()
            case "assigned_agent":
                given["assign"] = field.mine.strip()
            case "dependencies":
                given["depends_on"] = value_of("words", field.mine)
            case _:
                others.append((field.name, value_of(field.kind, field.mine)))
    after = form.after if form.after is not None and board.get(form.after) is not None else None
    given.setdefault("title", "")
    if form.gone and form.ref is not None and not board.with_id(form.ref) and "#" not in form.ref:
        given["id"] = form.ref
    return Draft(**given, after=after, fields=tuple(others))
