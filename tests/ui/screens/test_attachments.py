"""Added files in the form, the reading view and the viewer: by keyboard, by drop, and refused kindly."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.domain.records import RecordId
from app.media.intake import prepare
from app.services.session import Session
from app.ui.models.timeline_rows import EntryRow
from app.ui.screens.attachments.showing import PagesShown, PictureShown, SoundShown
from app.ui.screens.attachments.viewer import ViewerSurface, open_viewer
from app.ui.screens.journal.screen import JournalScreen
from app.ui.screens.record_form.surface import RecordSurface, open_record_form
from app.ui.screens.sharing.view import SharingSurface
from app.ui.theme.hub import current_hub
from app.ui.undoing import Undoing
from app.ui.widgets.attachment_strip import AttachmentStrip, local_files
from tests.fixtures.files import drawing, pdf, photo, sound
from tests.fixtures.page_context import Page, entered, page_for, page_on_screen
from tests.fixtures.two import copied, first_desk

PICTURES = os.environ.get("LEEWARD_PICTURES", "")


@pytest.fixture
def page(qtbot: QtBot, couple: Session) -> Page:
    return page_on_screen(qtbot, couple)


def _form(page: Page, record: RecordId | None = None) -> RecordSurface:
    surface = open_record_form(page.ctx, "note", record=record)
    page.shell.open_over(surface)
    QApplication.processEvents()
    return surface


def _reading(page: Page, record: RecordId) -> JournalScreen:
    made = entered(page, JournalScreen(page.ctx), record)
    QApplication.processEvents()
    return made


def _strip(screen: JournalScreen) -> AttachmentStrip:
    return screen._view.reader.files


def _note(page: Page, words: str = "A walk by the river, and rain on the way home.") -> RecordId:
    return page.desk.journal.add("note", {"body": words})


def _dropped(*paths: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def _filled(page: Page, tmp_path: Path) -> RecordId:
    record, add = _note(page), page.desk.attachments.add
    add(record, prepare(photo(900, 600), "the river in March.jpg"), alt="A grey river between bare trees")
    add(record, prepare(pdf(3), "letter.pdf"))
    add(record, prepare(sound(2.5), "a voice on the phone.wav"), alt="Two minutes of a call")
    return record


def _grab(page: Page, name: str) -> None:
    QApplication.processEvents()
    if PICTURES:
        page.shell.area.grab().save(str(Path(PICTURES) / f"{name}.png"))


def test_a_dropped_file_waits_with_the_draft_and_is_saved_with_the_entry(page: Page, tmp_path: Path) -> None:
    (tmp_path / "seen.png").write_bytes(drawing())
    surface = _form(page)
    assert surface.files.take(_dropped(tmp_path / "seen.png"))
    assert [tile.file.name for tile in surface.files.tiles] == ["seen.png"]
    surface._keep()
    surface.leave()
    assert [draft.key for draft in page.desk.drafts.all()] == ["new:note"]
    again = _form(page)
    assert [tile.file.name for tile in again.files.tiles] == ["seen.png"]
    _grab(page, "form-draft")
    again.form.set_answers({"body": "words"})
    again.save()
    (entry,) = page.desk.journal.page().entries
    assert [one.name for one in page.desk.attachments.of(entry.id)] == ["seen.png"]
    assert page.desk.drafts.all() == []


def test_a_file_can_be_dropped_anywhere_on_the_form_and_the_reader(page: Page, tmp_path: Path) -> None:
    (tmp_path / "seen.png").write_bytes(drawing())
    data = _dropped(tmp_path / "seen.png")
    where, copy = QPointF(5, 5), Qt.DropAction.CopyAction
    keys, button = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    record = _note(page)
    reader = _reading(page, record)._view.reader
    for ground, strip in ((reader, reader.files), ((form := _form(page)), form.files)):
        entering = QDragEnterEvent(QPoint(5, 5), copy, data, button, keys)
        QApplication.sendEvent(ground, entering)
        assert entering.isAccepted()
        QApplication.sendEvent(ground, QDropEvent(where, copy, data, button, keys))
        assert [tile.file.name for tile in strip.tiles] == ["seen.png"]
    elsewhere = QMimeData()
    elsewhere.setUrls([QUrl("https://example.org/a.png")])
    entering = QDragEnterEvent(QPoint(5, 5), copy, elsewhere, button, keys)
    entering.setAccepted(False)
    QApplication.sendEvent(reader, entering)
    assert not entering.isAccepted()


def test_only_ticked_files_go_along_and_none_is_ticked_before(qtbot: QtBot, tmp_path: Path, qapp: QApplication) -> None:
    desk = first_desk(copied(tmp_path / "v"))
    area = QWidget()
    qtbot.addWidget(area)
    area.resize(1024, 700)
    area.show()
    page = page_for(desk, area)
    record = _filled(page, tmp_path)
    surface = SharingSurface(page.ctx, record)
    page.shell.open_over(surface)
    assert [box.isChecked() for box, _ in surface.files] == [False, False, False]
    surface.files[1][0].setChecked(True)
    _grab(page, "sharing-files")
    surface.tick.setChecked(True)
    surface.go_on.click()
    assert [(one.name, one.shared) for one in desk.attachments.of(record)] == [
        ("the river in March.jpg", False), ("letter.pdf", True), ("a voice on the phone.wav", False),
    ]  # fmt: skip
    desk.close()


def test_letting_the_draft_go_lets_its_files_go(page: Page) -> None:
    page.desk.attachments.hold("new:note", prepare(pdf(), "letter.pdf"))
    page.desk.drafts.keep("new:note", "note", {"body": "half"})
    page.desk.drafts.drop("new:note")
    assert page.desk.attachments.held("new:note") == ()


def test_arrows_walk_enter_opens_delete_removes_and_undo_brings_back(qtbot: QtBot, page: Page, tmp_path: Path) -> None:
    record = _filled(page, tmp_path)
    strip = _strip(_reading(page, record))
    assert [tile.accessibleName() for tile in strip.tiles] == [
        "the river in March.jpg", "letter.pdf", "a voice on the phone.wav",
    ]  # fmt: skip
    assert "A grey river between bare trees" in strip.tiles[0].accessibleDescription()
    assert strip.tiles[0].file.image is not None
    strip.tiles[0].setFocus()
    QTest.keyClick(strip.tiles[0], Qt.Key.Key_Right)
    assert strip.tiles[1].hasFocus()
    QTest.keyClick(strip.tiles[1], Qt.Key.Key_End)
    assert strip.tiles[2].hasFocus()
    QTest.keyClick(strip.tiles[2], Qt.Key.Key_Delete)
    assert len(strip.tiles) == 2
    assert strip.tiles[1].hasFocus()
    (toast,) = page.shell.toasts
    assert toast.on_action is not None
    toast.on_action()
    assert len(strip.tiles) == 3
    QTest.keyClick(strip.tiles[1], Qt.Key.Key_Return)
    (viewer,) = page.shell.surfaces
    assert isinstance(viewer, ViewerSurface)
    assert [action.text() for action in strip.tiles[0].menu().actions() if action.text()] == [
        "Open", "Describe in words…", "Remove",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "name, made, why",
    [
        ("song.m4a", b"\x00\x00\x00\x20ftypM4A \x00\x00\x02\x00", "MP3"),
        ("photo.heic", b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00", "JPEG"),
        ("torn.jpg", photo()[:900], "damaged"),
        ("what.exe", b"MZ" + bytes(200), "something else"),
        ("large.pdf", b"%PDF-1.4" + bytes(26 * 1024 * 1024), "25 MB"),
        ("nothing.png", b"", "nothing in it"),
    ],
    ids=["sound", "photo", "torn", "program", "large", "nothing"],  # bytes would become the test's name, all of them
)
def test_what_is_not_taken_is_said_kindly(page: Page, tmp_path: Path, name: str, made: bytes, why: str) -> None:
    (tmp_path / name).write_bytes(made)
    strip = _strip(_reading(page, _note(page)))
    strip.take(_dropped(tmp_path / name))
    said = strip.trouble.accessibleName() or _words(strip.trouble)
    assert name in said
    assert why in said
    assert strip.tiles == []
    assert strip.add.isEnabled()


def _words(widget: QWidget) -> str:
    return " ".join(label.text() for label in widget.findChildren(QLabel))


def test_only_files_of_this_computer_are_taken() -> None:
    data = QMimeData()
    data.setUrls([QUrl("https://example.org/a.png"), QUrl("file://elsewhere/a.png"), QUrl("file:///tmp/a.png")])
    assert local_files(data) == [Path("/tmp/a.png")]


def test_a_picture_is_pasted(page: Page) -> None:
    record = _note(page)
    strip = _strip(_reading(page, record))
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkGreen)
    data = QMimeData()
    data.setImageData(image)
    assert strip.take(data)
    (added,) = page.desk.attachments.of(record)
    assert (added.name, added.width, added.height) == ("picture.png", 40, 30)


def test_the_timeline_says_how_many_there_are(page: Page, tmp_path: Path) -> None:
    record = _filled(page, tmp_path)
    screen = _reading(page, record)
    (row,) = [row for row in screen._presenter.shown.rows if isinstance(row, EntryRow)]
    assert row.meta == "3 files"
    assert "3 files" in row.spoken


def test_undo_of_the_window_names_a_file_and_takes_it_back(page: Page) -> None:
    record = _note(page)
    undoing = Undoing(page.ctx.tasks, page.ctx.bus, page.ctx.content, page.shell)
    undo, redo = QAction(), QAction()
    undoing.name(undo, redo)
    page.desk.attachments.add(record, prepare(pdf(), "letter.pdf"))
    undoing.name(undo, redo)
    assert undo.text() == "Undo: file added"
    undoing.undo()
    assert page.desk.attachments.of(record) == ()


def test_what_the_other_person_wrote_takes_no_file_here(page: Page) -> None:
    record = _note(page)
    screen = _reading(page, record)
    screen._attaching.show_record(record, editable=False)
    assert not _strip(screen).add.isVisible()
    assert not _strip(screen).isVisible()


def test_pictures_and_pages_are_enlarged_moved_and_turned(qtbot: QtBot, page: Page, tmp_path: Path) -> None:
    record = _filled(page, tmp_path)
    picture, pages, _ = page.desk.attachments.of(record)
    open_viewer(page.ctx, picture, lambda: None)
    viewer = page.shell.surfaces[-1]
    assert isinstance(viewer, ViewerSurface)
    assert isinstance(viewer.shown, PictureShown)
    canvas = viewer.shown.canvas
    assert canvas.hasFocus()
    assert canvas.accessibleDescription() == "A grey river between bare trees"
    _grab(page, "viewer-picture")
    QTest.keyClick(canvas, Qt.Key.Key_Plus)
    QTest.keyClick(canvas, Qt.Key.Key_Plus)
    assert canvas.zoom == pytest.approx(1.5625)
    QTest.keyClick(canvas, Qt.Key.Key_0)
    assert canvas.zoom == 1
    viewer.words.setText("Another sentence")
    QTest.keyClick(viewer, Qt.Key.Key_Escape)
    assert page.desk.attachments.of(record)[0].alt == "Another sentence"
    open_viewer(page.ctx, pages, lambda: None)
    viewer = page.shell.surfaces[-1]
    assert isinstance(viewer, ViewerSurface)
    assert isinstance(viewer.shown, PagesShown)
    qtbot.wait(200)
    _grab(page, "viewer-pages")
    before = viewer.shown.canvas._image.copy()
    QTest.keyClick(viewer.shown.canvas, Qt.Key.Key_PageDown)
    assert viewer.shown.canvas._image != before
    assert "Page 2 of 3" in _words(viewer)
    viewer.leave()
    assert viewer.shown.canvas._image.isNull()


def test_sound_says_where_nothing_can_play_it(qtbot: QtBot, page: Page, tmp_path: Path) -> None:
    record = _filled(page, tmp_path)
    open_viewer(page.ctx, page.desk.attachments.of(record)[2], lambda: None)
    viewer = page.shell.surfaces[-1]
    assert isinstance(viewer, ViewerSurface)
    assert isinstance(viewer.shown, SoundShown)
    assert viewer.shown.view.at.text() == "0:00 of 0:02"
    QTest.keyClick(viewer.shown.view.bar, Qt.Key.Key_End)
    assert viewer.shown.view.at.text() == "0:02 of 0:02"
    viewer.shown._play()
    if viewer.shown._player is None:
        assert "nothing to play sound on" in viewer.shown.view.note.text()
    _grab(page, "viewer-sound")
    viewer.leave()


@pytest.mark.parametrize("look", ["light", "dark", "large"])
def test_pictures_of_every_state(qtbot: QtBot, page: Page, tmp_path: Path, look: str) -> None:
    current_hub().choose("dark" if look == "dark" else "light")
    current_hub().set_text_scale(2.0 if look == "large" else 1.0)
    try:
        _walk(qtbot, page, tmp_path, look)
    finally:
        current_hub().choose("light")
        current_hub().set_text_scale(1.0)


def _walk(qtbot: QtBot, page: Page, tmp_path: Path, look: str) -> None:
    record = _filled(page, tmp_path)
    _reading(page, record)
    _grab(page, f"reading-{look}")
    surface = _form(page, record)
    surface._scroll.verticalScrollBar().setValue(10_000)
    _grab(page, f"form-{look}")
    for part in (surface.files, *surface.files.tiles):
        assert part.width() <= surface._content.width()
    surface.close_surface()
    page.shell.area.setFocus()
    for added in page.desk.attachments.of(record):
        open_viewer(page.ctx, added, lambda: None)
        qtbot.wait(180)
        _grab(page, f"viewer-{added.sort}-{look}")
        page.shell.surfaces[-1].close_surface()
