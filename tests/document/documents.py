"""Random TODO.md texts: all dialects, groups, history sections, and what is found around them.

``documents()`` gives texts as planners and agents write them, with the usual accidents; ``lines()``
gives single lines that matter to the structure, for edits that open and close things anywhere.
"""

from __future__ import annotations

from hypothesis import strategies as st

from todo_tui.document.document import Document

IDS = ("TASK_001", "TASK_002", "TASK_010", "TASK_UX_001", "AUTH-12", "EPIC_1", "T-9")
STATUSES = (
    "todo",
    "claimed",
    "in_progress",
    "done",
    "In Progress",
    "✅ Done",
    "review",
    "todo|done",
)
AGENTS = ("eng-backend", "eng-backend@7f3a", "design ux", "bob", "null", "")
PRIORITIES = ("high", "medium", "P1-High", "low", "urgent")
WORDS = (
    "Build the board", "Fix: the bug", "a # b", "it's", 'say "hi"', "naïve 🚀 rocket", "Ã©tÃ©",
    "bytes \udcff\udc80", "title (see x)", "[x] list", "x", "C#", "tasks: none", "- dash", "100%",
    "ends with colon:", "@me", "`code`", "a, b", "**bold**", "é\u2028sep", "{x}", "&a", "T" * 90,
)  # fmt: skip

ids = st.sampled_from(IDS)
words = st.sampled_from(WORDS)
statuses = st.sampled_from(STATUSES)
agents = st.sampled_from(AGENTS)
priorities = st.sampled_from(PRIORITIES)


def _quoted(text: str, style: str) -> str:
    if style == '"':
        return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if style == "'":
        return "'" + text.replace("'", "''") + "'"
    return text


@st.composite
def keyed_fields(draw: st.DrawFn) -> list[str]:
    """Lines of a keyed item below its first, without their indent."""
    found: list[str] = []
    for kind in draw(st.lists(st.integers(0, 15), max_size=6)):
        style = draw(st.sampled_from(("", "", '"', "'")))
        match kind:
            case 0 | 1 | 2:
                found.append(f"status: {_quoted(draw(statuses), style)}")
            case 3:
                found.append(f"priority: {_quoted(draw(priorities), style)}")
            case 4:
                found.append(f"assigned_agent: {_quoted(draw(agents), style)}".rstrip())
            case 5:
                found.append(f"dependencies: [{draw(ids)}, {draw(ids)}]")
            case 6:
                found += [
                    "depends_on:",
                    f"  - {draw(ids)}",
                    f"- {draw(ids)}"[draw(st.integers(0, 1)) :],
                ]
            case 7:
                found += ["description: |", f"  {draw(words)}", "", f"    {draw(words)}"]
            case 8:
                found.append(
                    f"claimed_by: {draw(st.sampled_from(('null', '~', '', 'bob')))}".rstrip()
                )
            case 9:
                found.append(f"created_at: {_quoted('2024-01-30T10:00:00Z', style)}  # when")
            case 10:
                found.append(f"notes: {_quoted(draw(words), style)}")
            case 11:
                found += ["acceptance:", "  - id: A-1", f"    text: {_quoted(draw(words), style)}"]
            case 12:
                found += ["", "# a comment", "tags: [a, 'b', \"c\"]"]
            case 13:
                found.append(f"Assigned-Agent: {draw(agents)}".rstrip())
            case 14:
                found.append("\tstatus: todo")
            case _:
                found += ["subtasks:", "- name: one", "- name: two"]
    return found


@st.composite
def keyed_item(draw: st.DrawFn, indent: int = 0) -> list[str]:
    """A keyed item, most of them readable."""
    lead = " " * indent
    style = draw(st.sampled_from(('"', '"', "'", "")))
    title = _quoted(draw(words), style)
    fields = draw(keyed_fields())
    kind = draw(st.integers(0, 9))
    if kind == 0:
        inner = _quoted(draw(words), '"')
        return [f"{lead}- {{id: {draw(ids)}, title: {inner}, status: {draw(statuses)}}}"]
    if kind <= 3:
        first = [f"- id: {draw(ids)}", f"  title: {title}"]
    elif kind == 4:
        first = ["-", f"  {draw(ids)}: {title}"]
    elif kind == 5:
        first = [draw(st.sampled_from(("- name: Checkout", "- just text", "- POSTGRES_USER: app")))]
    else:
        first = [f"- {draw(ids)}: {title}"]
    return [f"{lead}{line}" for line in first] + [
        f"{lead}  {line}" if line else "" for line in fields
    ]


@st.composite
def short_item(draw: st.DrawFn) -> list[str]:
    """A short item, with or without lines below."""
    title = draw(words)
    if draw(st.booleans()):
        title = _quoted(title, '"')
    agent = f" ({draw(st.sampled_from(('bob', 'eng-1', 'the agent', '')))})"
    brackets = [agent, f" [{draw(priorities)}]", f" [{draw(statuses)}]"]
    kept = draw(st.lists(st.sampled_from(brackets), max_size=3, unique=True))
    found = [f"{draw(st.sampled_from('--*'))} {draw(ids)}: {title}{''.join(kept)}"]
    if draw(st.booleans()):
        found.append(f"  {draw(st.sampled_from(('', '- ')))}Status: {draw(statuses)}")
    if draw(st.booleans()):
        found.append(f"  Priority: {draw(priorities)}")
    return found


@st.composite
def heading_item(draw: st.DrawFn) -> list[str]:
    """A heading with a list of fields, or with prose."""
    marks = "#" * draw(st.integers(2, 4))
    joint = draw(st.sampled_from((": ", ": ", " - ", " — ", "")))
    found = [f"{marks} {draw(ids)}{joint}{draw(words) if joint else ''}"]
    if draw(st.booleans()):
        found.append("")
    bullet = draw(st.sampled_from("--*+"))
    bold, inside = draw(st.sampled_from((("**", False), ("**", True), ("__", False), ("", False))))
    for _ in range(draw(st.integers(0, 5))):
        name, value = draw(
            st.one_of(
                st.tuples(st.just("Status"), statuses),
                st.tuples(st.just("Assigned Agent"), agents),
                st.tuples(st.just("Priority"), priorities),
                st.tuples(st.just("Dependencies"), st.just("[TASK_001, AUTH-12]")),
                st.tuples(st.sampled_from(("Notes", "Free key")), words),
            )
        )
        label = f"{bold}{name}:{bold}" if inside else f"{bold}{name}{bold}:"
        found.append(f"{bullet} {label} {value}".rstrip())
        if draw(st.integers(0, 4)) == 0:
            found += [f"  {bullet} [x] {draw(words)}", f"    {draw(words)}"]
        if draw(st.integers(0, 5)) == 0:
            found.append("")
    if draw(st.booleans()):
        found += ["", f"Prose with **Status**: {draw(statuses)}."]
    return found


@st.composite
def group(draw: st.DrawFn) -> list[str]:
    """The content of a fence that is a group, a list of groups, or a container of items."""
    member = draw(st.sampled_from(("tasks", "todos", "items", "subtasks")))
    head = draw(st.sampled_from(("epic_id: EPIC_1", "id: EPIC_1", "EPIC_1: Accounts", "")))
    listed = draw(st.booleans())
    lead, inner = ("- ", "  ") if listed else ("", "")
    found = [head, f"priority: {draw(priorities)}", f"depends_on: [{draw(ids)}]"] if head else []
    found.append(f"{member}:")
    at = draw(st.sampled_from((0, 2)))
    for _ in range(draw(st.integers(1, 3))):
        found += draw(keyed_item(at))
        if draw(st.booleans()):
            found.append("")
    if draw(st.booleans()):
        found.append(f"status: {draw(statuses)}")
    return [f"{lead}{found[0]}", *(f"{inner}{line}" if line else "" for line in found[1:])]


@st.composite
def fence(draw: st.DrawFn) -> list[str]:
    """A fence: most of them yaml with items."""
    mark = draw(st.sampled_from(("```", "```", "````", "~~~")))
    indent = " " * draw(st.sampled_from((0, 0, 0, 2)))
    info = draw(
        st.sampled_from(("yaml", "yaml", "yaml", "YAML", "yml title=x", "", "python", "markdown"))
    )
    inner: list[str] = []
    for _ in range(draw(st.integers(0, 4))):
        kind = draw(st.integers(0, 9))
        if kind == 0:
            inner += draw(st.sampled_from((["---"], ["..."], ["# comment"], ["words"], ["a: b"])))
        elif kind == 1:
            inner += draw(group())
        elif kind == 2:
            inner += draw(short_item())
        else:
            inner += draw(keyed_item(draw(st.sampled_from((0, 0, 0, 2)))))
        inner += [""] * draw(st.integers(0, 1))
    if info == "markdown" and draw(st.booleans()):
        inner = [f"{mark}yaml", *inner, mark]
    return [f"{indent}{mark}{info}", *inner, f"{indent}{mark}"]


@st.composite
def history(draw: st.DrawFn) -> list[str]:
    """A session history section."""
    title = draw(st.sampled_from(("Session History", "📜 Session History", "3. session history:")))
    marks = "#" * draw(st.integers(1, 4))
    bullet = draw(st.sampled_from(("-", "-", "*", "1.")))
    bold = draw(st.sampled_from(("", "", "**")))
    found = [f"{marks} {title}", *[""] * draw(st.integers(0, 1))]
    for _ in range(draw(st.integers(0, 4))):
        day = draw(st.integers(10, 28))
        found.append(f"{bullet} {bold}2024-01-{day}T10:00:00Z{bold}: {draw(ids)} claimed by bob")
        found += draw(st.sampled_from(([], [], ["  more of it"], ["lazy words"], [""])))
    return found


def other() -> st.SearchStrategy[list[str]]:
    """What stands around the entries."""
    return st.one_of(
        words.map(lambda word: [f"Prose about {word}.", ""]),
        words.map(lambda word: [f"## {word}", ""]),
        st.sampled_from(
            (
                ["<!--", "- TASK_777: hidden", "  status: todo", "-->"],
                ["<!-- one line --> after"],
                ["- [ ] a checkbox", "- [x] another"],
                ["1. first", "   - nested"],
                ["    - TASK_888: code", "      status: todo"],
                ["> quote"],
                ["---"],
                ["======="],
                ["<<<<<<< alone"],
                ["| a | b |", "|---|---|"],
            )
        ),
    )


@st.composite
def documents(draw: st.DrawFn, *, open_ended: bool = True) -> str:
    """A whole text. ``open_ended``: at its end a fence or a comment may be left open."""
    found: list[str] = []
    if draw(st.integers(0, 9)) == 0:
        found += ["---", "title: x", "status: todo", draw(st.sampled_from(("---", "...", "--")))]
    block = st.one_of(
        fence(), fence(), fence(), heading_item(), heading_item(), keyed_item(), keyed_item(2),
        short_item(), other(), other(), history(),
    )  # fmt: skip
    for lines in draw(st.lists(block, max_size=6)):
        found += lines
        found += [""] * draw(st.sampled_from((0, 1, 1, 2)))
    if open_ended and draw(st.integers(0, 5)) == 0:
        found += draw(
            st.sampled_from((["```yaml", "- TASK_005: open", "  status: todo"], ["<!--"], ["~~~"]))
        )
    ends = draw(st.sampled_from((("\n",), ("\n",), ("\r\n",), ("\n", "\r\n"))))
    text = "".join(line + ends[at % len(ends)] for at, line in enumerate(found))
    if draw(st.integers(0, 3)) == 0:
        text = text.rstrip("\r\n")
    return ("\ufeff" if draw(st.integers(0, 9)) == 0 else "") + text


def lines() -> st.SearchStrategy[str]:
    """A line, or a piece of one, that may change what the lines around it are."""
    return st.sampled_from(
        (
            "```yaml\n", "```\n", "````\n", "~~~\n", "```markdown\n", "<!--\n", "-->\n",
            "---\n", "...\n", "## Session History\n", "# Top\n", "### TASK_003: Title\n",
            "- **Status**: a\n", "\n", '- TASK_004: "new"\n', "- id: x\n", "  status: done\n",
            "    deeper\n", "tasks:\n", "  tasks:\n", "- 2024-01-01T00:00:00Z: TASK_001 claimed\n",
            "words\n", "`", "`", "-", "#", " ", "\t", "\r", "\n", "<<<<<<< ours\n", "=======\n",
            ">>>>>>> theirs\n", "\ufeff", '"', ":", "  ", "é", "id: G\n", "x",
            '- TASK_003: "t" (a) [high] [todo]\n', "  - TASK_006: nested\n    status: todo\n",
        )
    )  # fmt: skip


@st.composite
def changes(draw: st.DrawFn, text: str) -> tuple[int, int, str]:
    """A change to ``text``: what it replaces, and by what."""
    start = draw(st.integers(0, len(text)))
    if draw(st.booleans()):
        start = text.rfind("\n", 0, start) + 1
    stop = min(len(text), start + draw(st.sampled_from((0, 0, 0, 1, 3, 20, 60, 300))))
    return start, stop, "".join(draw(st.lists(lines(), max_size=3)))


def as_bytes(text: str) -> bytes:
    """The bytes of a text that may hold bytes that are no UTF-8."""
    return text.encode("utf-8", "surrogateescape")


def read(text: str, previous: Document | None = None) -> Document:
    """The document of ``text``."""
    return Document.decode(as_bytes(text), previous)


def view(document: Document) -> dict[str, object]:
    """Everything that a document says, as values that can be compared."""
    return {
        "text": document.text,
        "entries": [
            (entry.text, entry.dialect, entry.pairs, entry.id_is_key, entry.fault)
            for entry in document.entries
        ],
        "starts": document.starts,
        "parents": document.parents,
        "scopes": document.scopes,
        "sections": document.sections,
        "faults": document.faults,
        "unread": document.unread,
        "merging": document.merging,
    }
