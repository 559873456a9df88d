"""F1: a change of all keys that dies once the new ones count: copies under the former passphrase still go."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.faults.ended_sets_writer import POINTS
from tests.faults.killed_points import outcomes
from tests.faults.table import Faults

ROUNDS, ROUNDS_FULL = 1, 40


@pytest.mark.skipif(sys.platform == "win32", reason="a child that dies on its way needs fork")
def test_killed_after_the_turn_the_next_unlock_replaces_the_copies(
    tmp_path: Path, faults: Faults, request: pytest.FixtureRequest
) -> None:
    rounds = ROUNDS_FULL if request.config.getoption("--full") else ROUNDS
    found = outcomes("ended_sets_writer", tmp_path, rounds, 11)
    for point in POINTS:
        allowed = {"old", "new"} if point == "any moment" else {"new"}
        passed = sum(found[point, outcome] for outcome in allowed)
        faults.report("F1", f"copies under ended keys, killed: {point}", rounds, passed)
