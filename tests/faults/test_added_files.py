"""Files that are added: mangled ones, a program that is killed on the way, the largest that is taken."""

from __future__ import annotations

import random
import struct
import subprocess
import sys
import time
from pathlib import Path

import pytest

from app.data import attachments, cipher
from app.domain.records import RecordId
from app.media.limits import MOST_BYTES
from tests.faults.adding_writer import content
from tests.faults.table import Faults
from tests.fixtures.session import new_space, reopened

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 20
"""Generous for 25 MiB on a slow disk; usually well below one."""
MOST_MEMORY = 8
"""How many times the file the program may grow by while it takes it in: it is read once, and decoded nowhere whole."""


def _fuzzed(first: int, last: int) -> dict[str, int]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.hostile_files", str(first), str(last)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=560,
    )
    lines = done.stdout.split("\n")
    assert done.returncode == 0, f"died at {lines[-1]!r}: {done.stderr[-2000:]}"
    said = [line.split()[1] for line in lines if line]
    assert len(said) == last - first
    return {what: said.count(what) for what in sorted(set(said))}


def test_mangled_files_are_refused_or_shown(faults: Faults) -> None:
    found = _fuzzed(0, 170)
    assert set(found) == {"refused", "shown"}
    assert min(found.values()) > 10
    faults.report("F6", f"mangled added files: {found}", tried=170, passed=sum(found.values()))


@pytest.mark.slow
def test_many_mangled_files_are_refused_or_shown(faults: Faults) -> None:
    found = _fuzzed(170, 5_500)
    faults.report("F6", f"mangled added files: {found}", tried=5_330, passed=sum(found.values()))


def _killed(path: Path, kills: int, seed: int) -> int:
    chance, acknowledged = random.Random(seed), 0
    new_space(path).close()
    for _ in range(kills):
        with subprocess.Popen(
            [sys.executable, "-m", "tests.faults.adding_writer", str(path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
        ) as writer:
            assert writer.stdout is not None
            assert writer.stdout.readline() == "ready\n"
            time.sleep(chance.uniform(0.0, 0.15))
            writer.kill()
            said = [line.split() for line in writer.stdout.read().split("\n")[:-1] if line]
        space = reopened(path)
        assert cipher.integrity(space.connection) == ()
        assert attachments.damaged(space.connection) == []
        for name, number in said:
            found = attachments.find(space.connection, RecordId(name))
            assert found is not None
            parts = b"".join(attachments.parts(space.connection, found.id, found.body))
            assert parts == b"".join(content(int(number)))
        acknowledged += len(said)
        assert space.verify().clean
        space.close()
    return acknowledged


@pytest.mark.fault("F1", "killed while adding a file", cases=4)
def test_killed_while_adding_it_is_whole_or_absent(tmp_path: Path) -> None:
    assert _killed(tmp_path / "s.db", 4, seed=3) > 0


@pytest.mark.slow
@pytest.mark.fault("F1", "killed while adding a file", cases=120)
def test_killed_a_hundred_times_while_adding_it_is_whole_or_absent(tmp_path: Path) -> None:
    assert sum(_killed(tmp_path / f"{part}.db", 30, seed=part) for part in range(4)) > 30


_LARGEST = """
import resource, sys, time
from pathlib import Path
from app.media.intake import from_file
from app.services.attachments import Attachments
from app.services.desk import Desk
from app.services.session import Session
from tests.fixtures.session import EVENING, ME, ZONE, new_space, shipped_content, shipped_kinds
from app.media import sounds
home = Path(sys.argv[1])
session = Session(ME, new_space(home / "s.db"), shipped_kinds(), shipped_content(), lambda: EVENING, ZONE)
desk = Desk(session, lambda: None)
record = desk.journal.add("note", {"body": "with a long recording"})
sounds._audio()
before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.perf_counter()
added = desk.attachments.add(record, from_file(home / "long.wav"))
took, read = time.perf_counter() - began, time.perf_counter()
size = sum(len(part) for part in desk.attachments.read(added))
print(took, time.perf_counter() - read, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024, size)
"""


def test_the_largest_file_is_added_in_little_time_and_memory(tmp_path: Path, faults: Faults) -> None:
    sound = random.Random(1).randbytes(MOST_BYTES - 44)
    form = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 1, 44_100, 88_200, 2, 16)
    head = struct.pack("<4sI4s", b"RIFF", MOST_BYTES - 8, b"WAVE") + form + struct.pack("<4sI", b"data", len(sound))
    (tmp_path / "long.wav").write_bytes(head + sound)
    done = subprocess.run(
        [sys.executable, "-c", _LARGEST, str(tmp_path)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    took_s, read_s, grown_mib, size = (float(part) for part in done.stdout.split())
    assert size == MOST_BYTES
    assert took_s < SECONDS
    assert grown_mib < MOST_MEMORY * (MOST_BYTES >> 20)
    name = f"25 MiB added in {took_s:.2f} s, read in {read_s:.2f} s, {grown_mib:.0f} MiB more memory"
    faults.report("F6", name, tried=1, passed=1)
