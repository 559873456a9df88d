"""A real window measured from inside: Trends of a real vault, drawn first, drawn again, and the memory it takes.

Started by the benchmark as a process of its own, so that nothing else is counted. The passphrase comes in on the first
line of standard input, the figures go out as one line of JSON.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtWidgets import QApplication

from app.services.preferences import Preferences
from app.ui.application import Application, Surroundings
from app.ui.looks import Looks
from app.ui.main_window import MainWindow
from app.ui.screens.unlock.presenter import UnlockPresenter
from app.ui.theme.hub import ThemeHub
from app.ui.widgets.chart_view import ChartView

Found = TypeVar("Found")

_PATIENCE_S = 120.0
_REDRAWS = 15
_STEPS = 60
_MEGABYTE = 1 << 20


def main(vault: Path, passphrase: str) -> dict[str, float]:
    """Open the vault in a window without a screen, show Trends with everything ever written, and measure."""
    qt = QApplication([sys.argv[0]])
    hub = ThemeHub(qt, "light")
    with tempfile.TemporaryDirectory() as place:
        looks = Looks(hub, Preferences(), Path(place) / "preferences.json")
        around = Surroundings(folder=vault, start_again=lambda _folder, _reason: True, quit=qt.quit)
        application = Application(hub, looks, around)
        application.show_first()
        session = unlock(application, passphrase)
        start = time.perf_counter()
        session.go("trends", "all")
        charts = until(lambda: _drawn(session))
        first_ms = (time.perf_counter() - start) * 1000
        trail = max(charts, key=lambda chart: chart.width())
        redraw_ms = statistics.median(_redraw_ms(trail) for _ in range(_REDRAWS))
        hover_ms = _hover_ms(trail)
        resident = resident_mb()
        application.close()
    return {
        "trends_first_ms": first_ms,
        "trends_redraw_ms": redraw_ms,
        "trends_hover_ms": hover_ms,
        "rss_mb": resident,
    }


def unlock(application: Application, passphrase: str) -> MainWindow:
    """Open the journal as a person does, and wait for its window."""
    presenter = application.window.findChild(UnlockPresenter)
    if not isinstance(presenter, UnlockPresenter):
        raise TypeError("no unlock screen")
    presenter.try_passphrase(passphrase)
    return until(lambda: application.session)


def _drawn(session: MainWindow) -> list[ChartView]:
    """All charts on the page, once each has been drawn; nothing before."""
    charts = [chart for chart in session.findChildren(ChartView) if chart.isVisible()]
    return charts if charts and all(chart.is_drawn for chart in charts) else []


def _redraw_ms(chart: ChartView) -> float:
    start = time.perf_counter()
    chart.redraw_now()
    return (time.perf_counter() - start) * 1000


def _hover_ms(chart: ChartView) -> float:
    """One step of the reading line, on average over a walk along the chart.

    Raises:
        LookupError: it has no stops: what was measured as a chart is an empty frame.
    """
    stops: set[object] = set()
    chart.reading_changed.connect(lambda stop, _words: stops.add(stop))
    start = time.perf_counter()
    for stop in range(_STEPS):
        chart.step_to(stop)
    spent_ms = (time.perf_counter() - start) * 1000
    if len(stops) < _STEPS:
        raise LookupError("the chart has nothing to read")
    return spent_ms / _STEPS


def until(look: Callable[[], Found | None]) -> Found:
    """Let the window work until `look` finds something."""
    end = time.monotonic() + _PATIENCE_S
    while time.monotonic() < end:
        QApplication.processEvents()
        found = look()
        if found:
            return found
        time.sleep(0.001)
    raise TimeoutError


def resident_mb() -> float:
    """What the process keeps in memory now, in MiB; the most it ever kept where the system does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        import resource

        unit = 1 if sys.platform == "darwin" else 1024
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / _MEGABYTE
    return pages * os.sysconf("SC_PAGE_SIZE") / _MEGABYTE


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.stdout.write(json.dumps(main(Path(sys.argv[1]), sys.stdin.readline().rstrip("\n"))) + "\n")
