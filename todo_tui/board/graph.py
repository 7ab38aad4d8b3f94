"""Which task waits for which: dependencies met or open, dependents, cycles.

Owns what a dependency's id means: a task or a group, and where it stands twice those of the same
fence or section, else all. Must not know why a task may not be claimed (``transition``).
"""

from __future__ import annotations

from functools import cached_property

from todo_tui.board.task import DONE, Group, Task
from todo_tui.static import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from todo_tui.board.refs import Index


class Graph:
    """The dependencies between ``tasks`` and ``groups``.

    A node is a number: the place of a task, or the number of tasks plus the place of a group.
    ``scopes()`` says for each node in which fence or section it stands (nothing: all alike);
    ``finished`` tells of an id that is not in the file whether the history ends with its finish.
    """

    def __init__(
        self,
        tasks: Sequence[Task],
        groups: Sequence[Group],
        index: Index,
        scopes: Callable[[], Sequence[int]],
        finished: Callable[[str], bool],
    ) -> None:
        self._tasks = tasks
        self._groups = groups
        self._index = index
        self._find_scopes = scopes
        self._finished = finished
        self._met: dict[str, bool] = {}

    @cached_property
    def _scopes(self) -> Sequence[int]:
        return self._find_scopes()

    @cached_property
    def _groups_by_id(self) -> dict[str, list[int]]:
        nodes: dict[str, list[int]] = {}
        for at, group in enumerate(self._groups, len(self._tasks)):
            nodes.setdefault(group.id, []).append(at)
        return nodes

    def _holder(self, node: int) -> Task | Group:
        count = len(self._tasks)
        return self._tasks[node] if node < count else self._groups[node - count]

    def _nodes(self, name: str) -> Sequence[int]:
        """All nodes with the id ``name``."""
        groups = self._groups_by_id.get(name, ())
        at = self._index.last.get(name)
        if at is None:
            return groups
        return (*self._index.twins.get(name, (at,)), *groups)

    def _meant(self, name: str, node: int) -> Sequence[int]:
        """The nodes that ``name`` means as a dependency of ``node``."""
        nodes = self._nodes(name)
        if len(nodes) < 2 or not (scopes := self._scopes):
            return nodes
        return [at for at in nodes if scopes[at] == scopes[node]] or nodes

    def is_known(self, name: str) -> bool:
        """Whether a task or a group has this id."""
        return name in self._index.last or name in self._groups_by_id

    def met(self, name: str, place: int) -> bool:
        """Whether the dependency ``name`` of the task at ``place`` is met."""
        known = self._met.get(name)
        if known is not None:
            return known
        if len(self._nodes(name)) > 1:
            return all(self._holder(at).status == DONE for at in self._meant(name, place))
        known = (
            all(self._holder(at).status == DONE for at in self._nodes(name))
            if self.is_known(name)
            else self._finished(name)
        )
        self._met[name] = known
        return known

    @cached_property
    def dependents(self) -> dict[str, tuple[int, ...]]:
        """For each id that is depended upon, the places of the tasks that do, in file order."""
        places: dict[str, list[int]] = {}
        for at, task in enumerate(self._tasks):
            for name in task.dependencies:
                places.setdefault(name, []).append(at)
        return {name: tuple(found) for name, found in places.items()}

    def waits_for(self, place: int, other: int) -> bool:
        """Whether the task at ``place`` depends on the one at ``other`` itself."""
        name = self._tasks[other].id
        return name in self._tasks[place].dependencies and other in self._meant(name, place)

    def way(self, names: Sequence[str], goal: int) -> tuple[str, ...]:
        """A shortest way of ids from ``names``, as its dependencies, back to the task ``goal``."""
        came: dict[int, int] = {}
        ahead: list[int] = []
        for name in names:
            for node in self._meant(name, goal):
                if node not in came:
                    came[node] = -1
                    ahead.append(node)
        for node in ahead:
            if node == goal:
                return tuple(self._holder(at).id for at in _back(node, came))
            for target in self._targets(node):
                if target not in came:
                    came[target] = node
                    ahead.append(target)
        return ()

    @cached_property
    def cycles(self) -> tuple[tuple[int, ...], ...]:
        """Nodes that wait for each other in a ring, one ring for each knot of them.

        A ring begins with the knot's first node and does not repeat it at its end.
        """
        return tuple(self._ring(knot) for knot in sorted(self._knots(), key=min))

    def id_of(self, node: int) -> str:
        """The id of a node."""
        return self._holder(node).id

    def _targets(self, node: int) -> list[int]:
        names = self._holder(node).dependencies
        return [target for name in names for target in self._meant(name, node)]

    def _edges(self) -> dict[int, list[int]]:
        """The targets of each node that has any."""
        edges: dict[int, list[int]] = {}
        last = self._index.last
        plain = not self._index.twins and not self._groups
        holders: tuple[Task | Group, ...] = (*self._tasks, *self._groups)
        for node, holder in enumerate(holders):
            names = holder.dependencies
            if not names:
                continue
            if plain:
                targets = [last[name] for name in names if name in last]
            else:
                targets = self._targets(node)
            if targets:
                edges[node] = targets
        return edges

    def _knots(self) -> list[set[int]]:
        """The strongly connected components that hold a cycle (Tarjan 1972, without recursion).

        A cycle has an edge that does not lead to a lower number: the search begins at those.
        """
        count = len(self._tasks) + len(self._groups)
        edges = self._edges()
        roots = [node for node, targets in edges.items() if max(targets) >= node]
        if not roots:
            return []
        number, low, on_stack = [-1] * count, [0] * count, bytearray(count)
        stack: list[int] = []
        knots = []
        clock = 0
        for root in roots:
            if number[root] >= 0:
                continue
            work: list[tuple[int, Iterator[int]]] = [(root, iter(()))]
            while work:
                node, targets = work[-1]
                if number[node] < 0:
                    number[node] = low[node] = clock
                    clock += 1
                    stack.append(node)
                    on_stack[node] = 1
                    targets = iter(edges.get(node, ()))
                    work[-1] = (node, targets)
                for target in targets:
                    if number[target] < 0:
                        work.append((target, iter(())))
                        break
                    if on_stack[target]:
                        low[node] = min(low[node], number[target])
                else:
                    work.pop()
                    if work:
                        before = work[-1][0]
                        low[before] = min(low[before], low[node])
                    if low[node] == number[node]:
                        knot = _above(stack, node)
                        for member in knot:
                            on_stack[member] = 0
                        if len(knot) > 1 or node in edges.get(node, ()):
                            knots.append(knot)
        return knots

    def _ring(self, knot: set[int]) -> tuple[int, ...]:
        first = min(knot)
        came = {first: -1}
        ahead = [first]
        for node in ahead:
            for target in self._targets(node):
                if target == first:
                    return _back(node, came)
                if target in knot and target not in came:
                    came[target] = node
                    ahead.append(target)
        raise AssertionError("a knot without a ring")


def _above(stack: list[int], node: int) -> set[int]:
    """Take ``node`` and all above it from the stack."""
    at = len(stack) - 1
    while stack[at] != node:
        at -= 1
    taken = set(stack[at:])
    del stack[at:]
    return taken


def _back(node: int, came: dict[int, int]) -> tuple[int, ...]:
    """The way to ``node`` from where it began (of which ``came`` says -1)."""
    way = [node]
    while came[way[-1]] >= 0:
        way.append(came[way[-1]])
    return tuple(reversed(way))
