"""What is installed from a wheel is whole: the program, its resources where it looks for them, and nothing else."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def wheel(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(out)]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (made,) = out.glob("leeward-*.whl")
    return made


def test_a_wheel_holds_the_program_and_its_resources_only(root: Path, wheel: Path) -> None:
    names = {name for name in zipfile.ZipFile(wheel).namelist() if not name.split("/")[0].endswith(".dist-info")}
    shipped = {path.relative_to(root).as_posix() for path in (root / "resources").rglob("*") if path.is_file()}

    assert {f"app/{name}" for name in shipped} <= names
    assert {name.split("/")[0] for name in names} == {"app"}


def test_licence_and_command_are_inside(wheel: Path) -> None:
    archive = zipfile.ZipFile(wheel)
    info = next(name.split("/")[0] for name in archive.namelist() if ".dist-info/" in name)

    assert f"{info}/licenses/LICENSE" in archive.namelist()
    assert f"{info}/licenses/NOTICE" in archive.namelist()
    assert "leeward = app.__main__:main" in archive.read(f"{info}/entry_points.txt").decode()


def test_the_installed_program_finds_its_resources(wheel: Path, tmp_path: Path) -> None:
    zipfile.ZipFile(wheel).extractall(tmp_path)
    probe = "from app import paths; print(paths.resources())"
    done = subprocess.run(
        [sys.executable, "-P", "-c", probe],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )

    assert Path(done.stdout.strip()) == tmp_path / "app" / "resources"
