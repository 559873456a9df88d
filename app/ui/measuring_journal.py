"""The Journal's list measured from inside a real window: scrolling by wheel, dragging the bar, going to a month.

Started by the benchmark as a process of its own. The passphrase comes in on the first line of standard input, the
figures go out as one line of JSON.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from app.services.preferences import Preferences
from app.ui.application import Application, Surroundings
from app.ui.looks import Looks
from app.ui.main_window import MainWindow
from app.ui.measuring import unlock, until
from app.ui.models.timeline_rows import WaitingRow
from app.ui.screens.journal.timeline_view import TimelineView
from app.ui.theme.hub import ThemeHub

_NOTCHES = 300
_DRAGS = 120


def main(vault: Path, passphrase: str) -> dict[str, float]:
    """Open the vault in a window without a screen, go to the Journal, and scroll.

    Returns:
        `timeline_first_ms`: from asking for the page to rows that can be read. `timeline_frame_ms_p95` and `_max`: all
        the window's thread does for one notch of the wheel or one step of the bar, layout, painting and rows that
        arrive; its own time, so that what else runs on the machine is not counted.
        `timeline_jump_ms`: from letting go of the bar in the middle to rows that can be read there.
    """
    qt = QApplication([sys.argv[0]])
    hub = ThemeHub(qt, "light")
    with tempfile.TemporaryDirectory() as place:
        looks = Looks(hub, Preferences(), Path(place) / "preferences.json")
        around = Surroundings(folder=vault, start_again=lambda _folder, _reason: True, quit=qt.quit)
        application = Application(hub, looks, around)
        application.show_first()
        session = unlock(application, passphrase)
        figures = _scrolled(session)
        application.close()
    return figures


def _scrolled(session: MainWindow) -> dict[str, float]:
    start = time.perf_counter()
    session.go("journal")
    shown = until(lambda: [found for found in session.findChildren(TimelineView) if _can_be_read(found)])[0]
    first_ms = (time.perf_counter() - start) * 1000
    bar = shown.verticalScrollBar()
    frames = [_frame_ms(lambda: _turn(shown)) for _ in range(_NOTCHES)]
    middle = bar.maximum() // 2
    steps = [middle * number // _DRAGS for number in range(1, _DRAGS + 1)]
    frames += [_frame_ms(lambda at=value: bar.setValue(at)) for value in steps]  # type: ignore[misc]  # a default, bound now
    start = time.perf_counter()
    bar.setValue(bar.maximum() * 2 // 3)
    until(lambda: _can_be_read(shown))
    jump_ms = (time.perf_counter() - start) * 1000
    frames.sort()
    return {
        "timeline_first_ms": first_ms,
        "timeline_frame_ms_p95": frames[int(len(frames) * 0.95)],
        "timeline_frame_ms_max": frames[-1],
        "timeline_jump_ms": jump_ms,
    }


def _can_be_read(shown: TimelineView) -> bool:
    sight = [shown.rows.row(row) for row, _, _ in shown.in_sight()]
    return bool(sight) and not any(isinstance(row, WaitingRow) for row in sight)


def _turn(shown: TimelineView) -> None:
    """One notch of the wheel."""
    at = QPointF(shown.viewport().rect().center())
    QApplication.sendEvent(
        shown.viewport(),
        QWheelEvent(
            at,
            shown.viewport().mapToGlobal(at),
            QPoint(),
            QPoint(0, -120),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        ),
    )


def _frame_ms(move: Callable[[], object]) -> float:
    start = time.thread_time()
    move()
    until(lambda: True)
    return (time.thread_time() - start) * 1000


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.stdout.write(json.dumps(main(Path(sys.argv[1]), sys.stdin.readline().rstrip("\n"))) + "\n")
