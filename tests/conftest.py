"""What every test gets: a home of its own, a screenless Qt, and no leftovers from the test before."""

from __future__ import annotations

import gc
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

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
_house: dict[str, Path] = {}


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--full` adds the runs that take minutes."""
    parser.addoption("--full", action="store_true", help="also run tests marked slow: long fault and simulation runs")


def pytest_configure(config: pytest.Config) -> None:
    """Set the stage before any application module or Qt is imported."""
    home = Path(tempfile.mkdtemp(prefix="leeward-tests-"))
    _house["home"] = home
    for name, folder in _HOME_VARIABLES.items():
        place = home / folder
        place.mkdir(mode=0o700, exist_ok=True)
        os.environ[name] = str(place)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ.pop("LEEWARD_DEBUG", None)
    full = bool(config.getoption("--full"))
    hypothesis.settings.register_profile(
        "house",
        deadline=None,  # the machine is shared; a slow moment is not a failure
        max_examples=500 if full else 60,
        database=None,
        suppress_health_check=[hypothesis.HealthCheck.too_slow],
    )
    hypothesis.settings.load_profile("house")


def pytest_unconfigure() -> None:
    """Take the temporary home away again."""
    if home := _house.pop("home", None):
        shutil.rmtree(home, ignore_errors=True)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave long runs out unless they were asked for."""
    if config.getoption("--full"):
        return
    skip = pytest.mark.skip(reason="long run; add --full")
    for item in items:
        if "slow" in item.keywords:
            item.add_marker(skip)


@pytest.fixture(autouse=True)
def no_leftovers(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test that leaves a window open, a thread running or a timer ticking."""
    window_app = _application()
    if window_app is None and not {"qtbot", "qapp"} & set(request.fixturenames):
        yield
        if _application() is not None:
            _settle_and_compare(set())
        return
    before = _living()
    yield
    _settle_and_compare(before)


def _application() -> QApplication | None:
    if "PySide6.QtWidgets" not in sys.modules:
        return None
    from PySide6.QtWidgets import QApplication

    app = QApplication.instance()
    return app if isinstance(app, QApplication) else None


def _settle_and_compare(before: set[tuple[str, int]]) -> None:
    from PySide6.QtCore import QCoreApplication, QEvent

    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    left = _living() - before
    if left:
        gc.collect()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        left = _living() - before
    if left:
        pytest.fail("left behind: " + ", ".join(sorted({name for name, _ in left})), pytrace=False)


def _living() -> set[tuple[str, int]]:
    """Every top-level window, running thread and active timer, as (name, address)."""
    app = _application()
    if app is None:
        return set()
    from PySide6.QtCore import QThread, QTimer
    from shiboken6 import getCppPointer, isValid

    found = {
        (f"window {type(widget).__name__}", getCppPointer(widget)[0])
        for widget in app.topLevelWidgets()
        if widget.metaObject().className() not in _QT_OWN_WINDOWS
    }
    main_thread = app.thread()
    for thing in gc.get_objects():
        kind = type(thing)
        if not issubclass(kind, QThread | QTimer) or not isValid(thing):
            continue
        if isinstance(thing, QTimer) and thing.isActive():
            found.add((f"timer {kind.__name__}", id(thing)))
        elif isinstance(thing, QThread) and thing is not main_thread and thing.isRunning():
            found.add((f"thread {kind.__name__}", id(thing)))
    return found
