"""Tries that did not open the vault: how long the next one waits, also after a restart, and what the owner is told.

This answers somebody at the keyboard. Somebody with the files guesses elsewhere, and there the cost of the derivation
answers. So the count is kept in a small plain file that may be lost or damaged without harm, and the wait has a cap:
nobody is ever locked out of their own journal for longer than a minute, whatever the clock says.

Where a mark was chosen, its misses are counted apart: one person's slips make nobody else wait. Tries on both parts at
once have a count of their own.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import msgspec

from app.data.durable_files import read_file, replace_file
from app.data.vault_layout import Layout
from app.data.vault_meta import is_id
from app.domain.errors import VaultError

WAITS_S: Final = (0, 0, 0, 2, 5, 10, 20, 30, 60)
"""Seconds before the next try after so many misses; the last one for all that follow."""
_FILE: Final = "pace"
_LIMIT_BYTES: Final = 4096
_KEPT_EACH: Final = 20
_KEPT: Final = 3 * _KEPT_EACH
"""The newest misses under each of two marks, and under none."""
_MOST: Final = 1_000_000
_OWN_SLIP_S: Final = 300.0
_OWN_SLIPS: Final = 2


class _Miss(msgspec.Struct, frozen=True, forbid_unknown_fields=True, array_like=True):
    """When, in seconds since the epoch, and for whose mark; "" where nobody was chosen."""

    at_s: float
    person_file: str


class _Kept(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file: how many misses since it last opened, and the newest of them."""

    count: int = 0
    misses: tuple[_Miss, ...] = ()

    def under(self, person_file: str) -> tuple[_Miss, ...]:
        """The misses under one mark, or under none for ""."""
        return tuple(miss for miss in self.misses if miss.person_file == person_file)


class Missed(msgspec.Struct, frozen=True):
    """What the owner is told after unlocking: how many tries did not open their part, and since when (UTC)."""

    count: int
    since: datetime


def wait_s(layout: Layout, now: datetime | None = None, *, person_file: str = "") -> float:
    """Seconds until the next try under a mark may be made ("" for no mark), 0 to 60, measured from its newest miss.

    A clock that was turned back starts the wait anew, and one turned forward ends it early: never more than the cap,
    and the one who waits counts down by a clock that cannot be set.
    """
    misses = _read(layout).under(person_file)
    if not misses:
        return 0.0
    wait = float(WAITS_S[min(len(misses), len(WAITS_S) - 1)])
    passed = _now_s(now) - misses[-1].at_s
    return wait if passed < 0 else max(0.0, wait - passed)


def note_miss(layout: Layout, person_file: str = "", now: datetime | None = None) -> None:
    """Count a try that opened nothing. A vault that cannot be written to is simply not counted in."""
    kept = _read(layout)
    misses = (*kept.misses, _Miss(_now_s(now), person_file))
    if len(kept.under(person_file)) >= _KEPT_EACH:
        oldest = kept.under(person_file)[0]
        place = misses.index(oldest)
        misses = misses[:place] + misses[place + 1 :]
    _write(layout, _Kept(min(kept.count + 1, _MOST), misses[-_KEPT:]))


def opened(layout: Layout, person_file: str, now: datetime | None = None) -> Missed | None:
    """Forget the misses this person is told of now, and return them; those under another's mark stay for them.

    One or two slips of the last minutes before it opened are the owner's own and need no telling.
    """
    kept = _read(layout)
    if not kept.misses:
        return None
    own = tuple(miss for miss in kept.misses if miss.person_file in {"", person_file})
    others = tuple(miss for miss in kept.misses if miss.person_file not in {"", person_file})
    count = kept.count - len(others) if len(others) < _KEPT_EACH else len(own)  # never more than one's own
    _write(layout, _Kept(len(others), others))
    if not own or (count <= _OWN_SLIPS and 0 <= _now_s(now) - own[0].at_s <= _OWN_SLIP_S):
        return None
    return Missed(count, datetime.fromtimestamp(own[0].at_s, UTC))


def opened_beside(layout: Layout, person_file: str, now: datetime | None = None) -> None:
    """Forget a person's own slips after their part was opened beside another's.

    Whatever is more than a slip stays: its owner alone is told, when they next unlock by themselves.
    """
    kept = _read(layout)
    own = kept.under(person_file)
    recent = bool(own) and 0 <= _now_s(now) - own[0].at_s <= _OWN_SLIP_S
    if recent and len(own) <= _OWN_SLIPS:
        others = tuple(miss for miss in kept.misses if miss.person_file != person_file)
        _write(layout, _Kept(max(kept.count - len(own), len(others)), others))


def _path(layout: Layout) -> Path:
    return layout.root / _FILE


def _now_s(now: datetime | None) -> float:
    return (now or datetime.now(UTC)).timestamp()


def _read(layout: Layout) -> _Kept:
    """What is kept; nothing when the file is missing, damaged, or says what never was written."""
    try:
        raw = read_file(_path(layout), _LIMIT_BYTES)
        kept = msgspec.json.decode(raw, type=_Kept)
    except (VaultError, msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return _Kept()
    sound = len(kept.misses) <= min(kept.count, _KEPT) and kept.count <= _MOST
    sound = sound and all(_is_sound(miss) for miss in kept.misses)
    return kept if sound else _Kept()


def _is_sound(miss: _Miss) -> bool:
    return 0 <= miss.at_s < datetime.max.replace(tzinfo=UTC).timestamp() and (
        not miss.person_file or is_id(miss.person_file)
    )


def _write(layout: Layout, kept: _Kept) -> None:
    with suppress(VaultError, OSError):
        if kept.misses:
            replace_file(_path(layout), msgspec.json.encode(kept))
        else:
            _path(layout).unlink(missing_ok=True)
