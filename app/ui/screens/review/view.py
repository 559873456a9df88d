"""The page: the letter at the left, what is added and the letters before at the right; one column in less room."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from app.services.reviews import KIND
from app.ui.context import Context
from app.ui.screens.record_form.links import needs_of
from app.ui.screens.review.added_view import AddedView
from app.ui.screens.review.letter_view import LetterView
from app.ui.screens.review.offer_view import OfferView
from app.ui.screens.review.presenter import ReviewPresenter
from app.ui.screens.review.state import KeptLine, ReviewPage
from app.ui.text import tr
from app.ui.theme.hub import current_hub
from app.ui.theme.tokens import Theme
from app.ui.widgets.card import Card
from app.ui.widgets.label import Label
from app.ui.widgets.layouts import Breadth, breadth, column
from app.ui.widgets.notes import Banner, EmptyState
from app.ui.widgets.tab_chain import in_reading_order
from app.ui.widgets.text_link import TextLink

LEFT, RIGHT = 58, 42
"""How the two columns share the page."""


class KeptView(Card):
    """The letters that were kept, and when the next one is."""

    def __init__(self, presenter: ReviewPresenter) -> None:
        super().__init__(tr("Letters you kept"))
        self._presenter = presenter
        self._shown: tuple[KeptLine, ...] = ()
        self.links: list[TextLink] = []
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self._next = Label("", "small", "ink2")
        self.newest = TextLink(tr("The newest look"), trailing="arrow-right")
        self.newest.clicked.connect(lambda _checked=False: presenter.choose(None))
        for part in (self._list, self.newest, self._next):
            self.add(part)

    def show_page(self, page: ReviewPage) -> None:
        """Show the list; the letter that is read now is named, not linked."""
        self._next.setText(page.following)
        self._next.setVisible(bool(page.following))
        unkept = page.letter is not None and page.letter.record is None
        self.newest.setVisible(not unkept and bool(page.kept) and not page.kept[0].shown)
        if page.kept == self._shown:
            return
        self._shown = page.kept
        for link in self.links:
            self._list.removeWidget(link)
            link.hide()
            link.deleteLater()
        self.links = [self._link(line) for line in page.kept]
        for link in self.links:
            self._list.addWidget(link)

    def _link(self, line: KeptLine) -> TextLink:
        link = TextLink(line.words, icon="check" if line.shown else "")
        link.setAccessibleDescription(tr("shown now") if line.shown else "")
        link.clicked.connect(lambda _checked=False: self._presenter.choose(line.record))
        return link


class ReviewView(QWidget):
    """Renders a `ReviewPage`; letter and form are kept and filled anew."""

    def __init__(self, ctx: Context, presenter: ReviewPresenter) -> None:
        super().__init__()
        self._presenter = presenter
        self._hub = current_hub()
        kind = ctx.content.kind(KIND)
        self._trouble = Banner("", tone="care")
        self._empty = EmptyState(kind.empty_state, " ", action=tr("Go to today"), icon="sun-horizon")
        self._first = Label("", "small", "ink2")
        self._empty.body.addWidget(self._first)
        self.letter = LetterView()
        self.added = AddedView(ctx.content, needs_of(ctx))
        self.offer = OfferView(ctx)
        self.kept = KeptView(presenter)
        left = column(self.letter, stretch_last=False)
        right = column(self.added, self.offer, self.kept, stretch_last=False)
        self._columns = QWidget()
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._columns)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.addWidget(left, LEFT)
        self._box.addWidget(right, RIGHT)
        self._build()
        self._connect()
        self._restyle(self._hub.theme)
        self.render_state(presenter.shown)

    def render_state(self, page: ReviewPage) -> None:
        """Show a page."""
        self._trouble.say(page.trouble)
        self._trouble.setVisible(bool(page.trouble))
        self._empty.setVisible(bool(page.empty))
        self._first.setText(page.empty)
        self._columns.setVisible(page.letter is not None)
        self.letter.show_letter(page.letter)
        self.added.show_letter(page.letter)
        self.added.refuse(*page.refused)
        self.kept.show_page(page)
        self.kept.setVisible(bool(page.kept or page.following))
        in_reading_order(self)

    def focus_first(self) -> None:
        """The letter is read first: the keyboard goes to its chart, else to what can be done."""
        if not self._empty.isHidden():
            self._empty.button.setFocus()
        elif not self.letter.chart.isHidden():
            self.letter.chart.setFocus()
        else:
            self.added.focus_first()
        self._scroll.verticalScrollBar().setValue(0)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._reflow()

    def _build(self) -> None:
        page = QWidget()
        page.setObjectName("page")
        self._column = QVBoxLayout(page)
        for part in (self._trouble, self._empty, self._columns):
            self._column.addWidget(part)
        self._column.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(page)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._scroll)

    def _connect(self) -> None:
        presenter = self._presenter
        presenter.state.connect(self.render_state)
        self._hub.changed.connect(self._restyle)
        self._empty.acted.connect(lambda: presenter.go("today"))
        self.letter.moment_opened.connect(presenter.open_moment)
        self.letter.safety_asked.connect(presenter.safety)
        self.offer.offered.connect(lambda: self.render_state(presenter.shown))
        self.added.edited.connect(presenter.edited)
        self.added.kept.connect(presenter.keep)
        self.added.picked.connect(presenter.pick)

    def _restyle(self, theme: Theme) -> None:
        self._column.setContentsMargins(0, 0, 0, theme.space("l"))
        self._column.setSpacing(theme.space("card_gap"))
        self._box.setSpacing(theme.space("card_gap"))
        self._reflow()

    def _reflow(self) -> None:
        """Two columns where there is room for a letter beside its form."""
        wide = breadth(self.window().width(), self._hub.theme) is not Breadth.NARROW
        along = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        if self._box.direction() is not along:
            self._box.setDirection(along)
            self._box.setStretch(0, LEFT if wide else 0)
            self._box.setStretch(1, RIGHT if wide else 1)
