"""What the other person put away for this one: looked at on every unlock, taken where nothing has to be asked.

Nothing of an offer is believed before the signature of the pinned person was checked. Accepting is written in this
order: own words that the new file lacks, header, note of acceptance, offer away, earlier files away; each step may be
done again, so that a crash between any two leads to the same end.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

import msgspec

from app.crypto.header import Contents, PersonPin, SpaceRecord
from app.data import attachments, offers, people, projections, revisions
from app.data.cipher import remove_space, writes
from app.data.connection import Connection
from app.data.offers import Offer
from app.data.shared_space import identity_of, open_record, open_shared, record_of, seen_heads
from app.data.signatures import followed
from app.data.space import Space
from app.data.unlocked import Unlocked
from app.domain.errors import Code, VaultError
from app.domain.kinds.attachment import ATTACHMENT
from app.domain.kinds.registry import Kinds
from app.domain.records import PersonId, Revision


class Verdict(StrEnum):
    """What an offer is to this person."""

    NOT_MINE = "not_mine"
    FORGED = "forged"
    DONE = "done"
    EXPECTED = "expected"
    """The first one after sitting down together, or the next epoch of a space this person is in."""
    INVITATION = "invitation"
    KEYS_CHANGED = "keys_changed"
    """Signed with keys that the pinned ones vouch for: to be compared in person before anything is taken."""


class Arrival(msgspec.Struct, frozen=True):
    """An offer with what was found about it. `fingerprint` is that of the keys it was signed with."""

    verdict: Verdict
    path: Path
    offer: Offer
    fingerprint: str = ""


def arrivals(unlocked: Unlocked, private: Connection) -> tuple[Arrival, ...]:
    """Everything that lies here for this person, judged; offers to others and from this one are left out.

    Raises:
        VaultError: INCOMPLETE_COPY, NO_PERMISSION.
    """
    left = people.spaces_left(private)
    known = unlocked.contents
    found = [_judged(unlocked, known, left, path, offer) for path, offer in offers.find_offers(unlocked.layout).offers]
    return tuple(arrival for arrival in found if arrival.verdict is not Verdict.NOT_MINE)


def take_expected(unlocked: Unlocked, private: Connection, kinds: Kinds) -> tuple[VaultError, ...]:
    """Accept what may be accepted without a question, and finish what was accepted before. Returns what went wrong.

    An offer that cannot be taken stays where it is; it never keeps anyone from their own part.
    """
    troubles: list[VaultError] = []
    try:
        waiting = arrivals(unlocked, private)
    except VaultError as refusal:
        return (refusal,)
    for arrival in waiting:
        try:
            if arrival.verdict is Verdict.EXPECTED:
                accept(unlocked, private, kinds, arrival)
            elif arrival.verdict is Verdict.DONE:
                _finish(unlocked, kinds, arrival)
        except VaultError as refusal:
            troubles.append(refusal)
    return tuple(troubles)


def accept(unlocked: Unlocked, private: Connection, kinds: Kinds, arrival: Arrival) -> None:
    """Take an offer: the space's key goes into this person's header, with the keys it was signed with as the pin.

    For INVITATION and KEYS_CHANGED only on the person's own word.

    Raises:
        VaultError: DAMAGED_ENTRIES or DAMAGED_HEADER when the offer does not open or is not theirs any more;
            ALREADY_SHARED while this person is in another shared space; as `open_shared` and `change_header`.
    """
    known = unlocked.contents
    again = _judged(unlocked, known, people.spaces_left(private), arrival.path, arrival.offer)
    if again.verdict in {Verdict.NOT_MINE, Verdict.FORGED} or again.fingerprint != arrival.fingerprint:
        raise VaultError(Code.DAMAGED_HEADER, reason="offer")
    held = record_of(known)
    if held is not None and held.space_id != arrival.offer.space:
        raise VaultError(Code.ALREADY_SHARED)
    if again.verdict is not Verdict.DONE:
        _take(unlocked, private, kinds, arrival.offer, held)
    _finish(unlocked, kinds, arrival)


def _take(unlocked: Unlocked, private: Connection, kinds: Kinds, offer: Offer, held: SpaceRecord | None) -> None:
    """Everything up to the header: from there on the new file is the one that counts."""
    pin = _repinned(unlocked.contents, offer)
    grant = offers.open_offer(offer, unlocked.identity)
    record = SpaceRecord(offer.space, grant.file_name, offer.epoch, grant.key, grant.salt, b"", 0, None)
    if held is not None:
        record = msgspec.structs.replace(
            record,
            head=held.head,
            head_seq=held.head_seq,
            head_seen_at=held.head_seen_at,
            other_head=held.other_head,
            other_seq=held.other_seq,
        )
    former = unlocked.contents.others
    pins = tuple(pin if known.person_id == pin.person_id else known for known in former)
    carried = _carried(unlocked, kinds, held, record, pins)
    people.note_left(private, offer.space, left=False)
    unlocked.change_header(lambda now: msgspec.structs.replace(now, others=pins, shared=(carried,)))


def _carried(
    unlocked: Unlocked, kinds: Kinds, held: SpaceRecord | None, record: SpaceRecord, pins: tuple[PersonPin, ...]
) -> SpaceRecord:
    """Open the new file as it will be opened, put this person's words into it that only the former one has.

    The record comes back with the heads the file has now.
    """
    target = open_record(unlocked, record, kinds, accept_older=True, pins=pins)
    try:
        if held is not None:
            source = open_record(unlocked, held, kinds)
            try:
                carry_over(source, target, unlocked.person_id)
                _refuse_worse(source, target)
            finally:
                source.close()
        other = PersonId(pins[-1].person_id) if pins else None
        seen = seen_heads(record, target, unlocked.person_id, other)
        for author, seq, head in (
            (unlocked.person_id, record.head_seq, record.head),
            (other, record.other_seq, record.other_head),
        ):
            if author is not None and not revisions.contains(target.connection, author, seq, head):
                raise VaultError(Code.OLDER_COPY, reason="offer")
        return seen
    finally:
        target.close()


def _refuse_worse(source: Space, target: Space) -> None:
    """The new file must hold everything the former does: that one goes once it is accepted, and would be missed then.

    Raises:
        VaultError: DAMAGED_ENTRIES with `reason="offer"`.
    """
    found = target.verify()
    if found.clean:
        return
    known = source.verify()
    if not (set(found.broken) <= set(known.broken) and set(found.doubts) <= set(known.doubts)):
        raise VaultError(Code.DAMAGED_ENTRIES, reason="offer")


def carry_over(source: Space, target: Space, author: PersonId) -> int:
    """Copy what a person wrote in one file of a space and another file of the same space lacks. Returns how much.

    Their chain goes on where it stands in `target`; signatures and hashes come along as they are.

    Raises:
        VaultError: DAMAGED_ENTRIES with `reason="fork"` when the chains do not join; as `cipher.writes`.
    """
    seq, head = revisions.head_of(target.connection, author)
    if not revisions.contains(source.connection, author, seq, head):
        raise VaultError(Code.DAMAGED_ENTRIES, reason="fork", count=1)
    later = revisions.after(source.connection, author, seq)
    if later:
        with writes(target.connection):
            target.connection.execute("BEGIN IMMEDIATE")
            try:
                _insert_all(source, target, later)
                target.connection.execute("COMMIT")
            except BaseException:
                if target.connection.in_transaction:
                    target.connection.execute("ROLLBACK")
                raise
    return len(later)


def _insert_all(source: Space, target: Space, later: list[Revision]) -> None:
    for revision in later:
        revisions.insert(target.connection, revision)
        if revision.kind == ATTACHMENT and revision.body is not None:
            attachments.copy_parts(source.connection, target.connection, revision.record)
    revisions.renew_heads(target.connection)
    touched = (revision.record for revision in later)
    projections.project_again(target.connection, target.kinds, target.authorship, touched)


def _finish(unlocked: Unlocked, kinds: Kinds, arrival: Arrival) -> None:
    """What is left to do once the header counts: the note that it was accepted, then offer and earlier files go."""
    record = record_of(unlocked.contents)
    current = record is not None and (record.space_id, record.epoch) == (arrival.offer.space, arrival.offer.epoch)
    if record is not None and current:
        _note_accepted(unlocked, kinds)
        grant = offers.open_offer(arrival.offer, unlocked.identity)
        for name in grant.retires:
            if name not in {record.file_name, unlocked.contents.private.file_name}:
                remove_space(unlocked.layout.space_file(name))
    offers.remove_offer(arrival.path)


def _note_accepted(unlocked: Unlocked, kinds: Kinds) -> None:
    space = open_shared(unlocked, kinds)
    try:
        if people.awaited(space.connection)[0] == unlocked.person_file:
            people.await_person(space.connection, "")
    finally:
        space.close()


def _judged(unlocked: Unlocked, known: Contents, left: frozenset[str], path: Path, offer: Offer) -> Arrival:
    if offer.vault_id != unlocked.vault_id or offer.to != unlocked.person_file:
        return Arrival(Verdict.NOT_MINE, path, offer)
    pin = _pin_of(known, offer.by)
    if pin is None:
        return Arrival(Verdict.FORGED, path, offer)
    try:
        identity = followed(identity_of(pin), pin.person_id, offer.changes)
    except VaultError:
        return Arrival(Verdict.FORGED, path, offer)
    if not offer.is_from(identity):
        return Arrival(Verdict.FORGED, path, offer)
    return Arrival(_verdict(known, left, offer, identity != identity_of(pin)), path, offer, identity.fingerprint)


def _verdict(known: Contents, left: frozenset[str], offer: Offer, keys_changed: bool) -> Verdict:  # read right here
    held = record_of(known)
    if keys_changed:
        return Verdict.KEYS_CHANGED
    if held is not None and held.space_id == offer.space:
        return Verdict.DONE if held.epoch >= offer.epoch else Verdict.EXPECTED
    first = held is None and not left
    return Verdict.EXPECTED if first else Verdict.INVITATION


def _pin_of(known: Contents, person_file: str) -> PersonPin | None:
    return next((pin for pin in reversed(known.others) if pin.person_file == person_file), None)


def _repinned(known: Contents, offer: Offer) -> PersonPin:
    """The pin of the person who offers, with the keys they have now.

    Raises:
        VaultError: DAMAGED_HEADER.
    """
    pin = _pin_of(known, offer.by)
    if pin is None:
        raise VaultError(Code.DAMAGED_HEADER, reason="offer")
    identity = followed(identity_of(pin), pin.person_id, offer.changes)
    return msgspec.structs.replace(pin, signing=identity.signing, sealing=identity.sealing)
