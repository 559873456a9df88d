"""What stands on the two sheets about closeness leaves through no door by itself: not shared, counted, or summed up."""

from __future__ import annotations

import pytest

from app.domain.errors import RecordError
from app.services.desk import Desk
from app.services.session import Session
from tests.fixtures.both import Both
from tests.fixtures.session import EVENING

SHEETS: dict[str, dict[str, object]] = {
    "intimacy_map": {
        "items": [{"row": "hug", "answer": "no", "pace": "zanzibar"}],
        "limits": ["zanzibar"],
        "asking": "zanzibar",
    },
    "closeness_ladder": {"rungs": [{"rung": "zanzibar", "feel": "too_much"}], "resting_place": "zanzibar"},
}


@pytest.mark.parametrize("kind", SHEETS)
def test_closeness_stays_where_it_is_written(couple: Session, kind: str) -> None:
    desk = Desk(couple, lambda: None)
    record = desk.journal.add(kind, SHEETS[kind])
    with pytest.raises(RecordError):
        desk.sharing.share(record, desk.sharing.preview(record))
    assert desk.session.space_of(record) is desk.session.space
    assert not [field.id for field in couple.content.kind(kind).fields if field.measure]
    counted = couple.connection.execute(
        "SELECT count(*) FROM measure m JOIN record r ON r.number = m.record WHERE r.id = ?", (record,)
    ).fetchone()
    assert counted == (0,)
    document = desk.summaries.markdown(desk.summaries.choice())
    assert "zanzibar" not in document
    assert [hit.id for hit in desk.journal.search("zanzibar")] == [record]


@pytest.mark.parametrize("kind", SHEETS)
def test_the_other_person_meets_it_nowhere(both: Both, kind: str) -> None:
    mine, theirs = Desk(both.noa, lambda: None), Desk(both.jules, lambda: None)
    record = mine.journal.add(kind, SHEETS[kind])
    assert not list(theirs.journal.search("zanzibar"))
    assert theirs.timeline.search("zanzibar").rows == ()
    assert theirs.timeline.page().rows == ()
    assert theirs.timeline.outline() == ()
    assert theirs.practices.past("map-of-closeness") == theirs.practices.past("closer-step-by-step") == ()
    assert {doing.times for doing in theirs.practices.all()} == {0}
    with pytest.raises(RecordError):
        theirs.timeline.open(record)


@pytest.mark.parametrize("kind", SHEETS)
def test_trends_neither_draw_nor_count_it(couple: Session, kind: str) -> None:
    desk = Desk(couple, lambda: None)
    today = EVENING.date().toordinal()
    before = [desk.trends.report(period, today).as_json() for period in ("1", "3", "12", "all")]
    desk.journal.add(kind, SHEETS[kind])
    after = [desk.trends.report(period, today) for period in ("1", "3", "12", "all")]
    assert [report.as_json() for report in after] == before
    assert not any("zanzibar" in sentence for report in after for sentence in report.sentences())
