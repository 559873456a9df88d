"""F18: whatever is typed for a recovery code, it opens the right part or nothing, and says where to look."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from app.crypto.recovery import ALPHABET, GROUP, RecoveryCode, new_code, parse
from app.data import key_changes
from app.data.unlocked import Unlocked
from app.data.vault_folder import VaultFolder
from app.domain.errors import Code, VaultError
from tests.data.vaults import CHEAP, copied, listing, unlocked
from tests.faults.table import Faults

CODES = 20
DOUBLES = 10_000
DOUBLES_FULL = 100_000


def flat(code: RecoveryCode) -> str:
    return "".join(code.groups)


def with_code(root: Path) -> RecoveryCode:
    code = new_code()
    with unlocked(root) as vault:
        key_changes.set_recovery(vault, code)
    return code


def refused(root: Path, typed: str) -> VaultError:
    """Type a code at a vault; nothing may open and nothing may change."""
    with pytest.raises(VaultError) as refusal:
        VaultFolder.open(root).derive_from_code(parse(typed))
    return refusal.value


def test_every_single_typo_is_named_with_its_group(faults: Faults) -> None:
    tried = found = 0
    for _ in range(CODES):
        right = flat(new_code())
        for place, sign in enumerate(right):
            for wrong in ALPHABET:
                if wrong == sign:
                    continue
                tried += 1
                with pytest.raises(VaultError) as refusal:
                    parse(right[:place] + wrong + right[place + 1 :])
                found += refusal.value.detail.get("group") == place // GROUP + 1
    faults.report("F18", "single typos", tried, found)
    assert tried == CODES * 32 * 31


def test_double_typos_open_nothing_and_are_never_mistaken_for_one(
    request: pytest.FixtureRequest, faults: Faults
) -> None:
    chance = random.Random(18)
    wanted = DOUBLES_FULL if request.config.getoption("--full") else DOUBLES
    tried = found = 0
    for _ in range(wanted):
        symbols = list(flat(new_code()))
        for place in chance.sample(range(32), 2):
            symbols[place] = chance.choice(ALPHABET.replace(symbols[place], ""))
        tried += 1
        with pytest.raises(VaultError) as refusal:
            parse("".join(symbols))
        found += refusal.value.code is Code.CODE_TYPO and "group" not in refusal.value.detail
    faults.report("F18", "double typos", tried, found)


def test_every_exchange_of_neighbours_is_noticed(faults: Faults) -> None:
    tried = found = 0
    for _ in range(CODES * 5):
        right = flat(new_code())
        for place in range(31):
            if right[place] == right[place + 1]:
                continue
            tried += 1
            with pytest.raises(VaultError):
                parse(right[:place] + right[place + 1] + right[place] + right[place + 2 :])
            found += 1
    faults.report("F18", "exchanged neighbours", tried, found)
    assert tried > CODES * 100


def test_earlier_codes_are_called_earlier_and_strangers_strange(tmp_path: Path, faults: Faults) -> None:
    root = copied(tmp_path / "v")
    codes = [with_code(root) for _ in range(6)]
    other = copied(tmp_path / "other")
    elsewhere = VaultFolder.create(tmp_path / "third", "Kim", "a phrase of its own", kdf=CHEAP)
    third = new_code()
    with elsewhere:
        key_changes.set_recovery(elsewhere, third)
    before = listing(root)
    tried = found = 0
    for code in codes[:-1]:
        tried += 1
        found += refused(root, code.written).code is Code.CODE_RETIRED
    for stranger in (third, *(new_code() for _ in range(40))):
        tried += 1
        found += refused(root, stranger.written).code is Code.CODE_ELSEWHERE
    tried += 1
    found += refused(other, codes[-1].written).code is Code.CODE_ELSEWHERE  # a copy from before any code was made
    faults.report("F18", "earlier and foreign codes", tried, found)
    assert listing(root) == before


def test_the_code_opens_the_part_it_was_made_for_with_all_that_is_in_it(tmp_path: Path) -> None:
    root = copied(tmp_path / "v")
    code = with_code(root)
    folder = VaultFolder.open(root)
    with folder.open_with(folder.derive_from_code(parse(code.written.lower()))) as vault:
        assert vault.space.path.stat().st_size > 100_000
        assert vault.opened_by(folder.derive_from_code(code).master)
        vault.change_passphrase("another five plain words", kdf=CHEAP)
    VaultFolder.open(root).unlock("another five plain words").close()
    assert isinstance(reopened_by(root, code), Unlocked)  # the sheet goes on to work


def test_an_ended_code_ends_without_a_new_one(tmp_path: Path) -> None:
    root = copied(tmp_path / "v")
    code = with_code(root)
    with unlocked(root) as vault:
        key_changes.drop_recovery(vault)
        assert vault.contents.recovery_made_at is None
        key_changes.drop_recovery(vault)  # nothing more to end
    assert refused(root, code.written).code is Code.CODE_RETIRED
    folder = VaultFolder.open(root)
    assert folder._headers(earlier=True)[0][0].recovery_slot is None


def test_a_code_that_does_not_open_from_disk_never_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The proof reads what was written; where that fails the earlier code goes on to open, in both generations."""
    root = copied(tmp_path / "v")
    earlier = with_code(root)
    people = {path: path.read_bytes() for path in (root / "people").iterdir()}
    monkeypatch.setattr(key_changes, "wrap_for_recovery", _wraps_something_else)
    with unlocked(root) as vault, pytest.raises(VaultError):
        key_changes.set_recovery(vault, new_code())
    monkeypatch.undo()
    assert (root / "people").exists()
    key = next(path for path in people if path.suffix == ".key")
    assert key.read_bytes() == people[key]
    reopened_by(root, earlier).close()


def _wraps_something_else(kek: object, _master: object, salt: bytes, tag: str, place: object) -> object:
    from app.crypto.keyslot import wrap_for_recovery
    from app.crypto.secret import Secret

    return wrap_for_recovery(kek, Secret.random(), salt, tag, place)  # type: ignore[arg-type]  # handed on as they came


def reopened_by(root: Path, code: RecoveryCode) -> Unlocked:
    folder = VaultFolder.open(root)
    opened = folder.open_with(folder.derive_from_code(code))
    opened.close()
    return opened
