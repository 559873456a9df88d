"""A program in which both parts are open, looking on and on until it is killed. Started by test_both_open; not a test.

The log is on as for somebody who reports a fault, and every kind of refusal has happened before the looking begins.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path

from app import logs
from app.crypto.secret import Secret
from app.data.copying import untold
from app.data.vault_folder import ProvenKey
from app.domain.errors import VaultError
from app.domain.released import Stream
from tests.fixtures import two
from tests.fixtures.weeks import MONDAY, TODAY


def main(root: Path, first: two.Part, second: two.Part) -> None:
    """Say "open" once both are, then read whatever can be read, write what belongs to oneself, and make copies."""
    logs.install()
    desk = two.unlocked_desk(root, first)
    for wrong in ("not this one", "", "nor that one either"):
        with suppress(VaultError):
            desk.both.unlock(wrong)
    with suppress(VaultError):
        desk.both.look(1, TODAY)
    desk.both.open(ProvenKey(two.header_of(root, second.person_file), Secret(second.master), earlier=False))
    _say("open")
    turn = 0
    while True:
        turn += 1
        desk.both.look(MONDAY - 70, TODAY)
        desk.both.lines(MONDAY - 70, TODAY)
        desk.both.shared(("note",), 1, TODAY)
        desk.both.open_trigger(2)
        desk.streams.release(Stream.TRUST, turn)
        desk.journal.add("note", {"body": f"turn {turn}"})
        two.write(desk, f"for both {turn}")
        if turn % 20 == 0:
            desk.backups.making()(lambda: False, untold)
        _say(str(turn))


def _say(what: str) -> None:
    sys.stdout.write(f"{what}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(
        Path(sys.argv[1]),
        two.Part(sys.argv[2], bytes.fromhex(sys.argv[3])),
        two.Part(sys.argv[4], bytes.fromhex(sys.argv[5])),
    )
