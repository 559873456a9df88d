"""What is added to entries survives new keys, a new epoch, copies and going back to them, and is named when damaged."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from typing import cast

import msgspec

from app.crypto.kdf import FLOOR
from app.data import attachments as rows
from app.data import rescue
from app.data.cipher import SpaceConnection
from app.domain.backing_up import Why
from app.domain.records import RecordId
from app.media.intake import Prepared
from app.services import reading_out
from app.services.desk import Desk
from tests.fixtures import two, vault
from tests.fixtures.session import shipped_content, shipped_kinds

FILE = Prepared("a letter.pdf", "application/pdf", b"%PDF-" + bytes(range(256)) * 1200, pages=1)


def never() -> bool:
    return False


def untold(_part: float) -> None:
    return


def with_file(desk: Desk) -> tuple[RecordId, RecordId]:
    record = desk.journal.add("note", {"body": "with a letter"})
    return record, desk.attachments.add(record, FILE, alt="seen")


def test_new_keys_take_it_along(tmp_path: Path) -> None:
    desk = vault.opened(vault.copied(tmp_path / "v"))
    record, added = with_file(desk)
    held = desk.attachments.hold("new:note", FILE)
    assert desk.keys.rotate(vault.PASSPHRASE, "another one of eight quiet words here", kdf=FLOOR) is not None
    for one in (added, held):
        assert desk.attachments.load(one) == FILE.content
    assert [one.id for one in desk.attachments.of(record)] == [added]
    assert desk.session.space.verify().clean
    desk.close()


def test_a_copy_holds_it_and_going_back_brings_it(tmp_path: Path) -> None:
    root = vault.copied(tmp_path / "v")
    desk = vault.opened(root)
    record, added = with_file(desk)
    made = desk.backups.making(Why.ASKED)(never, untold)
    assert made is not None
    desk.journal.erase(record)
    ready = desk.backups.going_back(made.id)(never, untold)
    assert ready is not None
    desk.backups.go_back(ready)
    desk.close()
    desk = vault.opened(root)
    assert desk.attachments.load(added) == FILE.content
    assert desk.session.space.verify().clean
    desk.close()


def test_checking_finds_bytes_that_were_changed(tmp_path: Path) -> None:
    desk = vault.opened(vault.copied(tmp_path / "v"))
    _, added = with_file(desk)
    assert desk.checks.verify().clean
    desk.session.connection.execute("UPDATE attachment_part SET content = zeroblob(3) WHERE number = 1")
    assert f"attachment {added}" in desk.session.space.verify().broken
    desk.session.connection.execute("DELETE FROM attachment_part")
    assert f"attachment {added}" in desk.session.space.verify().broken
    desk.close()


def test_what_is_rescued_names_it_and_says_when_it_is_lost(tmp_path: Path) -> None:
    root = vault.copied(tmp_path / "v")
    desk = vault.opened(root)
    record, added = with_file(desk)
    connection = cast(SpaceConnection, desk.session.connection)
    found = rescue.read_all(lambda: nullcontext(connection))
    assert found.unreadable == ()
    desk.session.connection.execute("DELETE FROM attachment_part WHERE number = 1")
    found = rescue.read_all(lambda: nullcontext(connection))
    assert found.unreadable == (f"file {added}",)
    reading = reading_out.read_out(found, shipped_content(), shipped_kinds(), {})
    (entry,) = [entry for entry in reading.entries if entry.record == record]
    assert entry.answers[-1].words == "a letter.pdf: seen"
    assert len(reading.entries) == len({saved.record for saved in found.newest()}) - 1
    desk.close()


def test_a_new_epoch_reaches_the_other_with_what_was_added_meanwhile(tmp_path: Path) -> None:
    root = two.copied(tmp_path / "v")
    first = two.first_desk(root)
    record, added = with_file(first)
    first.sharing.share(record, first.sharing.preview(record), frozenset({added}))
    two.people_of(first).renew()
    first.close()
    (offer,) = (root / "people").glob("*.offer")
    kept = offer.read_bytes()
    offer.unlink()
    second = two.second_desk(root)  # still in the former file
    theirs, letter = with_file(second)
    second.sharing.share(theirs, second.sharing.preview(theirs), frozenset({letter}))
    offer.write_bytes(kept)
    second.close()
    second = two.second_desk(root)  # takes the offer, and carries over what was written meanwhile
    for one in (added, letter):
        assert second.attachments.load(one) == FILE.content
        assert rows.find(two.shared_of(second).connection, one) is not None
    assert two.shared_of(second).verify().clean
    second.close()
    first = two.first_desk(root)
    assert [(one.id, one.yours) for one in first.attachments.of(theirs)] == [(letter, False)]
    first.close()


def test_bytes_the_other_person_exchanged_are_refused(tmp_path: Path) -> None:
    root = two.copied(tmp_path / "v")
    first = two.first_desk(root)
    record, added = with_file(first)
    first.sharing.share(record, first.sharing.preview(record), frozenset({added}))
    first.close()
    connection = two.raw_shared(root, two.template()[2])
    body = msgspec.json.decode(connection.execute("SELECT body FROM attachment").fetchone()[0])
    connection.execute("UPDATE attachment_part SET content = zeroblob(length(content))")
    connection.execute("UPDATE attachment SET body = ?", (msgspec.json.encode(body | {"sha256": "0" * 64}),))
    connection.close()
    first = two.first_desk(root)
    assert first.attachments.of(record)[0].sha256 == body["sha256"], "lists are made again from what was signed"
    found = two.shared_of(first).verify()
    assert f"attachment {added}" in found.broken
    first.close()
