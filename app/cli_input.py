"""What comes in through the command line, taken strictly: JSON that says one thing only, and streams that always speak.

JSON allows a name twice, and leaves open which counts; Python also takes NaN, which JSON does not have. A person whose
script writes such a thing would lose an answer without a word, so both are refused.
"""

from __future__ import annotations

import io
import json
from typing import Final, NoReturn, TextIO

from app.domain.errors import Code, RecordError

TEXT_LIMIT: Final = 64 * 1024 * 1024
"""Most characters of one record as JSON: sixty texts of the greatest length a field may have."""


class _Refused(Exception):  # noqa: N818  # reads as what happened
    """Carries the reason only."""


def answers(text: str, kind: str) -> dict[str, object]:
    """The answers of one record from JSON.

    Raises:
        RecordError: IMPORT_REFUSED with `reason`: too_long, not_json, too_deep, repeated_name or not_an_object.
    """
    try:
        if len(text) > TEXT_LIMIT:
            raise _Refused("too_long")
        found = json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)
        if not isinstance(found, dict):
            raise _Refused("not_an_object")
    except _Refused as why:
        raise _refusal(str(why), kind) from None
    except RecursionError:
        raise _refusal("too_deep", kind) from None
    except ValueError:
        raise _refusal("not_json", kind) from None
    return found


def speak_whatever_comes(stdin: TextIO, stdout: TextIO) -> None:
    """Let no stream fail over a letter: odd bytes come in as what the fields refuse, and go out as escapes."""
    if isinstance(stdin, io.TextIOWrapper):
        stdin.reconfigure(errors="surrogateescape")
    if isinstance(stdout, io.TextIOWrapper):
        stdout.reconfigure(errors="backslashreplace")


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _Refused("repeated_name")
    return found


def _no_number(_: str) -> NoReturn:
    raise _Refused("not_json")


def _refusal(reason: str, kind: str) -> RecordError:
    return RecordError(Code.IMPORT_REFUSED, reason=reason, kind=kind)
