"""Two versions of a text, written without knowing of each other: both to read, and one text made of them."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from app.domain.merge import Merged, common_ancestor, merge
from app.domain.records import Body, Record, RecordId, Revision, heads, wall_ms
from app.services import apart, placing
from app.services.journal import Journal
from app.services.session import Session


class TwoTexts(msgspec.Struct, frozen=True):
    """One question whose words stand in two versions, with when each was saved (UTC milliseconds)."""

    field: str
    earlier: str
    earlier_ms: int
    later: str
    later_ms: int


class Joining:
    """Joins what no clock may decide between. Everything else was merged when the second version came."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._journal = Journal(session)

    def waiting(self, record: RecordId) -> tuple[TwoTexts, ...]:
        """The texts that wait to be joined, in the order of their questions; none where there is one version.

        Raises:
            RecordError: `UNKNOWN_RECORD`.
        """
        self._journal.record(record)
        found = self._merged(record)
        if found is None:
            return ()
        earlier, later, merged = found
        bodies = [self._body(revision) for revision in (earlier, later)]
        texts = []
        for field in merged.text_conflicts:
            words = [getattr(body, field, None) for body in bodies]
            if all(isinstance(part, str | None) for part in words):
                texts.append(
                    TwoTexts(field, words[0] or "", wall_ms(earlier.clock), words[1] or "", wall_ms(later.clock))
                )
        return tuple(texts)

    def join(self, record: RecordId, texts: Mapping[str, str]) -> None:
        """Save one text for each question that waited. Both versions stay in the history.

        Raises:
            RecordError: `UNKNOWN_RECORD`, `NOT_YOURS`, or a text that does not fit its question.
        """
        standing: Record = self._journal.record(record)
        found = self._merged(record)
        body = standing.body
        if found is not None:
            body = apart.whole(self._session, standing.kind, record, found[2].body)
        answers: dict[str, object] = msgspec.json.decode(self._session.kinds.encode(body))
        joined = {**answers, **{field: words or None for field, words in texts.items()}}
        kept = {name: value for name, value in joined.items() if value is not None}
        checked = self._journal.check(standing.kind, kept)
        placing.follow(self._session, record, standing.kind, checked, lambda: None)

    def _merged(self, record: RecordId) -> tuple[Revision, Revision, Merged] | None:
        """The two newest versions, earlier first, and what they merge to; None where there is one."""
        history = self._journal.history(record)
        tips = [tip for tip in heads(history) if tip.body is not None]
        if len(tips) < 2:
            return None
        earlier, later = tips[-2:]
        ancestor = common_ancestor(history, earlier.id, later.id)
        base = self._body(ancestor) if ancestor is not None and ancestor.body is not None else None
        declared = self._session.kinds.declared(later.kind)
        return earlier, later, merge(declared, base, (earlier, self._body(earlier)), (later, self._body(later)))

    def _body(self, revision: Revision) -> Body:
        return self._session.kinds.decode(revision.kind, revision.body or b"{}")
