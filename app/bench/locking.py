"""How fast the window is covered when it is locked, and how soon a fresh locked one stands there, beside bare Qt."""

from __future__ import annotations

import statistics
import subprocess
import sys
from pathlib import Path

from app.bench import startup

_RUNS = 5


def lock_ms(vault: Path, passphrase: str) -> dict[str, float]:
    """Medians of runs by turns: our window with a form open over a page, and plain widgets doing the same.

    `lock_cover_ms` from the request until the cover is painted; `relock_ms` from the request until the fresh process
    has painted its locked window; `bare_cover_ms` and `bare_restart_ms` what Qt alone needs for either.
    """
    taken: dict[str, list[float]] = {
        name: [] for name in ("lock_cover_ms", "bare_cover_ms", "relock_ms", "bare_restart_ms")
    }
    for turn in range(_RUNS + 1):
        cover, painted = _lock(vault, passphrase)
        found = (cover, _bare_cover(), painted, startup.bare_ms())
        if turn:
            for values, ms in zip(taken.values(), found, strict=True):
                values.append(ms)
    return {name: statistics.median(values) for name, values in taken.items()}


def _lock(vault: Path, passphrase: str) -> tuple[float, float]:
    """The cover's and the fresh window's milliseconds; both processes write to one pipe, which ends with the second."""
    cover, painted = _run([str(vault)], passphrase)
    return float(cover.removeprefix("cover ")), float(painted)


def _bare_cover() -> float:
    return float(_run(["bare"], "")[0].removeprefix("cover "))


def _run(arguments: list[str], passphrase: str) -> list[str]:
    done = subprocess.run(  # noqa: S603  # our own interpreter with our own arguments
        [sys.executable, "-m", "app.ui.measuring_lock", *arguments],
        input=passphrase + "\n",
        env=startup.surroundings(),
        cwd=Path(__file__).resolve().parents[2],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    return done.stdout.split("\n")[:-1]
