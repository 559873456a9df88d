"""Trends below the first screen: read when near, walked with keys, as table, in words, as a file, narrowed, let go."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.domain.chart_names import Chart, Form
from app.domain.records import RecordId
from app.services import demo
from app.services.session import Session
from app.services.trend_series import Period
from app.ui.screens.trends.further_card import FurtherCard
from app.ui.screens.trends.further_view import FurtherView
from app.ui.screens.trends.panels import Slot
from app.ui.screens.trends.screen import TrendsScreen
from app.ui.screens.trends.surfaces import EventsSurface, SaveSurface, WordsSurface
from app.ui.screens.trends.view import TrendsView
from app.ui.theme.hub import current_hub
from app.ui.widgets.label import Label
from tests.fixtures.page_context import Page, page_of
from tests.fixtures.questionnaires import fill_in
from tests.fixtures.session import EVENING, ME, ZONE, new_space, shipped_content, shipped_kinds

TALL_PX = 7000
LOW_PX = 720
SLIT_PX = 260
"""High enough for the first chart alone."""
OF_RECORDS = (Chart.AGREEMENTS, Chart.PROMISES, Chart.CONVERSATIONS)

Shown = tuple[Page, TrendsScreen]
Open = Callable[..., Shown]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """Half a year of the sample; who writes into it takes it out again."""
    space = new_space(tmp_path_factory.mktemp("written") / "space.db")
    session = Session(ME, space, shipped_kinds(), shipped_content(), lambda: EVENING, ZONE)
    session.name_partner("Jules")
    demo.fill(session, EVENING.date(), 6)
    for kind, back, total in (("pcl5", 100, 40), ("pcl5", 60, 33), ("phq4", 9, 4)):
        fill_in(session, kind, back, total)
    yield session
    space.close()


def laid_out(journal: Session, area: QWidget, wide: int, high: int) -> Shown:
    area.resize(wide, high)
    page = page_of(journal, area)
    screen = TrendsScreen(page.ctx)
    QVBoxLayout(area).addWidget(screen.widget())
    area.show()
    screen.enter(None)
    return page, screen


@pytest.fixture
def opened(qtbot: QtBot, written: Session) -> Open:
    """Trends in an area so low that little is drawn: of the sample, or of another journal."""

    def open_page(journal: Session = written, wide: int = 1068, high: int = SLIT_PX) -> Shown:
        area = QWidget()
        qtbot.addWidget(area)
        return laid_out(journal, area, wide, high)

    return open_page


@pytest.fixture(scope="module")
def drawn_once(qapp: QApplication, written: Session) -> Iterator[Shown]:
    """The sample's page, high enough that every chart of it comes near and is drawn."""
    area = QWidget()
    yield laid_out(written, area, 1068, TALL_PX)
    area.close()
    area.deleteLater()
    qapp.processEvents()


@pytest.fixture
def whole(drawn_once: Shown, qtbot: QtBot) -> Iterator[Shown]:
    """The same, with all of it read and drawn; who changes it puts it back."""
    page, screen = drawn_once
    screen.widget().window().show()
    for noted in (page.shell.went, page.shell.surfaces, page.shell.toasts):
        noted.clear()
    for card in all_read(screen, qtbot).values():
        drawn(card, qtbot)
    yield page, screen
    screen.widget().window().hide()


def view_of(screen: TrendsScreen) -> TrendsView:
    found = screen.widget()
    assert isinstance(found, TrendsView)
    return found


def below(screen: TrendsScreen) -> FurtherView:
    return view_of(screen).further


def all_read(screen: TrendsScreen, qtbot: QtBot) -> dict[Chart, FurtherCard]:
    cards = below(screen).cards
    qtbot.waitUntil(lambda: all(card.panel is not None for card in cards.values()), timeout=8000)
    return cards


def read_now(screen: TrendsScreen) -> dict[Chart, FurtherCard]:
    """Every chart, as if somebody had come near each; none is drawn for it."""
    for chart in Chart:
        screen._presenter.further.want(chart)
    return below(screen).cards


def come_to(screen: TrendsScreen, part: QWidget, qtbot: QtBot, there: Callable[[], bool]) -> None:
    """Scroll to a part until it has what it gets when somebody is near; what stands above it may still be growing."""

    def arrived() -> bool:
        view_of(screen).scroll_to(part)
        return there()

    qtbot.waitUntil(arrived, timeout=5000)


def drawn(card: FurtherCard, qtbot: QtBot) -> Slot:
    qtbot.waitUntil(lambda: card.chart._reading is not None and card.chart.is_drawn, timeout=8000)
    return card.chart


def test_only_what_is_near_is_read_and_the_rest_when_somebody_comes(opened: Open, qtbot: QtBot) -> None:
    _, screen = opened(high=LOW_PX)
    cards, bar = below(screen).cards, view_of(screen)._scroll.verticalScrollBar()
    qtbot.waitUntil(lambda: cards[Chart.LATELY].panel is not None, timeout=5000)
    assert cards[Chart.CONVERSATIONS].panel is None and cards[Chart.CONVERSATIONS].chart._canvas is None
    assert cards[Chart.AGREEMENTS].panel is None
    QTest.qWait(150)
    bar.setValue(bar.maximum())
    qtbot.waitUntil(lambda: cards[Chart.CONVERSATIONS].panel is not None, timeout=5000)
    assert cards[Chart.TRIGGERS].panel is None, "what was passed by quickly is not read"


def test_keys_walk_every_chart_and_enter_leads_on(whole: Shown) -> None:
    page, screen = whole
    for chart, card in below(screen).cards.items():
        walk(card, card.chart)
        enter(page, card, chart)


def walk(card: FurtherCard, slot: Slot) -> None:
    resting = card._line.text()
    assert card.panel is not None and slot._reading is not None
    QTest.keyClick(slot, Qt.Key.Key_Home)
    first = card._line.text()
    assert first == card.panel.plot.caption.readout(0) != resting
    assert slot.accessibleDescription() == first
    QTest.keyClick(slot, Qt.Key.Key_End)
    assert card._line.text() == card.panel.plot.caption.readout(len(slot._reading) - 1)
    QTest.keyClick(slot, Qt.Key.Key_Left)
    QTest.keyClick(slot, Qt.Key.Key_Right)
    assert slot._index == len(slot._reading) - 1
    QTest.keyClick(slot, Qt.Key.Key_Escape)
    assert card._line.text() == resting and slot._index is None


def enter(page: Page, card: FurtherCard, chart: Chart) -> None:
    """Enter on the last stop that stands for anything opens its record, or lists what there is of several."""
    slot = card.chart
    assert card.panel is not None and slot._reading is not None
    page.shell.went.clear()
    page.shell.surfaces.clear()
    slot.step_to(next(n for n in range(len(slot._reading) - 1, -1, -1) if not card.panel.behind(n).is_empty))
    QTest.keyClick(slot, Qt.Key.Key_Return)
    if page.shell.surfaces:
        (events,) = page.shell.surfaces
        assert isinstance(events, EventsSurface) and len(events.links) > 1
        events.links[0].click()
        assert not events.isVisible()
    ((went, record),) = page.shell.went
    assert went == "journal" and record is not None
    written = page.desk.journal.record(RecordId(record))
    assert chart not in OF_RECORDS or (slot._index is not None and written.id == card.panel.behind(slot._index).record)


def test_every_table_holds_what_its_chart_holds_and_all_at_once_lie_over_nothing(whole: Shown, qtbot: QtBot) -> None:
    _, screen = whole
    cards = below(screen).cards.values()
    for card in cards:
        slot = card.chart
        slot.setFocus()
        QTest.keyClick(slot, Qt.Key.Key_T)
        assert slot.table_shown and card.panel is not None and slot._table is not None
        model, table = slot._table.model(), card.panel.plot.table()
        assert (model.rowCount(), model.columnCount()) == (len(table.rows), len(table.columns))
        for down, row in enumerate(table.rows):
            for across, cell in enumerate(row):
                assert (model.index(down, across).data() == "") == (cell is None or cell == "")
    qtbot.waitUntil(
        lambda: all(card.chart.geometry().bottom() < card._line.geometry().top() for card in cards), timeout=3000
    )
    for card in cards:
        assert card.chart._table is not None
        card.chart._table.setFocus()
        screen.table()
        assert not card.chart.table_shown, "the same key leads back"


def test_every_chart_is_said_in_three_parts_on_wish(whole: Shown) -> None:
    page, screen = whole
    for card in below(screen).cards.values():
        card.in_words.click()
        surface = page.shell.surfaces[-1]
        assert isinstance(surface, WordsSurface) and card.panel is not None
        parts = card.panel.alternative
        assert [label.text() for label in surface.words] == [x for x in (parts.what, parts.figures, parts.pattern) if x]
        surface.close_surface()


def test_the_charts_of_the_first_screen_have_the_same_menu(whole: Shown) -> None:
    page, screen = whole
    for slot in view_of(screen).charts()[:7]:
        slot.ask_words()
    assert [type(one) for one in page.shell.surfaces] == [WordsSurface] * 7
    for surface in page.shell.surfaces:
        surface.close_surface()


@pytest.mark.parametrize("form", list(Form))
def test_a_chart_is_saved_in_three_forms_and_gaps_stay_empty(whole: Shown, tmp_path: Path, form: Form) -> None:
    page, screen = whole
    panel = view_of(screen).charts()[0].panel
    assert panel is not None
    path = tmp_path / f"chart.{form}"
    screen._presenter.write(panel, form, path)
    assert "chart" in page.shell.toasts[-1].text
    if form is Form.CSV:
        lines = list(csv.reader(path.read_text(encoding="utf-8").splitlines()))
        days = [dt.date.fromisoformat(line[0]) for line in lines[1:]]
        assert len(lines[0]) == 5 and days == sorted(days)
        assert any(line[1] == "" or line[2] == "" for line in lines[1:]), "a blank is no number"
        assert "nan" not in path.read_text(encoding="utf-8")
    elif form is Form.PNG:
        with Image.open(path) as picture:
            assert picture.width > 1000
    else:
        assert path.read_bytes().lstrip().startswith(b"<?xml")


def test_where_a_chart_goes_is_asked_after_what_that_means(whole: Shown) -> None:
    page, screen = whole
    below(screen).cards[Chart.ARE].save.click()
    (surface,) = page.shell.surfaces
    assert isinstance(surface, SaveSurface)
    assert any("not encrypted" in label.text() for label in surface.findChildren(Label))
    chosen: list[Form] = []
    surface._chosen = chosen.append
    surface.forms.choose(2)
    surface.go_on.click()
    assert chosen == [Form.CSV] and not surface.isVisible()


def test_a_file_that_cannot_be_written_is_said(whole: Shown, tmp_path: Path) -> None:
    page, screen = whole
    panel = view_of(screen).charts()[0].panel
    assert panel is not None
    screen._presenter.write(panel, Form.CSV, tmp_path / "none" / "chart.csv")
    assert page.shell.toasts and "saved" not in page.shell.toasts[-1].text


def test_another_period_reads_every_chart_anew(opened: Open) -> None:
    _, screen = opened()
    cards, presenter = read_now(screen), screen._presenter.further
    for period in (Period.MONTH, Period.ALL):
        before = {chart: card.panel for chart, card in cards.items()}
        screen.enter(period.value)
        read_now(screen)
        assert presenter._asked == set(Chart) and presenter._period is period
        for chart, card in cards.items():
            assert card.panel is not None and card.panel is not before[chart]
            assert card._sentence.text() == card.panel.sentence != ""


def test_triggers_are_narrowed_to_a_cue_and_a_thread(opened: Open, qtbot: QtBot) -> None:
    _, screen = opened()
    view, cards = below(screen), read_now(screen)
    come_to(screen, view._filters, qtbot, lambda: view._thread.count() > 1 and view._cue.count() > 1)
    before = {chart: card.panel for chart, card in cards.items()}
    view._cue.setCurrentIndex(1)
    view._cue.activated.emit(1)
    changed = {Chart.TRIGGERS, Chart.CUES, Chart.HELPED, Chart.SETTLING}
    qtbot.waitUntil(lambda: cards[Chart.TRIGGERS].panel is not before[Chart.TRIGGERS], timeout=5000)
    read_now(screen)
    assert all(cards[chart].panel is not before[chart] for chart in changed)
    assert all(cards[chart].panel is before[chart] for chart in set(Chart) - changed)
    view._response.choose(1)
    view._response.changed.emit(1)
    qtbot.waitUntil(lambda: screen._presenter.further.narrowing.response.value == "partner_response")


def test_whose_promises_are_shown_is_chosen(opened: Open) -> None:
    _, screen = opened()
    view, card = below(screen), read_now(screen)[Chart.PROMISES]
    before = card.panel
    assert before is not None and before.card is not None
    QTest.keyClick(view._whose, Qt.Key.Key_Right)
    read_now(screen)
    assert card.panel is not None and card.panel.card is not None
    assert len(card.panel.card.rows()[1]) < len(before.card.rows()[1])


def test_alone_nobody_is_asked_whose(opened: Open, session: Session) -> None:
    demo.fill(session, EVENING.date(), 1)
    _, screen = opened(session)
    read_now(screen)
    assert not below(screen)._whose.isVisible()
    headings = {label.text() for label in below(screen).findChildren(Label)}
    assert not any("we agreed" in text for text in headings)


def test_pairs_are_picked_read_and_put_away(whole: Shown) -> None:
    page, screen = whole
    pairs = below(screen).pairs
    assert not pairs._empty.isHidden() and not pairs._rows
    for thing in range(3):
        pairs._thing.setCurrentIndex(thing)
        pairs._add.click()
    assert len(page.desk.going_together.picked()) == len(pairs._rows) == 3
    assert pairs._picking.isHidden(), "three are the most"
    said = " ".join(label.text() for label in pairs.findChildren(Label)).casefold()
    assert "because" not in said and not pairs._window.isHidden()
    assert pairs._page is not None
    pairs._put_away(pairs._page.together.statements[0].pair)
    assert len(page.desk.going_together.picked()) == len(pairs._rows) == 2
    assert not pairs._picking.isHidden()
    pairs._presenter.pick(())
    assert not pairs._rows


def test_too_little_waits_on_dashed_ground_without_a_file(opened: Open, couple: Session) -> None:
    demo.fill(couple, EVENING.date(), 1)
    _, screen = opened(couple)
    card = read_now(screen)[Chart.LATELY]
    assert card.panel is not None and not card.panel.enough
    assert card._sample.isVisible() and not card.chart.isVisible() and card.chart._canvas is None
    assert not card.save.isVisible() and not card.as_table.isVisible() and card.in_words.isVisible()


def test_with_nothing_written_nothing_below_is_read(opened: Open, couple: Session) -> None:
    _, screen = opened(couple)
    QTest.qWait(200)
    assert all(card.panel is None for card in below(screen).cards.values())
    assert not below(screen).isVisible()


def test_what_is_written_is_seen_below_too(opened: Open, couple: Session) -> None:
    demo.fill(couple, EVENING.date(), 1)
    page, screen = opened(couple)
    card = read_now(screen)[Chart.TRIGGERS]
    before = card.panel
    page.ctx.tasks.run(
        lambda desk: desk.journal.add("trigger", {"at": {"day": "2026-05-13"}, "peak": 6}), lambda _record: None
    )
    read_now(screen)
    assert before is not None and card.panel is not None
    assert len(card.panel.plot.table().rows) == len(before.plot.table().rows) + 1


def test_one_canvas_a_chart_whatever_is_shown(whole: Shown, qtbot: QtBot) -> None:
    _, screen = whole
    cards, presenter = below(screen).cards, screen._presenter.further
    canvases = {chart: card.chart._canvas for chart, card in cards.items()}
    for period in ("12", "6"):
        screen.enter(period)
        qtbot.waitUntil(lambda: presenter._asked == set(Chart), timeout=8000)
        for card in cards.values():
            drawn(card, qtbot)
    assert None not in canvases.values()
    assert all(card.chart._canvas is canvases[chart] for chart, card in cards.items())


def test_of_several_questionnaires_one_is_chosen(opened: Open) -> None:
    _, screen = opened()
    card, section = read_now(screen)[Chart.SCORES], below(screen)._scores
    assert section.heading.isVisible() and card.isVisible() and section.which.isVisible()
    assert card.panel is not None and "PHQ-4" in card.panel.sentence
    section.which.setCurrentIndex(section.which.findText("PCL-5"))
    section.which.activated.emit(section.which.currentIndex())
    read_now(screen)
    assert "PCL-5" in card.panel.sentence and section.which.currentText() == "PCL-5"
    assert section.which.count() == 2


def test_who_fills_in_no_questionnaire_sees_no_word_of_them(opened: Open, couple: Session) -> None:
    demo.fill(couple, EVENING.date(), 1)
    page, screen = opened(couple)
    card, view = read_now(screen)[Chart.SCORES], below(screen)
    assert card.panel is not None and not questionnaires_said(view)
    page.ctx.tasks.run(lambda desk: fill_in(desk.session, "pcl5", 60, 33), lambda _nothing: None)
    screen.enter(Period.SIX_MONTHS.value)
    read_now(screen)
    assert card.isVisible() and questionnaires_said(view)
    assert not view._scores.which.isVisible(), "there is no other to choose"
    screen.enter(Period.MONTH.value)
    read_now(screen)
    assert not questionnaires_said(view), "none in this period"


def questionnaires_said(view: FurtherView) -> bool:
    """Whether anything below the first screen that can be seen speaks of them."""
    seen = [label.text() for label in view.findChildren(Label) if label.isVisible()]
    return any("questionnaire" in text.casefold() for text in seen) or view._scores.card.isVisible()


def test_locking_lets_go_of_everything_below(opened: Open, qtbot: QtBot) -> None:
    page, screen = opened()
    cards, view = read_now(screen), below(screen)
    screen._presenter.further.offer()
    come_to(screen, view.pairs, qtbot, lambda: view.pairs._page is not None)
    assert view._thread.count() > 1 and view._scores.which.count() > 1
    page.ctx.bus.locking.emit()
    for card in cards.values():
        assert card.panel is None and card.chart._plot is None and card.chart.panel is None
        assert not card._sentence.text() and not card._line.text() and not card.heading.text().strip()
    assert view._thread.count() == 1 and view._scores.which.count() == 0 and not view._scores.heading.isVisible()
    assert view.pairs._page is None and view.pairs._thing.count() == 0
    screen.widget().hide()
    QApplication.processEvents()
    QTest.qWait(120)
    assert not [timer for timer in screen.widget().findChildren(QTimer) if timer.isActive()], "nothing is left running"
    assert all(card.panel is None for card in cards.values())


@pytest.mark.parametrize(("wide", "scale"), [(1280, 1.0), (1024, 1.0), (1280, 2.0)])
def test_nothing_lies_over_anything_in_any_size(opened: Open, wide: int, scale: float) -> None:
    hub = current_hub()
    try:
        _, screen = opened(wide=wide)
        cards = read_now(screen)
        hub.set_text_scale(scale)
        QTest.qWait(100)
        for card in cards.values():
            assert card.width() <= view_of(screen)._scroll.viewport().width()
            assert card._sentence.geometry().bottom() < card.chart.geometry().top()
            assert card.chart.geometry().bottom() < card._line.geometry().top()
            assert card._sentence.height() >= card._sentence.heightForWidth(card._sentence.width())
            for link in (card.in_words, card.as_table, card.save):
                assert card.rect().contains(link.mapTo(card, link.rect().bottomRight()))
    finally:
        hub.set_text_scale(1.0)
