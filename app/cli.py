"""The command line: the same services as the window, for people who like a shell and for scripts.

Every command that opens a vault takes `--vault` and `--person` and asks for the passphrase, or reads it from the first
line of standard input with `--passphrase-stdin`. Exit status: 0 done, 1 refused (one clear line on standard error),
2 wrong use.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from app import (
    cli_agreements,
    cli_export,
    cli_input,
    cli_keeping,
    cli_keys,
    cli_looking,
    cli_making,
    cli_moments,
    cli_reviews,
    cli_rituals,
    cli_streams,
    cli_trends,
    logs,
)
from app.cli_arguments import parser
from app.cli_call import Call, Outside
from app.domain.content import Content
from app.domain.errors import LeewardError
from app.services import vaults

REFUSED = 1
UNEXPECTED = (
    "Something came up that this program does not know. Everything saved before is safe. "
    "Try it once more; with LEEWARD_DEBUG=1 the place in the program is named, without a word of yours. (unexpected)"
)


def _backup(call: Call) -> int:
    """Make a copy now, or list the copies."""
    with call.desk() as desk:
        return cli_keeping.backup(desk, call.options, call.speaking)


def _restore(call: Call) -> int:
    """Get a copy back; the live journal need not open."""
    cli_keys.wait_turn(call.vault(), call.outside.stderr)
    phrase = call.secret("Passphrase: ")
    return cli_keeping.restore(call.vault(), phrase, call.options, call.speaking, call.content)


def _verify(call: Call) -> int:
    """Check every page, revision and projection."""
    with call.desk() as desk:
        return cli_keeping.verify(desk, call.options, call.speaking)


def _rebuild(call: Call) -> int:
    """Derive everything again from the revisions."""
    with call.desk() as desk:
        call.say(f"{desk.checking.rebuild()} records projected again")
    return 0


def _erase(call: Call) -> int:
    """Take one person’s part away."""
    passphrase = call.secret("Passphrase: ")
    desk = vaults.unlock(call.vault(), passphrase, call.options.person, content=call.content)
    try:
        done = cli_keeping.erase(desk, passphrase, call.options, call.speaking)
    finally:
        desk.close()
    if call.options.now:
        call.say(call.content.care.erase.done)
    return done


def _keys(call: Call) -> int:
    """Change a passphrase, or make and use a recovery code."""
    return cli_keys.run(call.vault(), call.content, call.options, call.speaking)


def _tour(call: Call) -> int:
    """Every screen of the sample journal as pictures."""
    for picture in call.outside.tour(call.options):
        call.say(str(picture))
    return 0


COMMANDS: Final[Mapping[str, Callable[[Call], int]]] = {
    "create": cli_making.create,
    "demo": cli_making.sample,
    "add": cli_making.add,
    "moment": cli_moments.moment,
    "drop": cli_making.drop,
    "share": cli_making.share,
    "kinds": cli_looking.kinds,
    "practices": cli_looking.practices,
    "list": cli_looking.listing,
    "show": cli_looking.show,
    "search": cli_looking.search,
    "people": cli_looking.people,
    "agreements": cli_agreements.agreements,
    "rituals": cli_rituals.rituals,
    "trends": cli_trends.trends,
    "review": cli_reviews.review,
    "streams": cli_streams.streams,
    "summary": cli_looking.summary,
    "export": cli_export.export,
    "import": cli_export.bring_in,
    "backup": _backup,
    "restore": _restore,
    "verify": _verify,
    "rebuild": _rebuild,
    "erase": _erase,
    "passphrase": _keys,
    "recovery": _keys,
    "tour": _tour,
    "bench": lambda call: call.outside.bench(call.options),
}
"""What carries out each command of the grammar (`cli_arguments`)."""


def refusal(content: Content, error: LeewardError) -> str:
    """One line for standard error: what happened, what is safe, what to do; and which field, if one is meant."""
    words = content.error(error.code)
    where = ", ".join(f"{key} {value}" for key, value in error.detail.items())
    line = f"{words.happened} {words.safe} {words.next}"
    for key, value in error.detail.items():
        line = line.replace("{" + key + "}", str(value))
    return f"{line} ({error.code}{': ' + where if where else ''})"


def run(argv: Sequence[str], outside: Outside) -> int:
    """Parse, carry out, and turn every refusal into one line and an exit status."""
    options = parser().parse_args(argv)
    cli_input.speak_whatever_comes(outside.stdin, outside.stdout)
    try:
        call = Call(options, outside)
    except LeewardError as error:  # the words for it are what cannot be read
        print(f"({error.code})", file=outside.stderr)
        return REFUSED
    try:
        return COMMANDS[options.command](call)
    except LeewardError as error:
        logs.record(error)
        print(refusal(call.content, error), file=outside.stderr)
        return REFUSED
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except Exception as error:  # noqa: BLE001  # a traceback would quote what somebody wrote
        logs.record(error)
        print(UNEXPECTED, file=outside.stderr)
        return REFUSED
