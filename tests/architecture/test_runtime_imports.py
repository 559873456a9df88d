"""What is really in memory once the program's modules are loaded, libraries included.

Measured: of all libraries only matplotlib brings `socket` along (its base canvas uses a local socket pair to notice
signals), and typing-extensions touches `_socket` to look at one type. Nothing brings ssl, http, urllib.request or
asyncio.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

_NEVER = {"ssl", "_ssl", "http.client", "http.server", "urllib.request", "asyncio", "PySide6.QtNetwork"}
_PROBE = """
import importlib, json, sys
attempts = []
sys.addaudithook(lambda event, _: attempts.append(event) if event.startswith("socket.") else None)
for name in json.loads(sys.argv[1]):
    importlib.import_module(name)
print(json.dumps([sorted(sys.modules), attempts]))
"""


def _after_importing(names: list[str], root: Path) -> tuple[set[str], list[str]]:
    command = [sys.executable, "-W", "error", "-c", _PROBE, json.dumps(names)]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    loaded, attempts = json.loads(done.stdout)
    return set(loaded), attempts


def _names(modules: list, *prefixes: str) -> list[str]:
    return [m.name for m in modules if any(m.name == p or m.name.startswith(f"{p}.") for p in prefixes)]


def test_the_whole_program_loads_nothing_that_could_talk_to_a_network(modules: list, root: Path) -> None:
    everything = [module.name for module in modules if module.name != "app.__main__"]

    loaded, attempts = _after_importing(everything, root)

    assert loaded & _NEVER == set()
    assert attempts == []


def test_below_window_and_charts_not_even_sockets_are_loaded(modules: list, root: Path) -> None:
    names = _names(
        modules, "app.domain", "app.crypto", "app.data", "app.insights", "app.services", "app.cli", "app.logs"
    )

    loaded, _ = _after_importing(names, root)

    assert loaded & (_NEVER | {"socket"}) == set()
    # the slow libraries wait until somebody asks for a picture or a page
    waiting = {"matplotlib", "PySide6", "typst", "pikepdf", "PIL", "pypdfium2", "miniaudio", "scipy", "pandas"}
    assert loaded & waiting == set()


@pytest.mark.parametrize("name", sorted(_NEVER - {"_ssl", "PySide6.QtNetwork"}))
def test_the_probe_sees_what_it_looks_for(name: str, root: Path) -> None:
    loaded, _ = _after_importing([name], root)

    assert name in loaded & _NEVER


def test_the_probe_hears_a_socket_being_made(root: Path, tmp_path: Path) -> None:
    (tmp_path / "opens_one.py").write_text("import socket\nsocket.socket().close()\n", encoding="utf-8")

    _, attempts = _after_importing(["opens_one"], tmp_path)

    assert "socket.__new__" in attempts
