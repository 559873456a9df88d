"""The sample vault: a real one, with generated passphrases, filled with the invented months of Noa."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from app import paths
from app.crypto.kdf import DEFAULT, KdfParams
from app.domain.content import Content
from app.domain.records import Clock, RecordId, new_id
from app.services import sample, vaults
from app.services.local_time import Now
from app.services.session import Session

ZONE = "Europe/Paris"
PERSON = "noa"
_WORDS = 5


@dataclass(frozen=True, slots=True)
class Demo:
    """What was made: who opens it with what, and how much is in it."""

    passphrases: tuple[tuple[str, str], ...]
    records: int


def create(
    path: Path,
    *,
    content: Content,
    now: Now,
    months: int = sample.MONTHS,
    seed: int = 1,
    kdf: KdfParams = DEFAULT,
) -> Demo:
    """Make the sample vault; its diary ends today.

    The second person of the sample gets a part of their own when a vault can hold two; until then the journal speaks of
    them by name.

    Raises:
        VaultError: as `vaults.create_vault`: VAULT_EXISTS, NO_PERMISSION, DISK_FULL.
    """
    names = {person.id: person.name for person in sample.people(paths.resources())}
    partner = next(name for known, name in names.items() if known != PERSON)
    passphrase = sample_passphrase(seed)
    desk = vaults.create_vault(path, names[PERSON], passphrase, partner, content=content, now=now, zone=ZONE, kdf=kdf)
    try:
        written = fill(desk.session, now().date(), months)
    finally:
        desk.close()
    return Demo(((names[PERSON], passphrase),), written)


def sample_passphrase(seed: int) -> str:
    """Five words for invented entries, the same for the same seed: never a pattern for a real passphrase."""
    listed = (paths.resources() / "content" / "words-en.txt").read_text(encoding="utf-8").split()
    return " ".join(random.Random(seed).sample(listed, _WORDS))  # noqa: S311  # guards nothing but a sample


def fill(session: Session, today: dt.date, months: int = sample.MONTHS) -> int:
    """Write the sample's records as if each had been written at its time. Returns how many records stand."""
    found = sample.entries(paths.resources(), today, PERSON, months)
    ids = {entry.id: RecordId(new_id()) for entry in found}
    begun: set[str] = set()
    with session.space.change(session.person.id, zone=ZONE) as change:
        for entry in found:
            linked = {field: ids[str(entry.body[field])] for field in entry.links}
            body = session.kinds.parse(entry.kind, {**entry.body, **linked})
            clock = Clock(wall_ms=partial(int, entry.written_at.timestamp() * 1000))
            change.at(clock).put(entry.kind, body, record=ids[entry.id], arriving=entry.id not in begun)
            begun.add(entry.id)
    return len(begun)
