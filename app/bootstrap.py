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

    from app.ui.platform.handover import Handover

FIRST_PAINT: Final = "LEEWARD_FIRST_PAINT"
"""Environment switch: print the milliseconds from process start to the first painted screen, and quit."""
STARTED: Final = "LEEWARD_STARTED_NS"
"""When the process was asked for, as `time.time_ns()`; without it the system is asked where it can tell."""


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
    from app import cli, cli_call, logs

    logs.install()
    outside = cli_call.Outside(stdin=sys.stdin, stdout=sys.stdout, stderr=sys.stderr, tour=_tour, bench=_bench)
    return cli.run(arguments, outside)


def _tour(options: argparse.Namespace) -> list[Path]:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from app.ui import start

    wide, _, high = options.size.partition("x")
    qt = start.qt_application()
    pictures = start.tour(qt, Path(options.out), options.theme, (int(wide), int(high)), options.lang, options.only)
    qt.exec()
    return pictures


def _bench(options: argparse.Namespace) -> int:
    from app.bench.run import run

    return run(options)


def _window(arguments: Sequence[str]) -> int:
    gc.disable()  # nothing that is made before the first paint is garbage; looking for some costs a tenth of the time
    from app import logs, paths

    logs.install()
    folder = Path(arguments[1]) if arguments else paths.default_vault()

    from app.ui import start
    from app.ui.platform import handover

    qt = start.qt_application()

    def report() -> None:
        sys.stdout.write(f"{(time.time_ns() - _started_ns()) / 1e6:.1f}\n")
        sys.stdout.flush()
        application.close()  # waits for threads that may still bring something

    measured = report if os.environ.get(FIRST_PAINT) else None
    application = start.compose(qt, folder, handover.taken(os.environ), _start_again, measured)
    application.show_first()
    return qt.exec()


def _start_again(folder: Path, told: Handover) -> bool:
    from app.ui.platform.process import start_again

    return start_again(folder, told.told())


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
