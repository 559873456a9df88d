"""A real vault of the size wanted, and what opening it costs before and after the derivation of the key."""

from __future__ import annotations

import statistics
import time
from pathlib import Path

from app import paths
from app.bench import workload
from app.bench.storage import EVENING
from app.data.vault_folder import VaultFolder
from app.domain import content as content_pack
from app.domain.content import Content
from app.domain.kinds.registry import Kinds
from app.services import vaults
from app.services.desk import Desk

PASSPHRASE = "measured kettle orchard seven slate"
_OPENINGS = 7


def shipped() -> Content:
    """The content pack."""
    return content_pack.load(paths.resources() / "content")


def filled(path: Path, content: Content, records: int) -> Desk:
    """A new vault with so many records, open."""
    desk = vaults.create_vault(path, "Bench", PASSPHRASE, content=content, now=lambda: EVENING, zone="UTC")
    for _ in workload.fill(desk.session.space, desk.session.person.id, records):
        pass
    return desk


def opening_ms(path: Path, content: Content) -> dict[str, float]:
    """Medians of several openings: the derivation, and from the derived key to the first screen's contents."""
    words = vaults.Words(content, Kinds(content))
    derived: list[float] = []
    after: list[float] = []
    for _ in range(_OPENINGS):
        start = time.perf_counter_ns()
        folder = VaultFolder.open(path)
        proven = folder.derive(PASSPHRASE)
        middle = time.perf_counter_ns()
        if proven is None:
            raise RuntimeError("nobody cancelled")
        desk = vaults.Door(folder.open_with(proven)).open_desk(words, lambda: EVENING, "UTC")
        desk.today.state(EVENING)
        end = time.perf_counter_ns()
        desk.close()
        derived.append((middle - start) / 1e6)
        after.append((end - middle) / 1e6)
    return {"kdf_ms": statistics.median(derived), "unlock_after_kdf_ms": statistics.median(after)}
