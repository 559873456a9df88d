"""Colours and sizes come from the theme's tokens, so that dark, light and what may follow change in one place."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

_HEX = re.compile(r"#(?:[0-9a-fA-F]{3,4}){1,2}\b")
_DRAWING_WORDS = {"color", "facecolor", "edgecolor", "markerfacecolor", "markeredgecolor", "ecolor"}
_NO_COLOUR = {"none", "face", "inherit"}


def _colour_problems(tree: ast.Module, *, theme: bool) -> Iterator[int]:
    """Lines with a colour that is not a token."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and _HEX.search(node.value):
            yield node.lineno
        elif isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name == "QColor" and not theme and node.args and all(isinstance(a, ast.Constant) for a in node.args):
                yield node.lineno
            for keyword in node.keywords:
                value = keyword.value
                named = isinstance(value, ast.Constant) and isinstance(value.value, str)
                if keyword.arg in _DRAWING_WORDS and named and value.value not in _NO_COLOUR:
                    yield node.lineno


def test_no_colour_outside_the_tokens(modules: list) -> None:
    found = [
        f"{module.path}:{line}"
        for module in modules
        for line in _colour_problems(module.tree, theme=module.name.startswith("app.ui.theme"))
    ]

    assert found == []


def test_no_colour_in_stylesheets_and_templates(root: Path) -> None:
    files = [path for end in ("qss", "typ", "toml") for path in (root / "resources").rglob(f"*.{end}")]
    assert files
    found = [
        f"{path.relative_to(root)}:{number}"
        for path in files
        if path != root / "resources" / "theme" / "tokens.toml"
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if _HEX.search(line)
    ]

    assert found == []


def test_only_the_theme_sets_a_stylesheet(modules: list) -> None:
    found = [
        f"{module.path}:{node.lineno}"
        for module in modules
        if not module.name.startswith("app.ui.theme")
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute) and node.attr == "setStyleSheet"
    ]

    assert found == []


@pytest.mark.parametrize(
    "text",
    ['x = "#fff"', 'x = "border: 1px solid #AABBCC"', "QColor(1, 2, 3)", 'QColor("red")', 'ax.plot(x, color="black")'],
)
def test_a_colour_is_found(text: str) -> None:
    assert list(_colour_problems(ast.parse(text), theme=False)) == [1]


@pytest.mark.parametrize(
    "text",
    [
        'x = "#12 of 40"',
        "QColor(role)",
        "QColor()",
        'ax.plot(x, color="none")',
        "ax.plot(x, color=style.lee)",
        'x = "#"',
    ],
)
def test_what_is_no_colour_passes(text: str) -> None:
    assert list(_colour_problems(ast.parse(text), theme=False)) == []
