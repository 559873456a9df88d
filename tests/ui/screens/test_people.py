"""People and sharing: what the section shows in each state, what it opens, and the words before sharing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QAbstractButton, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.crypto.kdf import FLOOR
from app.data.cards import read_cards
from app.domain.errors import Code, RecordError, VaultError
from app.domain.records import PersonId, RecordId
from app.services.desk import Desk
from app.services.people import People, Together, Waiting
from app.services.session import Person
from app.ui.card_notice import tell_of_card
from app.ui.models.seats import marked, seat_of, where_words
from app.ui.screens.people.state import PeopleState
from app.ui.screens.people.welcome import WelcomeSurface
from app.ui.screens.settings.people import PeopleSection
from app.ui.screens.sharing.view import SharingSurface
from app.ui.widgets.ask import AskSurface
from app.ui.widgets.marks import Shape
from tests.fixtures.page_context import Page, page_for
from tests.fixtures.two import copied as copied_two
from tests.fixtures.two import first_desk, people_of, second_desk
from tests.fixtures.vault import copied, opened

PHRASE = "velvet harbour tuesday lantern"


@pytest.fixture
def two(tmp_path: Path) -> Iterator[Desk]:
    made = first_desk(copied_two(tmp_path / "vault"))
    yield made
    made.close()


@pytest.fixture
def alone(tmp_path: Path) -> Iterator[Desk]:
    made = opened(copied(tmp_path / "vault"))
    yield made
    made.close()


def _page(qtbot: QtBot, desk: Desk) -> Page:
    area = QWidget()
    qtbot.addWidget(area)
    area.resize(1280, 800)
    QVBoxLayout(area)
    area.show()
    return page_for(desk, area)


def _section(page: Page) -> PeopleSection:
    made = PeopleSection(page.ctx, QWidget())
    layout = page.shell.area.layout()
    assert layout is not None
    layout.addWidget(made)
    made.enter()
    QCoreApplication.processEvents()
    return made


def _said(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def _buttons(widget: QWidget) -> dict[str, QAbstractButton]:
    return {button.text(): button for button in widget.findChildren(QAbstractButton) if button.isVisible()}


def _show(section: PeopleSection, together: Together, **more: object) -> None:
    section.render_state(PeopleState(together, **more))  # type: ignore[arg-type]  # its own fields
    QCoreApplication.processEvents()


def test_alone_the_line_about_safety_stands_before_the_button(qtbot: QtBot, alone: Desk) -> None:
    page = _page(qtbot, alone)
    section = _section(page)
    said = _said(section)
    assert "afraid" in said
    assert said.index("afraid") < said.index("Set it up together")
    _buttons(section)["Read"].click()
    assert page.shell.went == [("help", "safety")]
    _buttons(section)["Set it up…"].click()
    assert isinstance(page.shell.surfaces[-1], WelcomeSurface)


def test_the_label_on_the_locked_screen_is_ones_own_choice(qtbot: QtBot, two: Desk) -> None:
    page = _page(qtbot, two)
    section = _section(page)
    assert "can be read by anyone" in _said(section)
    for number, wanted in ((2, two.session.person.name), (1, two.session.person.initial), (0, "")):
        section._label.setCurrentIndex(number)
        section._label.activated.emit(number)
        assert two.vault is not None
        cards = {card.person_file: card.label for card in read_cards(two.vault.unlocked.layout)}
        assert cards.pop(two.vault.unlocked.person_file) == wanted
        assert list(cards.values()) == [""], "the other person's card was written"


def test_two_compare_and_leave(qtbot: QtBot, two: Desk) -> None:
    page = _page(qtbot, two)
    section = _section(page)
    buttons = _buttons(section)
    assert {"Compare…", "Leave…"} <= set(buttons) and "Set it up…" not in buttons
    buttons["Compare…"].click()
    compared = _said(page.shell.surfaces[-1])
    state = section.presenter.shown
    assert len(state.own_words) == len(state.other_words) == 6 and state.own_words != state.other_words
    assert "   ".join(state.own_words) in compared and "   ".join(state.other_words) in compared
    page.shell.surfaces[-1].close_surface()
    buttons["Leave…"].click()
    ask = page.shell.surfaces[-1]
    assert isinstance(ask, AskSurface) and "can no longer be opened from here" in _said(ask)
    ask.agree()
    QCoreApplication.processEvents()
    assert two.session.shared is None
    assert "Begin again…" in _buttons(section)


def test_an_invitation_waits_and_is_taken_by_ones_own_word(qtbot: QtBot, tmp_path: Path) -> None:
    root = copied_two(tmp_path / "vault")
    desk = first_desk(root)
    people_of(desk).leave()
    desk.close()
    other = second_desk(root)
    people_of(other).invite()
    other.close()
    desk = first_desk(root)
    page = _page(qtbot, desk)
    section = _section(page)
    assert desk.people is not None and not desk.people.together().open, "taken without a word"
    _buttons(section)["Look…"].click()
    ask = page.shell.surfaces[-1]
    assert isinstance(ask, AskSurface)
    ask.agree()
    QCoreApplication.processEvents()
    assert desk.session.shared is not None and "Look…" not in _buttons(section)
    desk.close()


def test_changed_keys_show_six_words_and_what_to_do_when_they_differ(qtbot: QtBot, two: Desk) -> None:
    page = _page(qtbot, two)
    section = _section(page)
    together = section.presenter.shown.together
    assert together is not None
    waiting = Waiting("offer", keys_changed=True, fingerprint="abc")
    words = ("one", "two", "three", "four", "five", "six")
    state = PeopleState(
        Together(1, "", together.other, room=False, open=True, waiting=(waiting,)),
        own_words=words[::-1],
        waiting_words=(("offer", words),),
    )
    section.presenter._show(state)
    QCoreApplication.processEvents()
    _buttons(section)["Look…"].click()
    said = _said(page.shell.surfaces[-1])
    assert "   ".join(words) in said and "If the words differ" in said


def test_an_older_copy_is_said_calmly_and_opened_on_ones_own_word(qtbot: QtBot, two: Desk) -> None:
    page = _page(qtbot, two)
    section = _section(page)
    together = section.presenter.shown.together
    assert together is not None
    trouble = VaultError(Code.OLDER_COPY, date="2026-05-12")
    _show(section, Together(1, "", together.other, room=False, open=False, trouble=trouble))
    assert "Open this older copy" in _buttons(section) and "12 May 2026" in _said(section)
    _show(section, Together(1, "", None, room=False, open=False))
    assert "There is room for two" in _said(section)


def test_the_other_person_is_made_from_what_they_typed_and_nothing_of_it_stays(
    qtbot: QtBot, alone: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    defaults = People.welcome.__kwdefaults__
    assert defaults is not None
    monkeypatch.setitem(defaults, "kdf", FLOOR)
    page = _page(qtbot, alone)
    surface = WelcomeSurface(page.ctx)
    page.shell.open_over(surface)
    before = surface.covers_all
    surface.go_on.click()
    assert (before, surface.covers_all, surface.go_on.isEnabled()) == (False, True, False)
    surface.name.setText("Jules")
    surface.new.phrase.setText(PHRASE)
    surface.new.again.setText(PHRASE)
    qtbot.waitUntil(lambda: surface.presenter.shown.strength is not None, timeout=5000)
    assert surface._missing.text() == "And your own word that you want it"
    surface.agreed.setChecked(True)
    surface.go_on.click()
    assert page.shell.went == [("lock", "two_parts")]
    assert (surface.name.text(), surface.new.phrase.text(), surface.new.again.text()) == ("", "", "")
    assert people_of(alone).other() is not None and not people_of(alone).has_room()


def test_sharing_asks_each_time_and_shares_what_was_shown(qtbot: QtBot, two: Desk) -> None:
    record = two.journal.add("note", {"title": "A title", "body": "The words."})
    page = _page(qtbot, two)
    surface = SharingSurface(page.ctx, record)
    page.shell.open_over(surface)
    shown = _said(surface)
    assert "The words." in shown and "A title" in shown and "cannot be unseen" in shown
    assert not surface.tick.isChecked() and not surface.go_on.isEnabled()
    surface.confirmed.emit()
    assert two.timeline.open(record).entry.shared is False
    surface.tick.setChecked(True)
    surface.go_on.click()
    assert two.timeline.open(record).entry.shared
    assert "can read it now" in page.shell.toasts[-1].text


def test_words_that_changed_meanwhile_are_shown_anew_and_asked_for_again(qtbot: QtBot, two: Desk) -> None:
    record = two.journal.add("note", {"body": "First words."})
    page = _page(qtbot, two)
    surface = SharingSurface(page.ctx, record)
    page.shell.open_over(surface)
    surface.tick.setChecked(True)
    two.journal.edit(record, {"body": "Other words."})
    surface.go_on.click()
    QCoreApplication.processEvents()
    assert two.timeline.open(record).entry.shared is False
    assert "Other words." in _said(surface) and "First words." not in _said(surface)
    assert not surface.tick.isChecked() and not surface.go_on.isEnabled()


def test_what_is_never_shared_offers_no_way(qtbot: QtBot, two: Desk) -> None:
    trigger = two.journal.add("trigger", {"at": {"day": "2026-05-14"}, "peak": 5})
    assert not two.timeline.open(trigger).shareable
    page = _page(qtbot, two)
    surface = SharingSurface(page.ctx, trigger)
    page.shell.open_over(surface)
    assert not surface.go_on.isVisible() and "stays yours" in _said(surface)


def test_a_thread_that_marks_danger_is_never_offered(two: Desk) -> None:
    plain = RecordId(two.threads.begin("plain"))
    assert two.threads.detail(plain).shareable
    breaches = two.session.content.list("breaches").items
    dangers = [option.id for option in breaches if option.safety]
    danger = two.journal.add("injury", {"title": "hard", "breach": dangers[:1]})
    assert two.threads.detail(danger).danger and not two.threads.detail(danger).shareable
    with pytest.raises(RecordError) as refusal:
        two.sharing.preview(danger)
    assert refusal.value.detail["reason"] == "safety"


def test_the_seats_are_exchanged_in_what_the_other_wrote(qtbot: QtBot, two: Desk) -> None:
    ctx = _page(qtbot, two).ctx
    seat = seat_of(ctx, theirs=True)
    assert (seat.person.name, seat.partner) == (ctx.partner, ctx.person.name)
    assert seat_of(seat, theirs=True).person == Person(PersonId(ctx.person.id), ctx.person.name)
    assert (marked(ctx, theirs=False).shape, marked(ctx, theirs=True).shape) == (Shape.CIRCLE, Shape.SQUARE)
    assert where_words(ctx, shared=False, theirs=False) == ("Only you", "private")


def test_an_exchanged_card_is_told_calmly(qtbot: QtBot, alone: Desk) -> None:
    page = _page(qtbot, alone)
    tell_of_card(page.shell)
    toast = page.shell.toasts[-1]
    assert toast.on_action is not None
    toast.on_action()
    assert "It is yours again" in _said(page.shell.surfaces[-1])
