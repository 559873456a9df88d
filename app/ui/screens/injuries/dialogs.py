"""What opens over the Injuries page: a step with its notes, the history, and the question before removing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout

from app.domain.fields import Option
from app.domain.records import RecordId
from app.domain.wording import label_for
from app.services.threads import INJURY, MOMENT, STEP, StepNote, ThreadDetail
from app.ui import text
from app.ui.context import Context
from app.ui.models.joining import open_joining
from app.ui.models.versions import open_history
from app.ui.screens.record_form.surface import open_record_form
from app.ui.text import tr
from app.ui.widgets.ask import AskSurface, LineSurface
from app.ui.widgets.buttons import Button
from app.ui.widgets.card import Surface
from app.ui.widgets.dialog import DialogSurface
from app.ui.widgets.label import Label


class ThreadDialogs:
    """Opens what belongs to one thread."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx

    def begin(self, begun: Callable[[str], None]) -> None:
        """Ask for a title, which is enough for a thread."""
        kind = self._ctx.content.kind(INJURY)
        field = kind.field("title")
        question = label_for(field, solo=self._ctx.solo) if field is not None else ""
        surface = LineSurface(
            self._ctx.shell.ground(),
            (kind.solo_add if self._ctx.solo else None) or kind.add,
            question,
            help_words=field.help if field is not None else "",
            yes=tr("Begin"),
            no=tr("Not now"),
        )
        surface.given.connect(begun)
        self._ctx.shell.open_over(surface)

    def edit(self, record: str) -> None:
        """The whole form of the thread."""
        self._open_form(INJURY, RecordId(record))

    def add_moment(self, thread: str) -> None:
        """A new moment beside this thread."""
        self._open_form(MOMENT, None, thread=thread, at=self._today())

    def open_moment(self, record: str) -> None:
        """A new moment to read or change."""
        self._open_form(MOMENT, RecordId(record))

    def step(self, detail: ThreadDetail, step: str) -> None:
        """The notes of one step; without any, its form at once."""
        option = self._ctx.content.list("path_steps").option(step)
        if option is None:
            return
        notes = [note for note in detail.notes if note.step == round(option.value or 0)]
        if notes:
            self._ctx.shell.open_over(self._notes(detail.row.record, option, notes))
        else:
            self._note(detail.row.record, step)

    def history(self, record: str, *, theirs: bool = False) -> None:
        """Every saved state of the thread; of one the other person wrote, only to read."""
        open_history(self._ctx, INJURY, RecordId(record), theirs=theirs)

    def join(self, record: str) -> None:
        """Two versions of a text, to make one of them."""
        open_joining(self._ctx, INJURY, RecordId(record))

    def remove(self, title: str, agreed: Callable[[], None]) -> None:
        """Ask before the thread goes, since what links to it stays."""
        words = tr(
            "“{title}” goes to Removed, in the Journal. It can be brought back for 30 days; then its words leave for"
            " good. Triggers, new moments and step notes that link to it stay."
        ).format(title=title)
        surface = AskSurface(
            self._ctx.shell.ground(), tr("Remove this thread"), words, yes=tr("Remove it"), no=tr("Keep it")
        )
        surface.agreed.connect(agreed)
        self._ctx.shell.open_over(surface)

    def _notes(self, thread: RecordId, option: Option, notes: Sequence[StepNote]) -> DialogSurface:
        surface = DialogSurface(
            self._ctx.shell.ground(), label_for(option, solo=self._ctx.solo), close_words=tr("Close")
        )
        surface.body.addWidget(Label(option.line, "body", "ink2"))
        for note in notes:
            surface.body.addWidget(self._note_card(surface, note))
        surface.body.addStretch(1)
        add = Button(self._ctx.content.kind(STEP).add, "primary", icon="plus")

        def pressed(_checked: bool = False) -> None:
            surface.close_surface()
            self._note(thread, option.id)

        add.clicked.connect(pressed)
        surface.footer.addStretch(1)
        surface.footer.addWidget(add)
        surface.dismissed.connect(surface.close_surface)
        return surface

    def _note_card(self, surface: DialogSurface, note: StepNote) -> Surface:
        well = Surface("sunken", radius_px=8)
        head = QHBoxLayout()
        head.addWidget(Label(self._note_head(note), "caption", "ink3", lines=1, elide=True), 1)
        edit = Button(tr("Edit"), "quiet", small=True)

        def pressed(_checked: bool = False) -> None:
            surface.close_surface()
            self._open_form(STEP, note.record)

        edit.clicked.connect(pressed)
        edit.setVisible(not note.theirs)
        head.addWidget(edit, 0, Qt.AlignmentFlag.AlignTop)
        well.body.addLayout(head)
        kind = self._ctx.content.kind(STEP)
        for field_id, words in (
            ("happened", note.happened), ("made_possible", note.made_possible), ("not_yet", note.not_yet),
        ):  # fmt: skip
            field = kind.field(field_id)
            if words and field is not None:
                well.body.addWidget(Label(label_for(field, solo=self._ctx.solo), "caption", "ink3"))
                well.body.addWidget(Label(words, "line"))
        return well

    def _note_head(self, note: StepNote) -> str:
        parts = [text.short_date(dt.date.fromordinal(note.day), self._ctx.now().date())]
        role = self._ctx.content.kind(STEP).field("role")
        found = next((o for o in role.options if o.id == note.role), None) if role is not None else None
        if found is not None:
            parts.append(label_for(found, solo=self._ctx.solo))
        if note.with_therapist:
            parts.append(tr("in a session"))
        return " · ".join(parts)

    def _note(self, thread: RecordId, step: str) -> None:
        self._open_form(STEP, None, thread=thread, step=step, at=self._today())

    def _today(self) -> dict[str, object]:
        return {"day": self._ctx.now().date().isoformat()}

    def _open_form(self, kind: str, record: RecordId | None, **answers: object) -> None:
        self._ctx.shell.open_over(open_record_form(self._ctx, kind, record=record, answers=answers))


def standing_actions(standing: str) -> tuple[tuple[str, str], ...]:
    """What the menu offers for how a thread stands: (standing, words)."""
    rest, settle, reopen = (
        ("resting", tr("Let it rest")), ("settled", tr("Mark it settled")), ("open", tr("Open it again")),
    )  # fmt: skip
    return {"open": (rest, settle), "resting": (reopen, settle), "settled": (reopen, rest)}.get(standing, (reopen,))
