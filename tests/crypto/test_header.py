from __future__ import annotations

import os
import pickle
from datetime import UTC, datetime

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.crypto.header import (
    HEADER_BYTES,
    RETIRED_LIMIT,
    Contents,
    PersonPin,
    SpaceRecord,
    compose,
    open_contents,
    parse,
)
from app.crypto.kdf import DEFAULT
from app.crypto.keyslot import KeySlot, SlotKind, SlotPlace, wrap, wrap_for_recovery
from app.crypto.secret import Secret
from app.domain.errors import Code, VaultError

_PLACE = SlotPlace(vault_id="aa" * 16, person_file="bb" * 16, format=1)
_MASTER = Secret.random()
_SPACE = SpaceRecord(
    space_id="cc" * 16,
    file_name="dd" * 16 + ".db",
    epoch=1,
    key=b"K" * 32,
    salt=b"S" * 16,
    head=b"H" * 32,
    head_seq=7,
    head_seen_at=datetime(2026, 3, 1, 18, 30, tzinfo=UTC),
)
_CONTENTS = Contents(
    generation=1,
    person_id="ee" * 16,
    display_name="Robin",
    signing_key=b"1" * 32,
    sealing_key=b"2" * 32,
    private=_SPACE,
    shared=(),
)


def _slot(kind: SlotKind = SlotKind.PASSPHRASE) -> KeySlot:
    if kind is SlotKind.RECOVERY:
        return wrap_for_recovery(Secret.random(), _MASTER, os.urandom(16), "0a1b2c3d", _PLACE)
    return wrap(Secret.random(), _MASTER, DEFAULT, os.urandom(16), _PLACE)


def test_the_fullest_header_has_room() -> None:
    """The longest name, two shared spaces (one being left), two people, every recovery tag."""
    id_, date = "f" * 32, datetime.max.replace(tzinfo=UTC)
    space = SpaceRecord(
        space_id=id_,
        file_name=id_ + ".db",
        epoch=2**31,
        key=bytes(32),
        salt=bytes(16),
        head=bytes(32),
        head_seq=2**40,
        head_seen_at=date,
    )
    shared = msgspec.structs.replace(space, other_head=bytes(32), other_seq=2**40)
    pin = PersonPin(person_id=id_, person_file=id_, signing=bytes(32), sealing=bytes(32))
    contents = msgspec.structs.replace(
        _CONTENTS,
        display_name="\N{SAILBOAT}" * 80,
        private=space,
        shared=(shared,),
        others=(pin, pin),
        passphrase_set_at=date,
        recovery_made_at=date,
    )
    tags = tuple(f"{number:08x}" for number in range(RETIRED_LIMIT + 3))
    raw = compose(_PLACE, (_slot(), _slot(SlotKind.RECOVERY)), contents, _MASTER, retired=tags)
    assert open_contents(parse(raw), _MASTER) == contents
    assert parse(raw).body.retired == tags[3:]


def test_what_was_composed_comes_back() -> None:
    raw = compose(_PLACE, (_slot(),), _CONTENTS, _MASTER)
    assert len(raw) == HEADER_BYTES
    assert open_contents(parse(raw), _MASTER) == _CONTENTS
    assert parse(raw).place == _PLACE


@given(
    name=st.text(st.characters(exclude_categories=("Cs",)), max_size=80),
    seq=st.integers(0, 2**60),
    head=st.binary(max_size=32),
    seen=st.none() | st.datetimes(timezones=st.just(UTC)),
)
def test_any_contents_survive(name: str, seq: int, head: bytes, seen: datetime | None) -> None:
    space = msgspec.structs.replace(_SPACE, head=head, head_seq=seq, head_seen_at=seen)
    contents = msgspec.structs.replace(_CONTENTS, display_name=name, private=space)
    assert open_contents(parse(compose(_PLACE, (_slot(),), contents, _MASTER)), _MASTER) == contents


def test_there_is_room_for_two_slots_and_three_shared_spaces() -> None:
    contents = msgspec.structs.replace(_CONTENTS, display_name="名" * 80, shared=(_SPACE,) * 3)
    raw = compose(_PLACE, (_slot(), _slot(SlotKind.RECOVERY)), contents, _MASTER)
    header = parse(raw)
    assert open_contents(header, _MASTER) == contents
    assert [slot.kind for slot in header.passphrase_slots] == [SlotKind.PASSPHRASE]


def test_too_much_is_refused_by_the_writer() -> None:
    with pytest.raises(ValueError, match="room"):
        compose(_PLACE, (_slot(),), msgspec.structs.replace(_CONTENTS, shared=(_SPACE,) * 40), _MASTER)
    with pytest.raises(ValueError, match="room"):
        compose(_PLACE, (), _CONTENTS, _MASTER)
    with pytest.raises(ValueError, match="room"):
        compose(_PLACE, (_slot(),) * 3, _CONTENTS, _MASTER)


def test_nothing_private_is_readable_and_the_length_of_a_name_does_not_show() -> None:
    slots = (_slot(),)
    short = compose(_PLACE, slots, _CONTENTS, _MASTER)
    long = compose(_PLACE, slots, msgspec.structs.replace(_CONTENTS, display_name="R" * 80), _MASTER)
    for word in (b"Robin", b"KKKK", b"1111", b"SSSS", b"2026", b"S0tL", b"cccc", b"dddd"):
        assert word not in short
    assert int.from_bytes(short[8:12], "big") == int.from_bytes(long[8:12], "big")


def test_every_rewrite_is_encrypted_afresh() -> None:
    slots = (_slot(),)
    assert len({parse(compose(_PLACE, slots, _CONTENTS, _MASTER)).body.sealed for _ in range(20)}) == 20


def test_another_master_key_opens_nothing() -> None:
    header = parse(compose(_PLACE, (_slot(),), _CONTENTS, _MASTER))
    with pytest.raises(VaultError) as refused:
        open_contents(header, Secret.random())
    assert (refused.value.code, refused.value.detail) == (Code.DAMAGED_HEADER, {"reason": "mac"})


def test_contents_do_not_show_or_pickle_themselves() -> None:
    assert "Robin" not in repr(_CONTENTS)
    assert "KKKK" not in repr(_SPACE)
    assert "KKKK" not in repr((_SPACE, {"a": _CONTENTS}))
    for value in (_SPACE, _CONTENTS):
        with pytest.raises(TypeError):
            pickle.dumps(value)
