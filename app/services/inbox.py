"""What was put away while the vault was locked: sealing it without a key, and letting it join at the next unlock.

Joining is exactly-once across crashes: a record comes in under the id it was given when it was written, in the same
transaction as everything else of its batch, and its file goes only after that. A file that is found again is one whose
id is known already, also when the record has been removed since.

Anyone at the computer can put something away, so everything that joins is announced, and a flood waits to be let in.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import groupby
from pathlib import Path
from types import MappingProxyType
from typing import Final

import msgspec

from app.crypto.identity import Identity
from app.data import cards, former_keys, inbox, keeping, reading, revisions
from app.data.cards import Card
from app.data.inbox import DRAFT, Parcel, Waiting
from app.data.keeping import Draft
from app.data.unlocked import Unlocked
from app.data.vault_layout import Layout
from app.data.vault_meta import is_id
from app.domain.deriving import zone_of
from app.domain.errors import Code, LeewardError, RecordError
from app.domain.kinds import intake
from app.domain.kinds.registry import Kinds
from app.domain.records import Body, Clock, RecordId, new_id
from app.services.journal import Journal
from app.services.session import Session
from app.services.triggers import moment

TRIGGER, NOTE = "trigger", "note"
ASKED: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {TRIGGER: frozenset({"at", "cue", "peak", "move"}), NOTE: frozenset({"title", "body"})}
)
"""The kinds that can be put away, and what may be answered: the two fast speeds of a trigger, and words."""
BATCH: Final = 200
"""Parcels of one transaction."""
_ARRIVED, _DRAFTS_DONE = "inbox.arrived", "inbox.drafts_done"
_REMEMBERED = 2_000
_KEY_LIMIT = 200
_LOW_BITS = 16
_AHEAD_MS = 24 * 3600 * 1000
"""How far ahead of the clock a moment may lie."""


Recipient = Card
"""Somebody to whom a locked screen can leave something, as `cards_of` gives them."""


class InboxJoined(msgspec.Struct, frozen=True):
    """What an unlock brought. `kept_back` files could not be opened and stay; `waiting` ones are too many to come in
    unasked: then nothing joined. `drafts` counts unfinished writing that came back.
    """

    joined: tuple[RecordId, ...] = ()
    drafts: int = 0
    kept_back: int = 0
    waiting: int = 0


class _Ready(msgspec.Struct, frozen=True):
    """A parcel that was opened and understood; `body` is None for a draft."""

    waiting: Waiting
    parcel: Parcel
    body: Body | None


def cards_of(folder: Path) -> tuple[Card, ...]:
    """For whom something can be put away here: one card needs no question, two ask for circle or square.

    Raises:
        VaultError: NO_PERMISSION, INCOMPLETE_COPY.
    """
    return cards.read_cards(Layout(folder))


def is_first(card: Card) -> bool:
    """Whether the card's mark is the circle; else it is the square."""
    return card.mark == cards.FIRST


def put_away(folder: Path, card: Card, kinds: Kinds, kind: str, answers: Mapping[str, object], at: dt.datetime) -> None:
    """Seal one trigger (also a bare tally: no answers) or note to the owner of `card`; durable when this returns.

    `at` is now, aware, in the person's zone. Afterwards nobody can read it here, not even whether it is a note.

    Raises:
        RecordError: INVALID_RECORD: nothing was said, or an answer does not fit.
        VaultError: as `inbox.drop`; nothing was put away then.
    """
    said = {key: value for key, value in answers.items() if value is not None}
    zone = str(at.tzinfo)
    if kind == TRIGGER:
        said = {"at": moment(at, zone), **said}
    _refuse_unasked(kind, said)
    kinds.parse(kind, said)
    parcel = Parcel(new_id(), kind, said, int(at.timestamp() * 1000), zone)
    inbox.drop(folder, card, parcel)


class Inbox:
    """The inbox of the person whose vault is open."""

    def __init__(self, session: Session, unlocked: Unlocked) -> None:
        self._session = session
        self._journal = Journal(session)
        self._unlocked = unlocked
        self._layout = Layout(unlocked.root)
        self._last = InboxJoined()
        self._refused: list[Path] = []
        self._former: Identity | None = None

    def join_quietly(self) -> None:
        """Let in what waits, as part of opening; whatever is wrong with the inbox keeps nobody out."""
        try:
            self.join()
        except LeewardError:  # the files stay, and the next unlock tries again
            self._last = msgspec.structs.replace(self._last, joined=self._arrived())

    def join(self, *, all_of_it: bool = False) -> InboxJoined:
        """Let in what waits, in the order it was written. `all_of_it`: the person has agreed to a flood.

        After a change of all keys, what was sealed to the former ones joins too, this once; then they are forgotten.

        Raises:
            VaultError: DISK_FULL, WRITE_FAILED, NO_PERMISSION: whole batches joined or did not, and their files stay.
        """
        self._former = former_keys.former_identity(self._session.connection, self._unlocked.identity)
        try:
            self._join_found(all_of_it=all_of_it)
        finally:
            former, self._former = self._former, None
            if former is not None:
                former.wipe()
        if former is not None and not self._last.waiting:
            former_keys.forget_former(self._session.connection)
        return self._last

    def _join_found(self, *, all_of_it: bool) -> None:
        inbox.sweep(self._layout)
        drafts = 0
        while True:
            found = inbox.look(self._layout, self._unlocked.person_file)
            self._refused = list(found.strange)
            if found.full and not all_of_it:
                waiting = len(found.mine)
                break
            drafts += self._join_all(found.mine)
            waiting = 0
            if not found.full or len(self._refused) >= len(found.mine) + len(found.strange):  # nothing more moves
                break
        self._last = InboxJoined(self._arrived(), drafts, len(self._refused), waiting)

    def news(self) -> InboxJoined:
        """What is to be told after this unlock: also what joined earlier and was not told yet."""
        return self._last

    def told(self) -> None:
        """The person has seen it."""
        if self._arrived():
            keeping.set_setting(self._session.connection, _ARRIVED, "[]")
        self._last = InboxJoined()

    def discard_kept_back(self) -> int:
        """Remove every file that cannot be opened, on the person's own word; how many there were."""
        paths, self._refused = self._refused, []
        inbox.take_away(paths, self._layout)
        self._last = msgspec.structs.replace(self._last, kept_back=0)
        return len(paths)

    def _opened(self, waiting: Sequence[Waiting]) -> Iterator[_Ready]:
        """Those that open and make sense. The others stay where they are."""
        now_ms = int(self._session.now().timestamp() * 1000)
        for one in waiting:
            try:
                parcel = _sound(self._parcel(one), now_ms)
                body = None if parcel.kind == DRAFT else self._body(parcel)
            except LeewardError:
                continue
            yield _Ready(one, parcel, body)

    def _parcel(self, one: Waiting) -> Parcel:
        """Open one with today's keys, or with those that ended last."""
        vault_id, former = self._unlocked.vault_id, self._former
        try:
            return inbox.open_parcel(one, vault_id, self._unlocked.identity)
        except LeewardError:
            if former is None:
                raise
            return inbox.open_parcel(one, vault_id, former)

    def _body(self, parcel: Parcel) -> Body:
        """The record a parcel becomes.

        Raises:
            RecordError: the program itself cannot have put this away.
        """
        _refuse_unasked(parcel.kind, parcel.answers)
        return self._journal.check(parcel.kind, parcel.answers)

    def _join_all(self, waiting: tuple[Waiting, ...]) -> int:
        """In order, batch by batch. Returns how many drafts came back; files that were refused are remembered."""
        drafts = 0
        with ThreadPoolExecutor(max_workers=1) as remover:  # removing files costs as much as joining what was in them
            for start in range(0, len(waiting), BATCH):
                batch = waiting[start : start + BATCH]
                joined = self._join_batch(list(self._opened(batch)))
                drafts += sum(one.body is None for one in joined)
                done = [one.waiting.path for one in joined]
                remover.submit(inbox.take_away, done, self._layout)
                gone = set(done)
                self._refused += [one.path for one in batch if one.path not in gone]
        return drafts

    def _join_batch(self, ready: list[_Ready]) -> list[_Ready]:
        """Records in one transaction for each run from the same zone, drafts one by one. Returns what is safe now."""
        safe: list[_Ready] = []
        for (zone, is_draft), run in groupby(ready, key=lambda one: (one.parcel.zone, one.body is None)):
            members = list(run)
            if is_draft:
                safe += [one for one in members if self._join_draft(one.parcel)]
            else:
                self._join_records(members, zone)
                safe += members
        return safe

    def _join_records(self, members: list[_Ready], zone: str) -> None:
        """One transaction. A record that is known already, standing or removed, has joined before."""
        joined: list[RecordId] = []
        with self._session.change(zone=zone) as change:
            for place, one in enumerate(members):
                parcel = one.parcel
                if one.body is not None and not self._is_known(parcel.id):
                    change.at(_clock(parcel, place))
                    joined.append(change.put(parcel.kind, one.body, record=RecordId(parcel.id), arriving=True))
            self._note(_ARRIVED, [*self._arrived(), *joined])

    def _join_draft(self, parcel: Parcel) -> bool:
        """Bring unfinished writing back under its key; what has no place there becomes a note. False when refused.

        A newer draft is never overwritten, and an older one is not lost.
        """
        done = self._listed(_DRAFTS_DONE)
        if parcel.id in done or self._is_known(parcel.id):
            return True
        try:
            with self._session.change(zone=parcel.zone) as change:
                older = self._settle(Draft(parcel.key, parcel.form, parcel.answers, parcel.written_ms))
                if older is not None:
                    note = self._session.kinds.parse(NOTE, {"body": self._as_words(older)})
                    record = change.at(_clock(parcel, 0)).put(NOTE, note, record=RecordId(parcel.id), arriving=True)
                    self._note(_ARRIVED, [*self._arrived(), record])
                self._note(_DRAFTS_DONE, [*done, parcel.id])
        except RecordError:
            return False
        return True

    def _is_known(self, record: str) -> bool:
        return any(revisions.outline(space.connection, RecordId(record)) for space in self._session.spaces)

    def _settle(self, brought: Draft) -> Draft | None:
        """Let the newest draft stand under its key, and return the other one, if there is another."""
        connection = self._session.connection
        if not self._fits(brought):
            return brought
        if is_id(brought.key) and reading.entry(connection, RecordId(brought.key)) is None:
            return brought
        standing = next((draft for draft in keeping.drafts(connection) if draft.key == brought.key), None)
        if standing is not None and standing.saved_ms > brought.saved_ms:
            return brought if brought.body != standing.body else None
        keeping.save_draft(connection, brought.key, brought.kind, brought.body, brought.saved_ms)
        return standing if standing is not None and standing.body != brought.body else None

    def _fits(self, draft: Draft) -> bool:
        """Whether a form of ours can show every answer: anyone at the computer can seal a draft, in any shape.

        Raises:
            RecordError: UNKNOWN_KIND.
        """
        fields = {field.id: field for field in self._session.kinds.declared(draft.kind).fields}
        if not 0 < len(draft.key) <= _KEY_LIMIT or not fields.keys() >= draft.body.keys():
            return False
        try:
            for name, value in draft.body.items():
                intake.answer(fields[name], value)
        except intake.Refused:
            return False
        return True

    def _as_words(self, draft: Draft) -> str:
        """A draft as a note: each question that was answered with words or a number, and its answer."""
        labels = {field.id: field.label for field in self._session.kinds.declared(draft.kind).fields}
        answers = {labels.get(name, name): value for name, value in draft.body.items() if isinstance(value, str | int)}
        return "\n\n".join(f"{label}\n{value}" for label, value in answers.items())

    def _arrived(self) -> tuple[RecordId, ...]:
        return tuple(RecordId(record) for record in self._listed(_ARRIVED))

    def _listed(self, key: str) -> list[str]:
        try:
            return msgspec.json.decode(keeping.setting(self._session.connection, key) or "[]", type=list[str])
        except msgspec.MsgspecError:
            return []

    def _note(self, key: str, ids: list[str] | list[RecordId]) -> None:
        kept = msgspec.json.encode(ids[-_REMEMBERED:]).decode()
        if kept != (keeping.setting(self._session.connection, key) or "[]"):
            keeping.set_setting(self._session.connection, key, kept)


def _refuse_unasked(kind: str, answers: Mapping[str, object]) -> None:
    """Refuse what the locked screen does not ask for.

    Raises:
        RecordError: INVALID_RECORD.
    """
    asked = ASKED.get(kind)
    if asked is None or not asked.issuperset(answers):
        raise RecordError(Code.INVALID_RECORD, kind=kind, field="", reason="not_while_locked")


def _sound(parcel: Parcel, now_ms: int) -> Parcel:
    """A moment that cannot be (a clock that was wrong) becomes now, a zone nobody knows becomes UTC."""
    zone = parcel.zone if str(zone_of(parcel.zone)) == parcel.zone else "UTC"
    if 0 <= parcel.written_ms <= now_ms + _AHEAD_MS:
        return msgspec.structs.replace(parcel, zone=zone)
    answers = {name: value for name, value in parcel.answers.items() if name != "at"}
    answers = answers if parcel.kind != TRIGGER else {**answers, "at": _at(now_ms, zone)}
    return msgspec.structs.replace(parcel, zone=zone, written_ms=now_ms, answers=answers)


def _at(now_ms: int, zone: str) -> dict[str, object]:
    return moment(dt.datetime.fromtimestamp(now_ms / 1000, zone_of(zone)), zone)


def _clock(parcel: Parcel, place: int) -> Clock:
    """Reads the moment of writing; within one batch equal moments stay in their order."""
    return Clock((parcel.written_ms << _LOW_BITS) | place, wall_ms=lambda: 0)
