"""`leeward passphrase` and `leeward recovery`: what opens one's part, from a shell."""

from __future__ import annotations

import argparse
import math
import sys
import time
from pathlib import Path
from typing import TextIO

from app.cli_keeping import DONE, Speaking
from app.domain.care import Care
from app.domain.content import Content
from app.domain.errors import Code, VaultError
from app.services import vaults
from app.services.desk import Desk
from app.services.passphrases import LEAST_STRENGTH, strength

NOT_REPEATED = "not_repeated"


def wait_turn(folder: Path, aloud: TextIO) -> None:
    """After tries that did not open, the next one waits here as it does in the window."""
    wait_s = vaults.wait_s(folder)
    if wait_s > 0:
        print(f"A short wait before the next try: {math.ceil(wait_s)} s", file=aloud, flush=True)
        time.sleep(wait_s)


def passphrase(desk: Desk, present: str, options: argparse.Namespace, speaking: Speaking) -> int:
    """Change it; with `--new-keys`, change every key with it.

    Raises:
        VaultError: as `Keys.change` and `Keys.rotate`; WRONG_PASSPHRASE with a `reason` when it was not repeated,
            WEAK_PASSPHRASE.
    """
    chosen = _chosen(speaking, options, desk.session.person.name)
    care = desk.session.content.care.passphrase
    if not options.new_keys:
        desk.keys.change(present, chosen)
        speaking.say(care.change_quick_line)
        return DONE
    done = desk.keys.rotate(present, chosen)
    speaking.say(care.renewed)
    if done is not None and done.code_ended:
        speaking.say(desk.session.content.care.recovery.ended)
    if done is not None and done.backups_kept:
        speaking.say(care.backups_kept)
    for line in care.cannot_reach:
        speaking.say(f"    {line}")
    return DONE


def recovery(desk: Desk, present: str, options: argparse.Namespace, speaking: Speaking) -> int:
    """Draw a code, have it typed back and prove it; with `--end`, end the one there is.

    Raises:
        VaultError: CODE_TYPO, CODE_RETIRED, CODE_ELSEWHERE; as `Keys.confirm_code`.
    """
    words = desk.session.content.care.recovery
    desk.keys.prove(present)
    if options.end:
        desk.keys.drop_code()
        speaking.say(words.ended)
        return DONE
    replaces = desk.keys.status().has_code
    for risk in words.risks:
        speaking.say(f"{risk.label}: {risk.line}")
    speaking.say("-".join(desk.keys.draw_code()))
    desk.keys.confirm_code(speaking.asked(f"{words.confirm} "))
    speaking.say(words.replaced if replaces else words.saved)
    return DONE


def recover(folder: Path, care: Care, options: argparse.Namespace, speaking: Speaking) -> int:
    """Open with a code and choose a new passphrase; the journal stays closed.

    Raises:
        VaultError: as `vaults.prove_code` and `Door.choose_passphrase`.
    """
    door = vaults.prove_code(folder, speaking.asked("Code: "))
    try:
        speaking.say(care.recovery.use_opened)
        door.choose_passphrase(_chosen(speaking, options, door.person.name))
    finally:
        door.shut()
    return DONE


def run(folder: Path, content: Content, options: argparse.Namespace, speaking: Speaking) -> int:
    """Carry out either command.

    Raises:
        VaultError: as `vaults.unlock` and the command's own.
    """
    if options.command == "recovery" and options.use:
        return recover(folder, content.care, options, speaking)
    wait_turn(folder, sys.stderr)
    present = speaking.asked("Passphrase: ")
    desk = vaults.unlock(folder, present, options.person, content=content)
    try:
        act = passphrase if options.command == "passphrase" else recovery
        return act(desk, present, options, speaking)
    finally:
        desk.close()


def _chosen(speaking: Speaking, options: argparse.Namespace, name: str) -> str:
    chosen = speaking.asked("New passphrase: ")
    if not options.passphrase_stdin and chosen != speaking.asked("Once more: "):
        raise VaultError(Code.WRONG_PASSPHRASE, reason=NOT_REPEATED)
    if chosen.strip() and strength(chosen, (name,)) < LEAST_STRENGTH:
        raise VaultError(Code.WEAK_PASSPHRASE)
    return chosen
