"""Whether something written here can mean danger, asked at every door before anything for two is offered.

Somebody who marks abuse, harm or control is shown the safety page first. Nothing for two is offered from such an entry,
nor from what hangs on such a thread, and it stays private. What counts as such a mark is declared in the word lists
(`safety = true`), and a note about safety counts by its answers: no screen decides it for itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import Final

from app.data.connection import Connection
from app.data.thread_queries import ids_of_kind, marked_with
from app.domain.fields import Kind
from app.domain.kinds import intake
from app.domain.practices import Practice
from app.domain.records import Body, RecordId
from app.domain.safety import FEAR_NOTE, is_for_two, says_danger, threads_of
from app.services import apart, reach
from app.services.session import Session

COUPLE: Final = frozenset({"partner"})
"""The relations of a thread, besides none said, in which a mark speaks of the two who share this journal."""


class Danger:
    """What one session's entries say of danger. Asked anew each time: nothing of it is kept anywhere."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def marks(self, record: RecordId) -> bool:
        """Whether an entry marks danger, or a thread it belongs to does. False for one that is not there."""
        found = self._body(record)
        if found is None:
            return False
        kind, body = found
        return self.marks_body(kind.id, body)

    def marks_body(self, kind_id: str, body: Body) -> bool:
        """The same of answers that may not be saved yet."""
        kind = self._session.kinds.declared(kind_id)
        return says_danger(kind, body) or any(self._is_marked_thread(thread) for thread in threads_of(kind, body))

    def marks_answers(self, kind_id: str, answers: Mapping[str, object]) -> bool:
        """The same of answers as a form has them, however unfinished: what does not fit its question says nothing."""
        kind = self._session.kinds.declared(kind_id)
        fitting: dict[str, object] = dict.fromkeys(field.id for field in kind.fields)
        for field in kind.fields:
            with suppress(intake.Refused):
                fitting[field.id] = intake.answer(field, answers.get(field.id))
        return self.marks_body(kind_id, self._session.kinds.struct(kind_id)(**fitting))

    def recorded(self) -> bool:
        """Whether anything here marks danger between the two: a thread, a trigger, a setback or a safety note.

        What is about a parent, a past partner or a place says nothing of the two and does not count.
        """
        safety = self._safety_words()
        marked = [record for file in self._files() for record in marked_with(file, safety)]
        marked += [record for record in apart.kept(self._session) if self.marks(record)]
        return any(self._is_about_two(record) for record in marked) or self._afraid()

    def offers(self, practice: Practice) -> bool:
        """Whether a practice may be offered as it is. One for two may not while danger is `recorded`."""
        return not (self.is_for_two(practice) and self.recorded())

    def is_for_two(self, practice: Practice) -> bool:
        """Whether a practice is done by two here, or asks something of both seats."""
        sort, target = practice.target
        kind = self._session.content.kinds.get("conversation" if sort == "conversation" else target)
        for_two = kind is not None and is_for_two(kind)
        return practice.audience == "two" or (for_two and not self._session.solo)

    # ---------------------------------------------------------------------------------------------------- looking

    def _files(self) -> tuple[Connection, ...]:
        return reach.connections(self._session)

    def _safety_words(self) -> dict[str, tuple[str, ...]]:
        """The ids of answers that can mean danger, by the field that offers them."""
        found: dict[str, set[str]] = {}
        for kind in self._session.content.kinds.values():
            for field in kind.fields:
                found.setdefault(field.id, set()).update(option.id for option in field.options if option.safety)
        return {field: tuple(sorted(ids)) for field, ids in found.items() if ids}

    def _is_about_two(self, record: RecordId) -> bool:
        found = self._body(record)
        if found is None:
            return False
        kind, body = found
        threads = [body, *(self._thread(thread) for thread in threads_of(kind, body))]
        relations = {getattr(thread, "relation", None) for thread in threads if thread is not None} - {None}
        return not relations or not relations.isdisjoint(COUPLE)

    def _afraid(self) -> bool:
        kind = self._session.content.kinds.get(FEAR_NOTE)
        if kind is None:
            return False
        notes = (self._body(record) for file in self._files() for record in ids_of_kind(file, FEAR_NOTE))
        return any(says_danger(found[0], found[1]) for found in notes if found is not None)

    def _is_marked_thread(self, thread: RecordId) -> bool:
        body = self._thread(thread)
        return body is not None and says_danger(self._session.kinds.declared("injury"), body)

    def _thread(self, thread: RecordId) -> Body | None:
        found = self._body(thread)
        return found[1] if found is not None and found[0].id == "injury" else None

    def _body(self, record: RecordId) -> tuple[Kind, Body] | None:
        """An entry's kind and answers, with what is kept apart of a shared one."""
        for space in self._session.spaces:
            found = space.record(record)
            if found is not None:
                own = space is self._session.space
                body = found.body if own else apart.whole(self._session, found.kind, record, found.body)
                return self._session.kinds.declared(found.kind), body
        return None
