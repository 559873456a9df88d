"""This day in earlier times, quietly above the timeline: how long ago and the title, each opens its entry."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.ui.screens.journal.state import BackLine
from app.ui.text import tr
from app.ui.theme.hub import current_hub
from app.ui.theme.tokens import Theme
from app.ui.widgets.buttons import IconButton
from app.ui.widgets.card import Icon, Surface
from app.ui.widgets.label import Label
from app.ui.widgets.timeline import TimelineEntry, TimelineRow

_AGO_PX = 92


class LookBackCard(QWidget):
    """Hidden while there is nothing to look back to."""

    opened = Signal(str)
    """Emitted with the entry to read."""
    put_away = Signal()
    """Emitted when somebody does not want to see it now."""

    def __init__(self) -> None:
        super().__init__()
        self._hub = current_hub()
        self._shown: tuple[BackLine, ...] = ()
        self.lines: list[TimelineRow] = []
        self._ground = Surface("sunken")
        outer = self._outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._ground)
        head = QHBoxLayout()
        head.setSpacing(self._hub.theme.space("s"))
        self._heading = Label(tr("This day, earlier"), "label", "ink2", lines=1)
        self._away = IconButton("x", tr("Put away for now. Settings, Privacy turns it off."))
        self._away.clicked.connect(lambda _checked=False: self.put_away.emit())
        head.addWidget(Icon("clock-counter-clockwise", "ink3", small=True))
        head.addWidget(self._heading, 1)
        head.addWidget(self._away)
        self._ground.body.addLayout(head)
        self._hub.changed.connect(self._restyle)
        self._restyle(self._hub.theme)

    def show_lines(self, lines: tuple[BackLine, ...]) -> None:
        """Show these, or nothing at all."""
        self.setVisible(bool(lines))
        if lines == self._shown:
            return
        self._shown = lines
        for line in self.lines:
            self._ground.body.removeWidget(line)
            line.hide()
            line.deleteLater()
        self.lines = []
        for back in lines:
            entry = TimelineEntry(back.ago, back.title, mark="none")
            line = TimelineRow(entry, action=tr("Read"), date_px=_AGO_PX)
            line.opened.connect(partial(self.opened.emit, back.record))
            self._ground.body.addWidget(line)
            self.lines.append(line)

    def _restyle(self, theme: Theme) -> None:
        self._ground.body.setContentsMargins(theme.px(10), theme.px(4), theme.px(6), theme.px(4))
        self._ground.body.setSpacing(0)
