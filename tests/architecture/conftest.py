"""The source itself, read once, for tests about how it is built."""

from __future__ import annotations

import gc
import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


def load_tool(name: str) -> ModuleType:
    """A script of packaging/, which is no package (its name would hide the library of that name)."""
    path = ROOT / "packaging" / f"{name}.py"
    spec = importlib.util.spec_from_file_location(f"leeward_{name}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def house() -> ModuleType:
    return load_tool("house")


@pytest.fixture(scope="session")
def modules(house: ModuleType) -> list:
    gc.disable()  # millions of new objects and no garbage: looking for some takes three times as long as reading
    try:
        return house.read_modules(ROOT)
    finally:
        gc.enable()


@pytest.fixture(scope="session")
def imports(house: ModuleType, modules: list) -> list[tuple[str, str, str]]:
    """Every import there is: who imports, what, and where it stands."""
    return [
        (module.name, name, f"{module.path}:{line}")
        for module in modules
        for name, line in house.imported_names(module)
    ]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All that reads the whole source goes to one worker, which reads it once."""
    for item in items:
        if {"modules", "imports"}.intersection(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.xdist_group("source"))
