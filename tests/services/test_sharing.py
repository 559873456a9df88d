"""Sharing: what is shown is what is stored, nothing else gets there, a crash loses nothing and leaves nothing twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.data import keeping
from app.data.space import Space
from app.domain.errors import Code, LeewardError, RecordError, VaultError
from app.domain.fields import Kind
from app.domain.kinds.registry import Kinds
from app.domain.records import RecordId
from app.services import apart
from app.services.desk import Desk
from app.services.journal import Journal
from app.services.session import Session
from app.services.sharing import Sharing
from app.services.threads import Threads
from app.services.timeline import Timeline
from tests.fixtures.both import Both, two_people
from tests.fixtures.session import shipped_content, shipped_kinds
from tests.fixtures.vault import spoken

MARKER = "Kestrelwort"
SHAREABLE = tuple(
    kind.id for kind in shipped_content().kinds.values() if kind.sharing in {"by_choice", "each", "together"}
)
REFUSED = {kind.id: kind.sharing for kind in shipped_content().kinds.values() if kind.id not in SHAREABLE}


class Cut(Exception):  # noqa: N818  # reads as what happens
    """The process ends here."""


def every_kind() -> Kinds:
    """The shipped kinds, with all of them open for writing."""
    return Kinds(shipped_content())


def share(session: Session, record: RecordId) -> None:
    sharing = Sharing(session)
    sharing.share(record, sharing.preview(record))


def shared_space(session: Session) -> Space:
    assert session.shared is not None
    return session.shared


def everything_in(space: Space) -> str:
    """Every value of every row of a file, as one text: what somebody with its key can read."""
    tables = [row[0] for row in space.connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    rows = [row for table in tables for row in space.connection.execute(f"SELECT * FROM {table}")]
    return "\n".join(_text(value) for row in rows for value in row)


def _text(value: object) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def places(session: Session, record: RecordId) -> tuple[bool, bool]:
    """Whether its words stand in the private file, and whether in the shared one."""
    private, shared = session.space.record(record), shared_space(session).record(record)
    return private is not None, shared is not None


# ------------------------------------------------------------------------------------------------ the preview


def test_the_preview_is_what_is_stored_byte_for_byte(both: Both) -> None:
    record = Journal(both.noa).add("injury", {"title": "The hospital", "story": "It was late.", "my_place": "carries"})
    sharing = Sharing(both.noa)

    preview = sharing.preview(record)
    sharing.share(record, preview)

    (stored,) = shared_space(both.noa).history(record)
    assert stored.body == preview.body
    assert stored.author == both.noa.person.id
    assert shared_space(both.jules).signed_by(stored)
    assert [(line.field, line.words) for line in preview.lines] == [
        ("title", "The hospital"),
        ("my_place", "I carry the hurt"),
        ("story", "It was late."),
    ]
    assert "Jules" not in preview.lines[0].label
    assert places(both.noa, record) == (False, True)


def test_a_link_to_a_private_entry_stays_behind_and_still_works_for_its_writer(both: Both) -> None:
    thread = Journal(both.noa).add("injury", {"title": f"The {MARKER}"})
    record = Journal(both.noa).add("note", {"body": "a quiet evening", "thread": thread})
    preview = Sharing(both.noa).preview(record)

    assert [(out.field, out.reason) for out in preview.left_out] == [("thread", apart.PRIVATE_LINK)]
    share(both.noa, record)

    assert [link.record for link in Timeline(both.noa).open(record).links] == [thread]
    assert Timeline(both.jules).open(record).links == ()
    assert thread not in everything_in(shared_space(both.noa))
    share(both.noa, thread)
    Journal(both.noa).edit(record, {"body": "a quiet evening", "thread": thread})
    assert [link.record for link in Timeline(both.jules).open(record).links] == [thread]


def test_an_entry_that_needs_its_private_link_cannot_go_alone(both: Both) -> None:
    thread = Journal(both.noa).add("injury", {"title": "The hospital"})
    step = both.noa.content.list("path_steps").items[0].id
    note = Journal(both.noa).add("path_step", {"thread": thread, "step": step, "happened": "words"})

    with pytest.raises(RecordError) as refusal:
        Sharing(both.noa).preview(note)
    assert refusal.value.detail["reason"] == apart.PRIVATE_LINK

    share(both.noa, thread)
    share(both.noa, note)
    assert places(both.noa, note) == (False, True)


@pytest.mark.parametrize("kind", sorted(REFUSED))
def test_what_is_never_shared_is_refused(both: Both, kind: str, pair: Callable[[], Both]) -> None:
    kinds = every_kind()
    for session in (both.noa,):
        session.kinds = kinds
        session.space.kinds = kinds
    record = Journal(both.noa).add(kind, {**spoken(kinds.declared(kind), "words"), **_dated(kinds, kind)})

    with pytest.raises(RecordError) as refusal:
        Sharing(both.noa).preview(record)

    assert (refusal.value.code, refusal.value.detail["reason"]) == (Code.NOT_SHAREABLE, REFUSED[kind])


def test_alone_there_is_nowhere_to_share(session: Session) -> None:
    record = Journal(session).add("note", {"body": "words"})
    with pytest.raises(RecordError) as refusal:
        Sharing(session).preview(record)
    assert refusal.value.code is Code.NO_SHARED_SPACE


def test_twice_is_refused(both: Both) -> None:
    record = Journal(both.noa).add("note", {"body": "words"})
    share(both.noa, record)
    for session in (both.noa, both.jules):
        with pytest.raises(RecordError) as refusal:
            Sharing(session).preview(record)
        assert refusal.value.code is Code.IN_SHARED_SPACE


@pytest.mark.parametrize("change", ["edit", "answer", "link"])
def test_what_changed_since_it_was_shown_is_shown_again_first(both: Both, change: str) -> None:
    thread = Journal(both.noa).add("injury", {"title": "The hospital"})
    record = Journal(both.noa).add("note", {"body": "the words that were shown", "thread": thread})
    preview = Sharing(both.noa).preview(record)
    if change == "edit":
        Journal(both.noa).edit(record, {"body": "other words"})
    elif change == "answer":
        Journal(both.noa).answer(record, thread=None)
    else:
        share(both.noa, thread)  # the link could be shared now, and was not shown

    with pytest.raises(RecordError) as refusal:
        Sharing(both.noa).share(record, preview)

    assert refusal.value.code is Code.STALE_REVISION
    assert places(both.noa, record) == (True, False)


# ------------------------------------------------------------------------- nothing else gets there


def test_no_earlier_wording_is_in_the_shared_file(both: Both) -> None:
    journal = Journal(both.noa)
    record = journal.add("injury", {"title": "The hospital", "story": f"The first {MARKER}", "weight": 9})
    journal.answer(record, story="Now in other words", weight=6)
    preview = Sharing(both.noa).preview(record)
    share(both.noa, record)

    assert preview.earlier == 1
    assert MARKER not in everything_in(shared_space(both.noa))
    versions = Threads(both.noa).versions(record)
    assert len(versions) == 3
    assert Threads(both.noa).answers_at(record, versions[-1].revision)["story"] == f"The first {MARKER}"
    assert len(Threads(both.jules).versions(record)) == 1

    journal.erase(record)
    Sharing(both.noa).settle()
    assert MARKER not in everything_in(both.noa.space)


KINDS = every_kind()
OF_ANOTHERS = {"promise_noticed"}
"""Said only of what the other person has shared: never written in private first."""


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), kind=st.sampled_from([kind for kind in SHAREABLE if kind not in OF_ANOTHERS]))
def test_whatever_the_shared_file_holds_was_in_the_preview(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject, kind: str
) -> None:
    """Of any record of any kind, with a private link, private answers and earlier words: what can be read was shown."""
    both = two_people(tmp_path_factory.mktemp("two"), KINDS)
    journal, declared = Journal(both.noa), KINDS.declared(kind)
    both_shared, both.noa.shared = both.noa.shared, None  # written before there was a space for two
    thread = journal.add("injury", {"title": "Oldwarren"})
    words = data.draw(st.text('abcdefgh é"\\{}', min_size=1).filter(str.strip))
    answers = {**spoken(declared, f"Zq{words}", thread), **_links(journal, kind), **_dated(KINDS, kind)}
    kept = data.draw(st.sets(st.sampled_from(sorted(answers))))
    required = {field.id for field in declared.fields if field.required}
    some = {name: value for name, value in answers.items() if name in kept | required}
    record = journal.add(kind, {**answers})
    with suppress(RecordError):  # too little is left of it
        journal.edit(record, some)
    both.noa.shared = both_shared
    sharing = Sharing(both.noa)
    try:
        preview = sharing.preview(record)
    except RecordError as refusal:
        refused = (refusal.code, refusal.detail["reason"])
        assert refused in {(Code.NOT_READY, apart.PRIVATE_LINK), (Code.NOT_SHAREABLE, "nothing_left")}
        both.close()
        return

    sharing.share(record, preview)

    shared = shared_space(both.noa)
    bodies = [revision.body for revision in shared.history(record)]
    assert bodies == [preview.body]
    said = preview.text
    for field, value in msgspec.json.decode(preview.body).items():
        line = next(line for line in preview.lines if line.field == field)
        assert all(word in line.words for word in _own_words(value)), field
        assert line.words in said
    readable = everything_in(shared)
    left = {out.field for out in preview.left_out}
    assert thread not in readable
    assert "Oldwarren" not in readable
    assert all(field not in msgspec.json.decode(preview.body) for field in left)
    assert not {field.id for field in declared.fields if field.private_only} & msgspec.json.decode(preview.body).keys()
    terms = {row[0] for row in shared.connection.execute("SELECT term FROM term")}
    assert terms <= set(_leaves(msgspec.json.decode(preview.body)))
    both.close()


def _dated(kinds: Kinds, kind: str) -> dict[str, object]:
    dated = kinds.declared(kind).dated_by
    return {dated.id: {"day": "2026-05-02"}} if dated is not None else {}


def _links(journal: Journal, kind: str) -> dict[str, object]:
    """A private record for every link a kind asks for and `spoken` leaves out."""
    found: dict[str, object] = {}
    for field in KINDS.declared(kind).fields:
        if field.to and field.required and "injury" not in field.to:
            target = field.to[0]
            needed = {**spoken(KINDS.declared(target), "words"), **_links(journal, target)}
            found[field.id] = journal.add(target, needed)
    return found


def _own_words(value: object) -> list[str]:
    """What a person typed themselves, by the mark it begins with."""
    return [leaf for leaf in _leaves(value) if leaf.startswith("Zq")]


def _leaves(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for key, part in value.items():
            yield str(key)
            yield from _leaves(part)
    elif isinstance(value, list):
        for part in value:
            yield from _leaves(part)
    else:
        yield str(value)


def test_answers_for_one_alone_are_kept_apart_in_every_way_of_writing(tmp_path_factory: pytest.TempPathFactory) -> None:
    both = two_people(tmp_path_factory.mktemp("two"), KINDS)
    journal = Journal(both.noa)
    asked = {both.noa.person.id: "no"}
    record = journal.add("boundary", {"wording": "We ring when late.", "freely": asked})
    journal.answer(record, why="It helps.")
    journal.edit(
        record, {"wording": "We ring when later than ten minutes.", "freely": {both.noa.person.id: "not_sure"}}
    )

    assert getattr(journal.record(record).body, "freely", None) == {both.noa.person.id: "not_sure"}
    assert getattr(Journal(both.jules).record(record).body, "freely", None) is None
    assert "not_sure" not in everything_in(shared_space(both.noa))
    assert all(b"freely" not in (r.body or b"") for r in shared_space(both.noa).history(record))
    both.close()


def test_the_shared_file_itself_refuses_what_is_for_one_alone(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Every other rule could be forgotten by a new way of writing; this one stands before the file."""
    both = two_people(tmp_path_factory.mktemp("two"), KINDS)
    tried = 0
    for kind in shipped_content().kinds.values():
        body = KINDS.parse(kind.id, {**spoken(kind, "words", "0" * 32), **_dated(KINDS, kind.id), **_targets(kind)})
        alone = kind.sharing in REFUSED.values() or any(
            field.private_only and getattr(body, field.id) is not None for field in kind.fields
        )
        if alone:
            tried += 1
            with pytest.raises(RecordError) as refusal, both.noa.change(both.noa.shared) as change:
                change.put(kind.id, body)
            assert refusal.value.detail["reason"] == "private_only"
    assert tried >= len(REFUSED) + 3
    assert shared_space(both.noa).connection.execute("SELECT count(*) FROM revision").fetchone()[0] == 0
    both.close()


def _targets(kind: Kind) -> dict[str, object]:
    return {field.id: "0" * 32 for field in kind.fields if field.to and field.required}


def test_undo_after_sharing_does_not_reach_into_the_shared_space(both: Both) -> None:
    record = Journal(both.noa).add("note", {"body": "words"})
    Journal(both.noa).edit(record, {"body": "other words"})
    share(both.noa, record)

    assert both.noa.steps.last is None


# ------------------------------------------------------------------------------------------------ nobody is told


def test_reading_and_hiding_change_no_byte_of_the_shared_file(both: Both) -> None:
    record = Journal(both.noa).add("injury", {"title": "The hospital", "weight": 4})
    share(both.noa, record)
    before = both.shared_bytes()
    sharing = Sharing(both.jules)

    Timeline(both.jules).open(record)
    Timeline(both.jules).search("hospital")
    Threads(both.jules).detail(record)
    Threads(both.jules).versions(record)
    Desk(both.jules, lambda: None)
    sharing.hide(record)
    assert [item.id for item in sharing.hidden()] == [record]
    assert Threads(both.jules).list() == ()
    sharing.unhide(record)
    assert [row.record for row in Threads(both.jules).list()] == [record]

    assert both.shared_bytes() == before
    assert Sharing(both.noa).hidden() == ()


def test_a_preview_leaves_no_trace_anywhere(both: Both) -> None:
    record = Journal(both.noa).add("note", {"body": "words"})
    before = both.shared_bytes(), everything_in(both.noa.space)

    Sharing(both.noa).preview(record)

    assert (both.shared_bytes(), everything_in(both.noa.space)) == before


def test_only_what_is_shared_can_be_hidden(both: Both) -> None:
    record = Journal(both.noa).add("note", {"body": "words"})
    with pytest.raises(RecordError):
        Sharing(both.noa).hide(record)


# ------------------------------------------------------------------------- a crash between the files


@contextmanager
def ends_at(session: Session, number: int) -> Iterator[None]:
    """End at the start of the `number`-th transaction, or with `number` negative, right after it was committed."""
    made, seen = session.change, 0

    @contextmanager
    def change(space: Space | None = None) -> Iterator[object]:
        nonlocal seen
        seen += 1
        if seen == number:
            raise Cut
        with made(space) as inside:
            yield inside
        if seen == -number:
            raise Cut

    session.change = change  # type: ignore[method-assign, assignment]  # a process that ends here
    try:
        yield
    finally:
        session.change = made  # type: ignore[method-assign]


@pytest.mark.fault("F1", "crash while an entry is shared")
@pytest.mark.parametrize("cut", [1, -1, 2, -2, 3, -3])
def test_a_crash_at_any_step_leaves_the_words_in_one_place_after_the_next_unlock(both: Both, cut: int) -> None:
    record = Journal(both.noa).add("injury", {"title": "The hospital", "story": f"Only {MARKER}"})
    Journal(both.noa).answer(record, story="Once more")
    trigger = Journal(both.noa).add("trigger", {"cue": "a bell", "thread": record})
    before = len(Threads(both.noa).versions(record))
    sharing = Sharing(both.noa)
    preview = sharing.preview(record)

    with ends_at(both.noa, cut), pytest.raises(Cut):
        sharing.share(record, preview)
    assert any(places(both.noa, record))
    Desk(both.noa, lambda: None)

    arrived = cut in {-2, 3, -3}
    assert places(both.noa, record) == (not arrived, arrived)
    assert keeping.settings_under(both.noa.connection, "moving:") == {}
    assert len(Threads(both.noa).versions(record)) == before + arrived
    assert [link.record for link in Timeline(both.noa).open(trigger).links] == [record]
    assert MARKER not in everything_in(shared_space(both.noa))
    Desk(both.noa, lambda: None)
    assert places(both.noa, record) == (not arrived, arrived)
    if not arrived:
        assert apart.kept(both.noa) == ()
        share(both.noa, record)


def test_a_crash_while_settling_is_settled_the_next_time(both: Both) -> None:
    record = Journal(both.noa).add("note", {"body": "words"})
    sharing = Sharing(both.noa)
    with ends_at(both.noa, 3), pytest.raises(Cut):
        sharing.share(record, sharing.preview(record))
    with ends_at(both.noa, 1), pytest.raises(Cut):
        sharing.settle()
    assert places(both.noa, record) == (True, True)

    assert sharing.settle() == 1
    assert places(both.noa, record) == (False, True)
    assert sharing.settle() == 0


def test_while_the_shared_file_cannot_be_opened_nothing_is_decided(both: Both) -> None:
    record = Journal(both.noa).add("note", {"body": "words"})
    sharing = Sharing(both.noa)
    with ends_at(both.noa, 3), pytest.raises(Cut):
        sharing.share(record, sharing.preview(record))
    shared, both.noa.shared = both.noa.shared, None
    assert sharing.settle() == 0
    Journal(both.noa).edit(record, {"body": "written meanwhile, for me alone"})
    both.noa.shared = shared

    assert sharing.settle() == 1

    assert places(both.noa, record) == (False, True)
    assert getattr(Journal(both.jules).record(record).body, "body", "") == "words"
    (kept,) = [row.entry for row in Timeline(both.noa).page().rows if not row.entry.shared]
    assert kept.title == "written meanwhile, for me alone"


def test_a_full_disk_half_way_is_said_and_settled_later(both: Both, monkeypatch: pytest.MonkeyPatch) -> None:
    record = Journal(both.noa).add("note", {"body": "words"})
    sharing = Sharing(both.noa)
    preview = sharing.preview(record)

    def full(*_: object) -> None:
        raise VaultError(Code.DISK_FULL)

    with monkeypatch.context() as patched:
        patched.setattr(sharing, "_depart", full)
        with pytest.raises(LeewardError):
            sharing.share(record, preview)
    assert places(both.noa, record) == (True, True)
    Desk(both.noa, lambda: None)
    assert places(both.noa, record) == (False, True)


def test_unfinished_writing_on_a_record_outlives_its_move(both: Both) -> None:
    record = Journal(both.noa).add("note", {"body": "words"})
    keeping.save_draft(both.noa.connection, record, "note", {"body": "words and"}, 5)

    share(both.noa, record)

    assert [(draft.key, draft.body) for draft in keeping.drafts(both.noa.connection)] == [
        (record, {"body": "words and"})
    ]
    assert shipped_kinds() is both.noa.kinds
