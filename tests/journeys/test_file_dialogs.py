"""Choosing a file leaves no trace: Qt's own dialog keeps a history of places, unless it is told not to."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MARK = "zwielichtmuster"


def test_no_place_that_was_chosen_is_remembered(tmp_path: Path) -> None:
    home, vault, chosen = tmp_path / "home", tmp_path / "vault", tmp_path / MARK
    for folder in (home, vault, chosen):
        folder.mkdir()
    (vault / "something").touch()
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "VIRTUAL_ENV") if name in os.environ}
    done = subprocess.run(
        [sys.executable, "-m", "tests.journeys.choosing_files", str(vault), str(chosen)],
        cwd=ROOT,
        env={**kept, "HOME": str(home), "QT_QPA_PLATFORM": "offscreen", "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["True", "True"], "never the system's dialog, which keeps recent places"
    files = [path for path in home.rglob("*") if path.is_file()]
    assert [path for path in files if path.name in {"QtProject.conf", "recently-used.xbel"}] == []
    assert [path for path in files if MARK.encode() in path.read_bytes()] == []
