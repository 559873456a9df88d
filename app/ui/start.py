"""Makes the Qt application and everything around it; the composition root runs its event loop."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from app import paths
from app.services import preferences
from app.ui.application import Application, Surroundings
from app.ui.language import use_language
from app.ui.looks import Looks
from app.ui.platform.ends import end_quietly
from app.ui.platform.handover import Handover
from app.ui.platform.places import Places, write_no_settings
from app.ui.platform.process import end_by_force, end_by_force_in
from app.ui.theme.hub import ThemeHub

if TYPE_CHECKING:
    from app.ui.platform.system_watch import SystemWatch


def qt_application() -> QApplication:
    """The running QApplication, or a new one. Qt keeps no settings file and no history of places from here on."""
    running = QApplication.instance()
    write_no_settings()
    return running if isinstance(running, QApplication) else QApplication([sys.argv[0]])


def compose(
    qt: QApplication,
    folder: Path,
    before: Handover,
    start_again: Callable[[Path, Handover], bool],
    first_painted: Callable[[], None] | None = None,
) -> Application:
    """Looks from the preferences file, then the application and its window; `first_painted` follows its first paint.

    `before` is what the process that was here before told, if it locked.
    """
    qt.setApplicationName("Leeward")
    qt.setQuitOnLastWindowClosed(False)
    file = paths.preferences_file()
    chosen = preferences.load(file)
    use_language(qt, chosen.language)
    hub = ThemeHub(qt, chosen.theme, chosen.text_scale, reduced_motion=chosen.reduced_motion)
    around = Surroundings(
        folder=folder,
        start_again=start_again,
        quit=qt.quit,
        end_in=end_by_force_in,
        end_now=end_by_force,
        watch=_watch,
        before=before,
    )
    application = Application(hub, Looks(hub, chosen, file), around)
    application.window.painted.connect(_settle)
    if first_painted is not None:
        application.window.painted.connect(first_painted)
    end_quietly(application, application.close)
    qt.aboutToQuit.connect(Places().put_back)
    return application


def tour(
    qt: QApplication, out: Path, theme: str | None, size: tuple[int, int], language: str, only: Sequence[str] = ()
) -> list[Path]:
    """A tour that begins with the event loop and ends it; the list fills while it runs."""
    from app.ui.tour import Tour

    made = Tour(out, theme, size, language, only)
    made.setParent(qt)
    made.finished.connect(qt.quit)
    QTimer.singleShot(0, made, made.start)
    return made.pictures


def _watch(parent: QObject) -> SystemWatch:
    from app.ui.platform.watch import watch_system  # not needed for the first paint

    return watch_system(parent)


def _settle() -> None:
    """What can wait until something is to be seen, and must be done before anything secret is typed."""
    from app.ui.platform.process import keep_memory_out_of_dumps

    keep_memory_out_of_dumps()
    gc.enable()
