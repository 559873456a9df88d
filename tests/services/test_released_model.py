"""What two people see of each other, against a second account of it: withdrawn means absent, whatever came first.

Any days written by both, any releases and withdrawals in any order; then both unlock, and what the page gets must be
what the account below works out from the list of deeds alone, before and after more is taken back.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import fmean
from typing import Final

import msgspec
import pytest
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st

from app.crypto.secret import Secret
from app.data.vault_folder import ProvenKey
from app.domain.released import Side, Stream
from app.services.desk import Desk
from tests.fixtures import two
from tests.fixtures.weeks import MONDAY, TODAY, write

FIRST: Final = MONDAY - 28
MEANS: Final = {
    Stream.FELT_SAFETY: {"felt_safety": "felt_safety"},
    Stream.TRUST: {"trust": "trust"},
    Stream.ARE: {"accessible": "accessible", "engaged": "engaged"},
    Stream.MIRROR: {"accessible": "mirror_reachable"},
}
"""The streams of scales with the answers of a check-in that are written here, by the line they stand in."""


class Wrote(msgspec.Struct, frozen=True):
    """A check-in (`answers` not None) or a trigger of one day, counted from `FIRST`."""

    day: int
    answers: dict[str, int] | None


class Chose(msgspec.Struct, frozen=True):
    """A release of days counted from `FIRST` (`last` None: no end), or with `first` None a withdrawal."""

    stream: Stream
    first: int | None
    last: int | None = None


Deed = Wrote | Chose
_ANSWERS = st.fixed_dictionaries(
    {"felt_safety": st.integers(0, 10)},
    optional={
        "trust": st.integers(0, 10),
        "accessible": st.integers(0, 4),
        "engaged": st.integers(0, 4),
        "mirror_reachable": st.integers(0, 4),
    },
)
_STREAMS = st.sampled_from((*MEANS, Stream.TRIGGERS))
_RELEASED = st.builds(
    lambda stream, first, length: Chose(stream, first, None if length is None else first + length),
    _STREAMS, st.integers(-3, 24), st.none() | st.integers(6, 40),
)  # fmt: skip
_WITHDREW = st.builds(Chose, _STREAMS, st.none())


@st.composite
def _deeds(draw: st.DrawFn) -> list[Deed]:
    """Five weeks of none to five written days each, around the three that make a week; choices in between."""
    done: list[Deed] = []
    for monday in range(0, TODAY - FIRST + 1, 7):
        last = min(monday + 6, TODAY - FIRST)
        for day in sorted(draw(st.sets(st.integers(monday, last), max_size=5))):
            done.extend(Wrote(day, answers) for answers in draw(st.lists(st.none() | _ANSWERS, min_size=1, max_size=2)))
        done.extend(draw(st.lists(_RELEASED | _RELEASED | _WITHDREW, max_size=3)))
    return done


_DEEDS = _deeds()


def standing(deeds: Sequence[Deed]) -> dict[Stream, Chose]:
    """The choices that stand after all deeds."""
    found: dict[Stream, Chose] = {}
    for deed in deeds:
        if isinstance(deed, Chose):
            found.pop(deed.stream, None)
            if deed.first is not None:
                found[deed.stream] = deed
    return found


def seen_by_the_other(deeds: Sequence[Deed]) -> dict[tuple[Stream, str], dict[int, float]]:
    """Weeks and values by line, worked out from the deeds with nothing but sums."""
    found: dict[tuple[Stream, str], dict[int, float]] = {}
    for stream, choice in standing(deeds).items():
        for row, answer in MEANS.get(stream, {"triggers": ""}).items():
            weeks = {
                monday: value
                for monday in range(FIRST, TODAY - 6, 7)
                if FIRST + (choice.first or 0) <= monday
                and (choice.last is None or monday + 6 <= FIRST + choice.last)
                and (value := _week(deeds, monday, answer)) is not None
            }
            if weeks:
                found[stream, row] = weeks
    return found


def _week(deeds: Sequence[Deed], monday: int, answer: str) -> float | None:
    inside = [deed for deed in deeds if isinstance(deed, Wrote) and monday <= FIRST + deed.day <= monday + 6]
    if not answer:
        triggers = [deed for deed in inside if deed.answers is None]
        return float(len(triggers)) if len({deed.day for deed in inside}) >= 3 else None
    days: dict[int, list[int]] = {}
    for deed in inside:
        if deed.answers is not None and answer in deed.answers:
            days.setdefault(deed.day, []).append(deed.answers[answer])
    return fmean(fmean(values) for values in days.values()) if len(days) >= 3 else None


def do(desk: Desk, deeds: Sequence[Deed]) -> None:
    """Do them for real, in their order."""
    for deed in deeds:
        if isinstance(deed, Wrote):
            kind = "checkin" if deed.answers is not None else "trigger"
            write(desk.session, kind, FIRST + deed.day, **(deed.answers or {"peak": 6}))
        elif deed.first is None:
            desk.streams.withdraw(deed.stream)
        else:
            desk.streams.release(deed.stream, FIRST + deed.first, FIRST + deed.last if deed.last is not None else None)


def shown(side: Side) -> dict[tuple[Stream, str], dict[int, float]]:
    """The same of what the page gets."""
    return {
        (one.stream, row.id): dict(zip(row.mondays, row.values, strict=True))
        for one in side.streams
        for row in one.rows
    }


def check(desk: Desk, deeds: tuple[Sequence[Deed], Sequence[Deed]]) -> None:
    look = desk.both.look(FIRST - 7, TODAY + 30)
    for side, done in zip(look.sides, deeds, strict=True):
        expected = seen_by_the_other(done)
        found = shown(side)
        assert found.keys() == expected.keys()
        for line, weeks in expected.items():
            assert found[line] == pytest.approx(weeks), line
    handed = msgspec.json.encode(look.sides).decode()
    assert "first" not in handed and "last" not in handed


_FULL_WEEKS: Final = [Wrote(day, {"felt_safety": day % 11}) for day in range(TODAY - FIRST + 1) if day % 7 != 6]


_TWO_DAYS_A_WEEK: Final = [wrote for wrote in _FULL_WEEKS if wrote.day % 7 < 2]
_UNSHRUNK: Final = (Phase.explicit, Phase.reuse, Phase.generate)
"""Every try opens a vault; to look for the smallest failing one takes minutes."""


@settings(max_examples=15, deadline=None, phases=_UNSHRUNK)
@given(noas=_DEEDS, jules=_DEEDS, taken_back=st.sets(_STREAMS))
@example(
    noas=[*_FULL_WEEKS, Chose(Stream.FELT_SAFETY, 0), Chose(Stream.TRIGGERS, 7, 20)],
    jules=[*_FULL_WEEKS, Chose(Stream.FELT_SAFETY, 0), Chose(Stream.FELT_SAFETY, None)],
    taken_back={Stream.FELT_SAFETY},
)
@example(
    noas=[*_TWO_DAYS_A_WEEK, Chose(Stream.FELT_SAFETY, 0), Chose(Stream.TRIGGERS, 0)],
    jules=[*_FULL_WEEKS, Chose(Stream.FELT_SAFETY, 1, 19), Chose(Stream.TRIGGERS, 0)],
    taken_back=set(),
)
def test_the_page_gets_exactly_what_stands_and_nothing_that_was_taken_back(
    noas: list[Deed], jules: list[Deed], taken_back: set[Stream]
) -> None:
    home = Path(tempfile.mkdtemp(prefix="leeward-model-"))
    try:
        root = two.copied(home / "vault")
        desk = two.second_desk(root)
        do(desk, jules)
        desk.close()
        desk = two.first_desk(root)
        do(desk, noas)
        part = two.template()[2]
        desk.both.open(ProvenKey(two.header_of(root, part.person_file), Secret(part.master), earlier=False))
        check(desk, (noas, jules))
        later = [*noas, *(Chose(stream, None) for stream in sorted(taken_back))]
        do(desk, later[len(noas) :])
        check(desk, (later, jules))
        kept = {release.stream for release in desk.streams.released()}
        assert kept == set(standing(later))
        desk.close()
    finally:
        shutil.rmtree(home)


def test_the_account_itself_sees_weeks_and_refuses_the_running_one() -> None:
    """Otherwise it would agree with anything that shows nothing."""
    everything = [Wrote(day, {"felt_safety": 4}) for day in range(TODAY - FIRST + 1)]
    weeks = seen_by_the_other([*everything, Chose(Stream.FELT_SAFETY, 0)])[Stream.FELT_SAFETY, "felt_safety"]
    assert list(weeks) == [FIRST, FIRST + 7, FIRST + 14, FIRST + 21] and set(weeks.values()) == {4.0}
    assert MONDAY not in weeks
