"""Reads a JSON object as a stream: its members one by one, its long lists item by item, whatever the file claims to be.

A file may be damaged or made to harm. Nothing here holds more than one item, an item has a greatest size and depth, and
every refusal names the line it was found on.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Final, NoReturn

import msgspec

from app.domain.errors import Code, RecordError

ITEM_LIMIT: Final = 64 * 1024 * 1024
"""Most bytes of one item: an added file of 25 MB as base64, or sixty texts of the greatest length."""
MEMBER_LIMIT: Final = 64 * 1024
DEEPEST: Final = 24
_SPACE_LIMIT: Final = 1 << 20
_FIRST_READ: Final = 1 << 16
_MOST_READ: Final = 1 << 23
_SPACE: Final = re.compile(rb"[ \t\r\n]*")
_PART: Final = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*("?)|[{}\[\]]', re.DOTALL)
_PLAIN: Final = re.compile(rb"[-+.0-9A-Za-z]*")
_BOM: Final = b"\xef\xbb\xbf"

Read = Callable[[int], bytes]
"""Up to so many bytes; none at the end."""


class Item(msgspec.Struct, frozen=True):
    """One value of the file: the member it stands in, the line it begins on (from 1), and its bytes."""

    member: str
    line: int
    data: bytes


class Malformed(Exception):  # noqa: N818  # reads as what happened
    """A value that says two things, or nothing. Carries the reason only."""


def decoded(data: bytes) -> object:
    """A JSON value that says one thing only.

    Raises:
        Malformed: `reason` not_text, repeated_name or not_json.
    """
    try:
        return json.loads(data.decode("utf-8"), object_pairs_hook=_once, parse_constant=_no_number)
    except UnicodeDecodeError:
        raise Malformed("not_text") from None
    except (ValueError, RecursionError):
        raise Malformed("not_json") from None


class Scanner:
    """One pass over one file."""

    def __init__(self, read: Read) -> None:
        self._read = read
        self._held = b""
        self._at = 0
        self._line = 1
        self._ended = False

    def items(self, lists: frozenset[str]) -> Iterator[Item]:
        """Every member of the object; of those named in `lists`, every item on its own.

        Raises:
            RecordError: IMPORT_REFUSED with `line` and `reason`: not_json, cut_short, too_long, too_deep,
                repeated_name, not_text, more_behind.
        """
        if self._more(len(_BOM)) and self._held.startswith(_BOM):
            self._at = len(_BOM)
        self._expect(b"{")
        seen: set[str] = set()
        while (sign := self._peek()) != b"}":
            if seen:
                self._expect(b",")
                sign = self._peek()
            if sign != b'"':
                self.refuse("not_json")
            name = self._name()
            if name in seen:
                self.refuse("repeated_name")
            seen.add(name)
            self._expect(b":")
            if name in lists:
                yield from self._list(name)
            else:
                line = self._here()
                yield Item(name, line, self._value(MEMBER_LIMIT))
        self._at += 1
        self._skip_space()
        if self._at < len(self._held):
            self.refuse("more_behind")

    def refuse(self, reason: str) -> NoReturn:
        """Give up on the file.

        Raises:
            RecordError: IMPORT_REFUSED.
        """
        raise RecordError(Code.IMPORT_REFUSED, reason=reason, line=self._line)

    def _list(self, name: str) -> Iterator[Item]:
        self._expect(b"[")
        first = True
        while self._peek() != b"]":
            if not first:
                self._expect(b",")
            first = False
            line = self._here()
            yield Item(name, line, self._value(ITEM_LIMIT))
        self._at += 1

    def _here(self) -> int:
        self._peek()
        return self._line

    def _name(self) -> str:
        try:
            found = decoded(self._value(MEMBER_LIMIT))
        except Malformed as why:
            self.refuse(str(why))
        return str(found)

    def _value(self, limit: int) -> bytes:
        sign = self._peek()
        if sign in b'{["':
            return self._nested(limit)
        while True:
            found = _PLAIN.match(self._held, self._at)
            end = found.end() if found else self._at
            if end < len(self._held) or not self._more(_FIRST_READ):
                break
            if end - self._at > MEMBER_LIMIT:
                self.refuse("too_long")
        if end == self._at:
            self.refuse("not_json")
        return self._take(end)

    def _nested(self, limit: int) -> bytes:
        """An object, list or text up to its end."""
        depth, place, size = 0, self._at, _FIRST_READ
        while True:
            part = _PART.search(self._held, place)
            if part is None or part.group(1) == b"":
                kept = self._at
                place = (part.start() if part else len(self._held)) - kept
                if len(self._held) - kept > limit:
                    self.refuse("too_long")
                if not self._more(size):
                    self.refuse("cut_short")
                place += self._at
                size = min(size * 2, _MOST_READ)
                continue
            place = part.end()
            sign = part.group()
            depth += 1 if sign in b"{[" else -1 if sign in b"}]" else 0
            if depth > DEEPEST:
                self.refuse("too_deep")
            if depth <= 0:
                if place - self._at > limit:
                    self.refuse("too_long")
                return self._take(place)

    def _take(self, end: int) -> bytes:
        found = self._held[self._at : end]
        self._line += found.count(b"\n")
        self._at = end
        return found

    def _expect(self, sign: bytes) -> None:
        if self._peek() != sign:
            self.refuse("not_json")
        self._at += 1

    def _peek(self) -> bytes:
        self._skip_space()
        if self._at >= len(self._held):
            self.refuse("cut_short")
        return self._held[self._at : self._at + 1]

    def _skip_space(self) -> None:
        skipped = 0
        while True:
            found = _SPACE.match(self._held, self._at)
            end = found.end() if found else self._at
            skipped += end - self._at
            self._take(end)
            if skipped > _SPACE_LIMIT:
                self.refuse("too_long")
            if end < len(self._held) or not self._more(_FIRST_READ):
                return

    def _more(self, size: int) -> bool:
        """Read on; what was taken already is dropped. False at the end of the file."""
        if self._ended:
            return False
        parts, length = [self._held[self._at :]], 0
        while length < size and (part := self._read(size - length)):
            parts.append(part)
            length += len(part)
        self._held = b"".join(parts)
        self._at = 0
        self._ended = not length
        return bool(length)


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Malformed("repeated_name")
    return found


def _no_number(_: str) -> NoReturn:
    raise Malformed("not_json")
