"""All components together: they draw, follow the theme, fit at 200 %, mirror, and leave nothing behind."""

from __future__ import annotations

import gc
import weakref
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.ui.theme.hub import ThemeHub
from app.ui.widgets.painting import PaintedWidget
from tests.ui.widgets import gallery


def test_the_sheets_are_drawn_in_both_palettes(tmp_path: Path, hub: ThemeHub) -> None:
    light = QImage(str(gallery.render(tmp_path, "light")))
    hub.choose("dark")
    dark = QImage(str(gallery.render(tmp_path, "dark")))
    hub.choose("light")
    again = QImage(str(gallery.render(tmp_path, "again")))
    assert light.size() == dark.size()
    assert light.pixelColor(2, 2) == hub.theme.color("window")
    assert light == again
    assert light != dark


def test_a_shown_sheet_follows_a_theme_switch(qtbot: QtBot, hub: ThemeHub) -> None:
    page = gallery.sheet()
    qtbot.addWidget(page)
    page.show()
    QApplication.processEvents()
    before = page.grab().toImage()
    hub.choose("dark")
    QApplication.processEvents()
    assert page.grab().toImage() != before
    hub.choose("light")
    QApplication.processEvents()
    assert page.grab().toImage() == before


@pytest.mark.parametrize("text_scale", [1.0, 1.5, 2.0])
def test_nothing_is_clipped_at_any_text_size(qtbot: QtBot, hub: ThemeHub, text_scale: float) -> None:
    hub.set_text_scale(text_scale)
    page = gallery.sheet(round(620 * text_scale))
    qtbot.addWidget(page)
    layout = page.layout()
    assert layout is not None
    width = round(620 * text_scale)
    page.resize(width, layout.totalHeightForWidth(width))
    page.show()
    QApplication.processEvents()
    for widget in page.findChildren(QWidget):
        parent = widget.parentWidget()
        if not widget.isVisible() or not isinstance(widget, PaintedWidget | QLabel) or parent is None:
            continue
        assert widget.width() >= widget.minimumSizeHint().width(), widget
        assert widget.height() >= widget.minimumSizeHint().height(), widget
        if widget.hasHeightForWidth():
            assert widget.height() >= widget.heightForWidth(widget.width()), widget
        assert parent.rect().contains(widget.geometry()), (widget, parent)


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (1024, 700), (800, 560)])
def test_the_frame_of_the_window_fits(qtbot: QtBot, hub: ThemeHub, width: int, height: int) -> None:
    shell = gallery.Shell()
    qtbot.addWidget(shell)
    shell.resize(width, height)
    shell.show()
    QApplication.processEvents()
    assert shell.size().width() == width
    assert shell.page.geometry().right() <= width - 1


def test_a_mirrored_sheet_is_another_picture(tmp_path: Path, qapp: QApplication, hub: ThemeHub) -> None:
    plain = QImage(str(gallery.render(tmp_path, "plain")))
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        mirrored = QImage(str(gallery.render(tmp_path, "mirrored")))
    finally:
        qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    assert plain != mirrored


def test_every_operable_part_has_a_name(qtbot: QtBot, hub: ThemeHub) -> None:
    shell = gallery.Shell()
    qtbot.addWidget(shell)
    shell.show()
    for widget in shell.findChildren(QWidget):
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible() and isinstance(widget, PaintedWidget):
            assert widget.accessibleName() or widget.accessibleDescription(), widget


def test_sheets_are_freed(qtbot: QtBot, hub: ThemeHub) -> None:
    seen: list[weakref.ref[PaintedWidget]] = []
    for _ in range(3):
        page = gallery.sheet()
        page.show()
        QApplication.processEvents()
        seen.extend(weakref.ref(widget) for widget in page.findChildren(PaintedWidget))
        page.close()
        page.deleteLater()
        del page
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.collect()
    alive = [found for ref in seen if (found := ref()) is not None]
    assert len(seen) > 60
    assert alive == []
    hub.choose("dark")
    hub.choose("light")
