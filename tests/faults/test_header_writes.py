"""Header writes that fail in the middle: a full disk, an unconfirmed sync, a killed process, an exchanged file."""

from __future__ import annotations

import errno
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.data.cipher import integrity, open_space, sorted_errors
from app.data.vault_folder import VaultFolder
from app.domain.errors import Code, VaultError
from tests.data.vaults import (
    CHEAP,
    NAME,
    PASSPHRASE,
    ROWS,
    copied,
    key_file,
    listing,
    opened_space,
    template,
    try_header,
    unlocked,
)

_PROJECT = Path(__file__).parents[2]
_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="small file systems are mounted this way on Linux only")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of one mebibyte."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m,mode=700", "tmpfs", str(place)], capture_output=True, check=False
    )
    if mounted.returncode != 0:
        pytest.skip("mounting is not allowed here")
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


def _fill_disk(place: Path, leave: int = 0) -> Path:
    filler = place / "filler"
    with filler.open("wb", buffering=0) as file, pytest.raises(OSError, match="space"):
        while True:
            file.write(bytes(4096))
    if leave:
        os.truncate(filler, filler.stat().st_size - leave)
    return filler


@pytest.mark.fault("F6", "disk full")
@_LINUX
@pytest.mark.parametrize("left", [0, 4096, 8192])
def test_a_full_disk_keeps_the_old_header_and_says_so(left: int, small_disk: Path) -> None:
    root = copied(small_disk / "v")
    with unlocked(root) as vault:
        filler = _fill_disk(small_disk, left)
        before = key_file(root).read_bytes()
        if left < 8192:
            with pytest.raises(VaultError) as refused:
                vault.remember_head(vault.space.id, b"h" * 32, seq=1)
            assert refused.value.code is Code.DISK_FULL
            assert key_file(root).read_bytes() == before
        assert not list((root / "people").glob("*.tmp"))
        filler.unlink()
        vault.remember_head(vault.space.id, b"h" * 32, seq=1)
    with unlocked(root) as vault:
        assert vault.space.head_seq == 1


@pytest.mark.fault("F6", "disk full")
@_LINUX
def test_a_full_disk_leaves_no_half_made_vault(small_disk: Path) -> None:
    for left in (0, 4096, 12288, 20480, 36864):
        filler = _fill_disk(small_disk, left)
        with pytest.raises(VaultError) as refused:
            VaultFolder.create(small_disk / "new" / "v", NAME, PASSPHRASE, kdf=CHEAP)
        assert refused.value.code is Code.DISK_FULL
        assert [path.name for path in small_disk.rglob("*")] == ["filler"]
        filler.unlink()
    VaultFolder.create(small_disk / "new" / "v", NAME, PASSPHRASE, kdf=CHEAP).close()


@pytest.mark.fault("F6", "disk full")
@_LINUX
def test_a_full_disk_loses_no_row_that_was_saved(small_disk: Path) -> None:
    root = copied(small_disk / "v")
    spare = small_disk / "spare"
    spare.write_bytes(bytes(450_000))
    connection = opened_space(root)
    saved = ROWS
    with pytest.raises(VaultError) as refused, sorted_errors():
        while True:
            connection.execute("INSERT INTO entry (words) VALUES (?)", ("more words " * 500,))
            saved += 1
    assert refused.value.code is Code.DISK_FULL
    assert saved > ROWS
    assert connection.execute("SELECT count(*) FROM entry").fetchone()[0] == saved
    connection.close()
    connection = opened_space(root)
    assert connection.execute("SELECT count(*) FROM entry").fetchone()[0] == saved
    assert [problem.check for problem in integrity(connection)] == ["checkpoint"], "a full disk is not damage"
    spare.unlink()
    assert integrity(connection) == ()
    assert connection.execute("SELECT count(*) FROM entry").fetchone()[0] == saved
    connection.close()


@pytest.mark.skipif(sys.platform == "win32", reason="limits are set differently there")
def test_a_disk_that_refuses_to_grow_a_file_is_a_failed_write(tmp_path: Path) -> None:
    """RLIMIT_FSIZE gives EFBIG, which stands for any error that is not "full"."""
    script = """
import resource, signal, sys
from pathlib import Path
from app.data.durable_files import replace_file
from app.domain.errors import VaultError
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    replace_file(Path(sys.argv[1]), bytes(4096))
except VaultError as error:
    print(error.code.value)
"""
    (tmp_path / "a.key").write_bytes(b"old")
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "a.key")],
        capture_output=True,
        text=True,
        cwd=_PROJECT,
        check=True,
    )
    assert done.stdout.strip() == Code.WRITE_FAILED.value
    assert listing(tmp_path) == {"a.key": b"old"}


@pytest.mark.fault("F6", "failing device: syncing a header")
@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="another call syncs there")
@pytest.mark.parametrize("failing", [1, 2, 3, 4])
def test_after_a_failed_sync_nothing_is_written_any_more(
    failing: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A failed sync says nothing about what is on the disk: going on could mix two states."""
    root = copied(tmp_path / "v")
    calls = 0
    real = os.fsync

    def fsync(descriptor: int) -> None:
        nonlocal calls
        calls += 1
        if calls == failing:
            raise OSError(errno.EIO, "input/output error")
        real(descriptor)

    with unlocked(root) as vault:
        monkeypatch.setattr(os, "fsync", fsync)
        with pytest.raises(VaultError) as refused:
            vault.remember_head(vault.space.id, b"h" * 32, seq=1)
        assert refused.value.code is Code.WRITE_FAILED
        monkeypatch.undo()
        after = listing(root)
        with pytest.raises(VaultError) as refused:
            vault.remember_head(vault.space.id, b"i" * 32, seq=2)
        assert refused.value.code is Code.WRITE_FAILED
        assert listing(root) == after
    assert calls >= failing
    with unlocked(root) as vault:
        assert vault.space.head_seq in {0, 1}


@pytest.mark.fault("F6", "failing device: changing a passphrase")
@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="another call syncs there")
@pytest.mark.parametrize("failing", [1, 2, 3])
def test_a_passphrase_change_that_is_refused_leaves_the_old_one_in_force(
    failing: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who is told that it failed goes on typing the old one; and the next save is not taken for a stranger's file."""
    root = copied(tmp_path / "v")
    calls = 0
    real = os.fsync

    def fsync(descriptor: int) -> None:
        nonlocal calls
        calls += 1
        if calls == failing:
            raise OSError(errno.ENOSPC, "no space left")
        real(descriptor)

    with unlocked(root) as vault:
        monkeypatch.setattr(os, "fsync", fsync)
        with pytest.raises(VaultError) as refused:
            vault.change_passphrase("another phrase, never in force", kdf=CHEAP)
        monkeypatch.undo()
        assert refused.value.code is Code.DISK_FULL
        try_header(key_file(root).read_bytes(), template().kek)
        vault.remember_head(vault.space.id, b"h" * 32, seq=1)
    for generation in (key_file(root), key_file(root).with_suffix(".key.old")):
        try_header(generation.read_bytes(), template().kek)


def test_the_keys_of_an_earlier_header_leave_memory(tmp_path: Path) -> None:
    with unlocked(copied(tmp_path / "v")) as vault:
        former = vault.space.key
        vault.remember_head(vault.space.id, b"h" * 32, seq=1)
        assert former.wiped
        assert not vault.space.key.wiped


@pytest.mark.fault("F7", "replaced under an open vault")
def test_an_exchanged_header_is_not_overwritten(tmp_path: Path) -> None:
    root = copied(tmp_path / "v")
    with unlocked(root) as vault:
        vault.remember_head(vault.space.id, b"1" * 32, seq=1)
        key_file(root).write_bytes(template().raw)  # what a sync program does with another computer's file
        before = listing(root)
        with pytest.raises(VaultError) as refused:
            vault.remember_head(vault.space.id, b"2" * 32, seq=2)
        assert refused.value.code is Code.REPLACED_WHILE_OPEN
        assert listing(root) == before


@pytest.mark.fault("F7", "replaced under an open vault")
@pytest.mark.skipif(sys.platform == "win32", reason="an open file cannot be removed there")
def test_without_its_lock_nothing_is_written(tmp_path: Path) -> None:
    root = copied(tmp_path / "v")
    with unlocked(root) as vault:
        (root / "lock").unlink()
        before = listing(root)
        with pytest.raises(VaultError) as refused:
            vault.remember_head(vault.space.id, b"2" * 32, seq=2)
        assert refused.value.code is Code.REPLACED_WHILE_OPEN
        assert listing(root) == before


@pytest.mark.fault("F7", "replaced under an open vault")
def test_a_header_that_vanished_is_written_again(tmp_path: Path) -> None:
    root = copied(tmp_path / "v")
    with unlocked(root) as vault:
        key_file(root).unlink()
        vault.remember_head(vault.space.id, b"2" * 32, seq=2)
    with unlocked(root) as vault:
        assert vault.space.head_seq == 2


@pytest.mark.fault("F7", "leavings of a crash")
def test_what_a_crash_left_is_taken_over(tmp_path: Path) -> None:
    root = copied(tmp_path / "v")
    for name in (key_file(root).name, key_file(root).name + ".old"):
        (root / "people" / (name + ".tmp")).write_bytes(b"half")
    with unlocked(root) as vault:
        vault.remember_head(vault.space.id, b"2" * 32, seq=2)
    assert not list((root / "people").glob("*.tmp"))


_WRITER = """
import sys
from pathlib import Path
from app.crypto.header import parse
from app.crypto.secret import Secret
from app.data.vault_folder import ProvenKey, VaultFolder
root, key = Path(sys.argv[1]), next((Path(sys.argv[1]) / "people").glob("*.key"))
master = Secret(bytes.fromhex(sys.stdin.readline()))
vault = VaultFolder.open(root).open_with(ProvenKey(parse(key.read_bytes()), master, earlier=False))
for seq in range(vault.space.head_seq + 1, 10**9):
    vault.remember_head(vault.space.id, seq.to_bytes(32, "big"), seq=seq)
    print(seq, flush=True)
"""


def _killed_runs(root: Path, runs: int) -> int:
    """Kill a writer again and again; return how many acknowledged writes there were."""
    chance = random.Random(7)
    acknowledged = 0
    for _ in range(runs):
        process = subprocess.Popen(
            [sys.executable, "-c", _WRITER, str(root)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=_PROJECT,
        )
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(bytes(template().master.view()).hex() + "\n")
        process.stdin.flush()
        assert process.stdout.readline().strip().isdigit()
        time.sleep(chance.uniform(0, 0.05))
        process.send_signal(signal.SIGKILL)
        rest, _ = process.communicate()
        said = [int(line) for line in rest.splitlines(keepends=True) if line.endswith("\n")]
        with unlocked(root) as vault:
            assert vault.space.head_seq >= max(said, default=acknowledged)
            assert int.from_bytes(vault.space.head, "big") == vault.space.head_seq
            acknowledged = vault.space.head_seq
        old = key_file(root).with_suffix(".key.old")
        try_header(old.read_bytes(), template().kek)
    return acknowledged


@pytest.mark.fault("F1", "killed while writing headers", cases=20)
@pytest.mark.skipif(sys.platform == "win32", reason="no such signal there")
def test_killed_while_writing_headers_loses_nothing_acknowledged(tmp_path: Path) -> None:
    assert _killed_runs(copied(tmp_path / "v"), 20) > 20


@pytest.mark.fault("F1", "killed while writing headers", cases=200)
@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="no such signal there")
def test_killed_while_writing_headers_loses_nothing_in_a_long_run(tmp_path: Path) -> None:
    assert _killed_runs(copied(tmp_path / "v"), 200) > 200


_CREATOR = """
import sys
from pathlib import Path
from app.crypto.kdf import FLOOR
from app.data.vault_folder import VaultFolder
print("go", flush=True)
VaultFolder.create(Path(sys.argv[1]), "Robin", "a quiet phrase", kdf=FLOOR).close()
"""


def _killed_creations(place: Path, runs: int) -> int:
    chance = random.Random(11)
    unfinished = 0
    for number in range(runs):
        root = place / str(number)
        process = subprocess.Popen(
            [sys.executable, "-c", _CREATOR, str(root)], stdout=subprocess.PIPE, text=True, cwd=_PROJECT
        )
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(chance.uniform(0, 0.3) if number else 0)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        if not (root / "vault.meta").exists():
            unfinished += 1
            with pytest.raises(VaultError) as refused:
                VaultFolder.open(root)
            assert refused.value.code is Code.NO_VAULT
            VaultFolder.create(root, NAME, "a quiet phrase", kdf=CHEAP).close()
        with VaultFolder.open(root).unlock("a quiet phrase") as vault:
            open_space(vault.space.path, vault.space.key, vault.space.salt).close()
    return unfinished


@pytest.mark.fault("F1", "killed while making a vault", cases=4)
@pytest.mark.skipif(sys.platform == "win32", reason="no such signal there")
def test_a_killed_creation_is_a_whole_vault_or_none(tmp_path: Path) -> None:
    assert _killed_creations(tmp_path, 4) >= 1


@pytest.mark.fault("F1", "killed while making a vault", cases=200)
@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="no such signal there")
def test_a_killed_creation_is_a_whole_vault_or_none_in_a_long_run(tmp_path: Path) -> None:
    assert _killed_creations(tmp_path, 200) >= 10
