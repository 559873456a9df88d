"""F1: a change of all keys that dies once the new ones count: copies under the former passphrase still go."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.faults.ended_sets_writer import POINTS
from tests.faults.table import Faults

ROOT = Path(__file__).resolve().parents[2]
ROUNDS, ROUNDS_FULL = 4, 40


@pytest.mark.skipif(sys.platform == "win32", reason="a child that dies on its way needs fork")
def test_killed_after_the_turn_the_next_unlock_replaces_the_copies(
    tmp_path: Path, faults: Faults, request: pytest.FixtureRequest
) -> None:
    rounds = ROUNDS_FULL if request.config.getoption("--full") else ROUNDS
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.ended_sets_writer", str(tmp_path), str(rounds), "11"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    found = Counter((point, outcome) for point, _, outcome in lines)
    for point in POINTS:
        allowed = {"old", "new"} if point == "any moment" else {"new"}
        passed = sum(found[point, outcome] for outcome in allowed)
        faults.report("F1", f"copies under ended keys, killed: {point}", rounds, passed)
    assert all(killed for point, killed, _ in lines if point != "any moment")
