"""What opens a person's part, as they see and change it: passphrase, recovery code, and new keys for everything."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

import msgspec

from app.crypto.kdf import DEFAULT, KdfParams
from app.crypto.recovery import RecoveryCode, new_code, parse
from app.data import backups, keeping, key_changes, tries
from app.data.durable_files import replace_file
from app.data.unlocked import Unlocked
from app.domain.errors import Code, VaultError
from app.services import rotating
from app.services.backups import keep_up
from app.services.inbox import Inbox
from app.services.own_vault import OwnVault
from app.services.session import Session

if TYPE_CHECKING:
    from app.reports.recovery_sheet import SheetWords

_REMIND_ON: Final = "recovery.remind_on"
_REMIND_AFTER: Final = timedelta(days=2)
"""From the first day to the third."""


class KeyStatus(msgspec.Struct, frozen=True):
    """How things stand: local days, None where it was never noted. `recovery_on` is None without a recovery code."""

    passphrase_on: date | None
    recovery_on: date | None
    has_code: bool
    shared: bool


class Rotated(msgspec.Struct, frozen=True):
    """What a change of all keys did: `code_ended` when a recovery code ended with it, `backups_kept` when earlier
    backups could not be replaced by a new one.
    """

    code_ended: bool
    backups_kept: bool = False


class Keys:
    """The verbs. Slow ones say so; all run on the thread that owns the session."""

    def __init__(self, session: Session, vault: OwnVault | None) -> None:
        """`vault` is None for a desk that stands on a space alone; then every verb refuses with NO_VAULT."""
        self._session = session
        self._own = vault
        self._drawn: RecoveryCode | None = None

    def status(self) -> KeyStatus:
        """How things stand now."""
        contents, header = self._vault.contents, self._vault.header
        has_code = header.recovery_slot is not None
        return KeyStatus(
            self._day(contents.passphrase_set_at),
            self._day(contents.recovery_made_at) if has_code else None,
            has_code,
            bool(contents.shared),
        )

    def prove(self, passphrase: str) -> None:
        """Ask for the present passphrase before anything about keys changes: a real unlock. Slow (one derivation).

        A miss is counted with those at the locked screen, and told after the next unlock.

        Raises:
            VaultError: WRONG_PASSPHRASE, EMPTY_PASSPHRASE.
        """
        try:
            key_changes.prove_passphrase(self._vault, passphrase)
        except VaultError as error:
            if error.code is Code.WRONG_PASSPHRASE:
                tries.note_miss(self._vault.layout, self._vault.header.body.person_file)
            raise

    def change(self, present: str, passphrase: str, *, kdf: KdfParams = DEFAULT) -> None:
        """Another passphrase for the same keys, also for the copies in the vault's folder. Slow (three derivations).

        Copies anywhere else still open with the old one.

        Raises:
            VaultError: as `prove` and `Unlocked.change_passphrase`.
        """
        self.prove(present)
        self._vault.change_passphrase(passphrase, kdf=kdf)
        self._copies_follow()

    def rotate(
        self,
        present: str,
        passphrase: str,
        *,
        kdf: KdfParams = DEFAULT,
        progress: Callable[[float], None] = lambda _share: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> Rotated | None:
        """New keys for everything of this person; None when it was called off in time, and then nothing changed. Slow.

        The session goes on with the new file, so that a draft saved afterwards is in it; the window locks after it.
        `progress` is told how far it is; from `rotating.TURNED` on it cannot be called off.

        Raises:
            VaultError: SHARED_CLOSED while there is a space for two that is not open; as `prove`, `rotation.rotate` and
                `renewal.prepare`.
        """
        session, vault = self._session, self._vault
        rotating.refuse_without_shared(session, vault)
        self.prove(present)
        code_ended = vault.header.recovery_slot is not None
        Inbox(session, vault).join(all_of_it=True)  # what was sealed to the keys that end now
        way, former = rotating.Way(vault, progress), backups.key_of(vault)
        try:
            if not rotating.turn(session, vault, passphrase, kdf, way, cancelled):
                return None
            self._drawn = None
            renewed = rotating.renew_backups(session, vault, former, way)
        finally:
            former.wipe()
        way.end()
        return Rotated(code_ended, backups_kept=not renewed)

    def draw_code(self) -> tuple[str, ...]:
        """A fresh code in eight groups. It opens nothing until it was typed back, and is dropped with the session."""
        self._drawn = new_code()
        return self._drawn.groups

    def drop_drawn(self) -> None:
        """Forget a code that was drawn and never typed back."""
        self._drawn = None

    def confirm_code(self, typed: str) -> None:
        """Take the drawn code as it was typed back: it is written, opened from disk, and only then counts as saved.

        An earlier code ends with it.

        Raises:
            VaultError: CODE_TYPO (with the `group` where one place is wrong); CODE_ELSEWHERE when it is another code;
                as `key_changes.set_recovery`.
        """
        code = parse(typed)
        if self._drawn is None or code != self._drawn:
            header = self._vault.header
            earlier = code.tag(header.place) in key_changes.ended_tags(header)
            raise VaultError(Code.CODE_RETIRED if earlier else Code.CODE_ELSEWHERE)
        key_changes.set_recovery(self._vault, code)
        self._copies_follow()
        self._drawn = None

    def drop_code(self) -> None:
        """End the recovery code without a new one.

        Raises:
            VaultError: as `key_changes.drop_recovery`.
        """
        key_changes.drop_recovery(self._vault)
        self._copies_follow()

    def remind_of_sheet(self) -> None:
        """Remind once of the recovery sheet, on the third day counted from today."""
        day = self._session.now().date() + _REMIND_AFTER
        keeping.set_setting(self._session.connection, _REMIND_ON, day.isoformat())

    def sheet_reminder_due(self) -> bool:
        """Whether the person wanted to be reminded by now, and there is still no code."""
        stored = keeping.setting(self._session.connection, _REMIND_ON)
        if self._own is None or not stored:
            return False
        try:
            due = date.fromisoformat(stored) <= self._session.now().date()
        except ValueError:
            return False
        return due and self._vault.header.recovery_slot is None

    def forget_sheet_reminder(self) -> None:
        """It was seen: never again, unless the person asks for it again."""
        keeping.set_setting(self._session.connection, _REMIND_ON, "")

    def sheet(self, words: SheetWords) -> bytes:
        """The drawn code as a page to print, PDF.

        Raises:
            VaultError: CODE_ELSEWHERE when none was drawn.
        """
        from app.reports import recovery_sheet  # what it loads is not worth a wait at every unlock

        return recovery_sheet.pdf(self._groups(), words)

    def sheet_pages(self, words: SheetWords, dots_per_inch: float) -> tuple[bytes, ...]:
        """The same as PNG pictures, for the printer."""
        from app.reports import recovery_sheet  # as above

        return recovery_sheet.pages(self._groups(), words, dots_per_inch)

    def save_sheet(self, words: SheetWords, path: Path) -> None:
        """Put the PDF in a file of the person's choosing, readable by its owner only.

        Raises:
            VaultError: NO_PERMISSION, DISK_FULL, WRITE_FAILED.
        """
        replace_file(path, self.sheet(words))

    def _copies_follow(self) -> None:
        """The copies in the folder open with the same; at the latest when the journal is closed."""
        if self._own is not None and not keep_up(self._own.unlocked):
            self._own.at_end(keep_up)

    def _groups(self) -> tuple[str, ...]:
        if self._drawn is None:
            raise VaultError(Code.CODE_ELSEWHERE)
        return self._drawn.groups

    def _day(self, moment: datetime | None) -> date | None:
        return None if moment is None else moment.astimezone(UTC).astimezone(ZoneInfo(self._session.zone)).date()

    @property
    def _vault(self) -> Unlocked:
        if self._own is None:
            raise VaultError(Code.NO_VAULT)
        return self._own.unlocked
