"""The program works where there is no network at all, and has nothing in its memory that could open a socket."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from app import offline

pytestmark = pytest.mark.xdist_group("offline")
"""One worker runs the whole program once for all of these."""

ROOT = Path(__file__).resolve().parents[2]
NEVER = {
    *("socket", "_socket", "ssl", "_ssl", "http", "http.client", "http.server", "urllib.request", "asyncio"),
    *("ftplib", "smtplib", "socketserver", "xmlrpc", "xmlrpc.client", "PySide6.QtNetwork", "PySide6.QtWebSockets"),
}
"""What can open a socket, or is of no use without one."""


@dataclass(frozen=True)
class Run:
    """One run of the whole program: what it told, and what the kernel was asked."""

    told: dict[str, Any]
    calls: str | None
    cut_off: bool


def _cut_off() -> list[str]:
    """How a process without any network is started here; an empty list where that is not allowed."""
    for flags in ("-n", "-rn"):
        if shutil.which("unshare") and _works("unshare", flags, "true"):
            return ["unshare", flags]
    return []


def _traced(log: Path) -> list[str]:
    """How a process is watched here, at best stopped at these calls alone; an empty list where that is not allowed."""
    rest = ["-f", "-qq", "-e", "trace=socket,connect,bind,sendto", "-o", str(log)]
    ways = (["strace", "--seccomp-bpf", *rest], ["strace", *rest])
    return next((way for way in ways if shutil.which("strace") and _works(*way, "true")), [])


def _works(*command: str) -> bool:
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def _house(folder: Path) -> dict[str, str]:
    """The surroundings of a person who is not there: every folder a program may ask for lies in `folder`."""
    for name in ("home", "tmp", "data", "config", "cache", "state", "runtime"):
        (folder / name).mkdir(mode=0o700, parents=True, exist_ok=True)
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL", "VIRTUAL_ENV") if name in os.environ}
    places = {f"XDG_{name.upper()}_HOME": str(folder / name) for name in ("data", "config", "cache", "state")}
    return {
        **kept,
        **places,
        "HOME": str(folder / "home"),
        "TMPDIR": str(folder / "tmp"),
        "XDG_RUNTIME_DIR": str(folder / "runtime"),
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONDONTWRITEBYTECODE": "1",
    }


@pytest.fixture(scope="session")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """The whole program, without network where the system can arrange that, watched where it can be watched."""
    folder = tmp_path_factory.mktemp("offline")
    log = folder / "calls"
    alone, watched = _cut_off(), _traced(log)
    command = [*alone, *watched, sys.executable, "-m", "tests.journeys.whole_program", str(folder)]
    done = subprocess.run(command, cwd=ROOT, env=_house(folder), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    calls = log.read_text(encoding="utf-8", errors="replace") if watched else None
    return Run(json.loads(done.stdout), calls, bool(alone))


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
    watched = _traced(log)
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
