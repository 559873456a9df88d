"""Changes all keys of a journal that has copies, and is killed after the new keys count. Started by test_ended_sets.

Each round copies one vault, lets a child change the keys and die at a chosen point, and opens what is left as a person
would: what was cut short must be known there, and done. The derivation is a quick one, as in `rotation_writer`.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sys
from pathlib import Path

from app.crypto.kdf import FLOOR
from app.data import backups
from app.data.backup_set import own_sets
from app.data.former_keys import former_sets
from app.data.vault_layout import Layout
from app.domain.backing_up import Why
from app.domain.errors import VaultError
from app.services import rotating, vaults
from app.services.desk import Desk
from tests.faults.rotation_writer import NEW, OLD, die, hurry
from tests.fixtures.session import EVENING, ZONE, shipped_content

POINTS = ("before the copy", "in the copy", "before the earlier go", "after the first went", "any moment")
COPIES, NOTES = 2, 12


def opened(root: Path, phrase: str) -> Desk:
    """As a person opens it."""
    return vaults.unlock(root, phrase, content=shipped_content(), now=lambda: EVENING, zone=ZONE)


def made(root: Path, desk: Desk) -> None:
    """One copy."""
    assert desk.vault is not None
    layout = Layout(root.resolve())
    with backups.key_of(desk.vault.unlocked) as key:
        backups.make(layout, key, backups.Order(Why.ASKED, "0.0-test", EVENING))


def template(root: Path) -> None:
    """A journal with some notes and copies of them."""
    desk = vaults.create_vault(root, "Noa", OLD, content=shipped_content(), now=lambda: EVENING, zone=ZONE, kdf=FLOOR)
    for number in range(NOTES):
        desk.journal.add("note", {"body": f"line {number} " + "words " * 300})
    for _ in range(COPIES):
        made(root, desk)
    desk.close()


def arm(point: str, chance: random.Random) -> None:
    """Set the trap."""
    removing = backups.remove_set

    def first(path: Path) -> None:
        removing(path)
        die()

    if point == "before the copy":
        rotating.renew_backups = die  # type: ignore[assignment]  # never returns
    elif point == "in the copy":
        backups._finish = die  # type: ignore[assignment]  # never returns
    elif point == "before the earlier go":
        backups.remove_sets = die  # type: ignore[assignment]  # never returns
    elif point == "after the first went":
        backups.remove_set = first  # type: ignore[assignment]  # the same shape
    else:
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, chance.uniform(0.005, 0.25))


def crash(root: Path, point: str, chance: random.Random) -> bool:
    """Change the keys in a child; True when it was killed, False when it was done before."""
    child = os.fork()
    if child == 0:
        desk = opened(root, OLD)
        arm(point, chance)
        desk.keys.rotate(OLD, NEW, kdf=FLOOR)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def look(root: Path) -> str:
    """ "old" or "new" when everything is as it must be under that phrase; else what is wrong."""
    try:
        desk, phrase = opened(root, NEW), NEW
    except VaultError:
        desk, phrase = opened(root, OLD), OLD
    try:
        return _looked(root, desk, phrase)
    finally:
        desk.close()


def _looked(root: Path, desk: Desk, phrase: str) -> str:
    assert desk.vault is not None
    layout = Layout(root.resolve())
    work = desk.backups.finishing()
    if phrase == OLD and work is not None:
        return "finishes what did not happen"
    if work is not None and work(lambda: False, lambda _part: None) is None:
        return "could not be finished"
    if desk.backups.finishing() is not None or former_sets(desk.session.connection):
        return "is not done with it"
    with backups.key_of(desk.vault.unlocked) as key:
        sets = own_sets(backups.folder_of(layout), key)
    if not sets or not all(one.good for one in sets):
        return "a copy opens with the former keys"
    if phrase == OLD and len(sets) != COPIES:
        return "a copy went too early"
    if len(desk.journal.page().entries) != NOTES or not desk.checks.verify().clean:
        return "words are missing"
    return "new" if phrase == NEW else "old"


def main(folder: Path, rounds: int, seed: int) -> None:
    """Print one JSON line a round: the point, whether it was killed, what was found."""
    hurry()
    vaults.POLICY = FLOOR
    chance = random.Random(seed)
    template(folder / "template")
    for number in range(rounds):
        for point in POINTS:
            root = folder / f"round-{number}"
            shutil.copytree(folder / "template", root)
            killed = crash(root, point, chance)
            print(json.dumps([point, killed, look(root)]), flush=True)  # noqa: T201  # read by the test
            shutil.rmtree(root)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
