"""Whatever a file claims to be: taken whole, or refused with its line, and the journal is as it was."""

from __future__ import annotations

import base64
import hashlib
import json
import random
import resource
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.crypto import archive
from app.data import projections
from app.domain.errors import Code, LeewardError
from app.services import demo
from app.services.exporting.choice import Choice, Target
from app.services.exporting.taking_out import TakingOut
from app.services.importing import scanner
from app.services.importing.bringing_in import BringingIn
from app.services.importing.report import Found
from app.services.journal import Journal
from app.services.session import Session
from tests.faults.table import Faults
from tests.fixtures.outside import brought_in, dateless, taken_out
from tests.fixtures.session import EVENING

Empty = Callable[[], Session]
Change = Callable[[dict[str, Any]], None]
ID = "0" * 31 + "1"


def frame(records: list[dict[str, Any]], **members: object) -> dict[str, Any]:
    head = {
        "format": "leeward-export",
        "version": 1,
        "made": "2026-05-14T19:30:00+02:00",
        "program": "0.1.0",
        "person": "Noa",
        "partner": None,
        "holds": {},
        "records": records,
        "attachments": [],
        "end": {"records": len(records), "attachments": 0},
    }
    return {**head, **members}


def note(**changed: object) -> dict[str, Any]:
    record = {
        "id": ID,
        "kind": "note",
        "zone": "Europe/Paris",
        "created": "2026-05-01T08:00:00.000+02:00",
        "changed": "2026-05-01T08:00:00.000+02:00",
        "answers": {"body": "A quiet walk"},
    }
    return {**record, **changed}


def tried(session: Session, path: Path, data: bytes | str | dict[str, Any]) -> Found:
    """Bring it in; nothing may be saved unless all of it could be taken."""
    if isinstance(data, dict):
        data = json.dumps(data, ensure_ascii=False)
    path.write_bytes(data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass"))
    head, shown = session.space.chain_head(session.person.id), projections.fingerprints(session.connection)
    try:
        found = BringingIn(session).bring_in(path)
        assert found is not None
    except LeewardError:
        found = None
    if found is None or found.trouble:
        assert found is None or not found.written
        assert session.space.chain_head(session.person.id) == head
        assert projections.fingerprints(session.connection) == shown
    if found is None:
        raise Refused
    return found


class Refused(Exception):  # noqa: N818  # reads as what happened
    """The whole file was refused."""


def test_a_file_of_another_layout_is_taken_as_well(session: Session, tmp_path: Path) -> None:
    found = tried(session, tmp_path / "f", json.dumps(frame([note(), note(id="0" * 31 + "2")]), indent=4))
    assert found.fresh == 2 and Journal(session).search("quiet")


@pytest.mark.parametrize(
    ("reason", "changed"),
    [
        ("bad_id", {"id": "../../etc"}),
        ("bad_id", {"id": ID.upper()[:-1] + "A"}),
        ("unknown_kind", {"kind": "spaceship"}),
        ("unknown_field", {"surprise": 1}),
        ("unknown_field", {"answers": {"body": "x", "surprise": 1}}),
        ("not_a_record", {"answers": None}),
        ("not_a_record", {"answers": ["body"]}),
        ("not_a_record", {"kind": 7}),
        ("not_a_record", {"by": "me"}),
        ("unknown_zone", {"zone": "../../../etc/passwd\n"}),
        ("unreadable_date", {"created": "yesterday"}),
        ("unreadable_date", {"created": "2026-05-01T08:00:00"}),
        ("unreadable_date", {"created": "1969-12-31T23:59:59+00:00"}),
        ("unreadable_date", {"created": "0001-01-01T00:00:00+14:00"}),
        ("date_out_of_range", {"changed": "2199-05-01T08:00:00.000+02:00"}),
        ("date_out_of_range", {"answers": {"body": "x", "at": {"day": "1066-10-14"}}}),
        ("unreadable_date", {"answers": {"body": "x", "at": {"day": "2026-02-30"}}}),
        ("unreadable_text", {"answers": {"body": "\ud800"}}),
        ("unreadable_text", {"answers": {"body": "a\0b"}}),
        ("too_long", {"answers": {"body": "x" * 1_048_577}}),
        ("needs_answer", {"answers": {}}),
    ],
)
def test_a_record_that_does_not_fit_is_named_by_its_line(
    reason: str, changed: dict[str, object], session: Session, tmp_path: Path
) -> None:
    good = [note(id=f"{n:032x}") for n in range(10, 14)]
    data = json.dumps(frame([*good, note(**changed)]), indent=1)
    line = data.count("\n")
    found = tried(session, tmp_path / "f", data)
    assert [problem.reason for problem in found.problems] in ([reason], ["required"])
    assert 0 < found.problems[0].line <= line
    assert not found.written and found.fresh == 4
    left_out = BringingIn(session).bring_in(tmp_path / "f", leaving_out=True)
    assert left_out is not None and left_out.written and left_out.fresh == 4
    assert session.space.verify().clean


def test_the_same_id_twice_is_named(session: Session, tmp_path: Path) -> None:
    found = tried(session, tmp_path / "f", frame([note(), note(answers={"body": "Other"})]))
    assert [problem.reason for problem in found.problems] == ["repeated"]


@pytest.mark.parametrize(
    "states",
    [
        [{"at": "2026-05-01T08:00:00+02:00", "answers": {"body": "a"}, "parents": [0]}],
        [
            {"at": "2026-05-01T08:00:00+02:00", "answers": {"body": "a"}},
            {"at": "2026-05-01T08:00:00+02:00", "answers": {"body": "b"}, "parents": [5]},
        ],
        [
            {"at": "2026-05-01T08:00:00+02:00", "answers": {"body": "a"}},
            {"at": "2026-05-01T08:00:00+02:00", "answers": {"body": "b"}, "parents": []},
        ],
        [{"at": "2026-05-01T08:00:00+02:00", "removed": True}],
        [{"at": "2026-05-01T08:00:00+02:00", "answers": {"body": "a"}, "removed": True}],
    ],
)
def test_states_that_follow_nothing_are_refused(states: list[object], session: Session, tmp_path: Path) -> None:
    record = note(states=states)
    del record["answers"]
    assert tried(session, tmp_path / "f", frame([record])).trouble == 1


WHOLE = json.dumps(frame([note()])).encode()


@pytest.mark.parametrize(
    ("reason", "data"),
    [
        ("cut_short", b""),
        ("not_json", b"\0" * 4096),
        ("not_json", b"PK\x03\x04 a zip"),
        ("not_an_export", b"{}"),
        ("not_an_export", b'{"records":[],"format":"leeward-export"}'),
        ("not_an_export", WHOLE.replace(b'"version": 1', b'"version": true')),
        ("newer_format", WHOLE.replace(b'"version": 1', b'"version": 2')),
        ("repeated_name", WHOLE.replace(b'"program"', b'"made"')),
        ("cut_short", WHOLE[:-40]),
        ("cut_short", WHOLE.replace(b'{"records": 1', b'{"records": 2')),
        ("cut_short", WHOLE[: WHOLE.index(b', "end"')] + b"}"),
        ("more_behind", WHOLE + b"{}"),
        ("too_deep", WHOLE.replace(b'"A quiet walk"', b"[" * 5000 + b"]" * 5000)),
        ("too_long", WHOLE.replace(b'"0.1.0"', b'"' + b"x" * 100_000 + b'"')),
        ("too_long", WHOLE + b" " * (3 << 20)),
        ("not_json", WHOLE.replace(b'"made":', b'"made"')),
    ],
)
def test_a_damaged_file_is_refused_with_its_reason(reason: str, data: bytes, session: Session, tmp_path: Path) -> None:
    path = tmp_path / "f"
    path.write_bytes(data)
    with pytest.raises(LeewardError) as refusal:
        BringingIn(session).look(path)
    assert refusal.value.code is Code.IMPORT_REFUSED and refusal.value.detail["reason"] == reason
    assert int(refusal.value.detail["line"]) >= 1


@pytest.mark.parametrize(
    "data",
    [
        WHOLE.replace(b"quiet", b"qui\xff\xfet"),
        WHOLE.replace(b'"kind"', b'"id": "x", "kind"'),
        WHOLE.replace(b'"A quiet walk"', b"NaN"),
        WHOLE.replace(b'"A quiet walk"', b"1" * 5000),
    ],
)
def test_a_broken_record_is_named(data: bytes, session: Session, tmp_path: Path) -> None:
    assert tried(session, tmp_path / "f", data).trouble == 1


def test_an_item_that_never_ends_is_not_kept_in_memory(session: Session, tmp_path: Path) -> None:
    """Ten gigabytes in one text, as far as the file claims: refused after the limit, with little memory."""
    path = tmp_path / "f"
    start = WHOLE[: WHOLE.index(b"quiet")]
    path.write_bytes(start)
    with path.open("r+b") as file:
        file.truncate(10 * 1024**3)  # a hole: takes no room, reads as zeros
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(LeewardError) as refusal:
        BringingIn(session).look(path)
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024
    assert refusal.value.detail["reason"] == "too_long"
    assert grown < 400, grown


def test_the_words_of_the_other_person_never_become_ones_own(session: Session, tmp_path: Path) -> None:
    found = tried(session, tmp_path / "f", frame([note(by="other", shared=True)], person="Jules"))
    assert (found.copies, found.fresh, found.other_person) == (1, 0, True)
    assert session.space.record(ID) is None  # type: ignore[arg-type]  # an id as a file has it


def test_looking_changes_nothing_and_says_the_same(couple: Session, empty: Empty, tmp_path: Path) -> None:
    demo.fill(couple, EVENING.date(), 1)
    file, other = taken_out(couple, tmp_path / "f", Choice(history=True)), empty()
    head = other.space.chain_head(other.person.id)
    looked = BringingIn(other).look(file)
    assert looked is not None and not looked.written
    assert other.space.chain_head(other.person.id) == head
    done = brought_in(other, file)
    assert (looked.fresh, looked.kinds, looked.first, looked.last) == (done.fresh, done.kinds, done.first, done.last)


def test_calling_it_off_leaves_nothing(couple: Session, empty: Empty, tmp_path: Path) -> None:
    demo.fill(couple, EVENING.date(), 3)
    file, other, looks = taken_out(couple, tmp_path / "f"), empty(), iter(range(10))
    assert BringingIn(other).bring_in(file, cancelled=lambda: next(looks) >= 2) is None
    assert other.space.chain_head(other.person.id)[0] == 0
    place = tmp_path / "out"
    for target in Target:
        assert TakingOut(couple).take_out(target, place, Choice(), phrase="seven", cancelled=lambda: True) is None
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith("out")) == []


def test_a_mangled_file_is_never_half_taken(
    couple: Session, empty: Empty, tmp_path: Path, faults: Faults, request: pytest.FixtureRequest
) -> None:
    demo.fill(couple, EVENING.date(), 1)
    whole = taken_out(couple, tmp_path / "whole", Choice(history=True, trash=True)).read_bytes()
    tries = 5000 if request.config.getoption("--full") else 200
    shuffle, other, passed = random.Random(20261122), empty(), 0
    for _ in range(tries):
        data = bytearray(whole)
        for _ in range(shuffle.choice((1, 1, 2, 8))):
            at = shuffle.randrange(len(data))
            act = shuffle.randrange(5)
            if act == 0:
                data[at] ^= 1 << shuffle.randrange(8)
            elif act == 1:
                del data[at : at + shuffle.randrange(1, 400)]
            elif act == 2:
                data[at:at] = data[at : at + shuffle.randrange(1, 200)]
            elif act == 3:
                data[at:at] = shuffle.randbytes(shuffle.randrange(1, 20))
            else:
                del data[at:]
                data += b"}"
        if bytes(data) == whole:
            passed += 1
            continue
        try:
            tried(other, tmp_path / "f", bytes(data))
            other = empty() if other.space.chain_head(other.person.id)[0] else other
        except Refused:
            pass
        passed += 1
    assert passed == tries
    faults.report("F4", "mangled exports", tried=tries, passed=passed)


def test_an_archive_comes_back_and_only_with_its_phrase(couple: Session, empty: Empty, tmp_path: Path) -> None:
    demo.fill(couple, EVENING.date(), 1)
    out = TakingOut(couple)
    phrase, place = out.phrase(), out.free_place(tmp_path, Target.ARCHIVE)
    done = out.take_out(Target.ARCHIVE, place, Choice(), phrase=phrase)
    assert done is not None and done.records > 50 and place.suffix == ".age"
    assert b"felt_safety" not in place.read_bytes() and archive.is_archive(place.read_bytes())
    other = empty()
    assert BringingIn(other).is_locked(place)
    with pytest.raises(LeewardError, match="wrong_passphrase"):
        BringingIn(other).look(place, "another")
    brought_in(other, place, phrase)
    assert dateless(other) == dateless(couple)


def test_an_added_file_comes_back_whole_and_a_false_one_does_not(
    session: Session, empty: Empty, tmp_path: Path
) -> None:
    content = b"\x89PNG" + bytes(range(256)) * 999
    about = {
        "name": "walk.png",
        "media": "image/png",
        "size": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
    }
    file = {"id": "a" * 32, "record": ID, "added": "2026-05-01T08:00:00+02:00", "about": about}
    whole = {**file, "content": base64.b64encode(content).decode()}
    end = {"records": 1, "attachments": 1}
    assert tried(empty(), tmp_path / "f", frame([note()], attachments=[file], end=end)).unattached == 1
    spoilt = {**whole, "content": base64.b64encode(content[1:]).decode()}
    assert tried(empty(), tmp_path / "f", frame([note()], attachments=[spoilt], end=end)).trouble == 1
    astray = {**whole, "record": "b" * 32}
    assert tried(empty(), tmp_path / "f", frame([note()], attachments=[astray], end=end)).trouble == 1
    assert tried(session, tmp_path / "f", frame([note()], attachments=[whole], end=end)).attached == 1
    other, kept = empty(), Choice(attachments=True)
    assert base64.b64encode(content) in dateless(session, kept)
    assert base64.b64encode(content)[:64] not in dateless(session)
    assert brought_in(other, taken_out(session, tmp_path / "g", kept)).attached == 1
    assert dateless(other, kept) == dateless(session, kept)


def test_items_across_reads_of_any_length_are_the_same() -> None:
    data = json.dumps(frame([note(answers={"body": 'a "quoted\\" {brace'}), note()]), indent=2).encode()
    for size in (1, 2, 3, 7, 64, 10_000):
        at = 0

        def read(_wanted: int, size: int = size) -> bytes:
            nonlocal at
            at += size
            return data[at - size : at]

        items = list(scanner.Scanner(read).items(frozenset({"records", "attachments"})))
        assert [item.member for item in items].count("records") == 2
        assert json.loads(items[7].data)["answers"]["body"] == 'a "quoted\\" {brace'
