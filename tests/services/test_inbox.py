"""The sealed inbox from one lock to the next unlock: order, once only, drafts, limits, and nothing readable."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.data import inbox as parcels_on_disk
from app.data.inbox import Parcel, drop, seal_draft
from app.domain.errors import Code, LeewardError
from app.domain.kinds.trigger import Trigger
from app.domain.records import new_id
from app.services.inbox import put_away
from tests.fixtures.inboxes import card_of, leave, new_vault, notes, opened, parcels
from tests.fixtures.session import EVENING, ZONE, shipped_kinds

MARKER = "marmalade lighthouse"
EVENING_MS = int(EVENING.timestamp() * 1000)


def _later(minutes: int) -> dt.datetime:
    return EVENING + dt.timedelta(minutes=minutes)


def test_what_is_left_while_locked_joins_once_and_is_told(tmp_path: Path) -> None:
    root = new_vault(tmp_path / "v")
    kinds, card = shipped_kinds(), card_of(root)
    put_away(root, card, kinds, "trigger", {}, _later(-3))
    put_away(root, card, kinds, "trigger", {"cue": "The door", "peak": 6, "move": ["withdraw"]}, _later(-2))
    leave(root, MARKER, _later(-1))
    with opened(root) as desk:
        assert desk.inbox is not None
        news = desk.inbox.news()
        assert (len(news.joined), news.drafts, news.kept_back, news.waiting) == (3, 0, 0, 0)
        tally, quick, note = (desk.journal.record(record) for record in news.joined)
        assert isinstance(tally.body, Trigger)
        assert isinstance(quick.body, Trigger)
        assert (tally.body.speed(), quick.body.speed(), note.kind) == ("tally", "quick", "note")
        assert [found.created_ms for found in (tally, quick, note)] == [EVENING_MS - n * 60_000 for n in (3, 2, 1)]
        assert note.zone == ZONE
        assert desk.checks.verify().clean
        assert parcels(root) == []
    with opened(root) as desk:
        assert desk.inbox is not None
        assert len(desk.inbox.news().joined) == 3  # not told yet
        desk.inbox.told()
    with opened(root) as desk:
        assert desk.inbox is not None
        assert desk.inbox.news().joined == ()
        assert notes(desk) == [MARKER]


def test_nothing_left_while_locked_can_be_read_and_kinds_look_alike(tmp_path: Path) -> None:
    root = new_vault(tmp_path / "v")
    put_away(root, card_of(root), shipped_kinds(), "trigger", {}, EVENING)
    put_away(root, card_of(root), shipped_kinds(), "trigger", {"cue": MARKER}, EVENING)
    leave(root, MARKER)
    seal_draft(root, card_of(root), "checkin:1", "checkin", {"line": MARKER}, EVENING_MS, ZONE)
    assert len({path.stat().st_size for path in parcels(root)}) == 1
    for path in (path for path in root.rglob("*") if path.is_file()):
        for word in (MARKER, "trigger", "checkin", "note", "body"):
            assert word.encode() not in path.read_bytes()


@given(steps=st.lists(st.integers(-2, 2), min_size=1, max_size=12))
def test_the_order_of_leaving_is_the_order_of_joining(
    steps: list[int], tmp_path_factory: pytest.TempPathFactory
) -> None:
    root = new_vault(tmp_path_factory.mktemp("order") / "v")
    at, words = EVENING - dt.timedelta(days=2), []
    for number, step in enumerate(steps):
        at += dt.timedelta(minutes=step)  # clocks stand still, and are turned back
        words.append(f"note {number}")
        leave(root, words[-1], at)
    with opened(root) as desk:
        assert notes(desk) == words
    shutil.rmtree(root)


def test_a_copy_joins_once_and_a_removed_record_does_not_come_back(tmp_path: Path) -> None:
    root = new_vault(tmp_path / "v")
    file = leave(root, "only once")
    raw = file.read_bytes()
    file.with_name("0" * 32 + ".sealed").write_bytes(raw)
    with opened(root) as desk:
        assert notes(desk) == ["only once"]
        assert parcels(root) == []
        assert desk.inbox is not None
        desk.journal.remove(desk.inbox.news().joined[0])
    file.write_bytes(raw)
    with opened(root) as desk:
        assert notes(desk) == []
        assert parcels(root) == []


def test_drafts_come_back_and_the_newest_wins_without_losing_the_other(tmp_path: Path) -> None:
    root = new_vault(tmp_path / "v")
    card = card_of(root)
    seal_draft(root, card, "trigger", "trigger", {"cue": "half a line"}, EVENING_MS, ZONE)
    raw = parcels(root)[0].read_bytes()
    with opened(root) as desk:
        assert desk.inbox is not None
        assert desk.inbox.news().drafts == 1
        found = desk.drafts.find("trigger")
        assert found is not None
        assert (found.body, found.saved_ms) == ({"cue": "half a line"}, EVENING_MS)
        desk.drafts.drop("trigger")
    (root / "inbox" / ("1" * 32 + ".sealed")).write_bytes(raw)  # it was not taken away, as after a crash
    with opened(root) as desk:
        assert desk.drafts.find("trigger") is None
    seal_draft(root, card, "trigger", "trigger", {"cue": "the newer"}, EVENING_MS + 2000, ZONE)
    seal_draft(root, card, "trigger", "trigger", {"cue": "the older"}, EVENING_MS + 1000, ZONE)
    with opened(root) as desk:
        found = desk.drafts.find("trigger")
        assert found is not None
        assert found.body == {"cue": "the newer"}
        assert [words.splitlines()[-1] for words in notes(desk)] == ["the older"]


def test_a_draft_of_a_record_that_is_gone_becomes_a_note(tmp_path: Path) -> None:
    root = new_vault(tmp_path / "v")
    seal_draft(root, card_of(root), new_id(), "note", {"body": MARKER}, EVENING_MS, ZONE)
    with opened(root) as desk:
        assert desk.drafts.all() == []
        assert MARKER in notes(desk)[0]


def test_a_clock_that_was_wrong_and_an_unknown_zone_harm_nobody(tmp_path: Path) -> None:
    root = new_vault(tmp_path / "v")
    leave(root, "from tomorrow's tomorrow", EVENING + dt.timedelta(days=900))
    drop(root, card_of(root), Parcel(new_id(), "note", {"body": "nowhere"}, EVENING_MS, "No/Where"))
    drop(root, card_of(root), Parcel(new_id(), "note", {"body": "before time"}, -5, ZONE))
    with opened(root) as desk:
        assert desk.inbox is not None
        found = [desk.journal.record(record) for record in desk.inbox.news().joined]
        assert [record.created_ms for record in found] == [EVENING_MS] * 3
        assert found[1].zone == "UTC"


@pytest.mark.parametrize(
    ("kind", "answers"),
    [
        ("injury", {"title": "x"}),
        ("note", {"thread": "0" * 32}),
        ("note", {}),
        ("note", {"body": "  "}),
        ("trigger", {"peak": 11}),
        ("trigger", {"then": "x"}),
    ],
)
def test_only_what_the_locked_screen_asks_can_be_left_or_joins(
    kind: str, answers: dict[str, object], tmp_path: Path
) -> None:
    root = new_vault(tmp_path / "v")
    with pytest.raises(LeewardError) as refused:
        put_away(root, card_of(root), shipped_kinds(), kind, answers, EVENING)
    assert refused.value.code is Code.INVALID_RECORD
    assert parcels(root) == []
    drop(root, card_of(root), Parcel(new_id(), kind, answers, EVENING_MS, ZONE))  # past the program's own check
    drop(root, card_of(root), Parcel(new_id(), "draft", answers, EVENING_MS, ZONE, key="x", form="no such kind"))
    with opened(root) as desk:
        assert desk.inbox is not None
        assert (desk.inbox.news().joined, desk.inbox.news().kept_back) == ((), 2)
        assert len(parcels(root)) == 2
        assert desk.inbox.discard_kept_back() == 2
        assert parcels(root) == []


def test_a_flood_waits_until_the_person_lets_it_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = new_vault(tmp_path / "v")
    for number in range(6):
        leave(root, f"n {number}")
    monkeypatch.setattr(parcels_on_disk, "MOST_FILES", 4)
    with pytest.raises(LeewardError) as refused:
        leave(root, "one more")
    assert refused.value.detail == {"reason": "inbox_full"}
    with opened(root) as desk:
        assert desk.inbox is not None
        assert (desk.inbox.news().waiting, desk.inbox.news().joined) == (4, ())
        assert len(parcels(root)) == 6
        assert len(desk.inbox.join(all_of_it=True).joined) == 6
        assert parcels(root) == []


def test_an_inbox_that_is_missing_or_odd_keeps_nobody_out(tmp_path: Path) -> None:
    root = new_vault(tmp_path / "v")
    shutil.rmtree(root / "inbox")
    with opened(root):
        pass
    (root / "inbox" / ("a" * 32 + ".sealed")).mkdir()
    (root / "inbox" / ("b" * 32 + ".sealed")).symlink_to("/etc/hostname")
    (root / "inbox" / "thumbs.db").write_bytes(b"x")
    leave_after = card_of(root)
    drop(root, leave_after, Parcel(new_id(), "note", {"body": "fine"}, EVENING_MS, ZONE))
    with opened(root) as desk:
        assert notes(desk) == ["fine"]
