"""`leeward create`, `demo`, `add`, `drop`, `share`: what makes a journal or puts something into it."""

from __future__ import annotations

from pathlib import Path

from app import cli_drop, cli_input, cli_keeping, cli_sharing
from app.cli_call import Call
from app.domain.errors import Code, LeewardError
from app.services import demo, vaults
from app.services.local_time import system_now

DONE, REFUSED = 0, 1


def create(call: Call) -> int:
    """A new vault with one person."""
    path = call.vault()
    passphrase = call.secret("Choose a passphrase: ")
    if not call.options.passphrase_stdin and passphrase != call.secret("Once more: "):
        raise LeewardError(Code.WRONG_PASSPHRASE, reason="not_repeated")
    name = call.options.person or "Me"
    desk = vaults.create_vault(path, name, passphrase, call.options.partner, content=call.content)
    desk.close()
    call.say(f"Made {path}. Only this passphrase opens it; nobody can reset it.")
    return DONE


def sample(call: Call) -> int:
    """A vault of invented months."""
    made = demo.create(
        Path(call.options.vault),
        content=call.content,
        months=call.options.months,
        seed=call.options.seed,
        now=system_now,
    )
    for name, passphrase in made.passphrases:
        call.say(f"{name}: {passphrase}")
    call.say(f"{made.records} records in {call.options.vault}")
    return DONE


def add(call: Call) -> int:
    """Save one record from JSON."""
    kind = call.options.kind
    with call.desk() as desk:
        record = desk.journal.add(kind, cli_input.answers(call.read(kind), kind))
        call.say(record)
        cli_keeping.copy_of_the_day(desk)
    return DONE


def drop(call: Call) -> int:
    """Leave something in a locked vault."""
    what = call.options.what
    text = "" if what == "tally" else call.read(what)
    cli_drop.drop(call.vault(), what, text, call.options.mark, call.content, system_now)
    call.say("Sealed. It joins the journal when it is opened next.")
    return DONE


def share(call: Call) -> int:
    """Move one record into the space for two, after its exact words were shown."""
    with call.desk() as desk:
        ask = None if call.options.yes else call.ask
        return DONE if cli_sharing.share(desk, call.options.id, ask, call.say) else REFUSED
