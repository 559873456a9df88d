"""From the start of the process to the first painted screen, against a bare painted Qt widget started the same way."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

_RUNS = 9
_BARE = """
import os, sys, time
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

class Bare(QWidget):
    def paintEvent(self, event):
        print((time.time_ns() - int(os.environ["LEEWARD_STARTED_NS"])) / 1e6, flush=True)
        QTimer.singleShot(0, QApplication.quit)

app = QApplication([sys.argv[0]])
bare = Bare()
bare.resize(1280, 800)
bare.show()
app.exec()
"""


def first_paint_ms(vault: Path) -> dict[str, float]:
    """Medians of runs by turns: our unlock screen for `vault`, and an empty QWidget."""
    ours = [sys.executable, "-m", "app", "--vault", str(vault)]
    bare = [sys.executable, "-c", _BARE]
    taken: dict[str, list[float]] = {"first_paint_ms": [], "bare_qt_ms": []}
    for turn in range(_RUNS + 1):
        for key, command in (("first_paint_ms", ours), ("bare_qt_ms", bare)):
            ms = _start(command)
            if turn:
                taken[key].append(ms)
    medians = {key: statistics.median(values) for key, values in taken.items()}
    return {**medians, "first_paint_vs_bare_qt": medians["first_paint_ms"] / medians["bare_qt_ms"]}


def bare_ms() -> float:
    """One start of the empty QWidget, until it is painted."""
    return _start([sys.executable, "-c", _BARE])


def surroundings() -> dict[str, str]:
    """What measured processes are given: no screen, and compiled code.

    An installed program is compiled once; a shell that forbids that would have ours compiled anew at every start.
    """
    shell = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    return {**shell, "QT_QPA_PLATFORM": "offscreen"}


def _start(command: list[str]) -> float:
    place = {**surroundings(), "LEEWARD_FIRST_PAINT": "1", "LEEWARD_STARTED_NS": str(time.time_ns())}
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run(  # noqa: S603  # our own interpreter with our own arguments
        command, env=place, cwd=root, capture_output=True, text=True, timeout=60, check=True
    )
    return float(done.stdout.split()[-1])
