"""From start to lock: which screen stands in the window, and what opens and closes around it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QWidget

from app.ui.context import Toast
from app.ui.looks import Looks
from app.ui.parting import BOUND_S, Parting
from app.ui.platform.handover import Handover
from app.ui.runtime.aside import Aside
from app.ui.runtime.attempt import attempt
from app.ui.runtime.warmup import Warmup
from app.ui.text import tr
from app.ui.theme.hub import ThemeHub
from app.ui.window import Window

if TYPE_CHECKING:
    from app.domain.errors import LeewardError
    from app.services.choices import Choices
    from app.services.desk import Desk
    from app.services.local_time import Now
    from app.services.sealing_up import SealingUp
    from app.services.session import Person
    from app.services.vaults import Door, Words
    from app.ui.main_window import MainWindow
    from app.ui.pages import Build
    from app.ui.platform.system_watch import SystemWatch
    from app.ui.runtime.reminding import LockedReminding, Reminding
    from app.ui.runtime.tasks import WorkerTasks
    from app.ui.screens.unlock.presenter import UnlockPresenter
    from app.ui.sheet_wish import SheetWish


def _let_be(_bound_s: float = 0.0) -> None:
    """A process that is left to end by itself, as in tests."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the application reaches outside itself; tests bring their own.

    `start_again(folder, handover)` starts a fresh, locked process. `quit()` ends this one; `end_in(seconds)` has it
    ended by then in any case, `end_now()` at once. `watch(parent)` tells of sleep, screen lock and the like. `now` and
    `zone` None mean this computer's clock. `builders` None means the pages of this release.
    """

    folder: Path
    start_again: Callable[[Path, Handover], bool]
    quit: Callable[[], None]
    end_in: Callable[[float], None] = _let_be
    end_now: Callable[[], None] = _let_be
    watch: Callable[[QObject], SystemWatch] | None = None
    before: Handover = field(default_factory=Handover)
    now: Now | None = None
    zone: str | None = None
    builders: Mapping[str, Build] | None = None


class Application(QObject):
    """Owns the window and whatever is open in it. Nothing is open before `unlock`, and nothing after `lock`."""

    def __init__(self, hub: ThemeHub, looks: Looks, around: Surroundings) -> None:
        super().__init__()
        self._hub, self._looks, self._around = hub, looks, around
        self._folder = around.folder
        self._aside = Aside(self)
        self._warmup = Warmup()
        self._tasks: WorkerTasks | None = None
        self._session: MainWindow | None = None
        self._unlocking: UnlockPresenter | None = None
        self._parting: Parting | None = None
        self._watch: SystemWatch | None = None
        self._reminding: Reminding | None = None
        self._locked_reminding: LockedReminding | None = None
        self._called_off = ""
        self._ending = False
        self.window = Window()
        if around.before.place is not None:
            self.window.take_place(around.before.place)
        self.window.painted.connect(self._warm)
        self.window.put_away.connect(self._window_put_away)
        self.window.closing.connect(self.close)
        self.window.deactivated.connect(self._window_left)

    @property
    def session(self) -> MainWindow | None:
        """The open journal, or None while locked."""
        return self._session

    def show_first(self) -> None:
        """The unlock screen where something is in the folder, else the first run."""
        if _has_something(self._folder):
            self.show_unlock(self._around.before.reason)
        else:
            self.show_first_run()
        self.window.show()

    def show_unlock(self, reason: str = "") -> None:
        """Ask for a passphrase."""
        from app.ui.screens.unlock.presenter import UnlockPresenter
        from app.ui.screens.unlock.view import UnlockView

        presenter = UnlockPresenter(self._aside, self._warmup, self._folder)
        view = UnlockView(presenter, reason)
        presenter.setParent(view)
        presenter.opened.connect(self._open)
        view.help_asked.connect(lambda page: self._help(view, page))
        view.start_asked.connect(self.show_first_run)

        def drop() -> None:
            from app.ui.screens.drop.opening import open_drop

            open_drop(view, self._aside, self._warmup, presenter.folder, self._around.now)

        def calm() -> None:
            from app.ui.screens.calm.locked import open_calm

            open_calm(view, self._aside, self._warmup, drop, lambda: self._help(view, "safety"))

        view.drop_asked.connect(drop)
        view.calm_asked.connect(calm)
        self._unlocking = presenter
        self.window.show_content(view)
        if self.window.seen:
            presenter.look()
        else:
            self.window.painted.connect(presenter.look)

    def show_first_run(self) -> None:
        """Make a journal, step by step."""
        from app.ui.screens.first_run.presenter import FirstRunPresenter
        from app.ui.screens.first_run.view import FirstRunView

        presenter = FirstRunPresenter(self._aside, self._warmup, self._folder)
        view = FirstRunView(presenter)
        presenter.setParent(view)
        presenter.made.connect(self._open_new)
        presenter.existing_chosen.connect(self._open_existing)
        presenter.left.connect(self.close)
        view.help_asked.connect(lambda page: self._help(view, page))
        self._unlocking = None
        self.window.show_content(view)
        if self.window.seen:
            presenter.begin()
        else:
            self.window.painted.connect(presenter.begin)

    def lock(self, reason: str = "asked") -> None:
        """Cover the window, start a fresh locked process, keep the draft, close everything, and end.

        Locking wins over an unlock that is under way: one that derives is called off, one that opens is closed. It asks
        nothing back and cannot be stopped by what is on the screen.
        """
        if self._ending:
            return
        if self._session is None and self._tasks is None:
            self._call_off(reason)
            return
        self._cover()
        moments = self._reminding.moments if self._reminding is not None else ()
        handover = Handover(reason, self.window.place(), moments)
        attempt(lambda: self._around.start_again(self._folder, handover))
        self._end()

    def system_asked(self, reason: str) -> None:
        """The computer sleeps, its screen is locked, the login changed: lock, unless the person chose otherwise."""
        if self._session is None or self._session.choices.locks_for(reason):
            self.lock(reason)

    def close(self) -> None:
        """Close the window for good: what is being typed is kept first."""
        if not self._ending:
            if self._session is not None:
                self._cover()
            self._end()

    # ------------------------------------------------------------------------------------------------ opening

    def _warm(self) -> None:
        self._warmup.begin()
        QTimer.singleShot(0, self, self._begin_watch)

    def _remind_locked(self) -> None:
        """Say the neutral line at the moments a process that locked has left; there are none while that is off."""
        from app.services.local_time import system_now
        from app.ui.runtime.reminding import LockedReminding

        made = LockedReminding(self._around.before.moments, self.window, self._around.now or system_now)
        made.close_asked.connect(self.close)
        self._locked_reminding = made

    def _begin_watch(self) -> None:
        """Listen to the system before anything can be opened, but not before the window is there."""
        if self._around.before.moments and self._session is None and not self._ending:
            attempt(self._remind_locked)
        if self._around.watch is None or self._watch is not None or self._ending:
            return
        self._watch = watch = self._around.watch(self)
        watch.lock_asked.connect(self.system_asked)
        attempt(watch.start)  # a system that will not be listened to is no reason not to write

    def _open(self, door: Door, older: bool) -> None:  # the signal brings a plain value
        self._begin(door, accept_older=older)

    def _open_new(self, door: Door, partner: str, choices: Choices, sheet: SheetWish | None) -> None:
        if self._called_off:
            door.shut()
            self._folder, reason, self._called_off = door.folder, self._called_off, ""
            self.show_unlock(reason)
            return
        self._begin(door, partner=partner or None, choices=choices, sheet=sheet)

    def _open_existing(self, folder: Path) -> None:
        self._folder = folder
        self.show_unlock()

    def _begin(
        self,
        door: Door,
        *,
        partner: str | None = None,
        choices: Choices | None = None,
        sheet: SheetWish | None = None,
        accept_older: bool = False,
    ) -> None:
        """Open the file on a worker of its own and, once it says who is here, show the journal."""
        from app.services import choices as chosen_things
        from app.services import sealing_up
        from app.services.local_time import system_now, zone_name
        from app.ui.runtime.bus import Bus
        from app.ui.runtime.tasks import WorkerTasks

        if self._ending:
            door.shut()
            return
        words = self._warmup.wait()
        now, zone = self._around.now or system_now, self._around.zone or zone_name()
        bus = Bus(self)
        tasks = WorkerTasks(lambda: door.open_desk(words, now, zone, partner=partner, accept_older=accept_older), bus)
        self._tasks, self._folder = tasks, door.folder
        self._parting = Parting(tasks, now)

        def who(desk: Desk) -> tuple[Person, str | None, Choices, SealingUp | None, tuple[int, str]]:
            session = desk.session
            kept = chosen_things.store(session, choices) if choices else chosen_things.load(session)
            return session.person, session.partner, kept, sealing_up.for_owner(desk.vault, zone), _seat_of(desk)

        def show(found: tuple[Person, str | None, Choices, SealingUp | None, tuple[int, str]]) -> None:
            from app.ui.main_window import Opened

            person, other, kept, sealing, seat = found
            self._parting = Parting(tasks, now, sealing)
            self._show_session(Opened(tasks, bus, words.content, person, other, kept, now, zone, *seat))
            if sheet is not None and self._session is not None:
                from app.ui.screens.keys.wished import begin_sheet

                begin_sheet(self._session.context, sheet)
            self._tell_of(door, words)

        tasks.run(who, show, self._would_not_open)

    def _tell_of(self, door: Door, words: Words) -> None:
        """What happened while nobody was here: tries that missed, a card that was exchanged."""
        if self._session is None:
            return
        if door.missed is not None:
            from app.ui.screens.unlock.telling import missed_words

            missed, care = door.missed, words.content.care.passphrase
            self._session.toast(Toast(missed_words(missed.count, missed.since, care)))
        if door.card_exchanged:
            from app.ui.card_notice import tell_of_card

            tell_of_card(self._session)

    def _show_session(self, opened: object) -> None:
        from app.ui.arrivals import announce
        from app.ui.main_window import MainWindow, Opened
        from app.ui.pages import BUILDERS
        from app.ui.runtime.upkeep import Upkeep
        from app.ui.theme import fonts

        if self._ending:
            return
        assert isinstance(opened, Opened)  # noqa: S101  # the one caller above; the import is late on purpose
        fonts.load()
        session = MainWindow(opened, self._hub, self._looks, self._around.builders or BUILDERS)
        session.lock_asked.connect(self.lock)
        session.close_asked.connect(self.close)
        self._session = session
        self._unlocking = None
        self.window.show_content(session)
        session.start()
        Upkeep(session.context, session).start()
        self._remind(session)
        announce(opened.tasks, session)

    def _remind(self, session: MainWindow) -> None:
        """From here the open journal says what is due itself."""
        from app.services.local_time import zone_name
        from app.ui.runtime.reminding import Reminding

        if self._locked_reminding is not None:
            self._locked_reminding.end()
            self._locked_reminding = None
        self._reminding = Reminding(session.context, session, zone=lambda: self._around.zone or zone_name())
        self._reminding.close_asked.connect(self.close)
        self._reminding.start()

    def _would_not_open(self, error: LeewardError) -> None:
        if self._tasks is not None:
            self._tasks.close()
            self._tasks, self._parting = None, None
        if self._unlocking is None:
            self.show_unlock()
        if self._unlocking is not None:
            self._unlocking.refused(error)

    # ------------------------------------------------------------------------------------------------ closing

    def _window_left(self) -> None:
        if self._session is not None and self._session.choices.veil_on_switch:
            self._session.veil()

    def _window_put_away(self) -> None:
        if self._session is not None and self._session.choices.locks_for("minimised"):
            self.lock("minimised")

    def _cover(self) -> None:
        attempt(lambda: self.window.cover(tr("Locked")))

    def _call_off(self, reason: str) -> None:
        """Nothing is open: give up what is being opened or made, and forget what was typed to open it."""
        if self._unlocking is not None:
            self._unlocking.cancel()
            forget = getattr(self.window.content(), "forget", None)
            if forget is not None:
                forget()
        else:
            self._called_off = reason

    def _end(self) -> None:
        """Keep, close and leave; covered before. Whatever happens here, the process is over in `BOUND_S`."""
        self._ending = True
        if self._locked_reminding is not None:
            attempt(self._locked_reminding.end)
        attempt(lambda: self._around.end_in(BOUND_S))
        if self._watch is not None:
            attempt(self._watch.stop)
        if self._parting is not None:
            let_go = self._session.let_go if self._session is not None else None
            if not self._parting.part(let_go):
                self._around.end_now()
        self._session, self._tasks, self._parting = None, None, None
        self._leave()

    def _leave(self) -> None:
        if self._unlocking is not None:
            self._unlocking.cancel()
        self.window.hide()
        self._aside.close()
        self._warmup.finish()
        self.window.close_for_good()
        QTimer.singleShot(0, self, self._around.quit)

    def _help(self, view: QWidget, page: str) -> None:
        def show(words: object) -> None:
            from app.services.vaults import Words
            from app.ui import help_pages

            if isinstance(words, Words) and self.window.content() is view:
                surface = help_pages.surface(page, view, words.content)
                surface.finished.connect(surface.deleteLater)
                surface.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
                surface.open()

        self._aside.start(lambda _errand: self._warmup.wait(), show)


def _seat_of(desk: Desk) -> tuple[int, str]:
    """This person's mark, and the id of the person they share a space with; empty where there is none."""
    if desk.people is None:
        return 1, ""
    together = desk.people.together()
    return together.mark, together.other.person if together.other is not None else ""


def _has_something(folder: Path) -> bool:
    """Whether there is anything to open; a quick look without reading, so that it can come before the first paint."""
    try:
        return next(folder.iterdir(), None) is not None
    except OSError:
        return folder.exists()
