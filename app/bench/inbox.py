"""The sealed inbox: how fast what was left while locked joins, beside plain saves of the same notes in the same run."""

from __future__ import annotations

import datetime as dt
import time
from pathlib import Path

from app.bench import keys, workload
from app.bench.storage import EVENING
from app.data import inbox as parcels
from app.data.inbox import Parcel
from app.data.vault_folder import VaultFolder
from app.domain.content import Content
from app.domain.kinds.registry import Kinds
from app.domain.records import new_id
from app.services import inbox, vaults

PARCELS = 1_000
_WORDS = 20


def joining(folder: Path, content: Content) -> dict[str, float]:
    """Notes a second: joined from sealed files while a vault is opened, and saved in one transaction of the same size.

    Makes a vault of its own in `folder`, which must be new.
    """
    vaults.create_vault(folder, "Bench", keys.PASSPHRASE, content=content, now=lambda: EVENING, zone="UTC").close()
    (card,) = inbox.cards_of(folder)
    words = workload.Words(17)
    texts = [words.text(_WORDS) for _ in range(PARCELS)]
    at_ms = int((EVENING - dt.timedelta(days=1)).timestamp() * 1000)
    start = time.perf_counter()
    for number, text in enumerate(texts):
        parcels.drop(folder, card, Parcel(new_id(), inbox.NOTE, {"body": text}, at_ms + number, "UTC"))
    dropped_s = time.perf_counter() - start
    joined_s, saved_s = _joined_and_saved_s(folder, content, texts)
    return {
        "inbox_drop_per_s": PARCELS / dropped_s,
        "inbox_join_per_s": PARCELS / joined_s,
        "inbox_plain_save_per_s": PARCELS / saved_s,
    }


def _joined_and_saved_s(folder: Path, content: Content, texts: list[str]) -> tuple[float, float]:
    """Opening with everything waiting, then the same notes again as plain saves, batch by batch."""
    vault = VaultFolder.open(folder)
    proven = vault.derive(keys.PASSPHRASE)
    if proven is None:
        raise RuntimeError("nobody cancelled")
    words = vaults.Words(content, Kinds(content))
    door = vaults.Door(vault.open_with(proven))
    start = time.perf_counter()
    desk = door.open_desk(words, lambda: EVENING, "UTC")
    joined_s = time.perf_counter() - start
    try:
        if desk.inbox is None or len(desk.inbox.news().joined) != len(texts):
            raise RuntimeError("not everything joined")
        start = time.perf_counter()
        for first in range(0, len(texts), inbox.BATCH):
            with desk.session.change() as change:
                for text in texts[first : first + inbox.BATCH]:
                    change.put(inbox.NOTE, desk.journal.check(inbox.NOTE, {"body": text}))
        return joined_s, time.perf_counter() - start
    finally:
        desk.close()
