"""One person's keys and every verb of the program, turned on the other's private part: nothing of it comes out.

What each attempt brings back, whatever its form, is searched for the other's words, the ids of their entries and
spaces, and their keys. What could find them in an open part is tried there as well: none fails by its own fault.
"""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec
import pytest
import sqlcipher3

from app.crypto.header import SpaceRecord, compose, open_contents, parse
from app.crypto.identity import Identity
from app.crypto.kdf import derive_key, expand, normalise
from app.crypto.keyslot import unwrap
from app.crypto.labels import label
from app.crypto.seal import unseal
from app.crypto.secret import Secret
from app.data import cipher, keeping, offers, reading
from app.data.space import SpaceMeta, belongs_to
from app.data.vault_folder import ProvenKey, VaultFolder
from app.data.vault_layout import Layout
from app.domain.errors import LeewardError
from app.domain.records import SpaceId
from app.services.desk import Desk
from tests.data.pages import decrypted
from tests.faults.table import Faults
from tests.fixtures import two, vault

MARK = "quincunx"


@dataclass(frozen=True)
class Victim:
    """What must never come out: words, ids, keys."""

    part: two.Part
    record_id: str
    tokens: tuple[bytes, ...]
    private: SpaceRecord


@dataclass
class World:
    """A vault of two, the one whose part is tried, and the desk of the one who tries."""

    root: Path
    victim: Victim
    own: two.Part
    desk: Desk

    @property
    def victim_file(self) -> Path:
        return self.root / "spaces" / self.victim.private.file_name


def _written(root: Path) -> Victim:
    first = two.template()[1]
    desk = two.first_desk(root)
    note = desk.journal.add("note", {"body": f"{MARK} in a note"})
    desk.journal.add("injury", {"title": f"{MARK} title", "story": f"{MARK} story", "weight": 6})
    desk.journal.add("trigger", {"cue": f"{MARK} cue", "peak": 7})
    gone = desk.journal.add("note", {"body": f"{MARK} removed"})
    desk.journal.remove(gone)
    keeping.save_draft(desk.session.connection, "new", "note", {"body": f"{MARK} draft"}, 5)
    two.write(desk, "shown to both")
    ids = [str(row[0]) for row in desk.session.connection.execute("SELECT DISTINCT record FROM revision")]
    desk.close()
    contents = two.contents_of(root, first)
    private = contents.private
    keys = (private.key, contents.signing_key, contents.sealing_key, first.master, private.key.hex().encode())
    tokens = (MARK.encode(), private.space_id.encode(), *(one.encode() for one in ids), *keys)
    return Victim(first, str(note), tokens, private)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Victim]:
    root = two.copied(tmp_path_factory.mktemp("isolation") / "v")
    return root, _written(root)


@pytest.fixture
def world(made: tuple[Path, Victim], tmp_path: Path) -> Iterator[World]:
    root = shutil.copytree(made[0], tmp_path / "v")
    found = World(root, made[1], two.template()[2], two.second_desk(root))
    yield found
    with contextlib.suppress(LeewardError):
        found.desk.close()


# ------------------------------------------------------------------------------------------------ attempts with keys


def _open(world: World, key: bytes, salt: bytes) -> object:
    connection = cipher.open_space(world.victim_file, Secret(key), salt)
    try:
        return connection.execute("SELECT count(*), group_concat(record) FROM revision").fetchall()
    finally:
        connection.close()


def _own_contents(world: World) -> SpaceRecord:
    return two.contents_of(world.root, world.own).private


def own_key(world: World) -> object:
    own = _own_contents(world)
    return _open(world, own.key, own.salt)


def own_key_their_salt(world: World) -> object:
    return _open(world, _own_contents(world).key, world.victim_file.read_bytes()[:16])


def shared_key(world: World) -> object:
    shared = two.contents_of(world.root, world.own).shared[0]
    return _open(world, shared.key, shared.salt)


def shared_key_their_salt(world: World) -> object:
    return _open(world, two.contents_of(world.root, world.own).shared[0].key, world.victim_file.read_bytes()[:16])


def own_master(world: World) -> object:
    return _open(world, world.own.master, world.victim_file.read_bytes()[:16])


def expanded_master(world: World) -> object:
    with Secret(world.own.master) as master, expand(master, label("wrap")) as key:
        return _open(world, bytes(key.view()), world.victim_file.read_bytes()[:16])


def zero_key(world: World) -> object:
    return _open(world, bytes(32), world.victim_file.read_bytes()[:16])


def identity_as_key(world: World) -> object:
    own = two.contents_of(world.root, world.own)
    return _open(world, own.sealing_key, world.victim_file.read_bytes()[:16])


def page_by_page(world: World) -> object:
    return decrypted(world.victim_file, two.contents_of(world.root, world.own).shared[0].key)


def attached(world: World) -> object:
    """Join the other's file to one's own connection under one's own key."""
    connection = world.desk.session.connection
    key = _own_contents(world).key.hex() + world.victim_file.read_bytes()[:16].hex()
    connection.execute(f"ATTACH DATABASE ? AS theirs KEY \"x'{key}'\"", (str(world.victim_file),))
    return connection.execute("SELECT * FROM theirs.record").fetchall()


def attached_without_a_key(world: World) -> object:
    connection = world.desk.session.connection
    connection.execute("ATTACH DATABASE ? AS theirs KEY ''", (str(world.victim_file),))
    return connection.execute("SELECT * FROM theirs.record").fetchall()


# ------------------------------------------------------------------------------------------------ the header


def header_with_own_master(world: World) -> object:
    return msgspec.json.encode(
        open_contents(two.header_of(world.root, world.victim.part.person_file), Secret(world.own.master))
    )


def slot_with_own_passphrase(world: World) -> object:
    header = two.header_of(world.root, world.victim.part.person_file)
    slot = header.passphrase_slots[0]
    assert slot.kdf is not None
    with normalise(two.OTHER_PASSPHRASE) as phrase, derive_key(phrase, slot.salt, slot.kdf) as kek:
        return bytes(unwrap(kek, slot, header.place).view())


def slot_moved_into_own_header(world: World) -> object:
    theirs, own = (two.header_of(world.root, part.person_file) for part in (world.victim.part, world.own))
    slot = own.passphrase_slots[0]
    assert slot.kdf is not None
    with normalise(two.OTHER_PASSPHRASE) as phrase, derive_key(phrase, slot.salt, slot.kdf) as kek:
        return bytes(unwrap(kek, theirs.passphrase_slots[0], own.place).view())


def opened_as_the_other(world: World) -> object:
    world.desk.close()
    header = two.header_of(world.root, world.victim.part.person_file)
    folder = VaultFolder.open(world.root)
    with folder.open_with(ProvenKey(header, Secret(world.own.master), earlier=False)) as unlocked:
        return msgspec.json.encode(unlocked.contents)


def by_their_name(world: World) -> object:
    world.desk.close()
    with VaultFolder.open(world.root).unlock(two.OTHER_PASSPHRASE, vault.NAME) as unlocked:
        return MARK + unlocked.vault_id


def only_their_header(world: World) -> object:
    world.desk.close()
    found = VaultFolder.open(world.root).derive(two.OTHER_PASSPHRASE, person_file=world.victim.part.person_file)
    return found and bytes(found.master.view())


def own_header_in_their_place(world: World) -> object:
    world.desk.close()
    people = world.root / "people"
    shutil.copy(people / f"{world.own.person_file}.key", people / f"{world.victim.part.person_file}.key")
    desk = two.unlocked_desk(world.root, two.Part(world.victim.part.person_file, world.own.master))
    return _everything(desk)


def their_file_named_in_own_header(world: World) -> object:
    """The attacker knows their own master key: their header may say what they like."""
    world.desk.close()
    header = two.header_of(world.root, world.own.person_file)
    contents = two.contents_of(world.root, world.own)
    private = msgspec.structs.replace(contents.private, file_name=world.victim.private.file_name)
    changed = msgspec.structs.replace(contents, private=private)
    raw = compose(header.place, header.body.slots, changed, Secret(world.own.master))
    assert parse(raw)
    (world.root / "people" / f"{world.own.person_file}.key").write_bytes(raw)
    return _everything(two.unlocked_desk(world.root, world.own))


def their_file_as_the_shared_one(world: World) -> object:
    world.desk.close()
    header = two.header_of(world.root, world.own.person_file)
    contents = two.contents_of(world.root, world.own)
    shared = msgspec.structs.replace(contents.shared[0], file_name=world.victim.private.file_name)
    changed = msgspec.structs.replace(contents, shared=(shared,))
    raw = compose(header.place, header.body.slots, changed, Secret(world.own.master))
    (world.root / "people" / f"{world.own.person_file}.key").write_bytes(raw)
    return _everything(two.unlocked_desk(world.root, world.own))


def their_file_under_own_name(world: World) -> object:
    world.desk.close()
    shutil.copy(world.victim_file, world.root / "spaces" / _own_contents(world).file_name)
    return _everything(two.unlocked_desk(world.root, world.own))


def checked_against_own_meta(world: World) -> object:
    own = _own_contents(world)
    meta = SpaceMeta(two.header_of(world.root, world.own.person_file).body.vault_id, SpaceId(own.space_id), own.epoch)
    with cipher.open_space(world.victim_file, Secret(own.key), own.salt, check=belongs_to(meta)) as connection:
        return connection.execute("SELECT * FROM record").fetchall()


def their_sealed_things(world: World) -> object:
    own = two.contents_of(world.root, world.own)
    identity = Identity(Secret(own.signing_key), Secret(own.sealing_key))
    sealed = two.header_of(world.root, world.victim.part.person_file).body.sealed
    return bytes(unseal(identity, label("contents"), sealed).view())


def every_offer(world: World) -> object:
    own = two.contents_of(world.root, world.own)
    identity = Identity(Secret(own.signing_key), Secret(own.sealing_key))
    found = offers.find_offers(Layout(world.root)).offers
    return [msgspec.json.encode(offers.open_offer(offer, identity)) for _, offer in found]


# ------------------------------------------------------------------------------------------------ attempts with verbs


def _everything(desk: Desk) -> object:
    """All rows of every table of every open space."""
    try:
        return _rows(desk)
    finally:
        with contextlib.suppress(LeewardError):
            desk.close()


def _rows(desk: Desk) -> object:
    found: list[object] = []
    for space in desk.session.spaces:
        tables = space.connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
        found += [space.connection.execute(f'SELECT * FROM "{name}"').fetchall() for (name,) in tables]
    return found


def every_row(world: World) -> object:
    return _rows(world.desk)


def timeline(world: World) -> object:
    return world.desk.timeline.page(limit=500)


def found_by_search(world: World) -> object:
    return [world.desk.journal.search(word) for word in (MARK, MARK[:4], "removed", "title")]


def opened_by_id(world: World) -> object:
    return world.desk.timeline.open(world.victim.record_id)  # type: ignore[arg-type]


def record_by_id(world: World) -> object:
    return world.desk.journal.record(world.victim.record_id)  # type: ignore[arg-type]


def resolved(world: World) -> object:
    return world.desk.journal.resolve(world.victim.record_id[:8]) + "found"


def history(world: World) -> object:
    return world.desk.journal.history(world.victim.record_id)  # type: ignore[arg-type]


def edited(world: World) -> object:
    return world.desk.journal.edit(world.victim.record_id, {"body": "overwritten"})  # type: ignore[arg-type]


def removed(world: World) -> object:
    return world.desk.journal.remove(world.victim.record_id)  # type: ignore[arg-type]


def trash(world: World) -> object:
    return world.desk.trash.list()


def drafts(world: World) -> object:
    return [keeping.drafts(space.connection) for space in world.desk.session.spaces]


def counted(world: World) -> object:
    """Counts are numbers: any that is not the attacker's own, or the shared one, would be the other's."""
    counts = world.desk.journal.counts()
    return MARK if sum(counts.values()) > 1 else counts


def measured(world: World) -> object:
    values = [reading.series(space.connection, "trigger.peak").values for space in world.desk.session.spaces]
    return MARK if any(values) else values


def checks(world: World) -> object:
    found = world.desk.checks.verify()
    return MARK if found.revisions else found  # the attacker's own part is empty


def titles(world: World) -> object:
    return [
        reading.recent_titles(space.connection, kind)
        for space in world.desk.session.spaces
        for kind in ("injury", "note")
    ]


def told_about_the_other(world: World) -> object:
    people = two.people_of(world.desk)
    return (people.other(), people.pending(), people.own_fingerprint)


def raw_bytes(world: World) -> object:
    return [path.read_bytes() for path in sorted(world.root.rglob("*")) if path.is_file()]


def shared_pages(world: World) -> object:
    shared = two.contents_of(world.root, world.own).shared[0]
    world.desk.close()
    return decrypted(world.root / "spaces" / shared.file_name, shared.key)


ATTEMPTS: tuple[Callable[[World], object], ...] = (
    own_key, own_key_their_salt, shared_key, shared_key_their_salt, own_master, expanded_master, zero_key,
    identity_as_key, page_by_page, attached, attached_without_a_key, header_with_own_master,
    slot_with_own_passphrase, slot_moved_into_own_header, opened_as_the_other, by_their_name, only_their_header,
    own_header_in_their_place, their_file_named_in_own_header, their_file_as_the_shared_one,
    their_file_under_own_name, checked_against_own_meta, their_sealed_things, every_offer, every_row, timeline,
    found_by_search, opened_by_id, record_by_id, resolved, history, edited, removed, trash, drafts, counted,
    measured, checks, titles, told_about_the_other, raw_bytes, shared_pages,
)  # fmt: skip
REFUSALS = (LeewardError, sqlcipher3.Error)


def brought_back(attempt: Callable[[World], object], world: World) -> list[bytes]:
    """Which of the other's things an attempt brought back."""
    try:
        found = attempt(world)
    except REFUSALS:
        return []
    raw = _bytes(found)
    asked = {world.victim.record_id.encode()} if attempt in {opened_by_id, record_by_id, resolved, history} else set()
    return [token for token in world.victim.tokens if token in raw and token not in asked]


def _bytes(found: object) -> bytes:
    if isinstance(found, bytes):
        return found
    if isinstance(found, list | tuple):
        return b"\n".join(_bytes(part) for part in found)
    return repr(found).encode()


def test_nothing_of_the_other_private_part_comes_out(made: tuple[Path, Victim], tmp_path: Path, faults: Faults) -> None:
    passed = 0
    for number, attempt in enumerate(ATTEMPTS):
        root = shutil.copytree(made[0], tmp_path / str(number))
        world = World(root, made[1], two.template()[2], two.second_desk(root))
        try:
            found = brought_back(attempt, world)
        finally:
            with contextlib.suppress(LeewardError, sqlcipher3.Error):
                world.desk.close()
        assert found == [], attempt.__name__
        passed += 1
        shutil.rmtree(root)
    faults.report("F20", "the other's keys, files and verbs", len(ATTEMPTS), passed)


@pytest.mark.parametrize(
    "attempt",
    [every_row, timeline, found_by_search, trash, drafts, counted, measured, checks, titles],
    ids=lambda attempt: attempt.__name__,
)
def test_the_same_verbs_find_it_in_their_own_part(
    made: tuple[Path, Victim], tmp_path: Path, attempt: Callable[[World], object]
) -> None:
    """An attempt that could find nothing anywhere would prove nothing."""
    root = shutil.copytree(made[0], tmp_path / "v")
    world = World(root, made[1], two.template()[1], two.first_desk(root))
    assert brought_back(attempt, world)
    world.desk.close()


def test_the_right_key_opens_what_the_wrong_ones_did_not(world: World) -> None:
    found = _open(world, world.victim.private.key, world.victim.private.salt)
    assert world.victim.record_id.encode() in _bytes(found)


def test_the_words_of_one_are_never_written_into_the_other_ones_files(world: World) -> None:
    own = two.contents_of(world.root, world.own)
    world.desk.close()
    for record in (own.private, *own.shared):
        plain = decrypted(world.root / "spaces" / record.file_name, record.key)
        assert b"CREATE TABLE" in plain
        assert not any(token in plain for token in world.victim.tokens)
