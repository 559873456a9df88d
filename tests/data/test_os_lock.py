from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from app.data.os_lock import OsLock, is_held
from app.domain.errors import Code, VaultError

_HOLD = """
import sys, time
from pathlib import Path
from app.data.os_lock import OsLock
lock = OsLock.acquire(Path(sys.argv[1]))
print("held", flush=True)
time.sleep(60)
"""


def _holder(path: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen([sys.executable, "-c", _HOLD, str(path)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def _refused(path: Path) -> Code:
    with pytest.raises(VaultError) as refused:
        OsLock.acquire(path)
    return refused.value.code


def test_a_second_holder_is_refused_until_the_first_lets_go(tmp_path: Path) -> None:
    first = OsLock.acquire(tmp_path / "lock")
    assert is_held(tmp_path / "lock")
    assert _refused(tmp_path / "lock") is Code.LOCKED_BY_ANOTHER
    first.release()
    first.release()
    assert not is_held(tmp_path / "lock")
    OsLock.acquire(tmp_path / "lock").release()


def test_another_process_holds_it_and_a_killed_one_leaves_nothing_to_clear(tmp_path: Path) -> None:
    process = _holder(tmp_path / "lock")
    try:
        assert _refused(tmp_path / "lock") is Code.LOCKED_BY_ANOTHER
        assert is_held(tmp_path / "lock")
    finally:
        process.send_signal(signal.SIGKILL if sys.platform != "win32" else signal.SIGTERM)
        process.communicate()
    assert (tmp_path / "lock").exists(), "the file stays, only the lock goes"
    OsLock.acquire(tmp_path / "lock").release()


def test_a_child_does_not_keep_the_lock_alive(tmp_path: Path) -> None:
    lock = OsLock.acquire(tmp_path / "lock")
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE, close_fds=False)
    lock.release()
    try:
        OsLock.acquire(tmp_path / "lock").release()
    finally:
        child.communicate(b"\n")


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_the_same_file_by_a_link_to_its_folder_is_the_same_lock(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    lock = OsLock.acquire(tmp_path / "real" / "lock")
    assert _refused(tmp_path / "link" / "lock") is Code.LOCKED_BY_ANOTHER
    lock.release()


@pytest.mark.skipif(sys.platform == "win32", reason="an open file cannot be removed there")
def test_a_lock_whose_file_was_exchanged_knows_it(tmp_path: Path) -> None:
    lock = OsLock.acquire(tmp_path / "lock")
    assert lock.current
    (tmp_path / "other").write_bytes(b"")
    (tmp_path / "other").replace(tmp_path / "lock")
    assert not lock.current
    (tmp_path / "lock").unlink()
    assert not lock.current
    lock.release()
    assert not lock.current


@pytest.mark.skipif(sys.platform == "win32", reason="modes mean something else there")
def test_the_file_is_the_owners_alone_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        OsLock.acquire(tmp_path / "lock").release()
    finally:
        os.umask(before)
    assert (tmp_path / "lock").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "lock").read_bytes() == b""


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_it_does_not_follow_a_link_or_open_a_folder(tmp_path: Path) -> None:
    (tmp_path / "target").write_bytes(b"")
    (tmp_path / "lock").symlink_to(tmp_path / "target")
    assert _refused(tmp_path / "lock") is Code.WRITE_FAILED
    (tmp_path / "folder").mkdir()
    assert _refused(tmp_path / "folder") is Code.WRITE_FAILED
    assert not is_held(tmp_path / "folder")


def test_asking_makes_nothing_and_never_waits(tmp_path: Path) -> None:
    begun = time.monotonic()
    assert not is_held(tmp_path / "lock")
    assert list(tmp_path.iterdir()) == []
    assert time.monotonic() - begun < 5
