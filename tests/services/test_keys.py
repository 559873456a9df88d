"""Keys as a person meets them: what changes, what goes on to work, what is told afterwards."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest

from app.crypto.header import parse
from app.crypto.kdf import CEILING, DEFAULT, FLOOR, KdfParams
from app.data import key_changes, tries
from app.data.cards import Card
from app.data.durable_files import replace_file
from app.data.tries import WAITS_S
from app.data.vault_folder import VaultFolder
from app.data.vault_layout import Layout
from app.domain.errors import Code, VaultError
from app.reports.recovery_sheet import SheetWords
from app.services import inbox, restoring, vaults
from app.services.desk import Desk
from app.services.keys import Keys
from app.services.passphrases import SUGGESTED_WORDS
from app.services.session import Session
from tests.fixtures.session import EVENING, SHIPPED_POLICY, ZONE, shipped_content, shipped_kinds
from tests.fixtures.vault import PASSPHRASE, copied, door, key_file, opened, words

NEW = "harbour violin pepper staircase"
DEARER = KdfParams(FLOOR.memory_kib, FLOOR.iterations + 1, FLOOR.lanes)
MOMENT = dt.datetime(2026, 5, 14, 12, tzinfo=dt.UTC)
SHEET = SheetWords("Recovery sheet", "lead", "letters", "Made on 14 May 2026", ("one", "two"))


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    return copied(tmp_path / "vault")


def saved_code(desk: Desk) -> str:
    typed = " ".join(desk.keys.draw_code())
    desk.keys.confirm_code(typed)
    return typed


def refusal(vault: Path, code: str) -> Code:
    with pytest.raises(VaultError) as refused:
        vaults.prove_code(vault, code)
    return refused.value.code


# ------------------------------------------------------------------------------------------------------ passphrase


def test_a_changed_passphrase_opens_and_the_day_is_noted(vault: Path) -> None:
    desk = opened(vault)
    desk.keys.change(PASSPHRASE, NEW, kdf=FLOOR)
    assert desk.keys.status().passphrase_on is not None
    desk.close()
    opened(vault, NEW).close()
    with pytest.raises(VaultError):
        opened(vault)


@pytest.mark.parametrize("present", ["not this one", NEW, "Noa"])
def test_without_the_present_passphrase_nothing_changes(vault: Path, present: str) -> None:
    desk = opened(vault)
    before = key_file(vault).read_bytes()
    for act in (desk.keys.change, desk.keys.rotate):
        with pytest.raises(VaultError) as refused:
            act(present, NEW, kdf=FLOOR)
        assert refused.value.code is Code.WRONG_PASSPHRASE
    assert key_file(vault).read_bytes() == before
    desk.close()


def test_the_name_never_becomes_the_passphrase(vault: Path) -> None:
    desk = opened(vault)
    for act in (desk.keys.change, desk.keys.rotate):
        with pytest.raises(VaultError) as refused:
            act(PASSPHRASE, " NOA ", kdf=FLOOR)
        assert refused.value.code is Code.NAME_IS_PASSPHRASE
    desk.close()


def test_the_words_said_and_the_words_drawn_agree() -> None:
    """The list has 2,452 words: six of them are 67 bits, and the sentence beside the button says six."""
    assert SUGGESTED_WORDS == 6
    assert "six" in shipped_content().care.passphrase.suggest_note


def test_a_desk_without_a_vault_changes_no_keys(session: Session) -> None:
    with pytest.raises(VaultError) as refused:
        Keys(session, None).status()
    assert refused.value.code is Code.NO_VAULT


# -------------------------------------------------------------------------------------------------------- all keys


def test_new_keys_end_the_code_and_the_session_goes_on(vault: Path) -> None:
    desk = opened(vault)
    code = saved_code(desk)
    record = desk.journal.add("note", {"body": "before"})
    done = desk.keys.rotate(PASSPHRASE, NEW, kdf=FLOOR)
    assert done is not None and done.code_ended and not done.backups_kept
    later = desk.journal.add("note", {"body": "after"})
    status = desk.keys.status()
    assert not status.has_code and status.recovery_on is None
    again = saved_code(desk)  # a new sheet can be made before the window locks
    desk.close()
    assert refusal(vault, code) is Code.CODE_RETIRED
    vaults.prove_code(vault, again).shut()
    desk = opened(vault, NEW)
    assert {entry.id for entry in desk.journal.page().entries} == {record, later}
    assert desk.checks.verify().clean
    desk.close()


def left(vault: Path, card: Card, words: str) -> None:
    inbox.put_away(vault, card, shipped_kinds(), "note", {"body": words}, EVENING)


def notes(desk: Desk) -> list[str]:
    found = desk.journal.page().entries
    return sorted(str(getattr(desk.journal.record(entry.id).body, "body", "")) for entry in found)


def test_a_note_that_was_being_left_while_the_keys_changed_joins_once_more_and_then_never(vault: Path) -> None:
    (former,) = inbox.cards_of(vault)
    desk = opened(vault)
    desk.keys.rotate(PASSPHRASE, NEW, kdf=FLOOR)
    (fresh,) = inbox.cards_of(vault)
    assert fresh.identity != former.identity
    left(vault, former, "to the former keys")
    left(vault, fresh, "to the new ones")
    desk.close()
    desk = opened(vault, NEW)
    assert notes(desk) == ["to the former keys", "to the new ones"]
    left(vault, former, "too late")
    desk.close()
    desk = opened(vault, NEW)
    assert notes(desk) == ["to the former keys", "to the new ones"]
    assert desk.inbox is not None and desk.inbox.news().kept_back == 1
    desk.close()


def test_the_public_card_keeps_its_mark_and_its_label_through_new_keys(vault: Path) -> None:
    desk = opened(vault)
    assert desk.people is not None
    desk.people.show_label("N.")
    desk.keys.rotate(PASSPHRASE, NEW, kdf=FLOOR)
    desk.close()
    (card,) = inbox.cards_of(vault)
    assert (card.label, card.mark) == ("N.", 1)


def test_new_keys_replace_the_backups(vault: Path) -> None:
    desk = opened(vault)
    desk.journal.add("note", {"body": "in the backup"})
    desk.keys.rotate(PASSPHRASE, NEW, kdf=FLOOR)
    sets = [path for path in (vault / "backups").iterdir() if path.is_dir()]
    headers = {path.name: path for one in sets for path in one.rglob("*.key")}
    desk.close()
    assert headers
    for path in headers.values():
        with pytest.raises(VaultError):
            key_of(path, PASSPHRASE)
        key_of(path, NEW)


def key_of(path: Path, phrase: str) -> None:
    header = parse(path.read_bytes())
    with key_changes.normalise(phrase) as secret:
        found = key_changes.fitting(secret, header)
    if found is None:
        raise VaultError(Code.WRONG_PASSPHRASE)


def test_new_keys_that_were_called_off_changed_nothing(vault: Path) -> None:
    desk = opened(vault)
    code = saved_code(desk)
    assert desk.keys.rotate(PASSPHRASE, NEW, kdf=FLOOR, cancelled=lambda: True) is None
    assert desk.keys.status().has_code
    desk.close()
    opened(vault).close()
    vaults.prove_code(vault, code).shut()


# --------------------------------------------------------------------------------------------------- recovery code


def test_a_code_opens_and_a_new_passphrase_follows(vault: Path) -> None:
    desk = opened(vault)
    code = saved_code(desk)
    assert desk.keys.status().has_code
    desk.close()
    proven = vaults.prove_code(vault, code.lower())
    proven.choose_passphrase(NEW, kdf=FLOOR)
    proven.open_desk(words(), lambda: EVENING, ZONE).close()
    opened(vault, NEW).close()
    with pytest.raises(VaultError):
        opened(vault)


def test_a_code_that_was_only_drawn_opens_nothing(vault: Path) -> None:
    desk = opened(vault)
    drawn = " ".join(desk.keys.draw_code())
    before = key_file(vault).read_bytes()
    desk.keys.drop_drawn()
    with pytest.raises(VaultError) as refused:
        desk.keys.confirm_code(drawn)
    assert refused.value.code is Code.CODE_ELSEWHERE
    assert key_file(vault).read_bytes() == before
    desk.close()
    assert refusal(vault, drawn) is Code.CODE_ELSEWHERE


def test_typing_back_an_earlier_sheet_is_noticed(vault: Path) -> None:
    desk = opened(vault)
    earlier = saved_code(desk)
    desk.keys.draw_code()
    with pytest.raises(VaultError) as refused:
        desk.keys.confirm_code(earlier)
    assert refused.value.code is Code.CODE_RETIRED
    desk.close()
    vaults.prove_code(vault, earlier).shut()  # and it is still the one


def test_the_sheet_is_a_page_with_the_code_and_no_name(vault: Path, tmp_path: Path) -> None:
    import pikepdf

    desk = opened(vault)
    with pytest.raises(VaultError):
        desk.keys.sheet(SHEET)
    desk.keys.draw_code()
    desk.keys.save_sheet(SHEET, tmp_path / "sheet.pdf")
    (picture,) = desk.keys.sheet_pages(SHEET, 60)
    assert picture.startswith(b"\x89PNG")
    with pikepdf.open(tmp_path / "sheet.pdf") as pdf:
        assert len(pdf.pages) == 1
        assert "/StructTreeRoot" in pdf.Root
        assert b"Noa" not in bytes(pdf.pages[0].Contents.read_bytes())
    desk.close()


# --------------------------------------------------------------------------------------------------- being reminded


def on_day(vault: Path, days: int) -> Desk:
    """Open it some days later."""
    moment = EVENING + dt.timedelta(days=days)
    return vaults.unlock(vault, PASSPHRASE, content=shipped_content(), now=lambda: moment, zone=ZONE)


def test_a_sheet_is_reminded_of_on_the_third_day_until_that_was_seen_and_then_never(vault: Path) -> None:
    desk = opened(vault)
    assert not desk.keys.sheet_reminder_due()
    desk.keys.remind_of_sheet()
    desk.close()
    for days, due in ((0, False), (1, False), (2, True), (9, True)):
        desk = on_day(vault, days)
        assert desk.keys.sheet_reminder_due() is due
        desk.close()
    desk = on_day(vault, 9)
    desk.keys.forget_sheet_reminder()
    desk.close()
    desk = on_day(vault, 400)
    assert not desk.keys.sheet_reminder_due()
    desk.close()


def test_who_has_a_sheet_by_then_is_not_reminded(vault: Path) -> None:
    desk = opened(vault)
    desk.keys.remind_of_sheet()
    saved_code(desk)
    desk.close()
    desk = on_day(vault, 2)
    assert not desk.keys.sheet_reminder_due()
    desk.close()


# ----------------------------------------------------------------------------------------------------- costs raised


def costs(vault: Path) -> KdfParams | None:
    return parse(key_file(vault).read_bytes()).passphrase_slots[0].kdf


def test_costs_are_raised_while_unlocking_and_never_lowered(vault: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert SHIPPED_POLICY == DEFAULT
    desk = opened(vault)
    code = saved_code(desk)
    desk.close()
    monkeypatch.setattr(vaults, "POLICY", DEARER)
    opened(vault).close()
    assert costs(vault) == DEARER
    monkeypatch.setattr(vaults, "POLICY", FLOOR)
    opened(vault).close()
    assert costs(vault) == DEARER
    vaults.prove_code(vault, code).shut()  # the other slot stayed
    with pytest.raises(VaultError):
        opened(vault, "not this one")


def test_costs_stay_where_the_computer_is_too_slow(vault: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vaults, "POLICY", CEILING)
    monkeypatch.setattr(key_changes, "RAISED_LIMIT_S", 0.0)
    opened(vault).close()
    assert costs(vault) == FLOOR


def test_costs_that_could_not_be_written_keep_nobody_out(vault: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vaults, "POLICY", DEARER)

    def full(_path: Path, _data: bytes) -> None:
        raise VaultError(Code.DISK_FULL)

    monkeypatch.setattr("app.data.unlocked.replace_file", full)
    desk = opened(vault)
    monkeypatch.undo()
    desk.close()
    assert costs(vault) == FLOOR
    opened(vault).close()


# ----------------------------------------------------------------------------------------------------- failed tries


def layout(vault: Path) -> Layout:
    return Layout(vault)


def after(seconds: float) -> dt.datetime:
    return MOMENT + dt.timedelta(seconds=seconds)


def test_asking_for_copies_is_a_try_like_any_other(vault: Path) -> None:
    """Going back to a copy and reading what can be read take the passphrase too: no way around the wait."""
    asks = (restoring.find, restoring.read_what_can_be, restoring.try_copy)
    for ask in asks:
        with pytest.raises(VaultError) as refused:
            ask(vault, "not these words")
        assert refused.value.code is Code.WRONG_PASSPHRASE
    assert 0 < vaults.wait_s(vault) <= WAITS_S[len(asks)]
    restoring.find(vault, PASSPHRASE)
    assert vaults.wait_s(vault) > 0, "what opens a copy only takes nothing back"


def test_the_wait_grows_to_a_minute_and_survives_a_restart(vault: Path) -> None:
    waits = []
    for number in range(12):
        tries.note_miss(layout(vault), now=after(number))
        waits.append(tries.wait_s(layout(vault), after(number)))
    assert waits == [0, 0, 2, 5, 10, 20, 30, 60, 60, 60, 60, 60]
    assert tries.wait_s(layout(vault), after(11 + 45)) == pytest.approx(15)
    assert tries.wait_s(layout(vault), after(11 + 61)) == 0


def test_one_persons_misses_make_nobody_else_wait_and_are_not_told_to_them(vault: Path) -> None:
    mine, theirs = "a" * 32, "b" * 32
    for _ in range(70):
        tries.note_miss(layout(vault), theirs, now=MOMENT)
    tries.note_miss(layout(vault), mine, now=MOMENT)
    waits = [tries.wait_s(layout(vault), MOMENT, person_file=person) for person in (mine, theirs, "")]
    assert waits == [0, max(WAITS_S), 0]
    for _ in range(3):
        tries.note_miss(layout(vault), mine, now=MOMENT)
    told = tries.opened(layout(vault), mine, after(86400))
    assert told is not None and told.count == 4
    assert tries.wait_s(layout(vault), MOMENT, person_file=theirs) == max(WAITS_S)


@pytest.mark.parametrize("back_s", [1, 3600, 10 * 365 * 86400])
def test_a_clock_that_was_turned_changes_the_wait_within_the_cap(vault: Path, back_s: int) -> None:
    for _ in range(20):
        tries.note_miss(layout(vault), now=MOMENT)
    assert tries.wait_s(layout(vault), after(-back_s)) == max(WAITS_S)
    assert tries.wait_s(layout(vault), after(back_s)) == max(0, max(WAITS_S) - back_s)


@pytest.mark.parametrize(
    "raw",
    [
        b"", b"{", b"[]", b'{"count":-1}', b'{"count":1,"misses":[[1e99,""]]}', b'{"count":1,"misses":[[1,"../x"]]}',
        b'{"count":99999999999,"misses":[]}', b"\0" * 4096, b'{"count":0,"misses":[[1,""]]}', b"x" * 9000, b"\xff",
        b'{"count":1,"misses":[[-5,""]]}', b'{"count":1,"misses":[],"more":1}',
    ],
)  # fmt: skip
def test_a_damaged_count_keeps_nobody_out(vault: Path, raw: bytes) -> None:
    replace_file(vault / "pace", raw)
    assert tries.wait_s(layout(vault), MOMENT) == 0
    assert tries.opened(layout(vault), "a" * 32, MOMENT) is None
    tries.note_miss(layout(vault), now=MOMENT)
    opened(vault).close()


def test_misses_are_told_to_the_one_they_concern_and_then_forgotten(vault: Path) -> None:
    mine, theirs = "a" * 32, "b" * 32
    for person in ("", mine, mine, theirs):
        tries.note_miss(layout(vault), person, now=MOMENT)
    told = tries.opened(layout(vault), mine, after(86400))
    assert told is not None and (told.count, told.since) == (3, MOMENT)
    assert tries.opened(layout(vault), mine, after(86401)) is None
    told = tries.opened(layout(vault), theirs, after(86402))
    assert told is not None and told.count == 1
    assert not (vault / "pace").exists()


def test_ones_own_slip_just_before_is_not_told(vault: Path) -> None:
    tries.note_miss(layout(vault), now=MOMENT)
    assert tries.opened(layout(vault), "a" * 32, after(20)) is None
    for _ in range(3):
        tries.note_miss(layout(vault), now=MOMENT)
    assert tries.opened(layout(vault), "a" * 32, after(20)) is not None


def test_wrong_tries_are_counted_and_told_after_unlock(vault: Path) -> None:
    for _ in range(3):
        with pytest.raises(VaultError):
            vaults.prove(vault, "not this one")
    assert vaults.wait_s(vault) > 0
    proven = door(vault)
    assert proven.missed is not None and proven.missed.count == 3
    proven.shut()
    assert vaults.wait_s(vault) == 0
    assert vaults.wait_s(vault / "nothing here") == 0


def test_a_mark_limits_whose_slots_are_tried(vault: Path) -> None:
    own = key_file(vault).stem
    with pytest.raises(VaultError) as refused:
        vaults.prove(vault, PASSPHRASE, person_file="0" * 32)
    assert refused.value.code is Code.INCOMPLETE_COPY  # whoever that was, their key file is not here
    proven = vaults.prove(vault, PASSPHRASE, person_file=own)
    assert proven is not None
    proven.shut()


def test_a_vault_that_cannot_be_written_is_not_counted_in(vault: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(_path: Path, _data: bytes) -> None:
        raise VaultError(Code.NO_PERMISSION)

    monkeypatch.setattr(tries, "replace_file", refused)
    tries.note_miss(layout(vault), now=MOMENT)
    assert not (vault / "pace").exists()


def test_the_header_of_before_does_not_open_what_was_locked_anew(vault: Path, tmp_path: Path) -> None:
    old = key_file(vault).read_bytes()
    desk = opened(vault)
    desk.keys.rotate(PASSPHRASE, NEW, kdf=FLOOR)
    desk.close()
    stolen = tmp_path / "stolen"
    shutil.copytree(vault, stolen)
    key_file(stolen).write_bytes(old)
    VaultFolder.open(stolen).unlock(PASSPHRASE).close()  # its own header still opens
    with pytest.raises(VaultError) as refused:
        opened(stolen)
    assert refused.value.code is Code.INCOMPLETE_COPY  # and leads to a file that is gone
