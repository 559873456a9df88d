"""Every control of the screens the tour visits: reached by the keyboard in reading order, with a name and a role."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QComboBox, QScrollBar, QWidget
from typing_extensions import override

from app.ui.tour import Tour
from app.ui.tour_practices import IN_SMALL
from app.ui.tour_stops import Stop
from app.ui.widgets.dialog import DialogSurface

BEGINNINGS = ("backup", "drop", "journal-", "keys", "people", "settings-keys", "sharing", "sheet", "unlock")
FOR_TWO = ("agreements", "promise-", "review", "rituals", "today-week", "together-")
PAGES = ("files-", "injuries", "moment-", "repair", "solo-injuries", "solo-journal", "solo-repair", "trigger-")
FORMS = ("practice-", "solo-")
LEFT_OUT = ("-1024x700", "-text-200")
READ = (*IN_SMALL, "log-a-trigger", "three-phases-of-repair", "talk-with-turns", "naming-what-broke")
"""Practices of which form and reading are walked in every run, among them each way an answer can be set."""
IN_TURN = 6
"""How many of the other forms are walked besides: the sheet of every sort of question has a test of its own."""
LEAST_STOPS, LEAST_CONTROLS = 100, 1200
ROLES = frozenset({QAccessible.Role.NoRole, QAccessible.Role.Client, QAccessible.Role.Window})


@pytest.fixture
def walk(tmp_path: Path, qapp: QApplication) -> Iterator[Tour]:
    """The tour with its journals made, going nowhere by itself."""
    made = Tour(tmp_path / "pictures", "light", (1280, 800), "en")
    made.prepare()
    made.window.activateWindow()
    QCoreApplication.processEvents()
    yield made
    made.let_go()
    made.window.deleteLater()
    made.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


class Flashes(QObject):
    """Remembers every other window that shows itself, if only for a moment: a widget nobody gave a parent."""

    def __init__(self, window: QWidget) -> None:
        super().__init__()
        self._window, self.seen = window, list[str]()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        shows = event.type() is QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow()
        if shows and watched is not self._window:
            self.seen.append(type(watched).__name__)
        return False


def test_every_control_has_a_name_a_role_and_its_place_in_the_order(
    walk: Tour, qapp: QApplication, pytestconfig: pytest.Config
) -> None:
    """One tour for all of it: its journals take longer to make than many a page to walk."""
    stops = chosen(walk.stops(), full=pytestconfig.getoption("--full"))
    names = [stop.name for stop in stops]
    assert len(set(names)) == len(names) > LEAST_STOPS
    assert all(any(name.startswith(one) for name in names) for one in (*BEGINNINGS, *FOR_TWO, *PAGES, *FORMS))
    flaws: set[str] = set()
    seen = 0
    flashes = Flashes(walk.window)
    qapp.installEventFilter(flashes)
    for stop in stops:
        walk.window.activateWindow()
        stop.arrive()
        QCoreApplication.processEvents()
        controls = reached(walk.window)
        seen += len(controls)
        flaws |= {f"{stop.name}: {said}" for control in controls if (said := lacking(control))}
        flaws |= {f"{stop.name}: {said}" for said in out_of_order(walk.window)}
        flaws |= {f"{stop.name}: {said} showed itself as a window" for said in flashes.seen}
        flashes.seen.clear()
        focused: QWidget | None = walk.window.focusWidget()
        if focused is None or not focused.isVisible():
            flaws.add(f"{stop.name}: the keyboard is nowhere")
    qapp.removeEventFilter(flashes)
    assert not flaws, "\n".join(sorted(flaws))
    assert seen > LEAST_CONTROLS


def chosen(stops: list[Stop], *, full: bool) -> list[Stop]:
    """Where to walk, in the tour's order: every page; of the catalogue everything with `--full`, else the named ones.

    Which of the other forms come along is drawn by the run's seed.
    """
    stops = [stop for stop in stops if stop.name.startswith((*BEGINNINGS, *FOR_TWO, *PAGES, *FORMS))]
    stops = [stop for stop in stops if not stop.name.endswith(LEFT_OUT)]
    if full:
        return stops
    others = [stop.name for stop in stops if is_of_catalogue(stop.name) and not any(one in stop.name for one in READ)]
    along = set(random.sample([name for name in others if name.endswith("-form")], IN_TURN))
    return [stop for stop in stops if stop.name not in others or stop.name in along]


def is_of_catalogue(name: str) -> bool:
    return name.startswith(FORMS) and name.endswith(("-form", "-read"))


def reached(window: QWidget) -> list[QWidget]:
    """What Tab can come to, in the surface on top or in the whole window."""
    over = [one for one in window.findChildren(DialogSurface) if one.isVisible()]
    ground: QWidget = over[-1] if over else window
    return [one for one in ground.findChildren(QWidget) if takes_tab(one)]


def takes_tab(widget: QWidget) -> bool:
    tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return tab and widget.isVisible() and widget.focusProxy() is None and not isinstance(widget, QScrollBar)


def lacking(control: QWidget) -> str:
    """What assistive technology would miss; empty when nothing."""
    if isinstance(control.parent(), QComboBox):
        return ""
    told = QAccessible.queryAccessibleInterface(control)
    kind = type(control).__name__
    if not told.isValid():
        return f"{kind} says nothing"
    if not told.text(QAccessible.Text.Name).strip():
        return f"{kind} has no name"
    return f"{told.text(QAccessible.Text.Name)!r} has no role" if told.role() in ROLES else ""


def out_of_order(window: QWidget) -> list[str]:
    """Where Tab would jump back up inside a surface."""
    found = []
    for surface in window.findChildren(DialogSurface):
        if not surface.isVisible():
            continue
        inside = [stop for stop in surface._stops() if surface.surface.isAncestorOf(stop)]  # a picture stands beside it
        stops = [stop for stop in inside if stop.mapTo(surface.surface, QPoint(0, 0)).y() > 52]
        edge = surface._scroll.mapTo(surface, QPoint(0, surface._scroll.height())).y()
        tops = [
            min(stop.mapTo(surface, QPoint(0, 0)).y(), edge if surface._content.isAncestorOf(stop) else 1 << 20)
            for stop in stops
        ]  # what is scrolled out below comes up to the edge before the keyboard reaches it
        for before, after, top, high in zip(stops, stops[1:], tops, tops[1:], strict=False):
            if high + after.height() <= top:
                found.append(f"Tab goes up from {before.accessibleName()!r} to {after.accessibleName()!r}")
    return found
