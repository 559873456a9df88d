"""Makes the page of a step and ties it to the presenter. What a page needs is imported with it, not before."""

from __future__ import annotations

from collections.abc import Callable

from app.ui.screens.first_run.parts import Page
from app.ui.screens.first_run.presenter import FirstRunPresenter
from app.ui.screens.first_run.state import Step

HelpAsked = Callable[[str], None]


def make(step: Step, presenter: FirstRunPresenter, help_asked: HelpAsked) -> Page:
    """A fresh page; what is answered on it goes to `presenter`, a wish for help to `help_asked`."""
    makers: dict[Step, Callable[[], Page]] = {
        Step.WELCOME: lambda: _welcome(presenter),
        Step.BEFORE: lambda: _before(presenter, help_asked),
        Step.PLACE: lambda: _place(presenter),
        Step.PASSPHRASE: lambda: _passphrase(presenter),
        Step.WHO: lambda: _who(presenter),
        Step.SAMPLE: lambda: _sample(presenter),
    }
    return makers[step]()


def _welcome(presenter: FirstRunPresenter) -> Page:
    from app.ui.screens.first_run.welcome import WelcomePage

    made = WelcomePage()
    made.begin.connect(presenter.next)
    made.look_around.connect(presenter.look_around)
    made.open_existing.connect(presenter.existing_chosen)
    return made


def _before(presenter: FirstRunPresenter, help_asked: HelpAsked) -> Page:
    from app.ui.screens.first_run.pages import BeforePage

    made = BeforePage()
    made.answered.connect(presenter.answer)
    made.help_asked.connect(help_asked)
    return made


def _place(presenter: FirstRunPresenter) -> Page:
    from app.ui.screens.first_run.pages import PlacePage

    made = PlacePage()
    made.chosen.connect(presenter.choose_folder)
    return made


def _passphrase(presenter: FirstRunPresenter) -> Page:
    from app.ui.screens.first_run.pages import PassphrasePage

    made = PassphrasePage()
    made.typed.connect(presenter.type_passphrase)
    made.suggest_asked.connect(presenter.suggest)
    made.sheet_wished.connect(presenter.wish_sheet)
    presenter.suggested.connect(made.take)
    return made


def _who(presenter: FirstRunPresenter) -> Page:
    from app.ui.screens.first_run.pages import WhoPage

    made = WhoPage()
    made.typed.connect(presenter.type_names)
    return made


def _sample(presenter: FirstRunPresenter) -> Page:
    from app.ui.screens.first_run.pages import SamplePage

    made = SamplePage()
    made.open_asked.connect(presenter.open_sample)
    return made
