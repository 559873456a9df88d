"""What is added to entries: pictures, pages and sound, kept in the encrypted file and shown inside the program.

An attachment belongs to the entry it was added to and to whoever began that entry. What is added to an entry that is
only begun waits with its draft. In the space for two lies only what somebody ticked when they shared the entry; the
rest stays in the private file, still beside the entry, for its writer's eyes only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from app.data import attachments as rows
from app.data.space import Space
from app.domain.errors import Code, RecordError
from app.domain.kinds.attachment import ALT_LIMIT, ATTACHMENT, NAME_LIMIT, Attachment
from app.domain.records import RecordId, new_id
from app.domain.removal import TRASH_MS
from app.media.intake import Prepared, shown_name
from app.services.drafts import at_ms
from app.services.noting import note
from app.services.session import Session
from app.services.steps import Verb

MOST = 40
"""How many one entry takes."""


class Added(msgspec.Struct, frozen=True):
    """One attachment for showing. `held` waits with a draft, `shared` can be read by the other person, `yours` can be
    described and removed. `record` is empty while it is held.
    """

    id: RecordId
    record: str
    name: str
    media: str
    size: int
    alt: str
    width: int
    height: int
    pages: int
    length_ms: int
    sha256: str
    shared: bool = False
    held: bool = False
    yours: bool = True

    @property
    def sort(self) -> str:
        """What it is: image, pages or sound."""
        return {"image": "image", "audio": "sound"}.get(self.media.partition("/")[0], "pages")


class Attachments:
    """The verbs of attachments in one session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def of(self, record: RecordId) -> tuple[Added, ...]:
        """What was added to an entry, oldest first: what both read, and what stays with this person."""
        found = [
            self._added(one, shared=bool(number))
            for number, space in enumerate(self._session.spaces)
            for one in rows.of_record(space.connection, record)
            if not number or one.author == _author_of(space, record)
        ]
        return tuple(sorted(found, key=lambda added: added.id))  # ids begin with their time

    def held(self, key: str) -> tuple[Added, ...]:
        """What waits with a draft."""
        waiting = rows.held(self._session.connection, key)
        return tuple(_shown(one.id, one.body, held=True) for one in waiting)

    def counts(self, records: Sequence[RecordId]) -> dict[RecordId, int]:
        """How many each of these entries has; those without are left out."""
        found: dict[RecordId, int] = {}
        for space in self._session.spaces if records else ():
            for record, count in rows.counts(space.connection, records).items():
                found[record] = found.get(record, 0) + count
        return found

    def add(self, record: RecordId, prepared: Prepared, *, alt: str = "") -> RecordId:
        """Add something to an entry that stands. The same bytes are not added to it twice.

        Raises:
            RecordError: UNKNOWN_RECORD; NOT_YOURS for an entry somebody else began; INVALID_RECORD with `reason`
                too_many.
            VaultError: DISK_FULL, WRITE_FAILED; nothing of it is kept then.
        """
        space = self._session.space_of(record)
        if _author_of(space, record) != self._session.person.id:
            raise RecordError(Code.NOT_YOURS, record=record)
        there = self.of(record)
        known = _same(there, prepared)
        if known is not None:
            return known
        _refuse_too_many(len(there))
        with self._session.change(space) as change:
            added = change.attach(_body(prepared, record, alt), (prepared.content,))
        note(self._session, Verb.ADDED, ATTACHMENT, added)
        return added

    def hold(self, key: str, prepared: Prepared, *, alt: str = "") -> RecordId:
        """Let something wait with a draft until its entry is saved.

        Raises:
            RecordError: INVALID_RECORD with `reason` too_many.
            VaultError: as `add`.
        """
        there = self.held(key)
        known = _same(there, prepared)
        if known is not None:
            return known
        _refuse_too_many(len(there))
        session, attachment = self._session, RecordId(new_id())
        with session.change():
            size, digest = rows.store(session.connection, attachment, (prepared.content,))
            body = msgspec.structs.replace(_body(prepared, "", alt), size=size, sha256=digest)
            rows.hold(session.connection, rows.Held(attachment, key, at_ms(session.now()), body))
        return attachment

    def describe(self, attachment: RecordId, alt: str) -> None:
        """Say in words what it shows; an empty text takes them back.

        Raises:
            RecordError: UNKNOWN_RECORD, NOT_YOURS.
        """
        words = " ".join(alt.split())[:ALT_LIMIT]
        waiting = rows.find_held(self._session.connection, attachment)
        if waiting is not None:
            body = msgspec.structs.replace(waiting.body, alt=words)
            with self._session.change():
                rows.hold(self._session.connection, msgspec.structs.replace(waiting, body=body))
            return
        space, found = self._standing(attachment)
        body = msgspec.structs.replace(found.body, alt=words)
        if body != found.body:
            with self._session.change(space) as change:
                change.put(ATTACHMENT, body, record=attachment)

    def remove(self, attachment: RecordId) -> None:
        """Take it away from its entry; for thirty days it can come back. What only waits goes for good.

        Raises:
            RecordError: UNKNOWN_RECORD, NOT_YOURS.
        """
        connection = self._session.connection
        if rows.find_held(connection, attachment) is not None:
            with self._session.change() as change:
                rows.let_wait_no_more(connection, attachment)
                rows.drop_parts(connection, attachment)
                change.erased = True
            return
        put_away(self._session, attachment)
        note(self._session, Verb.REMOVED, ATTACHMENT, attachment)

    def restore(self, attachment: RecordId) -> None:
        """Bring a removed one back.

        Raises:
            RecordError: UNKNOWN_RECORD when it is not in the trash; NOT_YOURS.
        """
        bring_back(self._session, attachment)

    def let_go(self, key: str) -> None:
        """Let everything that waits with a draft go for good."""
        if rows.held(self._session.connection, key):
            with self._session.change() as change:
                rows.drop_held(self._session.connection, key)
                change.erased = True

    def read(self, attachment: RecordId) -> Iterator[bytes]:
        """The bytes in parts of 128 KiB, for an export or a viewer; only one of them is in memory.

        Raises:
            RecordError: UNKNOWN_RECORD; DAMAGED_ENTRIES, after the last part, when they are not what was added.
        """
        space, body = self._find(attachment)
        return rows.parts(space.connection, attachment, body)

    def load(self, attachment: RecordId) -> bytes:
        """All of them at once, proven to be what was added.

        Raises:
            RecordError: as `read`.
        """
        return b"".join(self.read(attachment))

    def _find(self, attachment: RecordId) -> tuple[Space, Attachment]:
        waiting = rows.find_held(self._session.connection, attachment)
        if waiting is not None:
            return self._session.space, waiting.body
        space, found = _located(self._session, attachment)
        return space, found.body

    def _standing(self, attachment: RecordId) -> tuple[Space, rows.Attached]:
        space, found = _located(self._session, attachment)
        if found.removed_ms:
            raise RecordError(Code.UNKNOWN_RECORD, record=attachment)
        return space, found

    def _added(self, one: rows.Attached, *, shared: bool) -> Added:
        return _shown(one.id, one.body, shared=shared, yours=one.author == self._session.person.id)


def adopt(session: Session, key: str, record: RecordId) -> int:
    """Give what waited with a draft to the entry that was saved from it, in the space it was saved in.

    In the space for two the bytes are written there first, then taken from the private file: a cut between the two
    leaves both, and they wait again at the next new entry of that kind. Returns how many there were.
    """
    waiting = rows.held(session.connection, key)
    if not waiting:
        return 0
    space = session.space_of(record)
    with session.change(space) as change:
        for one in waiting:
            if space is not session.space:
                rows.copy_parts(session.connection, space.connection, one.id)
            change.attach(msgspec.structs.replace(one.body, record=record), None, attachment=one.id)
            if space is session.space:
                rows.let_wait_no_more(session.connection, one.id)
    if space is not session.space:
        with session.change() as own:
            rows.drop_held(session.connection, key)
            own.erased = True
    return len(waiting)


def put_away(session: Session, attachment: RecordId) -> None:
    """Move one attachment to the trash.

    Raises:
        RecordError: UNKNOWN_RECORD, NOT_YOURS.
    """
    space, _ = _located(session, attachment)
    with session.change(space) as change:
        change.remove(attachment)


def bring_back(session: Session, attachment: RecordId) -> None:
    """Let a removed one stand again beside its entry.

    Raises:
        RecordError: UNKNOWN_RECORD, NOT_YOURS.
    """
    space, _ = _located(session, attachment)
    with session.change(space) as change:
        change.restore(attachment)


def purge(session: Session) -> int:
    """Let those go for good that were removed by themselves more than thirty days ago. Returns how many."""
    gone, before_ms = 0, at_ms(session.now()) - TRASH_MS
    for space in session.spaces:
        due = rows.due(space.connection, before_ms)
        if due:
            with session.change(space) as change:
                for attachment in due:
                    change.purge(attachment)
            gone += len(due)
    return gone


def forget_apart(session: Session, records: Iterable[RecordId]) -> None:
    """Erase what was kept in the private file beside shared entries that are gone for good."""
    connection = session.connection
    gone = [one.id for record in records for one in rows.of_record(connection, record, removed=True)]
    if gone:
        with session.change() as change:
            for attachment in gone:
                change.erase(attachment)


def send(session: Session, shared: Space, record: RecordId, ticked: frozenset[RecordId]) -> None:
    """Put what was ticked into the space for two beside its entry. Repeating it changes nothing.

    Raises:
        RecordError, VaultError: as `Space.change`.
    """
    there = {one.id for one in rows.of_record(shared.connection, record, removed=True)}
    own = [one for one in rows.of_record(session.connection, record) if one.id in ticked - there]
    if own:
        with session.change(shared) as change:
            for one in own:
                rows.copy_parts(session.connection, shared.connection, one.id)
                change.attach(one.body, None, attachment=one.id)


def stays(session: Session, shared: Space, record: RecordId) -> frozenset[RecordId]:
    """What of an entry that moved was not ticked: it is not in the space for two, and stays in the private one."""
    moved = {one.id for one in rows.of_record(shared.connection, record, removed=True)}
    return frozenset(one.id for one in rows.of_record(session.connection, record) if one.id not in moved)


def fetch_home(session: Session, shared: Space, record: RecordId) -> list[tuple[RecordId, Attachment]]:
    """What this person added to a shared entry, with its bytes copied into the private file, for `Change.attach`.

    Must run inside a change of the private space.
    """
    own = [one for one in rows.of_record(shared.connection, record) if one.author == session.person.id]
    for one in own:
        rows.copy_parts(shared.connection, session.connection, one.id)
    return [(one.id, one.body) for one in own]


def _located(session: Session, attachment: RecordId) -> tuple[Space, rows.Attached]:
    """Where an attachment is; what it holds is proven by the hash in its signed revision, when it is read."""
    for space in reversed(session.spaces):
        found = rows.find(space.connection, attachment)
        if found is not None:
            return space, found
    raise RecordError(Code.UNKNOWN_RECORD, record=attachment)


def _author_of(space: Space, record: RecordId) -> str:
    row = space.connection.execute("SELECT author FROM record WHERE id = ?", (record,)).fetchone()
    return str(row[0]) if row else ""


def _body(prepared: Prepared, record: str, alt: str) -> Attachment:
    return Attachment(
        record=record,
        name=prepared.name[:NAME_LIMIT],
        media=prepared.media,
        alt=" ".join(alt.split())[:ALT_LIMIT],
        width=prepared.width,
        height=prepared.height,
        pages=prepared.pages,
        length_ms=prepared.length_ms,
    )


def _same(there: Sequence[Added], prepared: Prepared) -> RecordId | None:
    like = [one for one in there if one.size == len(prepared.content)]
    digest = prepared.sha256 if like else ""
    return next((one.id for one in like if one.sha256 == digest), None)


def _refuse_too_many(there: int) -> None:
    if there >= MOST:
        raise RecordError(Code.INVALID_RECORD, kind=ATTACHMENT, field="", reason="too_many")


def _shown(
    attachment: RecordId, body: Attachment, *, shared: bool = False, held: bool = False, yours: bool = True
) -> Added:
    return Added(
        id=attachment,
        record=body.record,
        name=shown_name(body.name),  # also of what somebody else signed
        media=body.media,
        size=body.size,
        alt=body.alt[:ALT_LIMIT],
        width=body.width,
        height=body.height,
        pages=body.pages,
        length_ms=body.length_ms,
        sha256=body.sha256,
        shared=shared,
        held=held,
        yours=yours,
    )
