"""Every word with which a disk says no, and what each of the errors says around it."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from todo_tui.storage import disk

if TYPE_CHECKING:
    from todo_tui.errors import TodoError

PATH = Path("/work/TODO.md")
FULL = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def said(error: TodoError) -> tuple[str, str]:
    return error.code, error.message


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (
            errno.EACCES,
            "permission is denied; make the file and its folder writable for this user",
        ),
        (errno.EPERM, "the system does not permit it; the file or its folder may be immutable"),
        (errno.EROFS, "the file system is read-only"),
        (errno.ENOSPC, "the disk is full; free some space"),
        (errno.EDQUOT, "the disk quota is used up; free some space"),
        (errno.EFBIG, "the file may not grow that large; raise the limit on file sizes"),
        (errno.EIO, "the disk reports an input/output error"),
        (
            errno.EBUSY,
            "the file is mounted by itself and cannot be replaced; mount its folder instead",
        ),
        (errno.EXDEV, "its .todo-tui folder is on another file system; move that folder away"),
        (errno.ENOENT, "its folder or the .todo-tui folder in it was taken away; try again"),
        (errno.ELOOP, "a symbolic link stands where none may, or leads in a circle"),
        (errno.ENOTEMPTY, os.strerror(errno.ENOTEMPTY)),
    ],
)
def test_a_number_has_its_words(number: int, words: str) -> None:
    error = OSError(number, os.strerror(number))
    assert disk.unreadable(PATH, error).message == f"/work/TODO.md cannot be read: {words}."


@pytest.mark.parametrize(
    "name", [".todo-tui", ".todo-tui/lock", ".todo-tui/new-1-2", ".todo-tui/file-b.md/lock"]
)
def test_where_only_our_folder_is_closed_that_is_what_is_to_be_opened(name: str) -> None:
    error = PermissionError(errno.EACCES, os.strerror(errno.EACCES), f"/work/{name}")
    words = "permission is denied in its .todo-tui folder; make that writable for this user"
    assert words in disk.unwritable(PATH, error).message
    other = PermissionError(errno.EACCES, os.strerror(errno.EACCES), "/work/.todo-tui/x/y/TODO.md")
    assert "make the file and its folder writable" in disk.unwritable(PATH, other).message


def test_an_error_without_a_number_says_what_it_says() -> None:
    error = OSError("journal.jsonl is no regular file")
    assert said(disk.unwritable(PATH, error)) == (
        "disk",
        "/work/TODO.md cannot be written: journal.jsonl is no regular file. The file is as it was.",
    )


def test_what_is_said_of_a_write() -> None:
    full = "the disk is full; free some space"
    assert said(disk.unwritable(PATH, FULL)) == (
        "disk",
        f"/work/TODO.md cannot be written: {full}. The file is as it was.",
    )
    assert said(disk.unwritable(PATH, "it has 2 names")) == (
        "disk",
        "/work/TODO.md cannot be written: it has 2 names. The file is as it was.",
    )
    assert said(disk.unconfirmed(PATH, FULL)) == (
        "disk",
        f"/work/TODO.md was written, but the disk does not confirm it: {full}.",
    )
    unknown = f"/work/TODO.md may have been written or not, the disk does not tell: {full}."
    remedy = " Look at the file before you repeat this."
    assert said(disk.unknown(PATH, FULL)) == ("disk", unknown + remedy)


def test_what_is_no_file_is_named_for_what_it_is(tmp_path: Path) -> None:
    assert said(disk.irregular(PATH, tmp_path.stat())) == (
        "no_file",
        "/work/TODO.md is a directory; name the file in it.",
    )
    assert said(disk.irregular(PATH, Path(os.devnull).stat())) == (
        "disk",
        "/work/TODO.md is no regular file.",
    )
    assert said(disk.missing(PATH)) == (
        "no_file",
        "There is no file /work/TODO.md; `todo-tui init --file /work/TODO.md` makes one.",
    )
    assert said(disk.missing(PATH, folder="/work")) == (
        "no_file",
        "There is no file /work/TODO.md: there is no folder /work; make that first.",
    )
    nowhere = "/work/TODO.md is a link to nowhere: there is no file /far/plan.md"
    remedy = "`todo-tui init --file /far/plan.md` makes one."
    assert said(disk.missing(PATH, target="/far/plan.md")) == ("no_file", f"{nowhere}; {remedy}")
