"""The second reader and the program come to the same end on any history, not only on the ones that were kept."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from app.crypto.recovery import RecoveryCode
from app.crypto.recovery import parse as parse_code
from app.domain import authorship
from app.domain.errors import VaultError
from app.domain.records import GENESIS, PersonId, RecordId, Revision, RevisionId, heads
from app.domain.removal import is_erased, last_words, standing
from tests.golden import second_reader as reader
from tests.golden import second_reader_spaces as spaces

_STEP = st.tuples(st.sampled_from("ab"), st.booleans(), st.sets(st.integers(0, 8), max_size=3), st.integers(1, 4))


@st.composite
def _histories(draw: st.DrawFn) -> list[Revision]:
    """One record written by two people, who do not always know of each other; removed now and then."""
    made: list[Revision] = []
    for number, (author, removes, grew, clock) in enumerate(draw(st.lists(_STEP, min_size=1, max_size=9))):
        parents = tuple(RevisionId(f"r{place}") for place in sorted(grew) if place < number)
        body = None if removes else b"{}"
        made.append(
            Revision(
                id=RevisionId(f"r{number}"),
                record=RecordId("x"),
                kind="note",
                author=PersonId(author),
                clock=clock,
                seq=number,
                parents=parents,
                previous=GENESIS,
                zone="UTC",
                digest=b"" if removes else b"d",
                body=body,
                hash=b"",
            )
        )
    return made


def _row(revision: Revision) -> spaces.Revision:
    values = {name: getattr(revision, name) for name in spaces.Revision._fields}
    return spaces.Revision(**{**values, "parents": " ".join(revision.parents)})


@settings(max_examples=400, deadline=None)
@given(_histories(), st.sampled_from("ab"), st.booleans())
def test_the_same_states_count_and_the_same_one_stands(history: list[Revision], me: str, together: bool) -> None:
    shown = sorted(history, key=lambda revision: revision.order)
    counted = authorship.counted(shown, PersonId(me), together=together)
    rows = spaces.counted([_row(revision) for revision in shown], me, together=together)
    assert [row.id for row in rows] == [revision.id for revision in counted]
    assert [row.id for row in spaces.standing(rows)] == [revision.id for revision in standing(counted)]
    kept = bool(last_words(counted)) and heads(counted)[-1].removes and not is_erased(counted)
    assert spaces.may_come_back(rows) == (not standing(counted) and kept)


_PLACE = st.integers(0, 31)
_SLIPS = st.dictionaries(_PLACE, _PLACE, min_size=1, max_size=2)


@settings(max_examples=300, deadline=None)
@given(st.lists(_PLACE, min_size=28, max_size=28), _SLIPS)
def test_both_read_a_recovery_code_and_refuse_the_same_slips(data: list[int], slips: dict[int, int]) -> None:
    code = RecoveryCode(tuple(data))
    number = int.from_bytes(reader.code_bits(code.written.lower()), "big")
    assert [number >> 5 * (27 - at) & 31 for at in range(28)] == data
    signs = list("".join(code.groups))
    for place, symbol in slips.items():
        signs[place] = reader.SYMBOLS[symbol]
    slipped = "".join(signs)
    if slipped == "".join(code.groups):
        return
    for read in (parse_code, reader.code_bits):
        try:
            read(slipped)
        except (VaultError, reader.Refused):
            continue
        raise AssertionError(read)
