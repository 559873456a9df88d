"""The kit that learns: what is offered first, what is asked once, and how it went in words."""

from __future__ import annotations

import datetime as dt

import pytest

from app.domain.records import RecordId
from app.services.journal import Journal
from app.services.session import Session
from app.services.tools import NOTHING_YET, Eased, Tools
from app.services.triggers import Triggers


def _log(session: Session, *helped: str, peak: int | None = 8, after: int | None = None, days_ago: int = 0) -> None:
    day = dt.date.fromordinal(session.today() - days_ago).isoformat()
    answers = {"at": {"day": day}, "cue": "A tone", "peak": peak, "after": after, "helped": list(helped)}
    Triggers(session).save({name: value for name, value in answers.items() if value is not None})


def test_own_tools_come_first_and_nothing_yet_last(session: Session) -> None:
    record = Journal(session).add("tool", {"title": "The back step"})

    offered = Tools(session).offered()

    assert (offered[0].key, offered[0].tool) == ("The back step", record)
    assert offered[-1].key == NOTHING_YET
    listed = [option.id for option in session.content.list("helped").items]
    assert [word.key for word in offered[1:]] == listed  # nothing learned yet: the list's own order


def test_what_is_used_and_eases_rises(session: Session) -> None:
    for _ in range(3):
        _log(session, "walk", after=2)
        _log(session, "music", after=7)
    _log(session, "rest", after=7)

    words = [word.key for word in Tools(session).offered()]

    assert words[:3] == ["walk", "music", "rest"]


def test_one_lucky_time_does_not_outdo_a_habit(session: Session) -> None:
    for number in range(12):
        _log(session, "walk", after=4, days_ago=number)
    _log(session, "music", after=0)

    words = [word.key for word in Tools(session).offered()]

    assert words.index("walk") < words.index("music")


def test_tools_are_ordered_by_the_same_rule_whatever_their_spelling(session: Session) -> None:
    for title in ("Singing", "The back step"):
        Journal(session).add("tool", {"title": title})
    _log(session, "the back step", after=2)

    assert [word.key for word in Tools(session).offered()][:2] == ["The back step", "Singing"]


def test_own_words_used_twice_are_offered_again(session: Session) -> None:
    _log(session, "the cat")
    assert "the cat" not in {word.key for word in Tools(session).offered()}
    _log(session, "the cat")

    assert "the cat" in {word.key for word in Tools(session).offered()}


def test_an_own_word_is_asked_about_until_it_is_kept_or_declined(session: Session) -> None:
    tools = Tools(session)
    assert tools.unkept(["walk", "the cat"]) == "the cat"
    assert tools.unkept(["walk"]) is None

    tools.keep("the cat")
    assert tools.unkept(["The Cat"]) is None

    tools.decline("humming")
    assert tools.unkept(["Humming", "the swing"]) == "the swing"


@pytest.mark.parametrize(
    ("after", "eased"), [(3, Eased.CAME_DOWN), (6, Eased.EASED), (8, Eased.STAYED), (None, Eased.UNKNOWN)]
)
def test_a_tool_says_how_often_and_how_it_went(session: Session, after: int | None, eased: Eased) -> None:
    tools = Tools(session)
    record = tools.keep("the swing")
    _log(session, "The swing", after=after, days_ago=3)
    _log(session, "the swing", "walk", after=after, days_ago=9)

    use = tools.use(record)

    assert (use.times, use.last_day, use.eased) == (2, session.today() - 3, eased)


def test_a_renamed_tool_keeps_its_past(session: Session) -> None:
    tools, journal = Tools(session), Journal(session)
    record = tools.keep("the swing")
    _log(session, "the swing", after=2)
    journal.edit(record, {"title": "The garden swing"})
    _log(session, "The garden swing", after=2)

    assert tools.use(record).times == 2


def test_a_tool_nobody_used_says_so(session: Session) -> None:
    tools = Tools(session)

    use = tools.use(RecordId(tools.keep("the swing")))

    assert (use.times, use.last_day, use.eased) == (0, None, Eased.UNKNOWN)
