"""F1: going back to a copy, killed before every step: the live file is the former one with its log, or the copy."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.table import Faults

ROOT = Path(__file__).resolve().parents[2]
STEPS = 8
"""Fewer would mean that the steps are not seen any more."""


@pytest.mark.skipif(sys.platform == "win32", reason="a child that dies on its way needs fork")
def test_killed_at_every_step_of_an_exchange_the_file_is_whole(tmp_path: Path, faults: Faults) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.exchange_writer", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    for spoiled, what in ((False, "a log beside it"), (True, "a damaged file and log")):
        outcomes = [(killed, found) for which, _, killed, found in lines if which is spoiled]
        passed = sum(found in {"old", "new"} for _, found in outcomes)
        faults.report("F1", f"exchange with {what}, killed at each step", len(outcomes), passed)
        assert sum(killed for killed, _ in outcomes) >= STEPS
        assert outcomes[0][1] == "old" and outcomes[-1] == (False, "new")
