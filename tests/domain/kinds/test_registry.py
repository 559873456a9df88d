"""What comes in is checked, what is stored comes back, and nothing private is in a refusal."""

from __future__ import annotations

import datetime as dt
import typing
from collections.abc import Mapping

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.content import Content
from app.domain.errors import Code, RecordError
from app.domain.fields import TEXT_LIMIT, Precision, When
from app.domain.kinds import shapes
from app.domain.kinds.intake import ITEM_LIMIT, OWN_WORD_LIMIT, Reason
from app.domain.kinds.registry import WITH_BEHAVIOUR, Kinds
from app.domain.records import Body
from tests.domain.answers import answers_of, texts
from tests.fixtures.session import kind_ids

SECRET = "the-words-nobody-may-see"


def refusal(kinds: Kinds, kind: str, raw: Mapping[str, object]) -> tuple[str, str]:
    with pytest.raises(RecordError) as caught:
        kinds.parse(kind, raw)
    assert caught.value.code is Code.INVALID_RECORD
    assert caught.value.detail["kind"] == kind
    assert SECRET not in str(caught.value)
    assert caught.value.__cause__ is None
    return str(caught.value.detail["field"]), str(caught.value.detail["reason"])


@pytest.mark.parametrize("kind_id", sorted(WITH_BEHAVIOUR))
def test_a_hand_written_kind_equals_its_declaration(kind_id: str, content: Content) -> None:
    declared = content.kind(kind_id)
    struct = WITH_BEHAVIOUR[kind_id]
    hints = typing.get_type_hints(struct)
    assert list(hints) == [field.id for field in declared.fields]
    for field in declared.fields:
        assert hints[field.id] == shapes.answer_type(field) | None, field.id
    built = shapes.build(declared)
    assert struct.__struct_defaults__ == built.__struct_defaults__
    mine, theirs = struct.__struct_config__, built.__struct_config__
    for name in ("frozen", "omit_defaults", "forbid_unknown_fields"):
        assert getattr(mine, name) == getattr(theirs, name), name


def test_every_declared_kind_has_a_frozen_type(kinds: Kinds, content: Content) -> None:
    for kind in content.kinds.values():
        struct = kinds.struct(kind.id)
        assert struct.__struct_fields__ == tuple(field.id for field in kind.fields)
        body = struct()
        with pytest.raises(AttributeError):
            setattr(body, kind.fields[0].id, "x")
        assert kinds.kind_of(body) == kind.id


@pytest.mark.parametrize("kind_id", kind_ids())
@given(data=st.data())
def test_what_is_parsed_is_stored_and_comes_back(kind_id: str, data: st.DataObject, kinds: Kinds) -> None:
    answers = data.draw(answers_of(kinds.declared(kind_id)))
    body = kinds.parse(kind_id, answers)
    for name, value in answers.items():
        assert getattr(body, name) == value, name
    stored = kinds.encode(body)
    assert kinds.decode(kind_id, stored) == body
    assert kinds.parse(kind_id, msgspec.json.decode(stored)) == body
    assert kinds.encode(kinds.parse(kind_id, dict(reversed(answers.items())))) == stored


def test_equal_answers_are_equal_bytes_whatever_their_order(kinds: Kinds) -> None:
    one = kinds.parse("trigger", {"emotions": {"fear": 3, "anger": None}, "cue": "x", "at": "2026-05-14"})
    two = kinds.parse("trigger", {"at": "2026-05-14", "cue": "x", "emotions": {"anger": None, "fear": 3}})
    stored = b'{"at":{"day":"2026-05-14"},"cue":"x","emotions":{"anger":null,"fear":3}}'
    assert kinds.encode(one) == kinds.encode(two) == stored


@given(text=texts)
def test_no_sign_of_a_text_is_changed(text: str, kinds: Kinds) -> None:
    body = kinds.parse("note", {"body": text})
    assert msgspec.json.decode(kinds.encode(body)) == {"body": text}


def test_unanswered_fields_take_no_room(kinds: Kinds) -> None:
    assert kinds.encode(kinds.parse("trigger", {})) == b"{}"
    assert kinds.encode(kinds.parse("checkin", {"felt_safety": 0, "share_line": False})) == (
        b'{"felt_safety":0,"share_line":false}'
    )


@pytest.mark.parametrize("blank", ["", "  \n", None, [], ()])
def test_blank_answers_are_left_for_later(blank: object, kinds: Kinds) -> None:
    field = "body" if isinstance(blank, list | tuple) else "cue"
    assert getattr(kinds.parse("trigger", {field: blank}), field) is None


@pytest.mark.parametrize(
    "kind, raw, field, reason",
    [
        ("checkin", {"felt_safety": 11}, "felt_safety", Reason.OUT_OF_RANGE),
        ("checkin", {"felt_safety": -1}, "felt_safety", Reason.OUT_OF_RANGE),
        ("checkin", {"felt_safety": True}, "felt_safety", Reason.WRONG_TYPE),
        ("checkin", {"felt_safety": 6.5}, "felt_safety", Reason.WRONG_TYPE),
        ("checkin", {"felt_safety": SECRET}, "felt_safety", Reason.WRONG_TYPE),
        ("checkin", {"felt_safety": "no_occasion"}, "felt_safety", Reason.WRONG_TYPE),
        ("checkin", {"accessible": 5}, "accessible", Reason.OUT_OF_RANGE),
        ("checkin", {"accessible": SECRET}, "accessible", Reason.UNKNOWN_OPTION),
        ("checkin", {"share_line": 1}, "share_line", Reason.WRONG_TYPE),
        ("checkin", {"line": 7}, "line", Reason.WRONG_TYPE),
        ("checkin", {"line": SECRET + "\0"}, "line", Reason.UNREADABLE_TEXT),
        ("checkin", {"line": SECRET + "\ud83d"}, "line", Reason.UNREADABLE_TEXT),
        ("checkin", {}, "", Reason.NEEDS_ANSWER),
        ("checkin", {"felt_for_date": "2026-05-14", "share_line": False}, "", Reason.NEEDS_ANSWER),
        ("checkin", {"felt_safty": 4}, "felt_safty", Reason.UNKNOWN_FIELD),
        ("checkin", {f"{SECRET} of mine": 4}, "?", Reason.UNKNOWN_FIELD),
        ("note", {"thread": "0" * 32}, "", Reason.NEEDS_ANSWER),
        ("note", {"body": "x" * (TEXT_LIMIT + 1)}, "body", Reason.TOO_LONG),
        ("note", {"body": "x", "thread": "../" + SECRET}, "thread", Reason.OUT_OF_RANGE),
        ("note", {"body": "x", "thread": 5}, "thread", Reason.WRONG_TYPE),
        ("trigger", {"acted_on": SECRET}, "acted_on", Reason.UNKNOWN_OPTION),
        ("trigger", {"where_with": SECRET}, "where_with", Reason.UNKNOWN_OPTION),
        ("trigger", {"move": ["blame", "defend"]}, "move", Reason.TOO_MANY),
        ("trigger", {"move": "blame"}, "move", Reason.WRONG_TYPE),
        ("trigger", {"body": ["heat", "heat"]}, "body", Reason.REPEATED),
        ("trigger", {"body": [7]}, "body", Reason.WRONG_TYPE),
        ("trigger", {"body": ["x" * (OWN_WORD_LIMIT + 1)]}, "body", Reason.TOO_LONG),
        ("trigger", {"body": ["two\nlines"]}, "body", Reason.UNREADABLE_TEXT),
        ("trigger", {"body": [str(n) for n in range(ITEM_LIMIT + 1)]}, "body", Reason.TOO_MANY),
        ("trigger", {"emotions": {"fear": 5}}, "emotions", Reason.OUT_OF_RANGE),
        ("trigger", {"emotions": {"fear": SECRET}}, "emotions", Reason.WRONG_TYPE),
        ("trigger", {"emotions": 3}, "emotions", Reason.WRONG_TYPE),
        ("trigger", {"minutes_to_settle": -1}, "minutes_to_settle", Reason.OUT_OF_RANGE),
        ("trigger", {"minutes_to_settle": SECRET}, "minutes_to_settle", Reason.UNKNOWN_OPTION),
        ("injury", {"meaning": SECRET}, "title", Reason.REQUIRED),
        ("injury", {"title": "  "}, "title", Reason.REQUIRED),
        ("injury", {"title": "x", "carries": ["noa", "noa"]}, "carries", Reason.REPEATED),
        ("injury", {"title": "x", "carries": [""]}, "carries", Reason.WRONG_TYPE),
        ("path_step", {"step": "tell"}, "thread", Reason.REQUIRED),
        ("life_marker", {"title": "x", "at": {"time": "18:42"}}, "at", Reason.UNREADABLE_DATE),
    ],
)
def test_what_does_not_fit_is_refused_by_name(
    kind: str, raw: Mapping[str, object], field: str, reason: Reason, kinds: Kinds
) -> None:
    assert refusal(kinds, kind, raw) == (field, reason.value)


@pytest.mark.parametrize(
    "raw, when",
    [
        ("2026-05-14", When(dt.date(2026, 5, 14))),
        ("2026-05-14T18:42", When(dt.date(2026, 5, 14), Precision.INSTANT, dt.time(18, 42))),
        ("2026-05-14 18:42:07", When(dt.date(2026, 5, 14), Precision.INSTANT, dt.time(18, 42, 7))),
        ("2023-03", When(dt.date(2023, 3, 1), Precision.MONTH)),
        ("2023", When(dt.date(2023, 1, 1), Precision.YEAR)),
        (dt.date(2026, 5, 14), When(dt.date(2026, 5, 14))),
        ({"day": "2026-05-14"}, When(dt.date(2026, 5, 14))),
        ({"day": "2023-03-09", "precision": "month"}, When(dt.date(2023, 3, 1), Precision.MONTH)),
        ({"day": "2023-03-09", "precision": "year"}, When(dt.date(2023, 1, 1), Precision.YEAR)),
        (
            {"day": "2026-05-14", "time": "18:42", "zone": "Europe/Paris"},
            When(dt.date(2026, 5, 14), Precision.INSTANT, dt.time(18, 42), "Europe/Paris"),
        ),
        (
            {"day": "2025-11-02", "until": "2025-11-09"},
            When(dt.date(2025, 11, 2), Precision.PERIOD, until=dt.date(2025, 11, 9)),
        ),
        ("1900-01-01", When(dt.date(1900, 1, 1))),
        ("2199-12-31", When(dt.date(2199, 12, 31))),
        ("", None),
    ],
)
def test_moments_are_read_as_people_write_them(raw: object, when: When | None, kinds: Kinds) -> None:
    assert kinds.parse("trigger", {"at": raw}).at == when  # type: ignore[attr-defined]  # a Trigger


@pytest.mark.parametrize(
    "raw, reason",
    [
        ("1899-12-31", Reason.DATE_OUT_OF_RANGE),
        ("2200-01-01", Reason.DATE_OUT_OF_RANGE),
        ({"day": "2025-11-09", "until": "2025-11-02"}, Reason.DATE_OUT_OF_RANGE),
        ({"day": "2199-12-31", "until": "2200-01-01"}, Reason.DATE_OUT_OF_RANGE),
        ("2026-02-30", Reason.UNREADABLE_DATE),
        ("14/05/2026", Reason.UNREADABLE_DATE),
        ("2026-05-14T25:00", Reason.UNREADABLE_DATE),
        ("2026-05-14T18:42+02:00", Reason.UNREADABLE_DATE),
        (SECRET, Reason.UNREADABLE_DATE),
        ({"day": "2026-05-14", "precision": "instant"}, Reason.UNREADABLE_DATE),
        ({"day": "2026-05-14", "precision": "period"}, Reason.UNREADABLE_DATE),
        ({"day": "2026-05-14", "precision": "day", "time": "18:42"}, Reason.UNREADABLE_DATE),
        ({"day": "2026-05-14", "zone": "Europe/Paris"}, Reason.UNREADABLE_DATE),
        ({"day": "2026-05-14", "time": "18:42", "zone": "Europe/Nowhere"}, Reason.UNKNOWN_ZONE),
        ({"day": "2026-05-14", "time": "18:42", "zone": "../../etc/passwd"}, Reason.UNKNOWN_ZONE),
        ({"day": "2026-05-14", "time": "18:42:00+02:00"}, Reason.UNKNOWN_ZONE),
        ({"day": "2026-05-14", SECRET: 1}, Reason.UNREADABLE_DATE),
        (20260514, Reason.WRONG_TYPE),
        (dt.datetime(2026, 5, 14, tzinfo=dt.UTC), Reason.WRONG_TYPE),
    ],
)
def test_other_moments_are_refused(raw: object, reason: Reason, kinds: Kinds) -> None:
    assert refusal(kinds, "trigger", {"at": raw}) == ("at", reason.value)


@pytest.mark.parametrize("name", ["diary", SECRET + " is no kind"])
def test_an_unknown_kind_is_refused_everywhere(name: str, kinds: Kinds) -> None:
    calls = (kinds.declared, kinds.struct, lambda kind: kinds.parse(kind, {}), lambda kind: kinds.decode(kind, b"{}"))
    for call in calls:
        with pytest.raises(RecordError) as caught:
            call(name)
        assert caught.value.code is Code.UNKNOWN_KIND
        assert SECRET not in str(caught.value)


def test_a_stored_body_with_a_field_of_another_version_still_opens(kinds: Kinds) -> None:
    body = kinds.decode("checkin", b'{"felt_safety":6,"asked_in_an_older_version":["x"]}')
    assert kinds.encode(body) == b'{"felt_safety":6}'


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b'{"felt_safety":"six"}', b'{"line":"\xff"}', b'{"line":7}'])
def test_bytes_that_are_no_such_body_are_refused(data: bytes, kinds: Kinds) -> None:
    with pytest.raises(RecordError) as caught:
        kinds.decode("checkin", data)
    assert caught.value.code is Code.INVALID_RECORD


def test_a_body_made_elsewhere_has_no_kind(kinds: Kinds) -> None:
    with pytest.raises(RecordError):
        kinds.kind_of(msgspec.defstruct("Stray", [])())


class TestKindsThatWait:
    """The types only later kinds use are read as strictly, so that their screens find them ready."""

    def parsed(self, kinds: Kinds, kind: str, field: str, value: object) -> object:
        required: dict[str, object] = {
            other.id: "x" if other.type.value in {"text", "long_text"} else other.options[0].id
            for other in kinds.declared(kind).fields
            if other.required
        }
        body: Body = kinds.parse(kind, {**required, field: value})
        stored = kinds.encode(body)
        assert kinds.decode(kind, stored) == body
        return getattr(body, field)

    def test_table(self, kinds: Kinds) -> None:
        rows = [{"who": "Lise", "now": "window"}, {"who": " "}, {"wish": "wall"}]
        assert self.parsed(kinds, "windows_walls", "people", rows) == (
            {"who": "Lise", "now": "window"},
            {"wish": "wall"},
        )
        given_rows = [{"row": "fear", "shows": "quiet", "confirmed": True}, {"row": "joy"}]
        assert self.parsed(kinds, "emotion_responses", "rows", given_rows) == (
            {"row": "fear", "shows": "quiet", "confirmed": True},
        )
        since = [{"row": "sorrow", "since": "2026-05"}]
        assert self.parsed(kinds, "trust_revival", "atone_answers", since) == tuple(since)

    @pytest.mark.parametrize(
        "rows", [[{"now": "ajar"}], [{"colour": "x"}], [{"who": 7}], ["x"], "x", {"who": "x"}, [{"row": "x"}]]
    )
    def test_table_refused(self, rows: object, kinds: Kinds) -> None:
        with pytest.raises(RecordError):
            self.parsed(kinds, "windows_walls", "people", rows)

    def test_one_answer_from_each(self, kinds: Kinds) -> None:
        heard = {"noa": 7, "jules": 4, "amari": None}
        assert self.parsed(kinds, "conversation", "heard", heard) == {"noa": 7, "jules": 4}
        assert self.parsed(kinds, "conversation", "taking", {"noa": "that it was said"}) == {"noa": "that it was said"}
        with pytest.raises(RecordError):
            self.parsed(kinds, "conversation", "heard", {"noa": 11})

    def test_marks(self, kinds: Kinds) -> None:
        marks = {"noa": "2026-05-14T18:42:00+02:00"}
        assert self.parsed(kinds, "boundary", "marks", marks) == marks
        for moment in ("2026-05-14T18:42:00", "yesterday", 7):
            with pytest.raises(RecordError):
                self.parsed(kinds, "boundary", "marks", {"noa": moment})

    def test_a_total_is_a_number_in_its_own_writing(self, kinds: Kinds) -> None:
        assert self.parsed(kinds, "score_entry", "total", "13,5") == "13,5"
        assert self.parsed(kinds, "score_entry", "total", 13) == "13"
        with pytest.raises(RecordError):
            self.parsed(kinds, "score_entry", "total", "about thirteen")

    def test_lists_and_reasons(self, kinds: Kinds) -> None:
        assert self.parsed(kinds, "plan", "looks", ["a", "", "b"]) == ("a", "b")
        assert self.parsed(kinds, "forgiveness_work", "c_see", "not_now") == "not_now"
