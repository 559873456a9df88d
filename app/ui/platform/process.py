"""What the operating system is asked of this process: no memory dumps, and a fresh one when it is locked."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from PySide6.QtCore import QProcess, QProcessEnvironment

_PR_SET_DUMPABLE: Final = 4
FIRST_PAINT: Final = "LEEWARD_FIRST_PAINT"
STARTED: Final = "LEEWARD_STARTED_NS"
_OWN: Final = frozenset({FIRST_PAINT, STARTED})
"""What a measured process was told, and the one it starts is not, unless it is told anew (see `app.bootstrap`)."""


def keep_memory_out_of_dumps() -> bool:
    """Switch core dumps off, and on Linux also reading this process's memory by others of the same login.

    Returns whether everything this system offers for it was switched.
    """
    if sys.platform == "win32":
        return False
    import resource

    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform != "linux":
        return resource.getrlimit(resource.RLIMIT_CORE)[0] == 0
    try:
        return bool(ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0) == 0)
    except (OSError, AttributeError):
        return False


def end_by_force_in(bound_s: float) -> None:
    """Have this process ended in any case once `bound_s` seconds are over, whatever it is doing then.

    Where the system has an alarm the kernel itself ends it, without asking this program; elsewhere a thread does.
    """
    if sys.platform == "win32":
        timer = threading.Timer(bound_s, end_by_force)
        timer.daemon = True
        timer.start()
        return
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, bound_s)


def end_by_force() -> None:
    """End this process now, without another step of its own."""
    if sys.platform != "win32":
        os.kill(os.getpid(), signal.SIGKILL)
    os._exit(1)


def own_command(folder: Path | None) -> tuple[str, list[str]]:
    """The program and arguments that start this program anew, for a frozen build as well as for a checkout."""
    arguments = ["--vault", str(folder)] if folder is not None else []
    if getattr(sys, "frozen", False):
        return sys.executable, arguments
    return sys.executable, ["-m", "app", *arguments]


def start_again(folder: Path | None, told: Mapping[str, str]) -> bool:
    """Start a fresh, locked process of this program, independent of this one. Returns whether it started.

    `told` are environment variables for it.
    """
    program, arguments = own_command(folder)
    process = QProcess()
    environment = QProcessEnvironment.systemEnvironment()
    for name in _OWN:
        environment.remove(name)
    for name, value in told.items():
        environment.insert(name, value)
    process.setProcessEnvironment(environment)
    process.setProgram(program)
    process.setArguments(arguments)
    if not getattr(sys, "frozen", False):
        process.setWorkingDirectory(str(Path(__file__).resolve().parents[3]))
    started: object = process.startDetached()  # a truth here; the type stubs tell of a pair
    return bool(started[0]) if isinstance(started, tuple) else bool(started)
