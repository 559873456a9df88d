"""Locking ends the process that held the keys and leaves a fresh one; a request to end closes the journal first."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.crypto.kdf import FLOOR
from app.services import vaults
from tests.fixtures.processes import started_on
from tests.fixtures.session import EVENING, ZONE, shipped_content

PHRASE = "amber kettle orchard seven"
ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 40.0

pytestmark = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks at processes by /proc")


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    folder = tmp_path / "vault"
    vaults.create_vault(
        folder, "Noa", PHRASE, "Jules", content=shipped_content(), now=lambda: EVENING, zone=ZONE, kdf=FLOOR
    ).close()
    return folder


@pytest.fixture
def surroundings(tmp_path: Path) -> dict[str, str]:
    home = tmp_path / "home"
    home.mkdir()
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "LEEWARD_"))}
    return {**kept, "QT_QPA_PLATFORM": "offscreen", "HOME": str(home), "XDG_RUNTIME_DIR": str(home)}


@pytest.fixture
def afterwards(vault: Path) -> Iterator[None]:
    """Whatever still runs on this vault is ended, by its own id."""
    yield
    for process in started_on(vault):
        os.kill(process.pid, signal.SIGKILL)


def _wait(until: Callable[[], object]) -> None:
    end_s = time.monotonic() + PATIENCE_S
    while not until():
        assert time.monotonic() < end_s, "it did not happen"
        time.sleep(0.05)


def _program(vault: Path, surroundings: dict[str, str], *more: str) -> subprocess.Popen[str]:
    made = subprocess.Popen(
        [sys.executable, "-m", "tests.journeys.locking_program", str(vault), *more],
        cwd=ROOT,
        env=surroundings,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert made.stdin is not None
    made.stdin.write(f"{PHRASE}\n")
    made.stdin.close()
    return made


def _opens(vault: Path) -> None:
    """The vault is whole, and nobody holds it."""
    vaults.unlock(vault, PHRASE, content=shipped_content(), now=lambda: EVENING, zone=ZONE).close()


@pytest.mark.usefixtures("afterwards")
def test_locking_ends_the_process_and_a_fresh_one_stands_locked(vault: Path, surroundings: dict[str, str]) -> None:
    with _program(vault, surroundings) as first:
        assert first.wait(PATIENCE_S) == 0
    _wait(lambda: started_on(vault))
    (fresh,) = started_on(vault)

    told = Path(f"/proc/{fresh.pid}/cmdline").read_bytes() + Path(f"/proc/{fresh.pid}/environ").read_bytes()
    assert b"LEEWARD_REASON=asked" in told
    assert not [word for word in (PHRASE, "amber", "Noa", "Jules") if word.encode() in told]
    _opens(vault)

    _wait(lambda: fresh.hears(signal.SIGTERM))
    os.kill(fresh.pid, signal.SIGTERM)
    _wait(lambda: not fresh.runs())


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_an_open_journal_closes_when_the_system_asks(
    vault: Path, surroundings: dict[str, str], number: signal.Signals
) -> None:
    with _program(vault, surroundings, "--stay") as open_one:
        assert open_one.stdout is not None
        assert open_one.stdout.readline() == "open\n"
        open_one.send_signal(number)
        assert open_one.wait(PATIENCE_S) == 0
    assert started_on(vault) == []
    _opens(vault)
