#!/usr/bin/env python3
"""Run, test and check Leeward from a fresh checkout. Needs nothing but Python 3.11 or newer.

    python3 packaging/dev.py run [ARGS]            the program; ARGS go to `leeward`
    python3 packaging/dev.py test [--full] [ARGS]  the checks, then the whole suite; ARGS go to pytest
    python3 packaging/dev.py faults [ARGS]         the fault tests alone, with their table; ARGS go to pytest
    python3 packaging/dev.py check                 linters, types, layers, size budgets
    python3 packaging/dev.py bench [ARGS]          the performance table
    python3 packaging/dev.py lock [ARGS]           write packaging/requirements.txt again; ARGS go to uv
    python3 packaging/dev.py build                 a wheel in dist/

The first use makes `.venv` from the locked, hashed requirements; later uses start at once.
Only the standard library is used here, and syntax that an older Python can read far enough to be told it is too old.
"""

from __future__ import annotations

import ctypes
import hashlib
import importlib.util
import json
import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
LOCK = ROOT / "packaging" / "requirements.txt"
PROJECT = ROOT / "pyproject.toml"
STAMP = VENV / "leeward-stamp.json"
OLDEST_PYTHON = (3, 11)
INTERRUPTED = 130

# Shared libraries that Qt's wheels leave to the system, and the Debian package that holds each.
QT_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11.so.6": "libx11-6",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libglib-2.0.so.0": "libglib2.0-0",
}
# Needed only where a real X11 window is to open.
WINDOW_LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}


class RefusalError(Exception):
    """Something is missing that only the person at the terminal can provide. Its text says what to do."""


def main(arguments: list[str]) -> int:
    """Carry out one command and give back its exit code: 0 done, 1 a failure, 2 wrong use, 130 interrupted."""
    if sys.version_info < OLDEST_PYTHON:
        print(f"Leeward needs Python 3.11 or newer, and this one is {platform.python_version()}.", file=sys.stderr)
        return 2
    commands = {
        "run": run,
        "test": test,
        "faults": faults,
        "check": check,
        "bench": bench,
        "lock": lock,
        "build": build,
    }
    name = arguments[0] if arguments else ""
    if name not in commands:
        print(__doc__, file=sys.stdout if name in {"-h", "--help", "help"} else sys.stderr)
        return 0 if name in {"-h", "--help", "help"} else 2
    try:
        return commands[name](arguments[1:])
    except RefusalError as refusal:
        print(refusal, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return INTERRUPTED


# ------------------------------------------------------------------------------------------------- commands


def run(arguments: list[str]) -> int:
    """Start the program, or make pictures of every screen where there is no display to open a window on."""
    ready()
    if not arguments and not has_display():
        out = "leeward-tour"
        print(f"This machine has no display, so no window can open. Making pictures of every screen in {out}/ instead.")
        return leeward(["tour", "--out", out])
    return leeward(arguments)


def test(arguments: list[str]) -> int:
    """The checks and then the whole suite, both in any case, so that one run tells everything."""
    checked = check([])
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    print("\n== tests", flush=True)
    tested = python(["-m", "pytest", "-n", "2", "--dist", "loadgroup", *arguments])
    if checked:
        print("The checks above found something.", file=sys.stderr)
    return tested or checked


def faults(arguments: list[str]) -> int:
    """Kills, power cuts, full disks, damage: the fault tests and the table of what was tried and what passed.

    `test` prints the same table for everything, and there a number of the catalogue without a single line is a failure.
    """
    ready()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    return python(["-m", "pytest", "-n", "2", "--dist", "loadgroup", "tests/faults", *arguments])


def check(arguments: list[str]) -> int:
    """Every linter, each in any case; 1 if one of them found something. Arguments are not used."""
    if arguments:
        raise RefusalError("check takes no arguments.")
    ready()
    steps = {
        "lint": ["-m", "ruff", "check", "."],
        "format": ["-m", "ruff", "format", "--check", "."],
        "types": ["-m", "mypy"],
        "layers": ["-c", "from importlinter.cli import lint_imports_command as c; c()", "--no-cache"],
        "budgets": ["packaging/house.py"],
    }
    failed = []
    for title, command in steps.items():
        print(f"== {title}", flush=True)
        if python(command):
            failed.append(title)
    print(f"checks: {', '.join(failed)} need a look" if failed else "checks: all clean", flush=True)
    return 1 if failed else 0


def bench(arguments: list[str]) -> int:
    """The performance table of the program itself."""
    ready()
    return leeward(["bench", *arguments])


def lock(arguments: list[str]) -> int:
    """Resolve pyproject.toml for every supported system and write versions with their hashes, and no addresses.

    Needs uv, which is looked for beside this Python. `--upgrade` takes newer versions.
    """
    if shutil.which("uv"):
        uv = [shutil.which("uv") or "uv"]
    elif importlib.util.find_spec("uv"):
        uv = [sys.executable, "-m", "uv"]
    else:
        raise RefusalError("Locking needs uv. Install it with: python3 -m pip install uv")
    options = ["--group", "dev", "--universal", "--generate-hashes", "--python-version", "3.11"]
    options += ["--no-emit-index-url", "--no-emit-find-links", "--no-annotate", "--quiet"]
    options += ["--custom-compile-command", "python3 packaging/dev.py lock"]
    target = str(LOCK.relative_to(ROOT))
    return start([*uv, "pip", "compile", PROJECT.name, *options, "-o", target, *arguments])


def build(arguments: list[str]) -> int:
    """A wheel with the resources inside. Frozen programs for each system are not made yet."""
    if arguments:
        raise RefusalError("build takes no arguments.")
    ready()
    return pip(["wheel", "--no-build-isolation", "--no-deps", "--wheel-dir", "dist", "."])


# ---------------------------------------------------------------------------------------------- environment


def ready() -> None:
    """Make sure that the system libraries are there and that `.venv` holds exactly what the lock names.

    A stamp inside `.venv` tells what was installed. It is taken away before anything changes and written last, so an
    interrupted installation is never mistaken for a finished one. Raises RefusalError if something cannot be provided.
    """
    require_libraries()
    wanted = fingerprint()
    found = read_stamp()
    if found == wanted:
        return
    fresh = found is None or any(found[key] != wanted[key] for key in ("python", "place"))
    print("Preparing .venv: this takes a minute or two the first time.", flush=True)
    STAMP.unlink(missing_ok=True)
    if fresh:
        make_venv()
    install()
    write_stamp(wanted)


def fingerprint() -> dict[str, str]:
    """What the environment depends on: the interpreter, the lock, how the project is packaged, and where it lies."""
    digest = hashlib.sha256()
    for part in (LOCK, PROJECT):
        digest.update(part.read_bytes())
        digest.update(b"\0")
    interpreter = f"{platform.python_implementation()} {platform.python_version()} {platform.machine()}"
    return {"python": interpreter, "content": digest.hexdigest(), "place": str(ROOT)}


def read_stamp() -> dict[str, str] | None:
    """The stamp of a finished environment; None if there is none, it cannot be read, or its Python is gone."""
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    whole = isinstance(stamp, dict) and {"python", "content", "place"} <= stamp.keys()
    return stamp if whole and venv_python().exists() else None


def write_stamp(stamp: dict[str, str]) -> None:
    """Write through a sibling file, so that half a stamp cannot be left behind."""
    part = STAMP.with_suffix(".part")
    part.write_text(json.dumps(stamp), encoding="utf-8")
    part.replace(STAMP)


def make_venv() -> None:
    """A new, empty `.venv`, in place of whatever an earlier try left there."""
    if importlib.util.find_spec("ensurepip") is None:
        provide([f"python3.{sys.version_info.minor}-venv"], "Python's venv module")
    if start([sys.executable, "-m", "venv", "--clear", str(VENV)]):
        raise RefusalError("Python could not make a virtual environment in .venv. Is there room on the disk?")


def install() -> None:
    """The locked requirements, each held to its hash, and then the project itself in place."""
    if pip(["install", "--require-hashes", "--only-binary", ":all:", "-r", str(LOCK)]):
        raise RefusalError("The requirements could not be installed. Once this is solved, the same command goes on.")
    if pip(["install", "--no-build-isolation", "--no-deps", "--editable", "."]):
        raise RefusalError("The requirements are there, but the project itself could not be installed.")


def venv_python() -> Path:
    """The interpreter inside `.venv`."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


# ------------------------------------------------------------------------------------------ system libraries


def has_display() -> bool:
    """Whether a window can open. Only Linux tells; elsewhere there is always a desktop to ask."""
    chosen = os.environ.get("QT_QPA_PLATFORM")
    return not sys.platform.startswith("linux") or bool(
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY") or chosen
    )


def require_libraries() -> None:
    """On Linux, find the shared libraries Qt needs, and install or name the missing ones."""
    if not sys.platform.startswith("linux"):
        return
    wanted = dict(QT_LIBRARIES)
    if os.environ.get("DISPLAY") and not os.environ.get("QT_QPA_PLATFORM"):
        wanted |= WINDOW_LIBRARIES
    missing = [name for name in wanted if not loads(name)]
    if not missing:
        return
    provide([wanted[name] for name in missing], "system libraries that Qt needs")
    still = [name for name in missing if not loads(name)]
    if still:
        raise RefusalError(f"Qt still misses {', '.join(still)} after the installation.")


def loads(library: str) -> bool:
    """Whether the dynamic linker finds this library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def provide(packages: list[str], purpose: str) -> None:
    """Install Debian packages as root; otherwise refuse with the one command that does it."""
    command = ["apt-get", "install", "--yes", "--no-install-recommends", *packages]
    debian = shutil.which("apt-get") is not None
    if not debian:
        raise RefusalError(f"Some {purpose} are missing. Debian calls them: {' '.join(packages)}.")
    if os.geteuid() != 0:
        raise RefusalError(f"Some {purpose} are missing. Please type:\n\n    sudo {' '.join(command)}\n")
    print(f"Installing {purpose}: {' '.join(packages)}", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    start(["apt-get", "update", "--quiet=2"], environment)
    if start(command, environment):
        raise RefusalError(f"apt-get could not install {' '.join(packages)}.")


# --------------------------------------------------------------------------------------------------- starting


def leeward(arguments: list[str]) -> int:
    """The program, with the given arguments."""
    return python(["-m", "app", *arguments])


def pip(arguments: list[str]) -> int:
    """The environment's own pip, told to say little."""
    return python(["-m", "pip", "--disable-pip-version-check", "--quiet", *arguments])


def python(arguments: list[str]) -> int:
    """The environment's Python, started in the checkout."""
    return start([str(venv_python()), *arguments])


def start(command: list[str], environment: dict[str, str] | None = None) -> int:
    """Run a program to its end and give back its exit code; a signal n gives 128 + n, as a shell would."""
    try:
        code = subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
    except FileNotFoundError as missing:
        raise RefusalError(f"{Path(command[0]).name} was not found.") from missing
    return code if code >= 0 else 128 - code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
