"""Two people in one vault: coming in, being paired, leaving alone, changing keys."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import msgspec
import pytest

from app import paths
from app.crypto.header import HEADER_BYTES, PersonPin, SpaceRecord, compose
from app.crypto.identity import Identity
from app.crypto.kdf import FLOOR
from app.crypto.secret import Secret
from app.data import offers, people
from app.data.parts import first_contents, new_record
from app.data.shared_space import PINS_LIMIT
from app.data.signatures import Signatures, What
from app.data.space import Space
from app.data.vault_meta import random_id
from app.domain.errors import Code, LeewardError, VaultError
from app.domain.records import PersonId, SpaceId, new_id
from app.services.people import compared_words
from tests.fixtures import two, vault
from tests.fixtures.session import shipped_kinds


def offers_in(root: Path) -> list[Path]:
    return sorted((root / "people").glob("*.offer"))


# ------------------------------------------------------------------------------------------------ coming in


def test_each_opens_with_their_own_passphrase_and_finds_the_same_space(tmp_path: Path) -> None:
    root = two.copied(tmp_path / "v")
    assert offers_in(root) == []
    first = vault.opened(root)
    two.write(first, "from the first")
    first.close()
    second = vault.opened(root, two.OTHER_PASSPHRASE)
    assert second.session.person.name == two.OTHER_NAME
    assert second.session.partner == vault.NAME
    assert two.texts(two.shared_of(second)) == {"from the first"}
    two.write(second, "from the second")
    second.close()
    first = two.first_desk(root)
    assert two.texts(two.shared_of(first)) == {"from the first", "from the second"}
    assert two.shared_of(first).verify().clean
    assert two.people_of(first).pending() == ()
    first.close()


def test_the_private_parts_stay_apart(tmp_path: Path) -> None:
    root = two.copied(tmp_path / "v")
    first = two.first_desk(root)
    first.journal.add("note", {"body": "mine alone"})
    first.close()
    second = two.second_desk(root)
    assert second.session.connection.execute("SELECT count(*) FROM record").fetchone()[0] == 0
    assert two.texts(two.shared_of(second)) == set()
    second.close()


def test_no_third_person_comes_in(tmp_path: Path) -> None:
    root = two.copied(tmp_path / "v")
    first = two.first_desk(root)
    assert not two.people_of(first).has_room()
    with pytest.raises(VaultError) as refused:
        two.people_of(first).welcome("Third", "another phrase of words", kdf=FLOOR)
    assert refused.value.code is Code.PLACE_FOR_TWO
    assert first.session.shared is not None
    first.close()
    with pytest.raises(VaultError) as refused:
        people.add_person(root, "Third", "another phrase of words", shipped_kinds(), kdf=FLOOR)
    assert refused.value.code is Code.PLACE_FOR_TWO
    assert len(two.person_files(root)) == 2


def gone(root: Path, part: two.Part) -> None:
    """A person who took themselves away: no header is left."""
    for path in (root / "people").glob(f"{part.person_file}.*"):
        path.unlink()


def test_after_one_person_is_gone_another_may_come_and_earlier_words_still_verify(tmp_path: Path) -> None:
    root = two.copied(tmp_path / "v")
    second = two.second_desk(root)
    two.write(second, "of somebody who left")
    second.close()
    gone(root, two.template()[2])
    first = two.first_desk(root)
    two.people_of(first).welcome("Third", "another phrase of words", kdf=FLOOR)
    assert two.texts(two.shared_of(first)) == {"of somebody who left"}
    assert two.shared_of(first).verify().clean
    first.close()
    third = vault.opened(root, "another phrase of words")
    assert two.texts(two.shared_of(third)) == {"of somebody who left"}  # vouched for by the one who welcomed them
    assert two.shared_of(third).verify().clean
    two.write(third, "of the third")
    third.close()
    gone(root, two.Part(next(file for file in two.person_files(root) if file != two.template()[1].person_file), b""))
    first = two.first_desk(root)
    assert two.shared_of(first).verify().clean
    with pytest.raises(VaultError) as refused:
        two.people_of(first).welcome("Fourth", "yet another phrase of words", kdf=FLOOR)
    assert refused.value.code is Code.PLACE_FOR_TWO
    two.people_of(first).leave()
    two.people_of(first).welcome("Fourth", "yet another phrase of words", kdf=FLOOR)
    assert two.texts(two.shared_of(first)) == set()
    first.close()


def test_the_fullest_header_still_has_room() -> None:
    """The longest name, every date, two people pinned, heads of both spaces, files of three changes of keys."""
    now = dt.datetime.now(dt.UTC)

    def record() -> SpaceRecord:
        made = new_record(new_id(), 10**6)
        return msgspec.structs.replace(
            made, head=bytes(32), head_seq=10**7, head_seen_at=now, other_head=bytes(32), other_seq=10**7
        )

    pins = tuple(PersonPin(new_id(), random_id(), bytes(32), bytes(32)) for _ in range(PINS_LIMIT))
    full = msgspec.structs.replace(
        first_contents("\U0001f600" * 80, pins),
        generation=10**7,
        private=record(),
        shared=(record(),),
        passphrase_set_at=now,
        recovery_made_at=now,
        leftover=tuple(random_id() + ".db" for _ in range(3)),
    )
    root, part, _ = two.template()
    header = two.header_of(root, part.person_file)
    assert len(compose(header.place, header.body.slots, full, Secret(part.master))) == HEADER_BYTES


def test_no_name_of_either_is_readable_on_disk(tmp_path: Path) -> None:
    root = tmp_path / "v"
    desk = vault.made(root, "Brindlevoster", partner=None)
    two.people_of(desk).welcome("Quorvelthimble", "nine amber windows over moss")
    desk.close()
    vault.opened(root, "nine amber windows over moss").close()
    for path in root.rglob("*"):
        if path.is_file():
            raw = path.read_bytes() + path.name.encode()
            assert b"Brindlevoster" not in raw
            assert b"Quorvelthimble" not in raw


def test_a_separate_part_needs_nobody_and_shares_nothing(tmp_path: Path) -> None:
    root = vault.copied(tmp_path / "v")
    person_file = people.add_person(root, "Sam", "nine amber windows over moss", shipped_kinds(), kdf=FLOOR)
    assert person_file in two.person_files(root)
    desk = vault.opened(root, "nine amber windows over moss")
    assert desk.session.person.name == "Sam"
    assert desk.session.shared is None
    assert desk.session.shared_trouble is None
    assert two.people_of(desk).other() is None
    desk.close()


def test_the_same_passphrase_twice_is_nobodys_business(tmp_path: Path) -> None:
    root = vault.copied(tmp_path / "v")
    person_file = people.add_person(root, "Sam", vault.PASSPHRASE, shipped_kinds(), kdf=FLOOR)
    from app.data.vault_folder import VaultFolder

    proven = VaultFolder.open(root).derive(vault.PASSPHRASE, person_file=person_file)
    assert proven is not None
    assert proven.header.body.person_file == person_file
    proven.wipe()


def test_a_person_may_not_be_called_by_their_passphrase(tmp_path: Path) -> None:
    root = vault.copied(tmp_path / "v")
    desk = vault.opened(root)
    with pytest.raises(VaultError) as refused:
        two.people_of(desk).welcome("nine amber", "Nine Amber", kdf=FLOOR)
    assert refused.value.code is Code.NAME_IS_PASSPHRASE
    assert len(two.person_files(root)) == 1
    desk.close()


# ------------------------------------------------------------------------------------------------ leaving


def test_leaving_takes_nothing_from_the_other_and_tells_nobody(tmp_path: Path) -> None:
    root = two.copied(tmp_path / "v")
    first = two.first_desk(root)
    two.write(first, "kept")
    first.close()
    before = two.header_of(root, two.template()[1].person_file).raw
    second = two.second_desk(root)
    two.people_of(second).leave()
    assert second.session.shared is None
    second.close()
    assert two.header_of(root, two.template()[1].person_file).raw == before
    assert two.contents_of(root, two.template()[2]).shared == ()
    first = two.first_desk(root)
    assert two.texts(two.shared_of(first)) == {"kept"}
    assert two.people_of(first).pending() == ()
    first.close()


def test_who_left_is_asked_before_coming_back(tmp_path: Path) -> None:
    root = two.copied(tmp_path / "v")
    second = two.second_desk(root)
    two.people_of(second).leave()
    second.close()
    first = two.first_desk(root)
    two.write(first, "written alone")
    two.people_of(first).invite()
    first.close()
    second = two.second_desk(root)
    assert second.session.shared is None
    (waiting,) = two.people_of(second).pending()
    assert not waiting.keys_changed
    two.people_of(second).accept(waiting)
    assert two.texts(two.shared_of(second)) == {"written alone"}
    assert offers_in(root) == []
    two.write(second, "back")
    second.close()
    first = two.first_desk(root)
    assert two.texts(two.shared_of(first)) == {"written alone", "back"}
    first.close()


def test_an_old_offer_put_back_brings_nobody_in_again(tmp_path: Path) -> None:
    root = vault.copied(tmp_path / "v")
    desk = vault.opened(root)
    two.people_of(desk).welcome(two.OTHER_NAME, two.OTHER_PASSPHRASE, kdf=FLOOR)
    desk.close()
    (path,) = offers_in(root)
    kept = path.read_bytes()
    second = vault.opened(root, two.OTHER_PASSPHRASE)
    assert second.session.shared is not None
    two.people_of(second).leave()
    second.close()
    path.write_bytes(kept)
    second = vault.opened(root, two.OTHER_PASSPHRASE)
    assert second.session.shared is None
    assert len(two.people_of(second).pending()) == 1
    second.close()


def test_leaving_without_a_shared_space_is_refused(tmp_path: Path) -> None:
    root = vault.copied(tmp_path / "v")
    desk = vault.opened(root)
    for verb in (two.people_of(desk).leave, two.people_of(desk).renew):
        with pytest.raises(LeewardError) as refused:
            verb()
        assert refused.value.code is Code.NO_SHARED_SPACE
    with pytest.raises(VaultError) as refused_invitation:
        two.people_of(desk).invite()
    assert refused_invitation.value.code is Code.UNKNOWN_PERSON
    desk.close()


def test_a_new_space_is_begun_after_both_left(tmp_path: Path) -> None:
    root = two.copied(tmp_path / "v")
    for open_desk in (two.second_desk, two.first_desk):
        desk = open_desk(root)
        two.people_of(desk).leave()
        desk.close()
    first = two.first_desk(root)
    two.people_of(first).invite()
    two.write(first, "begun again")
    first.close()
    second = two.second_desk(root)
    (waiting,) = two.people_of(second).pending()
    two.people_of(second).accept(waiting)
    assert two.texts(two.shared_of(second)) == {"begun again"}
    second.close()


def test_one_shared_space_at_a_time(tmp_path: Path) -> None:
    root = two.copied(tmp_path / "v")
    first = two.first_desk(root)
    two.people_of(first).leave()
    two.people_of(first).invite()
    first.close()
    second = two.second_desk(root)
    (waiting,) = two.people_of(second).pending()
    with pytest.raises(VaultError) as refused:
        two.people_of(second).accept(waiting)
    assert refused.value.code is Code.ALREADY_SHARED
    assert second.session.shared is not None
    assert len(offers_in(root)) == 1
    two.people_of(second).leave()
    two.people_of(second).accept(waiting)
    second.close()


# ------------------------------------------------------------------------------------------------ a new epoch


def test_a_new_epoch_keeps_every_word_and_reaches_the_other(tmp_path: Path) -> None:
    root = two.copied(tmp_path / "v")
    second = two.second_desk(root)
    two.write(second, "from the second")
    second.close()
    first = two.first_desk(root)
    two.write(first, "before")
    former = two.shared_file(root)
    two.people_of(first).renew()
    two.write(first, "after")
    assert two.shared_of(first).verify().clean
    first.close()
    assert former.exists()  # the other still goes on in it
    assert two.shared_file(root) != former
    second = two.second_desk(root)
    assert two.texts(two.shared_of(second)) == {"from the second", "before", "after"}
    assert not former.exists()
    assert offers_in(root) == []
    assert two.shared_of(second).verify().clean
    second.close()
    old, new = two.contents_of(root, two.template()[1]).shared[0], two.contents_of(root, two.template()[2]).shared[0]
    assert (old.epoch, new.epoch, old.key == new.key) == (2, 2, True)


def test_two_epochs_before_the_other_looks_leave_one_file(tmp_path: Path) -> None:
    root = two.copied(tmp_path / "v")
    first = two.first_desk(root)
    two.people_of(first).renew()
    two.write(first, "between")
    two.people_of(first).renew()
    first.close()
    assert len(offers_in(root)) == 1
    second = two.second_desk(root)
    assert two.texts(two.shared_of(second)) == {"between"}
    second.close()
    assert len(list((root / "spaces").glob("*.db"))) == 3


def test_alone_the_old_file_goes_at_once(tmp_path: Path) -> None:
    root = two.copied(tmp_path / "v")
    for path in (root / "people").glob(f"{two.template()[2].person_file}.*"):
        path.unlink()
    first = two.first_desk(root)
    two.write(first, "alone now")
    former = two.shared_file(root)
    two.people_of(first).renew()
    assert not former.exists()
    assert two.texts(two.shared_of(first)) == {"alone now"}
    assert offers_in(root) == []
    first.close()


def test_a_second_renewal_waits_for_the_first(tmp_path: Path) -> None:
    """Only one person is at the vault at a time, so this takes an offer that came while the other's file was open."""
    root = two.copied(tmp_path / "v")
    first = two.first_desk(root)
    two.people_of(first).renew()
    first.close()
    (path,) = offers_in(root)
    kept = path.read_bytes()
    path.unlink()
    second = two.second_desk(root)
    path.write_bytes(kept)
    with pytest.raises(VaultError) as refused:
        two.people_of(second).renew()
    assert refused.value.code is Code.WAITS_FOR_YOU
    two.write(second, "written in the old file")
    second.close()
    second = two.second_desk(root)
    assert two.texts(two.shared_of(second)) == {"written in the old file"}
    assert two.contents_of(root, two.template()[2]).shared[0].epoch == 2
    second.close()
    first = two.first_desk(root)
    assert two.texts(two.shared_of(first)) == {"written in the old file"}
    assert two.shared_of(first).verify().clean
    first.close()


# ------------------------------------------------------------------------------------------------ changed keys


NEW_PASSPHRASE = "four cedar bridges at noon"


def rotated(root: Path) -> two.Part:
    """The first person gives everything new keys."""
    first = two.first_desk(root)
    done = first.keys.rotate(vault.PASSPHRASE, NEW_PASSPHRASE, kdf=FLOOR)
    assert done is not None
    assert first.session.shared is not None, first.session.shared_trouble
    two.write(first, "after the change")
    assert two.shared_of(first).verify().clean
    first.close()
    return two.part_of(root, two.template()[1].person_file, NEW_PASSPHRASE)


def test_changed_keys_are_compared_before_they_count(tmp_path: Path) -> None:
    root = two.copied(tmp_path / "v")
    first = two.first_desk(root)
    two.write(first, "before the change")
    first.close()
    part = rotated(root)
    second = two.second_desk(root)
    assert two.texts(two.shared_of(second)) == {"before the change"}  # nothing was taken unasked
    two.write(second, "meanwhile")
    (waiting,) = two.people_of(second).pending()
    assert waiting.keys_changed
    other = two.people_of(second).other()
    assert other is not None
    assert other.fingerprint != waiting.fingerprint
    two.people_of(second).accept(waiting)
    other = two.people_of(second).other()
    assert other is not None
    assert other.fingerprint == waiting.fingerprint
    assert two.texts(two.shared_of(second)) == {"before the change", "after the change", "meanwhile"}
    assert two.shared_of(second).verify().clean
    assert two.people_of(second).pending() == ()
    second.close()
    first = two.unlocked_desk(root, part)
    assert two.people_of(first).own_fingerprint == waiting.fingerprint
    assert two.texts(two.shared_of(first)) == {"before the change", "after the change", "meanwhile"}
    assert two.shared_of(first).verify().clean
    first.close()
    assert offers_in(root) == []
    assert len(list((root / "spaces").glob("*.db"))) == 3


def test_the_former_keys_sign_nothing_any_more(tmp_path: Path) -> None:
    """Whoever has a copy of the old header knows the old keys: their words are not the person's."""
    root = two.copied(tmp_path / "v")
    first = two.first_desk(root)
    two.write(first, "before")
    first.close()
    old = two.contents_of(root, two.template()[1])
    part = rotated(root)
    first = two.unlocked_desk(root, part)
    space = two.shared_of(first)
    forger = Signatures(
        first.vault.unlocked.vault_id if first.vault else "",
        SpaceId(old.shared[0].space_id),
        PersonId(old.person_id),
        Identity(Secret(old.signing_key), Secret(old.sealing_key)),
    )
    forged = Space(space.connection, space.kinds, signatures=forger)
    with forged.change(PersonId(old.person_id), zone="UTC") as change:
        change.put("note", space.kinds.parse("note", {"body": "forged"}))
    (doubt,) = space.verify().doubts
    assert doubt.what is What.WRONG_SIGNATURE
    first.close()
    first = two.unlocked_desk(root, part)
    assert first.session.shared is None
    assert first.session.shared_trouble is not None
    assert first.session.shared_trouble.detail["reason"] == "wrong_signature"
    first.close()


def test_keys_change_twice_before_the_other_looks(tmp_path: Path) -> None:
    root = two.copied(tmp_path / "v")
    part = rotated(root)
    first = two.unlocked_desk(root, part)
    assert first.keys.rotate(NEW_PASSPHRASE, "eleven kites above a quiet shore", kdf=FLOOR) is not None
    two.write(first, "twice")
    first.close()
    second = two.second_desk(root)
    (waiting,) = two.people_of(second).pending()
    two.people_of(second).accept(waiting)
    assert two.texts(two.shared_of(second)) == {"after the change", "twice"}
    assert two.shared_of(second).verify().clean
    second.close()


def test_a_rotation_that_is_called_off_leaves_both_spaces(tmp_path: Path) -> None:
    root = two.copied(tmp_path / "v")
    before = sorted(path.name for path in (root / "spaces").glob("*.db"))
    first = two.first_desk(root)
    two.write(first, "stays")
    asked: list[int] = []

    def at_the_end() -> bool:
        asked.append(1)
        return first.session.shared is None  # the shared file is prepared, the header not yet written

    assert first.keys.rotate(vault.PASSPHRASE, NEW_PASSPHRASE, kdf=FLOOR, cancelled=at_the_end) is None
    assert asked
    assert two.texts(two.shared_of(first)) == {"stays"}
    two.write(first, "goes on")
    first.close()
    assert sorted(path.name for path in (root / "spaces").glob("*.db")) == before
    first = two.first_desk(root)
    assert two.shared_of(first).verify().clean
    first.close()


# ------------------------------------------------------------------------------------------------ words to compare


def test_compared_words_are_six_plain_words_that_differ_with_the_keys() -> None:
    words = paths.resources() / "content" / "words-en.txt"
    seen = {compared_words(f"{number:032x}", words) for number in range(200)}
    assert len(seen) == 200
    assert all(len(found) == 6 and all(word.isalpha() for word in found) for found in seen)
    assert compared_words("0" * 32, words) == compared_words("0" * 32, words)


def test_an_offer_has_one_size_and_says_nothing(tmp_path: Path) -> None:
    root = vault.copied(tmp_path / "v")
    desk = vault.opened(root)
    two.people_of(desk).welcome(two.OTHER_NAME, two.OTHER_PASSPHRASE, kdf=FLOOR)
    two.write(desk, "at once")
    desk.close()
    (path,) = offers_in(root)
    raw = path.read_bytes()
    assert len(raw) == offers.OFFER_BYTES
    assert path.stat().st_mode & 0o077 == 0
    spaces = [file.stem.encode() for file in (root / "spaces").glob("*.db")]
    assert len(spaces) == 3
    assert not any(name in raw for name in spaces)
