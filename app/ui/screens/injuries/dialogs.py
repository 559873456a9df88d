"""What opens over the Injuries page: steps, months, weights, forms, versions, and the question before removing."""

from __future__ import annotations

from collections.abc import Callable

from app.domain.fields import FieldType
from app.domain.records import RecordId
from app.domain.wording import label_for
from app.services.thread_parts import MonthTrigger
from app.services.threads import INJURY, MOMENT, STEP, ThreadDetail
from app.ui.context import Context
from app.ui.models.joining import open_joining
from app.ui.models.versions import open_history
from app.ui.screens.injuries.state import Weight
from app.ui.screens.injuries.step_surface import StepSurface, step_pages
from app.ui.screens.injuries.surfaces import MonthSurface, WeightSurface
from app.ui.screens.record_form.surface import open_record_form
from app.ui.text import tr
from app.ui.widgets.ask import AskSurface, LineSurface


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
        """What one step is and the notes on it, with its neighbours; from there it is noted."""
        pages = step_pages(self._ctx, detail)
        at = next((number for number, page in enumerate(pages) if page.option == step), None)
        if at is None:
            return
        thread = detail.row.record
        surface = StepSurface(self._ctx.shell.ground(), pages, at, self._ctx.content.kind(STEP).add)
        surface.note_asked.connect(lambda option: self._note(thread, option))
        surface.edit_asked.connect(lambda note: self._open_form(STEP, RecordId(note)))
        self._ctx.shell.open_over(surface)

    def month(self, detail: ThreadDetail, first: int) -> None:
        """The linked triggers of the month that begins on the day `first`."""
        filled = [month for month, count in zip(detail.months, detail.counts, strict=True) if count]
        before = max((month for month in filled if month < first), default=0)
        after = min((month for month in filled if month > first), default=0)

        def show(found: tuple[MonthTrigger, ...]) -> None:
            surface = MonthSurface(self._ctx, first, found, (before, after))
            surface.trigger_opened.connect(lambda record: self._ctx.shell.go("journal", record))
            surface.month_asked.connect(lambda month: self.month(detail, month))
            self._ctx.shell.open_over(surface)

        record = detail.row.record
        self._ctx.tasks.run(lambda desk: desk.threads.month(record, first), show, slot="thread-month")

    def weights(self, weight: Weight) -> None:
        """Every answer about how heavy it was."""
        self._ctx.shell.open_over(WeightSurface(self._ctx.shell.ground(), weight))

    def begin_beside(self, thread: str, kind: str) -> None:
        """Something new of a kind, linked to this thread."""
        link = next(f for f in self._ctx.content.kind(kind).fields if f.type is FieldType.LINK and INJURY in f.to)
        self._open_form(kind, None, **{link.id: thread})

    def versions(self, kind: str, record: str, *, theirs: bool) -> None:
        """Every wording of a text that belongs to a thread."""
        open_history(self._ctx, kind, RecordId(record), theirs=theirs)

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
