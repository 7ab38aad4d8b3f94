"""Task files as they are found, and requests about them, drawn from a ``random.Random``.

With a seed the same file comes out each time; behind hypothesis (``st.randoms``) it shrinks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from todo_tui.board.criteria import criteria
from todo_tui.board.editable import editable, text_of_field
from todo_tui.board.request import (
    Actor,
    Add,
    Amend,
    Block,
    Claim,
    ClaimNext,
    Draft,
    Finish,
    Move,
    Note,
    Release,
    Reopen,
    Start,
    Tick,
    Unblock,
)

if TYPE_CHECKING:
    from random import Random

    from todo_tui.board.board import Board
    from todo_tui.board.request import Transition
    from todo_tui.board.task import Task

TITLES = (
    "Fix the login form",
    "Handle CRLF: keep it",
    'Say "hello" to C#',
    "Don't lose #1",
    "日本語のタスク",
    "Ship it 🚀 now",
    "a, b and [c]",
    "(draft) write docs",
    "100%",
    "- dash first",
    "yes",
    "null and void",
    "back\\slash",
    "trailing colon:",
    "`code` and **bold**",
    '"all quoted"',
    "'it is'",
    "<!-- hidden",
    "[x] box (a -> b)",
    "key: value # rest",
    "{curly} & *star* | > % ~",
    "ends with #",
    "two  blanks\u00a0and \u200b none",
    "~",
)
AGENTS = ("eng-backend", "eng-backend@7f3a", "design ux", "@claude-1", "O'Neil", "bob (qa)", "a, b")
STATUSES = (
    "todo",
    "todo",
    "todo",
    "pending",
    "claimed",
    "claimed",
    "in_progress",
    "In Progress",
    "in-progress",
    "blocked",
    "done",
    "✅ Done",
    "Done (2024-01-15)",
    "review",
    "paused",
    "",
    "null",
)
PRIORITIES = ("high", "medium", "low", "critical", "P1-High", "p0", "urgent", "")
EMPTIES = ("null", "~", "")
TIMES = ('"2024-01-30T10:00:00Z"', "2024-01-30", "2024-01-15 14:20", "2024-13-45", "null", "")
IDS = ("TASK_{:03}", "TASK_{:03}", "TASK_UX_{:03}", "AUTH-{}", "TASK_{}")


def _quoted(random: Random, text: str) -> str:
    match random.randrange(4):
        case 0:
            return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
        case 1:
            return "'" + text.replace("'", "''") + "'"
        case 2 if not set(text) & set(":#[]{}`\"'@,&*!|>%\\-"):
            return text
        case _:
            return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _fields(random: Random, ids: list[str]) -> list[tuple[str, str]]:
    """Names and sources of an item's fields, the status always among the choices."""
    fields: list[tuple[str, str]] = []
    if random.random() < 0.8:
        fields.append(("priority", random.choice(PRIORITIES)))
    if random.random() < 0.7:
        name = random.choice(("assigned_agent", "assigned_agent", "assignee", "owner"))
        agent = random.choice((*AGENTS, *AGENTS, "null", "unassigned", ""))
        fields.append((name, agent if agent in ("null", "") else _quoted(random, agent)))
    if random.random() < 0.93:
        fields.append(("status", random.choice(STATUSES)))
    if random.random() < 0.4:
        fields.append(("created_at", random.choice(TIMES)))
    if random.random() < 0.35:
        value = random.choice((*EMPTIES, *EMPTIES, _quoted(random, random.choice(AGENTS))))
        fields.append(("claimed_by", value))
    if random.random() < 0.4 and ids:
        chosen = random.sample(ids, min(len(ids), random.randrange(1, 3)))
        name = random.choice(("dependencies", "depends_on", "blocked_by"))
        fields.append(
            (
                name,
                random.choice(
                    (
                        f"[{', '.join(chosen)}]",
                        ", ".join(chosen),
                        " and ".join(chosen),
                        "[]",
                        "none",
                        "[TASK_999]",
                    )
                ),
            )
        )
    stamps = ("claimed_at", "started_at", "completed_at")
    fields += [(name, random.choice(TIMES)) for name in stamps if random.random() < 0.2]
    if random.random() < 0.2:
        fields.append(("blocker_reason", _quoted(random, random.choice(TITLES))))
    if random.random() < 0.3:
        fields.append(("description", _quoted(random, random.choice(TITLES))))
    if random.random() < 0.2:
        fields.append((random.choice(("estimated_hours", "tags", "Story Points")), "3"))
    if random.random() < 0.06 and fields:
        fields.insert(random.randrange(len(fields) + 1), random.choice(fields))
    if random.random() < 0.2:
        random.shuffle(fields)
    return fields


def _keyed(random: Random, task_id: str, ids: list[str], indent: str) -> list[str]:
    title = random.choice(TITLES)
    fields = _fields(random, ids)
    lead = random.choice(("  ", "  ", "    "))
    source = _quoted(random, title)
    if random.random() < 0.05:
        source = "Fix: the bug"
    if random.random() < 0.25:
        key = random.choice(("title", "title", "name", "content"))
        lines = [f"- id: {task_id}", f"{lead}{key}: {source}"]
        lead = "  "
        lines[1] = f"{lead}{key}: {source}"
    else:
        lines = [f"- {task_id}: {source}"]
    for name, value in fields:
        comment = random.choice(("", "", "", "  # why"))
        lines.append(f"{lead}{name}: {value}".rstrip() + comment)
        if random.random() < 0.05:
            lines.append(f"{lead}# a comment line")
    if random.random() < 0.15:
        lines += [f"{lead}notes: |", f"{lead}  first line", f"{lead}  status: done"]
    if random.random() < 0.15:
        lines += [f"{lead}subtasks:", f"{lead}  - one", f"{lead}  - two"]
    if random.random() < 0.15:
        lines += [f"{lead}acceptance_criteria:", f'{lead}  - "[ ] a box"', f"{lead}  - none yet"]
        lines += [f'{lead}  - "[x] a tick"  # why'] * random.randrange(2)
    if random.random() < 0.04:
        lines.append(f"{lead}assignee_handle: @me")
    return [indent + line for line in lines]


def _flow(random: Random, task_id: str, ids: list[str]) -> list[str]:
    """An item in braces; a field stands in it once, and a list in brackets at most."""
    title = _quoted(random, random.choice(TITLES))
    pairs = {"id": task_id, "title": title} if random.random() < 0.5 else {task_id: title}
    for name, value in _fields(random, ids):
        bare = not set(value) & set(",[]{}:#\"'")
        listed = value.startswith("[") and value.endswith("]")
        pairs[name] = value if bare or listed else _quoted(random, value.strip("\"'"))
    keys = list(pairs)
    if random.random() < 0.3 and "id" in pairs:
        random.shuffle(keys)
    blank = random.choice(("", " "))
    inner = ", ".join(f"{key}: {pairs[key]}".rstrip() for key in keys)
    return [f"- {{{blank}{inner}{blank}}}"]


def _heading(random: Random, task_id: str, ids: list[str]) -> list[str]:
    lines = [f"### {task_id}: {random.choice(TITLES)}"]
    lines += [""] * random.randrange(2)
    for name, value in _fields(random, ids):
        label = name.replace("_", " ").title()
        value = value.strip("\"'") if random.random() < 0.8 else value
        lines.append(f"- **{label}**: {value}".rstrip())
    if random.random() < 0.2:
        lines += ["- **Acceptance Criteria**:", "  - [ ] a box", "  - [x] a tick", "  - none yet"]
    if random.random() < 0.2:
        lines += ["", "Words about it.", "", "#### More", ""]
    return [*lines, ""]


def _short(random: Random, task_id: str) -> list[str]:
    agent = random.choice(("", "(eng-backend)", "(bob)", "(unassigned)"))
    priority = random.choice(("", "[high]", "[low]", "[P1]"))
    status = random.choice(("[todo]", "[todo]", "[done]", "[in_progress]", "[review]", "[claimed]"))
    words = " ".join(filter(None, (agent, priority, status)))
    lines = [f'- {task_id}: "{random.choice(TITLES[:2])}" {words}']
    if random.random() < 0.2:
        lines.append("  Notes: see the wiki")
    return lines


def _history(random: Random, ids: list[str]) -> list[str]:
    lines = [
        random.choice(("## Session History", "### 📜 Session history", "# 5. SESSION HISTORY"))
    ]
    lines += [""] * random.randrange(2)
    bullet = random.choice(("-", "*"))
    bold = random.random() < 0.3
    entries = []
    for day in range(random.randrange(4)):
        time = f"2024-02-{day + 1:02}T10:00:00Z"
        task_id = random.choice(ids or ["TASK_001"])
        finished = f"{task_id} finished by eng-backend (in_progress -> done)"
        claimed = f"{task_id} claimed by eng-backend@7f3a (todo -> claimed)"
        what = random.choice((finished, claimed, "Set up the project"))
        more = random.choice(("", "", "", "\n  and a second line"))
        entries.append((f"{bullet} **{time}**: " if bold else f"{bullet} {time}: ") + what + more)
    if random.random() < 0.4:
        entries.reverse()
    return [*lines, *entries, *[""] * random.randrange(2)]


def task_file(random: Random) -> bytes:
    """A file of a few parts, each in one of the dialects."""
    pattern = random.choice(IDS)
    ids: list[str] = []
    lines: list[str] = random.choice((["# TODO", ""], ["# TODO", ""], ["Some words.", ""]))
    number = 0

    def new_id() -> str:
        nonlocal number
        number += random.choice((1, 1, 1, 2))
        task_id = random.choice(ids) if ids and random.random() < 0.05 else pattern.format(number)
        ids.append(task_id)
        return task_id

    if random.random() < 0.1:
        lines = _history(random, ids)
        lines += random.choice(((), (), ("  deeper words",), ("   ", "Words.")))
    parts = random.randrange(4)
    for _ in range(parts):
        match random.randrange(8):
            case 6:
                lines += ["```yml", "---", *_keyed(random, new_id(), ids[:-1], ""), "---"]
                lines += ["project:", "  - epic_id: E_1", "    agent: lead", "    items:"]
                lines += _keyed(random, new_id(), ids[:-1], "      ")
                lines += ["    status: done", "", "```", "- [ ] a box, mojibake Ã©"]
            case 7:
                lines += ["````markdown", "```yaml", "- TASK_888: template", "  status: todo|done"]
                lines += ["```", "````", "```yaml", "tasks:"]
                lines += [
                    f"  - id: {new_id()}",
                    "    status: todo",
                    "    depends_on:",
                    "      - A-1",
                ]
                lines += [
                    "      - TASK_002 (first)",
                    "",
                    "# comment",
                    "```",
                    "<!-- - TASK_9: x -->",
                ]
            case 0 | 1:
                lines.append("```yaml")
                indent = random.choice(("", "", "  "))
                for _ in range(random.randrange(1, 4)):
                    if random.random() < 0.1:
                        flow = _flow(random, new_id(), ids[:-1])
                        lines += [indent + line for line in flow]
                    else:
                        lines += _keyed(random, new_id(), ids[:-1], indent)
                    lines += [""] * random.randrange(2)
                lines += ["```", ""]
            case 2:
                for _ in range(random.randrange(1, 3)):
                    lines += _keyed(random, new_id(), ids[:-1], "")
                lines += ["", "Some prose.", ""]
            case 3:
                for _ in range(random.randrange(1, 3)):
                    lines += _heading(random, new_id(), ids[:-1])
                lines.append("---")
            case 4:
                for _ in range(random.randrange(1, 3)):
                    lines += _short(random, new_id())
                lines += ["", "More prose.", ""]
            case 5:
                lines += ["```yaml", f"epic_id: EPIC_{number}", "title: An epic"]
                if random.random() < 0.5:
                    lines.append(f"priority: {random.choice(PRIORITIES)}")
                if random.random() < 0.5:
                    lines.append("assigned_agent: eng-backend")
                lines.append("tasks:")
                for _ in range(random.randrange(1, 3)):
                    lines += _keyed(random, new_id(), ids[:-1], "  ")
                lines += ["```", ""]
        if random.random() < 0.15:
            lines += _history(random, ids)
    if random.random() < 0.4:
        lines += _history(random, ids)
    match random.randrange(20):
        case 0:
            lines += ["```text", "never closed"]
        case 1:
            lines += ["~~~~ YAML", *_keyed(random, new_id(), ids[:-1], "")]
        case 2:
            lines += ["<!-- never closed", "- TASK_777: hidden", "  status: todo"]
    end = random.choice(("\n", "\n", "\r\n"))
    ends = [end if random.random() < 0.97 else "\n" for _ in lines]
    text = "".join(line + mark for line, mark in zip(lines, ends, strict=True))
    if random.random() < 0.25:
        text = text.rstrip("\r\n")
    data = text.encode()
    if random.random() < 0.05:
        data = data.replace(b"Ship it", b"Ship \xff\xfe it")
    return (b"\xef\xbb\xbf" if random.random() < 0.1 else b"") + data


def actor(random: Random, board: Board) -> Actor:
    """An agent, a session, a supervisor or a person who acts for an agent."""
    names = [*AGENTS, *(task.holder for task in board.tasks if task.holder)]
    name = random.choice(names)
    match random.randrange(4):
        case 0:
            return Actor("alice", human=True)
        case 1:
            return Actor("alice", human=True, for_agent=name)
        case _:
            return Actor(name)


MANY_LINES = (
    "one\ntwo",
    "  deep\n\n# no heading\n- TASK_888: none\n  status: todo",
    "```yaml\n- TASK_889: none\n```\ntasks:\n  - id: A-9\n",
    "end\n\n\n",
)


def _other_fields(random: Random, task: Task) -> dict[str, Any]:
    """Fields of no role for an edit, and what was found in them."""
    names = ["description", "tags", "estimated_hours", *(f.name for f in editable(task)[5:])]
    name = random.choice(names)
    texts = (*TITLES, *MANY_LINES, "12", "")
    value = random.choice((random.choice(texts), tuple(random.sample(TITLES, 2)), ()))
    found = text_of_field(task, name) if random.random() < 0.8 else "something else"
    return {"fields": ((name, value),), "found": ((name, found),)}


def request(random: Random, board: Board) -> Transition:
    """A request about a task of ``board``, more often one that is legal than not."""
    by = actor(random, board)
    refs = [task.ref for task in board.tasks] or ["TASK_001"]
    ref = random.choice(refs)
    text = random.choice((*TITLES, "done: see (a -> b)", "why not"))
    task = board.get(ref)
    if task is not None and task.holder and random.random() < 0.6:
        by = Actor(task.holder)
    match random.randrange(20):
        case 14 | 15 if task is not None:
            found = criteria(task)
            at = random.randrange(len(found) + 1)
            said = found[at].text if at < len(found) else "gone"
            return Tick(ref, by, at, said, random.random() < 0.7)
        case 16 | 17 | 18:
            near = refs.index(ref) + random.choice((-2, -1, -1, 1, 1, 2, 3))
            return Move(ref, by, refs[near % len(refs)], random.random() < 0.5)
        case 19 if task is not None:
            return Amend(ref, by, **_other_fields(random, task))
        case 0:
            return ClaimNext(by)
        case 1 | 2:
            agent = random.choice((*AGENTS, None)) if by.supervisor else None
            return Claim(ref, by, agent)
        case 3:
            return Start(ref, by)
        case 4:
            return Finish(ref, by, random.choice((None, text)))
        case 5:
            return Release(ref, by, random.choice((None, text)))
        case 6:
            return Block(ref, by, text)
        case 7:
            return Unblock(ref, by)
        case 8:
            return Reopen(ref, Actor("alice", human=True), text)
        case 9:
            return Note(ref, by, text)
        case 10:
            ids = [task.id for task in board.tasks]
            after = random.choice((None, ref if task is not None else None))
            drafts = tuple(
                Draft(
                    random.choice(TITLES),
                    random.choice((None, "high", "p2")),
                    random.choice((None, None, *AGENTS)),
                    None,
                    None,
                    random.choice((None, *TITLES, *MANY_LINES)),
                    tuple(random.sample(ids, min(len(ids), random.randrange(3))))
                    + (("@1",) if at else ()),
                    after,
                    random.choice(((), (), (("tags", ("a", "b c")), ("hours", "3")))),
                )
                for at in range(random.choice((1, 1, 2, 3)))
            )
            return Add(drafts, by)
        case _:
            ids = [task.id for task in board.tasks]
            return Amend(
                ref,
                Actor("alice", human=True) if random.random() < 0.7 else by,
                random.choice((None, None, *TITLES)),
                random.choice((None, None, "high", "low")),
                random.choice((None, None, "", *AGENTS)),
                random.choice(
                    (None, None, tuple(random.sample(ids, min(len(ids), random.randrange(3)))))
                ),
                random.choice((None, None, *TITLES, *MANY_LINES)),
            )
