"""Public cards: what they say, what they refuse, and that an unlock puts them right."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.crypto.identity import Identity
from app.crypto.secret import Secret
from app.data.cards import CARD_BYTES, SECOND, Card, find_cards, parse_card, read_cards, repair_card, write_card
from app.data.vault_layout import Layout
from app.data.vault_meta import random_id
from app.domain.errors import LeewardError, VaultError
from tests.data.vaults import copied, key_file, unlocked


def _card_file(root: Path) -> Path:
    (found,) = (root / "people").glob("*.card")
    return found


def _second(root: Path, label: str = "") -> tuple[Card, Identity]:
    person = random_id()
    (root / "people" / f"{person}.key").write_bytes(key_file(root).read_bytes())
    identity = Identity.generate()
    (first,) = read_cards(Layout(root))[:1]
    return write_card(Layout(root), first.vault_id, person, random_id(), identity, SECOND, label), identity


def test_a_new_vault_has_a_card_of_fixed_size_with_a_circle_and_no_name(tmp_path: Path) -> None:
    root = copied(tmp_path / "v")
    (card,) = read_cards(Layout(root))
    assert (card.mark, card.label, card.person_file) == (1, "", key_file(root).stem)
    assert _card_file(root).stat().st_size == CARD_BYTES
    with unlocked(root) as vault:
        assert card.identity == vault.identity.public
        assert card.person_id == vault.person_id


def test_two_people_stand_in_the_order_of_joining_and_a_label_keeps_the_size(tmp_path: Path) -> None:
    root = copied(tmp_path / "v")
    second, identity = _second(root, "J" * 24)
    assert [card.mark for card in read_cards(Layout(root))] == [1, 2]
    assert read_cards(Layout(root))[1] == second
    assert {path.stat().st_size for path in (root / "people").glob("*.card")} == {CARD_BYTES}
    for label in ("J" * 25, "a\nb", "\u202e"):
        with pytest.raises(LeewardError):
            write_card(Layout(root), second.vault_id, second.person_file, second.person_id, identity, SECOND, label)


def test_every_flipped_byte_is_seen(tmp_path: Path) -> None:
    raw = bytearray(_card_file(copied(tmp_path / "v")).read_bytes())
    for place in range(len(raw)):
        raw[place] ^= 1
        with pytest.raises(VaultError):
            parse_card(bytes(raw))
        raw[place] ^= 1
    parse_card(bytes(raw))
    for cut in (0, 1, CARD_BYTES - 1):
        with pytest.raises(VaultError):
            parse_card(bytes(raw[:cut]))
    with pytest.raises(VaultError):
        parse_card(bytes(raw) + b" ")


@pytest.mark.parametrize("harm", ["missing", "empty", "another vault", "another person", "someone else's keys"])
def test_a_wrong_card_is_left_out_and_the_next_unlock_writes_it_anew(harm: str, tmp_path: Path) -> None:
    root = copied(tmp_path / "v")
    file = _card_file(root)
    whole = file.read_bytes()
    card = parse_card(whole)
    other = Identity.generate()
    if harm == "missing":
        file.unlink()
    elif harm == "empty":
        file.write_bytes(b"")
    elif harm == "another vault":
        write_card(Layout(root), random_id(), card.person_file, card.person_id, other, 1)
    elif harm == "another person":
        write_card(Layout(root), card.vault_id, random_id(), card.person_id, other, 1)
        made = next(path for path in (root / "people").glob("*.card") if path != file)
        made.replace(file)
    else:
        write_card(Layout(root), card.vault_id, card.person_file, card.person_id, other, 1)
    if harm != "someone else's keys":
        assert find_cards(Layout(root)).damaged == (card.person_file,)
        assert read_cards(Layout(root)) == ()
    unlocked(root).close()
    assert file.read_bytes() == whole


def test_a_whole_card_is_not_written_again_and_a_lost_one_takes_the_free_mark(tmp_path: Path) -> None:
    root = copied(tmp_path / "v")
    before = _card_file(root).stat()
    unlocked(root).close()
    assert (_card_file(root).stat().st_ino, _card_file(root).stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    card = parse_card(_card_file(root).read_bytes())
    with unlocked(root) as vault:
        write_card(Layout(root), card.vault_id, card.person_file, card.person_id, vault.identity, 1, "Noa")
        kept = Identity(*map(Secret, vault.identity.private_bytes()))
    unlocked(root).close()
    assert read_cards(Layout(root))[0].label == "Noa"
    other = random_id()
    (root / "people" / f"{card.person_file}.card").unlink()
    (root / "people" / f"{other}.key").write_bytes(b"")
    write_card(Layout(root), card.vault_id, other, random_id(), Identity.generate(), 1)
    assert repair_card(Layout(root), card.vault_id, card.person_file, card.person_id, kept) is False
    assert [(found.person_file, found.mark) for found in read_cards(Layout(root))] == [
        (other, 1),
        (card.person_file, 2),
    ]
    write_card(Layout(root), card.vault_id, card.person_file, card.person_id, Identity.generate(), 2)
    assert repair_card(Layout(root), card.vault_id, card.person_file, card.person_id, kept) is True
    kept.wipe()
