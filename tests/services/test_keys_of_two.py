"""All keys of one person change while two people share a space: what each of them sees, and what opens no more."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from app import paths
from app.crypto.header import parse
from app.crypto.kdf import FLOOR, normalise
from app.data import key_changes
from app.domain.errors import Code, VaultError
from app.services import vaults
from app.services.desk import Desk
from app.services.people import compared_words
from app.services.rotating import TURNED
from tests.fixtures import two
from tests.fixtures.session import shipped_content
from tests.fixtures.vault import PASSPHRASE

NEW = "harbour violin pepper staircase"
WORDS = paths.resources() / "content" / "words-en.txt"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return two.copied(tmp_path / "vault")


def note(desk: Desk, body: str) -> None:
    desk.journal.add("note", {"body": body})


def code_of(desk: Desk) -> str:
    drawn = " ".join(desk.keys.draw_code())
    desk.keys.confirm_code(drawn)
    return drawn


def opened_by(root: Path, phrase: str) -> list[Path]:
    """Every key file anywhere in the vault that a passphrase opens."""
    found = []
    with normalise(phrase) as secret:
        for path in sorted([*root.rglob("*.key"), *root.rglob("*.key.*")]):
            fitting = key_changes.fitting(secret, parse(path.read_bytes()))
            if fitting is not None:
                fitting[0].wipe()
                found.append(path)
    return found


def test_one_changes_all_keys_and_the_other_compares_six_words_and_goes_on(root: Path) -> None:
    first = two.first_desk(root)
    note(first, "the first one's own")
    two.write(first, "from the first")
    code = code_of(first)
    assert first.backups.making()(lambda: False, lambda _share: None) is not None
    first.close()
    second = two.second_desk(root)
    note(second, "the second one's own")
    two.write(second, "from the second")
    second.close()
    assert len(opened_by(root, PASSPHRASE)) >= 2  # the live one and a backup's

    first = two.first_desk(root)
    shares: list[float] = []
    assert first.keys.rotate(PASSPHRASE, NEW, kdf=FLOOR, progress=shares.append) is not None
    two.write(first, "with new keys")
    assert two.people_of(first).other() is not None
    read_aloud = compared_words(two.people_of(first).own_fingerprint, WORDS)
    first.close()
    assert shares == sorted(shares) and shares[-1] == 1.0
    assert TURNED in shares and len([share for share in shares if share > TURNED]) > 1

    second = two.second_desk(root)
    (waiting,) = two.people_of(second).pending()
    assert waiting.keys_changed and compared_words(waiting.fingerprint, WORDS) == read_aloud
    two.people_of(second).accept(waiting)
    everything = {"from the first", "from the second", "with new keys"}
    assert two.texts(two.shared_of(second)) == everything
    assert two.shared_of(second).verify().clean and second.checks.verify().clean
    two.write(second, "an answer")
    second.close()

    first = two.unlocked_desk(root, two.part_of(root, two.template()[1].person_file, NEW))
    assert two.texts(two.shared_of(first)) == {*everything, "an answer"}
    assert two.shared_of(first).verify().clean and first.checks.verify().clean
    assert first.journal.page().entries
    first.close()

    assert opened_by(root, PASSPHRASE) == []
    assert len(opened_by(root, NEW)) >= 2
    with pytest.raises(VaultError) as refused:
        vaults.prove_code(root, code)
    assert refused.value.code is Code.CODE_RETIRED


def test_the_other_ones_way_in_is_untouched(root: Path) -> None:
    second = two.second_desk(root)
    code = code_of(second)
    second.close()
    before = opened_by(root, two.OTHER_PASSPHRASE)
    first = two.first_desk(root)
    first.keys.rotate(PASSPHRASE, NEW, kdf=FLOOR)
    first.close()
    assert opened_by(root, two.OTHER_PASSPHRASE) == before
    vaults.prove_code(root, code).shut()


def test_while_the_space_for_two_does_not_open_no_keys_change_and_leaving_it_is_a_way(root: Path) -> None:
    """Without a statement in the shared file, what this person wrote there could not be verified any more."""
    first = two.first_desk(root)
    two.write(first, "must stay mine")
    first.close()
    shared = two.shared_file(root)
    shutil.copy(shared, root.parent / "kept")
    shared.write_bytes(b"damaged" * 1000)
    before = {path: path.read_bytes() for path in (root / "people").iterdir()}
    first = two.first_desk(root)
    assert first.session.shared is None
    with pytest.raises(VaultError) as refused:
        first.keys.rotate(PASSPHRASE, NEW, kdf=FLOOR)
    assert refused.value.code is Code.SHARED_CLOSED
    assert {path: path.read_bytes() for path in (root / "people").iterdir()} == before
    first.close()

    shutil.copy(root.parent / "kept", shared)  # it opens again: the keys change, and the words are still proven
    first = two.first_desk(root)
    assert first.keys.rotate(PASSPHRASE, NEW, kdf=FLOOR) is not None
    assert two.texts(two.shared_of(first)) == {"must stay mine"} and two.shared_of(first).verify().clean
    first.close()


def test_whoever_left_the_space_for_two_changes_keys_alone(root: Path) -> None:
    two.shared_file(root).write_bytes(b"damaged" * 1000)
    first = two.first_desk(root)
    two.people_of(first).leave()
    assert first.keys.rotate(PASSPHRASE, NEW, kdf=FLOOR) is not None
    first.close()
    assert opened_by(root, PASSPHRASE) == []


@pytest.mark.parametrize("at", [0.0, 0.2, 0.5, TURNED - 0.01])
def test_called_off_anywhere_before_the_turn_nothing_changed(root: Path, at: float) -> None:
    first = two.first_desk(root)
    two.write(first, "stays")
    shares = [0.0]
    done = first.keys.rotate(PASSPHRASE, NEW, kdf=FLOOR, progress=shares.append, cancelled=lambda: shares[-1] >= at)
    assert (done is None) == (max(shares) < TURNED)
    if done is None:
        assert two.texts(two.shared_of(first)) == {"stays"}
    first.close()
    assert bool(opened_by(root, PASSPHRASE)) == (done is None)


def test_beside_an_offer_that_can_never_be_taken_leaving_is_a_way_to_new_keys(root: Path) -> None:
    first = two.first_desk(root)
    two.people_of(first).renew()
    first.close()
    former = two.contents_of(root, two.template()[2]).shared[0].file_name
    for path in (root / "spaces").glob("*.db"):
        if path.name == two.contents_of(root, two.template()[1]).shared[0].file_name:
            path.write_bytes(b"\0" * 8192)  # what is offered does not open, whoever did that
    second = two.second_desk(root)
    people = two.people_of(second)
    assert second.session.shared is not None, "the former file is still there to read"
    assert second.session.shared_trouble is not None
    for verb in (people.renew, lambda: second.keys.rotate(two.OTHER_PASSPHRASE, NEW, kdf=FLOOR)):
        with pytest.raises(VaultError) as refused:
            verb()
        assert refused.value.code is Code.WAITS_FOR_YOU
        said = next(error for error in shipped_content().care.errors if error.id == refused.value.code)
        assert "leave" in said.next
    people.leave()
    assert second.keys.rotate(two.OTHER_PASSPHRASE, NEW, kdf=FLOOR) is not None
    second.close()
    assert (root / "spaces" / former).exists()  # the other person's words are theirs
