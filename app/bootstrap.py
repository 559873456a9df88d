"""The composition root: decides between window and command line, and puts the pieces together.

It stays thin on purpose: what is imported before the first paint is what the unlock screen needs, and no more.
"""

from __future__ import annotations

import gc
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app import offline

if TYPE_CHECKING:
    import argparse

    from PySide6.QtWidgets import QApplication

    from app.ui.application import Application

FIRST_PAINT: Final = "LEEWARD_FIRST_PAINT"
"""Environment switch: print the milliseconds from process start to the first painted screen, and quit."""
STARTED: Final = "LEEWARD_STARTED_NS"
"""When the process was asked for, as `time.time_ns()`; without it the system is asked where it can tell."""
REASON: Final = "LEEWARD_REASON"
"""Environment variable that tells a fresh process why it stands locked ("asked", "idle"); nothing personal."""


def main(argv: Sequence[str] | None = None) -> int:
    """Start the program: with a command it answers in the terminal, without one the window opens."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    with offline.without_sockets():
        import typing_extensions  # noqa: F401  # the first import of it decides whether sockets come along
    if _is_window(arguments):
        return _window(arguments)
    return _command_line(arguments)


def _is_window(arguments: Sequence[str]) -> bool:
    """No command, at most `--vault DIR`."""
    return not arguments or (arguments[0] == "--vault" and len(arguments) == 2)  # the option and its value


def _command_line(arguments: Sequence[str]) -> int:
    from app import cli, logs

    logs.install()
    outside = cli.Outside(stdin=sys.stdin, stdout=sys.stdout, stderr=sys.stderr, tour=_tour, bench=_bench)
    return cli.run(arguments, outside)


def _tour(options: argparse.Namespace) -> list[Path]:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtWidgets import QApplication

    from app.ui.tour import Tour

    wide, _, high = options.size.partition("x")
    running = QApplication.instance()
    qt = running if isinstance(running, QApplication) else QApplication([sys.argv[0]])
    tour = Tour(Path(options.out), options.theme, (int(wide), int(high)), options.lang)
    tour.finished.connect(qt.quit)
    tour.start()
    qt.exec()
    return tour.pictures


def _bench(options: argparse.Namespace) -> int:
    from app.bench.run import run

    return run(options)


def _window(arguments: Sequence[str]) -> int:
    gc.disable()  # nothing that is made before the first paint is garbage; looking for some costs a tenth of the time
    from app import logs, paths

    logs.install()
    folder = Path(arguments[1]) if arguments else paths.default_vault()

    from PySide6.QtWidgets import QApplication

    qt = QApplication([sys.argv[0]])
    application = compose(qt, folder, os.environ.pop(REASON, ""))
    application.window.painted.connect(_settle)
    if os.environ.get(FIRST_PAINT):
        application.window.painted.connect(lambda: _report_first_paint(qt))
    application.show_first()
    return qt.exec()


def _settle() -> None:
    """What can wait until something is to be seen, and must be done before anything secret is typed."""
    from app.ui.platform.process import keep_memory_out_of_dumps

    keep_memory_out_of_dumps()
    gc.enable()


def _start_again(folder: Path, reason: str) -> bool:
    from app.ui.platform.process import start_again

    return start_again(folder, {REASON: reason})


def compose(qt: QApplication, folder: Path, reason: str = "") -> Application:
    """Make the application around a QApplication: looks from the preferences file, then everything that needs them."""
    from app import paths
    from app.services import preferences
    from app.ui.application import Application, Surroundings
    from app.ui.language import use_language
    from app.ui.looks import Looks
    from app.ui.platform.ends import end_quietly
    from app.ui.theme.hub import ThemeHub

    qt.setApplicationName("Leeward")
    qt.setQuitOnLastWindowClosed(False)
    file = paths.preferences_file()
    chosen = preferences.load(file)
    use_language(qt, chosen.language)
    hub = ThemeHub(qt, chosen.theme, chosen.text_scale, reduced_motion=chosen.reduced_motion)
    around = Surroundings(folder=folder, start_again=_start_again, quit=qt.quit, reason=reason)
    application = Application(hub, Looks(hub, chosen, file), around)
    end_quietly(application, application.close)
    return application


def _report_first_paint(qt: QApplication) -> None:
    sys.stdout.write(f"{(time.time_ns() - _started_ns()) / 1e6:.1f}\n")
    sys.stdout.flush()
    qt.quit()


def _started_ns() -> int:
    """When this process began, in nanoseconds since the epoch."""
    told = os.environ.get(STARTED, "")
    if told.isdigit():
        return int(told)
    stat, uptime = Path("/proc/self/stat"), Path("/proc/uptime")
    if not stat.exists():
        return time.time_ns()
    ticks = int(stat.read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()[19])
    age_s = float(uptime.read_text(encoding="ascii").split()[0]) - ticks / os.sysconf("SC_CLK_TCK")
    return time.time_ns() - int(age_s * 1e9)
