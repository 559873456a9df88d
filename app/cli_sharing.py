"""`leeward share` and `leeward people`, and how shared entries are told apart in what other commands print."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from app.domain.errors import Code, RecordError
from app.domain.records import RecordId
from app.domain.wording import with_partner
from app.services import reach
from app.services.desk import Desk
from app.services.session import Session
from app.services.sharing import SharePreview

AGREED = "yes"


class _Entry(Protocol):
    """What lists and searches know of an entry."""

    @property
    def shared(self) -> bool:
        """Whether it stands in the space for two."""


def whereabouts(session: Session, author: str, *, shared: bool) -> dict[str, object]:
    """What JSON says of where an entry stands: `shared`, and whose words it holds where two people write."""
    return {"shared": shared, "author": reach.name_of(session, author)} if shared else {"shared": False}


def whereabouts_of(session: Session, record: RecordId) -> dict[str, object]:
    """The same for a record of which only the id is known."""
    entry = reach.entry(session, record)
    return whereabouts(session, entry.author, shared=entry.shared) if entry is not None else {}


def mark(entry: _Entry) -> str:
    """One letter in a list: s for a shared entry."""
    return "s" if entry.shared else " "


def share(desk: Desk, start: str, ask: Callable[[str], str] | None, say: Callable[[str], None]) -> bool:
    """Print exactly what would be readable, ask unless the question was answered before, and share it.

    Returns whether it was shared: any answer but "yes" keeps it private.

    Raises:
        RecordError: as `Sharing.preview` and `Sharing.share`.
    """
    record = desk.journal.resolve(start)
    preview = desk.sharing.preview(record)
    for line in _said(desk.session, preview):
        say(line)
    if ask is not None and ask(f"{desk.session.content.care.share.check} ({AGREED}/no): ").strip().lower() != AGREED:
        say(desk.session.content.care.share.no_notice)
        return False
    desk.sharing.share(record, preview)
    say(desk.session.content.care.share.done)
    return True


def _said(session: Session, preview: SharePreview) -> list[str]:
    """The sentences of the page, with the words between them as they are: braces somebody wrote stay braces."""
    words = session.content.care.share
    partner = session.partner or ""
    lines = [with_partner(words.title, partner), "", with_partner(words.lead, partner), "", preview.text, ""]
    if preview.left_out:
        reasons = {reason.id: reason for reason in words.left}
        lines.append(words.left_title)
        lines += [f"    {left.label}: {reasons[left.reason].label}" for left in preview.left_out]
        lines.append("")
    if preview.earlier:
        lines.append(with_partner(words.earlier, partner))
    return [*lines, words.moved, *(with_partner(line, partner) for line in words.body), words.pressure]


def people(desk: Desk) -> list[dict[str, object]]:
    """The people of this vault as this person knows them: names are this person's own words for them.

    Raises:
        RecordError: UNKNOWN_RECORD for a desk without a vault.
    """
    session = desk.session
    if desk.people is None:
        raise RecordError(Code.UNKNOWN_RECORD, record="?")
    listed: list[dict[str, object]] = [
        {"name": session.person.name, "you": True, "fingerprint": desk.people.own_fingerprint}
    ]
    other = desk.people.other()
    if other is not None:
        listed.append({"name": other.name or "", "you": False, "fingerprint": other.fingerprint})
    return listed
