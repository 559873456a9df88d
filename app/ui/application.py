"""From start to lock: which screen stands in the window, and what opens and closes around it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QWidget

from app.ui.looks import Looks
from app.ui.runtime.aside import Aside
from app.ui.runtime.warmup import Warmup
from app.ui.theme.hub import ThemeHub
from app.ui.window import Window

if TYPE_CHECKING:
    from app.domain.errors import LeewardError
    from app.services.choices import Choices
    from app.services.local_time import Now
    from app.services.session import Person
    from app.services.vaults import Door
    from app.ui.main_window import MainWindow
    from app.ui.pages import Build
    from app.ui.runtime.tasks import WorkerTasks
    from app.ui.screens.unlock.presenter import UnlockPresenter


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the application reaches outside itself; tests bring their own.

    `start_again(folder, reason)` starts a fresh, locked process. `quit()` ends this one. `now` and `zone` None mean
    this computer's clock. `builders` None means the pages of this release.
    """

    folder: Path
    start_again: Callable[[Path, str], bool]
    quit: Callable[[], None]
    reason: str = ""
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
        self.window = Window()
        self.window.painted.connect(self._warm)
        self.window.closing.connect(self.close)
        self.window.deactivated.connect(self._window_left)

    @property
    def session(self) -> MainWindow | None:
        """The open journal, or None while locked."""
        return self._session

    def show_first(self) -> None:
        """The unlock screen where something is in the folder, else the first run."""
        if _has_something(self._folder):
            self.show_unlock(self._around.reason)
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
        self._unlocking = presenter
        self.window.show_content(view)

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
        """Cover the window, keep the draft, close everything, and leave the rest to a fresh process.

        Locking wins over an unlock that is under way: one that derives is called off, one that opens is closed.
        """
        if self._session is None and self._tasks is None:
            if self._unlocking is not None:
                self._unlocking.cancel()
            return
        self._close_session()
        self._around.start_again(self._folder, reason)
        self._leave()

    def close(self) -> None:
        """Close the window for good: what is being typed is kept first."""
        self._close_session()
        self._leave()

    # ------------------------------------------------------------------------------------------------ opening

    def _warm(self) -> None:
        self._warmup.begin()

    def _open(self, door: Door, older: bool) -> None:  # the signal brings a plain value
        self._begin(door, accept_older=older)

    def _open_new(self, door: Door, partner: str, choices: Choices) -> None:
        self._begin(door, partner=partner or None, choices=choices)

    def _open_existing(self, folder: Path) -> None:
        self._folder = folder
        self.show_unlock()

    def _begin(
        self,
        door: Door,
        *,
        partner: str | None = None,
        choices: Choices | None = None,
        accept_older: bool = False,
    ) -> None:
        """Open the file on a worker of its own and, once it says who is here, show the journal."""
        from app.services import choices as chosen_things
        from app.services.desk import Desk
        from app.services.local_time import system_now, zone_name
        from app.ui.runtime.bus import Bus
        from app.ui.runtime.tasks import WorkerTasks

        words = self._warmup.wait()
        now, zone = self._around.now or system_now, self._around.zone or zone_name()
        bus = Bus(self)
        tasks = WorkerTasks(lambda: door.open_desk(words, now, zone, partner=partner, accept_older=accept_older), bus)
        self._tasks, self._folder = tasks, door.folder

        def who(desk: Desk) -> tuple[Person, str | None, Choices]:
            session = desk.session
            kept = chosen_things.store(session, choices) if choices else chosen_things.load(session)
            return session.person, session.partner, kept

        def show(found: tuple[Person, str | None, Choices]) -> None:
            from app.ui.main_window import Opened

            person, other, kept = found
            self._show_session(Opened(tasks, bus, words.content, person, other, kept, now, zone))

        tasks.run(who, show, self._would_not_open)

    def _show_session(self, opened: object) -> None:
        from app.ui.main_window import MainWindow, Opened
        from app.ui.pages import BUILDERS
        from app.ui.theme import fonts

        assert isinstance(opened, Opened)  # noqa: S101  # the one caller above; the import is late on purpose
        fonts.load()
        session = MainWindow(opened, self._hub, self._looks, self._around.builders or BUILDERS)
        session.lock_asked.connect(self.lock)
        session.close_asked.connect(self.close)
        self._session = session
        self._unlocking = None
        self.window.show_content(session)
        session.start()

    def _would_not_open(self, error: LeewardError) -> None:
        if self._tasks is not None:
            self._tasks.close()
            self._tasks = None
        if self._unlocking is None:
            self.show_unlock()
        if self._unlocking is not None:
            self._unlocking.refused(error)

    # ------------------------------------------------------------------------------------------------ closing

    def _window_left(self) -> None:
        if self._session is not None:
            self._session.window_left()

    def _close_session(self) -> None:
        if self._session is not None:
            self._session.let_go()
        if self._tasks is not None:
            self._tasks.close()
        self._session, self._tasks = None, None

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


def _has_something(folder: Path) -> bool:
    """Whether there is anything to open; a quick look without reading, so that it can come before the first paint."""
    try:
        return next(folder.iterdir(), None) is not None
    except OSError:
        return folder.exists()
