"""A change of all keys as one way: the private copy, the copy of the space for two, the header, a new backup.

What the person sees is one line that only grows, and one point on it: up to `TURNED` it can be called off, after it the
new keys count and only the earlier backups are still to be replaced.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

from app.crypto.kdf import KdfParams
from app.data import backups, rotation
from app.data.backup_set import BackupKey
from app.data.cards import Card, read_card, repair_card, write_card
from app.data.former_keys import forget_former_sets
from app.data.unlocked import Unlocked
from app.domain.errors import Code, VaultError
from app.services import people
from app.services.backups import program
from app.services.session import Session

TURNED: Final = 0.7
"""Where on the way the new keys begin to count; from here on nothing can be called off."""

Progress = Callable[[float], None]


class Way:
    """How far a change of all keys is, 0 to 1: both copies by their size up to `TURNED`, then the backup."""

    def __init__(self, vault: Unlocked, progress: Progress) -> None:
        own, both = (sum(_size(key.path) for key in keys) for keys in ((vault.space,), vault.shared))
        self._first = own / max(own + both, 1)
        self._progress = progress

    def own(self, share: float) -> None:
        """The private file, as `rotation.rotate` tells it: at 1 the header has turned."""
        self._progress(TURNED * (share if share >= 1.0 else share * self._first))

    def both(self, share: float) -> None:
        """The file of the space for two."""
        self._progress(TURNED * (self._first + (1.0 - self._first) * min(share, 1.0)))

    def backup(self, share: float) -> None:
        """The new backup."""
        self._progress(TURNED + (1.0 - TURNED) * share)

    def end(self) -> None:
        """All of it."""
        self._progress(1.0)


def refuse_without_shared(session: Session, vault: Unlocked) -> None:
    """Keys are changed only while the space for two is open: there its member states what follows their former keys.

    Without that statement nobody could verify any more what this person wrote there. Leaving the space first is always
    possible, so that nobody can keep a person from new keys by damaging a file.

    Raises:
        VaultError: SHARED_CLOSED.
    """
    if vault.shared and session.shared is None:
        raise VaultError(Code.SHARED_CLOSED)


def turn(
    session: Session, vault: Unlocked, passphrase: str, kdf: KdfParams, way: Way, cancelled: Callable[[], bool]
) -> bool:
    """New keys for the private part and, in the same rename, for the space for two. False when it was called off.

    Raises:
        VaultError: as `rotation.rotate` and `renewal.prepare`.
    """
    alongside = None
    if session.shared is not None:
        alongside = people.renewal_alongside(session, vault, progress=way.both, cancelled=cancelled)
    card, former = _own_card(vault), vault.identity.public
    try:
        session.space = rotation.rotate(
            vault, session.space, passphrase, kdf=kdf, progress=way.own, cancelled=cancelled, alongside=alongside
        )
    except rotation.Cancelled:
        return False
    finally:
        people.open_for_two(session, vault)
    _renew_card(vault, card if card is not None and card.identity == former else None)
    return True


def renew_backups(session: Session, vault: Unlocked, former: BackupKey, way: Way) -> bool:
    """Replace the sets under the former keys by a new one. False when that failed: they are still there.

    They stay noted in the private file then, and the next copy that is made takes their place (`Backups.finishing`).
    """
    current = backups.key_of(vault)
    try:
        backups.rotate_backups(former, current, vault.layout, program(), progress=way.backup)
    except VaultError:
        return False
    finally:
        current.wipe()
    with suppress(VaultError):  # noticed at the next unlock
        forget_former_sets(session.connection)
    return True


def _size(path: Path) -> int:
    with suppress(OSError):
        return path.stat().st_size
    return 0


def _own_card(vault: Unlocked) -> Card | None:
    with suppress(VaultError):
        return read_card(vault.layout, vault.person_file)
    return None


def _renew_card(vault: Unlocked, known: Card | None) -> None:
    """Put the new public keys on the card, mark and label as they were. The next unlock does it where this fails."""
    own = (vault.vault_id, vault.person_file, vault.person_id, vault.identity)
    with suppress(VaultError):
        if known is None:
            repair_card(vault.layout, *own)
        else:
            write_card(vault.layout, *own, known.mark, known.label)
