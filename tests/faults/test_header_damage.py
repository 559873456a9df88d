"""A header that was damaged, or changed on purpose: every byte, every length, every borrowed part."""

from __future__ import annotations

import base64
import hmac
import json
import shutil
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from app.crypto.header import HEADER_BYTES, compose, open_contents, parse
from app.crypto.kdf import expand
from app.crypto.labels import label
from app.data.vault_folder import VaultFolder
from app.domain.errors import Code, VaultError
from tests.data.vaults import (
    CHEAP,
    NAME,
    PASSPHRASE,
    copied,
    key_file,
    listing,
    repaired,
    template,
    try_header,
    unlocked,
)

_COVERED = HEADER_BYTES - 32


def _refusal(raw: bytes) -> VaultError:
    with pytest.raises(VaultError) as refused:
        try_header(raw, template().kek)
    return refused.value


def _body(raw: bytes) -> dict[str, Any]:
    return json.loads(raw[12 : 12 + int.from_bytes(raw[8:12], "big")])  # type: ignore[no-any-return]  # json is untyped


def _with_body(body: bytes) -> bytes:
    """The template's header with another body, its old HMAC and a checksum that fits."""
    frame = (template().raw[:8] + len(body).to_bytes(4, "big") + body).ljust(HEADER_BYTES - 64, b"\0")
    return repaired(frame + template().raw[-64:])


def _signed(body: bytes) -> bytes:
    """A header whose HMAC fits the body too."""
    covered = (template().raw[:8] + len(body).to_bytes(4, "big") + body).ljust(HEADER_BYTES - 64, b"\0")
    with expand(template().master, label("header-mac")) as key:
        return repaired(covered + hmac.digest(key.view(), covered, "sha256") + bytes(32))


def _packed(body: dict[str, Any]) -> bytes:
    return json.dumps(body, separators=(",", ":")).encode()


def test_the_untouched_header_opens_by_the_same_way() -> None:
    assert try_header(template().raw, template().kek).raw == template().raw
    assert _with_body(_packed(_body(template().raw))) == template().raw
    assert _signed(_packed(_body(template().raw))) == template().raw


@pytest.mark.fault("F3", "flips in a header", cases=HEADER_BYTES)
def test_every_flipped_byte_is_called_damage_and_never_a_wrong_passphrase() -> None:
    codes: Counter[Code] = Counter()
    for place in range(HEADER_BYTES):
        raw = bytearray(template().raw)
        raw[place] ^= 1 << place % 8
        codes[_refusal(bytes(raw)).code] += 1
    assert codes == {Code.DAMAGED_HEADER: HEADER_BYTES}


@pytest.mark.fault("F3", "flips in a header, checksum repaired", cases=_COVERED)
def test_every_flipped_byte_is_refused_even_with_a_checksum_that_fits() -> None:
    codes: Counter[Code] = Counter()
    for place in range(_COVERED):
        raw = bytearray(template().raw)
        raw[place] ^= 1 << place % 8
        codes[_refusal(repaired(bytes(raw))).code] += 1
    assert codes.total() == _COVERED
    assert set(codes) <= {Code.DAMAGED_HEADER, Code.WRONG_PASSPHRASE, Code.NEWER_FORMAT}
    assert codes[Code.NEWER_FORMAT] <= 1


@pytest.mark.fault("F4", "header of another length", cases=HEADER_BYTES + 3)
def test_every_length_but_the_right_one_is_damage() -> None:
    for length in range(HEADER_BYTES):
        assert _refusal(template().raw[:length]).code is Code.DAMAGED_HEADER
    for longer in (template().raw + b"\0", template().raw * 2, template().raw[:2048] + bytes(2048)):
        assert _refusal(longer).code is Code.DAMAGED_HEADER


@pytest.mark.fault("F4", "emptied header")
@pytest.mark.parametrize("raw", [b"", bytes(HEADER_BYTES), b"{}", b"\xff" * HEADER_BYTES], ids=["0", "nul", "{}", "ff"])
def test_an_emptied_key_file_is_damage_and_makes_nothing_new(raw: bytes, tmp_path: Path) -> None:
    root = copied(tmp_path / "v")
    key_file(root).write_bytes(raw)
    before = listing(root)
    with pytest.raises(VaultError) as refused:
        VaultFolder.open(root).unlock(PASSPHRASE)
    assert refused.value.code is Code.DAMAGED_HEADER
    assert refused.value.detail["earlier"] == 0
    assert listing(root) == before


@pytest.mark.fault("F5", "parts of another vault")
def test_a_slot_of_another_vault_does_not_open_here(tmp_path: Path) -> None:
    other = VaultFolder.create(tmp_path / "other", "Kim", PASSPHRASE, kdf=CHEAP)
    other.close()
    borrowed = _body(key_file(tmp_path / "other").read_bytes())
    mine = _body(template().raw)
    for part in ("slots", "sealed", "nonce"):
        changed = {**mine, part: borrowed[part]}
        assert _refusal(_with_body(_packed(changed))).code in {Code.WRONG_PASSPHRASE, Code.DAMAGED_HEADER}
    moved = {**borrowed, "vault_id": mine["vault_id"], "person_file": mine["person_file"]}
    root = copied(tmp_path / "v")
    key_file(root).write_bytes(_with_body(_packed(moved)))
    with pytest.raises(VaultError) as refused:
        VaultFolder.open(root).unlock(PASSPHRASE)
    assert refused.value.code is Code.WRONG_PASSPHRASE


@pytest.mark.fault("F5", "parts of another vault")
def test_a_whole_header_of_another_vault_is_named_before_any_derivation(tmp_path: Path) -> None:
    VaultFolder.create(tmp_path / "other", "Kim", PASSPHRASE, kdf=CHEAP).close()
    root = copied(tmp_path / "v")
    shutil.copy(key_file(tmp_path / "other"), key_file(root))
    begun = time.process_time()
    with pytest.raises(VaultError) as refused:
        VaultFolder.open(root).unlock(PASSPHRASE)
    assert time.process_time() - begun < 0.05
    assert (refused.value.code, refused.value.detail["reason"]) == (Code.DAMAGED_HEADER, "other_vault")


@pytest.mark.fault("F5", "parts of another vault")
def test_a_header_under_another_name_is_refused(tmp_path: Path) -> None:
    root = copied(tmp_path / "v")
    key_file(root).rename(root / "people" / ("0" * 32 + ".key"))
    with pytest.raises(VaultError) as refused:
        VaultFolder.open(root).unlock(PASSPHRASE)
    assert refused.value.detail["reason"] == "other_person"


@pytest.mark.fault("F8", "costs out of policy")
@pytest.mark.parametrize(
    "kdf",
    [
        {"memory_kib": 8, "iterations": 1, "lanes": 1},
        {"memory_kib": 65535, "iterations": 3, "lanes": 1},
        {"memory_kib": 65536, "iterations": 2, "lanes": 1},
        {"memory_kib": 65536, "iterations": 3, "lanes": 0},
        {"memory_kib": 0, "iterations": 3, "lanes": 1},
        {"memory_kib": -65536, "iterations": 3, "lanes": 1},
        {"memory_kib": 1048577, "iterations": 3, "lanes": 1},
        {"memory_kib": 1048576, "iterations": 11, "lanes": 1},
        {"memory_kib": 1048576, "iterations": 10, "lanes": 17},
        {"memory_kib": 2**31, "iterations": 3, "lanes": 4},
        {"memory_kib": 2**63, "iterations": 3, "lanes": 4},
        {"memory_kib": 10**400, "iterations": 3, "lanes": 4},
        {"memory_kib": 65536.0, "iterations": 3, "lanes": 1},
        {"memory_kib": "65536", "iterations": 3, "lanes": 1},
        {"memory_kib": True, "iterations": 3, "lanes": 1},
        {"memory_kib": 65536, "iterations": 3},
        {"memory_kib": 65536, "iterations": 3, "lanes": 1, "version": 16},
        None,
    ],
    ids=str,
)
def test_costs_out_of_policy_cost_nothing_to_refuse(kdf: dict[str, Any] | None, tmp_path: Path) -> None:
    body = _body(template().raw)
    body["slots"][0]["kdf"] = kdf
    root = copied(tmp_path / "v")
    key_file(root).write_bytes(_with_body(_packed(body)))
    begun = time.process_time()
    with pytest.raises(VaultError) as refused:
        VaultFolder.open(root).unlock(PASSPHRASE)
    assert time.process_time() - begun < 0.05
    assert refused.value.code is Code.DAMAGED_HEADER


@pytest.mark.fault("F8", "other costs within policy")
def test_allowed_but_other_costs_do_not_open() -> None:
    """A downgrade within the policy: the costs are part of what the slot authenticates, whatever key is tried."""
    body = _body(template().raw)
    body["slots"][0]["kdf"]["memory_kib"] += 1024
    assert _refusal(_with_body(_packed(body))).code is Code.WRONG_PASSPHRASE


def _variants() -> dict[str, bytes]:
    body = _body(template().raw)
    plain = _packed(body)
    slot = body["slots"][0]
    swapped = dict(reversed(list(body.items())))
    made: dict[str, bytes] = {
        f"without {name}": _packed({key: value for key, value in body.items() if key != name}) for name in body
    }
    made |= {
        f"slot without {name}": _packed({**body, "slots": [{key: value for key, value in slot.items() if key != name}]})
        for name in slot
    }
    made |= {
        "added key": _packed({**body, "note": 1}),
        "added slot key": _packed({**body, "slots": [{**slot, "hint": "x"}]}),
        "reordered": _packed(swapped),
        "space": plain.replace(b":", b": ", 1),
        "newline": plain + b"\n",
        "leading space": b" " + plain,
        "doubled key": b'{"format":1,' + plain[1:],
        "escaped": plain.replace(b'"format"', b'"\\u0066ormat"'),
        "byte order mark": b"\xef\xbb\xbf" + plain,
        "no slots": _packed({**body, "slots": []}),
        "slot twice": _packed({**body, "slots": [slot, slot]}),
        "three slots": _packed({**body, "slots": [slot] * 3}),
        "other format": _packed({**body, "format": 0}),
        "format as float": plain.replace(b'"format":1', b'"format":1.0'),
        "old reader": _packed({**body, "min_reader": 0}),
        "short seal": _packed({**body, "sealed": base64.b64encode(b"x" * 100).decode()}),
        "unpadded base64": _packed({**body, "nonce": body["nonce"].rstrip("=") + "\n"}),
        "null": b"null",
        "list": b"[]",
        "nothing": b"",
        "not text": b"\xff\xfe",
        "deep": b"[" * 1900 + b"]" * 1900,
        "cut": plain[:-1],
    }
    return made


@pytest.mark.fault("F8", "another way to write it")
@pytest.mark.parametrize("name", sorted(_variants()))
def test_there_is_one_way_to_write_a_header(name: str) -> None:
    """Even by someone who holds the master key: checksum and HMAC both fit here, only the form is another."""
    refusal = _refusal(_signed(_variants()[name]))
    assert refusal.code is Code.DAMAGED_HEADER
    assert refusal.detail["reason"] not in {"mac", "checksum"}


def test_a_later_format_is_not_called_damage(tmp_path: Path) -> None:
    body = {**_body(template().raw), "min_reader": 3, "added_later": True}
    root = copied(tmp_path / "v")
    key_file(root).write_bytes(_with_body(_packed(body)))
    with pytest.raises(VaultError) as refused:
        VaultFolder.open(root).unlock(PASSPHRASE)
    assert refused.value.code is Code.NEWER_FORMAT


@pytest.mark.fault("F8", "lengths and padding")
def test_a_length_that_points_outside_is_damage() -> None:
    for length in (0, 1, 4021, 4096, 2**31, 2**32 - 1):
        raw = template().raw[:8] + length.to_bytes(4, "big") + template().raw[12:]
        assert _refusal(repaired(raw)).code is Code.DAMAGED_HEADER


@pytest.mark.fault("F8", "lengths and padding")
def test_something_in_the_padding_is_damage() -> None:
    raw = bytearray(template().raw)
    raw[HEADER_BYTES - 65] = 1
    assert _refusal(repaired(bytes(raw))).detail["reason"] == "padding"


@pytest.mark.fault("F5", "older part in a new header")
def test_an_old_encrypted_part_under_the_same_keys_is_noticed(tmp_path: Path) -> None:
    """Parts of two generations of one header may not be mixed: the HMAC covers them together."""
    root = copied(tmp_path / "v")
    with unlocked(root) as vault:
        vault.remember_head(vault.space.id, b"h" * 32, seq=1)
    newer = _body(key_file(root).read_bytes())
    mixed = {**newer, "sealed": _body(template().raw)["sealed"], "nonce": _body(template().raw)["nonce"]}
    frame = key_file(root).read_bytes()
    body = _packed(mixed)
    raw = (frame[:8] + len(body).to_bytes(4, "big") + body).ljust(HEADER_BYTES - 64, b"\0") + frame[-64:]
    assert _refusal(repaired(raw)).detail["reason"] == "mac"


@pytest.mark.fault("F8", "paths that lead outside")
def test_a_header_cannot_point_outside_the_vault(tmp_path: Path) -> None:
    import msgspec

    header = parse(template().raw)
    contents = open_contents(header, template().master)
    for name in ("../x.db", "/etc/passwd", "a.db", "..", "0" * 32, "0" * 32 + ".db/../x.db"):
        pointed = msgspec.structs.replace(contents.private, file_name=name)
        raw = compose(
            header.place, header.body.slots, msgspec.structs.replace(contents, private=pointed), template().master
        )
        root = copied(tmp_path / str(abs(hash(name))))
        key_file(root).write_bytes(raw)
        with pytest.raises(VaultError) as refused:
            unlocked(root)
        assert refused.value.code is Code.DAMAGED_HEADER
        assert VaultFolder.open(root).is_held() is False


def test_the_earlier_key_file_opens_when_asked_for(tmp_path: Path) -> None:
    root = copied(tmp_path / "v")
    with unlocked(root) as vault:
        vault.remember_head(vault.space.id, b"1" * 32, seq=1)
        vault.remember_head(vault.space.id, b"2" * 32, seq=2)
    key_file(root).write_bytes(bytes(HEADER_BYTES))
    with pytest.raises(VaultError) as refused:
        VaultFolder.open(root).unlock(PASSPHRASE)
    assert (refused.value.code, refused.value.detail["earlier"]) == (Code.DAMAGED_HEADER, 1)
    with VaultFolder.open(root).unlock(PASSPHRASE, NAME, earlier=True) as vault:
        assert vault.space.head_seq == 1
        vault.remember_head(vault.space.id, b"3" * 32, seq=3)
    with VaultFolder.open(root).unlock(PASSPHRASE) as vault:
        assert vault.space.head_seq == 3
