"""`leeward moment`: a small moment in a line of plain words, without JSON.

The words come from standard input or a file: on a command line they would stay in the shell's history.
"""

from __future__ import annotations

from typing import Final

from app import cli_keeping
from app.cli_call import Call
from app.domain.records import RecordId
from app.services.moments import GOOD, LINES, NEW, SETBACK, THREADED, TURNING

NAMES: Final = {"turning-point": TURNING, "good-thing": GOOD, "setback": SETBACK, "new-moment": NEW}
"""What the kinds are called here, as the window calls them."""


def moment(call: Call) -> int:
    """Save one moment; its words are the whole text that is read."""
    kind = NAMES[call.options.what]
    with call.desk() as desk:
        answers: dict[str, object] = {LINES[kind]: call.read(kind).strip()}
        if call.options.thread is not None and kind in THREADED:
            answers["thread"] = desk.journal.resolve(call.options.thread)
        record: RecordId = desk.moments.save(kind, answers)
        call.say(record)
        cli_keeping.copy_of_the_day(desk)
    return 0
