"""Words that often carry blame or absolutes, found in a text on this computer: marked softly, never refused."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from app.domain.fields import Option

_SAME = str.maketrans({"\u2018": "'", "\u2019": "'", "\u02bc": "'"})
"""Apostrophes people type, as one; the length stays, so that places do."""


class GentleMark(msgspec.Struct, frozen=True):
    """A wording and where it stands, in characters. `line` says how it may sound and offers another way."""

    start: int
    length: int
    item: str
    line: str


class GentleWords:
    """One word list, ready to look for. Longer wordings win over shorter ones inside them; `unless` wins over all."""

    def __init__(self, items: Sequence[Option]) -> None:
        self._lines: dict[str, tuple[str, str] | None] = {}
        for item in items:
            for wording in (item.label, *item.also):
                self._lines[_plain(wording)] = (item.id, item.line)
            self._lines |= dict.fromkeys(map(_plain, item.unless))
        longest = sorted(self._lines, key=len, reverse=True)
        wordings = "|".join(re.escape(wording).replace(r"\ ", r"\s+") for wording in longest)
        self._pattern = re.compile(rf"(?<!\w)(?:{wordings})(?!\w)") if wordings else None

    def find(self, text: str) -> tuple[GentleMark, ...]:
        """Every marked wording, in order."""
        if self._pattern is None:
            return ()
        low = "".join(sign if len(sign.lower()) != 1 else sign.lower() for sign in text.translate(_SAME))
        found = []
        for match in self._pattern.finditer(low):
            known = self._lines.get(_plain(match[0]))
            if known is not None:
                found.append(GentleMark(match.start(), match.end() - match.start(), *known))
        return tuple(found)


def _plain(wording: str) -> str:
    return " ".join(wording.translate(_SAME).lower().split())
