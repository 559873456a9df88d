"""Taking everything out: a locked archive first of all, plain text for whoever agreed to it. Nothing leaves halfway.

Of the private part everything may go, since it is this person's. Of the space for two their own words go, and what the
other person shared only when ticked, marked as theirs. What the other keeps private lies in another file under another
key: there is nothing here that could reach it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Final

from app import paths
from app.crypto import archive
from app.data import attachments, export_queries, reading, trash
from app.data.copying import Cancelled, Progress
from app.data.outgoing import new_folder, write_file
from app.domain.errors import Code, VaultError
from app.domain.outside import ALL, CONTENT, LISTED, NEWEST, Holds
from app.services.backups import free_name
from app.services.exporting import journal_file
from app.services.exporting.choice import Choice, Done, Offer, Target
from app.services.exporting.journal_file import Counts
from app.services.exporting.reading_folder import ReadingFolder
from app.services.exporting.tables import Tables
from app.services.passphrases import suggest
from app.services.session import Session

PACE: Final = 200
"""Records between two looks at whether to stop."""


class _Stopped(Exception):  # noqa: N818  # reads as what happened
    """The person called it off."""


class TakingOut:
    """The verbs of one session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def offer(self) -> Offer:
        """What there is to take."""
        session, me = self._session, self._session.person.id
        own, others = export_queries.count(session.connection), 0
        if session.shared is not None:
            mine, theirs = export_queries.count_by(session.shared.connection, me)
            own, others = own + mine, theirs
        files = [
            found.body.size
            for space in session.spaces
            for record in attachments.records(space.connection)
            for found in attachments.of_record(space.connection, record)
            if space is session.space or found.author == me
        ]
        span = reading.span(session.connection)
        return Offer(
            own=own,
            others=others,
            trashed=trash.count(session.connection),
            attached=len(files),
            attached_bytes=sum(files),
            first=span[0] if span else None,
            last=span[1] if span else None,
            partner=session.partner or "",
        )

    def phrase(self) -> str:
        """Words for a new archive, drawn by the system's random source."""
        return suggest(paths.resources() / "content" / "words-en.txt")

    def free_place(self, folder: Path, target: Target) -> Path:
        """A neutral name in a folder that nothing has yet.

        Raises:
            VaultError: VAULT_EXISTS when a thousand are taken.
        """
        day: dt.date = self._session.now().date()
        found = free_name(folder, day, (target.ending,))
        return found.with_name(found.name + target.ending)

    def take_out(
        self,
        target: Target,
        place: Path,
        choice: Choice,
        *,
        phrase: str = "",
        replacing: bool = False,
        cancelled: Cancelled = lambda: False,
        progress: Progress = lambda _part: None,
    ) -> Done | None:
        """Write everything to `place`: a file, or a new folder. None when it was called off; then nothing stays.

        Raises:
            VaultError: EMPTY_PASSPHRASE for an archive without a phrase; FILE_EXISTS; NO_PERMISSION, DISK_FULL,
                WRITE_FAILED; DAMAGED_ENTRIES.
        """
        if target.is_locked and not phrase.strip():
            raise VaultError(Code.EMPTY_PASSPHRASE)
        counts = Counts()
        step = self._stepping(counts, cancelled, progress)
        holds = _holds(choice)
        try:
            if target.is_folder:
                writer = (
                    ReadingFolder(self._session, holds) if target is Target.MARKDOWN else Tables(self._session, holds)
                )
                with new_folder(place) as half:
                    size = writer.fill(half, counts, step)
            else:
                size = write_file(place, self._file(target, holds, counts, step, phrase), replacing=replacing)
        except _Stopped:
            return None
        return Done(str(place), counts.records, counts.attachments, size)

    def parts(self, choice: Choice) -> Iterator[bytes]:
        """The export file itself, as bytes in pieces."""
        return journal_file.parts(self._session, _holds(choice), Counts(), lambda: None)

    def _file(
        self, target: Target, holds: Holds, counts: Counts, step: Callable[[], None], phrase: str
    ) -> Iterable[bytes]:
        plain = journal_file.parts(self._session, holds, counts, step)
        return archive.sealed(phrase, plain) if target.is_locked else plain

    def _stepping(self, counts: Counts, cancelled: Cancelled, progress: Progress) -> Callable[[], None]:
        total = max(1, sum(export_queries.count(space.connection) for space in self._session.spaces))

        def step() -> None:
            if counts.records % PACE == 0 or counts.attachments:
                if cancelled():
                    raise _Stopped
                progress(min(1.0, counts.records / total))

        return step


def _holds(choice: Choice) -> Holds:
    return Holds(
        states=ALL if choice.history else NEWEST,
        trash=choice.trash,
        others=choice.others,
        attachments=CONTENT if choice.attachments else LISTED,
    )
