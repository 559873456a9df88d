"""What opens a person's part, and how that changes while the keys of the data stay: proving, raising, recovery codes.

Changing the keys themselves is `app.data.rotation`.
"""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime
from typing import Final

import msgspec

from app.crypto.header import HEADER_BYTES, Contents, Header, open_contents
from app.crypto.kdf import SALT_BYTES, KdfParams, derive_key, normalise
from app.crypto.keyslot import KeySlot, SlotPlace, unwrap, wrap_for_recovery
from app.crypto.recovery import RecoveryCode
from app.crypto.secret import Secret
from app.data.cipher import remove_space
from app.data.durable_files import read_file
from app.data.unlocked import Unlocked, new_slot
from app.domain.errors import Code, VaultError

RAISED_LIMIT_S: Final = 4.0
"""A raised derivation that would take longer than this on this computer is left as it is."""


def fitting(phrase: Secret, header: Header) -> tuple[Secret, KeySlot, float] | None:
    """The master key behind a passphrase, the slot it opened, and the seconds its derivation took; None for no fit."""
    for slot in header.passphrase_slots:
        if slot.kdf is None:
            continue
        began = time.perf_counter()
        with derive_key(phrase, slot.salt, slot.kdf) as kek:
            took_s = time.perf_counter() - began
            try:
                return unwrap(kek, slot, header.place), slot, took_s
            except VaultError:
                continue
    return None


def raised(
    phrase: Secret, master: Secret, place: SlotPlace, *, policy: KdfParams, slot: KeySlot, took_s: float
) -> KeySlot | None:
    """The same key wrapped at the costs of `policy`, when those have grown above the slot's; else None.

    Never lowers memory, passes or lanes. `took_s` is what the slot's own derivation took here: when the dearer one
    would take longer than `RAISED_LIMIT_S`, nothing is raised, so that no slow computer is locked out of its journal.
    """
    known = slot.kdf
    if known is None:
        return None
    wanted = KdfParams(
        max(known.memory_kib, policy.memory_kib),
        max(known.iterations, policy.iterations),
        max(known.lanes, policy.lanes),
    )
    work = wanted.memory_kib * wanted.iterations / (known.memory_kib * known.iterations)
    if wanted == known or took_s * work > RAISED_LIMIT_S:
        return None
    return new_slot(phrase, master, place, wanted)


def take_raised(unlocked: Unlocked, slot: KeySlot, opened: Header) -> bool:
    """Put a raised slot in the place of the one that was opened. False when it could not be written: nothing is lost.

    `opened` is the header the slot was made from; when another program saved in between, its slots are left alone.
    """
    if unlocked.header.raw != opened.raw:
        return False
    others = unlocked.header.body.slots[1:]
    try:
        unlocked.install((slot, *others), _unchanged, proof=lambda written: _belongs(written, unlocked))
    except VaultError:
        return False
    return True


def prove_passphrase(unlocked: Unlocked, passphrase: str) -> None:
    """Unlock the header with a passphrase once more: for what only its owner may do. Slow (one derivation).

    Raises:
        VaultError: WRONG_PASSPHRASE, EMPTY_PASSPHRASE.
    """
    with normalise(passphrase) as phrase:
        found = fitting(phrase, unlocked.header)
    if found is None:
        raise VaultError(Code.WRONG_PASSPHRASE)
    with found[0] as master:
        if not unlocked.opened_by(master):
            raise VaultError(Code.WRONG_PASSPHRASE)


def set_recovery(unlocked: Unlocked, typed: RecoveryCode, *, now: datetime | None = None) -> None:
    """Make `typed`, the code as it was typed back, the one that opens this part; an earlier one ends with it.

    It is opened from the written bytes before it counts, and once more from the header that counts then.

    Raises:
        VaultError: as `Unlocked.install`; then the earlier code, if there was one, is still the one that opens.
    """
    salt, made_at = os.urandom(SALT_BYTES), (now or datetime.now(UTC)).astimezone(UTC)

    def wrapping(master: Secret, place: SlotPlace) -> KeySlot:
        with typed.key(salt, place) as kek:
            return wrap_for_recovery(kek, master, salt, typed.tag(place), place)

    def opens(written: Header) -> None:
        with open_with_code(written, typed) as master:
            open_contents(written, master)

    unlocked.install(
        (*unlocked.header.passphrase_slots, unlocked.wrapped(wrapping)),
        lambda known: msgspec.structs.replace(known, recovery_made_at=made_at),
        proof=opens,
        retired=ended_tags(unlocked.header),
    )
    opens(unlocked.header)


def drop_recovery(unlocked: Unlocked) -> None:
    """End the recovery code: from now on the passphrase is the only way in. Nothing happens when there is none.

    Raises:
        VaultError: as `Unlocked.install`.
    """
    if unlocked.header.recovery_slot is None:
        return
    unlocked.install(
        unlocked.header.passphrase_slots,
        lambda known: msgspec.structs.replace(known, recovery_made_at=None),
        proof=lambda written: _belongs(written, unlocked),
        retired=ended_tags(unlocked.header),
    )


def open_with_code(header: Header, code: RecoveryCode) -> Secret:
    """The master key behind a recovery code.

    Raises:
        VaultError: CODE_RETIRED for an earlier code of this person, CODE_ELSEWHERE for one of somebody or something
            else, DAMAGED_HEADER when the code's own slot does not open.
    """
    slot, tag = header.recovery_slot, code.tag(header.place)
    if slot is None or slot.tag != tag:
        raise VaultError(Code.CODE_RETIRED if tag in header.body.retired else Code.CODE_ELSEWHERE)
    with code.key(slot.salt, header.place) as kek:
        try:
            return unwrap(kek, slot, header.place)
        except VaultError:
            raise VaultError(Code.DAMAGED_HEADER, reason="recovery_slot") from None


def sweep(unlocked: Unlocked) -> None:
    """Remove the files a change of keys left behind, and forget their names. Called where the vault is opened.

    A file that this header still needs is never removed, whatever the list says; and nothing is when the header on disk
    is another one, which may need what this one does not.

    Raises:
        VaultError: as `Unlocked.change_header`.
    """
    contents = unlocked.contents
    if not contents.leftover or not _is_on_disk(unlocked):
        return
    needed = {contents.private.file_name, *(space.file_name for space in contents.shared)}
    for name in contents.leftover:
        if name not in needed:
            remove_space(unlocked.layout.space_file(name))
    unlocked.change_header(lambda known: msgspec.structs.replace(known, leftover=()))


def ended_tags(header: Header) -> tuple[str, ...]:
    """The tags of all codes that have ended once the present one ends too, oldest first."""
    slot = header.recovery_slot
    return header.body.retired if slot is None else (*header.body.retired, slot.tag)


def _unchanged(known: Contents) -> Contents:
    return known


def _belongs(written: Header, unlocked: Unlocked) -> None:
    """A header that was read back is this person's; that its key opens it was proven when it was read."""
    ids = (written.body.person_file, written.body.vault_id)
    if ids != (unlocked.header.body.person_file, unlocked.vault_id):
        raise VaultError(Code.DAMAGED_HEADER, reason="other_person")


def _is_on_disk(unlocked: Unlocked) -> bool:
    try:
        return (
            read_file(unlocked.layout.key_file(unlocked.header.body.person_file), HEADER_BYTES) == unlocked.header.raw
        )
    except VaultError:
        return False
