"""A program that backs up, or goes back to a copy, over and over until it is killed. Run by test_backups.py.

`python -m tests.faults.backup_worker backup|restore VAULT`: says "ready", then one line for each round it finished.
"""

from __future__ import annotations

import sys
from pathlib import Path

from app.crypto.kdf import FLOOR
from app.data import backups, restoring
from app.data.backup_set import own_sets
from app.services import vaults
from tests.data.sets import order
from tests.fixtures import vault


def say(word: str) -> None:
    """One line to the test, at once."""
    sys.stdout.write(word + "\n")
    sys.stdout.flush()


def main(what: str, root: Path) -> None:
    """Work until killed."""
    say("ready")
    while True:
        desk = vault.opened(root)
        assert desk.vault is not None
        layout = backups.Layout(root.resolve())
        if what == "backup":
            desk.journal.add("note", {"body": "words that were acknowledged " * 20})
            say("noted")
            with backups.key_of(desk.vault.unlocked) as key:
                backups.make(layout, key, order())
                backups.thin(own_sets(backups.folder_of(layout), key))
        else:
            with backups.key_of(desk.vault.unlocked) as key:
                ready = restoring.prepare_set(
                    own_sets(backups.folder_of(layout), key)[0], key, layout, frozenset({key.contents.private.space_id})
                )
            assert ready is not None
            for kept in layout.spaces.glob("*-kept*"):
                kept.unlink()
            desk.backups.go_back(ready)
        desk.close()
        say("done")


if __name__ == "__main__":
    vaults.POLICY = FLOOR  # opening must not raise the costs of a vault made for a test
    main(sys.argv[1], Path(sys.argv[2]))
