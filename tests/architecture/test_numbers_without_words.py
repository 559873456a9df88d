"""Charts, verdicts and released streams are made of numbers: nothing they are built from can reach a person's words.

What is computed reads the indexes of a space through a few modules of `app.data` that know no column with words. Titles
join afterwards, in `app.services.trend_titles`. `tests/services/test_numbers_without_words.py` holds the same at run
time, with the space itself refusing.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

TITLES = "app.services.trend_titles"
SERVICES = re.compile(r"app\.services\.(trend_\w+|trends|released_weeks|review_verdicts)$")
ROWS = re.compile(r"app\.data\.\w+_rows$")
ALLOWED_DATA = re.compile(r"app\.data\.(connection|\w+_rows)(\.\w+)?$")
READING = {"series", "span", "of_record", "Series"}
"""What of `app.data.reading`, which also lists titles, numbers may ask for."""
WORDS = re.compile(r"\b(bod(y|ies)|title|preview|search|(shelved_)?draft|trash|(held_)?attachment\w*)\b", re.IGNORECASE)
TELLING = {"record", "history", "body", "bodies", "decode", "encode", "preview"}
"""Methods and attributes by which words come out of a space."""


def number_services(modules: list) -> list:
    return [module for module in modules if SERVICES.match(module.name) and module.name != TITLES]


def statements(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Every piece of SQL a module holds: string constants that are no docstring."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, node.value


def docstrings(tree: ast.Module) -> set[int]:
    """Lines on which a text that documents something begins."""
    return {
        node.value.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
    }


def told_by(tree: ast.Module) -> list[int]:
    """Lines that call what hands out words."""
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in TELLING
    ]


def naming_words(tree: ast.Module) -> list[int]:
    """Lines of a module whose SQL names a column or table that holds words."""
    documented = docstrings(tree)
    return [line for line, text in statements(tree) if line not in documented and WORDS.search(text)]


def test_there_is_something_to_hold(modules: list) -> None:
    assert {"app.services.trends", "app.services.trend_series"} <= {module.name for module in number_services(modules)}
    assert any(module.name == TITLES for module in modules)


def test_what_is_counted_comes_from_modules_that_know_no_words(modules: list, imports: list) -> None:
    services = {module.name for module in number_services(modules)}
    strangers = [
        f"{place}: {name}"
        for module, name, place in imports
        if module in services
        and name.startswith("app.data.")
        and not ALLOWED_DATA.match(name)
        and not (name == "app.data.reading" or name.removeprefix("app.data.reading.") in READING)
    ]
    assert strangers == []


def test_of_the_lists_only_numbers_are_asked(modules: list) -> None:
    asked = [
        f"{module.path}:{node.lineno}: reading.{node.attr}"
        for module in number_services(modules)
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "reading"
        and node.attr not in READING
    ]
    assert asked == []


def test_no_record_is_opened_to_be_counted(modules: list) -> None:
    opened = [f"{module.path}:{line}" for module in number_services(modules) for line in told_by(module.tree)]
    assert opened == []


def test_the_rows_name_no_column_with_words(modules: list) -> None:
    found = [
        f"{module.path}:{line}" for module in modules if ROWS.match(module.name) for line in naming_words(module.tree)
    ]
    assert found == []


def test_rows_rest_on_nothing_that_reads_words(modules: list, imports: list) -> None:
    rows = {module.name for module in modules if ROWS.match(module.name)}
    strangers = [
        f"{place}: {name}"
        for module, name, place in imports
        if module in rows and name.startswith("app.data.") and not ALLOWED_DATA.match(name)
    ]
    assert strangers == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('execute("SELECT day, v.body FROM revision v")', [1]),
        ('"""About a body."""\nexecute("SELECT r.title FROM record r")', [2]),
        ('execute("SELECT day FROM measure")', []),
    ],
)
def test_sql_with_words_is_found(source: str, found: list[int]) -> None:
    assert naming_words(ast.parse(source)) == found


def test_a_record_that_is_opened_is_found() -> None:
    assert told_by(ast.parse("space.record(one)\nkinds.decode('note', raw)\nspace.connection.execute('')")) == [1, 2]
