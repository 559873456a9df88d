"""Calm reads a person's own words and writes nothing; what helped is kept when they say so, and counts then."""

from __future__ import annotations

from app.data.connection import Connection
from app.services.calming import USUAL_PAUSE_MIN, Calming
from app.services.journal import Journal
from app.services.marks import Marks
from app.services.session import Session
from app.services.tools import Tools


def _rows(connection: Connection) -> dict[str, int]:
    names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return {name: connection.execute(f"SELECT count(*) FROM '{name}'").fetchone()[0] for name in names}


def _writes(connection: Connection) -> int:
    return int(connection.execute("SELECT total_changes()").fetchone()[0])


def test_an_empty_journal_has_nothing_of_its_own_and_asking_writes_nothing(session: Session) -> None:
    before, changes = _rows(session.connection), _writes(session.connection)

    own = Calming(session).own()

    assert (own.pause, own.tools, own.contacts, own.for_two) == (None, (), (), False)
    assert _rows(session.connection) == before
    assert _writes(session.connection) == changes


def test_the_agreed_words_stand_before_newer_ones_without_a_mark(session: Session) -> None:
    journal, marks = Journal(session), Marks(session)
    agreed = journal.add("pause_script", {"words": "Pause. Back at {time}.", "length": 15, "back_words": "I’m back."})
    marks.mark(agreed, marks.state(agreed).current.hash)
    journal.add("pause_script", {"words": "Something newer."})

    pause = Calming(session).own().pause

    assert pause is not None and pause.record == agreed
    assert (pause.minutes, pause.back, pause.marked) == (15, "I’m back.", (session.person.id,))
    assert pause.agreed_ms is not None


def test_words_without_a_length_take_the_usual_one(session: Session) -> None:
    Journal(session).add("pause_script", {"words": "Not now."})

    pause = Calming(session).own().pause

    assert pause is not None and pause.minutes == USUAL_PAUSE_MIN and pause.agreed_ms is None


def test_tools_and_people_are_those_of_this_person(session: Session) -> None:
    journal = Journal(session)
    journal.add("tool", {"title": "Walk the yard", "how": "Twice round."})
    journal.add("support_contact", {"name": "Mo", "reach": "the number on the fridge", "code_word": "tulip"})

    own = Calming(session).own()

    assert [(one.title, one.how) for one in own.tools] == [("Walk the yard", "Twice round.")]
    assert [(one.name, one.reach, one.code_word) for one in own.contacts] == [
        ("Mo", "the number on the fridge", "tulip")
    ]


def test_side_by_side_is_for_two_and_never_after_danger(couple: Session) -> None:
    assert Calming(couple).own().for_two

    Journal(couple).add("injury", {"title": "That night", "breach": ["abuse_forms"]})

    assert not Calming(couple).own().for_two


def test_what_helped_in_calm_is_learned_from_and_can_be_taken_back(session: Session) -> None:
    tools = Tools(session)
    first = tools.keep("Cold water")
    second = tools.keep("Walk the yard")
    assert tools.use(first).times == 0

    use = tools.helped("cold water")
    tools.helped("cold water")

    assert tools.use(first).times == 1
    assert tools.use(first).last_day == session.today()
    assert [one.tool for one in tools.offered()][:2] == [first, second]
    tools.take_back(use)
    assert tools.use(first).times == 0
