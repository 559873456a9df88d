"""Every screen of the sample journal as a picture: for looking at the whole program at once, without a display.

Time stands still at the sample's last evening, so that two runs on one system draw the same pixels. The journals live
in a temporary folder that is removed afterwards; nothing of this computer's own settings is read or written.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import faulthandler
import shutil
import tempfile
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from app import logs, paths
from app.domain.errors import LeewardError
from app.services import demo, reach, sample, vaults
from app.services.choices import Choices
from app.services.desk import Desk
from app.services.preferences import Preferences
from app.ui.language import use_language
from app.ui.looks import Looks
from app.ui.main_window import MainWindow, Opened
from app.ui.pages import BUILDERS
from app.ui.runtime.bus import Bus
from app.ui.runtime.tasks import InlineTasks
from app.ui.text import tr
from app.ui.theme import fonts
from app.ui.theme.hub import Choice, ThemeHub, current_hub
from app.ui.tour_agreements import Agreements
from app.ui.tour_care import Care
from app.ui.tour_conversation import Conversations
from app.ui.tour_copies import Copies
from app.ui.tour_files import Files
from app.ui.tour_front import FRONT, Front
from app.ui.tour_journal import journal_stops
from app.ui.tour_moments import Moments
from app.ui.tour_practices import Practices
from app.ui.tour_reviews import Reviews
from app.ui.tour_rituals import ritual_stops
from app.ui.tour_solo import Solo
from app.ui.tour_stops import Stop, in_dark_too, other_shapes
from app.ui.tour_surfaces import BELOW, Surfaces
from app.ui.tour_threads import Threads
from app.ui.tour_together import Together, pair_desk
from app.ui.tour_trends import Trends
from app.ui.tour_two import Two
from app.ui.widgets.buttons import Button
from app.ui.window import Window

EVENING: Final = dt.time(19, 30)
_SOUGHT: Final = "hospital"
_CHARTS_MS: Final = 900
_LAST_MS: Final = 120
_NEW_NAME: Final = "Noa"
_STUCK_S: Final = 60.0
"""No stop may take longer: the run then ends and says where it stood, instead of waiting for ever."""


def still_now() -> dt.datetime:
    """The sample's last day at half past seven in the evening."""
    from app.domain.deriving import zone_of

    return dt.datetime.combine(sample.LAST_DAY, EVENING, tzinfo=zone_of(demo.ZONE))


class Tour(QObject):
    """Goes from stop to stop on the event loop. `finished()` when every picture is written; `pictures` lists them."""

    finished = Signal()

    def __init__(
        self, out: Path, theme: str | None, size: tuple[int, int], language: str, only: Sequence[str] = ()
    ) -> None:
        """`theme` None means every screen in light and the main ones in dark too; `only` names how stops begin."""
        super().__init__()
        self._only = tuple(only)
        self.pictures: list[Path] = []
        self._out, self._size = out, size
        one: Choice = "dark" if theme == "dark" else "light"
        self._themes: tuple[Choice, ...] = ("light", "dark") if theme is None else (one,)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            use_language(application, language)
        self._hub: ThemeHub = current_hub()
        fonts.load()
        self._folder = tempfile.TemporaryDirectory(prefix="leeward-tour-")
        self._words = vaults.load_words(paths.resources() / "content", language)
        self._looks = Looks(self._hub, Preferences(theme="light"), None)
        self.window = Window()
        self.window.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen, on=False)
        self._desks: list[Desk] = []
        self._written: Desk | None = None
        self._session: MainWindow | None = None
        self._whose: Desk | None = None
        self._left: list[tuple[Choice, Stop]] = []

    def prepare(self) -> None:
        """Make the journals and show the window; `let_go` takes both away."""
        self._out.mkdir(parents=True, exist_ok=True)
        self._desk = self._sample_desk()
        self._empty = self._empty_desk()
        self._front = Front(self.window, self._words)
        self.window.show()

    def start(self) -> None:
        """Go to the first stop, and from there to all of them."""
        self.prepare()
        stops = [stop for stop in self.stops() if not self._only or stop.name.startswith(self._only)]
        self._left = [(self._themes[0], stop) for stop in stops]
        if len(self._themes) > 1:
            self._left += [("dark", stop) for stop in in_dark_too(stops)]
        QTimer.singleShot(0, self, self._next)

    # ------------------------------------------------------------------------------------------------- journals

    def _sample_desk(self) -> Desk:
        place = Path(self._folder.name) / "sample"
        made = demo.create(place, content=self._words.content, now=still_now)
        shutil.copytree(place, second := Path(self._folder.name) / "second")
        shutil.copytree(place, Path(self._folder.name) / "practices")
        self._phrase = made.passphrases[0][1]
        desks = [
            vaults.unlock(folder, phrase, content=self._words.content, now=still_now, zone=demo.ZONE)
            for folder, (_, phrase) in zip((place, second), made.passphrases, strict=True)
        ]
        self._desks += desks
        self._second = desks[1]
        return desks[0]

    def practice_desk(self) -> Desk:
        """A copy of the sample for what the practices write; it is unlocked when they are first asked for."""
        if self._written is not None:
            return self._written
        place = Path(self._folder.name) / "practices"
        made = vaults.unlock(place, self._phrase, content=self._words.content, now=still_now, zone=demo.ZONE)
        self._desks.append(made)
        self._written = made
        return made

    def _pair_desk(self) -> Desk:
        self._desks.append(made := pair_desk(Path(self._folder.name) / "pair", self._words.content, still_now))
        return made

    def solo_desk(self) -> Desk:
        """A journal of one person, for what they write alone."""
        return self._new_desk("solo")

    def _empty_desk(self) -> Desk:
        return self._new_desk("empty")

    def _new_desk(self, folder: str) -> Desk:
        place = Path(self._folder.name) / folder
        phrase = demo.sample_passphrase(2)
        desk = vaults.create_vault(place, _NEW_NAME, phrase, content=self._words.content, now=still_now, zone=demo.ZONE)
        self._desks.append(desk)
        return desk

    def enter(self, desk: Desk) -> MainWindow:
        """Show somebody's journal in the window."""
        bus = Bus(self)
        session = desk.session
        opened = Opened(
            tasks=InlineTasks(desk, bus),
            bus=bus,
            content=session.content,
            person=session.person,
            partner=session.partner,
            choices=Choices(),
            now=still_now,
            zone=demo.ZONE,
            mark=desk.people.together().mark if desk.people is not None else 1,
            other=reach.other(session) or "",
        )
        made = MainWindow(opened, self._hub, self._looks, BUILDERS)
        self.window.show_content(made)
        self._session, self._whose = made, desk
        return made

    def at(self, desk: Desk) -> MainWindow:
        """Somebody's journal with nothing over its page: the one in the window, or entered anew if another is there."""
        session = self._session
        if session is None or self._whose is not desk or self.window.content() is not session:
            session = self.enter(desk)
        self._close_surfaces(session)
        session.unveil()
        return session

    # ---------------------------------------------------------------------------------------------------- stops

    def stops(self) -> list[Stop]:
        """Where the tour goes, in order. Only once the journals are made."""
        front = [Stop(name, partial(self._front.show, name)) for name in FRONT]
        two = [Stop(name, arrive) for name, arrive in Two(self, self._desk, self._second, self._empty).stops().items()]
        copies = [Stop(name, arrive) for name, arrive in Copies(self, self._desk, self._empty).stops().items()]
        above = Surfaces(self, self._desk)
        over = [Stop(name, arrive, last=above.end if name == BELOW else None) for name, arrive in above.stops().items()]
        catalogue = self._words.content.catalogue.practice
        files = [Stop(name, arrive) for name, arrive in Files(self, self.practice_desk).stops().items()]
        talks = Conversations(self, self.practice_desk).stops()
        looks = Reviews(self, self._desk, self.practice_desk).stops()
        last = [*files, *talks, *looks, *Practices(self, catalogue, self.practice_desk).stops()]
        last += [*Solo(self, catalogue, self.solo_desk).stops(), *Together(self, self._pair_desk, self._empty).stops()]
        stops = [*front, *self._empty_stops(), *self._sample_stops(), *self._shapes(), *two, *copies, *over, *last]
        return stops if len(self._themes) == 1 else [*stops, *other_shapes(stops)]

    def _empty_stops(self) -> list[Stop]:
        def first() -> None:
            self.enter(self._empty).go("today")

        return [
            Stop("today-empty", first),
            *(
                Stop(f"{page}-empty", self._page(page, desk=self._empty))
                for page in ("journal", "injuries", "agreements", "rituals", "repair", "trends")
            ),
        ]

    def _sample_stops(self) -> list[Stop]:
        def begin() -> None:
            self.enter(self._desk).go("today")

        return [
            Stop("today-saved", begin, _CHARTS_MS),
            Stop("today-filled", lambda: self._press(tr("Edit")), _CHARTS_MS),
            Stop("trigger-first", lambda: self._shown().log_trigger()),
            Stop("trigger-full", self._full_trigger),
            *(Stop(name, arrive) for name, arrive in Moments(self._shown, self._desk).stops().items()),
            Stop("journal-timeline", self._page("journal")),
            Stop("journal-search", self._search),
            *(Stop(name, arrive) for name, arrive in journal_stops(self._shown, self._desk).items()),
            Stop("injuries", self._page("injuries")),
            *self._threads(),
            *Threads(self, self._desk).stops(),
            Stop("agreements", self._page("agreements")),
            *Agreements(self, self._desk, self._second).stops(),
            *Care(self, self._desk).stops(),
            *ritual_stops(self._shown),
            Stop("repair", self._page("repair")),
            *Trends(self, self._desk).stops(),
            Stop("summary", self._page("summary"), _CHARTS_MS),
            *(Stop(f"settings-{part}", self._page("settings", part)) for part in _SETTINGS),
            Stop("limits", lambda: self._shown().help("limits")),
            Stop("safety", lambda: self._shown().help("safety")),
            Stop("calm", self._calm),
            Stop("veil", self._before_veil, _CHARTS_MS, last=lambda: self._shown().veil()),
        ]

    def _threads(self) -> list[Stop]:
        found = self._desk.threads.list()
        stops = []
        for number, row in enumerate(found[:_MOST_THREADS], start=1):

            def arrive(record: str = row.record) -> None:
                self._shown().go("injuries", record)
                self._press(self._words.content.care.cover_buttons.open)

            stops.append(Stop(f"injuries-thread-{number}", arrive, _CHARTS_MS))
        return stops

    def _shapes(self) -> list[Stop]:
        def today() -> None:
            self.enter(self._desk).go("today")

        return [
            Stop("today-1024x700", today, _CHARTS_MS, 1024, 700),
            Stop("today-text-200", self._page("today"), _CHARTS_MS, text_scale=2.0),
            Stop("settings-text-200", self._page("settings", "privacy"), text_scale=2.0),
        ]

    # -------------------------------------------------------------------------------------------------- arriving

    def _shown(self) -> MainWindow:
        return self.at(self._desk if self._whose is None or self._whose is self._empty else self._whose)

    def _page(self, name: str, target: str | None = None, desk: Desk | None = None) -> Callable[[], None]:
        return lambda: (self.at(desk) if desk is not None else self._shown()).go(name, target)

    def _full_trigger(self) -> None:
        from app.ui.screens.trigger.view import TriggerSurface

        newest = self._desk.journal.page(kinds=("trigger",), limit=1).entries
        session = self._shown()
        session.log_trigger(newest[0].id if newest else None)
        for surface in session.findChildren(TriggerSurface):
            surface.show_more(more=True)

    def _search(self) -> None:
        session = self._shown()
        session.go("journal")
        for field in session.findChildren(QLineEdit):
            if field.isVisible():
                field.setText(_SOUGHT)
                return

    def _calm(self) -> None:
        self._looks.choose_reduced_motion(reduced=True)
        self._shown().calm()

    def _before_veil(self) -> None:
        self._looks.choose_reduced_motion(reduced=False)
        self._shown().go("today")

    def _press(self, words: str) -> None:
        """Press the visible button that says `words`; a page without it stays as it is."""
        for button in self.window.findChildren(Button):
            if button.text() == words and button.isVisible():
                button.click()
                return

    @staticmethod
    def _close_surfaces(session: QWidget) -> None:
        from app.ui.widgets.dialog import DialogSurface

        for surface in session.findChildren(DialogSurface):
            surface.close_surface()

    # --------------------------------------------------------------------------------------------------- running

    def _next(self) -> None:
        if not self._left:
            self._finish()
            return
        theme, stop = self._left[0]
        self._hub.choose(theme)
        self._hub.set_text_scale(stop.text_scale)
        self.window.activateWindow()
        self.window.resize(stop.width or self._size[0], stop.height or self._size[1])
        _end_when_stuck()
        try:
            stop.arrive()
        except Exception as error:  # noqa: BLE001  # one page that fails must not hide the others; it is left out
            logs.record(error)
            self._left.pop(0)
            QTimer.singleShot(0, self, self._next)
            return
        QTimer.singleShot(stop.settle_ms, self, self._take)

    def _take(self) -> None:
        _, stop = self._left[0]
        if stop.last is not None:
            stop.last()
        QTimer.singleShot(_LAST_MS if stop.last else 0, self, self._keep)

    def _keep(self) -> None:
        theme, stop = self._left.pop(0)
        file = self._out / f"{len(self.pictures) + 1:03}-{stop.name}-{theme}.png"
        self.window.grab().save(str(file))
        self.pictures.append(file)
        self._next()

    def _finish(self) -> None:
        faulthandler.cancel_dump_traceback_later()
        self._summary()
        self.let_go()
        self.finished.emit()

    def let_go(self) -> None:
        """Close the window and the journals, and remove these."""
        self._front.close()
        self.window.close_for_good()
        for desk in self._desks:
            desk.close()
        self._folder.cleanup()

    def _summary(self) -> None:
        file = self._out / "summary.pdf"
        try:
            file.write_bytes(self._desk.summaries.pdf(self._desk.summaries.choice()))
        except (LeewardError, OSError):
            return
        self.pictures.append(file)


_SETTINGS: Final = ("privacy", "appearance", "keyboard", "about")
_MOST_THREADS: Final = 5


def _end_when_stuck() -> None:
    """Count from now; a run without a terminal has nowhere to say it and is not counted."""
    with contextlib.suppress(OSError, RuntimeError, AttributeError):
        faulthandler.dump_traceback_later(_STUCK_S, exit=True)
