"""Where Tab goes when parts of a page are built anew: what is added late would otherwise be reached last of all."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QWidget


def tab_after(anchor: QWidget, parts: Iterable[QWidget]) -> None:
    """Let Tab reach these one after the other, right behind `anchor`, which may be a label. All are in one window."""
    for part in parts:
        QWidget.setTabOrder(anchor, part)
        anchor = part
