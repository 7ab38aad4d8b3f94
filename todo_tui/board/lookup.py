"""Which task a person's word means.

Owns the order in which a word is tried, and the words of a failure. Must not know what is to be
done with the task.
"""

from __future__ import annotations

from todo_tui.board.refs import is_numbered, title_hash
from todo_tui.errors import Place, TodoError
from todo_tui.expression import expression
from todo_tui.static import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from todo_tui.board.board import Board
    from todo_tui.board.task import Task

_COMPARED: Final = 2000
"""How many ids a misspelt one is compared with, letter by letter."""
_PARTS = expression(r"[0-9]+|[^\W\d_]+")


def find(board: Board, name: str) -> Task:
    """The task that ``name`` means: an id, a reference, an id in another case.

    The first digits of a twin's hash will do as long as they tell it from the others.

    Raises TodoError: ``ambiguous`` with the places, ``no_task`` with a "did you mean".
    """
    word = name.strip()
    tasks = _meant(board, word)
    if len(tasks) == 1:
        return tasks[0]
    raise _ambiguous(board, word, tasks, f"name the one you mean, {_refs(tasks)}")


def find_to_change(board: Board, name: str) -> Task:
    """The same, for what is to be changed: twins of equal titles can be named by nothing.

    Raises TodoError: ``ambiguous`` for these, too; ``no_task``.
    """
    word = name.strip()
    tasks = _meant(board, word)
    alike = tuple(task for task in tasks if is_numbered(task))
    if not alike:
        return find(board, name)
    remedy = "give one of them another id or title in the file"
    if len(tasks) == 1:
        task = alike[0]
        raise TodoError(
            "ambiguous",
            f"{task.ref} cannot be told from a twin of the same title: {remedy}",
            task=task.ref,
            places=places(board, board.with_id(task.id)),
        )
    others = tuple(task for task in tasks if task not in alike)
    if not others:
        raise _ambiguous(board, word, tasks, f"the title is the same, {remedy}")
    raise _ambiguous(
        board,
        word,
        tasks,
        f"name the one you mean, {_refs(others)}; {_refs(alike)} cannot be told apart, {remedy}",
    )


def _meant(board: Board, word: str) -> tuple[Task, ...]:
    """The tasks that ``word`` may mean, by the first way to read it that gives any."""
    for meaning in (_by_id, _by_ref, _in_other_case):
        if tasks := meaning(board, word):
            return tasks
    raise _no_task(board, word)


def _by_id(board: Board, word: str) -> tuple[Task, ...]:
    return board.with_id(word)


def _by_ref(board: Board, word: str) -> tuple[Task, ...]:
    exact = board.get(word)
    if exact is not None:
        return (exact,)
    task_id, mark, digits = word.rpartition("#")
    if not mark or not digits:
        return ()
    return tuple(
        task for task in board.with_id(task_id) if title_hash(task.title).startswith(digits.lower())
    )


def _in_other_case(board: Board, word: str) -> tuple[Task, ...]:
    folded = word.casefold()
    return tuple(
        task for task in board.tasks if folded in (task.id.casefold(), task.ref.casefold())
    )


def places(board: Board, tasks: Iterable[Task]) -> tuple[Place, ...]:
    """Reference, line and title of each task."""
    return tuple(Place(task.ref, board.line(task), task.title) for task in tasks)


def _refs(tasks: Sequence[Task]) -> str:
    more = f" and {len(tasks) - 5} more" if len(tasks) > 5 else ""
    return ", ".join(task.ref for task in tasks[:5]) + more


def _ambiguous(board: Board, word: str, tasks: Sequence[Task], advice: str) -> TodoError:
    return TodoError(
        "ambiguous",
        f"{word} stands {len(tasks)} times: {advice}",
        task=word,
        places=places(board, tasks),
    )


def _no_task(board: Board, word: str) -> TodoError:
    if any(group.id == word for group in board.groups):
        return TodoError(
            "no_task", f"{word} is a group of tasks, not a task: name one of its tasks", task=word
        )
    if not word:
        words = "the id is empty: todo-tui list shows those there are"
        return TodoError("no_task", words, task=word)
    several = word.replace(",", " ").split()
    if len(several) > 1 and all(board.graph.is_known(each) for each in several):
        return TodoError("no_task", f"{word} are several ids: give one at a time", task=word)
    from todo_tui.board import missed

    unread = missed.about(board, word)
    if unread is not None and board.document is not None:
        fault, offset = unread
        place = Place(word, board.document.line(offset), board.document.location(offset).source)
        return TodoError("no_task", fault.message, task=word, places=(place,))
    near = _near(board, word)
    hint = f": did you mean {' or '.join(near)}?" if near else ": todo-tui list shows them all"
    return TodoError(
        "no_task",
        f"there is no task {word}{hint}",
        task=word,
        places=places(board, (task for ref in near if (task := board.get(ref)))),
    )


def _near(board: Board, word: str) -> list[str]:
    """Up to three references that ``word`` may be a slip of; their digits are the same."""
    key = _loose(word)
    same = [task.ref for task in board.tasks if key and _loose(task.id) == key]
    if same:
        return same[:3]
    digits = _digits(word)
    ids = {
        task.ref.casefold(): task.ref
        for task in board.tasks
        if abs(len(task.id) - len(word)) <= 2
        and task.id[:1].casefold() == word[:1].casefold()
        and _digits(task.id) == digits
    }
    from difflib import get_close_matches

    close = get_close_matches(word.casefold(), list(ids)[:_COMPARED], n=3, cutoff=0.75)
    return [ids[found] for found in close]


def _digits(word: str) -> list[str]:
    return sorted(filter(str.isdigit, word))


def _loose(word: str) -> str:
    """Letters and numbers of an id, without marks and leading zeros; "" where there is no number.

    ``task-7``, ``T7`` and ``TASK_007`` differ in their letters only, and ``TASK7`` in nothing.
    """
    parts = _PARTS.findall(word.casefold())
    if not any(part[0].isdigit() for part in parts):
        return ""
    return " ".join(part.lstrip("0") if part[0].isdigit() else part for part in parts)
