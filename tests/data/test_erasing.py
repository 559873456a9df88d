"""Erasing a part: the ways in go first, everything of it goes, nothing of anybody else does, a cut is finished."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from app.data import backups, erasing
from app.data.unlocked import Unlocked
from app.data.vault_layout import Layout
from app.domain.errors import Code, VaultError
from app.services import erasing as service
from app.services import vaults
from tests.data.sets import note, opened
from tests.fixtures import vault


def filled(root: Path) -> Layout:
    """A closed vault with notes, a set and a file set aside."""
    live = opened(root)
    live.make()
    space = vault.space_file(root)
    shutil.copy(space, space.with_name(space.name + "-kept"))
    live.close()
    return live.layout


def erase(root: Path, *, whole: bool = False) -> None:
    desk = vault.opened(root)
    desk.erasing.erase(whole=whole)
    desk.close()


def test_a_part_goes_with_its_copies_and_nothing_opens_any_more(tmp_path: Path) -> None:
    root = tmp_path / "vault"
    filled(root)
    erase(root)
    left = sorted(str(path.relative_to(root)) for path in root.rglob("*") if path.is_file())
    assert [name for name in left if name.startswith(("people", "spaces", "backups", "inbox"))] == []
    with pytest.raises(VaultError):
        vault.opened(root)


def test_the_whole_vault_goes_with_its_folder(tmp_path: Path) -> None:
    root = tmp_path / "vault"
    filled(root)
    erase(root, whole=True)
    assert not root.exists()


def test_a_strangers_file_in_the_folder_stays(tmp_path: Path) -> None:
    root = tmp_path / "vault"
    filled(root)
    (root / "a letter.txt").write_text("not ours")
    erase(root, whole=True)
    assert [path.name for path in root.iterdir()] == ["a letter.txt"]


def test_the_whole_vault_does_not_go_while_somebody_else_is_in_it(tmp_path: Path) -> None:
    root = tmp_path / "vault"
    filled(root)
    desk = vault.opened(root)
    (root / "people" / ("f" * 32 + ".key")).write_bytes(b"another person's header")
    with pytest.raises(VaultError) as refused:
        desk.erasing.erase(whole=True)
    assert refused.value.code is Code.NOT_YOURS
    desk.erasing.erase()
    desk.close()
    assert (root / "people" / ("f" * 32 + ".key")).read_bytes() == b"another person's header"
    assert (root / "vault.meta").exists()


def test_it_waits_a_day_and_can_be_taken_back(tmp_path: Path) -> None:
    root = tmp_path / "vault"
    filled(root)
    desk = vault.opened(root)
    with pytest.raises(VaultError):
        desk.erasing.confirm("not the passphrase at all")
    desk.erasing.confirm(vault.PASSPHRASE)
    due = desk.erasing.put_off()
    assert desk.erasing.standing().due == due and not desk.erasing.is_due()
    desk.session.now = lambda: due
    assert desk.erasing.is_due()
    desk.erasing.keep()
    assert not desk.erasing.is_due() and desk.erasing.standing().due is None
    desk.close()
    vault.opened(root).close()


STEPS: dict[str, tuple[object, str]] = {
    "note written": (erasing, "_erase"),
    "before the sets": (erasing, "remove_set"),
    "before the files": (erasing, "_unlink"),
    "before the end": (erasing, "sync_folder"),
}


@pytest.mark.parametrize("step", STEPS)
def test_cut_anywhere_it_is_finished_at_the_next_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    root = tmp_path / "vault"
    layout = filled(root)
    module, name = STEPS[step]

    def cut(*_args: object, **_more: object) -> None:
        raise KeyboardInterrupt

    def act(unlocked: Unlocked) -> None:
        with backups.key_of(unlocked) as key:
            erasing.begin(layout, erasing.plan_for(layout, key, whole=False))
        monkeypatch.setattr(module, name, cut)
        erasing.finish(layout)

    with pytest.raises(KeyboardInterrupt):
        _at_end(root, act)
    monkeypatch.undo()
    assert erasing.unfinished(layout)
    with pytest.raises(VaultError):  # finished first, so there is nobody to let in
        vaults.prove(root, vault.PASSPHRASE)
    assert not erasing.unfinished(layout)
    assert [path for path in root.rglob("*") if path.is_file() and path.parent.name in {"people", "spaces"}] == []
    assert list((root / "backups").iterdir()) == []


def _at_end(root: Path, act: Callable[[Unlocked], None]) -> None:
    desk = vault.opened(root)
    note(desk, "one more")
    assert desk.vault is not None
    desk.vault.at_end(act)
    desk.close()


def test_a_note_that_names_anything_else_removes_nothing(tmp_path: Path) -> None:
    root = tmp_path / "vault"
    layout = filled(root)
    person = layout.person_files()[0]
    precious = tmp_path / "precious.db"
    precious.write_bytes(b"mine")
    forged = erasing.Plan(1, person, ("../../precious.db",), (), (), (), whole=False)
    (layout.people / f"{person}.ending").write_bytes(msgspec.json.encode(forged))
    assert service.finish_begun(root) == 0
    assert precious.exists() and not erasing.unfinished(layout)
    vault.opened(root).close()


# ------------------------------------------------------------------------------------------------ somebody else's hands


def forged_plan(layout: Layout, person: str, *, whole: bool = False) -> erasing.Plan:
    """Everything of a vault, as somebody who sees the files could write it down."""
    spaces = tuple(path.name for path in layout.spaces.glob("*.db"))
    sets = tuple(path.name for path in (layout.root / "backups").iterdir())
    return erasing.Plan(1, person, spaces, sets, (), (), whole=whole)


@pytest.mark.parametrize("whole", [False, True])
def test_nobody_lets_the_program_erase_another_persons_part(tmp_path: Path, whole: bool) -> None:
    root = tmp_path / "vault"
    layout = filled(root)
    person = layout.person_files()[0]
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    (layout.people / f"{person}.ending").write_bytes(msgspec.json.encode(forged_plan(layout, person, whole=whole)))
    assert service.finish_begun(root) == 0
    assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file() and path.name != "lock"} == {
        path: raw for path, raw in before.items() if path.name != "lock"
    }
    vault.opened(root).close()


def test_a_cut_before_the_first_step_leaves_everything_and_is_due_at_the_next_unlock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "vault"
    layout = filled(root)
    desk = vault.opened(root)
    desk.erasing.erase()

    def cut(*_args: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(erasing, "_shred", cut)
    with pytest.raises(KeyboardInterrupt):
        desk.close()
    monkeypatch.undo()
    assert erasing.unfinished(layout)
    desk = vault.opened(root)
    assert not erasing.unfinished(layout)
    assert desk.erasing.is_due()
    desk.erasing.erase_as_planned()
    desk.close()
    with pytest.raises(VaultError):
        vault.opened(root)


def test_what_somebody_puts_in_the_way_keeps_nothing_of_it(tmp_path: Path) -> None:
    """Pipes, folders, links and files that may not be written, under names of the part."""
    root, elsewhere = tmp_path / "vault", tmp_path / "elsewhere"
    layout = filled(root)
    person, space = layout.person_files()[0], next(layout.spaces.glob("*.db")).name
    shutil.copytree(next((root / "backups").iterdir()), elsewhere)
    precious = tmp_path / "precious"
    precious.write_bytes(b"not ours")
    os.mkfifo(layout.people / f"{person}.key-aa")
    (layout.people / f"{person}.key-bb").mkdir()
    (layout.people / f"{person}.key-bb" / "in it").write_bytes(b"x")
    (layout.people / f"{person}.key-cc").symlink_to(precious)
    (layout.people / f"{person}.card").unlink()
    (layout.people / f"{person}.card").mkdir()
    (layout.spaces / f"{space}-kept7").mkdir()
    (root / "backups" / ("a" * 32)).symlink_to(elsewhere)
    layout.key_file(person).chmod(0o400)
    erase(root)
    assert [path.name for path in root.rglob("*") if person in path.name or space in path.name] == []
    assert precious.read_bytes() == b"not ours"
    assert (elsewhere / "people" / f"{person}.key").exists()
    assert not erasing.unfinished(layout)
