"""What every test gets: a home of its own, a screenless Qt, and no leftovers from the test before."""

from __future__ import annotations

import gc
import os
import shutil
import sys
import tempfile
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest

if TYPE_CHECKING:
    from PySide6.QtCore import QThread, QTimer
    from PySide6.QtWidgets import QApplication

pytest_plugins = [
    "tests.fixtures.session",
    "tests.fixtures.derivations",
    "tests.fixtures.both",
    "tests.fixtures.outside",
    "tests.faults.table",
]

_HOME_VARIABLES = {
    "HOME": "home",
    "USERPROFILE": "home",
    "APPDATA": "roaming",
    "LOCALAPPDATA": "local",
    "XDG_DATA_HOME": "data",
    "XDG_CONFIG_HOME": "config",
    "XDG_CACHE_HOME": "cache",
    "XDG_STATE_HOME": "state",
    "XDG_RUNTIME_DIR": "runtime",
    "MPLCONFIGDIR": "matplotlib",
}
_QT_OWN_WINDOWS = {"QTipLabel", "QComboBoxPrivateContainer", "QShapedPixmapWidget"}


def _move_house() -> Path:
    """Point every folder a program may ask the system for into one that is taken away at the end."""
    home = Path(tempfile.mkdtemp(prefix="leeward-tests-"))
    for name, folder in _HOME_VARIABLES.items():
        place = home / folder
        place.mkdir(mode=0o700, exist_ok=True)
        os.environ[name] = str(place)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ.pop("LEEWARD_DEBUG", None)
    return home


_NETWORK_EVENTS = {"socket.connect", "socket.bind", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname"}
_reached_for: list[str] = []


def _listen(event: str, _: tuple[object, ...]) -> None:
    """The interpreter itself tells about every socket that is used, whichever library does it."""
    if event in _NETWORK_EVENTS:
        _reached_for.append(event)


sys.addaudithook(_listen)
_home = _move_house()  # at once: plugins below import the application before pytest_configure is called


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--full` adds the runs that take minutes."""
    parser.addoption("--full", action="store_true", help="also run tests marked slow: long fault and simulation runs")


def pytest_configure(config: pytest.Config) -> None:
    """Choose how long property tests may search."""
    full = bool(config.getoption("--full"))
    hypothesis.settings.register_profile(
        "house",
        deadline=None,  # the machine is shared; a slow moment is not a failure
        max_examples=500 if full else 25,
        database=None,
        suppress_health_check=[hypothesis.HealthCheck.too_slow],
    )
    hypothesis.settings.load_profile("house")


def pytest_unconfigure() -> None:
    """Take the temporary home away again."""
    shutil.rmtree(_home, ignore_errors=True)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave long runs out unless they were asked for."""
    if config.getoption("--full"):
        return
    skip = pytest.mark.skip(reason="long run; add --full")
    for item in items:
        if "slow" in item.keywords:
            item.add_marker(skip)


def pytest_make_parametrize_id(config: pytest.Config, val: object, argname: str) -> str | None:
    """A test is not named after a whole file or a long text: names travel between the processes of a run."""
    return f"{argname} of {len(val)}" if isinstance(val, bytes | str) and len(val) > 200 else None


@pytest.fixture(autouse=True)
def no_leftovers() -> Iterator[None]:
    """Fail a test that leaves a window open, a thread running or a timer ticking, or that reached for the network.

    Freezing sets aside every object that is older than the test, so that only its own are looked through afterwards:
    less than a millisecond instead of a quarter of a second.
    """
    windows = _windows()
    gc.freeze()
    try:
        yield
        _deliver_deletions()
        left = _still_working()
    finally:
        gc.unfreeze()
    if _reached_for:
        events = ", ".join(sorted(set(_reached_for)))
        _reached_for.clear()
        pytest.fail(f"reached for the network: {events}", pytrace=False)
    if left or _windows() - windows:
        gc.collect()
        _deliver_deletions()
        names = {name for name, alive in left if alive()} | {name for name, _ in _windows() - windows}
        left.clear()
        if names:
            pytest.fail("left behind: " + ", ".join(sorted(names)), pytrace=False)


def _application() -> QApplication | None:
    if "PySide6.QtWidgets" not in sys.modules:
        return None
    from PySide6.QtWidgets import QApplication

    app = QApplication.instance()
    return app if isinstance(app, QApplication) else None


def _deliver_deletions() -> None:
    """`deleteLater` waits for an event loop, and between tests none is running."""
    if _application() is not None:
        from PySide6.QtCore import QCoreApplication, QEvent

        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def _windows() -> set[tuple[str, int]]:
    """Every top-level window, as (name, address)."""
    app = _application()
    if app is None:
        return set()
    from shiboken6 import getCppPointer

    return {
        (f"window {type(widget).__name__}", getCppPointer(widget)[0])
        for widget in app.topLevelWidgets()
        if widget.metaObject().className() not in _QT_OWN_WINDOWS
    }


def _still_working() -> list[tuple[str, Callable[[], bool]]]:
    """Timers and threads made since the freeze that still work, each with a way to ask once more."""
    if "PySide6.QtCore" not in sys.modules:
        return []
    from PySide6.QtCore import QThread, QTimer
    from shiboken6 import isValid

    found: list[tuple[str, Callable[[], bool]]] = []
    for thing in gc.get_objects():
        kind = type(thing)
        if not issubclass(kind, QThread | QTimer) or not isValid(thing):
            continue
        busy = thing.isActive if isinstance(thing, QTimer) else thing.isRunning
        if busy() and thing is not QThread.currentThread():
            found.append((f"{'timer' if isinstance(thing, QTimer) else 'thread'} {kind.__name__}", _asks(thing)))
    return found


def _asks(thing: QTimer | QThread) -> Callable[[], bool]:
    """Ask without keeping the thing alive: one that only a reference cycle held is no leftover."""
    seen = weakref.ref(thing)

    def alive() -> bool:
        from shiboken6 import isValid

        known = seen()
        return known is not None and isValid(known)

    return alive
