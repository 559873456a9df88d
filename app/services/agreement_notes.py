"""How agreements went: what each person noted in their own name, and the other person's reading beside it."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from app.data.agreement_queries import notes_on
from app.domain.errors import Code, RecordError
from app.domain.kinds.agreement import Occasion, occasions_of, reading_of
from app.domain.records import RecordId
from app.services import apart, reach
from app.services.journal import Journal
from app.services.session import Session

BOUNDARY, OCCASION = "boundary", "boundary_occasion"


class OccasionLine(msgspec.Struct, frozen=True):
    """An occasion as the page lists it, with the first line of both readings.

    `mine` is the reading this person wrote, the first or the other one; None while they wrote none.
    """

    occasion: Occasion
    mine: RecordId | None
    words: str
    other_words: str
    by_me: bool


class AgreementNotes:
    """Noting an occasion, reading the other person's note in another way, and letting the difference rest."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._journal = Journal(session)

    def note(self, record: RecordId, answers: Mapping[str, object], *, draft: str | None = None) -> RecordId:
        """Note how it went once, as one's own reading.

        Raises:
            RecordError: UNKNOWN_RECORD, and what does not fit.
        """
        return self._journal.add(OCCASION, {**answers, BOUNDARY: record}, draft=draft)

    def read(self, occasion: RecordId, answers: Mapping[str, object]) -> RecordId:
        """Write one's own reading beside the other person's note, or say it anew: never into their note.

        Raises:
            RecordError: UNKNOWN_RECORD when there is no such note; NOT_YOURS for a note of one's own.
        """
        found = self._journal.record(occasion)
        if found.kind != OCCASION:
            raise RecordError(Code.UNKNOWN_RECORD, record=occasion)
        if found.author == self._session.person.id:
            raise RecordError(Code.NOT_YOURS, record=occasion)
        first = apart.answers_of(self._session, found.body)
        given = {"at": first.get("at"), **answers, BOUNDARY: first[BOUNDARY], "reading_of": occasion}
        told = {name: value for name, value in given.items() if value is not None}
        line = next((one for one in listed_on(self._session, RecordId(str(first[BOUNDARY])))
                     if one.occasion.first.record == occasion), None)  # fmt: skip
        if line is not None and line.mine is not None:
            return self._journal.edit(line.mine, told)
        return self._journal.add(OCCASION, told)

    def agree(self, occasion: RecordId) -> RecordId:
        """Say, as one's own reading, that one sees the other person's note the same way.

        Raises:
            RecordError: as `read`.
        """
        found = self._journal.record(occasion)
        return self.read(occasion, {"outcome": getattr(found.body, "outcome", None)})

    def settle(self, mine: RecordId, *, on: bool = True) -> None:
        """Say in one's own note that the difference can rest, or that it is open again.

        Raises:
            RecordError: NOT_YOURS for the other person's note.
        """
        self._journal.answer(mine, settled="yes" if on else "open")

    def talked_through(self, mine: RecordId) -> None:
        """Say in one's own note that it has been talked through.

        Raises:
            RecordError: NOT_YOURS for the other person's note.
        """
        self._journal.answer(mine, repaired="yes")


def listed_on(session: Session, record: RecordId) -> tuple[OccasionLine, ...]:
    """Every occasion of one agreement that is not hidden, newest first."""
    hidden = apart.hidden(session)
    notes = [
        noted
        for file in reach.connections(session)
        for noted in notes_on(file, record, OCCASION, BOUNDARY)
        if noted.record not in hidden
    ]
    words = {noted.record: noted.words for noted in notes}
    me = session.person.id
    found = []
    for one in occasions_of(reading_of(noted) for noted in notes):
        pair = [one.first, *([one.other] if one.other is not None else [])]
        mine = next((reading.record for reading in pair if reading.author == me), None)
        found.append(
            OccasionLine(
                occasion=one,
                mine=RecordId(mine) if mine is not None else None,
                words=words[RecordId(one.first.record)],
                other_words=words[RecordId(one.other.record)] if one.other is not None else "",
                by_me=one.first.author == me,
            )
        )
    return tuple(found)
