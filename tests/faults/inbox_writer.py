"""A process that leaves notes, or lets them join, until it is killed: `python inbox_writer.py drop|join FOLDER KEY`."""

from __future__ import annotations

import sys
from pathlib import Path

from app import paths
from app.crypto.header import parse
from app.crypto.secret import Secret
from app.data.vault_folder import ProvenKey, VaultFolder
from app.domain import content as content_pack
from app.domain.kinds.registry import Kinds
from app.services import inbox
from app.services.local_time import system_now
from app.services.vaults import Door, Words


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> None:
    """Say "ready" once everything is loaded, then each number once it is durable."""
    what, folder, key = sys.argv[1], Path(sys.argv[2]), sys.argv[3]
    content = content_pack.load(paths.resources() / "content")
    kinds = Kinds(content)
    if what == "drop":
        (card,) = inbox.cards_of(folder)
        _say("ready")
        for number in range(1_000_000):
            inbox.put_away(folder, card, kinds, "note", {"body": f"note {number}"}, system_now())
            _say(str(number))
    else:
        (header,) = (folder / "people").glob("*.key")
        proven = ProvenKey(parse(header.read_bytes()), Secret(bytes.fromhex(key)), earlier=False)
        door = Door(VaultFolder.open(folder).open_with(proven))
        inbox.BATCH = 5  # type: ignore[misc]  # more places to be killed at
        _say("ready")
        door.open_desk(Words(content, kinds), system_now, "UTC")
        _say("joined")


if __name__ == "__main__":
    main()
