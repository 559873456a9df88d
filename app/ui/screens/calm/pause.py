"""The agreed pause: its words with the time to come back, a silent countdown, and the way back."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.calm import Pause
from app.services.calming import USUAL_PAUSE_MIN, PauseWords
from app.services.local_time import Now
from app.ui.screens.calm.parts import Countdown, Quote, announce
from app.ui.screens.calm.words import Filled, fill, in_quotes
from app.ui.text import clock_time, number_word, short_date, tr
from app.ui.theme.hub import current_hub
from app.ui.widgets.buttons import Button
from app.ui.widgets.card import Rule
from app.ui.widgets.label import Label
from app.ui.widgets.marks import Person, PersonMark
from app.ui.widgets.text_link import TextLink

_WITHOUT_PLACE = "short"
"""The template shown to somebody without words of their own: it needs a time and no place."""
_LOOK_MS = 20_000


class PausePart(QWidget):
    """Ready, then counting, then the time to come back. It forces nothing and makes no sound."""

    def __init__(self, words: Pause, now: Now) -> None:
        super().__init__()
        self._words, self._now = words, now
        self._own: PauseWords | None = None
        self._until: dt.datetime | None = None
        self._build()
        self._minute = QTimer(self)
        self._minute.setInterval(_LOOK_MS)
        self._minute.timeout.connect(self._show_words)
        self.show_pause(None, for_two=False)

    def show_pause(self, own: PauseWords | None, *, for_two: bool, marked: tuple[Person, ...] = ()) -> None:
        """Show a person's own words, or a short pattern where there are none; a pause that counts goes on."""
        self._own = own
        agreed = own is not None and own.agreed_ms is not None
        self._title.setText(self._words.title if for_two else self._words.solo_title)
        self._marks.show_people(marked)
        self._marks.setVisible(bool(marked))
        self._since.setText(self._since_words())
        back, soon = self._back_words()
        self._back.setText(back)
        self._soon.setText(soon)
        self._signal.setText(tr("Without words: {sign}").format(sign=own.signal) if own and own.signal else "")
        self._signal.setVisible(bool(own and own.signal))
        self._while.setText(own.meanwhile if own else "")
        self._since.setVisible(bool(self._since.text()))
        self.write.setVisible(self._may_write and not agreed and own is None)
        self._show_words()
        self._stand()

    def may_write(self, words: str) -> None:
        """Offer to write one's own words while there are none."""
        self._may_write = bool(words)
        self.write.setText(words)
        self.write.setVisible(self._may_write and self._own is None)

    @property
    def counting(self) -> bool:
        """Whether a pause is under way."""
        return self._until is not None

    def start(self) -> None:
        """Begin the pause: from here the time to come back stands."""
        self._until = self._now() + dt.timedelta(minutes=self._minutes)
        said = tr("Back at {time}").format(time=clock_time(self._until))
        self.count.begin(self._until, said)
        self._until_words.setText(said)
        self._over = False
        self._show_words()
        self._stand()
        self.stop.setFocus()
        announce(self, said)

    def end(self) -> None:
        """The pause is over, or given up: everything stands as before."""
        self._until, self._over = None, False
        self.count.stop()
        self._show_words()
        self._stand()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show_words()
        self._minute.start()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._minute.stop()

    # ---------------------------------------------------------------------------------------------------- building

    def _build(self) -> None:
        theme = current_hub().theme
        self._over, self._may_write = False, False
        self._title = Label(self._words.title, "heading")
        self._since, self._marks = Label("", "small", "ink3", lines=1), PersonMark(size="small")
        since = QHBoxLayout()
        since.setSpacing(theme.px(5))
        since.addWidget(self._since)
        since.addWidget(self._marks)
        since.addStretch(1)
        self._quote = Quote()
        self._signal = Label("", "small", "ink2")
        self.begin = Button("", "primary", icon="timer", small=True)
        self.begin.clicked.connect(lambda _checked=False: self.start())
        self.write = TextLink("", icon="pencil-simple")
        self.write.hide()
        self._running = self._counting_part()
        self._back_title = Label(self._words.back_title, "label")
        self._back, self._soon = Label("", "line"), Label("", "small", "ink2")
        self._note = Label(self._words.time_note, "small", "ink3")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.space("s"))
        column.addWidget(self._title)
        column.addLayout(since)
        column.addWidget(self._quote)
        column.addWidget(self._signal)
        for part in (self.begin, self.write):
            column.addWidget(part, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._running)
        column.addWidget(self._note)
        column.addWidget(Rule())
        for label in (self._back_title, self._back, self._soon):
            column.addWidget(label)

    def _counting_part(self) -> QWidget:
        theme = current_hub().theme
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(3))
        self.count = Countdown(self._now)
        self.count.over.connect(self._time_is_up)
        self._until_words, self._while = Label("", "small", "ink2"), Label("", "small", "ink3")
        self.stop = Button("", "plain", small=True)
        self.stop.clicked.connect(lambda _checked=False: self.end())
        for widget in (self.count, self._until_words, self._while):
            column.addWidget(widget)
        column.addSpacing(theme.px(4))
        column.addWidget(self.stop, 0, Qt.AlignmentFlag.AlignLeft)
        return made

    # ----------------------------------------------------------------------------------------------------- showing

    @property
    def _minutes(self) -> int:
        return self._own.minutes if self._own is not None else USUAL_PAUSE_MIN

    def _show_words(self) -> None:
        """The words with the time as it would be now, or as it stands since the pause began."""
        back_at = self._until or self._now() + dt.timedelta(minutes=self._minutes)
        own = self._own
        pattern = next(one for one in self._words.template if one.id == _WITHOUT_PLACE)
        filled: Filled = fill(own.words if own else pattern.words, self._minutes, back_at, own.where if own else "")
        self._quote.say(in_quotes(filled))
        self.begin.setText(self._words.start_button.format(minutes=number_word(self._minutes)))

    def _stand(self) -> None:
        counting = self._until is not None
        self.begin.setVisible(not counting)
        self._running.setVisible(counting)
        self._while.setVisible(counting and not self._over and bool(self._while.text()))
        self.count.setVisible(not self._over)
        self._note.setVisible(counting and not self._over)
        self._soon.setVisible(self._over and bool(self._soon.text()))
        self._signal.setVisible(bool(self._signal.text()) and not counting)
        self.stop.setText(tr("We are back") if self._over else tr("End the pause"))

    def _time_is_up(self) -> None:
        """Nothing sounds and nothing comes to the front: the words for coming back are there when one looks."""
        self._over = True
        self._until_words.setText(tr("The time is over."))
        self._stand()
        announce(self, self._until_words.text())

    def _since_words(self) -> str:
        if self._own is None:
            return tr("one way to say it")
        if self._own.agreed_ms is None:
            return tr("not marked yet")
        now = self._now()
        since = dt.datetime.fromtimestamp(self._own.agreed_ms / 1000, now.tzinfo).date()
        return tr("agreed {day}").format(day=short_date(since, now.date()))

    def _back_words(self) -> tuple[str, str]:
        """The first words after, and what to say when it is too soon."""
        own = self._own
        pattern = next(one for one in self._words.template if one.id == _WITHOUT_PLACE)
        later = next(iter(self._words.return_line))
        again = fill(later.words, self._minutes, self._now() + dt.timedelta(minutes=self._minutes)).words
        return (own.back if own and own.back else pattern.back), (
            own.if_not_ready if own and own.if_not_ready else again
        )
