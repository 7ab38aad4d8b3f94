"""Who acts: flags first, then the environment. An agent that forgets its name is nobody."""

from __future__ import annotations

from todo_tui.errors import TodoError
from todo_tui.static import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from todo_tui.board.transition import Actor


def actor(agent: str | None, person: str | None, environ: Mapping[str, str]) -> Actor | None:
    """Who acts by ``--agent`` and ``--as``, else by the environment; None where nobody is named.

    ``--as`` with ``--agent`` is a person acting for that very name; ``--as`` alone is a supervisor,
    whatever the environment says. An agent's name gets its session after an ``@``, unless it
    carries one. Raises TodoError (``usage``) where a flag names nobody.
    """
    from todo_tui.board.transition import Actor

    for flag, name in (("--agent", agent), ("--as", person)):
        if name is not None and not name.strip():
            raise TodoError("usage", f"{flag} needs a name")
    if person is not None:
        return Actor(person, human=True, for_agent=agent)
    name = agent if agent is not None else environ.get("TODO_TUI_AGENT", "").strip()
    if not name:
        return None
    session = environ.get("TODO_TUI_SESSION", "").strip()
    return Actor(f"{name}@{session}" if session and "@" not in name else name)
