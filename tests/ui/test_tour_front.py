"""The tour's pictures before unlock show what their names say."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from app import paths
from app.services import vaults
from app.ui.screens.first_run.state import Step
from app.ui.screens.first_run.view import FirstRunView
from app.ui.screens.unlock.view import UnlockView
from app.ui.tour_front import FRONT, Front
from app.ui.tour_locked import OVER
from app.ui.widgets.dialog import DialogSurface
from app.ui.widgets.fields import PassphraseField
from app.ui.window import Window


def test_every_stop_is_a_state_of_its_own(qtbot: QtBot) -> None:
    window = Window()
    qtbot.addWidget(window)
    window.show()
    front = Front(window, vaults.load_words(paths.resources() / "content"))
    seen, over = [], []
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
            surfaces = [surface for surface in view.findChildren(DialogSurface) if surface.isVisible()]
            assert len(surfaces) == (1 if name in OVER else 0)
            for image in [surface.grab().toImage() for surface in surfaces]:
                assert image not in over, name
                over.append(image)
        if name == "first-run-passphrase":
            field = view.page(Step.PASSPHRASE).first  # type: ignore[union-attr]
            assert isinstance(field, PassphraseField)
            assert field.text()

    assert len(set(seen)) == len(seen) == 5
    assert set(OVER) <= set(FRONT)
