"""The second unlock on real vaults of two: what comes out, what never does, and that nothing of it stays anywhere."""

from __future__ import annotations

import datetime as dt
import gc
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import msgspec
import pytest

from app.crypto.secret import Secret
from app.data import tries
from app.data.copying import untold
from app.data.vault_folder import ProvenKey
from app.data.vault_layout import Layout
from app.domain.errors import Code, VaultError
from app.domain.released import Release, Stream
from app.services.both import Both, Standing
from app.services.desk import Desk
from app.services.restoring import restore_here
from tests.fixtures import two
from tests.fixtures.session import EVENING, ZONE
from tests.fixtures.vault import PASSPHRASE, made, words
from tests.fixtures.weeks import MONDAY, TODAY, weeks, write

WORDS = "the lighthouse staircase nobody mentioned"
LOOK = (MONDAY - 70, TODAY)


def proven(root: Path) -> ProvenKey:
    """The other person's key, without deriving it again."""
    part = two.template()[2]
    return ProvenKey(two.header_of(root, part.person_file), Secret(part.master), earlier=False)


def prepared(root: Path) -> Path:
    """Both have written three weeks; the other has words of their own, releases felt safety and chose a trigger."""
    desk = two.second_desk(two.copied(root))
    weeks(desk.session, 3, value=7)
    write(desk.session, "note", MONDAY, body=WORDS)
    thread = desk.journal.add("injury", {"title": "what nobody else shall read"})
    trigger = write(desk.session, "trigger", MONDAY, cue="a door that fell shut", peak=6, thread=thread)
    desk.streams.choose_trigger(trigger)
    desk.streams.release(Stream.FELT_SAFETY, 1)
    desk.close()
    desk = two.first_desk(root)
    weeks(desk.session, 3, value=4)
    desk.close()
    return root


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return prepared(tmp_path / "vault")


@pytest.fixture
def noa(root: Path) -> Iterator[Desk]:
    desk = two.first_desk(root)
    yield desk
    desk.close()


def state_of(root: Path) -> dict[str, str]:
    """Every file of the vault by what is in it; what only holds locks is left out."""
    return {
        str(path.relative_to(root)): sha256(path.read_bytes()).hexdigest()
        for path in root.rglob("*")
        if path.is_file() and not path.name.endswith("-shm")
    }


def code_of(act: object) -> Code:
    assert callable(act)
    with pytest.raises(VaultError) as refused:
        act()
    return refused.value.code


def test_the_other_persons_passphrase_opens_it_for_an_hour(noa: Desk) -> None:
    door = noa.both.door()
    assert door.standing is Standing.CLOSED and door.invitation is not None
    assert (door.invitation.name, door.invitation.mark) == (two.OTHER_NAME, 2)

    found = noa.both.unlock(two.OTHER_PASSPHRASE)

    assert found.standing is Standing.OPEN
    assert found.until == EVENING + dt.timedelta(minutes=60)
    assert [(one.name, one.mark) for one in noa.both.people()] == [("Noa", 1), (two.OTHER_NAME, 2)]


def test_what_is_seen_is_exactly_the_preview(root: Path, noa: Desk) -> None:
    noa.streams.release(Stream.TRUST, MONDAY - 14)
    own = noa.streams.preview(Release(Stream.TRUST, MONDAY - 14), TODAY)
    noa.both.open(proven(root))
    circle, square = noa.both.look(*LOOK).sides

    assert circle.streams == (own,)
    assert [weeks.stream for weeks in square.streams] == [Stream.FELT_SAFETY]
    assert square.streams[0].rows[0].values == (7.0, 7.0, 7.0)
    assert square.stream(Stream.TRUST) is None and square.trigger and not circle.trigger
    noa.both.close()
    noa.close()
    jules = two.second_desk(root)
    assert jules.streams.preview(Release(Stream.FELT_SAFETY, 1), TODAY) == square.streams[0]
    jules.close()


def test_released_and_nothing_written_looks_as_not_released(root: Path, noa: Desk) -> None:
    noa.both.open(proven(root))
    before = noa.both.look(*LOOK).sides[0]
    noa.streams.release(Stream.MIRROR, 1)
    assert noa.both.look(*LOOK).sides[0] == before


def test_taking_back_has_effect_at_once_and_moves_nothing_in_the_shared_file(root: Path, noa: Desk) -> None:
    shared = two.shared_file(root)
    noa.both.open(proven(root))
    before = sha256(shared.read_bytes()).hexdigest()
    noa.streams.release(Stream.TRUST, 1)
    assert noa.both.look(*LOOK).sides[0].stream(Stream.TRUST) is not None
    noa.streams.withdraw(Stream.TRUST)
    assert noa.both.look(*LOOK).sides[0].stream(Stream.TRUST) is None
    assert sha256(shared.read_bytes()).hexdigest() == before
    log = shared.with_name(shared.name + "-wal")
    assert not log.exists() or log.stat().st_size == 0


def test_opening_and_closing_changes_no_byte_and_leaves_no_file(root: Path, noa: Desk) -> None:
    before = state_of(root)
    noa.both.unlock(two.OTHER_PASSPHRASE)
    noa.both.look(*LOOK)
    noa.both.open_trigger(2)
    during = state_of(root)
    noa.both.close()
    assert during == before == state_of(root)


def test_the_second_part_cannot_be_written(root: Path, noa: Desk) -> None:
    noa.both.open(proven(root))
    second = noa.both._second  # nothing public leads to it, which is the point
    assert second is not None
    with pytest.raises(VaultError):
        write(second.session, "note", MONDAY, body="not mine to write")


def test_closing_lets_go_of_the_file_and_of_all_that_was_read(root: Path, noa: Desk) -> None:
    noa.both.open(proven(root))
    noa.both.look(*LOOK)
    second = noa.both._second  # what must be gone afterwards
    assert second is not None
    connection = second.part.space.connection
    del second
    noa.both.close()
    gc.collect()

    assert noa.both._second is None  # as above
    with pytest.raises(Exception, match="closed"):
        connection.execute("SELECT 1")
    for act in (lambda: noa.both.look(*LOOK), noa.both.people, lambda: noa.both.open_trigger(2)):
        assert code_of(act) is Code.NOT_BOTH_HERE
    assert code_of(lambda: noa.both.shared(("note",), *LOOK)) is Code.NOT_BOTH_HERE


def test_closing_the_desk_closes_the_second_part_first(root: Path) -> None:
    desk = two.first_desk(root)
    desk.both.open(proven(root))
    desk.close()
    assert desk.both.until is None
    two.second_desk(root).close()


def test_it_ends_when_the_time_is_over(root: Path, noa: Desk) -> None:
    noa.both.open(proven(root), minutes=30)
    noa.session.now = lambda: EVENING + dt.timedelta(minutes=29)
    assert noa.both.standing() is Standing.OPEN
    noa.session.now = lambda: EVENING + dt.timedelta(minutes=30)
    assert code_of(lambda: noa.both.look(*LOOK)) is Code.NOT_BOTH_HERE
    assert noa.both._second is None  # closed, not only hidden


def test_a_wrong_passphrase_is_counted_under_that_mark_and_makes_the_next_try_wait(root: Path, noa: Desk) -> None:
    for _ in range(4):
        assert code_of(lambda: noa.both.unlock("not this one at all")) is Code.WRONG_PASSPHRASE
    door = noa.both.door()
    assert door.standing is Standing.CLOSED and 0 < door.wait_s <= 5
    own = two.template()[1].person_file
    assert tries.wait_s(Layout(root), person_file=own) == 0


def test_ones_own_passphrase_does_not_open_the_other_part(noa: Desk) -> None:
    assert code_of(lambda: noa.both.unlock(PASSPHRASE)) is Code.WRONG_PASSPHRASE


def test_ones_own_slip_is_forgotten_and_more_than_that_is_kept_for_its_owner(root: Path, noa: Desk) -> None:
    layout, other = Layout(root), two.template()[2].person_file
    tries.note_miss(layout, other)
    noa.both.open(proven(root))
    assert tries.opened(layout, other) is None
    long_ago = dt.datetime(2026, 5, 1, tzinfo=dt.UTC)
    for _ in range(3):
        tries.note_miss(layout, other, long_ago)
    noa.both.open(proven(root))
    told = tries.opened(layout, other)
    assert told is not None and told.count == 3


def test_danger_written_by_the_one_who_is_signed_in_closes_the_door(root: Path, noa: Desk) -> None:
    noa.both.open(proven(root))
    write(noa.session, "fear_note", TODAY, afraid="often")
    assert code_of(lambda: noa.both.look(*LOOK)) is Code.NOT_BOTH_HERE
    assert noa.both.standing() is Standing.DANGER


def test_danger_written_by_the_other_is_not_told_apart_from_any_other_reason(root: Path) -> None:
    jules = two.second_desk(root)
    write(jules.session, "fear_note", TODAY, afraid="often")
    jules.close()
    noa = two.first_desk(root)
    with pytest.raises(VaultError) as refused:
        noa.both.open(proven(root))
    assert refused.value.code is Code.NOT_BESIDE
    assert refused.value.detail == {}
    assert noa.both.standing() is Standing.CLOSED
    noa.close()


@pytest.mark.parametrize(("released", "value", "tender"), [(True, 3, True), (True, 4, False), (False, 0, False)])
def test_a_low_day_offers_to_stop_only_where_its_owner_lets_it_out(
    root: Path, released: bool, value: int, tender: bool
) -> None:
    noa = two.first_desk(root)
    write(noa.session, "checkin", TODAY, felt_safety=value)
    if released:
        noa.streams.release(Stream.FELT_SAFETY, 1)
    noa.both.open(proven(root))
    assert noa.both.look(*LOOK).tender is tender
    noa.close()


def test_only_the_space_for_two_is_read_for_the_pages_lists(root: Path, noa: Desk) -> None:
    write(noa.session, "appreciation", MONDAY, line="kept to myself")
    with noa.session.change(two.shared_of(noa)) as change:
        change.put("appreciation", noa.session.kinds.parse("appreciation", {"line": "said aloud", "at": "2026-05-12"}))
    noa.both.open(proven(root))
    found = noa.both.shared(("appreciation", "note"), *LOOK)
    assert [(one.kind, one.author, getattr(one.body, "line", "")) for one in found] == [
        ("appreciation", 1, "said aloud")
    ]
    noa.sharing.hide(found[0].id)
    assert noa.both.shared(("appreciation",), *LOOK) == ()


def test_the_chosen_trigger_opens_in_its_owners_words_without_what_is_theirs_alone(root: Path, noa: Desk) -> None:
    noa.both.open(proven(root))
    opened = noa.both.open_trigger(2)
    said = [words for _, words in opened.lines]
    assert "a door that fell shut" in said
    thread = noa.session.kinds.declared("trigger").field("thread")
    assert thread is not None
    assert thread.label not in {label for label, _ in opened.lines}  # it leads to what the other cannot open
    assert code_of(lambda: noa.both.open_trigger(1)) is Code.UNKNOWN_RECORD


def test_nothing_that_was_not_let_out_is_in_what_is_handed_over(root: Path, noa: Desk) -> None:
    noa.both.open(proven(root))
    handed = msgspec.json.encode((noa.both.look(*LOOK), noa.both.people(), noa.both.door())).decode()
    assert WORDS not in handed and "door that fell" not in handed and str(TODAY - 1) not in handed


def test_the_verbs_are_a_closed_list() -> None:
    public = {name for name in vars(Both) if not name.startswith("_")}
    assert public == {
        "standing",
        "door",
        "unlock",
        "open",
        "close",
        "until",
        "people",
        "look",
        "shared",
        "lines",
        "open_trigger",
    }


def test_a_journal_of_one_has_no_door(tmp_path: Path) -> None:
    desk = made(tmp_path / "alone", partner=None)
    assert desk.both.standing() is Standing.SOLO
    desk.session.name_partner("Jules")
    assert desk.both.standing() is Standing.ELSEWHERE
    assert code_of(lambda: desk.both.unlock("anything at all")) is Code.NOT_BESIDE
    desk.close()


def test_what_was_taken_back_does_not_come_back_with_an_older_copy(root: Path) -> None:
    desk = two.first_desk(root)
    desk.streams.release(Stream.TRUST, 1)
    desk.backups.making()(lambda: False, untold)
    desk.streams.withdraw(Stream.TRUST)
    desk.close()
    assert restore_here(root, PASSPHRASE) is not None
    desk = two.first_desk(root)
    assert desk.streams.released() == ()
    desk.close()


def test_an_older_file_opened_on_ones_word_lets_nothing_out(root: Path) -> None:
    desk = two.first_desk(root)
    desk.streams.release(Stream.TRUST, 1)
    assert desk.vault is not None
    file = desk.vault.unlocked.space.path
    desk.close()
    older = file.read_bytes()
    desk = two.first_desk(root)
    desk.streams.withdraw(Stream.TRUST)
    desk.journal.add("note", {"body": "written later"})
    desk.close()
    file.write_bytes(older)
    desk = two.door(root, two.template()[1]).open_desk(words(), lambda: EVENING, ZONE, accept_older=True)
    assert desk.streams.released() == ()
    desk.close()
