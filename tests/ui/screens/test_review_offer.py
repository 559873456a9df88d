"""Questionnaires beside the letter: only where they were asked for, gone once begun, and each opens its form."""

from __future__ import annotations

import msgspec
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.services import choices
from app.services.choices import Choices
from app.services.session import Session
from app.ui.screens.review.screen import ReviewScreen
from tests.fixtures.page_context import Page, entered, page_on_screen
from tests.services.test_reviews import diary, flat


@pytest.fixture
def page(qtbot: QtBot, couple: Session) -> Page:
    return page_on_screen(qtbot, couple)


def opened(page: Page) -> ReviewScreen:
    diary(page.desk.session, flat)
    screen = entered(page, ReviewScreen(page.ctx), None)
    QApplication.processEvents()
    return screen


def test_unasked_there_is_nothing(page: Page) -> None:
    assert not opened(page).view.offer.isVisible()


def test_what_was_asked_for_stands_beside_the_letter_and_opens_its_form(page: Page) -> None:
    chosen = choices.store(page.desk.session, msgspec.structs.replace(Choices(), offer_phq4=True, offer_pcl5=True))
    offer = opened(page).view.offer
    assert offer.isVisible()
    assert [link.text() for link in offer.links] == ["Fill in a PHQ-4", "Fill in a PCL-5"]
    offer.links[0].click()
    assert len(page.shell.surfaces) == 1
    page.desk.journal.add("phq4", {"nervous": "not_at_all"})
    page.ctx.bus.changed.emit(page.desk.take_changes())
    QApplication.processEvents()
    assert [link.text() for link in offer.links] == ["Fill in a PCL-5"]
    choices.store(page.desk.session, msgspec.structs.replace(chosen, offer_pcl5=False))
    page.ctx.bus.chosen.emit(Choices())
    QApplication.processEvents()
    assert not offer.isVisible()
