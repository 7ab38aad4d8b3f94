"""The mutants of a folder: what cosmic-ray's operators change, in an order that a seed draws.

Places are drawn, not mutants: an operator sign has eleven others, and one of them is enough. A
place is known by its function and its text, so that an edit elsewhere leaves a sample as it was.
What changes nothing but types, or how many results of a function are remembered, is no mutant.
Knows nothing of tests.
"""

from __future__ import annotations

import ast
import difflib
import hashlib
import importlib
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NO_COSMIC_RAY = "cosmic-ray is not installed: pip install cosmic-ray"


class Mutant(NamedTuple):
    """A module with one change."""

    module: str
    """Its path below the package, as in ``document/flat.py``."""
    function: str
    """The innermost function or class that holds the change, or nothing."""
    line: int
    was: str
    """The lines that are changed, without indent."""
    now: str
    source: str
    """The whole text of the changed module."""

    @property
    def identity(self) -> tuple[str, str, str, str]:
        """What stays the same while the rest of the module is edited."""
        return self.module, self.function, self.was, self.now


class Spot(NamedTuple):
    """Where one operator can change something, and which of its changes that is."""

    operator: str
    occurrence: int
    first_line: int
    last_line: int
    column: int


def drawn(package: Path, folder: str, seed: int) -> Iterator[Mutant]:
    """One mutant for each place of the folder, in the order of the seed."""
    order: list[tuple[str, Path, list[Spot]]] = []
    for path in sorted((package / folder).glob("*.py")):
        source = path.read_text(encoding="utf-8")
        names, lines = _functions(source), source.splitlines()
        places: defaultdict[tuple[int, int], list[Spot]] = defaultdict(list)
        for spot in _spots(source):
            places[spot.first_line, spot.column].append(spot)
        seen: Counter[str] = Counter()
        for (line, column), spots in sorted(places.items()):
            text = lines[line - 1]
            place = f"{names[line - 1]}|{text.strip()}|{column - len(text) + len(text.lstrip())}"
            name = f"{seed}|{folder}/{path.name}|{place}|{seen[place]}"
            seen[place] += 1
            spots.sort(key=lambda spot: _digest(f"{name}|{spot.operator}|{spot.occurrence}"))
            order.append((_digest(name), path, spots))
    for _, path, spots in sorted(order, key=lambda one: one[0]):
        module = f"{folder}/{path.name}"
        source = path.read_text(encoding="utf-8")
        yield from filter(None, [next(filter(None, _made(module, source, spots)), None)])


def possible(package: Path, module: str, function: str, was: str) -> Iterator[Mutant]:
    """The mutants of the lines of a function that read so; none where there are no such lines."""
    path = package / module
    if not path.exists():
        return
    source = path.read_text(encoding="utf-8")
    first = was.partition("\n")[0]
    held = {
        number
        for number, (name, line) in enumerate(
            zip(_functions(source), source.splitlines(), strict=True), start=1
        )
        if name == function and line.strip() == first
    }
    spots = [
        spot
        for spot in _spots(source)
        if not held.isdisjoint(range(spot.first_line, spot.last_line + 1))
    ]
    yield from filter(None, _made(module, source, spots))


def _made(module: str, source: str, spots: list[Spot]) -> Iterator[Mutant | None]:
    """Each spot's mutant, None where that is no Python or the same program."""
    mutating, plugins = (
        importlib.import_module(f"cosmic_ray.{n}") for n in ("mutating", "plugins")
    )
    names, meaning = _functions(source), _meaning(source)
    for spot in spots:
        changed = mutating.mutate_code(
            source, plugins.get_operator(spot.operator)(), spot.occurrence
        )
        try:
            same = changed is None or _meaning(changed) == meaning
        except SyntaxError:
            same = True
        if same:
            yield None
            continue
        before, after = source.splitlines(), changed.splitlines()
        matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
        [(_, start, stop, new, end)] = [o for o in matcher.get_opcodes() if o[0] != "equal"]
        # With a decorator go the blank lines before it, which are of no function.
        start = next(at for at in range(start, stop + 1) if at == stop or before[at].strip())
        was, now = (
            "\n".join(line.strip() for line in lines)
            for lines in (before[start:stop], after[new:end])
        )
        yield Mutant(module, names[start], start + 1, was, now, changed)


def _spots(source: str) -> Iterator[Spot]:
    """Everything that an operator without arguments can change, in the operator's own count."""
    trees, plugins = (importlib.import_module(f"cosmic_ray.{n}") for n in ("ast", "plugins"))
    nodes: list[Any] = list(trees.ast_nodes(trees.get_ast(source)))
    for name in sorted(plugins.operator_names()):
        kind = plugins.get_operator(name)
        if kind.arguments():
            continue
        count = 0
        for node in nodes:
            for (line, column), (last_line, _) in kind().mutation_positions(node):
                yield Spot(name, count, line, last_line, column)
                count += 1


def _functions(source: str) -> list[str]:
    """For each line, the name of the innermost function or class that it is in."""
    names = [""] * len(source.splitlines())

    def walk(node: ast.AST, outer: str) -> None:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                inner = f"{outer}.{child.name}".lstrip(".")
                first = min([child.lineno, *(each.lineno for each in child.decorator_list)])
                last = child.end_lineno or first
                names[first - 1 : last] = [inner] * (last - first + 1)
                walk(child, inner)
            else:
                walk(child, outer)

    walk(ast.parse(source), "")
    return names


class _Judged(ast.NodeTransformer):
    """Takes out what no test judges: annotations, how a parameter may be passed, what is cached.

    Annotations are never evaluated here; of a parameter list's ``*`` an operator makes a ``/``.
    These are the type checker's. Of a cache, only time could tell.
    """

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        node.annotation = ast.Constant(None)
        return self.generic_visit(node)

    def visit_arg(self, node: ast.arg) -> ast.AST:
        node.annotation = None
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        node.returns = None
        node.decorator_list = [each for each in node.decorator_list if not _is_cache(each)]
        them = node.args
        if them.vararg is None:
            them.args = [*them.posonlyargs, *them.args, *them.kwonlyargs]
            them.defaults += [default for default in them.kw_defaults if default is not None]
            them.posonlyargs, them.kwonlyargs, them.kw_defaults = [], [], []
        return self.generic_visit(node)

    def visit_If(self, node: ast.If) -> ast.AST | None:
        names = {each.id for each in ast.walk(node.test) if isinstance(each, ast.Name)}
        return None if names == {"TYPE_CHECKING"} else self.generic_visit(node)


def _is_cache(decorator: ast.expr) -> bool:
    called = decorator.func if isinstance(decorator, ast.Call) else decorator
    return isinstance(called, ast.Name) and called.id in {"cache", "lru_cache"}


def _meaning(source: str) -> str:
    """The program as Python runs it, as text that can be compared. SyntaxError where it is none."""
    return ast.dump(_Judged().visit(ast.parse(source)))


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()
