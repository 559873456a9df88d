"""Killed at any moment, nothing that was acknowledged is lost and the file is whole."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from app.data import cipher
from app.domain.records import RecordId
from tests.fixtures.session import new_space, reopened

ROOT = Path(__file__).resolve().parents[2]


def kill_once(path: Path, delay_s: float) -> list[str]:
    """Let the writer run for a moment, kill it without warning, and return what it had acknowledged."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.faults.writer", str(path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
        time.sleep(delay_s)
        writer.kill()
        said = writer.stdout.read()
    return [line for line in said.split("\n")[:-1] if line]


def check(path: Path, acknowledged: set[str], *, projections: bool) -> None:
    space = reopened(path)
    assert cipher.integrity(space.connection) == ()
    if projections:
        found = space.verify()
        assert found.clean, found
    missing = [record for record in acknowledged if space.record(RecordId(record)) is None]
    assert missing == []
    space.close()


def rounds(path: Path, count: int, seed: int) -> int:
    """Kill the writer of one growing file so often; returns how many records were acknowledged in all."""
    chance = random.Random(seed)
    new_space(path).close()
    acknowledged: set[str] = set()
    for number in range(count):
        acknowledged.update(kill_once(path, chance.uniform(0.0, 0.12)))
        check(path, acknowledged, projections=number % 10 == 9 or number == count - 1)
    return len(acknowledged)


@pytest.mark.fault("F1", "killed while saving", cases=20)
def test_killed_while_saving_loses_nothing(tmp_path: Path) -> None:
    assert rounds(tmp_path / "s.db", 20, seed=5) > 0


@pytest.mark.slow
@pytest.mark.fault("F1", "killed while saving", cases=200)
def test_killed_two_hundred_times_while_saving_loses_nothing(tmp_path: Path) -> None:
    total = sum(rounds(tmp_path / f"{part}.db", 50, seed=part) for part in range(4))
    assert total > 1000
