"""The lock names every package with its version and hashes, and no place to take it from."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name


@pytest.fixture(scope="module")
def lock(root: Path) -> str:
    return (root / "packaging" / "requirements.txt").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def locked(lock: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, version in re.findall(r"^([A-Za-z0-9._-]+)==(\S+)", lock, re.MULTILINE):
        found.setdefault(canonicalize_name(name), []).append(version)
    return found


def _asked_for(root: Path) -> list[Requirement]:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    lines = [
        *project["project"]["dependencies"],
        *project["dependency-groups"]["dev"],
        *project["build-system"]["requires"],
    ]
    return [Requirement(line) for line in lines]


def test_every_dependency_is_locked_at_a_version_it_allows(root: Path, locked: dict[str, list[str]]) -> None:
    asked = _asked_for(root)
    assert len(asked) > 20
    for requirement in asked:
        versions = locked.get(canonicalize_name(requirement.name), [])
        assert versions, f"{requirement.name} is not locked"
        assert all(requirement.specifier.contains(version) for version in versions), requirement


def test_the_lock_names_no_address(lock: str) -> None:
    assert not re.search(r"://|--(?:extra-)?index|--find-links|@ file", lock)


def test_every_entry_is_exact_and_hashed(lock: str) -> None:
    entries = re.split(r"\n(?=\S)", "\n".join(line for line in lock.splitlines() if not line.startswith("#")).strip())
    assert len(entries) > 50
    for entry in entries:
        assert re.match(r"[A-Za-z0-9._-]+==[^\s;]+", entry), entry.splitlines()[0]
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", entry), entry.splitlines()[0]


def test_the_lock_tells_how_it_is_made(lock: str) -> None:
    assert "python3 packaging/dev.py lock" in lock.splitlines()[1]


def test_the_qt_that_loses_references_is_kept_out(locked: dict[str, list[str]]) -> None:
    assert [version for version in locked["pyside6-essentials"] if version.startswith("6.12")] == []
