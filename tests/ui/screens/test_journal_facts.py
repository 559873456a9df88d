"""What the Journal says beside an entry: how a tool has done, what a trigger leaves open, which way a moment turned."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from app.domain.records import RecordId
from app.services.moments import KINDS, LINES
from app.services.session import Session
from app.ui.models.timeline_rows import EntryRow
from app.ui.screens.journal.screen import JournalScreen
from app.ui.widgets.label import Label
from tests.fixtures.page_context import Page, entered, page_on_screen


@pytest.fixture
def page(qtbot: QtBot, couple: Session) -> Page:
    return page_on_screen(qtbot, couple)


def _screen(page: Page, record: RecordId | None = None) -> JournalScreen:
    return entered(page, JournalScreen(page.ctx), record)


def _facts(screen: JournalScreen) -> tuple[str, ...]:
    reading = screen._presenter.shown.reading
    assert reading is not None
    said = [label.text() for label in screen.widget().findChildren(Label)]
    assert all(fact in said for fact in reading.facts)
    return reading.facts


def test_a_tool_says_how_often_and_how_it_went(page: Page) -> None:
    tool = page.desk.tools.keep("the swing")
    today = {"day": page.ctx.now().date().isoformat()}
    page.desk.triggers.save({"at": today, "cue": "A tone", "peak": 8, "after": 3, "helped": ["the swing"]})
    page.desk.triggers.save({"at": today, "cue": "A door", "peak": 7, "after": 3, "helped": ["the swing"]})

    assert _facts(_screen(page, tool)) == (
        "Noted 2 times among what helped, last today.",
        "On those occasions it mostly came down a good deal.",
    )


def test_a_new_tool_says_that_it_was_not_noted_yet(page: Page) -> None:
    assert _facts(_screen(page, page.desk.tools.keep("the swing"))) == ("Not noted among what helped yet.",)


def test_a_tally_says_what_is_open_and_a_whole_one_nothing(page: Page, couple: Session) -> None:
    tally = page.desk.triggers.tally(couple.now()).saved.record
    (said,) = _facts(_screen(page, tally))
    assert said.startswith("Still open, and free to stay so:")

    whole = {"cue": "A tone", "peak": 5, "move": ["check"], "acted_on": "no"}
    assert _facts(_screen(page, page.desk.triggers.save(whole).saved.record)) == ()


@pytest.mark.parametrize("kind", KINDS)
def test_a_moment_shows_its_line(page: Page, kind: str) -> None:
    page.desk.moments.save(kind, {LINES[kind]: "A hand on my back"})

    rows = [row for row in _screen(page)._presenter.shown.rows if isinstance(row, EntryRow)]

    assert rows[0].title == "A hand on my back"


def test_a_turning_point_says_that_it_turned_toward(page: Page) -> None:
    page.desk.moments.save("moment", {"for_what": "A sigh", "turned": "toward"})
    page.desk.moments.save("moment", {"turned": "toward"})
    page.desk.moments.save("moment", {"for_what": "A look", "turned": "away"})

    rows = [row for row in _screen(page)._presenter.shown.rows if isinstance(row, EntryRow)]

    assert {row.title: row.meta for row in rows} == {"A sigh": "turned toward", "Turned toward": "", "A look": ""}
