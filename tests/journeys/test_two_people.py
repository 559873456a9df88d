"""Two people at one window: one sits down beside the other, each opens their own part, words are shared and left."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit, QTextEdit, QWidget

from app.crypto.kdf import FLOOR
from app.domain.errors import Code, RecordError
from app.domain.records import RecordId
from app.services.desk import Desk
from app.services.people import People
from app.ui.actions import PAGES
from app.ui.main_window import MainWindow
from app.ui.models.timeline_rows import EntryRow
from app.ui.screens.journal.view import JournalView
from app.ui.screens.people.welcome import LOCK_REASON, WelcomeSurface
from app.ui.screens.record_form.surface import RecordSurface
from app.ui.screens.settings.people import PeopleSection
from app.ui.screens.sharing.view import SharingSurface
from app.ui.screens.unlock.view import UnlockView
from app.ui.widgets.ask import AskSurface
from app.ui.widgets.dialog import DialogSurface
from tests.fixtures.windows import Program
from tests.journeys.test_trigger import CTRL, PHRASE, asked, unlocked

OTHER_PHRASE = "velvet harbour tuesday lantern"
SECRET, HERS = "nobody hears about the blue drawer", "the rain began at four"
HIS = "i hid in the cellar as a child"


@pytest.fixture(autouse=True)
def cheap_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    defaults = People.welcome.__kwdefaults__
    assert defaults is not None
    monkeypatch.setitem(defaults, "kdf", FLOOR)


def _texts(widget: QWidget) -> Iterator[str]:
    """Every word a widget and all inside it hold, shown or not: labels, fields, lists, tooltips, names, actions."""
    for part in (widget, *widget.findChildren(QWidget)):
        yield from (part.toolTip(), part.accessibleName(), part.accessibleDescription())
        if isinstance(part, QLabel | QAbstractButton | QLineEdit):
            yield part.text()
        elif isinstance(part, QTextEdit):
            yield part.toPlainText()
        elif isinstance(part, QComboBox):
            yield from (part.itemText(number) for number in range(part.count()))
    for model in widget.findChildren(QAbstractItemModel):
        roles = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)
        for number in range(model.rowCount()):
            yield from (str(model.data(model.index(number, 0), role) or "") for role in roles)
    yield from (action.text() for action in widget.findChildren(QAction))


def _seen(program: Program) -> str:
    return "\n".join(_texts(program.running.window)).casefold()


def _open(program: Program, phrase: str, reason: str = "") -> MainWindow:
    """A fresh process, as after every lock, and a passphrase in it."""
    view = program.start(reason).window.content()
    assert isinstance(view, UnlockView)
    program.running.window.activateWindow()
    program.wait(view._field.hasFocus)
    QTest.keyClicks(view._field, phrase)
    QTest.keyClick(view._field, Qt.Key.Key_Return)
    program.wait(lambda: program.running.session is not None)
    session = program.running.session
    assert session is not None
    return session


def _focused() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def _tab_to(name: str) -> QWidget:
    """Walk on with Tab until a control of this name has the keyboard."""
    for _ in range(80):
        here = _focused()
        if name in {here.accessibleName(), here.text() if isinstance(here, QAbstractButton) else ""}:
            return here
        QTest.keyClick(here, Qt.Key.Key_Tab)
    raise AssertionError(f"no way to {name!r} from the keyboard")


def _surface(program: Program, session: MainWindow, kind: type[DialogSurface]) -> DialogSurface:
    program.wait(lambda: [one for one in session.findChildren(kind) if one.isVisible()])
    found = next(one for one in session.findChildren(kind) if one.isVisible())
    assert isinstance(found, DialogSurface)
    return found


def _section(program: Program, session: MainWindow) -> PeopleSection:
    session.go("settings", "people")
    program.wait(lambda: session.findChild(PeopleSection) is not None)
    section = session.findChild(PeopleSection)
    assert isinstance(section, PeopleSection)
    program.wait(lambda: section._cards and section._cards[-1].isVisible())
    return section


def _button(inside: QWidget, words: str) -> QAbstractButton:
    return next(one for one in inside.findChildren(QAbstractButton) if one.text() == words and one.isVisible())


def _note(program: Program, session: MainWindow, body: str) -> RecordId:
    return RecordId(str(asked(program, session, lambda desk: desk.journal.add("note", {"body": body}))))


def _journal(program: Program, session: MainWindow, record: str | None = None) -> JournalView:
    session.go("journal", record)
    view = session.findChild(JournalView)
    assert isinstance(view, JournalView)
    program.wait(lambda: view._state.loaded and (record is None or view._state.reading is not None))
    return view


def _titles(view: JournalView) -> list[str]:
    rows = (view.timeline.rows.row(number) for number in range(view.timeline.rows.rowCount()))
    return [row.title for row in rows if isinstance(row, EntryRow)]


def _sit_down(program: Program, session: MainWindow) -> None:
    """B's turn, from the keyboard alone."""
    _section(program, session)
    session.findChild(PeopleSection)
    program.running.window.activateWindow()
    QTest.keyClick(_tab_to("Set it up…"), Qt.Key.Key_Space)
    surface = _surface(program, session, WelcomeSurface)
    QTest.keyClick(_focused(), Qt.Key.Key_Return, CTRL)
    assert isinstance(surface, WelcomeSurface) and surface.covers_all
    assert surface.name.hasFocus()
    QTest.keyClicks(surface.name, "Jules")
    QTest.keyClicks(_tab_to("New passphrase"), OTHER_PHRASE)
    QTest.keyClicks(_tab_to("Once more"), OTHER_PHRASE)
    QTest.keyClick(_tab_to("I would like this, and I was not pushed"), Qt.Key.Key_Space)
    program.wait(surface.go_on.isEnabled)


def two(program: Program) -> MainWindow:
    """Both have a part; the first one is in theirs again."""
    session = unlocked(program)
    _note(program, session, SECRET)
    _sit_down(program, session)
    QTest.keyClick(_focused(), Qt.Key.Key_Return, CTRL)
    program.wait(lambda: program.restarts)
    return _open(program, PHRASE)


def test_the_other_person_sits_down_and_sees_nothing(program: Program) -> None:
    session = unlocked(program)
    _note(program, session, SECRET)
    _journal(program, session)
    _sit_down(program, session)
    surface = _surface(program, session, WelcomeSurface)

    assert surface.rect().size() == session.ground().size(), "the page stays in sight beside the surface"
    assert not session._strip.menus.isVisible(), "a menu names what was done last"
    image = surface.grab().toImage()
    corner = image.pixelColor(3, image.height() - 4)
    assert corner.alpha() == 255
    for key in (Qt.Key.Key_T, Qt.Key.Key_2, Qt.Key.Key_F):
        QTest.keyClick(_focused(), key, CTRL)
    assert [one for one in session.findChildren(DialogSurface) if one.isVisible()] == [surface]

    QTest.keyClick(_focused(), Qt.Key.Key_Return, CTRL)
    program.wait(lambda: program.restarts)
    assert program.restarts == [LOCK_REASON]
    view = program.start(LOCK_REASON).window.content()
    assert isinstance(view, UnlockView)
    assert "each of you opens your own part" in _seen(program)
    assert OTHER_PHRASE not in _seen(program) and "jules" not in _seen(program) and "noa" not in _seen(program)


def test_stopping_before_the_part_is_made_locks_and_adds_nobody(program: Program) -> None:
    session = unlocked(program)
    _sit_down(program, session)
    QTest.keyClick(_focused(), Qt.Key.Key_Escape)
    program.wait(lambda: program.restarts)
    assert program.restarts == [LOCK_REASON]
    again = _open(program, PHRASE)
    together = _section(program, again).presenter.shown.together
    assert together is not None and together.other is None and together.room


def test_shared_words_reach_the_other_and_nothing_else_does(program: Program) -> None:
    noa = two(program)
    record = _note(program, noa, HERS)
    _share(program, noa, record)
    assert "jules can read it now" in noa._toast.words().casefold()

    jules = _open(program, OTHER_PHRASE)
    assert jules.context.mark == 2 and jules.context.partner == "Noa"
    assert asked(program, jules, lambda desk: desk.session.shared is not None)
    _note(program, jules, HIS)
    view = _journal(program, jules, record)
    reading = view._state.reading
    assert reading is not None and reading.theirs and reading.where[0] == "Shared by Noa"
    assert [button.text() for button in view.reader._standing if button.isVisible()] == ["Versions", "Hide for me"]
    assert asked(program, jules, lambda desk: _refused(desk, record)) is Code.NOT_YOURS
    for page in PAGES:
        jules.go(page)
        program.wait(lambda: not jules.findChildren(AskSurface))
        assert SECRET not in _seen(program), page
    assert SECRET not in str(asked(program, jules, lambda desk: desk.journal.search("drawer")))

    again = _open(program, PHRASE)
    for page in PAGES:
        again.go(page)
        assert HIS not in _seen(program), page
    assert asked(program, again, lambda desk: desk.journal.search("cellar")) == []


def test_the_writer_changes_shared_words_and_is_told_who_reads_them(program: Program) -> None:
    noa = two(program)
    record = _note(program, noa, HERS)
    _share(program, noa, record)
    view = _journal(program, noa, record)
    view.reader._standing[0].click()
    form = _surface(program, noa, RecordSurface)
    assert isinstance(form, RecordSurface)
    program.wait(lambda: form._opened is not None)
    assert form.caption.words() == "Shared with Jules" and form._told.isVisible()
    form.form.set_answers({**form.form.answers(), "body": HERS + ", and at five it stopped"})
    form.save()
    program.wait(lambda: noa._toast.words() == "Saved. Jules can read it.")

    jules = _open(program, OTHER_PHRASE)
    shown = _journal(program, jules, record)
    assert "at five it stopped" in "\n".join(_texts(shown)).casefold()
    assert len(asked(program, jules, lambda desk: desk.history.versions(record))) == 2  # type: ignore[arg-type]


def test_hiding_is_for_oneself_and_can_be_taken_back(program: Program) -> None:
    noa = two(program)
    record = _note(program, noa, HERS)
    _share(program, noa, record)
    jules = _open(program, OTHER_PHRASE)
    view = _journal(program, jules, record)
    _button(view.reader, "Hide for me").click()
    program.wait(lambda: _titles(view) == [])
    section = _section(program, jules)
    program.wait(lambda: section.presenter.shown.hidden)
    assert HERS not in "\n".join(_texts(section)).casefold()
    _button(section, "Show again").click()
    program.wait(lambda: not section.presenter.shown.hidden)
    shown = _journal(program, jules)
    program.wait(lambda: _titles(shown) == [HERS])
    hers = _journal(program, _open(program, PHRASE))
    program.wait(lambda: HERS in _titles(hers))


def test_leaving_alone_takes_ones_own_words_along_and_nothing_from_the_other(program: Program) -> None:
    noa = two(program)
    record = _note(program, noa, HERS)
    _share(program, noa, record)
    jules = _open(program, OTHER_PHRASE)
    kept = _note(program, jules, "a word for noa")
    asked(program, jules, lambda desk: desk.sharing.share(kept, desk.sharing.preview(kept)))

    noa = _open(program, PHRASE)
    section = _section(program, noa)
    _button(section, "Leave…").click()
    ask = _surface(program, noa, AskSurface)
    assert "no message is sent" in "\n".join(_texts(ask)).casefold()
    _button(ask, "Leave the shared space").click()
    program.wait(lambda: section.presenter.shown.together is not None and not section.presenter.shown.together.open)
    view = _journal(program, noa)
    program.wait(lambda: sorted(_titles(view)) == sorted([HERS, SECRET]))
    assert asked(program, noa, lambda desk: desk.checks.verify().clean)

    jules = _open(program, OTHER_PHRASE)
    assert sorted(_titles(_journal(program, jules))) == sorted([HERS, "a word for noa"])
    noa = _open(program, PHRASE)
    assert sorted(_titles(_journal(program, noa))) == sorted([HERS, SECRET])


def _share(program: Program, session: MainWindow, record: RecordId) -> None:
    """From the keyboard: Share…, the tick, the button."""
    view = _journal(program, session, record)
    program.running.window.activateWindow()
    program.wait(lambda: any(button.isVisible() for button in view.reader._standing))
    view.reader.focus_first()
    QTest.keyClick(_tab_to("Share…"), Qt.Key.Key_Space)
    surface = _surface(program, session, SharingSurface)
    assert isinstance(surface, SharingSurface)
    program.wait(lambda: surface.presenter.shown.preview is not None)
    assert not surface.go_on.isEnabled() and not surface.tick.isChecked(), "sharing was set before it was asked"
    preview = surface.presenter.shown.preview
    assert preview is not None
    assert preview.lines[-1].words in list(_texts(surface))
    QTest.keyClick(_focused(), Qt.Key.Key_Return, CTRL)
    assert surface.isVisible(), "shared without the tick"
    QTest.keyClick(_tab_to("These are the words I want to share"), Qt.Key.Key_Space)
    QTest.keyClick(_tab_to("Share these words"), Qt.Key.Key_Space)
    program.wait(lambda: view._state.reading is not None and view._state.reading.where[0] == "Shared with Jules")


def _refused(desk: Desk, record: RecordId) -> Code | None:
    try:
        desk.journal.edit(record, {"body": "other words"})
    except RecordError as error:
        return error.code
    return None
