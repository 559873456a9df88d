"""The page for two asks only what both let be seen: no other question reaches a private part from there."""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).parents[2] / "app"
PAGE = sorted((ROOT / "ui" / "screens" / "together").glob("*.py"))
ASKED = {"both", "journal", "session"}
"""What the page may use of a desk: looking, and, to note that the two talked, one's own pen."""
ANSWERS = {"look", "shared", "lines", "open_trigger", "until", "close"}


def _used(tree: ast.AST, of: str) -> set[str]:
    """Every attribute taken of a name, or of an attribute of that name."""
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            owner = node.value
            if (isinstance(owner, ast.Name) and owner.id == of) or (
                isinstance(owner, ast.Attribute) and owner.attr == of
            ):
                names.add(node.attr)
    return names


def test_the_page_uses_no_other_part_of_the_desk() -> None:
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in PAGE]
    desk = set().union(*(_used(tree, "desk") for tree in trees))
    assert "both" in desk
    assert desk <= ASKED
    assert set().union(*(_used(tree, "both") for tree in trees)) <= ANSWERS


def test_what_it_tells_comes_through_the_same_door() -> None:
    tree = ast.parse((ROOT / "services" / "looking_together.py").read_text(encoding="utf-8"))
    assert _used(tree, "both") == {"shared", "lines"}
    modules = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert not any(str(module).startswith("app.data") for module in modules)
