"""The sample vault of two: who sees what, since when, and that no earlier wording lies in the file for both."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from app import paths
from app.crypto.kdf import FLOOR
from app.domain.errors import Code, VaultError
from app.domain.records import RecordId
from app.services import demo, sample, sample_marks, vaults
from app.services.desk import Desk
from app.services.sample import SampleEntry, entries
from tests.fixtures.session import EVENING, ZONE, shipped_content

TODAY = EVENING.date()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, demo.Demo]:
    """The whole sample vault, with the lowest costs."""
    path = tmp_path_factory.mktemp("demo") / "vault"
    return path, demo.create(path, content=shipped_content(), now=lambda: EVENING, kdf=FLOOR)


@pytest.fixture(params=(0, 1), ids=("noa", "jules"))
def desk(request: pytest.FixtureRequest, made: tuple[Path, demo.Demo]) -> Iterator[Desk]:
    """The desk of one of them."""
    path, sample = made
    name, passphrase = sample.passphrases[request.param]
    opened = vaults.unlock(path, passphrase, name, content=shipped_content(), now=lambda: EVENING, zone=ZONE)
    yield opened
    opened.close()


def written(person: str) -> list[SampleEntry]:
    return entries(paths.resources(), TODAY, person, for_two=True)


def on_the_timeline(ids: set[str], person: str) -> set[str]:
    """A ticked day of a ritual stands there only with a word."""
    wordless = {e.id for e in written(person) if e.kind == "ritual_completion" and not e.body.get("note")}
    return ids - wordless


def shared_ids(person: str) -> set[str]:
    return {entry.id for entry in written(person) if entry.shared_at is not None}


def other(desk: Desk) -> str:
    return {"Noa": "jules", "Jules": "noa"}[desk.session.person.name]


def own(desk: Desk) -> str:
    return desk.session.person.name.lower()


def test_each_reads_their_own_part_and_what_was_shared(desk: Desk) -> None:
    me, they = own(desk), other(desk)
    mine = on_the_timeline({entry.id for entry in written(me)}, me)
    theirs = on_the_timeline(shared_ids(they), they)
    items = [row.entry for row in desk.timeline.page(limit=2_000).rows]

    assert len(items) == len(mine | theirs)
    assert sum(item.shared for item in items) == len(on_the_timeline(shared_ids(me), me) | theirs)
    assert sum(item.theirs for item in items) == len(theirs)
    assert desk.session.partner == they.capitalize()
    assert desk.checks.verify().clean


def test_everything_written_is_counted_once(made: tuple[Path, demo.Demo]) -> None:
    assert made[1].records == sum(len({entry.id for entry in written(person)}) for person in ("noa", "jules"))


def test_no_check_in_and_no_trigger_is_shared(desk: Desk) -> None:
    kinds = {row.entry.kind for row in desk.timeline.page(limit=2_000).rows if row.entry.shared}
    assert not kinds & {"checkin", "trigger", "risk_look", "weekly_look_back", "intimacy_map", "closeness_ladder"}
    assert {"injury", "path_step", "new_experience", "life_marker", "note", "boundary", "ritual", "cycle"} <= kinds


def test_threads_were_shared_when_the_diary_says(desk: Desk) -> None:
    told = {row.title: row for row in desk.threads.list()}
    assert {title for title, row in told.items() if row.shared} == {
        "The night at the hospital",
        "Le jour du déménagement",
        "The holiday we cancelled",
    }
    hospital = told["The night at the hospital"]
    versions = desk.threads.versions(hospital.record)
    assert len(versions) == (7 if own(desk) == "noa" else 4)
    assert hospital.place == ("carries" if own(desk) == "noa" else "answers")
    assert told["The holiday we cancelled"].standing == "settled"
    notes = desk.threads.detail(hospital.record).notes
    assert {note.theirs for note in notes} == {True, False}


def test_the_file_for_both_holds_one_state_of_each_from_before_and_no_private_link(desk: Desk) -> None:
    shared = desk.session.shared
    assert shared is not None
    targets = {row[0] for row in shared.connection.execute("SELECT target FROM link")}
    standing = {row[0] for row in shared.connection.execute("SELECT id FROM record")}
    assert targets <= standing
    for person in ("noa", "jules"):
        states: dict[str, list[SampleEntry]] = {}
        for entry in written(person):
            states.setdefault(entry.id, []).append(entry)
        kept = [one for one in states.values() if one[0].shared_at is not None]
        after = sum(sum(entry.written_at > one[0].shared_at for entry in one if one[0].shared_at) for one in kept)
        author = desk.session.person.id
        same = "author = ?" if person == own(desk) else "author != ?"
        rows = shared.connection.execute(f"SELECT count(*) FROM revision WHERE {same}", (author,)).fetchone()
        signed = len(list(sample_marks.signed(paths.resources(), TODAY - sample.LAST_DAY, person)))
        assert signed > 3
        assert rows[0] == len(kept) + after + signed
    bodies = [json.loads(row[0]) for row in shared.connection.execute("SELECT body FROM revision")]
    assert not any("felt_safety" in body for body in bodies)


def test_the_other_part_stays_shut(made: tuple[Path, demo.Demo], desk: Desk) -> None:
    private = [row.entry.id for row in desk.timeline.page(limit=2_000).rows if not row.entry.shared]
    path, sample = made
    desk.close()
    phrase = next(phrase for name, phrase in sample.passphrases if name.lower() == other(desk))
    theirs = vaults.unlock(path, phrase, content=shipped_content(), now=lambda: EVENING, zone=ZONE)
    try:
        assert not any(theirs.journal.entry(RecordId(record)) for record in private)
    finally:
        theirs.close()


def test_each_passphrase_opens_its_own_person_only(made: tuple[Path, demo.Demo]) -> None:
    path, sample = made
    (noa, phrase), (jules, other_phrase) = sample.passphrases
    assert phrase != other_phrase
    assert (phrase, other_phrase) == (demo.sample_passphrase(1), demo.sample_passphrase(1, demo.OTHER))
    for name, wrong in ((noa, other_phrase), (jules, phrase)):
        with pytest.raises(VaultError) as refusal:
            vaults.unlock(path, wrong, name, content=shipped_content())
        assert refusal.value.code is Code.UNKNOWN_PERSON


def test_a_short_sample_has_both_people_too(tmp_path: Path) -> None:
    sample = demo.create(tmp_path / "vault", content=shipped_content(), now=lambda: EVENING, months=1, kdf=FLOOR)
    for _, phrase in sample.passphrases:
        desk = vaults.unlock(tmp_path / "vault", phrase, content=shipped_content(), now=lambda: EVENING, zone=ZONE)
        assert len([row for row in desk.threads.list() if row.shared]) == 3
        assert desk.checks.verify().clean
        desk.close()


def test_what_was_noticed_of_a_promise_is_the_others_own_record(desk: Desk) -> None:
    rows = [row for row in desk.commitments.rows() if row.shared]
    details = [desk.commitments.detail(row.record) for row in rows]
    theirs = [line for one in details if not one.mine for event in one.events for line in event.noticed]
    mine = [line for one in details if one.mine and not one.joint for event in one.events for line in event.noticed]
    assert theirs and all(line.by_me for line in theirs), "of the other's promises only I can say what I noticed"
    assert mine and not any(line.by_me for line in mine), "and of mine only the other can"
    if desk.session.person.name == "Noa":
        assert any(line.thanks for line in theirs)


def test_the_pause_words_are_marked_by_both(desk: Desk) -> None:
    pause = desk.calming.own().pause
    assert pause is not None and pause.agreed_ms is not None
    assert len(pause.marked) == 2
