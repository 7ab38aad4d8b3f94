"""Adding and editing: forms, what is checked while typing, what others change meanwhile."""

from __future__ import annotations

import re

import pytest
from textual.events import Key, Paste

from tests.tui.desk import Desk, desk, task
from tests.tui.scenes import board, shop
from todo_tui.board.editable import text_of_field
from todo_tui.board.transition import Add, Amend
from todo_tui.errors import TodoError
from todo_tui.tui.form_screen import FormScreen

SMALL = """\
```yaml
- A-1: "One"
  priority: P1
  assigned_agent: eng
  status: todo
  tags: [x]
- A-2: "Two"
  status: todo
  dependencies: [A-1]
- A-3: "Three"
  priority: p2
  status: todo
```
"""


async def type_(it: Desk, text: str) -> None:
    """Type a text, then let the screen come to rest."""
    for c in text:
        await it.pilot.press(
            {" ": "space", ",": "comma", "-": "minus", "_": "underscore"}.get(c, c)
        )
    await it.settle()


def has_form(it: Desk) -> bool:
    return isinstance(it.app.screen, FormScreen)


async def test_a_task_is_added_below_the_selected_one() -> None:
    async with desk(board(SMALL), (80, 24)) as it:
        await it.press("a")
        assert "a new task  below A-1" in it.text
        await type_(it, "Brand new")
        await it.press("ctrl+s")
        assert not has_form(it)
        assert [task.title for task in it.file.board.tasks] == ["One", "Brand new", "Two", "Three"]
        assert it.selected == "A-4"
        assert "Brand new" in it.text


async def test_enter_goes_from_field_to_field_and_saves_in_the_last() -> None:
    async with desk(board(SMALL), (80, 24)) as it:
        await it.press("a")
        await type_(it, "New")
        await it.press("enter", "tab")
        await type_(it, "low")
        await it.press("enter")
        await type_(it, "qa")
        await it.press("enter", "enter")
        await type_(it, "x, y")
        await it.press("enter")
        await type_(it, "B-7")
        await it.press("enter")
        assert not has_form(it)
        new = it.file.board.get("B-7")
        assert new is not None
        assert (new.title, new.priority, new.assigned_agent) == ("New", "low", "qa")
        assert text_of_field(new, "tags") == "x, y"


async def test_tab_completes_what_is_offered_else_it_goes_on() -> None:
    async with desk(board(SMALL), (80, 24)) as it:
        await it.press("G", "e", "tab", "tab", "tab", "tab")
        assert "Tab next" in it.text
        await type_(it, "A-2, a")
        assert "A-2, a-1" in it.text
        assert "Tab complete" in it.text
        await it.press("tab")
        assert "Tab next" in it.text
        await it.press("tab", *"y", "ctrl+s")
        made = it.file.commits[-1]
        assert isinstance(made, Amend)
        assert made.depends_on == ("A-2", "A-1")
        assert ("tags", ("y",)) in made.fields


async def test_what_is_offered_is_taken_by_a_tab_that_is_typed_ahead() -> None:
    async with desk(board(SMALL), (80, 24)) as it:
        await it.press("G", "e", "tab", "tab", "tab")
        for key in ("e", "tab"):
            it.app.post_message(Key(key, "\t" if key == "tab" else key))
        await it.settle()
        await it.press("ctrl+s")
        assert it.file.board.tasks[2].assigned_agent == "eng"


async def test_a_name_that_is_there_whole_is_not_completed_to_a_longer_one() -> None:
    longer = [task("A-1", agent="eng-backend"), task("A-2", agent="eng")]
    async with desk([*longer, task("A-3")], (80, 24)) as it:
        await it.press("G", "e", "tab", "tab", "tab")
        await type_(it, "eng")
        assert "Tab next" in it.text
        await it.press("minus")
        assert "eng-backend" in it.text.split("assigned agent")[1].split("dependencies")[0]
        await it.press("backspace", "tab", "ctrl+s")
        assert it.file.board.tasks[2].assigned_agent == "eng"


async def test_fields_are_edited_and_only_what_changed_is_asked_for() -> None:
    async with desk(board(SMALL), (80, 24)) as it:
        await it.press("e")
        await type_(it, "!")
        await it.press("ctrl+s")
        assert it.file.commits[-1] == Amend(
            "A-1", it.app.file.view.actor, title="One!", found=(("title", "One"),)
        )
        assert not has_form(it)


GROUPED = """\
```yaml
- epic_id: EP-1
  priority: high
  assigned_agent: eng
  dependencies: [B-1]
  tasks:
    - id: A-1
      title: One
      status: todo
    - id: A-2
      title: Two
      status: todo
      priority: low
- B-1: "Bee"
  status: todo
```
"""


@pytest.mark.parametrize(
    ("keys", "priority", "agent", "needs"),
    [
        (
            "e", "; empty: high, from its group EP-1", "; empty: eng, from its group EP-1",
            "; its group EP-1 adds B-1",
        ),
        (
            "j e", "; its group EP-1 has high", "; empty: eng, from its group EP-1",
            "; its group EP-1 adds B-1",
        ),
        (
            "a", "; empty: medium", "; empty: eng, from its group EP-1",
            "; its group EP-1 adds B-1",
        ),
        ("G e", "; empty: none", "; empty: for anybody", "between them"),
        ("G a", "; empty: medium", "; empty: for anybody", "between them"),
    ],
)  # fmt: skip
async def test_what_stands_for_an_empty_field_is_said(
    keys: str, priority: str, agent: str, needs: str
) -> None:
    async with desk(board(GROUPED), (80, 24)) as it:
        await it.press(*keys.split(), "tab")
        for words in (priority, agent, needs):
            await it.press("tab")
            (hint,) = (row for row in it.rows if ("; " in row or "between" in row))
            assert hint.endswith(words)


async def test_text_of_several_lines() -> None:
    async with desk(board(SMALL), (80, 24)) as it:
        await it.press("e", "tab")
        await type_(it, "first")
        await it.press("enter")
        await type_(it, "second")
        await it.press("ctrl+s")
        task = it.file.board.get("A-1")
        assert task is not None
        assert text_of_field(task, "description") == "first\nsecond"


@pytest.mark.parametrize(
    ("keys", "typed", "said"),
    [
        (("tab", "tab"), "urgent", '"urgent" is no priority: name one of critical'),
        (("tab",) * 4, "A-9", "there is no task or group A-9"),
        (("tab",) * 4, "A-2", "A-1 -> A-2 -> A-1 would wait for each other"),
    ],
)
async def test_what_is_wrong_is_said_while_typing(
    keys: tuple[str, ...], typed: str, said: str
) -> None:
    async with desk(board(SMALL), (120, 36)) as it:
        await it.press("e", *keys)
        if typed == "urgent":
            await it.press("ctrl+u")
        await type_(it, typed)
        assert said in " ".join(it.text.split())
        await it.press("ctrl+s")
        assert has_form(it)
        assert it.file.commits == []


async def test_an_id_that_is_taken_is_said_while_typing() -> None:
    async with desk(board(SMALL), (80, 24)) as it:
        await it.press("a", *["tab"] * 6)
        await type_(it, "A-2")
        assert "the id A-2 is taken" in it.text
        await type_(it, "2")
        assert "is taken" not in it.text


async def test_a_form_without_a_title_is_not_saved() -> None:
    async with desk(board(SMALL), (80, 24)) as it:
        await it.press("a", "tab", "tab", "ctrl+s")
        assert "a task needs a title" in it.text
        await type_(it, "Now")
        await it.press("ctrl+s")
        assert it.file.board.tasks[1].title == "Now"


async def test_escape_asks_only_where_something_was_typed() -> None:
    async with desk(board(SMALL), (80, 24)) as it:
        await it.press("e", "escape")
        assert not has_form(it)
        await it.press("e")
        await type_(it, "x")
        await it.press("escape")
        assert "throw away what you typed?" in it.text
        await it.press("escape")
        assert has_form(it)
        assert "Onex" in it.text
        await it.press("escape", "y")
        assert not has_form(it)
        assert it.file.commits == []


async def test_control_characters_never_get_in() -> None:
    async with desk(board(SMALL), (80, 24)) as it:
        await it.press("e")
        it.app.post_message(Paste("a\x1b]0;x\x07b\u202ec"))
        await it.settle()
        await it.press("tab")
        it.app.post_message(Paste("d\x1b[2J\te\r\nf\x9bg"))
        await it.settle()
        await it.press("ctrl+s")
        task = it.file.board.get("A-1")
        assert task is not None
        assert task.title == "Onea]0;xbc"
        assert text_of_field(task, "description") == "d[2J    e\nfg"


async def test_a_field_that_holds_control_characters_is_left_alone() -> None:
    text = '```yaml\n- A-1: "a\\u001b[2Jb"\n  status: todo\n  priority: low\n```\n'
    async with desk(board(text), (100, 24)) as it:
        await it.press("e")
        assert "holds what cannot be typed" in it.text
        await it.press("tab")
        await it.press("ctrl+u")
        await type_(it, "high")
        await it.press("ctrl+s")
        assert it.file.commits[-1] == Amend(
            "A-1", it.app.file.view.actor, priority="high", found=(("priority", "low"),)
        )


async def test_fields_that_were_left_alone_follow_the_file() -> None:
    async with desk(board(SMALL), (80, 24)) as it:
        await it.press("e")
        await type_(it, "!")
        await it.put(board(SMALL.replace("[x]", "[x, other]")))
        assert "x, other" in it.text
        await it.press("ctrl+s")
        assert not has_form(it)
        assert it.file.board.tasks[0].title == "One!"


async def test_a_conflict_shows_mine_theirs_and_base_and_loses_nothing() -> None:
    async with desk(board(SMALL), (80, 24)) as it:
        await it.press("e")
        await type_(it, " mine")
        await it.put(board(SMALL.replace("One", "One theirs").replace("P1", "P0")))
        assert "title  ✗ changed by others, too" in it.text
        assert "P0" in it.text
        await it.press("ctrl+s")
        for words in ("mine: what you typed", "One mine", "One theirs", "● mine"):
            assert words in it.text
        await it.press("t")
        assert "● theirs" in it.text
        await it.press("escape")
        assert "One mine" in it.text
        await it.press("ctrl+t", "t", "enter")
        assert "One theirs" in it.text
        await it.press("ctrl+s")
        assert it.file.commits == []
        await it.press("e")
        await type_(it, " 2")
        await it.press("ctrl+s")
        assert it.file.board.tasks[0].title == "One theirs 2"


async def test_mine_can_be_kept_over_theirs() -> None:
    async with desk(board(SMALL), (80, 24)) as it:
        await it.press("e")
        await type_(it, " mine")
        await it.put(board(SMALL.replace("One", "One theirs")))
        await it.press("ctrl+s", "m", "enter", "ctrl+s")
        assert it.file.board.tasks[0].title == "One mine"
        assert not has_form(it)


async def test_what_changed_unseen_is_refused_and_compared_when_it_is_seen() -> None:
    async with desk(board(SMALL), (80, 24)) as it:
        await it.press("e")
        await type_(it, " mine")
        theirs = board(SMALL.replace("One", "One theirs"))
        it.file.behind(theirs)
        await it.press("ctrl+s")
        assert has_form(it)
        assert "has changed since it was looked at: title" in " ".join(it.text.split())
        await it.put(theirs)
        assert "mine: what you typed" in it.text
        await it.press("m", "enter", "ctrl+s")
        assert it.file.board.tasks[0].title == "One mine"


async def test_a_task_that_vanished_is_added_anew() -> None:
    async with desk(board(SMALL), (80, 24)) as it:
        await it.press("e")
        await type_(it, " mine")
        start, stop = SMALL.index("- A-1"), SMALL.index("- A-2")
        await it.put(board(SMALL[:start] + SMALL[stop:]))
        assert "the task is gone from the file; Ctrl+S adds it anew" in it.text
        await it.press("ctrl+s")
        assert isinstance(it.file.commits[-1], Add)
        again = it.file.board.get("A-1")
        assert again is not None
        assert again.title == "One mine"
        assert again.priority == "high"


async def test_a_form_stays_where_the_disk_refuses() -> None:
    async with desk(board(SMALL), (80, 24)) as it:
        await it.press("e")
        await type_(it, "!")
        it.file.behind(TodoError("disk", "the disk is full"))
        await it.press("ctrl+s")
        assert has_form(it)
        assert "✗ the disk is full" in it.text
        assert "One!" in it.text


@pytest.mark.parametrize("size", [(40, 12), (60, 20), (80, 24), (200, 50)])
async def test_every_field_can_be_reached_at_any_size(size: tuple[int, int]) -> None:
    async with desk(shop(), size) as it:
        await it.press("3", "e")
        seen = it.text
        for _ in range(8):
            await it.press("tab")
            seen += it.text
        for words in ("title", "description", "estimated hours", "acceptance criteria", "Ctrl+S"):
            assert words in seen


async def test_without_colour_what_is_wrong_is_seen_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with desk(board(SMALL), (80, 24), theme=None) as it:
        await it.press("e", "tab", "tab")
        await type_(it, "x")
        assert "priority  ✗" in it.text


async def test_priority_goes_up_in_the_files_own_spelling() -> None:
    async with desk(board(SMALL), (80, 24)) as it:
        await it.press("j", "j", "p")
        assert it.file.board.tasks[2].raw_priority == "P1"
        await it.press("k", "p")
        assert it.file.board.tasks[1].raw_priority == "low"


async def test_a_priority_is_taken_away_in_the_form() -> None:
    async with desk(board(SMALL), (80, 24)) as it:
        await it.press("e", "tab", "tab")
        assert "empty: none" in it.text
        await it.press("ctrl+u", "ctrl+s")
        assert not has_form(it)
        assert it.file.board.tasks[0].priority is None
        await it.press("u")
        assert it.file.board.tasks[0].raw_priority == "P1"


async def test_a_click_goes_to_what_can_be_waited_for_and_a_second_one_puts_it_in() -> None:
    async with desk(board(SMALL), (80, 24)) as it:
        await it.press("G", "D")
        at = next(at for at, row in enumerate(it.rows) if "[ ] A-2" in row)
        await it.pilot.click(offset=(10, at))
        await it.settle()
        assert "▌[ ] A-2" in it.text
        await it.pilot.click(offset=(10, at), times=2)
        await it.settle()
        assert "▌[x] A-2" in it.text
        await it.press("enter")
        assert it.file.board.tasks[2].dependencies == ("A-2",)


async def test_what_is_done_is_offered_last_to_be_waited_for() -> None:
    done = [task(f"A-{number}", status="done") for number in range(3)]
    mine = task("C-1", needs=["A-2"])
    async with desk([*done, mine, task("C-2"), task("D-1", status="blocked")], (80, 24)) as it:
        await it.press("D")
        found = re.findall(r"\[[x ]\] (\S+)", it.text)
        assert found == ["A-2", "C-2", "D-1", "A-0", "A-1"]


async def test_dependencies_are_chosen_and_a_cycle_is_refused() -> None:
    async with desk(board(SMALL), (80, 24)) as it:
        await it.press("D")
        await type_(it, "two")
        assert "Three" not in it.text.partition("A-1 waits for")[2]
        await it.press("space")
        assert "would wait for each other" in " ".join(it.text.split())
        await it.press("backspace", "backspace", "backspace", "down", "space", "enter")
        assert it.file.board.tasks[0].dependencies == ("A-3",)
        await it.press("D", "space", "escape")
        assert it.file.board.tasks[0].dependencies == ("A-3",)
        await it.press("D", "space", "enter")
        assert not it.file.board.tasks[0].dependencies


async def test_a_tasks_text_moves_below_and_above_its_neighbour() -> None:
    async with desk(board(SMALL), (80, 24)) as it:
        await it.press("J")
        assert [task.id for task in it.file.board.tasks] == ["A-2", "A-1", "A-3"]
        assert it.selected == "A-1"
        await it.press("J", "J")
        assert "A-1 is the last of its column" in it.text
        await it.press("K", "ctrl+up")
        assert [task.id for task in it.file.board.tasks] == ["A-1", "A-2", "A-3"]
        await it.press("K")
        assert "A-1 is the first of its column" in it.text


async def test_done_tasks_are_not_moved() -> None:
    async with desk(shop(), (80, 24)) as it:
        await it.press("4", "J")
        assert "only a column in the order of the file can be moved in" in it.text
        assert it.file.commits == []


async def test_the_detail_edits_too() -> None:
    async with desk(board(SMALL), (80, 24)) as it:
        await it.press("enter", "e")
        await type_(it, "!")
        await it.press("ctrl+s")
        assert "A-1  One!" in it.text
        await it.press("p")
        assert it.file.board.tasks[0].priority == "critical"
