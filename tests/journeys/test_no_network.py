"""The program works where there is no network at all, and has nothing in its memory that could open a socket."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from app import offline
from tests.journeys.cut_off import Run, traced

pytestmark = pytest.mark.xdist_group("offline")
"""One worker runs the whole program once for all of these."""

NEVER = {
    *("socket", "_socket", "ssl", "_ssl", "http", "http.client", "http.server", "urllib.request", "asyncio"),
    *("ftplib", "smtplib", "socketserver", "xmlrpc", "xmlrpc.client", "PySide6.QtNetwork", "PySide6.QtWebSockets"),
}
"""What can open a socket, or is of no use without one."""


def test_every_command_works_without_a_network(run: Run) -> None:
    if not run.cut_off:
        pytest.skip("this system does not let a process be cut off from its network")
    assert {name for name, status in run.told["statuses"].items() if status != 0} == set()
    assert len(run.told["statuses"]) >= 12
    devices = re.findall(r"^\s*([\w.-]+):", run.told["devices"], re.MULTILINE)
    assert devices == ["lo"]


def test_nothing_that_could_open_a_socket_is_loaded(run: Run) -> None:
    loaded = set(run.told["modules"])
    assert {"matplotlib.backend_bases", "matplotlib.backends.backend_qt", "PySide6.QtWidgets", "typst"} <= loaded
    assert loaded & NEVER == set()
    assert run.told["heard"] == []


def test_the_kernel_is_never_asked_for_a_socket_that_leads_outside(run: Run) -> None:
    if run.calls is None:
        pytest.skip("no strace, or tracing is not allowed here")
    outside = [line for line in run.calls.splitlines() if "(" in line and "AF_UNIX" not in line]
    assert outside == []


@pytest.mark.skipif(not shutil.which("strace"), reason="no strace here")
def test_the_watch_on_the_kernel_sees_a_socket(tmp_path: Path) -> None:
    log = tmp_path / "calls"
    watched = traced(log)
    if not watched:
        pytest.skip("tracing is not allowed here")
    script = "import socket\nsocket.socket(type=socket.SOCK_DGRAM).close()\n"
    subprocess.run([*watched, sys.executable, "-c", script], check=True)
    assert "AF_INET" in log.read_text(encoding="utf-8")


def test_a_stand_in_lies_there_only_while_a_library_is_imported(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("socket", "_socket"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    with offline.without_sockets():
        import socket

        assert isinstance(socket, offline.NoSockets)
        assert getattr(socket, "AF_INET", None) is None
        with pytest.raises(AttributeError, match="no socket"):
            socket.socketpair()
    assert "socket" not in sys.modules
    assert "_socket" not in sys.modules


def test_a_module_that_is_loaded_already_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    real = ModuleType("socket")
    monkeypatch.setitem(sys.modules, "socket", real)
    with offline.without_sockets():
        assert sys.modules["socket"] is real
    assert sys.modules["socket"] is real


def test_sockets_are_taken_away_also_after_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "socket", raising=False)
    with pytest.raises(ImportError), offline.without_sockets():
        raise ImportError
    assert "socket" not in sys.modules
