"""Whatever fails, wherever: the log knows kinds and places, and not one word of anybody."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

from tests.faults.raising import MARK, WAYS
from tests.faults.table import Faults
from tests.fixtures import vault as vaults_made

ROOT = Path(__file__).resolve().parents[2]
PLACES = {"worker": 8, "errand": 8, "slot": 10, "timer": 10, "thread": 10, "wreck": 10}
"""How many of ten each place logs: in worker and errand our own refusals are answers, which nobody logs."""


def test_no_word_reaches_the_log_from_any_place(tmp_path: Path, faults: Faults) -> None:
    folder = vaults_made.copied(tmp_path / "vault")
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.raising", str(folder)],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.splitlines()[-1]) == PLACES
    said = done.stdout + done.stderr
    lines = [line for line in done.stderr.splitlines() if line.strip()]
    strange = [line for line in lines if not re.fullmatch(r"leeward: [\w.\[\]<> :-]+ at [\w.:> ?-]+", line)]
    assert strange == []
    assert "Traceback" not in said
    tried = len(WAYS) * len(PLACES)
    faults.report("F16", "failures with private words, in every worker and thread", tried, tried * (MARK not in said))
    assert "said that night" not in said
