"""Sleep, screen lock and change of login, from a message bus of the test's own to a reason to lock; nothing outside."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, Queue
from typing import IO

import pytest

from app.ui.platform.watch_linux import buses, is_local, told_by

ROOT = Path(__file__).resolve().parents[3]
PATIENCE_S = 20

needs_bus = pytest.mark.skipif(not shutil.which("dbus-daemon"), reason="no message bus to start here")


@dataclass(frozen=True)
class Talk:
    """A process one talks to line by line."""

    process: subprocess.Popen[str]
    heard: Queue[str]

    def say(self, words: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(words + "\n")
        self.process.stdin.flush()

    def hear(self, patience_s: float = PATIENCE_S) -> str:
        try:
            return self.heard.get(timeout=patience_s)
        except Empty:
            return ""

    def until(self, words: str) -> None:
        while (line := self.hear()) != words:
            assert line, f"{words} was never said"


def _talk(module: str, env: dict[str, str], *before: str) -> Talk:
    process = subprocess.Popen(
        [*before, sys.executable, "-m", module],
        cwd=ROOT,
        env=env,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    heard: Queue[str] = Queue()
    assert process.stdout is not None
    threading.Thread(target=_read, args=(process.stdout, heard), daemon=True).start()
    return Talk(process, heard)


def _read(stream: IO[str], heard: Queue[str]) -> None:
    for line in stream:
        heard.put(line.rstrip("\n"))


@pytest.fixture
def bus(tmp_path: Path) -> Iterator[dict[str, str]]:
    """Surroundings whose two buses are one of our own."""
    daemon = subprocess.Popen(
        ["dbus-daemon", "--session", "--nofork", "--print-address", f"--address=unix:path={tmp_path / 'bus'}"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert daemon.stdout is not None
    address = daemon.stdout.readline().strip()
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("DBUS_", "XDG_SESSION"))}
    yield {**kept, "DBUS_SYSTEM_BUS_ADDRESS": address, "DBUS_SESSION_BUS_ADDRESS": address}
    daemon.terminate()
    daemon.wait()
    daemon.stdout.close()


@pytest.fixture
def logind(bus: dict[str, str]) -> Iterator[Talk]:
    made = _talk("tests.ui.platform.fake_logind", bus)
    made.until("ready")
    yield made
    _end(made)


def _end(talk: Talk) -> None:
    assert talk.process.stdin is not None
    talk.process.stdin.close()
    talk.process.wait(PATIENCE_S)
    assert talk.process.stdout is not None
    talk.process.stdout.close()


@needs_bus
def test_every_signal_that_matters_is_heard_and_no_other(bus: dict[str, str], logind: Talk, tmp_path: Path) -> None:
    log = tmp_path / "calls"
    strace = shutil.which("strace")
    traced = [strace, "-f", "-qq", "-e", "trace=socket,connect,bind,sendto", "-o", str(log)] if strace else []
    watching = _talk("tests.ui.platform.watching", bus, *traced)
    logind.until("asked GetSession")
    watching.until("watching")
    found: dict[str, str] = {}
    for word in ("sleep", "wake", "lock", "away", "back", "hint", "others", "light", "saver", "gnome"):
        logind.say(word)
        quiet = word in {"wake", "back", "others", "light"}
        found[word] = watching.hear(0.7 if quiet else PATIENCE_S)
    watching.say("enough")
    watching.until("loaded []")
    _end(watching)

    assert found == {
        "sleep": "sleep",
        "wake": "",
        "lock": "screen_lock",
        "away": "user_switch",
        "back": "",
        "hint": "screen_lock",
        "others": "",
        "light": "",
        "saver": "screen_lock",
        "gnome": "screen_lock",
    }
    if strace:
        calls = [line for line in log.read_text(encoding="utf-8", errors="replace").splitlines() if "(" in line]
        assert any("AF_UNIX" in line for line in calls), "the buses were really listened to"
        assert [line for line in calls if "AF_INET" in line or "AF_NETLINK" in line] == []


@needs_bus
def test_logind_is_asked_to_wait(bus: dict[str, str], logind: Talk) -> None:
    watching = _talk("tests.ui.platform.watching", bus)
    logind.until("asked Inhibit")
    watching.say("enough")
    _end(watching)


@pytest.mark.parametrize(
    ("address", "local"),
    [
        ("unix:path=/run/user/1000/bus", True),
        ("unix:abstract=/tmp/dbus-x,guid=1;unix:path=/y", True),
        ("tcp:host=example.org,port=1", False),
        ("unix:path=/x;tcp:host=example.org", False),
        ("nonce-tcp:host=h", False),
        ("autolaunch:", False),
        ("unixexec:path=/bin/sh", False),
        ("", False),
        (";", False),
    ],
)
def test_only_local_sockets_are_listened_to(address: str, local: bool) -> None:
    assert is_local(address) is local
    assert buses({"DBUS_SYSTEM_BUS_ADDRESS": address})[0] is (local if address else buses({})[0])
    assert buses({"DBUS_SESSION_BUS_ADDRESS": address})[1] is local


def test_without_an_address_the_login_bus_is_where_it_always_is(tmp_path: Path) -> None:
    assert not buses({"XDG_RUNTIME_DIR": str(tmp_path)})[1]
    (tmp_path / "bus").touch()
    assert buses({"XDG_RUNTIME_DIR": str(tmp_path)})[1]


def test_properties_of_a_login() -> None:
    assert told_by("LockedHint", True) == "screen_lock"
    assert told_by("Active", False) == "user_switch"
    assert told_by("LockedHint", False) == told_by("Active", True) == told_by("IdleHint", True) == ""
