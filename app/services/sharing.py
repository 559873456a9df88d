"""Moving an entry into the space for two, by choice and word by word; and keeping what is there out of one's own sight.

What moves is what stands in the entry now, without what its declaration keeps for its writer and without links to
entries the other cannot open. Earlier wordings never reach the shared file: they stay with the writer, apart, beside
the record they belong to (`apart`). The record keeps its id, so that private entries which link to it still do.

The two files cannot be written in one step. A note in the private file says what is moving before anything does; the
shared file is written second, the private record is taken away last. Whatever is found half done at the next unlock is
finished if the words have arrived, and otherwise taken back: they are never in neither file, and in both only until
then. Nothing anybody reads or hides is written into the shared file.
"""

from __future__ import annotations

import msgspec

from app import logs
from app.data import keeping, reading
from app.data.space import Space
from app.domain.errors import Code, LeewardError, RecordError
from app.domain.fields import Kind
from app.domain.marking import marks_field
from app.domain.records import Body, PersonId, Record, RecordId, RevisionId, wall_ms
from app.services import apart, attachments, placing, reach
from app.services.answer_words import AnswerWords
from app.services.danger import Danger
from app.services.session import Session
from app.services.timeline import Item, item_of

_MOVING = "moving:"
MARKED_ANEW = "marked_anew"
"""Left out since a mark made alone stands for nothing in a text for two: both mark what is shared."""


class SharedLine(msgspec.Struct, frozen=True):
    """One answer as the other person will read it, under its question."""

    field: str
    label: str
    words: str


class LeftOut(msgspec.Struct, frozen=True):
    """An answer that stays behind, and why: `apart.ONLY_YOU`, `apart.PRIVATE_LINK` or `MARKED_ANEW`."""

    field: str
    label: str
    reason: str


class SharePreview(msgspec.Struct, frozen=True):
    """Exactly what will be readable: every answer in the order of the form, and the very bytes that will be stored.

    Beside them the other person sees the kind, who wrote it, and when it was shared. `based_on` is the state that was
    shown; `earlier` counts the wordings from before, which stay with the writer. Of `files` only those
    go along that are ticked.
    """

    record: RecordId
    kind: str
    based_on: RevisionId
    lines: tuple[SharedLine, ...]
    left_out: tuple[LeftOut, ...]
    body: bytes
    earlier: int
    files: tuple[attachments.Added, ...] = ()

    @property
    def text(self) -> str:
        """All of it as plain text."""
        return "\n\n".join(f"{line.label}\n{line.words}" for line in self.lines)


class _Moving(msgspec.Struct, frozen=True):
    """What the private file notes before anything moves: the state that was shown, and the files that go along."""

    head: RevisionId
    files: tuple[RecordId, ...] = ()


class Sharing:
    """The verbs of sharing in one session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def preview(self, record: RecordId) -> SharePreview:
        """What sharing a record would show. Writes nothing, and nobody is told.

        Raises:
            RecordError: UNKNOWN_RECORD; NO_SHARED_SPACE; IN_SHARED_SPACE; NOT_SHAREABLE with `reason` never, by_stream,
                by_item, safety (what marks danger, or hangs on a thread that does, stays private) or nothing_left;
                NOT_READY with `reason` two_versions or private_link.
        """
        shared = self._shared()
        found = self._movable(record, shared)
        declared = self._session.kinds.declared(found.kind)
        body, reasons = self._parted(found, declared)
        words = self._words()
        lines = tuple(
            SharedLine(field.id, words.label(field), words.say(field, value))
            for field in declared.fields
            if (value := getattr(body, field.id)) is not None
        )
        left_out = tuple(
            LeftOut(field.id, words.label(field), reasons[field.id]) for field in declared.fields if field.id in reasons
        )
        encoded = self._session.kinds.encode(body)
        return SharePreview(
            record=record,
            kind=found.kind,
            based_on=found.head,
            lines=lines,
            left_out=left_out,
            body=encoded,
            earlier=len(self._earlier(found)) - 1,
            files=attachments.Attachments(self._session).of(record),
        )

    def share(self, record: RecordId, preview: SharePreview, files: frozenset[RecordId] = frozenset()) -> None:
        """Move a record into the shared space, exactly as it was shown, with those of its files that are named.

        Raises:
            RecordError: STALE_REVISION when it would not be what was shown any more; as `preview`.
            VaultError: as `Space.change`; what was half done is settled at the next unlock.
        """
        if self.preview(record) != preview:
            raise RecordError(Code.STALE_REVISION, record=record)
        self._announce(record, preview.based_on, files)
        self._arrive(record, preview)
        attachments.send(self._session, self._shared(), record, files)
        self._depart(record)

    def settle(self) -> int:
        """Finish or take back what a crash left between the two files, and drop what belongs to nothing any more.

        Made at every unlock. Returns how many moves were settled.
        """
        shared = self._session.shared
        if shared is None:
            return 0
        moving = keeping.settings_under(self._session.connection, _MOVING)
        for name, raw in moving.items():
            self._settle(RecordId(name), msgspec.json.decode(raw, type=_Moving), shared)
        for record in apart.kept(self._session):
            stands = reading.entry(shared.connection, record) is not None
            if not stands and all(revision.body is None for revision in shared.history(record)):
                apart.keep(self._session, record, apart.Apart())
                attachments.forget_apart(self._session, [record])
        return len(moving)

    def settle_quietly(self) -> None:
        """`settle`, and where the files refuse: nothing is lost by waiting for the next unlock."""
        try:
            self.settle()
        except LeewardError as refusal:
            logs.record(refusal)

    def hide(self, record: RecordId) -> None:
        """Keep a shared record out of one's own lists and searches. It stays where it is, and nobody is told.

        Raises:
            RecordError: UNKNOWN_RECORD when nothing of that id stands in the shared space.
        """
        if self._session.space_of(record) is not self._session.shared:
            raise RecordError(Code.UNKNOWN_RECORD, record=record)
        apart.hide(self._session, record, on=True)

    def unhide(self, record: RecordId) -> None:
        """Let it stand in the lists again."""
        apart.hide(self._session, record, on=False)

    def hidden(self) -> tuple[Item, ...]:
        """What one has hidden and is still there, newest first."""
        entries = [entry for record in apart.hidden(self._session) if (entry := reach.entry(self._session, record))]
        entries.sort(key=lambda entry: (entry.day, entry.instant_ms), reverse=True)
        return tuple(item_of(self._session, entry) for entry in entries)

    # ------------------------------------------------------------------------------------------------ what may move

    def _shared(self) -> Space:
        if self._session.shared is None:
            raise RecordError(Code.NO_SHARED_SPACE)
        return self._session.shared

    def _movable(self, record: RecordId, shared: Space) -> Record:
        found = self._session.space.record(record)
        if reading.entry(shared.connection, record) is not None:
            raise RecordError(Code.IN_SHARED_SPACE, record=record)
        if found is None:
            raise RecordError(Code.UNKNOWN_RECORD, record=record)
        sharing = self._session.kinds.declared(found.kind).sharing
        if sharing in placing.NEVER_BY_CHOICE:
            raise RecordError(Code.NOT_SHAREABLE, kind=found.kind, reason=sharing)
        if Danger(self._session).marks_body(found.kind, found.body):
            raise RecordError(Code.NOT_SHAREABLE, kind=found.kind, reason="safety")
        if found.conflict:
            raise RecordError(Code.NOT_READY, kind=found.kind, reason="two_versions")
        return found

    def _parted(self, found: Record, declared: Kind) -> tuple[Body, dict[str, str]]:
        """The body that may be shared, and why each missing answer is missing."""
        parts = apart.split(self._session, found.kind, found.body)
        body, reasons = parts.body, dict(parts.reasons)
        marks = marks_field(declared)
        if marks is not None and getattr(body, marks.id) is not None:
            body, reasons[marks.id] = msgspec.structs.replace(body, **{marks.id: None}), MARKED_ANEW
        try:
            placing.refuse_incomplete(self._session, found.kind, body)
        except RecordError as refusal:
            raise RecordError(Code.NOT_READY, kind=found.kind, reason=str(refusal.detail["reason"])) from None
        if all(getattr(body, field.id) is None for field in declared.fields if field is not declared.dated_by):
            raise RecordError(Code.NOT_SHAREABLE, kind=found.kind, reason="nothing_left")
        return body, reasons

    def _words(self) -> AnswerWords:
        session = self._session
        partner = session.partner or ""
        names: dict[str, str] = {session.person.id: session.person.name}
        other: PersonId | None = reach.other(session)
        if other is not None and partner:
            names[other] = partner
        return AnswerWords(session.content, today=session.today(), names=names, partner=partner)

    def _earlier(self, found: Record) -> tuple[apart.Earlier, ...]:
        """Every private state as it will be kept apart, the one that is shown last: when it was written stays known."""
        return tuple(
            apart.Earlier(revision.id, wall_ms(revision.clock), msgspec.json.decode(revision.body))
            for revision in self._session.space.history(found.id)
            if revision.body is not None
        )

    # ------------------------------------------------------------------------------------------------ the three steps

    def _announce(self, record: RecordId, head: RevisionId, files: frozenset[RecordId]) -> None:
        """Note in one step what is moving, and keep apart what will not."""
        found = self._session.space.record(record)
        if found is None:
            raise RecordError(Code.UNKNOWN_RECORD, record=record)
        kept = apart.Apart(apart.split(self._session, found.kind, found.body).answers, self._earlier(found))
        with self._session.change():
            apart.keep(self._session, record, kept)
            note = msgspec.json.encode(_Moving(head, tuple(sorted(files)))).decode()
            keeping.set_setting(self._session.connection, _MOVING + record, note)

    def _arrive(self, record: RecordId, preview: SharePreview) -> None:
        body = self._session.kinds.decode(preview.kind, preview.body)
        with self._session.change(self._shared()) as change:
            change.put(preview.kind, body, record=record, arriving=True)

    def _depart(self, record: RecordId) -> None:
        """Take the private record away, its words from every state; unfinished writing on it stays."""
        drafts = [draft for draft in keeping.drafts(self._session.connection) if draft.key == record]
        with self._session.change() as change:
            change.erase(record, keeping=attachments.stays(self._session, self._shared(), record))
            keeping.drop_setting(self._session.connection, _MOVING + record)
            self._session.steps.forget(record)  # taking back what came before would reach into the shared space
            for draft in drafts:
                keeping.save_draft(self._session.connection, draft.key, draft.kind, draft.body, draft.saved_ms)

    # ------------------------------------------------------------------------------------------------ after a crash

    def _settle(self, record: RecordId, moving: _Moving, shared: Space) -> None:
        private = self._session.space.record(record)
        arrived = bool(shared.history(record))
        if arrived and private is not None:
            if private.head != moving.head:
                self._keep_as_new(private)
            attachments.send(self._session, shared, record, frozenset(moving.files))
            self._depart(record)
            return
        with self._session.change():
            keeping.drop_setting(self._session.connection, _MOVING + record)
            if not arrived:
                apart.keep(self._session, record, apart.Apart())

    def _keep_as_new(self, private: Record) -> None:
        """What was written in the meantime, while the shared file could not be opened, stays private, on its own."""
        with self._session.change() as change:
            change.put(private.kind, private.body)
