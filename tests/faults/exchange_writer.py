"""Goes back to a copy and is killed at every step of exchanging the files. Started by test_exchange_kill; not a test.

The live file was left by a program that died: its newest entry stands in the log alone. Whatever the moment, the file
that is there afterwards must be the former one with that entry, or the copy; never the former one without its log.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from app.crypto.kdf import FLOOR
from app.data import backups, lost_header, restoring
from app.data.vault_layout import Layout
from app.domain.backing_up import Why
from app.domain.errors import Code, VaultError
from app.services import restoring as way_back
from app.services import vaults
from app.services.desk import Desk
from tests.faults.rotation_writer import OLD, die, hurry, quick
from tests.fixtures.session import EVENING, ZONE, shipped_content, shipped_kinds

COPIED, LATER = 6, 3


def opened(root: Path) -> Desk:
    """As a person opens it; an older copy on their word."""
    words = vaults.Words(shipped_content(), shipped_kinds())
    try:
        return vaults.unlock(root, OLD, content=words.content, now=lambda: EVENING, zone=ZONE)
    except VaultError as error:
        if error.code is not Code.OLDER_COPY:
            raise
    door = vaults.prove(root, OLD)
    assert door is not None
    return door.open_desk(words, lambda: EVENING, ZONE, accept_older=True)


def template(root: Path) -> None:
    """Entries, a copy of them, and later entries of which the file itself knows nothing yet."""
    desk = vaults.create_vault(root, "Noa", OLD, content=shipped_content(), now=lambda: EVENING, zone=ZONE, kdf=FLOOR)
    for number in range(COPIED):
        desk.journal.add("note", {"body": f"line {number}"})
    assert desk.vault is not None
    with backups.key_of(desk.vault.unlocked) as key:
        backups.make(Layout(root.resolve()), key, backups.Order(Why.ASKED, "0.0-test", EVENING))
    desk.close()
    child = os.fork()
    if child == 0:
        desk = opened(root)
        for number in range(LATER):
            desk.journal.add("note", {"body": f"later {number}"})
        die()
    os.waitpid(child, 0)
    (log,) = (root / "spaces").glob("*-wal")
    assert log.stat().st_size


def spoil(root: Path) -> None:
    """Damage the first page, so that the live file does not open."""
    (live,) = (root / "spaces").glob("*.db")
    raw = bytearray(live.read_bytes())
    raw[2000] ^= 1
    live.write_bytes(raw)
    (log,) = (root / "spaces").glob("*-wal")  # the log may hold that page too
    raw = bytearray(log.read_bytes())
    for place in range(60, len(raw), 512):
        raw[place] ^= 1
    log.write_bytes(raw)


class Steps:
    """Every call that changes the folder or reads the live file while files are exchanged; dies before number `at`."""

    def __init__(self, at: int) -> None:
        self._at, self.count = at, 0

    def watch(self) -> None:
        """Count from here on."""
        for owner, name in (
            (restoring, "open_space"),
            (restoring, "copy_closed"),
            (os, "link"),
            (Path, "unlink"),
            (Path, "replace"),
            (restoring, "sync_folder"),
            (restoring, "accept"),
        ):
            setattr(owner, name, self._counted(getattr(owner, name)))

    def _counted(self, step: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*given: Any, **named: Any) -> Any:
            if self.count == self._at:
                die()
            self.count += 1
            return step(*given, **named)

        return counted


def restore(root: Path, at: int) -> bool:
    """Go back in a child that dies at step `at`. True when it died."""
    child = os.fork()
    if child == 0:
        exchanging, steps = restoring.exchange, Steps(at)

        def watched(*given: Any) -> Any:
            steps.watch()
            return exchanging(*given)

        restoring.exchange = watched  # type: ignore[assignment]  # the same shape
        way_back.restore_here(root, OLD)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def look(root: Path) -> str:
    """ "old" or "new" when the live file is whole, else what is wrong."""
    desk = opened(root)
    try:
        clean, count = desk.checks.verify().clean, len(desk.journal.page().entries)
    finally:
        desk.close()
    found = {COPIED + LATER: "old", COPIED: "new"}.get(count, f"{count} entries")
    return found if clean else "not clean"


def look_spoiled(root: Path, before: dict[str, bytes]) -> str:
    """ "old" when the former file and its log still stand, byte by byte, under one name or the other; else "new"."""
    there = {path.name: path.read_bytes() for path in (root / "spaces").iterdir()}
    (name,) = (name for name in before if name.endswith(".db"))
    first = all(there.get(name + ending) == before[name + ending] for ending in ("", "-wal"))
    second = all(there.get(f"{name}-kept{ending}") == before[name + ending] for ending in ("", "-wal"))
    if not (first or second):
        return "the former pair is torn"
    if there[name] == before[name]:
        return "old"
    return look(root)


def main(folder: Path) -> None:
    """Print one JSON line a step: whether it was spoiled, the step, what was found."""
    hurry()
    setattr(lost_header, "derive_key", quick)  # noqa: B010  # a name it imports
    vaults.POLICY = FLOOR
    template(folder / "template")
    for spoiled in (False, True):
        killed, at = True, 0
        while killed:
            root = folder / f"{spoiled}-{at}"
            shutil.copytree(folder / "template", root)
            if spoiled:
                spoil(root)
            before = {path.name: path.read_bytes() for path in (root / "spaces").iterdir() if "shm" not in path.name}
            killed = restore(root, at)
            found = look_spoiled(root, before) if spoiled else look(root)
            print(json.dumps([spoiled, at, killed, found]), flush=True)  # noqa: T201  # read by the test
            shutil.rmtree(root)
            at += 1


if __name__ == "__main__":
    main(Path(sys.argv[1]))
