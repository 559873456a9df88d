"""The second unlock: two people at one computer, each with their own passphrase, for an hour at most.

The first person is signed in; the other opens their private part in the same window. What comes out of it is a closed
list: who is here, what each released, and, of the one trigger its owner chose, their own words when they open it. No
other question can be put to the second part, nothing of it is written anywhere, and closing drops all of it.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Final

import msgspec

from app.data import beside, reading, shared_space, tries
from app.data.cards import read_cards
from app.data.release_rows import lowest_of_day
from app.data.vault_folder import ProvenKey, VaultFolder
from app.data.vault_layout import Layout
from app.domain.errors import Code, VaultError
from app.domain.records import Body, RecordId
from app.domain.released import ChosenTrigger, Present, Side, Stream
from app.services import apart, reach
from app.services.answer_words import AnswerWords
from app.services.danger import Danger
from app.services.own_vault import OwnVault
from app.services.released_lines import ReleasedLine, released_lines
from app.services.session import Person, Session
from app.services.streams import Streams, source_of

MINUTES: Final = 60
"""How long both parts stay open beside each other."""
_TENDER_AT: Final = 3.0
_FELT_SAFETY: Final = "felt_safety"


class Standing(StrEnum):
    """Whether the page for two can be opened, as a stable name."""

    SOLO = "solo"
    DANGER = "danger"
    ELSEWHERE = "elsewhere"
    CLOSED = "closed"
    OPEN = "open"


class Invitation(msgspec.Struct, frozen=True):
    """Whose passphrase opens the second part, and where it lies. `mark` is 1 (circle) or 2 (square)."""

    folder: Path
    person_file: str
    name: str
    mark: int


class DoorState(msgspec.Struct, frozen=True):
    """What the door shows. `invitation` while the other can unlock, `until` (aware) while both are here.

    `wait_s`: seconds until the other's passphrase may be tried again. `released`: how many streams are let out here.
    """

    standing: Standing
    invitation: Invitation | None = None
    until: dt.datetime | None = None
    wait_s: float = 0.0
    released: int = 0


class Look(msgspec.Struct, frozen=True):
    """What both see of the days `first_day` … `last_day` (ordinals): the circle's side first.

    `tender`: somebody who releases today's felt safety noted a low one; whose it was is not said.
    """

    until: dt.datetime
    sides: tuple[Side, Side]
    first_day: int
    last_day: int
    tender: bool


class SharedRecord(msgspec.Struct, frozen=True):
    """A record of the space for two. `author` is the mark of whoever began it, `day` an ordinal."""

    id: RecordId
    kind: str
    author: int
    day: int
    body: Body


def _never() -> bool:
    return False


def prove_other(invitation: Invitation, passphrase: str, *, cancelled: Callable[[], bool] = _never) -> ProvenKey | None:
    """Try a passphrase on the other person's part. Slow, for a pool thread; None when `cancelled` said so meanwhile.

    Writes nothing but the count of a miss, which makes the next try wait as at the locked screen (`vaults.wait_s`).

    Raises:
        VaultError: WRONG_PASSPHRASE; as `VaultFolder.derive`.
    """
    folder = VaultFolder.open(invitation.folder)
    try:
        return folder.derive(passphrase, cancelled=cancelled, person_file=invitation.person_file)
    except VaultError as error:
        if error.code is Code.WRONG_PASSPHRASE:
            tries.note_miss(Layout(folder.root), invitation.person_file)
        raise


class _Second:
    """The other person's open part, and the session that reads it.

    `until` by the clock on the wall, `ends_s` by one that cannot be set. `day` (an ordinal) stays that of the opening:
    another date set meanwhile ends no week early and asks about no other day.
    """

    def __init__(self, part: beside.Beside, session: Session, mark: int, until: dt.datetime, ends_s: float) -> None:
        self.part = part
        self.session = session
        self.mark = mark
        self.until = until
        self.ends_s = ends_s
        self.day = session.today()


class Both:
    """The verbs of being here together, for the one who is signed in. Belongs to the thread of the session."""

    def __init__(
        self, session: Session, vault: OwnVault | None, steady_s: Callable[[], float] = time.monotonic
    ) -> None:
        """`steady_s` runs on whatever the clock on the wall is set to."""
        self._session = session
        self._vault = vault
        self._steady_s = steady_s
        self._second: _Second | None = None

    # ---------------------------------------------------------------------------------------------- opening, closing

    def standing(self) -> Standing:
        """Whether the page can be opened, and whether it is."""
        return self.door().standing

    def door(self) -> DoorState:
        """Everything the door shows. What was written since may close what was open."""
        self._end_in_danger()
        if self.until is not None:
            return DoorState(Standing.OPEN, until=self.until)
        if self._session.solo:
            return DoorState(Standing.SOLO)
        if Danger(self._session).recorded():
            return DoorState(Standing.DANGER)
        invitation = self._invitation()
        if invitation is None:
            return DoorState(Standing.ELSEWHERE)
        wait_s = tries.wait_s(Layout(invitation.folder), person_file=invitation.person_file)
        released = len(Streams(self._session).released())
        return DoorState(Standing.CLOSED, invitation, wait_s=wait_s, released=released)

    def unlock(self, passphrase: str, *, cancelled: Callable[[], bool] = _never) -> DoorState:
        """Prove the other person's passphrase and open their part. Slow (one derivation).

        Raises:
            VaultError: as `prove_other` and `open`.
        """
        invitation = self._invitation()
        if invitation is None:
            raise VaultError(Code.NOT_BESIDE)
        proven = prove_other(invitation, passphrase, cancelled=cancelled)
        return self.open(proven) if proven is not None else self.door()

    def open(self, proven: ProvenKey, minutes: int = MINUTES) -> DoorState:
        """Open the second part for a while, on the calling thread. Takes `proven` and wipes it.

        Raises:
            VaultError: NOT_BESIDE where the two do not open beside each other, whatever the reason: among them is that
                something there marks danger, and nobody who stands beside shall learn that; as `open_beside`.
        """
        self.close()
        with proven:
            invitation = self._invitation()
            if self._vault is None or invitation is None:
                raise VaultError(Code.NOT_BESIDE)
            part = beside.open_beside(self._vault.unlocked, proven, self._session.kinds)
        try:
            second = self._second_session(part)
            if Danger(self._session).recorded() or Danger(second).recorded():
                raise VaultError(Code.NOT_BESIDE)
        except BaseException:
            part.close()
            raise
        tries.opened_beside(self._vault.unlocked.layout, invitation.person_file)
        until = self._session.now() + dt.timedelta(minutes=minutes)
        self._second = _Second(part, second, invitation.mark, until, self._steady_s() + 60.0 * minutes)
        return DoorState(Standing.OPEN, until=until)

    def close(self) -> None:
        """Close the second part and drop everything that was read from it. Safe at any time."""
        second, self._second = self._second, None
        if second is not None:
            second.part.close()

    @property
    def until(self) -> dt.datetime | None:
        """When the time together ends; None when it does not run. Asking after the end closes it."""
        second = self._second
        if second is not None and (self._session.now() >= second.until or self._steady_s() >= second.ends_s):
            self.close()
        return self._second.until if self._second is not None else None

    # ------------------------------------------------------------------------------------------------------- looking

    def people(self) -> tuple[Present, Present]:
        """Who is here, the circle first.

        Raises:
            VaultError: NOT_BOTH_HERE.
        """
        return self._people(self._here())

    def _people(self, second: _Second) -> tuple[Present, Present]:
        first = Present(self._session.person.id, self._session.person.name, 3 - second.mark)
        other = Present(second.session.person.id, second.session.person.name, second.mark)
        return (first, other) if first.mark < other.mark else (other, first)

    def look(self, first_day: int, last_day: int) -> Look:
        """What each released of some days (ordinals, both included), exactly as the preview showed it to its owner.

        Raises:
            VaultError: NOT_BOTH_HERE.
        """
        second = self._here()
        circle, square = (
            _side(self._of(second, person.mark), person, second.day, first_day, last_day)
            for person in self._people(second)
        )
        tender = any(_is_tender(one, second.day) for one in (self._session, second.session))
        return Look(second.until, (circle, square), first_day, last_day, tender)

    def shared(self, kinds: tuple[str, ...], first_day: int, last_day: int) -> tuple[SharedRecord, ...]:
        """What stands in the space for two of some kinds and days, oldest first, without what either has hidden.

        Raises:
            VaultError: NOT_BOTH_HERE.
        """
        second, space = self._here(), self._session.shared
        if space is None:
            return ()
        out_of_sight = apart.hidden(self._session) | apart.hidden(second.session)
        entries = [one for kind in kinds for one in reading.between(space.connection, kind, first_day, last_day)]
        found = []
        for entry in sorted(entries, key=lambda one: (one.day, one.instant_ms, one.number)):
            record = space.record(entry.id) if entry.id not in out_of_sight else None
            if record is not None:
                mark = second.mark if record.author == second.session.person.id else 3 - second.mark
                found.append(SharedRecord(record.id, record.kind, mark, entry.day, record.body))
        return tuple(found)

    def lines(self, first_day: int, last_day: int) -> tuple[ReleasedLine, ...]:
        """The lines of check-ins that their writers ticked to be seen, the circle's first, oldest first.

        Raises:
            VaultError: NOT_BOTH_HERE.
        """
        second = self._here()
        return tuple(
            one for mark in (1, 2) for one in released_lines(self._of(second, mark), mark, first_day, last_day)
        )

    def open_trigger(self, mark: int) -> ChosenTrigger:
        """The words of the trigger that the one with this mark chose, without what is for them alone.

        Raises:
            VaultError: NOT_BOTH_HERE; UNKNOWN_RECORD when none is chosen.
        """
        second = self._here()
        session = self._of(second, mark)
        record = Streams(session).chosen_trigger()
        found = reach.own(session, record) if record is not None else None
        if found is None:
            raise VaultError(Code.UNKNOWN_RECORD)
        body = apart.split(session, found.kind, found.body).body
        names: dict[str, str] = {person.id: person.name for person in self._people(second)}
        words = AnswerWords(session.content, today=session.today(), names=names, partner=session.partner or "")
        lines = (
            (words.label(field), words.say(field, value))
            for field in session.kinds.declared(found.kind).fields
            if (value := getattr(body, field.id)) is not None
        )
        return ChosenTrigger(found.id, tuple(lines))

    # ------------------------------------------------------------------------------------------------------- inside

    def _here(self) -> _Second:
        self._end_in_danger()
        if self.until is None or self._second is None:
            raise VaultError(Code.NOT_BOTH_HERE)
        self._second.session.shared = self._session.shared  # new keys give the space for two another file
        return self._second

    def _end_in_danger(self) -> None:
        """Written while both are here, or nothing is shared any more: nothing for two is shown."""
        if self._second is not None and (self._session.shared is None or Danger(self._session).recorded()):
            self.close()

    def _of(self, second: _Second, mark: int) -> Session:
        return second.session if mark == second.mark else self._session

    def _invitation(self) -> Invitation | None:
        """Whom to invite; None where their part is not in this folder or nothing is shared."""
        if self._vault is None or self._session.shared is None:
            return None
        unlocked = self._vault.unlocked
        pin = shared_space.other_of(unlocked.contents)
        if pin is None or not unlocked.layout.key_file(pin.person_file).exists():
            return None
        marks = {card.person_file: card.mark for card in read_cards(unlocked.layout)}
        mark = marks.get(pin.person_file) or 3 - marks.get(unlocked.person_file, 1)
        return Invitation(unlocked.root, pin.person_file, self._session.partner or "", mark)

    def _second_session(self, part: beside.Beside) -> Session:
        first = self._session
        person = Person(part.person_id, part.display_name)
        return Session(person, part.space, first.kinds, first.content, first.now, first.zone, shared=first.shared)


def _side(session: Session, person: Present, today: int, first_day: int, last_day: int) -> Side:
    """What one person lets be seen of some days."""
    own, source = Streams(session), source_of(session)
    seen = (source.weeks(release, today, first_day, last_day) for release in own.released())
    return Side(person, tuple(weeks for weeks in seen if weeks.rows), own.chosen_trigger() is not None)


def _is_tender(session: Session, today: int) -> bool:
    """Asked only of what its owner lets out today; otherwise the question itself would say something."""
    release = next((one for one in Streams(session).released() if one.stream is Stream.FELT_SAFETY), None)
    if release is None or today < release.first or (release.last is not None and today > release.last):
        return False
    lowest = lowest_of_day(session.connection, _FELT_SAFETY, today)
    return lowest is not None and lowest <= _TENDER_AT
