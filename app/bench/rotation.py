"""Changing all keys beside a plain copy of the same file in the same run."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

from app.bench import keys
from app.domain.content import Content
from app.services import vaults
from app.services.desk import Desk
from app.services.local_time import system_now

_MEGA = 1_000_000
_NEXT = "another measured phrase of slate"
_DERIVATIONS = 3


def figures(vault: Path, folder: Path, content: Content) -> dict[str, float]:
    """`rotate_mb_s`: a copy of the vault gets new keys; copying, the checks of the new file and a new backup are in it.

    What a guess costs is meant to cost, whatever the size of the journal: the derivations on the way (the present
    passphrase, the new one, its proof) are `rotate_kdf_ms`, by the one timed just before and just after, and not in
    `rotate_mb_s`. `plain_copy_before_rotate_mb_s`: its file copied byte by byte and synced, just before.
    """
    copy = folder / "rotated"
    shutil.copytree(vault, copy)
    desk = vaults.unlock(copy, keys.PASSPHRASE, content=content, now=system_now, zone="UTC")
    try:
        desk.session.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        file = max((copy / "spaces").glob("*.db"), key=lambda path: path.stat().st_size)
        megabytes = file.stat().st_size / _MEGA
        plain_s = _plain_copy_s(file, folder / "plain-rotation-copy")
        before_s = _proof_s(desk, keys.PASSPHRASE)
        started = time.perf_counter()
        desk.keys.rotate(keys.PASSPHRASE, _NEXT)
        whole_s = time.perf_counter() - started
        kdf_s = _DERIVATIONS * (before_s + _proof_s(desk, _NEXT)) / 2
        rotate_s = max(whole_s - kdf_s, plain_s)
    finally:
        desk.close()
        shutil.rmtree(copy, ignore_errors=True)
    return {
        "rotate_kdf_ms": kdf_s * 1000,
        "rotate_mb_s": megabytes / rotate_s,
        "plain_copy_before_rotate_mb_s": megabytes / plain_s,
        "rotate_vs_plain_copy": rotate_s / plain_s,
    }


def _proof_s(desk: Desk, phrase: str) -> float:
    started = time.perf_counter()
    desk.keys.prove(phrase)
    return time.perf_counter() - started


def _plain_copy_s(source: Path, target: Path) -> float:
    started = time.perf_counter()
    shutil.copyfile(source, target)
    with target.open("rb+") as written:
        os.fsync(written.fileno())
    taken = time.perf_counter() - started
    target.unlink()
    return taken
