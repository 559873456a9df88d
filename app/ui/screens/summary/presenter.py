"""Keeps the choice, draws its pages when the hands rest, and sends a finished document where it was asked to go."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec
from PySide6.QtCore import QObject, QTimer, Signal

from app import paths
from app.domain.errors import LeewardError
from app.domain.records import Changes, RecordId
from app.reports.summary import neutral_name
from app.services.summary_choice import Choice, Kept, Offer, Part
from app.services.summary_password import suggest
from app.ui.context import Context, Toast
from app.ui.screens.summary.state import Span, SummaryPage
from app.ui.text import tr, trouble

if TYPE_CHECKING:
    from app.services.desk import Desk

REST_MS: Final = 250
SCREEN_DPI: Final = 144.0
PRINT_DPI: Final = 200.0
_SHOWN_KINDS = frozenset(
    {
        "checkin",
        "trigger",
        "injury",
        "path_step",
        "life_marker",
        "new_experience",
        "four_weekly_review",
        "phq4",
        "gad7",
        "pcl5",
        "score_entry",
    }
)


class SummaryPresenter(QObject):
    """`state(SummaryPage)` whenever there is something new to show."""

    state = Signal(object)

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self._shown = SummaryPage()
        self._resting = QTimer(self)
        self._resting.setSingleShot(True)
        self._resting.setInterval(REST_MS)
        self._resting.timeout.connect(self._draw)
        ctx.bus.changed.connect(self._changed)

    @property
    def shown(self) -> SummaryPage:
        """The page as it stands."""
        return self._shown

    @property
    def file_name(self) -> str:
        """A name that says nothing but the day."""
        return neutral_name(self._ctx.now().date())

    def load(self) -> None:
        """Fetch what there is. A choice that stands is kept; its pages are drawn anew."""
        standing, before = self._shown.choice, self._shown.offer

        def work(desk: Desk) -> tuple[Offer, Choice]:
            choice = standing or desk.summaries.choice()
            offer = desk.summaries.offer(choice.first, choice.last)
            if before is not None and offer.picked != before.picked:  # ticked or unticked on its own page since
                parts = choice.parts | {Part.REVIEWS} if offer.picked else choice.parts - {Part.REVIEWS}
                choice = msgspec.structs.replace(choice, parts=parts)
            return offer, choice

        if not self._shown.password:
            self.new_password()
        self._ctx.tasks.run(work, self._loaded, self._refused, slot="summary")

    def choose_span(self, span: Span, first: dt.date | None = None, last: dt.date | None = None) -> None:
        """Say which days: since the last summary, three months, or from `first` to `last`."""
        offer = self._shown.offer
        if span is Span.SINCE_LAST and offer is not None and offer.since_last is not None:
            first = dt.date.fromordinal(min(offer.since_last, self._ctx.now().date().toordinal()))
        wanted = (first, last)

        def work(desk: Desk) -> tuple[Offer, Choice]:
            usual = desk.summaries.choice(*wanted)
            return desk.summaries.offer(usual.first, usual.last), usual

        def found(answer: tuple[Offer, Choice]) -> None:
            there, usual = answer
            standing = self._shown.choice or usual
            self._loaded((there, msgspec.structs.replace(standing, first=usual.first, last=usual.last)))

        self._shown = replace(self._shown, span=span)
        self._ctx.tasks.run(work, found, self._refused, slot="summary")

    def include(self, part: Part, on: bool) -> None:
        """Tick or untick a section. Every log in full needs the triggers; a line needs the weeks."""
        choice = self._shown.choice
        if choice is not None:
            self.change(parts=choice.parts | {part} if on else choice.parts - {part})

    def include_thread(self, thread: RecordId, on: bool, *, story: bool = False) -> None:
        """Tick or untick a thread's path, or its story; the story brings its path, the path takes its story away."""
        choice = self._shown.choice
        if choice is None:
            return
        threads = tuple(one for one in choice.threads if one != thread)
        stories = tuple(one for one in choice.narratives if one != thread)
        if on or story:
            threads = (*threads, thread)
        if (on and story) or (not story and on and thread in choice.narratives):
            stories = (*stories, thread)
        self.change(threads=threads, narratives=stories)

    def change(self, **fields: object) -> None:
        """Change the choice by its field names; the pages follow when the hands rest."""
        choice = self._shown.choice
        if choice is None:
            return
        wanted = msgspec.structs.replace(choice, **fields)
        if wanted != choice:
            self._show(replace(self._shown, choice=wanted, drawing=True))
            self._resting.start()

    def set_password(self, words: str) -> None:
        """Use this password for the file."""
        self._show(replace(self._shown, password=words))

    def new_password(self) -> None:
        """Make another password of everyday words."""
        self._show(replace(self._shown, password=suggest(paths.resources() / "content" / "words-en.txt")))

    def keep(self) -> None:
        """Keep in the vault whom it is for, the questions and the covered words."""
        choice = self._shown.choice
        if choice is not None:
            kept = Kept(choice.meant_for, choice.questions, choice.words, choice.initials, choice.phones)
            self._ctx.tasks.run(lambda desk: desk.summaries.keep(kept), _nothing, self._refused)

    def export(self, path: Path) -> None:
        """Write the sealed file."""
        choice, password = self._shown.choice, self._shown.password
        if choice is None:
            return

        def done(_none: None) -> None:
            self._ctx.shell.toast(Toast(tr("Saved, sealed with the password.")))

        self.keep()
        self._ctx.tasks.run(lambda desk: desk.summaries.export(choice, password, path), done, self._failed)

    def for_printing(self, done: Callable[[tuple[bytes, ...]], None]) -> None:
        """The pages finely enough for paper."""
        choice = self._shown.choice
        if choice is None:
            return

        def work(desk: Desk) -> tuple[bytes, ...]:
            pages = tuple(desk.summaries.preview(choice, PRINT_DPI))
            desk.summaries.note_made()
            return pages

        self.keep()
        self._ctx.tasks.run(work, done, self._failed)

    def let_go(self) -> None:
        """Forget pages, words and password: the journal is being locked."""
        self._resting.stop()
        self._show(SummaryPage())

    def go_today(self) -> None:
        """Go where a first entry is made."""
        self._ctx.shell.go("today")

    def _draw(self) -> None:
        choice = self._shown.choice
        if choice is None:
            return

        def drawn(pages: tuple[bytes, ...]) -> None:
            if self._shown.choice == choice:
                self._show(replace(self._shown, pages=pages, drawing=False, trouble=None))

        self._ctx.tasks.run(
            lambda desk: tuple(desk.summaries.preview(choice, SCREEN_DPI)), drawn, self._refused, slot="summary-pages"
        )

    def _loaded(self, found: tuple[Offer, Choice]) -> None:
        offer, choice = found
        self._show(replace(self._shown, offer=offer, choice=choice, drawing=not offer.is_empty, trouble=None))
        if not offer.is_empty:
            self._draw()

    def _show(self, page: SummaryPage) -> None:
        self._shown = page
        self.state.emit(page)

    def _refused(self, error: LeewardError) -> None:
        self._show(replace(self._shown, drawing=False, trouble=trouble(error, self._ctx.content)))

    def _failed(self, error: LeewardError) -> None:
        """The pages are fine; only the file or the paper is not."""
        self._ctx.shell.toast(Toast(trouble(error, self._ctx.content).paragraph))

    def _changed(self, changes: Changes) -> None:
        if changes.kinds & _SHOWN_KINDS and self._shown.offer is not None:
            self.load()


def _nothing(_value: object) -> None:
    """Nothing to do afterwards."""
