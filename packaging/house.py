#!/usr/bin/env python3
"""Measure the size budgets of the code: the same figures for `dev.py check` and for the tests.

Small pieces are what lets somebody new read this program in an evening, so a piece that outgrows its budget is split,
not excused. Complexity is held by ruff (C901) at the same ten.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

MODULE_LINES = 400
FUNCTION_LINES = 50
PUBLIC_METHODS = 15
FORBIDDEN_STEMS = frozenset({"utils", "util", "helpers", "helper", "common", "misc", "manager", "managers"})
SCREEN_BUILDER = "build"


@dataclass(frozen=True, slots=True)
class Module:
    """One source file: its dotted name, its path inside the checkout, its text and its syntax tree."""

    name: str
    path: Path
    text: str
    tree: ast.Module

    @property
    def is_package(self) -> bool:
        """Whether this is an `__init__.py`."""
        return self.path.name == "__init__.py"


def read_modules(root: Path, package: str = "app") -> list[Module]:
    """Every module below `root/package`, in the order of their names."""
    found = []
    for path in sorted((root / package).rglob("*.py")):
        inside = path.relative_to(root)
        parts = inside.with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        text = path.read_text(encoding="utf-8")
        found.append(Module(name, inside, text, ast.parse(text, filename=str(inside))))
    return found


def violations(modules: list[Module]) -> list[str]:
    """Everything over budget, one readable line each."""
    lines = [line for module in modules for line in _module_violations(module)]
    return [*lines, *(f"import cycle: {' -> '.join(cycle)}" for cycle in import_cycles(modules))]


def _module_violations(module: Module) -> Iterator[str]:
    length = len(module.text.splitlines())
    if length > MODULE_LINES:
        yield f"{module.path}: {length} lines, budget {MODULE_LINES}"
    if module.path.stem in FORBIDDEN_STEMS:
        yield f"{module.path}: a name that says nothing about its content"
    if module.is_package and (problem := _init_problem(module)):
        yield f"{module.path}: {problem}"
    for node in ast.walk(module.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > FUNCTION_LINES:
                yield f"{module.path}:{node.lineno}: function {node.name} has {lines} lines, budget {FUNCTION_LINES}"
        elif isinstance(node, ast.ClassDef):
            methods = public_methods(node)
            if len(methods) > PUBLIC_METHODS:
                yield (
                    f"{module.path}:{node.lineno}: class {node.name} has {len(methods)} public methods, "
                    f"budget {PUBLIC_METHODS}"
                )


def public_methods(node: ast.ClassDef) -> list[str]:
    """Names of a class's own public methods.

    What a base class prescribes (`@override`) is not the author's choice, a property's setter belongs to its getter,
    and an overload is a signature, not a method.
    """
    names = []
    for item in node.body:
        if not isinstance(item, ast.FunctionDef | ast.AsyncFunctionDef) or item.name.startswith("_"):
            continue
        marks = {_last_name(mark) for mark in item.decorator_list}
        if not marks & {"override", "setter", "deleter", "overload"}:
            names.append(item.name)
    return names


def _last_name(node: ast.expr) -> str:
    if isinstance(node, ast.Call):
        return _last_name(node.func)
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _init_problem(module: Module) -> str | None:
    """A package's `__init__` stays empty, or holds a docstring; a screen's may also define how it is built."""
    body = [node for node in module.tree.body if not _is_docstring(node)]
    if not body:
        return None
    parts = module.path.parts
    if parts[:3] != ("app", "ui", "screens") or len(parts) != 5:
        return "an __init__ holds nothing, so that importing a package costs nothing"
    defined = {node.name for node in body if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    public = {name for name in defined if not name.startswith("_")}
    return None if public <= {SCREEN_BUILDER} else f"a screen's __init__ defines {SCREEN_BUILDER} and nothing else"


def _is_docstring(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


# ---------------------------------------------------------------------------------------------------- imports


def import_graph(modules: list[Module]) -> dict[str, set[str]]:
    """Which module of the package imports which, late imports and those for types included."""
    names = {module.name for module in modules}
    return {module.name: _own_imports(module, names) - {module.name} for module in modules}


def imported_names(module: Module) -> Iterator[tuple[str, int]]:
    """Every dotted name a module imports, with its line: `from a import b` gives `a` and `a.b`."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, node.lineno
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module, node.lineno
            for alias in node.names:
                yield f"{node.module}.{alias.name}", node.lineno


def _own_imports(module: Module, names: set[str]) -> set[str]:
    found = set()
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names} & names
        elif isinstance(node, ast.ImportFrom) and node.module:
            inner = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= inner & names
            if not inner <= names and node.module in names:
                found.add(node.module)
    return found


def import_cycles(modules: list[Module]) -> list[list[str]]:
    """Groups of modules that reach each other, by repeatedly taking away what imports nothing that is left."""
    graph = import_graph(modules)
    graph = _peeled(graph)
    reverse: dict[str, set[str]] = {name: set() for name in graph}
    for name, targets in graph.items():
        for target in targets:
            reverse[target].add(name)
    knot = _peeled(reverse)
    return [sorted(group) for group in _groups(knot, graph)]


def _peeled(graph: dict[str, set[str]]) -> dict[str, set[str]]:
    left = {name: set(targets) for name, targets in graph.items()}
    while leaves := [name for name, targets in left.items() if not targets]:
        for leaf in leaves:
            del left[leaf]
        for targets in left.values():
            targets.difference_update(leaves)
    return left


def _groups(knot: dict[str, set[str]], graph: dict[str, set[str]]) -> list[set[str]]:
    reach = {name: _reachable(name, graph) for name in knot}
    groups: list[set[str]] = []
    for name in knot:
        group = {other for other in reach[name] if other in knot and name in reach[other]}
        if len(group) > 1 and group not in groups:
            groups.append(group)
    return groups


def _reachable(start: str, graph: dict[str, set[str]]) -> set[str]:
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        for target in graph.get(waiting.pop(), set()) - seen:
            seen.add(target)
            waiting.append(target)
    return seen


def main() -> int:
    """Print the figures and everything over budget; 1 if there is anything."""
    modules = read_modules(Path(__file__).resolve().parent.parent)
    sizes = sorted(len(module.text.splitlines()) for module in modules if module.text.strip())
    found = violations(modules)
    for line in found:
        print(line)
    if sizes:
        print(f"{len(sizes)} modules, {sum(sizes)} lines, median {sizes[len(sizes) // 2]}, largest {sizes[-1]}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
