"""What is added to entries is kept whole, moves only when ticked, comes back, and goes for good with its entry."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.data import attachments as rows
from app.data import projections
from app.domain.errors import Code, LeewardError, RecordError
from app.domain.records import RecordId
from app.media.intake import Prepared, prepare
from app.services import attachments
from app.services.desk import Desk
from app.services.homecoming import take_home
from app.services.session import Session
from tests.fixtures.files import drawing, pdf, photo, sound
from tests.fixtures.session import reopened
from tests.fixtures.two import copied, first_desk, second_desk, shared_of

MARKER = b"%a marker that stands nowhere in plain sight"


def pages(words: str = "one") -> Prepared:
    return prepare(pdf(2, words) + MARKER, f"{words}.pdf")


@pytest.fixture
def desk(session: Session) -> Desk:
    return Desk(session, lambda: None)


@pytest.fixture
def two(tmp_path: Path) -> Iterator[tuple[Path, Desk]]:
    root = copied(tmp_path / "v")
    desk = first_desk(root)
    yield root, desk
    desk.close()


def note(desk: Desk, words: str = "a note") -> RecordId:
    return desk.journal.add("note", {"body": words})


@pytest.mark.parametrize("made, name", [(photo(), "p.jpg"), (drawing(), "d.png"), (pdf(), "p.pdf"), (sound(), "s.wav")])
def test_what_is_added_comes_back_byte_for_byte(desk: Desk, made: bytes, name: str) -> None:
    record, prepared = note(desk), prepare(made, name)
    added = desk.attachments.add(record, prepared, alt="  what it\n shows ")
    (found,) = desk.attachments.of(record)
    assert (found.id, found.name, found.media, found.alt) == (added, prepared.name, prepared.media, "what it shows")
    assert (found.size, found.sha256) == (len(prepared.content), hashlib.sha256(prepared.content).hexdigest())
    assert desk.attachments.load(added) == prepared.content
    assert desk.attachments.counts([record, RecordId("0" * 32)]) == {record: 1}
    assert desk.session.space.verify().clean


def test_bytes_are_kept_in_parts_and_read_one_by_one(desk: Desk) -> None:
    record = note(desk)
    content = bytes(range(256)) * 2048 + b"tail"
    added = desk.attachments.add(record, Prepared("x.pdf", "application/pdf", content, pages=1))
    parts = list(desk.attachments.read(added))
    assert [len(part) for part in parts] == [rows.PART_BYTES] * 4 + [4]
    assert b"".join(parts) == content


def test_the_same_file_is_kept_once_in_an_entry(desk: Desk) -> None:
    record, other = note(desk), note(desk)
    first = desk.attachments.add(record, pages())
    assert desk.attachments.add(record, pages()) == first
    assert desk.attachments.add(other, pages()) != first
    assert len(desk.attachments.of(record)) == 1


def test_an_entry_takes_only_so_many(desk: Desk) -> None:
    record = note(desk)
    for number in range(attachments.MOST):
        desk.attachments.add(record, Prepared(f"{number}.pdf", "application/pdf", b"%d" % number))
    with pytest.raises(RecordError):
        desk.attachments.add(record, Prepared("more.pdf", "application/pdf", b"more"))


def test_it_stands_in_no_list_and_no_count(desk: Desk) -> None:
    record = note(desk)
    before = desk.journal.counts()
    added = desk.attachments.add(record, pages())
    assert desk.journal.counts() == before
    assert [entry.id for entry in desk.journal.page().entries] == [record]
    desk.attachments.remove(added)
    assert desk.trash.list() == ()
    with pytest.raises(RecordError):
        desk.journal.add("attachment", {"record": record})


def test_removed_it_can_be_taken_back_and_done_again(desk: Desk) -> None:
    record = note(desk)
    added = desk.attachments.add(record, pages())
    desk.attachments.remove(added)
    assert desk.attachments.of(record) == ()
    desk.undo.undo()
    assert [one.id for one in desk.attachments.of(record)] == [added]
    desk.undo.redo()
    assert desk.attachments.of(record) == ()
    desk.undo.take_back(added)
    assert len(desk.attachments.load(added)) > 100
    assert desk.session.space.verify().clean


def test_removed_by_itself_it_goes_after_thirty_days(desk: Desk, at: Callable[[dt.datetime], Session]) -> None:
    record = note(desk)
    added = desk.attachments.add(record, pages())
    desk.attachments.remove(added)
    now = dt.datetime.now(dt.UTC)
    at(now + dt.timedelta(days=29))
    assert desk.trash.purge() == 0
    at(now + dt.timedelta(days=31))
    assert desk.trash.purge() == 1
    with pytest.raises(RecordError):
        desk.attachments.load(added)
    assert _stored(desk) == 0
    assert desk.session.space.verify().clean


def test_it_goes_to_the_trash_and_comes_back_with_its_entry(desk: Desk) -> None:
    record = note(desk)
    added = desk.attachments.add(record, pages())
    desk.journal.remove(record)
    desk.journal.restore(record)
    assert [one.id for one in desk.attachments.of(record)] == [added]


def test_it_is_gone_for_good_with_its_entry(desk: Desk, tmp_path: Path) -> None:
    record = note(desk)
    kept, removed = desk.attachments.add(record, pages()), desk.attachments.add(record, pages("two"))
    desk.attachments.remove(removed)
    desk.journal.erase(record)
    for gone in (kept, removed):
        with pytest.raises(RecordError):
            desk.attachments.load(gone)
    assert _stored(desk) == 0
    assert desk.session.connection.execute("SELECT count(*) FROM revision WHERE body IS NOT NULL").fetchone()[0] == 0
    assert desk.session.space.verify().clean


def _stored(desk: Desk) -> int:
    return int(desk.session.connection.execute("SELECT count(*) FROM attachment_part").fetchone()[0])


def test_a_name_somebody_signed_is_shown_without_what_cannot_be_seen(desk: Desk) -> None:
    record = note(desk)
    desk.attachments.add(record, Prepared("evil\u202egpj\n.exe", "application/pdf", b"x"))
    assert desk.attachments.of(record)[0].name == "evilgpj.exe"


def test_words_about_it_can_be_changed(desk: Desk) -> None:
    record = note(desk)
    added = desk.attachments.add(record, pages())
    desk.attachments.describe(added, "a letter")
    assert desk.attachments.of(record)[0].alt == "a letter"
    desk.attachments.describe(added, "")
    assert desk.attachments.of(record)[0].alt == ""


def test_what_is_added_to_a_begun_entry_waits_with_its_draft(desk: Desk, tmp_path: Path) -> None:
    first = desk.attachments.hold("new:note", pages(), alt="seen")
    assert desk.attachments.hold("new:note", pages()) == first
    second = desk.attachments.hold("new:note", pages("two"))
    third = desk.attachments.hold("new:note", pages("three"))
    desk.attachments.remove(third)
    desk.attachments.describe(second, "another")
    desk.session.space.close()
    desk.session.space = reopened(tmp_path / "space.db")  # a lock, and an unlock
    assert [(one.id, one.alt, one.held) for one in desk.attachments.held("new:note")] == [
        (first, "seen", True),
        (second, "another", True),
    ]
    assert desk.session.space.verify().clean
    record = desk.journal.add("note", {"body": "saved"}, draft="new:note")
    assert [one.id for one in desk.attachments.of(record)] == [first, second]
    assert desk.attachments.held("new:note") == ()
    assert desk.attachments.load(second) == pages("two").content
    assert desk.session.space.verify().clean
    desk.session.space.close()


def test_what_waits_can_be_let_go(desk: Desk) -> None:
    desk.attachments.hold("new:note", pages())
    desk.attachments.let_go("new:note")
    assert _stored(desk) == 0


def test_rebuilding_gives_the_same_rows(desk: Desk) -> None:
    record = note(desk)
    added = desk.attachments.add(record, pages())
    desk.attachments.add(record, pages("two"))
    desk.attachments.remove(added)
    before = projections.snapshot(desk.session.connection)
    assert len(before["attachment"]) == 2
    desk.session.space.rebuild()
    assert projections.snapshot(desk.session.connection) == before


@pytest.mark.parametrize(
    "harm",
    [
        "UPDATE attachment_part SET content = zeroblob(length(content)) WHERE number = 0",
        "DELETE FROM attachment_part WHERE number = 0",
        "UPDATE attachment_part SET attachment = '0' WHERE number = 0",
        "UPDATE attachment SET body = replace(body, 'one.pdf', 'two.pdf')",
        "DELETE FROM attachment",
    ],
)
def test_bytes_that_are_not_what_was_added_are_found(desk: Desk, harm: str) -> None:
    desk.attachments.add(note(desk), pages())
    assert desk.session.space.verify().clean
    desk.session.connection.execute(
        harm.replace("replace(body", "CAST(replace(CAST(body AS TEXT)").replace("'two.pdf')", "'two.pdf') AS BLOB)")
    )
    assert not desk.session.space.verify().clean


def test_damaged_bytes_are_refused_when_read(desk: Desk) -> None:
    added = desk.attachments.add(note(desk), pages())
    desk.session.connection.execute("UPDATE attachment_part SET content = zeroblob(5)")
    with pytest.raises(LeewardError) as refused:
        desk.attachments.load(added)
    assert refused.value.code is Code.DAMAGED_ENTRIES


# ---------------------------------------------------------------------------------------------------- the two of them


def test_only_what_is_ticked_goes_along(two: tuple[Path, Desk]) -> None:
    root, desk = two
    record = note(desk)
    shown, mine = desk.attachments.add(record, pages()), desk.attachments.add(record, pages("mine"))
    preview = desk.sharing.preview(record)
    assert [one.id for one in preview.files] == [shown, mine]
    desk.sharing.share(record, preview, frozenset({shown}))
    assert [(one.id, one.shared) for one in desk.attachments.of(record)] == [(shown, True), (mine, False)]
    assert desk.attachments.load(shown) == pages().content
    assert desk.attachments.load(mine) == pages("mine").content
    assert rows.find(desk.session.connection, shown) is None
    assert rows.find(shared_of(desk).connection, mine) is None
    assert desk.session.space.verify().clean
    assert shared_of(desk).verify().clean
    desk.close()
    other = second_desk(root)
    (found,) = other.attachments.of(record)
    assert (found.id, found.shared, found.yours) == (shown, True, False)
    assert other.attachments.load(shown) == pages().content
    with pytest.raises(RecordError):
        other.attachments.remove(shown)
    with pytest.raises(RecordError):
        other.attachments.add(record, pages("theirs"))
    other.close()


def test_a_move_that_was_cut_takes_its_files_along_at_the_next_unlock(
    two: tuple[Path, Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    root, desk = two
    record = note(desk)
    shown, mine = desk.attachments.add(record, pages()), desk.attachments.add(record, pages("mine"))
    preview = desk.sharing.preview(record)
    with monkeypatch.context() as patch:
        patch.setattr(attachments, "send", _cut)
        with pytest.raises(KeyboardInterrupt):
            desk.sharing.share(record, preview, frozenset({shown}))
    desk.close()
    again = first_desk(root)
    assert [(one.id, one.shared) for one in again.attachments.of(record)] == [(shown, True), (mine, False)]
    assert again.session.space.verify().clean
    assert shared_of(again).verify().clean
    again.close()


def _cut(*_args: object) -> None:
    raise KeyboardInterrupt


def test_leaving_brings_ones_own_home(two: tuple[Path, Desk]) -> None:
    _, desk = two
    record = note(desk)
    shown, mine = desk.attachments.add(record, pages()), desk.attachments.add(record, pages("mine"))
    desk.sharing.share(record, desk.sharing.preview(record), frozenset({shown}))
    assert take_home(desk.session, "a space") == 1
    assert {one.id for one in rows.of_record(desk.session.connection, record)} == {shown, mine}
    home = rows.find(desk.session.connection, shown)
    assert home is not None
    assert b"".join(rows.parts(desk.session.connection, shown, home.body)) == pages().content
    assert desk.session.space.verify().clean


def test_erasing_a_shared_entry_takes_what_stayed_private_as_well(two: tuple[Path, Desk]) -> None:
    _, desk = two
    record = note(desk)
    shown = desk.attachments.add(record, pages())
    desk.attachments.add(record, pages("mine"))
    desk.sharing.share(record, desk.sharing.preview(record), frozenset({shown}))
    desk.journal.erase(record)
    for space in desk.session.spaces:
        assert space.connection.execute("SELECT count(*) FROM attachment_part").fetchone()[0] == 0
        assert space.verify().clean


def test_what_somebody_else_signs_onto_an_entry_is_not_shown(two: tuple[Path, Desk]) -> None:
    root, desk = two
    record = note(desk)
    desk.sharing.share(record, desk.sharing.preview(record))
    desk.close()
    other = second_desk(root)
    with other.session.change(shared_of(other)) as change:
        change.attach(attachments._body(pages(), record, ""), (b"%PDF-anything",))
    other.close()
    again = first_desk(root)
    assert again.attachments.of(record) == ()
    again.close()


def test_no_file_of_the_vault_holds_a_plain_byte_of_it(two: tuple[Path, Desk]) -> None:
    root, desk = two
    record = note(desk)
    shown = desk.attachments.add(record, pages())
    desk.attachments.hold("new:note", pages("held"))
    desk.sharing.share(record, desk.sharing.preview(record), frozenset({shown}))
    looked_at = [path for path in root.rglob("*") if path.is_file()]
    assert len(looked_at) > 5
    assert [path for path in looked_at if MARKER in path.read_bytes() or b"%PDF-" in path.read_bytes()] == []
