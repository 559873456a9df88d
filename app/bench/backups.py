"""Backing up and checking, beside a plain copy of the same file in the same run; and what saving notices of it."""

from __future__ import annotations

import os
import shutil
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from app.bench import workload
from app.services.desk import Desk

_MEGA = 1_000_000
_SAVES_AT_MOST = 400


def figures(desk: Desk) -> dict[str, float]:
    """`backup_mb_s` and `verify_mb_s` of an open journal, `plain_copy_mb_s` of its file, and what saves take meanwhile.

    The figure of saving is taken while a copy is made on the same thread between its steps, so it holds what a save
    itself takes, and nothing of waiting for another thread.
    """
    assert desk.vault is not None  # noqa: S101  # the benchmark's own vault
    path = desk.vault.unlocked.space.path
    desk.session.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    megabytes = path.stat().st_size / _MEGA
    plain_s = _plain_copy_s(path)
    saves: list[float] = []
    kind, raw = workload.answers(workload.Words(7), 12, workload.LAST_DAY)

    def save(_part: float) -> None:
        if len(saves) < _SAVES_AT_MOST:
            saves.append(1000 * _timed(lambda: desk.journal.add(kind, raw)))

    backup_s = _timed(lambda: desk.backups.making()(lambda: False, lambda _part: None))
    desk.backups.making()(lambda: False, save)
    verify_s = _timed(lambda: desk.checking.checking()(lambda: False, lambda _part: None))
    return {
        "plain_copy_mb_s": megabytes / plain_s,
        "backup_mb_s": megabytes / backup_s,
        "verify_mb_s": megabytes / verify_s,
        "backup_vs_plain_copy": backup_s / plain_s,
        "verify_vs_plain_copy": verify_s / plain_s,
        "save_during_backup_ms_median": statistics.median(saves),
        "save_during_backup_ms_max": max(saves),
    }


def _plain_copy_s(path: Path) -> float:
    """Copying the file byte by byte, synced, as a file manager would at best."""
    target = path.with_name("plain-copy")
    started = time.perf_counter()
    shutil.copyfile(path, target)
    with target.open("rb+") as written:
        written.flush()
        os.fsync(written.fileno())
    taken = time.perf_counter() - started
    target.unlink()
    return taken


def _timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started
