"""The tour's stops over the pages: keys and the recovery sheet, what two people decide, versions, what was removed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, Protocol

import msgspec
from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QScrollArea, QWidget

from app import paths
from app.domain.records import Clock, RecordId
from app.services import demo, passphrases
from app.services.desk import Desk
from app.services.sample_words import ADDED
from app.ui.main_window import MainWindow
from app.ui.models.versions import open_history
from app.ui.screens.journal.view import JournalView
from app.ui.screens.keys.change import ChangeSurface, EndSheetSurface
from app.ui.screens.keys.renew import RenewSurface
from app.ui.screens.keys.sheet import SheetSurface
from app.ui.screens.keys.state import KeysState, Stage
from app.ui.screens.keys.surface import KeysSurface
from app.ui.screens.people import surfaces
from app.ui.screens.today.sheet_notice import SheetNotice
from app.ui.text import Trouble, trouble
from app.ui.widgets.dialog import DialogSurface

Arrive = Callable[[], None]
_PHRASE: Final = demo.sample_passphrase(4)
_GROUPS: Final = ("K7QM", "2FXD", "9TRB", "HW4C", "6JNP", "ZV3G", "M8YS", "5DKA")
"""Eight groups that look like a code. They belong to nothing."""
BELOW: Final = "settings-keys"
"""The one stop that is pictured at the end of its page: see `Surfaces.end`."""
_HALF_WAY: Final = 0.42
"""What the tour adds to an entry that has one wording only."""
_LOOKED_AT: Final = 120


class Touring(Protocol):
    """What these stops ask of the tour."""

    def enter(self, desk: Desk) -> MainWindow:
        """Show this person's journal in the window, from its beginning."""

    def at(self, desk: Desk) -> MainWindow:
        """This person's journal as it stands in the window, with nothing over its page."""


class Surfaces:
    """Goes to one of `stops` after the other, in the journal of somebody who shares a space."""

    def __init__(self, tour: Touring, desk: Desk) -> None:
        self._tour, self._desk = tour, desk
        self._session: MainWindow | None = None

    def stops(self) -> dict[str, Arrive]:
        """Where to go, by name, in order."""
        return {
            BELOW: lambda: _seen(self._at_keys()),
            "keys-change": lambda: self._over(ChangeSurface(self._at_keys().context)),
            "keys-change-typed": self._typed,
            "keys-change-refused": self._refused,
            "keys-renew": lambda: self._over(RenewSurface(self._at_keys().context)),
            "keys-renewing": lambda: self._renewal(KeysState(Stage.RENEWING, busy=True, share=_HALF_WAY)),
            "keys-renewed": lambda: self._renewal(KeysState(Stage.DONE, share=1.0, replaces=True, backups_kept=True)),
            "sheet-asked": lambda: self._over(SheetSurface(self._at_keys().context)),
            "sheet-shown": lambda: self._sheet(KeysState(Stage.SHOWN, groups=_GROUPS, replaces=True)),
            "sheet-typed-back": lambda: self._sheet(KeysState(Stage.TYPE_BACK)),
            "sheet-ended": lambda: self._over(EndSheetSurface(self._at_keys().context)),
            "people-invited": lambda: self._over(surfaces.invitation(self._at_people().context, _nothing)),
            "people-changed-keys": self._changed_keys,
            "people-compared": self._compared,
            "people-leaving": lambda: self._over(surfaces.leaving(self._at_people().context, _nothing)),
            "people-again": lambda: self._over(surfaces.beginning_again(self._at_people().context, _nothing)),
            "today-sheet-line": self._sheet_line,
            "journal-versions": self._versions,
            "journal-removed-toast": self._remove,
            "journal-removed": self._removed,
        }

    def _here(self) -> MainWindow:
        self._session = self._tour.at(self._desk)
        return self._session

    def _at_keys(self) -> MainWindow:
        session = self._here()
        session.go("settings", "privacy")
        return session

    def _at_people(self) -> MainWindow:
        session = self._here()
        session.go("settings", "people")
        return session

    def _over(self, surface: DialogSurface) -> None:
        assert self._session is not None  # noqa: S101  # whoever made the surface has entered
        self._session.open_over(surface)

    # ------------------------------------------------------------------------------------------------------- keys

    def end(self) -> None:
        """Scroll what is shown to its end."""
        for around in self._here().findChildren(QScrollArea):
            if around.isVisible():
                around.verticalScrollBar().setValue(around.verticalScrollBar().maximum())

    def _typed(self) -> None:
        surface = ChangeSurface(self._at_keys().context)
        self._fill(surface)
        self._over(surface)

    def _fill(self, surface: ChangeSurface) -> None:
        surface.present.setText(_PHRASE)
        with QSignalBlocker(surface.new):  # what is shown is not judged
            surface.new.take(_PHRASE)
            surface.new.again.setText(_PHRASE)
        surface.render_state(KeysState(strength=passphrases.LEAST_STRENGTH + 1))

    def _refused(self) -> None:
        surface = ChangeSurface(self._at_keys().context)
        self._fill(surface)
        self._over(surface)
        surface.render_state(KeysState(strength=passphrases.LEAST_STRENGTH + 1, trouble=self._trouble()))

    def _trouble(self) -> Trouble:
        from app.domain.errors import Code, VaultError

        return trouble(VaultError(Code.WRONG_PASSPHRASE), self._desk.session.content)

    def _renewal(self, state: KeysState) -> None:
        self._stand(RenewSurface(self._at_keys().context), state)

    def _sheet(self, state: KeysState) -> None:
        self._stand(SheetSurface(self._at_keys().context), state)

    def _stand(self, surface: KeysSurface, state: KeysState) -> None:
        self._over(surface)
        surface.render_state(state)

    def _sheet_line(self) -> None:
        session = self._here()
        session.go("today")
        for notice in session.findChildren(SheetNotice):
            notice.show()

    # ----------------------------------------------------------------------------------------------------- people

    def _changed_keys(self) -> None:
        own, other = self._words()
        self._over(surfaces.changed_keys(self._at_people().context, own, other, _nothing))

    def _compared(self) -> None:
        own, other = self._words()
        self._over(surfaces.comparing(self._at_people().context, own, other))

    def _words(self) -> tuple[Sequence[str], Sequence[str]]:
        from app.services.people import compared_words

        people, listed = self._desk.people, paths.resources() / "content" / "words-en.txt"
        if people is None or (other := people.together().other) is None:
            return (), ()
        return compared_words(people.own_fingerprint, listed), compared_words(other.fingerprint, listed)

    # ---------------------------------------------------------------------------------------------------- journal

    def _versions(self) -> None:
        record = self._with_versions()
        session = self._here()
        session.go("journal", record)
        open_history(session.context, self._desk.journal.record(record).kind, record)

    def _with_versions(self) -> RecordId:
        """An own entry with former wordings; where there is none among the newest, the newest trigger gets one."""
        entries = [entry for entry in self._desk.journal.page(limit=_LOOKED_AT).entries if entry.kind != "injury"]
        for entry in entries:
            if len(self._desk.history.versions(entry.id)) > 1:
                return entry.id
        own = self._desk.journal.page(kinds=("trigger",), limit=1).entries[0]
        first = self._desk.history.versions(own.id)[0]
        words = str(self._desk.history.answers(own.id, first.revision).get("cue", ""))
        record, session = self._desk.journal.record(own.id), self._desk.session
        body = msgspec.structs.replace(record.body, cue=ADDED.format(words=words))
        clock = Clock(wall_ms=lambda: int(session.now().timestamp() * 1000))
        with session.change() as change:
            return change.at(clock).put(record.kind, body, record=own.id)

    def _remove(self) -> None:
        for gone in self._desk.trash.list():
            self._desk.journal.restore(gone.record)
        session = self._here()
        session.go("journal")
        for entry in self._desk.journal.page(kinds=("trigger",), limit=1).entries:
            session.go("journal", entry.id)
            _journal_of(session).reader.remove_asked.emit()
            return

    def _removed(self) -> None:
        session = self._session = self._tour.enter(self._desk)
        session.go("journal")
        view = _journal_of(session)
        view.removed_asked.emit(True)
        view.timeline.opened.emit(self._desk.trash.list()[0].record)


def _journal_of(session: QWidget) -> JournalView:
    found = session.findChild(JournalView)
    if not isinstance(found, JournalView):
        raise TypeError("no journal page")
    return found


def _seen(_session: MainWindow) -> None:
    """It stands there; nothing more is to be done with it."""


def _nothing() -> None:
    """The tour decides nothing."""
