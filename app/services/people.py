"""The two people of a vault as one of them sees it: sitting down together, what waits, leaving, new keys.

Nothing here says what the other person does in their part: not when they were here, not how much they wrote.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Final

import msgspec

from app.crypto.identity import Identity
from app.crypto.kdf import DEFAULT, KdfParams
from app.crypto.labels import label
from app.data import arrivals, keeping, renewal, rotation, shared_space
from app.data import people as parts
from app.data.arrivals import Arrival, Verdict
from app.data.cards import FIRST, checked_label, read_cards, write_card
from app.data.connection import Connection
from app.data.unlocked import HeaderChange, Unlocked
from app.domain.errors import Code, LeewardError, VaultError
from app.services import homecoming
from app.services.own_vault import OwnVault
from app.services.session import PARTNER, Session

COMPARED_WORDS: Final = 6
"""Words two people read to each other: 66 bits of the fingerprint, eleven each."""
_LIST_WORDS: Final = 2048
_WORD_BITS: Final = 11
_ASKED: Final = frozenset({Verdict.INVITATION, Verdict.KEYS_CHANGED})


class Other(msgspec.Struct, frozen=True):
    """The other person of the vault. `mark` is 1 (circle) or 2 (square), None without a card; the name is the one this
    person gave them, `person` the id their words are written under.
    """

    person_file: str
    person: str
    name: str | None
    mark: int | None
    fingerprint: str


class Waiting(msgspec.Struct, frozen=True):
    """Something the other person put away that needs a word. `id` names it, `fingerprint` is that of their keys now."""

    id: str
    keys_changed: bool
    fingerprint: str


class Together(msgspec.Struct, frozen=True):
    """How things stand between the people of this vault, as one of them may know it.

    `mark` is this person's own (1 circle, 2 square), `label` what stands beside it on the locked screen. `open`: the
    shared space can be read and written now; `trouble` says why it cannot, where there is one. `room`: a second person
    can still be welcomed.
    """

    mark: int
    label: str
    other: Other | None
    room: bool
    open: bool
    waiting: tuple[Waiting, ...] = ()
    trouble: LeewardError | None = None


class People:
    """The verbs of the page about the two of you. Belongs to the thread of the session."""

    def __init__(self, session: Session, vault: OwnVault) -> None:
        self._session = session
        self._unlocked = vault.unlocked

    @property
    def own_fingerprint(self) -> str:
        """The fingerprint of this person's own keys, for the other to compare."""
        return self._unlocked.fingerprint

    def other(self) -> Other | None:
        """The person this one is paired with, or None."""
        pin = shared_space.other_of(self._unlocked.contents)
        if pin is None:
            return None
        marks = {card.person_file: card.mark for card in read_cards(self._unlocked.layout)}
        fingerprint = shared_space.identity_of(pin).fingerprint
        return Other(pin.person_file, pin.person_id, self._session.partner, marks.get(pin.person_file), fingerprint)

    def together(self) -> Together:
        """Everything the page about the two of them shows."""
        unlocked = self._unlocked
        own = next((card for card in read_cards(unlocked.layout) if card.person_file == unlocked.person_file), None)
        return Together(
            mark=own.mark if own is not None else FIRST,
            label=own.label if own is not None else "",
            other=self.other(),
            room=self.has_room(),
            open=self._session.shared is not None,
            waiting=self.pending(),
            trouble=self._session.shared_trouble,
        )

    def show_label(self, label: str) -> str:
        """Let a name or an initial stand on the locked screen, readable without any key; "" for the mark alone.

        Raises:
            RecordError: INVALID_RECORD for a label that is too long.
            VaultError: as `write_card`.
        """
        unlocked = self._unlocked
        text, mark = checked_label(label), self.together().mark
        own = (unlocked.vault_id, unlocked.person_file, unlocked.person_id)
        return write_card(unlocked.layout, *own, unlocked.identity, mark, text).label

    def has_room(self) -> bool:
        """Whether a second person can still be welcomed here."""
        try:
            parts.refuse_third(self._unlocked.layout)
        except VaultError:
            return False
        return True

    def welcome(self, name: str, passphrase: str, *, kdf: KdfParams = DEFAULT) -> Other:
        """Make a part for the person who sits here now and typed their own passphrase, and open a space for both.

        Their private part knows this person's name, and this one theirs where none was chosen yet. Slow (one
        derivation).

        Raises:
            VaultError, RecordError: as `app.data.people.welcome`.
        """
        session = self._session

        def greet(connection: Connection) -> None:
            keeping.set_setting(connection, PARTNER, session.person.name)

        self._close_shared()
        try:
            parts.welcome(self._unlocked, session.kinds, name, passphrase, kdf=kdf, greet=greet)
        finally:
            open_for_two(session, self._unlocked)
        if session.partner is None:
            session.name_partner(name)
        other = self.other()
        if other is None:
            raise VaultError(Code.UNKNOWN_PERSON)
        return other

    def pending(self) -> tuple[Waiting, ...]:
        """What waits for this person's word: an invitation, or the other's changed keys, to be compared first."""
        found = arrivals.arrivals(self._unlocked, self._session.connection)
        return tuple(
            Waiting(arrival.path.stem, arrival.verdict is Verdict.KEYS_CHANGED, arrival.fingerprint)
            for arrival in found
            if arrival.verdict in _ASKED
        )

    def accept(self, waiting: Waiting) -> None:
        """Take it: enter the space of the invitation, or trust the changed keys from now on.

        Raises:
            VaultError: UNKNOWN_RECORD when it is not there any more; as `arrivals.accept`.
        """
        found = arrivals.arrivals(self._unlocked, self._session.connection)
        arrival = next((known for known in found if _is(known, waiting)), None)
        if arrival is None:
            raise VaultError(Code.UNKNOWN_RECORD)
        self._close_shared()
        try:
            arrivals.accept(self._unlocked, self._session.connection, self._session.kinds, arrival)
        finally:
            open_for_two(self._session, self._unlocked)

    def invite(self) -> None:
        """Put the key of the shared space away for the other person once more; begins a space where there is none.

        Raises:
            VaultError: UNKNOWN_PERSON when this person is paired with nobody; as `app.data.people.invite`.
        """
        self._close_shared()
        try:
            parts.invite(self._unlocked, self._session.connection, self._session.kinds)
        finally:
            open_for_two(self._session, self._unlocked)

    def leave(self) -> None:
        """Leave the shared space. What this person wrote there comes back into their own part; nothing is removed from
        the other person and nothing tells them.

        Raises:
            VaultError: NO_SHARED_SPACE; as `app.data.people.leave`.
        """
        record = shared_space.record_of(self._unlocked.contents)
        if record is not None:
            homecoming.take_home(self._session, record.space_id)
        parts.leave(self._unlocked, self._session.connection)
        self._close_shared()
        self._session.shared_trouble = None

    def renew(self) -> None:
        """Give the shared space a new key in a new file; the other person gets it at their next unlock.

        Raises:
            VaultError: NO_SHARED_SPACE, WAITS_FOR_YOU; as `renewal.renew_shared`.
        """
        session = self._session
        if session.shared is None:
            raise session.shared_trouble or VaultError(Code.NO_SHARED_SPACE)
        session.shared = renewal.renew_shared(self._unlocked, session.connection, session.shared)

    def open_older(self) -> None:
        """Open the shared space although it lacks words that were seen here, on the person's own word.

        Raises:
            VaultError: as `shared_space.open_shared`.
        """
        self._close_shared()
        self._session.shared = shared_space.open_believed(
            self._unlocked, self._session.connection, self._session.kinds, accept_older=True
        )
        self._session.shared_trouble = None

    def _close_shared(self) -> None:
        shared, self._session.shared = self._session.shared, None
        if shared is not None:
            shared.close()


def open_for_two(session: Session, unlocked: Unlocked) -> None:
    """Take what the other person put away and open the shared space, where there is one.

    Whatever is wrong there is kept in `session.shared_trouble` and keeps nobody from their own part.
    """
    try:
        with shared_space.mistrusting():
            _open_for_two(session, unlocked)
    except LeewardError as trouble:
        session.shared_trouble = trouble
    if session.shared is None:
        return
    with contextlib.suppress(VaultError), shared_space.mistrusting():  # done again at the next unlock
        parts.settle(unlocked, session.connection, session.shared)


def _open_for_two(session: Session, unlocked: Unlocked) -> None:
    shared, session.shared, session.shared_trouble = session.shared, None, None
    if shared is not None:
        shared.close()
    parts.finish_leaving(unlocked, session.connection)
    troubles = arrivals.take_expected(unlocked, session.connection, session.kinds)
    if troubles:
        session.shared_trouble = troubles[0]
    if shared_space.record_of(unlocked.contents) is not None:
        session.shared = shared_space.open_believed(unlocked, session.connection, session.kinds)


def renewal_alongside(
    session: Session, unlocked: Unlocked, *, progress: rotation.Progress, cancelled: Callable[[], bool]
) -> rotation.Alongside:
    """For a change of all keys: the open shared space gets its new epoch in the same rename of the header.

    `progress` and `cancelled` are those of copying its file; calling it off changes nothing. The shared file is closed
    on the way; `open_for_two` opens the one that counts then.
    """

    def prepared(following: Identity) -> HeaderChange:
        shared, session.shared = session.shared, None
        if shared is None:
            raise VaultError(Code.NO_SHARED_SPACE)
        try:
            record = renewal.prepare(
                unlocked, session.connection, shared, following=following, progress=progress, cancelled=cancelled
            )
        finally:
            shared.close()
        return lambda known: renewal.replaced(known, unlocked, record)

    return prepared


def compared_words(fingerprint: str, word_list: Path) -> tuple[str, ...]:
    """Six plain words for a fingerprint: what both people read aloud to know that they hold the same keys.

    66 bits of SHA-256 over the fingerprint, eleven bits to a word of the shipped list's first 2,048.
    """
    words = word_list.read_text(encoding="utf-8").split()[:_LIST_WORDS]
    digest = hashlib.sha256(label("compare", fingerprint)).digest()
    number = int.from_bytes(digest, "big") >> (len(digest) * 8 - COMPARED_WORDS * _WORD_BITS)
    places = [number >> (_WORD_BITS * place) & (_LIST_WORDS - 1) for place in reversed(range(COMPARED_WORDS))]
    return tuple(words[place] for place in places)


def _is(known: Arrival, waiting: Waiting) -> bool:
    return (known.path.stem, known.fingerprint) == (waiting.id, waiting.fingerprint) and known.verdict in _ASKED
