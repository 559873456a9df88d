"""Who may import what. The contracts in pyproject.toml hold the order of the layers; this file holds the rest."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest
from pytest_archon import archrule

# third-party package: the only places that may name it
HOMES = {
    "PySide6": ("app.ui",),
    "shiboken6": ("app.ui",),
    "sqlcipher3": ("app.data",),
    "cryptography": ("app.crypto",),
    "matplotlib": ("app.charts", "app.ui.widgets.chart_view"),
    "typst": ("app.reports",),
    "pikepdf": ("app.reports",),
    "PIL": ("app.media",),
    "pypdfium2": ("app.media",),
    "miniaudio": ("app.media",),
    "pyrage": ("app.crypto",),
    "scipy": (),
    "pandas": (),
    "statsmodels": (),
    "pymannkendall": (),
    # the standard library's SQLite cannot encrypt; the benchmark alone measures against it
    "sqlite3": ("app.bench.storage",),
    "pickle": (),  # would run what a hostile file says
}
# the contract lists these too; here every module must find its place, so that a new one cannot stand outside
ORDER = (
    ("app.__main__",),
    ("app.bootstrap",),
    ("app.ui", "app.cli", "app.bench"),
    ("app.services",),
    ("app.data", "app.reports", "app.charts", "app.insights", "app.media"),
    ("app.crypto",),
    ("app.logs",),
    ("app.domain", "app.paths", "app.offline"),
    ("app",),
)
NETWORK = ("socket", "ssl", "http", "urllib.request", "asyncio", "ftplib", "smtplib", "socketserver", "xmlrpc")
NETWORK_QT = ("PySide6.QtNetwork", "PySide6.QtWebSockets", "PySide6.QtHttpServer", "PySide6.QtWebEngineCore")


def test_the_contracts_of_pyproject_hold(root: Path) -> None:
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()", "--no-cache"]
    done = subprocess.run(
        command, cwd=root, capture_output=True, text=True, check=False, env={**os.environ, "PYTHONIOENCODING": "utf-8"}
    )

    assert "Contracts: 3 kept, 0 broken." in done.stdout, done.stdout + done.stderr


def test_every_module_has_a_layer_and_looks_down(modules: list, house: ModuleType) -> None:
    graph = house.import_graph(modules)
    upward = [
        f"{name} imports {target}"
        for name, targets in graph.items()
        for target in {name, *targets}
        if _layer(name) > _layer(target)
    ]

    assert upward == []


def _layer(name: str) -> int:
    """The place of a module in the order; `app.cli_arguments` stands with `app.cli`."""
    for number, family in enumerate(ORDER):
        if any(name == top or (top != "app" and name.startswith((f"{top}.", f"{top}_"))) for top in family):
            return number
    raise AssertionError(f"{name} belongs to no layer")


@pytest.mark.parametrize("package, homes", HOMES.items())
def test_a_library_is_named_only_in_its_home(
    package: str, homes: tuple[str, ...], imports: list[tuple[str, str, str]]
) -> None:
    strangers = [place for module, name, place in imports if not _inside(module, homes) and _inside(name, (package,))]

    assert strangers == []


@pytest.mark.parametrize("name", [*NETWORK, *NETWORK_QT])
def test_no_module_can_reach_a_network(name: str, imports: list[tuple[str, str, str]]) -> None:
    found = {place for _, imported, place in imports if _inside(imported, (name,))}

    assert found == set()


def test_nothing_is_imported_or_run_from_a_string(modules: list) -> None:
    """A name hidden in a string would pass every rule above."""
    hidden = [
        f"{module.path}:{node.lineno}"
        for module in modules
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call)
        and (
            (isinstance(node.func, ast.Name) and node.func.id in {"__import__", "import_module", "eval", "exec"})
            or (isinstance(node.func, ast.Attribute) and node.func.attr in {"import_module", "exec_module"})
        )
    ]

    assert hidden == []


def test_no_relative_imports(modules: list) -> None:
    relative = [
        f"{module.path}:{node.lineno}"
        for module in modules
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ImportFrom) and node.level
    ]

    assert relative == []


# a program of its own, started by the benchmark: no other event loop is around it
OWN_LOOPS = {"app.ui.measuring", "app.ui.measuring_lock"}


def test_no_dialog_spins_an_event_loop_of_its_own(modules: list) -> None:
    """`exec()` on a dialog or menu would let a lock, a timer or a close arrive in the middle of a function."""
    nested = [
        f"{module.path}:{node.lineno}"
        for module in modules
        if module.name.startswith("app.ui") and module.name not in OWN_LOOPS
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute) and node.attr in {"exec", "exec_", "processEvents"}
    ]

    assert nested == []


def test_the_command_line_never_reaches_the_window(modules: list) -> None:
    if not any(module.name == "app.cli" for module in modules):
        pytest.skip("no command line yet")
    (
        archrule("command line without window", comment="`leeward list` works where no Qt can be loaded")
        .match("app.cli*")
        .should_not_import("app.ui", "app.ui.*")
        .check("app")
    )


def test_the_domain_needs_only_values() -> None:
    (
        archrule("plain domain", comment="rules can be read and tested without a file, a key or a screen")
        .match("app.domain*")
        .should_not_import(
            "app.crypto*", "app.data*", "app.services*", "app.ui*", "app.charts*", "app.insights*", "app.media*"
        )
        .check("app")
    )


def test_the_measures_know_no_words() -> None:
    (
        archrule("numbers without words", comment="charts and statistics are handed numbers, never a record")
        .match("app.insights*", "app.charts*")
        .should_not_import("app.data*", "app.services*", "app.reports*", "app.crypto*", "app.domain.records")
        .check("app")
    )


def test_screens_reach_the_vault_only_through_services() -> None:
    (
        archrule("screens ask services", comment="a screen never holds a key, a row or a file of the vault")
        .match("app.ui*")
        .should_not_import("app.data*", "app.crypto*")
        .check("app", only_direct_imports=True)
    )


def _inside(name: str, packages: tuple[str, ...]) -> bool:
    return any(name == package or name.startswith(f"{package}.") for package in packages)
