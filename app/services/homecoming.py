"""Before somebody leaves the space for two: what they wrote there comes back into their own part.

The other person's words are not copied: in a private file they would stand there as one's own.
"""

from __future__ import annotations

from app.data import people as parts
from app.data import reading
from app.domain.records import RecordId
from app.services import apart, attachments
from app.services.session import Session


def take_home(session: Session, space_id: str) -> int:
    """Put every standing record this person wrote in the shared space into the private one, under the same id.

    What was kept apart of it is part of it again. That the space is left is noted in the same transaction, so that a
    crash leaves neither half: the next unlock finishes leaving (`app.data.people.finish_leaving`). Returns how many
    records came.

    Raises:
        VaultError: as `Space.change`; nothing came then.
    """
    shared, me = session.shared, session.person.id
    if shared is None:
        return 0
    rows = shared.connection.execute("SELECT id FROM record WHERE author = ? ORDER BY number", (me,)).fetchall()
    came = 0
    with session.change() as change:
        for (raw,) in rows:
            record = RecordId(raw)
            found = shared.record(record)
            if found is None or reading.entry(session.connection, record) is not None:
                continue
            body = apart.whole(session, found.kind, record, found.body)
            change.bring_home(found.kind, body, record)
            for attachment, said in attachments.fetch_home(session, shared, record):
                change.attach(said, None, attachment=attachment)
            came += 1
        parts.note_left(session.connection, space_id)
    return came
