"""A worksheet filled in again: an empty form, with the last sheet at hand to look at or to start from."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.errors import LeewardError
from app.services.worksheets import Filled, Worksheets
from app.ui import text
from app.ui.context import Context, Toast
from app.ui.models.answers import answered
from app.ui.screens.record_form.surface import RecordSurface, open_record_form
from app.ui.screens.worksheets.series import day_words
from app.ui.text import tr
from app.ui.widgets.buttons import Button
from app.ui.widgets.layouts import TopLayout
from app.ui.widgets.reading_answers import answer_widgets
from app.ui.widgets.sheet import Band


class LastTime(Band):
    """The sheet before this one, folded until it is wanted."""

    def __init__(self, ctx: Context, kind_id: str, day: str, answers: Mapping[str, object]) -> None:
        super().__init__("card", line=False)
        self.look = Button(tr("Look at the one of {day}").format(day=day), "quiet", icon="caret-right", small=True)
        self.start = Button(tr("Start from it"), "quiet", small=True)
        self._answers = QWidget()
        column = TopLayout(self._answers)
        column.setContentsMargins(0, 0, 0, 0)
        for widget in answer_widgets(answered(ctx.content.kind(kind_id), answers, ctx)):
            column.addWidget(widget)
        self._answers.hide()
        row = QHBoxLayout()
        row.addWidget(self.look)
        row.addWidget(self.start)
        row.addStretch(1)
        self.body.addLayout(row)
        self.body.addWidget(self._answers)
        self.look.clicked.connect(self._turn)

    def _turn(self, _checked: bool = False) -> None:
        shown = self._answers.isHidden()
        self._answers.setVisible(shown)
        self.look.set_icon_name("caret-down" if shown else "caret-right")


def open_again(ctx: Context, kind_id: str, last: Filled) -> None:
    """Open the form of a new sheet. Nothing of the last one is in it unless the person starts from it."""

    def show(answers: dict[str, object]) -> None:
        surface = open_record_form(ctx, kind_id)
        panel = LastTime(ctx, kind_id, day_words(last.day), answers)
        panel.start.clicked.connect(lambda _checked=False: _start(surface, answers))
        surface.body.insertWidget(0, panel)
        ctx.shell.open_over(surface)

    def failed(error: LeewardError) -> None:
        ctx.shell.toast(Toast(text.trouble(error, ctx.content).paragraph))

    ctx.tasks.run(lambda desk: Worksheets(desk.session).answers(last.record), show, failed)


def _start(surface: RecordSurface, answers: Mapping[str, object]) -> None:
    """What was written into the new one stays; the last one fills what is empty. It is kept like typed words."""
    surface.form.set_answers({**answers, **surface.form.answers()})
    surface.form.changed.emit()
    surface.form.focus_first()
