"""Passphrase and recovery code from a shell, on a real vault."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from app import cli, cli_call, cli_keys
from app.crypto.kdf import FLOOR
from app.services import vaults
from app.services.keys import Keys
from tests.fixtures.vault import PASSPHRASE, copied, door

NEW = "harbour violin pepper staircase"


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for verb in ("change", "rotate"):
        monkeypatch.setitem(getattr(Keys, verb).__kwdefaults__, "kdf", FLOOR)
    return copied(tmp_path / "vault")


class Typing(io.StringIO):
    """Standard input on which the code that was just printed is typed back when the word `code` is met."""

    def __init__(self, lines: str, out: io.StringIO) -> None:
        super().__init__(lines)
        self._out = out

    def readline(self, size: int | None = -1, /) -> str:
        line = super().readline(size or -1)
        if line != "code\n":
            return line
        return next(said for said in self._out.getvalue().splitlines() if said.count("-") == 7 and " " not in said)


def leeward(*arguments: str | Path, typed: str = "") -> tuple[int, str, str]:
    def never(*_: object) -> list[Path]:
        raise AssertionError

    out, err = io.StringIO(), io.StringIO()
    outside = cli_call.Outside(Typing(typed, out), out, err, tour=never, bench=never)  # type: ignore[arg-type]  # never called
    status = cli.run([str(argument) for argument in arguments], outside)
    return status, out.getvalue(), err.getvalue()


def keys(vault: Path, command: str, *options: str, typed: str) -> tuple[int, str, str]:
    return leeward(command, "--vault", vault, "--passphrase-stdin", *options, typed=typed)


@pytest.mark.parametrize("options", [(), ("--new-keys",)])
def test_the_passphrase_is_changed(vault: Path, options: tuple[str, ...]) -> None:
    status, out, err = keys(vault, "passphrase", *options, typed=f"{PASSPHRASE}\n{NEW}\n")
    assert (status, err) == (0, "")
    assert ("cloud folders" in out) == bool(options)
    door(vault, NEW).shut()


def test_a_weak_one_and_none_are_refused(vault: Path) -> None:
    for typed, said in (("aaaa", "weak_passphrase"), ("", "empty_passphrase"), ("Noa", "weak_passphrase")):
        status, _, err = keys(vault, "passphrase", typed=f"{PASSPHRASE}\n{typed}\n")
        assert status == 1 and said in err
    door(vault).shut()


def test_a_code_is_made_used_and_ended(vault: Path) -> None:
    status, out, err = keys(vault, "recovery", typed=f"{PASSPHRASE}\ncode\n")
    assert (status, err) == (0, "")
    code = next(line for line in out.splitlines() if line.count("-") == 7 and " " not in line)
    status, out, _ = keys(vault, "recovery", "--use", typed=f"{code.lower()}\n{NEW}\n")
    assert status == 0
    status, _, _ = keys(vault, "recovery", "--end", typed=f"{NEW}\n")
    assert status == 0
    status, _, err = keys(vault, "recovery", "--use", typed=f"{code}\n{PASSPHRASE}\n")
    assert status == 1 and "code_retired" in err
    door(vault, NEW).shut()


def test_a_code_that_is_not_typed_back_never_counts(vault: Path) -> None:
    status, _, err = keys(vault, "recovery", typed=f"{PASSPHRASE}\n{'0' * 32}\n")
    assert status == 1 and "code_elsewhere" in err
    status, out, _ = keys(vault, "recovery", "--end", typed=f"{PASSPHRASE}\n")
    assert status == 0 and out


def test_misses_make_the_next_command_wait(vault: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[float] = []
    monkeypatch.setattr(cli_keys.time, "sleep", waited.append)
    for _ in range(4):
        assert leeward("list", "--vault", vault, "--passphrase-stdin", typed="not this one\n")[0] == 1
    assert len(waited) == 1 and 0 < waited[0] <= 2
    status, _, err = leeward("list", "--vault", vault, "--passphrase-stdin", typed=f"{PASSPHRASE}\n")
    assert status == 0 and "short wait" in err
    assert vaults.wait_s(vault) == 0
