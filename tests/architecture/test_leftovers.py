"""The guard in tests/conftest.py really fails a test that leaves something behind, and blames no innocent one."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.xdist_group("leftovers")  # one run is read by all of them
_PREAMBLE = """
from PySide6.QtCore import QThread, QTimer
from PySide6.QtWidgets import QLabel, QWidget

kept = []
"""
_ENDING = """

def test_at_the_end():
    for thing in kept:
        if isinstance(thing, QThread):
            thing.quit()
            thing.wait()
"""
_GUILTY = {
    "window QLabel": "kept.append(QLabel())",
    "timer QTimer": "timer = QTimer(); timer.start(100_000); kept.append(timer)",
    "thread QThread": "thread = QThread(); thread.start(); kept.append(thread)",
}
_NETWORK = """

def test_reaching_out():
    import socket
    socket.socket(type=socket.SOCK_DGRAM).close()
    with socket.socket() as one:
        one.connect_ex(("127.0.0.1", 9))
"""
_INNOCENT = {
    "closed_by_qtbot": "widget = QWidget(); qtbot.addWidget(widget); widget.show()",
    "deleted_later": "widget = QWidget(); kept.append(widget); widget.deleteLater()",
    "gone_with_the_function": "label = QLabel(); timer = QTimer(); timer.start(100_000)",
    "only_a_cycle": "label = QLabel(); label.me = label",
    "stopped": "timer = QTimer(); timer.start(100_000); timer.stop(); kept.append(timer)",
    "finished": "thread = QThread(); thread.start(); thread.quit(); thread.wait(); kept.append(thread)",
}


@pytest.fixture(scope="module")
def said(root: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """What one run says of the guilty and the innocent, in this order."""
    folder = tmp_path_factory.mktemp("guarded")
    guilty = {f"guilty_{blame.split()[0]}": line for blame, line in _GUILTY.items()}
    body = "".join(f"\n\ndef test_{name}(qtbot):\n    {line}\n" for name, line in (guilty | _INNOCENT).items())
    (folder / "test_sample.py").write_text(_PREAMBLE + body + _NETWORK + _ENDING, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", str(folder), "-c", str(root / "pyproject.toml"), "-p", "tests.conftest"]
    command += ["-q", "-p", "no:randomly", "-p", "no:cacheprovider", "-p", "no:xdist"]
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    inherited["COLUMNS"] = "400"
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False, env=inherited)
    return done.stdout + done.stderr


def _blamed(said: str, test: str) -> list[str]:
    """The guard's words about a test in the summary of the run."""
    return re.findall(rf"^ERROR \S+::{test} - Failed: (.*)$", said, re.MULTILINE)


@pytest.mark.parametrize("blame", _GUILTY)
def test_what_is_left_behind_is_named(said: str, blame: str) -> None:
    assert _blamed(said, f"test_guilty_{blame.split(maxsplit=1)[0]}") == [f"left behind: {blame}"]


def test_a_look_towards_the_network_is_named(said: str) -> None:
    assert _blamed(said, "test_reaching_out") == ["reached for the network: socket.connect"]


def test_nobody_else_is_blamed(said: str) -> None:
    assert f"{len(_GUILTY) + len(_INNOCENT) + 2} passed, {len(_GUILTY) + 1} errors in" in said
