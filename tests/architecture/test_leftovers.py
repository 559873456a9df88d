"""The guard in tests/conftest.py really fails a test that leaves something behind, and blames no innocent one."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

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
_INNOCENT = {
    "closed_by_qtbot": "widget = QWidget(); qtbot.addWidget(widget); widget.show()",
    "deleted_later": "widget = QWidget(); kept.append(widget); widget.deleteLater()",
    "gone_with_the_function": "label = QLabel(); timer = QTimer(); timer.start(100_000)",
    "only_a_cycle": "label = QLabel(); label.me = label",
    "stopped": "timer = QTimer(); timer.start(100_000); timer.stop(); kept.append(timer)",
    "finished": "thread = QThread(); thread.start(); thread.quit(); thread.wait(); kept.append(thread)",
}


def _run(root: Path, folder: Path, body: str) -> str:
    (folder / "test_sample.py").write_text(_PREAMBLE + body + _ENDING, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", str(folder), "-c", str(root / "pyproject.toml"), "-p", "tests.conftest"]
    command += ["-q", "-p", "no:randomly", "-p", "no:cacheprovider", "-p", "no:xdist"]
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False, env=inherited)
    return done.stdout + done.stderr


@pytest.mark.parametrize("blame", _GUILTY)
def test_what_is_left_behind_is_named(root: Path, tmp_path: Path, blame: str) -> None:
    said = _run(root, tmp_path, f"\ndef test_guilty(qtbot):\n    {_GUILTY[blame]}\n")

    assert f"left behind: {blame}" in said
    assert "2 passed, 1 error" in said


def test_a_look_towards_the_network_is_named(root: Path, tmp_path: Path) -> None:
    body = "\n\ndef test_guilty():\n    import socket\n    socket.socket(type=socket.SOCK_DGRAM).close()\n"
    body += "    with socket.socket() as one:\n        one.connect_ex(('127.0.0.1', 9))\n"

    said = _run(root, tmp_path, body)

    assert "reached for the network: socket.connect" in said
    assert "2 passed, 1 error" in said


def test_what_is_tidied_up_passes(root: Path, tmp_path: Path) -> None:
    body = "".join(f"\n\ndef test_{name}(qtbot):\n    {line}\n" for name, line in _INNOCENT.items())

    assert f"{len(_INNOCENT) + 1} passed in" in _run(root, tmp_path, body)
