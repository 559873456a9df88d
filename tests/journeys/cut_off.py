"""One run of the whole program: without a network where the system can arrange that, watched where it can be."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Run:
    """One run of the whole program: what it told, and what the kernel was asked."""

    told: dict[str, Any]
    calls: str | None
    cut_off: bool
    folder: Path


def _cut_off() -> list[str]:
    """How a process without any network is started here; an empty list where that is not allowed."""
    for flags in ("-n", "-rn"):
        if shutil.which("unshare") and _works("unshare", flags, "true"):
            return ["unshare", flags]
    return []


def traced(log: Path) -> list[str]:
    """How a process is watched here, at best stopped at these calls alone; an empty list where that is not allowed."""
    rest = ["-f", "-qq", "-e", "trace=socket,connect,bind,sendto", "-o", str(log)]
    ways = (["strace", "--seccomp-bpf", *rest], ["strace", *rest])
    return next((way for way in ways if shutil.which("strace") and _works(*way, "true")), [])


def _works(*command: str) -> bool:
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def house(folder: Path) -> dict[str, str]:
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


def run_whole(folder: Path) -> Run:
    """Every command and the tour of some screens, in a house of their own under `folder`."""
    log = folder.with_name(f"{folder.name}-calls")
    alone, watched = _cut_off(), traced(log)
    command = [*alone, *watched, sys.executable, "-m", "tests.journeys.whole_program", str(folder)]
    done = subprocess.run(command, cwd=ROOT, env=house(folder), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    calls = log.read_text(encoding="utf-8", errors="replace") if watched else None
    return Run(json.loads(done.stdout), calls, bool(alone), folder)
