"""F6: from one part of the window to the next, without passing every control in between."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenuBar, QWidget


def next_pane(panes: Sequence[QWidget], step: int) -> QWidget | None:
    """Move focus into the next (`step` 1) or previous (-1) visible pane and return the widget that got it."""
    visible = [pane for pane in panes if pane.isVisible()]
    if not visible:
        return None
    focused = QApplication.focusWidget()
    here = next((n for n, pane in enumerate(visible) if focused is not None and _holds(pane, focused)), -step)
    for offset in range(1, len(visible) + 1):
        goal = _first_stop(visible[(here + step * offset) % len(visible)])
        if goal is not None:
            goal.setFocus(Qt.FocusReason.TabFocusReason)
            return goal
    return None


def _holds(pane: QWidget, widget: QWidget) -> bool:
    return pane is widget or pane.isAncestorOf(widget)


def _first_stop(pane: QWidget) -> QWidget | None:
    for widget in (pane, *pane.findChildren(QWidget)):
        if isinstance(widget, QMenuBar) or not widget.isVisible() or not widget.isEnabled():
            continue
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            return widget
    return None
