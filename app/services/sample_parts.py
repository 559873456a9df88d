"""What one line of the sample diary becomes: one entry here, or several, each perhaps in several states."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

Raw = Mapping[str, Any]
Answers = dict[str, object]


class Part(NamedTuple):
    """One state of one entry. `entry_id` is the line's own id or one made from it.

    `day` and `time` are when it was written, as in the diary; empty for when the line itself was. `links` names the
    answers that hold ids of other lines.
    """

    entry_id: str
    kind: str
    answers: Answers
    day: str = ""
    time: str = ""
    links: tuple[str, ...] = ()
