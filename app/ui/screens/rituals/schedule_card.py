"""The card at the lower right: what one ritual is called and when it is. Changes hold from tomorrow."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.ritual_course import Standing
from app.domain.schedule import Rhythm
from app.ui import text
from app.ui.context import Context
from app.ui.screens.record_form.links import needs_of
from app.ui.screens.rituals.state import Told
from app.ui.screens.rituals.wording import letter
from app.ui.text import tr
from app.ui.theme.tokens import Theme
from app.ui.widgets.buttons import Button, Select
from app.ui.widgets.card import Card
from app.ui.widgets.chips import Chips
from app.ui.widgets.day_toggles import DayToggles
from app.ui.widgets.fields import Field, GrowingText
from app.ui.widgets.label import Label
from app.ui.widgets.text_link import TextLink

DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_A_MONDAY: Final = dt.date(2024, 1, 1)
_MINUTES: Final = (0, 10, 15, 30, 45, 60, 120)
_CLOCK = re.compile(r"\s*(\d{1,2})[:.h](\d{2})?\s*")
_RHYTHMS: Final = (Rhythm.DAYS, Rhythm.TIMES_WEEK, Rhythm.TIMES_MONTH, Rhythm.MONTH_DAY)


class ScheduleCard(Card):
    """Edits a few answers of a ritual in place; the whole form is one link away."""

    saved = Signal(str, object)
    """Emitted with the record and the answers that changed."""
    rest_asked = Signal()
    more_asked = Signal()
    stood = Signal(str, object)
    """Emitted with the record and how it is to stand from now on."""

    def __init__(self, ctx: Context) -> None:
        super().__init__(tr("Schedule"), caption=tr("changes start tomorrow"))
        self._ctx = ctx
        self._told: Told | None = None
        self._shown: dict[str, object] = {}
        self.name = Field(name=tr("Name"))
        self.rhythm = Select(name=tr("How often"))
        for words in (tr("on chosen days"), tr("times a week"), tr("times a month"), tr("day of the month")):
            self.rhythm.addItem(words)
        self.days = DayToggles(_week(), name=tr("Days"), on=tr("{day}, chosen"), off=tr("{day}, not chosen"))
        self.times = Field(name=tr("How many times, or which day"), voice="app")
        self.around = Field(name=tr("Around"), placeholder=tr("20:30, or after dinner"))
        self.give = Select(name=tr("Give or take"))
        for minutes in _MINUTES:
            self.give.addItem(tr("open") if not minutes else _minutes(minutes), minutes)
        self.who = Chips(needs_of(ctx).people, name=tr("Who"))
        self.why = GrowingText(
            name=tr("Why"), placeholder=tr("A line to find again when it feels thin"), style="line", most=3
        )
        self.rest = Button("", "plain", small=True, trailing="calendar-blank")
        self._rows: list[tuple[Label, QWidget]] = []
        self._grid, self._first_line = QGridLayout(), QVBoxLayout()
        self._trouble = Label("", "small", "lamp")
        self._more = TextLink(tr("More"))
        self.retire = Button(tr("Retire ritual"), "quiet", small=True)
        self._undo = Button(tr("Undo"), small=True)
        self._save = Button(tr("Save"), "primary", small=True)
        self._reading = Label(tr("The one who began it words it."), "small", "ink2")
        self._build()
        self._connect()
        self._restyle_card(self._hub.theme)

    def show_told(self, told: Told | None) -> None:
        """Show another ritual, or the same one as it stands; what was being typed about the same one stays."""
        same = told is not None and self._told is not None and told.record == self._told.record
        dirty = same and bool(self._changes())
        self._told = told
        if told is None:
            self._shown = {}
            self._fill(self._shown)
        if told is None or dirty:
            return
        self._shown = dict(told.answers)
        self._fill(self._shown)
        for _, widget in self._rows:
            widget.setEnabled(not told.only_read)
        self.retire.setText(tr("Retire ritual") if told.standing != Standing.RETIRED else tr("Take it up again"))
        for button in (self._undo, self._save, self._more, self.retire):
            button.setVisible(not told.only_read)
        self._reading.setVisible(told.only_read)
        self._follow()

    def _build(self) -> None:
        around = QWidget()
        row = QHBoxLayout(around)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self.around, 3)
        row.addWidget(Label("±", "body", "ink2", lines=1), 0)
        row.addWidget(self.give, 2)
        often = QWidget()
        line = QHBoxLayout(often)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        line.addWidget(self.times, 1)
        line.addWidget(self.rhythm, 3)
        rest = QWidget()
        last = QHBoxLayout(rest)
        last.setContentsMargins(0, 0, 0, 0)
        last.setSpacing(10)
        last.addWidget(self.rest)
        last.addStretch(1)
        last.addWidget(self._more)
        asked = (
            (tr("Name"), self.name),
            (tr("Often"), often),
            (tr("Days"), self.days),
            (tr("Around"), around),
            (tr("Who"), self.who),
            (tr("Why"), self.why),
            (tr("Rest"), rest),
        )
        for place, (words, widget) in enumerate(asked):
            label = Label(words, "small", "ink2", lines=1)
            if widget is self.why:  # it grows downward; its label stays at its first line
                self._first_line.addWidget(label, 0, Qt.AlignmentFlag.AlignTop)
                self._grid.addLayout(self._first_line, place, 0)
            else:
                self._grid.addWidget(label, place, 0, Qt.AlignmentFlag.AlignVCenter)
            self._grid.addWidget(widget, place, 1)
            self._rows.append((label, widget))
        self._grid.setColumnStretch(1, 1)
        self.add(self._grid)
        self.add(self._trouble)
        self.add(self._reading)
        self.body.addStretch(1)
        foot = QHBoxLayout()
        foot.addWidget(self.retire)
        foot.addStretch(1)
        foot.addWidget(self._undo)
        foot.addWidget(self._save)
        self.add(foot)

    def _connect(self) -> None:
        self.rhythm.currentIndexChanged.connect(self._follow)
        for signal in (self.name.textChanged, self.times.textChanged, self.around.textChanged, self.why.textChanged):
            signal.connect(self._settle)
        for chips in (self.days, self.who):
            chips.changed.connect(self._settle)
        self.give.currentIndexChanged.connect(self._settle)
        self.rest.clicked.connect(self.rest_asked)
        self._more.clicked.connect(self.more_asked)
        self.retire.clicked.connect(self._stand)
        self._undo.clicked.connect(self._take_back)
        self._save.clicked.connect(self._keep)
        self._hub.changed.connect(self._restyle_card)

    def _fill(self, answers: Mapping[str, object]) -> None:
        self.name.setText(str(answers.get("title") or ""))
        said = answers.get("rhythm")
        rhythm = Rhythm(said) if isinstance(said, str) and said in set(Rhythm) else Rhythm.DAYS
        self.rhythm.setCurrentIndex(_RHYTHMS.index(rhythm))
        days = answers.get("days")
        self.days.choose([day for day in days if day in DAYS] if isinstance(days, (list, tuple)) else DAYS)
        self.times.setText(str(answers.get("month_day" if rhythm is Rhythm.MONTH_DAY else "times") or ""))
        self.around.setText(_around_words(answers))
        minutes = answers.get("give_or_take")
        if isinstance(minutes, int) and self.give.findData(minutes) < 0:
            self.give.addItem(_minutes(minutes), minutes)
        self.give.setCurrentIndex(self.give.findData(minutes if isinstance(minutes, int) else 0))
        who = answers.get("who")
        self.who.choose(self._keys([str(one) for one in who] if isinstance(who, (list, tuple)) else []))
        self.why.set_words(str(answers.get("why") or ""))
        self.rest.setText(_rest_words(answers, self._told, self._ctx.now().date()))

    def _keys(self, who: list[str]) -> list[str]:
        """People by the key of their chip, also where a name was stored."""
        by_name = {chip.word: chip.key for chip in needs_of(self._ctx).people}
        return [by_name.get(one, one) for one in who]

    def _answers(self) -> dict[str, object]:
        """What the card says, as answers."""
        rhythm = _RHYTHMS[self.rhythm.currentIndex()]
        chosen, times = self.days.chosen(), self.times.text().strip()
        clock, words = read_around(self.around.text())
        days = [day for day in DAYS if day in chosen]
        answers: dict[str, object] = {
            "title": self.name.text().strip() or None,
            "rhythm": rhythm.value,
            "around_words": words or None,
            "give_or_take": self.give.currentData() or None,
            "who": list(self.who.chosen()) or None,
            "why": self.why.words().strip() or None,
        }
        if rhythm is Rhythm.DAYS:
            answers["days"] = days
        else:
            answers["month_day" if rhythm is Rhythm.MONTH_DAY else "times"] = times or None
        answers["around"] = None if clock is None else self._moment(clock)
        return answers

    def _moment(self, clock: dt.time) -> dict[str, object]:
        before = self._shown.get("around")
        day = before.get("day") if isinstance(before, Mapping) else None
        zone = before.get("zone") if isinstance(before, Mapping) else None
        when = {"day": day or self._ctx.now().date().isoformat(), "precision": "instant"}
        return {**when, "time": clock.strftime("%H:%M:%S"), "zone": zone or self._ctx.zone}

    def _changes(self) -> dict[str, object]:
        """The answers that are not as they were."""
        changed = {}
        for name, value in self._answers().items():
            before = self._shown.get(name)
            if name == "who" and isinstance(before, (list, tuple)):
                before = self._keys([str(one) for one in before]) or None
            if name == "around":
                same = _clock(before) == _clock(value)
            elif name == "days":
                same = _listed(before or DAYS) == _listed(value)
            else:
                same = before == value
            if not same:
                changed[name] = value
        return changed

    def _keep(self) -> None:
        if self._told is None:
            return
        if refusal := self._refusal():
            self._trouble.setText(refusal)
            self._trouble.show()
            return
        changed = self._changes()
        if changed:
            self._shown |= changed
            self.saved.emit(self._told.record, changed)
        self._settle()

    def _refusal(self) -> str:
        if not self.name.text().strip():
            return tr("A name is needed.")
        rhythm = _RHYTHMS[self.rhythm.currentIndex()]
        if rhythm is Rhythm.DAYS:
            return "" if self.days.chosen() else tr("At least one day is needed.")
        most = {Rhythm.TIMES_WEEK: 7, Rhythm.TIMES_MONTH: 31, Rhythm.MONTH_DAY: 31}[rhythm]
        said = self.times.text().strip()
        if said.isdecimal() and 1 <= int(said) <= most:
            return ""
        return tr("A number from 1 to {most} is needed.").format(most=most)

    def _stand(self) -> None:
        if self._told is not None:
            retired = self._told.standing == Standing.RETIRED
            self.stood.emit(self._told.record, Standing.ACTIVE if retired else Standing.RETIRED)

    def _take_back(self) -> None:
        self._fill(self._shown)
        self._follow()

    def _follow(self) -> None:
        """Show the questions that go with the rhythm."""
        is_days = _RHYTHMS[self.rhythm.currentIndex()] is Rhythm.DAYS
        for part in self._rows[2]:
            part.setVisible(is_days)
        self.times.setVisible(not is_days)
        self._settle()

    def _settle(self) -> None:
        self._trouble.hide()
        changed = self._told is not None and bool(self._changes())
        self._undo.setEnabled(changed)
        self._save.setEnabled(changed)

    def _restyle_card(self, theme: Theme) -> None:
        self._grid.setHorizontalSpacing(theme.px(12))
        self._grid.setVerticalSpacing(theme.px(5))
        wide = max(label.sizeHint().width() for label, _ in self._rows)
        for label, _ in self._rows:
            label.setMinimumWidth(wide)
        self._first_line.setContentsMargins(0, theme.px(8), 0, 0)


def _week() -> list[tuple[str, str, str]]:
    """The days as toggles take them."""
    dates = [(key, _A_MONDAY + dt.timedelta(days=place)) for place, key in enumerate(DAYS)]
    return [(key, letter(date), text.weekday(date)) for key, date in dates]


def read_around(words: str) -> tuple[dt.time | None, str]:
    """A clock time, or the words that say when: "20:30" and "after dinner" are both times of day."""
    found = _CLOCK.fullmatch(words)
    if found is not None and int(found[1]) < 24 and int(found[2] or 0) < 60:
        return dt.time(int(found[1]), int(found[2] or 0)), ""
    return None, words.strip()


def _minutes(minutes: int) -> str:
    return tr("{n} min").format(n=minutes)


def _listed(days: object) -> list[str]:
    return sorted(map(str, days)) if isinstance(days, (list, tuple)) else []


def _around_words(answers: Mapping[str, object]) -> str:
    clock = _clock(answers.get("around"))
    return clock.strftime("%H:%M") if clock is not None else str(answers.get("around_words") or "")


def _clock(value: object) -> dt.time | None:
    time = value.get("time") if isinstance(value, Mapping) else None
    return dt.time.fromisoformat(str(time)) if time else None


def _rest_words(answers: Mapping[str, object], told: Told | None, today: dt.date) -> str:
    if told is not None and told.standing == Standing.RESTING:
        return tr("resting until you go on")
    rest = answers.get("rest")
    if not isinstance(rest, Mapping) or not rest.get("day"):
        return tr("no rest planned")
    first = dt.date.fromisoformat(str(rest["day"]))
    last = dt.date.fromisoformat(str(rest.get("until") or rest["day"]))
    if last < today:
        return tr("no rest planned")
    if first == last:
        return text.short_date(first, today)
    return tr("{first} to {last}").format(first=text.short_date(first, today), last=text.short_date(last, today))
