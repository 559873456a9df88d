"""The Today page and its presenter, as the window holds them."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QWidget

from app.ui import text
from app.ui.context import Context
from app.ui.screens.today.around_presenter import AroundPresenter
from app.ui.screens.today.presenter import TodayPresenter
from app.ui.screens.today.state import TodayPage
from app.ui.screens.today.view import TodayView
from app.ui.widgets.dialog import DialogSurface


class TodayScreen:
    """The page with its presenter. Titles follow the day and the hour."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self.presenter = TodayPresenter(ctx)
        self.around = AroundPresenter(ctx)
        self.view = TodayView(ctx, self.presenter, self.around)
        self.presenter.setParent(self.view)
        self.around.setParent(self.view)
        self._titles = ("", "")
        self._entering = False
        self.presenter.state.connect(self._shown)

    @property
    def title(self) -> str:
        """The day: the only large text of the page."""
        return self.presenter.page.title or text.long_date(self._ctx.now().date())

    @property
    def subtitle(self) -> str:
        """A greeting by the hour."""
        return self.presenter.page.subtitle or text.greeting(self._ctx.now(), self._ctx.person.name)

    def widget(self) -> QWidget:
        """The page itself."""
        return self.view

    def enter(self, target: str | None) -> None:  # noqa: ARG002  # Today has one place to be
        """Show the day as it stands now; once it is there, focus goes to the first question."""
        self._entering = True
        self.presenter.load()
        self.around.load()
        self.view.weekly.load()
        self.view.sheet.look()
        self.view.review.look()

    def leave(self) -> None:
        """Keep what was typed; a day that arrives later has no claim on the keyboard."""
        self._entering = False
        self.presenter.keep_draft()
        self.view.weekly.keep_draft()

    def _shown(self, page: TodayPage) -> None:
        self.around.suit(hidden=page.hide_previews, is_new=page.is_new)
        if self._entering:
            self._entering = False
            if not _something_lies_over(self.view):
                self.view.focus_first()
        if (page.title, page.subtitle) != self._titles:
            self._titles = (page.title, page.subtitle)
            self._ctx.shell.retitle()


def _something_lies_over(page: QWidget) -> bool:
    """Whether the keyboard is in a surface that was opened while the day was still being read."""
    focused = QApplication.focusWidget()
    while focused is not None and focused is not page:
        if isinstance(focused, DialogSurface):
            return True
        focused = focused.parentWidget()
    return False
