"""What was typed survives a lock that cannot wait for the encrypted file: sealed to its own writer, without any key.

The public card is taken while the vault is open, from keys that were just proven. Read from disk at the moment of
locking it could be somebody else's by then.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from app.data.cards import Card, read_card
from app.data.inbox import seal_draft
from app.domain.errors import VaultError
from app.services.drafts import at_ms
from app.services.local_time import Now
from app.services.own_vault import OwnVault


@dataclass(frozen=True, slots=True)
class SealingUp:
    """Public keys, a folder and a zone: all that is needed, and nothing secret."""

    folder: Path
    card: Card
    zone: str

    def put_away(self, key: str, kind: str, answers: Mapping[str, object], now: Now) -> None:
        """Leave a draft in the inbox; it is offered again after the next unlock.

        Raises:
            VaultError: DISK_FULL, NO_PERMISSION, WRITE_FAILED.
        """
        seal_draft(self.folder, self.card, key, kind, dict(answers), at_ms(now()), self.zone)


def for_owner(vault: OwnVault | None, zone: str) -> SealingUp | None:
    """How this person's words are put away; None where the folder holds no card of theirs. Call it while open."""
    if vault is None:
        return None
    unlocked = vault.unlocked
    try:
        card = read_card(unlocked.layout, unlocked.person_file)
    except VaultError:
        return None
    return SealingUp(unlocked.root, card, zone) if card.identity == unlocked.identity.public else None
