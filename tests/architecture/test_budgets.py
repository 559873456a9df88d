"""Size budgets, held on the real tree, and proof that the measure finds what it looks for."""

from __future__ import annotations

import tomllib
from pathlib import Path
from types import ModuleType

import pytest


def test_every_module_keeps_its_budget(house: ModuleType, modules: list) -> None:
    assert len(modules) > 10
    assert house.violations(modules) == []


def test_complexity_is_held_by_ruff(root: Path) -> None:
    lint = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["ruff"]["lint"]

    assert "C90" in lint["select"]
    assert lint["mccabe"]["max-complexity"] == 10
    assert not [rule for rule in lint["ignore"] if rule.startswith("C90")]


def _methods(count: int, mark: str = "") -> str:
    return "class A:\n" + "".join(f"    {mark}\n    def m{n}(self): ...\n" for n in range(count))


@pytest.mark.parametrize(
    "path, text, problem",
    [
        ("app/long.py", "x = 1\n" * 401, "401 lines"),
        ("app/far.py", "def f():\n" + "    x = 1\n" * 50, "function f has 51 lines"),
        ("app/wide.py", _methods(16), "class A has 16 public methods"),
        ("app/utils.py", "", "says nothing"),
        ("app/data/helpers.py", "", "says nothing"),
        ("app/data/__init__.py", "from app.data.space import Space\n", "holds nothing"),
        ("app/ui/screens/today/__init__.py", "def build(): ...\ndef other(): ...\n", "nothing else"),
    ],
)
def test_a_module_over_budget_is_named(house: ModuleType, tmp_path: Path, path: str, text: str, problem: str) -> None:
    _write(tmp_path, {path: text})

    (line,) = house.violations(house.read_modules(tmp_path))

    assert problem in line
    assert line.startswith(path)


@pytest.mark.parametrize(
    "path, text",
    [
        ("app/long.py", "x = 1\n" * 400),
        ("app/far.py", "def f():\n" + "    x = 1\n" * 49),
        ("app/wide.py", _methods(15)),
        ("app/view.py", _methods(30, "@override")),
        ("app/ui/screens/today/__init__.py", '"""Today."""\nfrom a import b\n\n\ndef build(): ...\n'),
    ],
)
def test_a_module_within_budget_passes(house: ModuleType, tmp_path: Path, path: str, text: str) -> None:
    _write(tmp_path, {path: text})

    assert house.violations(house.read_modules(tmp_path)) == []


def test_a_cycle_is_named_even_through_a_late_import(house: ModuleType, tmp_path: Path) -> None:
    _write(
        tmp_path,
        {
            "app/a.py": "from app import b\n",
            "app/b.py": "def f():\n    from app.c import x\n",
            "app/c.py": "import app.a\n",
            "app/leaf.py": "from app.a import y\n",
            "app/root.py": "",
        },
    )

    assert house.violations(house.read_modules(tmp_path)) == ["import cycle: app.a -> app.b -> app.c"]


def test_two_separate_cycles_are_told_apart(house: ModuleType, tmp_path: Path) -> None:
    _write(
        tmp_path,
        {
            "app/a.py": "import app.b\n",
            "app/b.py": "import app.a\n",
            "app/between.py": "import app.a\n",
            "app/c.py": "import app.d, app.between\n",
            "app/d.py": "import app.c\n",
        },
    )

    assert house.import_cycles(house.read_modules(tmp_path)) == [["app.a", "app.b"], ["app.c", "app.d"]]


def _write(root: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
