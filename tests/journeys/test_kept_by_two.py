"""What two people keep together, each at the window with their own passphrase: agreements, promises, rituals."""

from __future__ import annotations

import datetime as dt
import json
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from app.domain.records import RecordId
from app.services.desk import Desk
from app.ui.screens.agreements.commitment_detail import CommitmentPane
from app.ui.screens.agreements.dialogs import AskSheet, MarkSheet
from app.ui.screens.agreements.screen import AgreementsScreen
from app.ui.screens.agreements.state import Detail
from app.ui.screens.record_form.surface import RecordSurface
from app.ui.screens.rituals.screen import RitualsScreen
from app.ui.widgets.buttons import Button
from app.ui.widgets.month_grid import Cell, MonthGrid
from tests.fixtures.session import EVENING
from tests.fixtures.two import OTHER_PASSPHRASE, copied, raw_shared, template
from tests.fixtures.vault import PASSPHRASE
from tests.fixtures.windows import Program
from tests.journeys.hands import CTRL, Hands
from tests.journeys.test_command_line import leeward

WORDS, OTHER_WORDS = "We ring when we are late.", "We ring before we are late."
TODAY = EVENING.date()
EVERY = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
_Screen = TypeVar("_Screen", AgreementsScreen, RitualsScreen)


@pytest.fixture
def two(hands: Hands, program: Program) -> Hands:
    """The window of a vault in which both have their part."""
    copied(program.folder)
    return hands


def _on(hands: Hands, kind: type[_Screen], page: str, target: str | None = None) -> _Screen:
    hands.session.go(page, target)
    hands.program.wait(lambda: hands.session._pages.name == page)
    screen = hands.session._pages.current
    assert isinstance(screen, kind)
    return screen


def _agreement(hands: Hands, phrase: str, record: RecordId | None = None) -> AgreementsScreen:
    """Sit down, open, and go to the agreement: each turn is a process of its own, as after every lock."""
    hands.unlocks(phrase)
    screen = _on(hands, AgreementsScreen, "agreements", record)
    hands.program.wait(lambda: screen._presenter.shown.loaded)
    if record is not None:
        hands.program.wait(lambda: (one := screen._presenter.shown.detail) is not None and one.record == record)
    return screen


def _shown(screen: AgreementsScreen) -> Detail:
    shown = screen._presenter.shown.detail
    assert shown is not None
    return shown


def _sheet(hands: Hands, kind: type[QWidget] = AskSheet) -> AskSheet:
    hands.program.wait(lambda: isinstance(hands.top(), kind))
    found = hands.top()
    assert isinstance(found, kind)
    return found  # type: ignore[return-value]  # a sheet to mark is closed by the same key


def _gives(hands: Hands, **answers: object) -> None:
    """Answer the sheet that is open and save it by its key."""
    sheet = _sheet(hands)
    sheet.form.set_answers({**sheet.form.answers(), **answers})
    QTest.keyClick(sheet, Qt.Key.Key_Return, CTRL)
    hands.program.wait(lambda: not sheet.isVisible())


def _marks(hands: Hands, screen: AgreementsScreen, *words: str) -> None:
    """Read exactly these words and mark them."""
    hands.press("Read and mark…")
    sheet = _sheet(hands, MarkSheet)
    for part in words:
        hands.sees(part)
    QTest.keyClick(sheet, Qt.Key.Key_Return, CTRL)
    hands.program.wait(
        lambda: [tile.done for tile in _shown(screen).tiles][0 if hands.session.context.mark == 1 else 1]
    )


def _act_words(screen: AgreementsScreen, act: str) -> str:
    """What the link of the newest occasion says that does this."""
    return next(one.words for one in _shown(screen).occasions[0].acts if one.id == act)


def test_an_agreement_from_its_first_words_to_letting_go(two: Hands) -> None:
    noa = _agreement(two, PASSPHRASE)
    two.press(noa._presenter.shown.add_words)
    _sheet(two)
    QTest.keyClicks(two.focused(), WORDS)
    _gives(two)
    two.program.wait(lambda: noa._presenter.shown.detail is not None)
    record = RecordId(_shown(noa).record)
    _marks(two, noa, WORDS)

    jules = _agreement(two, OTHER_PASSPHRASE)
    assert jules.subtitle == "one waits for you"
    jules._presenter.choose(record)
    two.program.wait(lambda: jules._presenter.shown.detail)
    _marks(two, jules, WORDS)
    two.sees("Agreed by both")

    two.press("Change…")
    _gives(two, wording=OTHER_WORDS, reason="After is no warning.")
    two.program.wait(lambda: _shown(jules).version.startswith("version 2"))
    assert [tile.done for tile in _shown(jules).tiles] == [False, False], "a mark stood for words it was not made for"
    two.press("History")
    two.sees("Version 1", "Version 2", "After is no warning.")
    _marks(two, jules, OTHER_WORDS)

    noa = _agreement(two, PASSPHRASE, record)
    _marks(two, noa, OTHER_WORDS)
    two.sees("Agreed by both")
    two.press("Note an occasion")
    _gives(two, outcome="crossed", note="Twenty past.", step_kept="yes")
    two.program.wait(lambda: _shown(noa).occasions)
    two.sees("Twenty past.")

    jules = _agreement(two, OTHER_PASSPHRASE, record)
    two.sees("Twenty past.")
    two.press(_act_words(jules, "read"))
    _gives(two, outcome="honoured", note="Inside the wording.")
    two.program.wait(lambda: _shown(jules).occasions[0].dot.dot == "different")
    two.sees("Twenty past.", "Inside the wording.")
    told = two.asked(lambda desk: desk.agreements.detail(record).held.of)
    assert told == 0, "what is seen differently is in no share"
    two.picture("two-seen-differently")
    _settle(two, jules)

    noa = _agreement(two, PASSPHRASE, record)
    _settle(two, noa)
    two.program.wait(lambda: _shown(noa).occasions[0].dot.dot != "different")
    two.sees("Twenty past.", "Inside the wording.")
    _lets_go(two, noa)
    jules = _agreement(two, OTHER_PASSPHRASE, record)
    _lets_go(two, jules)
    two.program.wait(lambda: _shown(jules).foot.words.startswith("Retired on "))
    two.sees(OTHER_WORDS)


def _settle(hands: Hands, screen: AgreementsScreen) -> None:
    hands.press(_act_words(screen, "settle"))
    hands.program.wait(lambda: "settle" not in {act.id for act in _shown(screen).occasions[0].acts})


def _lets_go(hands: Hands, screen: AgreementsScreen) -> None:
    assert "let_go" in {act.id for act in (*_shown(screen).more, *_shown(screen).foot.acts)}
    screen._view.detail.acted.emit("let_go")
    _gives(hands)


def test_one_changed_character_is_found_by_verify_and_named(two: Hands) -> None:
    noa = _agreement(two, PASSPHRASE)
    two.press(noa._presenter.shown.add_words)
    _gives(two, wording=WORDS)
    two.program.wait(lambda: noa._presenter.shown.detail is not None)
    record = RecordId(_shown(noa).record)
    _marks(two, noa, WORDS)
    _marks(two, _agreement(two, OTHER_PASSPHRASE, record), WORDS)
    two.program.end()
    folder = two.program.folder
    assert _verified(two)["clean"] is True

    file = raw_shared(folder, template()[1])
    changed = file.execute(
        "UPDATE revision SET body = CAST(replace(CAST(body AS TEXT), 'late.', 'late,') AS BLOB)"
        " WHERE record = ? AND instr(CAST(body AS TEXT), 'late.') RETURNING id",
        (record,),
    ).fetchall()
    file.close()

    found = _verified(two)
    assert found["clean"] is False
    named = json.dumps(found["chain"])
    assert changed and all(revision in named for (revision,) in changed)
    assert record in named, "which agreement it is, is said"


def _verified(hands: Hands) -> dict[str, object]:
    at = ("--vault", hands.program.folder, "--passphrase-stdin")
    found: dict[str, object] = json.loads(leeward("verify", "--json", *at, typed=OTHER_PASSPHRASE + "\n").out)
    return found


def test_how_a_promise_went_is_its_makers_to_say_and_the_other_notices(two: Hands) -> None:
    jules = _agreement(two, OTHER_PASSPHRASE)
    jules._view.promise_asked.emit()
    two.program.wait(lambda: isinstance(two.top(), RecordSurface))
    form = two.top()
    assert isinstance(form, RecordSurface)
    two.program.wait(lambda: form._opened is not None)
    form.form.set_answers({"wording": "I write before seven.", "rhythm": "daily", "cost": "low", "state": "active"})
    QTest.keyClick(form, Qt.Key.Key_Return, CTRL)
    two.program.wait(lambda: jules._presenter.shown.kind == "commitment")
    record = RecordId(jules._presenter.shown.selected or "")
    two.sees("I write before seven.", "How it has gone")
    two.press("Kept late")
    two.sees("kept late, and said so 1")

    noa = _agreement(two, PASSPHRASE)
    noa._presenter.choose(record)
    two.sees("Jules’s promise", "kept late, and said so")
    pane = noa._view.findChild(CommitmentPane)
    assert isinstance(pane, CommitmentPane)
    offered = {one.text() for one in pane.findChildren(Button) if one.isVisible() and one.text()}
    assert offered == {"History", "I noticed", "Say thanks…"}, "nothing here says how the other kept a promise"
    two.press("I noticed")
    two.sees("I noticed.")
    assert not two.asked(lambda desk: desk.commitments.due()), "Today asks nobody about what another promised"

    jules = _agreement(two, OTHER_PASSPHRASE)
    jules._presenter.choose(record)
    two.sees("kept late, and said so 1", "I noticed.")
    two.press("Not kept")
    two.sees("not kept 1")


def test_a_ritual_of_two_is_ticked_by_either_and_has_one_strength(two: Hands) -> None:
    def begin(desk: Desk) -> RecordId:
        first = (TODAY - dt.timedelta(days=20)).isoformat()
        raw = {"title": "Ten minutes", "rhythm": "days", "days": EVERY, "starts": {"day": first}}
        record = desk.journal.add("ritual", raw)
        desk.sharing.share(record, desk.sharing.preview(record))
        for number in range(20, 2, -1):
            desk.rituals.mark(record, TODAY.toordinal() - number, "done")
        return record

    two.unlocks(PASSPHRASE)
    record = RecordId(str(two.asked(begin)))
    noa = _ritual(two, record)
    _space(two, noa)
    assert _today(noa) is Cell.DONE
    same = _figures(noa)

    two.unlocks(OTHER_PASSPHRASE)
    jules = _ritual(two, record)
    assert _today(jules) is Cell.DONE
    assert "Noa" in _cell_words(jules)
    assert _figures(jules) == same, "both read the same strength"
    two.asked(lambda desk: desk.rituals.mark(record, TODAY.toordinal() - 2, "rested", reason="illness"))
    two.asked(lambda desk: desk.rituals.pause_all())
    jules = _ritual(two, record)
    assert _figures(jules) == same
    two.picture("two-ritual")

    two.unlocks(PASSPHRASE)
    noa = _ritual(two, record)
    assert _figures(noa) == same, "what one keeps to themselves changes nothing for the other"
    assert "illness" not in two.words()


def _ritual(hands: Hands, record: RecordId) -> RitualsScreen:
    screen = _on(hands, RitualsScreen, "rituals", record)
    hands.program.wait(lambda: screen._presenter.shown.chosen == record)
    return screen


def _space(hands: Hands, screen: RitualsScreen) -> None:
    """Today by the space bar."""
    (grid,) = screen.widget().findChildren(MonthGrid)
    grid.setFocus()
    before = _today(screen)
    QTest.keyClick(grid, Qt.Key.Key_Space)
    hands.program.wait(lambda: _today(screen) is not before)


def _today(screen: RitualsScreen) -> Cell:
    shown = screen._presenter.shown
    return shown.rows[shown.selected].cells[TODAY.day - 1].cell


def _cell_words(screen: RitualsScreen) -> str:
    shown = screen._presenter.shown
    return shown.rows[shown.selected].cells[TODAY.day - 1].words


def _figures(screen: RitualsScreen) -> tuple[object, ...]:
    shown = screen._presenter.shown
    assert shown.told is not None
    row = shown.rows[shown.selected]
    return row.strength, row.told, shown.told.kept, shown.told.runs, shown.told.early
