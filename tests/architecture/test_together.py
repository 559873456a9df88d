"""The page for two asks one service alone, and nothing but that service reaches a second person's open part."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

SCREENS = ("together", "together_door")
OPEN_TO_BOTH = {"both", "local_time", "looking_together"}
"""Services whose names the page for two may import, besides the cards of its charts (`trend_…`)."""
DESK = {"both", "streams", "journal", "session"}
"""What its presenters may ask the desk for; `journal` and `session` only to note that the two talked."""


def _sources(root: Path) -> Iterator[tuple[Path, ast.Module]]:
    for path in sorted((root / "app").rglob("*.py")):
        yield path, ast.parse(path.read_text(encoding="utf-8"))


def _of_screens(root: Path) -> Iterator[tuple[Path, ast.Module]]:
    for path, tree in _sources(root):
        if path.parent.name in SCREENS and path.parent.parent.name == "screens":
            yield path, tree


def _imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
        elif isinstance(node, ast.Import):
            yield from (name.name for name in node.names)


def test_only_one_module_opens_a_part_beside_another(root: Path) -> None:
    users = {
        path.relative_to(root).as_posix()
        for path, tree in _sources(root)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        and (node.module == "app.data.beside" or (node.module == "app.data" and _names(node, "beside")))
    }
    assert users == {"app/services/both.py"}


def test_nobody_reaches_into_the_second_session(root: Path) -> None:
    reaching = [
        f"{path.relative_to(root)}:{node.lineno}"
        for path, tree in _sources(root)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and node.attr == "_second"
        and not (isinstance(node.value, ast.Name) and node.value.id == "self")
    ]
    assert reaching == []


def test_the_screens_of_two_import_no_other_service(root: Path) -> None:
    seen = list(_of_screens(root))
    assert len(seen) > 5
    wrong = [
        f"{path.relative_to(root)}: {module}"
        for path, tree in seen
        for module in _imported(tree)
        if module.startswith("app.services.") and not _may_import(module.split(".")[2], tree)
    ]
    assert wrong == []


def test_the_screens_of_two_ask_the_desk_for_nothing_else(root: Path) -> None:
    asked = {
        node.attr
        for _, tree in _of_screens(root)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "desk"
    }
    assert "both" in asked
    assert asked <= DESK


def _may_import(name: str, tree: ast.Module) -> bool:
    if name in OPEN_TO_BOTH or name.startswith("trend_"):
        return True
    return name == "desk" and _only_for_types(tree)


def _only_for_types(tree: ast.Module) -> bool:
    """Whether the desk is imported under `if TYPE_CHECKING` alone."""
    return not any(isinstance(node, ast.ImportFrom) and node.module == "app.services.desk" for node in tree.body)


def _names(node: ast.ImportFrom, name: str) -> bool:
    return any(alias.name == name for alias in node.names)
