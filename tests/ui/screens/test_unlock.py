"""The locked screen: who is asked, what waits, and the way in with a sheet."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.crypto.kdf import FLOOR
from app.data import people, tries
from app.data.vault_layout import Layout
from app.ui.screens.unlock.recovery import RecoverySurface
from app.ui.screens.unlock.state import Owner, UnlockState
from app.ui.screens.unlock.telling import missed_words
from app.ui.screens.unlock.view import UnlockView
from app.ui.theme.hub import current_hub
from tests.fixtures.session import shipped_content, shipped_kinds
from tests.fixtures.vault import PASSPHRASE, copied, opened
from tests.fixtures.windows import Program

NEW = "harbour violin pepper staircase"
OTHER = "slate orchard kettle lantern"
PICTURES = os.environ.get("LEEWARD_PICTURES", "")


@pytest.fixture
def locked(program: Program) -> UnlockView:
    if not program.folder.exists():
        copied(program.folder)
    return started(program)


def started(program: Program) -> UnlockView:
    view = program.start().window.content()
    assert isinstance(view, UnlockView)
    program.wait(lambda: view._presenter.has_looked)
    return view


def picture(widget: QWidget, name: str) -> None:
    """Kept only where somebody wants to look at it."""
    QCoreApplication.processEvents()
    if PICTURES:
        widget.window().grab().save(str(Path(PICTURES) / f"{name}.png"))


def with_code(folder: Path) -> str:
    desk = opened(folder)
    code = " ".join(desk.keys.draw_code())
    desk.keys.confirm_code(code)
    desk.close()
    return code


def recovery(program: Program, view: UnlockView) -> RecoverySurface:
    view._recover.click()
    program.wait(lambda: view.findChildren(RecoverySurface))
    return view.findChildren(RecoverySurface)[0]


def test_the_sheet_leads_to_a_new_passphrase_and_then_in(program: Program) -> None:
    code = with_code(copied(program.folder))
    view = started(program)
    picture(view, "unlock")
    surface = recovery(program, view)
    picture(view, "unlock-code")
    surface.code.setText(code.lower())
    surface.go_on.click()
    program.wait(lambda: surface._opening.shown.fits)
    assert not surface.code.text() and program.running.session is None
    surface.new.phrase.setText(NEW)
    surface.new.again.setText(NEW)
    program.wait(surface.go_on.isEnabled)
    picture(view, "unlock-new-passphrase")
    surface.go_on.click()
    program.wait(lambda: program.running.session is not None)
    program.end()
    opened(program.folder, NEW).close()


def test_a_typo_and_a_strange_code_are_said_and_open_nothing(program: Program) -> None:
    code = with_code(copied(program.folder))
    view = started(program)
    surface = recovery(program, view)
    wrong = ("3" if code[0] != "3" else "4") + code[1:]
    for typed, said in ((wrong, "Group 1"), ("0" * 32, "another journal")):
        surface.code.setText(typed)
        surface.go_on.click()
        program.wait(lambda: not surface._opening.shown.busy)
        program.wait(lambda said=said: said in surface._banner.accessibleName())
        assert not surface._opening.shown.fits
    picture(view, "unlock-code-typo")


@pytest.mark.parametrize("moment", ["while it opens", "before a passphrase is chosen"])
def test_leaving_the_sheet_gives_the_journal_back_locked(program: Program, moment: str) -> None:
    code = with_code(copied(program.folder))
    view = started(program)
    surface = recovery(program, view)
    surface.code.setText(code)
    surface.go_on.click()
    if moment == "before a passphrase is chosen":
        program.wait(lambda: surface._opening.shown.fits)
    surface.leave()
    program.wait(lambda: view._presenter._recovering is None and not program.running._aside._under_way)
    opened(program.folder).close()  # the lock was given back and the passphrase is the old one
    assert program.running.session is None


def test_locking_calls_the_sheet_off(program: Program) -> None:
    code = with_code(copied(program.folder))
    view = started(program)
    surface = recovery(program, view)
    surface.code.setText(code)
    surface.go_on.click()
    program.wait(lambda: surface._opening.shown.fits)
    program.running.lock()
    program.wait(lambda: not program.running._aside._under_way)
    opened(program.folder).close()


def test_the_wait_of_before_holds_after_a_restart(program: Program) -> None:
    copied(program.folder)
    for _ in range(6):
        tries.note_miss(Layout(program.folder))
    view = started(program)
    assert 15 < view._presenter.shown.waiting_s <= 20
    assert view._wait.isVisible()
    view._field.setText(PASSPHRASE)
    view._open.click()
    assert view._presenter.shown.queued and not view._recover.isVisible()
    picture(view, "unlock-queued")
    view._stop.click()
    assert not view._presenter.shown.queued and view._field.text() == PASSPHRASE


def test_the_owner_hears_of_tries_after_unlock(program: Program) -> None:
    copied(program.folder)
    since = dt.datetime.now(dt.UTC) - dt.timedelta(days=2)
    for _ in range(3):
        tries.note_miss(Layout(program.folder), now=since)
    view = started(program)
    view._field.setText(PASSPHRASE)
    view._open.click()
    program.wait(lambda: program.running.session is not None)
    session = program.running.session
    assert session is not None and "3 tries did not open your part" in session._toast.accessibleName()
    assert not (program.folder / "pace").exists()


def test_one_try_is_told_in_the_singular() -> None:
    care = shipped_content().care.passphrase
    moment = dt.datetime(2026, 5, 2, 12, tzinfo=dt.UTC)
    assert missed_words(1, moment, care).endswith("one try did not open your part.")
    assert "4 tries" in missed_words(4, moment, care)


def test_two_people_choose_their_mark_and_only_that_part_is_tried(program: Program) -> None:
    copied(program.folder)
    person_file = people.add_person(program.folder, "Jules", OTHER, shipped_kinds(), kdf=FLOOR)
    view = started(program)
    owners = view._presenter.shown.owners
    assert [one.mark for one in owners] == [1, 2] and view._owners.isVisible()
    picture(view, "unlock-two")
    view._owners._tiles[owners[0].person_file].click()
    assert view._presenter.shown.chosen == owners[0].person_file != person_file
    view._presenter.try_passphrase(OTHER)
    program.wait(lambda: view._presenter.shown.trouble is not None)
    view._owners._tiles[""].click()
    view._presenter.try_passphrase(OTHER)
    program.wait(lambda: program.running.session is not None)


def test_one_person_is_asked_nothing(locked: UnlockView) -> None:
    assert not locked._owners.isVisible()
    locked.render_state(UnlockState(owners=(Owner("a" * 32, 1), Owner("b" * 32, 2, "Kim")), chosen="b" * 32))
    assert [radio.text() for radio in locked._owners._tiles.values()] == ["Circle", "Kim", "Whichever fits"]
    assert locked._owners._tiles["b" * 32].isChecked()


def test_the_ways_back_wait_as_opening_does(locked: UnlockView) -> None:
    for waiting_s, offered in ((4, False), (0, True)):
        locked.render_state(UnlockState(way_back=True, waiting_s=waiting_s))
        assert (locked._way_back.isEnabled(), locked._read.isEnabled()) == (offered, offered)


@pytest.mark.parametrize("theme, scale", [("dark", 1.0), ("light", 2.0)])
def test_the_locked_screen_in_the_dark_and_at_twice_the_size(locked: UnlockView, theme: str, scale: float) -> None:
    hub = current_hub()
    hub.choose(theme)  # type: ignore[attr-defined]  # the hub of the application
    hub.set_text_scale(scale)  # type: ignore[attr-defined]  # as above
    try:
        locked.render_state(UnlockState(owners=(Owner("a" * 32, 1), Owner("b" * 32, 2)), waiting_s=4))
        picture(locked, f"unlock-{theme}-{scale}")
        assert locked._recover.isVisible()
    finally:
        hub.choose("light")  # type: ignore[attr-defined]  # as above
        hub.set_text_scale(1.0)  # type: ignore[attr-defined]  # as above
