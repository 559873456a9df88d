"""What the page for two tells in words: on real vaults of two, and only what each let be read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.domain.errors import Code, VaultError
from app.domain.records import RecordId
from app.services.desk import Desk
from app.services.looking_together import MOST_LINES, told, we_talked
from tests.fixtures import two
from tests.fixtures.weeks import MONDAY, TODAY, write

SPAN = (MONDAY - 83, TODAY)
SILENT = "what nobody ticked stays where it is"


def put(desk: Desk, kind: str, **answers: object) -> RecordId:
    """A record in the space for two, as this person writes it there."""
    with desk.session.change(two.shared_of(desk)) as change:
        return change.put(kind, desk.session.kinds.parse(kind, answers))


def day(offset: int) -> dict[str, str]:
    """A day before the newest Monday, as a form gives it."""
    return {"day": dt.date.fromordinal(MONDAY - offset).isoformat()}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return two.copied(tmp_path / "vault")


@pytest.fixture
def noa(root: Path) -> Iterator[Desk]:
    """Noa's desk, after Jules wrote; both are here."""
    jules = two.second_desk(root)
    write(jules.session, "checkin", MONDAY - 3, felt_safety=6, line="you rang from the train", share_line=True)
    write(jules.session, "checkin", MONDAY - 4, felt_safety=6, line=SILENT)
    put(jules, "appreciation", line="the note on the fridge", at=day(2))
    boundary = put(jules, "boundary", wording="We stop when one of us says pause.")
    ritual = put(jules, "ritual", title="Ten quiet minutes")
    for offset in (9, 9, 5):
        put(jules, "ritual_completion", ritual=ritual, at=day(offset), outcome="done")
    put(jules, "ritual_completion", ritual=ritual, at=day(4), outcome="open")
    promise = put(jules, "commitment", wording="I say first when I am late.")
    for offset, outcome in ((8, "kept"), (6, "kept_late"), (5, "not_kept")):
        put(jules, "commitment_event", commitment=promise, at=day(offset), outcome=outcome)
    note = put(jules, "boundary_occasion", boundary=boundary, at=day(6), outcome="honoured", note="it held")
    jules.close()
    desk = two.first_desk(root)
    put(desk, "boundary_occasion", boundary=boundary, at=day(6), outcome="crossed", note="it went on", reading_of=note)
    desk.both.unlock(two.OTHER_PASSPHRASE)
    yield desk
    desk.close()


def test_each_part_stands_where_it_belongs(noa: Desk) -> None:
    found = told(noa.both, noa.session.content, *SPAN)
    assert [[line.words for line in lines] for lines in found.lines] == [[], ["you rang from the train"]]
    assert found.lines[1][0].week == MONDAY - 7
    assert [line.words if line else None for line in found.noticed] == [None, "the note on the fridge"]
    assert [(one.mark, one.words, one.times) for one in found.kept] == [(2, "I say first when I am late.", 2)]
    assert [(one.title, one.times) for one in found.done] == [("Ten quiet minutes", 2)]
    (reading,) = found.differently
    assert reading.agreement == "We stop when one of us says pause."
    assert [(one.mark, one.outcome, one.words) for one in reading.readings] == [
        (1, "crossed", "it went on"),
        (2, "kept", "it held"),
    ]


def test_a_line_that_was_not_ticked_is_nowhere(noa: Desk) -> None:
    assert SILENT not in repr(told(noa.both, noa.session.content, *SPAN))
    assert SILENT not in repr(noa.both.lines(*SPAN))


def test_newest_lines_first_and_never_many(noa: Desk) -> None:
    for offset in range(1, 8):
        put(noa, "moment", for_what=f"line {offset}", at=day(offset))
    lines = told(noa.both, noa.session.content, *SPAN).lines[0]
    assert [line.words for line in lines] == [f"line {offset}" for offset in range(1, MOST_LINES + 1)]


def test_other_weeks_stay_out(noa: Desk) -> None:
    found = told(noa.both, noa.session.content, MONDAY - 83, MONDAY - 21)
    assert (found.lines, found.kept, found.done, found.differently) == (((), ()), (), (), ())


def test_an_occasion_that_rests_is_shown_no_more(noa: Desk) -> None:
    (note,) = [one for one in noa.both.shared(("boundary_occasion",), *SPAN) if one.author == 1]
    noa.agreement_notes.settle(note.id)
    assert len(told(noa.both, noa.session.content, *SPAN).differently) == 1, "one alone does not settle it"


def test_we_talked_keeps_the_date_and_nothing_else(noa: Desk) -> None:
    record = we_talked(noa.journal, noa.session)
    (talk,) = noa.both.shared(("conversation",), TODAY, TODAY)
    assert (talk.id, talk.day) == (record, TODAY)
    answers = {name: getattr(talk.body, name) for name in talk.body.__struct_fields__}
    assert {name for name, value in answers.items() if value} == {"script", "at"}
    assert getattr(talk.body, "at").time is None  # noqa: B009 - a field of a kind, unknown to the type checker


def test_nothing_is_told_once_it_is_over(noa: Desk) -> None:
    noa.both.close()
    for ask in (lambda: told(noa.both, noa.session.content, *SPAN), lambda: noa.both.lines(*SPAN)):
        with pytest.raises(VaultError) as refused:
            ask()
        assert refused.value.code is Code.NOT_BOTH_HERE
