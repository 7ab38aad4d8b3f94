"""The table of keys: what is bound, what the footer shows, the help and the README's table.

Owns which key does what, on which screen, in which words, and the order of likelihood in the
footer. Must not do anything: an action is a name that a screen implements. No key uses Alt, since
Esc followed quickly by a letter arrives as Alt and that letter.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from textual.binding import Binding

from todo_tui.tui import look as glyph
from todo_tui.tui.key import Key
from todo_tui.tui.key_names import written

if TYPE_CHECKING:
    from collections.abc import Mapping

    from todo_tui.tui.key import Situation, Where
    from todo_tui.tui.moves import Move

BOARD: Final[tuple[Where, ...]] = ("board",)
TASKS: Final[tuple[Where, ...]] = ("board", "task")
ACTS: Final[tuple[Where, ...]] = ("board", "task", "walk")
INSIDE: Final[tuple[Where, ...]] = ("task", "detail")
LISTS: Final[tuple[Where, ...]] = ("activity", "agents", "task", "detail", "walk", "faults", "help")
ALL: Final[tuple[Where, ...]] = ("board", *LISTS)
WHOLE: Final[tuple[Where, ...]] = ("board", "activity", "agents", "task", "walk", "faults")
PICKED: Final[tuple[Where, ...]] = ("board", "activity", "agents", "task", "walk")
"""The screens on which something that needs the person can be selected."""


def _task(name: Move, key: str, words: str, *, word: str = "", also: str = "") -> Key:
    keys = (key, also) if also else (key,)
    signs = {"greater_than_sign": ">", "less_than_sign": "<"}
    sign = signs.get(key, key) + (" Shift+→" if also == "shift+right" else "")
    sign += " Shift+←" if also == "shift+left" else ""
    return Key(
        f"task.{name}", keys, sign, words, f"act('{name}')", "The task", ACTS, word, "task", name
    )


_EDIT = "What it says"
_MOVE = "Moving"
_FIND = "Finding"
_MARK = "Marking many"
_LOOK = "Looking"
_WRONG = "What needs you"
_PROGRAM = "The program"

KEYS: Final[tuple[Key, ...]] = (
    Key("wrong.restore", ("x",), "x", "put right what broke a rule; shows the change first",
        "app.restore", _WRONG, PICKED, "restore", "wrong"),
    Key("wrong.accept", ("X",), "X", "leave what broke a rule as it is", "app.accept", _WRONG,
        PICKED, "accept", "broken"),
    Key("look.attention", ("exclamation_mark",), "!", "what needs you, one thing after the other",
        "app.attention", _WRONG, WHOLE, "next", "items"),
    _task("claim", "c", "claim it for its assigned agent, else for you", word="claim"),
    _task("start", "s", "start it", word="start"),
    _task("done", "d", "finish it", word="done"),
    _task("release", "r", "release it; asks for a reason", word="release"),
    _task("block", "b", "block it, or unblock a blocked one; asks for a reason", word="block"),
    _task("reopen", "o", "reopen it; asks for a reason", word="reopen"),
    _task("forward", "greater_than_sign", "one step on: claim, start, finish", also="shift+right"),
    _task("back", "less_than_sign", "one step back: release, unblock, reopen", also="shift+left"),
    Key("task.open", ("enter",), "Enter", "open it: everything that the file says about it",
        "open", "The task", ("board", "walk", "faults"), "open", "task"),
    Key("find.filter", ("slash",), "/", "a filter: words @agent #tag !high is:ready status: age>2h",
        "find", _FIND, BOARD, "find"),
    Key("mark.one", ("space",), "Space", "marks it, or no longer; claim, start … act on all marked",
        "mark('one')", _MARK, BOARD, "mark", "task"),
    Key("task.claim_for", ("C",), "C", "claim it for somebody: asks for whom",
        "claim_for", "The task", ACTS, "claim for…", "task", "claim"),
    Key("task.add", ("a",), "a", "add one below it, in the same list and with the same fields",
        "write('add')", _EDIT, TASKS, "add"),
    Key("task.edit", ("e",), "e", "edit its fields in a form", "write('edit')", _EDIT, TASKS,
        "edit", "task"),
    Key("task.editor", ("E",), "E", "open the file at it in your editor ($VISUAL, $EDITOR)",
        "editor", _EDIT, TASKS),
    Key("task.priority", ("p",), "p", "a higher priority; after the highest the lowest",
        "write('priority')", _EDIT, TASKS, "priority", "task"),
    Key("task.dependencies", ("D",), "D", "choose what it waits for", "write('dependencies')",
        _EDIT, TASKS, "waits for", "task"),
    Key("task.lower", ("J", "ctrl+down"), "J Ctrl+↓", "move its text below the next of the column",
        "shift(1)", _EDIT, BOARD, "", "task"),
    Key("task.higher", ("K", "ctrl+up"), "K Ctrl+↑", "move its text above the one before",
        "shift(-1)", _EDIT, BOARD, "", "task"),
    Key("detail.tick", ("space",), "Space", "in the detail: tick the criterion, or clear it",
        "tick", _EDIT, INSIDE, "tick", "task"),
    Key("detail.follow", ("enter",), "Enter", "in the detail: go to the task; open the link",
        "follow", _MOVE, INSIDE, "go to", "task"),
    Key("detail.next", ("l", "right"), "l →", "in the detail: the next criterion, task or link",
        "stop(1)", _MOVE, INSIDE, "next in it", "task"),
    Key("detail.previous", ("h", "left"), "h ←", "in the detail: the one before", "stop(-1)",
        _MOVE, INSIDE),
    Key("task.copy", ("y",), "y", "copy its id", "copy", "The task", ACTS, "copy id", "task"),
    Key("task.undo", ("u",), "u", "undo the last thing you did; again: the one before",
        "app.undo", "The task", WHOLE),
    Key("walk.next", ("n",), "n", "the next thing that needs you", "walk(1)", _WRONG, ("walk",)),
    Key("walk.previous", ("N",), "N", "the one before", "walk(-1)", _WRONG, ("walk",)),
    Key("move.down", ("j", "down"), "j ↓", "down", "step(1)", _MOVE, ALL),
    Key("move.up", ("k", "up"), "k ↑", "up", "step(-1)", _MOVE, ALL),
    Key("move.left", ("h", "left"), "h ←", "the column to the left", "turn(-1)", _MOVE, BOARD),
    Key("move.right", ("l", "right"), "l →", "the column to the right", "turn(1)", _MOVE, BOARD),
    Key("move.column", tuple("123456789"), "1–9", "that column (no counts: 5j is column 5, down)",
        "column({key})", _MOVE, BOARD),
    Key("move.panel", ("tab",), "Tab", "the next panel", "panel(1)", _MOVE, BOARD),
    Key("move.panel_back", ("shift+tab",), "Shift+Tab", "the panel before", "panel(-1)", _MOVE,
        BOARD),
    Key("move.first", ("g", "home"), "g Home", "the first", "first", _MOVE, ALL),
    Key("move.last", ("G", "end"), "G End", "the last", "last", _MOVE, ALL),
    Key("move.page_down", ("ctrl+d", "pagedown"), "Ctrl+D PgDn", "a page down", "page(1)",
        _MOVE, ALL),
    Key("move.page_up", ("ctrl+u", "pageup"), "Ctrl+U PgUp", "a page up", "page(-1)", _MOVE, ALL),
    Key("move.next_task", ("n",), "n", "the next task of the column, when one is open",
        "next_task(1)", _MOVE, ("task",), "next"),
    Key("move.previous_task", ("N",), "N", "the one before", "next_task(-1)", _MOVE, ("task",)),
    Key("mark.range", ("v",), "v",
        "marks from here to where you go; v, Space or what you do ends that", "mark('range')",
        _MARK, BOARD),
    Key("mark.down", ("shift+down",), "Shift+↓", "marks on downwards", "mark('down')",
        _MARK, BOARD),
    Key("mark.up", ("shift+up",), "Shift+↑", "marks on upwards", "mark('up')", _MARK, BOARD),
    Key("mark.all", ("asterisk",), "*", "marks all in the column; again: none of them",
        "mark('all')", _MARK, BOARD),
    Key("find.next", ("n",), "n", "the next task that meets the filter, in all columns",
        "match(1)", _FIND, BOARD),
    Key("find.previous", ("N",), "N", "the one before", "match(-1)", _FIND, BOARD),
    Key("find.mine", ("m",), "m", "only what is yours; again: everything", "look('mine')",
        _FIND, BOARD),
    Key("find.saved", ("apostrophe",), "'", "a filter of the settings: its number or letter",
        "choose('saved')", _FIND, BOARD),
    Key("find.clear", ("escape",), "Esc", "clears the filter, then the marks", "clear",
        _FIND, BOARD),
    Key("look.fold", ("minus",), "-", "puts the column away; there: brings it back", "look('fold')",
        _LOOK, BOARD, "bring back", "folded"),
    Key("look.sort", ("comma",), ",", "the order of the tasks: file, priority, age, agent",
        "choose('order')", _LOOK, BOARD),
    Key("look.group", ("full_stop",), ".", "swimlanes: none, by agent, by group (an epic)",
        "choose('lanes')", _LOOK, BOARD),
    Key("look.density", ("z",), "z", "cards: one row, what matters, or more", "density",
        _LOOK, BOARD, "density"),
    Key("look.larger", ("plus", "equals_sign"), "+ =", "a larger panel; its edge can be dragged",
        "size(1)", _LOOK, BOARD),
    Key("look.smaller", ("underscore",), "_", "a smaller panel", "size(-1)", _LOOK, BOARD),
    Key("look.theme", ("T",), "T", "the colours: each is shown as you go through them",
        "app.theme", _LOOK, WHOLE),
    Key("look.redraw", ("ctrl+l",), "Ctrl+L", "draw all anew, where something wrote over it",
        "app.redraw", _LOOK, WHOLE),
    Key("look.faults", ("f",), "f", "what is wrong in the file, and where", "faults", _LOOK,
        ("board", "walk"), "faults", "faults"),
    Key("look.activity", ("L",), "L", "what happened, the newest first", "activity", _LOOK, BOARD,
        "activity"),
    Key("look.agents", ("A",), "A", "the agents: what they have, did, and need", "agents", _LOOK,
        BOARD, "agents"),
    Key("activity.go", ("enter",), "Enter", "in the activity: go to the task", "go", _LOOK,
        ("activity",), "go to task"),
    Key("activity.filter", ("f",), "f", "in the activity: only this agent, this task, all", "only",
        _LOOK, ("activity",), "filter"),
    Key("activity.close", ("L",), "L", "close the activity", "shut", _LOOK, ("activity",), "close"),
    Key("agents.board", ("enter",), "Enter", "on an agent: the board with its tasks alone", "board",
        _LOOK, ("agents",), "board of this agent"),
    Key("agents.sort", ("o",), "o", "the agents in another order", "sort", _LOOK, ("agents",),
        "sort"),
    Key("look.help", ("question_mark", "f1"), "? F1", "these keys", "help", _LOOK,
        WHOLE),
    Key("file.previous", ("left_square_bracket",), "[", "the file before, where several are open",
        "app.file(-1)", _PROGRAM, WHOLE),
    Key("file.next", ("right_square_bracket",), "]", "the next file", "app.file(1)", _PROGRAM,
        WHOLE),
    Key("program.command_line", ("colon",), ":", "a command in words, as in the shell: claim ID",
        "app.command_line", _PROGRAM, WHOLE),
    Key("program.palette", ("ctrl+p",), "Ctrl+P", "every action by its name", "app.palette",
        _PROGRAM, WHOLE),
    Key("program.stop", ("ctrl+z",), "Ctrl+Z", "to the shell; fg there brings the board back",
        "app.stop", _PROGRAM, WHOLE),
    Key("program.begin", ("i",), "i", "make a TODO.md where there is none", "app.begin", _PROGRAM,
        BOARD),
    Key("program.back", ("escape",), "Esc", "back to the board", "back", _PROGRAM, LISTS),
    Key("program.close", ("q",), "q", "back; on the board: leave", "close", _PROGRAM, ALL, "back"),
    Key("program.interrupt", ("ctrl+c",), "Ctrl+C twice", "leave", "app.interrupt", _PROGRAM, ALL),
    Key("program.quit", ("ctrl+q",), "Ctrl+Q", "leave", "app.quit", _PROGRAM, ALL),
)  # fmt: skip
"""In the order of likelihood, which is the footer's."""

_APP: Final = frozenset({"program.palette", "program.stop", "program.interrupt", "program.quit"})
"""Bound on the application (the palette by Textual), since they work on every screen."""


def bindings(where: Where) -> list[Binding]:
    """The bindings of a screen. Each has the id of its action, so that its keys can be others."""
    made = []
    for key in KEYS:
        if where not in key.where or key.id in _APP:
            continue
        if "{key}" in key.action:
            made += [
                Binding(name, key.action.format(key=name), show=False, id=f"{key.id}.{name}")
                for name in key.keys
            ]
        else:
            made.append(Binding(",".join(key.keys), key.action, show=False, id=key.id))
    return made


def app_bindings() -> list[Binding]:
    """The bindings of the application, under whichever screen.

    Those that leave have no priority: they wait for the keys that were pressed before them.
    """
    return [
        Binding("ctrl+c", "interrupt", show=False, id="program.interrupt"),
        Binding("ctrl+q", "quit", show=False, id="program.quit"),
        Binding("ctrl+p", "palette", show=False, id="program.palette"),
        Binding("ctrl+z", "stop", show=False, id="program.stop"),
    ]


_in_force: dict[str, tuple[str, ...]] = {}


def put_in_force(remapped: Mapping[str, tuple[str, ...]]) -> None:
    """Show these keys from now on for the actions with these ids: the keyboard has one map."""
    _in_force.clear()
    _in_force.update(remapped)
    _said.cache_clear()


def sign_of(key: Key) -> str:
    """How the keys in force for an action are written; "" where it has none."""
    if key.id not in _in_force:
        return key.sign
    return " ".join(written(name) for name in _in_force[key.id])


_UNSAID: Final = frozenset(
    {("program.close", "board"), ("look.attention", "board"), ("look.attention", "task"),
     ("look.attention", "faults"), ("look.attention", "activity"), ("look.attention", "agents")}
)  # fmt: skip
"""Keys that a screen's footer leaves out: leaving, and what the row of attention says."""


def labels(where: Where, at: Situation) -> list[tuple[str, str]]:
    """The footer of a screen: signs and words of the keys that act, likeliest first.

    Before them the number of the marked tasks, where there are any.
    """
    hidden = f", {len(at.unsighted):,} hidden" if at.unsighted else ""
    many = [(f"{glyph.MARKED} {len(at.marked):,}", f"marked{hidden}")] if at.marked else []
    said = _said(where)
    return many + [(sign, word) for key, sign in said if (word := key.label(at)) is not None]


@lru_cache
def _said(where: Where) -> tuple[tuple[Key, str], ...]:
    """The keys that a screen's footer can have, each with its sign."""
    return tuple(
        (key, sign.split()[0])
        for key in KEYS
        if where in key.where and key.word and (sign := sign_of(key))
        if (key.id, where) not in _UNSAID
    )


def key(name: str) -> Key:
    """The key with this id. Raises StopIteration where there is none."""
    return next(key for key in KEYS if key.id == name)


def groups() -> dict[str, list[Key]]:
    """The table as the help shows it, by group; moving first, keys of one panel behind others."""
    order = (_MOVE, _FIND, _MARK, "The task", _EDIT, _WRONG, _LOOK, _PROGRAM)
    table: dict[str, list[Key]] = {name: [] for name in order}
    apart = (("activity",), ("agents",), ("task",), ("walk",), INSIDE)
    for each in sorted(KEYS, key=lambda key: key.where in apart):
        table[each.group].append(each)
    return table


def markdown() -> str:
    """The table as the README has it."""
    lines = ["| keys | what they do | id |", "|---|---|---|"]
    for name, keys in groups().items():
        lines.append(f"| **{name}** | | |")
        lines += [f"| {_code(each.sign)} | {each.words} | `{each.id}` |" for each in keys]
    return "\n".join(lines) + "\n"


def _code(sign: str) -> str:
    if sign.endswith(" twice"):
        return f"`{sign.removesuffix(' twice')}` twice"
    return " ".join(f"`{part}`" for part in sign.split())
