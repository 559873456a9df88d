"""Killed at any statement of a migration, the file is what it was, readable, or what it becomes, complete."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from app.crypto.secret import Secret
from app.data import cipher, projections
from app.data.migrations import runner
from app.data.space import belongs_to
from tests.faults.table import Faults
from tests.fixtures.schemas import first_schema
from tests.fixtures.session import KEY, META, SALT, reopened

ROOT = Path(__file__).resolve().parents[2]
_SECOND = ("trash", "shelved_draft", "trash_in_time")
_THIRD = (
    "attachment", "attachment_part", "held_attachment", "attachment_of_record", "held_attachment_of_draft",
    "term_in_use",
)  # fmt: skip


def migrate(path: Path, last: int) -> subprocess.CompletedProcess[str]:
    """Bring a file up to date in a process of its own that dies before statement `last`; 0 lets it live."""
    command = [sys.executable, "-m", "tests.faults.migrating", str(path), str(last)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)


def is_one_or_the_other(path: Path) -> bool:
    """Whether schema number and tables fit each other, and every revision is there, before anyone repairs anything."""
    connection = cipher.open_space(path, Secret(bytearray(KEY)), SALT, check=belongs_to(META))
    version = runner.version_of(connection)
    names = {row[0] for row in connection.execute("SELECT name FROM sqlite_schema")}
    connection.close()
    made = (len(names.intersection(_SECOND)), len(names.intersection(_THIRD)))
    return (version, *made) in {(1, 0, 0), (2, len(_SECOND), 0), (3, len(_SECOND), len(_THIRD))}


def killed(folder: Path, most: int) -> tuple[int, int]:
    """Kill a migration at so many statements, spread over all of them. Returns how many were tried and ended well."""
    held = first_schema(folder / "old.db", records=9)
    shutil.copy(folder / "old.db", folder / "whole.db")
    statements = int(migrate(folder / "whole.db", 0).stdout)
    assert statements > 20
    places = sorted({1 + place * statements // most for place in range(most)})
    passed = 0
    for place in places:
        path = folder / "killed.db"
        for left in folder.glob("killed.db*"):
            left.unlink()
        shutil.copy(folder / "old.db", path)
        assert migrate(path, place).returncode == -9, "it was really killed"
        if not is_one_or_the_other(path):
            continue
        space = reopened(path)
        whole = cipher.integrity(space.connection) == () and space.verify().clean
        passed += whole and projections.snapshot(space.connection) == held
        space.close()
    return len(places), passed


def test_killed_while_migrating(tmp_path: Path, faults: Faults) -> None:
    faults.report("F1", "killed at a statement of a migration", *killed(tmp_path, 7))


@pytest.mark.slow
def test_killed_at_every_statement_while_migrating(tmp_path: Path, faults: Faults) -> None:
    faults.report("F1", "killed at a statement of a migration", *killed(tmp_path, 200))
