"""What could stand at the cursor of a line of the filter language.

Owns what is offered, and in which order. Must not know how a front end shows it.
"""

from __future__ import annotations

from collections import Counter

from todo_tui.board.matching import agent_of, tags_of
from todo_tui.board.query import KEYS, NO_PRIORITY, SIGNS, STATES, tokens
from todo_tui.board.task import PRIORITIES, bare_name
from todo_tui.document.span import Span
from todo_tui.named_tuple import NamedTuple
from todo_tui.static import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from todo_tui.board.board import Board
    from todo_tui.board.query import Token

MOST: Final = 50
"""So many candidates are offered at most."""

_AGES: Final = ("age>1h", "age>1d", "age<1h", "age<1d")


class Completion(NamedTuple):
    """What could replace ``span`` of the line (characters); empty where nothing fits.

    A candidate is a whole term. It holds text from the file, to be shown safely.
    """

    span: Span
    candidates: tuple[str, ...]


def completion(text: str, cursor: int, board: Board) -> Completion:
    """The terms that begin as the one does that ends at or surrounds ``cursor`` (characters).

    Agents and tags come with the most used first, ids in file order. A term that would need
    quotes has them; what cannot stand in quotes is not offered.
    """
    token = next((t for t in tokens(text) if t.span.start < cursor <= t.span.stop), None)
    if token is None:
        return Completion(Span(cursor, cursor), ())
    start = token.span.start + token.negated
    if cursor <= start:
        return Completion(Span(cursor, cursor), ())
    typed = text[token.at : max(token.at, cursor)].removesuffix('"' if token.closed else "")
    lead = text[start : min(cursor, start + len(token.lead))]
    candidates = _candidates(token, lead, typed, board)
    whole = text[start : token.span.stop]
    kept = dict.fromkeys(one for one in candidates if one != whole)
    return Completion(Span(start, token.span.stop), tuple(kept)[:MOST])


def _candidates(token: Token, lead: str, typed: str, board: Board) -> Iterable[str]:
    key = lead.lower()
    match key:
        case "@":
            return _beginning("@", typed, _agents(board, typed))
        case "#":
            tags = Counter(tag for task in board.tasks for tag in tags_of(task))
            return _beginning("#", typed, _most_used(tags))
        case "!":
            return _beginning("!", typed, (*PRIORITIES, NO_PRIORITY))
        case "is:":
            return _beginning("is:", typed, STATES)
        case "status:":
            return _beginning("status:", typed, [column.status for column in board.columns])
        case "dep:":
            return _beginning("dep:", typed, _needed(board))
        case _ if token.quoted or lead in SIGNS:
            return ()
    word = lead + typed
    terms = (*(f"{name}:" for name in KEYS), *_AGES)
    return (
        *(term for term in terms if term.startswith(word.lower())),
        *_beginning("", word, [task.id for task in board.tasks]),
    )


def _beginning(lead: str, typed: str, names: Iterable[str]) -> list[str]:
    fold = typed.lower()
    return [
        f'{lead}"{name}"' if any(map(str.isspace, name)) else lead + name
        for name in names
        if '"' not in name and name.lower().startswith(fold)
    ]


def _agents(board: Board, typed: str) -> list[str]:
    """Names without their session; with it where one is being typed."""
    whole = "@" in typed
    names = (agent for task in board.tasks if (agent := agent_of(task)) is not None)
    used = Counter((name if whole else bare_name(name)).removeprefix("@") for name in names)
    return _most_used(used)


def _most_used(names: Counter[str]) -> list[str]:
    return [name for name, _ in names.most_common()]


def _needed(board: Board) -> list[str]:
    """The ids on which tasks depend, then all others."""
    needed = dict.fromkeys(name for task in board.tasks for name in task.dependencies)
    return list(needed | dict.fromkeys(task.id for task in board.tasks))
