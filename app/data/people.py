"""Two people in one vault: how a second part comes into being, how keys are put away for the other, how one leaves.

Every step is a whole file or a whole header, in an order in which a crash leaves the state before or the state after;
what is still to be done is noted in the shared space (`awaited`) and done again at the next unlock.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

import msgspec

from app.crypto.header import FORMAT, Contents, PersonPin, SpaceRecord, compose
from app.crypto.identity import Identity
from app.crypto.kdf import DEFAULT, KdfParams, check_policy, normalise
from app.crypto.keyslot import SlotPlace
from app.crypto.secret import Secret
from app.data import keeping, offers
from app.data.cards import MARKS, read_cards, write_card
from app.data.cipher import Hook
from app.data.connection import Connection
from app.data.durable_files import create_file, sync_folder
from app.data.os_lock import OsLock
from app.data.parts import Prepare, first_contents, make_space, new_record
from app.data.shared_space import PINS_LIMIT, identity_of, open_shared, other_of, record_of
from app.data.signatures import KeyChange, key_changes, leading_to
from app.data.space import Space, SpaceMeta
from app.data.unlocked import Unlocked, checked_name, new_slot, refuse_name_as_passphrase
from app.data.vault_folder import VaultFolder
from app.data.vault_layout import Layout
from app.data.vault_meta import is_id, random_id
from app.domain.errors import Code, VaultError
from app.domain.kinds.registry import Kinds
from app.domain.records import SpaceId, new_id

PEOPLE_LIMIT: Final = 2
_AWAITED: Final = "offer.awaited"
_RETIRES: Final = "offer.retires"
_LEFT: Final = "shared.left"


def add_person(path: Path, name: str, passphrase: str, kinds: Kinds, *, kdf: KdfParams = DEFAULT) -> str:
    """Make a part of their own for a second person in a vault that nobody has open. Slow (one derivation).

    Nobody's existing key is needed, and the two share nothing: pairing is `welcome`. Returns the new person file.

    Raises:
        VaultError: PLACE_FOR_TWO, LOCKED_BY_ANOTHER; as `VaultFolder.open` and `VaultFolder.create`.
        RecordError: INVALID_RECORD for a name that cannot be used.
    """
    folder = VaultFolder.open(path)
    layout = Layout(folder.root)
    lock = OsLock.acquire(layout.lock)
    try:
        refuse_third(layout)
        part = _NewPart(layout, folder.vault_id, name, passphrase, kdf)
        try:
            part.make_files(kinds, None)
            part.let_in()
        finally:
            part.wipe()
    finally:
        lock.release()
    return part.place.person_file


def welcome(
    unlocked: Unlocked, kinds: Kinds, name: str, passphrase: str, *, kdf: KdfParams = DEFAULT, greet: Hook | None = None
) -> PersonPin:
    """Make a part for the person who sits down now and types their own passphrase, and a space for both. Slow.

    Both headers pin the other's keys. The shared space's key waits for the new person in an offer. `greet` may write
    first settings into their private file. Nothing tells whether the two chose the same passphrase.

    Raises:
        VaultError: PLACE_FOR_TWO, EMPTY_PASSPHRASE, NAME_IS_PASSPHRASE, DISK_FULL, NO_PERMISSION, WRITE_FAILED. Nobody
            was added then; a shared space without entries may be left, and is used when this is done again.
        RecordError: INVALID_RECORD for a name that cannot be used.
    """
    layout = unlocked.layout
    refuse_third(layout)
    _clear_ghosts(layout)
    known = unlocked.contents
    own = PersonPin(unlocked.person_id, unlocked.person_file, *_public_bytes(unlocked.identity))
    heard = _heard(unlocked, kinds)
    part = _NewPart(layout, unlocked.vault_id, name, passphrase, kdf, others=(*heard, own))
    try:
        record = record_of(known)
        if record is None:
            record = new_record(new_id())
            make_space(layout, record, unlocked.vault_id, _shared_schema(kinds, part.place.person_file))
        else:
            with_shared(unlocked, kinds, lambda space: await_person(space.connection, part.place.person_file))
        part.make_files(kinds, greet)
        offer_to(unlocked, part.pin, record, changes=())
        unlocked.change_header(lambda now: msgspec.structs.replace(now, others=(*heard, part.pin), shared=(record,)))
        part.let_in()
    finally:
        part.wipe()
    return part.pin


def invite(unlocked: Unlocked, private: Connection, kinds: Kinds) -> None:
    """Put the key of the shared space away once more for the person this one is paired with; they decide.

    Somebody who is in no shared space begins a new one with it.

    Raises:
        VaultError: UNKNOWN_PERSON when nobody is pinned; as `welcome`.
    """
    pin = other_of(unlocked.contents)
    if pin is None or pin.person_file not in unlocked.layout.person_files():
        raise VaultError(Code.UNKNOWN_PERSON)
    record = record_of(unlocked.contents)
    if record is None:
        record = new_record(new_id())
        make_space(unlocked.layout, record, unlocked.vault_id, _shared_schema(kinds, pin.person_file))
        begun = record
        unlocked.change_header(lambda now: msgspec.structs.replace(now, shared=(begun,)))
    else:
        with_shared(unlocked, kinds, lambda space: await_person(space.connection, pin.person_file))
    offer_to(unlocked, pin, record, changes=own_changes(unlocked, private))


def leave(unlocked: Unlocked, private: Connection) -> None:
    """Leave the shared space, alone and without a word to anyone: this header forgets its key.

    The file stays as it is for the other person. What had been noted here about leaving is finished at the next unlock
    when this is cut short.

    Raises:
        VaultError: NO_SHARED_SPACE; as `Unlocked.change_header`.
    """
    record = record_of(unlocked.contents)
    if record is None:
        raise VaultError(Code.NO_SHARED_SPACE)
    note_left(private, record.space_id)
    unlocked.change_header(lambda now: msgspec.structs.replace(now, shared=()))


def finish_leaving(unlocked: Unlocked, private: Connection) -> None:
    """Do the second half of `leave` when only the first was done."""
    record = record_of(unlocked.contents)
    if record is not None and record.space_id in spaces_left(private):
        unlocked.change_header(lambda now: msgspec.structs.replace(now, shared=()))


def spaces_left(private: Connection) -> frozenset[str]:
    """The shared spaces this person has left: an offer that is put back does not bring them in again."""
    return frozenset((keeping.setting(private, _LEFT) or "").split())


def note_left(private: Connection, space_id: str, *, left: bool = True) -> None:
    """Note that a space was left, or that its invitation was taken up again."""
    known = spaces_left(private) - {space_id}
    keeping.set_setting(private, _LEFT, " ".join(sorted(known | {space_id} if left else known)))


def await_person(shared: Connection, person_file: str, retires: tuple[str, ...] = ()) -> None:
    """Note in a shared file for whom its key has been put away, and which earlier files go once they have it."""
    keeping.set_setting(shared, _RETIRES, " ".join(retires))
    keeping.set_setting(shared, _AWAITED, person_file)


def awaited(shared: Connection) -> tuple[str, tuple[str, ...]]:
    """The person file whose acceptance is still out ("" for nobody), and the files that go with it."""
    names = (keeping.setting(shared, _RETIRES) or "").split()
    return keeping.setting(shared, _AWAITED) or "", tuple(name for name in names if is_id(name.removesuffix(".db")))


def offer_to(
    unlocked: Unlocked,
    pin: PersonPin,
    record: SpaceRecord,
    *,
    changes: tuple[KeyChange, ...],
    retires: tuple[str, ...] = (),
) -> Path:
    """Seal a space's key to a pinned person and put it into the vault; earlier offers to them go away after that.

    Raises:
        VaultError: DISK_FULL, NO_PERMISSION, WRITE_FAILED.
    """
    offer = offers.make_offer(
        unlocked.vault_id,
        unlocked.person_file,
        pin.person_file,
        record,
        signer=unlocked.identity,
        recipient=identity_of(pin),
        changes=changes,
        retires=retires,
    )
    earlier = [path for path, known in offers.find_offers(unlocked.layout).offers if _same_way(known, offer)]
    written = offers.write_offer(unlocked.layout, offer)
    for path in earlier:
        offers.remove_offer(path)
    return written


def settle(unlocked: Unlocked, private: Connection, shared: Space) -> None:
    """See that what was begun gets done: the offer somebody is awaited for is there, whole and of today's keys.

    Raises:
        VaultError: as `offer_to`.
    """
    person_file, retires = awaited(shared.connection)
    pin, record = other_of(unlocked.contents), record_of(unlocked.contents)
    if pin is None or record is None or pin.person_file != person_file:
        return
    if person_file not in unlocked.layout.person_files():
        return
    found = offers.find_offers(unlocked.layout)
    for path in found.unreadable:
        offers.remove_offer(path)
    mine = (unlocked.person_file, person_file, record.space_id, record.epoch)
    for _, offer in found.offers:
        same = (offer.by, offer.to, offer.space, offer.epoch) == mine
        if same and offer.vault_id == unlocked.vault_id and offer.is_from(unlocked.identity.public):
            return
    offer_to(unlocked, pin, record, changes=own_changes(unlocked, private), retires=retires)


def own_changes(unlocked: Unlocked, private: Connection) -> tuple[KeyChange, ...]:
    """This person's statements that their keys changed, oldest first, as far as they lead to today's."""
    return leading_to(unlocked.identity.public, "", key_changes(private, unlocked.person_id))


def with_shared(unlocked: Unlocked, kinds: Kinds, act: Callable[[Space], object]) -> None:
    """Open the shared file for one act and close it."""
    space = open_shared(unlocked, kinds)
    try:
        act(space)
    finally:
        space.close()


def refuse_third(layout: Layout) -> None:
    """Refuse when both places are taken; a header of which only the earlier generation is left counts.

    Raises:
        VaultError: PLACE_FOR_TWO.
    """
    if len({*layout.person_files(), *layout.person_files(earlier=True)}) >= PEOPLE_LIMIT:
        raise VaultError(Code.PLACE_FOR_TWO)


class _NewPart:
    """A part that is being made: nothing counts before `let_in` puts the header into its place."""

    def __init__(
        self,
        layout: Layout,
        vault_id: str,
        name: str,
        passphrase: str,
        kdf: KdfParams,
        others: tuple[PersonPin, ...] = (),
    ) -> None:
        checked = checked_name(name)
        refuse_name_as_passphrase(checked, passphrase)
        check_policy(kdf)
        self._layout = layout
        self._master = Secret.random()
        self._contents: Contents = first_contents(checked, others)
        self._identity = Identity(Secret(self._contents.signing_key), Secret(self._contents.sealing_key))
        self.place = SlotPlace(vault_id=vault_id, person_file=random_id(), format=FORMAT)
        with normalise(passphrase) as phrase:
            self._slot = new_slot(phrase, self._master, self.place, kdf)

    @property
    def pin(self) -> PersonPin:
        return PersonPin(self._contents.person_id, self.place.person_file, *_public_bytes(self._identity))

    def make_files(self, kinds: Kinds, greet: Hook | None) -> None:
        """The private file and the card."""

        def prepare(connection: Connection, vault_id: str, space_id: SpaceId) -> None:
            Space.create(connection, kinds, SpaceMeta(vault_id, space_id))
            if greet is not None:
                greet(connection)

        make_space(self._layout, self._contents.private, self.place.vault_id, prepare)
        taken = {card.mark for card in read_cards(self._layout)}
        mark = next((mark for mark in reversed(MARKS) if mark not in taken), MARKS[-1])
        own = (self.place.vault_id, self.place.person_file, self._contents.person_id, self._identity)
        write_card(self._layout, *own, mark)

    def let_in(self) -> None:
        """Write the header: from here on this is a person of the vault."""
        raw = compose(self.place, (self._slot,), self._contents, self._master)
        create_file(self._layout.key_file(self.place.person_file), raw)
        sync_folder(self._layout.people)

    def wipe(self) -> None:
        self._master.wipe()
        self._identity.wipe()


def _shared_schema(kinds: Kinds, person_file: str) -> Prepare:
    def prepare(connection: Connection, vault_id: str, space_id: SpaceId) -> None:
        Space.create(connection, kinds, SpaceMeta(vault_id, space_id))
        await_person(connection, person_file)

    return prepare


def _heard(unlocked: Unlocked, kinds: Kinds) -> tuple[PersonPin, ...]:
    """The pins of people who are not here any more and whose words stand in the shared space.

    The new person gets them too: somebody who was never met is vouched for by the one who welcomes.

    Raises:
        VaultError: PLACE_FOR_TWO when that is more than a header has room for: words nobody could verify any more would
            close the space. Leaving it first makes room.
    """
    authors: set[str] = set()
    if record_of(unlocked.contents) is not None:
        with_shared(unlocked, kinds, lambda space: authors.update(_authors(space.connection)))
    heard = tuple(pin for pin in unlocked.contents.others if pin.person_id in authors)
    if len(heard) >= PINS_LIMIT:
        raise VaultError(Code.PLACE_FOR_TWO, reason="pins")
    return heard


def _authors(connection: Connection) -> list[str]:
    return [str(row[0]) for row in connection.execute("SELECT author FROM author_head")]


def _clear_ghosts(layout: Layout) -> None:
    """Take away offers to nobody: their person was never let in."""
    people = layout.person_files()
    for path, offer in offers.find_offers(layout).offers:
        if offer.to not in people:
            offers.remove_offer(path)


def _same_way(known: offers.Offer, offer: offers.Offer) -> bool:
    return (known.vault_id, known.by, known.to) == (offer.vault_id, offer.by, offer.to)


def _public_bytes(identity: Identity) -> tuple[bytes, bytes]:
    return identity.public.signing, identity.public.sealing
