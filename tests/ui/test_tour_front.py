"""The tour's pictures before unlock show what their names say."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from app.ui.screens.first_run.state import Step
from app.ui.screens.first_run.view import FirstRunView
from app.ui.screens.unlock.view import UnlockView
from app.ui.tour_front import FRONT, Front
from app.ui.widgets.fields import PassphraseField
from app.ui.window import Window
from tests.fixtures.session import shipped_content


def test_every_stop_is_a_state_of_its_own(qtbot: QtBot) -> None:
    window = Window()
    qtbot.addWidget(window)
    window.show()
    front = Front(window, shipped_content())
    seen = []
    for name in FRONT:
        front.show(name)
        view = window.content()
        if isinstance(view, FirstRunView):
            step = Step[name.removeprefix("first-run-").upper()]
            assert view.page(step).isVisible()
            assert [made for made in view._pages.values() if made.isVisible()] == [view.page(step)]
            seen.append(view._title.text())
        else:
            assert isinstance(view, UnlockView)
        if name == "first-run-passphrase":
            field = view.page(Step.PASSPHRASE).first  # type: ignore[union-attr]
            assert isinstance(field, PassphraseField)
            assert field.text()

    front.close()
    assert len(set(seen)) == len(seen) == 5
