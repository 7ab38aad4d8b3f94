"""Which TODO.md is meant, and which settings hold."""

from __future__ import annotations

import errno
import os
import sys
import time
from datetime import timedelta
from pathlib import Path

import platformdirs
import pytest

from tests.storage.folders import XDG, environ_with
from tests.storage.toy import FakeTime
from todo_tui.errors import TodoError
from todo_tui.storage import discover
from todo_tui.storage.configuration import Configuration, Notify, load
from todo_tui.storage.steady import Timing


@pytest.fixture
def clock() -> FakeTime:
    return FakeTime(time.time())


@pytest.fixture
def deep(tmp_path: Path) -> Path:
    """A directory two below the root of a repository, which is below home."""
    folder = tmp_path / "repository" / "a" / "b"
    folder.mkdir(parents=True)
    (tmp_path / "repository" / ".git").mkdir()
    return folder


def find(directory: Path, clock: FakeTime, named: str | None = None, **environ: str) -> Path:
    timing = Timing(clock.wall, clock.monotonic, clock.pause)
    return Path(discover.find(named, environ, directory, timing=timing))


def refused(directory: Path, clock: FakeTime, **environ: str) -> TodoError:
    with pytest.raises(TodoError) as caught:
        find(directory, clock, **environ)
    assert caught.value.code == "no_file"
    return caught.value


def test_a_name_beats_the_environment_and_the_environment_the_nearest(
    deep: Path, clock: FakeTime
) -> None:
    (deep / "TODO.md").touch()
    assert find(deep, clock, "x.md", TODO_TUI_FILE="y.md") == deep / "x.md"
    assert find(deep, clock, TODO_TUI_FILE="/y.md") == Path("/y.md")
    assert find(deep, clock) == deep / "TODO.md"


def test_a_directory_means_the_file_in_it(deep: Path, clock: FakeTime) -> None:
    assert find(deep, clock, "..") == deep / ".." / "TODO.md"


def test_the_nearest_file_above_is_taken(deep: Path, clock: FakeTime) -> None:
    for folder in (deep.parent, deep.parents[1], deep.parents[2]):
        (folder / "TODO.md").touch()
    assert find(deep, clock) == deep.parent / "TODO.md"
    assert clock.now == 0


@pytest.mark.parametrize("kind", ["directory", "file"])
def test_the_root_of_the_repository_is_the_limit(deep: Path, clock: FakeTime, kind: str) -> None:
    if kind == "file":
        (deep.parents[1] / ".git").rmdir()
        (deep.parents[1] / ".git").write_text("gitdir: elsewhere\n")
    (deep.parents[2] / "TODO.md").touch()
    assert f"up to {deep.parents[1]};" in refused(deep, clock).message
    (deep.parents[1] / "TODO.md").touch()
    assert find(deep, clock) == deep.parents[1] / "TODO.md"


def test_home_is_the_limit_outside_of_a_repository(deep: Path, clock: FakeTime) -> None:
    (deep.parents[1] / ".git").rmdir()
    (deep.parents[2] / "TODO.md").touch()
    refused(deep, clock, HOME=str(deep.parents[1]))
    assert find(deep, clock, HOME=str(deep.parents[2])) == deep.parents[2] / "TODO.md"
    assert find(deep, clock, HOME="/elsewhere") == deep.parents[2] / "TODO.md"


def test_a_directory_of_that_name_is_not_it(deep: Path, clock: FakeTime) -> None:
    (deep / "TODO.md").mkdir()
    (deep.parent / "TODO.md").touch()
    assert find(deep, clock) == deep.parent / "TODO.md"


def test_a_symlink_whose_target_is_away_is_it(deep: Path, clock: FakeTime) -> None:
    (deep / "TODO.md").symlink_to("away.md")
    assert find(deep, clock) == deep / "TODO.md"


def test_a_file_that_is_being_saved_is_found(deep: Path, clock: FakeTime) -> None:
    clock.at(0.03, (deep / "TODO.md").touch)
    assert find(deep, clock) == deep / "TODO.md"


def test_where_a_file_was_it_is_waited_for(deep: Path, clock: FakeTime) -> None:
    (deep.parent / ".todo-tui").mkdir()
    (deep.parents[1] / "TODO.md").touch()
    clock.at(0.9, (deep.parent / "TODO.md").touch)
    assert find(deep, clock) == deep.parent / "TODO.md"


def test_where_a_file_was_and_is_no_more_the_next_is_taken(deep: Path, clock: FakeTime) -> None:
    (deep / ".todo-tui").mkdir()
    (deep.parent / "TODO.md").touch()
    assert find(deep, clock) == deep.parent / "TODO.md"
    assert 1.0 <= clock.now < 1.1


def test_where_there_was_none_nobody_waits(deep: Path, clock: FakeTime) -> None:
    assert "todo-tui init" in refused(deep, clock).message
    assert clock.now == pytest.approx(0.05)


def test_the_patience_does_not_depend_on_what_the_clock_says(deep: Path, clock: FakeTime) -> None:
    clock.now = 1000.0
    clock.at(1000.03, (deep / "TODO.md").touch)
    assert find(deep, clock) == deep / "TODO.md"


@pytest.fixture
def closed(deep: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The directory above, which may not be searched: for root, too, whom rights do not bind."""
    stat = os.stat

    def refusing(path: str | Path, *, follow_symlinks: bool = True) -> os.stat_result:
        if deep.parent in Path(path).parents:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return stat(path, follow_symlinks=follow_symlinks)

    monkeypatch.setattr(os, "stat", refusing)
    return deep.parent


def test_a_directory_that_may_not_be_searched_is_passed_by(
    deep: Path, closed: Path, clock: FakeTime
) -> None:
    (closed / "TODO.md").touch()
    assert "todo-tui init" in refused(deep, clock).message
    (closed.parent / "TODO.md").touch()
    assert find(deep, clock) == closed.parent / "TODO.md"


def test_a_name_in_a_directory_that_may_not_be_searched_is_taken_as_it_is(
    deep: Path, closed: Path, clock: FakeTime
) -> None:
    assert find(deep, clock, "x.md") == deep / "x.md"


@pytest.mark.parametrize(
    "named", ["x.md", "./x.md", ".//x.md", "x.md/", "{0}//x.md", "{0}/./x.md/"]
)
def test_what_means_nothing_in_a_name_is_left_out(deep: Path, clock: FakeTime, named: str) -> None:
    found = discover.find(named.format(deep), {}, deep, timing=Timing(clock.wall))
    assert found == f"{deep}/x.md"


@pytest.mark.parametrize("named", ["../b/x.md", "..//b/./x.md/", "{0}/../b//x.md"])
def test_what_stands_above_is_found_through_a_link(deep: Path, clock: FakeTime, named: str) -> None:
    """Above a link is what is above the directory that it leads to."""
    found = discover.find(named.format(deep), {}, deep, timing=Timing(clock.wall))
    assert found == f"{deep}/../b/x.md"
    (deep / "TODO.md").touch()
    link = deep.parents[2] / "link"
    link.symlink_to(deep)
    assert Path(discover.find("link/../b", {}, link.parent)).samefile(deep / "TODO.md")


@pytest.mark.parametrize(("above", "where"), [(0, "{0}"), (1, "{0} or above it, up to {1}")])
def test_where_was_looked_is_said(deep: Path, clock: FakeTime, above: int, where: str) -> None:
    root = [deep, *deep.parents][above]
    said = where.format(deep, root)
    message = f"There is no TODO.md in {said}; `todo-tui init` makes one."
    assert refused(deep, clock, HOME=str(root)).message.startswith("There is no TODO.md in ")
    (root / ".git").touch()
    assert refused(deep, clock).message == message


def test_a_file_that_comes_within_the_patience_is_found_and_a_later_one_is_not(
    deep: Path, clock: FakeTime
) -> None:
    """Between two looks the clock goes on by a hundredth of a second."""
    clock.at(0.045, (deep / "TODO.md").touch)
    assert find(deep, clock) == deep / "TODO.md"
    assert clock.now == pytest.approx(0.05)
    (deep / "TODO.md").unlink()
    (deep / ".todo-tui").mkdir()
    clock.at(clock.now + 1.1, (deep / "TODO.md").touch)
    refused(deep, clock)


def configured(tmp_path: Path, text: str | bytes) -> Configuration:
    file = tmp_path / "some.toml"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return load({"TODO_TUI_CONFIG": str(file)})._replace(source=None)


def wrong(tmp_path: Path, text: str | bytes) -> TodoError:
    with pytest.raises(TodoError) as caught:
        configured(tmp_path, text)
    assert caught.value.code == "usage"
    assert "some.toml" in caught.value.message
    return caught.value


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    assert load({"HOME": str(tmp_path)}) == Configuration(history=True)


@pytest.mark.skipif(sys.platform != "linux", reason="the place on Linux")
@pytest.mark.parametrize("xdg", XDG)
def test_the_file_is_where_the_system_has_it(
    tmp_path: Path, xdg: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    environ = environ_with("XDG_CONFIG_HOME", xdg, tmp_path, monkeypatch)
    file = platformdirs.user_config_path("todo-tui") / "config.toml"
    assert tmp_path in file.parents
    file.parent.mkdir(parents=True)
    file.write_text("history = false\n")
    assert load(environ)._replace(source=None) == Configuration(history=False)


@pytest.mark.skipif(sys.platform != "linux", reason="the place on Linux")
@pytest.mark.parametrize(("xdg", "folder"), [(None, ".config"), (" ", ".config"), ("x", "x")])
def test_the_environment_that_is_given_says_where_the_file_is(
    tmp_path: Path, xdg: str | None, folder: str
) -> None:
    environ = {"HOME": str(tmp_path)}
    if xdg is not None:
        environ["XDG_CONFIG_HOME"] = str(tmp_path / xdg) if xdg.strip() else xdg
    file = tmp_path / folder / "todo-tui" / "config.toml"
    file.parent.mkdir(parents=True)
    file.write_text("history = false\n")
    assert load(environ).history is False


@pytest.mark.parametrize(
    ("text", "on", "how"),
    [
        ("[notify]\n", set(), "bell"),
        ('[notify]\non = ["done", "all_done"]\n', {"done", "all_done"}, "bell"),
        ('[notify]\nhow = "osc777"\non = ["violation"]\n', {"violation"}, "osc777"),
        ('[notify]\nhow = "osc9"\n', set(), "osc9"),
    ],
)
def test_what_a_person_is_told_of_is_read(
    tmp_path: Path, text: str, on: set[str], how: str
) -> None:
    assert configured(tmp_path, text).notify == Notify(frozenset(on), how)


KNOWN = "history, theme, ascii, keys, thresholds, notify, filters"


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("notify = 1\n", (1, 1), "notify is a table with on, and how."),
        ("[notify]\nwhen = 1\n", (1, 2), "notify is a table with on, and how."),
        ('[notify]\non = "done"\n', (2, 1), "on is a list of: violation, done, blocked, all_done."),
        (
            '[notify]\non = ["done", "begun"]\n',
            (2, 1),
            "on is a list of: violation, done, blocked, all_done.",
        ),
        ('[notify]\nhow = "mail"\n', (2, 1), "how is one of: bell, osc9, osc777."),
        ("history = 1\n", (1, 1), "history is true or false."),
        ('theme = ""\n', (1, 1), "theme is a name, in quotes."),
        ("filters = 1\n", (1, 1), "filters is a table of names, each with a filter in quotes."),
        ('[filters]\nmine = " "\n', (2, 1), "mine is a filter, in quotes."),
        (
            "keys = 1\n",
            (1, 1),
            'keys is "vim", "emacs", or a table of actions and their keys.',
        ),
        (
            '[keys]\n"task.claim" = ["c", 1]\n',
            (2, 2),
            'the keys of task.claim are a name such as "c", or a list of names.',
        ),
        ("[keys]\nbase = []\n", (2, 1), 'base is "vim" or "emacs".'),
        ("thresholds = 1\n", (1, 1), "thresholds is a table: too_fast, bulk_done, patience."),
        (
            "[thresholds]\nbulk_done = 1.5\n",
            (2, 1),
            "bulk_done is a number of tasks, 2 or more.",
        ),
        (
            "[thresholds]\npatience = 1\n",
            (2, 1),
            'patience is a table of statuses: claimed = "15m".',
        ),
        (
            "[thresholds]\nhurry = 1\n",
            (2, 1),
            "unknown threshold 'hurry'; known: too_fast, bulk_done, patience.",
        ),
        (
            "[thresholds]\ntoo_fast = 1\n",
            (2, 1),
            'too_fast is a length of time in quotes, such as "90s" or "2h".',
        ),
        (
            "colour = 1\n",
            (1, 1),
            f"unknown setting 'colour'; known: {KNOWN}.",
        ),
    ],
)
def test_what_may_stand_there_instead_is_said(
    tmp_path: Path, text: str, place: tuple[int, int], words: str
) -> None:
    error = wrong(tmp_path, text)
    assert error.message == f"{tmp_path / 'some.toml'}: {words}"
    assert error.location is not None
    assert (error.location.line, error.location.column) == place


def test_two_tasks_at_once_are_the_fewest_that_are_many(tmp_path: Path) -> None:
    assert configured(tmp_path, "[thresholds]\nbulk_done = 2\n").thresholds.bulk_done == 2


def test_settings_are_read(tmp_path: Path) -> None:
    assert configured(tmp_path, "history = false\n") == Configuration(history=False)
    assert configured(tmp_path, "# nothing\n") == Configuration()
    looks = configured(tmp_path, 'theme = "nord"\nascii = true\n')
    assert (looks.theme, looks.ascii) == ("nord", True)


@pytest.mark.parametrize(
    ("text", "base", "remapped"),
    [
        ('keys = "emacs"\n', "emacs", {}),
        ('[keys]\nbase = "vim"\n"task.claim" = "x"\n', "vim", {"task.claim": ("x",)}),
        ('[keys]\ntask.done = ["d", "D"]\n', None, {"task.done": ("d", "D")}),
        ("[keys.task]\ndone = []\n", None, {"task.done": ()}),
    ],
)
def test_keys_are_read(
    tmp_path: Path, text: str, base: str | None, remapped: dict[str, tuple[str, ...]]
) -> None:
    assert configured(tmp_path, text).keys == (base, remapped)


def test_thresholds_are_read(tmp_path: Path) -> None:
    text = (
        '[thresholds]\ntoo_fast = "3s"\nbulk_done = 9\n'
        '[thresholds.patience]\n"In Progress" = "1d"\nreview = "1w"\n'
    )
    found = configured(tmp_path, text).thresholds
    assert (found.too_fast, found.bulk_done) == (timedelta(seconds=3), 9)
    assert found.patience == {
        "claimed": timedelta(minutes=15),
        "in_progress": timedelta(days=1),
        "review": timedelta(weeks=1),
    }


def test_saved_filters_are_read_in_their_order(tmp_path: Path) -> None:
    text = '[filters]\nreview = "status:review"\n"my own" = "is:mine -#later"\n'
    found = configured(tmp_path, text).filters
    assert list(found.items()) == [("review", "status:review"), ("my own", "is:mine -#later")]


def test_a_file_that_is_named_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(TodoError) as caught:
        load({"TODO_TUI_CONFIG": str(tmp_path / "none.toml")})
    assert caught.value.code == "no_file"


def test_a_file_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    with pytest.raises(TodoError) as caught:
        load({"TODO_TUI_CONFIG": str(tmp_path)})
    assert caught.value.code == "disk"


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("[filters]\na = 1\n", 2, 1),
        ('[filters]\na = "tea"\nb = "is:wrong"\n', 3, 1),
        ("filters = 1\n", 1, 1),
        ("history = false\n\ncolour = 1\n", 3, 1),
        ('"history x" = 1\n', 1, 2),
        ("# a\n[columns]\nhistory = 1\n", 2, 2),
        ('history = "no"\n', 1, 1),
        ("history = maybe\n", 1, 11),
        ("history = [\n", 2, 1),
        ("a = 1\nhistory = maybe\n", 2, 11),
        ("a = 1\nb = 2\nhistory = maybe\n", 3, 11),
        ("a = 1\nb = 2\nc = 3\nhistory = maybe\n", 4, 11),
        ('history = "', 1, 1),
        ("theme = 3\n", 1, 1),
        ('theme = ""\n', 1, 1),
        ('ascii = "yes"\n', 1, 1),
        ("keys = 3\n", 1, 1),
        ('[keys]\n"task.claim" = 3\n', 2, 2),
        ('[keys]\nbase = ["vim", "emacs"]\n', 2, 1),
        ("thresholds = 3\n", 1, 1),
        ("[thresholds]\ntoo_fast = 3\n", 2, 1),
        ('[thresholds]\ntoo_fast = "soon"\n', 2, 1),
        ("[thresholds]\nbulk_done = 1\n", 2, 1),
        ("[thresholds]\nbulk_done = true\n", 2, 1),
        ('[thresholds]\npatience = "2h"\n', 2, 1),
        ('[thresholds]\nhurry = "2h"\n', 2, 1),
        ("[thresholds.patience]\nclaimed = 15\n", 2, 1),
    ],
)
def test_what_cannot_be_understood_is_pointed_at(
    tmp_path: Path, text: str, line: int, column: int
) -> None:
    location = wrong(tmp_path, text).location
    assert location is not None
    assert (location.line, location.column) == (line, column)
    assert location.source == [*text.split("\n"), ""][line - 1]


def test_other_bytes_than_text_are_refused(tmp_path: Path) -> None:
    assert "UTF-8" in wrong(tmp_path, b"history = \xff").message


def test_nothing_is_made_by_looking(deep: Path, clock: FakeTime) -> None:
    before = sorted(os.walk(deep.parents[2]))
    refused(deep, clock)
    load({"HOME": str(deep)})
    assert sorted(os.walk(deep.parents[2])) == before
