"""A program that lives a busy life on one vault and writes down every file call it made. Started by tests; not a test.

    python -m tests.faults.power_loss_writer VAULT LOG SEED ACTS [--create]

The log is a list of `Call`; a call of kind "said" is what a person had been told by then, as JSON in `path`:
`{"note": id, "version": n}`, `{"removed": id}`, `{"draft": n}`, `{"trying": phrase}`, `{"phrase": phrase}`,
`{"made": true}`.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Callable
from pathlib import Path

import msgspec

from app.crypto.kdf import FLOOR
from app.data.vault_folder import VaultFolder
from app.domain.records import RecordId
from app.services import vaults
from app.services.desk import Desk
from tests.faults.file_calls import Call, Watch
from tests.fixtures.session import EVENING, ZONE
from tests.fixtures.vault import PASSPHRASE, made, words


class Life:
    """One vault, what happens to it, and what was said about it."""

    def __init__(self, root: Path, seed: int) -> None:
        """`seed` decides everything that happens."""
        self.log: list[Call] = []
        self._root = root
        self._chance = random.Random(seed)
        self._phrase = PASSPHRASE
        self._versions: dict[RecordId, int] = {}
        self._drafts = 0
        self._phrases = 0

    def watch(self, call: Call) -> None:
        """Write down one call; reads leave no trace on a disk."""
        if call.kind != "read":
            self.log.append(call)

    def say(self, **what: object) -> None:
        """Tell the person."""
        self.log.append(Call("said", json.dumps(what)))

    def create(self) -> None:
        """Make the vault."""
        made(self._root).close()
        self.say(made=True)

    def live(self, acts: int) -> None:
        """Do `acts` things, each by chance."""
        desk = self._open()
        often: dict[Callable[[Desk], None], int] = {self._add: 8, self._edit: 5, self._draft: 3}
        often |= {self._remove: 1, self._checkpoint: 2}
        for number in range(acts):
            self._chance.choices([*often], [*often.values()])[0](desk)
            if number % 25 == 24:
                desk.close()
                if number % 50 == 49:
                    self._change_passphrase()
                desk = self._open()
        desk.close()

    def _open(self) -> Desk:
        door = vaults.prove(self._root, self._phrase)
        assert door is not None
        return door.open_desk(words(), lambda: EVENING, ZONE)

    def _add(self, desk: Desk) -> None:
        record = desk.journal.add("note", {"title": "v 0", "body": "word " * self._chance.randint(1, 3000)})
        self._tell(record, 0)

    def _edit(self, desk: Desk) -> None:
        if not self._versions:
            return
        record = self._chance.choice(sorted(self._versions))
        version = self._versions[record] + 1
        desk.journal.edit(record, {"title": f"v {version}", "body": "other " * self._chance.randint(1, 3000)})
        self._tell(record, version)

    def _tell(self, record: RecordId, version: int) -> None:
        self._versions[record] = version
        self.say(note=record, version=version)

    def _remove(self, desk: Desk) -> None:
        if self._versions:
            record = self._chance.choice(sorted(self._versions))
            del self._versions[record]
            desk.journal.remove(record)
            self.say(removed=record)

    def _draft(self, desk: Desk) -> None:
        self._drafts += 1
        desk.drafts.keep("here", "note", {"title": str(self._drafts), "body": "typed " * 200})
        self.say(draft=self._drafts)

    def _checkpoint(self, desk: Desk) -> None:
        mode = self._chance.choice(("PASSIVE", "RESTART", "TRUNCATE"))
        desk.session.connection.execute(f"PRAGMA wal_checkpoint({mode})").fetchall()

    def _change_passphrase(self) -> None:
        self._phrases += 1
        new = f"quiet lantern number {self._phrases} by the ferry"
        self.say(trying=new)
        with VaultFolder.open(self._root).unlock(self._phrase) as vault:
            vault.change_passphrase(new, kdf=FLOOR)
        self._phrase = new
        self.say(phrase=new)


def main(root: Path, log: Path, seed: int, acts: int, *, create: bool) -> None:
    """Live, and write the log."""
    life = Life(root, seed)
    with Watch(root.parent if create else root, life.watch):
        if create:
            life.create()
        life.live(acts)
    log.write_bytes(msgspec.msgpack.encode(life.log))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]), create="--create" in sys.argv)
