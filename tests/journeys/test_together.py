"""Two people at one window: one releases, both unlock, they look from safe to harder, close; and nothing is left."""

from __future__ import annotations

import gc
from hashlib import sha256

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest

from app.domain.released import Stream
from app.services.desk import Desk
from app.ui.screens.together.screen import TogetherScreen
from app.ui.screens.together.state import TogetherPage
from tests.fixtures import two
from tests.fixtures.vault import PASSPHRASE, made
from tests.fixtures.weeks import MONDAY, write
from tests.fixtures.windows import Program
from tests.journeys.hands import CTRL, Hands
from tests.ui.screens.test_together import let_out, write_weeks

SILENT = "what nobody ticked stays where it is"
LINE = "you rang from the train"


@pytest.fixture
def pair(program: Program, hands: Hands) -> Hands:
    """Both wrote, and Jules lets what was felt be seen; Noa lets nothing be seen yet."""
    root = two.copied(program.folder)
    jules = two.second_desk(root)
    write_weeks(jules, 8, safety=6, reach=3, mirror=4)
    write(jules.session, "checkin", MONDAY - 3, line=LINE, share_line=True, felt_safety=6)
    write(jules.session, "checkin", MONDAY - 4, line=SILENT, felt_safety=6)
    let_out(jules)
    jules.close()
    noa = two.first_desk(root)
    write_weeks(noa, 8, safety=5, reach=2, mirror=3)
    noa.close()
    return hands


def _screen(hands: Hands) -> TogetherScreen:
    hands.program.wait(lambda: hands.session._pages.name == "together")
    screen = hands.session._pages.current
    assert isinstance(screen, TogetherScreen)
    return screen


def _both_here(hands: Hands) -> TogetherScreen:
    """Ctrl+8, and the other passphrase where the keyboard is."""
    QTest.keyClick(hands.session, Qt.Key.Key_8, CTRL)
    screen = _screen(hands)
    hands.sees("Invite Jules to unlock", "afraid of the other")
    hands.type_into("Passphrase", two.OTHER_PASSPHRASE)
    hands.key(Qt.Key.Key_Return)
    hands.program.wait(lambda: screen._presenter.shown.loaded)
    return screen


def test_two_people_release_look_and_close(pair: Hands) -> None:
    pair.unlocks(PASSPHRASE)
    screen = _both_here(pair)
    pair.sees("Noa’s lines", "Jules’s lines", LINE, "both here until")
    pair.sees("Opens when both share three or more days in a week.", "Needs six shared weeks with both forms.")
    assert SILENT not in pair.words()
    pair.picture("together-one-released")

    pair.asked(lambda desk: desk.streams.release(Stream.FELT_SAFETY, 1))
    pair.asked(lambda desk: desk.streams.release(Stream.ARE, 1))
    screen._door.changed.emit()
    pair.sees("Within a point of each other in 8 of 8 weeks.", "Jules pictured 10; Noa felt 5.")
    pair.picture("together-both-released")

    QTest.keyClick(pair.session, Qt.Key.Key_1, CTRL)
    pair.program.wait(lambda: pair.session._pages.name == "today")
    pair.program.wait(lambda: pair.asked(lambda desk: desk.both.until) is None)
    assert not screen._presenter.shown.loaded


def test_withdrawing_is_seen_at_once_and_leaves_no_byte(pair: Hands) -> None:
    pair.unlocks(PASSPHRASE)
    screen = _both_here(pair)
    pair.asked(lambda desk: desk.streams.release(Stream.FELT_SAFETY, 1))
    screen._door.changed.emit()
    pair.sees("Within a point of each other in 8 of 8 weeks.")
    before = sha256(two.shared_file(pair.program.folder).read_bytes()).hexdigest()
    pair.asked(lambda desk: desk.streams.withdraw(Stream.FELT_SAFETY))
    screen._door.changed.emit()
    pair.sees("Opens when both share three or more days in a week.")
    assert "Within a point" not in pair.words()
    assert sha256(two.shared_file(pair.program.folder).read_bytes()).hexdigest() == before


def test_closing_drops_every_word_and_object_of_the_other(pair: Hands) -> None:
    pair.unlocks(PASSPHRASE)
    screen = _both_here(pair)
    pair.sees(LINE)
    screen._presenter.open_trigger(2)
    pair.sees("a door that fell shut")
    pair.press("Close")
    pair.sees("Invite Jules to unlock")
    for _ in range(3):
        QCoreApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert LINE not in pair.words()
    gc.collect()
    held = [one for one in gc.get_objects() if isinstance(one, TogetherPage) and one.loaded]
    assert held == []


def test_a_lock_ends_it_and_the_next_time_asks_again(pair: Hands) -> None:
    pair.unlocks(PASSPHRASE)
    screen = _both_here(pair)
    pair.locks()
    assert not screen._presenter.shown.loaded
    pair.unlocks(PASSPHRASE)
    QTest.keyClick(pair.session, Qt.Key.Key_8, CTRL)
    pair.sees("Invite Jules to unlock")


def test_the_other_can_begin_it_as_well(pair: Hands) -> None:
    pair.unlocks(two.OTHER_PASSPHRASE)
    QTest.keyClick(pair.session, Qt.Key.Key_8, CTRL)
    screen = _screen(pair)
    pair.sees("Invite Noa to unlock")
    pair.type_into("Passphrase", PASSPHRASE)
    pair.key(Qt.Key.Key_Return)
    pair.program.wait(lambda: screen._presenter.shown.loaded)
    assert [who.name for who in screen._presenter.shown.people] == ["Noa", "Jules"], "the circle first, for both"


def test_a_journal_of_one_has_no_row_and_no_key_for_it(hands: Hands, program: Program) -> None:
    desk: Desk = made(program.folder, partner=None)
    desk.close()
    hands.unlocks(PASSPHRASE)
    assert "Together" not in hands.words()
    QTest.keyClick(hands.session, Qt.Key.Key_8, CTRL)
    QCoreApplication.processEvents()
    assert hands.session._pages.name == "today"


@pytest.mark.parametrize(
    "key", [Qt.Key.Key_2, Qt.Key.Key_7, Qt.Key.Key_K, Qt.Key.Key_G], ids=["journal", "trends", "search", "calm"]
)
def test_no_key_leads_elsewhere_with_both_parts_open(pair: Hands, key: Qt.Key) -> None:
    """Whatever the keyboard reaches, what was read of the other is gone by then and in no title of the window."""
    pair.unlocks(PASSPHRASE)
    screen = _both_here(pair)
    pair.sees(LINE)
    assert "Jules" not in pair.window.windowTitle() and LINE not in pair.window.windowTitle()
    QTest.keyClick(pair.session, key, CTRL)
    pair.program.wait(lambda: pair.session._pages.name != "together")
    pair.program.wait(lambda: pair.asked(lambda desk: desk.both.until) is None)
    assert LINE not in pair.words() and SILENT not in pair.words()
    assert not screen._presenter.shown.loaded
