"""Which states of a record count in one space, for everything that projects, reads or changes it."""

from __future__ import annotations

from app.data import revisions
from app.data.connection import Connection
from app.data.signatures import Signatures
from app.domain import authorship
from app.domain.errors import RecordError
from app.domain.kinds.registry import Kinds
from app.domain.records import PersonId, RecordId, Revision


class Authorship:
    """The rule of one space: in a private one everything counts, in the one for two what was its author's to write."""

    def __init__(self, kinds: Kinds, signatures: Signatures | None) -> None:
        """`signatures` are those of the space for two; None for a private one."""
        self._kinds = kinds
        self._me: PersonId | None = signatures.me if signatures is not None else None

    def outline(self, connection: Connection, record: RecordId) -> list[Revision]:
        """`revisions.outline` of what counts."""
        return self.counted(revisions.outline(connection, record))

    def counted(self, history: list[Revision]) -> list[Revision]:
        """The states that count, in the order given."""
        if self._me is None or not history:
            return history
        return authorship.counted(history, self._me, together=self.together(authorship.began(history, self._me).kind))

    def is_own(self, history: list[Revision]) -> bool:
        """Whether this person may remove the record: they began it, or nobody else is here."""
        return self._me is None or authorship.began(history, self._me).author == self._me

    def may_word(self, history: list[Revision]) -> bool:
        """Whether this person may reword the record."""
        return self._me is None or self.is_own(history) or self.together(history[0].kind)

    def together(self, kind: str) -> bool:
        """Whether both word records of a kind. Of one that is not known here, only its writer does."""
        try:
            return self._kinds.declared(kind).sharing == authorship.TOGETHER
        except RecordError:
            return False

    def foreign(self, connection: Connection, record: RecordId) -> list[Revision]:
        """The states of a record that were not their author's to write."""
        history = revisions.outline(connection, record)
        counting = {revision.id for revision in self.counted(history)}
        return [revision for revision in history if revision.id not in counting]
