"""Locked again and again as processes: the one that held the keys is gone, and the fresh one knows nothing of it."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.ui.parting import BOUND_S
from tests.faults.table import Faults
from tests.fixtures import vault as vaults_made
from tests.fixtures.processes import Process, started_on

ROOT = Path(__file__).resolve().parents[2]
PHRASE = "vexillology under quiet ferries"
WORDS = "zwielichtmuster between us"
PATIENCE_S = 40.0

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks at processes and their memory by /proc")


def wait(until: Callable[[], object], patience_s: float = PATIENCE_S) -> None:
    end_s = time.monotonic() + patience_s
    while not until():
        assert time.monotonic() < end_s, "it did not happen"
        time.sleep(0.02)


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    made = tmp_path / "vault"
    vaults_made.made(made, "Noa", PHRASE).close()
    yield made
    for process in started_on(made):
        os.kill(process.pid, signal.SIGKILL)


@pytest.fixture
def surroundings(tmp_path: Path) -> dict[str, str]:
    for name in ("home", "tmp", "data", "config", "cache", "state", "runtime"):
        (tmp_path / name).mkdir(mode=0o700)
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "VIRTUAL_ENV") if name in os.environ}
    places = {f"XDG_{name.upper()}_HOME": str(tmp_path / name) for name in ("data", "config", "cache", "state")}
    return {
        **kept,
        **places,
        "HOME": str(tmp_path / "home"),
        "TMPDIR": str(tmp_path / "tmp"),
        "XDG_RUNTIME_DIR": str(tmp_path / "runtime"),
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONDONTWRITEBYTECODE": "1",
    }


def program(folder: Path, env: dict[str, str], pause_s: float, *before: str) -> subprocess.Popen[str]:
    made = subprocess.Popen(
        [*before, sys.executable, "-m", "tests.faults.lock_program", str(folder), str(pause_s)],
        cwd=ROOT,
        env=env,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert made.stdin is not None
    made.stdin.write(f"{PHRASE}\n{WORDS}\n")
    made.stdin.close()
    return made


def may_read_memory() -> bool:
    return os.geteuid() == 0


def lock_once(folder: Path, env: dict[str, str]) -> tuple[bool, str]:
    """One life from unlock to a fresh locked process; whether all held, and what did not."""
    with program(folder, env, 0.4) as first:
        assert first.stdout is not None
        open_one = Process(first.pid)
        said = json.loads(first.stdout.readline())
        known = open_one.holds(WORDS) if may_read_memory() else [WORDS]
        wait(lambda: not open_one.runs() or first.poll() is not None)
        status = first.wait(BOUND_S + 1)
    wait(lambda: started_on(folder))
    (fresh,) = started_on(folder)
    wait(lambda: fresh.hears(signal.SIGTERM))
    time.sleep(0.2)
    held = fresh.holds(PHRASE, WORDS, "vexillology", "zwielichtmuster") if may_read_memory() else []
    core = fresh.core_bytes()
    os.kill(fresh.pid, signal.SIGTERM)
    wait(lambda: not fresh.runs())
    checks = {
        "ended by itself": status == 0,
        "not dumpable": said["dumpable"] == 0 and said["core"] == [0, 0],
        "the words were there before": known == [WORDS],
        "nothing in the fresh one": held == [],
        "no core file of it": core == "0 0",
        "one process": not open_one.runs(),
    }
    return all(checks.values()), ", ".join(name for name, holds in checks.items() if not holds)


def test_every_lock_ends_the_one_and_tells_the_other_nothing(
    folder: Path, surroundings: dict[str, str], faults: Faults, request: pytest.FixtureRequest
) -> None:
    tried = 50 if request.config.getoption("--full") else 1
    missed = []
    for _ in range(tried):
        holds, what = lock_once(folder, surroundings)
        if not holds:
            missed.append(what)
    assert missed == []
    faults.report("F14", "locks: keys' process gone, nothing of it in the fresh one", tried, tried - len(missed))

    desk = vaults_made.opened(folder, PHRASE)
    assert [WORDS in str(draft.body) for draft in desk.drafts.all()] == [True]
    desk.close()


def _made_files(log: Path) -> set[str]:
    """Every path a file was made or renamed at."""
    found = set()
    for line in log.read_text(encoding="utf-8", errors="replace").splitlines():
        if "= -1" in line:
            continue
        names = re.findall(r'"((?:[^"\\]|\\.)*)"', line)
        if "O_CREAT" in line or re.search(r"\b(creat|mkdir|rename|link|symlink)\w*\(", line):
            found |= set(names)
    return found


@pytest.mark.skipif(not shutil.which("strace"), reason="no strace here")
def test_files_are_made_only_where_they_belong(
    folder: Path, surroundings: dict[str, str], faults: Faults, tmp_path: Path
) -> None:
    log = tmp_path / "calls"
    calls = "trace=openat,open,creat,mkdir,mkdirat,rename,renameat,renameat2,link,linkat,symlink,symlinkat"
    tried = subprocess.run(["strace", "-o", str(log), "true"], capture_output=True, check=False)
    if tried.returncode != 0:
        pytest.skip("tracing is not allowed here")
    with program(folder, surroundings, 0.4, "strace", "-f", "-qq", "-e", calls, "-o", str(log)) as first:
        wait(lambda: started_on(folder))
        (fresh,) = started_on(folder)[-1:]
        wait(lambda: fresh.hears(signal.SIGTERM))
        time.sleep(0.5)
        os.kill(fresh.pid, signal.SIGTERM)
        first.wait(PATIENCE_S)
    allowed = (str(folder), str(tmp_path / "cache"), str(tmp_path / "config"), "/dev/", "/proc/", "/memfd:")
    made = _made_files(log)
    outside = sorted(path for path in made if path.startswith("/") and not path.startswith(allowed))
    assert any(path.startswith(str(folder)) for path in made), "the watch saw the vault being written"
    faults.report("F14", "life traced: files made inside the vault and the caches only", 1, int(outside == []))


def test_the_kernel_ends_a_process_that_hangs() -> None:
    script = (
        "import time\n"
        "from app.ui.platform.process import end_by_force_in\n"
        "end_by_force_in(0.3)\n"
        "while True:\n"
        "    try:\n"
        "        time.sleep(60)\n"
        "    except BaseException:\n"
        "        pass\n"
    )
    begun = time.monotonic()
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=False, timeout=20)

    assert done.returncode == -signal.SIGALRM
    assert time.monotonic() - begun < PATIENCE_S / 4
