"""The Injuries page: list and groups, the cover, the path, writing on, and every size and theme."""

from __future__ import annotations

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.domain.records import RecordId
from app.services import demo
from app.services.session import Session
from app.ui.screens.injuries.screen import InjuriesScreen
from app.ui.screens.injuries.story import DRAFT_AFTER_MS
from app.ui.theme.hub import current_hub
from app.ui.widgets.ask import AskSurface, LineSurface
from app.ui.widgets.marks import Shape
from app.ui.widgets.two_texts import TwoTextsSurface
from tests.fixtures.page_context import Page, entered, page_on_screen
from tests.fixtures.session import EVENING

CTRL = Qt.KeyboardModifier.ControlModifier


def _page(qtbot: QtBot, session: Session, width: int = 1280, height: int = 740) -> Page:
    return page_on_screen(qtbot, session, width, height)


def _screen(page: Page, target: str | None = None) -> InjuriesScreen:
    return entered(page, InjuriesScreen(page.ctx), target)


@pytest.fixture
def page(qtbot: QtBot, couple: Session) -> Page:
    return _page(qtbot, couple)


def _thread(page: Page, **answers: object) -> RecordId:
    return page.desk.journal.add("injury", {"title": "The messages", **answers})


def _presenter(screen: InjuriesScreen):  # type: ignore[no-untyped-def]  # noqa: ANN202
    return screen._presenter


def test_an_empty_page_asks_for_nothing_and_a_title_is_enough(qtbot: QtBot, page: Page) -> None:
    screen = _screen(page)
    focused = QApplication.focusWidget()
    assert screen.subtitle == ""
    assert focused is not None
    assert focused.accessibleName() == "Begin a thread"

    qtbot.keyClick(focused, Qt.Key.Key_Space)
    surface = page.shell.surfaces[-1]
    assert isinstance(surface, LineSurface)
    qtbot.keyClick(surface.line, Qt.Key.Key_Return)
    assert surface.isVisible()  # without a word there is nothing to begin
    qtbot.keyClicks(surface.line, "The night")
    qtbot.keyClick(surface.line, Qt.Key.Key_Return)

    assert [row.title for row in page.desk.threads.list()] == ["The night"]
    shown = _presenter(screen).shown
    assert (screen.subtitle, shown.detail.title) == ("one thread", "The night")


def test_threads_stand_under_the_seat_they_are_seen_from(page: Page, couple: Session) -> None:
    _thread(page, title="Mine", carries=[couple.person.id], answers=["Jules"])
    _thread(page, title="My part", my_place="answers")
    _thread(page, title="My sister’s", carries=["Ada"])
    settled = _thread(page, title="Over")
    page.desk.threads.stand(settled, "settled")
    screen = _screen(page)

    groups = _presenter(screen).shown.groups

    assert [(group.heading, [line.title for line in group.lines]) for group in groups] == [
        ("I carry", ["Mine"]),
        ("I answer for it", ["My part"]),
        ("Held for someone else", ["My sister’s"]),
        ("Settled", ["Over"]),
    ]
    assert groups[-1].lines[0].words == "settled in November" or groups[-1].lines[0].words.startswith("settled in ")
    assert screen.subtitle == "four threads, one settled"


def test_the_list_narrows_to_the_words_looked_for(qtbot: QtBot, page: Page) -> None:
    _thread(page, title="The messages")
    _thread(page, title="The night")
    screen = _screen(page)

    screen.find()
    qtbot.keyClicks(screen._view.filter, "NIGHT")
    assert [line.title for group in _presenter(screen).shown.groups for line in group.lines] == ["The night"]
    qtbot.keyClicks(screen._view.filter, "x")

    assert _presenter(screen).shown.nothing_found == "No thread has these words."


def test_a_cover_stands_before_a_thread_once_a_visit(qtbot: QtBot, page: Page) -> None:
    _thread(page, story="Eleven calls.")
    other = _thread(page, title="The night")
    screen = _screen(page)
    shown = _presenter(screen).shown
    assert shown.detail is None
    assert "painful" in shown.cover.title

    qtbot.mouseClick(screen._view.cover.open, Qt.MouseButton.LeftButton)
    assert _presenter(screen).shown.detail is not None
    _presenter(screen).choose(other)
    assert _presenter(screen).shown.cover is None

    screen.leave()
    screen.enter(None)
    assert _presenter(screen).shown.cover is not None


def test_the_answers_under_a_cover_are_equally_wide_and_calm_is_one_of_them(page: Page) -> None:
    _thread(page)
    cover = _screen(page)._view.cover
    cover.grab()

    widths = {button.width() for button in (cover.open, cover._not_now, cover._calm)}
    cover._calm.click()

    assert len(widths) == 1
    assert page.shell.calms == 1


def test_not_now_leaves_nothing_open(page: Page) -> None:
    _thread(page)
    screen = _screen(page)

    screen._view.cover._not_now.click()

    shown = _presenter(screen).shown
    assert (shown.selected, shown.cover, shown.detail) == (None, None, None)


def test_what_can_mean_danger_offers_the_safety_page_before_every_such_thread(page: Page, couple: Session) -> None:
    dangerous = next(option.id for option in couple.content.list("breaches").items if option.safety)
    _thread(page, title="Before")
    danger = _thread(page, title="That evening", breach=[dangerous], my_place="carries")
    screen = _screen(page, danger)
    assert "not your fault" in _presenter(screen).shown.cover.words

    _presenter(screen).choose(_presenter(screen).shown.groups[0].lines[1].record)
    _presenter(screen).uncover()
    _presenter(screen).choose(danger)
    assert _presenter(screen).shown.cover.safety  # opening another thread did not open this one

    screen._view.cover._safety.click()
    assert page.shell.surfaces
    assert page.shell.surfaces[-1].accessibleName() == couple.content.care.safety.title


def test_the_path_shows_what_was_noted_and_opens_its_notes(page: Page) -> None:
    thread = _thread(page, carries=["Noa"], answers=["Jules"])
    page.desk.journal.add(
        "path_step", {"thread": thread, "step": "tell", "at": {"day": "2026-05-01"}, "happened": "Said it."}
    )
    page.desk.journal.add("path_step", {"thread": thread, "step": "beneath", "at": {"day": "2026-05-03"}})
    screen = _screen(page)
    screen.open_cover()

    steps = [step for stage in _presenter(screen).shown.detail.stages for step in stage.steps]
    assert [step.standing for step in steps] == ["done", "done", "current", *["ahead"] * 5]
    assert [step.spoken for step in steps[:4]] == ["noted", "passed, nothing noted", "where you are", "not noted yet"]
    assert [[(mark.shape is Shape.CIRCLE, mark.outline) for mark in step.leads] for step in steps[:3]] == [
        [(True, False)], [(False, False)], [(True, False)],
    ]  # fmt: skip

    screen._view.detail._path.opened.emit(0)
    assert page.shell.surfaces[-1].accessibleName() == "Step 1: Tell what happened"


def test_writing_on_is_kept_as_a_draft_and_saved_with_ctrl_enter(qtbot: QtBot, page: Page) -> None:
    thread = _thread(page, story="Eleven calls.")
    screen = _screen(page)
    screen.open_cover()
    detail = screen._view.detail

    qtbot.mouseClick(detail._keep, Qt.MouseButton.LeftButton)
    assert detail._editor.hasFocus()
    qtbot.keyClicks(detail._editor, " Then none.")
    qtbot.waitUntil(lambda: page.desk.drafts.find(thread) is not None, timeout=DRAFT_AFTER_MS * 5)
    assert page.desk.journal.record(thread).body.story == "Eleven calls."  # type: ignore[attr-defined]
    qtbot.keyClick(detail._editor, Qt.Key.Key_Return, CTRL)

    assert page.desk.journal.record(thread).body.story == "Eleven calls. Then none."  # type: ignore[attr-defined]
    assert page.desk.drafts.find(thread) is None
    assert _presenter(screen).shown.detail.saved.startswith("4 words")
    assert detail._editor.isHidden()


def test_leaving_saves_what_is_being_written_and_nothing_where_nothing_changed(qtbot: QtBot, page: Page) -> None:
    thread = _thread(page, story="One.")
    screen = _screen(page)
    screen.open_cover()
    screen._view.detail.write_asked.emit()
    qtbot.keyClicks(screen._view.detail._editor, " Two.")
    screen.leave()
    assert page.desk.journal.record(thread).body.story == "One. Two."  # type: ignore[attr-defined]
    states = len(page.desk.journal.history(thread))

    screen.enter(thread)
    screen.open_cover()
    screen._view.detail.write_asked.emit()
    screen.leave()
    assert len(page.desk.journal.history(thread)) == states


def test_a_draft_found_again_is_said_and_goes_on(qtbot: QtBot, page: Page) -> None:
    thread = _thread(page, story="One.")
    page.desk.drafts.keep(thread, "injury", {"title": "The messages", "story": "One. And a half"})
    screen = _screen(page)
    screen.open_cover()
    detail = screen._view.detail

    assert "A draft waits" in detail._none.text()
    detail.write_asked.emit()
    assert detail._editor.words() == "One. And a half"


def test_letting_rest_can_be_undone(page: Page) -> None:
    thread = _thread(page)
    screen = _screen(page)
    screen.open_cover()

    _presenter(screen).stand("resting")
    assert page.desk.threads.list()[0].standing == "resting"
    undo = page.shell.toasts[-1].on_action
    assert undo is not None
    undo()

    assert page.desk.threads.detail(thread).row.standing == "open"


def test_the_weight_of_today_is_one_digit(qtbot: QtBot, page: Page) -> None:
    thread = _thread(page, weight=8)
    screen = _screen(page)
    screen.open_cover()
    scale = screen._view.detail.side._scale
    assert scale.value() == 8

    scale.setFocus()
    qtbot.keyClick(scale, Qt.Key.Key_5)

    assert [value for _, value in page.desk.threads.detail(thread).weights] == [8, 5]
    assert "8 at first, 5 now" in _presenter(screen).shown.detail.weight.course


def test_removing_asks_first_and_says_that_it_is_final(page: Page) -> None:
    _thread(page)
    screen = _screen(page)
    screen.open_cover()

    screen._view.remove_asked.emit()
    surface = page.shell.surfaces[-1]
    assert isinstance(surface, AskSurface)
    assert QApplication.focusWidget() is surface._no
    surface._no.click()
    assert len(page.desk.threads.list()) == 1

    screen._view.remove_asked.emit()
    again = page.shell.surfaces[-1]
    assert isinstance(again, AskSurface)
    again.agree()
    assert page.desk.threads.list() == ()
    assert _presenter(screen).shown.empty


def test_history_reads_an_older_version(qtbot: QtBot, page: Page) -> None:
    thread = _thread(page, story="One.")
    page.desk.threads.save_story(thread, "Two.")
    screen = _screen(page)
    screen.open_cover()

    screen._view.history_asked.emit()
    texts = _texts(page.shell.surfaces[-1])

    assert "Begun here." in texts
    assert any(words.startswith("Changed:") for words in texts)


def test_locking_lets_go_of_every_word(page: Page) -> None:
    _thread(page, story="Eleven calls.", moment_of_need="In a corridor")
    screen = _screen(page)
    screen.open_cover()
    assert any("Eleven calls" in words for words in _texts(screen.widget()))

    screen.leave()
    page.ctx.bus.locking.emit()
    QApplication.sendPostedEvents(None, 52)  # deferred deletions

    held = " ".join(_texts(screen.widget()))
    assert "Eleven" not in held
    assert "corridor" not in held
    assert "messages" not in held


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize(("width", "height", "scale"), [(1068, 740, 1.0), (948, 640, 1.0), (1140, 660, 2.0)])
def test_it_shows_whole_in_every_size_and_theme(
    qtbot: QtBot, couple: Session, width: int, height: int, scale: float, dark: bool
) -> None:
    demo.fill(couple, EVENING.date(), 2)
    hub = current_hub()
    page = _page(qtbot, couple, width, height)
    screen = _screen(page)
    try:
        hub.choose("dark" if dark else "light")
        hub.set_text_scale(scale)
        screen.open_cover()
        QApplication.processEvents()
        picture: QImage = screen.widget().grab().toImage()
        assert _colours(picture) > 40
        assert _clipped(screen._view.detail._page) == []
    finally:
        hub.choose("light")
        hub.set_text_scale(1.0)


def _texts(widget: QWidget) -> list[str]:
    from PySide6.QtWidgets import QLabel, QTextEdit

    labels = [label.text() for label in widget.findChildren(QLabel)]
    return labels + [field.toPlainText() for field in widget.findChildren(QTextEdit)]


def _colours(picture: QImage) -> int:
    return len({picture.pixel(x, y) for x in range(0, picture.width(), 5) for y in range(0, picture.height(), 5)})


def _clipped(widget: QWidget) -> list[str]:
    """Texts that are less high than they need at their width."""
    from app.ui.widgets.label import Label

    return [
        label.text()
        for label in widget.findChildren(Label)
        if label.isVisible() and label.height() < label.heightForWidth(label.width())
    ]


def test_answers_survive_the_way_through_the_draft(page: Page) -> None:
    """The draft must be one the whole form can open: answers by field id, as JSON values."""
    thread = _thread(page, when={"day": "2023-03-01", "precision": "month"}, story="One.")
    screen = _screen(page)
    screen.open_cover()
    story = _presenter(screen).story
    story.begin("One.")
    story.changed("One. Two.")
    story._keep()

    draft = page.desk.drafts.find(thread)
    assert draft is not None
    assert page.desk.journal.check("injury", draft.body).story == "One. Two."  # type: ignore[attr-defined]
    assert msgspec.json.decode(msgspec.json.encode(draft.body)) == draft.body
    story.forget()


def test_the_line_one_writes_stays_in_sight(qtbot: QtBot, page: Page) -> None:
    _thread(page, story="\n\n".join(f"Paragraph {number} of a long story." for number in range(60)))
    screen = _screen(page)
    screen.open_cover()
    detail = screen._view.detail

    detail.write_asked.emit()

    def caret_in_sight() -> bool:
        caret = detail._editor.viewport().mapTo(detail, detail._editor.cursorRect().center())
        scroll = detail._told_scroll
        return scroll.rect().contains(scroll.mapFrom(detail, caret))

    qtbot.waitUntil(caret_in_sight)
    screen.leave()


@pytest.mark.parametrize(("height", "apart"), [(740, True), (480, False)])
def test_story_and_side_scroll_apart_where_there_is_height(
    qtbot: QtBot, couple: Session, height: int, apart: bool
) -> None:
    page = _page(qtbot, couple, 1140, height)
    _thread(page, story="\n\n".join(f"Paragraph {number} of a long story." for number in range(60)))
    screen = _screen(page)
    screen.open_cover()
    QApplication.processEvents()
    detail = screen._view.detail

    assert (detail._scroll.verticalScrollBar().maximum() == 0) is apart
    assert (detail._told_scroll.verticalScrollBar().maximum() > 0) is apart
    scale = detail.side._scale
    assert detail.rect().contains(scale.mapTo(detail, scale.rect().center()))


def test_two_versions_of_a_story_are_read_side_by_side_and_joined(qtbot: QtBot, page: Page) -> None:
    thread = _thread(page, story="It was a Saturday.")
    seen = page.desk.journal.record(thread).head
    for story in ("It was a Saturday, at six.", "It was a wet Saturday."):
        page.desk.journal.edit(thread, {"title": "The messages", "story": story}, based_on=seen)
    screen = _screen(page)
    screen.open_cover()
    banner = screen._view.detail.two
    assert banner.isVisible()

    banner.acted.emit()
    surface = page.shell.surfaces[-1]
    assert isinstance(surface, TwoTextsSurface)
    editor = surface.editor("story")
    assert editor.words() == "It was a Saturday, at six.\n\nIt was a wet Saturday."
    surface.take("story", later=True)
    assert editor.words() == "It was a wet Saturday."
    editor.set_words("It was a wet Saturday, at six.")
    qtbot.keyClick(surface, Qt.Key.Key_Return, CTRL)

    assert not page.desk.journal.record(thread).conflict
    assert screen._view.detail._story.text() == "It was a wet Saturday, at six."
    assert not banner.isVisible()
    assert "joined" in page.shell.toasts[-1].text


def test_nothing_shows_as_a_window_of_its_own_while_the_page_is_made(qtbot: QtBot, page: Page) -> None:
    thread = _thread(page, story="One.", carries=["Noa"])
    page.desk.journal.add("new_experience", {"happened": "You rang.", "thread": thread})
    screen = _screen(page)

    screen.open_cover()
    screen.new()
    QApplication.processEvents()

    assert QApplication.activeWindow() is page.shell.area
    assert [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()] == [page.shell.area]
