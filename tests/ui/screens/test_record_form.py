"""The sheet of every kind: in the smallest window and at double text nothing is clipped, and Tab gets everywhere."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from app.domain.fields import FieldType, Kind
from app.domain.records import RecordId
from app.services.drafts import Drafts
from app.services.session import Session
from app.ui.screens.record_form.surface import RecordSurface, open_record_form
from app.ui.theme.hub import current_hub
from app.ui.widgets.dialog import in_rows
from app.ui.widgets.editor_choice import is_editable
from app.ui.widgets.link_editor import LinkEditor
from app.ui.widgets.text_link import TextLink
from tests.fixtures.page_context import Page, page_of
from tests.fixtures.session import kind_ids, shipped_content
from tests.fixtures.vault import spoken

SIZES = {"1024x700": (1024, 700, 1.0), "double text": (1024, 700, 2.0)}
MIDDLES_PX = 4
"""How far two stops may overlap, in px: rings and borders."""
IN_TURN = 2
"""How many forms are walked besides the most varied ones."""


@pytest.fixture(params=["solo", "two"])
def page(request: pytest.FixtureRequest, qtbot: QtBot, session: Session) -> Iterator[Page]:
    """A journal of one, and one that speaks of somebody."""
    if request.param == "two":
        session.name_partner("Jules")
    area = QWidget()
    qtbot.addWidget(area)
    area.resize(1024, 700)
    area.show()
    area.activateWindow()
    yield page_of(session, area)
    current_hub().set_text_scale(1.0)


def _opened(page: Page, kind: str) -> RecordSurface:
    surface = open_record_form(page.ctx, kind)
    page.ctx.shell.open_over(surface)
    _settle()
    return surface


def _settle() -> None:
    for _ in range(8):
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QApplication.processEvents()


def _unfold(surface: RecordSurface) -> None:
    """Open every folded section and row, as a person would."""
    for link in surface.form.findChildren(TextLink):
        if not link.isHidden() and getattr(link, "_icon", "") == "caret-right":
            link.click()
    _settle()
    _settle()


def _traits(kind: Kind) -> frozenset[object]:
    """What makes a form look and move the way it does: its sorts of questions and what each is set with."""
    asked = [field for field in kind.fields if is_editable(field)]
    fields = {(f.type, bool(f.no_answer), f.own, f.graded, f.per_person, bool(f.rows), bool(f.only)) for f in asked}
    cells = {(FieldType.TABLE, column.type, bool(field.rows)) for field in asked for column in field.columns}
    return frozenset({*fields, *cells, ("sections", min(len(kind.sections), 4)), ("seats", any(f.seat for f in asked))})


def _varied() -> list[str]:
    """The fewest kinds, found greedily, that together have every trait any kind has."""
    traits = {kind: _traits(shipped_content().kind(kind)) for kind in kind_ids()}
    wanted: frozenset[object] = frozenset().union(*traits.values())
    found: list[str] = []
    while wanted:
        found.append(max(traits, key=lambda kind: len(traits[kind] & wanted)))
        wanted -= traits[found[-1]]
    return found


def _walked(*, full: bool) -> list[str]:
    """Every kind with `--full`; otherwise those in which all there is comes up, and a few by the run's seed."""
    if full:
        return list(kind_ids())
    varied = _varied()
    return [*varied, *random.sample([kind for kind in kind_ids() if kind not in varied], IN_TURN)]


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES.keys())
def test_nothing_is_clipped_overlapped_or_unnamed_in_any_form(
    page: Page, size: tuple[int, int, float], pytestconfig: pytest.Config
) -> None:
    wide, high, scale = size
    current_hub().set_text_scale(scale)
    page.shell.area.resize(wide, high)
    wrong: list[str] = []
    for kind in _walked(full=pytestconfig.getoption("--full")):
        surface = _opened(page, kind)
        _fill(surface, kind)
        _unfold(surface)
        wrong += [f"{kind}: {said}" for said in _flaws(surface)]
        surface.close_surface()
        _settle()
    assert not wrong, "\n".join(wrong)


def _fill(surface: RecordSurface, kind: str) -> None:
    """Long words wherever words go."""
    kinds = shipped_content().kind(kind)
    surface.form.set_answers(spoken(kinds, "A rather long line of words that has to wrap somewhere or other"))


def _flaws(surface: RecordSurface) -> list[str]:
    form, found = surface.form, []
    area = next(part for part in surface.findChildren(QScrollArea) if part.isAncestorOf(form))
    if area.horizontalScrollBar().maximum() > 0:
        found.append(f"wider than its window by {area.horizontalScrollBar().maximum()} px")
    right = form.mapTo(area.viewport(), QPoint(form.width(), 0)).x()
    if right > area.viewport().width():
        found.append(f"reaches {right - area.viewport().width()} px out of sight")
    stops = [stop for stop in surface._stops() if form.isAncestorOf(stop)]
    places = [(stop, QRect(stop.mapTo(form, QPoint(0, 0)), stop.size())) for stop in stops]
    for stop, place in places:
        if place.right() > form.width() or place.left() < 0:
            found.append(f"{_called(stop)} ends at {place.right()} of {form.width()} px")
        if stop.width() < stop.minimumSizeHint().width():
            found.append(f"{_called(stop)} is {stop.width()} of {stop.minimumSizeHint().width()} px")
        if not stop.accessibleName() and not any(part.accessibleName() for part in _above(stop, form)):
            found.append(f"{_called(stop)} has no name")
    found += [
        f"{_called(one)} lies over {_called(other)}"
        for number, (one, first) in enumerate(places)
        for other, second in places[number + 1 :]
        if not one.isAncestorOf(other)
        and not other.isAncestorOf(one)
        and first.adjusted(MIDDLES_PX, MIDDLES_PX, -MIDDLES_PX, -MIDDLES_PX).intersects(second)
    ]
    found += [
        f"“{label.text()[:30]}” is cut"
        for label in form.findChildren(QLabel)
        if label.isVisible() and label.text() and label.height() < label.heightForWidth(label.width())
    ]
    if in_rows(stops, form) != stops:
        found.append("Tab leaves the order in which it is read")
    return found


def _above(widget: QWidget, top: QWidget) -> list[QWidget]:
    found = []
    parent = widget.parentWidget()
    while parent is not None and parent is not top:
        found.append(parent)
        parent = parent.parentWidget()
    return found


def _called(widget: QWidget) -> str:
    return f"{type(widget).__name__} “{widget.accessibleName()[:40]}”"


def _written(page: Page, kind: str, field: str, words: str, **answers: object) -> RecordSurface:
    """A sheet in which somebody wrote something."""
    surface = open_record_form(page.ctx, kind, answers=answers)
    page.ctx.shell.open_over(surface)
    _settle()
    QTest.keyClicks(_control(surface, field), words)
    return surface


def _control(surface: RecordSurface, field: str) -> QWidget:
    control = surface.form.editor(field).focusProxy()
    assert control is not None
    return control


def _keys(page: Page) -> dict[str, object]:
    return {draft.key: draft.body.get("body") for draft in Drafts(page.desk.session).all()}


def test_an_unfinished_entry_is_gone_on_with_or_put_aside_and_neither_is_lost(page: Page) -> None:
    first = _written(page, "note", "body", "The first thought")
    QTest.keyClick(first, Qt.Key.Key_Escape)
    _settle()
    assert _keys(page) == {"new:note": "The first thought"}

    second = _opened(page, "note")
    assert second.form.answers()["body"] == "The first thought"
    assert second._begun.isVisible()
    second.begin_anew()
    _settle()
    assert "body" not in second.form.answers()
    assert not second._begun.isVisible()
    QTest.keyClicks(_control(second, "body"), "Another thing")
    QTest.keyClick(second, Qt.Key.Key_Escape)
    _settle()
    assert sorted(map(str, _keys(page).values())) == ["Another thing", "The first thought"]

    again = open_record_form(page.ctx, "note", draft="new:note")  # as Today opens it
    page.ctx.shell.open_over(again)
    _settle()
    assert again.form.answers()["body"] == "The first thought"
    again.save()
    _settle()
    assert list(_keys(page).values()) == ["Another thing"]


def test_a_note_about_one_thread_is_not_gone_on_with_as_one_about_another(page: Page) -> None:
    threads = [page.desk.journal.add("injury", {"title": title}) for title in ("One", "Two")]
    first = _written(page, "note", "body", "About the first", thread=threads[0])
    QTest.keyClick(first, Qt.Key.Key_Escape)
    _settle()

    other = open_record_form(page.ctx, "note", answers={"thread": threads[1]})
    page.ctx.shell.open_over(other)
    _settle()

    assert "body" not in other.form.answers()
    assert other.form.answers()["thread"] == threads[1]
    other.close_surface()


def test_what_is_left_for_later_is_kept_with_the_draft_and_with_the_entry(page: Page) -> None:
    surface = _written(page, "apology", "did", "I left the room.")
    surface.form.question("effect").leave()
    QTest.keyClick(surface, Qt.Key.Key_Escape)
    _settle()

    again = _opened(page, "apology")
    assert again.form.left() == {"effect"}
    again.save()
    _settle()
    (offered,) = page.desk.today.state(page.ctx.now()).unfinished
    assert offered.reason == "later"
    assert offered.record is not None
    assert page.desk.drafts.left(offered.record) == {"effect"}

    later = open_record_form(page.ctx, "apology", record=offered.record)
    page.ctx.shell.open_over(later)
    _settle()
    assert later.form.left() == {"effect"}
    later.form.question("effect").take_up()
    QTest.keyClicks(_control(later, "effect"), "You were alone with it.")
    later.save()
    _settle()
    assert page.desk.today.state(page.ctx.now()).unfinished == ()


def test_a_thread_can_be_begun_from_its_link_and_says_so(page: Page) -> None:
    surface = _opened(page, "note")
    editor = surface.form.editor("thread")
    assert isinstance(editor, LinkEditor)
    editor.control.setFocus()
    QTest.keyClicks(editor.control, "The quiet car")
    editor._find()
    last = editor._model.rowCount() - 1
    assert editor._model.choice(last).record == ""
    editor._take(editor._model.index(last, 0))
    _settle()

    thread = surface.form.answers()["thread"]
    assert page.desk.journal.entry(RecordId(str(thread))) is not None
    assert page.shell.toasts[-1].action
    surface.close_surface()
