"""Ways that are killed at every one of their points, in processes of their own that print what became of each kill."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def outcomes(module: str, folder: Path, rounds: int, seed: int) -> Counter[tuple[str, str]]:
    """How often each point of the way ended how: (point, outcome). Each named point is really reached."""
    done = subprocess.run(
        [sys.executable, "-m", f"tests.faults.{module}", str(folder), str(rounds), str(seed)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert all(killed for point, killed, _ in lines if point != "any moment")
    return Counter((point, outcome) for point, _, outcome in lines)
