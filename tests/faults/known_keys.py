"""Vaults opened hundreds of times: the real open sequence, with each key derived from its passphrase only once."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from app.crypto.header import Header, parse
from app.crypto.kdf import KdfParams, derive_key, normalise
from app.crypto.keyslot import unwrap
from app.crypto.secret import Secret
from app.data.vault_folder import ProvenKey, VaultFolder
from app.data.vault_meta import is_id
from app.domain.errors import VaultError
from app.services.desk import Desk
from app.services.vaults import Door
from tests.fixtures.session import EVENING, ZONE
from tests.fixtures.vault import PASSPHRASE, words


@lru_cache(maxsize=256)
def _kek(phrase: str, salt: bytes, kdf: KdfParams) -> bytes:
    with normalise(phrase) as typed, derive_key(typed, salt, kdf) as kek:
        return bytes(kek.view())


def _master(header: Header, phrase: str) -> Secret | None:
    slot = header.passphrase_slots[0]
    assert slot.kdf is not None
    with Secret(bytearray(_kek(phrase, slot.salt, slot.kdf))) as kek:
        try:
            return unwrap(kek, slot, header.place)
        except VaultError:
            return None


def opened(root: Path, phrases: tuple[str, ...] = (PASSPHRASE,)) -> Desk:
    """Through the whole open sequence; one of the phrases opens."""
    folder = VaultFolder.open(root)
    (file,) = [path for path in (root / "people").glob("*.key") if is_id(path.stem)]
    header = parse(file.read_bytes())
    (master,) = [key for phrase in phrases if (key := _master(header, phrase)) is not None]
    vault = folder.open_with(ProvenKey(header, master, earlier=False))
    return Door(vault).open_desk(words(), lambda: EVENING, ZONE)
