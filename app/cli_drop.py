"""`leeward drop`: leave something in a locked vault. Needs no passphrase, and can read nothing back."""

from __future__ import annotations

from pathlib import Path

from app import cli_input
from app.data.cards import FIRST, SECOND, Card
from app.domain.content import Content
from app.domain.errors import Code, VaultError
from app.domain.kinds.registry import Kinds
from app.services import inbox
from app.services.local_time import Now

MARKS = {"circle": FIRST, "square": SECOND}


def drop(folder: Path, what: str, text: str, mark: str | None, content: Content, now: Now) -> None:
    """Seal a note (`text` are its words), a trigger (`text` is JSON) or a tally (no text) to whom `mark` names.

    Raises:
        RecordError: IMPORT_REFUSED or INVALID_RECORD for what cannot be a record.
        VaultError: NO_VAULT; UNKNOWN_PERSON when nobody, or more than one person, could be meant; as `inbox.put_away`.
    """
    if what == "note":
        answers: dict[str, object] = {"body": text.rstrip("\r\n")}
    else:
        answers = cli_input.answers(text, inbox.TRIGGER) if what == "trigger" else {}
    kind = inbox.NOTE if what == "note" else inbox.TRIGGER
    inbox.put_away(folder, _owner(folder, mark), Kinds(content), kind, answers, now())


def _owner(folder: Path, mark: str | None) -> Card:
    if not (folder / "people").is_dir():
        raise VaultError(Code.NO_VAULT)
    meant = [card for card in inbox.cards_of(folder) if mark is None or card.mark == MARKS[mark]]
    if len(meant) != 1:
        raise VaultError(Code.UNKNOWN_PERSON)
    return meant[0]
