"""The sample vault's entries: all accepted, all accounted for, the same every time."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter, defaultdict
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import pytest

from app import paths
from app.domain.content import load
from app.domain.fields import FieldType, Precision
from app.domain.kinds.checkin import Checkin
from app.domain.kinds.registry import Kinds
from app.domain.kinds.trigger import Trigger
from app.services import sample_mapping as mapping
from app.services.sample import LAST_DAY, SampleEntry, entries, people

TODAY = dt.date(2031, 3, 2)
PEOPLE = ("noa", "jules")
SAMPLE = paths.resources() / "sample"
PARTS_FILES = frozenset({"agreements", "commitments", "conversations", "lookbacks", "rituals", "therapy", "worksheets"})
"""Files whose words are looked for one by one in test_sample_parts."""


@cache
def kinds() -> Kinds:
    return Kinds(load(paths.resources() / "content"))


@cache
def written(person: str, months: int = 9, today: dt.date = TODAY, seed: int | None = None) -> tuple[SampleEntry, ...]:
    return tuple(entries(paths.resources(), today, person, months, seed))


@cache
def lines(file: str) -> tuple[dict[str, Any], ...]:
    return tuple(json.loads(line) for line in (SAMPLE / f"{file}.jsonl").read_text(encoding="utf-8").splitlines())


def own(file: str, person: str, kind: str | None = None) -> list[dict[str, Any]]:
    return [row for row in lines(file) if row["author"] == person and kind in {None, row["kind"]}]


def parsed(person: str, kind: str) -> dict[str, Any]:
    """The last state of every record of a kind, by sample id."""
    return {entry.id: kinds().parse(kind, entry.body) for entry in written(person) if entry.kind == kind}


def test_two_people_in_their_order() -> None:
    assert [(person.id, person.name) for person in people(paths.resources())] == [("noa", "Noa"), ("jules", "Jules")]


@pytest.mark.parametrize("person", PEOPLE)
def test_every_entry_is_accepted_as_it_is(person: str) -> None:
    for entry in written(person):
        body = kinds().parse(entry.kind, entry.body)
        stored = json.loads(kinds().encode(body))
        assert stored.keys() == entry.body.keys(), entry.id


@pytest.mark.parametrize("person", PEOPLE)
def test_only_words_of_ones_own_stand_beside_the_listed_ones(person: str) -> None:
    """An id that the lists do not know is accepted as an own word: only real words may slip through that way."""
    known_labels: Counter[str] = Counter()
    for entry in written(person):
        for field in kinds().declared(entry.kind).fields:
            value = entry.body.get(field.id)
            if field.type is FieldType.CHIPS and value:
                assert isinstance(value, list | dict)
                for word in value:
                    if not any(option.id == word for option in field.options):
                        known_labels[field.id] += 1
                        assert "_" not in word, (entry.id, field.id)
                        assert not any(option.label == word for option in field.options), (entry.id, word)
    assert set(known_labels) <= {"cue_kind", "other_move", "body_then", "breach", "my_move", "my_softer"}


@pytest.mark.parametrize(
    "person, counts",
    [
        (
            "noa",
            {
                "apology": 1,
                "appreciation": 13,
                "boundary": 6,
                "boundary_occasion": 118,
                "checkin": 213,
                "closeness_ladder": 1,
                "commitment": 6,
                "commitment_event": 18,
                "conversation": 5,
                "couple_bubble": 1,
                "cycle": 1,
                "emotion_responses": 1,
                "forgiveness_work": 1,
                "goal": 3,
                "injury": 3,
                "intimacy_map": 1,
                "joint_narrative": 1,
                "letter": 1,
                "life_marker": 15,
                "moment": 15,
                "new_experience": 5,
                "path_step": 13,
                "pause_script": 1,
                "plan": 1,
                "risk_look": 13,
                "ritual": 5,
                "ritual_completion": 179,
                "setback": 3,
                "styles_reflection": 2,
                "then_and_now": 6,
                "therapy_session": 11,
                "tool": 7,
                "trigger": 131,
                "trust_cycle": 1,
                "trust_levels": 2,
                "weekly_look_back": 13,
                "windows_walls": 1,
            },
        ),
        (
            "jules",
            {
                "apology": 2,
                "appreciation": 11,
                "boundary": 2,
                "boundary_occasion": 57,
                "checkin": 101,
                "commitment": 7,
                "commitment_event": 11,
                "conversation": 1,
                "couple_bubble": 1,
                "emotion_responses": 1,
                "forgiveness_work": 1,
                "injury": 2,
                "intimacy_map": 1,
                "life_marker": 3,
                "moment": 9,
                "new_experience": 2,
                "note": 1,
                "path_step": 7,
                "risk_look": 7,
                "ritual": 3,
                "ritual_completion": 139,
                "setback": 2,
                "styles_reflection": 1,
                "template": 1,
                "therapy_session": 1,
                "tool": 5,
                "trigger": 22,
                "trust_levels": 1,
                "trust_revival": 1,
                "weekly_look_back": 7,
            },
        ),
    ],
)
def test_how_much_there_is(person: str, counts: dict[str, int]) -> None:
    records = {(entry.kind, entry.id) for entry in written(person)}
    assert Counter(kind for kind, _ in records) == counts
    states = [entry for entry in written(person) if entry.kind == "injury"]
    assert len(states) == {"noa": 13, "jules": 10}[person]


@pytest.mark.parametrize("person", PEOPLE)
@pytest.mark.parametrize(
    "file, there, kind",
    [
        ("checkin_lines", "checkin", "checkin"),
        ("triggers", "trigger", "trigger"),
        ("injuries", "injury", "injury"),
        ("moments", "new_experience", "new_experience"),
        ("markers", "marker", "life_marker"),
    ],
)
def test_every_line_of_a_mapped_file_arrives(person: str, file: str, there: str, kind: str) -> None:
    expected = {row["id"] for row in own(file, person, there)}
    arrived = {entry.id for entry in written(person) if entry.kind == kind}
    assert expected <= arrived
    assert all(extra.endswith("-settled") for extra in arrived - expected)


def test_every_key_of_every_line_is_mapped_or_waits() -> None:
    files = {path.stem for path in SAMPLE.glob("*.jsonl")}
    mapped_files = files - mapping.TRUTH_FILES - PARTS_FILES
    assert mapped_files == {"checkin_lines", "triggers", "injuries", "moments", "markers"}
    keys: defaultdict[str, set[str]] = defaultdict(set)
    for file in mapped_files:
        for row in lines(file):
            keys[row["kind"]] |= row.keys()
    assert keys.keys() - mapping.MAPPED.keys() == {"moment", "appreciation", "setback"}
    for kind, mapped in mapping.MAPPED.items():
        named = mapped | mapping.WAITING.get(kind, frozenset()) | mapping.ENVELOPE
        assert keys[kind] <= named, kind
        assert mapped <= keys[kind], kind


def test_every_mapped_key_makes_a_difference() -> None:
    """Empty a key in every line: something in what is written has to change."""
    shift = dt.timedelta(0)
    single = {
        "trigger": ("triggers", mapping.trigger),
        "checkin": ("checkin_lines", mapping.checkin),
        "new_experience": ("moments", mapping.new_experience),
        "marker": ("markers", mapping.marker),
    }
    for kind, (file, answers) in single.items():
        rows = [row for row in lines(file) if row["kind"] == kind]
        for key in mapping.MAPPED[kind]:
            changed = 0
            for row in rows:
                if row.get(key) in (None, [], {}, False):
                    continue
                without = {**row, key: _emptied(row[key])}
                changed += answers(without, shift) != answers(row, shift)
            assert changed, (kind, key)
    for key in mapping.MAPPED["injury"] - {"weight", "narrative", "narrative_saved", "path", "settled"}:
        rows = [row for row in lines("injuries") if row[key]]
        emptied = [{**row, key: _emptied(row[key])} for row in rows]
        pairs = zip(emptied, rows, strict=True)
        assert any(mapping.injury(a, shift, {}) != mapping.injury(b, shift, {}) for a, b in pairs), key


def _emptied(value: object) -> object:
    if isinstance(value, dict):
        return dict.fromkeys(value) if "from" in value else {}
    return type(value)() if isinstance(value, list | str | int) else None


@pytest.mark.parametrize("person", PEOPLE)
def test_numbers_and_words_arrive_unchanged(person: str) -> None:
    for row in own("checkin_lines", person):
        body = parsed(person, "checkin")[row["id"]]
        assert isinstance(body, Checkin)
        assert (body.felt_safety, body.trust, body.line) == (row["felt_safety"], row["trust"], row["line"])
        for key in ("accessible", "responsive", "engaged", "outside_load"):
            expected = row[key] if row[key] is not None else {"no occasion": "no_occasion"}.get(row["why_null"][key])
            assert getattr(body, key) == expected
        assert body.share_line is (True if row["visibility"] == "shared" and row["line"] else None)
    for row in own("triggers", person):
        body = parsed(person, "trigger")[row["id"]]
        assert isinstance(body, Trigger)
        assert body.peak == row.get("intensity")
        assert body.after == row.get("after")
        assert body.is_settled == (row.get("minutes") is not None)
        assert body.speed() in ({"tally"} if row["speed"] == "tally" else {"quick", "full"})
        assert body.cue == row.get("cue")


def test_a_trigger_from_before_its_thread_is_linked_when_the_thread_begins() -> None:
    states: defaultdict[str, list[SampleEntry]] = defaultdict(list)
    for entry in written("noa"):
        states[entry.id].append(entry)
    begun = states["inj-hospital"][0].written_at
    early = [found for key, found in states.items() if key.startswith("trg") and len(found) > 1]
    assert len(early) == 13
    for first, second in early:
        assert "thread" not in first.body
        assert {**first.body, "thread": second.body["thread"]} == second.body
        assert first.written_at < states[str(second.body["thread"])][0].written_at < second.written_at
    assert any(second.written_at - begun == dt.timedelta(minutes=5) for _, second in early)
    linked = {row["id"]: row.get("injury") for row in own("triggers", "noa")}
    assert {key: parsed("noa", "trigger")[key].thread for key in linked} == linked


def test_a_strength_of_five_becomes_four() -> None:
    assert [mapping.from_0_5(strength) for strength in range(6)] == [0, 1, 2, 2, 3, 4]


def test_a_thread_is_weighed_again_and_again() -> None:
    states = [entry for entry in written("noa") if entry.id == "inj-hospital"]
    assert [entry.body.get("weight") for entry in states] == [9, 9, 8, 7, 5, 5]
    assert [bool(entry.body.get("story")) for entry in states] == [False] * 5 + [True]
    assert states == sorted(states, key=lambda entry: entry.written_at)
    assert parsed("noa", "injury")["inj-hospital"].when.precision is Precision.MONTH
    assert parsed("jules", "injury")["inj-holiday"].state == "settled"
    holiday = [entry for entry in written("jules") if entry.id == "inj-holiday"]
    assert [entry.body["state"] for entry in holiday] == ["open"] * (len(holiday) - 1) + ["settled"]


@pytest.mark.parametrize("person", PEOPLE)
@pytest.mark.parametrize("months", [1, 3, 8, 9])
def test_a_link_points_at_something_written_before(person: str, months: int) -> None:
    known: set[str] = set()
    for entry in written(person, months):
        linked = {name for name in entry.body if kinds().declared(entry.kind).field(name).type is FieldType.LINK}  # type: ignore[union-attr]
        assert linked == set(entry.links)
        for name in entry.links:
            assert entry.body[name] in known, entry.id
        known.add(entry.id)


@pytest.mark.parametrize("person", PEOPLE)
@pytest.mark.parametrize("today", [TODAY, LAST_DAY, dt.date(2024, 2, 29), dt.date(2040, 10, 28)])
def test_days_move_by_whole_days_and_times_stay(person: str, today: dt.date) -> None:
    original, moved = written(person, today=LAST_DAY), written(person, today=today)
    shift = today - LAST_DAY
    assert len(original) == len(moved)
    by_id = {(entry.id, entry.written_at.replace(tzinfo=None) + shift): entry for entry in original}
    for entry in moved:
        assert entry.written_at.tzinfo == ZoneInfo("Europe/Paris")
        before = by_id[entry.id, entry.written_at.replace(tzinfo=None)]
        assert entry.body.keys() == before.body.keys()
    assert max(entry.written_at.date() for entry in moved) == today
    assert list(moved) == sorted(moved, key=lambda entry: (entry.written_at, entry.id))


def test_the_file_s_own_days_are_kept_when_today_is_the_last_one() -> None:
    rows = {row["id"]: row for row in own("checkin_lines", "noa")}
    for entry in written("noa", today=LAST_DAY):
        if entry.kind == "checkin":
            row = rows[entry.id]
            assert entry.body["felt_for_date"] == row["date"]
            expected = row["entered_at"] or f"{row['date']}T{row['time']}"
            assert entry.written_at.isoformat(timespec="minutes")[:16] == expected


def test_the_same_arguments_give_the_same_entries() -> None:
    encode = msgspec.json.Encoder(order="sorted").encode
    for seed in (None, 7):
        one, two = (entries(paths.resources(), TODAY, "noa", 9, seed) for _ in range(2))
        assert encode(one) == encode(two)
    assert encode(list(written("noa"))) == encode(entries(paths.resources(), TODAY))


def test_another_seed_moves_numbers_by_at_most_one_point_and_nothing_else() -> None:
    plain, other, third = written("noa"), written("noa", seed=1), written("noa", seed=2)
    moved = 0
    for before, after in zip(plain, other, strict=True):
        if before.kind != "checkin":
            assert before == after
            continue
        for field, value in before.body.items():
            if isinstance(value, int) and field in mapping.SCALES:
                changed = after.body[field]
                assert isinstance(changed, int)
                assert abs(changed - value) <= 1
                moved += changed != value
            else:
                assert after.body[field] == value
        kinds().parse("checkin", after.body)
    assert moved > 300
    assert other != third


@pytest.mark.parametrize("person", PEOPLE)
def test_fewer_months_leave_out_what_is_older(person: str) -> None:
    first = dt.date(2030, 12, 2)
    short = written(person, 3)
    assert min(entry.written_at.date() for entry in short) >= first
    stand = {"injury", "boundary", "commitment", "ritual"}
    for kind in stand:
        begun = {entry.id for entry in written(person) if entry.kind == kind}
        assert {entry.id for entry in short if entry.kind == kind} == begun
    older = {e.id for e in written(person) if e.written_at.date() < first and e.kind not in stand}
    kept = [e for e in written(person) if e.written_at.date() >= first and e.id not in older]
    assert [entry for entry in short if entry in kept] == kept
    assert all(entry.kind in stand for entry in short if entry not in kept)


def test_a_month_s_end_is_counted_back_to_the_end_of_a_shorter_month() -> None:
    assert min(entry.written_at.date() for entry in written("noa", 1, dt.date(2031, 3, 31))) >= dt.date(2031, 2, 28)


@pytest.mark.parametrize("arguments", [{"person": "amari"}, {"months": 0}, {"months": -3}])
def test_other_people_and_no_months_are_refused(arguments: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="person or months"):
        entries(paths.resources(), TODAY, **arguments)
